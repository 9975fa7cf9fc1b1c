//! The civil calendar: days counted from 1970-01-01, months and their names; no zones.

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
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// The month in charts, `Sep 2022`.
    pub(crate) fn text(self) -> String {
        format!("{} {}", month_name(self.month), self.year)
    }
}

/// A day as the count of days since 1970-01-01.
pub fn day(year: i16, month: i8, day_of_month: i8) -> i32 {
    let m = i64::from(month.clamp(1, 12));
    let y = i64::from(year) - i64::from(m <= 2);
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + i64::from(day_of_month.clamp(1, 31)) - 1;
    (era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468) as i32
}

/// Year, month and day of a day's count; held to the years a chart can show.
pub(crate) fn ymd(days: i32) -> (i16, i8, i8) {
    let z = i64::from(days.clamp(-10_000_000, 10_000_000)) + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let m = if mp < 10 { mp + 3 } else { mp - 9 };
    let y = yoe + era * 400 + i64::from(m <= 2);
    (y.clamp(-32_000, 32_000) as i16, m as i8, (doy - (153 * mp + 2) / 5 + 1) as i8)
}

/// The short name of a month.
pub(crate) fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES.get(usize::try_from(i32::from(month) - 1).unwrap_or(12)).copied().unwrap_or("?")
}

/// A day in charts: `26 Sep`, or `26 Sep 2022` with its year.
pub(crate) fn day_text(days: i32, with_year: bool) -> String {
    let (y, m, d) = ymd(days);
    if with_year { format!("{d} {} {y}", month_name(m)) } else { format!("{d} {}", month_name(m)) }
}

/// A day as data, `2022-09-26`.
pub(crate) fn day_iso(days: i32) -> String {
    let (y, m, d) = ymd(days);
    format!("{y:04}-{m:02}-{d:02}")
}

/// A moment as data, `2022-09-26T07:43Z`.
pub(crate) fn moment_iso(ms: i64) -> String {
    let days = ms.div_euclid(86_400_000).clamp(-10_000_000, 10_000_000) as i32;
    let minutes = ms.rem_euclid(86_400_000) / 60_000;
    format!("{}T{:02}:{:02}Z", day_iso(days), minutes / 60, minutes % 60)
}
