//! Delay against volume, and how many trains a train meets.

use crate::error::{above_zero, not_negative};
use crate::{CapacityError, DAY_S};

/// Mean delay of a train as it grows with volume: `D = A0·e^{B·V}`.
///
/// Parametric model of Canadian National (Krueger 1999), after Prokopy and Rubin 1975; A0 and B belong to one line and
/// one mix of trains, and are fitted to simulated or recorded delays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DelayCurve {
    /// Delay with no other traffic, A0, s.
    pub delay_at_zero_s: f64,
    /// Growth B, a train a day.
    pub growth_per_train: f64,
}

/// Past this the exponential means nothing more: e^50 times the delay of an empty line.
const MOST_EXPONENT: f64 = 50.0;

impl DelayCurve {
    /// The curve through two points of (trains a day, delay in s).
    pub fn through(one: (f64, f64), other: (f64, f64)) -> Result<Self, CapacityError> {
        for (volume, delay) in [one, other] {
            not_negative("the volume", volume)?;
            above_zero("the delay", delay)?;
        }
        let (less, more) = if one.0 <= other.0 { (one, other) } else { (other, one) };
        above_zero("the difference of the volumes", more.0 - less.0)?;
        let growth_per_train = (more.1 / less.1).ln() / (more.0 - less.0);
        not_negative("the growth of delay with volume", growth_per_train)?;
        let curve = Self { delay_at_zero_s: less.1 * (-growth_per_train * less.0).exp(), growth_per_train };
        curve.check()?;
        Ok(curve)
    }

    /// Mean delay at so many trains a day, s.
    pub fn delay_s(&self, trains_per_day: f64) -> Result<f64, CapacityError> {
        self.check()?;
        not_negative("the volume", trains_per_day)?;
        let exponent = self.growth_per_train * trains_per_day;
        if exponent > MOST_EXPONENT {
            return Err(CapacityError::Input {
                what: "the volume",
                rule: "within the reach of the delay curve",
                value: trains_per_day,
            });
        }
        Ok(self.delay_at_zero_s * exponent.exp())
    }

    /// Practical capacity: trains a day at which the delay reaches what is tolerated, `ln(D/A0)/B`, not below zero.
    pub fn practical_trains_per_day(&self, tolerated_delay_s: f64) -> Result<f64, CapacityError> {
        self.check()?;
        above_zero("the growth of delay", self.growth_per_train)?;
        above_zero("the tolerated delay", tolerated_delay_s)?;
        Ok(((tolerated_delay_s / self.delay_at_zero_s).ln() / self.growth_per_train).max(0.0))
    }

    fn check(&self) -> Result<(), CapacityError> {
        above_zero("the delay at no volume", self.delay_at_zero_s)?;
        not_negative("the growth of delay", self.growth_per_train)
    }
}

/// Trains a train meets on its way: `λ_opp·(T1 + T2)`, both running times over the whole line, stands included.
pub fn meets_per_train(opposing_trains_per_day: f64, own_s: f64, opposing_s: f64) -> Result<f64, CapacityError> {
    not_negative("the number of opposing trains", opposing_trains_per_day)?;
    not_negative("the running time", own_s)?;
    not_negative("the opposing running time", opposing_s)?;
    Ok(opposing_trains_per_day * (own_s + opposing_s) / DAY_S)
}
