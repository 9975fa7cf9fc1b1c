//! `yalu reports list` and `yalu reports show`.

use super::source::{Held, day_option, held};
use crate::args::reports::{List, Show, Which};
use crate::ended::Ended;
use crate::terminal::{Problem, colour_out, print, print_screen, width};
use crate::words::unknown;
use yalu_ledger::Statement;
use yalu_ledger::record::{Query, Report, content_hash, day_text, find};
use yalu_model::{Claim, Precision, Words as _};
use yalu_number::{Align, Column, Summary, Table};
use yalu_view::ledger::{InFull, Listed, Written};
use yalu_view::{SCHEMA_VERSION, json};

/// Lists reports.
pub fn list(a: &List) -> Result<Ended, Problem> {
    let held = held(&a.source)?;
    let query = query(&held, &a.which)?;
    let found = find(held.record.reports(), &query);
    if a.shown.json {
        let reports = found.iter().map(|r| Written::of(r)).collect();
        let scenario = held.corridor.about.id.clone();
        print(&json(&Listed { schema_version: SCHEMA_VERSION, scenario, reports }));
        return Ok(Ended::Fine);
    }
    let origins: std::collections::BTreeSet<&str> = found.iter().map(|r| r.origin.as_str()).collect();
    let heading = match found.len() {
        0 => format!("{}: no such report", held.corridor.about.title),
        1 => format!("{}: 1 report", held.corridor.about.title),
        n => format!("{}: {n} reports from {} origins", held.corridor.about.title, origins.len()),
    };
    let columns = ["id", "origin", "known", "of", "crossing", "claim", "source, count"];
    let table = Table {
        title: String::new(),
        columns: columns.map(|c| Column::words(c, Align::Left)).to_vec(),
        rows: Table::written(found.iter().map(|r| row(r))),
        note: "of: the days it speaks of, where not the day it became known. ~ about that day.".into(),
        ..Table::default()
    };
    let tables = if found.is_empty() { Vec::new() } else { vec![table] };
    print_screen(&Summary { heading, tables, ..Summary::default() }.text(colour_out(), width()), a.shown.verbose);
    Ok(Ended::Fine)
}

fn row(r: &Report) -> Vec<String> {
    let known = dated(&day_text(r.reported), r.reported_prec);
    let of = event(r);
    let count = count(r);
    vec![
        r.id.clone(),
        if r.derived { format!("{} copy", r.origin) } else { r.origin.clone() },
        known.clone(),
        if of == known { String::new() } else { of },
        r.crossing.clone(),
        r.claim.word().into(),
        if count.is_empty() { r.source.clone() } else { format!("{}: {count}", r.source) },
    ]
}

/// A count with its noise and unit.
pub fn count(r: &Report) -> String {
    let Some(qty) = r.qty else { return String::new() };
    let noise = r.qty_noise.map(|n| format!(" ± {n}")).unwrap_or_default();
    format!("{qty}{noise} {}", r.unit).trim_end().to_owned()
}

/// The days a report speaks of, as exactly as they are known.
pub fn event(r: &Report) -> String {
    let (start, end) = r.event();
    match (r.event_start.or(r.event_end), start == end) {
        (None, _) => String::new(),
        (_, true) => dated(&day_text(start), r.prec),
        (_, false) => dated(&format!("{} to {}", day_text(start), &day_text(end)[5..]), r.prec),
    }
}

/// A day with its precision, where it is not to the day.
fn dated(day: &str, prec: Precision) -> String {
    match prec {
        Precision::Day => day.to_owned(),
        Precision::Month if !day.contains("to") => day.get(..7).unwrap_or(day).to_owned(),
        Precision::Year if !day.contains("to") => day.get(..4).unwrap_or(day).to_owned(),
        Precision::Approx | Precision::Month | Precision::Year => format!("~{day}"),
    }
}

