//! What the terminal can do, and how an error is told on it.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Display;
use std::io::{IsTerminal, Write as _};
use yalu_files::FileError;
use yalu_number::unsafe_to_show;
use yalu_store::StoreError;

/// Says something on standard error, on a line of its own. A reader that has gone or a full disk behind it changes
/// nothing of the work and its exit code.
pub fn say(text: impl Display) {
    say_part(format_args!("{text}\n"));
}

/// The same without an end of the line.
pub fn say_part(text: impl Display) {
    let mut out = std::io::stderr().lock();
    let _ = out.write_all(harmless(&text.to_string()).as_bytes()).and_then(|()| out.flush());
}

/// Prints a text on standard output. A reader that has gone or a full disk behind it changes nothing of the work and its
/// exit code; the full disk is said.
pub fn print(text: &str) {
    print_data(&harmless(text));
}

/// Prints at most a screen of a text, cut between its parts, unless all of it is asked for.
pub fn print_screen(text: &str, all: bool) {
    print(&if all { text.to_owned() } else { first_screen(text) });
}

/// Prints data of others as they are, for other programs; a terminal is steered by none of them.
pub fn print_data(text: &str) {
    let mut out = std::io::stdout().lock();
    let text = if out.is_terminal() { Cow::Owned(harmless(text)) } else { Cow::Borrowed(text) };
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            say(Problem::new("standard output cannot be written").because(e).told());
        }
        _ => {}
    }
}

/// Lines of a screen: what follows waits for `--verbose`.
const SCREEN: usize = 40;

/// The parts of a text, parted by empty lines, that a screen holds, and how many are left; the first part stands whole.
fn first_screen(text: &str) -> String {
    let parts: Vec<&str> = text.trim_end().split("\n\n").collect();
    let (mut lines, mut kept) = (0, 0);
    for part in &parts {
        lines += part.lines().count() + 1;
        if kept > 0 && lines > SCREEN {
            break;
        }
        kept += 1;
    }
    let left: usize = parts[kept..].iter().map(|p| p.lines().count()).sum();
    let rest = if left == 0 { String::new() } else { format!("\n{left} more lines: -v\n") };
    format!("{}\n{rest}", parts[..kept].join("\n\n"))
}

/// A text whose lines are no wider than the terminal: what is too long goes on below, as far in as it began.
pub fn within_columns(text: &str) -> String {
    wrapped(text, width().max(40))
}

fn wrapped(text: &str, columns: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let lead: String = line.chars().take_while(|c| *c == ' ').collect();
        // A line of a file stands as it is, cut; its marks below it would point elsewhere.
        if line.contains(" | ") && seen(line) > columns && line.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            out.extend(line.chars().take(columns - 1).chain(['…', '\n']));
            continue;
        }
        let mut at = 0;
        for (i, word) in line.trim_start().split(' ').enumerate() {
            let wide = seen(word);
            if i == 0 {
                out.push_str(&lead);
                at = lead.len();
            } else if at + 1 + wide > columns {
                out.push('\n');
                out.push_str(&lead);
                out.push_str("  ");
                at = lead.len() + 2;
            } else {
                out.push(' ');
                at += 1;
            }
            out.push_str(word);
            at += wide;
        }
        out.push('\n');
    }
    out
}

/// Characters of a word that are seen: colours are not.
fn seen(word: &str) -> usize {
    let mut hidden = false;
    let shown = word.chars().filter(|&c| {
        let shows = !hidden && c != '\u{1b}';
        hidden = if hidden { c != 'm' } else { c == '\u{1b}' };
        shows
    });
    shown.count()
}

/// A text whose names, files and options steer no terminal: control characters go, all but line breaks, tabs and the
/// colours that Yalu writes itself.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let colour = rest.strip_prefix("\u{1b}[").and_then(|after| {
            let end = after.find(|x: char| !(x.is_ascii_digit() || x == ';'))?;
            after[end..].starts_with('m').then_some(end + 3)
        });
        let taken = colour.unwrap_or(c.len_utf8());
        if colour.is_some() || c == '\n' || c == '\t' || !unsafe_to_show(c) {
            out.push_str(&rest[..taken]);
        }
        rest = &rest[taken..];
    }
    out
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_steer_no_terminal() {
        assert_eq!(harmless("a\u{1b}]0;title\u{7}b\u{1b}[2Jc\u{0}\u{202e}d\r\n"), "a]0;titleb[2Jcd\n");
        assert_eq!(harmless("\u{1b}[1;31merror\u{1b}[0m:\tx"), "\u{1b}[1;31merror\u{1b}[0m:\tx");
        assert_eq!(harmless("\u{1b}[31"), "[31");
    }

    #[test]
    fn long_lines_go_on_below() {
        assert_eq!(wrapped("  one two three four", 12), "  one two\n    three\n    four\n");
        assert_eq!(wrapped("\u{1b}[1mone\u{1b}[0m two", 7), "\u{1b}[1mone\u{1b}[0m two\n");
        assert_eq!(wrapped("3 | a long row of a file", 12), "3 | a long …\n");
    }

    #[test]
    fn a_screen_ends_between_two_parts() {
        let part = |n: usize| "line\n".repeat(n);
        let text = [part(10), part(20), part(30), part(5)].join("\n");
        let shown = first_screen(&text);
        assert_eq!(shown.lines().count(), 33);
        assert!(shown.ends_with("line\n\n35 more lines: -v\n"), "{shown}");
        assert_eq!(first_screen("one\n"), "one\n");
        assert_eq!(first_screen(&part(60)), part(60));
    }
}
