//! A text of reports into reports, with all that is wrong and where.

use super::check::{self, Context};
use super::fields::{Draft, Fault, report_of};
use super::place::{Text, cell};
use super::report::{FIELDS, Report};
use serde_json::Value;
use yalu_scenario::{Diagnostic, Severity, nearest};

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
    begin: usize,
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
    /// Line and id of what is left out for being wrong.
    pub fn left_out(&self) -> impl Iterator<Item = (usize, &str)> {
        self.entries.iter().filter(|e| !e.kept).map(|e| (e.line, e.id.as_str()))
    }
    /// Notes problems that another look at the same text found.
    pub fn add(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(found);
        self.diagnostics.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.file.clone(), d.line, d.column, d.code);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        self.diagnostics.dedup();
    }
}

/// Reads a text of reports. A report with an error is left out, the rest is there; `name` is the file's, for problems.
pub fn read(name: &str, bytes: &[u8], format: Format, context: &Context) -> Record {
    let mut record = Record { format, columns: Vec::new(), entries: Vec::new(), diagnostics: Vec::new() };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let help = Some("save it as UTF-8".to_owned());
        let text = Text::new(name, bytes);
        let message = "the file is UTF-16, not UTF-8".to_owned();
        record.diagnostics.push(text.diagnostic(None, "Y0104", Severity::Error, message, help));
        return record;
    }
    let text = Text::new(name, bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes));
    let mut found = Vec::new();
    match format {
        Format::Csv => csv_rows(&text, &mut record, &mut found),
        Format::JsonLines => json_lines(&text, &mut record, &mut found),
    }
    found.extend(check::faults(&mut record.entries, context));
    let told: Vec<Diagnostic> = found
        .into_iter()
        .map(|(begin, fault)| {
            let column = fault.field.and_then(|f| record.columns.iter().position(|c| c == f));
            let span = match format {
                Format::Csv => cell(text.bytes, begin, column),
                Format::JsonLines => value_of(text.bytes, begin, fault.field),
            };
            text.diagnostic(Some(span), fault.code, fault.severity, fault.message, fault.help)
        })
        .collect();
    record.add(told);
    record
}

/// A fault and the first byte of its row.
type Found = Vec<(usize, Fault)>;

fn csv_rows(text: &Text, record: &mut Record, found: &mut Found) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.bytes);
    let mut row = csv::ByteRecord::new();
    let mut columns: Option<Vec<Option<&'static str>>> = None;
    // Reading from memory, no row fails: any bytes are cells.
    while let Ok(true) = reader.read_byte_record(&mut row) {
        let begin = row.position().map_or(0, |p| p.byte() as usize);
        let begin = cell(text.bytes, begin, Some(0)).0;
        if row.iter().all(|c| c.trim_ascii().is_empty()) {
            continue;
        }
        let cells = match decoded(text, begin, &row) {
            Ok(cells) => cells,
            Err(problem) => {
                record.diagnostics.push(*problem);
                if columns.is_none() {
                    return;
                }
                record.entries.push(entry(text, begin, String::new(), None));
                continue;
            }
        };
        let Some(known) = &columns else {
            columns = Some(header(text, begin, &cells, record));
            record.columns = cells;
            continue;
        };
        if cells.len() != known.len() {
            let help = if cells.len() > known.len() {
                "a text with a comma in it stands in double quotes"
            } else {
                "write an empty cell (two commas) where there is no value"
            };
            let message = format!("the row has {} cells, the header {} columns", cells.len(), known.len());
            let span = cell(text.bytes, begin, (cells.len() > known.len()).then_some(known.len()));
            let d = text.diagnostic(Some(span), "Y0107", Severity::Error, message, Some(help.to_owned()));
            record.diagnostics.push(d);
            let id = known.iter().position(|k| *k == Some("id")).and_then(|i| cells.get(i));
            record.entries.push(entry(text, begin, id.cloned().unwrap_or_default(), None));
            continue;
        }
        let mut draft = Draft::default();
        for (field, value) in known.iter().zip(&cells) {
            if let Some(field) = field {
                draft.set(field, value);
            }
        }
        take(text, begin, &draft, record, found);
    }
    if columns.is_none() {
        let help = Some(format!("a header: {}", FIELDS.map(|f| f.name).join(",")));
        record.diagnostics.push(text.diagnostic(
            None,
            "Y0105",
            Severity::Error,
            "the file holds no reports".to_owned(),
            help,
        ));
    }
}

/// The cells as text, or the first that is not UTF-8.
fn decoded(text: &Text, begin: usize, row: &csv::ByteRecord) -> Result<Vec<String>, Box<Diagnostic>> {
    let mut cells = Vec::with_capacity(row.len());
    for (i, bytes) in row.iter().enumerate() {
        let Ok(s) = std::str::from_utf8(bytes) else {
            let span = cell(text.bytes, begin, Some(i));
            let bad = text.bytes[span.0..span.1].utf8_chunks().next().map_or(0, |c| c.valid().len());
            let at = (span.0 + bad, span.0 + bad + 1);
            let message = format!("line {} is not UTF-8", text.line(at.0));
            let help = Some("save the file as UTF-8, and look at the letters of this line".to_owned());
            return Err(Box::new(text.diagnostic(Some(at), "Y0103", Severity::Error, message, help)));
        };
        cells.push(s.trim_start_matches('\u{feff}').trim().to_owned());
    }
    Ok(cells)
}

