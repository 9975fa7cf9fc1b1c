//! Options of `fit`.

use super::{Overrides, Shown};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What can be asked about model and reported months.
#[derive(Subcommand, Debug)]
pub enum FitCommand {
    /// Compare simulated months with reported ones: how far off, how often the bands hold, against simple rules
    Score(Score),
    /// Fit the trade model to reported months, and test it on months kept out of the fit
    Calibrate(Calibrate),
}

/// Options of `score`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu fit score scenarios/dandong-sinuiju --observed scenarios/dandong-sinuiju/observed.csv
  yalu fit score mine --observed customs.csv --value wert --unit MUSD --direction CN-KP
  yalu fit score mine --observed customs.csv --replications 100 --json | jq '.series[0].together[0]'

The file is CSV with a column `month` (2022-09). Unit and direction are declared: by options, or by the names of columns
such as exports_musd, cn_imports_musd, total_kusd, cn_kp_t. Goods that trade.toml marks no_vehicle are taken out of
reported values before they are compared. Months without a value are left out.")]
pub struct Score {
    /// Scenario folder
    pub dir: PathBuf,
    #[command(flatten)]
    pub observed: ObservedFile,
    /// Model to compare with the months; without it the day-level model where the folder holds a calibration.json, else trains
    #[arg(long, value_enum)]
    pub model: Option<Model>,
    /// Calibration to take the day-level model's parameters from, as `yalu fit calibrate --posterior` writes it
    #[arg(long, value_name = "FILE")]
    pub posterior: Option<PathBuf>,
    /// Score months above this value on their own too, in the unit of the column
    #[arg(long, value_name = "VALUE", default_values_t = [1.0, 5.0])]
    pub above: Vec<f64>,
    /// Year of the baseline `same month`; without it the last whole year before anything shut
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1900..=2200))]
    pub normal_year: Option<i16>,
    /// Replications that bands are taken over
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub replications: Option<u32>,
    /// Seed of the random streams, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub shown: Shown,
}

/// Options of `calibrate`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu fit calibrate scenarios/dandong-sinuiju --observed scenarios/dandong-sinuiju/observed.csv
  yalu fit calibrate mine --observed customs.csv --months 2018-01..2021-12 --runs 4000 --leave-out 2020
  yalu fit calibrate mine --observed customs.csv --posterior mine/calibration.json

The trade model by day runs over the ranges of 12 parameters; history matching and approximate Bayesian computation find
the values that fit the months. Each of 20 random halves and each year left out has a search of its own. Runs are kept in a
checkpoint: one that was stopped goes on from there. docs/calibration.md describes model and parameters.")]
pub struct Calibrate {
    /// Scenario folder
    pub dir: PathBuf,
    #[command(flatten)]
    pub observed: ObservedFile,
    /// Months to use, as 2020-01..2021-12 or 2022-09; all without it
    #[arg(long, value_name = "MONTHS")]
    pub months: Vec<String>,
    /// Runs of the model, dates of regimes widened and as given together
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(400..=10_000_000))]
    pub runs: u32,
    /// Years kept out of the fit whole; without it the last two that have months
    #[arg(long, value_name = "YEAR")]
    pub leave_out: Vec<i16>,
    /// Values below this count as this, million USD
    #[arg(long, value_name = "MUSD", default_value_t = 1.0)]
    pub least: f64,
    /// Months below this weigh less and have a score of their own, million USD
    #[arg(long, value_name = "MUSD", default_value_t = 5.0)]
    pub small: f64,
    /// File that keeps the runs; without it out/ID.calibration
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// File to write the accepted parameters to, JSON (dates widened); DIR/calibration.json is what `yalu fit score` reads
    #[arg(long, value_name = "FILE")]
    pub posterior: Option<PathBuf>,
    /// Seed of all draws, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    /// Threads to use; results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub shown: Shown,
}

/// A model of trade.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Model {
    /// The simulator: every train, cut and queue
    Trains,
    /// Trade by day, rail as wagons a day; with calibrated parameters, or the priors'
    Days,
}

/// A file of reported values by month, and what is declared of it.
#[derive(Args, Debug)]
pub struct ObservedFile {
    /// CSV file of reported values by month
    #[arg(long, value_name = "FILE")]
    pub observed: PathBuf,
    /// Column of the values; without it all whose names declare unit and direction
    #[arg(long, value_name = "COLUMN")]
    pub value: Option<String>,
    /// Its unit: USD, kUSD, MUSD, t, kt
    #[arg(long, value_name = "UNIT", requires = "value")]
    pub unit: Option<String>,
    /// Its direction: CN-KP, KP-CN, both
    #[arg(long, value_name = "DIRECTION", requires = "value")]
    pub direction: Option<String>,
    /// Column, in the same unit, of what no vehicle carries: taken out of each value
    #[arg(long, value_name = "COLUMN", conflicts_with = "all_carried")]
    pub taken_out: Option<String>,
    /// The values hold only what vehicles carry: nothing is taken out
    #[arg(long)]
    pub all_carried: bool,
}
