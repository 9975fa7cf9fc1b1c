//! What the commands of the record give: reports, what was written, beliefs by day, scores.

use crate::check::Problem;
use crate::seal::Seal;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_ledger::record::{Likeness, Log, Report, SealChange, Similar, content_hash};
use yalu_ledger::{Band, Baseline, Belief, Bin, Order, Score};
use yalu_model::Words as _;
use yalu_number::Day;

/// The chances of a crossing's states on a day.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ChanceOfDay {
    /// The day.
    pub date: Day,
    /// The state to name: `unknown` where nothing was heard, or running and standing are nearly even.
    pub state: &'static str,
    /// Chance that it is not opened yet.
    pub p_not_opened: f64,
    /// Chance that it is suspended.
    pub p_suspended: f64,
    /// Chance that it is limited.
    pub p_limited: f64,
    /// Chance that it is open.
    pub p_open: f64,
    /// Always 0: a crossing is in one of the four states, whoever knows it.
    pub p_unknown: f64,
    /// Chance that anything runs.
    pub p_running: f64,
}

impl ChanceOfDay {
    /// The chances of a day.
    pub fn of(b: &Belief) -> ChanceOfDay {
        ChanceOfDay {
            date: Day(b.day.0),
            state: b.state().word(),
            p_not_opened: b.not_opened,
            p_suspended: b.suspended,
            p_limited: b.limited,
            p_open: b.open,
            p_unknown: b.unknown(),
            p_running: b.running(),
        }
    }
}

/// Where a figure lies over draws.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quantiles {
    /// 5 % lie below.
    pub p05: f64,
    /// Half lie below.
    pub p50: f64,
    /// 95 % lie below.
    pub p95: f64,
}

impl Quantiles {
    /// The view of a forecast's band.
    pub fn of(b: &Band) -> Quantiles {
        Quantiles { p05: b.low, p50: b.middle, p95: b.high }
    }
}

/// A report: every field of docs/ledger-record.md, null where it is empty.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Written {
    /// Its short name.
    pub id: Option<String>,
    /// Day it became known.
    pub reported: Day,
    /// How well that day is known.
    pub reported_prec: Option<&'static str>,
    /// First day it speaks of.
    pub event_start: Option<Day>,
    /// Last day it speaks of.
    pub event_end: Option<Day>,
    /// How well these days are known.
    pub prec: Option<&'static str>,
    /// Crossing as written.
    pub crossing: Option<String>,
    /// Mode as written.
    pub mode: Option<String>,
    /// What it says.
    pub claim: Option<&'static str>,
    /// Count.
    pub qty: Option<f64>,
    /// Standard deviation of the count, in its unit.
    pub qty_noise: Option<f64>,
    /// Unit of the count.
    pub unit: Option<String>,
    /// What it says, in words of whoever keeps the record.
    pub detail: Option<String>,
    /// Publisher.
    pub source: Option<String>,
    /// Kind of source.
    pub source_type: Option<String>,
    /// Origin: reports that go back to one source share it.
    pub origin: Option<String>,
    /// Whether it is a plain copy.
    pub derived: bool,
    /// Link.
    pub url: Option<String>,
    /// Remark of whoever keeps the record.
    pub note: Option<String>,
    /// Report that it corrects.
    pub corrects: Option<String>,
    /// Admiralty letters as given.
    pub admiralty: Option<String>,
    /// Who judged what it says.
    pub judged_by: Option<String>,
    /// Day of that judgement.
    pub judged_on: Option<Day>,
    /// Why it was judged so.
    pub judged_why: Option<String>,
    /// Hash of its content.
    pub sha256: String,
}

impl Written {
    /// The view of a report.
    pub fn of(r: &Report) -> Written {
        let text = |s: &String| (!s.is_empty()).then(|| s.clone());
        let word = |s: &'static str| (!s.is_empty()).then_some(s);
        let day = |d: yalu_ledger::Day| Day(d.0);
        Written {
            id: text(&r.id),
            reported: day(r.reported),
            reported_prec: word(r.reported_prec.word()),
            event_start: r.event_start.map(day),
            event_end: r.event_end.map(day),
            prec: word(r.prec.word()),
            crossing: text(&r.crossing),
            mode: text(&r.mode),
            claim: word(r.claim.word()),
            qty: r.qty,
            qty_noise: r.qty_noise,
            unit: text(&r.unit),
            detail: text(&r.detail),
            source: text(&r.source),
            source_type: text(&r.source_type),
            origin: text(&r.origin),
            derived: r.derived,
            url: text(&r.url),
            note: text(&r.note),
            corrects: text(&r.corrects),
            admiralty: text(&r.admiralty),
            judged_by: text(&r.judged_by),
            judged_on: r.judged_on.map(day),
            judged_why: text(&r.judged_why),
            sha256: content_hash(r),
        }
    }
}

/// A report held that another is like.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Alike {
    /// The report held.
    pub id: String,
    /// Its origin.
    pub origin: String,
    /// `same_report`, or `same_origin` where both may go back to one source.
    pub likeness: &'static str,
}

