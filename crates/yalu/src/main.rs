//! The command line.
mod args;
mod calibrate;
mod commands;
mod ended;
mod knowledge;
mod ledger;
mod load;
mod period;
mod physics;
mod picture;
mod progress;
mod study;
mod terminal;
mod train;
mod watch;
mod words;
mod write;

use crate::terminal::{Problem, colour_err, colour_out, print, say, say_part};
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
    let text = e.render();
    let told = |colour: bool| if colour { text.ansi().to_string() } else { text.to_string() };
    if e.use_stderr() {
        say_part(told(colour_err()));
        return ExitCode::from(2);
    }
    print(&told(colour_out()));
    ExitCode::SUCCESS
}
