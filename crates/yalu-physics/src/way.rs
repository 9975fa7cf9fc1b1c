//! A path as every train of one length meets it: gradient under the whole train, and limits until its tail has left.

use crate::{GRAVITY, PathProfile, PhysicsError, Piece, Train};

/// A path as every train of one length meets it; made once, it serves trains of any mass, traction and braking.
#[derive(Clone, Debug)]
pub struct Way {
    length_m: f64,
    reaches: Vec<Reach>,
}

/// Where under a train its gradient is read.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum GradientUnder {
    /// Averaged over its length, as if its mass lay evenly along it.
    #[default]
    Whole,
    /// Under its front: a train as a point, as most tables of running times have it.
    Front,
    /// Under its centre of mass, so many metres behind its front.
    Centre {
        /// Metres behind the front, 0 to its length.
        behind_m: f64,
    },
}

/// A stretch of line over which the limit is one and the gradient under the whole train a straight line.
#[derive(Clone, Copy, Debug)]
struct Reach {
    from_m: f64,
    to_m: f64,
    limit_mps: f64,
    /// Gradient averaged over the train at its begin, and its change a metre.
    grade: f64,
    grade_slope: f64,
}

/// A stretch of line over which limit and gradient under the whole train are straight lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub from_m: f64,
    pub to_m: f64,
    /// Square of the speed allowed at its end, and its change a metre (0, or minus twice the braking).
    pub allowed_end: f64,
    pub allowed_slope: f64,
    /// The limit before braking for another, m/s.
    pub limit_mps: f64,
    /// Gradient averaged over the train at its begin, and its change a metre.
    pub grade: f64,
    pub grade_slope: f64,
}

impl Cell {
    /// Square of the speed allowed at a place; told from the end, so that it is 0 where a train stands.
    pub fn allowed_at(&self, s: f64) -> f64 {
        (self.allowed_end - self.allowed_slope * (self.to_m - s)).max(0.0)
    }
    pub fn grade_at(&self, s: f64) -> f64 {
        self.grade + self.grade_slope * (s - self.from_m)
    }
}

/// Shorter trains than this (m) are points.
const POINT_M: f64 = 1e-3;
/// Places as near as this (m) are one.
const NEAR_M: f64 = 1e-9;

impl Way {
    /// A path as trains of a length (metres over all; 0 for a point) meet it, its gradient averaged under them.
    pub fn new(profile: &PathProfile, length_m: f64) -> Result<Self, PhysicsError> {
        Self::under(profile, length_m, GradientUnder::Whole)
    }

    /// The same with the gradient read where one likes.
    pub fn under(profile: &PathProfile, length_m: f64, read: GradientUnder) -> Result<Self, PhysicsError> {
        // The gradient is the mean from so many metres behind the head to so many.
        let (fore_m, aft_m) = match read {
            GradientUnder::Whole => (0.0, length_m),
            GradientUnder::Front => (0.0, 0.0),
            GradientUnder::Centre { behind_m } => (behind_m, behind_m),
        };
        if !(0.0..=length_m).contains(&fore_m) {
            return Err(PhysicsError::input(format!("a centre of mass {fore_m} m behind the front of {length_m} m")));
        }
        if !(0.0..=1e5).contains(&length_m) {
            return Err(PhysicsError::input(format!("no train has a length of {length_m} m")));
        }
        let pieces = profile.pieces();
        let end = profile.end_m();
        let mut reaches: Vec<Reach> = Vec::with_capacity(2 * pieces.len());
        let mut from_m = profile.begin_m();
        // The pieces under the head and the tail, and under the ends of where the gradient is read.
        let (mut head, mut tail, mut fore, mut aft) = (0, 0, 0, 0);
        while end - from_m > NEAR_M {
            while head + 1 < pieces.len() && pieces[head].to_m - from_m <= NEAR_M {
                head += 1;
            }
            while tail < head && pieces[tail].to_m + length_m - from_m <= NEAR_M {
                tail += 1;
            }
            for (at, behind_m) in [(&mut fore, fore_m), (&mut aft, aft_m)] {
                while *at < head && pieces[*at].to_m + behind_m - from_m <= NEAR_M {
                    *at += 1;
                }
            }
            let to_m = end
                .min(pieces[head].to_m)
                .min(pieces[tail].to_m + length_m)
                .min(pieces[fore].to_m + fore_m)
                .min(pieces[aft].to_m + aft_m);
            let limit_mps = pieces[tail..=head].iter().map(|p| p.speed_limit_mps).fold(f64::INFINITY, f64::min);
            let (ahead, behind) = (pieces[fore].slope(), pieces[aft].slope());
            let read_m = aft_m - fore_m;
            let (grade, grade_slope) = if aft == fore || read_m < POINT_M {
                (ahead, 0.0)
            } else {
                // Told by the slopes under head and tail: the difference of two heights loses digits on short reaches.
                (climb(&pieces[aft..=fore], from_m - fore_m, read_m) / read_m, (ahead - behind) / read_m)
            };
            reaches.push(Reach { from_m, to_m, limit_mps, grade, grade_slope });
            from_m = to_m;
        }
        Ok(Self { length_m, reaches })
    }

