//! `yalu reports add`.

use super::source::{Held, context, held, hold, write_record};
use crate::args::reports::{Add, Fields};
use crate::ended::Ended;
use crate::terminal::{Problem, colour_err, print, say, say_part};
use std::io::{BufRead, IsTerminal, Write};
use yalu_ledger::record::{
    Draft, FIELDS, Fault, Likeness, Record, Report, Similar, append, read, report_of, similar, to_csv,
};
use yalu_model::{Claim, Words as _};
use yalu_scenario::{Diagnostic, Severity, nearest, render};
use yalu_view::ledger::{Added, Alike, Written};
use yalu_view::{SCHEMA_VERSION, json};

/// What is asked for on a terminal, in this order, with what is due.
const ASKED: [(&str, bool); 12] = [
    ("crossing", true),
    ("claim", true),
    ("reported", true),
    ("event_start", false),
    ("event_end", false),
    ("source", true),
    ("source_type", false),
    ("detail", false),
    ("qty", false),
    ("unit", false),
    ("url", false),
    ("origin", false),
];

/// Writes a new report.
pub fn add(a: &Add) -> Result<Ended, Problem> {
    let mut draft = drafted(&a.fields);
    // Who gives options has said what there is to say; who gives none is asked, before others have to wait.
    let asks = std::io::stdin().is_terminal() && !a.json && !given(&a.fields);
    if asks {
        ask(&mut draft, &held(&a.from)?)?;
    }
    let _lock = hold(&a.from.dir, "yalu reports add")?;
    let mut held = held(&a.from)?;
    whole_log(&held)?;
    if draft.get("id").is_empty() {
        draft.set("id", &next(held.record.entries.iter().map(|e| e.id.as_str()), "R"));
    }
    let mut report = match report_of(&draft) {
        Ok(report) => report,
        Err(faults) => return Ok(refuse(&faults.into_iter().map(told).collect::<Vec<_>>())),
    };
    let alike = similar(&report, held.record.reports());
    let same = alike.iter().any(|s| s.likeness == Likeness::SameReport);
    tell_alike(&report, &alike);
    if same && !a.anyway {
        say(format_args!("nothing was written; --anyway writes it all the same"));
        if a.json {
            print(&document(&held, &report, &alike, false));
        }
        return Ok(Ended::Findings);
    }
    if report.origin.is_empty() {
        report.origin = origin(&held, &alike, asks)?;
    }
    let text = String::from_utf8_lossy(&held.bytes).into_owned();
    let text = append(&text, &held.record, &[&report]);
    let (record, found) = again(&held, &text, &report);
    if found.iter().any(|d| d.severity == Severity::Error) {
        return Ok(refuse(&found));
    }
    say_part(render(&found, colour_err()));
    if !a.dry_run {
        held.log.seal_new(&record);
        write_record(&held.path, &text, &held.log)?;
    }
    if a.json {
        print(&document(&held, &report, &alike, !a.dry_run));
    } else {
        let row = to_csv([&report]);
        let row = row.split_once('\n').map_or("", |r| r.1);
        let did = if a.dry_run { "would be written to" } else { "written to" };
        print(&format!("{row}{} {did} {}\n", report.id, held.path.display()));
    }
    Ok(Ended::Fine)
}

/// A log that was touched takes nothing more.
pub fn whole_log(held: &Held) -> Result<(), Problem> {
    match &held.broken {
        None => Ok(()),
        Some(b) => Err(Problem::new("nothing can be added to a log that is not what was written")
            .because(b.clone())
            .help("take it back from where it was kept, or `yalu reports seal DIR --anew --because TEXT`")),
    }
}

/// The next free name: one more than the greatest number after the prefix that most names have.
pub fn next<'a>(names: impl Iterator<Item = &'a str>, prefix: &str) -> String {
    let parts = |n: &'a str| {
        let digits = n.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (head, number) = n.split_at(n.len() - digits);
        Some((head, number.parse::<u64>().ok()?, digits))
    };
    let last = names.filter_map(parts).filter(|p| p.0 == prefix).max_by_key(|p| p.1);
    let (number, width) = last.map_or((1, 3), |p| (p.1.saturating_add(1), p.2));
    format!("{prefix}{number:0width$}")
}

fn drafted(f: &Fields) -> Draft {
    let mut draft = Draft::default();
    let fields: [(&str, &Option<String>); 23] = [
        ("id", &f.id),
        ("crossing", &f.crossing),
        ("claim", &f.claim),
        ("reported", &f.reported),
        ("reported_prec", &f.reported_prec),
        ("event_start", &f.event_start),
        ("event_end", &f.event_end),
        ("prec", &f.prec),
        ("mode", &f.mode),
        ("qty", &f.qty),
        ("qty_noise", &f.qty_noise),
        ("unit", &f.unit),
        ("detail", &f.detail),
        ("source", &f.source),
        ("source_type", &f.source_type),
        ("origin", &f.origin),
        ("url", &f.url),
        ("note", &f.note),
        ("corrects", &f.corrects),
        ("admiralty", &f.admiralty),
        ("judged_by", &f.judged_by),
        ("judged_on", &f.judged_on),
        ("judged_why", &f.judged_why),
    ];
    for (name, value) in fields {
        draft.set(name, value.as_deref().unwrap_or(""));
    }
    if f.derived {
        draft.set("derived", "yes");
    }
    draft
}

