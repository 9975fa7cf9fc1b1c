//! `yalu validate`.

use super::{Ended, print};
use crate::args::Validate;
use crate::json::SCHEMA_VERSION;
use crate::terminal::{Problem, colour_out, width};
use rayon::prelude::*;
use serde_json::{Value, json};
use yalu_report::number::thousands;
use yalu_report::{Align, Summary, TextTable, summary};
use yalu_validate::{Finding, Oracle, Tolerance, oracles, run};

/// Most decimals of a figure in the table.
const MOST_DECIMALS: i32 = 10;

/// Observes all oracles, or those asked for.
pub fn validate(a: &Validate) -> Result<Ended, Problem> {
    let mut all = oracles();
    for id in &a.only {
        if !all.iter().any(|o| is_of(o, id)) {
            return Err(unknown(id, &all));
        }
    }
    all.retain(|o| a.only.is_empty() || a.only.iter().any(|id| is_of(o, id)));
    let found: Vec<(Oracle, Finding)> = all
        .into_par_iter()
        .map(|o| {
            let finding = run(&o);
            (o, finding)
        })
        .collect();
    if a.json {
        print(&format!("{:#}\n", object(&found)))?;
    } else {
        print(&summary(&told(&found), colour_out(), width()))?;
    }
    Ok(ended(&found))
}

