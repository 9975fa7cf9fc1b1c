//! Values by month: errors in log10, bands, baselines.
//!
//! Trade of a month goes over three orders of magnitude, so errors are told in log10: 0.3 is a factor of two.

use crate::crps::{Ensemble, crps_ensemble};
use crate::error::{above_zero, some};
use crate::interval::{Interval, central_band, quantile};
use crate::pit::pit;
use crate::{ScoreError, winkler};

/// A civil month, counted on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Month(pub i32);

impl Month {
    /// Of a year and a month from 1 to 12.
    pub fn new(year: i16, month: i8) -> Self {
        Self(i32::from(year) * 12 + i32::from(month) - 1)
    }
    /// Year and month.
    pub fn civil(self) -> (i16, i8) {
        (self.0.div_euclid(12) as i16, self.0.rem_euclid(12) as i8 + 1)
    }
}

/// A value that was reported, above zero.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Known {
    /// The month.
    pub month: Month,
    /// Its value.
    pub value: f64,
}

/// How a forecast of a month met its value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MonthScore {
    /// The month.
    pub month: Month,
    /// The value reported.
    pub observed: f64,
    /// The forecast's middle: the geometric mean of its members, which has the least expected squared error in log10.
    pub middle: f64,
    /// Its median.
    pub median: f64,
    /// Half of values should lie in it.
    pub band50: Interval,
    /// Nine in ten should lie in it.
    pub band90: Interval,
    /// `log10(middle / observed)`.
    pub error: f64,
    /// CRPS of the forecast in log10, by the fair rule.
    pub crps: f64,
    /// Winkler's score of the 90 % band in log10.
    pub winkler90: f64,
    /// Where in the forecast the value fell, 0 to 1.
    pub pit: f64,
}

/// Scores a month: members of the forecast against the value. Members are raised to `least`, below which values are
/// the same to the reader (trade that stopped has no logarithm).
pub fn score_month(known: Known, members: &[f64], least: f64) -> Result<MonthScore, ScoreError> {
    above_zero("the value observed", known.value)?;
    above_zero("the least value", least)?;
    some("member", members.len())?;
    let observed = known.value.max(least);
    let mut logs: Vec<f64> = members.iter().map(|m| libm::log10(m.max(least))).collect();
    logs.sort_by(f64::total_cmp);
    let y = libm::log10(observed);
    let middle = logs.iter().sum::<f64>() / logs.len() as f64;
    let none = ScoreError::Empty { what: "member" };
    let median = quantile(&logs, 0.5).ok_or(none.clone())?;
    let (half, most) = (central_band(&logs, 0.5).ok_or(none.clone())?, central_band(&logs, 0.9).ok_or(none)?);
    let back = |b: Interval| Interval { low: libm::exp10(b.low), high: libm::exp10(b.high) };
    Ok(MonthScore {
        month: known.month,
        observed,
        middle: libm::exp10(middle),
        median: libm::exp10(median),
        band50: back(half),
        band90: back(most),
        error: middle - y,
        crps: crps_ensemble(&logs, y, Ensemble::Fair)?,
        winkler90: winkler(most, 0.9, y)?,
        pit: pit(&logs, y)?,
    })
}

/// What some months' scores come to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Together {
    /// Months.
    pub months: usize,
    /// Root of the mean squared error, log10.
    pub rms: f64,
    /// The same without the month that is farthest off; with one month, 0.
    pub rms_without_worst: f64,
    /// That month.
    pub worst: Month,
    /// Mean error, log10: above zero where forecasts are too high.
    pub bias: f64,
    /// Share inside the 50 % band.
    pub inside50: f64,
    /// Share inside the 90 % band.
    pub inside90: f64,
    /// Mean width of the 90 % band, log10.
    pub width90: f64,
    /// Mean CRPS, log10.
    pub crps: f64,
    /// Mean of Winkler's score of the 90 % band, log10.
    pub winkler90: f64,
}

