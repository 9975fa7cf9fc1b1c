//! How good beliefs are in a world, beside simple rules.

use super::{DAYS, Rates, World};
use crate::{Baseline, Belief, Bin, Day, Ledger, Order, brier, log_score, verdicts};
use std::ops::AddAssign;
use yalu_model::{CrossingId, State};

/// Shares of the reports that are scored, in tenths.
pub const TENTHS: usize = 10;
/// Days ahead that forecasts are scored at.
pub const AHEAD_DAYS: [u16; 3] = [30, 90, 180];
/// Days from one scored forecast to the next.
pub const EVERY_DAYS: usize = 30;
/// Days on either side of a change that are a stratum of their own.
const NEAR_DAYS: i32 = 30;
/// What a simple rule is given in place of certainty, where it is scored soft.
pub const SOFT: f64 = 0.95;
/// Days of a constant hazard, running and not running alike: what a forecast is held against.
const CONSTANT_DAYS: f64 = 365.0;

/// Sums of scores over some days.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Tally {
    /// Days scored.
    pub days: usize,
    brier: f64,
    log: f64,
    bins: [Bin; 10],
}

impl Tally {
    /// Adds a chance of running, and whether it ran.
    pub fn add(&mut self, chance: f64, ran: bool) {
        self.days += 1;
        self.brier += brier(chance, ran);
        self.log += log_score(chance, ran);
        let bin = &mut self.bins[((chance * 10.0) as usize).min(9)];
        bin.days += 1;
        bin.given += chance;
        bin.ran += f64::from(ran);
    }

    /// Mean Brier score.
    pub fn brier(&self) -> f64 {
        self.brier / self.days.max(1) as f64
    }

    /// Mean log score, nats.
    pub fn log(&self) -> f64 {
        self.log / self.days.max(1) as f64
    }

    /// Ten bins of the chance given, of equal width: days, mean given, share that ran.
    pub fn bins(&self) -> [Bin; 10] {
        self.bins.map(|b| {
            let days = b.days.max(1) as f64;
            Bin { days: b.days, given: b.given / days, ran: b.ran / days }
        })
    }

    /// Expected calibration error: over ten bins of equal width, how far what was given lies from what ran, by days.
    pub fn calibration_error(&self) -> f64 {
        self.bins.iter().map(|b| (b.given - b.ran).abs()).sum::<f64>() / self.days.max(1) as f64
    }
}

impl AddAssign<&Self> for Tally {
    fn add_assign(&mut self, other: &Self) {
        self.days += other.days;
        self.brier += other.brier;
        self.log += other.log;
        for (mine, theirs) in self.bins.iter_mut().zip(&other.bins) {
            mine.days += theirs.days;
            mine.given += theirs.given;
            mine.ran += theirs.ran;
        }
    }
}

/// What kind of day it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stratum {
    /// It ran, and did so for a month before and after.
    Service,
    /// It did not run, and did not for a month before and after.
    Stop,
    /// A change within a month, before or after.
    NearChange,
}

impl Stratum {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Service, Self::Stop, Self::NearChange];
}

/// Scores of one kind of crossing and day with all reports.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct StratumScore {
    /// Known then.
    pub then: Tally,
    /// Known now.
    pub now: Tally,
    /// Simple rules in the order of [`WorldScore::RULES`], as they are and soft.
    pub rules: [[Tally; 2]; 6],
}

/// Scores of a world, or of many.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct WorldScore {
    /// Reports.
    pub reports: usize,
    /// Known then and known now by share of the reports: a tenth to all.
    pub shares: [[Tally; 2]; TENTHS],
    /// Kinds of crossing (watched, hardly watched) and of day ([`Stratum::ALL`]).
    pub cells: [[StratumScore; 3]; 2],
    /// Forecasts by horizon: the ledger's, and its own belief with a constant hazard.
    pub ahead: [[Tally; 2]; AHEAD_DAYS.len()],
}

impl WorldScore {
    /// The simple rules.
    pub const RULES: [(Baseline, Order); 6] = [
        (Baseline::Latest, Order::Reported),
        (Baseline::Latest, Order::Event),
        (Baseline::Majority, Order::Reported),
        (Baseline::Majority, Order::Event),
        (Baseline::Rank, Order::Reported),
        (Baseline::Rank, Order::Event),
    ];

