//! Accepted parameters as a file: what a calibration hands on.

use super::Told;
use crate::score::json::key;
use crate::terminal::Problem;
use serde_json::{Value, json};
use std::path::Path;
use yalu_trade::{PARAMS, TABLE, Values};

/// Accepted parameters of the headline, with what they rest on.
pub fn text(t: &Told) -> String {
    let accepted = t.readings.first().map_or(&[][..], |r| &r.accepted);
    let rows = accepted.iter().map(|l| Values::at(l).0.map(|v| (v * 1e6).round() / 1e6).to_vec());
    let months = t.task.known.iter().map(|k| key(k.month.civil()));
    let mut out = json!({
        "scenario": t.c.id,
        "dates": "widened",
        "seed": t.task.seed,
        "runs": t.readings.iter().map(|r| r.runs).sum::<u32>(),
        "months": months.collect::<Vec<_>>(),
        "parameters": TABLE.iter().map(|p| p.id).collect::<Vec<_>>(),
    })
    .to_string();
    // One accepted run a line, so that people can look at them.
    out.pop();
    out.push_str(",\"accepted\":[");
    for (i, row) in rows.enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        out.push_str(&json!(row).to_string());
    }
    out.push_str("\n]}\n");
    out
}

/// Reads accepted parameters.
pub fn read(path: &Path) -> Result<Vec<Values>, Problem> {
    let wrong = |why: String| {
        Problem::new(format!("{} is no calibration: {why}", path.display()))
            .help("`yalu calibrate DIR --observed FILE --posterior FILE` writes one")
    };
    let bytes =
        std::fs::read(path).map_err(|e| Problem::new(format!("{} cannot be read", path.display())).because(e))?;
    let all: Value = serde_json::from_slice(&bytes).map_err(|e| wrong(e.to_string()))?;
    let ids: Vec<&str> = all["parameters"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if ids != TABLE.map(|p| p.id) {
        return Err(wrong("its parameters are not those of this version".into()));
    }
    let mut out = Vec::new();
    for row in all["accepted"].as_array().into_iter().flatten() {
        let row: Vec<f64> = row.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        let values: [f64; PARAMS] = row.try_into().map_err(|_| wrong("a run has too few or many values".into()))?;
        let values = Values(values);
        values.check().map_err(|e| wrong(e.to_string()))?;
        out.push(values);
    }
    if out.is_empty() { Err(wrong("no run was accepted".into())) } else { Ok(out) }
}
