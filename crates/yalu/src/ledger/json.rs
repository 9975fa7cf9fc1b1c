//! Reports as other programs read them (docs/json.md).

use crate::words::state;
use serde_json::{Map, Value, json};
use yalu_ledger::Belief;
use yalu_ledger::record::{FIELDS, Likeness, Report, Similar, content_hash, day_text, field_text};
use yalu_scenario::{Diagnostic, Severity};

/// A report: its filled fields, and the hash of its content.
pub fn report(r: &Report) -> Value {
    let mut out = Map::new();
    for field in FIELDS.iter().map(|f| f.name) {
        let value = match field {
            "derived" => r.derived.into(),
            "qty" => r.qty.into(),
            "qty_noise" => r.qty_noise.into(),
            _ => Value::from(field_text(r, field)),
        };
        let value = if value == "" { Value::Null } else { value };
        out.insert(field.into(), value);
    }
    out.insert("sha256".into(), content_hash(r).into());
    Value::Object(out)
}

/// Reports that a new one is like.
pub fn alike(found: &[Similar]) -> Value {
    let one = |s: &Similar| {
        json!({ "id": s.id, "origin": s.origin, "likeness": match s.likeness {
            Likeness::SameReport => "same_report",
            Likeness::SameOrigin => "same_origin",
        }})
    };
    found.iter().map(one).collect()
}

/// A problem.
pub fn problem(d: &Diagnostic) -> Value {
    json!({
        "code": d.code,
        "severity": match d.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "file": d.file, "line": d.line, "column": d.column, "length": d.length, "message": d.message, "help": d.help,
    })
}

/// A belief.
pub fn belief(b: &Belief) -> Value {
    json!({
        "date": day_text(b.day),
        "state": state(b.state()),
        "p_not_opened": b.not_opened,
        "p_suspended": b.suspended,
        "p_limited": b.limited,
        "p_open": b.open,
        "p_unknown": b.unknown(),
        "p_running": b.running(),
    })
}
