//! Options of `reports`.

use super::Shown;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What the help of `reports` ends with.
pub const EXAMPLES: &str = "Examples:
  yalu reports list scenarios/dandong-sinuiju --crossing DAN-SIN-RAIL --from 2022-09-01 --to 2022-10-31
  yalu reports show scenarios/dandong-sinuiju R085
  yalu reports add mine --crossing BRIDGE-RAIL --claim observed --reported 2022-09-26 --qty 12 --unit cars --source Paper
  yalu reports export scenarios/dandong-sinuiju --format stix -o reports.json
  yalu reports belief scenarios/dandong-sinuiju --known then -o belief.csv
  yalu reports score scenarios/dandong-sinuiju --truth truth.csv
  yalu reports score --worlds 100 --seed 1

docs/ledger-record.md says how reports are kept and sealed, docs/ledger.md how they are weighed.";

/// What can be done with the record.
#[derive(Subcommand, Debug)]
pub enum ReportsCommand {
    /// Write a new report: from options, or asked for on a terminal
    Add(Box<Add>),
    /// Take the reports of a file into the record
    Import(Import),
    /// Write the record for other programs
    Export(Export),
    /// List reports
    List(List),
    /// Show one report in full
    Show(Show),
    /// Explain, report by report, the chance that a crossing ran on a day
    Why(Why),
    /// Compare the record with its seal
    Verify(Verify),
    /// Seal reports, so that later edits show
    Seal(Seal),
    /// Write the chance of each state by crossing and day, as CSV
    Belief(Belief),
    /// Score these chances against judged states, beside three simple rules
    Score(Score),
}

/// Which record is read.
#[derive(Args, Debug, Clone)]
pub struct Source {
    /// Scenario folder
    pub dir: PathBuf,
    /// Load the reports that are sound although others are not; says which are left out
    #[arg(long)]
    pub skip_bad: bool,
}

/// The fields of a report.
#[derive(Args, Debug, Default)]
pub struct Fields {
    /// Short name; without it the next of the record's
    #[arg(long)]
    pub id: Option<String>,
    /// Crossing, or ALL-LAND
    #[arg(long, value_name = "C")]
    pub crossing: Option<String>,
    /// What it says: running, suspended, resumed, observed, planned, denied, unconfirmed, opened, retracted
    #[arg(long)]
    pub claim: Option<String>,
    /// Day it became known
    #[arg(long, value_name = "DATE")]
    pub reported: Option<String>,
    /// Precision of that day: day, approx, month, year
    #[arg(long, value_name = "P")]
    pub reported_prec: Option<String>,
    /// First day it speaks of
    #[arg(long, value_name = "DATE")]
    pub event_start: Option<String>,
    /// Last day it speaks of
    #[arg(long, value_name = "DATE")]
    pub event_end: Option<String>,
    /// Precision of these days: day, approx, month, year
    #[arg(long, value_name = "P")]
    pub prec: Option<String>,
    /// Mode: rail, road, rail+road, passenger, sea, air, all
    #[arg(long)]
    pub mode: Option<String>,
    /// Count
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub qty: Option<String>,
    /// Standard deviation of the count
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub qty_noise: Option<String>,
    /// Unit of the count
    #[arg(long)]
    pub unit: Option<String>,
    /// What it says, in your words
    #[arg(long, value_name = "TEXT")]
    pub detail: Option<String>,
    /// Publisher
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// Kind of source
    #[arg(long, value_name = "TYPE")]
    pub source_type: Option<String>,
    /// Origin: reports that go back to one source share it
    #[arg(long, value_name = "ID")]
    pub origin: Option<String>,
    /// It is a plain copy
    #[arg(long)]
    pub derived: bool,
    /// Link
    #[arg(long)]
    pub url: Option<String>,
    /// Remark of your own
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Report that it corrects
    #[arg(long, value_name = "ID")]
    pub corrects: Option<String>,
    /// Admiralty letters, as in B2
    #[arg(long, value_name = "LETTERS")]
    pub admiralty: Option<String>,
    /// Who judged what it says
    #[arg(long, value_name = "NAME")]
    pub judged_by: Option<String>,
    /// Day of that judgement
    #[arg(long, value_name = "DATE")]
    pub judged_on: Option<String>,
    /// Why it was judged so
    #[arg(long, value_name = "TEXT")]
    pub judged_why: Option<String>,
}

