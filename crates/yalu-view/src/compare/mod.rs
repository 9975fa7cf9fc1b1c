//! What `yalu whatif compare` gives: variants beside each other.
mod from;
mod tables;
mod words;

pub use from::mode;
pub(crate) use words::{assumed, musd};

use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use yalu_number::{Day, Estimate};

/// Variants of a corridor beside a base, run with the same draws.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Compare {
    /// Version of this shape.
    pub schema_version: u32,
    /// Id of the base's corridor.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The two countries, exporter of the first direction first.
    pub countries: [String; 2],
    /// Seed of the draws.
    pub seed: u64,
    /// Replications asked for.
    pub replications: u32,
    /// Command that makes the same result.
    pub command: String,
    /// Seconds it took.
    pub wall_s: f64,
    /// Numbers that the base's corridor is read from.
    pub inputs: usize,
    /// Share of them without a source.
    pub assumed_share: f64,
    /// What the base's author knows to be wrong.
    pub wrong: Vec<String>,
    /// Sources and licences of the base's data.
    pub attribution: Vec<String>,
    /// One for each variant.
    pub variants: Vec<Pair>,
}

/// A variant beside the base: differences are the variant minus the base, in pairs of runs with the same draws.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Pair {
    /// Name of the base.
    pub base: String,
    /// Name of the variant.
    pub variant: String,
    /// Pairs of runs.
    pub replications: usize,
    /// First day looked at.
    pub from: Day,
    /// Last day looked at.
    pub to: Day,
    /// The time in which a crossing runs in one of them only; null where none does.
    pub change: Option<Change>,
    /// The two countries, exporter of the first direction first.
    pub countries: [String; 2],
    /// What the change does to all trade.
    pub total: Effects,
    /// To each direction, as `AA-BB`.
    pub sides: BTreeMap<String, Effects>,
    /// To each good.
    pub goods: Vec<Good>,
    /// What came by each route.
    pub routes: Vec<Route>,
    /// Trains not formed over all days run, in the base and in the variant, by what kept them: `no_wagons`, `no_goods`,
    /// `no_place_beyond`, `quota`; empty without trains.
    pub trains_not_formed: BTreeMap<String, [Estimate; 2]>,
    /// How the queue and the flow came back, where a crossing is shut in one of them.
    pub recovery: Option<Recovery>,
    /// What left, by good and route; null where no crossing is shut.
    pub flows: Option<Flows>,
    /// Day by day.
    pub days: Vec<DayPair>,
    /// How far the books of both runs were ever out.
    pub out_of_balance: OutOfBalance,
}

/// A time in which crossings run in one run of a pair only.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Change {
    /// Ids of the crossings.
    pub crossings: Vec<String>,
    /// Their titles.
    pub crossing_titles: Vec<String>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Days.
    pub days: u32,
    /// Name of the one in which they are shut.
    pub shut_in: String,
}

/// Figures of both runs' orders, followed tonne by tonne: the variant minus the base but for what was ordered.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Effects {
    /// Tonnes ordered in the base.
    pub ordered_t: Estimate,
    /// Tonnes that came to consignees.
    pub delivered_t: Estimate,
    /// Tonnes cancelled or refused.
    pub lost_t: Estimate,
    /// Their value, US dollars.
    pub lost_usd: Estimate,
    /// Tonnes that came more than a day later, minus those that came more than a day earlier.
    pub late_t: Estimate,
    /// Tonne-days later, minus those earlier.
    pub delay_tonne_days: Estimate,
    /// What these cost, US dollars.
    pub delay_usd: Estimate,
    /// Tonnes that crossed another way, of what would have crossed by the shut crossing while it was shut, up to what the other
    /// ways had free; where none is shut, that came by another route than in the base.
    pub diverted_t: Estimate,
    /// Tonnes that had not come at the end.
    pub pending_t: Estimate,
    /// Paid for carriage by what came, US dollars.
    pub carriage_usd: Estimate,
}

/// A good with its effects.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Good {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the change does to it.
    #[serde(flatten)]
    pub effects: Effects,
}

/// A route in both runs.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Route {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its mode: `rail`, `road`, `sea` or `air`.
    pub mode: String,
    /// Colour that its scenario gives it.
    pub colour: String,
    /// Tonnes of what was ordered in these days that came by it, in the base and in the variant.
    pub came_t: [Estimate; 2],
    /// The difference.
    pub difference_t: Estimate,
    /// Tonnes that crossed by it instead of the shut crossing; where none is shut, that came by it instead of another route.
    pub diverted_to_t: Estimate,
}

