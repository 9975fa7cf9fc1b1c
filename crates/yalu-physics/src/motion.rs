//! The equation of motion under full traction, as power series.
//!
//! Every force piece is `f0 + f1 v + q/(c + d v)`. With the parameter `p`, `dt = (c + d v) dp`, the equation of motion
//! on a gradient that changes as a straight line is a polynomial in speed and place, also at a stand and at balance
//! speed. Its Taylor coefficients follow from one another by Cauchy products, and no more of them are computed than a
//! tolerance asks for. Where the motion is uniform the series ends and is the closed form itself.

use crate::root::{Told, rise};
use crate::traction::Force;
use crate::way::Cell;
use crate::{GRAVITY, Train};

/// Highest power of a series.
const ORDER: usize = 16;
/// Powers from 0 on.
type Powers = [f64; ORDER + 1];

/// Speed, way and time as powers of the parameter.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    order: usize,
    /// Up to where the terms left out stay below the tolerance, and no more than was wanted.
    pub span: f64,
    v: Powers,
    x: Powers,
    t: Powers,
}

/// Sum of the products of one list forwards and another backwards, the last ones last.
fn fold(a: &[f64], b: &[f64]) -> f64 {
    let (mut even, mut odd) = (0.0, 0.0);
    let (a, b) = (a.chunks_exact(2), b.rchunks_exact(2));
    if let ([a], [b]) = (a.remainder(), b.remainder()) {
        odd = a * b;
    }
    for (a, b) in a.zip(b) {
        even += a[0] * b[1];
        odd += a[1] * b[0];
    }
    even + odd
}

/// Coefficient `n` of the square of a series.
fn square(a: &[f64], n: usize) -> f64 {
    a[..=n].iter().zip(a[..=n].iter().rev()).map(|(a, b)| a * b).sum()
}

