//! Numbers as the report writes them: comma for thousands, thin space before the unit, true minus.

pub use yalu_number::{NOT_ANSWERED, THIN, fixed as thousands, likelihood, percent};

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

#[cfg(test)]
mod tests {
    use super::{NOT_ANSWERED, band, musd, percent_to, thousands, tonnes};

    #[test]
    fn commas_and_true_minus() {
        assert_eq!(thousands(16_450.0, 0), "16,450");
        assert_eq!(thousands(999.0, 0), "999");
        assert_eq!(thousands(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(thousands(-1200.0, 0), "\u{2212}1,200");
        assert_eq!(thousands(-0.001, 1), "0.0");
        assert_eq!(thousands(f64::NAN, 1), NOT_ANSWERED);
    }

    #[test]
    fn units_after_a_thin_space() {
        assert_eq!(musd(113.9), "113.9\u{202f}MUSD");
        assert_eq!(musd(0.029), "0.029\u{202f}MUSD");
        assert_eq!(musd(2700.4), "2,700\u{202f}MUSD");
        assert_eq!(musd(0.0), "0\u{202f}MUSD");
        assert_eq!(tonnes(16_450.0), "16,450\u{202f}t");
        assert_eq!(tonnes(4.25), "4.2\u{202f}t");
        assert_eq!(tonnes(f64::INFINITY), NOT_ANSWERED);
    }

    #[test]
    fn shares_with_fixed_decimals() {
        assert_eq!(percent_to(0.958, 1), "95.8\u{202f}%");
    }

    #[test]
    fn bands_are_as_fine_as_they_are_narrow() {
        assert_eq!(band(41.2, 33.4, 55.1, "days"), "41\u{a0}days (33 – 55)");
        assert_eq!(band(113.9, 98.0, 130.2, "MUSD"), "114\u{202f}MUSD (98 – 130)");
        assert_eq!(band(1.04, 0.9, 1.2, ""), "1.04 (0.90 – 1.20)");
        assert_eq!(band(f64::NAN, 0.0, 1.0, "t"), NOT_ANSWERED);
        assert_eq!(band(3.0, f64::NAN, 4.0, "t"), "3.0\u{202f}t");
    }
}
