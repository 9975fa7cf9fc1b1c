//! Commands and options.

mod border;
mod fit;
mod line;
mod renamed;
pub mod reports;
mod run;
mod status;
mod study;
mod watch;
mod whatif;

pub use border::BorderArgs;
pub use fit::{Calibrate, FitCommand, Model, ObservedFile, Score};
pub use line::{Capacity, Diagram, LineCommand, Train};
pub use renamed::renamed;
pub use run::{RegimeSource, Run};
pub use status::Status;
pub use study::{MergeStudy, Part, PlanStudy, RunShard, Study, StudyStatus, Whole};
pub use watch::{Bench, Listed, PresetName, Watch, WatchKind, WatchScore};
pub use whatif::{Compare, Sheet, VariantFlags, WhatifCommand};

use clap::{Args, Parser, Subcommand};
use reports::ReportsCommand;
use std::path::PathBuf;
use yalu_files::{FileError, OutFolder};
use yalu_model::Sampling;
use yalu_scenario::BorderKind;

/// Yalu: is a railway border running, what can it carry, what does a closure cost?
#[derive(Parser, Debug)]
#[command(
    version,
    about,
    after_help = "Examples:
  yalu new mine && yalu check mine && yalu run mine
  yalu run scenarios/dandong-sinuiju               five answers, and a report in out/dandong-sinuiju
  yalu status scenarios/dandong-sinuiju            which crossings run, and how we know
  yalu status scenarios/dandong-sinuiju --ahead    how long that will last
  yalu line capacity scenarios/dandong-sinuiju     how many trains the line can carry
  yalu border scenarios/dandong-sinuiju            where the hours go at the border
  yalu whatif sheet scenarios/dandong-sinuiju --close DAN-SIN-RAIL

Exit codes: 0 all well; 1 something was found (errors in a scenario, a broken rule, a missed figure, news); 2 the command
could not do its work."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What Yalu can do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Write a small corridor with comments, ready to run
    New(New),
    /// Check a scenario folder and list every problem
    Check(Check),
    /// Show a corridor as a tree
    Show(Show),
    /// Simulate a corridor: five answers, a report, tables
    Run(Box<Run>),
    /// Show which crossings run, with what chance and why; with --ahead, for how long
    Status(Box<Status>),
    /// Ask about the line: what it can carry, one train's run, the time-distance diagram
    #[command(subcommand)]
    Line(Box<LineCommand>),
    /// Show where time goes at the border, what limits it, and what a change would do
    Border(Box<BorderArgs>),
    /// Study a change: compare variants, or print the sheet for the day a crossing shuts
    #[command(subcommand)]
    Whatif(Box<WhatifCommand>),
    /// Run many cases with the same draws, and see which inputs are worth a source
    Study(Box<Study>),
    /// Keep the record of reports, and see what it supports
    #[command(subcommand, after_help = reports::EXAMPLES)]
    Reports(Box<ReportsCommand>),
    /// Hold the model against reported months: score it, or fit it
    #[command(subcommand)]
    Fit(Box<FitCommand>),
    /// Watch real crossings from tables of counts: state, events and forecasts
    Watch(Box<Watch>),
    /// Compare what Yalu computes with figures published or computed independently
    Validate(Validate),
    /// Print the JSON Schema of scenario files, for editors
    Schema(Schema),
    /// Print shell completions
    Completions(Completions),
}

impl Overrides {
    /// The flags as they were given, each with a space before it.
    pub fn written(&self) -> String {
        self.set.iter().fold(String::new(), |out, s| out + " --set " + s)
    }
}

