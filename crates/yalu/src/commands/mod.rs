//! One room for each command.
mod border;
mod calibrate;
mod capacity;
mod check;
mod compare;
mod contingency;
mod diagram;
mod forecast;
mod ledger;
mod new;
mod run;
mod schema;
mod score;
mod show;
mod status;
mod train;
mod validate;
mod watch;

use crate::args::{Cli, Command};
use crate::terminal::Problem;
use clap::CommandFactory;

/// How a command ended that could do its work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// Nothing to complain of.
    Fine,
    /// Something was found.
    Findings,
}

impl Ended {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Ended::Fine => 0,
            Ended::Findings => 1,
        }
    }
}

/// Does what was asked.
pub fn dispatch(cli: Cli) -> Result<Ended, Problem> {
    match cli.command {
        Command::Run(a) => run::run(&a),
        Command::Train(a) => train::train(&a),
        Command::Diagram(a) => diagram::diagram(&a),
        Command::Check(a) => check::check(&a),
        Command::New(a) => new::new(&a),
        Command::Schema(a) => schema::schema(&a),
        Command::Show(a) => show::show(&a),
        Command::Border(a) => border::border(&a),
        Command::Capacity(a) => capacity::capacity(&a),
        Command::Compare(a) => compare::compare(&a),
        Command::Contingency(a) => contingency::contingency(&a),
        Command::Calibrate(a) => calibrate::calibrate(&a),
        Command::Score(a) => score::score(&a),
        Command::Validate(a) => validate::validate(&a),
        Command::Status(a) => status::status(&a),
        Command::Forecast(a) => forecast::forecast(&a),
        Command::Ledger(a) => ledger::ledger(&a),
        Command::Watch(a) => watch::watch(&a),
        Command::Completions(a) => {
            let mut out = Vec::new();
            clap_complete::generate(a.shell, &mut Cli::command(), "yalu", &mut out);
            print(&String::from_utf8_lossy(&out))?;
            Ok(Ended::Fine)
        }
    }
}

/// Prints a text; a reader that has gone away is no error.
pub fn print(text: &str) -> Result<(), Problem> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Problem::new("standard output cannot be written").because(e))
        }
        _ => Ok(()),
    }
}
