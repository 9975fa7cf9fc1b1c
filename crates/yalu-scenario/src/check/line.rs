//! The paths of services and other trains along the line.

use crate::describe::ServiceRow;
use crate::diagnostic::{At, Sink};
use crate::load::Files;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use yalu_model::{
    Corridor, Helpers, LocomotiveId, PointId, PointKind, Quantity, Route, Section, SectionId, Service, Stop, Supply,
    WagonId,
};
use yalu_units::{IndexVec, Span};

/// The sections at each point of a line.
pub(super) struct Line<'a> {
    c: &'a Corridor,
    at: IndexVec<PointId, Vec<SectionId>>,
}

impl<'a> Line<'a> {
    pub fn new(c: &'a Corridor) -> Line<'a> {
        let mut at: IndexVec<PointId, Vec<SectionId>> = c.line.points.iter().map(|_| Vec::new()).collect();
        for (id, s) in c.line.sections.enumerated() {
            at[s.from].push(id);
            at[s.to].push(id);
        }
        Line { c, at }
    }

    /// The point and the section before each point on the shortest way there; none where no sections lead.
    fn ways(&self, from: PointId) -> IndexVec<PointId, Option<(PointId, SectionId)>> {
        let c = self.c;
        let mut best: IndexVec<PointId, f64> = c.line.points.iter().map(|_| f64::INFINITY).collect();
        let mut came: IndexVec<PointId, Option<(PointId, SectionId)>> = c.line.points.iter().map(|_| None).collect();
        best[from] = 0.0;
        // Lengths in whole millimetres order as they are.
        let key = |d: f64| (d * 1_000.0) as u64;
        let mut open = BinaryHeap::from([Reverse((0, from))]);
        while let Some(Reverse((d, p))) = open.pop() {
            if d > key(best[p]) {
                continue;
            }
            for &id in &self.at[p] {
                let s = &c.line.sections[id];
                let Some(q) = s.other(p) else { continue };
                let d = best[p] + s.length_m.central();
                if d < best[q] {
                    best[q] = d;
                    came[q] = Some((p, id));
                    open.push(Reverse((key(d), q)));
                }
            }
        }
        came
    }

    /// The shortest way between two points: its points and the sections between them.
    fn path(&self, from: PointId, to: PointId) -> Option<(Vec<PointId>, Vec<SectionId>)> {
        let came = self.ways(from);
        let (mut points, mut sections, mut p) = (vec![to], Vec::new(), to);
        while p != from {
            let (before, section) = came[p]?;
            points.push(before);
            sections.push(section);
            p = before;
        }
        points.reverse();
        sections.reverse();
        Some((points, sections))
    }

    /// The names of the points that sections lead to.
    fn reachable(&self, from: PointId) -> Vec<&'a str> {
        let came = self.ways(from);
        let all = self.c.line.points.enumerated().filter(|(p, _)| *p != from && came[*p].is_some());
        all.map(|(_, p)| p.id.as_str()).collect()
    }
}

/// Points named before the rest is counted.
const NAMED: usize = 20;

/// The way of a train: its points, the sections between them, and where among the points its stops lie.
pub(super) struct Way {
    pub points: Vec<PointId>,
    pub sections: Vec<SectionId>,
    stops: Vec<usize>,
}

/// The way from stop to stop, each part the shortest; the two points that no sections join where there is none.
pub(super) fn way(line: &Line<'_>, from: PointId, stops: &[Stop], to: PointId) -> Result<Way, (PointId, PointId)> {
    let mut way = Way { points: vec![from], sections: Vec::new(), stops: Vec::new() };
    let mut at = from;
    for (i, next) in stops.iter().map(|s| s.point).chain([to]).enumerate() {
        let (points, sections) = line.path(at, next).ok_or((at, next))?;
        way.points.extend(points.into_iter().skip(1));
        way.sections.extend(sections);
        if i < stops.len() {
            way.stops.push(way.points.len() - 1);
        }
        at = next;
    }
    Ok(way)
}

/// A train that runs a path.
struct Run<'a> {
    noun: &'a str,
    id: &'a str,
    /// Where its keys `from`, `to` and `locomotive` stand.
    from_at: At,
    to_at: At,
    locomotive_at: At,
    /// Where the points of its stops stand.
    stops_at: Vec<At>,
    from: PointId,
    to: PointId,
    stops: &'a [Stop],
    locomotive: LocomotiveId,
    helpers: &'a [Helpers],
    wagon: WagonId,
    wagons: f64,
    wagons_at: At,
}