/// How much of a result is printed, and as what.
#[derive(Args, Debug, Default, Clone, Copy)]
pub struct Shown {
    /// Print all of it; without this, the answer and at most a screen
    #[arg(short, long)]
    pub verbose: bool,
    /// Print it as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// The folder that a command writes.
#[derive(Args, Debug, Default)]
pub struct Out {
    /// Folder to write
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace a folder that an earlier command wrote
    #[arg(long)]
    pub force: bool,
}

impl Out {
    /// Begins the folder asked for; none where none is. `owner` says what is being done, for others who wait.
    #[track_caller]
    pub fn begin(&self, owner: &str) -> Result<Option<OutFolder>, FileError> {
        let Some(dir) = &self.output else { return Ok(None) };
        OutFolder::begin(dir, self.force, owner).map(Some)
    }
}

/// How a command draws what is uncertain.
#[derive(Args, Debug, Default)]
pub struct Draws {
    /// Seed of the random streams, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    /// Runs, or pairs of runs, that bands are taken over; 1 runs the medians alone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub replications: Option<u32>,
    /// Threads to use; results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

impl Draws {
    /// Seed and replications: those asked for, else the scenario's.
    pub fn of(&self, scenario: &Sampling) -> (u64, u32) {
        (self.seed.unwrap_or(scenario.seed), self.replications.unwrap_or(scenario.replications).max(1))
    }
}

/// Closures and reopenings laid over the regimes of the files.
#[derive(Args, Debug, Default, Clone)]
pub struct Closures {
    /// Shut a crossing (or ALL-LAND) from a first to a last day: X:2022-04-29..2022-09-25[:notice=DAYS]; no last day: to
    /// the end
    #[arg(long, value_name = "CROSSING:FROM..TO")]
    pub close: Vec<String>,
    /// Open it again from a day, with less if so said: X:2022-09-26:quota=1,wagons=20,ramp=60 (also `wagons_per_day`, share,
    /// hold, notice, until=DATE, trial)
    #[arg(long, value_name = "CROSSING:DATE[:quota=N,..]")]
    pub reopen: Vec<String>,
}

impl Closures {
    /// The flags as they were given, each with a space before it.
    pub fn written(&self) -> String {
        let close = self.close.iter().fold(String::new(), |out, x| out + " --close " + x);
        self.reopen.iter().fold(close, |out, x| out + " --reopen " + x)
    }
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
  yalu check --explain Y0202")]
pub struct Check {
    /// Scenario folder
    #[arg(required_unless_present = "explain")]
    pub dir: Option<PathBuf>,
    /// Explain a code, such as Y0202: what it means, and how to mend it
    #[arg(long, value_name = "CODE", conflicts_with_all = ["dir", "deny_warnings", "set"])]
    pub explain: Option<String>,
    /// Treat warnings as findings (exit code 1)
    #[arg(long)]
    pub deny_warnings: bool,
    /// Bring an older folder to the version of files that this Yalu writes
    #[arg(long)]
    pub upgrade: bool,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub shown: Shown,
}

/// Options of `new`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  yalu new mine && yalu run mine
  yalu new khorgos --border transshipment

Kinds of border crossing (docs/border-kinds.md): same-gauge, bogie-exchange, transshipment, directional-windows,
juxtaposed. Without one the corridor has a bit of everything that a scenario may hold.")]
pub struct New {
    /// Folder to make; its last part becomes the corridor's id
    pub dir: PathBuf,
    /// Kind of border crossing that the corridor shows
    #[arg(long, value_name = "KIND", value_parser = border_kind)]
    pub border: Option<BorderKind>,
    /// Print what was written as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// The kind of border crossing of a word.
fn border_kind(word: &str) -> Result<BorderKind, String> {
    BorderKind::named(word).ok_or_else(|| {
        let all = BorderKind::ALL.map(BorderKind::word);
        let meant = yalu_scenario::nearest(word, all).map_or_else(String::new, |w| format!("did you mean `{w}`? "));
        format!("{meant}kinds are {}", all.join(", "))
    })
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
    /// Instead: what commands print with --json, as tables; with --json as schemas
    #[arg(long, conflicts_with_all = ["file", "output"])]
    pub views: bool,
}

/// Options of `show`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  yalu show -v scenarios/dandong-sinuiju | less")]
pub struct Show {
    /// Scenario folder
    pub dir: PathBuf,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub shown: Shown,
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
    #[command(flatten)]
    pub shown: Shown,
}

/// Options of `completions`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  yalu completions bash > ~/.local/share/bash-completion/completions/yalu")]
pub struct Completions {
    /// Shell
    pub shell: clap_complete::Shell,
}
