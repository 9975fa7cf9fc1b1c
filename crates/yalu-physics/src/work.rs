//! Work at the wheel and at the brakes of a finished run.

use crate::GRAVITY;
use crate::motion::inertia;
use crate::root::root;
use crate::train_run::{Kind, Leg, TrainRun};

/// Parts in which a leg is looked at for where braking begins or ends.
const PARTS: i32 = 8;

impl TrainRun {
    /// Energy at the wheel, kWh.
    pub fn wheel_kwh(&self) -> f64 {
        self.legs().iter().map(|l| self.work_j(l).0).sum::<f64>() / 3.6e6
    }
    /// Energy braked away, kWh.
    pub fn braked_kwh(&self) -> f64 {
        self.legs().iter().map(|l| self.work_j(l).1).sum::<f64>() / 3.6e6
    }

    /// Work of traction and of brakes on a leg, J.
    fn work_j(&self, l: &Leg) -> (f64, f64) {
        match l.kind {
            Kind::Free { force, span, series } => {
                (self.series(series).work(self.course().train.traction.force(force), span), 0.0)
            }
            Kind::Follow { slope } => {
                let held = Held::new(self, l, slope);
                let way = l.s1 - l.s0;
                let (mut wheel, mut braked) = (0.0, 0.0);
                let mut add = |from: f64, to: f64| {
                    let done = held.work(to) - held.work(from);
                    if done >= 0.0 { wheel += done } else { braked -= done }
                };
                let (mut from, mut before) = (0.0, 0.0);
                for k in 1..=PARTS {
                    let to = way * f64::from(k) / f64::from(PARTS);
                    if (held.force(before) < 0.0) != (held.force(to) < 0.0) {
                        let turn = root(|way| held.force(way), before, to);
                        add(from, turn);
                        from = turn;
                    }
                    before = to;
                }
                add(from, way);
                (wheel, braked)
            }
        }
    }

    /// Force at the wheel at a place and speed of a leg, N; where it is below zero, brakes give it.
    pub(crate) fn force_n(&self, l: &Leg, s: f64, v: f64) -> f64 {
        match l.kind {
            Kind::Free { force, .. } => self.course().train.traction.force(force).at(v),
            Kind::Follow { slope } => Held::new(self, l, slope).force(s - l.s0),
        }
    }
}

/// What it takes to hold the allowed speed, by the way into a leg.
struct Held {
    /// Square of the speed at its begin, and its change a metre.
    square: f64,
    slope: f64,
    level: f64,
    rise: f64,
    linear: f64,
    quadratic: f64,
}

impl Held {
    fn new(run: &TrainRun, l: &Leg, slope: f64) -> Self {
        let train = &run.course().train;
        let cell = &run.course().cells[l.cell];
        let table = train.traction.force(train.traction.piece(f64::midpoint(l.v0, l.v1), false));
        let weight = train.mass_kg * GRAVITY;
        Self {
            square: cell.allowed_at(l.s0),
            slope,
            level: inertia(train) * slope / 2.0 + weight * cell.grade_at(l.s0) + train.resistance.constant_n + table.r0,
            rise: weight * cell.grade_slope,
            linear: train.resistance.linear_n_per_mps + table.r1,
            quadratic: train.resistance.quadratic_n_per_mps2,
        }
    }

    fn speed(&self, way: f64) -> f64 {
        (self.square + self.slope * way).max(0.0).sqrt()
    }

    /// Force at the wheel; where it is below zero, brakes give it.
    fn force(&self, way: f64) -> f64 {
        let v = self.speed(way);
        self.level + self.rise * way + v * (self.linear + v * self.quadratic)
    }

    fn work(&self, way: f64) -> f64 {
        // ∫ v ds is (v1³ − v0³)/(3/2 slope), written without the division.
        let (v0, v) = (self.speed(0.0), self.speed(way));
        let mean = if v + v0 > 0.0 { 2.0 / 3.0 * (v * v + v * v0 + v0 * v0) / (v + v0) } else { 0.0 };
        way * (self.level + self.rise * way / 2.0 + self.linear * mean)
            + self.quadratic * way * (self.square + self.slope * way / 2.0)
    }
}