/// The field of each column; columns of no field are told.
fn header(text: &Text, begin: usize, names: &[String], record: &mut Record) -> Vec<Option<&'static str>> {
    let mut tell = |i: Option<usize>, code, severity, message, help| {
        let span = cell(text.bytes, begin, i);
        record.diagnostics.push(text.diagnostic(Some(span), code, severity, message, help));
    };
    let mut columns = Vec::with_capacity(names.len());
    for (i, name) in names.iter().enumerate() {
        let field = FIELDS.iter().find(|f| f.name == name).map(|f| f.name);
        if names[..i].contains(name) {
            tell(Some(i), "Y0203", Severity::Error, format!("the column `{name}` is there twice"), None);
        } else if field.is_none() {
            let (severity, help) = unknown(name);
            tell(Some(i), "Y0201", severity, format!("unknown column `{name}`"), Some(help));
        }
        columns.push(field.filter(|_| !names[..i].contains(name)));
    }
    for field in ["id", "reported", "crossing", "claim", "source"] {
        if !names.iter().any(|n| n == field) {
            let doc = FIELDS.iter().find(|f| f.name == field).map(|f| f.doc.to_owned());
            tell(None, "Y0204", Severity::Error, format!("the column `{field}` is missing"), doc);
        }
    }
    columns
}

/// What to say of a name that no field has: near another it is a slip, else it is not read.
fn unknown(name: &str) -> (Severity, String) {
    if let Some(near) = nearest(name, FIELDS.iter().map(|f| f.name)) {
        return (Severity::Error, format!("did you mean `{near}`?"));
    }
    let names: Vec<&str> = FIELDS.iter().map(|f| f.name).collect();
    (Severity::Warning, format!("it is not read; columns are: {}", names.join(", ")))
}

fn json_lines(text: &Text, record: &mut Record, found: &mut Found) {
    for (begin, line) in text.lines().filter(|(_, l)| !l.trim_ascii().is_empty()) {
        let mut tell = |at: (usize, usize), code, severity, message: String, help: &str| {
            let help = (!help.is_empty()).then(|| help.to_owned());
            record.diagnostics.push(text.diagnostic(Some(at), code, severity, message, help));
        };
        let whole = (begin, begin + line.len());
        if let Err(e) = std::str::from_utf8(line) {
            let at = begin + e.valid_up_to();
            let message = format!("line {} is not UTF-8", text.line(at));
            let help = "save the file as UTF-8, and look at the letters of this line";
            tell((at, at + 1), "Y0103", Severity::Error, message, help);
            record.entries.push(entry(text, begin, String::new(), None));
            continue;
        }
        let object = match serde_json::from_slice::<Value>(line) {
            Ok(Value::Object(o)) => o,
            Ok(_) => {
                tell(whole, "Y0301", Severity::Error, "the line is no object".into(), "one JSON object a line");
                record.entries.push(entry(text, begin, String::new(), None));
                continue;
            }
            Err(e) => {
                let at = begin + e.column().saturating_sub(1).min(line.len());
                tell((at, at + 1), "Y0301", Severity::Error, format!("not JSON: {e}"), "one JSON object a line");
                record.entries.push(entry(text, begin, String::new(), None));
                continue;
            }
        };
        let mut draft = Draft::default();
        let mut whole_object = true;
        for (key, value) in &object {
            let at = value_of(text.bytes, begin, Some(key));
            let value = match value {
                Value::String(s) => s.clone(),
                Value::Number(n) => n.to_string(),
                Value::Bool(b) => b.to_string(),
                Value::Null => String::new(),
                Value::Array(_) | Value::Object(_) => {
                    let message = format!("`{key}` is a list or an object");
                    tell(at, "Y0301", Severity::Error, message, "a text, a number, or true or false");
                    whole_object = false;
                    continue;
                }
            };
            if !draft.set(key, &value) {
                let (severity, help) = unknown(key);
                tell(at, "Y0201", severity, format!("unknown key `{key}`"), &help);
                whole_object &= severity == Severity::Warning;
            }
        }
        if whole_object {
            take(text, begin, &draft, record, found);
        } else {
            record.entries.push(entry(text, begin, draft.get("id").to_owned(), None));
        }
    }
}

/// The place of a key of the JSON object on a line; of the line where it is not there.
fn value_of(bytes: &[u8], begin: usize, key: Option<&str>) -> (usize, usize) {
    let end = bytes[begin..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| begin + n);
    let line = &bytes[begin..end];
    let found = key.and_then(|key| {
        let quoted = format!("\"{key}\"");
        let at = line.windows(quoted.len()).position(|w| w == quoted.as_bytes())?;
        Some((begin + at, begin + at + quoted.len()))
    });
    found.unwrap_or((begin, end))
}

fn entry(text: &Text, begin: usize, id: String, report: Option<Report>) -> Entry {
    Entry { line: text.line(begin), id, kept: report.is_some(), report, begin }
}

fn take(text: &Text, begin: usize, draft: &Draft, record: &mut Record, found: &mut Found) {
    let report = match report_of(draft) {
        Ok(report) => Some(report),
        Err(faults) => {
            found.extend(faults.into_iter().map(|f| (begin, f)));
            None
        }
    };
    record.entries.push(entry(text, begin, draft.get("id").to_owned(), report));
}

impl Entry {
    /// First byte of its row.
    pub(super) fn begin(&self) -> usize {
        self.begin
    }
}

/// The rows of a CSV text that holds something, with their lines; what is not UTF-8 is replaced.
pub fn rows(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
    let text = Text::new("", bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut row = csv::ByteRecord::new();
    let mut out = Vec::new();
    while let Ok(true) = reader.read_byte_record(&mut row) {
        let begin = cell(bytes, row.position().map_or(0, |p| p.byte() as usize), Some(0)).0;
        if row.iter().any(|c| !c.trim_ascii().is_empty()) {
            out.push((text.line(begin), row.iter().map(|c| String::from_utf8_lossy(c).trim().to_owned()).collect()));
        }
    }
    out
}