/// What options ask for.
pub fn query(held: &Held, which: &Which) -> Result<Query, Problem> {
    let day = |option: &str, text: &Option<String>| text.as_deref().map(|t| day_option(option, t)).transpose();
    let claim = which.claim.as_deref().map(|word| {
        let found = Claim::of_word(word);
        found.ok_or_else(|| unknown("claim", word, Claim::NAMES.iter().copied()))
    });
    if let Some(c) = &which.crossing {
        let known = || held.corridor.border.crossings.iter().map(|x| x.id.as_str()).chain([Statement::ALL_LAND]);
        // Reports may name crossings that the scenario does not declare.
        if !known().any(|k| k == c) && !held.record.reports().any(|r| r.crossing == *c) {
            return Err(unknown("crossing", c, known()));
        }
    }
    if let Some(o) = &which.origin
        && !held.record.reports().any(|r| r.origin == *o)
    {
        return Err(unknown("origin", o, held.record.reports().map(|r| r.origin.as_str())));
    }
    Ok(Query {
        crossing: which.crossing.clone(),
        claim: claim.transpose()?,
        origin: which.origin.clone(),
        from: day("--from", &which.from)?,
        to: day("--to", &which.to)?,
        known_by: day("--as-of", &which.as_of)?,
    })
}

/// Shows one report whole.
pub fn show(a: &Show) -> Result<Ended, Problem> {
    let held = held(&a.source)?;
    let r = held.record.report(&a.id).ok_or_else(|| {
        unknown("report", &a.id, held.record.reports().map(|r| r.id.as_str()))
            .help("`yalu reports list DIR` lists all reports")
    })?;
    let others = |of: &dyn Fn(&Report) -> bool| {
        held.record.reports().filter(|x| x.id != r.id && of(x)).map(|x| x.id.clone()).collect::<Vec<_>>()
    };
    let corrected_by = others(&|x| x.corrects == r.id);
    let same_origin = others(&|x| !r.origin.is_empty() && x.origin == r.origin);
    let sealed = held.sealed && !held.changes.iter().any(|c| new_of(c) == Some(r.id.as_str()));
    if a.json {
        let report = Written::of(r);
        print(&json(&InFull { schema_version: SCHEMA_VERSION, report, corrected_by, same_origin, sealed }));
        return Ok(Ended::Fine);
    }
    let title = held.corridor.border.crossings.iter().find(|c| c.id == r.crossing).map_or("", |c| c.title.as_str());
    let prec = |p: Precision| if p == Precision::Day { String::new() } else { format!(", {}", p.word()) };
    let mut facts = vec![
        ("Crossing".to_owned(), format!("{} {title}", r.crossing)),
        ("Mode".into(), r.mode.clone()),
        ("Says".into(), r.claim.word().into()),
        ("Known".into(), format!("{}{}", day_text(r.reported), prec(r.reported_prec))),
        ("Speaks of".into(), event(r) + &prec(r.prec)),
        ("Count".into(), count(r)),
        ("Source".into(), r.source.clone()),
        ("Kind of source".into(), r.source_type.clone()),
        ("Admiralty letters".into(), r.admiralty.clone()),
        ("Origin".into(), if r.derived { format!("{}, a copy", r.origin) } else { r.origin.clone() }),
        ("Of the same origin".into(), same_origin.join(", ")),
        ("Corrects".into(), r.corrects.clone()),
        ("Corrected by".into(), corrected_by.join(", ")),
        ("Judged by".into(), judged(r)),
        ("Link".into(), r.url.clone()),
        ("Remark".into(), r.note.clone()),
        ("SHA-256".into(), content_hash(r)),
        ("Sealed".into(), if sealed { "yes" } else { "no" }.into()),
    ];
    facts.retain(|(_, value)| !value.trim().is_empty());
    let heading = format!("{}: {}", r.id, r.detail);
    print(&Summary { heading, facts, ..Summary::default() }.text(colour_out(), width()));
    Ok(Ended::Fine)
}

/// Who judged a report, when and why.
fn judged(r: &Report) -> String {
    let day = r.judged_on.map_or(String::new(), |d| format!(" on {}", day_text(d)));
    let why = if r.judged_why.is_empty() { String::new() } else { format!(": {}", r.judged_why) };
    format!("{}{day}{why}", r.judged_by)
}

fn new_of(c: &yalu_ledger::record::SealChange) -> Option<&str> {
    match c {
        yalu_ledger::record::SealChange::New { id, .. } => Some(id),
        _ => None,
    }
}
