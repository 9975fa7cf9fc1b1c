//! Border stations: activities, teams, hours, tracks, quarantine holds.

use crate::{PointId, Quantity, ZoneId};

/// Hours of a week in which something is open, in civil time (`hours.NAME` of `border.toml`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpeningHours {
    /// Short name.
    pub id: String,
    /// Zone the hours are read in.
    pub zone: ZoneId,
    /// Per weekday, Monday first: intervals in seconds after local midnight (end may be 86400).
    pub week: [Vec<(u32, u32)>; 7],
    /// Closed local days, as days since 1970-01-01 (`closed_days = ["2022-02-16"]`).
    pub closed_days: Vec<i32>,
}

/// When an activity may start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StartRule {
    /// Only if it can end before closing (`if_it_can_finish`).
    IfItCanFinish,
    /// At any open time; it runs on past closing (`any_open_time`).
    AnyOpenTime,
}

/// Staff that work in parallel on cuts (`[[station.team]]`).
#[derive(Clone, Debug)]
pub struct Team {
    /// Short name.
    pub id: String,
    /// How many such teams (`count`).
    pub count: Quantity,
    /// Index of its hours in [`BorderStation::hours`].
    pub hours: usize,
}

/// A step of a border procedure, in the order written (`[[station.activity]]`).
#[derive(Clone, Debug)]
pub struct Activity {
    /// Short name.
    pub id: String,
    /// Name for people (`title`).
    pub title: String,
    /// Which cuts: `loaded`, `empty` (`applies_to`).
    pub loaded: bool,
    /// Direction of the cut: true from first to second country (`direction`).
    pub forward: bool,
    /// Index of its team in [`BorderStation::teams`]; none needs no staff.
    pub team: Option<usize>,
    /// Minutes for the cut as a whole (`minutes`), drawn anew each time.
    pub minutes: Quantity,
    /// Minutes for each wagon in addition (`minutes_per_wagon`).
    pub minutes_per_wagon: Quantity,
    /// When it may start (`may_start`).
    pub may_start: StartRule,
    /// Only while a regime restricts by this word (`only_under`), e.g. `quarantine`.
    pub only_under: Option<String>,
}

/// A border station (`border.toml`, `[[station]]`).
#[derive(Clone, Debug)]
pub struct BorderStation {
    /// The operational point (`point`).
    pub point: PointId,
    /// Yard tracks for cuts, beside the running tracks (`yard_tracks`).
    pub yard_tracks: Quantity,
    /// Hours.
    pub hours: Vec<OpeningHours>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Activities in order.
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
