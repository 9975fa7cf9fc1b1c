//! Disturbances against the line they disturb.

use super::line::{Line, way};
use crate::describe::DisturbancesFile;
use crate::diagnostic::Sink;
use crate::load::Files;
use yalu_model::{Corridor, FailureWhen, Possession, Supply};
use yalu_units::Instant;

pub(super) fn all(sink: &mut Sink, files: &Files, c: &Corridor) {
    let Some(files) = &files.disturbances else { return };
    possessions(sink, files, c);
    restrictions(sink, files, c);
    failures(sink, files, c);
    power_cuts(sink, files, c);
}

fn possessions(sink: &mut Sink, file: &DisturbancesFile, c: &Corridor) {
    let mut before: Vec<&Possession> = Vec::new();
    for (row, p) in file.possession.iter().zip(&c.line.disturbances.possessions) {
        let s = &c.line.sections[p.section];
        if p.tracks > s.tracks {
            let message = format!("{} tracks taken of `{}`, which has {}", p.tracks, s.id, s.tracks);
            let help = "leave `tracks` out to take all".to_owned();
            sink.error("Y0803", row.at.tracks, message, Some(help));
        }
        let meets = |q: &&&Possession| q.section == p.section && overlap(&q.windows, &p.windows);
        if let Some(q) = before.iter().find(meets) {
            let message = format!("the possession `{}` of `{}` overlaps `{}`", p.id, s.id, q.id);
            let help = "make one possession of both, or part their times".to_owned();
            sink.error("Y0801", row.at.section, message, Some(help));
        }
        before.push(p);
    }
}

/// Whether any of some times in order meets any of others.
fn overlap(a: &[(Instant, Instant)], b: &[(Instant, Instant)]) -> bool {
    a.iter().any(|(from, to)| {
        let i = b.partition_point(|(_, end)| end <= from);
        b.get(i).is_some_and(|(begin, _)| begin < to)
    })
}

fn restrictions(sink: &mut Sink, file: &DisturbancesFile, c: &Corridor) {
    for (row, r) in file.speed_restriction.iter().zip(&c.line.disturbances.restrictions) {
        let s = &c.line.sections[r.section];
        let length = s.length_m.high();
        if r.to_m <= r.from_m {
            let help = format!("from_m is {} m", r.from_m);
            sink.error("Y0802", row.at.to_m, "the restriction ends before it begins", Some(help));
        } else if r.to_m > length {
            let message = format!("the restriction ends at {} m, the section `{}` at {length} m", r.to_m, s.id);
            let help = format!("metres count from `{}`", c.line.points[s.from].id);
            sink.error("Y0802", row.at.to_m, message, Some(help));
        }
        let fastest = s.profile.iter().filter_map(|p| p.speed_kmh).fold(s.speed_kmh.high(), f64::max);
        if r.speed_kmh >= fastest {
            let message = format!("{} km/h restricts nothing: trains run {fastest} km/h on `{}`", r.speed_kmh, s.id);
            sink.warn("Y0806", row.at.speed_kmh, message, None);
        }
    }
}

fn failures(sink: &mut Sink, file: &DisturbancesFile, c: &Corridor) {
    let line = Line::new(c);
    for (row, f) in file.locomotive_failure.iter().zip(&c.line.disturbances.failures) {
        let FailureWhen::Dated(service, after, from) = &f.when else {
            continue;
        };
        let s = &c.trains.services[*service];
        let Ok(way) = way(&line, s.from, &s.stops, s.to) else {
            continue;
        };
        let back = usize::from(s.turn.is_some());
        // A train that runs back leaves its last point too, but ends where it began.
        let leaves = way.points.iter().take(way.points.len() - 1 + back).any(|p| p == after);
        if !leaves {
            let names: Vec<&str> = way.points.iter().map(|p| c.line.points[*p].id.as_str()).collect();
            let message = format!("the service `{}` never leaves `{}`", s.id, c.line.points[*after].id);
            sink.error("Y0804", row.at.after, message, Some(format!("its way is {}", names.join(", "))));
        }
        if *from < c.horizon.from || *from >= c.horizon.to {
            let help = "the horizon is `from` and `to` of [corridor] in scenario.toml".to_owned();
            sink.warn("Y0704", row.at.from, "the failure falls on no day of the horizon", Some(help));
        }
    }
}

fn power_cuts(sink: &mut Sink, file: &DisturbancesFile, c: &Corridor) {
    if let Some(row) = file.power_cut.iter().next()
        && c.trains.locomotives.iter().all(|l| l.supply == Supply::Own)
    {
        let message = "a power cut stops no one: all locomotives carry what moves them";
        let help = "give electric locomotives `supply = \"electric\"` in rolling_stock.toml".to_owned();
        sink.warn("Y0806", row.at.id, message, Some(help));
    }
}
