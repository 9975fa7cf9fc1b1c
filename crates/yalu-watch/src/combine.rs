//! Residuals of a crossing's measures in one period, taken together.

/// Degrees of freedom of the law of residuals.
const NU: f64 = 4.0;
/// Correlation of residuals of two rail measures of a crossing (0.34 to 0.40 on the counts of 1996 to 2022).
pub(crate) const RHO: f64 = 0.35;

/// A residual in logs and the scale of its past.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Residual {
    /// `ln observed - ln expected`.
    pub e: f64,
    /// Standard deviation of those before.
    pub s: f64,
}

impl Residual {
    /// In standard deviations.
    pub fn z(&self) -> f64 {
        self.e / self.s
    }
}

/// What all measures say together.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Together {
    /// The common change in logs that fits them best.
    pub change: f64,
    /// Signed root of twice the log likelihood ratio against no change: how many standard deviations it is.
    pub score: f64,
}

/// The change common to all measures under Student's law (Lange, Little and Taylor 1989), and how strongly it is borne
/// out, corrected for their correlation. One measure far out among calm ones moves it little.
pub fn together(all: &[Residual]) -> Together {
    let weight = |r: &Residual, d: f64| 1.0 / (r.s * r.s * (1.0 + ((r.e - d) / r.s).powi(2) / NU));
    let loss = |d: f64| -> f64 {
        f64::midpoint(NU, 1.0) * all.iter().map(|r| libm::log1p(((r.e - d) / r.s).powi(2) / NU)).sum::<f64>()
    };
    let mut best: Option<(f64, f64)> = None;
    for start in all {
        let mut d = start.e;
        for _ in 0..200 {
            let (sum, of) = all.iter().fold((0.0, 0.0), |(sum, of), r| (sum + weight(r, d) * r.e, of + weight(r, d)));
            let next = sum / of;
            let still = (next - d).abs() < 1e-9;
            d = next;
            if still {
                break;
            }
        }
        let l = loss(d);
        if best.is_none_or(|(b, _)| l < b) {
            best = Some((l, d));
        }
    }
    let Some((l, change)) = best else {
        return Together::default();
    };
    let correlated = 1.0 + (all.len() as f64 - 1.0) * RHO;
    let score = (2.0 * (loss(0.0) - l).max(0.0) / correlated).sqrt().copysign(change);
    Together { change, score }
}

/// Weights of the generalised least squares mean of measures that all correlate alike, and its standard deviation.
pub(crate) fn gls(scales: &[f64]) -> (Vec<f64>, f64) {
    let m = scales.len() as f64;
    // The inverse of (1 - rho) I + rho J is ((I - c J) / (1 - rho)), c = rho / (1 + (m - 1) rho).
    let c = RHO / (1.0 + (m - 1.0) * RHO);
    let inverse: f64 = scales.iter().map(|s| 1.0 / s).sum();
    let raw: Vec<f64> = scales.iter().map(|s| (1.0 / s - c * inverse) / (s * (1.0 - RHO))).collect();
    let total: f64 = raw.iter().sum();
    (raw.iter().map(|w| w / total).collect(), total.max(f64::MIN_POSITIVE).sqrt().recip())
}

/// Standard deviation of the change common to measures with these scales; none of none.
pub fn common_sd(scales: &[f64]) -> Option<f64> {
    (!scales.is_empty()).then(|| gls(scales).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(e: &[f64], s: &[f64]) -> Vec<Residual> {
        e.iter().zip(s).map(|(e, s)| Residual { e: *e, s: *s }).collect()
    }

    /// O7.
    #[test]
    fn measures_that_agree_count_and_one_alone_does_not() {
        let cases: [(&[f64], &[f64], f64, f64); 4] = [
            (&[-0.30, -0.25, -0.10], &[0.10, 0.12, 0.15], -0.2464, -2.2594),
            (&[-0.9, 0.01, 0.02], &[0.1; 3], -0.0066, -0.0780),
            (&[-0.25], &[0.1], -0.25, -2.1691),
            (&[0.05, 0.02, -0.01], &[0.1; 3], 0.0200, 0.2899),
        ];
        for (e, s, change, score) in cases {
            let t = together(&of(e, s));
            assert!(
                (t.change - change).abs() < 1e-4 && (t.score - score).abs() < 1e-4,
                "{t:?} is not {change} {score}"
            );
        }
        assert_eq!(together(&[]), Together::default());
    }

    /// O8.
    #[test]
    fn least_squares_weighs_by_scale_and_correlation() {
        let (w, sd) = gls(&[0.10, 0.12, 0.15]);
        for (a, b) in w.iter().zip([0.569_511, 0.311_601, 0.118_888]) {
            assert!((a - b).abs() < 1e-6, "{a} is not {b}");
        }
        let d: f64 = w.iter().zip([-0.30, -0.25, -0.10]).map(|(w, e)| w * e).sum();
        assert!((d + 0.260_642).abs() < 1e-6 && (sd - 0.087_338).abs() < 1e-6, "{d} {sd}");
    }
}