fn given(f: &Fields) -> bool {
    let draft = drafted(f);
    FIELDS.iter().any(|x| x.name != "id" && !draft.get(x.name).is_empty())
}

/// Asks for fields on standard error until what is due is there.
fn ask(draft: &mut Draft, held: &Held) -> Result<(), Problem> {
    let crossings = || held.corridor.border.crossings.iter().map(|c| c.id.as_str()).chain(["ALL-LAND"]);
    let mut lines = std::io::stdin().lock().lines();
    for (field, due) in ASKED {
        let doc = FIELDS.iter().find(|f| f.name == field).map_or("", |f| f.doc);
        loop {
            say_part(format_args!("{field} ({doc}{}): ", if due { "" } else { "; may be empty" }));
            let _ = std::io::stderr().flush();
            let Some(line) = lines.next() else { return Err(Problem::new("the answers ended")) };
            let line = line.map_err(|e| Problem::new("standard input cannot be read").because(e))?;
            let answer = line.trim();
            let near = match field {
                "crossing" if !crossings().any(|c| c == answer) => Some(nearest(answer, crossings())),
                "claim" if Claim::of_word(answer).is_none() => Some(nearest(answer, Claim::NAMES.iter().copied())),
                _ => None,
            };
            match near {
                Some(Some(near)) if !answer.is_empty() => say(format_args!("  no such {field}; did you mean {near}?")),
                Some(_) if !answer.is_empty() => say(format_args!("  no such {field}")),
                _ if answer.is_empty() && due => say(format_args!("  it is due")),
                _ => {
                    draft.set(field, answer);
                    break;
                }
            }
        }
    }
    Ok(())
}

/// The origin of a report that names none: one it may share, where who is asked says so; else a new one.
fn origin(held: &Held, alike: &[Similar], asks: bool) -> Result<String, Problem> {
    let shared = alike.iter().find(|s| !s.origin.is_empty());
    if let (true, Some(s)) = (asks, shared) {
        say_part(format_args!(
            "does it go back to the same source as {}? Then it shares origin {} [y/N]: ",
            s.id, s.origin
        ));
        let _ = std::io::stderr().flush();
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        read.map_err(|e| Problem::new("standard input cannot be read").because(e))?;
        if answer.trim().eq_ignore_ascii_case("y") {
            return Ok(s.origin.clone());
        }
    }
    Ok(next(held.record.reports().map(|r| r.origin.as_str()), "O"))
}

/// Warns of reports that a new one is like.
pub fn tell_alike(r: &Report, alike: &[Similar]) {
    const MOST: usize = 5;
    let found: Vec<Diagnostic> = alike
        .iter()
        .take(MOST)
        .map(|s| {
            let (code, message, help) = match s.likeness {
                Likeness::SameReport => (
                    "Y1215",
                    format!("`{}` is near the same as `{}`", r.id, s.id),
                    "leave it out; a plain copy that must be held takes --derived and the same --origin".to_owned(),
                ),
                Likeness::SameOrigin => (
                    "Y1216",
                    format!("`{}` looks like `{}`: do both go back to one source?", r.id, s.id),
                    format!("then give it the same origin, --origin {}; copies count once", s.origin),
                ),
            };
            Diagnostic::whole("the new report", code, Severity::Warning, message, Some(help))
        })
        .collect();
    say_part(render(&found, colour_err()));
}

/// A fault of a field as its option's.
fn told(f: Fault) -> Diagnostic {
    let option = f.field.map_or_else(|| "options".to_owned(), |f| format!("--{}", f.replace('_', "-")));
    Diagnostic::whole(&option, f.code, f.severity, f.message, f.help)
}

fn refuse(found: &[Diagnostic]) -> Ended {
    say_part(render(found, colour_err()));
    say(format_args!("nothing was written"));
    Ended::Findings
}

/// The record with a new report, and what is wrong with that. A slip in a crossing's name ends it here.
fn again(held: &Held, text: &str, r: &Report) -> (Record, Vec<Diagnostic>) {
    let record = read(&held.path.display().to_string(), text.as_bytes(), held.record.format, &context(&held.corridor));
    let line = record.entries.iter().rev().find(|e| e.id == r.id).map_or(0, |e| e.line);
    let mut found: Vec<Diagnostic> = record.diagnostics.iter().filter(|d| d.line >= line).cloned().collect();
    for d in &mut found {
        if d.code == "Y1201" {
            d.severity = Severity::Error;
        }
    }
    (record, found)
}

fn document(held: &Held, r: &Report, alike: &[Similar], written: bool) -> String {
    json(&Added {
        schema_version: SCHEMA_VERSION,
        file: held.path.display().to_string(),
        written,
        report: Written::of(r),
        alike: Alike::all(alike),
        head: held.log.head().to_owned(),
    })
}
