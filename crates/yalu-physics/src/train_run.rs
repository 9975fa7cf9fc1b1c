//! A finished run: speed over place as legs, each exact within.

use crate::Train;
use crate::motion::{Series, acceleration};
use crate::profile::Cell;
use crate::root::root;
use crate::traction::Source;
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
    pub wheel_j: f64,
    pub braked_j: f64,
    pub cell: usize,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Full traction in a piece of the traction curve, over a span of the parameter.
    Free { force: usize, span: f64 },
    /// Along the allowed speed, whose square changes by so much a metre.
    Follow { slope: f64 },
}

/// A train's run: immutable, exact at every place between its ends.
#[derive(Clone, Debug)]
pub struct TrainRun {
    course: Arc<Course>,
    legs: Vec<Leg>,
}

impl TrainRun {
    pub(crate) fn new(course: Arc<Course>, legs: Vec<Leg>) -> Self {
        Self { course, legs }
    }

    /// Seconds from start to end.
    pub fn duration_s(&self) -> f64 {
        self.legs.last().map_or(0.0, |l| l.t1)
    }
    /// Energy at the wheel, kWh.
    pub fn wheel_kwh(&self) -> f64 {
        self.legs.iter().map(|l| l.wheel_j).sum::<f64>() / 3.6e6
    }
    /// Energy braked away, kWh.
    pub fn braked_kwh(&self) -> f64 {
        self.legs.iter().map(|l| l.braked_j).sum::<f64>() / 3.6e6
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
            let mark = match l.kind {
                Kind::Free { force, .. } => match self.course.train.traction.force(force).source {
                    Source::Effort => Mark::Traction,
                    Source::Power => Mark::Power,
                    Source::Adhesion => Mark::Adhesion,
                },
                Kind::Follow { slope } if slope < 0.0 => Mark::Braking,
                Kind::Follow { .. } => Mark::Limit,
            };
            match out.last_mut() {
                Some(last) if last.2 == mark => last.1 = l.s1,
                _ => out.push((l.s0, l.s1, mark)),
            }
        }
        out
    }

    /// Seconds after the start at which the head passes places (metres, rising).
    pub fn times_at(&self, places_m: &[f64]) -> Vec<f64> {
        let mut out = Vec::with_capacity(places_m.len());
        let mut i = 0;
        let mut series: Option<(usize, Series)> = None;
        for &s in places_m {
            while i + 1 < self.legs.len() && self.legs[i].s1 < s {
                i += 1;
            }
            let Some(l) = self.legs.get(i) else {
                out.push(0.0);
                continue;
            };
            out.push(match l.kind {
                Kind::Free { force, span } if s > l.s0 && s < l.s1 => {
                    if series.as_ref().is_none_or(|x| x.0 != i) {
                        series = Some((i, self.series(l, force)));
                    }
                    let y = &series.get_or_insert_with(|| (i, self.series(l, force))).1;
                    let p = root(|p| y.way(p) - (s - l.s0), 0.0, span);
                    l.t0 + y.time(p)
                }
                _ => self.within(l, s).0,
            });
        }
        out
    }

    /// Where the run begins, metres.
    pub(crate) fn begin_m(&self) -> f64 {
        self.legs.first().map_or(0.0, |l| l.s0)
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

    fn within(&self, l: &Leg, s: f64) -> (f64, f64) {
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
            Kind::Free { force, span } => {
                let y = self.series(l, force);
                let p = root(|p| y.way(p) - (s - l.s0), 0.0, span);
                (l.t0 + y.time(p), y.speed(p).max(0.0))
            }
        }
    }

    fn series(&self, l: &Leg, force: usize) -> Series {
        let c = &self.course;
        Series::new(&c.train, &c.cells[l.cell], c.train.traction.force(force), l.s0, l.v0)
    }

    /// When and how fast the run meets the braking curve to a stand at a place: the last time it rises above it.
    pub(crate) fn brake_for(&self, s: f64) -> (f64, f64) {
        let braking = 2.0 * self.course.train.service_braking_mps2;
        // How far the square of the speed lies above the braking curve.
        let above = |at: f64, v: f64| v * v - braking * (s - at);
        let behind = self.legs.partition_point(|l| l.s1 < s);
        for l in self.legs[..self.legs.len().min(behind + 1)].iter().rev() {
            if above(l.s0, l.v0) > 0.0 {
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
                Kind::Free { force, span } => {
                    let y = self.series(l, force);
                    let p = root(|p| above(l.s0 + y.way(p), y.speed(p)), 0.0, span);
                    (l.t0 + y.time(p), y.speed(p).max(0.0))
                }
            };
        }
        self.legs.first().map_or((0.0, 0.0), |l| (l.t0, l.v0))
    }
}
