//! A closed form beside a simulated throughput.

use crate::CapacityError;
use crate::error::not_negative;

/// How a simulated throughput at saturation stands to the closed form of the same working.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Agreement {
    /// Within the tolerance.
    Agrees,
    /// The simulation carries less: allowed, and worth a look at what it waits for.
    SimulatedBelow {
        /// Share of the closed form that is missing.
        by: f64,
    },
    /// The simulation carries more than the bound: one of the two is wrong, or they describe different workings.
    SimulatedAbove {
        /// Share of the closed form in excess.
        by: f64,
    },
}

impl Agreement {
    /// Whether the two cannot both be right.
    pub fn is_contradiction(self) -> bool {
        matches!(self, Self::SimulatedAbove { .. })
    }
}

/// A throughput a day below this is none.
const NOTHING: f64 = 1e-6;

/// Compares throughput a day, closed and simulated, in the same unit; `tolerance` is a share of the closed form.
///
/// The closed form must be the bound (effective share 1) of the working that the simulator is allowed: where trains may
/// follow each other, the bound of platoons as long as the stations can hold, not of alternating pairs.
pub fn saturation_flag(closed_form: f64, simulated: f64, tolerance: f64) -> Result<Agreement, CapacityError> {
    not_negative("the closed form", closed_form)?;
    not_negative("the simulated throughput", simulated)?;
    not_negative("the tolerance", tolerance)?;
    // A line that carries nothing has no share to be off by: what is simulated on it is all in excess.
    let by = match (closed_form > NOTHING, simulated > NOTHING) {
        (true, _) => simulated / closed_form - 1.0,
        (false, true) => 1.0,
        (false, false) => 0.0,
    };
    Ok(if by > tolerance {
        Agreement::SimulatedAbove { by }
    } else if by < -tolerance {
        Agreement::SimulatedBelow { by: -by }
    } else {
        Agreement::Agrees
    })
}
