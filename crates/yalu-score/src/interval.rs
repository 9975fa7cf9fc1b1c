//! Bands: their score, what they cover, and how sure a quantile of few runs is.

use crate::ScoreError;
use crate::error::{finite, level, some};

/// A band from a low to a high value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a value lies in it, its ends included.
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
    /// How wide it is.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// Winkler's score of a band that should hold a share `coverage` of values: its width, and `2/(1 - coverage)` times
/// what a value lies outside (Winkler 1972). Less is better.
pub fn winkler(band: Interval, coverage: f64, observed: f64) -> Result<f64, ScoreError> {
    level("the coverage", coverage)?;
    for (what, value) in [("the low end", band.low), ("the high end", band.high), ("the value observed", observed)] {
        finite(what, value)?;
    }
    let outside = (band.low - observed).max(observed - band.high).max(0.0);
    Ok(band.width() + 2.0 / (1.0 - coverage) * outside)
}

/// The share of values that lie in their bands.
pub fn coverage(bands: &[Interval], observed: &[f64]) -> Result<f64, ScoreError> {
    some("band", bands.len())?;
    if bands.len() != observed.len() {
        return Err(ScoreError::Lengths { forecasts: bands.len(), outcomes: observed.len() });
    }
    let held = bands.iter().zip(observed).filter(|(b, y)| b.holds(**y)).count();
    Ok(held as f64 / bands.len() as f64)
}

/// What the range of `members` draws covers on average: `(n - 1)/(n + 1)`.
pub fn range_coverage(members: u32) -> Result<f64, ScoreError> {
    some("member", members as usize)?;
    let n = f64::from(members);
    Ok((n - 1.0) / (n + 1.0))
}

/// The value below which a share `p` of sorted values lies; straight between two (Hyndman and Fan, type 7).
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let x = p.clamp(0.0, 1.0) * last as f64;
    let (i, part) = (x.floor() as usize, x - x.floor());
    let next = sorted[(i + 1).min(last)];
    Some(sorted[i] + part * (next - sorted[i]))
}

/// The one of sorted values nearest to the rank at which a share `p` lies below.
pub fn nearest_rank(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((last as f64 * p).round() as usize).copied()
}

/// The central band of an ensemble that should hold a share of values.
pub fn central_band(sorted: &[f64], share: f64) -> Option<Interval> {
    let beside = (1.0 - share) / 2.0;
    Some(Interval { low: quantile(sorted, beside)?, high: quantile(sorted, 1.0 - beside)? })
}

/// Ranks, from 1, between which the `p`-quantile lies with a chance of at least `confidence`, of so many draws:
/// order statistics by the binomial law, `⌊np - z√(np(1-p))⌋` and `⌈np + z√(np(1-p))⌉`.
pub fn quantile_ranks(draws: u32, p: f64, confidence: f64) -> Result<(u32, u32), ScoreError> {
    some("draw", draws as usize)?;
    level("the share", p)?;
    level("the confidence", confidence)?;
    let n = f64::from(draws);
    let z = normal_quantile(0.5 + confidence / 2.0);
    let (middle, half) = (n * p, z * (n * p * (1.0 - p)).sqrt());
    let rank = |x: f64| x.clamp(1.0, n) as u32;
    Ok((rank((middle - half).floor()), rank((middle + half).ceil())))
}

/// The standard normal quantile, by halving its distribution: to the last bits, slowly.
pub fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if 0.5 * libm::erfc(-middle * std::f64::consts::FRAC_1_SQRT_2) < p { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_belong_to_a_band() {
        let b = Interval { low: 1.0, high: 2.0 };
        assert_eq!(coverage(&[b; 4], &[1.0, 2.0, 0.999, 1.5]), Ok(0.75));
        assert_eq!(winkler(b, 0.9, 1.5), Ok(1.0));
        assert_eq!(coverage(&[b], &[]).unwrap_err().to_string(), "1 forecasts for 0 outcomes");
        assert_eq!(winkler(b, 1.0, 1.5).unwrap_err().to_string(), "the coverage must be above 0 and below 1, not 1");
    }

    #[test]
    fn quantiles_go_straight_between_values() {
        let v = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!((quantile(&v, 0.25), quantile(&v, 0.5), quantile(&[], 0.5)), (Some(2.0), Some(3.0), None));
        assert!((quantile(&v, 0.05).unwrap() - 1.2).abs() < 1e-12);
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
        assert!(normal_quantile(0.5).abs() < 1e-12);
    }

    proptest! {
        /// On its own draws, no band scores better on average than the one between the true quantiles.
        #[test]
        fn the_true_band_scores_best(shift in -0.4..0.4f64, stretch in 0.5..1.5f64) {
            let draws: Vec<f64> = (0..2000).map(|i| (f64::from(i) + 0.5) / 2000.0).collect();
            let mean = |b: Interval| draws.iter().map(|y| winkler(b, 0.9, *y).unwrap()).sum::<f64>() / 2000.0;
            let truth = Interval { low: 0.05, high: 0.95 };
            let other = Interval { low: 0.5 + shift - 0.45 * stretch, high: 0.5 + shift + 0.45 * stretch };
            prop_assert!(mean(truth) <= mean(other) + 1e-9);
        }
    }
}
