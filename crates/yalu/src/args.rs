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
  yalu train scenarios/dandong-sinuiju --service pyongui
  yalu diagram scenarios/dandong-sinuiju -o day.svg
  yalu show scenarios/dandong-sinuiju | less
  yalu validate                                 what Yalu computes beside published figures
  yalu capacity scenarios/dandong-sinuiju       what the line carries, and what binds it
  yalu score scenarios/dandong-sinuiju --observed scenarios/dandong-sinuiju/observed.csv

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
    /// One train's run: times by station, energy, what binds its speed, tonnage rating
    Train(Train),
    /// The working time-distance diagram of any period
    Diagram(Diagram),
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
    /// What the line carries: closed forms by section, and the simulated line beside them
    Capacity(Capacity),
    /// Put simulated months beside reported ones: errors, what bands cover, baselines
    Score(Score),
    /// Find what reported months say of the trade model's parameters, and how well months kept aside are met
    Calibrate(Calibrate),
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

/// Options of `train`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu train scenarios/job-r1 --service a-g
  yalu train scenarios/dandong-sinuiju --service pyongui --wagons 25 -o out/pyongui
  yalu train scenarios/dandong-sinuiju --service pyongui --back --empty
  yalu train scenarios/dandong-sinuiju --service pyongui --stop-at sonchon=10 --stop-at kalli
  yalu train scenarios/job-r1 --service a-g --json | jq .duration_s

The folder written with -o holds train.svg (speed, limits, gradient, time), train.csv (the curve), stations.csv and
train.json. A train that cannot start or stalls is told with its place, the force missing and the load that gets over.")]
pub struct Train {
    /// Scenario folder
    pub dir: PathBuf,
    /// Service whose path is run
    #[arg(long, value_name = "ID")]
    pub service: String,
    #[command(flatten)]
    pub make_up: MakeUp,
    /// Stop there too, for so many minutes (0 without)
    #[arg(long, value_name = "POINT[=MIN]")]
    pub stop_at: Vec<String>,
    /// Speed at which the tonnage rating holds, km/h
    #[arg(long, value_name = "KMH", default_value_t = 20.0)]
    pub rating_kmh: f64,
    #[command(flatten)]
    pub written: Written,
    #[command(flatten)]
    pub set: Overrides,
    /// Print the run as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
    /// With the curve in the JSON
    #[arg(long)]
    pub curve: bool,
}

/// How a train is made up, and which way it runs.
#[derive(Args, Debug)]
pub struct MakeUp {
    /// Wagons, instead of the service's most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=2000))]
    pub wagons: Option<u32>,
    /// With loaded wagons
    #[arg(long, conflicts_with = "empty")]
    pub loaded: bool,
    /// With empty wagons
    #[arg(long)]
    pub empty: bool,
    /// The way back; freight trains that carry cuts are then empty unless --loaded
    #[arg(long)]
    pub back: bool,
}

/// The folder a run of one train is written to.
#[derive(Args, Debug)]
pub struct Written {
    /// Folder to write picture, tables and JSON to
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Write into a folder that holds something already
    #[arg(long)]
    pub force: bool,
    /// Draw the picture in dark colours
    #[arg(long)]
    pub dark: bool,
}

/// Options of `diagram`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu diagram scenarios/dandong-sinuiju -o day.svg
  yalu diagram scenarios/dandong-sinuiju --from 2022-09-25 --to 2022-09-28 -o days.svg --dark
  yalu diagram scenarios/job-r1 --from 2020-01-02T06:00 --to 2020-01-02T18:00 --occupations -o half.svg --csv half.csv
  yalu diagram scenarios/dandong-sinuiju --between sinuiju sonchon

