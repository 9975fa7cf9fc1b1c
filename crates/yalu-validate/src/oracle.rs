//! A figure to be met, and whether it is.

use yalu_capacity::CapacityError;
use yalu_physics::PhysicsError;
use yalu_score::ScoreError;
use yalu_sensitivity::SensitivityError;
use yalu_trade::TradeError;

/// How far an observed figure may lie from the expected one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Tolerance {
    /// In the unit of the figure; 0 where it must be met exactly.
    Absolute(f64),
    /// As a share of the expected figure.
    Relative(f64),
}

/// Why a figure could not be observed.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Unobserved {
    /// There is no train run.
    #[error(transparent)]
    Physics(#[from] PhysicsError),
    /// There is no capacity.
    #[error(transparent)]
    Capacity(#[from] CapacityError),
    /// There is no figure of trade.
    #[error(transparent)]
    Trade(#[from] TradeError),
    /// There is no score.
    #[error(transparent)]
    Score(#[from] ScoreError),
    /// There is no index.
    #[error(transparent)]
    Sensitivity(#[from] SensitivityError),
    /// The look-ahead gave up on a state.
    #[error("the look-ahead gave up after {states} states")]
    GaveUp {
        /// States it looked into.
        states: usize,
    },
    /// Border stations are not sound.
    #[error("border stations are refused: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Border(Vec<yalu_border::BorderError>),
    /// What was looked for does not occur in the run.
    #[error("the run has no {what}")]
    Missing {
        /// What was looked for.
        what: &'static str,
    },
}

/// A figure as the product gives it.
pub type Observed = Result<f64, Unobserved>;

/// Computes a figure with one constant of its input multiplied by a factor; 1 leaves it as it is.
pub type Observe = Box<dyn Fn(f64) -> Observed + Send + Sync>;

/// A figure from outside, and how to observe it.
pub struct Oracle {
    /// Its name, parts joined by dots.
    pub id: String,
    /// The part of the product it holds to account.
    pub layer: &'static str,
    /// What is observed, in words.
    pub what: String,
    /// Unit of the figure; empty for numbers of things.
    pub unit: &'static str,
    /// The figure.
    pub expected: f64,
    /// How far from it is still right.
    pub tolerance: Tolerance,
    /// Who published it, or how it was computed independently.
    pub source: &'static str,
    /// The constant of the input that a factor changes.
    pub constant: &'static str,
    /// Observes it.
    pub observe: Observe,
}

/// What came of an oracle.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// The figure as the product gives it, or why it gives none.
    pub observed: Observed,
    /// Whether it lies within the tolerance.
    pub pass: bool,
}

impl Tolerance {
    /// The tolerance in the unit of the expected figure.
    pub fn of(self, expected: f64) -> f64 {
        match self {
            Self::Absolute(by) => by,
            Self::Relative(share) => share * expected.abs(),
        }
    }
}

impl Oracle {
    /// Observes the figure with its constant multiplied by a factor.
    pub fn with(&self, factor: f64) -> Finding {
        let observed = (self.observe)(factor);
        let within = self.tolerance.of(self.expected);
        let pass = observed.as_ref().is_ok_and(|seen| (seen - self.expected).abs() <= within);
        Finding { observed, pass }
    }
}

/// Observes an oracle as it is.
pub fn run(o: &Oracle) -> Finding {
    o.with(1.0)
}