fn horner(a: &[f64], p: f64) -> Told {
    a.iter().rev().fold((0.0, 0.0), |(y, slope), a| (y * p + a, slope * p + y))
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
    /// The motion from a place and speed in a cell under a piece of traction, to the end of the cell or of the piece.
    ///
    /// The terms left out stay below a tolerance: m/s for speed (less in proportion below 1 m/s), a
    /// thousand times as many m and s.
    pub fn new(train: &Train, cell: &Cell, force: &Force, s: f64, v: f64, tolerance: f64) -> Self {
        let weight = train.mass_kg * GRAVITY;
        let r = &train.resistance;
        let (c, d, q) = (force.c, force.d, force.q);
        let level = force.f0 - force.r0 - r.constant_n - weight * cell.grade_at(s);
        let linear = force.f1 - force.r1 - r.linear_n_per_mps;
        let drag = -r.quadratic_n_per_mps2;
        let way = -weight * cell.grade_slope;
        // (level + linear v + drag v² + way x)(c + d v) + q
        let heavy = 1.0 / inertia(train);
        let k = [c * level + q, c * linear + d * level, c * drag + d * linear, d * drag, c * way, d * way]
            .map(|k| k * heavy);
        let zero = [0.0; ORDER + 1];
        let mut y = Series { order: ORDER, span: f64::INFINITY, v: zero, x: zero, t: zero };
        y.v[0] = v;
        let mut squares = zero;
        squares[0] = v * v;
        // In each product the newest coefficient stands alone with the speed at the begin: taken out, the rest of the
        // sum does not wait for it.
        let newest = k[1] + v * (2.0 * k[2] + v * 3.0 * k[3]);
        let (in_square, in_cube) = (k[2] + v * k[3], k[3]);
        let (mut power, mut tolerance) = (1.0, tolerance);
        let mut small = false;
        for n in 0..ORDER {
            let m = n + 1;
            let next = INVERSE[m];
            let mut rest = k[4] * y.x[n];
            if n == 0 {
                rest += k[0] - v * v * (k[2] + 2.0 * v * k[3]);
            } else {
                let inner = fold(&y.v[1..n], &y.v[1..n]);
                squares[n] = 2.0 * v * y.v[n] + inner;
                rest += in_square * inner;
                if in_cube != 0.0 {
                    rest += in_cube * fold(&squares[1..n], &y.v[1..n]);
                }
                if k[5] != 0.0 {
                    rest += k[5] * (fold(&y.x[1..n], &y.v[1..n]) + v * y.x[n]);
                }
            }
            y.v[m] = next * (newest * y.v[n] + rest);
            y.x[m] = next * (c * y.v[n] + d * squares[n]);
            y.t[m] = if n == 0 { c + d * v } else { next * d * y.v[n] };
            if m == 3 {
                y.span = y.until_about(cell.to_m - s).min(y.speed_about(cell.allowed_at(s), force));
                power = y.span.powi(3);
                // Below a walk, speed counts in proportion: a train that crawls takes its time.
                tolerance *= (v + y.v[1].abs() * y.span).min(1.0);
            } else if m > 3 {
                power *= y.span;
                let smaller = y.term(m) * power <= tolerance;
                if small && smaller {
                    y.order = m;
                    return y;
                }
                small = smaller;
            }
        }
        for n in [ORDER - 1, ORDER] {
            let term = y.term(n);
            if term > 0.0 {
                y.span = y.span.min(0.95 * (tolerance / term).powf(INVERSE[n]));
            }
        }
        y
    }

    /// The greatest coefficient of a power, as the tolerance counts them.
    fn term(&self, n: usize) -> f64 {
        self.v[n].abs().max(1e-3 * self.x[n].abs().max(self.t[n].abs()))
    }

    /// A parameter by which the train has gone about so far, if its motion goes on as it begins.
    fn until_about(&self, way: f64) -> f64 {
        let x = &self.x;
        let mut most = f64::INFINITY;
        if x[1] > 0.0 {
            most = way / x[1];
        }
        if x[2] > 0.0 {
            most = most.min((way / x[2]).sqrt());
        }
        if self.v[1] < 0.0 { 2.0 * most } else { 1.05 * most }
    }

    /// A parameter well beyond where the train has the speed allowed (its square), or leaves the piece of traction.
    fn speed_about(&self, allowed: f64, force: &Force) -> f64 {
        let (v, slope) = (self.v[0], self.v[1]);
        let change = if slope > 0.0 { allowed.sqrt().min(force.to_mps) - v } else { force.from_mps - v };
        let about = 2.0 * change / slope;
        // On its way to a knot it is already at, it goes the other way.
        if about > 0.0 { about } else { f64::INFINITY }
    }

    /// Speed at a parameter (m/s), and its change with the parameter: of the sign of the acceleration.
    pub fn speed(&self, p: f64) -> Told {
        horner(&self.v[..=self.order], p)
    }
    /// The parameter at which the train has gone so far, before another at which it has gone farther.
    pub fn after(&self, way: f64, before: f64) -> f64 {
        let less = |(x, slope): Told| (x - way, slope);
        rise(|p| less(self.way(p)), (0.0, less((0.0, self.x[1]))), (before, less(self.way(before))))
    }

    /// Speed at the begin.
    pub fn speed_at_begin(&self) -> Told {
        (self.v[0], self.v[1])
    }
    /// Metres since the begin, and their change with the parameter.
    pub fn way(&self, p: f64) -> Told {
        horner(&self.x[..=self.order], p)
    }
    /// Seconds since the begin.
    pub fn time(&self, p: f64) -> f64 {
        horner(&self.t[..=self.order], p).0
    }
    /// Joules at the wheel since the begin, under the piece of traction it was made for.
    pub fn work(&self, force: &Force, p: f64) -> f64 {
        // ∫ F v dt = f0 ∫ v dt + f1 ∫ v² dt + q ∫ v dp; no piece has both f1 and d, so dt is dp beside f1.
        let (mut way, mut square_dp, mut v_dp) = (0.0, 0.0, 0.0);
        for n in (0..=self.order).rev() {
            way = way * p + self.x[n];
            v_dp = v_dp * p + self.v[n] * INVERSE[n + 1];
            square_dp = square_dp * p + square(&self.v, n) * INVERSE[n + 1];
        }
        force.f0 * way + force.f1 * square_dp * p + force.q * v_dp * p
    }
}

/// One by each number.
const INVERSE: [f64; ORDER + 2] = {
    let mut all = [0.0; ORDER + 2];
    let mut n = 1;
    while n < all.len() {
        all[n] = 1.0 / n as f64;
        n += 1;
    }
    all
};
