//! Running times between the places of a path, for a simulator: from a stand at each, past or to each later one.

use crate::run::{Exit, TrainRun, run};
use crate::{PathProfile, PhysicsError, Train};

/// Times of one train on one path, milliseconds from its start at a stand.
#[derive(Clone, Debug)]
pub struct PathTimes {
    places: usize,
    /// By start and place: pass, begin to brake, stand, tail clear.
    times: Vec<[i64; 4]>,
}

/// Speeds as near as this are one (m/s): two runs that meet so never part by a millisecond.
const MERGED_MPS: f64 = 1e-5;

impl PathTimes {
    /// Computes them for places in order along a path; the first is its start, the last the stand at its end.
    ///
    /// A run that starts on the way soon meets the run from the first place, and shares the rest of it.
    pub fn new(train: &Train, profile: &PathProfile, places_m: &[f64]) -> Result<PathTimes, PhysicsError> {
        let (Some(&first), Some(&last)) = (places_m.first(), places_m.last()) else {
            return Err(PhysicsError::Input { what: "a path without places".into() });
        };
        if places_m.windows(2).any(|w| w[0] >= w[1]) || places_m.len() < 2 {
            return Err(PhysicsError::Input { what: "the places of a path do not lie one behind the other".into() });
        }
        let base = run(train, profile, first, last, 0.0, Exit::Stop)?;
        let n = places_m.len();
        let brakes: Vec<f64> = places_m.iter().map(|&s| brake_from(&base, train, s, first)).collect();
        let on_base: Vec<[f64; 4]> = (0..n).map(|k| times(&base, train, places_m[k], brakes[k], last)).collect();
        let mut out = vec![[0; 4]; n * n];
        for j in 0..n - 1 {
            let own = if j == 0 {
                None
            } else {
                Some(TrainRun::start_on(&base, places_m[j], |l| l.v1 >= base.at(l.s1).1 - MERGED_MPS)?)
            };
            // Where this run has met the first one, and by how much its clock differs there.
            let (met, shift) = match &own {
                None => (first, 0.0),
                Some(r) => r.legs().last().map_or((last, 0.0), |l| (l.s1, l.t1 - base.at(l.s1).0)),
            };
            for k in j..n {
                let s = places_m[k];
                let clear = s + train.length_m;
                let of = |i: usize, place: f64, alone: &dyn Fn(&TrainRun) -> f64| match &own {
                    Some(r) if place < met => alone(r),
                    _ => on_base[k][i] + shift,
                };
                let pass = of(0, s, &|r| r.at(s).0);
                let t = if k == j {
                    [0.0, 0.0, 0.0, of(3, clear.min(last), &|r| r.at(clear.min(last)).0)]
                } else if brakes[k] >= met || own.is_none() {
                    [pass, on_base[k][1] + shift, on_base[k][2] + shift, on_base[k][3] + shift]
                } else {
                    let r = own.as_ref().unwrap_or(&base);
                    let from = brake_from(r, train, s, places_m[j]);
                    let (at, v) = r.at(from);
                    [
                        pass,
                        at,
                        at + v / train.service_braking_mps2,
                        of(3, clear.min(last), &|r| r.at(clear.min(last)).0),
                    ]
                };
                let ms = |x: f64| (x * 1000.0).round() as i64;
                let (pass, brake, stop) = (ms(t[0]), ms(t[1]).min(ms(t[0])), ms(t[2]).max(ms(t[0])));
                out[j * n + k] = [pass, brake, stop, ms(t[3]).max(pass)];
            }
        }
        Ok(PathTimes { places: n, times: out })
    }

    fn get(&self, from: usize, to: usize, what: usize) -> i64 {
        self.times[from * self.places + to][what]
    }
    /// The head passes a place without braking for it; at the last place it stands.
    pub fn pass_ms(&self, from: usize, to: usize) -> i64 {
        self.get(from, to, 0)
    }
    /// Braking for a stop at a place must begin.
    pub fn brake_at_ms(&self, from: usize, to: usize) -> i64 {
        self.get(from, to, 1)
    }
    /// The head stands at a place.
    pub fn stop_ms(&self, from: usize, to: usize) -> i64 {
        self.get(from, to, 2)
    }
    /// The tail has passed a place, if the train goes on without stopping at it; at most the end of the run.
    pub fn tail_clear_ms(&self, from: usize, to: usize) -> i64 {
        self.get(from, to, 3)
    }
}

/// Pass, begin to brake, stand, tail clear at a place of a run.
fn times(r: &TrainRun, train: &Train, s: f64, brake_from: f64, last: f64) -> [f64; 4] {
    let (at, v) = r.at(brake_from);
    [r.at(s).0, at, at + v / train.service_braking_mps2, r.at((s + train.length_m).min(last)).0]
}

/// Where a run must begin to brake so as to stand at a place.
fn brake_from(r: &TrainRun, train: &Train, s: f64, from: f64) -> f64 {
    let braking = 2.0 * train.service_braking_mps2;
    // How far the square of the speed lies above the braking curve.
    let above = |at: f64, v: f64| v * v - braking * (s - at);
    let legs = r.legs();
    let end = legs.partition_point(|l| l.s1 < s).min(legs.len().saturating_sub(1));
    for l in legs[..=end].iter().rev() {
        if above(l.s0, l.v0) > 0.0 {
            continue;
        }
        let (mut low, mut high) = (l.s0, l.s1.min(s));
        for _ in 0..60 {
            if high - low < 1e-7 {
                break;
            }
            let m = f64::midpoint(low, high);
            if above(m, r.within(l, m).1) <= 0.0 { low = m } else { high = m }
        }
        return low;
    }
    from
}
