//! What `yalu study` gives: cases beside the corridor as declared, with the same draws, and what its figures depend on.
mod from;
mod shards;
mod words;

pub use from::{Outputs, StudyTerms};
pub use shards::{ShardState, ShardStates};

use schemars::JsonSchema;
use serde::Serialize;
use yalu_number::{Estimate, Unit};

/// Cases of a corridor, run by run with the same draws.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Study {
    /// Version of this shape.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// Command that makes the same results.
    pub command: String,
    /// Seed of the draws.
    pub seed: u64,
    /// How many of the runs asked for stand behind the figures.
    pub coverage: Coverage,
    /// The cases, the corridor as declared first.
    pub cases: Vec<StudyCase>,
    /// What the figures of the corridor as declared depend on, of the inputs that have a range; null with too few runs.
    pub worth: Option<Worth>,
    /// What moving named inputs does; null where the study names none.
    pub moved: Option<Moves>,
}

/// How many of the runs asked for are there.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Coverage {
    /// Replications of each case asked for.
    pub replications: u32,
    /// Runs asked for: replications times cases.
    pub runs: u64,
    /// Runs that gave figures.
    pub whole: u64,
    /// Runs that failed.
    pub failed: Vec<Failure>,
    /// Replications that are not there, as ranges `12-15`.
    pub missing: Vec<String>,
}

/// A run that gave no figures.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Failure {
    /// The case.
    pub case: String,
    /// The replication, from 1; with the seed it makes the same run again.
    pub replication: u32,
    /// Why.
    pub cause: String,
}

/// One case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StudyCase {
    /// Its name.
    pub name: String,
    /// Its figures.
    pub figures: Vec<StudyFigure>,
}

/// A figure of a case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StudyFigure {
    /// Its name, with the unit in it.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its unit.
    pub unit: Unit,
    /// Over the replications.
    pub value: Estimate,
    /// The case less the corridor as declared, run by run; null for the corridor as declared.
    pub difference: Option<Estimate>,
}

/// Which uncertain inputs the figures depend on, from the replications of the corridor as declared.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Worth {
    /// Runs it is read from.
    pub runs: usize,
    /// Inputs that have a range.
    pub inputs: usize,
    /// By figure.
    pub figures: Vec<FigureWorth>,
}

/// What one figure depends on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FigureWorth {
    /// The figure's name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Share of its variance that the strongest input would seem to have by chance alone in one study of twenty.
    pub by_chance: f64,
    /// The inputs that have more, strongest first.
    pub inputs: Vec<InputWorth>,
}

/// What a source for one input would be worth to a figure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InputWorth {
    /// The input's key, as after `--set`.
    pub path: String,
    /// Whether it has a source; without one it is assumed.
    pub sourced: bool,
    /// Its least and greatest value.
    pub range: [f64; 2],
    /// Share of the figure's variance that goes with it.
    pub variance_share: f64,
    /// By how much the figure's band would narrow if the input were known: one less the root of the variance left.
    pub narrower_share: f64,
    /// The figure at the input's high end less that at its low end, in the figure's unit.
    pub rise: f64,
}

/// What moving named inputs between their ends does.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Moves {
    /// How they were moved: `morris` or `sobol`.
    pub method: String,
    /// Runs it took.
    pub runs: usize,
    /// By figure.
    pub figures: Vec<FigureMoves>,
}

/// What moves one figure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FigureMoves {
    /// The figure's name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its unit.
    pub unit: Unit,
    /// By input, in the order of the study's file; empty where nothing moves the figure.
    pub inputs: Vec<InputMoves>,
}

/// One input and a figure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InputMoves {
    /// The input's key, as after `--set`.
    pub path: String,
    /// Its ends.
    pub range: [f64; 2],
    /// With `morris`: mean effect of going from its low to its high end, in the figure's unit.
    pub effect: Option<f64>,
    /// With `morris`: mean size of that effect, whatever its sign.
    pub size: Option<f64>,
    /// With `morris`: standard deviation of the effect; large where the input acts together with others.
    pub spread: Option<f64>,
    /// With `sobol`: share of the variance that goes with the input alone, and the 95 % interval of it.
    pub first: Option<[f64; 3]>,
    /// With `sobol`: share that goes with the input and all that it acts together with, and the 95 % interval of it.
    pub total: Option<[f64; 3]>,
}
