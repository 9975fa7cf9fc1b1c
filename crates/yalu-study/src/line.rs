//! What trains on the line came to: runs by service, lateness by point, where delay arose and why.

use std::collections::BTreeMap;
use yalu_model::{Corridor, PointId};
use yalu_plan::{Draw, LineKind, Plan};
use yalu_score::nearest_rank;
use yalu_trace::{Cause, Trace, TrainRun};
use yalu_units::{Idx, Span};

/// Trains of one service, or of one row of other traffic, one way.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRuns {
    /// Whose trains.
    pub kind: LineKind,
    /// As written, or back.
    pub forward: bool,
    /// Trains that ended their run.
    pub arrived: u32,
    /// Seconds from scheduled departure to arrival: mean, half, one in ten longer, one in a hundred longer, greatest.
    pub run_s: [f64; 5],
    /// Hours of running and standing, from scheduled departure to arrival, of all of them.
    pub train_hours: f64,
}

/// How late trains of one service were at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct PointPunctuality {
    /// Whose trains.
    pub kind: LineKind,
    /// As written, or back.
    pub forward: bool,
    /// The point.
    pub point: PointId,
    /// Trains.
    pub trains: u32,
    /// Minutes late: mean, and what half, one in ten and one in a hundred exceed.
    pub late_min: [f64; 4],
}

/// Where delay arose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The point.
    pub point: PointId,
    /// On the way to it, not at it.
    pub on_the_way: bool,
}

/// Delay of one cause at one place. Cause `None` is time lost running: braking, starting again, restrictions of speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delay {
    /// Why.
    pub cause: Cause,
    /// Where.
    pub place: Place,
    /// Times.
    pub times: u32,
    /// Train-hours.
    pub train_hours: f64,
}

/// Everything the trains of a trace tell of the line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineMeasures {
    /// By service and direction.
    pub runs: Vec<LineRuns>,
    /// By service, direction and point in the order of the path.
    pub punctuality: Vec<PointPunctuality>,
    /// By cause and place.
    pub delays: Vec<Delay>,
    /// The same by service and direction.
    pub arose: Vec<(LineKind, bool, Delay)>,
}

/// Delays shorter than this are none: running times are whole milliseconds.
const LEAST: Span = Span(1_000);

type Key = (LineKind, bool);

