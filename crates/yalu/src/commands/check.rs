//! `yalu check`.

use crate::args::Check;
use crate::ended::Ended;
use crate::load::{calibration, loaded};
use crate::terminal::{Problem, colour_out, print, print_screen, say, within_columns};
use std::path::Path;
use yalu_files::write_file;
use yalu_scenario::reports::NAMES;
use yalu_scenario::{Diagnostic, FORMAT, Severity, in_order, nearest, read_file, render, upgraded, upgraded_border};
use yalu_view::check::{Checked, grouped};
use yalu_view::json;

/// What each code means, as the book has it.
const BOOK: &str = include_str!("../../../../docs/diagnostics.md");

/// Lists all problems of a folder, or explains a code.
pub fn check(a: &Check) -> Result<Ended, Problem> {
    let Some(dir) = &a.dir else {
        print(&explained(a.explain.as_deref().unwrap_or_default())?);
        return Ok(Ended::Fine);
    };
    if a.upgrade {
        upgrade(dir)?;
    }
    let found = found(dir, a)?;
    if a.shown.json {
        print(&json(&Checked::of(&found)));
    } else if found.is_empty() {
        print(&format!("{}: no problems\n", dir.display()));
    } else {
        // What keeps it from running comes before what only warns.
        let mut told = grouped(&found);
        told.sort_by_key(|d| d.severity != Severity::Error);
        let text = within_columns(&render(&told, colour_out()));
        print_screen(&counted_first(&text), a.shown.verbose);
    }
    let errors = found.iter().any(|d| d.severity == Severity::Error);
    Ok(if errors || a.deny_warnings && !found.is_empty() { Ended::Findings } else { Ended::Fine })
}

fn found(dir: &Path, a: &Check) -> Result<Vec<Diagnostic>, Problem> {
    let loaded = loaded(dir, &a.set)?;
    let mut found = loaded.diagnostics;
    // The record says more of its own rows than the loader does.
    let (of_record, all) = crate::ledger::source::problems(dir);
    if !of_record.is_empty() && all {
        found.retain(|d| d.code == "Y0704" || !NAMES.iter().any(|(name, _)| d.file == *name));
    }
    found.extend(of_record);
    let id = loaded.corridor.as_ref().map(|c| c.about.id.as_str());
    found.extend(calibration(dir, id).err());
    in_order(&mut found);
    if let Some(c) = &loaded.corridor {
        found.extend(crate::physics::faults(c, &loaded.places));
    }
    Ok(found)
}

/// The text with its last line, which counts the problems, first.
fn counted_first(text: &str) -> String {
    let text = text.trim_end();
    text.rsplit_once("\n\n").map_or_else(|| text.to_owned(), |(each, count)| format!("{count}\n\n{each}\n"))
}

/// The row of the book about a code.
fn explained(code: &str) -> Result<String, Problem> {
    let rows =
        || BOOK.lines().filter(|l| l.starts_with("| Y")).map(|l| l.trim_matches('|').split(" | ").map(str::trim));
    let wanted = code.trim().to_uppercase();
    for mut row in rows() {
        if let (Some(code), Some(level), Some(meaning), Some(mend)) = (row.next(), row.next(), row.next(), row.next())
            && code == wanted
        {
            return Ok(within_columns(&format!("{level}[{code}]: {meaning}\n  help: {mend}\n")));
        }
    }
    let known: Vec<&str> = rows().filter_map(|mut row| row.next()).collect();
    let meant = nearest(&wanted, known).map_or_else(String::new, |near| format!("did you mean {near}? "));
    Err(Problem::new(format!("there is no code {code}"))
        .help(format!("{meant}codes stand in brackets in what `yalu check DIR` prints, as in Y0202")))
}

/// Brings the files of a folder to the version that is written.
fn upgrade(dir: &Path) -> Result<(), Problem> {
    let path = dir.join("scenario.toml");
    let bytes = read_file(&path).map_err(|e| Problem::new(format!("{} cannot be read", path.display())).because(e))?;
    // What is no TOML is told by the check.
    let new = |bytes: &[u8], upgraded: fn(&str) -> Option<String>| std::str::from_utf8(bytes).ok().and_then(upgraded);
    let (scenario, border) = (new(&bytes, upgraded), dir.join("border.toml"));
    let activities = read_file(&border).ok().and_then(|bytes| new(&bytes, upgraded_border));
    if scenario.is_none() && activities.is_none() {
        say(format_args!("{}: nothing to upgrade", dir.display()));
    }
    let scenario = scenario.map(|text| (format!("{} is of format {FORMAT} now", path.display()), path, text));
    let activities =
        activities.map(|text| (format!("{}: activities have no `kind` any more", border.display()), border, text));
    for (done, file, text) in scenario.into_iter().chain(activities) {
        write_file(&file, text)?;
        say(format_args!("{done}"));
    }
    Ok(())
}
