//! One room for each command.
mod ahead;
mod border;
mod calibrate;
mod capacity;
mod check;
mod compare;
mod diagram;
mod new;
mod run;
mod schema;
mod score;
mod sheet;
mod show;
mod status;
mod study;
mod train;
mod validate;
mod watch;

use crate::args::reports::ReportsCommand;
use crate::args::{Cli, Command, FitCommand, LineCommand, WhatifCommand};
use crate::ended::Ended;
use crate::ledger::{self, add, belief, export, import, list, seal};
use crate::terminal::{Problem, print};
use clap::CommandFactory;
use std::path::{Path, PathBuf};

/// Does what was asked.
pub fn dispatch(cli: Cli) -> Result<Ended, Problem> {
    match cli.command {
        Command::New(a) => new::new(&a),
        Command::Check(a) => check::check(&a),
        Command::Show(a) => show::show(&a),
        Command::Run(a) => run::run(&a),
        Command::Status(a) if a.outlook.ahead => ahead::ahead(&a),
        Command::Status(a) => status::status(&a),
        Command::Study(a) => study::study(&a),
        Command::Line(a) => match *a {
            LineCommand::Capacity(a) => capacity::capacity(&a),
            LineCommand::Train(a) => train::train(&a),
            LineCommand::Diagram(a) => diagram::diagram(&a),
        },
        Command::Border(a) => border::border(&a),
        Command::Whatif(a) => match *a {
            WhatifCommand::Compare(a) => compare::compare(&a),
            WhatifCommand::Sheet(a) => sheet::sheet(&a),
        },
        Command::Reports(a) => match *a {
            ReportsCommand::Add(a) => add::add(&a),
            ReportsCommand::Import(a) => import::import(&a),
            ReportsCommand::Export(a) => export::export(&a),
            ReportsCommand::List(a) => list::list(&a),
            ReportsCommand::Show(a) => list::show(&a),
            ReportsCommand::Verify(a) => seal::verify(&a),
            ReportsCommand::Seal(a) => seal::seal(&a),
            ReportsCommand::Why(a) => status::why(&a),
            ReportsCommand::Belief(a) => belief::belief(&a),
            ReportsCommand::Score(a) => ledger::score::score(&a),
        },
        Command::Fit(a) => match *a {
            FitCommand::Score(a) => score::score(&a),
            FitCommand::Calibrate(a) => calibrate::calibrate(&a),
        },
        Command::Watch(a) => watch::watch(&a),
        Command::Validate(a) => validate::validate(&a),
        Command::Schema(a) => schema::schema(&a),
        Command::Completions(a) => {
            let mut out = Vec::new();
            clap_complete::generate(a.shell, &mut Cli::command(), "yalu", &mut out);
            print(&String::from_utf8_lossy(&out));
            Ok(Ended::Fine)
        }
    }
}

/// A place under `out` that is not there yet: `out/NAME`, `out/NAME-2`, ..., each with an ending.
fn unused(name: &str, end: &str) -> PathBuf {
    let first = Path::new("out").join(format!("{name}{end}"));
    let more = (2u32..1_000_000).map(|n| Path::new("out").join(format!("{name}-{n}{end}")));
    std::iter::once(first.clone()).chain(more).find(|p| !p.exists()).unwrap_or(first)
}
