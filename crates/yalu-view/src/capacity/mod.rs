//! What `yalu line capacity` gives: trains a day that a line carries, and what limits it.

mod loaded;
mod read;
mod section;
mod summary;
mod tables;

pub use loaded::{DelayCurve, DelayVolume, Loaded, Practical, Saturation, Volume, Worked};
pub use section::{Cycles, Platoon, Run, Section, SectionHeld, SpentDay, Working};

use crate::head::Head;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_model::Corridor;
use yalu_study::{CapacityStudy, TOLERANCE};

/// What a line carries. Pairs a day are a train out and one back, trains a day are both ways; out is the direction in which
/// the service is written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Capacity {
    /// What was asked.
    #[serde(flatten)]
    pub head: Head,
    /// Mean delay tolerated, minutes.
    pub tolerated_min: f64,
    /// Share by which simulated and closed form may differ.
    pub tolerance: f64,
    /// The line of each reference train.
    pub lines: Vec<LineCapacity>,
}

/// The line of a reference train.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LineCapacity {
    /// Id of the service.
    pub service: String,
    /// Id of the first point of its path.
    pub from: String,
    /// Name of the first point.
    pub from_title: String,
    /// Id of the last point of its path.
    pub to: String,
    /// Name of the last point.
    pub to_title: String,
    /// Ids of the points of its path where trains can stand.
    pub stands: Vec<String>,
    /// The train out.
    pub train_out: Train,
    /// The train back.
    pub train_back: Train,
    /// `empty` (the service turns), the service that runs the path the other way, or `assumed_alike`.
    pub comes_back: ComesBack,
    /// Run that nothing hinders, out and back.
    pub free_run_s: [f64; 2],
    /// Route setting that the closed forms use.
    pub route_setting_s: f64,
    /// Interval of entries that may not be at the same time, as the closed forms use it: a train that passes is held from
    /// its braking point, and what of the stated interval lies before that is taken off.
    pub non_simultaneous_s: f64,
    /// Length of the longer train.
    pub train_length_m: f64,
    /// Pairs of this train a day at the end of the horizon.
    pub pairs_today: f64,
    /// Other traffic at the end of the horizon.
    pub other_trains: Vec<OtherTrains>,
    /// Name of the section that limits the line.
    pub binding: String,
    /// The bound.
    pub bound: Throughput,
    /// The same with a share of the day kept as a reserve.
    pub planned: Throughput,
    /// What other trains leave.
    pub left: Left,
    /// Each section of line between places where trains can meet.
    pub sections: Vec<Section>,
    /// Platoons on the whole line.
    pub platoons: Vec<LinePlatoon>,
    /// Directional windows of the section that limits the line and of the one over the border.
    pub windows: Vec<Windows>,
    /// What one more loop is worth, by section.
    pub one_more_loop: Vec<NewLoop>,
    /// Stations where two such trains cannot meet.
    pub short_loops: Vec<ShortLoop>,
    /// Best pattern of one train each way over the whole line; null where there is a double track or more than eight inner
    /// stations.
    pub crossing_pattern: Option<Pattern>,
    /// The whole line run full; null where it is always closed.
    pub saturation: Option<Saturation>,
    /// Delay over volume.
    pub delay_volume: DelayVolume,
}

/// A reference train.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Train {
    /// Id of the locomotive.
    pub locomotive: String,
    /// Id of the wagon.
    pub wagon: String,
    /// Wagons.
    pub wagons: u32,
    /// Net tonnes; 0 empty.
    pub net_t: f64,
    /// Its length.
    pub length_m: f64,
}

/// How a reference train comes back.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ComesBack {
    /// `empty` or `assumed_alike`.
    Plain(&'static str),
    /// As another service.
    As {
        /// Id of the service that runs the path the other way.
        service: String,
    },
}

/// Other traffic on the line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OtherTrains {
    /// Id of the service or of the row of other traffic.
    pub id: String,
    /// Trains a day each way.
    pub per_day: f64,
    /// Whether they run both ways.
    pub both_ways: bool,
    /// Id of the point from which they run on the line.
    pub from: Option<String>,
    /// Id of the point to which they run on the line.
    pub to: Option<String>,
}

/// What is carried a day.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Throughput {
    /// Pairs a day.
    pub pairs_per_day: f64,
    /// Trains a day both ways.
    pub trains_per_day: f64,
    /// Net tonnes a day out.
    pub net_t_out_per_day: f64,
    /// Net tonnes a day back.
    pub net_t_back_per_day: f64,
    /// Net million tonnes a year, both ways.
    pub net_mt_per_year: f64,
}

/// What other trains leave.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Left {
    /// Pairs a day.
    pub pairs_per_day: f64,
    /// Trains a day both ways.
    pub trains_per_day: f64,
    /// Name of the section that limits them.
    pub binding: String,
}

/// Platoons of trains on the whole line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LinePlatoon {
    /// Trains each way in turn.
    pub trains_each_way: usize,
    /// Pairs a day.
    pub pairs_per_day: f64,
    /// Trains a day both ways.
    pub trains_per_day: f64,
    /// Name of the section that limits them.
    pub binding: String,
    /// Whether stations hold such a platoon while the other passes.
    pub stations_hold: bool,
}

/// Directional windows of a section.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Windows {
    /// Name of the section.
    pub section: String,
    /// One for each length of window.
    pub plans: Vec<Window>,
}

/// Equal windows in turns all day.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Window {
    /// Length of a window.
    pub window_s: f64,
    /// Trains in a window out.
    pub trains_out: u32,
    /// Trains in a window back.
    pub trains_back: u32,
    /// Pairs a day.
    pub pairs_per_day: f64,
    /// Trains a day both ways.
    pub trains_per_day: f64,
    /// Share of the day lost to clearing between windows.
    pub clearing_share: f64,
    /// Wait of a train out that comes at any time, for its next window alone.
    pub wait_out_s: f64,
    /// The same back.
    pub wait_back_s: f64,
}

/// One more loop at the best place in a section.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NewLoop {
    /// Name of the section of the input.
    pub section: String,
    /// Its distance from the section's first station.
    pub km: f64,
    /// Pairs a day of the section without it.
    pub section_pairs_per_day_now: f64,
    /// Pairs a day of the section with it.
    pub section_pairs_per_day: f64,
    /// Pairs a day of the line with it.
    pub line_pairs_per_day: f64,
    /// Pairs a day that the line gains.
    pub gain_pairs_per_day: f64,
}

/// A station where two reference trains cannot meet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShortLoop {
    /// Id of the station.
    pub station: Option<String>,
    /// Name of the station.
    pub name: String,
    /// Longest trains that can meet there.
    pub meets_up_to_m: f64,
    /// Whether it makes the sections on both sides one.
    pub merges: bool,
    /// Pairs a day that the line gains if it were longer.
    pub gain_pairs_per_day: Option<f64>,
}

/// The best pattern of one train each way.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Pattern {
    /// Which train stands at each inner station: `out_stands`, `back_stands`, `both_stand`, `none`.
    pub crossings: Vec<&'static str>,
    /// Time after which it repeats.
    pub cycle_s: f64,
    /// Trains a day both ways.
    pub trains_per_day: f64,
}

impl Capacity {
    /// The view of a study of each reference train.
    pub fn of(c: &Corridor, studies: &[CapacityStudy], tolerated_min: f64, command: String, wall_s: f64) -> Capacity {
        Capacity {
            head: Head::of(c, command, wall_s),
            tolerated_min,
            tolerance: TOLERANCE,
            lines: studies.iter().map(|s| read::line(c, s)).collect(),
        }
    }
}
