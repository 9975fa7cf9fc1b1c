//! The log beside a record: what was once written stays as it was, or the change is named.
//!
//! A line of the log holds a chained hash, the hash of a report's content and its id:
//!
//! ```text
//! # yalu ledger log 1
//! 41f0... 9a3c... R001
//! ```
//!
//! The content of a report is its fields that are filled, as a JSON object of texts with sorted keys and no space;
//! its hash is SHA-256 in hexadecimal. Layout, column order and row order do not enter. The chained hash is SHA-256 of
//! the chained hash of the line before (none for the first), the content's hash, the id and the reason, parted by
//! spaces; so no line of the log can be changed or taken out without those after it. Lines cut off at its end are
//! seen as reports not yet sealed.
//!
//! The way to mend the past is a new report that corrects. Where an edit must stand, a further line for the same id
//! says so with its reason; `-` in place of the content says that the report was taken away on purpose.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use yalu_model::Report;
use yalu_scenario::reports::{FIELDS, Record, again, field_text};
use yalu_scenario::{At, Diagnostic, Severity};

const HEAD: &str = "# yalu ledger log 1";
/// In place of the content of a report taken away on purpose.
const GONE: &str = "-";

fn hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// The form of a report that is hashed.
fn canonical(r: &Report) -> String {
    let plain = |field: &str, text: &str| {
        text.is_empty() || (field.ends_with("prec") && text == "day") || (field == "derived" && text == "no")
    };
    let fields: BTreeMap<&str, String> =
        FIELDS.iter().map(|f| (f.name, field_text(r, f.name))).filter(|(field, text)| !plain(field, text)).collect();
    serde_json::Value::from_iter(fields).to_string()
}

/// The hash of a report's content: SHA-256 in hexadecimal.
pub fn content_hash(r: &Report) -> String {
    hex(&canonical(r))
}

/// The hashes of reports' contents, whatever their order.
pub fn content_hashes<'a>(reports: impl IntoIterator<Item = &'a Report>) -> BTreeSet<String> {
    reports.into_iter().map(content_hash).collect()
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Line {
    chain: String,
    content: String,
    id: String,
    because: String,
}

impl Line {
    fn link(before: &str, content: &str, id: &str, because: &str) -> String {
        hex(&format!("{before} {content} {id} {because}"))
    }
}

/// What differs between a log and the record beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SealChange {
    /// A sealed report has other content.
    Edited {
        /// Which.
        id: String,
        /// Its line in the record.
        line: usize,
    },
    /// A sealed report is not there.
    Removed {
        /// Which.
        id: String,
    },
    /// A sealed report stands before one sealed earlier.
    Moved {
        /// Which.
        id: String,
        /// Its line in the record.
        line: usize,
    },
    /// A report is not sealed yet.
    New {
        /// Which.
        id: String,
        /// Its line in the record.
        line: usize,
    },
}

/// Reports that are gone, of which each is told by itself.
const MOST_GONE: usize = 5;

impl SealChange {
    fn gone(&self) -> Option<&str> {
        if let Self::Removed { id } = self { Some(id) } else { None }
    }
}

fn shortened(ids: &[&str]) -> String {
    format!("{} and {} more", ids[..MOST_GONE].join(", "), ids.len() - MOST_GONE)
}

/// A log that is not what was written.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line} of the log {what}")]
pub struct Broken {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
}

/// The log of a record.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Log {
    lines: Vec<Line>,
}

