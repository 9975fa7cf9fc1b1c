//! Twice the trains that a regime allows, from a day on, beside what it does allow: the same draws in both.

use crate::by_route;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use yalu_model::{Corridor, CrossingId, Regime, ServiceKind};
use yalu_number::Estimate;
use yalu_plan::{Draw, Plan};
use yalu_sim::{Outcome, Recorded, Short, simulate};
use yalu_units::{Instant, Span};

/// Time from the day on that is looked at.
const LOOKED_AT: Span = Span::days(183);
/// A reopening this near to the day is the one that is told of.
const NEAR_DAYS: f64 = 60.0;
/// Pairs run at most: the variant is a question beside the run, not the run.
const PAIRS: usize = 8;

/// Twice the trains, minus as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct TwiceTrains {
    /// First and last month counted, as indices of the plan's months; the first holds the day.
    pub months: (usize, usize),
    /// Trains a day that the first of its regimes allows, by the median of its range, and departures a day in the timetable:
    /// no more can run.
    pub allowed: (f64, Option<usize>),
    /// Loaded freight trains from the first country, as declared and with twice the trains.
    pub trains: [Estimate; 2],
    /// Trains more.
    pub trains_more: Estimate,
    /// Trains that were not formed with twice the trains, by cause as in [`Short::ALL`].
    pub not_formed: [Estimate; 4],
    /// Net tonnes more over the crossing by rail, both directions.
    pub rail_t: Estimate,
    /// Net tonnes more by all routes, both directions.
    pub all_t: Estimate,
    /// Net tonnes over the crossing by rail as declared.
    pub rail_declared_t: Estimate,
    /// Tonnes more that wait to cross at the end, all routes.
    pub waiting_t: Estimate,
    /// Days from the reopening until no more waits than a day's trains take, over the runs where this comes within the time
    /// looked at; as declared and with twice the trains.
    pub clear_days: [Estimate; 2],
    /// Pairs.
    pub replications: usize,
}

/// The corridor with twice the trains over a crossing from a day on, and the number at first; none where no regime that
/// begins by the end of what is looked at limits its trains by number.
fn twice(c: &Corridor, crossing: CrossingId, from: Instant) -> Option<(Corridor, f64)> {
    let mut out = c.clone();
    let (mut regimes, mut at_first) = (Vec::new(), None);
    for r in &c.border.regimes {
        let changes = r.crossing == crossing && r.runs() && r.to > from && r.from < from + LOOKED_AT;
        let Some(quota) = r.trains_per_day.as_ref().filter(|_| changes) else {
            regimes.push(r.clone());
            continue;
        };
        at_first.get_or_insert(quota.central());
        let doubled = Some(quota.times(2.0));
        if r.from < from {
            regimes.push(Regime { to: from, ..r.clone() });
            regimes.push(Regime { from, start_uncertainty_days: 0.0, trains_per_day: doubled, ..r.clone() });
        } else {
            regimes.push(Regime { trains_per_day: doubled, ..r.clone() });
        }
    }
    out.border.regimes = regimes;
    Some((out, at_first?))
}

