//! Worlds to test in: synthetic borders whose truth is known, with all that is written of them.
//!
//! They are not made by the belief's own equations: closures and services last by heavy-tailed laws (Pareto, lognormal) and not by phases, a
//! border's crossings follow it late or not at all, interest in a change falls as a power of the days, and eight types of source write with
//! lags, rumours, copies, wrong dates and silence. Every number stands in `services.rs` and `sources.rs`; none is fitted to a record.
mod dice;
mod score;
mod services;
mod sources;

pub use score::{
    AHEAD_DAYS, EVERY_DAYS, SOFT, Stratum, StratumScore, TENTHS, Tally, WorldScore, constant_hazard, score_world,
};

use crate::{Day, LedgerInput, Statement, Truth, TruthSpell, Watched};
use services::{CROSSINGS, Service};
use yalu_model::CrossingId;
use yalu_units::StreamKey;

/// Days of a world: three years.
pub const DAYS: i32 = 1096;

/// How much is written and how often things change.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rates {
    /// Reports that a world has, about.
    pub reports: f64,
    /// Changes and one-off movements as a multiple of the usual.
    pub changes: f64,
}

impl Default for Rates {
    fn default() -> Self {
        Self { reports: 60.0, changes: 1.0 }
    }
}

/// A world: what happened, and what was written of it.
#[derive(Clone, Debug)]
pub struct World {
    /// Crossings.
    pub crossings: Vec<Watched>,
    /// Whether much is written of a crossing.
    pub watched: Vec<bool>,
    /// What happened.
    pub truth: Truth,
    /// What was written, each with its place in the order in which reports are left out, 0 to 1.
    pub reports: Vec<(Statement, f64)>,
}

impl World {
    /// The world of a seed and number.
    pub fn new(seed: u64, number: u32, rates: Rates) -> Self {
        let key = StreamKey { seed, replication: number };
        let border = services::border(key, rates);
        let services: Vec<Service> = (0..CROSSINGS.len()).map(|c| services::service(key, c, &border, rates)).collect();
        let spells = services.iter().enumerate().flat_map(|(c, s)| spells(CrossingId(c as u32), s)).collect();
        Self {
            crossings: CROSSINGS.iter().enumerate().map(|(c, x)| Watched::new(&format!("C{c}"), x.0)).collect(),
            watched: CROSSINGS.iter().map(|c| c.1).collect(),
            truth: Truth::new(spells),
            reports: sources::reports(key, &border, &services, rates),
        }
    }

    /// What a ledger is told with a share of the reports, the same ones for each larger share.
    pub fn input(&self, share: f64) -> LedgerInput {
        LedgerInput {
            from: Day(0),
            crossings: self.crossings.iter().cloned().collect(),
            statements: self.reports.iter().filter(|r| r.1 < share).map(|r| r.0.clone()).collect(),
            ..LedgerInput::default()
        }
    }
}

fn spells(crossing: CrossingId, service: &Service) -> Vec<TruthSpell> {
    let mut starts = service.changes();
    starts.insert(0, 0);
    let ends = starts.iter().skip(1).map(|d| d - 1).chain([DAYS - 1]);
    let spell = |(from, to): (&i32, i32)| TruthSpell {
        crossing,
        from: Day(*from),
        to: Day(to),
        state: service.states[*from as usize],
        start_uncertainty_days: 0,
    };
    starts.iter().zip(ends).map(spell).collect()
}
