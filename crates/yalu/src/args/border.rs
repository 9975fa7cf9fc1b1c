//! Options of `border`.

use super::{Draws, Out, Overrides, Shown};
use clap::Args;
use std::path::PathBuf;

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

A change is any key that --set knows; a comma joins keys that change together. Each change runs with the same random draws as
the border as it is, so that the difference is the change’s own. With -o, the folder written holds border.json, summary.txt, days.csv and
pictures with their data: dwell, utilisation, queue, gantt, time-cost, what-if.")]
pub struct BorderArgs {
    /// Scenario folder
    pub dir: PathBuf,
    /// Show this border station alone
    #[arg(long, value_name = "POINT")]
    pub station: Option<String>,
    /// First day of the results
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
    /// Loaded wagons a day, as counted over a period; the grid shows which values match every count
    #[arg(long, value_name = "FROM..TO=LEAST..MOST", requires = "grid")]
    pub seen: Vec<String>,
    #[command(flatten)]
    pub draws: Draws,
    #[command(flatten)]
    pub out: Out,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub shown: Shown,
}
