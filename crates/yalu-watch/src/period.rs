//! Days, weeks and months as people write them, and as whole numbers that count on.

use std::fmt;
use yalu_calendar::{date_of, epoch_day, month_name, short_month_name};

/// How long one period of a table is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// A civil day, counted from 1970-01-01.
    Day,
    /// A week from Monday, counted from that of 1970-01-01.
    Week,
    /// A civil month, counted from January of year 0.
    Month,
}

impl Step {
    /// Periods of a year, the cycle of the seasons.
    pub fn per_year(self) -> usize {
        match self {
            Step::Day => 365,
            Step::Week => 52,
            Step::Month => 12,
        }
    }
    /// Periods of a mean month.
    pub fn per_month(self) -> f64 {
        match self {
            Step::Day => 30.4,
            Step::Week => 30.4 / 7.0,
            Step::Month => 1.0,
        }
    }
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Step::Day => "day",
            Step::Week => "week",
            Step::Month => "month",
        }
    }
}

/// One period of a table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Period {
    /// How long it is.
    pub step: Step,
    /// Its number.
    pub index: i32,
}

impl Period {
    /// Year, month and day on which it begins.
    pub fn begins(self) -> (i16, i8, i8) {
        match self.step {
            Step::Day => date_of(self.index),
            Step::Week => date_of(self.index * 7 - 3),
            Step::Month => (self.index.div_euclid(12) as i16, self.index.rem_euclid(12) as i8 + 1, 1),
        }
    }
    /// The day on which it begins, counted from 1970-01-01.
    pub fn first_day(self) -> i32 {
        let (y, m, d) = self.begins();
        epoch_day(y, m, d).unwrap_or(0)
    }
    /// Days in it.
    pub fn days(self) -> i32 {
        Period { index: self.index + 1, ..self }.first_day() - self.first_day()
    }
    /// The calendar month, from 0, in which most of it lies.
    pub fn month(self) -> usize {
        let (_, month, _) = match self.step {
            Step::Week => date_of(self.index * 7),
            _ => self.begins(),
        };
        month as usize - 1
    }
    /// As a period of the same length, later.
    #[must_use]
    pub fn plus(self, by: i32) -> Period {
        Period { index: self.index + by, ..self }
    }
    /// In short, for rows of a table: `Dec 2022`, `8 Jan 2022`.
    pub fn short(self) -> String {
        let (y, m, d) = self.begins();
        let name = short_month_name(m);
        match self.step {
            Step::Month => format!("{name} {y}"),
            _ => format!("{d} {name} {y}"),
        }
    }
    /// As data: `2022-12`, `2022-01-08`.
    pub fn data(self) -> String {
        let (y, m, d) = self.begins();
        match self.step {
            Step::Month => format!("{y:04}-{m:02}"),
            _ => format!("{y:04}-{m:02}-{d:02}"),
        }
    }
    /// The period of this length that a text names, as `2022-12` or any other spelling of [`Written::parse`].
    pub fn parse(text: &str, step: Step) -> Option<Period> {
        let w = Written::parse(text)?;
        let index = match (step, w) {
            (Step::Month, Written::Month(y, m) | Written::Day(y, m, _)) => month_index(y, m),
            (Step::Week, Written::Week(y, w)) => week_index(y, w)?,
            (Step::Week, Written::Day(y, m, d)) => week_of(epoch_day(y, m, d)?),
            (Step::Day, Written::Day(y, m, d)) => epoch_day(y, m, d)?,
            _ => return None,
        };
        Some(Period { step, index })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.begins();
        let name = month_name(m);
        match self.step {
            Step::Month => write!(f, "{name} {y}"),
            Step::Week => write!(f, "week of {d} {name} {y}"),
            Step::Day => write!(f, "{d} {name} {y}"),
        }
    }
}

fn month_index(year: i16, month: i8) -> i32 {
    i32::from(year) * 12 + i32::from(month) - 1
}

/// The week, from Monday, in which a day lies: 1970-01-01 was a Thursday.
fn week_of(day: i32) -> i32 {
    (day + 3).div_euclid(7)
}

fn week_index(year: i16, week: i8) -> Option<i32> {
    Some(week_of(epoch_day(year, 1, 4)?) + i32::from(week) - 1)
}

/// A period as a cell spells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// A month of a year.
    Month(i16, i8),
    /// An ISO week of a year.
    Week(i16, i8),
    /// A day.
    Day(i16, i8, i8),
    /// Day and month in an order the cell alone does not give, and a year.
    Either(i8, i8, i16),
}

