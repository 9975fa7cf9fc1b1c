//! The contingency sheet: what to do on the day a crossing shuts.
pub mod json;
pub mod rows;
pub mod sheet;
pub mod summary;

use crate::compare::Told;

/// What the command came to.
pub struct Contingency {
    /// The crossing left open, beside it closures of several lengths, shortest first.
    pub told: Told,
    /// Days of each closure.
    pub days: Vec<u32>,
    /// Index of the closure asked for.
    pub main: usize,
    /// Replications that capacities are drawn over.
    pub replications: u32,
}
