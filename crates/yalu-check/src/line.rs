//! Trains: times, ways, blocks, tracks, closures, quotas.

use crate::Violation;
use std::collections::BTreeMap;
use yalu_model::{Corridor, PointId};
use yalu_trace::{PointTime, Trace, TrainKind, TrainRun};
use yalu_units::{Idx, Instant};

/// A way between two points with tracks, through points without.
struct Way {
    /// A section of it has one track: trains both ways share it.
    single: bool,
}

/// A block or track held from, to, by which train.
type Held = (Instant, Instant, u32);

/// Ways by their ends, the lower point first; several ways between the same points count as one.
type Ways = BTreeMap<(u32, u32), Way>;

pub(crate) fn check(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    let ways = ways(c);
    // What each block was held by: from, to, train.
    let mut blocks: BTreeMap<(u32, u32, bool), Vec<Held>> = BTreeMap::new();
    let mut days: BTreeMap<(usize, usize), (u32, u32)> = BTreeMap::new();
    for (i, run) in trace.trains.iter().enumerate() {
        let train = i as u32;
        if u64::from(run.first) + u64::from(run.len) > trace.times.len() as u64 {
            found.push(Violation::Unknown { what: "time entry", index: u64::from(run.first) + u64::from(run.len) });
            continue;
        }
        let times = trace.times_of(run);
        if let Some(bad) = times.iter().find(|t| t.point as usize >= c.points.len()) {
            found.push(Violation::Unknown { what: "point", index: u64::from(bad.point) });
            continue;
        }
        in_order(train, run, times, found);
        for t in times {
            track(c, train, run, t, found);
        }
        for w in times.windows(2) {
            let (a, b) = (&w[0], &w[1]);
            let ends = (a.point.min(b.point), a.point.max(b.point));
            let Some(way) = ways.get(&ends) else {
                let name = |p: u32| c.points[PointId(p)].id.clone();
                found.push(Violation::NoLine { train, from: name(a.point), to: name(b.point) });
                continue;
            };
            // On two tracks each direction has its own; on one, both share it.
            let along = !way.single && a.point < b.point;
            blocks.entry((ends.0, ends.1, along)).or_default().push((a.depart, b.section_clear, train));
            border(c, trace, train, run, (a, b), &mut days, found);
        }
    }
    for ((from, to, _), mut held) in blocks {
        for (at, first, second) in overlaps(&mut held) {
            let name = |p: u32| c.points[PointId(p)].id.clone();
            found.push(Violation::TwoInBlock { first, second, from: name(from), to: name(to), at_ms: at.0 });
        }
    }
    one_on_each_track(c, trace, found);
    for ((crossing, day), (trains, allowed)) in days {
        if trains > allowed {
            let crossing = c.crossings.as_slice()[crossing].id.clone();
            let day_ms = trace.midnights.get(day).map_or(0, |t| t.0);
            found.push(Violation::Quota { crossing, day_ms, trains, allowed });
        }
    }
}

/// Tracks, in a pass of its own: a trace of years holds millions of times.
fn one_on_each_track(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    let mut tracks: BTreeMap<(u32, u8), Vec<Held>> = BTreeMap::new();
    for (i, run) in trace.trains.iter().enumerate() {
        let (from, to) = (run.first as usize, run.first as usize + run.len as usize);
        for t in trace.times.get(from..to).unwrap_or_default() {
            tracks.entry((t.point, t.track)).or_default().push((t.arrive, t.track_clear, i as u32));
        }
    }
    for ((point, track), mut held) in tracks {
        for (at, first, second) in overlaps(&mut held) {
            let point = c.points.get(PointId(point)).map_or(String::new(), |p| p.id.clone());
            found.push(Violation::TwoOnTrack { first, second, point, track, at_ms: at.0 });
        }
    }
}

fn in_order(train: u32, run: &TrainRun, times: &[PointTime], found: &mut Vec<Violation>) {
    if times.first().is_some_and(|t| t.depart < run.scheduled) {
        found.push(Violation::LeftEarly { train });
    }
    let mut before = Instant(i64::MIN);
    for (place, t) in times.iter().enumerate() {
        let last = place + 1 == times.len();
        let own =
            before <= t.arrive && t.arrive <= t.depart && t.arrive <= t.section_clear && t.depart <= t.track_clear;
        if !(own || last && before <= t.arrive && t.arrive <= t.track_clear) {
            found.push(Violation::TimesBackwards { train, place: place as u32 });
        }
        before = t.depart;
    }
}

