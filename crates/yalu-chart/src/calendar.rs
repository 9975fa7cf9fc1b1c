//! The civil calendar: days counted from 1970-01-01, months and their names; no zones.

use yalu_calendar::{date_of, epoch_day, iso_date, iso_month, short_date, short_month, short_month_name};

/// A month of the civil calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
}

impl Month {
    /// The first day of the month.
    pub fn first_day(self) -> i32 {
        day(self.year, self.month, 1)
    }

    /// The last day of the month.
    pub fn last_day(self) -> i32 {
        if self.month >= 12 {
            day(self.year.saturating_add(1), 1, 1) - 1
        } else {
            day(self.year, self.month.max(1) + 1, 1) - 1
        }
    }

    /// The middle of the month in days, where its mark stands.
    pub(crate) fn middle(self) -> f64 {
        f64::midpoint(f64::from(self.first_day()), f64::from(self.last_day()) + 1.0)
    }

    /// The month as data, `2022-09`.
    pub(crate) fn iso(self) -> String {
        iso_month((self.year, self.month))
    }

    /// The month in charts, `Sep 2022`.
    pub(crate) fn text(self) -> String {
        short_month((self.year, self.month))
    }
}

/// A day as the count of days since 1970-01-01; what no calendar has is taken as the day before it.
pub fn day(year: i16, month: i8, day_of_month: i8) -> i32 {
    let (year, month) = (year.clamp(-9998, 9998), month.clamp(1, 12));
    (1..=day_of_month.clamp(1, 31)).rev().find_map(|d| epoch_day(year, month, d)).unwrap_or(0)
}

/// A day in charts: `26 Sep`, or `26 Sep 2022` with its year.
pub(crate) fn day_text(days: i32, with_year: bool) -> String {
    let (y, m, d) = date_of(days);
    if with_year { short_date((y, m, d)) } else { format!("{d} {}", short_month_name(m)) }
}

/// A day as data, `2022-09-26`.
pub(crate) fn day_iso(days: i32) -> String {
    iso_date(date_of(days))
}

/// A moment as data, `2022-09-26T07:43Z`.
pub(crate) fn moment_iso(ms: i64) -> String {
    let days = ms.div_euclid(86_400_000).clamp(-10_000_000, 10_000_000) as i32;
    let minutes = ms.rem_euclid(86_400_000) / 60_000;
    format!("{}T{:02}:{:02}Z", day_iso(days), minutes / 60, minutes % 60)
}
