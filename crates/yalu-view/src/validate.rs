//! What `yalu validate` gives: oracles beside what the product computes.

use crate::SCHEMA_VERSION;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_number::{Cell, Column, Summary, Table, held_to};
use yalu_validate::{Finding, Oracle, Tolerance};

/// Oracles beside what the product computes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Validation {
    /// Version of all documents.
    pub schema_version: u32,
    /// Each oracle, by layer.
    pub oracles: Vec<HeldFigure>,
    /// How many pass.
    pub passed: usize,
    /// How many do not.
    pub failed: usize,
}

/// A figure published or computed independently, and what the product makes of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HeldFigure {
    /// Its name, parts joined by dots.
    pub id: String,
    /// The part of the product it holds to account.
    pub layer: &'static str,
    /// What is observed, in words.
    pub what: String,
    /// Unit of the figures; empty for numbers of things.
    pub unit: &'static str,
    /// The figure as the product gives it; null where nothing could be observed.
    pub observed: Option<f64>,
    /// The figure published or computed independently.
    pub expected: f64,
    /// How far from it is still right.
    pub tolerance: f64,
    /// Whether the tolerance is a share of the expected figure.
    pub relative: bool,
    /// Who published it, or how it was computed independently.
    pub source: &'static str,
    /// What the tests change by 1 % to see it fail.
    pub constant: &'static str,
    /// Whether it lies within the tolerance.
    pub pass: bool,
    /// Why nothing was observed; null where something was.
    pub error: Option<String>,
}

impl Validation {
    /// The view of what was found.
    pub fn of(found: &[(Oracle, Finding)]) -> Validation {
        let oracles: Vec<HeldFigure> = found.iter().map(|(o, f)| held(o, f)).collect();
        let passed = oracles.iter().filter(|o| o.pass).count();
        Validation { schema_version: SCHEMA_VERSION, passed, failed: oracles.len() - passed, oracles }
    }

    /// All of it in the terminal's words.
    pub fn summary(&self) -> Summary {
        let missed = self
            .oracles
            .iter()
            .filter(|o| !o.pass)
            .map(|o| format!("FAIL {}: {}", o.id, o.error.as_deref().unwrap_or("outside its tolerance")));
        let mut notes: Vec<String> = missed.collect();
        notes.push(format!("{} of {} pass", self.passed, self.oracles.len()));
        Summary {
            heading: "What Yalu computes beside figures published or computed independently".into(),
            facts: Vec::new(),
            tables: self.oracles.chunk_by(|a, b| a.layer == b.layer).map(table).collect(),
            notes,
        }
    }
}

fn held(o: &Oracle, f: &Finding) -> HeldFigure {
    let (tolerance, relative) = match o.tolerance {
        Tolerance::Absolute(by) => (by, false),
        Tolerance::Relative(share) => (share, true),
    };
    HeldFigure {
        id: o.id.clone(),
        layer: o.layer,
        what: o.what.clone(),
        unit: o.unit,
        observed: f.observed.as_ref().ok().copied(),
        expected: o.expected,
        tolerance,
        relative,
        source: o.source,
        constant: o.constant,
        pass: f.pass,
        error: f.observed.as_ref().err().map(ToString::to_string),
    }
}

impl HeldFigure {
    fn tolerated(&self) -> String {
        let t = self.tolerance;
        match self.relative {
            false if t == 0.0 => "exact".into(),
            false if t < 1e-4 => format!("{t:e}"),
            false => t.to_string(),
            true if t < 1e-4 => format!("{t:e} of it"),
            true => format!("{} %", t * 100.0),
        }
    }
}

/// The oracles of one layer, their sources numbered below where there are several.
fn table(oracles: &[HeldFigure]) -> Table {
    let mut sources: Vec<&str> = Vec::new();
    for o in oracles {
        if !sources.contains(&o.source) {
            sources.push(o.source);
        }
    }
    let number = |source: &str| sources.iter().position(|s| *s == source).map_or(0, |at| at + 1);
    let several = sources.len() > 1;
    let mut columns = vec![
        Column::text("what", ""),
        Column::text("observed", "observed").right(),
        Column::text("expected", "expected").right(),
        Column::text("tolerance", "tolerance").right(),
        Column::text("unit", "unit"),
    ];
    if several {
        columns.push(Column::count("source", "source"));
    }
    columns.push(Column::text("pass", ""));
    let row = |o: &HeldFigure| {
        let within = if o.relative { o.tolerance * o.expected.abs() } else { o.tolerance };
        let observed = o.observed.map_or("none".into(), |seen| held_to(seen, within));
        let mut row: Vec<Cell> = vec![
            o.what.as_str().into(),
            observed.into(),
            held_to(o.expected, within).into(),
            o.tolerated().into(),
            o.unit.into(),
        ];
        if several {
            row.push(number(o.source).into());
        }
        row.push(if o.pass { "pass" } else { "FAIL" }.into());
        row
    };
    let note = match sources.as_slice() {
        [one] => format!("Source: {one}"),
        all => {
            let each: Vec<String> = all.iter().map(|s| format!("{} {s}", number(s))).collect();
            format!("Sources: {}", each.join("; "))
        }
    };
    let layer = oracles.first().map_or("", |o| o.layer);
    Table { id: layer.into(), title: layer.into(), columns, rows: oracles.iter().map(row).collect(), note }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yalu_validate::run;

    fn found(observed: f64) -> Validation {
        let oracle = Oracle {
            id: "some.thing".into(),
            layer: "Some layer",
            what: "some thing".into(),
            unit: "s",
            expected: 748.4279,
            tolerance: Tolerance::Absolute(0.01),
            source: "someone",
            constant: "mass",
            observe: Box::new(move |_| Ok(observed)),
        };
        let finding = run(&oracle);
        Validation::of(&[(oracle, finding)])
    }

    #[test]
    fn a_miss_is_named() {
        let (met, missed) = (found(748.43), found(745.07));
        assert_eq!((met.failed, missed.failed), (0, 1));
        let text = missed.summary().text(false, 100);
        assert!(text.contains("745.07") && text.contains("FAIL some.thing") && text.contains("0 of 1 pass"), "{text}");
        assert!(!met.summary().text(false, 100).contains("FAIL"));
        assert!(!missed.oracles[0].pass);
    }
}
