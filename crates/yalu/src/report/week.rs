//! The time-distance diagram of a day or a week: trains of the trace on the line, cuts in the lanes of the border stations.

use super::charts::caption;
use super::colour::colour;
use crate::results::Results;
use yalu_chart::{Closed, Colour, DwellBar, Seen, Station, Tick, TimeDistance, TrainKind, TrainLine, WaitNote, Zone};
use yalu_model::{Corridor, PointId, PointKind, RailRoute};
use yalu_plan::{Line, LineKind};
use yalu_trace as trace;
use yalu_trace::{StepKind, TrainRun};
use yalu_units::{Idx, Instant, Span};

/// Waits from here on are named (look, chart grammar).
const NAMED_WAIT: Span = Span::minutes(20);

/// A stretch of line to draw: points with their kilometres.
struct Axis {
    points: Vec<(PointId, f64)>,
    /// Lanes by station.
    lanes: Vec<(PointId, Vec<Lane>)>,
    colour: Colour,
}

/// What happens in one lane of a station, and its name.
struct Lane {
    title: String,
    step: StepKind,
}

/// The diagram of some hours; none without a rail route whose trains run on the line.
pub fn diagram(r: &Results, from: Instant, to: Instant, title: &str) -> Option<TimeDistance> {
    let axis = axis(r)?;
    let c = &r.corridor;
    let km = |p: u32| axis.points.iter().find(|x| x.0.index() == p as usize).map(|x| x.1);
    let mut trains = Vec::new();
    let mut runs: Vec<(&TrainRun, String)> = Vec::new();
    let (mut freight, mut other) = (0, 0);
    for run in &r.ensemble.trace.trains {
        let times = r.ensemble.trace.times_of(run);
        let (Some(a), Some(b)) = (times.first(), times.last()) else { continue };
        if b.arrive < from || a.depart > to || times.iter().filter(|t| km(t.point).is_some()).count() < 2 {
            continue;
        }
        let label = match run.kind {
            trace::TrainKind::Freight => {
                freight += 1;
                format!("F {freight}")
            }
            trace::TrainKind::International | trace::TrainKind::Passenger => {
                other += 1;
                format!("P {other}")
            }
            trace::TrainKind::Domestic => {
                other += 1;
                format!("G {other}")
            }
        };
        runs.push((run, label));
    }
    let busy = (to - from).as_days() > 2.0;
    for (run, label) in &runs {
        let mut points: Vec<(i64, f64)> = Vec::new();
        for t in r.ensemble.trace.times_of(run) {
            if let Some(km) = km(t.point) {
                points.push((t.arrive.0, km));
                if t.depart > t.arrive {
                    points.push((t.depart.0, km));
                }
            }
        }
        let points = within(&points, from.0, to.0);
        let kind = match run.kind {
            trace::TrainKind::Freight if run.loaded > 0 => TrainKind::Loaded,
            trace::TrainKind::Freight => TrainKind::Empty,
            trace::TrainKind::International | trace::TrainKind::Passenger => TrainKind::Passenger,
            trace::TrainKind::Domestic => TrainKind::Domestic,
        };
        let named = run.kind == trace::TrainKind::Freight || !busy;
        trains.push(TrainLine {
            label: if named && !busy { label.clone() } else { String::new() },
            kind,
            colour: axis.colour,
            points,
        });
    }
    let (meets, waits) = meets(r, &axis, &runs, from, to, busy);
    let border = axis.points.windows(2).find(|w| c.points[w[0].0].country != c.points[w[1].0].country);
    let point = axis.points.iter().find(|p| c.points[p.0].kind == PointKind::BorderPoint);
    let [near, far] = zones(r, &axis);
    Some(TimeDistance {
        caption: caption(
            title,
            "Time to the right, distance down; border stations unfold into lanes. Thick: freight loaded; hollow: empties; thin: passenger; dashed: domestic (assumed numbers). Rings: meets.",
            format!(
                "Central run. Km from {}. Other trains are drawn by the day from assumed ranges; their times are not observed. Shaded lanes: closed hours.",
                c.points[axis.points[0].0].name
            ),
        ),
        from: from.0,
        to: to.0,
        above: zone(&near, from, to, busy),
        below: zone(&far, from, to, busy),
        stations: stations(r, &axis),
        border: point.map(|p| p.1).or(border.map(|w| f64::midpoint(w[0].1, w[1].1))),
        trains,
        dwells: dwells(r, &axis, from, to, busy),
        closed: closed(r, &axis, from, to),
        meets,
        waits,
        observed: seen(r, &axis, from, to, busy),
        stamp: "Simulated, central run".into(),
    })
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

/// The path of the first rail route with trains: over the border, then onward.
fn axis(r: &Results) -> Option<Axis> {
    let c = &r.corridor;
    let (route, rail) = c.routes.iter().find_map(|x| Some((x, x.rail.as_ref()?)))?;
    let line = |s: yalu_model::ServiceId| r.plan.lines.iter().find(|l| l.kind == LineKind::Service(s) && l.forward);
    let mut points = vec![(c.services[rail.over_border].from, 0.0)];
    extend(c, line(rail.over_border)?, &mut points);
    if let Some(onward) = rail.onward.and_then(line)
        && points.last().map(|p| p.0) == onward.stands.first().map(|s| r.plan.stands[*s].point)
    {
        extend(c, onward, &mut points);
    }
    let lanes = lanes(c, rail, &points);
    Some(Axis { points, lanes, colour: colour(&route.colour) })
}

fn extend(c: &Corridor, line: &Line, points: &mut Vec<(PointId, f64)>) {
    for &s in &line.sections {
        let Some(&(at, km)) = points.last() else { return };
        let section = &c.sections[s];
        if let Some(next) = section.other(at) {
            points.push((next, km + section.length_m.central() / 1000.0));
        }
    }
}

fn lanes(c: &Corridor, rail: &RailRoute, points: &[(PointId, f64)]) -> Vec<(PointId, Vec<Lane>)> {
    let s = &c.services[rail.over_border];
    let of = |p: PointId, loaded: bool| {
        let station = c.stations.iter().position(|x| x.point == p);
        let list = station.map_or(&[][..], |i| &c.stations.as_slice()[i].activities);
        let mine = list.iter().enumerate().filter(move |(_, a)| a.loaded == loaded && a.forward == loaded);
        mine.map(move |(i, a)| Lane {
            title: if loaded { a.title.clone() } else { format!("empties: {}", a.title) },
            step: StepKind::Activity(station.unwrap_or(0) as u16, i as u16),
        })
    };
    let loading = Lane { title: "loading".into(), step: StepKind::Loading };
    // The near border station may lie on the way of trains that are loaded farther back.
    let home = |p: PointId| c.points[p].country == c.countries[0] && c.stations.iter().any(|x| x.point == p);
    let near_at = points.iter().rev().map(|p| p.0).find(|p| home(*p)).unwrap_or(s.from);
    let mut near: Vec<Lane> = of(near_at, true).collect();
    near.extend(of(near_at, false));
    let mut out = Vec::new();
    if near_at == s.from {
        near.insert(0, loading);
    } else {
        out.push((s.from, vec![loading]));
    }
    let mut far: Vec<Lane> = of(s.to, true).collect();
    if let Some(h) = rail.hold {
        far.push(Lane { title: format!("into the hold, {}", c.points[c.holds[h].point].id), step: StepKind::IntoHold });
    }
    if rail.onward.is_none() {
        far.push(Lane { title: "unloading".into(), step: StepKind::Unloading });
    }
    out.extend([(near_at, near), (s.to, far)]);
    out
}

fn stations(r: &Results, axis: &Axis) -> Vec<Station> {
    let c = &r.corridor;
    let section = |a: PointId, b: PointId| c.sections.iter().find(|s| s.other(a) == Some(b));
    let drawn = axis.points.iter().enumerate().filter(|(_, p)| c.points[p.0].kind != PointKind::BorderPoint);
    drawn
        .map(|(i, &(p, km))| {
            let x = &c.points[p];
            let next = axis.points.get(i + 1).and_then(|n| section(p, n.0));
            let lanes = axis.lanes.iter().find(|l| l.0 == p).map_or(&[][..], |l| &l.1);
            Station {
                km,
                name: x.name.clone(),
                local: x.local_name.clone(),
                note: if lanes.is_empty() { String::new() } else { format!("{} · km {km:.1}", x.country) },
                lanes: lanes.iter().map(|l| l.title.clone()).collect(),
                minor: x.track_lengths_m.is_empty(),
                section: String::new(),
                tracks: next.map_or(0, |s| s.tracks),
            }
        })
        .collect()
}

fn dwells(r: &Results, axis: &Axis, from: Instant, to: Instant, busy: bool) -> Vec<DwellBar> {
    let c = &r.corridor;
    let mut out = Vec::new();
    for s in &r.ensemble.trace.steps {
        if s.end < from || s.begin > to || s.end <= s.begin {
            continue;
        }
        for (place, lanes) in &axis.lanes {
            let Some(lane) = lanes.iter().position(|l| l.step == s.what) else { continue };
            let drawn = axis.points.iter().filter(|p| c.points[p.0].kind != PointKind::BorderPoint);
            let Some(station) = drawn.into_iter().position(|p| p.0 == *place) else { continue };
            let cut = &r.ensemble.trace.cuts[s.cut as usize];
            out.push(DwellBar {
                station,
                lane,
                from: s.begin.0,
                to: s.end.0,
                label: if busy { String::new() } else { format!("{} wagons", cut.wagons) },
                colour: axis.colour,
                hollow: !cut.loaded,
                assumed: true,
            });
        }
    }
    out
}

/// Hours in which a border station's lanes are shut: of the hours its activities name most.
fn closed(r: &Results, axis: &Axis, from: Instant, to: Instant) -> Vec<Closed> {
    let c = &r.corridor;
    let mut out = Vec::new();
    for (i, station) in c.stations.iter().enumerate() {
        let Some(km) = axis.points.iter().find(|p| p.0 == station.point).map(|p| p.1) else { continue };
        let named = |h: usize| {
            station.activities.iter().filter(|a| a.team.is_some_and(|t| station.teams[t].hours == h)).count()
        };
        let Some(most) = (0..station.hours.len()).max_by_key(|&h| (named(h), std::cmp::Reverse(h))) else { continue };
        let mut at = from;
        for &(a, b) in r.plan.hours[i][most].iter().filter(|h| h.1 > from && h.0 < to) {
            if a > at {
                out.push(Closed { from_km: km, to_km: km, from: at.0, to: a.0, label: String::new() });
            }
            at = b;
        }
        if at < to {
            out.push(Closed { from_km: km, to_km: km, from: at.0, to: to.0, label: String::new() });
        }
    }
    out
}

/// Where a standing train is met or passed, and waits that are long enough to be named.
fn meets(
    r: &Results,
    axis: &Axis,
    runs: &[(&TrainRun, String)],
    from: Instant,
    to: Instant,
    busy: bool,
) -> (Vec<(i64, f64)>, Vec<WaitNote>) {
    let (mut rings, mut waits) = (Vec::new(), Vec::new());
    for (run, label) in runs {
        for t in r.ensemble.trace.times_of(run) {
            let Some(&(_, km)) = axis.points.iter().find(|p| p.0.index() == t.point as usize) else { continue };
            if !t.stopped || t.depart - t.arrive < Span::minutes(1) || t.depart < from || t.arrive > to {
                continue;
            }
            let mut met = Vec::new();
            for (other, name) in runs {
                if std::ptr::eq(*other, *run) {
                    continue;
                }
                let there = r.ensemble.trace.times_of(other).iter().find(|o| o.point == t.point);
                if let Some(o) = there.filter(|o| t.arrive <= o.depart && o.depart <= t.depart + Span::minutes(1)) {
                    rings.push((o.arrive.max(t.arrive).0, km));
                    met.push(name.as_str());
                }
            }
            if t.depart - t.arrive >= NAMED_WAIT && !busy && !met.is_empty() {
                let minutes = (t.depart - t.arrive).as_minutes().round();
                waits.push(WaitNote {
                    ms: t.arrive.0,
                    km,
                    text: format!("{label}: {minutes} min for {}", met.join(", ")),
                    colour: Colour::Ink2,
                });
            }
        }
    }
    rings.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    rings.dedup();
    (rings, waits)
}

/// Times that someone saw, as the story tells them.
fn seen(r: &Results, axis: &Axis, from: Instant, to: Instant, busy: bool) -> Vec<Seen> {
    let Some(story) = &r.corridor.story else { return Vec::new() };
    let here = story.seen.iter().filter(|s| from <= s.at && s.at <= to);
    here.filter_map(|s| {
        let km = axis.points.iter().find(|p| p.0 == s.point)?.1;
        let (text, more) = if busy { (String::new(), String::new()) } else { (s.text.clone(), String::new()) };
        Some(Seen { ms: s.at.0, km, text, more })
    })
    .collect()
}

/// Zones of the two ends.
fn zones(r: &Results, axis: &Axis) -> [String; 2] {
    let of = |p: Option<&(PointId, f64)>| {
        p.map_or_else(|| r.zone().to_string(), |p| r.corridor.zones[r.corridor.points[p.0].zone].name.clone())
    };
    [of(axis.points.first()), of(axis.points.last())]
}

fn zone(name: &str, from: Instant, to: Instant, busy: bool) -> Zone {
    let offset = yalu_calendar::utc_offset_minutes(name, from);
    let (sign, h, m) = (if offset < 0 { '\u{2212}' } else { '+' }, offset.abs() / 60, offset.abs() % 60);
    let city = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    let utc = if m == 0 { format!("UTC{sign}{h}") } else { format!("UTC{sign}{h}:{m:02}") };
    let city = if city == "Shanghai" { "Beijing".to_string() } else { city };
    let mut ticks = Vec::new();
    let mut t = from;
    while t <= to {
        let (_, mo, d, s, _) = yalu_calendar::civil(name, t);
        let hour = s / 3600;
        if s % 3600 == 0 && (!busy || hour % 12 == 0) {
            let text = if busy && hour == 0 { format!("{d}.{mo}.") } else { format!("{hour:02}") };
            ticks.push(Tick { ms: t.0, text });
        }
        t = t + Span::minutes(30);
    }
    Zone { name: format!("{city} time, {utc}"), ticks }
}
