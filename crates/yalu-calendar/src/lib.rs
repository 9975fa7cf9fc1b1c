//! Civil time: zones, local midnights and times of day, opening hours as UTC intervals.
//!
//! Zones are the bundled IANA database, so that every machine reads the same. A zone that is not known is taken as
//! UTC where an answer is due (`civil`, `utc_offset_minutes`) and gives `None` or nothing elsewhere; scenario checks
//! refuse such a zone before it gets here.

mod date;
mod day;

pub use date::{Ymd, date_of, iso_date, iso_month, long_date, month_name, short_date, short_month, short_month_name};
pub use day::CivilDay;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use yalu_units::Instant;

/// Seconds of a civil day without a change of offset.
const DAY_S: u32 = 86_400;

fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// A calendar day in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Local midnight at which it begins.
    pub start: Instant,
    /// Local midnight at which it ends.
    pub end: Instant,
    /// Civil year, month (1-12) and day of the month.
    pub date: (i16, i8, i8),
    /// Day of the week, Monday 0.
    pub weekday: u8,
    /// Days in its month.
    pub days_in_month: u8,
    /// Index of its month in [`Calendar::months`]; days before the reported period have the index after the last.
    pub month: u16,
}

/// The days of a horizon, and the months of its reported period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Days in order.
    pub days: Vec<Day>,
    /// Year and month of each month.
    pub months: Vec<(i16, i8)>,
}

/// The days between two local midnights of a zone, reported from an instant on; `None` where a day has no midnight.
pub fn days(zone_name: &str, from: Instant, to: Instant, report_from: Instant) -> Option<Calendar> {
    let tz = zone(zone_name)?;
    let mut out = Calendar::default();
    let mut start = from;
    while start < to {
        let date = show(&tz, start).date();
        let end = at(&tz, date, DAY_S)?;
        let (told, month) = (start >= report_from, (date.year(), date.month()));
        if told && out.months.last() != Some(&month) {
            out.months.push(month);
        }
        out.days.push(Day {
            start,
            end,
            date: (date.year(), date.month(), date.day()),
            weekday: date.weekday().to_monday_zero_offset() as u8,
            days_in_month: date.days_in_month() as u8,
            month: if told { (out.months.len() - 1) as u16 } else { u16::MAX },
        });
        start = end;
    }
    for d in &mut out.days {
        d.month = d.month.min(out.months.len() as u16);
    }
    Some(out)
}

/// Whether the IANA database has a zone of this name.
pub fn known_zone(name: &str) -> bool {
    !name.is_empty() && zone(name).is_some()
}

/// All zone names of the database, sorted.
pub fn zone_names() -> Vec<String> {
    let mut names: Vec<String> = jiff::tz::db().available().map(|n| n.as_str().to_owned()).collect();
    names.sort();
    names
}

/// The first instant of a civil day in a zone; `None` for an unknown zone or a day that does not exist.
pub fn local_midnight(zone_name: &str, year: i16, month: i8, day: i8) -> Option<Instant> {
    local_time(zone_name, (year, month, day), 0)
}

/// The instant of a civil day and a second of that day (86400: the next midnight). A time that a change of offset
/// skips is moved forward, one that occurs twice is the first.
pub fn local_time(zone_name: &str, date: (i16, i8, i8), second_of_day: u32) -> Option<Instant> {
    at(&zone(zone_name)?, Date::new(date.0, date.1, date.2).ok()?, second_of_day)
}

/// Year, month, day, second of the day and weekday (Monday 0) that a zone's clocks show.
pub fn civil(zone_name: &str, t: Instant) -> (i16, i8, i8, i32, u8) {
    let d = show(&zone(zone_name).unwrap_or(TimeZone::UTC), t);
    let s = i32::from(d.hour()) * 3600 + i32::from(d.minute()) * 60 + i32::from(d.second());
    (d.year(), d.month(), d.day(), s, d.weekday().to_monday_zero_offset() as u8)
}

/// The civil date that a zone's clocks show.
pub fn local_date(zone_name: &str, t: Instant) -> Ymd {
    let (y, m, d, ..) = civil(zone_name, t);
    (y, m, d)
}

/// Minutes by which a zone's clocks are ahead of UTC.
pub fn utc_offset_minutes(zone_name: &str, t: Instant) -> i32 {
    zone(zone_name).map_or(0, |z| z.to_offset(stamp(t)).seconds() / 60)
}

/// Days since 1970-01-01 of a civil date, if it exists.
pub fn epoch_day(year: i16, month: i8, day: i8) -> Option<i32> {
    let d = Date::new(year, month, day).ok()?;
    let ms = TimeZone::UTC.to_timestamp(d.at(0, 0, 0, 0)).ok()?.as_millisecond();
    i32::try_from(ms.div_euclid(i64::from(DAY_S) * 1000)).ok()
}