/// Options of `reports add`.
#[derive(Args, Debug)]
pub struct Add {
    #[command(flatten)]
    pub from: Source,
    #[command(flatten)]
    pub fields: Fields,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write it although it is near the same as one held
    #[arg(long)]
    pub anyway: bool,
    /// Print what was done as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `reports import`.
#[derive(Args, Debug)]
pub struct Import {
    #[command(flatten)]
    pub from: Source,
    /// File of reports: CSV, JSON Lines (.jsonl) or a STIX 2.1 bundle (.json)
    pub file: PathBuf,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Take reports that are near the same as one held, too
    #[arg(long)]
    pub anyway: bool,
    /// Print what was done as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// How a record is given away.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ExportFormat {
    /// A row a report
    Csv,
    /// A JSON object a line
    Jsonl,
    /// A STIX 2.1 bundle
    Stix,
    /// `ClaimReview` of schema.org, JSON-LD
    Claimreview,
}

/// Options of `reports export`.
#[derive(Args, Debug)]
pub struct Export {
    #[command(flatten)]
    pub from: Source,
    /// Format
    #[arg(long)]
    pub format: ExportFormat,
    /// File to write; without it standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Print what was written as one JSON object; needs -o
    #[arg(long, requires = "output")]
    pub json: bool,
}

/// Which reports are meant.
#[derive(Args, Debug, Default)]
pub struct Which {
    /// Crossing as written in the reports
    #[arg(long, value_name = "C")]
    pub crossing: Option<String>,
    /// Speaking of this day or later
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Speaking of this day or earlier
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// What they say
    #[arg(long)]
    pub claim: Option<String>,
    /// Origin
    #[arg(long, value_name = "ID")]
    pub origin: Option<String>,
    /// Known by this day
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// Options of `reports list`.
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    pub source: Source,
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub shown: Shown,
}

/// Options of `reports show`.
#[derive(Args, Debug)]
pub struct Show {
    #[command(flatten)]
    pub source: Source,
    /// Report
    pub id: String,
    /// Print the report as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `reports why`.
#[derive(Args, Debug)]
pub struct Why {
    #[command(flatten)]
    pub source: Source,
    /// Crossing
    #[arg(long, value_name = "C")]
    pub crossing: String,
    /// Day that is asked about; without it, the day of the story, or else the scenario's last
    #[arg(long, value_name = "DATE")]
    pub day: Option<String>,
    /// Known by this day; without it, that day
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Use monthly customs values too
    #[arg(long)]
    pub customs: bool,
    #[command(flatten)]
    pub shown: Shown,
}

/// Options of `reports verify`.
#[derive(Args, Debug)]
pub struct Verify {
    /// Scenario folder
    pub dir: PathBuf,
    /// Print the answer as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `reports seal`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu reports seal mine                                            seal what is new
  yalu reports seal mine --accept-edit R012 --because \"name of a witness taken out\"

The record is mended by new reports that correct. An edit or a loss that must stand is accepted by id, with a reason; both
stay in the log. A log that was touched itself is begun anew with --anew, which keeps nothing of it but the reason.")]
pub struct Seal {
    /// Scenario folder
    pub dir: PathBuf,
    /// Report whose edit or loss stands
    #[arg(long, value_name = "ID", requires = "because")]
    pub accept_edit: Vec<String>,
    /// Begin the log anew
    #[arg(long, requires = "because", conflicts_with = "accept_edit")]
    pub anew: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
    /// Print what was done as one JSON object (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// The picture of crossings by day.
#[derive(Args, Debug, Default)]
pub struct Strips {
    /// File to draw the strips of crossings to
    #[arg(long, value_name = "FILE.svg")]
    pub svg: Option<PathBuf>,
    /// Draw in dark colours
    #[arg(long, requires = "svg")]
    pub dark: bool,
}

/// Whose knowledge a belief rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum KnownWhen {
    /// On each day what was known by that day
    #[default]
    Then,
    /// On each day all that is known now
    Now,
}

/// Options of `reports belief`.
#[derive(Args, Debug)]
pub struct Belief {
    #[command(flatten)]
    pub source: Source,
    /// Reports in place of the scenario's
    #[arg(long, value_name = "FILE")]
    pub reports: Option<PathBuf>,
    /// Known then or known now
    #[arg(long, default_value = "then")]
    pub known: KnownWhen,
    /// Use monthly customs values too
    #[arg(long)]
    pub customs: bool,
    /// Crossing; without it all
    #[arg(long, value_name = "C")]
    pub crossing: Vec<String>,
    /// First day; without it the scenario's
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day; without it the scenario's
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// File to write; without it standard output
    #[arg(short, long, value_name = "FILE.csv")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub strips: Strips,
    /// Print the belief as one JSON object instead (docs/json.md)
    #[arg(long)]
    pub json: bool,
}

/// Options of `reports score`.
#[derive(Args, Debug)]
pub struct Score {
    #[command(flatten)]
    pub source: Option<Source>,
    /// Judged states: crossing, start, end, status and more (docs/ledger.md)
    #[arg(long, value_name = "FILE")]
    pub truth: Option<PathBuf>,
    /// Score the belief in so many synthetic worlds instead, whose truth is known (docs/ledger.md)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=10_000), conflicts_with_all = ["truth", "reports", "customs", "crossing", "from", "to", "json", "Source"])]
    pub worlds: Option<u32>,
    /// Seed of the worlds
    #[arg(long, value_name = "S", default_value_t = 1, requires = "worlds")]
    pub seed: u64,
    /// Reports in place of the scenario's
    #[arg(long, value_name = "FILE")]
    pub reports: Option<PathBuf>,
    /// Use monthly customs values too
    #[arg(long)]
    pub customs: bool,
    /// Crossing; without it each that is judged
    #[arg(long, value_name = "C")]
    pub crossing: Vec<String>,
    /// First day; without it the scenario's
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day; without it the scenario's
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    #[command(flatten)]
    pub shown: Shown,
}
