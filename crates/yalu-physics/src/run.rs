//! Driving a train down its profile: full traction below the allowed speed, the allowed speed where it is reached.

use crate::motion::{Series, acceleration, coasting_n, inertia};
use crate::root::{Told, rise, root};
use crate::traction::Force;
use crate::train_run::{Course, Kind, Leg, TrainRun};
use crate::way::{Cell, Way};
use crate::{PathProfile, PhysicsError, Train};
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
/// A train slower than this (m/s), and slowing down under full traction, stands.
const STAND_MPS: f64 = 1e-6;
/// A stretch in which as small a part lacks traction lacks none.
const SHORT: f64 = 1e-5;
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
    let way = Way::under(profile, train.length_m, train.gradient)?;
    run_on(train, &way, from_m, to_m, entry_speed_mps, exit, tolerance_mps)
}

/// The same on a way that trains of one length share.
pub fn run_on(
    train: &Train,
    way: &Way,
    from_m: f64,
    to_m: f64,
    entry_speed_mps: f64,
    exit: Exit,
    tolerance_mps: f64,
) -> Result<TrainRun, PhysicsError> {
    train.check()?;
    if train.length_m != way.length_m() {
        return Err(PhysicsError::input(format!(
            "a train of {} m on a way for trains of {} m",
            train.length_m,
            way.length_m()
        )));
    }
    if !(from_m.is_finite() && to_m.is_finite() && from_m < to_m) {
        return Err(PhysicsError::input("a run needs two places, one behind the other"));
    }
    if from_m < way.begin_m() - 1e-6 || to_m > way.end_m() + 1e-6 {
        return Err(PhysicsError::input(format!("a run from {from_m} m to {to_m} m leaves its path")));
    }
    if !(1e-15..=1e-3).contains(&tolerance_mps) {
        return Err(PhysicsError::input("the tolerance of a run lies between 1e-15 and 1e-3 m/s"));
    }
    let cells = way.cells(train, from_m, to_m, exit == Exit::Stop);
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
    merged: impl FnMut(&Leg) -> bool,
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
    mut merged: impl FnMut(&Leg) -> bool,
) -> Result<TrainRun, PhysicsError> {
    let cells = course.cells.len().saturating_sub(first);
    let mut legs: Vec<Leg> = Vec::with_capacity(2 * cells);
    let mut series: Vec<Series> = Vec::with_capacity(cells);
    // Far above what a run needs; a bound for values that make steps vanish.
    let most_legs = 100 * (course.cells.len() + course.train.traction.pieces()) + 10_000;
    let mut x = State { t: 0.0, s: from_m, v: entry_mps };
    for (i, cell) in course.cells.iter().enumerate().skip(first) {
        while x.s < cell.to_m {
            // Rounding alone can lift a speed above the allowed one.
            x.v = x.v.min(cell.allowed_at(x.s).sqrt());
            let leg = next_leg(course, i, x, &mut series)?;
            if legs.len() >= most_legs || !leg.t1.is_finite() || !leg.v1.is_finite() {
                return Err(PhysicsError::Crawl { at_m: x.s, speed_mps: x.v });
            }
            if leg.v1 < STAND_MPS && leg.v1 < leg.v0 && leg.s1 < cell.to_m {
                // Where the gradient rises slowly a train nears a stand for ever.
                return Err(stall(&course.train, cell, leg.s1, cell.to_m));
            }
            x = State { t: leg.t1, s: leg.s1, v: leg.v1 };
            legs.push(leg);
            if merged(&leg) {
                return Ok(TrainRun::new(course.clone(), legs, series));
            }
        }
    }
    Ok(TrainRun::new(course.clone(), legs, series))
}

fn next_leg(course: &Course, i: usize, x: State, series: &mut Vec<Series>) -> Result<Leg, PhysicsError> {
    let cell = &course.cells[i];
    let top = cell.allowed_at(x.s);
    if x.v > 0.0 && x.v * x.v >= top * (1.0 - 1e-12) {
        let end = held_until(&course.train, cell, x.s).min(drag_changes(&course.train, cell, x));
        if end > x.s {
            return Ok(follow(i, cell, x, end));
        }
    }
    free(course, i, cell, x, series)
}

