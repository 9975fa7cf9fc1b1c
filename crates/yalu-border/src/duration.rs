//! How long something takes: distributions, each a function of one addressed draw.

use crate::BorderError;
use yalu_units::Span;

/// A distribution of a length of time. Draws are rounded to a millisecond.
#[derive(Clone, PartialEq, Debug)]
pub enum Duration {
    /// Always the same.
    Fixed(Span),
    /// Uniform.
    Uniform {
        /// Lower end.
        least: Span,
        /// Upper end.
        most: Span,
    },
    /// Triangular.
    Triangular {
        /// Lower end.
        least: Span,
        /// Mode.
        likely: Span,
        /// Upper end.
        most: Span,
    },
    /// Exponential.
    Exponential {
        /// Its mean.
        mean: Span,
    },
    /// Sum of k exponential phases; squared coefficient of variation 1/k.
    Erlang {
        /// Phases, at least 1.
        k: u32,
        /// Mean of the sum.
        mean: Span,
    },
    /// Lognormal.
    LogNormal {
        /// Its median.
        median: Span,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// At least so long, and a random part more.
    Shifted {
        /// The least.
        by: Span,
        /// The random part.
        rest: Box<Duration>,
    },
    /// Two channels, as in customs: most pass by green, a share by red.
    Channels {
        /// Share of red, 0 to 1.
        red_share: f64,
        /// Green.
        green: Box<Duration>,
        /// Red.
        red: Box<Duration>,
    },
}

impl Duration {
    /// The duration at a draw u of [0, 1).
    pub fn at(&self, _u: f64) -> Span {
        Span(0)
    }
    /// Its mean, s.
    pub fn mean_s(&self) -> f64 {
        0.0
    }
    /// Whether every draw gives the same.
    pub fn fixed(&self) -> Option<Span> {
        None
    }
    /// Checks its numbers.
    pub fn check(&self, _what: &str) -> Result<(), BorderError> {
        Ok(())
    }
}
