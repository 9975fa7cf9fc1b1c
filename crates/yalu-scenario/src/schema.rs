//! JSON Schema of each file, from the description.

use crate::describe::{FILES, Field, Format, Kind, Limits, TableSpec};
use serde_json::{Map, Value, json};

/// Schemas (draft 2020-12) by file name. A CSV file is described as the list of its rows.
pub fn schemas() -> Vec<(String, Value)> {
    FILES
        .iter()
        .map(|f| {
            let mut schema = match f.format {
                Format::Toml => table(f.root, false),
                Format::Csv => json!({ "type": "array", "items": table(f.root, true) }),
            };
            if let Some(o) = schema.as_object_mut() {
                o.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
                o.insert("title".into(), json!(f.name));
                o.insert("description".into(), json!(f.doc));
            }
            (f.name.to_owned(), schema)
        })
        .collect()
}

fn table(spec: &TableSpec, csv: bool) -> Value {
    let mut properties: Map<String, Value> = spec.fields.iter().map(|f| (f.name.to_owned(), field(f, csv))).collect();
    if spec.basis {
        let min = usize::from(!csv);
        properties.insert(
            "source".into(),
            json!({ "type": "string", "minLength": min, "description": "Source of the numbers beside it." }),
        );
        properties.insert(
            "assumed".into(),
            json!({ "type": "string", "minLength": min, "description": "Why the numbers beside it are assumed." }),
        );
    }
    let required: Vec<&str> = spec.fields.iter().filter(|f| f.required).map(|f| f.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn field(f: &Field, csv: bool) -> Value {
    let mut v = kind(f.kind, csv);
    if let Some(o) = v.as_object_mut() {
        o.insert("description".into(), json!(f.doc));
    }
    v
}

const RANGE: &str = r"^\s*-?[0-9.]+(\s*\.\.\s*-?[0-9.]+){0,2}\s*$";

fn list(items: &Value, csv: bool) -> Value {
    if csv { json!({ "type": "string" }) } else { json!({ "type": "array", "items": items }) }
}

fn number(l: Limits) -> Value {
    json!({ "type": "number", "minimum": l.min, "maximum": l.max, "x-unit": l.unit })
}

fn quantity(l: Limits, csv: bool) -> Value {
    let range = json!({ "type": "string", "pattern": RANGE });
    if csv {
        return json!({ "anyOf": [number(l), range], "x-unit": l.unit });
    }
    let detailed = json!({
        "type": "object",
        "properties": {
            "value": { "anyOf": [number(l), range.clone()] },
            "source": { "type": "string", "minLength": 1 },
            "assumed": { "type": "string", "minLength": 1 },
        },
        "required": ["value"],
        "additionalProperties": false,
    });
    json!({ "anyOf": [number(l), range, detailed], "x-unit": l.unit })
}

fn kind(k: Kind, csv: bool) -> Value {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match k {
        Kind::Id => text(r"^[\p{L}\p{N}_-]{1,64}$"),
        Kind::Text | Kind::Zone => json!({ "type": "string" }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Ref(what) => json!({ "type": "string", "x-refers-to": what.place() }),
        Kind::Country => text("^[A-Z]{2}$"),
        Kind::Direction => text("^[A-Z]{2}-[A-Z]{2}$"),
        Kind::Integer(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Number(l) => number(l),
        Kind::Quantity(l) => quantity(l, csv),
        Kind::Words(words) => list(&json!({ "enum": words }), csv),
        Kind::Hs6 => text("^[0-9]{6}$"),
        Kind::HsCodes => list(&text("^[0-9]{2}([0-9]{2}([0-9]{2})?)?$"), csv),
        Kind::Bans => list(&text("^([A-Z]{2}-[A-Z]{2}:)?([*]|[0-9]{2}([0-9]{2}([0-9]{2})?)?)$"), csv),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Date => text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        Kind::LooseDate => text("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
        Kind::Month => text("^[0-9]{4}-[0-9]{2}$"),
        Kind::Weekdays => json!({ "anyOf": [
            { "const": "daily" },
            { "type": "array", "items": { "enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } },
        ] }),
        Kind::Texts => list(&json!({ "type": "string" }), csv),
        Kind::Refs(what) => list(&json!({ "type": "string", "x-refers-to": what.place() }), csv),
        Kind::Countries => {
            json!({ "type": "array", "items": { "type": "string", "pattern": "^[A-Z]{2}$" }, "minItems": 2, "maxItems": 2 })
        }
        Kind::Directions => list(&text("^[A-Z]{2}-[A-Z]{2}$"), csv),
        Kind::Quantities(l) => list(&quantity(l, csv), csv),
        Kind::Numbers(n, l) => {
            json!({ "type": "array", "items": number(l), "minItems": n, "maxItems": n })
        }
        Kind::List => json!({ "type": "array", "items": { "type": "number" } }),
        Kind::Curve(x, y) => json!({ "type": "array", "minItems": 2, "items": {
            "type": "array", "prefixItems": [number(x), number(y)], "minItems": 2, "maxItems": 2,
        } }),
        Kind::Times => list(&text("^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"), csv),
        Kind::Dates => list(&text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), csv),
        Kind::Intervals => list(&text("^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$"), csv),
        Kind::Pairs => json!({ "type": "array", "items": {
            "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2,
        } }),
        Kind::Table(spec) => table(spec, csv),
        Kind::Tables(spec) => json!({ "type": "array", "items": table(spec, csv) }),
    }
}
