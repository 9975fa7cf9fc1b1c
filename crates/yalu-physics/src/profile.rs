//! The line under a train: pieces of gradient, limit and curve.

use crate::PhysicsError;

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

impl Piece {
    /// Gradient and curve together, metres a metre.
    pub(crate) fn slope(&self) -> f64 {
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

    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
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
