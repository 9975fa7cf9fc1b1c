//! The line under a train: pieces of gradient, limit and curve, and what they mean for a train of some length.

use crate::{PhysicsError, Train};

/// A piece of line with one gradient, limit and curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Begin, metres along the path.
    pub from_m: f64,
    /// End.
    pub to_m: f64,
    /// Gradient, per mille, rising positive.
    pub gradient_permille: f64,
    /// Speed limit, m/s.
    pub speed_limit_mps: f64,
    /// Radius of its curve, metres, if it has one.
    pub curve_radius_m: Option<f64>,
}

/// A path as pieces without gaps.
#[derive(Clone, Debug)]
pub struct PathProfile {
    pieces: Vec<Piece>,
}

/// Curve resistance 600/R N/kN (Chinese rules of traction), as a gradient.
const CURVE: f64 = 0.6;
/// Places lie within so many metres of the zero of a path.
const FAR_M: f64 = 1e8;
/// Shorter trains than this (m) are points.
const POINT_M: f64 = 1e-3;

impl Piece {
    /// Gradient and curve together, metres a metre.
    fn slope(&self) -> f64 {
        self.gradient_permille / 1000.0 + self.curve_radius_m.map_or(0.0, |r| CURVE / r)
    }
}

impl PathProfile {
    /// A path of pieces, each beginning where the one before ends.
    ///
    /// Gradients reach to 1000 per mille, limits from 1 µm/s to 1 km/s, curves down to 1 m: beyond lies an error of input.
    pub fn new(pieces: Vec<Piece>) -> Result<Self, PhysicsError> {
        if pieces.is_empty() {
            return Err(PhysicsError::input("a path without any piece of line"));
        }
        for (i, p) in pieces.iter().enumerate() {
            let wrong = |what: &str| Err(PhysicsError::input(format!("piece {i} of the path {what}")));
            let place = |s: f64| (-FAR_M..=FAR_M).contains(&s);
            if !place(p.from_m) || !place(p.to_m) || p.to_m <= p.from_m {
                return wrong("has no length");
            }
            if !(-1000.0..=1000.0).contains(&p.gradient_permille) {
                return wrong("has no gradient a train could stand on");
            }
            if !(1e-6..=1e3).contains(&p.speed_limit_mps) {
                return wrong("has no speed limit above 0 and below 1000 m/s");
            }
            if p.curve_radius_m.is_some_and(|r| r.is_nan() || r < 1.0) {
                return wrong("has a curve without a radius");
            }
            if i > 0 && (p.from_m - pieces[i - 1].to_m).abs() > 1e-6 {
                return wrong("does not begin where the one before ends");
            }
        }
        Ok(Self { pieces })
    }

    /// Begin of the path, metres.
    pub fn begin_m(&self) -> f64 {
        self.pieces[0].from_m
    }
    /// End of the path, metres.
    pub fn end_m(&self) -> f64 {
        self.pieces[self.pieces.len() - 1].to_m
    }
}

/// A stretch of line over which limit and gradient under the whole train are straight lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub from_m: f64,
    pub to_m: f64,
    /// Square of the speed allowed at its end, and its change a metre (0, or minus twice the braking).
    pub allowed_end: f64,
    pub allowed_slope: f64,
    /// Gradient averaged over the train at its begin, and its change a metre.
    pub grade: f64,
    pub grade_slope: f64,
}

impl Cell {
    /// Square of the speed allowed at a place; told from the end, so that it is 0 where a train stands.
    pub fn allowed_at(&self, s: f64) -> f64 {
        (self.allowed_end - self.allowed_slope * (self.to_m - s)).max(0.0)
    }
    pub fn grade_at(&self, s: f64) -> f64 {
        self.grade + self.grade_slope * (s - self.from_m)
    }
}

