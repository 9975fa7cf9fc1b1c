//! The lunar New Year: trade rests, and the civil month it rests in moves.

/// Days of the New Year by civil year, month and day, in the Chinese calendar (UTC+8): Hong Kong Observatory,
/// Gregorian-Lunar Calendar Conversion Tables, <https://www.hko.gov.hk/en/gts/time/conversion.htm>.
const DAYS: [(i16, i8, i8); 14] = [
    (2015, 2, 19),
    (2016, 2, 8),
    (2017, 1, 28),
    (2018, 2, 16),
    (2019, 2, 5),
    (2020, 1, 25),
    (2021, 2, 12),
    (2022, 2, 1),
    (2023, 1, 22),
    (2024, 2, 10),
    (2025, 1, 29),
    (2026, 2, 17),
    (2027, 2, 6),
    (2028, 1, 26),
];

/// Countries (ISO 3166-1) whose works and hauliers rest at it.
const KEPT_IN: [&str; 9] = ["CN", "KP", "KR", "VN", "TW", "HK", "MO", "SG", "MN"];

/// Whether a country keeps it.
pub fn keeps_new_year(country: &str) -> bool {
    KEPT_IN.contains(&country)
}

/// The day of the New Year in a civil year, where the table has it (2015 to 2028).
pub fn new_year(year: i16) -> Option<(i8, i8)> {
    DAYS.iter().find(|d| d.0 == year).map(|d| (d.1, d.2))
}

/// Days before and after the New Year in which it is felt.
const REACH: i16 = 45;

/// Of each day, the days until the nearest New Year, negative after it; none far from it, or where neither country keeps it.
pub fn to_new_year(countries: &[String], dates: impl ExactSizeIterator<Item = (i16, i8, i8)>) -> Vec<Option<i16>> {
    let mut out = vec![None; dates.len()];
    if !countries.iter().any(|x| keeps_new_year(x)) {
        return out;
    }
    for (i, date) in dates.enumerate() {
        if new_year(date.0) == Some((date.1, date.2)) {
            for away in -REACH..=REACH {
                let at = i as i64 + i64::from(away);
                if let Some(slot) = usize::try_from(at).ok().and_then(|at| out.get_mut(at)) {
                    *slot = Some(-away);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A new year begins with a new moon: from one to the next 12 or 13 lunations of 29.530589 days pass.
    #[test]
    fn years_are_whole_lunations() {
        let number = |(y, m, d): (i16, i8, i8)| {
            // Days since 0000-03-01 (Howard Hinnant, chrono-compatible low-level date algorithms).
            let (y, m, d) = (i64::from(y) - i64::from(m <= 2), i64::from(m), i64::from(d));
            y * 365 + y / 4 - y / 100 + y / 400 + (153 * ((m + 9) % 12) + 2) / 5 + d - 1
        };
        for w in DAYS.windows(2) {
            let days = (number(w[1]) - number(w[0])) as f64;
            let moons = days / 29.530_589;
            assert!((moons - moons.round()).abs() < 0.04 && [12.0, 13.0].contains(&moons.round()), "{w:?} {moons}");
        }
        assert_eq!((new_year(2023), new_year(1999)), (Some((1, 22)), None));
    }
}
