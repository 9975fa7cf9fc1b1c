//! The JSON Schema of every document, and docs/json.md made from it.

use crate::{
    border, calibrate, capacity, check, compare, contingency, diagram, forecast, ledger, run, score, show, status,
    study, train, validate,
};
use schemars::{JsonSchema, Schema, schema_for};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A document that a command prints.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name in the map of schemas.
    pub name: &'static str,
    /// How it is asked for.
    pub heading: &'static str,
    /// Its JSON Schema.
    pub schema: Schema,
}

/// All documents that are views, in the order of docs/json.md.
pub fn documents() -> Vec<Document> {
    fn of<T: JsonSchema>(name: &'static str, heading: &'static str) -> Document {
        Document { name, heading, schema: schema_for!(T) }
    }
    vec![
        of::<run::Run>("run", "`yalu run DIR --json` (also `run.json`)"),
        of::<train::TrainRun>("train", "`yalu line train DIR --service ID --json` (also `train.json`)"),
        of::<diagram::Diagram>("diagram", "`yalu line diagram DIR --json`"),
        of::<capacity::Capacity>("capacity", "`yalu line capacity DIR --json` (also `capacity.json`)"),
        of::<border::Border>("border", "`yalu border DIR --json` (also `border.json`)"),
        of::<border::grid::Grid>("grid", "`yalu border DIR --grid KEY=VALUE,.. --json` (also `grid.json`)"),
        of::<ledger::Listed>("reports-list", "`yalu reports list DIR --json`"),
        of::<ledger::InFull>("reports-show", "`yalu reports show DIR ID --json`"),
        of::<ledger::Added>("reports-add", "`yalu reports add DIR --json`"),
        of::<ledger::Imported>("reports-import", "`yalu reports import DIR FILE --json`"),
        of::<ledger::Exported>("reports-export", "`yalu reports export DIR -o FILE --json`"),
        of::<ledger::Verified>("reports-verify", "`yalu reports verify DIR --json`"),
        of::<ledger::Sealed>("reports-seal", "`yalu reports seal DIR --json`"),
        of::<ledger::ByDay>("reports-belief", "`yalu reports belief DIR --json`"),
        of::<ledger::RecordScore>("reports-score", "`yalu reports score DIR --truth FILE --json`"),
        of::<status::Reasoned>("reports-why", "`yalu reports why DIR --json`"),
        of::<status::Status>("status", "`yalu status DIR --json`"),
        of::<forecast::Ahead>("status-ahead", "`yalu status DIR --ahead --json`"),
        of::<compare::Compare>("compare", "`yalu whatif compare DIR .. --json` (also `compare.json`)"),
        of::<contingency::Contingency>(
            "contingency",
            "`yalu whatif sheet DIR --close X --json` (also `contingency.json`)",
        ),
        of::<score::Score>("score", "`yalu fit score DIR --observed FILE --json`"),
        of::<calibrate::Calibrate>("calibrate", "`yalu fit calibrate DIR --observed FILE --json`"),
        of::<study::Study>("study", "`yalu study FILE --json` (also `study.json`)"),
        of::<study::ShardStates>("study-status", "`yalu study status DIR --json`"),
        of::<check::Checked>("check", "`yalu check DIR --json`"),
        of::<show::Shown>("show", "`yalu show DIR --json`"),
        of::<validate::Validation>("validate", "`yalu validate --json`"),
    ]
}

impl Document {
    /// Its section of docs/json.md: a row a key, types that occur twice described once.
    pub fn markdown(&self) -> String {
        let root = self.schema.as_value();
        let intro = meaning(root);
        let mut out = format!("## {}\n\n{intro}\n\n| key | type | meaning |\n|---|---|---|\n", self.heading);
        let mut walk =
            Walk { types: root.get("$defs").and_then(Value::as_object), seen: BTreeSet::new(), out: &mut out };
        walk.object(root, "");
        out
    }
}

/// What a type or a key is, in one line.
fn meaning(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().replace('\n', " ")
}

struct Walk<'a> {
    types: Option<&'a Map<String, Value>>,
    seen: BTreeSet<String>,
    out: &'a mut String,
}

impl Walk<'_> {
    /// A row for each key of an object, and for each way in which it may go on.
    fn object(&mut self, schema: &Value, path: &str) {
        let properties = |s: &Value| s.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        let ways = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|k| schema.get(k)?.as_array().cloned());
        let ways: Vec<Value> = ways.flatten().collect();
        for part in std::iter::once(schema).chain(&ways) {
            for (key, value) in properties(part) {
                self.key(&format!("{path}{key}"), &value);
            }
        }
    }

    fn key(&mut self, path: &str, schema: &Value) {
        let Shape { name, inner, path } = self.shape(schema, path.to_owned());
        let meaning = meaning(schema);
        let known = inner.as_ref().is_some_and(|(name, _)| self.seen.contains(name));
        let as_above = if known { " (as above)" } else { "" };
        let _ = writeln!(self.out, "| `{path}` | {name}{as_above} | {meaning} |");
        if let Some((name, inner)) = inner.filter(|_| !known) {
            self.seen.insert(name);
            self.object(&inner, &format!("{path}."));
        }
    }

    /// What a value is in words, and the object inside it.
    fn shape(&self, schema: &Value, path: String) -> Shape {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next()) {
            let inner = self.types.and_then(|t| t.get(name)).cloned().unwrap_or_default();
            if name == "Estimate" {
                return Shape { name: "estimate".into(), inner: None, path };
            }
            return match inner.get("properties") {
                Some(_) => Shape { name: "object".into(), inner: Some((name.to_owned(), inner)), path },
                None => self.shape(&inner, path),
            };
        }
        for k in ["anyOf", "oneOf", "allOf"] {
            let Some(ways) = schema.get(k).and_then(Value::as_array) else { continue };
            let is_null = |w: &&Value| w.get("type").and_then(Value::as_str) == Some("null");
            if let [one] = ways.iter().filter(|w| !is_null(w)).collect::<Vec<_>>()[..] {
                let or_null = if ways.iter().any(|w| is_null(&w)) { " or null" } else { "" };
                let shape = self.shape(one, path);
                return Shape { name: format!("{}{or_null}", shape.name), ..shape };
            }
        }
        if let Some(items) = schema.get("items") {
            let shape = self.shape(items, format!("{path}[]"));
            return Shape { name: format!("list of {}", shape.name), ..shape };
        }
        if let Some(values) = schema.get("additionalProperties").filter(|v| v.is_object()) {
            let shape = self.shape(values, path);
            return Shape { name: format!("{} by key", shape.name), ..shape };
        }
        let name = match schema.get("type") {
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
            Some(Value::String(name)) => name.clone(),
            _ => "any".into(),
        };
        Shape { name, inner: None, path }
    }
}

/// A value in words, the named object inside it, and the path with its lists.
struct Shape {
    name: String,
    inner: Option<(String, Value)>,
    path: String,
}
