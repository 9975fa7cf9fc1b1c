//! TOML and CSV texts into trees with places.

use crate::describe::FileSpec;
use crate::diagnostic::{At, Sink, did_you_mean, nearest};
use crate::sheet::{Sheet, SheetRow};
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

/// A sheet as a table whose one key holds the rows, and the columns it lacks. Empty cells are left out.
pub(crate) fn csv_tree(sink: &mut Sink, sheet: &Sheet, spec: &FileSpec) -> (Table, Vec<&'static str>) {
    let missing = check_header(sink, sheet, spec);
    let known = |name: &str| spec.root.keys().any(|k| k == name);
    let columns: Vec<Option<&str>> =
        sheet.header.cells.iter().map(|c| Some(c.text.as_str()).filter(|name| known(name))).collect();
    let row = |r: &SheetRow| {
        if !r.sound {
            return Node { at: r.at, value: Value::Told };
        }
        let entries = columns
            .iter()
            .zip(&r.cells)
            .filter(|(_, cell)| !cell.text.is_empty())
            .filter_map(|(name, cell)| {
                let key = Key { name: (*name)?.to_owned(), at: cell.at };
                Some((key, Node { at: cell.at, value: Value::Cell(cell.text.clone()) }))
            })
            .collect();
        Node { at: r.at, value: Value::Table(Table { at: r.at, entries }) }
    };
    let rows = sheet.rows.iter().map(row).collect();
    let at = At { end: sheet.header.at.start, ..sheet.header.at };
    let key = Key { name: ROWS.into(), at };
    (Table { at, entries: vec![(key, Node { at, value: Value::List(rows) })] }, missing)
}

/// Tells what is wrong with the names of columns; the columns that are missing.
fn check_header(sink: &mut Sink, sheet: &Sheet, spec: &FileSpec) -> Vec<&'static str> {
    let mut meant_here = Vec::new();
    for cell in sheet.twice() {
        sink.error("Y0203", cell.at, format!("the column `{}` is there twice", cell.text), None);
    }
    for cell in &sheet.header.cells {
        let name = cell.text.as_str();
        if name.is_empty() {
            sink.error("Y0201", cell.at, "a column without a name", None);
        } else if !spec.root.keys().any(|k| k == name) {
            let near = nearest(name, spec.root.keys());
            meant_here.extend(near);
            let help = near.map_or_else(
                || format!("columns are: {}", spec.root.keys().collect::<Vec<_>>().join(", ")),
                did_you_mean,
            );
            sink.error("Y0201", cell.at, format!("unknown column `{name}`"), Some(help));
        }
    }
    let mut missing = Vec::new();
    for f in spec.root.fields.iter().filter(|f| f.required && sheet.column(f.name).is_none()) {
        missing.push(f.name);
        if !meant_here.contains(&f.name) {
            let message = format!("the column `{}` is missing", f.name);
            sink.error("Y0204", sheet.header.at, message, Some(f.doc.into()));
        }
    }
    missing
}
