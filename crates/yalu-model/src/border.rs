//! Border stations: hours, resources, tracks, the neighbour's quota, quarantine holds.

use crate::{Activity, PointId, Quantity, ZoneId};

/// Hours of a week in which something is open, in civil time (`hours.NAME` of `border.toml`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpeningHours {
    /// Short name.
    pub id: String,
    /// Zone the hours are read in.
    pub zone: ZoneId,
    /// Per weekday, Monday first: intervals in seconds after local midnight (end may be 86400).
    pub week: [Vec<(u32, u32)>; 7],
    /// Local days with hours of their own in place of the weekday's, as days since 1970-01-01, rising; no interval:
    /// closed (`closed_days`, `holidays` of every year of the horizon, `[[hours.exception]]`).
    pub special_days: Vec<(i32, Vec<(u32, u32)>)>,
}

/// What a resource of a border station is (`kind` of `[[station.resource]]`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ResourceKind {
    /// Staff that work together (`team`; each `[[station.team]]`).
    Team,
    /// Stands where wagons change bogies (`bogie_stands`).
    BogieStands,
    /// Cranes, gantries and other reloading places (`cranes`).
    Cranes,
    /// Shunting locomotives (`shunters`).
    Shunters,
    /// Line locomotives (`locomotives`).
    Locomotives,
    /// Train crews (`crews`).
    Crews,
    /// Places for wagons or goods in quarantine (`quarantine_places`).
    QuarantinePlaces,
    /// Anything else of which there are so many (`other`).
    Other,
}

crate::words! {
    ResourceKind {
        "team" => Self::Team,
        "bogie_stands" => Self::BogieStands,
        "cranes" => Self::Cranes,
        "shunters" => Self::Shunters,
        "locomotives" => Self::Locomotives,
        "crews" => Self::Crews,
        "quarantine_places" => Self::QuarantinePlaces,
        "other" => Self::Other,
    }
}

/// What activities need and others cannot have meanwhile (`[[station.resource]]`, `[[station.team]]`).
#[derive(Clone, Debug)]
pub struct Resource {
    /// Short name.
    pub id: String,
    /// What it is (`kind`).
    pub kind: ResourceKind,
    /// How many there are (`count`).
    pub count: Quantity,
    /// Index of its hours in [`BorderStation::hours`]; none: at any time.
    pub hours: Option<usize>,
    /// Minutes it goes away for when nobody waits for it, and again while nobody does; none: it stays
    /// (`away_when_idle_min`).
    pub away_when_idle_min: Option<Quantity>,
}

/// The time a quota is for (`per`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuotaPer {
    /// A civil day in the zone of the station's point (`day`).
    Day,
    /// Each opening of these of [`BorderStation::hours`] (`shift`, with `hours`).
    Shift(usize),
}

/// Trains a station takes over from its neighbour in a time (`quota`). Trains it sends out are not counted.
#[derive(Clone, Debug)]
pub struct AcceptanceQuota {
    /// Trains (`value`).
    pub trains: Quantity,
    /// In which time (`per`).
    pub per: QuotaPer,
}

/// A border station (`border.toml`, `[[station]]`).
#[derive(Clone, Debug)]
pub struct BorderStation {
    /// The operational point (`point`).
    pub point: PointId,
    /// Yard tracks for cuts, beside the running tracks (`yard_tracks`).
    pub yard_tracks: Quantity,
    /// Wagons that fit on a yard track; none: any cut fits (`track_wagons`).
    pub track_wagons: Option<Quantity>,
    /// Yard tracks that cuts of each direction may hold at most, the first direction first; none: all
    /// (`[[station.most_tracks]]`).
    pub most_tracks: [Option<Quantity>; 2],
    /// Trains it takes over from its neighbour; none: as many as find a track (`quota`).
    pub quota: Option<AcceptanceQuota>,
    /// Hours.
    pub hours: Vec<OpeningHours>,
    /// Teams, then other resources, each in the order written.
    pub resources: Vec<Resource>,
    /// Activities in the order written.
    pub activities: Vec<Activity>,
}

/// A place where goods are unloaded, the wagon freed, and the goods held (`border.toml`, `[[hold]]`).
#[derive(Clone, Debug)]
pub struct HoldPlace {
    /// Short name.
    pub id: String,
    /// Name for people (`title`).
    pub title: String,
    /// Where it is (`point`).
    pub point: PointId,
    /// The border station whose wagons it takes (`station`, an operational point's id).
    pub station: PointId,
    /// Tonnes it can hold (`capacity_t`).
    pub capacity_t: Quantity,
    /// Wagons unloaded at the same time (`platform_places`).
    pub platform_places: Quantity,
    /// Hours from the border station there and to unload (`unloading_h`).
    pub unloading_h: Quantity,
    /// Days goods are held when the regime names none (`hold_days`).
    pub hold_days: Quantity,
    /// First instant it is used (`from`), local midnight.
    pub from: yalu_units::Instant,
    /// End of its use (`to`, exclusive).
    pub to: yalu_units::Instant,
    /// Tonnes it sends on a day (`release_t_per_day`).
    pub release_t_per_day: Quantity,
}
