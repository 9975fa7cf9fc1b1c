//! TOML and CSV texts into trees with places.

use crate::describe::FileSpec;
use crate::diagnostic::{At, Sink, meant};
use crate::tree::{Key, Node, Table, Value};
use toml::de::{DeTable, DeValue};

/// The key under which the rows of a CSV file stand.
pub(crate) const ROWS: &str = "row";

/// A TOML text as a table, or none and an error.
pub(crate) fn toml_tree(sink: &mut Sink, file: usize) -> Option<Table> {
    let text = sink.sources[file].text.clone();
    match DeTable::parse(&text) {
        Ok(t) => Some(table(t.get_ref(), At { file, start: 0, end: 0 }, file)),
        Err(e) => {
            let span = e.span().unwrap_or(0..0);
            let end = span.end.max(span.start + 1);
            let message = e.message().lines().map(str::trim).collect::<Vec<_>>().join("; ");
            sink.error(
                "Y0106",
                At { file, start: span.start, end },
                format!("not TOML: {message}"),
                Some("texts stand in quotes, one `key = value` a line; see https://toml.io".into()),
            );
            None
        }
    }
}

fn table(t: &DeTable<'_>, at: At, file: usize) -> Table {
    let mut entries: Vec<(Key, Node)> = t
        .iter()
        .map(|(k, v)| {
            let s = k.span();
            let key = Key { name: k.get_ref().to_string(), at: At { file, start: s.start, end: s.end } };
            (key, node(v.get_ref(), v.span(), file))
        })
        .collect();
    entries.sort_by_key(|(k, n)| (k.at.start, n.at.start));
    Table { at, entries }
}

fn node(v: &DeValue<'_>, span: std::ops::Range<usize>, file: usize) -> Node {
    let at = At { file, start: span.start, end: span.end };
    let value = match v {
        DeValue::String(s) => Value::Text(s.to_string()),
        DeValue::Integer(i) => match i64::from_str_radix(i.as_str(), i.radix()) {
            Ok(n) => Value::Integer(n),
            Err(_) => Value::Float(i.as_str().parse().unwrap_or(f64::INFINITY)),
        },
        DeValue::Float(f) => Value::Float(f.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(b) => Value::Flag(*b),
        DeValue::Datetime(d) => Value::Moment(d.to_string()),
        DeValue::Array(a) => Value::List(a.iter().map(|x| node(x.get_ref(), x.span(), file)).collect()),
        DeValue::Table(t) => Value::Table(table(t, at, file)),
    };
    Node { at, value }
}

/// A CSV text as a table whose one key holds the rows. Empty cells are left out.
pub(crate) fn csv_tree(sink: &mut Sink, file: usize, spec: &FileSpec) -> Option<Table> {
    let text = sink.sources[file].text.clone();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut header: Option<Vec<String>> = None;
    let mut rows = Vec::new();
    let mut record = csv::ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => {
                let start = e.position().map_or(0, |p| p.byte() as usize);
                sink.error("Y0107", At { file, start, end: start + 1 }, format!("not CSV: {e}"), None);
                return None;
            }
        }
        let begin = record.position().map_or(0, |p| p.byte() as usize);
        let spans = cell_spans(&text, begin);
        let last = spans.last().map_or(begin, |s| s.1);
        let first = spans.first().map_or(begin, |s| s.0);
        let cell_at = |i: usize| {
            let (start, end) = spans.get(i).copied().unwrap_or((first, last));
            At { file, start, end }
        };
        let cells: Vec<String> = record
            .iter()
            .map(|c| String::from_utf8_lossy(c).trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        let row_at = At { file, start: first, end: last };
        let Some(names) = &header else {
            check_header(sink, spec, &cells, cell_at, row_at);
            header = Some(cells);
            continue;
        };
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if cells.len() != names.len() {
            let help = if cells.len() > names.len() {
                "a text with a comma in it stands in double quotes"
            } else {
                "write an empty cell (two commas) where there is no value"
            };
            let at = if cells.len() > names.len() { cell_at(names.len()) } else { row_at };
            sink.error(
                "Y0107",
                at,
                format!("the row has {} cells, the header {} columns", cells.len(), names.len()),
                Some(help.into()),
            );
            continue;
        }
        let entries = names
            .iter()
            .zip(&cells)
            .enumerate()
            .filter(|(_, (name, cell))| !cell.is_empty() && known(spec, name))
            .map(|(i, (name, cell))| {
                let at = cell_at(i);
                (Key { name: name.clone(), at }, Node { at, value: Value::Cell(cell.clone()) })
            })
            .collect();
        rows.push(Node { at: row_at, value: Value::Table(Table { at: row_at, entries }) });
    }
    let at = At { file, start: 0, end: 0 };
    let key = Key { name: ROWS.into(), at };
    Some(Table { at, entries: vec![(key, Node { at, value: Value::List(rows) })] })
}

fn known(spec: &FileSpec, name: &str) -> bool {
    spec.root.keys().any(|k| k == name)
}

fn check_header(sink: &mut Sink, spec: &FileSpec, names: &[String], at: impl Fn(usize) -> At, row: At) {
    for (i, name) in names.iter().enumerate() {
        if name.is_empty() {
            sink.error("Y0201", at(i), "a column without a name", None);
        } else if names[..i].contains(name) {
            sink.error("Y0203", at(i), format!("the column `{name}` is there twice"), None);
        } else if !known(spec, name) {
            let help = meant(name, spec.root.keys())
                .unwrap_or_else(|| format!("columns are: {}", spec.root.keys().collect::<Vec<_>>().join(", ")));
            sink.error("Y0201", at(i), format!("unknown column `{name}`"), Some(help));
        }
    }
    for f in spec.root.fields.iter().filter(|f| f.required) {
        if !names.iter().any(|n| n == f.name) {
            sink.error("Y0204", row, format!("the column `{}` is missing", f.name), Some(f.doc.into()));
        }
    }
}

/// The places of the cells of the record that begins at a byte, within their quotes.
pub(crate) fn cell_spans(text: &str, begin: usize) -> Vec<(usize, usize)> {
    let b = text.as_bytes();
    let mut i = begin;
    while i < b.len() && (b[i] == b'\n' || b[i] == b'\r') {
        i += 1;
    }
    let mut spans = Vec::new();
    loop {
        let start = i;
        if b.get(i) == Some(&b'"') {
            i += 1;
            while i < b.len() {
                if b[i] == b'"' {
                    if b.get(i + 1) == Some(&b'"') {
                        i += 1;
                    } else {
                        break;
                    }
                }
                i += 1;
            }
            i = (i + 1).min(b.len());
        }
        while i < b.len() && !matches!(b[i], b',' | b'\n' | b'\r') {
            i += 1;
        }
        spans.push((start, i));
        if b.get(i) != Some(&b',') {
            return spans;
        }
        i += 1;
    }
}
