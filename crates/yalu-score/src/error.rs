//! What can stand in the way of a score.

/// Why there is no score.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScoreError {
    /// A value no forecast can have.
    #[error("{what} must be {rule}, not {value}")]
    Input {
        /// Which value.
        what: &'static str,
        /// What it must be.
        rule: &'static str,
        /// What it is.
        value: f64,
    },
    /// There is nothing to score.
    #[error("there is no {what}")]
    Empty {
        /// What there is none of.
        what: &'static str,
    },
    /// Forecasts and outcomes are not as many.
    #[error("{forecasts} forecasts for {outcomes} outcomes")]
    Lengths {
        /// Forecasts.
        forecasts: usize,
        /// Outcomes.
        outcomes: usize,
    },
}

pub(crate) fn finite(what: &'static str, value: f64) -> Result<(), ScoreError> {
    if value.is_finite() { Ok(()) } else { Err(ScoreError::Input { what, rule: "a number", value }) }
}

pub(crate) fn above_zero(what: &'static str, value: f64) -> Result<(), ScoreError> {
    if value.is_finite() && value > 0.0 {
        Ok(())
    } else {
        Err(ScoreError::Input { what, rule: "a number above zero", value })
    }
}

pub(crate) fn chance(what: &'static str, value: f64) -> Result<(), ScoreError> {
    if (0.0..=1.0).contains(&value) { Ok(()) } else { Err(ScoreError::Input { what, rule: "between 0 and 1", value }) }
}

pub(crate) fn level(what: &'static str, value: f64) -> Result<(), ScoreError> {
    if value > 0.0 && value < 1.0 {
        Ok(())
    } else {
        Err(ScoreError::Input { what, rule: "above 0 and below 1", value })
    }
}

pub(crate) fn some(what: &'static str, count: usize) -> Result<(), ScoreError> {
    if count > 0 { Ok(()) } else { Err(ScoreError::Empty { what }) }
}
