//! Running times between the stands of a path, for a simulator: from a stand at each, past or to each later one.

use crate::run::{Exit, TOLERANCE_MPS, run_within, start_on};
use crate::train_run::TrainRun;
use crate::{PathProfile, PhysicsError, Train};
use std::sync::OnceLock;

/// Where a train can stand on a path, metres along it: a station's track from its entry to its exit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Entry of the stand: the section of line before it ends here.
    pub enter_m: f64,
    /// Where the head stands, at the exit: the section of line behind it begins here.
    pub stop_m: f64,
}

/// Times of a train at a stand of its path, milliseconds from where it last started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StandTimes {
    /// The head passes the entry.
    pub enter_ms: i64,
    /// The tail has passed the entry, if the train goes on without stopping.
    pub section_clear_ms: i64,
    /// The head passes the exit, if it goes on.
    pub pass_ms: i64,
    /// The tail has passed the exit, if it goes on.
    pub clear_ms: i64,
    /// Braking for a stop at the exit must begin.
    pub brake_ms: i64,
    /// The tail has passed the entry, or the train stands, if it stops.
    pub section_clear_stopping_ms: i64,
    /// The head stands at the exit.
    pub stop_ms: i64,
}

/// Times of a train at the end of a block, milliseconds from where it last started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlockTimes {
    /// The head passes it.
    pub pass_ms: i64,
    /// The tail has passed it.
    pub clear_ms: i64,
}

/// Times of one train on one path, from a stand at any of its stands.
///
/// The run from the first stand is computed at once; one from another stand when it is first asked for.
#[derive(Debug)]
pub struct PathTimes {
    base: TrainRun,
    places: Vec<Place>,
    /// By leg, places where blocks end on the way to the next stand.
    blocks: Vec<Vec<f64>>,
    rows: Vec<OnceLock<Row>>,
}

/// Times from one start, by later stands.
#[derive(Clone, Debug)]
struct Row {
    first: usize,
    stands: Vec<StandTimes>,
    blocks: Vec<Vec<BlockTimes>>,
}

/// Speeds as near as this are one (m/s): two runs that meet so never part by a millisecond.
const MERGED_MPS: f64 = 1e-5;

impl PathTimes {
    /// Computes them for the stands of a path in order; the train starts with its head at `start_m` in the first, and
    /// stands at the end of the last.
    ///
    /// `blocks` has, for each leg between two stands, where its blocks end (metres, rising, may be empty).
    pub fn new(
        train: &Train,
        profile: &PathProfile,
        start_m: f64,
        places: Vec<Place>,
        blocks: Vec<Vec<f64>>,
    ) -> Result<PathTimes, PhysicsError> {
        Self::within(train, profile, start_m, places, blocks, TOLERANCE_MPS)
    }

    /// The same with a tolerance of one's own (see [`run_within`]).
    pub fn within(
        train: &Train,
        profile: &PathProfile,
        start_m: f64,
        places: Vec<Place>,
        blocks: Vec<Vec<f64>>,
        tolerance_mps: f64,
    ) -> Result<PathTimes, PhysicsError> {
        let Some(last) = places.last().map(|p| p.stop_m) else {
            return Err(PhysicsError::input("a path without places to stand"));
        };
        let apart = places.windows(2).all(|w| w[0].stop_m <= w[1].enter_m)
            && places.iter().skip(1).all(|p| p.enter_m <= p.stop_m)
            && places.len() >= 2
            && start_m <= places[0].stop_m;
        if !apart {
            return Err(PhysicsError::input("the places of a path do not lie one behind the other"));
        }
        let within = blocks.iter().zip(places.windows(2)).all(|(b, w)| {
            b.windows(2).all(|b| b[0] < b[1]) && b.iter().all(|b| (w[0].stop_m..=w[1].enter_m).contains(b))
        });
        if blocks.len() + 1 != places.len() || !within {
            return Err(PhysicsError::input("the blocks of a path do not lie between its places"));
        }
        let base = run_within(train, profile, start_m, last, 0.0, Exit::Stop, tolerance_mps)?;
        let rows = places.iter().map(|_| OnceLock::new()).collect();
        let out = PathTimes { base, places, blocks, rows };
        if !out.base.climbs_from_a_stand() {
            // Momentum alone may have carried the run over a height: see whether it can start on the way.
            for from in 1..out.places.len() - 1 {
                out.start(from)?;
            }
        }
        Ok(out)
    }

    /// The run from the first stand to the last without stopping between.
    pub fn run(&self) -> &TrainRun {
        &self.base
    }

    /// Times at a stand, from a start at an earlier one; at the start itself, until the tail has left it.
    pub fn at(&self, from: usize, stand: usize) -> StandTimes {
        let row = self.row(from);
        row.stands.get(stand.wrapping_sub(row.first)).copied().unwrap_or_default()
    }

