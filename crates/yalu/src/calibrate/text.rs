//! A calibration for the terminal.

use super::Told;
use crate::score::text::figure;
use yalu_regime::Dates;
use yalu_report::number::percent;
use yalu_report::{Align, Summary, TextTable, summary};
use yalu_score::Together;
use yalu_trade::TABLE;
use yalu_trade::calibrate::Calibration;

/// Width of 90 % of a posterior, as a share of the prior's, above which the months say nothing of a parameter.
const NOTHING_SAID: f64 = 0.8;

/// All of it.
pub fn text(t: &Told, colour: bool, width: usize) -> String {
    let mut tables = Vec::new();
    let mut notes = Vec::new();
    for r in &t.readings {
        tables.push(held(t, r));
    }
    if let Some(r) = t.readings.first() {
        tables.push(posterior(r));
        notes.push(format!(
            "History matching leaves {} of the prior. Ranges are of accepted runs, dates of regimes {}.",
            percent(r.plausible_share),
            dates(r.dates)
        ));
        let blind: Vec<&str> =
            r.posterior.iter().filter(|p| p.width >= NOTHING_SAID).map(|p| TABLE[p.param].id).collect();
        if !blind.is_empty() {
            notes.push(format!("The months say nothing of {}: as wide as before.", blind.join(", ")));
        }
        for p in &r.pairs {
            let [a, b] = p.params.map(|i| TABLE[i].id);
            notes.push(format!("Not told apart: {a} and {b} (correlation {:.2}).", p.correlation));
        }
    }
    notes.push(
        "All other uncertain inputs of the folder are drawn from their own ranges and stayed at them. Months kept aside \
         were not looked at before they were scored; errors in log10, 0.30 is a factor of two."
            .into(),
    );
    let s = Summary {
        heading: format!("{}: the day-level trade model calibrated on {}", t.c.title, t.file),
        facts: vec![
            ("months".into(), t.task.known.len().to_string()),
            ("runs".into(), t.readings.iter().map(|r| r.runs).sum::<u32>().to_string()),
            ("parameters".into(), format!("{} free", TABLE.len())),
        ],
        tables,
        notes,
    };
    summary(&s, colour, width)
}

fn dates(d: Dates) -> &'static str {
    match d {
        Dates::Widened => "widened to their uncertainty",
        Dates::AsGiven => "as given",
    }
}

/// How months kept aside were met.
fn held(t: &Told, r: &Calibration) -> TextTable {
    let heads = ["RMS", "without worst", "all months", "in 90 %", "width", "CRPS", "last known", "neighbours"];
    let mut columns = vec![("kept aside".to_string(), Align::Left)];
    columns.extend(heads.iter().map(|h| ((*h).to_string(), Align::Right)));
    let names = std::iter::once(("half".to_string(), "random halves, mean of 20".to_string()))
        .chain(t.blocks.iter().map(|b| (b.clone(), format!("whole {b}"))));
    let mut rows = Vec::new();
    for (begin, name) in names {
        let of = |f: fn(&Together) -> f64| r.mean(&begin, |h| h.sums.above_small.as_ref().map(f));
        let shown = |x: Option<f64>| x.map_or("–".to_string(), |x| format!("{x:.3}"));
        let row = vec![
            name,
            shown(of(|t| t.rms)),
            shown(of(|t| t.rms_without_worst)),
            shown(r.mean(&begin, |h| h.sums.above_least.map(|t| t.rms))),
            of(|t| t.inside90).map_or("–".into(), percent),
            of(|t| t.width90).map_or("–".into(), |x| format!("{x:.2}")),
            shown(of(|t| t.crps)),
            shown(r.mean(&begin, |h| h.baselines[0])),
            shown(r.mean(&begin, |h| h.baselines[1])),
        ];
        rows.push(row);
    }
    if let Some(f) = &r.fit.above_small {
        let mut row =
            vec!["none: the fit itself".to_string(), format!("{:.3}", f.rms), format!("{:.3}", f.rms_without_worst)];
        row.push(r.fit.above_least.map_or("–".into(), |t| format!("{:.3}", t.rms)));
        row.extend([percent(f.inside90), format!("{:.2}", f.width90), format!("{:.3}", f.crps)]);
        row.resize(9, "–".into());
        rows.push(row);
    }
    let note = format!(
        "Months above {} MUSD; `all months` are those above {} MUSD. The neighbours see the future.",
        t.task.small, t.task.least
    );
    TextTable { title: format!("Dates of regimes {}", dates(r.dates)), columns, rows, note }
}

fn posterior(r: &Calibration) -> TextTable {
    let mut columns = vec![("parameter".to_string(), Align::Left)];
    columns.extend(["5 %", "50 %", "95 %", "unit", "prior", "width"].map(|h| (h.to_string(), Align::Right)));
    let rows = r.posterior.iter().map(|p| {
        let of = &TABLE[p.param];
        let mut row = vec![of.id.to_string()];
        row.extend(p.values.map(small));
        row.push(of.unit.into());
        row.push(format!("{} – {}", small(of.at(0.0)), small(of.at(1.0))));
        row.push(format!("{:.2}", p.width));
        row
    });
    TextTable {
        title: "Parameters after the months".into(),
        columns,
        rows: rows.collect(),
        note: "Width: 90 % of it as a share of the same of the prior. docs/calibration.md tells their meaning.".into(),
    }
}

/// A value with as many decimals as it needs.
fn small(value: f64) -> String {
    if value < 0.1 { format!("{value:.4}") } else { figure(value) }
}
