//! Driving a train down its profile: full traction below the allowed speed, the allowed speed where it is reached.

use crate::motion::{Series, acceleration, coasting_n, inertia};
use crate::profile::{Cell, cells};
use crate::root::root;
use crate::train_run::{Course, Kind, Leg, TrainRun};
use crate::{GRAVITY, PathProfile, PhysicsError, Train};
use std::sync::Arc;

/// How a run ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// At a stand.
    Stop,
    /// At whatever speed is allowed.
    Pass,
}

/// Error of speed (m/s) allowed in one step of a run: a ten-thousandth of what would move a long run by 1 ms.
pub const TOLERANCE_MPS: f64 = 1e-12;

/// Accelerations (m/s²) as small as this are none.
const STILL_MPS2: f64 = 1e-9;
/// Parts in which a stretch is looked at for a change of sign that need not be its only one.
const PARTS: i32 = 8;

/// The fastest run of a train from a place to another (metres along the profile), entering at a speed (m/s).
pub fn run(
    train: &Train,
    profile: &PathProfile,
    from_m: f64,
    to_m: f64,
    entry_speed_mps: f64,
    exit: Exit,
) -> Result<TrainRun, PhysicsError> {
    run_within(train, profile, from_m, to_m, entry_speed_mps, exit, TOLERANCE_MPS)
}

/// The same with a tolerance of one's own, m/s in one step, from 1e-15 to 1e-3.
pub fn run_within(
    train: &Train,
    profile: &PathProfile,
    from_m: f64,
    to_m: f64,
    entry_speed_mps: f64,
    exit: Exit,
    tolerance_mps: f64,
) -> Result<TrainRun, PhysicsError> {
    train.check()?;
    if !(from_m.is_finite() && to_m.is_finite() && from_m < to_m) {
        return Err(PhysicsError::input("a run needs two places, one behind the other"));
    }
    if from_m < profile.begin_m() - 1e-6 || to_m > profile.end_m() + 1e-6 {
        return Err(PhysicsError::input(format!("a run from {from_m} m to {to_m} m leaves its path")));
    }
    if !(1e-15..=1e-3).contains(&tolerance_mps) {
        return Err(PhysicsError::input("the tolerance of a run lies between 1e-15 and 1e-3 m/s"));
    }
    let cells = cells(train, profile, from_m, to_m, exit == Exit::Stop);
    let allowed = cells.first().map_or(0.0, |c| c.allowed_at(from_m)).sqrt();
    if !(0.0..=allowed * (1.0 + 1e-9)).contains(&entry_speed_mps) {
        return Err(PhysicsError::input(format!(
            "a train enters at {entry_speed_mps} m/s, where {allowed} m/s are the most from which it can still brake"
        )));
    }
    let course = Arc::new(Course { train: train.clone(), cells, tolerance_mps });
    drive(&course, 0, from_m, entry_speed_mps, |_| false)
}

/// A run that shares the course of another and starts from a stand on it; it ends where `merged` says so.
pub(crate) fn start_on(
    course: &Arc<Course>,
    from_m: f64,
    merged: impl Fn(&Leg) -> bool,
) -> Result<TrainRun, PhysicsError> {
    let first = course.cells.partition_point(|c| c.to_m <= from_m);
    drive(course, first, from_m, 0.0, merged)
}

/// Where a train is, how fast, and when.
#[derive(Clone, Copy)]
struct State {
    t: f64,
    s: f64,
    v: f64,
}

fn drive(
    course: &Arc<Course>,
    first: usize,
    from_m: f64,
    entry_mps: f64,
    merged: impl Fn(&Leg) -> bool,
) -> Result<TrainRun, PhysicsError> {
    let mut legs: Vec<Leg> = Vec::with_capacity(2 * (course.cells.len() - first));
    // Far above what a run needs; a bound for values that make steps vanish.
    let most_legs = 100 * (course.cells.len() + course.train.traction.pieces()) + 10_000;
    let mut x = State { t: 0.0, s: from_m, v: entry_mps };
    for i in first..course.cells.len() {
        let cell = &course.cells[i];
        while x.s < cell.to_m {
            // Rounding alone can lift a speed above the allowed one.
            x.v = x.v.min(cell.allowed_at(x.s).sqrt());
            let leg = next_leg(course, i, x)?;
            if legs.len() >= most_legs || !leg.t1.is_finite() || !leg.v1.is_finite() {
                return Err(PhysicsError::input(format!("these values leave no run to compute beyond {} m", x.s)));
            }
            x = State { t: leg.t1, s: leg.s1, v: leg.v1 };
            legs.push(leg);
            if merged(&leg) {
                return Ok(TrainRun::new(course.clone(), legs));
            }
        }
    }
    Ok(TrainRun::new(course.clone(), legs))
}

