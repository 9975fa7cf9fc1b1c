//! Options of `line`.

use super::{Out, Overrides, Shown};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What can be asked about a line of railway.
#[derive(Subcommand, Debug)]
pub enum LineCommand {
    /// How many trains a day the line can carry, and which section limits it
    Capacity(Capacity),
    /// One train's run: times by station, energy, what limits its speed, its heaviest load
    Train(Train),
    /// The time-distance diagram of any period
    Diagram(Diagram),
}

/// Options of `train`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu line train scenarios/job-r1 --service a-g
  yalu line train scenarios/dandong-sinuiju --service pyongui --wagons 25 -o out/pyongui
  yalu line train scenarios/dandong-sinuiju --service pyongui --back --empty
  yalu line train scenarios/dandong-sinuiju --service pyongui --stop-at sonchon=10 --stop-at kalli
  yalu line train scenarios/job-r1 --service a-g --json | jq .duration_s

The folder written with -o holds train.svg (speed, limits, gradient, time), train.csv (the curve), stations.csv and
train.json. If a
train stalls or cannot start, the output names the place, the force it lacks and the heaviest load that would pass.")]
pub struct Train {
    /// Scenario folder
    pub dir: PathBuf,
    /// Service whose path is run
    #[arg(long, value_name = "ID")]
    pub service: String,
    #[command(flatten)]
    pub make_up: MakeUp,
    /// Stop there too, for this many minutes (0 if none is given)
    #[arg(long, value_name = "POINT[=MIN]")]
    pub stop_at: Vec<String>,
    /// Speed at which the tonnage rating holds, km/h
    #[arg(long, value_name = "KMH", default_value_t = 20.0)]
    pub rating_kmh: f64,
    #[command(flatten)]
    pub written: Written,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub shown: Shown,
    /// Put the speed curve into the JSON
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
  yalu line diagram scenarios/dandong-sinuiju -o day.svg
  yalu line diagram scenarios/dandong-sinuiju --from 2022-09-25 --to 2022-09-28 -o days.svg --dark
  yalu line diagram scenarios/job-r1 --from 2020-01-02T06:00 --to 2020-01-02T18:00 --occupations -o half.svg --csv half.csv
  yalu line diagram scenarios/dandong-sinuiju --between sinuiju sonchon

Times are read in the corridor's zone; a date alone as --to is that whole day. Without -o the picture is written to a
new file under out/. --csv writes two files: times of trains by point to FILE, occupations of blocks beside it.")]
pub struct Diagram {
    /// Scenario folder
    pub dir: PathBuf,
    /// Begin, 2022-09-26 or 2022-09-26T05:00; without it, the day of the story, or else the scenario's last
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

/// Options of `capacity`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu line capacity scenarios/dandong-sinuiju
  yalu line capacity scenarios/dandong-sinuiju --service pyongui -o out/capacity
  yalu line capacity scenarios/job-r1 --set section.L5--G.tracks=2
  yalu line capacity scenarios/job-r1 --json | jq .lines[0].bound

The reference train is loaded out, and comes back as its service does: empty where it turns, or as the service that runs
the path the other way. With -o, the folder written holds capacity.json, capacity.csv, capacity.svg, delay-volume.svg.")]
pub struct Capacity {
    /// Scenario folder
    pub dir: PathBuf,
    /// Service whose train is the reference; without it, each freight service
    #[arg(long, value_name = "S")]
    pub service: Option<String>,
    /// Mean delay a train, up to which the line counts as practicable
    #[arg(long, value_name = "MIN", default_value_t = 30.0)]
    pub tolerated_min: f64,
    #[command(flatten)]
    pub out: Out,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub shown: Shown,
}
