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

impl Piece {
    /// Gradient and curve together, metres a metre.
    fn slope(&self) -> f64 {
        self.gradient_permille / 1000.0 + self.curve_radius_m.map_or(0.0, |r| CURVE / r)
    }
}

impl PathProfile {
    /// A path of pieces, each beginning where the one before ends.
    pub fn new(pieces: Vec<Piece>) -> Result<Self, PhysicsError> {
        let input = |what: String| Err(PhysicsError::Input { what });
        if pieces.is_empty() {
            return input("a path without any piece of line".into());
        }
        for (i, p) in pieces.iter().enumerate() {
            let numbers = [p.from_m, p.to_m, p.gradient_permille, p.speed_limit_mps];
            if numbers.iter().any(|x| !x.is_finite()) || p.to_m <= p.from_m || p.speed_limit_mps <= 0.0 {
                return input(format!("piece {i} of the path has no length, no limit, or a value that is no number"));
            }
            if p.curve_radius_m.is_some_and(|r| r.is_nan() || r <= 0.0) {
                return input(format!("the curve of piece {i} of the path has no radius"));
            }
            if i > 0 && (p.from_m - pieces[i - 1].to_m).abs() > 1e-6 {
                return input(format!("piece {i} of the path does not begin where the one before ends"));
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

    /// Height gained from the begin of the path to a place, curves counted as height; straight on beyond its ends.
    fn height(&self, s: f64) -> f64 {
        let mut h = 0.0;
        let last = self.pieces.len() - 1;
        for (i, p) in self.pieces.iter().enumerate() {
            if s <= p.to_m || i == last {
                return h + (s - p.from_m) * p.slope();
            }
            h += (p.to_m - p.from_m) * p.slope();
        }
        h
    }
}

/// A stretch of line over which limit and gradient under the whole train are straight lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub from_m: f64,
    pub to_m: f64,
    /// Square of the speed allowed at its begin, and its change a metre (0, or minus twice the braking).
    pub allowed: f64,
    pub allowed_slope: f64,
    /// Gradient averaged over the train at its begin, and its change a metre.
    pub grade: f64,
    pub grade_slope: f64,
}

impl Cell {
    pub fn allowed_at(&self, s: f64) -> f64 {
        (self.allowed + self.allowed_slope * (s - self.from_m)).max(0.0)
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
    breaks.extend(limits.iter().map(|l| l.0));
    breaks.retain(|s| (from_m..=to_m).contains(s));
    breaks.sort_by(f64::total_cmp);
    breaks.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    let mut heights = Heights::new(profile);
    let mut limit = 0;
    let mut out = Vec::with_capacity(breaks.len());
    for w in breaks.windows(2) {
        let (a, b) = (w[0], w[1]);
        while limit + 1 < limits.len() && limits[limit + 1].0 <= a + 1e-9 {
            limit += 1;
        }
        let (start, value, slope) = limits[limit];
        let mut grade = |s: f64, side: f64| {
            if length > 1e-6 {
                (heights.at(s) - heights.at(s - length)) / length
            } else {
                // A point feels the gradient of the piece it is in.
                (heights.at(s + side * 1e-4) - heights.at(s)) / (side * 1e-4)
            }
        };
        let (ga, gb) = (grade(a, 1.0), grade(b, -1.0));
        out.push(Cell {
            from_m: a,
            to_m: b,
            allowed: value + slope * (a - start),
            allowed_slope: slope,
            grade: ga,
            grade_slope: (gb - ga) / (b - a),
        });
    }
    out
}

/// Heights read at places that mostly rise: remembers the cumulated height of each piece.
struct Heights<'a> {
    profile: &'a PathProfile,
    base: Vec<f64>,
}

impl<'a> Heights<'a> {
    fn new(profile: &'a PathProfile) -> Self {
        let base = profile.pieces.iter().map(|p| profile.height(p.from_m)).collect();
        Self { profile, base }
    }
    fn at(&mut self, s: f64) -> f64 {
        let pieces = &self.profile.pieces;
        let i = pieces.partition_point(|p| p.to_m < s).min(pieces.len() - 1);
        self.base[i] + (s - pieces[i].from_m) * pieces[i].slope()
    }
}

/// Square of the allowed speed as straight lines: where each begins, its value there, its change a metre.
///
/// A limit holds for the head until the tail has left it; before each lower limit stands its braking curve.
fn allowed(train: &Train, profile: &PathProfile, from_m: f64, to_m: f64, stop: bool) -> Vec<(f64, f64, f64)> {
    let most = train.max_speed_mps * train.max_speed_mps;
    let mut cuts: Vec<f64> = vec![from_m, to_m];
    cuts.extend(profile.pieces.iter().flat_map(|p| [p.from_m, p.to_m + train.length_m]));
    cuts.retain(|s| (from_m..=to_m).contains(s));
    cuts.sort_by(f64::total_cmp);
    cuts.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    let ceiling = |a: f64, b: f64| {
        let middle = f64::midpoint(a, b);
        let (tail, head) = (middle - train.length_m, middle);
        let over = profile.pieces.iter().filter(|p| p.from_m < head && p.to_m > tail);
        over.map(|p| p.speed_limit_mps * p.speed_limit_mps).fold(most, f64::min)
    };
    let braking = 2.0 * train.service_braking_mps2;
    let mut after = if stop { 0.0 } else { f64::INFINITY };
    let mut out = Vec::new();
    for w in cuts.windows(2).rev() {
        let (a, b) = (w[0], w[1]);
        let top = ceiling(a, b);
        if after < top {
            let begin = b - (top - after) / braking;
            if begin > a {
                out.push((begin, top, -braking));
                out.push((a, top, 0.0));
                after = top;
            } else {
                let value = after + braking * (b - a);
                out.push((a, value, -braking));
                after = value;
            }
        } else {
            out.push((a, top, 0.0));
            after = top;
        }
    }
    out.reverse();
    out
}
