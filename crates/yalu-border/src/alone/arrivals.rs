//! When trains come.

use crate::BorderError;
use yalu_units::{Instant, Span, Stream, StreamKey, address};

/// When trains come.
#[derive(Clone, PartialEq, Debug)]
pub enum Arrivals {
    /// At random.
    Poisson {
        /// Mean time between them.
        mean: Span,
    },
    /// At listed instants, sorted.
    Timetable(Vec<Instant>),
    /// The first after so long, and one every so long.
    Every {
        /// After the beginning.
        first: Span,
        /// Between.
        every: Span,
    },
    /// Several at the same instant, instants at random.
    Batches {
        /// Mean time between instants.
        mean: Span,
        /// Trains at each.
        size: u32,
    },
}

impl Arrivals {
    pub(super) fn check(&self, name: &str) -> Result<(), BorderError> {
        let fail = |part: &str, value: f64| Err(BorderError::OutOfRange { what: format!("{name}: {part}"), value });
        match self {
            Self::Poisson { mean } | Self::Batches { mean, .. } if mean.0 < 1 => {
                fail("mean time between trains, s", mean.0 as f64 / 1e3)
            }
            Self::Every { every, .. } if every.0 < 1 => fail("time between trains, s", every.0 as f64 / 1e3),
            Self::Timetable(all) if !all.is_sorted() => {
                Err(BorderError::Intervals { what: format!("{name}: timetable") })
            }
            _ => Ok(()),
        }
    }
}

/// A stream under way: when its next trains come.
pub(super) struct Coming<'a> {
    arrivals: &'a Arrivals,
    draws: Stream,
    /// Not rounded, so that rounding does not add up; ms.
    last_ms: f64,
    listed: usize,
}

impl<'a> Coming<'a> {
    pub fn new(arrivals: &'a Arrivals, name: &str, from: Instant, key: StreamKey) -> Self {
        Self {
            arrivals,
            draws: key.stream(address(&["border", "traffic", name]), 0),
            last_ms: from.0 as f64,
            listed: 0,
        }
    }

    /// The next instant, and how many trains come at it.
    pub fn next(&mut self, from: Instant) -> Option<(Instant, u32)> {
        let size = if let Arrivals::Batches { size, .. } = self.arrivals { *size } else { 1 };
        let at = match self.arrivals {
            Arrivals::Poisson { mean } | Arrivals::Batches { mean, .. } => {
                self.last_ms -= mean.0 as f64 * libm::log(1.0 - self.draws.unit());
                Instant(self.last_ms.round() as i64)
            }
            Arrivals::Timetable(all) => *all.get(self.listed)?,
            Arrivals::Every { first, every } => from + Span(first.0 + every.0 * self.listed as i64),
        };
        self.listed += 1;
        Some((at, size))
    }
}