fn next_leg(course: &Course, i: usize, x: State) -> Result<Leg, PhysicsError> {
    let cell = &course.cells[i];
    let top = cell.allowed_at(x.s);
    if x.v > 0.0 && x.v * x.v >= top * (1.0 - 1e-12) {
        let end = held_until(&course.train, cell, x.s).min(drag_changes(&course.train, cell, x));
        if end > x.s {
            return Ok(follow(&course.train, i, cell, x, end));
        }
    }
    free(course, i, cell, x)
}

/// How far on from a place traction suffices to hold the allowed speed.
fn held_until(train: &Train, cell: &Cell, from_m: f64) -> f64 {
    // What full traction gives above what the allowed speed needs, m/s².
    let spare = |s: f64| {
        let v = cell.allowed_at(s).sqrt();
        let force = train.traction.force(train.traction.piece(v, false));
        acceleration(train, force, cell.grade_at(s), v) - cell.allowed_slope / 2.0 + STILL_MPS2
    };
    if cell.allowed_slope < 0.0 {
        // Most braking needs no traction at all.
        let steepest = cell.grade_at(from_m).max(cell.grade_at(cell.to_m));
        let fastest = cell.allowed_at(from_m).sqrt();
        let force = train.traction.force(train.traction.piece(fastest, false));
        if coasting_n(train, force, steepest, fastest) >= inertia(train) * cell.allowed_slope / 2.0 {
            return cell.to_m;
        }
    }
    if spare(from_m) < 0.0 {
        return from_m;
    }
    let mut before = from_m;
    for k in 1..=PARTS {
        let s = if k == PARTS { cell.to_m } else { from_m + (cell.to_m - from_m) * f64::from(k) / f64::from(PARTS) };
        if spare(s) < 0.0 {
            return root(spare, before, s);
        }
        before = s;
    }
    cell.to_m
}

/// Where braking brings a train below the piece of its resistance table; far off without such a table.
fn drag_changes(train: &Train, cell: &Cell, x: State) -> f64 {
    if cell.allowed_slope >= 0.0 {
        return cell.to_m;
    }
    let knot = train.traction.drag_changes_below(train.traction.piece(x.v, false));
    let end = knot.map_or(cell.to_m, |v| x.s + (x.v * x.v - v * v) / -cell.allowed_slope);
    // Rounding must not leave a train where it is.
    if end - x.s > 1e-6 { end } else { cell.to_m }
}

/// A leg along the allowed speed.
fn follow(train: &Train, i: usize, cell: &Cell, x: State, end: f64) -> Leg {
    let slope = cell.allowed_slope;
    let square = cell.allowed_at(x.s);
    let (v0, v1) = (square.sqrt(), cell.allowed_at(end).sqrt());
    // Force at the wheel at a way into the leg; where it is below zero, brakes give it.
    let r = train.resistance;
    let table = train.traction.force(train.traction.piece(f64::midpoint(v0, v1), false));
    let linear = r.linear_n_per_mps + table.r1;
    let level = inertia(train) * slope / 2.0 + train.mass_kg * GRAVITY * cell.grade_at(x.s) + r.constant_n + table.r0;
    let rise = train.mass_kg * GRAVITY * cell.grade_slope;
    let speed = |way: f64| (square + slope * way).max(0.0).sqrt();
    let force = |way: f64| {
        let v = speed(way);
        level + rise * way + v * (linear + v * r.quadratic_n_per_mps2)
    };
    // ∫ v ds is (v1³ − v0³)/(3/2 slope), written without the division.
    let work = |way: f64| {
        let v = speed(way);
        let mean = if v + v0 > 0.0 { 2.0 / 3.0 * (v * v + v * v0 + v0 * v0) / (v + v0) } else { 0.0 };
        way * (level + rise * way / 2.0 + linear * mean) + r.quadratic_n_per_mps2 * way * (square + slope * way / 2.0)
    };
    let (mut wheel, mut braked) = (0.0, 0.0);
    let mut add = |from: f64, to: f64| {
        let done = work(to) - work(from);
        if done >= 0.0 { wheel += done } else { braked -= done }
    };
    let way = end - x.s;
    let mut from = 0.0;
    let mut before = 0.0;
    for k in 1..=PARTS {
        let to = way * f64::from(k) / f64::from(PARTS);
        if (force(before) < 0.0) != (force(to) < 0.0) {
            let turn = root(force, before, to);
            add(from, turn);
            from = turn;
        }
        before = to;
    }
    add(from, way);
    Leg {
        s0: x.s,
        s1: end,
        t0: x.t,
        t1: x.t + 2.0 * way / (v0 + v1),
        v0,
        v1,
        wheel_j: wheel,
        braked_j: braked,
        cell: i,
        kind: Kind::Follow { slope },
    }
}

