//! A section of line: how it is worked, what it carries, how its day is spent.

use super::{Saturation, Throughput};
use schemars::JsonSchema;
use serde::Serialize;

/// A section of line between places where trains can meet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Whether it limits the line.
    pub binding: bool,
    /// Its sections of the input, with the times for which they are held.
    pub held: Vec<SectionHeld>,
    /// How it is worked.
    pub working: Working,
    /// The bound.
    pub bound: Throughput,
    /// The same with a share of the day kept as a reserve.
    pub planned: Throughput,
    /// Trains a day both ways by Scott's formula.
    pub scott_trains_per_day: f64,
    /// Seconds a day in which it is closed.
    pub closed_s_per_day: f64,
    /// Seconds a day that other trains take.
    pub other_trains_s_per_day: f64,
    /// Pairs a day that other trains leave: a bound.
    pub left_pairs_per_day: f64,
    /// Occupancy after UIC 406 by today's trains, a share of the time not closed.
    pub occupancy: f64,
    /// How today's trains spend its day.
    pub day: SpentDay,
    /// The section as a line of its own, run full; null where it is always closed.
    pub alone: Option<Saturation>,
}

/// How today's trains spend the day of a section, shares of the day.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct SpentDay {
    /// Trains run through, other trains among them.
    pub running_share: f64,
    /// Routes are set.
    pub route_setting_share: f64,
    /// Trains start and stop.
    pub stops_share: f64,
    /// It is closed.
    pub closed_share: f64,
    /// Trains today as the service is written.
    pub trains_out: f64,
    /// Trains today the other way.
    pub trains_back: f64,
}

/// A section of the input, and the times for which it is held.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SectionHeld {
    /// Its name.
    pub name: String,
    /// By a train out.
    pub out: Run,
    /// By a train back.
    pub back: Run,
}

/// Times for which a train holds a section.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Run {
    /// The train passes at both ends.
    pub pass_pass_s: f64,
    /// More where it starts.
    pub start_add_s: f64,
    /// More where it stops.
    pub stop_add_s: f64,
    /// To the next train the same way.
    pub headway_s: f64,
}

/// How a section is worked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Working {
    /// On one track.
    Single {
        /// 1.
        tracks: u8,
        /// Cycle of a pair by scheme.
        cycles_s: Cycles,
        /// The scheme chosen: that of the smallest cycle.
        scheme: &'static str,
        /// Its cycle.
        cycle_s: f64,
        /// The same in platoons.
        platoons: Vec<Platoon>,
    },
    /// On two tracks.
    Double {
        /// 2.
        tracks: u8,
        /// Trains a day out.
        out_per_day: f64,
        /// Trains a day back.
        back_per_day: f64,
    },
}

/// Cycle of a pair by scheme: which trains pass and which stop.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Cycles {
    /// Both trains pass as they enter the section and stop as they leave it.
    pub entering_pass: f64,
    /// Both trains stop as they enter and pass as they leave.
    pub leaving_pass: f64,
    /// The train out passes, the other stops.
    pub out_passes: f64,
    /// The train back passes, the other stops.
    pub back_passes: f64,
}

impl Cycles {
    /// In the order of tables.
    pub fn all(self) -> [f64; 4] {
        [self.entering_pass, self.leaving_pass, self.out_passes, self.back_passes]
    }
}

/// Platoons of trains over a section.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Platoon {
    /// Trains each way in turn.
    pub trains_each_way: usize,
    /// Cycle of a platoon each way.
    pub cycle_s: f64,
    /// Pairs a day.
    pub pairs_per_day: f64,
    /// Whether stations hold such a platoon while the other passes.
    pub stations_hold: bool,
}
