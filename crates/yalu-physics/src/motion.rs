//! The equation of motion under full traction, as power series.
//!
//! Every force piece is `f0 + f1 v + q/(c + d v)`. With the parameter `p`, `dt = (c + d v) dp`, the equation of motion
//! on a gradient that changes as a straight line is a polynomial in speed and place, also at a stand and at balance
//! speed. Its Taylor coefficients follow from one another by Cauchy products. Where the motion is uniform
//! the series ends and is the closed form itself.

use crate::profile::Cell;
use crate::traction::Force;
use crate::{GRAVITY, Train};

/// Highest power of the series.
const ORDER: usize = 20;

/// Speed, way, time and work at the wheel as powers of the parameter.
pub(crate) struct Series {
    v: [f64; ORDER + 1],
    x: [f64; ORDER + 1],
    t: [f64; ORDER + 1],
    e: [f64; ORDER + 1],
}

fn cauchy(a: &[f64; ORDER + 1], b: &[f64; ORDER + 1], n: usize) -> f64 {
    (0..=n).map(|i| a[i] * b[n - i]).sum()
}

fn horner(a: &[f64; ORDER + 1], p: f64) -> f64 {
    a.iter().rev().fold(0.0, |sum, c| sum * p + c)
}

/// Acceleration of a train under a piece of traction on a gradient (metres a metre), m/s².
pub(crate) fn acceleration(train: &Train, force: &Force, grade: f64, v: f64) -> f64 {
    (force.at(v) + coasting_n(train, force, grade, v)) / inertia(train)
}

/// Force on a train without traction: resistance and gradient, N, forward positive.
pub(crate) fn coasting_n(train: &Train, force: &Force, grade: f64, v: f64) -> f64 {
    -force.drag(v) - train.resistance.at(v) - train.mass_kg * GRAVITY * grade
}

/// Mass with its rotating part, kg.
pub(crate) fn inertia(train: &Train) -> f64 {
    train.mass_kg * train.rotating_mass_factor
}

impl Series {
    /// The motion from a place and speed in a cell under a piece of traction.
    pub fn new(train: &Train, cell: &Cell, force: &Force, s: f64, v: f64) -> Self {
        let weight = train.mass_kg * GRAVITY;
        let r = &train.resistance;
        let (c, d, q) = (force.c, force.d, force.q);
        let level = force.f0 - force.r0 - r.constant_n - weight * cell.grade_at(s);
        let linear = force.f1 - force.r1 - r.linear_n_per_mps;
        let square = -r.quadratic_n_per_mps2;
        let way = -weight * cell.grade_slope;
        // (level + linear v + square v² + way x)(c + d v) + q
        let k = [c * level + q, c * linear + d * level, c * square + d * linear, d * square, c * way, d * way]
            .map(|k| k / inertia(train));
        let zero = [0.0; ORDER + 1];
        let mut y = Series { v: zero, x: zero, t: zero, e: zero };
        let mut squares = zero;
        y.v[0] = v;
        for n in 0..ORDER {
            let next = (n + 1) as f64;
            squares[n] = cauchy(&y.v, &y.v, n);
            let cubes = if k[3] == 0.0 { 0.0 } else { cauchy(&squares, &y.v, n) };
            let mixed = if k[5] == 0.0 { 0.0 } else { cauchy(&y.x, &y.v, n) };
            let once = if n == 0 { 1.0 } else { 0.0 };
            let speed = c * y.v[n] + d * squares[n];
            y.v[n + 1] =
                (k[0] * once + k[1] * y.v[n] + k[2] * squares[n] + k[3] * cubes + k[4] * y.x[n] + k[5] * mixed) / next;
            y.x[n + 1] = speed / next;
            y.t[n + 1] = (c * once + d * y.v[n]) / next;
            // No piece has both f1 and d, so f1 meets v² alone.
            y.e[n + 1] = (force.f0 * speed + force.f1 * squares[n] + q * y.v[n]) / next;
        }
        y
    }

    /// Up to where the terms left out stay below a tolerance: m/s for speed, a thousand times as many m and s.
    pub fn reach(&self, tolerance: f64) -> f64 {
        let mut reach = f64::INFINITY;
        for (a, most) in [(&self.v, tolerance), (&self.x, 1e3 * tolerance), (&self.t, 1e3 * tolerance)] {
            for n in [ORDER - 1, ORDER] {
                if a[n] != 0.0 {
                    reach = reach.min((most / a[n].abs()).powf(1.0 / n as f64));
                }
            }
        }
        0.8 * reach
    }

    /// A parameter by which the train has gone about so far, if its motion goes on as it begins.
    pub fn until_about(&self, way: f64) -> f64 {
        let mut most = f64::INFINITY;
        for n in 1..=3 {
            if self.x[n] > 0.0 {
                most = most.min((way / self.x[n]).powf(1.0 / n as f64));
            }
        }
        if self.v[1] < 0.0 { 2.0 * most } else { 1.05 * most }
    }

    /// Speed at a parameter, m/s.
    pub fn speed(&self, p: f64) -> f64 {
        horner(&self.v, p)
    }
    /// Metres since the begin.
    pub fn way(&self, p: f64) -> f64 {
        horner(&self.x, p)
    }
    /// Seconds since the begin.
    pub fn time(&self, p: f64) -> f64 {
        horner(&self.t, p)
    }
    /// Joules at the wheel since the begin.
    pub fn work(&self, p: f64) -> f64 {
        horner(&self.e, p)
    }
    /// Change of speed with the parameter: of the sign of the acceleration.
    pub fn speeding(&self, p: f64) -> f64 {
        (1..=ORDER).rev().fold(0.0, |sum, n| sum * p + n as f64 * self.v[n])
    }
}
