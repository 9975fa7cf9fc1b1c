//! The command line.
mod args;
mod calibrate;
mod commands;
mod diagram;
mod json;
mod knowledge;
mod ledger;
mod load;
mod period;
mod physics;
mod picture;
mod progress;
mod report;
mod terminal;
mod train;
mod watch;
mod words;
mod write;

use crate::terminal::say;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Cli::parse();
    match commands::dispatch(args) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(problem) => {
            say(problem.told());
            ExitCode::from(2)
        }
    }
}