    /// Scores of all days with all reports, known then and known now.
    pub fn all(&self) -> [&Tally; 2] {
        [&self.shares[TENTHS - 1][0], &self.shares[TENTHS - 1][1]]
    }
}

impl AddAssign<&Self> for WorldScore {
    fn add_assign(&mut self, other: &Self) {
        self.reports += other.reports;
        let pairs = |a: &mut [Tally; 2], b: &[Tally; 2]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        self.shares.iter_mut().zip(&other.shares).for_each(|(a, b)| pairs(a, b));
        self.ahead.iter_mut().zip(&other.ahead).for_each(|(a, b)| pairs(a, b));
        for (mine, theirs) in self.cells.iter_mut().flatten().zip(other.cells.iter().flatten()) {
            mine.then += &theirs.then;
            mine.now += &theirs.now;
            mine.rules.iter_mut().zip(&theirs.rules).for_each(|(a, b)| pairs(a, b));
        }
    }
}

/// Scores of one world.
pub fn score_world(seed: u64, number: u32, rates: Rates) -> WorldScore {
    let world = World::new(seed, number, rates);
    let mut out = WorldScore { reports: world.reports.len(), ..WorldScore::default() };
    for tenth in 1..=TENTHS {
        let ledger = Ledger::new(world.input(tenth as f64 / TENTHS as f64));
        for c in (0..world.crossings.len()).map(|c| CrossingId(c as u32)) {
            let (first, last) = (Day(0), Day(DAYS - 1));
            let series = [ledger.known_then(c, first, last), ledger.known_now(c, first, last)];
            for (tally, beliefs) in out.shares[tenth - 1].iter_mut().zip(&series) {
                for b in beliefs {
                    tally.add(b.running(), world.ran(c, b.day));
                }
            }
            if tenth == TENTHS {
                strata(&mut out, &world, &ledger, c, &series);
                ahead(&mut out, &world, &ledger, c);
            }
        }
    }
    out
}

fn strata(out: &mut WorldScore, world: &World, ledger: &Ledger, c: CrossingId, [then, now]: &[Vec<Belief>; 2]) {
    let changes: Vec<i32> = world.truth.changes(c).iter().map(|x| x.0.0).collect();
    let cells = &mut out.cells[usize::from(!world.watched[c.0 as usize])];
    let cell = |day: Day| {
        let near = changes.iter().any(|x| (day.0 - x).abs() <= NEAR_DAYS);
        if near {
            Stratum::NearChange as usize
        } else if world.ran(c, day) {
            Stratum::Service as usize
        } else {
            Stratum::Stop as usize
        }
    };
    for (t, n) in then.iter().zip(now) {
        let ran = world.ran(c, t.day);
        cells[cell(t.day)].then.add(t.running(), ran);
        cells[cell(t.day)].now.add(n.running(), ran);
    }
    for (i, rule) in WorldScore::RULES.into_iter().enumerate() {
        for (day, said) in verdicts(ledger, c, rule, Day(0), Day(DAYS - 1)) {
            for (j, sure) in [1.0, SOFT].into_iter().enumerate() {
                // A rule that has heard nothing is given even odds.
                let chance = said.map_or(0.5, |runs| if runs { sure } else { 1.0 - sure });
                cells[cell(day)].rules[i][j].add(chance, world.ran(c, day));
            }
        }
    }
}

fn ahead(out: &mut WorldScore, world: &World, ledger: &Ledger, c: CrossingId) {
    for made in ledger.known_ahead(c, (Day(0), Day(DAYS - 1)), EVERY_DAYS, &AHEAD_DAYS) {
        for ((horizon, tallies), expected) in AHEAD_DAYS.iter().zip(&mut out.ahead).zip(&made.ahead) {
            let day = made.today.day + i32::from(*horizon);
            if day.0 < DAYS {
                let ran = world.ran(c, day);
                tallies[0].add(expected.running(), ran);
                tallies[1].add(constant_hazard(made.today.running(), *horizon), ran);
            }
        }
    }
}

/// A belief some days ahead if what runs stopped, and what does not run began, by a constant hazard.
pub fn constant_hazard(running: f64, days: u16) -> f64 {
    0.5 + (running - 0.5) * libm::exp(-2.0 * f64::from(days) / CONSTANT_DAYS)
}

impl World {
    fn ran(&self, crossing: CrossingId, day: Day) -> bool {
        matches!(self.truth.state(crossing, day), Some(State::Open | State::Limited))
    }
}
