//! The simulator: an event kernel, trains on the line, border procedures, cuts of wagons, shippers.
//!
//! One replication is one thread, integer time, and a total order of events; it reads only the corridor and its
//! plan, and draws from addressed streams. The same inputs give the same outcome anywhere.
mod books;
mod border;
mod gates;
mod kernel;
pub mod lookahead;
mod movement;
mod rail;
mod regimes;
mod roads;
mod shippers;
mod world;

/// Random lines are made for the tests of the whole crate; here they hold its quick tests against the exact one.
#[cfg(test)]
extern crate self as yalu_sim;
#[cfg(test)]
#[path = "../tests/random/mod.rs"]
mod random;
#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod support;

pub use books::{Flow, Forming, MonthOutcome};
pub use rail::Short;
pub use world::{Outcome, Reopening};

use yalu_model::Corridor;
use yalu_plan::{Draw, Plan};
use yalu_trace::Trace;

/// Simulates one replication; recorded, it also tells all that happened.
pub fn simulate(corridor: &Corridor, plan: &Plan, draw: Draw, recorded: bool) -> (Outcome, Option<Trace>) {
    world::World::new(corridor, plan, draw, recorded, true).run()
}

/// The same without the safe look-ahead: what it is worth, and that its tests can fail.
pub fn simulate_without_lookahead(corridor: &Corridor, plan: &Plan, draw: Draw) -> (Outcome, Option<Trace>) {
    world::World::new(corridor, plan, draw, true, false).run()
}
