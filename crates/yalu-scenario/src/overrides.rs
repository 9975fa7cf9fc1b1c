//! Values given by `--set key=value` laid over the trees before decoding.

use crate::decode::row_key;
use crate::describe::{FILES, FileSpec, Format, Kind, TableSpec};
use crate::diagnostic::{At, Sink, meant};
use crate::parse::ROWS;
use crate::tree::{Key, Node, Table, Value};

/// The name under which problems of overrides are told.
pub(crate) const SET: &str = "--set";

/// Fields that take the place of another when they are set: table, field, the other.
const INSTEAD: [(&str, &str, &str); 1] = [("hours", "daily", "week")];

/// Lays overrides over the trees; returns the source index of their texts.
pub(crate) fn apply(
    sink: &mut Sink,
    trees: &mut [(&'static FileSpec, Table)],
    overrides: &[(String, String)],
) -> Option<usize> {
    if overrides.is_empty() {
        return None;
    }
    let one_line = |s: &str| s.replace(['\n', '\r'], " ");
    let lines: Vec<String> = overrides.iter().map(|(k, v)| format!("{}={}", one_line(k), one_line(v))).collect();
    let file = sink.source(SET, lines.join("\n"));
    let mut begin = 0;
    for ((key, value), line) in overrides.iter().zip(&lines) {
        let key_at = At { file, start: begin, end: begin + one_line(key).len().max(1) };
        let at = At { file, start: begin + one_line(key).len() + 1, end: begin + line.len() };
        begin += line.len() + 1;
        let parts: Vec<&str> = key.trim().split('.').collect();
        let node = Node { at, value: Value::Cell(value.trim().to_owned()) };
        if let Err(help) = put(trees, &parts, &node) {
            sink.error("Y0110", key_at, format!("`{key}` names no value of the scenario"), Some(help));
        }
    }
    Some(file)
}

fn put(trees: &mut [(&'static FileSpec, Table)], parts: &[&str], node: &Node) -> Result<(), String> {
    let Some((first, rest)) = parts.split_first() else {
        return Err("write table.id.field=value".into());
    };
    for (spec, tree) in trees.iter_mut() {
        match spec.format {
            Format::Csv if spec.root.name == *first => {
                let rows = tree.get_mut(ROWS).ok_or("the file has no rows")?;
                return in_list(spec.root, rows, rest, node);
            }
            Format::Toml => {
                if spec.root.field(first).is_some() {
                    return in_table(spec.root, tree, parts, node);
                }
            }
            Format::Csv => {}
        }
    }
    let names = FILES.iter().flat_map(|f| match f.format {
        Format::Csv => vec![f.root.name],
        Format::Toml => f.root.fields.iter().map(|x| x.name).collect(),
    });
    let names: Vec<&str> = names.collect();
    Err(meant(first, names.iter().copied()).unwrap_or_else(|| format!("keys begin with: {}", names.join(", "))))
}

fn in_list(spec: &'static TableSpec, list: &mut Node, parts: &[&str], node: &Node) -> Result<(), String> {
    let Value::List(items) = &mut list.value else {
        return Err("it is no list".into());
    };
    let width = spec.key.len().max(1);
    if parts.len() <= width {
        let form = if spec.key.is_empty() { "number".to_owned() } else { spec.key.join(".") };
        return Err(format!("write {}.{form}.field=value", spec.name));
    }
    // Keys that are numbers may hold a point, so the key is matched as a whole text.
    let whole = parts.join(".");
    let mut keys = Vec::new();
    for (i, item) in items.iter_mut().enumerate() {
        let Value::Table(t) = &mut item.value else {
            continue;
        };
        let key = row_key(spec, t, i);
        if let Some(rest) = whole.strip_prefix(&key).and_then(|r| r.strip_prefix('.')) {
            return in_table(spec, t, &rest.split('.').collect::<Vec<_>>(), node);
        }
        keys.push(key);
    }
    let asked = parts[..width].join(".");
    Err(meant(&asked, keys.iter().map(String::as_str))
        .unwrap_or_else(|| format!("there is no {} `{asked}`", spec.name)))
}

fn in_table(spec: &'static TableSpec, table: &mut Table, parts: &[&str], node: &Node) -> Result<(), String> {
    let Some((name, rest)) = parts.split_first() else {
        return Err("the name of a value is missing".into());
    };
    let Some(field) = spec.field(name) else {
        return Err(meant(name, spec.fields.iter().map(|f| f.name)).unwrap_or_else(|| {
            format!("values here are: {}", spec.fields.iter().map(|f| f.name).collect::<Vec<_>>().join(", "))
        }));
    };
    match field.kind {
        Kind::Table(inner) => match table.get_mut(name).map(|n| &mut n.value) {
            Some(Value::Table(t)) => in_table(inner, t, rest, node),
            _ => Err(format!("there is no `{name}` here")),
        },
        Kind::Tables(inner) => match table.get_mut(name) {
            Some(list) => in_list(inner, list, rest, node),
            None => Err(format!("there is no `{name}` here")),
        },
        Kind::Quantities(_) | Kind::Numbers(..) | Kind::List if rest.len() == 1 => {
            one_of_list(table.get_mut(name), rest[0], node)
        }
        _ if !rest.is_empty() => Err(format!("`{name}` is a value itself")),
        _ => {
            // Hours given one way are no longer given the other.
            if let Some((_, _, other)) = INSTEAD.iter().find(|x| (x.0, x.1) == (spec.name, *name)) {
                table.entries.retain(|(key, _)| key.name != *other);
            }
            if let Some(old) = table.get_mut(name) {
                *old = node.clone();
            } else {
                table.entries.push((Key { name: (*name).to_owned(), at: node.at }, node.clone()));
            }
            Ok(())
        }
    }
}

/// `point.A.track_lengths_m.0=...`
fn one_of_list(list: Option<&mut Node>, number: &str, node: &Node) -> Result<(), String> {
    let Some(list) = list else {
        return Err("the list is empty".into());
    };
    if let Value::Cell(s) = &list.value {
        let at = list.at;
        let cells = s.split(';').map(|p| Node { at, value: Value::Cell(p.trim().to_owned()) }).collect();
        list.value = Value::List(cells);
    }
    let Value::List(items) = &mut list.value else {
        return Err("it is no list".into());
    };
    let n = items.len();
    let item = number.parse().ok().and_then(|i: usize| items.get_mut(i));
    *item.ok_or_else(|| format!("the list has items 0 to {}", n.saturating_sub(1)))? = node.clone();
    Ok(())
}
