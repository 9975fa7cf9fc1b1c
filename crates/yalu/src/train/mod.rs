//! One train's run over the path of a service: consist, calls, energy, what binds, tonnage rating.
mod ask;
pub mod json;
mod points;
mod rating;
mod ride;
pub mod tables;
mod tell;
pub mod view;

pub use ask::{Asked, service};
pub use ride::{Call, Ride};
pub use tell::problem;
