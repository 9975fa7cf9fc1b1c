//! What `yalu fit calibrate` gives: what reported months say of the trade model's parameters.
mod from;
mod posterior;
mod words;

pub use from::FitTerms;
pub use posterior::{Posterior, PosteriorError};

use crate::score::Together;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A calibration of the model of trade by day. Values in million USD from the first to the second country, errors in log10.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Calibrate {
    /// Version of this shape.
    pub schema_version: u32,
    /// Id of the corridor.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// File of the reported values.
    pub observed: String,
    /// Months used.
    pub months_used: usize,
    /// Values below it count as it, million US dollars.
    pub least_musd: f64,
    /// Months below it weigh less and are summed up apart, million US dollars.
    pub small_musd: f64,
    /// Seed of all draws.
    pub seed: u64,
    /// Runs of the model.
    pub runs: u64,
    /// Parameters with their priors.
    pub parameters: Vec<Parameter>,
    /// Dates of regimes widened to their uncertainty first, then as given.
    pub readings: Vec<Reading>,
    /// Seconds it took.
    pub wall_s: f64,
}

/// A parameter before the months.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Parameter {
    /// Its id.
    pub id: String,
    /// What it means.
    pub meaning: String,
    /// Its unit; empty for shares and factors.
    pub unit: String,
    /// Least value of the prior.
    pub low: f64,
    /// Median of the prior.
    pub median: f64,
    /// Greatest value of the prior.
    pub high: f64,
    /// Whether the prior is even in its `value` or in its `logarithm`.
    pub even_in: String,
    /// Where the prior comes from.
    pub source: String,
}

/// A calibration with one reading of dates.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Reading {
    /// `widened` or `as_given`.
    pub dates: String,
    /// Share of the prior that history matching leaves.
    pub plausible_share: f64,
    /// Parameters after the months.
    pub posterior: Vec<ParameterAfter>,
    /// Pairs of parameters that the months cannot tell apart.
    pub not_told_apart: Vec<Alike>,
    /// Values of the parameters in each run accepted, in the order of `parameters`.
    pub accepted: Vec<Vec<f64>>,
    /// All months as met by what was fitted to them: no test.
    pub fit: Sums,
    /// Months kept out of the fit, together.
    pub held_out: HeldOut,
    /// Months kept out of the fit, one split after the other.
    pub splits: Vec<Split>,
    /// Every month of the horizon by the accepted runs.
    pub months: Vec<FittedMonth>,
}

/// A parameter after the months.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct ParameterAfter {
    /// Its id.
    pub id: String,
    /// 5 % of the accepted runs lie below.
    pub p05: f64,
    /// Half of them lie below.
    pub p50: f64,
    /// 95 % of them lie below.
    pub p95: f64,
    /// Width of 90 % of it over that of the prior: near 1 the months say nothing.
    pub width_of_prior: f64,
}

/// Two parameters that go together in the accepted runs.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Alike {
    /// Their ids.
    pub ids: [String; 2],
    /// Correlation of their levels.
    pub correlation: f64,
}

/// Months together, null where there are none.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Sums {
    /// Those above `least_musd`.
    pub above_least: Option<Together>,
    /// Those above `small_musd`.
    pub above_small: Option<Together>,
}

/// How months kept out of the fit are met.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct HeldOut {
    /// Means over random halves.
    pub halves: Means,
    /// Whole years, by year.
    pub blocks: BTreeMap<String, Means>,
}

/// Means over splits; months above `small_musd` unless the name says otherwise, null where no split has any.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Means {
    /// Splits.
    pub splits: usize,
    /// Root of the mean squared error, log10.
    pub rms_log10: Option<f64>,
    /// The same without the month that is farthest off.
    pub rms_log10_without_worst: Option<f64>,
    /// The same of months above `least_musd`.
    pub rms_log10_above_least: Option<f64>,
    /// Both.
    pub rms_log10_above_least_without_worst: Option<f64>,
    /// Mean error, log10.
    pub bias_log10: Option<f64>,
    /// Share of months in the 50 % band.
    pub inside50: Option<f64>,
    /// Share of months in the 90 % band.
    pub inside90: Option<f64>,
    /// Mean width of the 90 % band, log10.
    pub width90_log10: Option<f64>,
    /// Mean CRPS, log10.
    pub crps_log10: Option<f64>,
    /// Error of the last known month.
    pub last_known_rms_log10: Option<f64>,
    /// Error of the mean of the neighbours, which sees the future.
    pub neighbours_rms_log10: Option<f64>,
}

/// Months kept out of one fit.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Split {
    /// `half 1`, or a year.
    pub name: String,
    /// How they are met together.
    pub together: Sums,
    /// Error of the last known month, log10.
    pub last_known_rms_log10: Option<f64>,
    /// Error of the mean of the neighbours.
    pub neighbours_rms_log10: Option<f64>,
    /// Month by month.
    pub months: Vec<HeldMonth>,
}

/// A month kept out of a fit.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct HeldMonth {
    /// The month, `2022-09`.
    pub month: String,
    /// Reported, million US dollars.
    pub observed: f64,
    /// Geometric mean of the accepted runs.
    pub middle: f64,
    /// Nine in ten of them lie in it.
    pub band90: [f64; 2],
    /// Error, log10.
    pub error_log10: f64,
}

/// A month of the horizon by the accepted runs, million US dollars.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct FittedMonth {
    /// The month, `2022-09`.
    pub month: String,
    /// Geometric mean.
    pub middle: f64,
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
