//! `yalu reports export`.

use super::source::{Held, day_at, held};
use crate::args::reports::{Export, ExportFormat};
use crate::ended::Ended;
use crate::terminal::{Problem, print, print_data};
use yalu_files::write_file;
use yalu_ledger::record::{Place, Report, claim_reviews, stix_bundle, to_csv, to_jsonl};
use yalu_model::State;
use yalu_number::no_formula;
use yalu_view::ledger::Exported;
use yalu_view::{SCHEMA_VERSION, json};

/// Gives the record to other programs.
pub fn export(a: &Export) -> Result<Ended, Problem> {
    let held = held(&a.from)?;
    let text = match a.format {
        ExportFormat::Csv => {
            to_csv(held.record.reports().map(|r| with_texts(r, no_formula)).collect::<Vec<_>>().iter())
        }
        ExportFormat::Jsonl => to_jsonl(held.record.reports()),
        ExportFormat::Stix => format!("{:#}\n", bundle(&held)),
        ExportFormat::Claimreview => format!("{:#}\n", reviews(&held)),
    };
    let Some(path) = &a.output else {
        print_data(&text);
        return Ok(Ended::Fine);
    };
    write_file(path, &text)?;
    let n = held.record.reports().count();
    if a.json {
        let (file, record) = (path.display().to_string(), held.seal());
        print(&json(&Exported { schema_version: SCHEMA_VERSION, file, reports: n, record }));
    } else {
        print(&format!("{n} reports written to {}\n", path.display()));
    }
    Ok(Ended::Fine)
}

/// A report whose free texts are written otherwise.
pub fn with_texts(r: &Report, write: impl Fn(&str) -> String) -> Report {
    let mut out = r.clone();
    let texts = [
        &mut out.crossing,
        &mut out.mode,
        &mut out.unit,
        &mut out.detail,
        &mut out.source,
        &mut out.source_type,
        &mut out.origin,
        &mut out.url,
        &mut out.note,
        &mut out.judged_by,
        &mut out.judged_why,
    ];
    for text in texts {
        *text = write(text);
    }
    out
}

fn bundle(held: &Held) -> serde_json::Value {
    let c = &held.corridor;
    let places: Vec<Place> = c
        .border
        .crossings
        .iter()
        .map(|x| Place { id: x.id.clone(), title: x.title.clone(), position: x.position.map(|p| (p.lat, p.lon)) })
        .collect();
    stix_bundle(&c.about.id, &c.about.title, &places, held.record.reports())
}

fn reviews(held: &Held) -> serde_json::Value {
    let c = &held.corridor;
    let title = |id: &str| c.border.crossings.iter().find(|x| x.id == id).map_or(id, |x| x.title.as_str()).to_owned();
    claim_reviews(&format!("Record of {}", c.about.title), held.record.reports(), title, |r| ran(held, r))
}

/// Whether a crossing ran on the days a report speaks of, where that is judged alike for all of them.
fn ran(held: &Held, r: &Report) -> Option<bool> {
    let c = &held.corridor;
    let (start, end) = r.event();
    let crossing = c.border.crossings.enumerated().find(|(_, x)| x.id == r.crossing)?.0;
    let states = c.border.regimes.iter().filter(|x| {
        // The end is the midnight after the last day.
        x.crossing == crossing && day_at(c, x.from) <= end && day_at(c, x.to + yalu_units::Span(-1)) >= start
    });
    let mut out = None;
    for regime in states {
        let runs = match regime.state {
            State::Open | State::Limited => true,
            State::Suspended | State::NotOpened => false,
            State::Unknown => return None,
        };
        if out.is_some_and(|o| o != runs) {
            return None;
        }
        out = Some(runs);
    }
    out
}
