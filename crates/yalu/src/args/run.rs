//! Options of `run`.

use super::{Closures, Draws, Out, Overrides};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Options of `run`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu run scenarios/dandong-sinuiju
  yalu run scenarios/dandong-sinuiju -o out/autumn --from 2022-09-01 --to 2022-12-31
  yalu run scenarios/dandong-sinuiju -o out/twice --set service.bridge.trains_per_day=2 --force
  yalu run scenarios/dandong-sinuiju --regime ledger --as-of 2022-09-26 --to 2023-03-31
  yalu run scenarios/dandong-sinuiju --close DAN-SIN-RAIL:2023-03-01..2023-04-14 --reopen DAN-SIN-RAIL:2023-04-15:quota=1,ramp=60
  yalu run scenarios/dandong-sinuiju --replications 1 --json | jq .months[56]

The folder written holds run.json, summary.txt, report.html and tables/*.parquet. With --from, the days before are
simulated too, so that stocks are what they then were; results cover the period asked for.")]
#[allow(clippy::struct_excessive_bools)] // Each is a flag of its own.
pub struct Run {
    /// Scenario folder
    pub dir: PathBuf,
    #[command(flatten)]
    pub out: Out,
    /// First day of the results
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day simulated
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    #[command(flatten)]
    pub draws: Draws,
    /// Where service states come from: as declared in regimes.csv, or drawn anew in each replication from the reports
    #[arg(long, value_enum, default_value_t = RegimeSource::Declared)]
    pub regime: RegimeSource,
    /// With --regime ledger: use only reports known by this day; without it, the day of the story, or else the scenario's last
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// With --regime ledger: draw regimes although reports are not what was sealed, without those that are not; the result names them
    #[arg(long)]
    pub skip_bad: bool,
    /// Use monthly customs values too, where reports are used
    #[arg(long)]
    pub customs: bool,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub closures: Closures,
    /// Print months, routes, queues and trains after the answers
    #[arg(short, long, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Print the results as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Where the service states of a run come from.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum RegimeSource {
    /// As declared
    Declared,
    /// Drawn for each run from the chances that the reports support
    Ledger,
}
