//! The day a crossing shuts: ways round, places to hold trains and goods, and closures of several lengths beside a rule
//! linear in days.
mod lengths;
mod places;
mod plan;
mod ways;

pub use lengths::LengthMeasured;
pub use places::{HoldingPlace, Holds, PlaceKind};
pub use plan::{AFTER, HISTORY, REPLICATIONS, UNDATED_DAYS, closure_lengths, undated_closure};
pub use ways::WayRound;

use crate::{Beside, Compared};
use yalu_model::Route;
use yalu_number::Estimate;
use yalu_plan::Draw;

/// A crossing left open, and closures of it of several lengths beside that.
#[derive(Clone, Debug)]
pub struct Contingency {
    /// The crossing left open, beside it the closures, shortest first.
    pub compared: Compared,
    /// Days of each closure.
    pub days: Vec<u32>,
    /// Index of the closure asked for.
    pub main: usize,
}

impl Contingency {
    /// The closure asked for.
    pub fn closure(&self) -> &Beside {
        &self.compared.variants[self.main]
    }

    /// Whether a route uses a crossing that is shut.
    fn is_shut(&self, r: &Route) -> bool {
        let shut = &self.closure().window.crossings;
        r.crossings.iter().any(|&x| shut.contains(&self.compared.base.border.crossings[x].id))
    }

    /// A number of the scenario over the same draws as the runs.
    fn over(&self, of: impl Fn(Draw) -> f64) -> Estimate {
        let (seed, n) = (self.compared.seed, self.compared.replications);
        let draws = if n > 1 { 1..=n } else { 0..=0 };
        let draw = |n| if n == 0 { Draw::central(seed) } else { Draw::replication(seed, n) };
        Estimate::of_all(draws.map(draw).map(of))
    }
}
