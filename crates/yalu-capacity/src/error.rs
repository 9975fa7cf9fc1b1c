//! What can stand in the way of a figure.

/// Why there is no capacity.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CapacityError {
    /// A value no line can have.
    #[error("{what} must be {rule}, not {value}")]
    Input {
        /// Which value.
        what: &'static str,
        /// What it must be.
        rule: &'static str,
        /// What it is.
        value: f64,
    },
    /// The parts of the input do not fit each other.
    #[error("{what}")]
    Shape {
        /// What does not fit.
        what: String,
    },
    /// In the crossing pattern given, trains wait for each other for ever.
    #[error("the crossing pattern locks: {} events wait for each other in a ring", events.len())]
    Locked {
        /// The events of the ring, as numbered by the graph.
        events: Vec<usize>,
    },
    /// More than this method is made for.
    #[error("{what}: {count}, at most {most}")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much there is.
        count: usize,
        /// How much there may be.
        most: usize,
    },
}

impl CapacityError {
    pub(crate) fn shape(what: impl Into<String>) -> Self {
        Self::Shape { what: what.into() }
    }
}

/// Wide of any line, yet narrow enough that no sum of values overflows.
const MOST: f64 = 1e12;

pub(crate) fn not_negative(what: &'static str, value: f64) -> Result<(), CapacityError> {
    within(what, value, 0.0, MOST, "a number not below zero")
}

pub(crate) fn above_zero(what: &'static str, value: f64) -> Result<(), CapacityError> {
    within(what, value, 1e-6, MOST, "a number above zero")
}

pub(crate) fn share(what: &'static str, value: f64) -> Result<(), CapacityError> {
    within(what, value, 0.0, 1.0, "between 0 and 1")
}

pub(crate) fn within_day(what: &'static str, value: f64) -> Result<(), CapacityError> {
    within(what, value, 0.0, crate::DAY_S, "between 0 and 86400 s")
}

pub(crate) fn at_least_one(what: &'static str, value: usize) -> Result<(), CapacityError> {
    within(what, value as f64, 1.0, MOST, "at least 1")
}

fn within(what: &'static str, value: f64, least: f64, most: f64, rule: &'static str) -> Result<(), CapacityError> {
    if (least..=most).contains(&value) { Ok(()) } else { Err(CapacityError::Input { what, rule, value }) }
}
