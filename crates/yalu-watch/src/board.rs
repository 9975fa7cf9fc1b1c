//! Every crossing in one period: its state as the release of that period showed it.

use crate::combine::Together;
use crate::counts::{Counts, CrossingId};
use crate::event::SHUT;
use crate::fault::Fault;
use crate::pass::{Pass, Site};
use crate::read::Measure;
use yalu_score::Interval;

/// How a crossing stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum BoardState {
    /// All measures under a quarter of the expected.
    Shut,
    /// All counts are zero.
    ShutOrNotReported,
    /// Below the normal range.
    Reduced,
    /// In or above the normal range.
    Normal,
    /// No row yet, and there was one for the period before.
    Late,
    /// Not known.
    Unknown(Why),
}

/// Why a state is not known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Why {
    /// Too few counts for a normal range: none, or under two years of them.
    TooFew,
    /// No row since a period.
    NoRow,
    /// Counts are doubted.
    Doubted,
    /// Counts went on at another crossing.
    Moved(CrossingId),
}

/// A measure in a period beside its normal range.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Now {
    /// What is counted.
    pub measure: Measure,
    /// The count; not a number where there is no row.
    pub count: f64,
    /// What was expected.
    pub expected: f64,
    /// Its 90 % range.
    pub range: Interval,
    /// Why it is doubted, if it is.
    pub fault: Option<Fault>,
}

/// A crossing in a period.
#[derive(Clone, PartialEq, Debug)]
pub struct Standing {
    /// Which.
    pub crossing: CrossingId,
    /// Its state.
    pub state: BoardState,
    /// The period since which it has it.
    pub since: usize,
    /// Its measures.
    pub measures: Vec<Now>,
    /// What they say together.
    pub said: Option<Together>,
}

/// The normal range of a line in a period: its expectation, and what 90 % of past residuals make of it.
pub fn range(pass: &Pass, line: usize, t: usize, tails: &[(f64, f64); 8]) -> Option<(f64, Interval)> {
    let l = &pass.lines[line];
    let (low, high) = tails[l.measure as usize];
    let f = l.expected[t];
    let s = l.scale[t];
    let band = Interval { low: libm::exp(f + low * s), high: libm::exp(f + high * s) };
    (f.is_finite() && s.is_finite()).then(|| (libm::exp(f), band))
}

fn state(pass: &Pass, site: &Site, t: usize) -> BoardState {
    let lines = || site.lines.iter().map(|i| &pass.lines[*i]);
    let row = |t: usize| lines().any(|l| l.counts[t].is_finite());
    let moved = lines().find_map(|l| if let Some(Fault::MovedTo(to)) = l.faults[t] { Some(to) } else { None });
    if let Some(to) = moved {
        return BoardState::Unknown(Why::Moved(to));
    }
    if !row(t) {
        let late = t > 0 && row(t - 1) && !matches!(state(pass, site, t - 1), BoardState::Unknown(_));
        return if late { BoardState::Late } else { BoardState::Unknown(Why::NoRow) };
    }
    let Some(said) = site.scores[0][t] else {
        let doubted = lines().any(|l| l.active[t] && l.faults[t].is_some());
        return BoardState::Unknown(if doubted { Why::Doubted } else { Why::TooFew });
    };
    if lines().any(|l| l.faults[t] == Some(Fault::AllZero)) {
        return BoardState::ShutOrNotReported;
    }
    if said.score >= -pass.thresholds().0[0] {
        return BoardState::Normal;
    }
    let seen = pass.seen(site, t);
    if seen.iter().all(|(_, s)| s.count < SHUT * libm::exp(s.expected)) {
        BoardState::Shut
    } else {
        BoardState::Reduced
    }
}

/// All crossings in a period, in their order.
pub fn board(pass: &Pass, t: usize) -> Vec<Standing> {
    let tails = pass.tails();
    pass.sites
        .iter()
        .map(|site| {
            let now = state(pass, site, t);
            let since = (0..t).rev().take_while(|u| state(pass, site, *u) == now).last().unwrap_or(t);
            let measures = site
                .lines
                .iter()
                .filter(|i| pass.lines[**i].active[t])
                .filter_map(|i| {
                    let l = &pass.lines[*i];
                    let (expected, range) = range(pass, *i, t, &tails)?;
                    Some(Now { measure: l.measure, count: l.counts[t], expected, range, fault: l.faults[t] })
                })
                .collect();
            Standing { crossing: site.crossing, state: now, since, measures, said: site.scores[0][t] }
        })
        .collect()
}

/// A doubted count.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Doubt {
    /// Where.
    pub crossing: CrossingId,
    /// What is counted.
    pub measure: Measure,
    /// Place of the period.
    pub at: usize,
    /// The count.
    pub count: f64,
    /// What was expected.
    pub expected: f64,
    /// Why.
    pub fault: Fault,
}

/// All doubted counts, in order of crossing, measure and period.
pub fn doubts(pass: &Pass) -> Vec<Doubt> {
    let of = |l: &crate::CountLine| {
        let (crossing, measure) = (l.crossing, l.measure);
        let one = |(at, fault): (usize, &Option<Fault>)| {
            Some(Doubt {
                crossing,
                measure,
                at,
                count: l.counts[at],
                expected: libm::exp(l.expected[at]),
                fault: (*fault)?,
            })
        };
        l.faults.iter().enumerate().filter_map(one).collect::<Vec<_>>()
    };
    pass.lines.iter().flat_map(of).collect()
}

/// Counts judged so far, and how many of them lay in the 90 % range of their day.
pub fn held(counts: &Counts, pass: &Pass) -> (usize, usize) {
    let tails = pass.tails();
    let mut out = (0, 0);
    for (i, l) in pass.lines.iter().enumerate() {
        for t in (0..counts.periods.min(pass.done)).filter(|t| l.active[*t] && l.trusted(*t).is_some()) {
            if let Some((_, range)) = range(pass, i, t, &tails) {
                out.0 += 1;
                out.1 += usize::from(range.holds(l.counts[t]));
            }
        }
    }
    out
}
