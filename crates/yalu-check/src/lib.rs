//! An independent checker of traces: it knows the corridor and what a trace says, and nothing of the simulator.
//!
//! Trains: times in order, ways that exist, one train to a block and to a track, tracks long enough, closures and
//! quotas and planned stops kept, no train
//! faster than the line. Border stations: one cut on a track, teams no more than there are, activities in order and hours.
//! Goods and wagons: double-entry books that balance to the kilogram, and daily states that match them.
mod books;
mod border;
mod cuts;
mod line;
mod running;
mod violation;

pub use violation::Violation;

use yalu_model::Corridor;
use yalu_trace::Trace;

/// Everything a trace breaks, in the order trains, books, cuts, border stations.
pub fn check(corridor: &Corridor, trace: &Trace) -> Vec<Violation> {
    let mut found = Vec::new();
    line::check(corridor, trace, &mut found);
    books::check(corridor, trace, &mut found);
    cuts::check(corridor, trace, &mut found);
    border::check(corridor, trace, &mut found);
    found
}
