//! Dated disturbances, by stretch of line.

use crate::network::{Stretch, StretchId};
use yalu_model::{Corridor, PowerCut, SectionId};
use yalu_units::{IndexVec, Instant};

/// Possessions of a stretch, as times that do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// No train may be on it.
    pub whole: Vec<(Instant, Instant)>,
    /// One of two tracks is left: trains both ways share it.
    pub one_track_left: Vec<(Instant, Instant)>,
}

impl Closed {
    /// The end of the first closure of the whole stretch that touches a time.
    pub fn until(&self, from: Instant, to: Instant) -> Option<Instant> {
        touching(&self.whole, from, to).map(|w| w.1)
    }
    /// Whether one of two tracks is left at any moment of a time.
    pub fn shared(&self, from: Instant, to: Instant) -> bool {
        touching(&self.one_track_left, from, to).is_some()
    }
}

/// The first of some times, in order and apart, that touches another.
pub fn touching(windows: &[(Instant, Instant)], from: Instant, to: Instant) -> Option<(Instant, Instant)> {
    let i = windows.partition_point(|w| w.1 <= from);
    windows.get(i).copied().filter(|w| w.0 < to)
}

/// Times joined where they overlap or touch.
pub fn joined(mut windows: Vec<(Instant, Instant)>) -> Vec<(Instant, Instant)> {
    windows.retain(|w| w.0 < w.1);
    windows.sort_unstable();
    let mut out: Vec<(Instant, Instant)> = Vec::with_capacity(windows.len());
    for w in windows {
        match out.last_mut() {
            Some(last) if w.0 <= last.1 => last.1 = last.1.max(w.1),
            _ => out.push(w),
        }
    }
    out
}

/// A temporary restriction of speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restriction {
    /// The stretch it lies on.
    pub stretch: StretchId,
    /// Its section of line.
    pub section: SectionId,
    /// From, metres after the section's start.
    pub from_m: f64,
    /// To.
    pub to_m: f64,
    /// Speed, km/h.
    pub speed_kmh: f64,
    /// First and last instant.
    pub period: (Instant, Instant),
}

fn stretch_of(stretches: &IndexVec<StretchId, Stretch>, section: SectionId) -> Option<StretchId> {
    stretches.enumerated().find(|(_, s)| s.sections.iter().any(|(x, _)| *x == section)).map(|(id, _)| id)
}

/// Possessions of each stretch.
pub fn closed(c: &Corridor, stretches: &IndexVec<StretchId, Stretch>) -> IndexVec<StretchId, Closed> {
    let mut out: IndexVec<StretchId, Closed> = stretches.iter().map(|_| Closed::default()).collect();
    for p in &c.line.disturbances.possessions {
        let Some(id) = stretch_of(stretches, p.section) else { continue };
        let one_left = p.tracks < c.line.sections[p.section].tracks && !stretches[id].single;
        let list = if one_left { &mut out[id].one_track_left } else { &mut out[id].whole };
        list.extend(&p.windows);
    }
    for x in &mut out {
        x.whole = joined(std::mem::take(&mut x.whole));
        x.one_track_left = joined(std::mem::take(&mut x.one_track_left));
    }
    out
}

/// The stretches power cuts lie on.
pub fn cut_stretches(cut: &PowerCut, stretches: &IndexVec<StretchId, Stretch>) -> Vec<StretchId> {
    let mut out: Vec<StretchId> = cut.sections.iter().filter_map(|s| stretch_of(stretches, *s)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Restrictions of speed whose section is part of a stretch.
pub fn restrictions(c: &Corridor, stretches: &IndexVec<StretchId, Stretch>) -> Vec<Restriction> {
    let all = c.line.disturbances.restrictions.iter();
    all.filter_map(|r| {
        Some(Restriction {
            stretch: stretch_of(stretches, r.section)?,
            section: r.section,
            from_m: r.from_m,
            to_m: r.to_m,
            speed_kmh: r.speed_kmh,
            period: r.period,
        })
    })
    .collect()
}
