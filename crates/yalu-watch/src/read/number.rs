//! Counts as people write them.

/// What a cell of a count says.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Reading {
    /// A count.
    Count(f64),
    /// Said to be not known: an empty cell, `NA`, `-`, `..`, `*`.
    NotKnown,
}

/// Why a cell is no count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumberError {
    /// Not a number at all.
    NotANumber,
    /// Below zero.
    Negative,
    /// `1,23` with a decimal point declared: not thousands.
    Grouping,
}

/// Reads a cell, with the mark before decimals that the mapping declares; groups of three digits may be parted by the
/// other mark, a space or an apostrophe.
pub fn number(cell: &str, decimal: char) -> Result<Reading, NumberError> {
    let cell = cell.trim();
    // The usual case at once: digits alone.
    if !cell.is_empty() && cell.len() < 16 && cell.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Reading::Count(cell.bytes().fold(0.0, |n, b| n * 10.0 + f64::from(b - b'0'))));
    }
    if ["", "-", "--", "..", "...", "*", "na", "n/a", "nan", "null", "none"]
        .contains(&cell.to_ascii_lowercase().as_str())
    {
        return Ok(Reading::NotKnown);
    }
    let (negative, digits) = cell.strip_prefix(['-', '\u{2212}']).map_or((false, cell), |d| (true, d));
    let (whole, part) = digits.split_once(decimal).map_or((digits, None), |(w, p)| (w, Some(p)));
    let marks = |c: char| c != decimal && matches!(c, ',' | '.' | ' ' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2019}');
    let groups: Vec<&str> = whole.split(marks).collect();
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !groups.iter().all(|g| plain(g)) || part.is_some_and(|p| !plain(p)) {
        return Err(NumberError::NotANumber);
    }
    if groups.len() > 1 && (groups[1..].iter().any(|g| g.len() != 3) || groups[0].len() > 3) {
        return Err(NumberError::Grouping);
    }
    let text = format!("{}.{}", groups.concat(), part.unwrap_or("0"));
    match text.parse::<f64>() {
        Ok(v) if negative && v > 0.0 => Err(NumberError::Negative),
        Ok(v) if v.is_finite() => Ok(Reading::Count(v)),
        _ => Err(NumberError::NotANumber),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_and_nothing_is_guessed() {
        for (text, value) in
            [("2,188", 2188.0), ("2188", 2188.0), (" 1 234 567 ", 1_234_567.0), ("1'000", 1000.0), ("12.5", 12.5)]
        {
            assert_eq!(number(text, '.'), Ok(Reading::Count(value)), "{text}");
        }
        assert_eq!(number("2.188,5", ','), Ok(Reading::Count(2188.5)));
        assert_eq!((number("", '.'), number("N/A", '.')), (Ok(Reading::NotKnown), Ok(Reading::NotKnown)));
        assert_eq!(
            (number("1,23", '.'), number("1,2345", '.')),
            (Err(NumberError::Grouping), Err(NumberError::Grouping))
        );
        assert_eq!(
            (number("-5", '.'), number("5 trains", '.')),
            (Err(NumberError::Negative), Err(NumberError::NotANumber))
        );
        assert_eq!(
            (number("1e400", '.'), number(",1", '.')),
            (Err(NumberError::NotANumber), Err(NumberError::NotANumber))
        );
    }
}
