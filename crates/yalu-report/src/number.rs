//! Numbers as the report writes them: comma for thousands, thin space before the unit, true minus.

/// Thin space that does not break: stands between a number and its unit.
pub const THIN: char = '\u{202f}';

/// What stands where a number would, when there is none.
pub const NOT_ANSWERED: &str = "not yet answered";

/// A number with commas between thousands and a fixed count of decimals.
pub fn thousands(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return NOT_ANSWERED.to_owned();
    }
    let digits = format!("{:.*}", decimals.min(12), value.abs());
    let (whole, part) = digits.split_once('.').unwrap_or((digits.as_str(), ""));
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 3);
    if value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('\u{2212}');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// A number with its unit.
pub fn with_unit(value: f64, decimals: usize, unit: &str) -> String {
    let number = thousands(value, decimals);
    if unit.is_empty() || !value.is_finite() {
        number
    } else {
        // A word takes a whole space, a sign a thin one.
        let word = unit.len() > 2 && unit.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
        let space = if word { '\u{a0}' } else { THIN };
        format!("{number}{space}{unit}")
    }
}

/// Millions of US dollars, as 113.9 MUSD; the value is in millions.
pub fn musd(value: f64) -> String {
    let size = value.abs();
    let decimals = if size == 0.0 || size >= 999.95 {
        0
    } else if size >= 9.995 {
        1
    } else if size >= 0.9995 {
        2
    } else {
        3
    };
    with_unit(value, decimals, "MUSD")
}

/// Tonnes, as 16,450 t; one decimal under ten.
pub fn tonnes(value: f64) -> String {
    let decimals = usize::from(value != 0.0 && value.abs() < 9.95);
    with_unit(value, decimals, "t")
}

/// A share of one as per cent: whole between 10 and 99, one decimal at the ends, never 0 or 100 unless it is.
pub fn percent(share: f64) -> String {
    let size = share.abs();
    if size > 0.0 && size < 0.0005 {
        return format!("under 0.1{THIN}%");
    }
    if size > 0.9995 && size < 1.0 {
        return format!("over 99.9{THIN}%");
    }
    let ends = size > 0.0 && size < 0.0995 || size > 0.99 && size < 1.0;
    percent_to(share, usize::from(ends))
}

/// A share of one as per cent with a fixed count of decimals.
pub fn percent_to(share: f64, decimals: usize) -> String {
    with_unit(share * 100.0, decimals, "%")
}

/// A result with its range, as 41 days (33 – 55): median, 5th and 95th percentile.
pub fn band(p50: f64, p05: f64, p95: f64, unit: &str) -> String {
    if !p50.is_finite() {
        return NOT_ANSWERED.to_owned();
    }
    if !p05.is_finite() || !p95.is_finite() {
        return with_unit(p50, decimals_for(p50.abs()), unit);
    }
    let spread = (p95 - p05).abs();
    let decimals = decimals_for(if spread > 0.0 { spread } else { p50.abs() });
    format!("{} ({} – {})", with_unit(p50, decimals, unit), thousands(p05, decimals), thousands(p95, decimals))
}

fn decimals_for(scale: f64) -> usize {
    if scale >= 10.0 || scale == 0.0 {
        0
    } else if scale >= 1.0 {
        1
    } else if scale >= 0.1 {
        2
    } else {
        3
    }
}

/// The word for a probability with the number beside it, as `very likely, 93 %`.
pub fn likelihood(probability: f64) -> String {
    let word = match probability {
        p if !p.is_finite() => return NOT_ANSWERED.to_owned(),
        p if p >= 0.9 => "very likely",
        p if p >= 0.66 => "likely",
        p if p > 0.34 => "even",
        p if p > 0.1 => "unlikely",
        _ => "very unlikely",
    };
    format!("{word}, {}", percent(probability))
}

#[cfg(test)]
mod tests {
    use super::{band, likelihood, musd, percent, percent_to, thousands, tonnes};

    #[test]
    fn commas_and_true_minus() {
        assert_eq!(thousands(16_450.0, 0), "16,450");
        assert_eq!(thousands(999.0, 0), "999");
        assert_eq!(thousands(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(thousands(-1200.0, 0), "\u{2212}1,200");
        assert_eq!(thousands(-0.001, 1), "0.0");
        assert_eq!(thousands(f64::NAN, 1), "not yet answered");
    }

    #[test]
    fn units_after_a_thin_space() {
        assert_eq!(musd(113.9), "113.9\u{202f}MUSD");
        assert_eq!(musd(0.029), "0.029\u{202f}MUSD");
        assert_eq!(musd(2700.4), "2,700\u{202f}MUSD");
        assert_eq!(musd(0.0), "0\u{202f}MUSD");
        assert_eq!(tonnes(16_450.0), "16,450\u{202f}t");
        assert_eq!(tonnes(4.25), "4.2\u{202f}t");
        assert_eq!(tonnes(f64::INFINITY), "not yet answered");
    }

    #[test]
    fn shares_are_never_rounded_to_certainty() {
        assert_eq!(percent(0.92), "92\u{202f}%");
        assert_eq!(percent(0.034), "3.4\u{202f}%");
        assert_eq!(percent(0.996), "99.6\u{202f}%");
        assert_eq!(percent(0.99999), "over 99.9\u{202f}%");
        assert_eq!(percent(0.0001), "under 0.1\u{202f}%");
        assert_eq!(percent(1.0), "100\u{202f}%");
        assert_eq!(percent(0.0), "0\u{202f}%");
        assert_eq!(percent_to(0.958, 1), "95.8\u{202f}%");
    }

    #[test]
    fn bands_are_as_fine_as_they_are_narrow() {
        assert_eq!(band(41.2, 33.4, 55.1, "days"), "41\u{a0}days (33 – 55)");
        assert_eq!(band(113.9, 98.0, 130.2, "MUSD"), "114\u{202f}MUSD (98 – 130)");
        assert_eq!(band(1.04, 0.9, 1.2, ""), "1.04 (0.90 – 1.20)");
        assert_eq!(band(f64::NAN, 0.0, 1.0, "t"), "not yet answered");
        assert_eq!(band(3.0, f64::NAN, 4.0, "t"), "3.0\u{202f}t");
    }

    #[test]
    fn words_keep_their_number() {
        assert_eq!(likelihood(0.93), "very likely, 93\u{202f}%");
        assert_eq!(likelihood(0.5), "even, 50\u{202f}%");
        assert_eq!(likelihood(0.02), "very unlikely, 2.0\u{202f}%");
    }
}
