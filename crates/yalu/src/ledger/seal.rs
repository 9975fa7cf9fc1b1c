//! `yalu reports verify` and `yalu reports seal`.

use super::source::{Held, hold, log_path, look, of_seal};
use crate::args::reports::{Seal, Verify};
use crate::ended::Ended;
use crate::terminal::{Problem, colour_err, colour_out, print, say};
use crate::words::unknown;
use yalu_files::write_file;
use yalu_ledger::record::{Log, SealChange};
use yalu_scenario::{Diagnostic, Severity, render};
use yalu_view::ledger::{Sealed, Verified};
use yalu_view::{SCHEMA_VERSION, json};

/// Compares a record with its log.
pub fn verify(a: &Verify) -> Result<Ended, Problem> {
    let held = look(&a.dir)?;
    let unreadable = held.record.unreadable();
    let told_here = |d: &&Diagnostic| of_seal(d) || (unreadable && d.severity == Severity::Error);
    let found: Vec<Diagnostic> = held.record.diagnostics.iter().filter(told_here).cloned().collect();
    let bad = found.iter().any(|d| d.severity == Severity::Error);
    if a.json {
        let log = (&held.log, held.sealed, held.broken.as_ref().map(|b| b.line));
        print(&json(&Verified::of(held.path.display().to_string(), log, &held.changes, &found)));
    } else if held.sealed || bad {
        if !found.is_empty() {
            print(&format!("{}\n", render(&found, colour_out()).trim_end()));
        }
        let state = match (bad, held.sealed) {
            (false, _) => "the record is what was sealed",
            (true, true) => "the record is not what was sealed",
            (true, false) => "the record cannot be read",
        };
        print(&format!("{}\n", told(&held, state)));
    } else {
        let n = held.record.reports().count();
        print(&format!("{}: {n} reports, not sealed; `yalu reports seal DIR` seals them\n", held.path.display()));
    }
    Ok(if bad { Ended::Findings } else { Ended::Fine })
}

fn told(held: &Held, state: &str) -> String {
    let accepted: Vec<String> = held.log.accepted().map(|(id, why)| format!("\n  {id}: {why}")).collect();
    let edits = match accepted.len() {
        0 => String::new(),
        n => format!("\n{n} edit{} accepted:{}", if n == 1 { "" } else { "s" }, accepted.concat()),
    };
    let new = held.changes.iter().filter(|c| matches!(c, SealChange::New { .. })).count();
    let head = held.log.head();
    format!("{}: {state}\nsealed {}, not yet sealed {new}, head {head}{edits}", held.path.display(), held.log.sealed())
}

/// Seals what is new, and edits that are to stand.
pub fn seal(a: &Seal) -> Result<Ended, Problem> {
    let _lock = hold(&a.dir, "yalu reports seal")?;
    let mut held = look(&a.dir)?;
    let because = a.because.as_deref().unwrap_or("").trim();
    if because.is_empty() && (a.anew || !a.accept_edit.is_empty()) {
        return Err(Problem::new("--because is empty").help("say why the edit stands; the reason is kept in the log"));
    }
    let other: Vec<Diagnostic> =
        held.record.diagnostics.iter().filter(|d| !of_seal(d) && d.severity == Severity::Error).cloned().collect();
    if !other.is_empty() {
        say(render(&other, colour_err()));
        return Err(
            Problem::new(format!("{} has errors", held.path.display())).help("mend them before they are sealed")
        );
    }
    if a.anew {
        held.log = anew(&held, because);
        held.changes.clear();
    } else if held.broken.is_some() {
        return Ok(refused(&held));
    }
    accept(&mut held, &a.accept_edit, because)?;
    let stays = held.changes.iter().any(|c| matches!(c, SealChange::Edited { .. } | SealChange::Removed { .. }));
    if stays {
        return Ok(refused(&held));
    }
    let n = held.log.seal_new(&held.record);
    write_file(&log_path(&held.path), held.log.text())?;
    let file = log_path(&held.path);
    if a.json {
        print(&json(&Sealed {
            schema_version: SCHEMA_VERSION,
            file: file.display().to_string(),
            newly_sealed: n,
            sealed: held.log.sealed(),
            accepted: a.accept_edit.clone(),
            head: held.log.head().to_owned(),
        }));
    } else {
        print(&format!(
            "{}: {n} newly sealed, {} in all, head {}\n",
            file.display(),
            held.log.sealed(),
            held.log.head()
        ));
    }
    Ok(Ended::Fine)
}

/// A log of the record as it is, whose first line says why it was begun anew.
fn anew(held: &Held, because: &str) -> Log {
    let mut log = Log::default();
    for (i, r) in held.record.entries.iter().filter_map(|e| e.report.as_ref()).enumerate() {
        if i == 0 { log.accept(&r.id, Some(r), &format!("log begun anew: {because}")) } else { log.seal(r) }
    }
    log
}

fn accept(held: &mut Held, ids: &[String], because: &str) -> Result<(), Problem> {
    for id in ids {
        let change = held.changes.iter().position(|c| match c {
            SealChange::Edited { id: x, .. } | SealChange::Removed { id: x } => x == id,
            _ => false,
        });
        let Some(at) = change else {
            let edited = held.changes.iter().filter_map(|c| match c {
                SealChange::Edited { id, .. } | SealChange::Removed { id } => Some(id.as_str()),
                _ => None,
            });
            return Err(unknown("edited or missing report", id, edited));
        };
        let now = held.record.entries.iter().find(|e| e.id == *id).and_then(|e| e.report.clone());
        held.log.accept(id, now.as_ref(), because);
        held.changes.remove(at);
    }
    Ok(())
}

fn refused(held: &Held) -> Ended {
    let found: Vec<Diagnostic> = held.record.diagnostics.iter().filter(|d| of_seal(d)).cloned().collect();
    say(render(&found, colour_err()));
    say(format_args!("{}: nothing was sealed: the record is not what was sealed before", held.path.display()));
    Ended::Findings
}
