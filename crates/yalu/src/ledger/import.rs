//! `yalu reports import`.

use super::add::{tell_alike, whole_log};
use super::export::with_texts;
use super::source::{Held, bytes_of, context, format_of, held, hold, write_record};
use crate::args::reports::Import;
use crate::ended::Ended;
use crate::terminal::{Problem, colour_err, print, say, say_part};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use yalu_ledger::record::{Fault, Likeness, Report, Similar, append, content_hash, read, read_stix, similar};
use yalu_model::Words as _;
use yalu_number::words_of;
use yalu_scenario::{Diagnostic, Severity, render};
use yalu_view::ledger::{Alike, Imported, ReportAlike};
use yalu_view::{SCHEMA_VERSION, json};

/// Near-duplicates that are told in full.
const TOLD: usize = 5;

/// What becomes of the reports of a file.
#[derive(Default)]
struct Sorted {
    new: Vec<Report>,
    held: Vec<String>,
    near: Vec<(Report, Vec<Similar>)>,
    alike: Vec<(String, Vec<Similar>)>,
}

/// Takes the reports of a file into the record.
pub fn import(a: &Import) -> Result<Ended, Problem> {
    let _lock = hold(&a.from.dir, "yalu reports import")?;
    let mut held = held(&a.from)?;
    whole_log(&held)?;
    let bytes = bytes_of(&a.file)?;
    let name = a.file.display().to_string();
    let (reports, found) = reports(&name, &bytes, a, &held)?;
    let (sorted, clashes) = sort(&held, reports, &name, a.anyway);
    let problems: Vec<Diagnostic> = found.into_iter().chain(clashes).collect();
    let errors = problems.iter().filter(|d| d.severity == Severity::Error).count();
    say_part(render(&problems, colour_err()));
    if errors > 0 && !a.from.skip_bad {
        say(format_args!("nothing was written; --skip-bad takes the reports that are sound"));
        return Ok(Ended::Findings);
    }
    let new: Vec<&Report> = sorted.new.iter().collect();
    if !a.dry_run && !new.is_empty() {
        let text = append(&String::from_utf8_lossy(&held.bytes), &held.record, &new);
        let record = read("", text.as_bytes(), held.record.format, &context(&held.corridor));
        held.log.seal_new(&record);
        write_record(&held.path, &text, &held.log)?;
    }
    tell(a, &held, &sorted, errors);
    Ok(Ended::Fine)
}

/// The reports of a file that can be used, and its problems.
fn reports(name: &str, bytes: &[u8], a: &Import, held: &Held) -> Result<(Vec<Report>, Vec<Diagnostic>), Problem> {
    if a.file.extension().is_none_or(|e| e != "json") {
        // What it corrects may stand in the record, not in the file; that is looked at when both are one.
        let record = read(name, bytes, format_of(&a.file), &context(&held.corridor));
        let found = record.diagnostics.iter().filter(|d| d.code != "Y1209").cloned().collect();
        let corrects =
            |e: &&yalu_ledger::record::Entry| e.kept || e.report.as_ref().is_some_and(|r| !r.corrects.is_empty());
        let read_back = |r: &Report| with_texts(r, |text| words_of(text).to_owned());
        let reports = record.entries.iter().filter(corrects).filter_map(|e| e.report.as_ref()).map(read_back).collect();
        return Ok((reports, found));
    }
    let text = String::from_utf8_lossy(bytes);
    let read = read_stix(&text)
        .map_err(|e| Problem::new(format!("{name} cannot be read")).because(e).help("a STIX 2.1 bundle is due"))?;
    let (mut reports, mut found) = (Vec::new(), Vec::new());
    for r in read {
        match r.report {
            Ok(report) => reports.push(report),
            Err(faults) => {
                let file = format!("{name}: {}", r.object);
                let told = |f: Fault| Diagnostic::whole(&file, f.code, f.severity, f.message, f.help);
                found.extend(faults.into_iter().map(told));
            }
        }
    }
    Ok((reports, found))
}

fn sort(held: &Held, reports: Vec<Report>, name: &str, anyway: bool) -> (Sorted, Vec<Diagnostic>) {
    let mut out = Sorted::default();
    let mut clashes = Vec::new();
    let mut by_id: BTreeMap<String, String> =
        held.record.entries.iter().filter_map(|e| e.report.as_ref()).map(|r| (r.id.clone(), content_hash(r))).collect();
    // Only reports of one crossing and claim can be alike.
    let key = |r: &Report| (r.crossing.clone(), r.claim.word());
    let mut by_claim: BTreeMap<(String, &str), Vec<Report>> = BTreeMap::new();
    for r in held.record.reports() {
        by_claim.entry(key(r)).or_default().push(r.clone());
    }
    for r in reports {
        match by_id.get(&r.id) {
            Some(hash) if *hash == content_hash(&r) => {
                out.held.push(r.id);
                continue;
            }
            Some(_) => {
                let message = format!("`{}` is in the record already, with other content", r.id);
                let help =
                    format!("give it an id of its own; if it corrects that one, write `{}` under `corrects`", r.id);
                clashes.push(Diagnostic::whole(name, "Y1206", Severity::Error, message, Some(help)));
                continue;
            }
            None => {}
        }
        let alike = similar(&r, by_claim.get(&key(&r)).into_iter().flatten());
        if !anyway && alike.iter().any(|s| s.likeness == Likeness::SameReport) {
            out.near.push((r, alike));
            continue;
        }
        if !alike.is_empty() {
            out.alike.push((r.id.clone(), alike));
        }
        by_id.insert(r.id.clone(), content_hash(&r));
        by_claim.entry(key(&r)).or_default().push(r.clone());
        out.new.push(r);
    }
    (out, clashes)
}

fn tell(a: &Import, held: &Held, sorted: &Sorted, errors: usize) {
    if a.json {
        let alike = |id: &str, found: &[Similar]| ReportAlike { id: id.to_owned(), alike: Alike::all(found) };
        return print(&json(&Imported {
            schema_version: SCHEMA_VERSION,
            file: held.path.display().to_string(),
            written: !a.dry_run,
            new: sorted.new.iter().map(|r| r.id.clone()).collect(),
            held_already: sorted.held.clone(),
            near_the_same: sorted.near.iter().map(|(r, f)| alike(&r.id, f)).collect(),
            perhaps_same_origin: sorted.alike.iter().map(|(id, f)| alike(id, f)).collect(),
            errors,
            head: held.log.head().to_owned(),
        }));
    }
    // The first few are told in full, all of them are counted.
    for (r, alike) in sorted.near.iter().take(TOLD) {
        tell_alike(r, &alike[..1]);
    }
    let did = if a.dry_run { "would be written to" } else { "written to" };
    let mut out = format!("{} reports {did} {}", sorted.new.len(), held.path.display());
    for (n, what) in [
        (sorted.held.len(), "held already"),
        (sorted.near.len(), "near the same as one held and left out; --anyway takes them"),
        (errors, "with errors"),
        (sorted.alike.len(), "that may share an origin with one held; --json names them"),
    ] {
        if n > 0 {
            let _ = write!(out, "\n  {n} {what}");
        }
    }
    print(&format!("{out}\n"));
}
