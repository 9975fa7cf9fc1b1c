//! A finished run: speed over place as legs, each exact within.

use crate::Train;
use crate::motion::{Series, acceleration};
use crate::root::rise;
use crate::traction::Source;
use crate::way::Cell;
use std::sync::Arc;

/// What holds a train's speed on a stretch of its run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Greatest tractive force, or the table of it.
    Traction,
    /// Power: force falls as speed rises.
    Power,
    /// Adhesion of the driven wheels.
    Adhesion,
    /// A speed limit, of the line or of the train.
    Limit,
    /// Service braking.
    Braking,
}

/// What runs on one path share: the train and its cells.
#[derive(Debug)]
pub(crate) struct Course {
    pub train: Train,
    pub cells: Vec<Cell>,
    pub tolerance_mps: f64,
}

/// A piece of a run, exact within.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leg {
    pub s0: f64,
    pub s1: f64,
    pub t0: f64,
    pub t1: f64,
    pub v0: f64,
    pub v1: f64,
    pub cell: usize,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Full traction in a piece of the traction curve, over a span of the parameter of a series.
    Free { force: usize, span: f64, series: usize },
    /// Along the allowed speed, whose square changes by so much a metre.
    Follow { slope: f64 },
}

/// A train's run: immutable, exact at every place between its ends.
#[derive(Clone, Debug)]
pub struct TrainRun {
    course: Arc<Course>,
    legs: Vec<Leg>,
    series: Vec<Series>,
}

impl TrainRun {
    pub(crate) fn new(course: Arc<Course>, legs: Vec<Leg>, series: Vec<Series>) -> Self {
        Self { course, legs, series }
    }

    /// Seconds from start to end.
    pub fn duration_s(&self) -> f64 {
        self.legs.last().map_or(0.0, |l| l.t1)
    }
    /// Seconds after the start at which the head passes a place; beyond its ends the time of the nearer one.
    pub fn time_at(&self, at_m: f64) -> f64 {
        self.at(at_m).0
    }
    /// Speed of the head at a place, m/s; beyond its ends the speed at the nearer one.
    pub fn speed_at(&self, at_m: f64) -> f64 {
        self.at(at_m).1
    }
    /// Stretches of the run by what binds the speed: from, to (metres) and what.
    pub fn bound(&self) -> Vec<(f64, f64, Mark)> {
        let mut out: Vec<(f64, f64, Mark)> = Vec::new();
        for l in &self.legs {
            let mark = self.mark(l);
            match out.last_mut() {
                Some(last) if last.2 == mark => last.1 = l.s1,
                _ => out.push((l.s0, l.s1, mark)),
            }
        }
        out
    }

    /// What holds the speed on a leg.
    pub(crate) fn mark(&self, l: &Leg) -> Mark {
        match l.kind {
            Kind::Free { force, .. } => match self.course.train.traction.force(force).source {
                Source::Effort => Mark::Traction,
                Source::Power => Mark::Power,
                Source::Adhesion => Mark::Adhesion,
            },
            Kind::Follow { slope } if slope < 0.0 => Mark::Braking,
            Kind::Follow { .. } => Mark::Limit,
        }
    }

    /// Seconds after the start at which the head passes places (metres, rising).
    pub fn times_at(&self, places_m: &[f64]) -> Vec<f64> {
        let mut clock = self.clock();
        places_m.iter().map(|s| clock.at(*s).0).collect()
    }

