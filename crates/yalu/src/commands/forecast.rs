//! `yalu forecast`.

use super::Ended;
use crate::ledger::args::Forecast;
use crate::terminal::Problem;

/// Tells how long service or standstill will last.
pub fn forecast(_: &Forecast) -> Result<Ended, Problem> {
    Err(Problem::new("not yet"))
}
