//! Civil days.

use std::ops::{Add, Sub};
use yalu_units::Instant;

/// A civil day at the border: days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct CivilDay(pub i32);

impl CivilDay {
    /// The day of a civil date, if it exists.
    pub fn of(year: i16, month: i8, day: i8) -> Option<Self> {
        crate::epoch_day(year, month, day).map(Self)
    }

    /// The civil day of an instant in a zone.
    pub fn at(zone: &str, instant: Instant) -> Self {
        let (year, month, day, ..) = crate::civil(zone, instant);
        Self::of(year, month, day).unwrap_or_default()
    }

    /// The civil day at which an instant falls in a zone, the instant as RFC 3339 has it; midnight of UTC stands for the day it is written with.
    pub fn of_moment(zone: &str, text: &str) -> Option<Self> {
        const DAY_MS: i64 = 86_400_000;
        let ms = text.trim().parse::<jiff::Timestamp>().ok()?.as_millisecond();
        let whole = (ms.rem_euclid(DAY_MS) == 0).then_some(ms.div_euclid(DAY_MS));
        whole.map_or_else(|| Some(Self::at(zone, Instant(ms))), |day| i32::try_from(day).ok().map(Self))
    }

    /// First and last day of a month, if it exists.
    pub fn month(year: i16, month: i8) -> Option<(Self, Self)> {
        let (next_year, next) = if month == 12 { (year.checked_add(1)?, 1) } else { (year, month.checked_add(1)?) };
        Some((Self::of(year, month, 1)?, Self::of(next_year, next, 1)? - 1))
    }

    /// Reads `2022-09-26`, or `2022-09` as the last day of that month, when what is dated so was surely known.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        match parts.next() {
            Some(day) => Self::of(year, month, day.parse().ok()?),
            None => Self::month(year, month).map(|m| m.1),
        }
    }

    /// Days from this day to each later one up to `last`, both included.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> + use<> {
        (self.0..=last.0).map(Self)
    }

    /// Days from another day to this one.
    pub fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<i32> for CivilDay {
    type Output = Self;
    fn add(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl Sub<i32> for CivilDay {
    type Output = Self;
    fn sub(self, days: i32) -> Self {
        Self(self.0.saturating_sub(days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_written() {
        assert_eq!(CivilDay::read("1970-01-02"), Some(CivilDay(1)));
        assert_eq!(CivilDay::read("2020-02"), CivilDay::of(2020, 2, 29));
        assert_eq!(CivilDay::month(2021, 12), CivilDay::of(2021, 12, 1).zip(CivilDay::of(2021, 12, 31)));
        for bad in ["", "various", "2020", "2021-02-29", "2020-13"] {
            assert_eq!(CivilDay::read(bad), None, "{bad}");
        }
    }
}
