//! Rolling stock, services, and the routes goods can take.

use crate::{CrossingId, HoldId, LocomotiveId, PointId, Quantity, WagonId, ZoneId};

/// Running resistance of a vehicle, newtons per tonne-force in per mille: `a + b v + c v²` N/kN, v in km/h.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Resistance {
    /// Constant term, N/kN.
    pub a: f64,
    /// Per km/h, N/kN.
    pub b: f64,
    /// Per (km/h)², N/kN.
    pub c: f64,
}

/// A class of locomotive (`rolling_stock.toml`, `[[locomotive]]`).
#[derive(Clone, Debug)]
pub struct Locomotive {
    /// Short name.
    pub id: String,
    /// Mass, tonnes (`mass_t`).
    pub mass_t: Quantity,
    /// Length, metres (`length_m`).
    pub length_m: Quantity,
    /// Power at the wheel, kW (`power_kw`).
    pub power_kw: Quantity,
    /// Greatest tractive force, kN (`max_force_kn`).
    pub max_force_kn: Quantity,
    /// Greatest speed, km/h (`max_speed_kmh`).
    pub max_speed_kmh: Quantity,
    /// Resistance (`resistance = [a, b, c]`, N/kN).
    pub resistance: Resistance,
}

/// A class of wagon (`rolling_stock.toml`, `[[wagon]]`).
#[derive(Clone, Debug)]
pub struct Wagon {
    /// Short name.
    pub id: String,
    /// Tare, tonnes (`tare_t`).
    pub tare_t: Quantity,
    /// Payload, tonnes (`payload_t`).
    pub payload_t: Quantity,
    /// Length over buffers, metres (`length_m`).
    pub length_m: Quantity,
    /// Greatest speed, km/h (`max_speed_kmh`).
    pub max_speed_kmh: Quantity,
    /// Resistance (`resistance = [a, b, c]`, N/kN).
    pub resistance: Resistance,
}

/// What a service is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ServiceKind {
    /// Carries cuts of wagons.
    Freight,
    /// Carries passengers across the border, runs while its crossing runs.
    Passenger,
}

/// What a train does at the end of its path (`turn = { ... }`).
#[derive(Clone, Debug)]
pub struct Turn {
    /// Minutes standing before it runs back (`after_min`).
    pub after_min: Quantity,
}

/// Trains that run a path on a calendar (`services.toml`, `[[service]]`).
#[derive(Clone, Debug)]
pub struct Service {
    /// Short name.
    pub id: String,
    /// Name for people (`title`).
    pub title: String,
    /// Kind (`kind`).
    pub kind: ServiceKind,
    /// First point of the path (`from`).
    pub from: PointId,
    /// Last point of the path (`to`).
    pub to: PointId,
    /// Crossing that must run on the day (`crossing`), if the path crosses the border.
    pub crossing: Option<CrossingId>,
    /// Departure times of day in `zone`, seconds after midnight, in the order they are used (`departures = ["07:43"]`).
    pub departures_s: Vec<u32>,
    /// Zone of the departures (`zone`).
    pub zone: ZoneId,
    /// Days of the week, Monday first (`days`: `daily` or a list `["mon", "wed"]`).
    pub days: [bool; 7],
    /// Locomotive (`locomotive`).
    pub locomotive: LocomotiveId,
    /// Wagon (`wagon`).
    pub wagon: WagonId,
    /// Greatest number of wagons (`max_wagons`).
    pub max_wagons: Quantity,
    /// Trains a day when the crossing is open (`trains_per_day`); a limited regime can say less.
    pub trains_per_day: Quantity,
    /// Dispatching priority, higher first (`priority`).
    pub priority: i32,
    /// Running time added to the least possible, percent (`supplement_percent`).
    pub supplement_percent: Quantity,
    /// Minutes a train may wait for its cut before it is cancelled (`cancel_after_min`).
    pub cancel_after_min: Quantity,
    /// If given, the train runs back from `to` to `from` with the empties standing there.
    pub turn: Option<Turn>,
}

/// How goods can cross (`routes.toml`, `[[route]]`).
#[derive(Clone, Debug)]
pub struct Route {
    /// Short name.
    pub id: String,
    /// Name for people (`title`).
    pub title: String,
    /// Colour token of charts: `rail`, `road`, `sea`, `quanhe`, `jian`, `tumen`, `khasan` (`colour`).
    pub colour: String,
    /// Mode (`mode`): rail, road, sea.
    pub mode: crate::Mode,
    /// Crossings that must all run (`crossings`).
    pub crossings: Vec<CrossingId>,
    /// Directions it can carry: first to second country, second to first (`directions = ["CN-KP"]`).
    pub directions: [bool; 2],
    /// Place where goods wait to cross (`waits_at`).
    pub waits_at: PointId,
    /// Place where goods are released (`released_at`).
    pub released_at: PointId,
    /// Vehicles a day in each direction when open (`vehicles_per_day`); rail takes it from its trains.
    pub vehicles_per_day: Option<Quantity>,
    /// Tonnes per vehicle (`payload_t`).
    pub payload_t: Option<Quantity>,
    /// Hours from departure to release, without any hold (`transit_h`).
    pub transit_h: Quantity,
    /// Cost, USD per tonne (`cost_usd_per_t`).
    pub cost_usd_per_t: Quantity,
    /// Liking beyond cost and time, USD per tonne; positive is worse (`dislike_usd_per_t`).
    pub dislike_usd_per_t: Quantity,
    /// Rail: the services that carry it.
    pub rail: Option<RailRoute>,
}

/// The rail part of a route (`[route.rail]`).
#[derive(Clone, Debug)]
pub struct RailRoute {
    /// Service over the border (`over_border`).
    pub over_border: crate::ServiceId,
    /// Service from the far border station onward (`onward`), if goods go on by rail.
    pub onward: Option<crate::ServiceId>,
    /// Place where wagons are unloaded and goods held while a regime asks it (`hold`).
    pub hold: Option<HoldId>,
    /// Wagons that exist for the route (`fleet_wagons`).
    pub fleet_wagons: Quantity,
    /// Wagons loaded at the same time (`loading_places`).
    pub loading_places: Quantity,
    /// Hours to load a wagon (`loading_h`).
    pub loading_h: Quantity,
    /// Wagons unloaded at the same time at the end (`unloading_places`).
    pub unloading_places: Quantity,
    /// Hours to unload a wagon (`unloading_h`).
    pub unloading_h: Quantity,
    /// Days an emptied wagon stands before it goes back (`return_days`).
    pub return_days: Quantity,
}
