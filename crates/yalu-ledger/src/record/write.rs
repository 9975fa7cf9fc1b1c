//! Reports as text: CSV, JSON Lines, and a line more at the end of a text.

use std::fmt::Write as _;
use yalu_model::Report;
use yalu_scenario::reports::{FIELDS, Format, PLAIN_FIELDS, Record, field_text};
use yalu_scenario::{Sheet, Sink};

/// A cell, quoted where it must be.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn row<'a>(r: &Report, columns: impl Iterator<Item = &'a str>) -> String {
    columns.map(|c| quoted(&field_text(r, c))).collect::<Vec<_>>().join(",")
}

/// Reports as CSV, in the order given.
pub fn to_csv<'a>(reports: impl IntoIterator<Item = &'a Report>) -> String {
    let reports: Vec<&Report> = reports.into_iter().collect();
    let plain = FIELDS.iter().take(PLAIN_FIELDS);
    let more = FIELDS.iter().skip(PLAIN_FIELDS).filter(|f| reports.iter().any(|r| !field_text(r, f.name).is_empty()));
    let columns: Vec<&str> = plain.chain(more).map(|f| f.name).collect();
    let mut out = columns.join(",");
    out.push('\n');
    for r in reports {
        out.push_str(&row(r, columns.iter().copied()));
        out.push('\n');
    }
    out
}

/// Reports as JSON Lines: an object each, its keys in the order of the columns, empty fields left out.
pub fn to_jsonl<'a>(reports: impl IntoIterator<Item = &'a Report>) -> String {
    reports.into_iter().fold(String::new(), |mut out, r| {
        out.push_str(&object(r));
        out.push('\n');
        out
    })
}

fn object(r: &Report) -> String {
    let mut out = String::from("{");
    for field in FIELDS.iter().map(|f| f.name) {
        let text = field_text(r, field);
        let value = match field {
            "derived" => r.derived.to_string(),
            "qty" | "qty_noise" => text.clone(),
            _ => serde_json::Value::from(text.as_str()).to_string(),
        };
        if !text.is_empty() {
            let _ = write!(out, "{}\"{field}\":{value}", if out.len() > 1 { "," } else { "" });
        }
    }
    out.push('}');
    out
}

/// A text of reports with more at its end. What is there stays byte for byte, but that columns which a new report fills
/// and the text lacks are added to each row.
pub fn append(text: &str, record: &Record, new: &[&Report]) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let closed = |mut s: String| {
        if !s.is_empty() && !s.ends_with('\n') {
            s.push_str(end);
        }
        s
    };
    let lines = |line: &dyn Fn(&Report) -> String| new.iter().map(|r| line(r) + end).collect::<String>();
    match record.format {
        Format::JsonLines => closed(text.to_owned()) + &lines(&object),
        Format::Csv if record.columns.is_empty() => to_csv(new.iter().copied()).replace('\n', end),
        Format::Csv => {
            let lacks = |f: &str| !record.columns.iter().any(|c| c == f) && new.iter().any(|r| !default(r, f));
            let added: Vec<&str> = FIELDS.iter().map(|f| f.name).filter(|f| lacks(f)).collect();
            let columns = || record.columns.iter().map(String::as_str).chain(added.iter().copied());
            closed(widened(text, &added)) + &lines(&|r| row(r, columns()))
        }
    }
}

/// Whether a field says what an empty one says.
fn default(r: &Report, field: &str) -> bool {
    let text = field_text(r, field);
    text.is_empty() || (field.ends_with("prec") && text == "day") || (field == "derived" && text == "no")
}

/// A CSV text with further columns, empty but for their names.
fn widened(text: &str, new: &[&str]) -> String {
    let (mark, bare) = text.strip_prefix('\u{feff}').map_or(("", text), |bare| ("\u{feff}", bare));
    let sheet = Sheet::read(&mut Sink::default(), "", bare.as_bytes(), "").filter(|_| !new.is_empty());
    let Some(sheet) = sheet else { return text.to_owned() };
    let mut out = mark.to_owned();
    let mut done = 0;
    for (row, is_header) in std::iter::once((&sheet.header, true)).chain(sheet.rows.iter().map(|r| (r, false))) {
        out.push_str(&bare[done..row.at.end]);
        for name in new {
            out.push(',');
            out.push_str(if is_header { name } else { "" });
        }
        done = row.at.end;
    }
    out + &bare[done..]
}
