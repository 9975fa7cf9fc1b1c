//! Tractive force over speed: a table, or greatest force and power.

use crate::PhysicsError;

/// Tractive force at the wheel, as pieces between knots of speed.
#[derive(Clone, Debug, PartialEq)]
pub struct Traction {
    pieces: Vec<Force>,
}

/// One piece: from a speed on, `force + slope (v − from)`, or power over speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Force {
    pub from_mps: f64,
    pub to_mps: f64,
    begin_n: f64,
    slope: f64,
    power_w: f64,
}

impl Force {
    pub fn at(&self, v: f64) -> f64 {
        if self.power_w > 0.0 { self.power_w / v } else { self.begin_n + self.slope * (v - self.from_mps) }
    }
}

impl Traction {
    /// Greatest force, and power at the wheel: the lesser of F and P/v.
    pub fn power(max_force_n: f64, power_w: f64) -> Self {
        let knee = power_w / max_force_n;
        let flat = Force { from_mps: 0.0, to_mps: knee, begin_n: max_force_n, slope: 0.0, power_w: 0.0 };
        Self { pieces: vec![flat, Force { from_mps: knee, to_mps: f64::INFINITY, power_w, ..flat }] }
    }

    /// A constant force at any speed.
    pub fn constant(force_n: f64) -> Self {
        Self {
            pieces: vec![Force { from_mps: 0.0, to_mps: f64::INFINITY, begin_n: force_n, slope: 0.0, power_w: 0.0 }],
        }
    }

    /// A table of speed (m/s, rising from 0) and force (N), straight between them, none beyond.
    pub fn table(knots: &[(f64, f64)]) -> Result<Self, PhysicsError> {
        let rising = knots.windows(2).all(|w| w[0].0 < w[1].0);
        if knots.len() < 2 || knots[0].0 != 0.0 || !rising || knots.iter().any(|k| k.1 < 0.0 || !k.1.is_finite()) {
            return Err(PhysicsError::Input {
                what: "a traction table has speeds rising from 0 and forces not below 0".into(),
            });
        }
        let mut pieces: Vec<Force> = knots
            .windows(2)
            .map(|w| Force {
                from_mps: w[0].0,
                to_mps: w[1].0,
                begin_n: w[0].1,
                slope: (w[1].1 - w[0].1) / (w[1].0 - w[0].0),
                power_w: 0.0,
            })
            .collect();
        let end = knots[knots.len() - 1].0;
        pieces.push(Force { from_mps: end, to_mps: f64::INFINITY, begin_n: 0.0, slope: 0.0, power_w: 0.0 });
        Ok(Self { pieces })
    }

    /// Newtons at a speed in m/s.
    pub fn at(&self, v: f64) -> f64 {
        self.pieces[self.piece(v, true)].at(v)
    }

    /// The piece a speed lies in; at a knot the upper one when speeding up, else the lower.
    pub(crate) fn piece(&self, v: f64, rising: bool) -> usize {
        let i = self.pieces.partition_point(|p| if rising { p.to_mps <= v } else { p.to_mps < v });
        i.min(self.pieces.len() - 1)
    }

    pub(crate) fn force(&self, piece: usize) -> &Force {
        &self.pieces[piece]
    }

    pub(crate) fn check(&self) -> Result<(), PhysicsError> {
        let bad = |f: &Force| {
            !(f.begin_n.is_finite() && f.power_w.is_finite() && f.from_mps.is_finite())
                || f.begin_n < 0.0
                || f.power_w < 0.0
        };
        if self.pieces.is_empty() || self.pieces.iter().any(bad) {
            return Err(PhysicsError::Input {
                what: "the tractive force of the train is no number, or below zero".into(),
            });
        }
        Ok(())
    }
}
