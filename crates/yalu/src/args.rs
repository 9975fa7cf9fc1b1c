//! Commands and options.

mod trade;
mod watch;

pub use trade::{Calibrate, Model, ObservedFile, Score};
pub use watch::{Bench, Listed, PresetName, Watch, WatchKind, WatchScore};

use crate::ledger::args::{Forecast, Ledger, Status};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use yalu_scenario::BorderKind;

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
  yalu status scenarios/dandong-sinuiju         which crossings run, and how that is known
  yalu border scenarios/dandong-sinuiju         where hours go at the border, and what binds it
  yalu compare scenarios/dandong-sinuiju --variant 'shut: --close DAN-SIN-RAIL:2023-03-01..2023-03-30'
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
    /// Which crossings run, with what chance, and why
    Status(Status),
    /// How long service or standstill will last, from what is known on a day
    Forecast(Forecast),
    /// The record of reports: add, import, export, list, seal; belief by day, scores
    Ledger(Box<Ledger>),
    /// The border: where hours go, what is used, what waits, what binds, and what a change would make of it
    Border(Border),
    /// Set variants beside each other: what is lost, late, diverted, who bears it, how it recovers
    Compare(Compare),
    /// The sheet for the day a crossing shuts: ways round, where to hold trains, what is lost, recovery
    Contingency(Contingency),
    /// Put simulated months beside reported ones: errors, what bands cover, baselines
    Score(Score),
    /// Find what reported months say of the trade model's parameters, and how well months kept aside are met
    Calibrate(Calibrate),
    /// Watch real crossings: counts of a table, from a file to every crossing's state, events and forecasts
    Watch(Box<Watch>),
    /// Print shell completions
    Completions(Completions),
}

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
    /// Where service states come from: as declared in regimes.csv, or drawn anew in each replication from the reports
    #[arg(long, value_enum, default_value_t = RegimeSource::Declared)]
    pub regime: RegimeSource,
    /// With --regime ledger: only what was known by this day is heard; without it the day of the story
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Hear monthly customs values too, where reports are heard
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
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum RegimeSource {
    /// As declared
    Declared,
    /// Drawn from what the reports let one believe
    Ledger,
}

