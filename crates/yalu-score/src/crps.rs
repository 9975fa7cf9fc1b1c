//! Continuous ranked probability score: `∫ (F(x) - 1{x >= y})² dx`, in the unit of the forecast; 0 is best.
//!
//! Gneiting and Raftery (2007), Journal of the American Statistical Association 102.

use crate::ScoreError;
use crate::error::{above_zero, finite, some};
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Of a normal forecast: `σ (z (2Φ(z) - 1) + 2φ(z) - 1/√π)`, `z = (y - μ)/σ`.
pub fn crps_normal(mean: f64, spread: f64, observed: f64) -> Result<f64, ScoreError> {
    finite("the mean", mean)?;
    above_zero("the standard deviation", spread)?;
    finite("the value observed", observed)?;
    let z = (observed - mean) / spread;
    let below = 0.5 * libm::erfc(-z * FRAC_1_SQRT_2);
    let density = libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt();
    Ok(spread * (z * (2.0 * below - 1.0) + 2.0 * density - 1.0 / PI.sqrt()))
}

/// Of an exponential forecast with a rate: `|y| - 2F(y)/λ + 1/(2λ)`.
pub fn crps_exponential(rate: f64, observed: f64) -> Result<f64, ScoreError> {
    above_zero("the rate", rate)?;
    finite("the value observed", observed)?;
    let below = if observed > 0.0 { -libm::expm1(-rate * observed) } else { 0.0 };
    Ok(observed.abs() - 2.0 * below / rate + 0.5 / rate)
}

/// How the members of an ensemble are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ensemble {
    /// As the whole distribution.
    Plain,
    /// As draws from one: ensembles of different size are comparable (Ferro 2013). One member has no fair score of its
    /// own; it is scored plain.
    Fair,
}

/// Of an ensemble: `mean |x - y| - 1/2 mean |x - x'|`, the second mean over all pairs or, fair, over pairs of two.
pub fn crps_ensemble(members: &[f64], observed: f64, how: Ensemble) -> Result<f64, ScoreError> {
    some("member", members.len())?;
    finite("the value observed", observed)?;
    for m in members {
        finite("a member", *m)?;
    }
    let n = members.len() as f64;
    let mut sorted = members.to_vec();
    sorted.sort_by(f64::total_cmp);
    let off: f64 = sorted.iter().map(|x| (x - observed).abs()).sum();
    // Of sorted members, the i-th lies above i others and below n - 1 - i.
    let apart: f64 = sorted.iter().enumerate().map(|(i, x)| (2.0 * i as f64 - n + 1.0) * x).sum();
    let pairs = if how == Ensemble::Fair && n > 1.0 { n * (n - 1.0) } else { n * n };
    Ok(off / n - apart / pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The score is the integral it is named after.
        #[test]
        fn an_ensemble_scores_the_area_between_steps(
            members in prop::collection::vec(-50.0..50.0f64, 1..12),
            observed in -60.0..60.0f64,
        ) {
            let mut at: Vec<f64> = members.iter().copied().chain([observed]).collect();
            at.sort_by(f64::total_cmp);
            let n = members.len() as f64;
            let area: f64 = at
                .windows(2)
                .map(|w| {
                    let below = members.iter().filter(|m| **m <= w[0]).count() as f64 / n;
                    let come = f64::from(u8::from(observed <= w[0]));
                    (below - come).powi(2) * (w[1] - w[0])
                })
                .sum();
            let score = crps_ensemble(&members, observed, Ensemble::Plain).unwrap();
            prop_assert!((score - area).abs() < 1e-9, "{score} {area}");
        }

        /// A large ensemble of equal steps through the normal law scores as the normal law.
        #[test]
        fn a_sure_forecast_scores_its_error(x in -9.0..9.0f64, y in -9.0..9.0f64) {
            prop_assert!((crps_ensemble(&[x], y, Ensemble::Fair).unwrap() - (x - y).abs()).abs() < 1e-12);
            prop_assert!((crps_normal(x, 1e-9, y).unwrap() - (x - y).abs()).abs() < 1e-8);
        }
    }

    #[test]
    fn what_is_no_forecast_is_refused() {
        assert_eq!(
            crps_normal(0.0, 0.0, 1.0).unwrap_err().to_string(),
            "the standard deviation must be a number above zero, not 0"
        );
        assert_eq!(crps_ensemble(&[], 1.0, Ensemble::Fair).unwrap_err().to_string(), "there is no member");
        assert!(crps_exponential(1.0, f64::NAN).is_err());
    }
}
