//! A train's run on a profile: full traction where the allowed speed is not reached, the allowed speed where it is.

use crate::motion::{Motion, State};
use crate::profile::{Cell, cells};
use crate::{GRAVITY, PathProfile, PhysicsError, Train};

/// How a run ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// At a stand.
    Stop,
    /// At whatever speed is allowed.
    Pass,
}

/// What holds a train's speed on a stretch of its run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Full traction.
    Traction,
    /// A speed limit.
    Limit,
    /// A braking curve.
    Braking,
}

/// Something that crosses zero where a leg ends.
type Zero<'a> = Box<dyn Fn(State) -> f64 + 'a>;

/// A piece of a run, exact within.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leg {
    pub s0: f64,
    pub s1: f64,
    pub t0: f64,
    pub t1: f64,
    pub v0: f64,
    pub v1: f64,
    /// Wheel and braked energy at its begin, joules.
    e0: f64,
    cell: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// Full traction in a piece of the traction curve.
    Free { force: usize },
    /// Along the allowed speed, whose square changes by so much a metre.
    Follow { slope: f64 },
}

/// A finished run.
#[derive(Clone, Debug)]
pub struct TrainRun {
    train: Train,
    cells: Vec<Cell>,
    legs: Vec<Leg>,
    wheel_j: f64,
    braked_j: f64,
}

/// The fastest run of a train from a place to another, entering at a speed.
pub fn run(
    train: &Train,
    profile: &PathProfile,
    from_m: f64,
    to_m: f64,
    entry_mps: f64,
    exit: Exit,
) -> Result<TrainRun, PhysicsError> {
    train.check()?;
    let good = from_m.is_finite() && to_m.is_finite() && from_m < to_m && entry_mps.is_finite() && entry_mps >= 0.0;
    if !good || from_m < profile.begin_m() - 1e-6 || to_m > profile.end_m() + 1e-6 {
        return Err(PhysicsError::Input {
            what: "a run needs two places on its path, one behind the other, and an entry speed not below 0".into(),
        });
    }
    let cells = cells(train, profile, from_m, to_m, exit == Exit::Stop);
    let mut out = TrainRun { train: train.clone(), cells, legs: Vec::new(), wheel_j: 0.0, braked_j: 0.0 };
    out.drive(0, from_m, entry_mps, |_| false)?;
    Ok(out)
}

impl TrainRun {
    /// A run that shares the cells of another and starts from a stand on it; it ends where `merged` says so.
    pub(crate) fn start_on(
        base: &TrainRun,
        from_m: f64,
        merged: impl Fn(&Leg) -> bool,
    ) -> Result<TrainRun, PhysicsError> {
        let first = base.cells.partition_point(|c| c.to_m <= from_m);
        let mut out = TrainRun {
            train: base.train.clone(),
            cells: base.cells.clone(),
            legs: Vec::new(),
            wheel_j: 0.0,
            braked_j: 0.0,
        };
        out.drive(first, from_m, 0.0, merged)?;
        Ok(out)
    }

