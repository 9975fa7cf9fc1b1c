//! What `yalu fit score` gives: simulated months beside reported ones.
mod from;
mod words;

pub(crate) use from::{ends, month};

use schemars::JsonSchema;
use serde::Serialize;

/// Columns of reported values against simulated months. Errors are log10 of simulated over reported: 0.3 is a factor of two.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Score {
    /// Version of this shape.
    pub schema_version: u32,
    /// Id of the corridor.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// File of the reported values.
    pub observed: String,
    /// What simulated the months.
    pub model: String,
    /// Replications that bands are taken over.
    pub replications: usize,
    /// One for each column.
    pub series: Vec<Series>,
}

/// What simulates months.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Model {
    /// The simulator, every train and queue.
    Trains,
    /// Trade by day at the priors of its parameters.
    Priors,
    /// Trade by day at what a calibration accepted, named by its file.
    Calibrated(String),
}

/// A column against simulated months, in the unit of the column.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Series {
    /// Name of the column.
    pub column: String,
    /// Its unit: `USD`, `kUSD`, `MUSD`, `t` or `kt`.
    pub unit: String,
    /// Its direction: `AA-BB`, `BB-AA` or `both`.
    pub direction: String,
    /// Month by month.
    pub months: Vec<ScoredMonth>,
    /// Months not scored.
    pub left_out: Vec<LeftOut>,
    /// All months, then those above each value asked for.
    pub together: Vec<Sum>,
}

/// A month scored.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct ScoredMonth {
    /// The month, `2022-09`.
    pub month: String,
    /// The reported value minus what no vehicle carries.
    pub observed: f64,
    /// What no vehicle carries.
    pub taken_out: f64,
    /// Simulated with every input at its median.
    pub central: f64,
    /// Geometric mean over replications, of which errors are.
    pub middle: f64,
    /// Median over replications.
    pub median: f64,
    /// Half of the replications lie in it.
    pub band50: [f64; 2],
    /// Nine in ten lie in it.
    pub band90: [f64; 2],
    /// Error, log10.
    pub error_log10: f64,
    /// Whether the value lies in the 50 % band.
    pub inside50: bool,
    /// Whether it lies in the 90 % band.
    pub inside90: bool,
    /// CRPS by the fair rule, log10.
    pub crps_log10: f64,
    /// Winkler's score of the 90 % band, log10.
    pub winkler90_log10: f64,
    /// Share of replications below the value.
    pub pit: f64,
}

/// A month that is not scored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct LeftOut {
    /// The month.
    pub month: String,
    /// Why.
    pub why: String,
}

/// Some months together, and rules that need no model on the same.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Sum {
    /// Value that the months lie above; null for all.
    pub above: Option<f64>,
    /// How the model meets them.
    #[serde(flatten)]
    pub model: Together,
    /// How rules without a model meet them.
    pub baselines: Vec<BaselineScore>,
}

/// How months are met together.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Together {
    /// Months.
    pub months: usize,
    /// Root of the mean squared error, log10.
    pub rms_log10: f64,
    /// The same without the month that is farthest off.
    pub rms_log10_without_worst: f64,
    /// That month.
    pub worst: String,
    /// Mean error, log10: above zero where too much is simulated.
    pub bias_log10: f64,
    /// Share of months in the 50 % band.
    pub inside50: f64,
    /// Share of months in the 90 % band.
    pub inside90: f64,
    /// Mean width of the 90 % band, log10.
    pub width90_log10: f64,
    /// Mean CRPS, log10.
    pub crps_log10: f64,
    /// Mean of Winkler's score of the 90 % band, log10.
    pub winkler90_log10: f64,
}

/// A rule without a model, and the model on the months of which the rule says something.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct BaselineScore {
    /// The rule in words.
    pub baseline: String,
    /// Root of its mean squared error, log10.
    pub rms_log10: f64,
    /// The model's on the same months.
    pub model_rms_log10: f64,
    /// Their number.
    pub months: usize,
}
