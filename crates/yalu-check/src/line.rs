//! Trains: times, ways, blocks, tracks, closures, quotas.

use crate::{Violation, running};
use std::collections::BTreeMap;
use yalu_model::{Corridor, PointId, SectionId};
use yalu_trace::{PointTime, Trace, TrainKind, TrainRun, Turns};
use yalu_units::{Idx, Instant, Span};

/// A way between two points with tracks, through points without.
#[derive(Default)]
pub(crate) struct Way {
    /// Metres between its points, and the greatest line speed on it, km/h.
    pub length_m: f64,
    pub fastest_kmh: f64,
    /// Metres of its first block from the lower point, and from the higher.
    first_m: f64,
    last_m: f64,
    /// A section of it has one track: trains both ways share it.
    single: bool,
    /// Blocks of each track: trains one way may follow each other.
    blocks: u32,
    /// When no train may be on it, and when only one of two tracks is left.
    closed: Vec<(Instant, Instant)>,
    shared: Vec<(Instant, Instant)>,
}

impl Way {
    /// Whether trains may stand on it one behind another, those the other way untouched.
    pub fn queues(&self) -> bool {
        !self.single && self.blocks > 2
    }
}

/// A train on a way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct OnWay {
    /// Head enters it.
    from: Instant,
    /// Tail has left it.
    to: Instant,
    /// Head passes its end.
    enter: Instant,
    train: u32,
    /// From the lower point to the higher.
    along: bool,
    length_m: u32,
}

/// A train's time at a point: number of the train, and of the time among its own. A trace of years holds millions of them;
/// what is compared is read from the trace for one way or track at a time.
type At = (u32, u32);

/// A block or track held from, to, by which train.
type Held = (Instant, Instant, u32);

/// A crossing, the country left for it (0 the first), the number of a day, and whether wagons are counted, not trains.
type DayOut = (usize, usize, usize, bool);

/// Ways by their ends, the lower point first; several ways between the same points count as one.
pub(crate) type Ways = BTreeMap<(u32, u32), Way>;

pub(crate) fn check(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    let ways = ways(c);
    // Where trains begin each way.
    let mut on: BTreeMap<(u32, u32), Vec<At>> = BTreeMap::new();
    let mut days: BTreeMap<DayOut, (u32, u32)> = BTreeMap::new();
    for (i, run) in trace.trains.iter().enumerate() {
        let train = i as u32;
        if u64::from(run.first) + u64::from(run.len) > trace.times.len() as u64 {
            found.push(Violation::Unknown { what: "time entry", index: u64::from(run.first) + u64::from(run.len) });
            continue;
        }
        let times = trace.times_of(run);
        if let Some(bad) = times.iter().find(|t| t.point as usize >= c.line.points.len()) {
            found.push(Violation::Unknown { what: "point", index: u64::from(bad.point) });
            continue;
        }
        in_order(train, run, times, found);
        for t in times {
            track(c, train, run, t, found);
        }
        for (place, w) in times.windows(2).enumerate() {
            let (a, b) = (&w[0], &w[1]);
            let ends = (a.point.min(b.point), a.point.max(b.point));
            if !ways.contains_key(&ends) {
                let name = |p: u32| c.line.points[PointId(p)].id.clone();
                found.push(Violation::NoLine { train, from: name(a.point), to: name(b.point) });
                continue;
            }
            on.entry(ends).or_default().push((train, place as u32));
            border(c, trace, train, run, (a, b), &mut days, found);
        }
    }
    let setting = Span::from_seconds(c.line.operation.route_setting_s.low());
    for (ends, begun) in on {
        let mut trains: Vec<OnWay> = begun.iter().map(|at| on_way(trace, *at)).collect();
        trains.sort_unstable();
        one_in_each_block(c, ends, &ways[&ends], &trains, setting, found);
        possessions(c, ends, &ways[&ends], &trains, found);
    }
    entries(c, trace, found);
    one_on_each_track(c, trace, setting, found);
    running::check(c, trace, &ways, found);
    for ((crossing, _, day, of_wagons), (trains, allowed)) in days {
        if trains > allowed && of_wagons {
            let crossing = c.border.crossings.as_slice()[crossing].id.clone();
            let day_ms = trace.midnights.get(day).map_or(0, |t| t.0);
            found.push(Violation::WagonQuota { crossing, day_ms, wagons: trains, allowed });
        } else if trains > allowed {
            let crossing = c.border.crossings.as_slice()[crossing].id.clone();
            let day_ms = trace.midnights.get(day).map_or(0, |t| t.0);
            found.push(Violation::Quota { crossing, day_ms, trains, allowed });
        }
    }
}

