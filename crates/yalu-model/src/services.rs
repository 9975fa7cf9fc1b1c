//! Rolling stock, services, and the routes goods can take.

use crate::{CrossingId, HoldId, LocomotiveId, PointId, Quantity, WagonId, ZoneId};
use yalu_units::{Instant, Span};

/// Running resistance of a vehicle, by the formula of some field (sources in `yalu_physics::Resistance`).
#[derive(Clone, PartialEq, Debug)]
pub enum Resistance {
    /// `a + b v + c v²` N/kN of weight, v in km/h (`resistance = [a, b, c]`).
    Specific([f64; 3]),
    /// `a + b v + c v²` newtons, v in m/s (`resistance_formula = "newtons"`).
    Newtons([f64; 3]),
    /// TB/T 1407 by its class (`"tbt1407_loaded"` and so on).
    Tbt1407(Tbt1407),
    /// Strahl, wagons: `[f0, f2]`, per mille of weight.
    Strahl([f64; 2]),
    /// Strahl, locomotives: `[f0, f2]`, with 15 km/h of wind.
    StrahlLocomotive([f64; 2]),
    /// Davis 1926: `[axles, area coefficient]`.
    Davis([f64; 2]),
    /// Modified Davis 1970: `[axles, K]`.
    ModifiedDavis([f64; 2]),
    /// Canadian National, AREMA chapter 16: `[axles, C, area in square feet]`.
    CanadianNational([f64; 3]),
    /// Speed in km/h and force in kN, straight between (`resistance_table_kn`).
    Table(Vec<(f64, f64)>),
}

/// Classes of vehicles of TB/T 1407.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tbt1407 {
    /// Loaded wagons on roller bearings.
    Loaded,
    /// Loaded wagons on plain bearings.
    LoadedPlain,
    /// Empty wagons.
    Empty,
    /// SS1, SS3, SS4 locomotives.
    Ss,
    /// DF4 locomotives.
    Df4,
}

/// What moves a locomotive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Supply {
    /// Diesel or steam: what it needs is on board (`supply = "own"`).
    Own,
    /// The contact line: it stands where that is dead (`supply = "electric"`).
    Electric,
}

/// Adhesion between wheel and rail (`adhesion`).
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Adhesion {
    /// One coefficient at all speeds (`adhesion_mu`).
    Constant(f64),
    /// Curtius and Kniffler, dry rail (`"curtius_kniffler"`).
    CurtiusKniffler,
    /// Chinese rules of traction, electric locomotives (`"china_electric"`).
    ChinaElectric,
    /// Chinese rules of traction, diesel-electric locomotives (`"china_diesel_electric"`).
    ChinaDieselElectric,
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
    /// Resistance (`resistance`, `resistance_formula`, `resistance_table_kn`).
    pub resistance: Resistance,
    /// Tractive force, km/h and kN, in place of greatest force and power (`force_table_kn`).
    pub force_table: Vec<(f64, f64)>,
    /// What its driven wheels hold, and the mass on them in tonnes (`adhesion`, `adhesive_mass_t`); none: no limit.
    pub adhesion: Option<(Adhesion, Quantity)>,
    /// What moves it (`supply`).
    pub supply: Supply,
    /// Supplies it takes, named as [`crate::Section::electrification`]; empty: any (`takes`).
    pub takes: Vec<String>,
    /// Factor for rotating masses (`rotating_mass_factor`).
    pub rotating_mass_factor: f64,
    /// Service deceleration of trains it hauls, m/s² (`braking_mps2`).
    pub braking_mps2: f64,
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
    /// Resistance when loaded (`resistance`, `resistance_formula`, `resistance_table_kn`).
    pub resistance: Resistance,
    /// Resistance when empty, if it differs (`resistance_empty`, `resistance_empty_formula`).
    pub resistance_empty: Option<Resistance>,
    /// Factor for rotating masses (`rotating_mass_factor`).
    pub rotating_mass_factor: f64,
    /// Service deceleration, m/s² (`braking_mps2`); a train brakes as its weakest vehicle.
    pub braking_mps2: f64,
}

/// Where in a train locomotives stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EnginePlace {
    /// Before the wagons (`front`).
    Front,
    /// Half the wagons before them, half behind (`middle`).
    Middle,
    /// Behind the wagons (`rear`).
    Rear,
}

/// Locomotives of a train beside the one that leads (`locomotives`, `[[service.helper]]`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Helpers {
    /// Class (`locomotive`).
    pub locomotive: LocomotiveId,
    /// How many (`count`).
    pub count: u32,
    /// Where (`place`).
    pub place: EnginePlace,
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

/// Where a service stops on its way (`[[service.stop]]`).
#[derive(Clone, Debug)]
pub struct Stop {
    /// The point.
    pub point: PointId,
    /// Least minutes standing (`minutes`).
    pub minutes: Quantity,
    /// Whether the train leaves by the way it came: the locomotive changes ends (`reverses`).
    pub reverses: bool,
}

