//! Which inputs an output depends on.
//!
//! Three questions, from cheap to dear. [`given`] asks runs that are there anyway, each input drawn on its own: the share of
//! an output's variance that goes with one input, which is what a source for that input would save. [`morris`] walks from
//! point to point, one input at a time: which inputs matter at all, and which act together. [`sobol`] splits the variance
//! among inputs and their interactions. Inputs are levels between 0 and 1, the share of an input's range that lies below; an
//! output is one number a run. Plain numbers in and out.
mod doubt;
mod error;
mod given;
mod morris;
mod sobol;

pub use doubt::Doubted;
pub use error::SensitivityError;
pub use given::{ByInput, Given, given};
pub use morris::{Effect, Trajectories, effects};
pub use sobol::{Block, Design, Indices, MOST_INPUTS, MOST_SAMPLES, indices};