impl Run<'_> {
    /// Where its stop of a number is written.
    fn stop_at(&self, i: usize) -> At {
        self.stops_at.get(i).copied().unwrap_or(self.to_at)
    }
}

fn check(sink: &mut Sink, line: &Line<'_>, run: &Run<'_>) -> Option<Way> {
    let c = line.c;
    let at = run.to_at;
    if run.from == run.to && run.stops.is_empty() {
        let id = &c.line.points[run.from].id;
        sink.error("Y0501", at, format!("the {} `{}` begins and ends at `{id}`", run.noun, run.id), None);
        return None;
    }
    if !moves(sink, c, run) {
        return None;
    }
    let way = match way(line, run.from, run.stops, run.to) {
        Ok(way) => way,
        Err((a, b)) => {
            let message =
                format!("no chain of sections leads from `{}` to `{}`", c.line.points[a].id, c.line.points[b].id);
            let reached = line.reachable(a);
            let more =
                if reached.len() > NAMED { format!(" and {} more", reached.len() - NAMED) } else { String::new() };
            let named = reached[..reached.len().min(NAMED)].join(", ");
            let help = format!("from `{}` sections reach: {named}{more}", c.line.points[a].id);
            sink.error("Y0501", at, message, Some(help));
            return None;
        }
    };
    gauges(sink, c, run, &way);
    contact_line(sink, c, run, &way);
    reversals(sink, c, run, &way);
    tracks(sink, c, run, &way);
    Some(way)
}

/// Whether each stop lies elsewhere than the one before it.
fn moves(sink: &mut Sink, c: &Corridor, run: &Run<'_>) -> bool {
    let mut before = run.from;
    for (i, stop) in run.stops.iter().enumerate() {
        let last = i + 1 == run.stops.len() && stop.point == run.to;
        if stop.point == before || last {
            let message = format!(
                "the {} `{}` stops at `{}`, where it stands anyway",
                run.noun, run.id, c.line.points[stop.point].id
            );
            let help = "its first and last point are no stops; between stops a train moves".to_owned();
            sink.error("Y0501", run.stop_at(i), message, Some(help));
            return false;
        }
        before = stop.point;
    }
    true
}

fn gauges(sink: &mut Sink, c: &Corridor, run: &Run<'_>, way: &Way) {
    for (i, pair) in way.sections.windows(2).enumerate() {
        let (Some(s), Some(t), Some(p)) = (pair.first(), pair.last(), way.points.get(i + 1)) else {
            continue;
        };
        let (s, t, p) = (&c.line.sections[*s], &c.line.sections[*t], &c.line.points[*p]);
        if s.gauge_mm != t.gauge_mm && p.kind != PointKind::BorderStation {
            let message = format!(
                "the gauge changes from {} to {} mm at `{}` on the path of the {} `{}`",
                s.gauge_mm, t.gauge_mm, p.id, run.noun, run.id
            );
            let help = "gauges meet only at a point of kind border_station".to_owned();
            sink.error("Y0502", run.to_at, message, Some(help));
        }
    }
}

/// An electric locomotive needs a contact line of a supply it takes all its way.
fn contact_line(sink: &mut Sink, c: &Corridor, run: &Run<'_>, way: &Way) {
    let sections = || way.sections.iter().map(|s| &c.line.sections[*s]);
    for id in std::iter::once(run.locomotive).chain(run.helpers.iter().map(|h| h.locomotive)) {
        let l = &c.trains.locomotives[id];
        if l.supply != Supply::Electric {
            continue;
        }
        let runs = format!("the electric locomotive `{}` of the {} `{}` runs over", l.id, run.noun, run.id);
        let takes =
            |s: &Section| l.takes.is_empty() || s.electrification == "unknown" || l.takes.contains(&s.electrification);
        if let Some(s) = sections().find(|s| s.electrification == "none") {
            let help = "take a locomotive of supply own, or correct the section's electrification".to_owned();
            let message = format!("{runs} `{}`, which has no contact line", s.id);
            sink.warn("Y0515", run.locomotive_at, message, Some(help));
        } else if let Some(s) = sections().find(|s| !takes(s)) {
            let help = "change locomotives at a station between two services, or name the supply in its `takes`";
            let message = format!("{runs} `{}`, whose supply `{}` it does not take", s.id, s.electrification);
            sink.warn("Y0515", run.locomotive_at, message, Some(help.to_owned()));
        }
    }
}

