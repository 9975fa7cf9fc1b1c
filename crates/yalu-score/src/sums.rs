//! Months together, all and those above a value, beside what needs no model.

use crate::{Baseline, Known, MonthScore, Together, rms, together};

/// Some months together, and what needs no model on the same.
#[derive(Clone, PartialEq, Debug)]
pub struct Sum {
    /// Value that the months lie above; none for all.
    pub above: Option<f64>,
    /// The model.
    pub model: Together,
    /// What needs no model, where it says something of any month.
    pub baselines: Vec<BaselineScore>,
}

/// A baseline and the model on the months of which the baseline says something.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BaselineScore {
    /// Which.
    pub baseline: Baseline,
    /// Root of its mean squared error, log10.
    pub rms: f64,
    /// The model's on the same months.
    pub model_rms: f64,
    /// Their number.
    pub months: usize,
}

/// All months, then those above each value; baselines know the values of `known`.
pub fn sums(months: &[MonthScore], known: &[Known], above: &[f64], normal_year: i16) -> Vec<Sum> {
    let kinds = [Baseline::LastKnown, Baseline::SameMonthOf(normal_year), Baseline::Neighbours];
    let limits = std::iter::once(None).chain(above.iter().copied().map(Some));
    limits
        .filter_map(|above| {
            let some = || months.iter().filter(move |m| above.is_none_or(|least| m.observed > least));
            let baselines = kinds.into_iter().filter_map(|b| baseline(b, some(), known));
            Some(Sum { above, model: together(some())?, baselines: baselines.collect() })
        })
        .collect()
}

fn baseline<'a>(
    baseline: Baseline,
    months: impl Iterator<Item = &'a MonthScore>,
    known: &[Known],
) -> Option<BaselineScore> {
    let pairs: Vec<(f64, f64)> =
        months.filter_map(|m| Some((libm::log10(baseline.of(m.month, known)? / m.observed), m.error))).collect();
    let (own, model) = (rms(pairs.iter().map(|p| p.0))?, rms(pairs.iter().map(|p| p.1))?);
    Some(BaselineScore { baseline, rms: own, model_rms: model, months: pairs.len() })
}
