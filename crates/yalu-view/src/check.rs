//! What `yalu check` gives: the problems of a scenario folder.

use crate::SCHEMA_VERSION;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_scenario::{Diagnostic, Severity};

/// The problems of a scenario folder.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Checked {
    /// Version of all documents.
    pub schema_version: u32,
    /// Each problem.
    pub diagnostics: Vec<Problem>,
}

/// A problem of a scenario folder.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Problem {
    /// Stable code, explained in docs/diagnostics.md.
    pub code: &'static str,
    /// `error` or `warning`: with an error nothing runs, with a warning it does.
    pub severity: &'static str,
    /// File in the folder, or `--set`.
    pub file: String,
    /// Line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 where the file as a whole is meant.
    pub column: usize,
    /// Characters it spans on its line.
    pub length: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it; null where nothing can be said.
    pub help: Option<String>,
}

impl Checked {
    /// The view of what was found.
    pub fn of(found: &[Diagnostic]) -> Checked {
        Checked { schema_version: SCHEMA_VERSION, diagnostics: found.iter().map(Problem::of).collect() }
    }
}

impl Problem {
    /// The view of a problem.
    pub fn of(d: &Diagnostic) -> Problem {
        Problem {
            code: d.code,
            severity: match d.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: d.file.clone(),
            line: d.line,
            column: d.column,
            length: d.length,
            message: d.message.clone(),
            help: d.help.clone(),
        }
    }
}

/// Code of a missing key.
const MISSING: &str = "Y0202";

/// The same with all keys that one place lacks as one problem, for people.
pub fn grouped(found: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut out: Vec<Diagnostic> = Vec::new();
    for d in found {
        let same = |x: &&mut Diagnostic| {
            (x.code, d.code, &x.file, x.line, x.column) == (MISSING, MISSING, &d.file, d.line, d.column) && d.line > 0
        };
        // `key` is missing in `table`: the first words of one go before those of the other.
        let parts = d.message.split_once(" is missing");
        match (out.last_mut().filter(same), parts) {
            (Some(before), Some((key, rest))) => {
                let keys = before.message.split_once(" are missing").or(before.message.split_once(" is missing"));
                let keys = keys.map_or_else(String::new, |k| k.0.to_owned());
                before.message = format!("{keys}, {key} are missing{rest}");
                let named = |key: &str, help: &Option<String>| help.as_ref().map(|h| format!("{key}: {h}"));
                let first = if keys.contains(',') { before.help.clone() } else { named(&keys, &before.help) };
                before.help = Some(first.into_iter().chain(named(key, &d.help)).collect::<Vec<_>>().join(" "));
            }
            _ => out.push(d.clone()),
        }
    }
    out
}
