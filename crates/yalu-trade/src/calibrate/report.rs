//! What a calibration says.

use super::{Levels, Split, Task, task_sums};
use crate::{PARAMS, TABLE};
use yalu_regime::Dates;
use yalu_score::{Baseline, Known, MonthScore, Together, quantile, rms};

/// Correlation beyond which two parameters do one thing as far as the months tell.
const ALIKE: f64 = 0.5;

/// A parameter after the months.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Posterior {
    /// Index in the table of parameters.
    pub param: usize,
    /// 5th, 50th and 95th of a hundred of its values.
    pub values: [f64; 3],
    /// Width of 90 % of it as a share of that of the prior: near 1 the months say nothing of it.
    pub width: f64,
}

/// Two parameters that the months cannot tell apart.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pair {
    /// Indices in the table of parameters.
    pub params: [usize; 2],
    /// Correlation of their levels.
    pub correlation: f64,
}

/// Scores of months, all above the least value and those not small.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sums {
    /// Months above the least value.
    pub above_least: Option<Together>,
    /// Months that are not small.
    pub above_small: Option<Together>,
}

/// Months kept aside, and how they were met.
#[derive(Clone, PartialEq, Debug)]
pub struct HeldOut {
    /// Its name.
    pub split: Split,
    /// Month by month.
    pub months: Vec<MonthScore>,
    /// Together.
    pub sums: Sums,
    /// Root mean square of the errors of `last known month`, `mean of the neighbours`, by the months not kept aside; on
    /// months that are not small.
    pub baselines: [Option<f64>; 2],
}

/// A month of the calendar by the accepted runs, million USD.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FittedMonth {
    /// Geometric mean.
    pub middle: f64,
    /// 5th, 25th, 50th, 75th and 95th of a hundred.
    pub quantiles: [f64; 5],
}

/// A calibration with one reading of dates.
#[derive(Clone, PartialEq, Debug)]
pub struct Calibration {
    /// How dates were read.
    pub dates: Dates,
    /// Share of the prior that history matching leaves.
    pub plausible_share: f64,
    /// Parameters after all months.
    pub posterior: Vec<Posterior>,
    /// Parameters that cannot be told apart.
    pub pairs: Vec<Pair>,
    /// Levels accepted.
    pub accepted: Vec<Levels>,
    /// All months, as met by what was fitted to them.
    pub fit_months: Vec<MonthScore>,
    /// Together.
    pub fit: Sums,
    /// Every month of the calendar, known or not.
    pub months: Vec<FittedMonth>,
    /// Months kept aside.
    pub held: Vec<HeldOut>,
    /// Runs of the model.
    pub runs: u32,
}

impl Calibration {
    /// The mean of a figure over splits whose name begins so, over those that have it.
    pub fn mean(&self, begin: &str, of: impl Fn(&HeldOut) -> Option<f64>) -> Option<f64> {
        let all: Vec<f64> = self.held.iter().filter(|h| h.split.name.starts_with(begin)).filter_map(of).collect();
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
    }
}

pub(super) fn held_out(task: &Task, split: &Split, months: Vec<MonthScore>) -> HeldOut {
    let seen: Vec<Known> =
        (0..task.known.len()).filter(|i| !split.aside.contains(i)).map(|i| floored(task, task.known[i])).collect();
    let baselines = [Baseline::LastKnown, Baseline::Neighbours].map(|b| {
        rms(months
            .iter()
            .filter(|m| m.observed > task.small)
            .filter_map(|m| Some(libm::log10(b.of(m.month, &seen)? / m.observed))))
    });
    HeldOut { split: split.clone(), sums: task_sums(task, &months), months, baselines }
}

fn floored(task: &Task, k: Known) -> Known {
    Known { value: k.value.max(task.least), ..k }
}

pub(super) fn posteriors(levels: &[Levels]) -> Vec<Posterior> {
    (0..PARAMS)
        .map(|p| {
            let mut of: Vec<f64> = levels.iter().map(|l| l[p]).collect();
            of.sort_by(f64::total_cmp);
            let at = |q: f64| quantile(&of, q).unwrap_or(0.5);
            let values = [0.05, 0.5, 0.95].map(|q| TABLE[p].at(at(q)));
            Posterior { param: p, values, width: (at(0.95) - at(0.05)) / 0.9 }
        })
        .collect()
}

pub(super) fn pairs(levels: &[Levels]) -> Vec<Pair> {
    let mut out = Vec::new();
    for a in 0..PARAMS {
        for b in a + 1..PARAMS {
            let r = correlation(levels, a, b);
            if r.abs() >= ALIKE {
                out.push(Pair { params: [a, b], correlation: r });
            }
        }
    }
    out.sort_by(|x, y| y.correlation.abs().total_cmp(&x.correlation.abs()));
    out
}

fn correlation(levels: &[Levels], a: usize, b: usize) -> f64 {
    let n = levels.len().max(1) as f64;
    let mean = |p: usize| levels.iter().map(|l| l[p]).sum::<f64>() / n;
    let (x, y) = (mean(a), mean(b));
    let dot = |p: usize, u: f64, q: usize, v: f64| levels.iter().map(|l| (l[p] - u) * (l[q] - v)).sum::<f64>();
    let spread = (dot(a, x, a, x) * dot(b, y, b, y)).sqrt();
    if spread > 0.0 { dot(a, x, b, y) / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_do_one_thing_are_paired() {
        let levels: Vec<Levels> = (0..100)
            .map(|i| {
                let mut l = [0.5; PARAMS];
                l[0] = f64::from(i) / 100.0;
                l[3] = 1.0 - l[0];
                l[5] = f64::from(i * 37 % 100) / 100.0;
                l
            })
            .collect();
        let found = pairs(&levels);
        assert_eq!((found.len(), found[0].params), (1, [0, 3]));
        assert!((found[0].correlation + 1.0).abs() < 1e-9);
        let p = posteriors(&levels);
        assert!((p[0].width - 1.0).abs() < 0.02 && p[1].width == 0.0, "{p:?}");
    }
}