    fn drive(
        &mut self,
        first: usize,
        from_m: f64,
        entry_mps: f64,
        merged: impl Fn(&Leg) -> bool,
    ) -> Result<(), PhysicsError> {
        let mut t = 0.0;
        let mut x = State { s: from_m, v: entry_mps, e: 0.0 };
        for i in first..self.cells.len() {
            let cell = self.cells[i];
            x.v = x.v.min(cell.allowed_at(x.s).sqrt());
            while x.s < cell.to_m - 1e-9 {
                let leg = self.leg(i, &cell, t, x)?;
                (t, x) = (leg.t1, State { s: leg.s1, v: leg.v1, e: x.e });
                self.legs.push(leg);
                if merged(&leg) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The next leg from a state within a cell.
    fn leg(&mut self, i: usize, cell: &Cell, t: f64, x: State) -> Result<Leg, PhysicsError> {
        let train = &self.train;
        let top = cell.allowed_at(x.s);
        let on_top = x.v * x.v >= top - 1e-9 * top.max(1e-3);
        let follows = |s: f64| {
            let v = cell.allowed_at(s).sqrt();
            let force = train.traction.force(train.traction.piece(v, false));
            Motion { train, cell, force }.acceleration(s, v) - cell.allowed_slope / 2.0
        };
        if on_top && x.v > 0.0 && follows(x.s) >= -1e-12 {
            // Where along the allowed speed traction gives out: the gradient is a straight line in a cell.
            let mut end = cell.to_m;
            if follows(cell.to_m) < 0.0 {
                let (mut low, mut high) = (x.s, cell.to_m);
                for _ in 0..60 {
                    let m = f64::midpoint(low, high);
                    if follows(m) >= 0.0 { low = m } else { high = m }
                }
                end = low;
            }
            if end > x.s + 1e-9 {
                return Ok(self.follow(i, cell, t, x, end));
            }
        }
        self.free(i, cell, t, x)
    }

    fn follow(&mut self, i: usize, cell: &Cell, t: f64, x: State, end: f64) -> Leg {
        let slope = cell.allowed_slope;
        let v1 = cell.allowed_at(end).sqrt();
        let lasts = if slope == 0.0 { (end - x.s) / x.v } else { 2.0 * (v1 - x.v) / slope };
        let e0 = self.wheel_j;
        // Force along the leg: a parabola or flatter but for the linear term of resistance; three points weigh it.
        let force = |s: f64| {
            let v = cell.allowed_at(s).sqrt();
            let m = &self.train;
            m.mass_kg * (m.rotating_mass_factor * slope / 2.0 + GRAVITY * cell.grade_at(s)) + m.resistance.at(v)
        };
        let n = 16;
        let h = (end - x.s) / f64::from(n);
        let (mut wheel, mut braked) = (0.0, 0.0);
        for k in 0..n {
            let (a, b) = (x.s + f64::from(k) * h, x.s + f64::from(k + 1) * h);
            let work = (force(a) + 4.0 * force(f64::midpoint(a, b)) + force(b)) / 6.0 * h;
            if work >= 0.0 { wheel += work } else { braked -= work }
        }
        self.wheel_j += wheel;
        self.braked_j += braked;
        Leg { s0: x.s, s1: end, t0: t, t1: t + lasts, v0: x.v, v1, e0, cell: i, kind: Kind::Follow { slope } }
    }

    fn free(&mut self, i: usize, cell: &Cell, t: f64, x: State) -> Result<Leg, PhysicsError> {
        let train = &self.train;
        let lower = train.traction.piece(x.v, false);
        let upper = train.traction.piece(x.v, true);
        let motion = |force: usize| Motion { train, cell, force: train.traction.force(force) };
        let rising = motion(upper).acceleration(x.s, x.v) >= 0.0;
        let force = if rising { upper } else { lower };
        let m = motion(force);
        let a = m.acceleration(x.s, x.v);
        if x.v < 1e-3 && a <= 0.0 {
            return Err(PhysicsError::Stall { at_m: x.s, missing_n: -a * train.mass_kg * train.rotating_mass_factor });
        }
        // A step reaches at most to the end of the cell at the present speed and acceleration, and a bit.
        let left = cell.to_m - x.s;
        let reach = 2.0 * left / (x.v + (x.v * x.v + 2.0 * a.max(0.0) * left).sqrt()).max(1e-6) * 1.05 + 1e-6;
        let (mut h, mut y) = m.good_step(x, reach.min(600.0));
        let piece = train.traction.force(force);
        let mut ends: [Option<Zero>; 4] = [
            Some(Box::new(|y: State| y.s - cell.to_m)),
            Some(Box::new(|y: State| y.v * y.v - cell.allowed_at(y.s))),
            piece.to_mps.is_finite().then(|| Box::new(|y: State| y.v - piece.to_mps) as Zero),
            (piece.from_mps > 0.0).then(|| Box::new(|y: State| piece.from_mps - y.v) as Zero),
        ];
        for zero in ends.iter_mut().flatten() {
            if zero(y) >= 0.0 && zero(x) < 0.0 {
                (h, y) = m.until(x, h, &*zero);
            }
        }
        if y.v <= 1e-4 && y.s < cell.to_m - 1e-6 {
            let a = m.acceleration(y.s, 0.0);
            if a <= 0.0 {
                return Err(PhysicsError::Stall {
                    at_m: y.s,
                    missing_n: -a * train.mass_kg * train.rotating_mass_factor,
                });
            }
        }
        let s1 = if (y.s - cell.to_m).abs() < 1e-7 { cell.to_m } else { y.s };
        let e0 = self.wheel_j;
        self.wheel_j += y.e - x.e;
        Ok(Leg { s0: x.s, s1, t0: t, t1: t + h, v0: x.v, v1: y.v.max(0.0), e0, cell: i, kind: Kind::Free { force } })
    }

    /// Seconds from start to end.
    pub fn duration_s(&self) -> f64 {
        self.legs.last().map_or(0.0, |l| l.t1)
    }
    /// Energy at the wheel, kWh.
    pub fn wheel_kwh(&self) -> f64 {
        self.wheel_j / 3.6e6
    }
    /// Energy braked away, kWh.
    pub fn braked_kwh(&self) -> f64 {
        self.braked_j / 3.6e6
    }
    /// Seconds after the start at which the head passes a place.
    pub fn time_at(&self, s: f64) -> f64 {
        self.at(s).0
    }
    /// Speed of the head at a place, m/s.
    pub fn speed_at(&self, s: f64) -> f64 {
        self.at(s).1
    }
    /// Stretches of the run by what holds the speed: from, to (metres) and what.
    pub fn bound(&self) -> Vec<(f64, f64, Mark)> {
        let mut out: Vec<(f64, f64, Mark)> = Vec::new();
        for l in &self.legs {
            let mark = match l.kind {
                Kind::Free { .. } => Mark::Traction,
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

    pub(crate) fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// The leg a place lies in.
    pub(crate) fn leg_at(&self, s: f64) -> Option<&Leg> {
        let i = self.legs.partition_point(|l| l.s1 < s);
        self.legs.get(i).or(self.legs.last())
    }

    /// Time and speed at a place; at its ends beyond the run.
    pub(crate) fn at(&self, s: f64) -> (f64, f64) {
        let Some(l) = self.leg_at(s) else {
            return (0.0, 0.0);
        };
        self.within(l, s)
    }

    pub(crate) fn within(&self, l: &Leg, s: f64) -> (f64, f64) {
        if s <= l.s0 {
            return (l.t0, l.v0);
        }
        if s >= l.s1 {
            return (l.t1, l.v1);
        }
        match l.kind {
            Kind::Follow { slope } => {
                let v = (l.v0 * l.v0 + slope * (s - l.s0)).max(0.0).sqrt();
                let t = if slope == 0.0 { (s - l.s0) / l.v0 } else { 2.0 * (v - l.v0) / slope };
                (l.t0 + t, v)
            }
            Kind::Free { force } => {
                let m =
                    Motion { train: &self.train, cell: &self.cells[l.cell], force: self.train.traction.force(force) };
                let x = State { s: l.s0, v: l.v0, e: l.e0 };
                let (h, y) = m.until(x, l.t1 - l.t0, |y| y.s - s);
                (l.t0 + h, y.v)
            }
        }
    }
}