/// Where a train leaves a stop by the section it came over, the stop must say so.
fn reversals(sink: &mut Sink, c: &Corridor, run: &Run<'_>, way: &Way) {
    for (i, (stop, &k)) in run.stops.iter().zip(&way.stops).enumerate() {
        let (before, after) = (k.checked_sub(1).and_then(|j| way.points.get(j)), way.points.get(k + 1));
        if before == after && !stop.reverses {
            let message = format!(
                "the {} `{}` leaves `{}` by the way it came, and the stop does not reverse",
                run.noun, run.id, c.line.points[stop.point].id
            );
            let help = "add `reverses = true` to the stop, or leave the stop out".to_owned();
            sink.error("Y0514", run.stop_at(i), message, Some(help));
        }
    }
}

/// Whether the train finds a track to stand on at its ends and stops, and one at all.
fn tracks(sink: &mut Sink, c: &Corridor, run: &Run<'_>, way: &Way) {
    let engine_m = |id: LocomotiveId| c.trains.locomotives[id].length_m.central();
    let helpers = run.helpers.iter().map(|h| f64::from(h.count) * engine_m(h.locomotive));
    let train =
        engine_m(run.locomotive) + helpers.sum::<f64>() + run.wagons * c.trains.wagons[run.wagon].length_m.central();
    let longest = |p: PointId| c.line.points[p].track_lengths_m.iter().map(Quantity::central).max_by(f64::total_cmp);
    let best = way.points.iter().filter_map(|p| longest(*p).map(|l| (l, *p))).max_by(|a, b| a.0.total_cmp(&b.0));
    let too_long = best.filter(|(l, _)| train > *l);
    for (at, end, verb) in [(run.from_at, run.from, "begins"), (run.to_at, run.to, "ends")] {
        let (id, run_id) = (&c.line.points[end].id, run.id);
        match longest(end) {
            None => {
                let message = format!("the {} `{run_id}` {verb} at `{id}`, which has no tracks to stand on", run.noun);
                let help = "give its track_lengths_m in network/points.csv".to_owned();
                sink.warn("Y0510", run.to_at, message, Some(help));
            }
            Some(l) if train > l && too_long.is_none() => {
                let message = format!(
                    "the {} `{run_id}` {verb} at `{id}` with {train:.0} m, its longest track has {l:.0} m",
                    run.noun
                );
                let help = "use fewer wagons, or correct its track_lengths_m".to_owned();
                sink.warn("Y0513", at, message, Some(help));
            }
            Some(_) => {}
        }
    }
    for (i, stop) in run.stops.iter().enumerate() {
        let id = &c.line.points[stop.point].id;
        let trouble = match longest(stop.point) {
            None => "which has no tracks to stand on".to_owned(),
            Some(l) if train > l => format!("whose longest track has {l:.0} m"),
            Some(_) => continue,
        };
        let message = format!("the {} `{}`, {train:.0} m long, stops at `{id}`, {trouble}", run.noun, run.id);
        let help = "stop elsewhere, use fewer wagons, or correct its track_lengths_m".to_owned();
        sink.error("Y0512", run.stop_at(i), message, Some(help));
    }
    if too_long.is_none() {
        meets(sink, c, run, way, train);
    }
    if let Some((longest, p)) = too_long {
        let message = format!(
            "a train of the {} `{}` is {train:.0} m long, the longest track on its path {longest:.0} m (`{}`)",
            run.noun, run.id, c.line.points[p].id
        );
        sink.warn("Y0503", run.wagons_at, message, Some("such trains can meet no other; use fewer wagons".into()));
    }
}

