//! What the border does, in words, tables, charts and JSON.
pub mod charts;
pub mod csv;
pub mod gantt;
pub mod grid;
pub mod json;
pub mod stock;
pub mod summary;
mod tables;
mod time_cost;
pub mod words;

pub use time_cost::time_cost;

use crate::border::stock::Counted;
use yalu_calendar::{civil, epoch_day};
use yalu_model::Corridor;
use yalu_plan::Plan;
use yalu_study::BorderRuns;
use yalu_units::{Instant, Span};

/// A change asked for, and the same replications with it.
pub struct Variant {
    /// As it was written.
    pub what: String,
    /// Its runs.
    pub runs: BorderRuns,
}

/// What the command came to.
pub struct Told {
    /// The corridor.
    pub corridor: Corridor,
    /// What was simulated.
    pub plan: Plan,
    /// As it is.
    pub runs: BorderRuns,
    /// With each change asked for.
    pub variants: Vec<Variant>,
    /// The station told alone; none: all of them.
    pub station: Option<usize>,
    /// Replications.
    pub replications: u32,
    /// Seed.
    pub seed: u64,
    /// A stock or a flow that was asked about.
    pub counted: Option<Counted>,
    /// Command that makes the same results.
    pub command: String,
    /// Seconds it took.
    pub wall_s: f64,
}

impl Told {
    /// The zone of the border's days.
    pub fn zone(&self) -> &str {
        &self.corridor.zones[self.corridor.zone].name
    }

    /// A civil date at the border, `2022-09-26`.
    pub fn date(&self, t: Instant) -> String {
        crate::period::shown(self.zone(), t)
    }

    /// The same as a day counted from 1970-01-01.
    pub fn day(&self, t: Instant) -> i32 {
        let (y, m, d, _, _) = civil(self.zone(), t);
        epoch_day(y, m, d).unwrap_or(0)
    }

    /// First and last day told.
    pub fn period(&self) -> [String; 2] {
        [self.date(self.plan.report_from), self.date(self.corridor.to + Span(-1))]
    }

    /// Midnights that begin the days told.
    pub fn days(&self) -> Vec<Instant> {
        self.plan.days.iter().filter(|d| d.start >= self.plan.report_from).map(|d| d.start).collect()
    }

    /// Rail routes with their index.
    pub fn rail(&self) -> impl Iterator<Item = (usize, &yalu_model::Route)> {
        self.corridor.routes.iter().enumerate().filter(|(_, r)| r.rail.is_some())
    }
}
