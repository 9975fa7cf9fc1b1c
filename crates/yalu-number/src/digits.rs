//! The digits of a figure.

/// Thin space that does not break: stands between a number and the sign of its unit.
pub const THIN: char = '\u{202f}';

/// What stands where a figure would, when there is none.
pub const NOT_ANSWERED: &str = "not answered";

/// Figures that a number keeps at most.
const SIGNIFICANT: i32 = 3;
/// Decimals that a number keeps at most, however small it is.
const MOST_DECIMALS: usize = 6;

/// A value rounded to the figures that are kept, with the decimals that show them.
fn rounded(value: f64) -> (f64, usize) {
    if value == 0.0 || !value.is_finite() {
        return (value, MOST_DECIMALS);
    }
    let step = |x: f64| x.abs().log10().floor() as i32 - (SIGNIFICANT - 1);
    let ten = 10f64.powi(step(value).abs());
    let kept = if step(value) >= 0 { (value / ten).round() * ten } else { (value * ten).round() / ten };
    // 9.996 becomes 10.0: one decimal less.
    (kept, usize::try_from(-step(kept)).unwrap_or(0).min(MOST_DECIMALS))
}

/// A number with at most three significant figures; a whole one shows no decimals.
pub(crate) fn figure(value: f64) -> String {
    let (kept, decimals) = rounded(value);
    let least = 10f64.powi(-(MOST_DECIMALS as i32));
    if kept != 0.0 && kept.abs() < least / 2.0 {
        return format!("under {least}");
    }
    fixed(kept, if value.fract() == 0.0 { 0 } else { decimals })
}

/// Numbers side by side: at most three significant figures each, all with the same decimals, no more than a range of this
/// width can tell apart.
pub(crate) fn beside<const N: usize>(values: [f64; N], width: f64) -> [String; N] {
    let decimals = values.map(|x| rounded(x).1).into_iter().fold(decimals_of(width), usize::min);
    values.map(|x| {
        let written = if decimals == 0 { fixed(rounded(x).0, 0) } else { fixed(x, decimals) };
        // Nothing is nothing to every decimal.
        if written.bytes().any(|b| (b'1'..=b'9').contains(&b)) { written } else { "0".to_owned() }
    })
}

/// Decimals that a range of this width can tell apart.
fn decimals_of(width: f64) -> usize {
    match width.abs() {
        w if w >= 10.0 => 0,
        w if w >= 1.0 => 1,
        w if w >= 0.1 => 2,
        _ => 3,
    }
}

/// A number with commas between thousands and a fixed count of decimals.
pub fn fixed(value: f64, decimals: usize) -> String {
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

/// A figure a hundred times finer than what it is held to, without zeros at the end of its decimals; held exactly, to
/// thousandths.
pub fn held_to(value: f64, within: f64) -> String {
    let decimals = if within > 0.0 { (2 - within.log10().floor() as i32).clamp(0, 10) } else { 3 };
    let full = fixed(value, decimals as usize);
    if full.contains('.') { full.trim_end_matches('0').trim_end_matches('.').to_owned() } else { full }
}

/// A count to its last digit, with commas between thousands.
pub fn whole(count: f64) -> String {
    fixed(count, 0)
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
    if !size.is_finite() {
        return NOT_ANSWERED.to_owned();
    }
    let ends = size > 0.0 && size < 0.0995 || size > 0.99 && size < 1.0;
    format!("{}{THIN}%", fixed(share * 100.0, usize::from(ends)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_figures_at_most() {
        let cases = [
            (16_450.0, "16,500"),
            (999.0, "999"),
            (1_234_567.0, "1,230,000"),
            (-1204.0, "\u{2212}1,200"),
            (113.9, "114"),
            (99.96, "100"),
            (9.996, "10.0"),
            (3.0, "3"),
            (4.25, "4.25"),
            (0.4, "0.400"),
            (0.02901, "0.0290"),
            (0.0, "0"),
            (-0.0, "0"),
            (2e-9, "under 0.000001"),
            (f64::NAN, NOT_ANSWERED),
            (f64::INFINITY, NOT_ANSWERED),
        ];
        for (value, text) in cases {
            assert_eq!(figure(value), text, "{value}");
        }
    }

    #[test]
    fn fixed_decimals_take_commas_and_a_true_minus() {
        assert_eq!(fixed(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(fixed(-0.001, 1), "0.0");
        assert_eq!(fixed(-1200.0, 0), "\u{2212}1,200");
    }

    #[test]
    fn figures_show_what_they_are_held_to() {
        assert_eq!(held_to(748.427_906, 0.01), "748.4279");
        assert_eq!(held_to(9124.0, 0.0), "9,124");
        assert_eq!(held_to(64.000_001, 0.0), "64");
    }

    #[test]
    fn shares_are_never_rounded_to_certainty() {
        let cases = [
            (0.92, "92"),
            (0.034, "3.4"),
            (0.996, "99.6"),
            (0.99999, "over 99.9"),
            (0.0001, "under 0.1"),
            (1.0, "100"),
            (0.0, "0"),
        ];
        for (share, text) in cases {
            assert_eq!(percent(share), format!("{text}\u{202f}%"));
        }
        assert_eq!(percent(f64::NAN), NOT_ANSWERED);
    }
}
