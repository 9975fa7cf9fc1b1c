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
mod study;
mod terminal;
mod train;
mod watch;
mod words;
mod write;

use crate::terminal::{Problem, say};
use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match args::Cli::try_parse() {
        Ok(args) => args,
        Err(e) => return refused(&e),
    };
    match commands::dispatch(args) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(problem) => {
            say(problem.told());
            ExitCode::from(2)
        }
    }
}

/// Says why the arguments cannot be read; a command of an earlier version is told its name of today.
fn refused(e: &clap::Error) -> ExitCode {
    let now = match (e.kind(), e.get(ContextKind::InvalidSubcommand)) {
        (ErrorKind::InvalidSubcommand, Some(ContextValue::String(old))) => args::renamed(old).map(|now| (old, now)),
        _ => None,
    };
    if let Some((old, now)) = now {
        let problem = Problem::new(format!("there is no command `yalu {old}` any more"));
        say(problem.help(format!("it is `yalu {now}` now")).told());
        return ExitCode::from(2);
    }
    // A reader that has gone away changes nothing of the exit code.
    let _ = e.print();
    ExitCode::from(if e.use_stderr() { 2 } else { 0 })
}