fn stall(train: &Train, cell: &Cell, s: f64) -> PhysicsError {
    let a = acceleration(train, train.traction.force(0), cell.grade_at(s), 0.0);
    PhysicsError::Stall { at_m: s, missing_n: (-a * inertia(train)).max(0.0) }
}

/// A leg under full traction, up to the first event.
fn free(course: &Course, i: usize, cell: &Cell, x: State) -> Result<Leg, PhysicsError> {
    let train = &course.train;
    let left = cell.to_m - x.s;
    let (lower, upper) = (train.traction.piece(x.v, false), train.traction.piece(x.v, true));
    let a = acceleration(train, train.traction.force(upper), cell.grade_at(x.s), x.v);
    if x.v <= 0.0 && a <= 0.0 {
        return Err(stall(train, cell, x.s));
    }
    let mut rising = a > 0.0 || (a == 0.0 && cell.grade_slope <= 0.0);
    let begin = |rising: bool| {
        let force = train.traction.force(if rising { upper } else { lower });
        let y = Series::new(train, cell, force, x.s, x.v);
        let mut h = y.reach(course.tolerance_mps).min(y.until_about(left));
        // Where the gradient turns speeding up into slowing down, a step ends: in each, speed goes one way.
        // It turns at most once, as the gradient is a straight line.
        if (y.speeding(0.0) > 0.0) != (y.speeding(h) > 0.0) {
            let turn = root(|p| y.speeding(p), 0.0, h);
            if turn > 1e-6 * h {
                h = turn;
            }
        }
        (y, h)
    };
    let (mut y, mut h) = begin(rising);
    if (y.speed(h) >= x.v) != rising && lower != upper {
        rising = !rising;
        (y, h) = begin(rising);
    }
    let piece = train.traction.force(if rising { upper } else { lower });
    let mut end = None;
    if y.way(h) >= left {
        h = root(|p| y.way(p) - left, 0.0, h);
        end = Some((cell.to_m, None));
    }
    let above = |p: f64| y.speed(p).powi(2) - cell.allowed_at(x.s + y.way(p));
    if let Some((low, high)) = rise_of(&above, h) {
        h = root(above, low, high);
        let s = (x.s + y.way(h)).min(cell.to_m);
        end = Some((s, Some(cell.allowed_at(s).sqrt())));
    }
    let knot = if y.speed(h) >= x.v { piece.to_mps } else { piece.from_mps.max(0.0) };
    let over = |p: f64| y.speed(p) - knot;
    if knot != x.v && knot.is_finite() && (over(h) >= 0.0) != (x.v > knot) {
        h = root(over, 0.0, h);
        end = Some(((x.s + y.way(h)).min(cell.to_m), Some(knot)));
        if knot == 0.0 {
            return Err(stall(train, cell, x.s + y.way(h)));
        }
    }
    let (s1, speed) = end.unwrap_or(((x.s + y.way(h)).min(cell.to_m), None));
    Ok(Leg {
        s0: x.s,
        s1,
        t0: x.t,
        t1: x.t + y.time(h),
        v0: x.v,
        v1: speed.unwrap_or_else(|| y.speed(h)).max(0.0),
        wheel_j: y.work(h),
        braked_j: 0.0,
        cell: i,
        kind: Kind::Free { force: if rising { upper } else { lower }, span: h },
    })
}

/// The first part of 0 to `h` in which a function rises from below zero to zero or above.
fn rise_of(f: &impl Fn(f64) -> f64, h: f64) -> Option<(f64, f64)> {
    // Just after the begin: a train that has only now left the allowed speed lies on it by rounding.
    let mut low = if f(0.0) < 0.0 { 0.0 } else { 1e-3 * h };
    if f(low) >= 0.0 {
        return None;
    }
    for k in 1..=PARTS / 2 {
        let high = h * f64::from(k) / f64::from(PARTS / 2);
        if f(high) >= 0.0 {
            return Some((low, high));
        }
        low = high;
    }
    None
}