fn track(c: &Corridor, train: u32, run: &TrainRun, t: &PointTime, found: &mut Vec<Violation>) {
    let point = &c.points[PointId(t.point)];
    let Some(length) = point.track_lengths_m.get(usize::from(t.track)) else {
        found.push(Violation::Unknown { what: "track", index: u64::from(t.track) });
        return;
    };
    let track_m = length.central().floor() as u32;
    // At the ends of its path a train comes from and goes to the yard.
    if t.stopped && run.length_m > track_m && t.depart > t.arrive {
        found.push(Violation::TooLong {
            train,
            length_m: run.length_m,
            point: point.id.clone(),
            track: t.track,
            track_m,
        });
    }
}

fn border(
    c: &Corridor,
    trace: &Trace,
    train: u32,
    run: &TrainRun,
    (a, b): (&PointTime, &PointTime),
    days: &mut BTreeMap<(usize, usize), (u32, u32)>,
    found: &mut Vec<Violation>,
) {
    if !matches!(run.kind, TrainKind::Freight | TrainKind::International) {
        return;
    }
    let country = |t: &PointTime| c.points[PointId(t.point)].country.as_str();
    if country(a) == country(b) {
        return;
    }
    let Some(service) = c.services.as_slice().get(run.line as usize) else {
        found.push(Violation::Unknown { what: "service", index: u64::from(run.line) });
        return;
    };
    let Some(crossing) = service.crossing else { return };
    let at = a.depart;
    let here = trace.regimes.iter().find(|r| r.crossing as usize == crossing.index() && r.from <= at && at < r.to);
    let name = || c.crossings[crossing].id.clone();
    let Some(regime) = here.filter(|r| r.running) else {
        found.push(Violation::Closed { train, crossing: name(), at_ms: at.0 });
        return;
    };
    // Quotas bind freight trains out; they come back without counting.
    if run.kind != TrainKind::Freight || country(a) != c.countries[0] {
        return;
    }
    let wagons = u32::from(run.loaded) + u32::from(run.empty);
    if let Some(allowed) = u32::try_from(regime.wagons_per_train).ok().filter(|n| wagons > *n) {
        found.push(Violation::TooManyWagons { train, crossing: name(), wagons, allowed });
    }
    if let Ok(allowed) = u32::try_from(regime.trains_per_day) {
        let day = trace.midnights.partition_point(|m| *m <= at).saturating_sub(1);
        days.entry((crossing.index(), day)).or_insert((0, allowed)).0 += 1;
    }
}

/// Pairs of neighbours in time that hold the same thing at once.
fn overlaps(held: &mut [Held]) -> Vec<(Instant, u32, u32)> {
    held.sort_unstable();
    let mut out = Vec::new();
    let mut last: Option<(Instant, u32)> = None;
    for &(from, to, train) in held.iter() {
        if let Some((_, other)) = last.filter(|(until, other)| from < *until && *other != train) {
            out.push((from, other, train));
        }
        if last.is_none_or(|(until, _)| to > until) {
            last = Some((to, train));
        }
    }
    out
}

fn ways(c: &Corridor) -> Ways {
    let mut joined: BTreeMap<PointId, Vec<(PointId, u8)>> = BTreeMap::new();
    for s in &c.sections {
        joined.entry(s.from).or_default().push((s.to, s.tracks));
        joined.entry(s.to).or_default().push((s.from, s.tracks));
    }
    let stands = |p: PointId| !c.points[p].track_lengths_m.is_empty();
    let mut out = Ways::new();
    for &start in joined.keys().filter(|p| stands(**p)) {
        for &(next, tracks) in &joined[&start] {
            let (mut before, mut at, mut single) = (start, next, tracks < 2);
            while !stands(at) {
                let Some(&(on, tracks)) = joined[&at].iter().find(|(p, _)| *p != before) else { break };
                single |= tracks < 2;
                (before, at) = (at, on);
                if at == start {
                    break;
                }
            }
            if stands(at) && at != start {
                let ends = (start.0.min(at.0), start.0.max(at.0));
                out.entry(ends).or_insert(Way { single }).single |= single;
            }
        }
    }
    out
}
