//! A path as the physics needs it: pieces of line, places to stand, ends of blocks.

use crate::network::{Stand, StandId};
use yalu_model::{Corridor, PointId, SectionId};
use yalu_physics::{Piece, Place};
use yalu_units::IndexVec;

/// Sections of a part with where each begins, metres, and whether it is run in its own direction.
pub type Sections = Vec<(SectionId, f64, bool)>;

/// A part of a path run without reversing; metres count from its own begin.
#[derive(Clone, Debug)]
pub struct Part {
    /// First stand of it on the whole path.
    pub first: usize,
    /// Its line: gradients, limits, curves.
    pub pieces: Vec<Piece>,
    /// Where trains stand on it.
    pub places: Vec<Place>,
    /// By leg, where blocks end.
    pub blocks: Vec<Vec<f64>>,
    /// Sections of the part with where each begins, and whether it is run in its own direction.
    pub sections: Sections,
}

/// A point of a part that is a stand, and where it lies.
pub(crate) struct Mark {
    pub stand: StandId,
    pub at_m: f64,
}

/// Least distance between ends of blocks that fall into a station, metres: they never bind there.
const APART_M: f64 = 0.01;
/// A station reaches at most so far toward its neighbour.
const MOST_OF_WAY: f64 = 0.45;

/// The pieces of a part and where its points lie.
pub(crate) fn pieces(
    c: &Corridor,
    from: PointId,
    path: &[(SectionId, bool)],
) -> (Vec<Piece>, Vec<(PointId, f64)>, Sections) {
    let (mut out, mut marks, mut sections, mut at_m, mut point) =
        (Vec::new(), vec![(from, 0.0)], Vec::new(), 0.0, from);
    for &(id, along) in path {
        let s = &c.line.sections[id];
        let length = s.length_m.central();
        // The finer profile is cut to the section and turned round when it is run backwards.
        let mut cuts: Vec<f64> = vec![0.0, length];
        cuts.extend(s.profile.iter().flat_map(|p| [p.from_m, p.to_m]).filter(|m| *m > 0.0 && *m < length));
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        let mut own: Vec<Piece> = Vec::new();
        for w in cuts.windows(2) {
            let middle = f64::midpoint(w[0], w[1]);
            let fine = s.profile.iter().filter(|p| p.from_m <= middle && middle < p.to_m);
            let (mut gradient, mut speed, mut radius) = (s.gradient_permille.central(), s.speed_kmh.central(), None);
            for p in fine {
                gradient = p.gradient_permille.unwrap_or(gradient);
                speed = p.speed_kmh.map_or(speed, |v| v.min(speed));
                radius = p.curve_radius_m.or(radius);
            }
            own.push(Piece {
                from_m: w[0],
                to_m: w[1],
                gradient_permille: gradient,
                speed_limit_mps: speed / 3.6,
                curve_radius_m: radius,
            });
        }
        if !along {
            own.reverse();
            for p in &mut own {
                (p.from_m, p.to_m) = (length - p.to_m, length - p.from_m);
                p.gradient_permille = -p.gradient_permille;
            }
        }
        out.extend(own.into_iter().map(|p| Piece { from_m: p.from_m + at_m, to_m: p.to_m + at_m, ..p }));
        sections.push((id, at_m, along));
        at_m += length;
        point = s.other(point).unwrap_or(point);
        marks.push((point, at_m));
    }
    (out, marks, sections)
}

/// A lower limit on a stretch of a section, laid over the pieces of a part.
pub(crate) fn restrict(part: &Part, c: &Corridor, section: SectionId, from_m: f64, to_m: f64, mps: f64) -> Vec<Piece> {
    let mut out = Vec::with_capacity(part.pieces.len() + 2);
    let spans: Vec<(f64, f64)> = part
        .sections
        .iter()
        .filter(|(id, _, _)| *id == section)
        .map(|&(id, begin, along)| {
            let length = c.line.sections[id].length_m.central();
            let (a, b) = (from_m.clamp(0.0, length), to_m.clamp(0.0, length));
            if along { (begin + a, begin + b) } else { (begin + length - b, begin + length - a) }
        })
        .collect();
    for p in &part.pieces {
        let mut cuts = vec![p.from_m, p.to_m];
        cuts.extend(spans.iter().flat_map(|s| [s.0, s.1]).filter(|m| *m > p.from_m && *m < p.to_m));
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        for w in cuts.windows(2) {
            let middle = f64::midpoint(w[0], w[1]);
            let inside = spans.iter().any(|s| s.0 <= middle && middle < s.1);
            let limit = if inside { p.speed_limit_mps.min(mps) } else { p.speed_limit_mps };
            out.push(Piece { from_m: w[0], to_m: w[1], speed_limit_mps: limit, ..*p });
        }
    }
    out
}

/// Where trains stand along a part.
///
/// A station lies about its point, as long as its longest track; at the ends of a part inward from them, so that a
/// train starts with its tail at the point and ends with its head there.
pub(crate) fn places(stands: &IndexVec<StandId, Stand>, marks: &[Mark]) -> Vec<Place> {
    let last = marks.len() - 1;
    let longest = |m: &Mark| f64::from(stands[m.stand].tracks_m.iter().copied().max().unwrap_or(0));
    marks
        .iter()
        .enumerate()
        .map(|(i, m)| {
            let before = if i == 0 { f64::INFINITY } else { (m.at_m - marks[i - 1].at_m) * MOST_OF_WAY };
            let behind = if i == last { f64::INFINITY } else { (marks[i + 1].at_m - m.at_m) * MOST_OF_WAY };
            let length = longest(m);
            if i == 0 {
                Place { enter_m: m.at_m, stop_m: m.at_m + length.min(behind) }
            } else if i == last {
                Place { enter_m: m.at_m - length.min(before), stop_m: m.at_m }
            } else {
                Place { enter_m: m.at_m - (length / 2.0).min(before), stop_m: m.at_m + (length / 2.0).min(behind) }
            }
        })
        .collect()
}

/// Ends of blocks by leg: each section is parted into blocks of equal length; a section's end within a stretch parts none.
pub(crate) fn blocks(
    c: &Corridor,
    sections: &[(SectionId, f64, bool)],
    places: &[Place],
    marks: &[Mark],
) -> Vec<Vec<f64>> {
    (1..places.len())
        .map(|k| {
            let (from, to) = (places[k - 1].stop_m, places[k].enter_m);
            let mut out: Vec<f64> = Vec::new();
            for &(id, begin, _) in sections {
                if begin < marks[k - 1].at_m - 1e-6 || begin >= marks[k].at_m - 1e-6 {
                    continue;
                }
                let s = &c.line.sections[id];
                let each = s.length_m.central() / f64::from(s.blocks.max(1));
                out.extend((1..s.blocks).map(|b| begin + each * f64::from(b)));
            }
            // Ends that fall into a station lie at its edge, in order, so that all trains count blocks alike.
            let n = out.len();
            for (i, m) in out.iter_mut().enumerate() {
                let least = from + APART_M * (i + 1) as f64;
                let most = to - APART_M * (n - i) as f64;
                *m = m.max(least).min(most.max(least));
            }
            if out.last().is_some_and(|m| *m > to) { Vec::new() } else { out }
        })
        .collect()
}
