//! Options of `study`.

use super::Out;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Options of `study`.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  yalu study quota.toml                        every case beside the corridor as declared, with the same draws
  yalu study quota.toml -o out/quota           with runs.csv, figures.csv, worth.csv and study.json
  yalu study quota.toml --until exports_usd=2% stops once the median is that well known
  yalu study plan quota.toml -o plan --shards 40    for many machines; then, on each:
  yalu study run plan --shard 7
  yalu study status plan
  yalu study merge plan -o out/quota

docs/study.md shows a whole file. A study of the corridor alone, with no case, says which inputs are worth a source."
)]
pub struct Study {
    /// Parts of a study that is run on many machines
    #[command(subcommand)]
    pub part: Option<Part>,
    #[command(flatten)]
    pub whole: Whole,
}

/// Options of a study that is run at once.
#[derive(Args, Debug)]
pub struct Whole {
    /// The file of the study
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub out: Out,
    /// Replications of each case, instead of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub replications: Option<u32>,
    /// Stop once the 95 % interval of this figure's median lies so near to it, as in `exports_usd=2%`
    #[arg(long, value_name = "FIGURE=SHARE")]
    pub until: Option<String>,
    /// Threads to use; results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Show all figures and inputs
    #[arg(short, long, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Print the study as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// What is done with a planned study.
#[derive(Subcommand, Debug)]
pub enum Part {
    /// Write a folder that holds all that a study needs, cut into shards
    Plan(PlanStudy),
    /// Run one shard; what an earlier run left whole is kept
    Run(RunShard),
    /// Say how far each shard is
    Status(StudyStatus),
    /// Put the shards together: the same bytes as a study run at once
    Merge(MergeStudy),
}

/// Options of `study plan`.
#[derive(Args, Debug)]
pub struct PlanStudy {
    /// The file of the study
    pub file: PathBuf,
    /// Folder to write
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Shards that the replications are cut into
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub shards: u32,
    /// Replications of each case, instead of the file's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub replications: Option<u32>,
}

/// Options of `study run`.
#[derive(Args, Debug)]
pub struct RunShard {
    /// Folder that `study plan` wrote
    pub dir: PathBuf,
    /// Number of the shard, from 1
    #[arg(long, value_name = "K")]
    pub shard: u32,
    /// Threads to use; results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Options of `study status`.
#[derive(Args, Debug)]
pub struct StudyStatus {
    /// Folder that `study plan` wrote
    pub dir: PathBuf,
    /// Print it as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `study merge`.
#[derive(Args, Debug)]
pub struct MergeStudy {
    /// Folder that `study plan` wrote
    pub dir: PathBuf,
    /// Folder to write
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Replace a folder that an earlier study wrote
    #[arg(long)]
    pub force: bool,
    /// Merge what is there, though shards are missing; the result says which
    #[arg(long)]
    pub partial: bool,
    /// Print the study as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}
