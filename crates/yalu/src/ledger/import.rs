//! `yalu reports import`.

use super::add::{tell_alike, whole_log};
use super::export::with_texts;
use super::source::{Held, bytes_of, context, format_of, held, hold, write_record};
use crate::args::reports::Import;
use crate::ended::Ended;
use crate::period::zone;
use crate::terminal::{Problem, colour_err, print, say_part};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use yalu_ledger::record::{
    Entry, Fault, Likeness, Record, Report, Similar, again, append, content_hash, differing, faults_of, read,
    read_stix, similar, told_differing,
};
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
    /// Clashes with the record: the report’s place among those given, and the field in which it differs.
    clashes: Vec<(usize, Fault)>,
}

/// A report of a file, and where it stands: an entry of the record that was read, or an object of a bundle.
struct Given {
    report: Report,
    place: Place,
}

enum Place {
    Entry(usize),
    Object(String),
}

/// The reports of a file that can be used, and all that is wrong with the others.
struct Read {
    given: Vec<Given>,
    found: Vec<Diagnostic>,
    /// What was read of a text of rows.
    record: Option<Record>,
}

/// Takes the reports of a file into the record. A report with an error costs itself, not the file.
pub fn import(a: &Import) -> Result<Ended, Problem> {
    let _lock = hold(&a.from.dir, "yalu reports import")?;
    let mut held = held(&a.from)?;
    whole_log(&held)?;
    let bytes = bytes_of(&a.file)?;
    let name = a.file.display().to_string();
    let Read { given, found, record } = reports(&name, &bytes, a, &held)?;
    let sorted = sort(&held, &given, a.anyway);
    let clashes =
        sorted.clashes.iter().map(|(i, fault)| placed(&given[*i].place, fault, &name, &bytes, record.as_ref()));
    let problems: Vec<Diagnostic> = found.into_iter().chain(clashes.collect::<Vec<_>>()).collect();
    let errors = problems.iter().filter(|d| d.severity == Severity::Error);
    let wrong = errors.map(|d| (d.file.as_str(), d.line)).collect::<BTreeSet<_>>().len();
    say_part(render(&problems, colour_err()));
    let new: Vec<&Report> = sorted.new.iter().collect();
    if !a.dry_run && !new.is_empty() {
        let text = append(&String::from_utf8_lossy(&held.bytes), &held.record, &new);
        let record = read("", text.as_bytes(), held.record.format, &context(&held.corridor));
        held.log.seal_new(&record);
        write_record(&held.path, &text, &held.log)?;
    }
    tell(a, &held, &sorted, wrong);
    Ok(if wrong > 0 || !sorted.near.is_empty() { Ended::Findings } else { Ended::Fine })
}

/// The problem of a report where it stands.
fn placed(place: &Place, fault: &Fault, name: &str, bytes: &[u8], record: Option<&Record>) -> Diagnostic {
    let object = match place {
        Place::Entry(i) => {
            let mut sink = again(name, bytes);
            if let Some(entry) = record.and_then(|r| r.entries.get(*i)) {
                sink.tell(fault.code, fault.severity, entry.at(fault.field), fault.message.clone(), fault.help.clone());
            }
            if let Some(told) = sink.finish().1.pop() {
                return told;
            }
            name.to_owned()
        }
        Place::Object(id) => format!("{name}: {id}"),
    };
    Diagnostic::whole(&object, fault.code, fault.severity, fault.message.clone(), fault.help.clone())
}

fn reports(name: &str, bytes: &[u8], a: &Import, held: &Held) -> Result<Read, Problem> {
    let context = context(&held.corridor);
    if a.file.extension().is_none_or(|e| e != "json") {
        // What it corrects may stand in the record, not in the file; that is looked at when both are one.
        let record = read(name, bytes, format_of(&a.file), &context);
        let found = record.diagnostics.iter().filter(|d| d.code != "Y1209").cloned().collect();
        let used = |e: &Entry| e.kept || e.report.as_ref().is_some_and(|r| !r.corrects.is_empty());
        let read_back = |r: &Report| with_texts(r, |text| words_of(text).to_owned());
        let entries = record.entries.iter().enumerate().filter(|(_, e)| used(e));
        let given = entries
            .filter_map(|(i, e)| Some(Given { report: read_back(e.report.as_ref()?), place: Place::Entry(i) }))
            .collect();
        return Ok(Read { given, found, record: Some(record) });
    }
    let text = String::from_utf8_lossy(bytes);
    let read = read_stix(&text, zone(&held.corridor))
        .map_err(|e| Problem::new(format!("{name} cannot be read")).because(e).help("a STIX 2.1 bundle is due"))?;
    let (mut given, mut found) = (Vec::new(), Vec::new());
    for r in read {
        let place = Place::Object(r.object);
        let faults = r.report.as_ref().map_or_else(Clone::clone, |report| faults_of(report, &context));
        found.extend(faults.iter().map(|f| placed(&place, f, name, bytes, None)));
        let sound = faults.iter().all(|f| f.severity == Severity::Warning);
        given.extend(r.report.ok().filter(|_| sound).map(|report| Given { report, place }));
    }
    Ok(Read { given, found, record: None })
}

fn sort(held: &Held, given: &[Given], anyway: bool) -> Sorted {
    let mut out = Sorted::default();
    let mut by_id: BTreeMap<String, Report> =
        held.record.entries.iter().filter_map(|e| e.report.as_ref()).map(|r| (r.id.clone(), r.clone())).collect();
    // Only reports of one crossing and claim can be alike.
    let key = |r: &Report| (r.crossing.clone(), r.claim.word());
    let mut by_claim: BTreeMap<(String, &str), Vec<Report>> = BTreeMap::new();
    for r in held.record.reports() {
        by_claim.entry(key(r)).or_default().push(r.clone());
    }
    for (i, r) in given.iter().map(|g| &g.report).enumerate() {
        match by_id.get(&r.id) {
            Some(there) if content_hash(there) == content_hash(r) => {
                out.held.push(r.id.clone());
                continue;
            }
            Some(there) => {
                let told = told_differing(r, there);
                let fault = Fault {
                    field: differing(r, there).first().map(|d| d.0),
                    code: "Y1206",
                    severity: Severity::Error,
                    message: format!("`{}` is in the record already, with other content: {told}", r.id),
                    help: Some(format!(
                        "give it an id of its own; if it corrects that one, write `{}` under `corrects`",
                        r.id
                    )),
                };
                out.clashes.push((i, fault));
                continue;
            }
            None => {}
        }
        let alike = similar(r, by_claim.get(&key(r)).into_iter().flatten());
        if !anyway && alike.iter().any(|s| s.likeness == Likeness::SameReport) {
            out.near.push((r.clone(), alike));
            continue;
        }
        if !alike.is_empty() {
            out.alike.push((r.id.clone(), alike));
        }
        by_id.insert(r.id.clone(), r.clone());
        by_claim.entry(key(r)).or_default().push(r.clone());
        out.new.push(r.clone());
    }
    out
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
        (errors, "left out for what is wrong with them"),
        (sorted.alike.len(), "that may share an origin with one held; --json names them"),
    ] {
        if n > 0 {
            let _ = write!(out, "\n  {n} {what}");
        }
    }
    print(&format!("{out}\n"));
}