/// Whether an id is that of an oracle, or its first parts.
fn is_of(o: &Oracle, id: &str) -> bool {
    o.id.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn unknown(id: &str, all: &[Oracle]) -> Problem {
    let mut first: Vec<&str> = all.iter().filter_map(|o| o.id.split('.').next()).collect();
    first.dedup();
    Problem::new(format!("there is no oracle {id}"))
        .help(format!("ids begin with {}; yalu validate --json has them all", first.join(", ")))
}

fn passed(found: &[(Oracle, Finding)]) -> usize {
    found.iter().filter(|(_, f)| f.pass).count()
}

fn ended(found: &[(Oracle, Finding)]) -> Ended {
    if passed(found) == found.len() { Ended::Fine } else { Ended::Findings }
}

fn object(found: &[(Oracle, Finding)]) -> Value {
    let one = |(o, f): &(Oracle, Finding)| {
        let (tolerance, relative) = match o.tolerance {
            Tolerance::Absolute(by) => (by, false),
            Tolerance::Relative(share) => (share, true),
        };
        json!({
            "id": o.id,
            "layer": o.layer,
            "what": o.what,
            "unit": o.unit,
            "observed": f.observed.as_ref().ok(),
            "expected": o.expected,
            "tolerance": tolerance,
            "relative": relative,
            "source": o.source,
            "constant": o.constant,
            "pass": f.pass,
            "error": f.observed.as_ref().err().map(ToString::to_string),
        })
    };
    json!({
        "schema_version": SCHEMA_VERSION,
        "oracles": found.iter().map(one).collect::<Vec<_>>(),
        "passed": passed(found),
        "failed": found.len() - passed(found),
    })
}

fn told(found: &[(Oracle, Finding)]) -> Summary {
    let missed = found.iter().filter(|(_, f)| !f.pass).map(|(o, f)| match &f.observed {
        Ok(_) => format!("FAIL {}: outside its tolerance", o.id),
        Err(e) => format!("FAIL {}: {e}", o.id),
    });
    let mut notes: Vec<String> = missed.collect();
    notes.push(format!("{} of {} pass", passed(found), found.len()));
    Summary {
        heading: "What Yalu computes beside figures published or computed independently".into(),
        facts: Vec::new(),
        tables: found.chunk_by(|a, b| a.0.layer == b.0.layer).map(table).collect(),
        notes,
    }
}

/// The oracles of one layer, their sources numbered below where there are several.
fn table(found: &[(Oracle, Finding)]) -> TextTable {
    let mut sources: Vec<&str> = Vec::new();
    for (o, _) in found {
        if !sources.contains(&o.source) {
            sources.push(o.source);
        }
    }
    let number = |source: &str| sources.iter().position(|s| *s == source).map_or(0, |at| at + 1).to_string();
    let several = sources.len() > 1;
    let mut columns = vec![
        (String::new(), Align::Left),
        ("observed".into(), Align::Right),
        ("expected".into(), Align::Right),
        ("tolerance".into(), Align::Right),
        ("unit".into(), Align::Left),
    ];
    if several {
        columns.push(("source".into(), Align::Right));
    }
    columns.push((String::new(), Align::Right));
    let rows = found.iter().map(|(o, f)| {
        let decimals = decimals(o.tolerance.of(o.expected));
        let observed = f.observed.as_ref().map_or("none".into(), |seen| figure(*seen, decimals));
        let mut row =
            vec![o.what.clone(), observed, figure(o.expected, decimals), tolerance(o.tolerance), o.unit.into()];
        if several {
            row.push(number(o.source));
        }
        row.push(if f.pass { "pass" } else { "FAIL" }.into());
        row
    });
    let note = match sources.as_slice() {
        [one] => format!("Source: {one}"),
        all => {
            let each: Vec<String> = all.iter().map(|s| format!("{} {s}", number(s))).collect();
            format!("Sources: {}", each.join("; "))
        }
    };
    TextTable { title: found.first().map_or("", |(o, _)| o.layer).into(), columns, rows: rows.collect(), note }
}

/// Decimals that show a figure a hundred times finer than its tolerance; of exact ones, that they are.
fn decimals(within: f64) -> usize {
    if within > 0.0 { (2 - within.log10().floor() as i32).clamp(0, MOST_DECIMALS) as usize } else { 3 }
}

/// A figure without zeros that end its decimals.
fn figure(value: f64, decimals: usize) -> String {
    let full = thousands(value, decimals);
    if full.contains('.') { full.trim_end_matches('0').trim_end_matches('.').to_string() } else { full }
}

fn tolerance(t: Tolerance) -> String {
    match t {
        Tolerance::Absolute(0.0) => "exact".into(),
        Tolerance::Absolute(by) if by < 1e-4 => format!("{by:e}"),
        Tolerance::Absolute(by) => by.to_string(),
        Tolerance::Relative(share) if share < 1e-4 => format!("{share:e} of it"),
        Tolerance::Relative(share) => format!("{} %", share * 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(observed: f64) -> Vec<(Oracle, Finding)> {
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
        vec![(oracle, finding)]
    }

    #[test]
    fn a_miss_is_told_and_ends_with_findings() {
        let (met, missed) = (found(748.43), found(745.07));
        assert_eq!((ended(&met), ended(&missed)), (Ended::Fine, Ended::Findings));
        let text = summary(&told(&missed), false, 100);
        assert!(text.contains("745.07") && text.contains("FAIL some.thing") && text.contains("0 of 1 pass"), "{text}");
        assert!(!summary(&told(&met), false, 100).contains("FAIL"));
        let object = object(&missed);
        assert_eq!((object["passed"].as_u64(), object["failed"].as_u64()), (Some(0), Some(1)));
        assert_eq!(object["oracles"][0]["pass"], false);
    }

    #[test]
    fn figures_show_what_their_tolerance_asks() {
        assert_eq!(figure(748.427_906, decimals(0.01)), "748.4279");
        assert_eq!(figure(9124.0, decimals(0.0)), "9,124");
        assert_eq!(figure(64.000_001, decimals(0.0)), "64");
        assert_eq!(tolerance(Tolerance::Relative(1e-9)), "1e-9 of it");
        assert_eq!(tolerance(Tolerance::Relative(1e-3)), "0.1 %");
        assert!(is_of(&found(1.0)[0].0, "some") && !is_of(&found(1.0)[0].0, "so"));
    }
}
