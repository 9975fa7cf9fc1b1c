//! Options of `watch`.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Options of `watch`.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  yalu watch border_crossing_entry.csv.gz              the board, and a page in out/watch
  yalu watch counts.csv transborder.csv --as-of 2021-12
  yalu watch --map-help wagons.csv > map.toml          draft which column is what, then settle the guesses
  yalu watch wagons.csv --map map.toml
  yalu watch releases/ --replay                        what each release would have called
  yalu watch score counts.csv                          how good the forecasts are
  yalu watch plant counts.csv --known known.csv        how well planted closures are found

One row a crossing, period and measure; the columns of the presets bts and transborder are recognised. Files of the same
table are releases: what a later one changes is a revision. Exit code 1 where something is new or below range.
docs/watch.md has the method."
)]
pub struct Watch {
    #[command(subcommand)]
    pub kind: Option<WatchKind>,
    #[command(flatten)]
    pub read: Input,
    /// Draft a mapping file from the header of this table, and stop
    #[arg(long, value_name = "FILE", exclusive = true)]
    pub map_help: Option<PathBuf>,
    /// Only what was held at the end of this period, such as 2021-12
    #[arg(long, value_name = "PERIOD")]
    pub as_of: Option<String>,
    /// For each release, what was new in it
    #[arg(long)]
    pub replay: bool,
    /// Every event, or every doubted count, as a line, instead of the board
    #[arg(long, value_enum, value_name = "WHAT")]
    pub list: Option<Listed>,
    /// Show one event, by its name in --list events or the beginning of it
    #[arg(long, value_name = "EVENT")]
    pub event: Option<String>,
    /// CSV of causes that a source names: crossing, from, to, cause; an empty crossing means all
    #[arg(long, value_name = "FILE")]
    pub known: Option<PathBuf>,
    /// Folder for page, board.json and feed.xml
    #[arg(short, long, value_name = "DIR", default_value = "out/watch")]
    pub output: PathBuf,
    /// Write the Atom feed here too
    #[arg(long, value_name = "FILE")]
    pub feed: Option<PathBuf>,
    /// Write durations and recoveries of events as a reference class
    #[arg(long, value_name = "FILE")]
    pub closures: Option<PathBuf>,
    /// Print everything as one JSON object (docs/json.md), and write no page
    #[arg(long)]
    pub json: bool,
}

/// Tables to read.
#[derive(Args, Debug)]
pub struct Input {
    /// Tables as published, CSV or gzip, or a folder of them
    #[arg(required_unless_present = "map_help", value_name = "FILE")]
    pub tables: Vec<PathBuf>,
    /// Which published table it is; without it the header says so
    #[arg(long, value_enum)]
    pub preset: Option<PresetName>,
    /// Which column is what, in a mapping file
    #[arg(long, value_name = "FILE", conflicts_with = "preset")]
    pub map: Option<PathBuf>,
}

/// What is listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Listed {
    /// What happened
    Events,
    /// Doubted counts, and what was done about the table
    Faults,
}

/// A published table.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PresetName {
    /// Border Crossing Entry Data, United States
    Bts,
    /// Freight Data `TransBorder`, United States, by port and commodity
    Transborder,
}

/// What else `watch` can do.
#[derive(Subcommand, Debug)]
pub enum WatchKind {
    /// Score forecasts from origins that walk through the past
    Score(WatchScore),
    /// Plant closures and faults in real counts, and count what is found and what is called for nothing
    Plant(Bench),
}

/// Options of `watch score`.
#[derive(Args, Debug)]
pub struct WatchScore {
    #[command(flatten)]
    pub files: SubFiles,
    /// First origin
    #[arg(long, value_name = "PERIOD", default_value = "2017-12")]
    pub from: String,
    /// Last origin
    #[arg(long, value_name = "PERIOD", default_value = "2021-12")]
    pub to: String,
    /// Periods from one origin to the next
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub every: usize,
    /// Periods ahead
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [1, 3, 6, 12], value_parser = clap::value_parser!(u16).range(1..=366))]
    pub ahead: Vec<u16>,
    /// Another's forecasts, as `bench/watch_rivals.py` writes them: model, crossing, measure, origin, ahead, value
    #[arg(long, value_name = "FILE")]
    pub rivals: Option<PathBuf>,
}

/// Options of `watch plant`.
#[derive(Args, Debug)]
pub struct Bench {
    #[command(flatten)]
    pub files: SubFiles,
    /// CSV of months that are no false alarms: crossing, from, to, cause
    #[arg(long, value_name = "FILE")]
    pub known: Option<PathBuf>,
    /// Closures to plant, and faults
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub number: usize,
    /// Seed of the draws
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// First and last period that thresholds are set on
    #[arg(long, value_name = "FROM..TO", default_value = "2003-01..2012-12")]
    pub set_on: String,
    /// First and last period that closures are planted in
    #[arg(long, value_name = "FROM..TO", default_value = "2013-01..2022-12")]
    pub plant_in: String,
}

/// Tables to read, of a command of `watch`.
#[derive(Args, Debug)]
pub struct SubFiles {
    /// Tables as published, CSV or gzip, or a folder of them
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Which column is what, in a mapping file
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
}
