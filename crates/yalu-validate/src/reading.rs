//! Reading places off a run.

use crate::Unobserved;
use yalu_physics::{Mark, PathProfile, PhysicsError, Piece, TrainRun};

/// Halvings of a stretch: to the last bits.
const HALVINGS: u32 = 80;

/// A level line from 0 with one limit.
pub(crate) fn level(length_m: f64, limit_mps: f64) -> Result<PathProfile, PhysicsError> {
    PathProfile::new(vec![Piece {
        from_m: 0.0,
        to_m: length_m,
        gradient_permille: 0.0,
        speed_limit_mps: limit_mps,
        curve_radius_m: None,
    }])
}

/// The first place of a stretch that is not before something, by halving.
pub(crate) fn place(mut from_m: f64, mut to_m: f64, before: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(from_m, to_m);
        if before(middle) { from_m = middle } else { to_m = middle }
    }
    to_m
}

/// Where something begins to hold the speed, for the first time.
pub(crate) fn begin(run: &TrainRun, mark: Mark, what: &'static str) -> Result<f64, Unobserved> {
    run.bound().iter().find(|b| b.2 == mark).map(|b| b.0).ok_or(Unobserved::Missing { what })
}

/// The greatest speed of a run, m/s. Between two changes of what holds it, speed goes one way on a level line.
pub(crate) fn peak_mps(run: &TrainRun) -> f64 {
    run.points(10.0).iter().map(|p| p.speed_mps).fold(0.0, f64::max)
}