    /// A reader of the run at places that rise.
    pub(crate) fn clock(&self) -> Clock<'_> {
        Clock { run: self, leg: 0 }
    }

    /// Whether traction at a stand, and at every speed up to a walk, lifts the train over the steepest gradient of its
    /// way: then it can start anywhere on it.
    pub(crate) fn climbs_from_a_stand(&self) -> bool {
        let c = &self.course;
        let steepest = c.cells.iter().map(|x| x.grade_at(x.from_m).max(x.grade_at(x.to_m))).fold(f64::MIN, f64::max);
        let walk = 1.0_f64.min(c.train.max_speed_mps);
        [0.0, walk / 2.0, walk].iter().all(|&v| {
            let force = c.train.traction.force(c.train.traction.piece(v, false));
            acceleration(&c.train, force, steepest, v) > 1e-4
        })
    }

    pub(crate) fn course(&self) -> &Arc<Course> {
        &self.course
    }
    pub(crate) fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// Time and speed at a place; at its ends beyond the run.
    pub(crate) fn at(&self, s: f64) -> (f64, f64) {
        let i = self.legs.partition_point(|l| l.s1 < s);
        self.legs.get(i).or(self.legs.last()).map_or((0.0, 0.0), |l| self.within(l, s))
    }

    pub(crate) fn within(&self, l: &Leg, s: f64) -> (f64, f64) {
        if s.is_nan() || s <= l.s0 {
            return (l.t0, l.v0);
        }
        if s >= l.s1 {
            return (l.t1, l.v1);
        }
        match l.kind {
            Kind::Follow { slope } => {
                let v = (l.v0 * l.v0 + slope * (s - l.s0)).max(0.0).sqrt();
                (l.t0 + 2.0 * (s - l.s0) / (v + l.v0), v)
            }
            Kind::Free { span, series, .. } => {
                let y = &self.series[series];
                let way = s - l.s0;
                let p = y.after(way, span);
                (l.t0 + y.time(p), y.speed(p).0.max(0.0))
            }
        }
    }

    /// The series of a leg under full traction.
    pub(crate) fn series(&self, series: usize) -> &Series {
        &self.series[series]
    }

    /// When and how fast the run meets the braking curve to a stand at a place: the last time it rises above it.
    pub(crate) fn brake_for(&self, s: f64) -> (f64, f64) {
        let braking = 2.0 * self.course.train.service_braking_mps2;
        // How far the square of the speed lies above the braking curve.
        let above = |at: f64, v: f64| v * v - braking * (s - at);
        let behind = self.legs.partition_point(|l| l.s1 < s);
        for l in self.legs[..self.legs.len().min(behind + 1)].iter().rev() {
            // A train that brakes along the curve is on it, whatever side rounding puts it.
            if above(l.s0, l.v0) > -1e-9 * l.v0 * l.v0 && l.v0 > 0.0 {
                continue;
            }
            if l.s1 <= s && above(l.s1, l.v1) <= 0.0 {
                return (l.t1, l.v1);
            }
            return match l.kind {
                Kind::Follow { slope } => {
                    let way = if slope > -braking { -above(l.s0, l.v0) / (slope + braking) } else { l.s1 - l.s0 };
                    self.within(l, (l.s0 + way).min(s))
                }
                Kind::Free { span, series, .. } => {
                    let y = &self.series[series];
                    let over = |p: f64| {
                        let ((v, a), (way, gone)) = (y.speed(p), y.way(p));
                        (above(l.s0 + way, v), 2.0 * v * a + braking * gone)
                    };
                    let p = rise(over, (0.0, over(0.0)), (span, over(span)));
                    (l.t0 + y.time(p), y.speed(p).0.max(0.0))
                }
            };
        }
        self.legs.first().map_or((0.0, 0.0), |l| (l.t0, l.v0))
    }
}

/// Reads a run at places that rise, without looking for the leg again.
pub(crate) struct Clock<'a> {
    run: &'a TrainRun,
    leg: usize,
}

impl Clock<'_> {
    /// Time of entry into the leg at a place, and the lower of the speeds at its ends.
    pub fn leg(&mut self, s: f64) -> (f64, f64) {
        self.seek(s);
        self.run.legs.get(self.leg).map_or((0.0, 0.0), |l| (l.t0, l.v0.min(l.v1)))
    }

    /// Time and speed at a place, none before an earlier one.
    pub fn at(&mut self, s: f64) -> (f64, f64) {
        self.seek(s);
        self.run.legs.get(self.leg).map_or((0.0, 0.0), |l| self.run.within(l, s))
    }

    fn seek(&mut self, s: f64) {
        let legs = &self.run.legs;
        while self.leg + 1 < legs.len() && legs[self.leg].s1 < s {
            self.leg += 1;
        }
    }
}
