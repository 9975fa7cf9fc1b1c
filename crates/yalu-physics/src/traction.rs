//! Tractive force over speed: a table, or greatest force and power, and no more than adhesion bears.

use crate::{Adhesion, GRAVITY, PhysicsError};

/// Share by which a chord may lie above a force that falls with speed.
pub const CHORD: f64 = 1e-4;
/// No train of locomotives of two kinds is faster (m/s): from here on its force falls no further.
const FASTEST_MPS: f64 = 150.0;
/// Greater than any force (N) or power (W) of a train; keeps sums of bad values finite.
pub(crate) const MOST: f64 = 1e15;

/// Tractive force at the wheel, as pieces between knots of speed; a resistance told as a table has its knots among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Traction {
    pieces: Vec<Force>,
    /// Where a table ends with force left: the greatest speed it is told for.
    end_mps: f64,
}

/// What a force piece stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Effort,
    Power,
    Adhesion,
}

/// One piece, from one speed to another: `f0 + f1 v + q/(c + d v)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Force {
    pub from_mps: f64,
    pub to_mps: f64,
    pub f0: f64,
    pub f1: f64,
    pub q: f64,
    pub c: f64,
    pub d: f64,
    /// Resistance from a table, N and N per m/s.
    pub r0: f64,
    pub r1: f64,
    pub source: Source,
}

impl Force {
    fn line(from_mps: f64, to_mps: f64, f0: f64, f1: f64) -> Self {
        Self { from_mps, to_mps, f0, f1, q: 0.0, c: 1.0, d: 0.0, r0: 0.0, r1: 0.0, source: Source::Effort }
    }

    pub fn at(&self, v: f64) -> f64 {
        let rest = if self.q == 0.0 { 0.0 } else { self.q / (self.c + self.d * v) };
        self.f0 + self.f1 * v + rest
    }

    /// The part of resistance that is told as a table, N.
    pub fn drag(&self, v: f64) -> f64 {
        self.r0 + self.r1 * v
    }
}

impl Traction {
    /// Greatest force (N), and power at the wheel (W): the lesser of F and P/v.
    pub fn power(max_force_n: f64, power_w: f64) -> Self {
        let knee = power_w / max_force_n;
        if max_force_n == 0.0 || power_w == 0.0 {
            return Self::constant(0.0);
        }
        let flat = Force::line(0.0, knee, max_force_n, 0.0);
        let fall = Force {
            from_mps: knee,
            to_mps: f64::INFINITY,
            f0: 0.0,
            f1: 0.0,
            q: power_w,
            c: 0.0,
            d: 1.0,
            r0: 0.0,
            r1: 0.0,
            source: Source::Power,
        };
        Self { pieces: vec![flat, fall], end_mps: f64::INFINITY }
    }

    /// A constant force at any speed, N.
    pub fn constant(force_n: f64) -> Self {
        Self { pieces: vec![Force::line(0.0, f64::INFINITY, force_n, 0.0)], end_mps: f64::INFINITY }
    }

    /// A table of speed (m/s, rising from 0) and force (N), straight between them.
    ///
    /// A table that ends above zero force ends at the locomotive's greatest speed: no run goes faster.
    pub fn table(knots: &[(f64, f64)]) -> Result<Self, PhysicsError> {
        let Some(last) = last_knot(knots) else {
            return Err(PhysicsError::input("a traction table has speeds rising from 0 and forces not below 0"));
        };
        let mut pieces: Vec<Force> = knots
            .windows(2)
            .map(|w| {
                let slope = (w[1].1 - w[0].1) / (w[1].0 - w[0].0);
                Force::line(w[0].0, w[1].0, w[0].1 - slope * w[0].0, slope)
            })
            .collect();
        pieces.push(Force::line(last.0, f64::INFINITY, 0.0, 0.0));
        let end_mps = if last.1 > 0.0 { last.0 } else { f64::INFINITY };
        Ok(Self { pieces, end_mps })
    }

