//! Running times between the stands of a path, for a simulator: from a stand at each, past or to each later one.

use crate::run::{Exit, run_on, start_on};
use crate::train_run::{Clock, Leg, TrainRun};
use crate::{PathProfile, PhysicsError, Train, Way};
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
    /// Of the run from the first stand.
    passages: Passages,
    rows: Vec<OnceLock<Row>>,
}

/// Times from one start, by later stands.
#[derive(Clone, Debug)]
struct Row {
    first: usize,
    stands: Vec<StandTimes>,
    blocks: Vec<Vec<BlockTimes>>,
}

/// What a run does at the stands and block ends behind its start, seconds.
#[derive(Clone, Debug)]
struct Passages {
    stands: Vec<Passage>,
    /// Head and tail.
    blocks: Vec<Vec<(f64, f64)>>,
}

/// Seconds, in the order of [`StandTimes`].
#[derive(Clone, Copy, Debug)]
struct Passage {
    enter: f64,
    section_clear: f64,
    pass: f64,
    clear: f64,
    brake: f64,
    section_clear_stopping: f64,
    stop: f64,
}

/// Error of speed (m/s) allowed in one step of a run whose times are told in whole milliseconds: none of them moves by
/// more than one.
pub const TIMES_TOLERANCE_MPS: f64 = 1e-8;
/// Speeds as near as this are one (m/s): two runs that meet so never part by a millisecond.
const MERGED_MPS: f64 = 1e-7;

impl PathTimes {
    /// Computes them for the stands of a path in order; the train starts with its head at `start_m` in the first, and
    /// stands at the end of the last.
    ///
    /// `blocks` has, for each leg between two stands, where its blocks end (metres, rising, may be empty). Times are
    /// good to the millisecond ([`TIMES_TOLERANCE_MPS`]).
    pub fn new(
        train: &Train,
        profile: &PathProfile,
        start_m: f64,
        places: Vec<Place>,
        blocks: Vec<Vec<f64>>,
    ) -> Result<PathTimes, PhysicsError> {
        Self::within(train, profile, start_m, places, blocks, TIMES_TOLERANCE_MPS)
    }

    /// The same with a tolerance of one's own (see [`run_within`](crate::run_within)).
    pub fn within(
        train: &Train,
        profile: &PathProfile,
        start_m: f64,
        places: Vec<Place>,
        blocks: Vec<Vec<f64>>,
        tolerance_mps: f64,
    ) -> Result<PathTimes, PhysicsError> {
        train.check()?;
        Self::on(train, &Way::under(profile, train.length_m, train.gradient)?, start_m, places, blocks, tolerance_mps)
    }

