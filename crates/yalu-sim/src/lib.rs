//! The simulator: an event kernel, trains on the line, border procedures, cuts of wagons, shippers.
//!
//! One replication is one thread, integer time, and a total order of events; it reads only the corridor and its
//! plan, and draws from addressed streams. The same inputs give the same outcome anywhere.
mod books;
mod border;
mod gates;
mod kernel;
pub mod lookahead;
mod lots;
mod movement;
mod ports;
mod rail;
mod roads;
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
pub use world::{Outcome, Recorded, Reopening};

use yalu_model::{Corridor, RouteId};
use yalu_plan::{BorderPlan, Draw, Plan, border};
use yalu_trace::Trace;
use yalu_trade::shippers::Policy;
use yalu_units::{Idx, IndexVec};

/// Simulates one replication, and gives beside its outcome what it recorded.
pub fn simulate(corridor: &Corridor, plan: &Plan, draw: Draw, recorded: Recorded) -> (Outcome, Option<Trace>) {
    let border = stations(corridor, plan, draw);
    world::World::new(corridor, plan, &border, draw, recorded, true, Policy::OF_LOTS).run()
}

/// Tonnes each way that each route takes on each day of a replication, in whole trains or in vehicles.
pub fn capacity_t(corridor: &Corridor, plan: &Plan, draw: Draw) -> IndexVec<RouteId, Vec<f64>> {
    let border = stations(corridor, plan, draw);
    let world = world::World::new(corridor, plan, &border, draw, Recorded::Nothing, true, Policy::OF_LOTS);
    let of = |r: RouteId| (0..plan.days.len()).map(|day| world.capacity_t(r.index(), day)).collect();
    corridor.trade.routes.ids().map(of).collect()
}

/// The same without the safe look-ahead: what it is worth, and that its tests can fail.
pub fn simulate_without_lookahead(corridor: &Corridor, plan: &Plan, draw: Draw) -> (Outcome, Option<Trace>) {
    let border = stations(corridor, plan, draw);
    world::World::new(corridor, plan, &border, draw, Recorded::Trains, false, Policy::OF_LOTS).run()
}

/// The border stations of a replication. What could be wrong with them was told when the plan was made; if a draw were
/// wrong all the same, the numbers of the central run stand in for it.
fn stations(corridor: &Corridor, plan: &Plan, draw: Draw) -> BorderPlan {
    let of = |draw| border(corridor, plan, draw);
    of(draw).or_else(|_| of(Draw::central(draw.key().seed))).unwrap_or_default()
}
