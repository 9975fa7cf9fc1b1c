//! A train as options ask for it, and why it cannot run.
mod ask;
mod tell;

pub use ask::{Asked, service};
pub use tell::problem;