/// Departures a day in the timetable of the freight services over a crossing; none where they run at intervals.
fn slots(c: &Corridor, crossing: CrossingId) -> Option<usize> {
    let over = c.trains.services.iter().filter(|s| s.crossing == Some(crossing) && s.kind == ServiceKind::Freight);
    over.map(|s| s.every.is_none().then_some(s.departures_s.len())).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// Runs the first replications once more with twice the trains over a crossing from a day on, and pairs them with what was
/// run as declared; tells each run done. Nothing is told where no regime limits trains by number, or no month is told.
pub fn twice_trains(
    c: &Corridor,
    plan: &Plan,
    seed: u64,
    (crossing, from): (CrossingId, Instant),
    declared: &crate::Ensemble,
    done: &(impl Fn() + Sync),
) -> Option<TwiceTrains> {
    let end = c.horizon.to.min(from + LOOKED_AT);
    let first = usize::from(plan.days.iter().find(|d| d.end > from)?.month);
    // The last month that is over by then.
    let last =
        plan.days.windows(2).filter(|w| w[0].month != w[1].month && w[0].end <= end).map(|w| w[0].month).next_back();
    let last = if end == c.horizon.to { plan.months.len().checked_sub(1)? } else { usize::from(last?) };
    if first > last || last >= plan.months.len() {
        return None;
    }
    let (mut other, allowed) = twice(c, crossing, from)?;
    let allowed = (allowed, slots(c, crossing));
    other.horizon.to = c.horizon.to.min(end + Span::days(1));
    let runs = pairs_of(declared.drawn.len());
    let numbers: Vec<u32> = if runs == 0 { vec![0] } else { (1..=runs as u32).collect() };
    let with: Vec<Outcome> = numbers
        .into_par_iter()
        .map(|n| {
            let draw = if n == 0 { Draw::central(seed) } else { Draw::replication(seed, n) };
            let outcome = simulate(&other, plan, draw, Recorded::Nothing).0;
            done();
            outcome
        })
        .collect();
    let pairs = || declared.outcomes().iter().zip(&with);
    let rail: Vec<bool> = c.trade.routes.iter().map(|r| r.rail.is_some() && r.crossings.contains(&crossing)).collect();
    let tonnes = |o: &Outcome, all: bool| -> f64 {
        let months = o.months[first..=last].iter().flat_map(|m| by_route(c, m).into_iter().enumerate());
        months.filter(|(i, _)| all || rail[*i]).map(|(_, x)| x.tonnes).sum()
    };
    let trains = |o: &Outcome| o.months[first..=last].iter().map(|m| f64::from(m.trains[0])).sum::<f64>();
    let short = |o: &Outcome, why: Short| -> f64 {
        let of = |m: &yalu_sim::MonthOutcome| -> u32 {
            m.forming.iter().zip(&rail).filter(|(_, rail)| **rail).map(|(f, _)| f.not_formed[why as usize]).sum()
        };
        f64::from(o.months[first..=last].iter().map(of).sum::<u32>())
    };
    let day = plan.days.iter().filter(|d| d.start >= plan.report_from).position(|d| d.end >= end);
    let waiting = |o: &Outcome| day.and_then(|i| o.waiting_t.get(i)).map_or(0.0, |t| f64::from(*t));
    let clear = |o: &Outcome| {
        let here = o.reopenings.iter().filter(|x| rail[x.route as usize]);
        let near = here.filter(|x| (x.from - from).as_days().abs() <= NEAR_DAYS);
        let it = near.min_by_key(|x| (x.from - from).0.abs())?;
        it.days_to_clear.map(f64::from).filter(|d| it.from + Span::days(*d as i64) <= end)
    };
    Some(TwiceTrains {
        months: (first, last),
        allowed,
        trains: [Estimate::of_all(pairs().map(|(a, _)| trains(a))), Estimate::of_all(pairs().map(|(_, b)| trains(b)))],
        trains_more: Estimate::of_all(pairs().map(|(a, b)| trains(b) - trains(a))),
        not_formed: Short::ALL.map(|why| Estimate::of_all(with.iter().map(|o| short(o, why)))),
        rail_t: Estimate::of_all(pairs().map(|(a, b)| tonnes(b, false) - tonnes(a, false))),
        all_t: Estimate::of_all(pairs().map(|(a, b)| tonnes(b, true) - tonnes(a, true))),
        rail_declared_t: Estimate::of_all(pairs().map(|(a, _)| tonnes(a, false))),
        waiting_t: Estimate::of_all(pairs().map(|(a, b)| waiting(b) - waiting(a))),
        clear_days: [Estimate::of(pairs().map(|(a, _)| clear(a))), Estimate::of(pairs().map(|(_, b)| clear(b)))],
        replications: with.len(),
    })
}

/// Runs that [`twice_trains`] makes beside so many replications; the central run alone where there are none.
pub fn twice_runs(replications: usize) -> usize {
    pairs_of(replications).max(1)
}

fn pairs_of(replications: usize) -> usize {
    replications.min(PAIRS)
}
