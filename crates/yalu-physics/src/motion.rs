//! The equation of motion under full traction: one step of fifth order with its error, and steps that end on an event.

use crate::profile::Cell;
use crate::traction::Force;
use crate::{GRAVITY, Train};

/// Place, speed and wheel energy after some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct State {
    pub s: f64,
    pub v: f64,
    /// Joules at the wheel since the start.
    pub e: f64,
}

/// What holds during one step: the train, the cell, the piece of traction.
#[derive(Clone, Copy)]
pub(crate) struct Motion<'a> {
    pub train: &'a Train,
    pub cell: &'a Cell,
    pub force: &'a Force,
}

/// Error of place (metres) and speed (m/s) allowed in one step.
const TOLERANCE: f64 = 1e-8;

impl Motion<'_> {
    /// Acceleration under full traction.
    pub fn acceleration(&self, s: f64, v: f64) -> f64 {
        let t = self.train;
        let grade = t.mass_kg * GRAVITY * self.cell.grade_at(s);
        (self.force.at(v.max(0.0)) - t.resistance.at(v.max(0.0)) - grade) / (t.mass_kg * t.rotating_mass_factor)
    }

    fn derivative(&self, x: State) -> State {
        let v = x.v.max(0.0);
        State { s: v, v: self.acceleration(x.s, v), e: self.force.at(v) * v }
    }

    /// One step of Dormand and Prince, and its error.
    pub fn step(&self, x: State, h: f64) -> (State, f64) {
        let add = |k: &[(State, f64)]| {
            let mut y = x;
            for (d, w) in k {
                y.s += h * w * d.s;
                y.v += h * w * d.v;
                y.e += h * w * d.e;
            }
            y
        };
        let k1 = self.derivative(x);
        let k2 = self.derivative(add(&[(k1, 1.0 / 5.0)]));
        let k3 = self.derivative(add(&[(k1, 3.0 / 40.0), (k2, 9.0 / 40.0)]));
        let k4 = self.derivative(add(&[(k1, 44.0 / 45.0), (k2, -56.0 / 15.0), (k3, 32.0 / 9.0)]));
        let k5 = self.derivative(add(&[
            (k1, 19372.0 / 6561.0),
            (k2, -25360.0 / 2187.0),
            (k3, 64448.0 / 6561.0),
            (k4, -212.0 / 729.0),
        ]));
        let k6 = self.derivative(add(&[
            (k1, 9017.0 / 3168.0),
            (k2, -355.0 / 33.0),
            (k3, 46732.0 / 5247.0),
            (k4, 49.0 / 176.0),
            (k5, -5103.0 / 18656.0),
        ]));
        let y = add(&[
            (k1, 35.0 / 384.0),
            (k3, 500.0 / 1113.0),
            (k4, 125.0 / 192.0),
            (k5, -2187.0 / 6784.0),
            (k6, 11.0 / 84.0),
        ]);
        let k7 = self.derivative(y);
        let wrong = |f: fn(State) -> f64| {
            h * (71.0 / 57600.0 * f(k1) - 71.0 / 16695.0 * f(k3) + 71.0 / 1920.0 * f(k4) - 17253.0 / 339_200.0 * f(k5)
                + 22.0 / 525.0 * f(k6)
                - 1.0 / 40.0 * f(k7))
        };
        (y, wrong(|x| x.s).abs().max(wrong(|x| x.v).abs()))
    }

    /// The longest good step not above `most`: its length and end.
    pub fn good_step(&self, x: State, most: f64) -> (f64, State) {
        let mut h = most;
        for _ in 0..60 {
            let (y, wrong) = self.step(x, h);
            if wrong <= TOLERANCE && y.s.is_finite() && y.v.is_finite() {
                return (h, y);
            }
            let shrink = if wrong.is_finite() { (0.9 * (TOLERANCE / wrong).powf(0.2)).clamp(0.1, 0.9) } else { 0.1 };
            h *= shrink;
        }
        (h, self.step(x, h).0)
    }

    /// The part of a step at whose end something crosses zero, which is below at its begin and not at its end.
    pub fn until(&self, x: State, h: f64, zero: impl Fn(State) -> f64) -> (f64, State) {
        let (mut low, mut high) = (0.0, h);
        let (mut f_low, mut f_high) = (zero(x), zero(self.step(x, h).0));
        let mut end = self.step(x, h).0;
        for i in 0..80 {
            if high - low <= 1e-13 * h.max(1.0) {
                break;
            }
            // Regula falsi, with a halving every third time so that it always closes in.
            let cut = if i % 3 == 2 || f_high <= f_low {
                f64::midpoint(low, high)
            } else {
                low - f_low * (high - low) / (f_high - f_low)
            };
            let cut = cut.clamp(low + 1e-15 * h, high);
            let y = self.step(x, cut).0;
            let f = zero(y);
            if f >= 0.0 {
                (high, f_high, end) = (cut, f, y);
                if f < 1e-12 {
                    break;
                }
            } else {
                (low, f_low) = (cut, f);
            }
        }
        (high, end)
    }
}
