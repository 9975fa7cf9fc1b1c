//! Civil dates in data and in words; no zones.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// A civil date: year, month from 1, day of the month from 1.
pub type Ymd = (i16, i8, i8);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The date so many days after 1970-01-01; days beyond the years -9999 to 9999 are taken as the last within.
pub fn date_of(days: i32) -> Ymd {
    // Beyond the years of the calendar even the span would overflow.
    let days = days.clamp(-5_000_000, 5_000_000);
    let d = Date::constant(1970, 1, 1).saturating_add(i64::from(days).days());
    (d.year(), d.month(), d.day())
}

/// A date in data, `2022-09-26`.
pub fn iso_date((y, m, d): Ymd) -> String {
    format!("{y:04}-{m:02}-{d:02}")
}

/// A month in data, `2022-09`.
pub fn iso_month((y, m): (i16, i8)) -> String {
    format!("{y:04}-{m:02}")
}

/// A month's name, `September`.
pub fn month_name(month: i8) -> &'static str {
    MONTHS[(month.clamp(1, 12) - 1) as usize]
}

/// A month's name in three letters, `Sep`.
pub fn short_month_name(month: i8) -> &'static str {
    &month_name(month)[..3]
}

/// A month in charts and tables, `Sep 2022`.
pub fn short_month((y, m): (i16, i8)) -> String {
    format!("{} {y}", short_month_name(m))
}

/// A date in charts and tables, `26 Sep 2022`.
pub fn short_date((y, m, d): Ymd) -> String {
    format!("{d} {} {y}", short_month_name(m))
}

/// A date in text, `Monday 26 September 2022`.
pub fn long_date((y, m, d): Ymd) -> String {
    let weekday = Date::new(y, m, d).map_or("", |x| DAYS[x.weekday().to_monday_zero_offset() as usize]);
    format!("{weekday} {d} {} {y}", month_name(m))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epoch_day;

    #[test]
    fn dates_are_written_one_way_in_data_and_two_in_words() {
        let d = date_of(19_261);
        assert_eq!((d, epoch_day(d.0, d.1, d.2)), ((2022, 9, 26), Some(19_261)));
        assert_eq!(iso_date(d), "2022-09-26");
        assert_eq!(iso_month((2022, 9)), "2022-09");
        assert_eq!(short_date(d), "26 Sep 2022");
        assert_eq!(short_month((2022, 9)), "Sep 2022");
        assert_eq!(long_date(d), "Monday 26 September 2022");
        assert_eq!((date_of(i32::MAX).0, date_of(i32::MIN).0), (9999, -9999));
    }
}