/// How a queue and a flow came back after a closure.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Recovery {
    /// Most tonnes that wait more for the crossing's routes.
    pub peak_t: Estimate,
    /// Days after the closure's begin on which they do.
    pub peak_day: Estimate,
    /// Days after the reopening until no more than a day's flow waits more on most days of a week, in the runs in which that comes.
    pub clear_days: Estimate,
    /// Those runs.
    pub runs_that_clear: u32,
    /// Days after the reopening until a week's flow over the crossing first lies in its normal range, 5 to 95 % of the weeks of the
    /// same run left open, in the runs in which one does.
    pub normal_days: Estimate,
    /// Share of what did not cross while it was shut that crossed after it above what the open run carried.
    pub made_up_share: Estimate,
    /// Runs in which what stood had not gone by the end, by why: `shut_again`, `no_spare_capacity`, `horizon`.
    pub uncleared_runs: BTreeMap<String, u32>,
    /// Tonnes a day that can cross after the reopening beyond what would have crossed; less than nothing where too little can.
    pub spare_t_per_day: Estimate,
    /// Tonne-days of waiting more for the crossing's routes.
    pub delay_tonne_days: Estimate,
    /// Days of normal flow lost: the resilience triangle.
    pub lost_days_of_flow: Estimate,
    /// The least share of the normal flow.
    pub least_share: Estimate,
    /// When the flow to consignees is back to 90, 95 and 100 %, by level.
    pub back_to_percent: BTreeMap<String, Back>,
    /// Tonnes a day that would have crossed there.
    pub flow_t_per_day: Estimate,
    /// Their value, US dollars a day.
    pub flow_usd_per_day: Estimate,
    /// Tonnes a day that the scenario's trains, wagons and vehicles can carry there.
    pub capacity_t_per_day: Estimate,
    /// Most tonnes a day that did cross there, over fifteen days.
    pub throughput_t_per_day: Estimate,
    /// Closed forms: the rule `plain`, with one reason to leave it, and with `all`.
    pub fluid: BTreeMap<String, FluidAnswer>,
    /// Where the plain rule and the simulation part.
    pub fluid_beside_simulated: Vec<FluidBeside>,
}

/// When a flow was back to a level.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Back {
    /// Days after the reopening from which no seven days' share lies below by more than its noise, in the runs in which that
    /// comes.
    pub days: Estimate,
    /// Those runs.
    pub runs: u32,
}

/// A closed form of a closure.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct FluidAnswer {
    /// Most tonnes that wait.
    pub peak_t: Estimate,
    /// Days after the reopening until nothing waits, in the runs in which that comes.
    pub clear_days: Estimate,
    /// Those runs.
    pub runs_that_clear: u32,
    /// Tonne-days.
    pub delay_tonne_days: Estimate,
}

/// A figure by the plain rule against the same simulated.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct FluidBeside {
    /// `peak_t`, `clear_days` or `delay_tonne_days`.
    pub figure: String,
    /// Whether the rule's median lies in the simulated 5 to 95 %.
    pub agrees: bool,
    /// Why it does not, the largest first.
    pub reasons: Vec<FluidReason>,
}

/// A reason to leave the plain rule.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct FluidReason {
    /// Its key in `fluid`.
    pub reason: String,
    /// How far it alone moves the plain answer, as a share; null where it decides whether there is an end.
    pub moves: Option<f64>,
}

/// What left before, during and after a change, in the central runs.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Flows {
    /// Before it.
    pub before: Vec<FlowRow>,
    /// During it.
    pub during: Vec<FlowRow>,
    /// After it.
    pub after: Vec<FlowRow>,
}

/// A good over a route.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct FlowRow {
    /// Id of the good.
    pub good: String,
    /// Id of the route.
    pub route: String,
    /// Tonnes a day, in the base and in the variant.
    pub t_per_day: [f64; 2],
}

/// A day of both runs.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct DayPair {
    /// The day.
    pub day: Day,
    /// Tonnes waiting to cross or on the way there, in the base and in the variant.
    pub waiting_t: [Estimate; 2],
    /// The same on the routes of the crossings that change.
    pub waiting_there_t: [Estimate; 2],
    /// Share of the open run's flow to consignees that comes in the shut one, mean of fifteen days.
    pub share_of_flow: Option<Estimate>,
    /// Cost of waiting more, added up to this day, US dollars.
    pub cost_usd: Estimate,
}

/// The most the books of goods and wagons were out at any entry.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct OutOfBalance {
    /// Kilograms.
    pub kg: i64,
    /// US cents.
    pub us_cents: i64,
    /// Wagons.
    pub wagons: i64,
    /// Entries looked at.
    pub entries: u64,
}
