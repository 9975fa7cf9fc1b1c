//! A line run full: trains ready at both ends at all times, and how many arrive.

use std::collections::BTreeMap;
use yalu_model::Corridor;
use yalu_number::Band;
use yalu_plan::{Draw, Plan};
use yalu_score::nearest_rank;
use yalu_sim::{Recorded, simulate};
use yalu_trace::{Cause, Trace, TrainRun};
use yalu_units::{Instant, Span, address};

/// Days counted.
pub const COUNTED_DAYS: i64 = 5;
/// Days after those counted in which trains still come, so that the last ones counted are hindered like the first.
const TAIL_DAYS: i64 = 1;

/// Days before those counted: as long as two runs, and one at least.
pub(crate) fn warm_up_days(run_s: f64) -> i64 {
    (2.0 * run_s / 86_400.0).ceil().clamp(1.0, 30.0) as i64
}

/// Days of a corridor that is to be run full.
pub(crate) fn days(warm_up: i64) -> i64 {
    warm_up + COUNTED_DAYS + TAIL_DAYS
}

/// What trains at both ends of a line came to at one demand.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedLine {
    /// Trains a day asked for each way.
    pub asked_per_day: f64,
    /// Trains a day that arrived: out, back.
    pub arrived_per_day: [f64; 2],
    /// Mean run of those from their departure, not from when they were ready, s.
    pub mean_run_s: f64,
    /// Delay of those that were due to leave in the days counted and arrived, s: mean, half, one in ten longer.
    pub delay_s: Option<[f64; 3]>,
    /// Share of those due to leave in the days counted that arrived.
    pub served: f64,
    /// What most of their waiting was for, and its share of all; none where none waited.
    pub waited: Option<(Cause, f64)>,
    /// Trains that could never move again.
    pub deadlocks: u64,
}

impl LoadedLine {
    /// Trains a day that arrived, both ways.
    pub fn trains_per_day(&self) -> f64 {
        self.arrived_per_day.iter().sum()
    }
    /// Pairs a day: what arrived both ways.
    pub fn pairs_per_day(&self) -> f64 {
        self.arrived_per_day[0].min(self.arrived_per_day[1])
    }
}

/// When trains are ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// At even intervals, the two ends half an interval apart.
    Even,
    /// One in each interval, at any moment of it.
    Spread,
}

/// Runs a corridor of the line alone at so many trains a day each way. Tells what came of it, and the trace.
pub fn load_line(
    c: &Corridor,
    plan: &mut Plan,
    warm_up: i64,
    per_day: f64,
    entries: Entries,
) -> Option<(LoadedLine, Trace)> {
    if !(per_day.is_finite() && per_day > 0.0) {
        return None;
    }
    let every_ms = 86_400_000.0 / per_day;
    for (way, name) in ["out", "back"].iter().enumerate() {
        let mut stream = Draw::central(c.sampling.seed).key().stream(address(&["capacity", "entry", name]), 0);
        let due = |i: u64, part: f64| c.horizon.from + Span(((i as f64 + part) * every_ms) as i64);
        let mut days: Vec<Vec<Instant>> = vec![Vec::new(); plan.days.len()];
        let mut day = 0;
        for i in 0.. {
            let part = match entries {
                Entries::Even => way as f64 / 2.0,
                Entries::Spread => stream.unit(),
            };
            let at = due(i, part);
            if at >= c.horizon.to {
                break;
            }
            while plan.days.get(day).is_some_and(|d| d.end <= at) {
                day += 1;
            }
            if let Some(list) = days.get_mut(day) {
                list.push(at);
            }
        }
        *plan.departures.get_mut(way)? = days;
    }
    let (outcome, trace) = simulate(c, plan, Draw::central(c.sampling.seed), Recorded::Trains);
    let trace = trace?;
    let counted = (c.horizon.from + Span::days(warm_up), c.horizon.from + Span::days(warm_up + COUNTED_DAYS));
    let inside = |t: Instant| counted.0 <= t && t < counted.1;
    let mut arrived = [0_u32; 2];
    let (mut run_s, mut delays) = (Vec::new(), Vec::new());
    for run in &trace.trains {
        let times = trace.times_of(run);
        let (Some(first), Some(end)) = (times.first(), times.last()) else { continue };
        if inside(end.arrive) {
            arrived[usize::from(run.line != 0)] += 1;
            run_s.push((end.arrive - first.depart).0 as f64 / 1000.0);
        }
        if inside(run.scheduled) {
            delays.push((end.arrive - run.due).0.max(0) as f64 / 1000.0);
        }
    }
    let asked = plan.departures.iter().flatten().flatten().filter(|t| inside(**t)).count();
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len().max(1) as f64;
    let mut sorted = delays.clone();
    sorted.sort_by(f64::total_cmp);
    let at = |p: f64| nearest_rank(&sorted, p);
    let line = LoadedLine {
        asked_per_day: per_day,
        arrived_per_day: arrived.map(|n| f64::from(n) / COUNTED_DAYS as f64),
        mean_run_s: mean(&run_s),
        delay_s: at(0.5).zip(at(0.9)).map(|(half, tenth)| [mean(&delays), half, tenth]),
        served: if asked > 0 { delays.len() as f64 / asked as f64 } else { 0.0 },
        waited: waited(&trace, |run| inside(run.scheduled)),
        deadlocks: outcome.deadlocks,
    };
    Some((line, trace))
}

/// What some trains waited for most, before their run and on it, and its share of all their waiting.
fn waited(trace: &Trace, counted: impl Fn(&TrainRun) -> bool) -> Option<(Cause, f64)> {
    let mut by_cause: BTreeMap<Cause, i64> = BTreeMap::new();
    for run in trace.trains.iter().filter(|r| counted(r)) {
        for (i, e) in trace.times_of(run).iter().enumerate() {
            let since = if i == 0 { run.ready } else { e.arrive };
            *by_cause.entry(e.cause).or_default() += (e.depart - since).0;
        }
    }
    for stop in &trace.open_line_stops {
        if trace.trains.get(stop.train as usize).is_some_and(&counted) {
            *by_cause.entry(stop.cause).or_default() += stop.held_ms;
        }
    }
    by_cause.remove(&Cause::None);
    let all: i64 = by_cause.values().sum();
    let (cause, most) = by_cause.into_iter().rev().max_by_key(|(_, ms)| *ms)?;
    (most > 0).then(|| (cause, most as f64 / all as f64))
}

/// The spread of delays as the band a chart draws; none where no train arrived.
pub fn delay_band(c: &Corridor, trace: &Trace, warm_up: i64) -> Option<Band> {
    let counted = (c.horizon.from + Span::days(warm_up), c.horizon.from + Span::days(warm_up + COUNTED_DAYS));
    Band::of(trace.trains.iter().filter(|r| counted.0 <= r.scheduled && r.scheduled < counted.1).filter_map(|r| {
        let end = trace.times_of(r).last()?;
        Some((end.arrive - r.due).0.max(0) as f64 / 1000.0)
    }))
}
