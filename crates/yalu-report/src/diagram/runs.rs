//! Trains of a period on a diagram: their lines, where they meet, where and for whom they wait.

use super::View;
use super::axis::Axis;
use std::collections::BTreeMap;
use yalu_chart::{Outside, TrainKind, TrainLine, Wait};
use yalu_model::PointId;
use yalu_trace::{self as trace, Cause, PointTime, TrainRun};
use yalu_units::{Idx, Instant, Span};

/// A standing shorter than this is none to a reader of the diagram.
const LEAST: Span = Span::minutes(1);
/// A train named for a wait leaves at most so much after the one that waited.
const CLOSE: Span = Span::minutes(1);

/// A train on the diagram.
pub struct Run<'a> {
    /// The train.
    pub train: &'a TrainRun,
    /// Its times, off the diagram too.
    pub times: &'a [PointTime],
    /// Its name: `F` freight, `P` passenger, `G` other freight; odd down the page, even up.
    pub label: String,
    /// Whether it runs down the page.
    pub down: bool,
}

/// Where trains meet, wait on the line and wait outside it.
#[derive(Default)]
pub struct Waits {
    /// Meets and overtakings: moment and km.
    pub meets: Vec<(i64, f64)>,
    /// Waits on the line, with whether a train is named.
    pub on_the_line: Vec<(Wait, bool)>,
    /// Waits outside.
    pub outside: Vec<Outside>,
}

/// Trains that touch a period on at least two points of the axis, by their schedule.
pub fn runs<'a>(v: &View<'a>, axis: &Axis, (from, to): (Instant, Instant)) -> Vec<Run<'a>> {
    let trace: &'a trace::Trace = v.trace;
    let mut found: Vec<(&TrainRun, &[PointTime], bool)> = Vec::new();
    for run in &trace.trains {
        let times = trace.times_of(run);
        let (Some(a), Some(b)) = (times.first(), times.last()) else { continue };
        if b.arrive < from || a.depart > to {
            continue;
        }
        let mut km = times.iter().filter_map(|t| axis.km(PointId::new(t.point as usize)));
        if let (Some(first), Some(last)) = (km.next(), km.next_back()) {
            found.push((run, times, last > first));
        }
    }
    found.sort_by_key(|(run, times, down)| (run.scheduled, times.first().map(|t| t.depart), run.line, *down));
    let mut counts: BTreeMap<(char, bool), usize> = BTreeMap::new();
    let named = |(run, times, down): (&'a TrainRun, &'a [PointTime], bool)| {
        let letter = match run.kind {
            trace::TrainKind::Freight => 'F',
            trace::TrainKind::International | trace::TrainKind::Passenger => 'P',
            trace::TrainKind::Domestic => 'G',
        };
        let n = counts.entry((letter, down)).or_default();
        *n += 1;
        let number = 2 * *n - usize::from(down);
        Run { train: run, times, label: format!("{letter} {number}"), down }
    };
    found.into_iter().map(named).collect()
}

/// The line of a train.
pub fn line(axis: &Axis, run: &Run, (from, to): (Instant, Instant), named: bool) -> TrainLine {
    let mut points: Vec<(i64, f64)> = Vec::new();
    for t in run.times {
        if let Some(km) = axis.km(PointId::new(t.point as usize)) {
            points.push((t.arrive.0, km));
            if t.depart > t.arrive {
                points.push((t.depart.0, km));
            }
        }
    }
    let kind = match run.train.kind {
        trace::TrainKind::Freight if run.train.loaded > 0 => TrainKind::Loaded,
        trace::TrainKind::Freight => TrainKind::Empty,
        trace::TrainKind::International | trace::TrainKind::Passenger => TrainKind::Passenger,
        trace::TrainKind::Domestic => TrainKind::Domestic,
    };
    TrainLine {
        label: if named { run.label.clone() } else { String::new() },
        kind,
        colour: axis.colour,
        points: within(&points, from.0, to.0),
    }
}

/// The part of a line of points within some time.
fn within(points: &[(i64, f64)], from: i64, to: i64) -> Vec<(i64, f64)> {
    let mut out = Vec::new();
    for w in points.windows(2) {
        let ((a, x), (b, y)) = (w[0], w[1]);
        if b < from || a > to {
            continue;
        }
        let at = |t: i64| if b > a { x + (y - x) * (t - a) as f64 / (b - a) as f64 } else { y };
        let (first, last) = (a.max(from), b.min(to));
        if out.last() != Some(&(first, at(first))) {
            out.push((first, if first == a { x } else { at(first) }));
        }
        out.push((last, if last == b { y } else { at(last) }));
    }
    out.dedup();
    out
}

