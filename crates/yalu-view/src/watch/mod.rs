//! What `yalu watch` gives: every crossing of a table in its last period, what happened, what next, and what is doubted.

mod build;
mod feed;
mod text;
mod words;

pub use build::{Inputs, NamedCause, build};
pub use feed::feed;
pub use text::{score_text, text};
pub use words::{alert, event_title, event_words};

use schemars::JsonSchema;
use serde::Serialize;

/// All of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Watch {
    /// Version of this object.
    pub schema_version: u32,
    /// The table that was read.
    pub table: TableRead,
    /// The last period, as `2022-12`.
    pub period: String,
    /// The last period in words.
    pub period_words: String,
    /// The finding in a sentence.
    pub headline: String,
    /// How many crossings are in each state.
    pub states: States,
    /// Every crossing, those below range first, then by size.
    pub crossings: Vec<WatchedCrossing>,
    /// What is new since the period before, a sentence each.
    pub changed: Vec<String>,
    /// What happened, the latest first.
    pub events: Vec<Event>,
    /// Counts that are doubted.
    pub doubts: Vec<Doubt>,
    /// What was done about the table as a whole, a sentence each.
    pub notes: Vec<String>,
    /// What later releases changed.
    pub revisions: Vec<Revision>,
    /// How crossings came back.
    pub recovery: Recovery,
}

/// The table that was read.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TableRead {
    /// Files in the order in which they were published.
    pub files: Vec<String>,
    /// Rows read.
    pub rows: usize,
    /// First period.
    pub from: String,
    /// Last period.
    pub to: String,
    /// Length of a period.
    pub step: String,
    /// Counts judged.
    pub judged: usize,
    /// Of them, those in the 90 % range of their day.
    pub held: usize,
    /// Whether the table says only some directions.
    pub value_from: Option<String>,
}

/// Crossings by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct States {
    /// All measures under a quarter of the expected, or zero.
    pub shut: usize,
    /// Below range.
    pub reduced: usize,
    /// In range or above.
    pub normal: usize,
    /// No row yet.
    pub late: usize,
    /// Not known.
    pub unknown: usize,
}

/// One crossing.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WatchedCrossing {
    /// Its code or name.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// `shut`, `reduced`, `normal`, `late`, `unknown`, or `shut or not reported`.
    pub state: String,
    /// The period since which it is.
    pub since: String,
    /// That in words.
    pub since_words: String,
    /// Why it is not known.
    pub why: Option<String>,
    /// All measures together, in standard deviations.
    pub score: Option<f64>,
    /// State in the period before.
    pub before: String,
    /// Its measures.
    pub measures: Vec<MeasureNow>,
    /// What next.
    pub forecast: Vec<Expected>,
    /// If it is below range: what the reference class says of the periods after.
    pub path: Vec<PathStep>,
    /// The last periods of each measure, with the range of their day.
    pub history: Vec<History>,
    /// Smallest closure of one period that shows here, in days.
    pub smallest_days: Option<f64>,
}

/// A measure in the last period.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MeasureNow {
    /// What is counted.
    pub measure: String,
    /// The count; none where there is no row.
    pub count: Option<f64>,
    /// What was expected.
    pub expected: f64,
    /// 5 % of the range.
    pub low: f64,
    /// 95 % of the range.
    pub high: f64,
    /// Why it is doubted.
    pub doubt: Option<String>,
}

/// A forecast.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Expected {
    /// What is counted.
    pub measure: String,
    /// Of which period.
    pub period: String,
    /// Its middle.
    pub value: f64,
    /// Its 90 % band.
    pub low: Option<f64>,
    /// Its 90 % band.
    pub high: Option<f64>,
}

/// One step of a path back.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PathStep {
    /// Periods after the end.
    pub after: usize,
    /// Share of the level before: 5 %.
    pub low: f64,
    /// Share of the level before: 95 %.
    pub high: f64,
}

/// Counts of a measure with the range of their day.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct History {
    /// What is counted.
    pub measure: String,
    /// Counts.
    pub points: Vec<Point>,
}

