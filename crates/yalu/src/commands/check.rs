//! `yalu check`.

use super::{Ended, print};
use crate::args::Check;
use crate::load::{accepted, loaded};
use crate::terminal::{Problem, colour_out};
use yalu_scenario::reports::NAMES;
use yalu_scenario::{Severity, in_order, render};
use yalu_view::check::Checked;
use yalu_view::json;

/// Tells all problems of a folder.
pub fn check(a: &Check) -> Result<Ended, Problem> {
    let loaded = loaded(&a.dir, &a.set)?;
    accepted(&a.dir)?;
    let mut found = loaded.diagnostics;
    // The record tells more of its own rows than the loader does.
    let of_record = crate::ledger::source::problems(&a.dir);
    if !of_record.is_empty() {
        found.retain(|d| d.code == "Y0704" || !NAMES.iter().any(|(name, _)| d.file == *name));
        found.extend(of_record);
        in_order(&mut found);
    }
    if let Some(c) = &loaded.corridor {
        found.extend(crate::physics::faults(c, &loaded.places));
    }
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    if a.json {
        print(&json(&Checked::of(&found)))?;
    } else if found.is_empty() {
        print(&format!("{}: no problems\n", a.dir.display()))?;
    } else {
        print(&format!("{}\n", render(&found, colour_out()).trim_end()))?;
    }
    let bad = errors > 0 || (a.deny_warnings && !found.is_empty());
    Ok(if bad { Ended::Findings } else { Ended::Fine })
}
