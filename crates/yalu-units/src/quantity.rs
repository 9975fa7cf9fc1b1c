//! Time, distance and mass as integers.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};

/// A point in time: milliseconds since 1970-01-01T00:00:00 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Instant(pub i64);

/// A length of time in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span(pub i64);

/// A length in millimetres.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Distance(pub i64);

/// A mass in kilograms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Mass(pub i64);

impl Instant {
    /// Later than any instant of a simulation.
    pub const FAR: Instant = Instant(i64::MAX / 4);
    /// Earlier than any instant of a simulation.
    pub const NEVER: Instant = Instant(i64::MIN / 4);
}

impl Span {
    /// A span of whole seconds.
    pub const fn seconds(s: i64) -> Span {
        Span(s * 1_000)
    }
    /// A span of whole minutes.
    pub const fn minutes(m: i64) -> Span {
        Span(m * 60_000)
    }
    /// A span of whole hours.
    pub const fn hours(h: i64) -> Span {
        Span(h * 3_600_000)
    }
    /// A span of whole days of 24 hours.
    pub const fn days(d: i64) -> Span {
        Span(d * 86_400_000)
    }
    /// The span nearest to a real number of seconds.
    pub fn from_seconds(s: f64) -> Span {
        Span((s * 1_000.0).round() as i64)
    }
    /// The span in hours.
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / 3_600_000.0
    }
    /// The span in minutes.
    pub fn as_minutes(self) -> f64 {
        self.0 as f64 / 60_000.0
    }
    /// The span in days of 24 hours.
    pub fn as_days(self) -> f64 {
        self.0 as f64 / 86_400_000.0
    }
}

impl Distance {
    /// The distance nearest to a real number of metres.
    pub fn from_metres(m: f64) -> Distance {
        Distance((m * 1_000.0).round() as i64)
    }
    /// The distance in metres.
    pub fn as_metres(self) -> f64 {
        self.0 as f64 / 1_000.0
    }
}

impl Mass {
    /// The mass nearest to a real number of tonnes.
    pub fn from_tonnes(t: f64) -> Mass {
        Mass((t * 1_000.0).round() as i64)
    }
    /// The mass in tonnes.
    pub fn as_tonnes(self) -> f64 {
        self.0 as f64 / 1_000.0
    }
}

macro_rules! arithmetic {
    ($t:ty) => {
        impl Add for $t {
            type Output = $t;
            fn add(self, o: $t) -> $t {
                Self(self.0 + o.0)
            }
        }
        impl Sub for $t {
            type Output = $t;
            fn sub(self, o: $t) -> $t {
                Self(self.0 - o.0)
            }
        }
        impl AddAssign for $t {
            fn add_assign(&mut self, o: $t) {
                self.0 += o.0;
            }
        }
        impl SubAssign for $t {
            fn sub_assign(&mut self, o: $t) {
                self.0 -= o.0;
            }
        }
        impl std::iter::Sum for $t {
            fn sum<I: Iterator<Item = $t>>(i: I) -> $t {
                Self(i.map(|x| x.0).sum())
            }
        }
    };
}
arithmetic!(Span);
arithmetic!(Distance);
arithmetic!(Mass);

impl Add<Span> for Instant {
    type Output = Instant;
    fn add(self, o: Span) -> Instant {
        Instant(self.0 + o.0)
    }
}
impl Sub<Span> for Instant {
    type Output = Instant;
    fn sub(self, o: Span) -> Instant {
        Instant(self.0 - o.0)
    }
}
impl Sub for Instant {
    type Output = Span;
    fn sub(self, o: Instant) -> Span {
        Span(self.0 - o.0)
    }
}
impl fmt::Display for Mass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} t", self.as_tonnes())
    }
}
