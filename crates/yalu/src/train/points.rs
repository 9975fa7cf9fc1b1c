//! A finished run as points for pictures and tables.

use yalu_chart::{Binds, RunPoint};
use yalu_physics::{Mark, Piece, Train, TrainRun};

/// Curve resistance 600/R N/kN (Chinese rules of traction), per mille.
const CURVE: f64 = 600.0;

/// The run between two places at every change of line or of what binds, and at least every so many metres.
///
/// Reads the run by speed and time at a place; limit, braking envelope and gradient are laid under it from the line.
pub fn points(run: &TrainRun, train: &Train, pieces: &[Piece], (from, to): (f64, f64), step_m: f64) -> Vec<RunPoint> {
    let bound = run.bound();
    let length = train.length_m;
    let mut places: Vec<f64> = vec![from, to];
    places.extend(bound.iter().flat_map(|b| [b.0, b.1]));
    places.extend(pieces.iter().flat_map(|p| [p.from_m, p.to_m, p.to_m + length]));
    let steps = ((to - from) / step_m.max(1.0)).ceil().min(1e6);
    places.extend((1..steps as usize).map(|k| from + (to - from) * k as f64 / steps));
    places.retain(|s| (from..=to).contains(s));
    places.sort_by(f64::total_cmp);
    places.dedup_by(|b, a| *b - *a < 1e-6);
    let times = run.times_at(&places);
    let mut out: Vec<RunPoint> = Vec::with_capacity(places.len());
    for (&s, time_s) in places.iter().zip(times) {
        let mark = bound.iter().find(|b| b.0 <= s && s < b.1).or(bound.last()).map_or(Mark::Limit, |b| b.2);
        out.push(RunPoint {
            at_m: s,
            time_s,
            speed_mps: run.speed_at(s),
            limit_mps: limit(pieces, s, length).min(train.max_speed_mps),
            braking_mps: 0.0,
            gradient_permille: gradient(pieces, s, length),
            mark: binds(mark),
        });
    }
    // Backward from the stand: no faster than braking can still bring down to what follows.
    let mut square = 0.0;
    for i in (0..out.len()).rev() {
        if let Some(next) = out.get(i + 1) {
            square += 2.0 * train.service_braking_mps2 * (next.at_m - out[i].at_m);
            square = f64::min(square, out[i].limit_mps.powi(2));
        }
        out[i].braking_mps = square.sqrt();
    }
    out
}

/// The word of a chart for what binds.
pub fn binds(mark: Mark) -> Binds {
    match mark {
        Mark::Traction => Binds::Traction,
        Mark::Power => Binds::Power,
        Mark::Adhesion => Binds::Adhesion,
        Mark::Limit => Binds::Limit,
        Mark::Braking => Binds::Braking,
    }
}

/// The lowest limit under the train from a place on, m/s.
fn limit(pieces: &[Piece], s: f64, length: f64) -> f64 {
    let under = pieces.iter().filter(|p| p.to_m > s - length && p.from_m <= s + 1e-9);
    under.map(|p| p.speed_limit_mps).fold(f64::INFINITY, f64::min)
}

/// Gradient averaged over the train, curves counted, per mille.
fn gradient(pieces: &[Piece], s: f64, length: f64) -> f64 {
    let slope = |p: &Piece| p.gradient_permille + p.curve_radius_m.map_or(0.0, |r| CURVE / r);
    let (mut sum, mut over) = (0.0, 0.0);
    for p in pieces {
        let part = p.to_m.min(s) - p.from_m.max(s - length);
        if part > 0.0 {
            (sum, over) = (sum + part * slope(p), over + part);
        }
    }
    if over > 0.0 {
        return sum / over;
    }
    pieces.iter().find(|p| p.from_m <= s && s < p.to_m).or(pieces.last()).map_or(0.0, slope)
}