    /// The same force, but no more than adhesion bears on a mass on driven axles (kg).
    pub fn with_adhesion(self, adhesion: Adhesion, adhesive_mass_kg: f64) -> Result<Self, PhysicsError> {
        adhesion.check()?;
        self.check()?;
        if !(0.0..=1e9).contains(&adhesive_mass_kg) {
            return Err(PhysicsError::input("the mass on driven axles is no number, or below zero"));
        }
        let weight = adhesive_mass_kg * GRAVITY;
        // level + share/(offset + 3.6 v), in newtons.
        let bound = Force {
            from_mps: 0.0,
            to_mps: f64::INFINITY,
            f0: weight * adhesion.level,
            f1: 0.0,
            q: weight * adhesion.share_kmh,
            c: adhesion.offset_kmh,
            d: 3.6,
            r0: 0.0,
            r1: 0.0,
            source: Source::Adhesion,
        };
        let bound = if bound.q == 0.0 { Force { c: 1.0, d: 0.0, ..bound } } else { bound };
        let mut pieces: Vec<Force> = Vec::new();
        for p in &self.pieces {
            let mut cuts = vec![p.from_mps];
            cuts.extend(crossings(p, &bound));
            cuts.push(p.to_mps);
            for w in cuts.windows(2) {
                let inside = if w[1].is_finite() { f64::midpoint(w[0], w[1]) } else { w[0] + 1.0 };
                let least = if bound.at(inside) < p.at(inside) { bound } else { *p };
                match pieces.last_mut() {
                    Some(last) if last.source == Source::Adhesion && least.source == Source::Adhesion => {
                        last.to_mps = w[1];
                    }
                    _ => pieces.push(Force { from_mps: w[0], to_mps: w[1], ..least }),
                }
            }
        }
        Ok(Self { pieces, end_mps: self.end_mps })
    }

    /// The force of so many locomotives that pull, or push, one train together: `count` is above 0.
    #[must_use]
    pub fn times(mut self, count: f64) -> Self {
        for p in &mut self.pieces {
            (p.f0, p.f1, p.q) = (p.f0 * count, p.f1 * count, p.q * count);
        }
        self
    }

    /// The force of two locomotives that pull, or push, one train together.
    ///
    /// Exact where both are told by force and power, by tables, or by adhesion of one kind. Where two forces fall by different laws (power
    /// over speed beside adhesion) the sum is told by chords, at most [`CHORD`] of it above the true one.
    pub fn with_other(self, other: &Self) -> Result<Self, PhysicsError> {
        self.check()?;
        other.check()?;
        let end_mps = self.end_mps.min(other.end_mps);
        let mut knots: Vec<f64> = self.pieces.iter().chain(&other.pieces).map(|p| p.from_mps).collect();
        knots.sort_by(f64::total_cmp);
        knots.dedup();
        let mut pieces = Vec::with_capacity(knots.len());
        for (i, from_mps) in knots.iter().copied().enumerate() {
            let to_mps = knots.get(i + 1).copied().unwrap_or(f64::INFINITY);
            let (a, b) = (self.pieces[self.piece(from_mps, true)], other.pieces[other.piece(from_mps, true)]);
            let stronger = if a.at(from_mps) >= b.at(from_mps) { a } else { b };
            let sum = Force {
                from_mps,
                to_mps,
                f0: a.f0 + b.f0,
                f1: a.f1 + b.f1,
                r0: a.r0 + b.r0,
                r1: a.r1 + b.r1,
                source: stronger.source,
                ..Force::line(from_mps, to_mps, 0.0, 0.0)
            };
            if a.q == 0.0 || b.q == 0.0 || (a.c, a.d) == (b.c, b.d) {
                let law = if a.q == 0.0 { b } else { a };
                pieces.push(Force { q: a.q + b.q, c: law.c, d: law.d, ..sum });
                continue;
            }
            let falls = |v: f64| a.q / (a.c + a.d * v) + b.q / (b.c + b.d * v);
            let end = to_mps.min(FASTEST_MPS.max(from_mps + 1.0));
            let mut v = from_mps;
            while v < end {
                // A chord of q/(c + d v) from v over h lies (h d / (c + d v))² / 4 of it above, to the first order.
                let bend = (a.d / (a.c + a.d * v)).max(b.d / (b.c + b.d * v));
                let to = end.min(v + 2.0 * CHORD.sqrt() / bend);
                let slope = (falls(to) - falls(v)) / (to - v);
                let (f0, f1) = (sum.f0 + falls(v) - slope * v, sum.f1 + slope);
                pieces.push(Force { from_mps: v, to_mps: to, f0, f1, ..sum });
                v = to;
            }
            if end < to_mps {
                pieces.push(Force { from_mps: end, f0: sum.f0 + falls(end), ..sum });
            }
        }
        Ok(Self { pieces, end_mps })
    }