/// The open times between two instants: `week` holds intervals in seconds after local midnight, Monday first (an end
/// beyond or before its start reaches into the next day), `special_days` days since 1970-01-01, rising, with the intervals
/// that begin on them in place of their weekday's. Sorted, touching intervals merged, cut to the span asked for.
pub fn opening_intervals(
    week: &[Vec<(u32, u32)>; 7],
    special_days: &[(i32, Vec<(u32, u32)>)],
    zone_name: &str,
    from: Instant,
    to: Instant,
) -> Vec<(Instant, Instant)> {
    let mut out: Vec<(Instant, Instant)> = Vec::new();
    let Some(tz) = zone(zone_name) else {
        return out;
    };
    let (Ok(mut day), Ok(last)) =
        (show(&tz, from).date().checked_sub(2.days()), show(&tz, to).date().checked_add(1.day()))
    else {
        return out;
    };
    while day <= last {
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        let special = epoch_day(day.year(), day.month(), day.day())
            .and_then(|n| special_days.binary_search_by_key(&n, |s| s.0).ok())
            .map(|i| &special_days[i].1);
        for &(a, b) in special.unwrap_or(&week[weekday]) {
            let b = if b <= a { b + DAY_S } else { b };
            if let (Some(a), Some(b)) = (at(&tz, day, a), at(&tz, day, b)) {
                let (a, b) = (a.max(from), b.min(to));
                if a < b {
                    out.push((a, b));
                }
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    out.sort_unstable();
    let mut merged: Vec<(Instant, Instant)> = Vec::with_capacity(out.len());
    for (a, b) in out {
        match merged.last_mut() {
            Some(m) if a <= m.1 => m.1 = m.1.max(b),
            _ => merged.push((a, b)),
        }
    }
    merged
}

fn stamp(t: Instant) -> Timestamp {
    Timestamp::from_millisecond(t.0).unwrap_or(if t.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

fn show(tz: &TimeZone, t: Instant) -> DateTime {
    tz.to_datetime(stamp(t))
}

fn at(tz: &TimeZone, day: Date, second: u32) -> Option<Instant> {
    let day = day.checked_add(i64::from(second / DAY_S).days()).ok()?;
    let s = second % DAY_S;
    let (h, m, s) = (i8::try_from(s / 3600).ok()?, i8::try_from(s / 60 % 60).ok()?, i8::try_from(s % 60).ok()?);
    let z = tz.to_ambiguous_timestamp(day.at(h, m, s, 0)).compatible().ok()?;
    Some(Instant(z.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use yalu_units::Span;

    const P: &str = "Asia/Pyongyang";

    #[test]
    fn pyongyang_was_half_an_hour_behind_seoul_until_may_2018() {
        let before = local_midnight(P, 2018, 5, 4).unwrap();
        let after = local_midnight(P, 2018, 5, 6).unwrap();
        assert_eq!(utc_offset_minutes(P, before), 510);
        assert_eq!(utc_offset_minutes(P, after), 540);
        assert_eq!(after - before, Span::minutes(2 * 24 * 60 - 30));
        // The clocks went from 23:30 to 24:00 on 4 May: 23:45 does not exist and is moved forward.
        let skipped = local_time(P, (2018, 5, 4), 23 * 3600 + 45 * 60).unwrap();
        assert_eq!(civil(P, skipped), (2018, 5, 5, 15 * 60, 5));
    }

    #[test]
    fn civil_gives_back_what_local_time_was_given() {
        for s in [0, 1, 43_200, 86_399] {
            let t = local_time("Asia/Shanghai", (2022, 1, 16), s).unwrap();
            assert_eq!(civil("Asia/Shanghai", t), (2022, 1, 16, s as i32, 6));
        }
        assert_eq!(local_time(P, (2022, 1, 16), 86_400), local_midnight(P, 2022, 1, 17));
    }

    #[test]
    fn zones_are_known_or_not() {
        assert!(known_zone("Asia/Shanghai") && known_zone(P));
        assert!(!known_zone("Asia/Dandong") && !known_zone("") && !known_zone("../etc"));
        assert!(zone_names().iter().any(|n| n == P));
        assert_eq!(local_midnight("Asia/Dandong", 2020, 1, 1), None);
        assert_eq!(local_midnight(P, 2021, 2, 29), None);
        assert_eq!(epoch_day(1970, 1, 2), Some(1));
        assert_eq!(epoch_day(2021, 2, 29), None);
    }

    fn week(hours: &[(u32, u32)]) -> [Vec<(u32, u32)>; 7] {
        std::array::from_fn(|_| hours.to_vec())
    }

    #[test]
    fn opening_across_midnight_is_one_interval() {
        let (a, b) = (local_midnight(P, 2022, 1, 3).unwrap(), local_midnight(P, 2022, 1, 5).unwrap());
        let night = opening_intervals(&week(&[(22 * 3600, 6 * 3600)]), &[], P, a, b);
        assert_eq!(night.len(), 3);
        assert_eq!(night[0], (a, a + Span::hours(6)));
        assert_eq!(night[1], (a + Span::hours(22), a + Span::hours(30)));
        assert_eq!(night[2].1, b);
        // Till midnight and from midnight on run together.
        let all = opening_intervals(&week(&[(0, 86_400)]), &[], P, a, b);
        assert_eq!(all, vec![(a, b)]);
    }

    #[test]
    fn special_days_and_weekdays_are_shut_or_short() {
        let (a, b) = (local_midnight(P, 2022, 1, 3).unwrap(), local_midnight(P, 2022, 1, 10).unwrap());
        let mut w = week(&[(8 * 3600, 12 * 3600), (11 * 3600, 18 * 3600)]);
        w[6].clear();
        let closed = epoch_day(2022, 1, 5).unwrap();
        let open = opening_intervals(&w, &[(closed, vec![])], P, a, b);
        assert_eq!(open.len(), 5);
        assert!(open.iter().all(|(x, y)| *y - *x == Span::hours(10)));
        // A short day in place of the long one, and a Sunday that opens.
        let open = opening_intervals(&w, &[(closed, vec![(32_400, 36_000)]), (closed + 4, vec![(0, 3600)])], P, a, b);
        assert_eq!(open.len(), 7);
        assert_eq!((open[2].1 - open[2].0, open[6].1 - open[6].0), (Span::hours(1), Span::hours(1)));
        assert!(opening_intervals(&w, &[], "No/Where", a, b).is_empty());
    }
}