/// A train on the way that it begins at a place of its run.
fn on_way(trace: &Trace, (train, place): At) -> OnWay {
    let run = &trace.trains[train as usize];
    let times = trace.times_of(run);
    let (a, b) = (&times[place as usize], &times[place as usize + 1]);
    let along = a.point < b.point;
    OnWay { from: a.depart, to: b.section_clear, enter: b.enter, train, along, length_m: run.length_m }
}

/// Trains of one way: none meet on single track, and those that follow each other do so block by block.
fn one_in_each_block(
    c: &Corridor,
    ends: (u32, u32),
    way: &Way,
    trains: &[OnWay],
    setting: Span,
    found: &mut Vec<Violation>,
) {
    let name = |p: u32| c.line.points[PointId(p)].id.clone();
    // Those still on it, of which few are.
    let mut here: Vec<OnWay> = Vec::new();
    for &t in trains {
        here.retain(|o| o.to + setting > t.from);
        let same = here.iter().filter(|o| o.along == t.along);
        let mut ahead = 0;
        for o in same {
            ahead += 1;
            // In one block no two; else in order, the first block left before the next train starts, and the last one free
            // when its head comes to its end.
            let behind = Span(first_block_ms(c, ends, way, o));
            let follows = way.blocks > 1
                && ahead < way.blocks
                && t.to >= o.to
                && t.enter >= o.to + setting
                && t.from >= o.from + behind + setting;
            if !follows && o.train != t.train {
                found.push(two(o, &t, name(ends.0), name(ends.1)));
            }
        }
        for o in here.iter().filter(|o| o.along != t.along && o.train != t.train) {
            let both = |w: &(Instant, Instant)| w.0 < t.to.min(o.to) && t.from < w.1;
            if way.single || way.shared.iter().any(both) {
                found.push(two(o, &t, name(ends.0), name(ends.1)));
            }
        }
        here.push(t);
    }
}

/// The least time in which a train leaves the first block of a way: as much of it as lies outside the station.
fn first_block_ms(c: &Corridor, ends: (u32, u32), way: &Way, o: &OnWay) -> i64 {
    let (start, block_m) = if o.along { (ends.0, way.first_m) } else { (ends.1, way.last_m) };
    let longest =
        c.line.points[PointId(start)].track_lengths_m.iter().map(yalu_model::Quantity::central).fold(0.0, f64::max);
    let metres = (block_m - longest).max(0.0) + f64::from(o.length_m) - 1.0;
    (metres.max(0.0) / (way.fastest_kmh * running::faster(c) / 3.6) * 1000.0) as i64
}

fn two(a: &OnWay, b: &OnWay, from: String, to: String) -> Violation {
    Violation::TwoInBlock { first: a.train, second: b.train, from, to, at_ms: b.from.0 }
}

/// No train on track that is taken for maintenance.
fn possessions(c: &Corridor, ends: (u32, u32), way: &Way, trains: &[OnWay], found: &mut Vec<Violation>) {
    if way.closed.is_empty() {
        return;
    }
    for t in trains {
        if let Some(w) = way.closed.iter().find(|w| w.0 < t.to && t.from < w.1) {
            let name = |p: u32| c.line.points[PointId(p)].id.clone();
            let (from, to, at_ms) = (name(ends.0), name(ends.1), w.0.0);
            found.push(Violation::OnPossession { train: t.train, from, to, at_ms });
        }
    }
}

/// Stations where trains from both sides may not enter at the same time.
fn entries(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    let apart = Span::from_seconds(c.line.operation.non_simultaneous_s.low());
    let mut at: BTreeMap<u32, Vec<(Instant, Instant, u32, u32)>> = BTreeMap::new();
    for (i, run) in trace.trains.iter().enumerate() {
        for w in times_there(trace, run).windows(2) {
            let (a, b) = (&w[0], &w[1]);
            if c.line.points.get(PointId(b.point)).is_some_and(|p| !p.simultaneous_entry) {
                at.entry(b.point).or_default().push((b.enter, b.section_clear, i as u32, a.point));
            }
        }
    }
    for (point, mut list) in at {
        list.sort_unstable();
        for w in list.windows(2) {
            let (a, b) = (&w[0], &w[1]);
            if a.3 != b.3 && b.0 < a.1 + apart {
                let point = c.line.points[PointId(point)].id.clone();
                found.push(Violation::EnteredTogether { first: a.2, second: b.2, point, at_ms: b.0.0 });
            }
        }
    }
}