/// One count.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Point {
    /// The period.
    pub period: String,
    /// The count; none where there is no row.
    pub count: Option<f64>,
    /// Expected then.
    pub expected: Option<f64>,
    /// 5 % of the range then.
    pub low: Option<f64>,
    /// 95 % of the range then.
    pub high: Option<f64>,
    /// Whether it is doubted.
    pub doubted: bool,
}

/// More or less than was to be expected.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Difference {
    /// What is counted.
    pub measure: String,
    /// What was counted.
    pub counted: f64,
    /// What was to be expected.
    pub expected: f64,
    /// Their difference: 5 %.
    pub low: f64,
    /// Their difference: 95 %.
    pub high: f64,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Event {
    /// Short name, unique in the table.
    pub id: String,
    /// Where.
    pub crossing: String,
    /// Where, in words.
    pub name: String,
    /// `closure`, `fall`, `surge`, `level shift`, `end of service`, `shut or not reported`, `moved`.
    pub kind: String,
    /// First period.
    pub from: String,
    /// Last period.
    pub to: String,
    /// Whether it goes on.
    pub ongoing: bool,
    /// Periods of it.
    pub periods: usize,
    /// The finding in a sentence.
    pub title: String,
    /// What stands behind it, a sentence each.
    pub sentences: Vec<String>,
    /// Change of all measures together in the period furthest out, as a share.
    pub change: f64,
    /// Its band: 5 %.
    pub change_low: f64,
    /// Its band: 95 %.
    pub change_high: f64,
    /// The period furthest out.
    pub deepest: String,
    /// Days of it that were shut, if trains stopped and did not thin.
    pub days_shut: Option<[f64; 3]>,
    /// Chance that something happened.
    pub chance: f64,
    /// Measures that agree.
    pub agree: Vec<String>,
    /// Measures that do not.
    pub disagree: Vec<String>,
    /// Against what was to be expected.
    pub differences: Vec<Difference>,
    /// Nearest crossings, the strongest gain first.
    pub other_ways: Vec<OtherWay>,
    /// Trucks at the same place.
    pub road: Vec<Difference>,
    /// The three periods after.
    pub after: Vec<Difference>,
    /// US dollars by direction and chapter.
    pub value: Vec<ValueLost>,
    /// Cause, where a source names one.
    pub cause: Option<String>,
    /// Counts before, during and after.
    pub history: Vec<History>,
}

/// A gain at another crossing.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OtherWay {
    /// Where.
    pub name: String,
    /// Standard deviations above nothing.
    pub strength: f64,
    /// Whether it stands out from chance.
    pub visible: bool,
    /// By measure.
    pub differences: Vec<Difference>,
}

/// A difference of value.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ValueLost {
    /// Direction as the file writes it.
    pub direction: String,
    /// Chapter of the Harmonized System; none for all.
    pub chapter: Option<String>,
    /// US dollars.
    pub difference: Difference,
}

/// A doubted count.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Doubt {
    /// Where.
    pub name: String,
    /// What is counted.
    pub measure: String,
    /// When.
    pub period: String,
    /// The count.
    pub count: Option<f64>,
    /// What was expected.
    pub expected: Option<f64>,
    /// Why, in words.
    pub why: String,
}

/// A count that a later release changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Revision {
    /// Where.
    pub name: String,
    /// What is counted.
    pub measure: String,
    /// When.
    pub period: String,
    /// Before.
    pub was: Option<f64>,
    /// Now.
    pub now: Option<f64>,
    /// The file that changed it.
    pub file: String,
}

/// How crossings came back.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Recovery {
    /// Falls and closures that ended.
    pub paths: usize,
    /// Share back by the first, second and third period after.
    pub back: [f64; 3],
    /// Mean share made up in three periods, and its standard error.
    pub made_up: Option<[f64; 2]>,
    /// Share of paths in the band of other crossings, by period after.
    pub held: Vec<f64>,
}
