//! A closure month by month: what other routes carried of the trade before it, and what it took.

use super::Closure;
use crate::by_route;
use yalu_model::Corridor;
use yalu_number::Estimate;
use yalu_plan::Plan;
use yalu_sim::Outcome;

/// Months before a closure over which the share of its routes is told.
const BEFORE: usize = 3;

/// A month in which a crossing was shut on most days. Exports alone: value that left the first country.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosureMonth {
    /// Index of the plan's months.
    pub month: usize,
    /// Days of it on which the crossing ran, as declared.
    pub days_running: usize,
    /// Exports by routes that do not use the crossing, as a share of all exports of the last month before.
    pub by_others: Estimate,
    /// Share of the exports made with the crossing left running that was not made.
    pub lost: Estimate,
}

/// The months of a closure.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosureMonths {
    /// The last month before it, as an index of the plan's months: at least half of its days lie before.
    pub last_before: usize,
    /// First and last month over which the share before is told.
    pub before: (usize, usize),
    /// Share of exports, by value, that went by routes over the crossing in the months before.
    pub share_before: Estimate,
    /// The months in order.
    pub months: Vec<ClosureMonth>,
    /// Share of exports not made in these months together.
    pub lost: Estimate,
    /// The same over all months counted, with those after the reopening in which orders come late.
    pub lost_counted: Estimate,
}

/// Tells a closure by month; none where no month before it is told, or nothing crossed in it.
pub(super) fn closure_months(
    c: &Corridor,
    plan: &Plan,
    closure: Closure,
    counted: (usize, usize),
    declared: &[Outcome],
    other: &[Outcome],
) -> Option<ClosureMonths> {
    let days = |m: usize| plan.days.iter().filter(move |d| usize::from(d.month) == m);
    let shut = |m: usize| days(m).filter(|d| d.start >= closure.from && d.end <= closure.to).count();
    let most_before = |m: usize| {
        let (before, all) = (days(m).filter(|d| d.end <= closure.from).count(), days(m).count());
        all > 0 && 2 * before >= all
    };
    let last_before = (0..plan.months.len()).rfind(|&m| most_before(m))?;
    let first_before = (last_before + 1).saturating_sub(BEFORE);
    let months: Vec<usize> =
        (last_before + 1..plan.months.len()).filter(|&m| shut(m) > 0 && 2 * shut(m) > days(m).count()).collect();
    let over = |r: &yalu_model::Route| r.crossings.contains(&closure.crossing);
    // Exports of some months by routes over the crossing and by others, and all: what goes by wire is in no route.
    let split = |o: &Outcome, months: &[usize]| -> [f64; 3] {
        let mut out = [0.0; 3];
        for &m in months {
            for (x, r) in by_route(c, &o.months[m]).iter().zip(c.trade.routes.iter()) {
                out[usize::from(!over(r))] += x.exports_usd;
            }
            out[2] += o.months[m].exports_cents as f64 / 100.0;
        }
        out
    };
    let share = |part: f64, whole: f64| if whole > 0.0 { Some(part / whole) } else { None };
    let before: Vec<usize> = (first_before..=last_before).collect();
    let base: Vec<f64> = declared.iter().map(|o| split(o, &[last_before])[2]).collect();
    let lost = |months: &[usize]| {
        let pair = |(a, b): (&Outcome, &Outcome)| {
            let all = split(b, months)[2];
            share(all - split(a, months)[2], all)
        };
        Estimate::of(declared.iter().zip(other).map(pair))
    };
    let told = months.iter().map(|&m| ClosureMonth {
        month: m,
        days_running: days(m).count() - shut(m),
        by_others: Estimate::of(declared.iter().zip(&base).map(|(o, base)| share(split(o, &[m])[1], *base))),
        lost: lost(&[m]),
    });
    let told: Vec<ClosureMonth> = told.collect();
    let all: Vec<usize> = (counted.0..=counted.1).collect();
    let share_before = Estimate::of(declared.iter().map(|o| {
        let [there, _, all] = split(o, &before);
        share(there, all)
    }));
    let crossed = share_before.defined() > 0 && told.iter().all(|m| m.by_others.defined() > 0 && m.lost.defined() > 0);
    (crossed && !told.is_empty()).then(|| ClosureMonths {
        last_before,
        before: (first_before, last_before),
        share_before,
        lost: lost(&months),
        lost_counted: lost(&all),
        months: told,
    })
}