impl Overrides {
    /// The flags as they were given, each with a space before it.
    pub fn written(&self) -> String {
        self.set.iter().fold(String::new(), |out, s| out + " --set " + s)
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

/// Options of `border`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu border scenarios/dandong-sinuiju --from 2022-09-26 --to 2022-12-31
  yalu border scenarios/dandong-sinuiju --from 2023-01-01 --to 2023-12-31 -o out/border \\
    --what-if 'hours.sinuiju-customs.daily=00:00-24:00' --what-if station.sinuiju.team.border.count=3 \\
    --what-if station.sinuiju.yard_tracks=14
  yalu border scenarios/dandong-sinuiju --stock 60..75 --station sinuiju
  yalu border scenarios/dandong-sinuiju --flow 1..2 --station sinuiju
  yalu border scenarios/dandong-sinuiju --from 2022-01-17 --to 2022-04-28 --set corridor.from=2021-12-01 \\
    --grid hold.uiju.capacity_t=6000,12000,25000 --grid regime.DAN-SIN-RAIL.2022-01-16.hold_days=15,30,60 \\
    --seen 2022-01-17..2022-04-28=10..15 --seen 2022-02-10..2022-02-20=2..4
  yalu border scenarios/dandong-sinuiju --json | jq .binds.first

A change is any key that --set knows; keys that go together are joined by a comma. Each is run with the same draws as the border
as it is, and its difference told pair by pair. With -o, the folder written holds border.json, summary.txt, days.csv and
pictures with their data: dwell, utilisation, queue, gantt, time-cost, what-if.")]
pub struct Border {
    /// Scenario folder
    pub dir: PathBuf,
    /// Tell of this border station alone
    #[arg(long, value_name = "POINT")]
    pub station: Option<String>,
    /// First day that results tell of
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day simulated
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// A change to compare, any key that --set knows; repeat for several side by side
    #[arg(long, value_name = "KEY=VALUE[,KEY=VALUE]")]
    pub what_if: Vec<String>,
    /// Wagons counted in the yard, 60..75: trains and wagons a day
    #[arg(long, value_name = "N..M", conflicts_with = "flow")]
    pub stock: Option<String>,
    /// Trains a day through the yard, 1..2: wagons that stand there
    #[arg(long, value_name = "N..M")]
    pub flow: Option<String>,
    /// Values to try of any key that --set knows; several make a grid. Needs --seen
    #[arg(long, value_name = "KEY=VALUE,VALUE...", requires = "seen", conflicts_with = "what_if")]
    pub grid: Vec<String>,
    /// Loaded wagons a day that someone counted from a day to a day; the grid tells where all of them are true
    #[arg(long, value_name = "FROM..TO=LEAST..MOST", requires = "grid")]
    pub seen: Vec<String>,
    /// Seed of the random streams, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    /// Replications, and pairs for changes; 1 runs the medians alone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub replications: Option<u32>,
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

/// Options of `compare`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu compare scenarios/dandong-sinuiju --variant 'shut a month: --close DAN-SIN-RAIL:2023-03-01..2023-03-30'
  yalu compare scenarios/dandong-sinuiju -o out/never --variant 'never shut: --reopen DAN-SIN-RAIL:2022-04-29'
  yalu compare mine --variant 'quota: --close RAIL:2024-01-10..2024-01-20 --reopen RAIL:2024-01-21:quota=1,ramp=30' \\
    --variant 'full: --close RAIL:2024-01-10..2024-01-20'
  yalu compare mine other

The first folder is the base; further folders and variants of it are set beside it, with the same random draws. --set,
--close and --reopen outside --variant hold for all. Differences are second less first. The folder written with -o holds
report.html, compare.json, figures.csv, and pictures with their data.")]
pub struct Compare {
    /// Scenario folder, or two or more of them
    #[arg(required = true, value_name = "DIR")]
    pub dirs: Vec<PathBuf>,
    /// A variant of the first folder: a name, a colon, and --close, --reopen, --set
    #[arg(long, value_name = "NAME: FLAGS")]
    pub variant: Vec<String>,
    /// Days looked at after the crossings run alike again
    #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3660))]
    pub after: u32,
    /// Seed of the random streams, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    /// Pairs of runs that bands are taken over; 1 runs the medians alone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub replications: Option<u32>,
    /// Threads to use; results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Folder to write
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace a folder that an earlier command wrote
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub closures: Closures,
    /// Print the results as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `contingency`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu contingency scenarios/dandong-sinuiju --close DAN-SIN-RAIL
  yalu contingency scenarios/dandong-sinuiju --close DAN-SIN-RAIL:2023-03-01..2023-04-14 -o out/sheet
  yalu contingency mine --close RAIL:2024-01-10..2024-01-20 --json | jq .shares

Without days it is shut for 30 of them, begun so that a year of the horizon follows. A quarter, half and twice the time are
run as well, to show where a rule linear in days is wrong. With -o: contingency.html, one page to print, and its JSON.")]
pub struct Contingency {
    /// Scenario folder
    pub dir: PathBuf,
    /// Crossing that shuts, with or without its days; several by commas, ALL-LAND for all on land
    #[arg(long, value_name = "CROSSING[:FROM..TO]")]
    pub close: String,
    /// Open a crossing that is declared shut, before anything else: as with `yalu run`
    #[arg(long, value_name = "CROSSING:DATE[:quota=N,..]")]
    pub reopen: Vec<String>,
    /// Seed of the random streams, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    /// Pairs of runs that bands are taken over; 1 runs the medians alone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub replications: Option<u32>,
    /// Threads to use; results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Folder to write
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace a folder that an earlier command wrote
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub set: Overrides,
    /// Print the sheet as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Flags of a variant, as they stand after its name.
#[derive(Parser, Debug)]
#[command(no_binary_name = false, disable_help_flag = true)]
pub struct VariantFlags {
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub closures: Closures,
}

/// Options of `completions`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  yalu completions bash > ~/.local/share/bash-completion/completions/yalu")]
pub struct Completions {
    /// Shell
    pub shell: clap_complete::Shell,
}
