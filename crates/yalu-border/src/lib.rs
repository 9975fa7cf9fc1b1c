//! Border stations as processes: trains stand on tracks, go through a procedure, take resources that have hours, and
//! wait, each for a reason that is told.
//!
//! [`Network`] is a checked description, [`Border`] the state of a run. The host owns the agenda: it asks to admit a
//! train ([`Border::admit`]), lets it arrive ([`Border::arrive`]), gives events back at their time
//! ([`Border::handle`]) and says when a train departs ([`Border::depart`]). [`run_alone`] is such a host for one or two
//! stations without a corridor. The semantics are in `docs/border.md`.
mod alone;
mod calendar;
mod duration;
mod engine;
mod error;
mod event;
pub mod flow;
pub mod measures;
mod network;
mod records;
pub mod reference;
mod station;

pub use alone::{Arrivals, Layout, Link, Outcome, Tick, Traffic, run_alone, run_watched};
pub use calendar::Calendar;
pub use duration::Duration;
pub use engine::{Border, Resolution};
pub use error::BorderError;
pub use event::{
    ActivityRecord, Arrival, Ending, Event, Host, ItemRecord, Notice, Outbox, REASONS, Reason, Record, Refusal,
    TrackRecord, UseRecord, VisitId, VisitRecord, Waits,
};
pub use network::Network;
pub use records::Records;
pub use station::{
    Activity, ActivityId, Amount, AtClosing, ClockRule, Items, Kept, MayStart, Need, Procedure, ProcedureId,
    QuotaWindow, Resource, ResourceId, ResourceKind, Sampled, Station, StationId, Subject, Track, TrackId, TrackUse,
    Way, Word,
};
