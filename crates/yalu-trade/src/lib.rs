//! Trade over a border: what shippers decide, what a closure piles up, how a flow comes back.
//!
//! Shippers decide the same wherever goods are carried: by trains in a run, by tonnes a day in a calibration. Closed forms stand
//! beside each simulated figure as its bound or its limit.
pub mod calibrate;
mod choice;
mod days;
mod error;
mod fluid;
pub mod habits;
mod recovery;
pub mod shippers;

pub use choice::weigh;
pub use days::{Account, DayModel, DayOutcome, Rates, TradeMonth};
pub use error::TradeError;
pub use fluid::{Backlog, ClosureAnswer, ClosureCase, Knot, Stretch, backlog};
pub use habits::{Habits, PARAMS, Param, TABLE, Values, habits_of};
pub use recovery::{LEVELS, Point, Recovery, recovery};