/// The cells of a train's way from one place to another; `stop` brings it to a stand at the end.
pub(crate) fn cells(train: &Train, profile: &PathProfile, from_m: f64, to_m: f64, stop: bool) -> Vec<Cell> {
    let length = train.length_m;
    let limits = allowed(train, profile, from_m, to_m, stop);
    let mut breaks: Vec<f64> = vec![from_m, to_m];
    breaks.extend(profile.pieces.iter().flat_map(|p| [p.to_m, p.to_m + length]));
    breaks.extend(limits.iter().map(|l| l.from_m));
    breaks.retain(|s| (from_m..=to_m).contains(s));
    breaks.sort_by(f64::total_cmp);
    breaks.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    let heights = Heights::new(profile);
    let mut limit = 0;
    let mut out = Vec::with_capacity(breaks.len());
    for w in breaks.windows(2) {
        let (a, b) = (w[0], w[1]);
        while limit + 1 < limits.len() && limits[limit + 1].from_m <= a + 1e-9 {
            limit += 1;
        }
        let line = &limits[limit];
        let (grade, grade_slope) = heights.grade(a, b, length);
        let allowed_end = line.value_at(b).max(0.0);
        out.push(Cell { from_m: a, to_m: b, allowed_end, allowed_slope: line.slope, grade, grade_slope });
    }
    out
}

/// Heights along a path, curves counted as height; straight on beyond its ends.
struct Heights<'a> {
    pieces: &'a [Piece],
    /// At the begin of each piece.
    base: Vec<f64>,
}

impl<'a> Heights<'a> {
    fn new(profile: &'a PathProfile) -> Self {
        let mut height = 0.0;
        let base = profile
            .pieces
            .iter()
            .map(|p| {
                let begin = height;
                height += (p.to_m - p.from_m) * p.slope();
                begin
            })
            .collect();
        Self { pieces: &profile.pieces, base }
    }

    fn piece(&self, s: f64) -> usize {
        self.pieces.partition_point(|p| p.to_m < s).min(self.pieces.len() - 1)
    }

    fn at(&self, s: f64) -> f64 {
        let i = self.piece(s);
        self.base[i] + (s - self.pieces[i].from_m) * self.pieces[i].slope()
    }

    /// Gradient under a train at the begin of a stretch without breaks, and its change a metre.
    fn grade(&self, from_m: f64, to_m: f64, length_m: f64) -> (f64, f64) {
        let middle = f64::midpoint(from_m, to_m);
        let head = self.pieces[self.piece(middle)].slope();
        if length_m < POINT_M {
            return (head, 0.0);
        }
        // Told by the slopes under head and tail: the difference of two heights loses digits on short cells.
        let tail = self.pieces[self.piece(middle - length_m)].slope();
        ((self.at(from_m) - self.at(from_m - length_m)) / length_m, (head - tail) / length_m)
    }
}

/// A straight line of the square of the allowed speed, up to where the next begins.
struct Line {
    from_m: f64,
    to_m: f64,
    /// At its end.
    end: f64,
    slope: f64,
}

impl Line {
    fn value_at(&self, s: f64) -> f64 {
        self.end - self.slope * (self.to_m - s)
    }
}

/// Square of the allowed speed as straight lines.
///
/// A limit holds for the head until the tail has left it; before each lower limit stands its braking curve.
fn allowed(train: &Train, profile: &PathProfile, from_m: f64, to_m: f64, stop: bool) -> Vec<Line> {
    let greatest = train.max_speed_mps.min(train.traction.end_mps());
    let mut cuts: Vec<f64> = vec![from_m, to_m];
    cuts.extend(profile.pieces.iter().flat_map(|p| [p.from_m, p.to_m + train.length_m]));
    cuts.retain(|s| (from_m..=to_m).contains(s));
    cuts.sort_by(f64::total_cmp);
    cuts.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    let ceiling = |a: f64, b: f64| {
        let head = f64::midpoint(a, b);
        let under = profile.pieces.partition_point(|p| p.to_m <= head - train.length_m);
        let over = profile.pieces[under..].iter().take_while(|p| p.from_m < head);
        let least = over.map(|p| p.speed_limit_mps).fold(greatest, f64::min);
        least * least
    };
    let braking = 2.0 * train.service_braking_mps2;
    let mut after = if stop { 0.0 } else { f64::INFINITY };
    let mut out = Vec::new();
    for w in cuts.windows(2).rev() {
        let (a, b) = (w[0], w[1]);
        let top = ceiling(a, b);
        let begin = if after < top { b - (top - after) / braking } else { b };
        if begin < b {
            out.push(Line { from_m: begin.max(a), to_m: b, end: after, slope: -braking });
        }
        if begin > a {
            out.push(Line { from_m: a, to_m: begin, end: top, slope: 0.0 });
            after = top;
        } else {
            after += braking * (b - a);
        }
    }
    out.reverse();
    out
}
