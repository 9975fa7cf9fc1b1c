//! Commands and options.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Cross-border rail freight, simulated and watched.
#[derive(Parser, Debug)]
#[command(
    version,
    about,
    after_help = "Examples:
  yalu run scenarios/dandong-sinuiju            simulate the flagship; report in out/dandong-sinuiju
  yalu new mine && yalu check mine && yalu run mine
  yalu run mine -o out/mine --set service.bridge.max_wagons=20 --replications 50
  yalu show scenarios/dandong-sinuiju | less
  yalu validate                                 what Yalu computes beside published figures

Exit codes: 0 fine, 1 findings (problems in a scenario, a run that broke a rule, a figure missed), 2 could not run."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What Yalu can do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Simulate a corridor: summary, tables, report
    Run(Run),
    /// Tell all problems of a scenario folder
    Check(Check),
    /// Write a small commented corridor that runs
    New(New),
    /// Print the JSON Schema of scenario files, so that editors complete and check them
    Schema(Schema),
    /// Show a corridor as a readable tree
    Show(Show),
    /// Compare what Yalu computes with figures published or computed independently
    Validate(Validate),
    /// Print shell completions
    Completions(Completions),
}

/// Options of `run`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu run scenarios/dandong-sinuiju
  yalu run scenarios/dandong-sinuiju -o out/autumn --from 2022-09-01 --to 2022-12-31
  yalu run scenarios/dandong-sinuiju -o out/twice --set service.bridge.trains_per_day=2 --force
  yalu run scenarios/dandong-sinuiju --replications 1 --json | jq .months[56]

The folder written holds run.json, summary.txt, report.html and tables/*.parquet. With --from, the days before are
simulated too, so that stocks are what they then were; results tell of the period asked for.")]
pub struct Run {
    /// Scenario folder
    pub dir: PathBuf,
    /// Folder to write; without it, a new one under out/
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace a folder that an earlier run wrote
    #[arg(long)]
    pub force: bool,
    /// First day that results tell of
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day simulated
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Seed of the random streams, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    /// Replications that bands are taken over; 1 runs the medians alone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub replications: Option<u32>,
    /// Threads to use; results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub set: Overrides,
    /// Print the results as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Values in place of those in the files.
#[derive(Args, Debug, Default)]
pub struct Overrides {
    /// Value in place of one in the files: table.id.field=value
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

/// Options of `check`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu check scenarios/dandong-sinuiju
  yalu check mine --deny-warnings
  yalu check mine --json | jq '.diagnostics[] | .file + \":\" + (.line|tostring)'

docs/diagnostics.md explains each code.")]
pub struct Check {
    /// Scenario folder
    pub dir: PathBuf,
    /// Treat warnings as findings (exit code 1)
    #[arg(long)]
    pub deny_warnings: bool,
    #[command(flatten)]
    pub set: Overrides,
    /// Print the problems as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `new`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  yalu new mine && yalu run mine")]
pub struct New {
    /// Folder to make; its last part becomes the corridor's id
    pub dir: PathBuf,
    /// Print what was written as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Options of `schema`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu schema                        names of all files
  yalu schema services.toml          the schema of one
  yalu schema -o schemas             all of them, one file each
In a TOML file, editors with Taplo read the line
  #:schema ../schemas/services.toml.schema.json")]
pub struct Schema {
    /// File of a scenario folder
    pub file: Option<String>,
    /// Folder to write all schemas to
    #[arg(short, long, value_name = "DIR", conflicts_with = "file")]
    pub output: Option<PathBuf>,
    /// Print all schemas as one JSON object by file name
    #[arg(long)]
    pub json: bool,
}

/// Options of `show`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  yalu show scenarios/dandong-sinuiju | less")]
pub struct Show {
    /// Scenario folder
    pub dir: PathBuf,
    #[command(flatten)]
    pub set: Overrides,
    /// Print the corridor as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Options of `validate`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu validate                               all oracles, layer by layer
  yalu validate --only trainruns --only r1    those whose ids begin so
  yalu validate --json | jq '.oracles[] | select(.pass | not)'

Each oracle is a figure from outside, with its source and its tolerance. In the tests of Yalu each also fails when a
constant of its input is 1 % off. Exit code 1 when one fails here.")]
pub struct Validate {
    /// Only the oracle of this id, or all whose id begins with it
    #[arg(long, value_name = "ID")]
    pub only: Vec<String>,
    /// Print the oracles as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `completions`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  yalu completions bash > ~/.local/share/bash-completion/completions/yalu")]
pub struct Completions {
    /// Shell
    pub shell: clap_complete::Shell,
}
