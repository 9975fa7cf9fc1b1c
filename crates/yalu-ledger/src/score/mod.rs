//! How good beliefs are, beside what is known to have been.
mod baseline;
mod truth;

pub use baseline::{Baseline, Order, verdicts};
pub use truth::{Truth, TruthSpell};

use crate::{Belief, Day, Ledger};
use yalu_model::CrossingId;
pub use yalu_score::miss as brier;
use yalu_score::surprise;

/// Chances nearer to 0 or 1 are scored as this far from them, so that a sure error costs much but not everything.
const SURE: f64 = 1e-6;
/// Bins of the reliability table.
const BINS: usize = 10;

/// Surprise at what was, nats, of a chance that is never quite sure.
pub fn log_score(chance: f64, was: bool) -> f64 {
    surprise(if was { chance.max(SURE) } else { chance.min(1.0 - SURE) }, was)
}

/// Mean scores over some days.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Score {
    /// Days scored.
    pub days: usize,
    /// Mean of [`brier`].
    pub brier: f64,
    /// Mean of [`log_score`], nats.
    pub log: f64,
}

/// Scores chances of running by day; days without a known truth are left out, and on request those inside a start's uncertainty.
pub fn score(
    chances: impl IntoIterator<Item = (Day, f64)>,
    truth: &Truth,
    crossing: CrossingId,
    with_uncertain: bool,
) -> Score {
    let mut sum = Score::default();
    for (day, chance) in chances {
        let Some(ran) = truth.ran(crossing, day) else { continue };
        if with_uncertain || !truth.uncertain(crossing, day) {
            sum.days += 1;
            sum.brier += brier(chance, ran);
            sum.log += log_score(chance, ran);
        }
    }
    let days = sum.days.max(1) as f64;
    Score { days: sum.days, brier: sum.brier / days, log: sum.log / days }
}

/// Days on which a chance from a tenth to the next was given, and how often it then ran.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Bin {
    /// Days.
    pub days: usize,
    /// Mean chance given.
    pub given: f64,
    /// Share of days on which it ran.
    pub ran: f64,
}

/// The reliability table: ten bins of the chance given.
pub fn reliability(chances: impl IntoIterator<Item = (Day, f64)>, truth: &Truth, crossing: CrossingId) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for (day, chance) in chances {
        if let Some(ran) = truth.ran(crossing, day) {
            let bin = &mut bins[((chance * BINS as f64) as usize).min(BINS - 1)];
            bin.days += 1;
            bin.given += chance;
            bin.ran += f64::from(ran);
        }
    }
    for bin in &mut bins {
        let days = bin.days.max(1) as f64;
        bin.given /= days;
        bin.ran /= days;
    }
    bins
}

/// A change from running to not running or back, and when the belief followed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct StateChange {
    /// The day, as known to have been.
    pub day: Day,
    /// Whether it runs from that day on.
    pub runs: bool,
    /// Days by which that day may be off.
    pub uncertainty_days: i32,
    /// The day on which the first report after it, of the crossing itself or of all, became known.
    pub first_report: Option<Day>,
    /// The first day from then on on which the belief was on its side, before the next change.
    pub found: Option<Day>,
}

/// Changes of a crossing between two days, with when a series of beliefs found them.
pub fn changes(ledger: &Ledger, truth: &Truth, crossing: CrossingId, series: &[Belief]) -> Vec<StateChange> {
    let (Some(first), Some(last)) = (series.first(), series.last()) else { return Vec::new() };
    let mut out: Vec<StateChange> = truth
        .changes(crossing)
        .into_iter()
        .filter(|c| c.0 > first.day && c.0 <= last.day)
        .map(|(day, runs, uncertainty_days)| StateChange {
            day,
            runs,
            uncertainty_days,
            first_report: None,
            found: None,
        })
        .collect();
    let ends: Vec<Day> = out.iter().skip(1).map(|c| c.day).chain([last.day + 1]).collect();
    for (change, end) in out.iter_mut().zip(ends) {
        let reports = ledger.said_of(crossing).iter().filter(|s| s.known >= change.day && s.known < end);
        change.first_report = reports.map(|s| s.known).min();
        let days = series.iter().filter(|b| b.day >= change.day && b.day < end);
        change.found = days.into_iter().find(|b| (b.running() > 0.5) == change.runs).map(|b| b.day);
    }
    out
}