impl Alike {
    /// Reports that one is like.
    pub fn all(found: &[Similar]) -> Vec<Alike> {
        let one = |s: &Similar| Alike {
            id: s.id.clone(),
            origin: s.origin.clone(),
            likeness: match s.likeness {
                Likeness::SameReport => "same_report",
                Likeness::SameOrigin => "same_origin",
            },
        };
        found.iter().map(one).collect()
    }
}

/// Reports of a record.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Listed {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// The reports asked for.
    pub reports: Vec<Written>,
}

/// One report in full.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InFull {
    /// Version of all documents.
    pub schema_version: u32,
    /// The report.
    #[serde(flatten)]
    pub report: Written,
    /// Reports that correct it.
    pub corrected_by: Vec<String>,
    /// Other reports of its origin.
    pub same_origin: Vec<String>,
    /// Whether it is sealed.
    pub sealed: bool,
}

/// A report that was added.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Added {
    /// Version of all documents.
    pub schema_version: u32,
    /// The record's file.
    pub file: String,
    /// Whether it was written.
    pub written: bool,
    /// The report.
    pub report: Written,
    /// Reports held that it is like.
    pub alike: Vec<Alike>,
    /// The chained hash of the last line of the log.
    pub head: String,
}

/// Reports that were taken into a record.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Imported {
    /// Version of all documents.
    pub schema_version: u32,
    /// The record's file.
    pub file: String,
    /// Whether they were written.
    pub written: bool,
    /// Reports that are new.
    pub new: Vec<String>,
    /// Reports that the record holds already.
    pub held_already: Vec<String>,
    /// Reports near the same as one held, left out.
    pub near_the_same: Vec<ReportAlike>,
    /// Reports taken that may share an origin with one held.
    pub perhaps_same_origin: Vec<ReportAlike>,
    /// Rows with errors.
    pub errors: usize,
    /// The chained hash of the last line of the log.
    pub head: String,
}

/// A report and those held that it is like.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReportAlike {
    /// The report.
    pub id: String,
    /// Those held.
    pub alike: Vec<Alike>,
}

/// A record that was written for other programs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Exported {
    /// Version of all documents.
    pub schema_version: u32,
    /// The file written.
    pub file: String,
    /// Reports in it.
    pub reports: usize,
    /// Whether the record is what was sealed.
    pub record: Seal,
}

/// A record beside its seal.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Verified {
    /// Version of all documents.
    pub schema_version: u32,
    /// The record's file.
    pub file: String,
    /// Whether there is a log.
    pub has_log: bool,
    /// Reports sealed.
    pub sealed: usize,
    /// The chained hash of the last line of the log.
    pub head: String,
    /// Reports edited after they were sealed.
    pub edited: Vec<String>,
    /// Reports that were sealed and are gone.
    pub removed: Vec<String>,
    /// Reports that stand before one sealed earlier.
    pub moved: Vec<String>,
    /// Reports not sealed yet.
    pub not_sealed: Vec<String>,
    /// Line at which the log is not what was written; null where it is whole.
    pub log_broken_at: Option<usize>,
    /// Edits that were accepted.
    pub accepted: Vec<Accepted>,
    /// What is wrong.
    pub diagnostics: Vec<Problem>,
}

/// An edit that was accepted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Accepted {
    /// The report.
    pub id: String,
    /// Why it stands.
    pub because: String,
}

impl Verified {
    /// The view of a record beside its log. `broken_at` is the line at which the log is not what was written.
    pub fn of(
        file: String,
        (log, has_log, broken_at): (&Log, bool, Option<usize>),
        changes: &[SealChange],
        found: &[yalu_scenario::Diagnostic],
    ) -> Verified {
        let mut out = Verified {
            schema_version: crate::SCHEMA_VERSION,
            file,
            has_log,
            sealed: log.sealed(),
            head: log.head().to_owned(),
            edited: Vec::new(),
            removed: Vec::new(),
            moved: Vec::new(),
            not_sealed: Vec::new(),
            log_broken_at: broken_at,
            accepted: log
                .accepted()
                .map(|(id, because)| Accepted { id: id.to_owned(), because: because.to_owned() })
                .collect(),
            diagnostics: found.iter().map(Problem::of).collect(),
        };
        for change in changes {
            match change {
                SealChange::Edited { id, .. } => out.edited.push(id.clone()),
                SealChange::Removed { id } => out.removed.push(id.clone()),
                SealChange::Moved { id, .. } => out.moved.push(id.clone()),
                SealChange::New { id, .. } => out.not_sealed.push(id.clone()),
            }
        }
        out
    }
}

/// What was sealed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sealed {
    /// Version of all documents.
    pub schema_version: u32,
    /// The file of the log.
    pub file: String,
    /// Reports sealed now.
    pub newly_sealed: usize,
    /// Reports sealed in all.
    pub sealed: usize,
    /// Edits accepted now.
    pub accepted: Vec<String>,
    /// The chained hash of the last line of the log.
    pub head: String,
}

