//! The order of rows: what a writer chose for the eye changes no result.
//!
//! Rows are sorted by what names them before anything reads them, so that ties, draws and sums are the same however a
//! file is laid out. Rows without a name are sorted by their content. Where order is the meaning (stops on the way, steps
//! of a procedure, questions of a story) it is kept.

use crate::describe::{Format, Kind, TableSpec};
use crate::parse::ROWS;
use crate::tree::{Node, Table, Value};

/// Sorts the rows of a file, and the rows within them.
pub(crate) fn by_name(format: Format, root: &TableSpec, tree: &mut Table) {
    match format {
        Format::Csv => tree.get_mut(ROWS).into_iter().for_each(|rows| list(root, rows)),
        Format::Toml => within(root, tree),
    }
}

fn within(spec: &TableSpec, table: &mut Table) {
    for (key, node) in &mut table.entries {
        match (spec.field(&key.name).map(|f| f.kind), &mut node.value) {
            (Some(Kind::Tables(inner)), _) => list(inner, node),
            (Some(Kind::Table(inner)), Value::Table(t)) => within(inner, t),
            _ => {}
        }
    }
}

fn list(spec: &TableSpec, node: &mut Node) {
    let Value::List(items) = &mut node.value else { return };
    for item in items.iter_mut() {
        if let Value::Table(t) = &mut item.value {
            within(spec, t);
        }
    }
    if !spec.ordered {
        items.sort_by_cached_key(|item| name(spec, item));
    }
}

/// What names a row: its key, or all it holds.
fn name(spec: &TableSpec, item: &Node) -> Vec<String> {
    let Value::Table(t) = &item.value else { return Vec::new() };
    let text = |field: &&str| t.get(field).map_or_else(String::new, |n| content(&n.value));
    if spec.key.is_empty() {
        spec.keys().map(|field| text(&field)).collect()
    } else {
        spec.key.iter().map(text).collect()
    }
}

fn content(value: &Value) -> String {
    match value {
        Value::Flag(b) => b.to_string(),
        Value::List(items) => items.iter().map(|n| content(&n.value)).collect::<Vec<_>>().join(";"),
        Value::Table(t) => t
            .entries
            .iter()
            .map(|(key, n)| [key.name.as_str(), &content(&n.value)].join("="))
            .collect::<Vec<_>>()
            .join(";"),
        plain => plain.plain().unwrap_or_default(),
    }
}