    /// The same on a way that trains of one length share.
    pub fn on(
        train: &Train,
        way: &Way,
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
        let base = run_on(train, way, start_m, last, 0.0, Exit::Stop, tolerance_mps)?;
        let passages = Reader::new(&base, None).passages(&places, &blocks);
        let rows = places.iter().map(|_| OnceLock::new()).collect();
        let out = PathTimes { base, places, blocks, passages, rows };
        if !out.base.climbs_from_a_stand() {
            // Momentum alone may have carried the run over a height: see whether it can start on the way.
            for from in 1..out.places.len() - 1 {
                let row = out.start(from)?;
                out.rows[from].get_or_init(|| row);
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

    /// Times at a stand and all behind it, from a start there: the first is the start itself.
    pub fn from_stand(&self, from: usize) -> &[StandTimes] {
        &self.row(from).stands
    }

    /// Times at the ends of blocks on the leg behind a stand, from a start at this or an earlier one.
    pub fn blocks(&self, from: usize, leg: usize) -> &[BlockTimes] {
        let row = self.row(from);
        row.blocks.get(leg.wrapping_sub(row.first)).map_or(&[], Vec::as_slice)
    }

    fn row(&self, from: usize) -> &Row {
        let from = from.min(self.rows.len() - 1);
        self.rows[from].get_or_init(|| {
            let none = Row { first: from, stands: Vec::new(), blocks: Vec::new() };
            // A start that fails was found when the path was computed; from the last stand there is none.
            match from {
                0 => self.passages.row(0),
                _ if from + 1 == self.rows.len() => none,
                _ => self.start(from).unwrap_or(none),
            }
        })
    }

    /// Times from a start at a later stand than the first: of a run of its own until it has met the first one.
    fn start(&self, from: usize) -> Result<Row, PhysicsError> {
        let mut clock = self.base.clock();
        let merged =
            |l: &Leg| clock.leg(l.s1).1 <= l.v1 + MERGED_MPS && l.v1 >= clock.at(l.s1).1 - MERGED_MPS * l.v1.min(1.0);
        let own = start_on(self.base.course(), self.places[from].stop_m, merged)?;
        let passages = Reader::new(&own, Some(self)).passages(&self.places[from..], &self.blocks[from..]);
        let mut row = passages.row(from);
        // It stands at the exit.
        row.stands[0].pass_ms = 0;
        Ok(row)
    }
}

/// Reads times off a run, and beyond where it has met the run from the first stand, off that.
struct Reader<'a> {
    run: &'a TrainRun,
    base: Option<&'a PathTimes>,
    /// Where they meet, and by how much their clocks differ there.
    met_m: f64,
    shift_s: f64,
    end_m: f64,
    length_m: f64,
    braking_mps2: f64,
}

impl<'a> Reader<'a> {
    fn new(run: &'a TrainRun, base: Option<&'a PathTimes>) -> Self {
        let last = run.legs().last();
        let (met_m, shift_s) = match (base, last) {
            (Some(b), Some(l)) => (l.s1, l.t1 - b.base.at(l.s1).0),
            _ => (f64::INFINITY, 0.0),
        };
        let train = &run.course().train;
        let end_m = run.course().cells.last().map_or(0.0, |c| c.to_m);
        let (length_m, braking_mps2) = (train.length_m, train.service_braking_mps2);
        Self { run, base, met_m, shift_s, end_m, length_m, braking_mps2 }
    }

    /// When the head passes a place: read off the run, or told by the other one.
    fn time(&self, clock: &mut Clock, s: f64, other: impl Fn(&Passages) -> f64) -> f64 {
        match self.base {
            Some(b) if s.min(self.end_m) >= self.met_m => other(&b.passages) + self.shift_s,
            _ => clock.at(s).0,
        }
    }

    fn passages(&self, places: &[Place], blocks: &[Vec<f64>]) -> Passages {
        let skipped = self.base.map_or(0, |b| b.places.len() - places.len());
        let length = self.length_m;
        let (mut head, mut tail) = (self.run.clock(), self.run.clock());
        let mut out = Passages { stands: Vec::with_capacity(places.len()), blocks: Vec::with_capacity(blocks.len()) };
        for (i, p) in places.iter().enumerate() {
            let k = skipped + i;
            let enter = self.time(&mut head, p.enter_m, |b| b.stands[k].enter);
            let pass = self.time(&mut head, p.stop_m, |b| b.stands[k].pass);
            let section_clear = self.time(&mut tail, p.enter_m + length, |b| b.stands[k].section_clear);
            let clear = self.time(&mut tail, p.stop_m + length, |b| b.stands[k].clear);
            let mut passage =
                Passage { enter, section_clear, pass, clear, brake: 0.0, section_clear_stopping: 0.0, stop: 0.0 };
            if i > 0 {
                self.stop(p, k, &mut passage);
            }
            out.stands.push(passage);
            if let Some(leg) = blocks.get(i) {
                let of = |(j, m): (usize, &f64)| {
                    let pass = self.time(&mut head, *m, |b| b.blocks[k][j].0);
                    (pass, self.time(&mut tail, *m + length, |b| b.blocks[k][j].1))
                };
                out.blocks.push(leg.iter().enumerate().map(of).collect());
            }
        }
        out
    }

    /// Times of a stop at a stand.
    fn stop(&self, p: &Place, k: usize, passage: &mut Passage) {
        if let Some(b) = self.base {
            let other = &b.passages.stands[k];
            if p.stop_m >= self.met_m && other.brake + self.shift_s >= self.run.duration_s() {
                passage.brake = other.brake + self.shift_s;
                passage.section_clear_stopping = other.section_clear_stopping + self.shift_s;
                passage.stop = other.stop + self.shift_s;
                // The tail may have come in before the runs have met.
                if p.enter_m + self.length_m < self.met_m {
                    passage.section_clear_stopping = passage.section_clear;
                }
                return;
            }
        }
        let b = self.braking_mps2;
        let (brake, v) = self.run.brake_for(p.stop_m);
        let stop = brake + v / b;
        // The tail comes in before or while the train brakes; one too long for the stand never quite does.
        let left = p.stop_m - p.enter_m - self.length_m;
        passage.section_clear_stopping = if left <= 0.0 {
            stop
        } else if v * v > 2.0 * b * left {
            stop - (2.0 * left / b).sqrt()
        } else {
            passage.section_clear
        };
        (passage.brake, passage.stop) = (brake, stop);
    }
}

impl Passages {
    /// As whole milliseconds, in an order that rounding keeps.
    fn row(&self, first: usize) -> Row {
        let ms = |t: f64| (t.max(0.0) * 1000.0).round() as i64;
        let stand = |(i, p): (usize, &Passage)| {
            let pass_ms = ms(p.pass);
            let clear_ms = ms(p.clear).max(pass_ms);
            if i == 0 {
                return StandTimes { pass_ms, clear_ms, ..StandTimes::default() };
            }
            let enter_ms = ms(p.enter);
            let stop_ms = ms(p.stop).max(pass_ms);
            StandTimes {
                enter_ms,
                section_clear_ms: ms(p.section_clear).max(enter_ms),
                pass_ms,
                clear_ms,
                brake_ms: ms(p.brake).min(pass_ms),
                section_clear_stopping_ms: ms(p.section_clear_stopping).clamp(enter_ms, stop_ms),
                stop_ms,
            }
        };
        let block = |&(pass, clear): &(f64, f64)| BlockTimes { pass_ms: ms(pass), clear_ms: ms(clear).max(ms(pass)) };
        Row {
            first,
            stands: self.stands.iter().enumerate().map(stand).collect(),
            blocks: self.blocks.iter().map(|leg| leg.iter().map(block).collect()).collect(),
        }
    }
}