impl Written {
    /// Reads `Jan 2024`, `2024M01`, `2024-01`, `01/2024`, `202401`, `2024-W05`, `2024-01-31`, `31.01.2024`, `20240131`,
    /// each with or without a time of day behind it.
    pub fn parse(text: &str) -> Option<Written> {
        let text = text.trim();
        // A time of day behind a date changes nothing.
        let text = text.split_once('T').filter(|(_, t)| t.contains(':')).map_or(text, |(d, _)| d);
        let text = if text.contains(':') { text.split(' ').next()? } else { text };
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let same = |n: char| if c.is_ascii_digit() { n.is_ascii_digit() } else { n.is_alphabetic() };
            let end = rest.find(|n| !same(n)).unwrap_or(rest.len());
            if end == 0 {
                if !" -/.,".contains(c) {
                    return None;
                }
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let (word, after) = rest.split_at(end);
            parts.push(if c.is_ascii_digit() { Part::Number(word) } else { Part::Word(word) });
            rest = after;
            if parts.len() > 4 {
                return None;
            }
        }
        match parts.as_slice() {
            [Part::Number(y), Part::Word(w), Part::Number(n)] if w.eq_ignore_ascii_case("m") => month(year(y)?, n),
            [Part::Number(y), Part::Word(w), Part::Number(n)] if w.eq_ignore_ascii_case("w") => {
                let n: i8 = n.parse().ok()?;
                (1..=53).contains(&n).then_some(Written::Week(year(y)?, n))
            }
            [Part::Word(w), Part::Number(y)] | [Part::Number(y), Part::Word(w)] => {
                Some(Written::Month(year(y)?, named(w)?))
            }
            [Part::Number(d), Part::Word(w), Part::Number(y)] | [Part::Word(w), Part::Number(d), Part::Number(y)] => {
                day(year(y)?, named(w)?, d.parse().ok()?)
            }
            [Part::Number(a), Part::Number(b)] if a.len() == 4 => month(year(a)?, b),
            [Part::Number(a), Part::Number(b)] if b.len() == 4 => month(year(b)?, a),
            [Part::Number(n)] if n.len() == 6 => month(year(&n[..4])?, &n[4..]),
            [Part::Number(n)] if n.len() == 8 => day(year(&n[..4])?, n[4..6].parse().ok()?, n[6..].parse().ok()?),
            [Part::Number(y), Part::Number(m), Part::Number(d)] if y.len() == 4 => {
                day(year(y)?, m.parse().ok()?, d.parse().ok()?)
            }
            [Part::Number(a), Part::Number(b), Part::Number(y)] => {
                let (a, b): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
                let fits = (1..=31).contains(&a) && (1..=31).contains(&b) && a.min(b) <= 12;
                fits.then_some(Written::Either(a, b, year(y)?))
            }
            _ => None,
        }
    }
}

enum Part<'a> {
    Number(&'a str),
    Word(&'a str),
}

/// A year of four digits, or of two from 1970 to 2069.
fn year(text: &str) -> Option<i16> {
    let y: i16 = text.parse().ok()?;
    match text.len() {
        4 if (1800..=2200).contains(&y) => Some(y),
        2 => Some(if y < 70 { 2000 + y } else { 1900 + y }),
        _ => None,
    }
}

fn named(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let fits =
        |m: &str| word.len() >= 3 && m.to_ascii_lowercase().starts_with(&word) || word == "sept" && m == "September";
    (1..=12).find(|m| fits(month_name(*m)))
}

fn month(year: i16, text: &str) -> Option<Written> {
    let m: i8 = text.parse().ok()?;
    (1..=12).contains(&m).then_some(Written::Month(year, m))
}

fn day(year: i16, month: i8, day: i8) -> Option<Written> {
    epoch_day(year, month, day).map(|_| Written::Day(year, month, day))
}

/// Why the periods of a table cannot be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PeriodError {
    /// `03/04/2020` alone does not say which is the month.
    #[error("every date can be read day first and month first")]
    EitherOrder,
    /// Some dates can only be day first, others only month first.
    #[error("some dates are day first, others month first")]
    BothOrders,
    /// Days, weeks and months in one column.
    #[error("days, weeks and months stand in one column")]
    Mixed,
    /// A date that no calendar has.
    #[error("a date that does not exist")]
    NoSuchDay,
}

/// Which of day and month comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateOrder {
    /// `31/12/2024`.
    DayFirst,
    /// `12/31/2024`.
    MonthFirst,
}

