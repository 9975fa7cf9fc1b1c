//! Counts of real crossings: what is normal, what happened, where it went, what next.
//!
//! Public counts by month, week or day become a table ([`read()`]), a normal range for each crossing and measure, events
//! and forecasts. Everything is as of a period: nothing later is used. docs/watch.md has the equations.
mod alone;
pub mod board;
mod combine;
mod counts;
pub mod event;
mod fault;
mod forecast;
mod gain;
mod level;
mod near;
mod pass;
mod period;
pub mod plant;
pub mod read;
pub mod recovery;
mod robust;
pub mod score;
mod season;

pub use combine::{Residual, Together, common_sd, together};
pub use counts::{Counts, CrossingId, Revision, TableNote, Trade};
pub use fault::{Fault, Seen};
pub use forecast::{Errors, Forecast};
pub use gain::{Gain, gain};
pub use near::NEIGHBOURS;
pub use pass::{CountLine, LATER, MASKED, Pass, Site, Thresholds};
pub use period::{DateOrder, Period, PeriodError, Step, Written, resolve};