/// Where a standing train is met or passed, and whom it waits for.
pub fn waits(v: &View, axis: &Axis, runs: &[Run], (from, to): (Instant, Instant)) -> Waits {
    let mut out = Waits::default();
    let mut at: BTreeMap<u32, Vec<(usize, &PointTime)>> = BTreeMap::new();
    for (i, run) in runs.iter().enumerate() {
        for t in run.times.iter().filter(|t| axis.km(PointId::new(t.point as usize)).is_some()) {
            at.entry(t.point).or_default().push((i, t));
        }
    }
    let (first_km, last_km) = axis.ends();
    for (i, run) in runs.iter().enumerate() {
        for (k, t) in run.times.iter().enumerate() {
            let Some(km) = axis.km(PointId::new(t.point as usize)) else { continue };
            let here = at.get(&t.point).map_or(&[][..], Vec::as_slice);
            let others = || here.iter().filter(|o| o.0 != i);
            let since = if k == 0 { run.train.ready } else { t.arrive + planned(v, run.train, k) };
            if t.depart < from || since > to || k + 1 == run.times.len() {
                continue;
            }
            if k > 0 && t.stopped {
                let there = others().filter(|o| {
                    // A train that ends or begins here is not met: it was in the yard.
                    let own = runs[o.0].times;
                    let passes = |x: Option<&PointTime>| x.is_some_and(|x| x.point != t.point);
                    passes(own.first()) && passes(own.last())
                });
                let met = there.filter(|o| {
                    let (other, stood) = (o.1, t.depart - t.arrive >= LEAST);
                    let overtakes = stood && t.arrive <= other.depart && other.depart <= t.depart + CLOSE;
                    let crosses = runs[o.0].down != run.down && t.enter <= other.depart && other.enter <= t.depart;
                    overtakes || crosses
                });
                out.meets.extend(met.map(|o| (o.1.arrive.max(t.arrive).0, km)));
            }
            if t.cause == Cause::None || t.depart - since < LEAST {
                continue;
            }
            let whom = whom(runs, run, t, others().copied());
            if k == 0 && ((km - first_km).abs() < 1e-9 || (km - last_km).abs() < 1e-9) {
                out.outside.push(Outside { train: i, km, from: since.0, to: t.depart.0 });
            } else {
                let (whom, train) = whom.map_or_else(|| (why(t.cause).to_string(), false), |w| (w, true));
                out.on_the_line.push((Wait { train: i, km, from: since.0, to: t.depart.0, whom }, train));
            }
        }
    }
    out.meets.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    out.meets.dedup();
    out
}

/// Minutes of a stop that is part of a train's plan.
fn planned(v: &View, run: &TrainRun, k: usize) -> Span {
    let stop = v.plan.lines.get(run.pattern as usize).and_then(|l| l.stops.get(k)?.as_ref());
    stop.map_or(Span(0), |s| Span::from_seconds(s.minutes.central() * 60.0))
}

/// The trains a wait was for: those met, at most the last two, or the one that went ahead.
fn whom<'a>(
    runs: &[Run],
    run: &Run,
    t: &PointTime,
    others: impl Iterator<Item = (usize, &'a PointTime)>,
) -> Option<String> {
    let mut order: Vec<(Instant, usize)> = match t.cause {
        Cause::Meet | Cause::StationEntry => others
            .filter(|(o, x)| {
                runs[*o].down != run.down && t.arrive <= x.depart.max(x.arrive) && x.enter <= t.depart + CLOSE
            })
            .map(|(o, x)| (x.arrive, o))
            .collect(),
        Cause::Following | Cause::Priority => {
            let ahead =
                others.filter(|(o, x)| runs[*o].down == run.down && x.depart <= t.depart && x.depart >= t.arrive);
            let last = ahead.map(|(o, x)| (x.depart, o)).max();
            last.into_iter().collect()
        }
        _ => Vec::new(),
    };
    order.sort_unstable();
    let names: Vec<&str> = order.iter().rev().take(2).rev().map(|(_, o)| runs[*o].label.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What a wait was for where no train is named.
fn why(cause: Cause) -> &'static str {
    match cause {
        Cause::None | Cause::LateEntry => "",
        Cause::Meet => "a train the other way",
        Cause::Following => "the train ahead",
        Cause::StationFull => "a free track",
        Cause::StationEntry => "a train entering",
        Cause::Safety => "safety",
        Cause::Border => "the border",
        Cause::Possession => "a possession",
        Cause::Power => "power",
        Cause::Failure => "repair",
        Cause::Priority => "a train of higher priority",
    }
}
