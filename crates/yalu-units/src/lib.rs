//! Quantities that carry their unit in the type, typed ids with their vectors, and addressed random streams.
//!
//! Everything that is stored, compared or scheduled is an integer, so that the same inputs give the same
//! bytes on any machine and on any number of threads.
mod index;
mod quantity;
mod stream;

pub use index::{Grid, Idx, IndexVec};
pub use quantity::{Distance, Instant, Mass, Span};
pub use stream::{Stream, StreamKey, address};
