//! A text of reports into reports, with all that is wrong and where.

use super::check::{self, Context};
use super::columns::FIELDS;
use super::fields::{Draft, Fault, report_of};
use crate::diagnostic::{At, Diagnostic, Severity, Sink, in_order, nearest};
use crate::sheet::{Sheet, lossy_text, not_utf8};
use serde_json::Value;
use yalu_model::Report;

/// How a text of reports is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A row a report under a header.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

/// A report of a text, or what was read of one.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Line it begins on, from 1.
    pub line: usize,
    /// Its id, as far as one was read.
    pub id: String,
    /// The report, where its fields could be read.
    pub report: Option<Report>,
    /// Whether it is used: nothing is wrong with it, and it is no copy of one before.
    pub kept: bool,
    /// Where it stands.
    at: At,
    /// Where its fields stand.
    fields: Vec<(&'static str, At)>,
}

impl Entry {
    /// Where a field stands; where the whole stands if the text has no such.
    pub fn at(&self, field: Option<&str>) -> At {
        self.fields.iter().find(|(name, _)| Some(*name) == field).map_or(self.at, |(_, at)| *at)
    }
}

/// What a text of reports holds.
#[derive(Clone, Debug)]
pub struct Record {
    /// How it is written.
    pub format: Format,
    /// The columns of a CSV text, as written.
    pub columns: Vec<String>,
    /// All entries in the order of the text.
    pub entries: Vec<Entry>,
    /// All problems by line and column.
    pub diagnostics: Vec<Diagnostic>,
}

impl Record {
    /// The record of a folder that holds none.
    pub fn empty(format: Format) -> Record {
        Record { format, columns: Vec::new(), entries: Vec::new(), diagnostics: Vec::new() }
    }
    /// The reports that can be used, in the order of the text.
    pub fn reports(&self) -> impl Iterator<Item = &Report> {
        self.entries.iter().filter(|e| e.kept).filter_map(|e| e.report.as_ref())
    }
    /// The report of an id that can be used.
    pub fn report(&self, id: &str) -> Option<&Report> {
        self.reports().find(|r| r.id == id)
    }
    /// Whether something is wrong that leaves a report out.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
    /// Whether the text as a whole is at fault: something is wrong, and no report of it could be read.
    pub fn unreadable(&self) -> bool {
        self.failed() && self.entries.iter().all(|e| e.report.is_none())
    }
    /// Line and id of what is left out for being wrong.
    pub fn left_out(&self) -> impl Iterator<Item = (usize, &str)> {
        self.entries.iter().filter(|e| !e.kept).map(|e| (e.line, e.id.as_str()))
    }
    /// Notes problems that another look at the same text found.
    pub fn add(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(found);
        in_order(&mut self.diagnostics);
    }
}

/// Reads a text of reports. A report with an error is left out, the rest is there; `name` is the file's, for problems.
pub fn read(name: &str, bytes: &[u8], format: Format, context: &Context) -> Record {
    let mut sink = Sink::default();
    let record = read_into(&mut sink, name, bytes, format, context);
    Record { diagnostics: sink.finish().1, ..record }
}

/// The same, its problems among those of a folder.
pub(crate) fn read_into(sink: &mut Sink, name: &str, bytes: &[u8], format: Format, context: &Context) -> Record {
    let mut reader = Reader { sink, columns: Vec::new(), missing: Vec::new(), entries: Vec::new() };
    match format {
        Format::Csv => reader.csv(name, bytes),
        Format::JsonLines => reader.json_lines(name, bytes),
    }
    let Reader { sink, columns, mut entries, .. } = reader;
    check::faults(sink, &mut entries, context);
    Record { format, columns, entries, diagnostics: Vec::new() }
}

/// The text of a record as it was read, to tell more problems of it.
pub fn again(name: &str, bytes: &[u8]) -> Sink {
    let mut sink = Sink::default();
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    sink.source(name, String::from_utf8_lossy(bytes).into_owned());
    sink
}

struct Reader<'a> {
    sink: &'a mut Sink,
    columns: Vec<String>,
    /// Columns that must be there and are not.
    missing: Vec<&'static str>,
    entries: Vec<Entry>,
}

