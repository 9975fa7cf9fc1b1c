//! Texts of single values: numbers and ranges, days, times, intervals.

use yalu_model::Dist;

/// A civil day.
pub(crate) type Day = (i16, i8, i8);

/// Longest id, in characters: ids become names of files and folders.
pub(crate) const LONGEST_ID: usize = 64;

/// What an id is made of.
pub(crate) const ID_HELP: &str = "ids are 1 to 64 letters, digits, `-` and `_`";

/// Whether a text can be an id.
pub(crate) fn is_id(s: &str) -> bool {
    !s.is_empty() && s.chars().count() <= LONGEST_ID && s.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// A text as problems tell it: a long one is cut.
pub(crate) fn shown(s: &str) -> String {
    match s.char_indices().nth(LONGEST_ID) {
        Some((end, _)) => format!("{}...", &s[..end]),
        None => s.to_owned(),
    }
}

/// Why a text is not a number or range.
#[derive(Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Not a number at all.
    Syntax,
    /// Digits and a comma.
    Comma,
    /// A number with something, perhaps a unit, after it.
    Unit(String),
    /// The parts do not rise.
    Reversed,
}

/// How to mend a number with a comma.
pub const COMMA_HELP: &str =
    "write decimals with a point and thousands without a mark; which of the two a comma is, is not guessed";

/// A plain number. `inf`, `nan` and digit separators are none.
pub fn number(s: &str) -> Result<f64, NumberError> {
    let s = s.trim();
    let plain = |s: &str| {
        let numeric = s.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
        if numeric { s.parse::<f64>().ok().filter(|v| v.is_finite()) } else { None }
    };
    if let Some(v) = plain(s) {
        return Ok(v);
    }
    if s.contains(',') && s.chars().all(|c| c.is_ascii_digit() || ",.-+' ".contains(c)) {
        return Err(NumberError::Comma);
    }
    let cut = s.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(s.len());
    let (head, tail) = s.split_at(cut);
    if plain(head).is_some() && !tail.trim().is_empty() {
        return Err(NumberError::Unit(tail.trim().to_owned()));
    }
    Err(NumberError::Syntax)
}

/// `40`, `30..50` or `30..40..50`.
pub(crate) fn dist(s: &str) -> Result<Dist, NumberError> {
    let parts = s.split("..").map(number).collect::<Result<Vec<_>, _>>()?;
    match parts.as_slice() {
        [v] => Ok(Dist::Fixed(*v)),
        [a, b] if a <= b => Ok(Dist::Uniform(*a, *b)),
        [a, m, b] if a <= m && m <= b => Ok(Dist::Triangular(*a, *m, *b)),
        [_, _] | [_, _, _] => Err(NumberError::Reversed),
        _ => Err(NumberError::Syntax),
    }
}

/// `YYYY-MM-DD` of a day that exists, 1900 to 2199.
pub(crate) fn day(s: &str) -> Option<Day> {
    let mut parts = s.trim().split('-');
    let (y, m, d) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    if parts.next().is_some() || !(1900..2200).contains(&y) {
        return None;
    }
    let day = (i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?);
    yalu_calendar::epoch_day(day.0, day.1, day.2).map(|_| day)
}

/// `YYYY-MM`.
pub(crate) fn month(s: &str) -> Option<(i16, i8)> {
    day(&format!("{}-01", s.trim())).map(|d| (d.0, d.1))
}

/// First and last day of a day, month or year.
pub(crate) fn loose_day(s: &str) -> Option<(Day, Day)> {
    let s = s.trim();
    match s.len() {
        4 => Some((day(&format!("{s}-01-01"))?, day(&format!("{s}-12-31"))?)),
        7 => {
            let (y, m) = month(s)?;
            let last = (28..=31).rev().find(|&d| yalu_calendar::epoch_day(y, m, d).is_some())?;
            Some(((y, m, 1), (y, m, last)))
        }
        _ => day(s).map(|d| (d, d)),
    }
}

/// Seconds after midnight of `HH:MM` or `HH:MM:SS`; `24:00` where an end may be midnight.
pub(crate) fn time(s: &str, end: bool) -> Option<u32> {
    let mut parts = s.trim().split(':');
    let (h, m) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let sec = parts.next().map_or(Some(0), |p| digits(p, 2))?;
    if parts.next().is_some() || m > 59 || sec > 59 {
        return None;
    }
    let t = h * 3600 + m * 60 + sec;
    (t < 86_400 || (end && t == 86_400)).then_some(t)
}

/// `HH:MM-HH:MM` in seconds after midnight.
pub(crate) fn interval(s: &str) -> Option<(u32, u32)> {
    let (a, b) = s.split_once('-')?;
    Some((time(a, false)?, time(b, true)?))
}

fn digits(s: &str, n: usize) -> Option<u32> {
    (s.len() == n && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges() {
        assert_eq!(dist("40"), Ok(Dist::Fixed(40.0)));
        assert_eq!(dist(" 30 .. 50 "), Ok(Dist::Uniform(30.0, 50.0)));
        assert_eq!(dist("-6..-2..1.5"), Ok(Dist::Triangular(-6.0, -2.0, 1.5)));
        assert_eq!(dist("50..30"), Err(NumberError::Reversed));
        assert_eq!(dist("30..20..50"), Err(NumberError::Reversed));
        assert_eq!(dist("40,05"), Err(NumberError::Comma));
        assert_eq!(dist("80 km/h"), Err(NumberError::Unit("km/h".into())));
        for s in ["", "..", "1..", "a", "nan", "inf", "1..2..3..4", "1e999", "1_000", "--1"] {
            assert!(dist(s).is_err(), "{s}");
        }
    }

    #[test]
    fn days_months_and_times() {
        assert_eq!(day("2024-02-29"), Some((2024, 2, 29)));
        assert_eq!(day("2023-02-29"), None);
        assert_eq!(day("2022-1-16"), None);
        assert_eq!(loose_day("2024-02"), Some(((2024, 2, 1), (2024, 2, 29))));
        assert_eq!(loose_day("2020"), Some(((2020, 1, 1), (2020, 12, 31))));
        assert_eq!(time("07:43", false), Some(27_780));
        assert_eq!((time("24:00", false), time("24:00", true)), (None, Some(86_400)));
        assert_eq!(interval("08:00-24:00"), Some((28_800, 86_400)));
        assert_eq!(interval("8-12"), None);
    }
}
