//! What `yalu whatif sheet` gives: what to expect and what to do on the day a crossing shuts.
mod from;
mod tables;
mod words;

use crate::compare::Pair;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_number::{Day, Estimate};

/// The sheet of a closure.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Contingency {
    /// Version of this shape.
    pub schema_version: u32,
    /// Id of the corridor.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// Ids of the crossings that shut.
    pub crossings: Vec<String>,
    /// First day shut; null where the crossing does not run in any of these days.
    pub from: Option<Day>,
    /// Last day shut.
    pub to: Option<Day>,
    /// Days shut.
    pub days: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Replications.
    pub replications: u32,
    /// Command that makes the same result.
    pub command: String,
    /// Seconds it took.
    pub wall_s: f64,
    /// Numbers that the corridor is read from.
    pub inputs: usize,
    /// Share of them without a source.
    pub assumed_share: f64,
    /// What becomes of what would have crossed there.
    pub shares: Option<Shares>,
    /// When the closure fills a yard; null where no border station has one.
    pub first_yard_full: Option<YardFull>,
    /// Ways round, those of the crossing first.
    pub ways: Vec<WayRound>,
    /// Where trains and goods can be held.
    pub places: Vec<HoldingPlace>,
    /// Closures of several lengths, shortest first.
    pub lengths: Vec<Length>,
    /// The closure asked for beside the crossing left open.
    pub closure: Pair,
}

/// What becomes of the tonnes that would have crossed while it is shut, as shares; in each run they add up to 1.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Shares {
    /// Crosses another way.
    pub diverts: Estimate,
    /// Is cancelled or refused.
    pub lost: Estimate,
    /// Waits and crosses later.
    pub waits: Estimate,
}

/// When loaded trains stand outside a yard that is not full on that day without the closure.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct YardFull {
    /// Days of the closure until they do, in the runs in which they do.
    pub days: Estimate,
    /// Those runs.
    pub runs: u32,
    /// Share of the closure's days on which a yard is full without it.
    pub anyway_share_of_days: Estimate,
}

/// A route in the days of the closure.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct WayRound {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its mode: `rail`, `road`, `sea` or `air`.
    pub mode: String,
    /// Whether it uses the crossing that is shut.
    pub normal: bool,
    /// Whether it runs in the middle of the closure, were the crossing open.
    pub runs: bool,
    /// What limits its vehicles.
    pub limits: Limits,
    /// Tonnes a day each way it can carry.
    pub capacity_t_per_day: Estimate,
    /// Tonnes a day it carries anyway, both ways, in the central run.
    pub used_t_per_day: f64,
    /// Tonnes a day each way that are left.
    pub left_t_per_day: Estimate,
    /// Days from order to release, without waiting.
    pub days: Estimate,
    /// Cost, US dollars a tonne.
    pub usd_per_t: Estimate,
    /// Tonnes that cross by it instead.
    pub takes_t: Estimate,
}

/// What limits the vehicles of a route: shown, not simulated; `not known` where the scenario says nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Limits {
    /// Gauge.
    pub gauge: String,
    /// Longest train.
    pub train_length: String,
    /// Axle load.
    pub axle_load: String,
    /// Electrification.
    pub electrified: String,
    /// Ruling gradient.
    pub ruling_grade: String,
    /// Opening hours.
    pub hours: String,
    /// Days goods are held.
    pub quarantine: String,
    /// What else limits them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
}

/// Where trains or goods can stand.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct HoldingPlace {
    /// Where.
    pub name: String,
    /// How much it holds, least and greatest.
    pub holds: [f64; 2],
    /// `tracks` or `t`.
    pub unit: String,
    /// Days until full trains of what would have crossed fill it, least and greatest; null where they do not come to it.
    pub full_after_days: Option<[f64; 2]>,
}

/// A closure of one length beside a rule linear in days.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Length {
    /// Days.
    pub days: u32,
    /// Trade a day times days shut: what the linear rule calls lost, million US dollars.
    pub linear_rule_musd: f64,
    /// Value lost, million US dollars.
    pub lost_musd: Estimate,
    /// Cost of delay, million US dollars.
    pub delay_musd: Estimate,
    /// Days after the reopening until the queue is clear, in the runs in which it is; null where nothing is shut.
    pub clear_days: Option<Estimate>,
    /// Those runs.
    pub runs_that_clear: u32,
    /// Lost and delay over those of the shortest closure, grown by the days; null where that may have none.
    pub over_linear_from_shortest: Option<f64>,
    /// The difference of the two, million US dollars, run by run; null of the shortest.
    pub beyond_linear_musd: Option<Estimate>,
}