/// The chances of each state by crossing and day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ByDay {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// `then`: each day as known on it; `now`: each from all reports.
    pub known: &'static str,
    /// Whether monthly customs values are used.
    pub customs: bool,
    /// Whether the record is what was sealed.
    pub record: Seal,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Each crossing.
    pub crossings: Vec<CrossingByDay>,
}

/// A crossing, day by day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CrossingByDay {
    /// Its short name.
    pub crossing: String,
    /// Each day.
    pub days: Vec<ChanceOfDay>,
}

/// The chances beside judged states.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RecordScore {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// Whether monthly customs values are used.
    pub customs: bool,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Each crossing that is judged.
    pub crossings: Vec<CrossingScore>,
}

/// The scores of a crossing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CrossingScore {
    /// Its short name.
    pub crossing: String,
    /// Each day as known on it.
    pub known_then: WithAndWithout,
    /// Each day from all reports.
    pub known_now: WithAndWithout,
    /// Simple rules on the same days.
    pub rules: Vec<RuleScore>,
    /// Forecasts, one every 30 days.
    pub ahead: Vec<ScoreAhead>,
    /// What was given and what came of it, in ten bins.
    pub reliability: Vec<Reliability>,
    /// When each change was found.
    pub changes: Vec<FoundChange>,
}

/// Mean scores over days.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct MeanScore {
    /// Days.
    pub days: usize,
    /// Brier's score.
    pub brier: f64,
    /// Logarithmic score, nats.
    pub log: f64,
}

impl MeanScore {
    /// The view of a score.
    pub fn of(x: &Score) -> MeanScore {
        MeanScore { days: x.days, brier: x.brier, log: x.log }
    }
}

/// Scores over all days, and without those on which a start is not known to the day.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct WithAndWithout {
    /// All days.
    pub all: MeanScore,
    /// Without the uncertain ones.
    pub without_uncertain: MeanScore,
}

impl WithAndWithout {
    /// The view of both.
    pub fn of([all, without]: [&Score; 2]) -> WithAndWithout {
        WithAndWithout { all: MeanScore::of(all), without_uncertain: MeanScore::of(without) }
    }
}

/// A simple rule.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RuleScore {
    /// `latest`, `majority_30_days` or `rank`.
    pub rule: &'static str,
    /// How it orders reports: `reported` or `event`.
    pub order: &'static str,
    /// It says 0 or 1.
    pub hard: WithAndWithout,
    /// It leaves some doubt.
    pub soft: WithAndWithout,
}

impl RuleScore {
    /// The view of a rule: hard and soft over all days, then without the uncertain ones.
    pub fn of(rule: Baseline, order: Order, f: &[Score; 4]) -> RuleScore {
        RuleScore {
            rule: match rule {
                Baseline::Latest => "latest",
                Baseline::Majority => "majority_30_days",
                Baseline::Rank => "rank",
            },
            order: match order {
                Order::Reported => "reported",
                Order::Event => "event",
            },
            hard: WithAndWithout::of([&f[0], &f[2]]),
            soft: WithAndWithout::of([&f[1], &f[3]]),
        }
    }
}

/// Forecasts of one horizon.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ScoreAhead {
    /// Days ahead.
    pub days_ahead: u16,
    /// The forecasts.
    pub score: MeanScore,
    /// The same belief, changing once a year on average.
    pub constant_hazard: MeanScore,
}

/// A bin of chances given.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reliability {
    /// Least chance of the bin.
    pub from: f64,
    /// Days.
    pub days: usize,
    /// Mean chance given.
    pub mean_given: f64,
    /// Share of days on which it ran.
    pub ran: f64,
}

impl Reliability {
    /// The view of bins of equal width.
    pub fn all(bins: &[Bin]) -> Vec<Reliability> {
        let width = bins.len() as f64;
        let one = |(i, b): (usize, &Bin)| Reliability {
            from: i as f64 / width,
            days: b.days,
            mean_given: b.given,
            ran: b.ran,
        };
        bins.iter().enumerate().map(one).collect()
    }
}

/// A change of a crossing, and when it was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FoundChange {
    /// The day, as known to have been.
    pub date: Day,
    /// Whether it runs from that day on.
    pub runs: bool,
    /// Days by which that day may be off.
    pub uncertainty_days: i32,
    /// The first report after it became known; null where there is none.
    pub first_report: Option<Day>,
    /// The first day on which the belief was on its side; null where it never was.
    pub found: Option<Day>,
}

impl FoundChange {
    /// The view of a change.
    pub fn of(c: &yalu_ledger::StateChange) -> FoundChange {
        let day = |d: yalu_ledger::Day| Day(d.0);
        FoundChange {
            date: day(c.day),
            runs: c.runs,
            uncertainty_days: c.uncertainty_days,
            first_report: c.first_report.map(day),
            found: c.found.map(day),
        }
    }
}