    /// The same force against a resistance told as a table of speed (m/s, rising from 0) and force (N).
    ///
    /// It comes on top of the train's formula; beyond the table the last piece goes on straight.
    pub fn with_resistance_table(self, knots: &[(f64, f64)]) -> Result<Self, PhysicsError> {
        self.check()?;
        if last_knot(knots).is_none() {
            return Err(PhysicsError::input("a resistance table has speeds rising from 0 and forces not below 0"));
        }
        let mut pieces = Vec::with_capacity(self.pieces.len() + knots.len());
        for p in &self.pieces {
            for (i, w) in knots.windows(2).enumerate() {
                let to = if i + 2 == knots.len() { f64::INFINITY } else { w[1].0 };
                let (from_mps, to_mps) = (p.from_mps.max(w[0].0), p.to_mps.min(to));
                if from_mps < to_mps {
                    let slope = (w[1].1 - w[0].1) / (w[1].0 - w[0].0);
                    let (r0, r1) = (p.r0 + w[0].1 - slope * w[0].0, p.r1 + slope);
                    pieces.push(Force { from_mps, to_mps, r0, r1, ..*p });
                }
            }
        }
        Ok(Self { pieces, end_mps: self.end_mps })
    }

    /// The speed below which the resistance table of a piece changes, if there is any table.
    pub(crate) fn drag_changes_below(&self, piece: usize) -> Option<f64> {
        let p = &self.pieces[piece];
        (p.from_mps > 0.0 && self.pieces.iter().any(|x| x.r0 != 0.0 || x.r1 != 0.0)).then_some(p.from_mps)
    }

    /// Newtons at a speed in m/s.
    pub fn at(&self, v: f64) -> f64 {
        self.pieces[self.piece(v, true)].at(v)
    }

    /// The greatest speed the force is told for, m/s; infinite for all but tables.
    pub fn end_mps(&self) -> f64 {
        self.end_mps
    }

    /// The piece a speed lies in; at a knot the upper one when speeding up, else the lower.
    pub(crate) fn piece(&self, v: f64, rising: bool) -> usize {
        let i = self.pieces.partition_point(|p| if rising { p.to_mps <= v } else { p.to_mps < v });
        i.min(self.pieces.len() - 1)
    }

    /// The pieces a speed lies in from below and from above.
    pub(crate) fn pieces_at(&self, v: f64) -> (usize, usize) {
        let lower = self.piece(v, false);
        let upper = if v >= self.pieces[lower].to_mps { self.piece(v, true) } else { lower };
        (lower, upper)
    }

    pub(crate) fn force(&self, piece: usize) -> &Force {
        &self.pieces[piece]
    }

    pub(crate) fn pieces(&self) -> usize {
        self.pieces.len()
    }

    pub(crate) fn check(&self) -> Result<(), PhysicsError> {
        let good = |f: &Force| {
            (0.0..=MOST).contains(&f.at(f.from_mps))
                && f.f0.abs() <= MOST
                && f.f1.abs() <= MOST
                && (0.0..=MOST).contains(&f.q)
        };
        if self.pieces.iter().all(good) {
            return Ok(());
        }
        Err(PhysicsError::input("the tractive force of the train is no number, or below zero"))
    }
}

/// The last knot of a table that is one: speeds rising from 0, forces not below 0.
fn last_knot(knots: &[(f64, f64)]) -> Option<(f64, f64)> {
    let rising = knots.windows(2).all(|w| w[0].0 < w[1].0);
    let inside = |k: &(f64, f64)| k.0.is_finite() && (0.0..=MOST).contains(&k.1);
    let good = knots.len() >= 2 && knots[0].0 == 0.0 && rising && knots.iter().all(inside);
    if good { knots.last().copied() } else { None }
}

/// Speeds within a piece at which another force equals it, rising.
fn crossings(p: &Force, other: &Force) -> Vec<f64> {
    // (f0 + f1 v)(c + d v) + q of the difference, times both denominators: no more than a square.
    let level = p.f0 - other.f0;
    let (a, b, c) = if p.d == 0.0 {
        (p.f1 * other.d, level * other.d + p.f1 * other.c, level * other.c - other.q)
    } else {
        // Power over speed against level + q/(c + d v).
        (level * p.d * other.d, level * p.d * other.c + p.q * other.d - other.q * p.d, p.q * other.c)
    };
    let mut out: Vec<f64> = Vec::new();
    if a == 0.0 {
        out.push(-c / b);
    } else {
        let d = b * b - 4.0 * a * c;
        if d >= 0.0 {
            let far = -0.5 * (b + d.sqrt().copysign(b));
            out.extend([far / a, c / far]);
        }
    }
    out.retain(|v| v.is_finite() && *v > p.from_mps && *v < p.to_mps);
    out.sort_by(f64::total_cmp);
    out.dedup();
    out
}
