//! `yalu check`.

use super::{Ended, print};
use crate::args::Check;
use crate::json::SCHEMA_VERSION;
use crate::load::{accepted, loaded};
use crate::terminal::{Problem, colour_out};
use serde_json::json;
use yalu_scenario::{Severity, render};

/// Tells all problems of a folder.
pub fn check(a: &Check) -> Result<Ended, Problem> {
    let loaded = loaded(&a.dir, &a.set)?;
    accepted(&a.dir)?;
    let mut found = loaded.diagnostics;
    let of_reports = crate::ledger::source::problems(&a.dir, &found);
    // The record tells more of its own rows than the loader does.
    found.retain(|d| {
        !of_reports.iter().any(|o| o.line > 0 && (&o.file, o.line, o.column) == (&d.file, d.line, d.column))
    });
    found.extend(of_reports);
    if let Some(c) = &loaded.corridor {
        found.extend(crate::physics::faults(c, &loaded.places));
    }
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    if a.json {
        let list: Vec<_> = found
            .iter()
            .map(|d| {
                json!({
                    "code": d.code,
                    "severity": match d.severity { Severity::Error => "error", Severity::Warning => "warning" },
                    "file": d.file,
                    "line": d.line,
                    "column": d.column,
                    "length": d.length,
                    "message": d.message,
                    "help": d.help,
                })
            })
            .collect();
        print(&format!("{:#}\n", json!({ "schema_version": SCHEMA_VERSION, "diagnostics": list })))?;
    } else if found.is_empty() {
        print(&format!("{}: no problems\n", a.dir.display()))?;
    } else {
        print(&format!("{}\n", render(&found, colour_out()).trim_end()))?;
    }
    let bad = errors > 0 || (a.deny_warnings && !found.is_empty());
    Ok(if bad { Ended::Findings } else { Ended::Fine })
}
