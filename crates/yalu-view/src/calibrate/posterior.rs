//! Accepted parameters as a file: what a calibration hands on to other commands.

use super::Calibrate;
use crate::SCHEMA_VERSION;
use crate::score::month;
use serde::{Deserialize, Serialize};
use yalu_trade::calibrate::Task;
use yalu_trade::{PARAMS, TABLE, Values};

/// Accepted parameters with what they rest on. Keys stand in the order of the alphabet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Posterior {
    /// Reading of dates, `widened`.
    dates: String,
    /// Months used.
    months: Vec<String>,
    /// Ids of the parameters.
    parameters: Vec<String>,
    /// Runs of the model.
    runs: u64,
    /// Id of the corridor.
    scenario: String,
    /// Version of this shape; files without one are of the first.
    #[serde(default = "first")]
    schema_version: u32,
    /// Seed of all draws.
    seed: u64,
    /// Values of the parameters in each run accepted.
    #[serde(skip_serializing)]
    accepted: Vec<Vec<f64>>,
}

/// Why a text holds no accepted parameters.
#[derive(Debug, thiserror::Error)]
pub enum PosteriorError {
    /// It is no such object.
    #[error("it is not what a calibration writes")]
    Shape(#[from] serde_json::Error),
    /// Its parameters are others.
    #[error("its parameters are not those of this version")]
    Parameters,
    /// It is of another corridor.
    #[error("it is of the corridor `{found}`, not of `{due}`")]
    Other {
        /// The corridor it is of.
        found: String,
        /// The corridor it is read for.
        due: String,
    },
    /// A run has a value too many or too few.
    #[error("a run has {found} values, not {PARAMS}")]
    Values {
        /// Values it has.
        found: usize,
    },
    /// A value lies outside its prior.
    #[error("a run has a value outside its prior")]
    Prior(#[from] yalu_trade::TradeError),
    /// There is no run.
    #[error("no run was accepted")]
    Empty,
}

const fn first() -> u32 {
    1
}

/// Values are rounded to so many parts of one.
const PARTS: f64 = 1e6;

impl Posterior {
    /// Of the headline of a calibration.
    pub fn of(x: &Calibrate, task: &Task) -> Self {
        let runs = x.readings.first().map_or(&[][..], |r| &r.accepted);
        let rounded = |run: &Vec<f64>| run.iter().map(|v| (v * PARTS).round() / PARTS).collect();
        Self {
            dates: x.readings.first().map_or_else(String::new, |r| r.dates.clone()),
            months: task.known.iter().map(|k| month(k.month)).collect(),
            parameters: x.parameters.iter().map(|p| p.id.clone()).collect(),
            runs: x.runs,
            scenario: x.scenario.clone(),
            schema_version: SCHEMA_VERSION,
            seed: x.seed,
            accepted: runs.iter().map(rounded).collect(),
        }
    }

    /// The file: an accepted run a line, so that people can look at them.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        let head = serde_json::to_string(self)?;
        let rows: Vec<String> = self.accepted.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        Ok(format!("{},\"accepted\":[\n{}\n]}}\n", head.trim_end_matches('}'), rows.join(",\n")))
    }

    /// The values of the runs in a file, of the corridor of an id where that is known.
    pub fn read(bytes: &[u8], scenario: Option<&str>) -> Result<Vec<Values>, PosteriorError> {
        let file: Posterior = serde_json::from_slice(bytes)?;
        if let Some(due) = scenario.filter(|id| *id != file.scenario) {
            return Err(PosteriorError::Other { found: file.scenario, due: due.to_owned() });
        }
        if file.parameters != TABLE.map(|p| p.id) {
            return Err(PosteriorError::Parameters);
        }
        let values = |run: Vec<f64>| {
            let found = run.len();
            let values = Values(run.try_into().map_err(|_| PosteriorError::Values { found })?);
            values.check()?;
            Ok(values)
        };
        let runs: Vec<Values> = file.accepted.into_iter().map(values).collect::<Result<_, PosteriorError>>()?;
        if runs.is_empty() { Err(PosteriorError::Empty) } else { Ok(runs) }
    }
}