impl Reader<'_> {
    fn csv(&mut self, name: &str, bytes: &[u8]) {
        let holds = FIELDS.map(|f| f.name).join(",");
        let Some(sheet) = Sheet::read(self.sink, name, bytes, &holds) else { return };
        let known = self.header(&sheet);
        self.columns = sheet.header.cells.iter().map(|c| c.text.clone()).collect();
        for row in &sheet.rows {
            let cells = || known.iter().zip(&row.cells).filter_map(|(name, cell)| Some(((*name)?, cell)));
            let fields: Vec<_> = cells().map(|(name, cell)| (name, cell.at)).collect();
            if row.sound {
                let mut draft = Draft::default();
                for (name, cell) in cells() {
                    draft.set(name, &cell.text);
                }
                self.take(row.at, fields, &draft);
            } else {
                let id = cells().find(|(name, _)| *name == "id").map_or("", |(_, cell)| cell.text.as_str());
                self.entry(row.at, Vec::new(), id);
            }
        }
    }

    /// The field of each column; columns of no field are told.
    fn header(&mut self, sheet: &Sheet) -> Vec<Option<&'static str>> {
        for cell in sheet.twice() {
            self.sink.error("Y0203", cell.at, format!("the column `{}` is there twice", cell.text), None);
        }
        let mut columns = Vec::new();
        for cell in &sheet.header.cells {
            let field = FIELDS.iter().find(|f| f.name == cell.text).map(|f| f.name);
            if field.is_none() {
                let (severity, help) = unknown(&cell.text);
                let message = format!("unknown column `{}`", cell.text);
                self.sink.tell("Y0201", severity, cell.at, message, Some(help));
            }
            columns.push(field.filter(|name| !columns.contains(&Some(*name))));
        }
        for field in ["id", "reported", "crossing", "claim", "source"] {
            if !columns.contains(&Some(field)) {
                self.missing.push(field);
                let doc = FIELDS.iter().find(|f| f.name == field).map(|f| f.doc.to_owned());
                self.sink.error("Y0204", sheet.header.at, format!("the column `{field}` is missing"), doc);
            }
        }
        columns
    }

    fn json_lines(&mut self, name: &str, bytes: &[u8]) {
        let Some((file, lossy)) = lossy_text(self.sink, name, bytes) else { return };
        let text = &self.sink.text_of(file).text;
        let lines: Vec<(usize, String)> =
            self.sink.text_of(file).lines().map(|(begin, line)| (begin, line.to_owned())).collect();
        if text.trim().is_empty() {
            self.sink.file("Y0105", Severity::Error, name, "the file is empty", Some("one JSON object a line".into()));
        }
        for (begin, line) in lines.iter().filter(|(_, l)| !l.trim().is_empty()) {
            self.object(At::new(file, *begin, begin + line.len()), line, lossy.then_some(bytes));
        }
    }

    /// One line; `lossy` are the bytes of the file where some are no UTF-8.
    fn object(&mut self, whole: At, line: &str, lossy: Option<&[u8]>) {
        let help = Some("one JSON object a line".to_owned());
        if let Some((bytes, i)) = lossy.zip(line.find('\u{fffd}')) {
            not_utf8(self.sink, At::new(whole.file, whole.start + i, whole.start + i + 3), bytes);
            self.entry(whole, Vec::new(), "");
            return;
        }
        let object = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(o)) => o,
            Ok(_) => {
                self.sink.error("Y0301", whole, "the line is no object", help);
                self.entry(whole, Vec::new(), "");
                return;
            }
            Err(e) => {
                let start = whole.start + e.column().saturating_sub(1).min(line.len());
                self.sink.error("Y0301", At::new(whole.file, start, start + 1), format!("not JSON: {e}"), help);
                self.entry(whole, Vec::new(), "");
                return;
            }
        };
        let (mut draft, mut fields, mut sound) = (Draft::default(), Vec::new(), true);
        for (key, value) in &object {
            let at = key_at(whole, line, key);
            let value = match value {
                Value::String(s) => s.clone(),
                Value::Number(n) => n.to_string(),
                Value::Bool(b) => b.to_string(),
                Value::Null => String::new(),
                Value::Array(_) | Value::Object(_) => {
                    let help = "a text, a number, or true or false".to_owned();
                    self.sink.error("Y0301", at, format!("`{key}` is a list or an object"), Some(help));
                    sound = false;
                    continue;
                }
            };
            if let Some(field) = FIELDS.iter().find(|f| f.name == key) {
                draft.set(field.name, &value);
                fields.push((field.name, at));
            } else {
                let (severity, help) = unknown(key);
                self.sink.tell("Y0201", severity, at, format!("unknown key `{key}`"), Some(help));
                sound &= severity == Severity::Warning;
            }
        }
        if sound {
            self.take(whole, fields, &draft);
        } else {
            self.entry(whole, fields, draft.get("id"));
        }
    }

    fn take(&mut self, at: At, fields: Vec<(&'static str, At)>, draft: &Draft) {
        let read = report_of(draft);
        self.entry(at, fields, draft.get("id"));
        let Some(entry) = self.entries.last_mut() else { return };
        match read {
            Ok(report) => {
                entry.report = Some(report);
                entry.kept = true;
            }
            Err(faults) => {
                // A column that the file lacks has been told of its header.
                let told = |f: &&Fault| f.code == "Y0202" && f.field.is_some_and(|x| self.missing.contains(&x));
                faults.iter().filter(|f| !told(f)).for_each(|f| f.clone().tell(self.sink, entry));
            }
        }
    }

    /// An entry of which no report was read so far.
    fn entry(&mut self, at: At, fields: Vec<(&'static str, At)>, id: &str) {
        let line = self.sink.text_of(at.file).line(at.start);
        self.entries.push(Entry { line, id: id.to_owned(), kept: false, report: None, at, fields });
    }
}

/// What to say of a name that no field has: near another it is a slip, else it is not read.
fn unknown(name: &str) -> (Severity, String) {
    if let Some(near) = nearest(name, FIELDS.iter().map(|f| f.name)) {
        return (Severity::Error, format!("did you mean `{near}`?"));
    }
    let names: Vec<&str> = FIELDS.iter().map(|f| f.name).collect();
    (Severity::Warning, format!("it is not read; columns are: {}", names.join(", ")))
}

/// The place of a key of the JSON object on a line.
fn key_at(whole: At, line: &str, key: &str) -> At {
    let quoted = format!("\"{key}\"");
    let found = line.find(&quoted).map(|i| At::new(whole.file, whole.start + i, whole.start + i + quoted.len()));
    found.unwrap_or(whole)
}