/// What all spellings of a column together mean: days that are all the first or all the last of their months are
/// months, days that are all the same weekday are weeks.
pub fn resolve(written: &[Written], order: Option<DateOrder>) -> Result<(Step, Vec<i32>), PeriodError> {
    let either: Vec<(i8, i8)> =
        written.iter().filter_map(|w| if let Written::Either(a, b, _) = w { Some((*a, *b)) } else { None }).collect();
    let order = match order {
        Some(o) => o,
        None if either.is_empty() => DateOrder::DayFirst,
        None => match (either.iter().any(|e| e.0 > 12), either.iter().any(|e| e.1 > 12)) {
            (true, true) => return Err(PeriodError::BothOrders),
            (true, false) => DateOrder::DayFirst,
            (false, true) => DateOrder::MonthFirst,
            (false, false) if either.iter().all(|e| e.1 == 1) => DateOrder::MonthFirst,
            (false, false) if either.iter().all(|e| e.0 == 1) => DateOrder::DayFirst,
            _ => return Err(PeriodError::EitherOrder),
        },
    };
    let mut months = Vec::new();
    let mut weeks = Vec::new();
    let mut days = Vec::new();
    for w in written {
        match *w {
            Written::Month(y, m) => months.push(month_index(y, m)),
            Written::Week(y, n) => weeks.push(week_index(y, n).ok_or(PeriodError::NoSuchDay)?),
            Written::Day(y, m, d) => days.push((y, m, d)),
            Written::Either(a, b, y) => {
                let (d, m) = if order == DateOrder::DayFirst { (a, b) } else { (b, a) };
                days.push((y, m, d));
            }
        }
    }
    match (months.is_empty(), weeks.is_empty(), days.is_empty()) {
        (_, true, true) => Ok((Step::Month, months)),
        (true, false, true) => Ok((Step::Week, weeks)),
        (true, true, false) => {
            let numbers: Vec<i32> = days
                .iter()
                .map(|&(y, m, d)| epoch_day(y, m, d))
                .collect::<Option<_>>()
                .ok_or(PeriodError::NoSuchDay)?;
            let whole = days.iter().all(|d| d.2 == 1) || numbers.iter().all(|n| date_of(n + 1).2 == 1);
            if whole {
                return Ok((Step::Month, days.iter().map(|d| month_index(d.0, d.1)).collect()));
            }
            let (low, high) = (numbers.iter().min(), numbers.iter().max());
            if low != high && numbers.iter().all(|n| (n - numbers[0]) % 7 == 0) {
                return Ok((Step::Week, numbers.iter().map(|n| week_of(*n)).collect()));
            }
            Ok((Step::Day, numbers))
        }
        _ => Err(PeriodError::Mixed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_spellings_are_read() {
        for text in
            ["Jan 2024", "January 2024", "2024M01", "2024-M01", "2024-01", "01/2024", "202401", "Jan-24", "2024 jan"]
        {
            assert_eq!(Written::parse(text), Some(Written::Month(2024, 1)), "{text}");
        }
        for text in
            ["2024-01-31", "20240131", "31 Jan 2024", "Jan 31, 2024", "2024-01-31T00:00:00.000", "2024/01/31 00:00"]
        {
            assert_eq!(Written::parse(text), Some(Written::Day(2024, 1, 31)), "{text}");
        }
        assert_eq!(Written::parse("2024-W05"), Some(Written::Week(2024, 5)));
        assert_eq!(Written::parse("01/02/2024 12:00:00 AM"), Some(Written::Either(1, 2, 2024)));
        for text in
            ["", "2024", "13/2024", "2024-02-30", "Janissary 2024", "32/13/2024", "x", "2024-01-01-01-01", "١/٢/٢٠٢٤"]
        {
            assert_eq!(Written::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_column_says_what_a_cell_does_not() {
        let all = |texts: &[&str]| -> Vec<Written> { texts.iter().filter_map(|t| Written::parse(t)).collect() };
        let months = resolve(&all(&["01/01/2020", "02/01/2020", "12/01/2020"]), None).unwrap();
        assert_eq!(months, (Step::Month, vec![24240, 24241, 24251]));
        assert_eq!(resolve(&all(&["2020-01-31", "2020-02-29"]), None).unwrap().0, Step::Month);
        assert_eq!(resolve(&all(&["2020-01-06", "2020-01-13", "2020-02-03"]), None).unwrap().0, Step::Week);
        assert_eq!(resolve(&all(&["2020-01-06", "2020-01-07"]), None).unwrap().0, Step::Day);
        assert_eq!(resolve(&all(&["03/04/2020", "05/07/2020"]), None), Err(PeriodError::EitherOrder));
        assert_eq!(resolve(&all(&["03/14/2020", "15/06/2020"]), None), Err(PeriodError::BothOrders));
        assert_eq!(resolve(&all(&["2020-01", "2020-W02"]), None), Err(PeriodError::Mixed));
        let first = resolve(&all(&["03/04/2020", "05/07/2020"]), Some(DateOrder::MonthFirst)).unwrap();
        assert_eq!(Period { step: first.0, index: first.1[0] }.data(), "2020-03-04");
    }

    #[test]
    fn periods_count_on() {
        let dec = Period::parse("Dec 2022", Step::Month).unwrap();
        assert_eq!(
            (dec.to_string().as_str(), dec.plus(1).data().as_str(), dec.days()),
            ("December 2022", "2023-01", 31)
        );
        let week = Period::parse("2020-W01", Step::Week).unwrap();
        assert_eq!((week.begins(), week.days(), week.month()), ((2019, 12, 30), 7, 0));
        assert_eq!(Period::parse("2020-01-05", Step::Week), Some(week));
    }
}