/// On single track a train longer than every track between its ends holds the whole way while others wait.
fn meets(sink: &mut Sink, c: &Corridor, run: &Run<'_>, way: &Way, train: f64) {
    let inner = way.points.get(1..way.points.len().saturating_sub(1)).unwrap_or_default();
    let tracks = inner.iter().flat_map(|p| c.line.points[*p].track_lengths_m.iter().map(|q| (q.central(), *p)));
    if let Some((longest, p)) = tracks.max_by(|a, b| a.0.total_cmp(&b.0))
        && train > longest
        && way.sections.iter().any(|s| c.line.sections[*s].tracks == 1)
    {
        let message = format!(
            "a train of the {} `{}` is {train:.0} m long, the longest track between its ends {longest:.0} m (`{}`)",
            run.noun, run.id, c.line.points[p].id
        );
        let help =
            "others must wait for it at every meet, and two such trains cannot meet; use fewer wagons".to_owned();
        sink.warn("Y0517", run.wagons_at, message, Some(help));
    }
}

pub(super) fn services(sink: &mut Sink, files: &Files, c: &Corridor) {
    let line = Line::new(c);
    for (row, s) in files.services().zip(&c.trains.services) {
        let run = Run {
            noun: "service",
            id: &s.id,
            from_at: row.at.from,
            to_at: row.at.to,
            locomotive_at: row.at.locomotive,
            stops_at: row.stop.iter().map(|r| r.at.point).collect(),
            from: s.from,
            to: s.to,
            stops: &s.stops,
            locomotive: s.locomotive,
            helpers: &s.helpers,
            wagon: s.wagon,
            wagons: s.max_wagons.central(),
            wagons_at: row.at.max_wagons,
        };
        let way = check(sink, &line, &run);
        loads(sink, c, row, s);
        first_train(sink, c, row, s);
        let Some(way) = way else {
            continue;
        };
        let crosses = way.points.windows(2).any(|w| match w {
            [p, q] => c.line.points[*p].country != c.line.points[*q].country,
            _ => false,
        });
        if crosses && s.crossing.is_none() && !c.border.crossings.is_empty() {
            let help = "name its `crossing`, or it runs whatever the regimes say".to_owned();
            sink.warn(
                "Y0511",
                row.at.id,
                format!("the service `{}` crosses the border under no crossing", s.id),
                Some(help),
            );
        }
    }
}

/// What a service carries by itself: not if a route loads it, and no more than its wagon bears.
fn loads(sink: &mut Sink, c: &Corridor, row: &ServiceRow, s: &Service) {
    let Some(load) = &s.load_t else {
        return;
    };
    let carries = |r: &&Route| {
        r.rail.as_ref().is_some_and(|rail| {
            [Some(rail.over_border), rail.onward].into_iter().flatten().any(|x| c.trains.services[x].id == s.id)
        })
    };
    if let Some(route) = c.trade.routes.iter().find(carries) {
        let message = format!("`load_t` on the service `{}`, which the route `{}` loads", s.id, route.id);
        sink.error("Y0614", row.at.load_t, message, Some("leave it out; goods of the route load it".to_owned()));
    }
    let wagon = &c.trains.wagons[s.wagon];
    if load.high() > wagon.payload_t.high() {
        let message =
            format!("{} t in a wagon, of which `{}` bears {} t", load.high(), wagon.id, wagon.payload_t.high());
        sink.warn("Y0615", row.at.load_t, message, Some("check both; the payload is told by the wagon".to_owned()));
    }
}

/// Trains at even intervals of which none is due within the horizon.
fn first_train(sink: &mut Sink, c: &Corridor, row: &ServiceRow, s: &Service) {
    if let Some(every) = s.every
        && Span::seconds(i64::from(every.first_s)) >= c.horizon.to - c.horizon.from
    {
        let message = format!("the first train of `{}` is due after the horizon", s.id);
        let help = format!("the horizon has {} s", (c.horizon.to - c.horizon.from).0 / 1_000);
        sink.warn("Y0704", row.at.first_s, message, Some(help));
    }
}

pub(super) fn traffic(sink: &mut Sink, files: &Files, c: &Corridor) {
    let line = Line::new(c);
    for (row, t) in files.traffic.iter().zip(&c.line.traffic) {
        let run = Run {
            noun: "traffic",
            id: &t.id,
            from_at: row.at.from,
            to_at: row.at.to,
            locomotive_at: row.at.locomotive,
            stops_at: Vec::new(),
            from: t.from,
            to: t.to,
            stops: &[],
            locomotive: t.locomotive,
            helpers: &[],
            wagon: t.wagon,
            wagons: f64::from(t.wagons),
            wagons_at: row.at.wagons,
        };
        check(sink, &line, &run);
    }
}
