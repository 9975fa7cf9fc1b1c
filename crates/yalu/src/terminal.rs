//! What the terminal can do, and how an error is told on it.

use std::error::Error;
use std::fmt::Display;
use std::io::{IsTerminal, Write as _};
use yalu_files::FileError;
use yalu_store::StoreError;

/// Says something on standard error, on a line of its own. A reader that has gone or a full disk behind it changes
/// nothing of the work and its exit code.
pub fn say(text: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// The same without an end of the line.
pub fn say_part(text: impl Display) {
    let mut out = std::io::stderr().lock();
    let _ = write!(out, "{text}").and_then(|()| out.flush());
}

/// Whether standard output takes colours: a terminal, and `NO_COLOR` is not set.
pub fn colour_out() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Whether standard error takes colours.
pub fn colour_err() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Columns of the terminal, unless `COLUMNS` sets others; 100 where there is none.
pub fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let own = || terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0));
    asked.or_else(own).unwrap_or(100)
}

impl From<FileError> for Problem {
    fn from(e: FileError) -> Self {
        let problem = Problem::new(e.to_string()).help(e.help());
        match e {
            FileError::Io { source, .. } | FileError::Unconfirmed { source, .. } => problem.because(source),
            _ => problem,
        }
    }
}

impl From<StoreError> for Problem {
    fn from(e: StoreError) -> Self {
        match e {
            StoreError::File(e) => e.into(),
            StoreError::Io { .. } | StoreError::Encode { .. } => {
                let help = e.help();
                Problem::new("tables cannot be written").because(e).help(help)
            }
        }
    }
}

/// Why a command could not do its work, and what to do about it.
#[derive(Debug)]
pub struct Problem {
    /// What could not be done.
    pub what: String,
    /// Why.
    pub cause: Option<Box<dyn Error + Send + Sync>>,
    /// How to mend it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem in words.
    pub fn new(what: impl Into<String>) -> Problem {
        Problem { what: what.into(), cause: None, help: None }
    }
    /// With what lies behind it.
    #[must_use]
    pub fn because(self, cause: impl Error + Send + Sync + 'static) -> Problem {
        Problem { cause: Some(Box::new(cause)), ..self }
    }
    /// With a way to mend it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Problem {
        Problem { help: Some(help.into()), ..self }
    }
    /// The problem as lines for the terminal.
    pub fn told(&self) -> String {
        let mut out = format!("error: {}", self.what);
        let mut cause: Option<&(dyn Error + 'static)> = match &self.cause {
            Some(c) => Some(c.as_ref()),
            None => None,
        };
        while let Some(e) = cause {
            out.push_str("\n  because: ");
            out.push_str(&e.to_string());
            cause = e.source();
        }
        if let Some(help) = &self.help {
            out.push_str("\n  help: ");
            out.push_str(help);
        }
        out
    }
}