/// Sums up the scores of months; none of no months.
pub fn together<'a>(scores: impl IntoIterator<Item = &'a MonthScore>) -> Option<Together> {
    let all: Vec<&MonthScore> = scores.into_iter().collect();
    let worst = all.iter().max_by(|a, b| a.error.abs().total_cmp(&b.error.abs()))?;
    let n = all.len() as f64;
    let mean = |of: &dyn Fn(&MonthScore) -> f64| all.iter().map(|s| of(s)).sum::<f64>() / n;
    let inside = |b: Interval, y: f64| f64::from(u8::from(b.holds(y)));
    Some(Together {
        months: all.len(),
        rms: rms(all.iter().map(|s| s.error)).unwrap_or(0.0),
        rms_without_worst: rms(all.iter().filter(|s| s.month != worst.month).map(|s| s.error)).unwrap_or(0.0),
        worst: worst.month,
        bias: mean(&|s| s.error),
        inside50: mean(&|s| inside(s.band50, s.observed)),
        inside90: mean(&|s| inside(s.band90, s.observed)),
        width90: mean(&|s| libm::log10(s.band90.high / s.band90.low)),
        crps: mean(&|s| s.crps),
        winkler90: mean(&|s| s.winkler90),
    })
}

/// Root of the mean square; none of nothing.
pub fn rms(errors: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut n, mut sum) = (0u32, 0.0);
    for e in errors {
        n += 1;
        sum += e * e;
    }
    (n > 0).then(|| (sum / f64::from(n)).sqrt())
}

/// A forecast that needs no model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Baseline {
    /// The last known month before.
    LastKnown,
    /// The same month of a year.
    SameMonthOf(i16),
    /// The mean, in log10, of the known months before and after: it sees the future, and is there for scale.
    Neighbours,
}

impl Baseline {
    /// What it says of a month, from other months that are known; none where it knows nothing.
    pub fn of(self, month: Month, known: &[Known]) -> Option<f64> {
        let before = known.iter().filter(|k| k.month < month).max_by_key(|k| k.month);
        match self {
            Self::LastKnown => before.map(|k| k.value),
            Self::SameMonthOf(year) => {
                let same = Month::new(year, month.civil().1);
                known.iter().find(|k| k.month == same && same != month).map(|k| k.value)
            }
            Self::Neighbours => {
                let after = known.iter().filter(|k| k.month > month).min_by_key(|k| k.month);
                match (before, after) {
                    (Some(a), Some(b)) => Some((a.value * b.value).sqrt()),
                    (a, b) => a.or(b).map(|k| k.value),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(year: i16, month: i8, value: f64) -> Known {
        Known { month: Month::new(year, month), value }
    }

    #[test]
    fn baselines_know_what_they_may() {
        let all = [known(2019, 7, 200.0), known(2022, 5, 10.0), known(2022, 9, 90.0)];
        let at = Month::new(2022, 7);
        assert_eq!(Baseline::LastKnown.of(at, &all), Some(10.0));
        assert_eq!(Baseline::SameMonthOf(2019).of(at, &all), Some(200.0));
        assert!((Baseline::Neighbours.of(at, &all).unwrap() - 30.0).abs() < 1e-12);
        // A month never forecasts itself.
        assert_eq!(Baseline::SameMonthOf(2019).of(Month::new(2019, 7), &all), None);
        assert_eq!(Baseline::LastKnown.of(Month::new(2019, 7), &all), None);
        assert_eq!(Baseline::Neighbours.of(Month::new(2019, 7), &all), Some(10.0));
    }

    #[test]
    fn errors_are_factors() {
        let members = [50.0, 100.0, 200.0];
        let s = score_month(known(2022, 7, 10.0), &members, 0.01).unwrap();
        assert!((s.error - 1.0).abs() < 1e-12 && s.pit == 0.0 && (s.median - 100.0).abs() < 1e-9);
        let hit = score_month(known(2022, 8, 100.0), &members, 0.01).unwrap();
        let all = together([&s, &hit]).unwrap();
        assert!((all.rms - 0.5f64.sqrt()).abs() < 1e-12 && all.rms_without_worst.abs() < 1e-12);
        assert_eq!((all.inside90, all.inside50, all.worst), (0.5, 0.5, Month::new(2022, 7)));
        assert!(all.bias > 0.49 && all.crps > 0.0 && all.width90 > 0.5);
        assert_eq!(Month::new(2022, 12).civil(), (2022, 12));
        assert!(together([]).is_none());
    }

    #[test]
    fn what_stopped_counts_as_the_least_value() {
        let s = score_month(known(2020, 11, 0.1), &[0.0, 0.0], 0.1).unwrap();
        assert_eq!((s.error, s.observed), (0.0, 0.1));
        assert!(score_month(known(2020, 11, 0.0), &[1.0], 0.1).is_err());
    }
}
