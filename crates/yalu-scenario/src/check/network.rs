//! Sections, their profiles, and points that no section reaches.

use super::km;
use crate::describe::ProfileRow;
use crate::diagnostic::Sink;
use crate::load::Files;
use std::collections::{BTreeMap, BTreeSet};
use yalu_model::{Corridor, LatLon, PointId, PointKind, SectionId};

/// Mean radius of the earth, metres.
const EARTH_M: f64 = 6_371_008.8;

/// Length of the great circle between two positions, metres.
pub(super) fn great_circle(a: LatLon, b: LatLon) -> f64 {
    let (la, lb) = (a.lat.to_radians(), b.lat.to_radians());
    let (dlat, dlon) = (lb - la, (b.lon - a.lon).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + la.cos() * lb.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH_M * h.sqrt().min(1.0).asin()
}

pub(super) fn sections(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, s) in files.sections.iter().zip(&c.line.sections) {
        if s.from == s.to {
            let message = format!("the section `{}` leads from `{}` to itself", s.id, c.line.points[s.from].id);
            sink.error("Y0505", row.at.to, message, None);
            continue;
        }
        let straight = great_circle(c.line.points[s.from].position, c.line.points[s.to].position);
        // Positions are good to some tens of metres.
        if s.length_m.high() + 50.0 < straight {
            let message = format!(
                "{} of rail, but the points lie {} apart in a straight line",
                km(s.length_m.high()),
                km(straight)
            );
            sink.warn("Y0504", row.at.length_m, message, Some("check the length and both positions".into()));
        }
    }
}

pub(super) fn profiles(sink: &mut Sink, files: &Files, c: &Corridor) {
    let mut by_section: BTreeMap<SectionId, Vec<&ProfileRow>> = BTreeMap::new();
    for row in &files.profiles {
        by_section.entry(row.section).or_default().push(row);
    }
    for (id, s) in c.line.sections.enumerated() {
        let mut pieces = by_section.remove(&id).unwrap_or_default();
        pieces.sort_by(|a, b| a.from_m.total_cmp(&b.from_m));
        let length = s.length_m.high();
        let mut reached = 0.0;
        let mut last = None;
        for row in pieces {
            let (from, to) = (row.from_m, row.to_m);
            if to <= from {
                sink.error("Y0508", row.at.to_m, "the piece ends before it begins", None);
                continue;
            }
            if from < reached {
                let message = format!("this piece of `{}` overlaps the one before it, which ends at {reached} m", s.id);
                sink.error("Y0506", row.at.from_m, message, None);
            } else if from > reached {
                let message = format!("the profile of `{}` says nothing of {reached} to {from} m", s.id);
                let help = "there the section's mean gradient and line speed hold".to_owned();
                sink.warn("Y0507", row.at.from_m, message, Some(help));
            }
            if to > length {
                let message = format!("the piece ends at {to} m, the section `{}` at {length} m", s.id);
                sink.error("Y0508", row.at.to_m, message, None);
            }
            reached = f64::max(reached, to);
            last = Some(row);
        }
        if let Some(row) = last
            && reached < s.length_m.low()
        {
            let message =
                format!("the profile of `{}` ends at {reached} m, the section at {} m", s.id, s.length_m.low());
            let help = "there the section's mean gradient and line speed hold".to_owned();
            sink.warn("Y0507", row.at.to_m, message, Some(help));
        }
    }
}

pub(super) fn isolated(sink: &mut Sink, files: &Files, c: &Corridor) {
    let reached: BTreeSet<PointId> = c.line.sections.iter().flat_map(|s| [s.from, s.to]).collect();
    for (row, (id, p)) in files.points.iter().zip(c.line.points.enumerated()) {
        let free = matches!(p.kind, PointKind::Bypassed | PointKind::Yard | PointKind::Port | PointKind::Road);
        if !free && !reached.contains(&id) {
            let help = "points off the line are of kind bypassed, yard, port or road".to_owned();
            sink.warn("Y0509", row.at.id, format!("no section reaches `{}`", p.id), Some(help));
        }
    }
}

/// Stations that trains may not enter together, and no time that parts them.
pub(super) fn entries(sink: &mut Sink, files: &Files, c: &Corridor) {
    let apart = c.line.points.iter().position(|p| !p.simultaneous_entry);
    if let Some(row) = apart.and_then(|i| files.points.get(i))
        && c.line.operation.non_simultaneous_s.high() <= 0.0
    {
        let message = "no entry at the same time, and no seconds between trains are given: it changes nothing";
        let help = "give non_simultaneous_s in [operation] of scenario.toml".to_owned();
        sink.warn("Y0516", row.at.simultaneous_entry, message, Some(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_the_equator_is_111_km() {
        let at = |lat, lon| LatLon { lat, lon };
        assert!((great_circle(at(0.0, 0.0), at(0.0, 1.0)) - 111_195.0).abs() < 1.0);
        assert!(great_circle(at(40.0, 124.0), at(40.0, 124.0)) < 1e-6);
    }
}
