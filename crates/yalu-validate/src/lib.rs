//! Oracles: figures that others have published, or that were computed independently, beside what the product gives.
//!
//! Each [`Oracle`] names its source and its tolerance, and one constant of its input. Multiplied by 1.01 or 0.99, that
//! constant must bring it out of its tolerance: a check that cannot fail is none.
mod border;
mod capacity;
mod deadlock;
mod exhaustive;
mod job_r1;
mod ledger;
mod oracle;
mod physics_closed;
mod physics_published;
mod reading;
mod resistance;
mod scores;
mod sensitivity;
mod tonnage;
mod trade;

pub use oracle::{Finding, Observe, Observed, Oracle, Tolerance, Unobserved, run};

/// All oracles, layer by layer.
pub fn oracles() -> Vec<Oracle> {
    [
        physics_closed::oracles(),
        physics_published::oracles(),
        resistance::oracles(),
        tonnage::oracles(),
        job_r1::oracles(),
        capacity::oracles(),
        deadlock::oracles(),
        trade::oracles(),
        scores::oracles(),
        sensitivity::oracles(),
        border::oracles(),
        ledger::oracles(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
