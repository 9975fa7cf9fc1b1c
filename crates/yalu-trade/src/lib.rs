//! Trade over a border: which way goods go, what a closure piles up, what stocks bear, how a flow comes back.
//!
//! Closed forms stand beside each simulated figure as its bound or its limit; pure functions on plain numbers, days and
//! one unit of money or mass throughout.
pub mod calibrate;
mod choice;
mod days;
mod equilibrium;
mod error;
mod fluid;
pub mod habits;
mod inventory;
mod recovery;

pub use choice::{Choice, GeneralisedCost, Nest, multinomial_logit, nested_logit};
pub use days::{DayModel, DayOutcome, TradeMonth};
pub use equilibrium::{Equilibrium, LinkCost, Network, Principle, equilibrium};
pub use error::TradeError;
pub use fluid::{Backlog, ClosureAnswer, ClosureCase, Knot, Stretch, backlog};
pub use habits::{Habits, PARAMS, Param, TABLE, Values, habits_of};
pub use inventory::{OrderUpTo, Shortage};
pub use recovery::{LEVELS, Point, Recovery, recovery};
