//! Bands over replications.

use yalu_score::quantile;

/// Where the values of replications lie: the 5th, 25th, 50th, 75th and 95th of a hundred.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    /// 5 % lie below.
    pub p05: f64,
    /// 25 % lie below.
    pub p25: f64,
    /// Half lie below.
    pub p50: f64,
    /// 75 % lie below.
    pub p75: f64,
    /// 95 % lie below.
    pub p95: f64,
}

/// The band of some values; none without any.
pub fn band(values: impl IntoIterator<Item = f64>) -> Option<Band> {
    let mut v: Vec<f64> = values.into_iter().collect();
    v.sort_by(f64::total_cmp);
    let at = |p: f64| quantile(&v, p);
    Some(Band { p05: at(0.05)?, p25: at(0.25)?, p50: at(0.5)?, p75: at(0.75)?, p95: at(0.95)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_goes_straight_between_values_and_ignores_their_order() {
        let b = band([3.0, 1.0, 2.0, 5.0, 4.0]).unwrap();
        assert_eq!((b.p25, b.p50, b.p75), (2.0, 3.0, 4.0));
        assert!((b.p05 - 1.2).abs() < 1e-12 && (b.p95 - 4.8).abs() < 1e-12);
        assert_eq!(band([7.0]).unwrap().p95, 7.0);
        assert_eq!(band([]), None);
    }
}