    /// Times at the ends of blocks on the leg behind a stand, from a start at this or an earlier one.
    pub fn blocks(&self, from: usize, leg: usize) -> &[BlockTimes] {
        let row = self.row(from);
        row.blocks.get(leg.wrapping_sub(row.first)).map_or(&[], Vec::as_slice)
    }

    fn row(&self, from: usize) -> &Row {
        let from = from.min(self.rows.len() - 1);
        self.rows[from].get_or_init(|| self.compute(from))
    }

    fn start(&self, from: usize) -> Result<Option<TrainRun>, PhysicsError> {
        if from == 0 || from + 1 >= self.places.len() {
            return Ok(None);
        }
        let base = &self.base;
        start_on(base.course(), self.places[from].stop_m, |l| l.v1 >= base.at(l.s1).1 - MERGED_MPS).map(Some)
    }

    fn compute(&self, from: usize) -> Row {
        // A start that fails was found when the path was computed.
        let own = self.start(from).ok().flatten();
        let (train, last) = (&self.base.course().train, self.places[self.places.len() - 1].stop_m);
        // Where this run has met the first one, and by how much its clock differs there.
        let (met, shift) = own
            .as_ref()
            .and_then(|r| r.legs().last())
            .map_or((f64::NEG_INFINITY, 0.0), |l| (l.s1, l.t1 - self.base.at(l.s1).0));
        let mut marks: Vec<f64> = Vec::with_capacity(5 * self.places.len());
        for p in &self.places[from..] {
            marks.extend([p.enter_m, p.enter_m + train.length_m, p.stop_m, p.stop_m + train.length_m]);
        }
        for b in self.blocks[from.min(self.blocks.len())..].iter().flatten() {
            marks.extend([*b, *b + train.length_m]);
        }
        for m in &mut marks {
            *m = m.clamp(self.places[from].stop_m.min(self.base.begin_m()), last);
        }
        marks.sort_by(f64::total_cmp);
        marks.dedup();
        let cut = own.as_ref().map_or(0, |_| marks.partition_point(|m| *m < met));
        let mut times = own.as_ref().map_or_else(Vec::new, |r| r.times_at(&marks[..cut]));
        times.extend(self.base.times_at(&marks[cut..]).into_iter().map(|t| t + shift));
        let at = |m: f64| {
            let m = m.min(last);
            times[marks.partition_point(|x| *x < m).min(times.len() - 1)]
        };
        let ms = |t: f64| (t.max(0.0) * 1000.0).round() as i64;
        let mut stands = Vec::with_capacity(self.places.len() - from);
        for (k, p) in self.places.iter().enumerate().skip(from) {
            let (pass, clear) = (ms(at(p.stop_m)), ms(at(p.stop_m + train.length_m)));
            if k == from {
                let pass = if k == 0 { pass } else { 0 };
                stands.push(StandTimes { pass_ms: pass, clear_ms: clear.max(pass), ..StandTimes::default() });
                continue;
            }
            let (brake, v) = match &own {
                Some(r) if p.stop_m < met || self.base.brake_for(p.stop_m).0 + shift < r.duration_s() => {
                    r.brake_for(p.stop_m)
                }
                _ => {
                    let (t, v) = self.base.brake_for(p.stop_m);
                    (t + shift, v)
                }
            };
            let b = train.service_braking_mps2;
            let stop = brake + v / b;
            // The tail comes in before or while the train brakes; one too long for the stand never quite does.
            let left = p.stop_m - p.enter_m - train.length_m;
            let in_clear = if left <= 0.0 {
                stop
            } else if v * v > 2.0 * b * left {
                stop - (2.0 * left / b).sqrt()
            } else {
                at(p.enter_m + train.length_m)
            };
            let enter = ms(at(p.enter_m));
            let stop = ms(stop).max(pass);
            stands.push(StandTimes {
                enter_ms: enter,
                section_clear_ms: ms(at(p.enter_m + train.length_m)).max(enter),
                pass_ms: pass,
                clear_ms: clear.max(pass),
                brake_ms: ms(brake).min(pass),
                section_clear_stopping_ms: ms(in_clear).clamp(enter, stop),
                stop_ms: stop,
            });
        }
        let of = |b: &f64| {
            let pass_ms = ms(at(*b));
            BlockTimes { pass_ms, clear_ms: ms(at(*b + train.length_m)).max(pass_ms) }
        };
        let blocks = self.blocks[from.min(self.blocks.len())..].iter().map(|leg| leg.iter().map(of).collect());
        Row { first: from, stands, blocks: blocks.collect() }
    }
}