impl Log {
    /// Reads a log, up to the first line that is not what was written.
    pub fn parse(text: &str) -> (Log, Option<Broken>) {
        let mut log = Log::default();
        if !text.starts_with(HEAD) {
            let what = "is not the head of a log: it was emptied, or another file stands in its place";
            return (log, Some(Broken { line: 1, what }));
        }
        for (i, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let mut parts = line.splitn(4, ' ');
            let (Some(chain), Some(content), Some(id)) = (parts.next(), parts.next(), parts.next()) else {
                return (log, Some(Broken { line: i + 1, what: "is none: chained hash, content hash and id are due" }));
            };
            let because = parts.next().unwrap_or("");
            if Line::link(log.head(), content, id, because) != chain {
                let what =
                    "does not follow from the one before: one of the two was changed, or one between was taken out";
                return (log, Some(Broken { line: i + 1, what }));
            }
            log.push(content, id, because);
        }
        (log, None)
    }
    /// The log as text.
    pub fn text(&self) -> String {
        let mut out = format!("{HEAD}\n");
        for l in &self.lines {
            let _ = write!(out, "{} {} {}", l.chain, l.content, l.id);
            let _ = if l.because.is_empty() { writeln!(out) } else { writeln!(out, " {}", l.because) };
        }
        out
    }
    /// The chained hash of the last line: one figure for all that is sealed; empty where nothing is.
    pub fn head(&self) -> &str {
        self.lines.last().map_or("", |l| l.chain.as_str())
    }
    /// Reports sealed, those taken away on purpose left out.
    pub fn sealed(&self) -> usize {
        self.contents().values().filter(|c| **c != GONE).count()
    }
    /// Whether nothing is sealed.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
    /// Edits accepted so far: id and reason.
    pub fn accepted(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.iter().filter(|l| !l.because.is_empty()).map(|l| (l.id.as_str(), l.because.as_str()))
    }
    /// Seals a report that is not sealed yet.
    pub fn seal(&mut self, r: &Report) {
        self.push(&content_hash(r), &r.id, "");
    }
    /// Seals each report of a record that is not sealed yet, in its order; how many.
    pub fn seal_new(&mut self, record: &Record) -> usize {
        let reports: BTreeMap<&str, &Report> = record.reports().map(|r| (r.id.as_str(), r)).collect();
        let mut n = 0;
        for change in self.changes(record) {
            if let SealChange::New { id, .. } = change
                && let Some(r) = reports.get(id.as_str())
            {
                self.seal(r);
                n += 1;
            }
        }
        n
    }
    /// Seals what a report is now, or that it is gone, in place of what was sealed. The reason is kept on one line.
    pub fn accept(&mut self, id: &str, now: Option<&Report>, because: &str) {
        let because = because.split_whitespace().collect::<Vec<_>>().join(" ");
        let content = now.map_or_else(|| GONE.to_owned(), content_hash);
        self.push(&content, id, &because);
    }
    /// What differs from the record, in the order of the record; what is gone first.
    pub fn changes(&self, record: &Record) -> Vec<SealChange> {
        let contents = self.contents();
        let mut there: BTreeSet<&str> = BTreeSet::new();
        let mut out = Vec::new();
        let order: BTreeMap<&str, usize> =
            self.lines.iter().enumerate().rev().map(|(i, l)| (l.id.as_str(), i)).collect();
        let mut last = 0;
        for e in &record.entries {
            let (id, line) = (e.id.clone(), e.line);
            if id.is_empty() || !there.insert(&e.id) {
                continue;
            }
            match (contents.get(id.as_str()), &e.report) {
                (None, Some(_)) => out.push(SealChange::New { id, line }),
                (None, None) => {}
                (Some(content), Some(r)) if content_hash(r) == **content => {
                    let place = order.get(id.as_str()).copied().unwrap_or(0);
                    if place < last {
                        out.push(SealChange::Moved { id, line });
                    }
                    last = last.max(place);
                }
                (Some(_), _) => out.push(SealChange::Edited { id, line }),
            }
        }
        let gone = contents.iter().filter(|(id, content)| **content != GONE && !there.contains(*id));
        let mut all: Vec<SealChange> = gone.map(|(id, _)| SealChange::Removed { id: (*id).to_owned() }).collect();
        all.append(&mut out);
        all
    }

