//! A cheap stand-in for the day-level model: log10 of each month as a quadratic of the parameters' levels, with the
//! variance that it and the inputs left at their prior leave open.

use crate::{PARAMS, TradeError};

/// Levels of the parameters in their priors, each from 0 to 1.
pub type Levels = [f64; PARAMS];

const LINEAR: usize = 1 + PARAMS;
const QUADRATIC: usize = LINEAR + PARAMS * (PARAMS + 1) / 2;
/// Runs for each coefficient below which the quadratic is left out.
const RUNS_EACH: usize = 4;
/// Weight of the prior that coefficients are small, in runs.
const RIDGE: f64 = 1.0;

/// Month by month, the mean and variance of log10 at any levels.
#[derive(Clone, PartialEq, Debug)]
pub struct Emulator {
    terms: usize,
    /// Coefficients by month.
    coefficients: Vec<Vec<f64>>,
    /// Variance by month: emulator and undrawn inputs together.
    pub variance: Vec<f64>,
}

impl Emulator {
    /// Fits runs: levels, and log10 of each month.
    pub fn fit(runs: &[(Levels, Vec<f64>)]) -> Result<Self, TradeError> {
        let months = runs.first().map(|r| r.1.len()).ok_or(TradeError::Empty { what: "run" })?;
        let terms = if runs.len() >= RUNS_EACH * QUADRATIC { QUADRATIC } else { LINEAR };
        let mut normal = vec![0.0; terms * terms];
        let mut right = vec![vec![0.0; terms]; months];
        let mut basis = [0.0; QUADRATIC];
        for (levels, logs) in runs {
            fill(&mut basis, levels, terms);
            for i in 0..terms {
                for j in 0..=i {
                    normal[i * terms + j] += basis[i] * basis[j];
                }
                for (r, y) in right.iter_mut().zip(logs) {
                    r[i] += basis[i] * y;
                }
            }
        }
        for i in 1..terms {
            normal[i * terms + i] += RIDGE * 0.01;
        }
        let factor = cholesky(normal, terms).ok_or(TradeError::Empty { what: "emulator: the runs are all alike" })?;
        let coefficients: Vec<Vec<f64>> = right.into_iter().map(|r| solve(&factor, r, terms)).collect();
        let mut out = Self { terms, coefficients, variance: vec![0.0; months] };
        let mut means = vec![0.0; months];
        for (levels, logs) in runs {
            out.mean(levels, &mut means);
            for ((v, m), y) in out.variance.iter_mut().zip(&means).zip(logs) {
                *v += (y - m) * (y - m);
            }
        }
        let free = runs.len().saturating_sub(terms).max(1) as f64;
        out.variance.iter_mut().for_each(|v| *v /= free);
        Ok(out)
    }

    /// Mean log10 of each month at some levels.
    pub fn mean(&self, levels: &Levels, out: &mut [f64]) {
        let mut basis = [0.0; QUADRATIC];
        fill(&mut basis, levels, self.terms);
        for (o, c) in out.iter_mut().zip(&self.coefficients) {
            *o = c.iter().zip(&basis).map(|(c, b)| c * b).sum();
        }
    }
}

fn fill(basis: &mut [f64; QUADRATIC], levels: &Levels, terms: usize) {
    let x = levels.map(|l| 2.0 * l - 1.0);
    basis[0] = 1.0;
    basis[1..LINEAR].copy_from_slice(&x);
    if terms > LINEAR {
        let mut k = LINEAR;
        for i in 0..PARAMS {
            for j in 0..=i {
                basis[k] = x[i] * x[j];
                k += 1;
            }
        }
    }
}

/// The lower factor of a symmetric matrix given by its lower half; none if it is not positive.
fn cholesky(mut a: Vec<f64>, n: usize) -> Option<Vec<f64>> {
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| a[i * n + k] * a[j * n + k]).sum();
            let rest = a[i * n + j] - dot;
            if i == j {
                if rest.is_nan() || rest <= 1e-12 {
                    return None;
                }
                a[i * n + i] = rest.sqrt();
            } else {
                a[i * n + j] = rest / a[j * n + j];
            }
        }
    }
    Some(a)
}

fn solve(factor: &[f64], mut b: Vec<f64>, n: usize) -> Vec<f64> {
    for i in 0..n {
        let dot: f64 = (0..i).map(|k| factor[i * n + k] * b[k]).sum();
        b[i] = (b[i] - dot) / factor[i * n + i];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| factor[k * n + i] * b[k]).sum();
        b[i] = (b[i] - dot) / factor[i * n + i];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;
    use yalu_units::StreamKey;

    fn levels(i: u32) -> Levels {
        let mut s = StreamKey { seed: 3, replication: i }.stream(1, 0);
        [0; PARAMS].map(|_| s.unit())
    }

    #[test]
    fn a_quadratic_is_found_again_and_noise_is_told() {
        let truth = |l: &Levels| 1.0 + 2.0 * l[0] - l[1] * l[2] + 0.5 * l[3] * l[3];
        let noise = |i: u32| StreamKey { seed: 4, replication: i }.stream(2, 0).unit() - 0.5;
        let runs: Vec<(Levels, Vec<f64>)> = (0..2000)
            .map(|i| {
                let l = levels(i);
                (l, vec![truth(&l), truth(&l) + noise(i)])
            })
            .collect();
        let e = Emulator::fit(&runs).unwrap();
        let mut mean = [0.0; 2];
        for i in 5000..5050 {
            let l = levels(i);
            e.mean(&l, &mut mean);
            assert!((mean[0] - truth(&l)).abs() < 1e-3 && (mean[1] - truth(&l)).abs() < 0.2, "{mean:?}");
        }
        // A uniform noise of width one has variance 1/12.
        assert!(e.variance[0] < 1e-6 && (e.variance[1] - 1.0 / 12.0).abs() < 0.01, "{:?}", e.variance);
    }

    #[test]
    fn few_runs_give_a_linear_one_and_none_gives_none() {
        let runs: Vec<_> = (0..60).map(|i| (levels(i), vec![levels(i)[0]])).collect();
        let e = Emulator::fit(&runs).unwrap();
        let mut mean = [0.0];
        e.mean(&levels(99), &mut mean);
        assert!((mean[0] - levels(99)[0]).abs() < 0.01);
        assert!(Emulator::fit(&[]).is_err());
    }
}