Times are read in the corridor's zone; a date alone as --to is that whole day. Without -o the picture is written to a
new file under out/. --csv writes two files: times of trains by point to FILE, occupations of blocks beside it.")]
pub struct Diagram {
    /// Scenario folder
    pub dir: PathBuf,
    /// Begin, 2022-09-26 or 2022-09-26T05:00; without it the day of the story, or the first
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// End; without it a day after the begin
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    /// Along the path of this service
    #[arg(long, value_name = "ID", conflicts_with = "between")]
    pub service: Option<String>,
    /// Along the shortest way between two points
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub between: Option<Vec<String>>,
    /// Draw the blocks that trains occupy
    #[arg(long)]
    pub occupations: bool,
    /// Seed of the random streams, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    /// File to write the picture to
    #[arg(short, long, value_name = "FILE.svg")]
    pub output: Option<PathBuf>,
    /// File to write times to; occupations go beside it
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Draw in dark colours
    #[arg(long)]
    pub dark: bool,
    /// Width of the picture, pixels; without it as wide as the period reads well
    #[arg(long, value_name = "PX", value_parser = clap::value_parser!(u16).range(300..=12000))]
    pub width: Option<u16>,
    #[command(flatten)]
    pub set: Overrides,
    /// Print what is drawn as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
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

/// Options of `capacity`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu capacity scenarios/dandong-sinuiju
  yalu capacity scenarios/dandong-sinuiju --service pyongui -o out/capacity
  yalu capacity scenarios/job-r1 --set section.L5--G.tracks=2
  yalu capacity scenarios/job-r1 --json | jq .lines[0].bound

The reference train is loaded out, and comes back as its service does: empty where it turns, or as the service that runs
the path the other way. With -o, the folder written holds capacity.json, capacity.csv, capacity.svg, delay-volume.svg.")]
pub struct Capacity {
    /// Scenario folder
    pub dir: PathBuf,
    /// Service whose train is the reference; without it, each freight service
    #[arg(long, value_name = "S")]
    pub service: Option<String>,
    /// Mean delay a train that is tolerated: practical capacity is told for it
    #[arg(long, value_name = "MIN", default_value_t = 30.0)]
    pub tolerated_min: f64,
    /// Folder to write
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace a folder that an earlier command wrote
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub set: Overrides,
    /// Print the results as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `score`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu score scenarios/dandong-sinuiju --observed scenarios/dandong-sinuiju/observed.csv
  yalu score mine --observed customs.csv --value wert --unit MUSD --direction CN-KP
  yalu score mine --observed customs.csv --replications 100 --json | jq '.series[0].together[0]'

The file is CSV with a column `month` (2022-09). Unit and direction are declared: by options, or by the names of columns
such as exports_musd, cn_imports_musd, total_kusd, cn_kp_t. Goods that trade.toml marks no_vehicle are taken out of
reported values before they are compared. Gaps are no fault.")]
pub struct Score {
    /// Scenario folder
    pub dir: PathBuf,
    #[command(flatten)]
    pub observed: ObservedFile,
    /// Model to put beside the months; without it the day-level model where the folder holds a calibration.json, else trains
    #[arg(long, value_enum)]
    pub model: Option<Model>,
    /// Calibration to take the day-level model's parameters from, as `yalu calibrate --posterior` writes it
    #[arg(long, value_name = "FILE")]
    pub posterior: Option<PathBuf>,
    /// Sum up months above this value apart, in the unit of the column
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
    /// Print the scores as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `calibrate`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu calibrate scenarios/dandong-sinuiju --observed scenarios/dandong-sinuiju/observed.csv
  yalu calibrate mine --observed customs.csv --months 2018-01..2021-12 --runs 4000 --leave-out 2020
  yalu calibrate mine --observed customs.csv --posterior mine/calibration.json

The day-level trade model is run over the priors of 12 parameters; history matching and approximate Bayesian computation
find what the months allow. Each of 20 random halves and each year left out has a search of its own. Runs are kept in a
checkpoint: a calibration that was killed goes on where it was. docs/calibration.md tells the model and the parameters.")]
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
    /// Years kept aside whole
    #[arg(long, value_name = "YEAR", default_values_t = [2021, 2022])]
    pub leave_out: Vec<i16>,
    /// Values below it count as it, million USD
    #[arg(long, value_name = "MUSD", default_value_t = 1.0)]
    pub least: f64,
    /// Months below it weigh less and are summed up apart, million USD
    #[arg(long, value_name = "MUSD", default_value_t = 5.0)]
    pub small: f64,
    /// File that keeps the runs; without it out/ID.calibration
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// File to write the accepted parameters to, JSON (dates widened); DIR/calibration.json is what `yalu score` reads
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
    /// Print the calibration as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
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

/// Options of `completions`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  yalu completions bash > ~/.local/share/bash-completion/completions/yalu")]
pub struct Completions {
    /// Shell
    pub shell: clap_complete::Shell,
}
