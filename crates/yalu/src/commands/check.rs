//! `yalu check`.

use super::{Ended, print};
use crate::args::Check;
use crate::load::{calibration, loaded};
use crate::terminal::{Problem, colour_out, say};
use std::path::Path;
use yalu_files::write_file;
use yalu_scenario::reports::NAMES;
use yalu_scenario::{FORMAT, Severity, in_order, read_file, render, upgraded};
use yalu_view::check::Checked;
use yalu_view::json;

/// Tells all problems of a folder.
pub fn check(a: &Check) -> Result<Ended, Problem> {
    if a.upgrade {
        upgrade(&a.dir)?;
    }
    let loaded = loaded(&a.dir, &a.set)?;
    let mut found = loaded.diagnostics;
    // The record tells more of its own rows than the loader does.
    let (of_record, all) = crate::ledger::source::problems(&a.dir);
    if !of_record.is_empty() && all {
        found.retain(|d| d.code == "Y0704" || !NAMES.iter().any(|(name, _)| d.file == *name));
    }
    found.extend(of_record);
    let id = loaded.corridor.as_ref().map(|c| c.about.id.as_str());
    found.extend(calibration(&a.dir, id).err());
    in_order(&mut found);
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

/// Brings the files of a folder to the version that is written.
fn upgrade(dir: &Path) -> Result<(), Problem> {
    let path = dir.join("scenario.toml");
    let bytes = read_file(&path).map_err(|e| Problem::new(format!("{} cannot be read", path.display())).because(e))?;
    // What is no TOML is told by the check.
    let new = std::str::from_utf8(&bytes).ok().and_then(upgraded);
    let Some(text) = new else {
        say(format_args!("{}: nothing to upgrade", dir.display()));
        return Ok(());
    };
    write_file(&path, text)?;
    say(format_args!("{} is of format {FORMAT} now", path.display()));
    Ok(())
}
