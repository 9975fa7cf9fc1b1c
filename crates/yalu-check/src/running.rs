//! How trains run: planned stops kept, turns made standing, no faster than the line, stands on the open line told truly.

use crate::Violation;
use crate::line::{Way, Ways};
use std::collections::BTreeMap;
use yalu_model::{Corridor, PointId, Stop};
use yalu_trace::{Cause, OpenLineStop, PointTime, Trace, TrainKind, TrainRun};
use yalu_units::Span;

pub(crate) fn check(c: &Corridor, trace: &Trace, ways: &Ways, found: &mut Vec<Violation>) {
    let faster = faster(c);
    let held = held(c, trace, ways, found);
    for (i, run) in trace.trains.iter().enumerate() {
        let train = i as u32;
        let (from, to) = (run.first as usize, run.first as usize + run.len as usize);
        let times = trace.times.get(from..to).unwrap_or_default();
        if times.iter().any(|t| t.point as usize >= c.line.points.len()) {
            continue;
        }
        stops(c, train, run, times, found);
        turns(c, train, times, found);
        let held = |place: usize| held.get(&(train, place)).copied().unwrap_or(0);
        speeds(c, ways, faster, train, times, held, found);
    }
}

/// The stops of a service in their order, or back.
fn stops(c: &Corridor, train: u32, run: &TrainRun, times: &[PointTime], found: &mut Vec<Violation>) {
    let service = c.trains.services.as_slice().get(run.line as usize);
    let Some(s) = service.filter(|_| matches!(run.kind, TrainKind::Freight | TrainKind::International)) else {
        return;
    };
    let there = missed(s.stops.iter(), times);
    let back = missed(s.stops.iter().rev(), times);
    // A train from the first point runs as written; where both ends are one point it may do either.
    let forward = times.first().is_some_and(|t| t.point == s.from.0);
    let wrong = if s.from == s.to {
        there.and(back)
    } else if forward {
        there
    } else {
        back
    };
    if let Some(stop) = wrong {
        let (point, least_ms) = (c.line.points[stop.point].id.clone(), least(stop).0);
        found.push(Violation::StopMissed { train, point, least_ms });
    }
}

fn least(stop: &Stop) -> Span {
    Span::from_seconds(stop.minutes.low() * 60.0)
}

/// The first stop that a train does not make after those before it.
fn missed<'a>(stops: impl Iterator<Item = &'a Stop>, times: &[PointTime]) -> Option<&'a Stop> {
    let mut at = 0;
    for stop in stops {
        let makes = |t: &PointTime| t.point == stop.point.0 && t.stopped && t.depart - t.arrive >= least(stop);
        match (at + 1..times.len()).find(|&k| makes(&times[k])) {
            Some(k) => at = k,
            None => return Some(stop),
        }
    }
    None
}

/// A train that leaves by the way it came has stood.
fn turns(c: &Corridor, train: u32, times: &[PointTime], found: &mut Vec<Violation>) {
    for w in times.windows(3) {
        if w[0].point == w[2].point && !w[1].stopped {
            let point = c.line.points[PointId(w[1].point)].id.clone();
            found.push(Violation::TurnedMoving { train, point });
        }
    }
}

/// How much faster than its middle value the line may be in a draw.
pub(crate) fn faster(c: &Corridor) -> f64 {
    c.line.sections.iter().map(|s| s.speed_kmh.high() / s.speed_kmh.central()).fold(1.0, f64::max)
}

/// From the exit of one station to the entry of the next at line speed at the least, and what held the train between.
///
/// A station reaches from its point at most as far as its longest track is long, and no farther than a little less
/// than half the way.
fn speeds(
    c: &Corridor,
    ways: &Ways,
    faster: f64,
    train: u32,
    times: &[PointTime],
    held: impl Fn(usize) -> i64,
    found: &mut Vec<Violation>,
) {
    for (k, w) in times.windows(2).enumerate() {
        let ends = (w[0].point.min(w[1].point), w[0].point.max(w[1].point));
        let Some(way) = ways.get(&ends) else { continue };
        let least_ms = least_ms(c, way, ends, faster) + held(k + 1);
        let ms = (w[1].enter - w[0].depart).0;
        if ms < least_ms {
            let name = |p: u32| c.line.points[PointId(p)].id.clone();
            found.push(Violation::TooFast { train, from: name(w[0].point), to: name(w[1].point), ms, least_ms });
        }
    }
}

/// Share of a way that a station reaches at most.
const MOST_OF_WAY: f64 = 0.45;

fn least_ms(c: &Corridor, way: &Way, ends: (u32, u32), faster: f64) -> i64 {
    let track = |p: u32| {
        c.line.points[PointId(p)].track_lengths_m.iter().map(yalu_model::Quantity::central).fold(0.0, f64::max)
    };
    let reach = |p: u32| track(p).min(way.length_m * MOST_OF_WAY);
    let metres = way.length_m - reach(ends.0) - reach(ends.1);
    (metres / (way.fastest_kmh * faster / 3.6) * 1000.0).floor() as i64 - 1
}

/// Whether a stand on the open line was on a way where trains may queue before the station: two tracks, blocks between.
fn follows(trace: &Trace, ways: &Ways, s: &OpenLineStop) -> bool {
    let run = &trace.trains[s.train as usize];
    let at = run.first as usize + usize::from(s.place);
    trace.times.get(at - 1..=at).is_some_and(|w| {
        let ends = (w[0].point.min(w[1].point), w[0].point.max(w[1].point));
        ways.get(&ends).is_some_and(Way::queues)
    })
}

/// Milliseconds that trains stood on the open line, by train and place.
fn held(c: &Corridor, trace: &Trace, ways: &Ways, found: &mut Vec<Violation>) -> BTreeMap<(u32, usize), i64> {
    let mut out = BTreeMap::new();
    for (i, s) in trace.open_line_stops.iter().enumerate() {
        let len = trace.trains.get(s.train as usize).map_or(0, |t| t.len);
        let why = if s.place == 0 || u32::from(s.place) >= len {
            "its train is bound for no such place"
        } else if s.held_ms < 0 {
            "it lasts less than nothing"
        } else if s.cause == Cause::Failure && c.line.disturbances.failures.is_empty() {
            "no locomotive fails"
        } else if s.cause == Cause::Power && c.line.disturbances.power_cuts.is_empty() {
            "the power is never cut"
        } else if s.cause == Cause::StationFull && !follows(trace, ways, s) {
            "before a station trains queue only on double track with blocks"
        } else if !matches!(s.cause, Cause::Failure | Cause::Power | Cause::StationFull) {
            "its cause stops no train between stations"
        } else {
            *out.entry((s.train, usize::from(s.place))).or_insert(0) += s.held_ms;
            continue;
        };
        found.push(Violation::HeldWrongly { stop: i as u64, why });
    }
    out
}
