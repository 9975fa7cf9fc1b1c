//! What a closure cost: the same replications with the crossing left running, paired one by one.
mod months;

pub use months::{ClosureMonth, ClosureMonths};

use crate::compare::{Paired, Pairing};
use crate::{Comparison, Ensemble, Variant, Window, window};
use months::closure_months;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use yalu_model::{Corridor, CrossingId, Regime, State};
use yalu_number::Estimate;
use yalu_plan::{Draw, Plan};
use yalu_sim::{Outcome, Recorded, simulate};
use yalu_units::{Instant, Span};

/// Time after a reopening over which its cost is still counted.
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
    pub exports_usd: Estimate,
    /// Value given up by shippers because of it, US dollars, both directions.
    pub given_up_usd: Estimate,
    /// Exports of each month counted with the crossing left running, US dollars.
    pub left_running_usd: Vec<Estimate>,
    /// The closure month by month; none where no month before it is told.
    pub by_month: Option<ClosureMonths>,
    /// Replications it rests on.
    pub replications: usize,
}

/// The orders of a closure followed in both runs.
#[derive(Clone, Debug)]
pub struct ClosurePairs {
    /// The corridor with the crossing left running, up to the end of what is counted.
    pub left_running: Corridor,
    /// The days looked at, and the closure in them.
    pub window: Window,
    /// As declared, against the crossing left running.
    pub comparison: Comparison,
}

/// The closure that a run is about. With a story: the last suspended regime of its crossing that began by its day, if it ends
/// within the period run. Without one: the last declared closure of a crossing that a rail route uses, or any route where none is by rail, that ends
/// within the period run.
pub fn story_closure(c: &Corridor) -> Option<Closure> {
    let shut = || c.border.regimes.iter().filter(|r| r.state == State::Suspended);
    let r = if let Some(story) = &c.about.story {
        let mine = shut().filter(|r| r.crossing == story.crossing && r.from <= story.day && r.to < c.horizon.to);
        mine.max_by_key(|r| r.from)
    } else {
        let uses = |r: &Regime, rail: bool| {
            let mut routes = c.trade.routes.iter().filter(|x| x.crossings.contains(&r.crossing));
            routes.any(|x| x.rail.is_some() || !rail)
        };
        let ended = |rail: bool| {
            let within = shut().filter(|r| r.from > c.horizon.from && r.to < c.horizon.to);
            within.filter(|r| uses(r, rail)).max_by_key(|r| r.to)
        };
        ended(true).or_else(|| ended(false))
    }?;
    Some(Closure { crossing: r.crossing, from: r.from, to: r.to })
}

/// The corridor with the crossing left as it was after the closure; none where no regime follows the closure.
fn left_running(c: &Corridor, closure: Closure) -> Option<Corridor> {
    let after = c.border.regimes.iter().find(|r| r.crossing == closure.crossing && r.from == closure.to)?.clone();
    let mut out = c.clone();
    // What comes after the counted months does not change them.
    out.horizon.to = c.horizon.to.min(closure.to + AFTERMATH + Span::days(31));
    for r in &mut out.border.regimes {
        if r.crossing == closure.crossing && r.from == closure.from {
            *r = Regime { from: r.from, to: r.to, start_uncertainty_days: 0.0, ..after.clone() };
        }
    }
    Some(out)
}

/// First and last month over which a closure is counted; none where the report tells of none of them.
fn counted(plan: &Plan, closure: Closure) -> Option<(usize, usize)> {
    let first = plan.days.iter().find(|d| d.end > closure.from)?.month as usize;
    let end = closure.to + AFTERMATH;
    let last = plan.days.iter().rev().find(|d| d.start < end)?.month as usize;
    (first <= last && last < plan.months.len()).then_some((first, last))
}

/// Runs a corridor as [`ensemble`](crate::ensemble) does and each replication once more with a closure's crossing left
/// running; tells each run done. Nothing is told of a closure outside the months of the plan.
pub fn closure_runs(
    c: &Corridor,
    plan: &Plan,
    seed: u64,
    replications: u32,
    closure: Closure,
    done: &(impl Fn() + Sync),
) -> (Ensemble, Option<(ClosureCost, ClosurePairs)>) {
    let Some((left, months)) = left_running(c, closure).zip(counted(plan, closure)) else {
        return (crate::ensemble(c, plan, seed, replications, done), None);
    };
    let window = window(&left, c, c.horizon.from, AFTERMATH);
    let both = [("left running", &left), ("as declared", c)];
    let pairing = Pairing::new(both.map(|(name, corridor)| Variant { name, corridor, plan }), &window);
    let run = |corridor, draw, recorded| {
        let (outcome, trace) = simulate(corridor, plan, draw, recorded);
        done();
        (outcome, trace.unwrap_or_default())
    };
    let one = |draw: Draw| {
        let (declared, trace) = run(c, draw, if draw.is_central() { Recorded::Trains } else { Recorded::Books });
        let (open, beside) = run(&left, draw, Recorded::Books);
        let paired = pairing.as_ref().map(|p| p.pair(draw, [&beside, &trace]));
        (declared, trace, open, paired)
    };
    let (central, trace, central_left, first) = one(Draw::central(seed));
    let numbers = 1..=if replications > 1 { replications } else { 0 };
    let runs: Vec<(Outcome, Outcome, Option<Paired>)> = numbers
        .into_par_iter()
        .map(|n| {
            let (declared, _, open, paired) = one(Draw::replication(seed, n));
            (declared, open, paired)
        })
        .collect();
    let mut pairs: Vec<Paired> = first.into_iter().collect();
    let (mut drawn, mut other) = (Vec::new(), Vec::new());
    for (declared, open, paired) in runs {
        drawn.push(declared);
        other.push(open);
        pairs.extend(paired);
    }
    if other.is_empty() {
        other.push(central_left);
    }
    let comparison = pairing.and_then(|p| p.all(pairs));
    let ensemble = Ensemble { central, shown: None, trace, drawn };
    let cost = closure_cost(c, plan, closure, months, ensemble.outcomes(), &other);
    let told = comparison.map(|comparison| (cost, ClosurePairs { left_running: left, window, comparison }));
    (ensemble, told)
}

/// Pairs the runs as declared with those left running.
fn closure_cost(
    c: &Corridor,
    plan: &Plan,
    closure: Closure,
    (first, last): (usize, usize),
    declared: &[Outcome],
    other: &[Outcome],
) -> ClosureCost {
    let sum = |o: &Outcome, what: &dyn Fn(&yalu_sim::MonthOutcome) -> i64| -> f64 {
        o.months[first..=last].iter().map(what).sum::<i64>() as f64 / 100.0
    };
    let pairs = || declared.iter().zip(other);
    ClosureCost {
        closure,
        months: (first, last),
        exports_usd: Estimate::of_all(
            pairs().map(|(a, b)| sum(b, &|m| m.exports_cents) - sum(a, &|m| m.exports_cents)),
        ),
        given_up_usd: Estimate::of_all(
            pairs()
                .map(|(a, b)| sum(a, &|m| m.given_up_cents.iter().sum()) - sum(b, &|m| m.given_up_cents.iter().sum())),
        ),
        left_running_usd: (first..=last)
            .map(|i| Estimate::of_all(other.iter().map(|o| o.months[i].exports_cents as f64 / 100.0)))
            .collect(),
        by_month: closure_months(c, plan, closure, (first, last), declared, other),
        replications: other.len(),
    }
}