/// How far on from a place traction suffices to hold the allowed speed.
fn held_until(train: &Train, cell: &Cell, from_m: f64) -> f64 {
    // What full traction gives above what the allowed speed needs, m/s².
    let spare = |s: f64| {
        let v = cell.allowed_at(s).sqrt();
        let force = train.traction.force(train.traction.piece(v, false));
        acceleration(train, force, cell.grade_at(s), v) - cell.allowed_slope / 2.0 + STILL_MPS2
    };
    let way = cell.to_m - from_m;
    let begin = spare(from_m);
    if cell.allowed_slope == 0.0 {
        // At one speed it is a straight line.
        let end = spare(cell.to_m);
        let part = begin / (begin - end);
        return match (begin < 0.0, end < 0.0) {
            (false, false) => cell.to_m,
            (false, true) => from_m + part * way,
            (true, false) if part < SHORT => cell.to_m,
            (true, _) => from_m,
        };
    }
    // Most braking needs no traction at all.
    let steepest = cell.grade_at(from_m).max(cell.grade_at(cell.to_m));
    let fastest = cell.allowed_at(from_m).sqrt();
    let force = train.traction.force(train.traction.piece(fastest, false));
    if coasting_n(train, force, steepest, fastest) >= inertia(train) * cell.allowed_slope / 2.0 {
        return cell.to_m;
    }
    if begin < 0.0 && spare(from_m + SHORT * way) < 0.0 {
        return from_m;
    }
    let mut before = from_m + SHORT * way;
    for k in 1..=PARTS {
        let s = if k == PARTS { cell.to_m } else { from_m + way * f64::from(k) / f64::from(PARTS) };
        if spare(s) < 0.0 {
            return if spare(before) < 0.0 { before } else { root(spare, before, s) };
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
fn follow(i: usize, cell: &Cell, x: State, end: f64) -> Leg {
    let (v0, v1) = (cell.allowed_at(x.s).sqrt(), cell.allowed_at(end).sqrt());
    Leg {
        s0: x.s,
        s1: end,
        t0: x.t,
        t1: x.t + 2.0 * (end - x.s) / (v0 + v1),
        v0,
        v1,
        cell: i,
        kind: Kind::Follow { slope: cell.allowed_slope },
    }
}

/// A stall at a place, for want of the force to stand still there or at one farther on.
fn stall(train: &Train, cell: &Cell, s: f64, on_m: f64) -> PhysicsError {
    let a = acceleration(train, train.traction.force(0), cell.grade_at(s).max(cell.grade_at(on_m)), 0.0);
    PhysicsError::Stall { at_m: s, missing_n: (-a * inertia(train)).max(0.0) }
}

/// A leg under full traction, up to the first event.
fn free(course: &Course, i: usize, cell: &Cell, x: State, series: &mut Vec<Series>) -> Result<Leg, PhysicsError> {
    let train = &course.train;
    let left = cell.to_m - x.s;
    let (lower, upper) = train.traction.pieces_at(x.v);
    let a = acceleration(train, train.traction.force(upper), cell.grade_at(x.s), x.v);
    if x.v <= 0.0 && a <= 0.0 {
        return Err(stall(train, cell, x.s, x.s));
    }
    let mut force = if a > 0.0 || (a == 0.0 && cell.grade_slope <= 0.0) { upper } else { lower };
    let begin = |force: usize| Series::new(train, cell, train.traction.force(force), x.s, x.v, course.tolerance_mps);
    let mut y = begin(force);
    // Where the gradient turns speeding up into slowing down, a step ends: in each, speed goes one way.
    let mut h = turned(&y, cell, train.traction.force(force)).unwrap_or(y.span);
    if lower != upper && (y.speed(h).0 >= x.v) != (force == upper) {
        force = lower + upper - force;
        y = begin(force);
        h = turned(&y, cell, train.traction.force(force)).unwrap_or(y.span);
    }
    let piece = train.traction.force(force);
    let (mut v, mut way) = (y.speed(h), y.way(h));
    let mut end = End::Step;
    if v.0 <= 0.0 && x.v > 0.0 {
        h = rise(|p| negative(y.speed(p)), (0.0, negative(y.speed_at_begin())), (h, negative(v)));
        (v, way) = (y.speed(h), y.way(h));
        end = End::Stand;
    }
    if way.0 >= left {
        h = y.after(left, h);
        (v, way) = (y.speed(h), (left, way.1));
        end = End::Cell;
    }
    let above =
        |(v, a): Told, (way, gone): Told| (v * v - cell.allowed_at(x.s + way), 2.0 * v * a - cell.allowed_slope * gone);
    let above_at = |p: f64| above(y.speed(p), y.way(p));
    let over = if v.0 > x.v || cell.allowed_slope == 0.0 {
        // Then the speed rises against the allowed one all the way.
        (v.0 > x.v && above(v, way).0 >= 0.0).then_some((0.0, h))
    } else {
        rise_of(&above_at, h)
    };
    if let Some((low, high)) = over {
        let (at_low, at_high) = (above_at(low), above_at(high));
        if at_low.0 >= 0.0 {
            // On the allowed speed from the begin: what traction lacks to hold it is lost in rounding.
            return Ok(follow(i, cell, x, cell.to_m));
        }
        h = rise(above_at, (low, at_low), (high, at_high));
        (v, way) = (y.speed(h), y.way(h));
        end = End::Speed(cell.allowed_at((x.s + way.0).min(cell.to_m)).sqrt());
    }
    let (knot, sign) = if v.0 >= x.v { (piece.to_mps, 1.0) } else { (piece.from_mps, -1.0) };
    if knot != x.v && knot > 0.0 && sign * (v.0 - knot) >= 0.0 {
        let beyond = |(v, slope): Told| (sign * (v - knot), sign * slope);
        h = rise(|p| beyond(y.speed(p)), (0.0, beyond(y.speed_at_begin())), (h, beyond(v)));
        way = y.way(h);
        end = End::Speed(knot);
    }
    let s1 = (x.s + way.0).min(cell.to_m);
    let (s1, v1) = match end {
        End::Stand => return Err(stall(train, cell, s1, s1)),
        End::Cell => (cell.to_m, v.0),
        End::Speed(v) => (s1, v),
        End::Step => (s1, v.0),
    };
    let kind = Kind::Free { force, span: h, series: series.len() };
    let leg = Leg { s0: x.s, s1, t0: x.t, t1: x.t + y.time(h), v0: x.v, v1: v1.max(0.0), cell: i, kind };
    series.push(y);
    Ok(leg)
}

/// What ends a leg under full traction.
enum End {
    /// The reach of its series.
    Step,
    /// The train comes to a stand.
    Stand,
    /// The end of its cell.
    Cell,
    /// A speed: the allowed one, or a knot of traction.
    Speed(f64),
}

/// Where a changing gradient turns speeding up into slowing down or back: at most once, as it is a straight line.
///
/// A turn that leaves the train far from every speed at which something happens does not count.
fn turned(y: &Series, cell: &Cell, force: &Force) -> Option<f64> {
    if cell.grade_slope == 0.0 {
        return None;
    }
    let ((v, begin), (v_end, end)) = (y.speed_at_begin(), y.speed(y.span));
    if (begin > 0.0) == (end > 0.0) {
        return None;
    }
    let turn = v + 2.0 * begin * y.span;
    let (least, most) = (v_end.min(turn), v_end.max(turn));
    let inside = least > force.from_mps.max(0.0) && most < force.to_mps;
    if cell.allowed_slope == 0.0 && inside && most * most < cell.allowed_end {
        return None;
    }
    let turn = root(|p| y.speed(p).1, 0.0, y.span);
    (turn > 1e-6 * y.span).then_some(turn)
}

fn negative((value, slope): Told) -> Told {
    (-value, -slope)
}

/// The first part of 0 to `h` in which a function, told with its derivative, comes from below zero to zero or above.
fn rise_of(f: &impl Fn(f64) -> Told, h: f64) -> Option<(f64, f64)> {
    // Just after the begin: a train that has only now left the allowed speed lies on it by rounding.
    let mut low = if f(0.0).0 < 0.0 { 0.0 } else { 1e-3 * h };
    if f(low).0 >= 0.0 {
        return None;
    }
    for k in 1..=PARTS / 2 {
        let high = h * f64::from(k) / f64::from(PARTS / 2);
        if f(high).0 >= 0.0 {
            return Some((low, high));
        }
        low = high;
    }
    None
}
