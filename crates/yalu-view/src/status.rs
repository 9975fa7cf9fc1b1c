//! What `yalu status` gives: the state of each crossing on a day, and the evidence; and `yalu reports why`, of one crossing.

use crate::ledger::ChanceOfDay;
use crate::seal::Seal;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_ledger::record::Report;
use yalu_ledger::{Explanation, Hypothetical, Weight};
use yalu_model::Words as _;
use yalu_number::Day;

/// Reports told as the strongest of each side.
pub const STRONGEST: usize = 3;
/// Weights below this are no reason, bits: they move even odds by less than two in a hundred.
pub const LEAST_BITS: f64 = 0.05;

/// The state of each crossing on a day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Status {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// The day; only what was known by then is used.
    pub as_of: Day,
    /// Whether monthly customs values are used.
    pub customs: bool,
    /// Whether the record is what was sealed.
    pub record: Seal,
    /// Each crossing.
    pub crossings: Vec<CrossingStatus>,
}

/// Why a crossing is taken to run or not on a day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reasoned {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// Only what was known by this day is used.
    pub as_of: Day,
    /// Whether monthly customs values are used.
    pub customs: bool,
    /// The crossing.
    #[serde(flatten)]
    pub crossing: CrossingStatus,
}

/// A crossing on a day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CrossingStatus {
    /// Its short name.
    pub crossing: String,
    /// Its name.
    pub title: String,
    /// The chances of the day.
    #[serde(flatten)]
    pub chances: ChanceOfDay,
    /// Whether anything was ever heard of it.
    pub heard: bool,
    /// Since when it runs, or does not.
    pub since: SinceWhen,
    /// The latest sighting of its service; null without one.
    pub last_sighting: Option<Sighted>,
    /// Whether there is evidence of a bit or more both ways in the last 60 days.
    pub conflict: bool,
    /// The three reports that speak most for running.
    #[serde(rename = "for")]
    pub speaks_for: Vec<ReportWeight>,
    /// The three that speak most against it.
    pub against: Vec<ReportWeight>,
    /// What each origin weighs, the heaviest first.
    pub weights: Vec<ReportWeight>,
    /// What reports that do not exist would change.
    pub what_if: Vec<Imagined>,
}

/// When a service came to run, or ceased to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SinceWhen {
    /// Whether it is taken to run since then.
    pub runs: bool,
    /// The change lies before this day with a chance of one in twenty.
    pub earliest: Day,
    /// The median.
    pub likely: Day,
    /// The change lies before this day with a chance of nineteen in twenty.
    pub latest: Day,
    /// Whether that is before the scenario begins.
    pub before_horizon: bool,
}

/// A sighting of a service.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sighted {
    /// The last day it speaks of.
    pub date: Day,
    /// The report.
    pub report: Option<String>,
}

/// What a report weighs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReportWeight {
    /// The report that counts for its origin; null for customs values.
    pub report: Option<String>,
    /// The origin.
    pub origin: Option<String>,
    /// Other reports of the crossing that go back to the same source.
    pub copies: Vec<String>,
    /// What it says.
    pub claim: Option<&'static str>,
    /// Admiralty letters, as given.
    pub admiralty: Option<String>,
    /// Log odds of running with it, less those without it, bits: positive speaks for running.
    pub bits: f64,
}

/// A report that does not exist, and what it would change.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Imagined {
    /// `sighting`, `official_runs`, `official_stands` or `anonymous_resumed`.
    pub heard: &'static str,
    /// Log odds it would add, bits.
    pub bits: f64,
    /// The chance of running it would leave.
    pub p_running: f64,
}

/// The weights that speak for running and against it, strongest first; what weighs next to nothing is left out.
pub fn sides(why: &Explanation) -> [Vec<&Weight>; 2] {
    let side = |sign: f64| why.weights.iter().filter(|w| sign * w.bits >= LEAST_BITS).collect::<Vec<_>>();
    [side(1.0), side(-1.0)]
}

impl CrossingStatus {
    /// The view of an explanation. `report` finds a report by its place in the input; `first` is the first day of the scenario.
    pub fn of<'r>(
        (id, title): (&str, &str),
        why: &Explanation,
        report: impl Fn(usize) -> Option<&'r Report>,
        first: yalu_ledger::Day,
    ) -> CrossingStatus {
        let weight = |w: &Weight| {
            let r = report(w.statement);
            ReportWeight {
                report: r.map(|r| r.id.clone()),
                origin: r.map(|r| r.origin.clone()),
                copies: w.copies.iter().filter_map(|i| report(*i)).map(|r| r.id.clone()).collect(),
                claim: r.map(|r| r.claim.word()),
                admiralty: r.map(|r| r.admiralty.clone()).filter(|a| !a.is_empty()),
                bits: w.bits,
            }
        };
        let [pro, con] = sides(why);
        let strongest = |side: &[&Weight]| side.iter().take(STRONGEST).map(|w| weight(w)).collect();
        let s = &why.since;
        CrossingStatus {
            crossing: id.to_owned(),
            title: title.to_owned(),
            chances: ChanceOfDay::of(&why.belief),
            heard: why.belief.heard,
            since: SinceWhen {
                runs: s.runs,
                earliest: Day(s.earliest.0),
                likely: Day(s.likely.0),
                latest: Day(s.latest.0),
                before_horizon: s.likely <= first,
            },
            last_sighting: why
                .last_sighting
                .map(|(i, day)| Sighted { date: Day(day.0), report: report(i).map(|r| r.id.clone()) }),
            conflict: why.conflict,
            speaks_for: strongest(&pro),
            against: strongest(&con),
            weights: why.weights.iter().map(weight).collect(),
            what_if: why
                .what_if
                .iter()
                .map(|w| Imagined { heard: hypothetical(w.heard), bits: w.bits, p_running: w.running })
                .collect(),
        }
    }
}

fn hypothetical(h: Hypothetical) -> &'static str {
    match h {
        Hypothetical::Sighting => "sighting",
        Hypothetical::OfficialRuns => "official_runs",
        Hypothetical::OfficialStands => "official_stands",
        Hypothetical::AnonymousResumed => "anonymous_resumed",
    }
}
