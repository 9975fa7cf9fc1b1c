//! What shuts or slows the line on a diagram: the border, possessions, temporary restrictions of speed.

use super::View;
use super::axis::Axis;
use yalu_chart::{Closed, Restriction};
use yalu_units::{Idx, Instant};

/// Times at which no train may cross the border, between the stations on its sides.
pub fn border(v: &View, axis: &Axis, (from, to): (Instant, Instant)) -> Vec<Closed> {
    let (Some(crossing), Some(border)) = (axis.crossing, axis.border(v.c)) else { return Vec::new() };
    let stands = || axis.points.iter().filter(|p| !v.c.line.points[p.0].track_lengths_m.is_empty());
    let upper = stands().rev().find(|p| p.1 < border).map(|p| p.1);
    let lower = stands().find(|p| p.1 > border).map(|p| p.1);
    let (Some(from_km), Some(to_km)) = (upper, lower) else { return Vec::new() };
    let mut out: Vec<Closed> = Vec::new();
    let mine = v.trace.regimes.iter().filter(|r| r.crossing as usize == crossing.index() && !r.running);
    for r in mine.filter(|r| r.to > from && r.from < to) {
        let (a, b) = (r.from.max(from).0, r.to.min(to).0);
        match out.last_mut() {
            Some(last) if last.to == a => last.to = b,
            _ => out.push(Closed { from_km, to_km, from: a, to: b, label: "border shut to freight".into() }),
        }
    }
    out
}

/// Possessions of sections on the axis.
pub fn possessions(v: &View, axis: &Axis, (from, to): (Instant, Instant)) -> Vec<Closed> {
    let mut out = Vec::new();
    for p in &v.c.line.disturbances.possessions {
        let section = &v.c.line.sections[p.section];
        let Some((from_km, to_km)) = axis.stretch(v.c, p.section, 0.0, section.length_m.central()) else { continue };
        let what = if p.tracks < section.tracks { "one track taken" } else { "possession" };
        for w in p.windows.iter().filter(|w| w.1 > from && w.0 < to) {
            let label = format!("{what}: {}", p.id);
            out.push(Closed { from_km, to_km, from: w.0.max(from).0, to: w.1.min(to).0, label });
        }
    }
    out
}

/// Temporary restrictions of speed on the axis.
pub fn restrictions(v: &View, axis: &Axis, (from, to): (Instant, Instant)) -> Vec<Restriction> {
    let here = v.c.line.disturbances.restrictions.iter().filter(|r| r.period.1 > from && r.period.0 < to);
    here.filter_map(|r| {
        let (from_km, to_km) = axis.stretch(v.c, r.section, r.from_m, r.to_m)?;
        Some(Restriction {
            from_km,
            to_km,
            kmh: r.speed_kmh,
            from: (r.period.0 > from).then_some(r.period.0.0),
            to: (r.period.1 < to).then_some(r.period.1.0),
            label: r.id.clone(),
        })
    })
    .collect()
}
