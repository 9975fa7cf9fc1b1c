//! What disturbs the line: possessions, restrictions of speed, failures, power cuts, late entries (`disturbances.toml`).

use crate::{LocomotiveId, PointId, Quantity, SectionId, ServiceId};
use yalu_units::Instant;

/// Everything that disturbs trains on the line.
#[derive(Clone, Debug, Default)]
pub struct Disturbances {
    /// Possessions (`[[possession]]`).
    pub possessions: Vec<Possession>,
    /// Temporary restrictions of speed (`[[speed_restriction]]`).
    pub restrictions: Vec<SpeedRestriction>,
    /// Locomotive failures (`[[locomotive_failure]]`).
    pub failures: Vec<LocomotiveFailure>,
    /// Power cuts (`[[power_cut]]`).
    pub power_cuts: Vec<PowerCut>,
    /// Late entries (`[[entry_delay]]`).
    pub entry_delays: Vec<EntryDelay>,
}

/// Track taken for maintenance: no train is on it meanwhile.
#[derive(Clone, Debug)]
pub struct Possession {
    /// Short name.
    pub id: String,
    /// Section of line (`section`).
    pub section: SectionId,
    /// Tracks taken, 1 or 2 (`tracks`); a double track with one taken is run as single track.
    pub tracks: u8,
    /// When, from and to, in order, not overlapping, cut to the horizon (`from`, `to`, `week` or `daily`, `zone`).
    pub windows: Vec<(Instant, Instant)>,
}

/// A lower speed on part of a section for a time.
#[derive(Clone, Debug)]
pub struct SpeedRestriction {
    /// Short name.
    pub id: String,
    /// Section of line (`section`).
    pub section: SectionId,
    /// From, metres after the section's start (`from_m`).
    pub from_m: f64,
    /// To (`to_m`).
    pub to_m: f64,
    /// Speed, km/h (`speed_kmh`).
    pub speed_kmh: f64,
    /// Start and exclusive end, not cut to the horizon (`from`, `to`, `zone`).
    pub period: (Instant, Instant),
}

/// Trains that come to a stand between two stations and go on after a while.
#[derive(Clone, Debug)]
pub struct LocomotiveFailure {
    /// Short name.
    pub id: String,
    /// Which trains, and when.
    pub when: FailureWhen,
    /// Minutes until the train goes on (`minutes`), drawn for each failure.
    pub minutes: Quantity,
}

/// Which trains fail.
#[derive(Clone, Debug)]
pub enum FailureWhen {
    /// Any, at random: failures per million train kilometres (`per_million_km`), of one class or of all (`locomotive`).
    Rate(Quantity, Option<LocomotiveId>),
    /// The first train of a service that leaves a point on or after an instant (`service`, `after`, `from`).
    Dated(ServiceId, PointId, Instant),
}

/// A dead contact line: electric trains stand.
#[derive(Clone, Debug)]
pub struct PowerCut {
    /// Short name.
    pub id: String,
    /// Sections of line (`sections`).
    pub sections: Vec<SectionId>,
    /// When.
    pub when: CutWhen,
}

/// When power is cut.
#[derive(Clone, Debug)]
pub enum CutWhen {
    /// Dated, from and to, in order, cut to the horizon (`from`, `to`, `week` or `daily`, `zone`).
    Dated(Vec<(Instant, Instant)>),
    /// At random: cuts a year (`per_year`), each of so many hours (`hours`), drawn for each.
    Rate(Quantity, Quantity),
}

/// Trains ready after their time.
#[derive(Clone, Debug)]
pub struct EntryDelay {
    /// Short name.
    pub id: String,
    /// The service (`service`); none: all trains.
    pub service: Option<ServiceId>,
    /// Share of trains that are late, 0 to 1 (`share`).
    pub share: Quantity,
    /// Minutes late (`minutes`), drawn for each.
    pub minutes: Quantity,
}

/// Where under a train its gradient is read (`gradient` of `[operation]`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum GradientRead {
    /// Averaged over its length (`averaged`).
    #[default]
    Whole,
    /// Under its front: the train as a point (`front`).
    Front,
    /// Under its centre of mass (`centre`).
    Centre,
}

crate::words! {
    GradientRead { "averaged" => Self::Whole, "front" => Self::Front, "centre" => Self::Centre }
}

/// Rules of operation on the line (`[operation]` of `scenario.toml`).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Seconds from the release of a block or track to its next use (`route_setting_s`).
    pub route_setting_s: Quantity,
    /// Seconds between trains that may not enter a station at the same time (`non_simultaneous_s`).
    pub non_simultaneous_s: Quantity,
    /// Seconds a train stays on its track after its run before the yard takes it (`into_yard_s`).
    pub into_yard_s: Quantity,
    /// Where under a train its gradient is read (`gradient`).
    pub gradient: GradientRead,
}
