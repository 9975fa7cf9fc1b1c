//! Scores of chances: of an event, or of one state among several.

use crate::ScoreError;
use crate::error::{chance, some};

/// Brier's score of chances of events: `mean (p - o)²`; 0 is best.
pub fn brier(chances: &[f64], came: &[bool]) -> Result<f64, ScoreError> {
    mean(chances, came, miss)
}

/// Logarithmic score of chances of events: `mean -ln(chance of what came)`; 0 is best. What was ruled out and came
/// scores infinitely ill.
pub fn log_score(chances: &[f64], came: &[bool]) -> Result<f64, ScoreError> {
    mean(chances, came, surprise)
}

/// Brier's score of one chance: its squared distance from what came (Brier 1950, half his sum over both outcomes).
pub fn miss(chance: f64, came: bool) -> f64 {
    (chance - f64::from(u8::from(came))).powi(2)
}

/// Logarithmic score of one chance: surprise at what came, nats.
pub fn surprise(chance: f64, came: bool) -> f64 {
    -libm::log(if came { chance } else { 1.0 - chance })
}

fn mean(chances: &[f64], came: &[bool], score: impl Fn(f64, bool) -> f64) -> Result<f64, ScoreError> {
    some("chance", chances.len())?;
    if chances.len() != came.len() {
        return Err(ScoreError::Lengths { forecasts: chances.len(), outcomes: came.len() });
    }
    for p in chances {
        chance("a chance", *p)?;
    }
    Ok(chances.iter().zip(came).map(|(p, o)| score(*p, *o)).sum::<f64>() / chances.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_and_right_is_best_and_sure_and_wrong_worst() {
        assert_eq!((brier(&[1.0, 0.0], &[true, false]), log_score(&[1.0, 0.0], &[true, false])), (Ok(0.0), Ok(0.0)));
        assert_eq!((brier(&[1.0], &[false]), log_score(&[1.0], &[false])), (Ok(1.0), Ok(f64::INFINITY)));
        assert_eq!(brier(&[1.2], &[true]).unwrap_err().to_string(), "a chance must be between 0 and 1, not 1.2");
        assert_eq!(brier(&[0.5], &[]).unwrap_err().to_string(), "1 forecasts for 0 outcomes");
    }
}
