//! Scott's formula.

use crate::error::{above_zero, not_negative, share};
use crate::{CapacityError, DAY_S};

/// Trains a day, both directions together: `C = 86400/(T + t)·E` (Indian railways).
///
/// `running_s` is the slowest train's run over the critical block, `operation_s` the time to work the block between two
/// trains, `efficiency` about 0.7 to 0.8.
pub fn scott_trains_per_day(running_s: f64, operation_s: f64, efficiency: f64) -> Result<f64, CapacityError> {
    above_zero("the running time", running_s)?;
    not_negative("the time of block operation", operation_s)?;
    share("the efficiency", efficiency)?;
    Ok(DAY_S / (running_s + operation_s) * efficiency)
}
