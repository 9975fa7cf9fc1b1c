//! Options of `whatif`.

use super::{Closures, Draws, Out, Overrides, Shown};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// What can be asked about a change.
#[derive(Subcommand, Debug)]
pub enum WhatifCommand {
    /// Compare variants: what is lost, late or sent another way, who pays, how fast it recovers
    Compare(Compare),
    /// One page for the day a crossing shuts: ways round, where to hold trains, what is lost, recovery
    Sheet(Sheet),
}

/// Options of `whatif compare`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu whatif compare scenarios/dandong-sinuiju --variant 'shut a month: --close DAN-SIN-RAIL:2023-03-01..2023-03-30'
  yalu whatif compare scenarios/dandong-sinuiju -o out/never --variant 'never shut: --reopen DAN-SIN-RAIL:2022-04-29'
  yalu whatif compare mine --variant 'quota: --close RAIL:2024-01-10..2024-01-20 --reopen RAIL:2024-01-21:quota=1,ramp=30' \\
    --variant 'full: --close RAIL:2024-01-10..2024-01-20'
  yalu whatif compare mine other

The first folder is the base; other folders and its variants are compared with it, with the same random draws. --set,
--close and --reopen outside --variant hold for all. Differences are the variant minus the base. The folder written with -o holds
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
    #[command(flatten)]
    pub draws: Draws,
    #[command(flatten)]
    pub out: Out,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub closures: Closures,
    #[command(flatten)]
    pub shown: Shown,
}

/// Options of `whatif sheet`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  yalu whatif sheet scenarios/dandong-sinuiju --close DAN-SIN-RAIL
  yalu whatif sheet scenarios/dandong-sinuiju --close DAN-SIN-RAIL:2023-03-01..2023-04-14 -o out/sheet
  yalu whatif sheet mine --close RAIL:2024-01-10..2024-01-20 --json | jq .shares

Without days, it is shut for 30, a year before the scenario ends. A quarter, half and twice that time run as well, to show
where a rule of so much a day is wrong. With -o: contingency.html, one page to print, and its JSON.")]
pub struct Sheet {
    /// Scenario folder
    pub dir: PathBuf,
    /// Crossing that shuts, with or without its days; several by commas, ALL-LAND for all on land. Without it, the closure
    /// before the day of the story
    #[arg(long, value_name = "CROSSING[:FROM..TO]")]
    pub close: Option<String>,
    /// Open a crossing that is declared shut, before anything else: as with `yalu run`
    #[arg(long, value_name = "CROSSING:DATE[:quota=N,..]")]
    pub reopen: Vec<String>,
    #[command(flatten)]
    pub draws: Draws,
    #[command(flatten)]
    pub out: Out,
    #[command(flatten)]
    pub set: Overrides,
    #[command(flatten)]
    pub shown: Shown,
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
