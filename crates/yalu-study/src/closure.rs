//! What a closure cost: the same replications with the border left running, paired one by one.

use crate::ensemble::drawn;
use crate::{Band, Ensemble, band};
use yalu_model::{Corridor, CrossingId, State};
use yalu_plan::{Draw, Plan};
use yalu_sim::{Outcome, simulate};
use yalu_units::{Instant, Span};

/// Months after a reopening over which its cost is still counted.
const AFTERMATH: Span = Span::days(183);

/// A closure of a crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closure {
    /// Which crossing.
    pub crossing: CrossingId,
    /// First instant it was shut.
    pub from: Instant,
    /// It runs again.
    pub to: Instant,
}

/// What a closure cost, second run (left running) minus first (as declared), over the closure and half a year after.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosureCost {
    /// The closure.
    pub closure: Closure,
    /// First and last month counted, as indices of the plan's months.
    pub months: (usize, usize),
    /// Exports not made, US dollars.
    pub exports_usd: Band,
    /// Value given up by shippers because of it, US dollars, both directions.
    pub given_up_usd: Band,
    /// Exports of each month counted with the crossing left running, US dollars.
    pub left_running_usd: Vec<Band>,
    /// Replications it rests on.
    pub replications: usize,
}

/// The closure a story tells the end of: the suspended regime of its crossing that ended on or last before its day.
pub fn story_closure(c: &Corridor) -> Option<Closure> {
    let story = c.story.as_ref()?;
    let shut = c.regimes.iter().filter(|r| r.crossing == story.crossing && r.state == State::Suspended);
    let r = shut.filter(|r| r.to <= story.day).max_by_key(|r| r.to)?;
    Some(Closure { crossing: r.crossing, from: r.from, to: r.to })
}

/// Runs the corridor with the crossing left as it was after the closure, and pairs it with what was run as declared.
pub fn closure_cost(
    c: &Corridor,
    plan: &Plan,
    seed: u64,
    closure: Closure,
    declared: &Ensemble,
    done: &(impl Fn() + Sync),
) -> Option<ClosureCost> {
    let after = c.regimes.iter().find(|r| r.crossing == closure.crossing && r.from == closure.to)?.clone();
    let mut left_open = c.clone();
    // What comes after the counted months does not change them.
    left_open.to = c.to.min(closure.to + AFTERMATH + Span::days(31));
    for r in &mut left_open.regimes {
        if r.crossing == closure.crossing && r.from == closure.from {
            *r = yalu_model::Regime { from: r.from, to: r.to, start_uncertainty_days: 0.0, ..after.clone() };
        }
    }
    let first = plan.days.iter().find(|d| d.end > closure.from)?.month as usize;
    let end = closure.to + AFTERMATH;
    let last = plan.days.iter().rev().find(|d| d.start < end)?.month as usize;
    if first > last || last >= plan.months.len() {
        return None;
    }
    let other = if declared.drawn.is_empty() {
        let one = simulate(&left_open, plan, Draw::central(seed), false).0;
        done();
        vec![one]
    } else {
        drawn(&left_open, plan, seed, declared.drawn.len() as u32, done)
    };
    let sum = |o: &Outcome, what: &dyn Fn(&yalu_sim::MonthOutcome) -> i64| -> f64 {
        o.months[first..=last].iter().map(what).sum::<i64>() as f64 / 100.0
    };
    let pairs = || declared.outcomes().iter().zip(&other);
    Some(ClosureCost {
        closure,
        months: (first, last),
        exports_usd: band(pairs().map(|(a, b)| sum(b, &|m| m.exports_cents) - sum(a, &|m| m.exports_cents)))?,
        given_up_usd: band(
            pairs()
                .map(|(a, b)| sum(a, &|m| m.given_up_cents.iter().sum()) - sum(b, &|m| m.given_up_cents.iter().sum())),
        )?,
        left_running_usd: (first..=last)
            .filter_map(|i| band(other.iter().map(|o| o.months[i].exports_cents as f64 / 100.0)))
            .collect(),
        replications: other.len(),
    })
}
