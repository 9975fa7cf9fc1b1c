//! The paths of services and other trains along the line.

use crate::diagnostic::{At, Sink};
use crate::load::Files;
use std::collections::BTreeSet;
use yalu_model::{Corridor, LocomotiveId, PointId, PointKind, SectionId, WagonId};
use yalu_units::Idx as _;

/// The shortest way between two points: its points and the sections between them.
fn path(c: &Corridor, from: PointId, to: PointId) -> Option<(Vec<PointId>, Vec<SectionId>)> {
    let n = c.points.len();
    let mut best: Vec<f64> = vec![f64::INFINITY; n];
    let mut came: Vec<Option<(PointId, SectionId)>> = vec![None; n];
    let mut open: BTreeSet<PointId> = BTreeSet::from([from]);
    best[from.index()] = 0.0;
    while let Some(&p) = open.iter().min_by(|a, b| best[a.index()].total_cmp(&best[b.index()])) {
        open.remove(&p);
        for (id, s) in c.sections.enumerated() {
            let Some(q) = s.other(p) else { continue };
            let d = best[p.index()] + s.length_m.central();
            if d < best[q.index()] {
                best[q.index()] = d;
                came[q.index()] = Some((p, id));
                open.insert(q);
            }
        }
    }
    let (mut points, mut sections, mut p) = (vec![to], Vec::new(), to);
    while p != from {
        let (before, section) = came[p.index()]?;
        points.push(before);
        sections.push(section);
        p = before;
    }
    points.reverse();
    sections.reverse();
    Some((points, sections))
}

/// A train that runs a path.
struct Run<'a> {
    noun: &'a str,
    id: &'a str,
    at: At,
    from: PointId,
    to: PointId,
    locomotive: LocomotiveId,
    wagon: WagonId,
    wagons: f64,
    wagons_at: At,
}

fn check(sink: &mut Sink, c: &Corridor, run: &Run<'_>) -> Option<Vec<PointId>> {
    let (a, b) = (&c.points[run.from], &c.points[run.to]);
    if run.from == run.to {
        sink.error("Y0501", run.at, format!("the {} `{}` begins and ends at `{}`", run.noun, run.id, a.id), None);
        return None;
    }
    let Some((points, sections)) = path(c, run.from, run.to) else {
        let message = format!("no chain of sections leads from `{}` to `{}`", a.id, b.id);
        let reach = reachable(c, run.from);
        let help = format!("from `{}` sections reach: {}", a.id, reach.join(", "));
        sink.error("Y0501", run.at, message, Some(help));
        return None;
    };
    for (i, pair) in sections.windows(2).enumerate() {
        let (Some(s), Some(t), Some(p)) = (pair.first(), pair.last(), points.get(i + 1)) else {
            continue;
        };
        let (s, t, p) = (&c.sections[*s], &c.sections[*t], &c.points[*p]);
        if s.gauge_mm != t.gauge_mm && p.kind != PointKind::BorderStation {
            let message = format!(
                "the gauge changes from {} to {} mm at `{}` on the path of the {} `{}`",
                s.gauge_mm, t.gauge_mm, p.id, run.noun, run.id
            );
            sink.error("Y0502", run.at, message, Some("gauges meet only at a point of kind border_station".into()));
        }
    }
    for (point, end) in [(run.from, "begins"), (run.to, "ends")] {
        if c.points[point].track_lengths_m.is_empty() {
            let message = format!(
                "the {} `{}` {end} at `{}`, which has no tracks to stand on",
                run.noun, run.id, c.points[point].id
            );
            sink.warn("Y0510", run.at, message, Some("give its track_lengths_m in network/points.csv".into()));
        }
    }
    let train = c.locomotives[run.locomotive].length_m.central() + run.wagons * c.wagons[run.wagon].length_m.central();
    let tracks = points.iter().flat_map(|p| c.points[*p].track_lengths_m.iter().map(|q| (q.central(), *p)));
    if let Some((longest, p)) = tracks.max_by(|a, b| a.0.total_cmp(&b.0))
        && train > longest
    {
        let message = format!(
            "a train of the {} `{}` is {train:.0} m long, the longest track on its path {longest:.0} m (`{}`)",
            run.noun, run.id, c.points[p].id
        );
        sink.warn("Y0503", run.wagons_at, message, Some("such trains can meet no other; use fewer wagons".into()));
    }
    Some(points)
}

fn reachable(c: &Corridor, from: PointId) -> Vec<&str> {
    c.points
        .enumerated()
        .filter(|(p, _)| *p != from && path(c, from, *p).is_some())
        .map(|(_, p)| p.id.as_str())
        .collect()
}

pub(super) fn services(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, s) in files.list("services.toml", "service").iter().zip(&c.services) {
        let run = Run {
            noun: "service",
            id: &s.id,
            at: row.at("to"),
            from: s.from,
            to: s.to,
            locomotive: s.locomotive,
            wagon: s.wagon,
            wagons: s.max_wagons.central(),
            wagons_at: row.at("max_wagons"),
        };
        let Some(points) = check(sink, c, &run) else {
            continue;
        };
        let crosses = points.windows(2).any(|w| match w {
            [p, q] => c.points[*p].country != c.points[*q].country,
            _ => false,
        });
        if crosses && s.crossing.is_none() {
            let help = "name its `crossing`, or it runs whatever the regimes say".to_owned();
            sink.warn(
                "Y0511",
                row.at("id"),
                format!("the service `{}` crosses the border under no crossing", s.id),
                Some(help),
            );
        }
    }
}

pub(super) fn traffic(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, t) in files.csv("network/traffic.csv").iter().zip(&c.traffic) {
        let run = Run {
            noun: "traffic",
            id: &t.id,
            at: row.at("to"),
            from: t.from,
            to: t.to,
            locomotive: t.locomotive,
            wagon: t.wagon,
            wagons: f64::from(t.wagons),
            wagons_at: row.at("wagons"),
        };
        check(sink, c, &run);
    }
}
