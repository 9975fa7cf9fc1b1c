//! Options of `status`.

use super::Shown;
use super::reports::{Source, Strips};
use clap::Args;
use std::path::PathBuf;

/// Options of `status`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu status scenarios/dandong-sinuiju
  yalu status scenarios/dandong-sinuiju --as-of 2022-09-26 --crossing DAN-SIN-RAIL --why
  yalu status scenarios/dandong-sinuiju --as-of 2022-09-26 --svg strips.svg
  yalu status scenarios/dandong-sinuiju --ahead --horizon 90d

Bits measure what one report adds to the odds that a crossing runs: one bit doubles or halves them. Admiralty letters stand
as given; they are no probabilities.")]
pub struct Status {
    #[command(flatten)]
    pub source: Source,
    /// Use only reports known by this day; without it, the day of the story, or else the scenario's last
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Crossing, by id or name; without it all (with --ahead, that of the story)
    #[arg(long, value_name = "CROSSING")]
    pub crossing: Vec<String>,
    /// Explain each chance report by report
    #[arg(long, conflicts_with = "ahead")]
    pub why: bool,
    /// Use monthly customs values too
    #[arg(long)]
    pub customs: bool,
    #[command(flatten)]
    pub strips: Strips,
    #[command(flatten)]
    pub outlook: Outlook,
    #[command(flatten)]
    pub shown: Shown,
}

/// What lies ahead.
#[derive(Args, Debug)]
pub struct Outlook {
    /// Forecast: how long it will run or stay shut, and what it would carry
    #[arg(long, conflicts_with = "svg")]
    pub ahead: bool,
    /// Days ahead
    #[arg(long, value_name = "DAYS", default_value = "180d", requires = "ahead")]
    pub horizon: String,
    /// Simulated runs of what it would carry; 0 leaves that out
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(0..=10_000), requires = "ahead")]
    pub replications: u32,
    /// File for the chance of each state by day
    #[arg(short, long, value_name = "FILE.csv", requires = "ahead")]
    pub output: Option<PathBuf>,
}