/// No two trains on a track.
fn one_on_each_track(c: &Corridor, trace: &Trace, setting: Span, found: &mut Vec<Violation>) {
    let mut tracks: BTreeMap<(u32, u8), Vec<At>> = BTreeMap::new();
    for (i, run) in trace.trains.iter().enumerate() {
        for (place, t) in times_there(trace, run).iter().enumerate() {
            tracks.entry((t.point, t.track)).or_default().push((i as u32, place as u32));
        }
    }
    for ((point, track), stood) in tracks {
        let held = |&(train, place): &At| {
            let t = &times_there(trace, &trace.trains[train as usize])[place as usize];
            (t.enter, t.track_clear, train)
        };
        let mut held: Vec<Held> = stood.iter().map(held).collect();
        for (at, first, second) in overlaps(&mut held, setting) {
            let point = c.line.points.get(PointId(point)).map_or(String::new(), |p| p.id.clone());
            found.push(Violation::TwoOnTrack { first, second, point, track, at_ms: at.0 });
        }
    }
}

/// The times of a train, none where the trace does not hold them.
fn times_there<'t>(trace: &'t Trace, run: &TrainRun) -> &'t [PointTime] {
    let from = run.first as usize;
    trace.times.get(from..from + run.len as usize).unwrap_or_default()
}

fn in_order(train: u32, run: &TrainRun, times: &[PointTime], found: &mut Vec<Violation>) {
    if times.first().is_some_and(|t| t.depart < run.scheduled) {
        found.push(Violation::LeftEarly { train });
    }
    let mut before = Instant(i64::MIN);
    for (place, t) in times.iter().enumerate() {
        let last = place + 1 == times.len();
        let comes = before <= t.enter && t.enter <= t.arrive && t.enter <= t.section_clear;
        let goes = t.arrive <= t.depart && t.depart <= t.track_clear && t.section_clear <= t.track_clear;
        if !(comes && (goes || last && t.arrive <= t.track_clear)) {
            found.push(Violation::TimesBackwards { train, place: place as u32 });
        }
        before = t.depart;
    }
}

fn track(c: &Corridor, train: u32, run: &TrainRun, t: &PointTime, found: &mut Vec<Violation>) {
    let point = &c.line.points[PointId(t.point)];
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
    days: &mut BTreeMap<DayOut, (u32, u32)>,
    found: &mut Vec<Violation>,
) {
    if !matches!(run.kind, TrainKind::Freight | TrainKind::International) {
        return;
    }
    let country = |t: &PointTime| c.line.points[PointId(t.point)].country.as_str();
    if country(a) == country(b) {
        return;
    }
    let Some(service) = c.trains.services.as_slice().get(run.line as usize) else {
        found.push(Violation::Unknown { what: "service", index: u64::from(run.line) });
        return;
    };
    let Some(crossing) = service.crossing else { return };
    // A train on its way at the end of the horizon ends its run under what held until then.
    let at = a.depart.min(trace.to - Span(1));
    let here = trace.regimes.iter().find(|r| r.crossing as usize == crossing.index() && r.from <= at && at < r.to);
    let name = || c.border.crossings[crossing].id.clone();
    let Some(regime) = here.filter(|r| r.running) else {
        found.push(Violation::Closed { train, crossing: name(), at_ms: a.depart.0 });
        return;
    };
    let day_of = |t: Instant| trace.midnights.partition_point(|m| *m <= t).saturating_sub(1);
    let (day, back) = (day_of(at), usize::from(country(a) != c.about.countries[0]));
    // Days are counted from the first of the horizon, and a trace may tell of later ones alone.
    let turns = if regime.turns == Turns::Days && trace.from > c.horizon.from { Turns::Both } else { regime.turns };
    let in_turn = |t: Instant| match trace.midnights.get(day_of(t)..).unwrap_or_default() {
        [start, end, ..] => turns.allow(day_of(t), t.0 >= start.0 + (end.0 - start.0) / 2, back),
        _ => true,
    };
    // The section keeps its direction from the train's head to its tail, as long as the regime holds.
    let clear = (b.section_clear - Span(1)).min(regime.to - Span(1)).max(at);
    if !in_turn(at) || !in_turn(clear) {
        found.push(Violation::OutOfTurn { train, crossing: name(), at_ms: a.depart.0 });
    }
    // Quotas bind freight trains as their service is written; they come back without counting.
    let out = country(a) == c.line.points[service.from].country;
    if run.kind != TrainKind::Freight || !out {
        return;
    }
    let wagons = u32::from(run.loaded) + u32::from(run.empty);
    if let Some(allowed) = u32::try_from(regime.wagons_per_train).ok().filter(|n| wagons > *n) {
        found.push(Violation::TooManyWagons { train, crossing: name(), wagons, allowed });
    }
    let limits = [(regime.trains_per_day, false, 1), (regime.wagons_per_day, true, wagons)];
    for (allowed, of_wagons, n) in limits {
        if let Ok(allowed) = u32::try_from(allowed) {
            days.entry((crossing.index(), back, day, of_wagons)).or_insert((0, allowed)).0 += n;
        }
    }
}

