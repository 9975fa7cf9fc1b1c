//! Which values of inputs make counts that someone saw true, all of them in one run.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use yalu_model::Corridor;
use yalu_plan::{Draw, Plan};
use yalu_sim::{Recorded, simulate};
use yalu_trace::Trace;
use yalu_units::{Instant, Span};

/// Loaded wagons a day that someone counted over a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountSeen {
    /// First midnight.
    pub from: Instant,
    /// Midnight after the last day.
    pub to: Instant,
    /// At least so many a day on the mean.
    pub low: f64,
    /// At most.
    pub high: f64,
}

/// How counts come out.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Wagons a day over the time of each count, central run.
    pub central: Vec<f64>,
    /// Runs in which each count is true.
    pub each: Vec<usize>,
    /// Runs in which all are.
    pub all: usize,
    /// Runs.
    pub runs: usize,
    /// Wagons a day by week from the first day told, central run.
    pub by_week: Vec<f64>,
}

impl Fit {
    /// Share of runs in which all counts are true.
    pub fn share(&self) -> f64 {
        self.all as f64 / self.runs.max(1) as f64
    }
}

/// Loaded wagons of a route a day between two midnights.
fn a_day(trace: &Trace, route: usize, from: Instant, to: Instant) -> f64 {
    let own = trace.days.iter().filter(|d| usize::from(d.route) == route && d.end > from && d.end <= to);
    let (days, wagons) = own.fold((0u32, 0u32), |s, d| (s.0 + 1, s.1 + d.crossed_loaded));
    f64::from(wagons) / f64::from(days.max(1))
}

/// Runs a corridor and holds what a rail route carried against counts.
pub fn fit(
    c: &Corridor,
    plan: &Plan,
    (seed, replications): (u64, u32),
    route: usize,
    counts: &[CountSeen],
    done: &(impl Fn() + Sync),
) -> Fit {
    let run = |draw: Draw| {
        let trace = simulate(c, plan, draw, Recorded::Trains).1.unwrap_or_default();
        done();
        trace
    };
    let of = |trace: &Trace| -> Vec<f64> { counts.iter().map(|x| a_day(trace, route, x.from, x.to)).collect() };
    let trace = run(Draw::central(seed));
    let central = of(&trace);
    let week = Span::days(7);
    let mut by_week = Vec::new();
    let mut at = plan.report_from;
    while at < c.horizon.to {
        by_week.push(a_day(&trace, route, at, (at + week).min(c.horizon.to)));
        at = at + week;
    }
    let numbers = 1..=if replications > 1 { replications } else { 0 };
    let mut drawn: Vec<Vec<f64>> = numbers.into_par_iter().map(|n| of(&run(Draw::replication(seed, n)))).collect();
    if drawn.is_empty() {
        drawn.push(central.clone());
    }
    let holds = |x: &CountSeen, v: f64| v >= x.low && v <= x.high;
    let each = (0..counts.len()).map(|i| drawn.iter().filter(|v| holds(&counts[i], v[i])).count()).collect();
    let all = drawn.iter().filter(|v| counts.iter().zip(v.iter()).all(|(x, y)| holds(x, *y))).count();
    Fit { central, each, all, runs: drawn.len(), by_week }
}