/// Departures at even intervals, day and night (`every_s`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Every {
    /// Seconds after the begin of the horizon at which the first train is due (`first_s`).
    pub first_s: u32,
    /// Seconds between trains (`every_s`).
    pub every_s: u32,
    /// Number of trains, if it ends (`trains`).
    pub trains: Option<u32>,
}

impl Every {
    /// Departures from an instant on and before another, in a horizon that begins at `begin`.
    pub fn between(self, begin: Instant, from: Instant, to: Instant) -> impl ExactSizeIterator<Item = Instant> {
        let (first, step) = (begin + Span::seconds(i64::from(self.first_s)), i64::from(self.every_s.max(1)) * 1000);
        // The number of the first train at or after an instant, which is also how many go before it.
        let before = |t: Instant| {
            let n = ((t - first).0.max(0) + step - 1) / step;
            n.min(i64::from(self.trains.unwrap_or(u32::MAX))) as u32
        };
        (before(from)..before(to).max(before(from))).map(move |n| Instant(first.0 + i64::from(n) * step))
    }
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
    /// The locomotive that leads (`locomotive`); failures are drawn by its class.
    pub locomotive: LocomotiveId,
    /// Locomotives beside it.
    pub helpers: Vec<Helpers>,
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
    /// Stops on the way, in order; a path may come back to where it began.
    pub stops: Vec<Stop>,
    /// Departures at even intervals, in place of `departures` and `days`.
    pub every: Option<Every>,
    /// Tonnes a wagon of a service that no route uses carries (`load_t`); a range is drawn anew for each train.
    pub load_t: Option<Quantity>,
}

/// How goods can cross (`routes.toml`, `[[route]]`).
#[derive(Clone, Debug)]
pub struct Route {
    /// Short name.
    pub id: String,
    /// Name for people (`title`).
    pub title: String,
    /// Colour token of charts: `rail`, `road`, `sea`, `plum`, `olive`, `brown`, `grey` (`colour`).
    pub colour: String,
    /// Mode (`mode`): rail, road, sea.
    pub mode: crate::Mode,
    /// Crossings that must all run (`crossings`).
    pub crossings: Vec<CrossingId>,
    /// Directions it can carry: first to second country, second to first (`directions = ["CN-KP"]`); one beside
    /// `[route.rail]`.
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
    /// Days from order to the place where goods wait to cross (`approach_days`); what is under way there keeps arriving
    /// when the crossing shuts. None: goods are there when they are ordered.
    pub approach_days: Option<Quantity>,
    /// Cost, USD per tonne (`cost_usd_per_t`).
    pub cost_usd_per_t: Quantity,
    /// Liking beyond cost and time, USD per tonne; positive is worse (`dislike_usd_per_t`).
    pub dislike_usd_per_t: Quantity,
    /// Rail: the services that carry it.
    pub rail: Option<RailRoute>,
    /// What limits its vehicles; told by the contingency sheet, not simulated.
    pub limits: RouteLimits,
}

/// What limits the vehicles of a route, as far as it is known; told, not simulated.
#[derive(Clone, Debug, Default)]
pub struct RouteLimits {
    /// Gauge, millimetres (`gauge_mm`).
    pub gauge_mm: Option<Quantity>,
    /// Longest train, metres (`train_length_m`).
    pub train_length_m: Option<Quantity>,
    /// Axle load, tonnes (`axle_load_t`).
    pub axle_load_t: Option<Quantity>,
    /// Ruling gradient, per mille (`ruling_grade_permil`).
    pub ruling_grade_permil: Option<Quantity>,
    /// Electrification (`electrified`), for people; empty if not told.
    pub electrified: String,
    /// Hours (`hours`), for people; empty if not told.
    pub hours: String,
    /// What else limits it (`limit_note`), for people; empty if not told.
    pub note: String,
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
    /// Wagons that stand empty at the loading point at first (`fleet_wagons`).
    pub fleet_wagons: Quantity,
    /// Wagons that stand empty at the far border station at first (`fleet_far_wagons`).
    pub fleet_far_wagons: Option<Quantity>,
    /// Who owns the wagons (`owner`), for people; empty if not told.
    pub owner: String,
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
    /// Days after which wagons that leave the far border station on a line that is not modelled are back there, empty
    /// (`turnaround_days`); their goods count as released when they leave it. None: unloaded there, or sent onward.
    pub turnaround_days: Option<Quantity>,
    /// Share of the wagons over the border that never come back, 0 to 1 (`kept_share`).
    pub kept_share: Option<Quantity>,
}

impl Route {
    /// The one direction a rail route carries: 0 from the first to the second country, 1 back.
    pub fn exports(&self) -> usize {
        usize::from(!self.directions[0])
    }
}

crate::words! {
    Supply { "own" => Self::Own, "electric" => Self::Electric }
    EnginePlace { "front" => Self::Front, "middle" => Self::Middle, "rear" => Self::Rear }
    ServiceKind { "freight" => Self::Freight, "passenger" => Self::Passenger }
    Adhesion {
        "curtius_kniffler" => Self::CurtiusKniffler,
        "china_electric" => Self::ChinaElectric,
        "china_diesel_electric" => Self::ChinaDieselElectric,
    }
}
