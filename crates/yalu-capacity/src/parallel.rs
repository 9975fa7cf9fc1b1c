//! Trains a day from a cycle: the parallel diagram, what other trains take away from it, and rounding.

use crate::error::{above_zero, not_negative, share, within_day};
use crate::{CapacityError, DAY_S};

/// A day of equal trains, one cycle after the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParallelDiagram {
    /// Length of a cycle, s.
    pub cycle_s: f64,
    /// What a cycle carries, K: 1 pair on single track, 1 train of a direction on double track, k pairs in platoons.
    pub units_per_cycle: f64,
    /// Hours of no traffic, `T_fixed` (possessions, 天窗), s a day.
    pub fixed_s_per_day: f64,
    /// Share of the day that can be used, d; 1 for the bound no timetable passes.
    pub effective_share: f64,
}

impl ParallelDiagram {
    /// Units a day, exact: `n = (86400 − T_fixed)·d·K/T` (Chinese rules, 平行运行图通过能力).
    pub fn per_day(&self) -> Result<f64, CapacityError> {
        above_zero("the cycle", self.cycle_s)?;
        not_negative("the units of a cycle", self.units_per_cycle)?;
        within_day("the time of no traffic", self.fixed_s_per_day)?;
        share("the effective share", self.effective_share)?;
        Ok((DAY_S - self.fixed_s_per_day) * self.effective_share * self.units_per_cycle / self.cycle_s)
    }
}

/// Trains a day of one direction of a double-track section: a train each headway.
pub fn double_track_per_day(headway_s: f64, fixed_s_per_day: f64, effective_share: f64) -> Result<f64, CapacityError> {
    above_zero("the headway", headway_s)?;
    ParallelDiagram { cycle_s: headway_s, units_per_cycle: 1.0, fixed_s_per_day, effective_share }.per_day()
}

/// Trains of one kind, and how many parallel freight trains each of them displaces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Displacing {
    /// Trains (or pairs) a day.
    pub per_day: f64,
    /// Deduction coefficient ε. Passenger about 1.1 to 1.3, pick-up freight 1.3 to 1.5 on single track (recalled, not
    /// re-read).
    pub coefficient: f64,
}

/// Freight trains of a non-parallel diagram, pick-up trains among them: `n − Σ ε_p n_p − Σ (ε_x − 1) n_x`, not below
/// zero. `passenger` trains take their whole share away, `pick_up` trains only what they take above a plain one.
pub fn non_parallel_freight_per_day(
    parallel_per_day: f64,
    passenger: &[Displacing],
    pick_up: &[Displacing],
) -> Result<f64, CapacityError> {
    not_negative("the capacity of the parallel diagram", parallel_per_day)?;
    let mut left = parallel_per_day;
    for (trains, whole) in passenger.iter().map(|t| (t, 0.0)).chain(pick_up.iter().map(|t| (t, 1.0))) {
        not_negative("the number of displacing trains", trains.per_day)?;
        not_negative("the deduction coefficient", trains.coefficient)?;
        left -= (trains.coefficient - whole) * trains.per_day;
    }
    Ok(left.max(0.0))
}

/// A sum of decimals that should be whole is a hair below it.
const HAIR: f64 = 1e-9;

/// The parallel diagram is quoted to one decimal.
pub fn parallel_rounded(per_day: f64) -> f64 {
    (per_day * 10.0).round() / 10.0
}

/// Pairs of a non-parallel diagram: a rest below 0.5 is dropped, from 0.5 up it counts 0.5.
pub fn non_parallel_pairs_rounded(pairs_per_day: f64) -> f64 {
    (pairs_per_day * 2.0 + HAIR).floor() / 2.0
}

/// Trains of a non-parallel diagram: whole ones only (79.6 is 79).
pub fn non_parallel_trains_rounded(trains_per_day: f64) -> f64 {
    (trains_per_day + HAIR).floor()
}