/// Pairs of neighbours in time that hold the same thing at once, or one sooner after the other than a route is set.
fn overlaps(held: &mut [Held], setting: Span) -> Vec<(Instant, u32, u32)> {
    held.sort_unstable();
    let mut out = Vec::new();
    let mut last: Option<(Instant, u32)> = None;
    for &(from, to, train) in held.iter() {
        if let Some((_, other)) = last.filter(|(until, other)| from < *until + setting && *other != train) {
            out.push((from, other, train));
        }
        if last.is_none_or(|(until, _)| to > until) {
            last = Some((to, train));
        }
    }
    out
}

fn ways(c: &Corridor) -> Ways {
    let mut joined: BTreeMap<PointId, Vec<(PointId, SectionId)>> = BTreeMap::new();
    for (id, s) in c.line.sections.enumerated() {
        joined.entry(s.from).or_default().push((s.to, id));
        joined.entry(s.to).or_default().push((s.from, id));
    }
    let stands = |p: PointId| !c.line.points[p].track_lengths_m.is_empty();
    let mut out = Ways::new();
    for &start in joined.keys().filter(|p| stands(**p)) {
        for &(next, section) in &joined[&start] {
            let (mut before, mut at, mut sections) = (start, next, vec![section]);
            while !stands(at) {
                let Some(&(on, section)) = joined[&at].iter().find(|(p, _)| *p != before) else { break };
                sections.push(section);
                (before, at) = (at, on);
                if at == start {
                    break;
                }
            }
            if stands(at) && at != start {
                let ends = (start.0.min(at.0), start.0.max(at.0));
                let way = out.entry(ends).or_default();
                way.single |= sections.iter().any(|s| c.line.sections[*s].tracks < 2);
                // Of several ways between two points nothing is asked that one of them might not fulfil.
                let length_m = sections.iter().map(|s| c.line.sections[*s].length_m.central()).sum();
                way.length_m = if way.length_m > 0.0 { way.length_m.min(length_m) } else { length_m };
                let speeds = sections.iter().map(|s| c.line.sections[*s].speed_kmh.central());
                way.fastest_kmh = speeds.fold(way.fastest_kmh, f64::max);
                let block = |s: Option<&SectionId>| {
                    s.map_or(0.0, |s| {
                        c.line.sections[*s].length_m.central() / f64::from(c.line.sections[*s].blocks.max(1))
                    })
                };
                let (near, far) = (block(sections.first()), block(sections.last()));
                (way.first_m, way.last_m) = if start.0 < at.0 { (near, far) } else { (far, near) };
                let more = sections.iter().map(|s| c.line.sections[*s].blocks.max(1) - 1);
                way.blocks = way.blocks.max(1 + more.sum::<u32>());
                for p in c.line.disturbances.possessions.iter().filter(|p| sections.contains(&p.section)) {
                    let one_left = !way.single && p.tracks < c.line.sections[p.section].tracks;
                    if one_left { &mut way.shared } else { &mut way.closed }.extend(&p.windows);
                }
            }
        }
    }
    out
}
