//! Line capacity in closed form: what stands beside each simulated throughput as its bound.
//!
//! Pure functions on plain numbers. Seconds, metres and tonnes where names say so; compression in whole milliseconds.
//! Trains a day count both directions, pairs a day one train each way; every name says which.
mod assess;
mod compress;
mod cycle;
mod delay;
mod error;
mod event_graph;
mod line;
mod loops;
mod parallel;
mod pattern;
mod saturation;
mod scott;
mod uic406;
mod windows;

pub use assess::assess;
pub use compress::{
    Compression, CrossingStation, Passage, Pattern, RunMs, SingleTrackLine, SingleTrackSection, Stand, TrainPath, Way,
    compress,
};
pub use cycle::{RunTimes, Scheme, SchemeCycle, StationIntervals, platoon_cycle_s, schemes, smallest};
pub use delay::{DelayCurve, meets_per_train};
pub use error::CapacityError;
pub use event_graph::{Arc, Period, shortest_period};
pub use line::{
    LineCapacity, LineInput, LinePlatoon, LongerLoop, NewLoop, Occupancy, Platoon, Progress, SectionCapacity,
    SectionInput, ShortLoop, SingleWorking, StationInput, Throughput, Working,
};
pub use parallel::{
    Displacing, ParallelDiagram, double_track_per_day, non_parallel_freight_per_day, non_parallel_pairs_rounded,
    non_parallel_trains_rounded, parallel_rounded,
};
pub use pattern::{Crossing, alternating, best_pattern};
pub use saturation::{Agreement, saturation_flag};
pub use scott::scott_trains_per_day;
pub use uic406::{LineUse, ReferenceLimit, additional_time_rate, capacity_consumption, occupancy_time_rate};
pub use windows::{WindowPlan, WindowRun, WindowedSection};

/// A day, s.
pub const DAY_S: f64 = 86_400.0;