/// Measures the trains of a trace that was drawn so.
pub fn line_measures(c: &Corridor, plan: &Plan, draw: Draw, trace: &Trace) -> LineMeasures {
    let dwell: Vec<Vec<Option<Span>>> = plan.lines.iter().map(|l| l.dwell(draw)).collect();
    let due: Vec<Vec<Span>> = plan.lines.iter().zip(&dwell).map(|(l, d)| l.due(l.factor_ppm(c, draw), d)).collect();
    let mut runs: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
    let mut late: BTreeMap<(Key, usize), (u32, Vec<f64>)> = BTreeMap::new();
    let mut arose: BTreeMap<(Key, Cause, Place), (u32, i64)> = BTreeMap::new();
    let mut stops = trace.open_line_stops.iter().peekable();
    for (i, run) in trace.trains.iter().enumerate() {
        let own = std::iter::from_fn(|| stops.next_if(|s| s.train as usize == i));
        let on_line: Vec<(usize, Cause, Span)> =
            own.map(|s| (usize::from(s.place), s.cause, Span(s.held_ms))).collect();
        let (Some(line), Some(due), Some(dwell)) =
            (plan.lines.get(run.pattern as usize), due.get(run.pattern as usize), dwell.get(run.pattern as usize))
        else {
            continue;
        };
        let key = (line.kind, line.forward);
        let times = trace.times_of(run);
        if let Some(end) = times.last() {
            runs.entry(key).or_default().push((end.arrive - run.scheduled).0 as f64 / 1000.0);
        }
        for (k, t) in times.iter().enumerate() {
            let planned = run.scheduled + due[k];
            let at = if k == 0 { t.depart } else { t.arrive };
            let e = late.entry((key, k)).or_insert_with(|| (t.point, Vec::new()));
            e.1.push((at - planned).as_minutes());
        }
        let mut add = |cause: Cause, place: Place, span: Span| {
            let e = arose.entry((key, cause, place)).or_default();
            (e.0, e.1) = (e.0 + 1, e.1 + span.0);
        };
        tell(run, times, due, dwell, &on_line, &mut add);
    }
    let mut delays: BTreeMap<(Cause, Place), (u32, i64)> = BTreeMap::new();
    for (&(_, cause, place), &(times, ms)) in &arose {
        let e = delays.entry((cause, place)).or_default();
        (e.0, e.1) = (e.0 + times, e.1 + ms);
    }
    let delay = |cause: Cause, place: Place, times: u32, ms: i64| Delay {
        cause,
        place,
        times,
        train_hours: Span(ms).as_hours(),
    };
    LineMeasures {
        runs: runs.into_iter().map(|((kind, forward), v)| line_runs(kind, forward, v)).collect(),
        punctuality: late
            .into_iter()
            .map(|(((kind, forward), _), (point, mut v))| {
                v.sort_by(f64::total_cmp);
                let late_min = [mean(&v), at(&v, 0.5), at(&v, 0.9), at(&v, 0.99)];
                PointPunctuality {
                    kind,
                    forward,
                    point: PointId::new(point as usize),
                    trains: v.len() as u32,
                    late_min,
                }
            })
            .collect(),
        delays: delays.into_iter().map(|((cause, place), (times, ms))| delay(cause, place, times, ms)).collect(),
        arose: arose
            .into_iter()
            .map(|(((kind, forward), cause, place), (times, ms))| (kind, forward, delay(cause, place, times, ms)))
            .collect(),
    }
}

fn line_runs(kind: LineKind, forward: bool, mut v: Vec<f64>) -> LineRuns {
    v.sort_by(f64::total_cmp);
    let run_s = [mean(&v), at(&v, 0.5), at(&v, 0.9), at(&v, 0.99), at(&v, 1.0)];
    LineRuns { kind, forward, arrived: v.len() as u32, run_s, train_hours: v.iter().sum::<f64>() / 3600.0 }
}

fn mean(v: &[f64]) -> f64 {
    v.iter().sum::<f64>() / v.len().max(1) as f64
}

fn at(sorted: &[f64], p: f64) -> f64 {
    nearest_rank(sorted, p).unwrap_or(0.0)
}

/// Where a train's delay arose.
fn tell(
    run: &TrainRun,
    times: &[yalu_trace::PointTime],
    due: &[Span],
    dwell: &[Option<Span>],
    on_line: &[(usize, Cause, Span)],
    found: &mut impl FnMut(Cause, Place, Span),
) {
    let mut add = |cause: Cause, point: u32, on_the_way: bool, span: Span| {
        if span >= LEAST {
            found(cause, Place { point: PointId::new(point as usize), on_the_way }, span);
        }
    };
    for (k, t) in times.iter().enumerate() {
        if k == 0 {
            add(Cause::LateEntry, t.point, false, run.ready - run.scheduled);
            add(t.cause, t.point, false, t.depart - run.ready);
        } else {
            let before = &times[k - 1];
            let planned = due[k] - due[k - 1] - dwell[k - 1].unwrap_or_default();
            let mut lost = (t.arrive - before.depart) - planned;
            for (_, cause, span) in on_line.iter().filter(|h| h.0 == k) {
                add(*cause, t.point, true, *span);
                lost -= *span;
            }
            add(Cause::None, t.point, true, lost);
            if k + 1 < times.len() {
                add(t.cause, t.point, false, t.depart - t.arrive - dwell[k].unwrap_or_default());
            }
        }
    }
}