    /// Verifies a record against its log: problems are told at their places, and reports whose content is not what was
    /// sealed are left out. `bytes` is the text that the record was read from.
    pub fn verify(&self, record: &mut Record, name: &str, bytes: &[u8]) -> Vec<SealChange> {
        let changes = self.changes(record);
        let mut sink = again(name, bytes);
        if record.unreadable() && self.sealed() > 0 {
            let message = format!("hash mismatch: none of the {} sealed reports can be read", self.sealed());
            let help = "the file as a whole cannot be read, which says nothing of the reports in it: mend that first";
            sink.file("Y1211", Severity::Error, name, message, Some(help.to_owned()));
            record.add(sink.finish().1);
            return changes;
        }
        let gone: Vec<&str> = changes.iter().filter_map(SealChange::gone).collect();
        if gone.len() > MOST_GONE {
            let message =
                format!("hash mismatch: {} reports were sealed and are gone: {}", gone.len(), shortened(&gone));
            let help = "put them back: another file may stand in its place, or it was cut; `yalu reports verify DIR --json` names all";
            sink.file("Y1211", Severity::Error, name, message, Some(help.to_owned()));
        }
        let mut new: Vec<usize> = Vec::new();
        let at = |record: &Record, line: usize| {
            // Entries stand in the order of their lines.
            let entry = record.entries.partition_point(|e| e.line < line);
            Some(record.entries.get(entry)?.at(Some("id")))
        };
        for change in &changes {
            let (span, code, severity, message, help) = match change {
                SealChange::Edited { id, line } => (
                    at(record, *line),
                    "Y1210",
                    Severity::Error,
                    format!("hash mismatch: report `{id}` was edited after it was sealed"),
                    format!(
                        "put it back as it was, and write a new report with `{id}` under `corrects`; if the edit must stand, \
                         `yalu reports seal DIR --accept-edit {id} --because TEXT`"
                    ),
                ),
                SealChange::Removed { .. } if gone.len() > MOST_GONE => continue,
                SealChange::Removed { id } => (
                    None,
                    "Y1211",
                    Severity::Error,
                    format!("hash mismatch: report `{id}` was sealed and is gone"),
                    format!("put it back; if it must go, `yalu reports seal DIR --accept-edit {id} --because TEXT`"),
                ),
                SealChange::Moved { id, line } => (
                    at(record, *line),
                    "Y1212",
                    Severity::Warning,
                    format!("report `{id}` was moved: it stands after one that was sealed later"),
                    "nothing is lost; put it back where it was, so that the file grows at its end".to_owned(),
                ),
                SealChange::New { line, .. } => {
                    new.push(*line);
                    continue;
                }
            };
            match span {
                Some(at) => sink.tell(code, severity, at, message, Some(help)),
                None => sink.file(code, severity, name, message, Some(help)),
            }
        }
        if let Some(first) = new.first() {
            let message = match new.len() {
                1 => "1 report is not sealed yet".to_owned(),
                n => format!("{n} reports are not sealed yet; the first is here"),
            };
            let help = "`yalu reports seal DIR` seals them, so that later edits are seen".to_owned();
            if let Some(at) = at(record, *first) {
                sink.warn("Y1214", at, message, Some(help));
            }
        }
        let edited = |c: &SealChange| if let SealChange::Edited { line, .. } = c { Some(*line) } else { None };
        let edited: BTreeSet<usize> = changes.iter().filter_map(edited).collect();
        record.entries.iter_mut().filter(|e| edited.contains(&e.line)).for_each(|e| e.kept = false);
        record.add(sink.finish().1);
        changes
    }

    fn push(&mut self, content: &str, id: &str, because: &str) {
        let chain = Line::link(self.head(), content, id, because);
        self.lines.push(Line { chain, content: content.to_owned(), id: id.to_owned(), because: because.to_owned() });
    }
    /// What is sealed last of each id.
    fn contents(&self) -> BTreeMap<&str, &str> {
        self.lines.iter().map(|l| (l.id.as_str(), l.content.as_str())).collect()
    }
}

/// The problem of a log that is not what was written.
impl Broken {
    /// As it is told.
    pub fn diagnostics(&self, name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
        let mut sink = again(name, bytes);
        let help = "take the log back from where it was kept; if that cannot be, `yalu reports seal DIR --anew --because TEXT`";
        let message = format!("hash mismatch: line {} of the log {}", self.line, self.what);
        let at = sink.text_of(0).lines().nth(self.line.saturating_sub(1)).map(|(a, l)| At::new(0, a, a + l.len()));
        sink.error("Y1213", at.unwrap_or(At::new(0, 0, 0)), message, Some(help.to_owned()));
        sink.finish().1
    }
}