    /// Length of the trains it is for, metres.
    pub fn length_m(&self) -> f64 {
        self.length_m
    }
    /// Begin of the path, metres.
    pub fn begin_m(&self) -> f64 {
        self.reaches.first().map_or(0.0, |r| r.from_m)
    }
    /// End of the path, metres.
    pub fn end_m(&self) -> f64 {
        self.reaches.last().map_or(0.0, |r| r.to_m)
    }

    /// The steepest gradient under the whole train between two places of its head, per mille, curves counted.
    pub fn ruling_permille(&self, from_m: f64, to_m: f64) -> f64 {
        let part = |r: &&Reach| r.to_m > from_m && r.from_m < to_m;
        let steepest = |r: &Reach| {
            let at = |s: f64| r.grade + r.grade_slope * (s.clamp(r.from_m, r.to_m) - r.from_m);
            at(from_m).max(at(to_m))
        };
        1000.0 * self.reaches.iter().filter(part).map(steepest).fold(f64::MIN, f64::max)
    }

    /// Whether a train's brakes hold it wherever it is on its way: its service braking, told for level line, is more than the fall of the
    /// gradient under it gives (`g i / rotating mass`, its running resistance left out).
    pub fn held_by_brakes(&self, train: &Train) -> Result<(), PhysicsError> {
        let held = train.service_braking_mps2 * train.rotating_mass_factor / GRAVITY;
        let falls = |r: &Reach| {
            let end = r.grade + r.grade_slope * (r.to_m - r.from_m);
            if r.grade <= end { (-r.grade, r.from_m) } else { (-end, r.to_m) }
        };
        // The first that the train comes to, where several are as steep.
        let steepest = self.reaches.iter().map(falls).fold((0.0, 0.0), |most, s| if s.0 > most.0 { s } else { most });
        let (fall, at_m) = steepest;
        if fall < held {
            return Ok(());
        }
        Err(PhysicsError::RunsAway { at_m, falls_permille: fall * 1000.0, held_permille: held * 1000.0 })
    }

    /// The cells of a train's way from one place to another; `stop` brings it to a stand at the end.
    ///
    /// A limit holds for the head until the tail has left it; before each lower limit stands its braking curve.
    pub(crate) fn cells(&self, train: &Train, from_m: f64, to_m: f64, stop: bool) -> Vec<Cell> {
        let greatest = train.max_speed_mps.min(train.traction.end_mps());
        let braking = 2.0 * train.service_braking_mps2;
        let first = self.reaches.partition_point(|r| r.to_m - from_m <= NEAR_M).min(self.reaches.len() - 1);
        let behind = self.reaches.partition_point(|r| to_m - r.from_m > NEAR_M).max(first + 1);
        let reaches = &self.reaches[first..behind];
        let mut after = if stop { 0.0 } else { f64::INFINITY };
        let mut out = Vec::with_capacity(reaches.len() + 4);
        for (i, r) in reaches.iter().enumerate().rev() {
            let a = if i == 0 { from_m } else { r.from_m };
            let b = if i + 1 == reaches.len() { to_m } else { r.to_m };
            let limit_mps = r.limit_mps.min(greatest);
            let top = limit_mps * limit_mps;
            let mut cell = |from_m: f64, to_m: f64, allowed_end: f64, allowed_slope: f64| {
                let grade = r.grade + r.grade_slope * (from_m - r.from_m);
                let grade_slope = r.grade_slope;
                out.push(Cell { from_m, to_m, allowed_end, allowed_slope, limit_mps, grade, grade_slope });
            };
            let mut begin = if after < top { b - (top - after) / braking } else { b };
            if b - begin <= NEAR_M {
                begin = b;
            } else if begin - a <= NEAR_M {
                begin = a;
            }
            if begin < b {
                cell(begin, b, after, -braking);
            }
            if begin > a {
                cell(a, begin, top, 0.0);
                after = top;
            } else {
                after = top.min(after + braking * (b - a));
            }
        }
        out.reverse();
        out
    }
}

/// How much higher the head stands than the tail, by the pieces both are on; the first goes on before its begin.
fn climb(pieces: &[Piece], head_m: f64, length_m: f64) -> f64 {
    let tail_m = head_m - length_m;
    let last = pieces.len() - 1;
    let part = |(i, p): (usize, &Piece)| {
        let from = if i == 0 { tail_m } else { p.from_m.max(tail_m) };
        let to = if i == last { head_m } else { p.to_m.min(head_m) };
        (to - from) * p.slope()
    };
    pieces.iter().enumerate().map(part).sum()
}
