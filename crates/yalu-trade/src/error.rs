//! What can stand in the way of a figure.

/// Why there is no figure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TradeError {
    /// A value no trade can have.
    #[error("{what} must be {rule}, not {value}")]
    Input {
        /// Which value.
        what: &'static str,
        /// What it must be.
        rule: &'static str,
        /// What it is.
        value: f64,
    },
    /// There is nothing to reckon with.
    #[error("there is no {what}")]
    Empty {
        /// What there is none of.
        what: &'static str,
    },
}

/// Wide of any trade, yet narrow enough that no sum of values overflows.
const MOST: f64 = 1e12;

pub(crate) fn finite(what: &'static str, value: f64) -> Result<(), TradeError> {
    within(what, value, -MOST, MOST, "a number")
}

pub(crate) fn not_negative(what: &'static str, value: f64) -> Result<(), TradeError> {
    within(what, value, 0.0, MOST, "a number not below zero")
}

pub(crate) fn above_zero(what: &'static str, value: f64) -> Result<(), TradeError> {
    within(what, value, 1e-9, MOST, "a number above zero")
}

pub(crate) fn share(what: &'static str, value: f64) -> Result<(), TradeError> {
    within(what, value, 0.0, 1.0, "between 0 and 1")
}

pub(crate) fn within(
    what: &'static str,
    value: f64,
    least: f64,
    most: f64,
    rule: &'static str,
) -> Result<(), TradeError> {
    if (least..=most).contains(&value) { Ok(()) } else { Err(TradeError::Input { what, rule, value }) }
}
