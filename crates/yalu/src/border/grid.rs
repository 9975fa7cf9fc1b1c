//! Values of inputs tried against counts that someone saw.

use super::stock::interval;
use crate::json::SCHEMA_VERSION;
use crate::period;
use crate::terminal::Problem;
use crate::words::field;
use serde_json::{Value, json};
use std::fmt::Write as _;
use yalu_border::flow::Interval;
use yalu_chart::{Caption, FitCell, FitGrid};
use yalu_model::Corridor;
use yalu_report::number::thousands;
use yalu_report::{Summary, TextTable};
use yalu_study::{CountSeen, Fit};
use yalu_units::{Instant, Span};

/// A key and the values to try.
pub type Axis = (String, Vec<String>);

/// What was tried, and how it came out.
pub struct Tried<'a> {
    /// The corridor.
    pub c: &'a Corridor,
    /// Keys.
    pub keys: Vec<Axis>,
    /// Which value of each key, cell by cell.
    pub cells: Vec<Vec<usize>>,
    /// Counts.
    pub counts: Vec<CountSeen>,
    /// How each cell came out.
    pub fits: Vec<Fit>,
    /// First day told.
    pub from: Instant,
    /// Command that makes the same results.
    pub command: String,
    /// Seconds it took.
    pub wall_s: f64,
}

/// Reads `KEY=VALUE,VALUE`.
pub fn axis(text: &str) -> Result<Axis, Problem> {
    let wrong = || {
        Problem::new(format!("--grid {text} has no values"))
            .help("write a key and its values, as in --grid hold.uiju.capacity_t=6000,12000,25000")
    };
    let (key, values) = text.split_once('=').ok_or_else(wrong)?;
    let values: Vec<String> = values.split(',').map(|v| v.trim().to_string()).filter(|v| !v.is_empty()).collect();
    if values.is_empty() { Err(wrong()) } else { Ok((key.trim().to_string(), values)) }
}

/// Reads `FROM..TO=LEAST..MOST`.
pub fn count(c: &Corridor, text: &str) -> Result<CountSeen, Problem> {
    let wrong = || {
        Problem::new(format!("--seen {text} is no count"))
            .help("write first and last day, then least and most wagons a day: --seen 2022-01-17..2022-04-28=10..15")
    };
    let (days, wagons) = text.split_once('=').ok_or_else(wrong)?;
    let (first, last) = days.split_once("..").ok_or_else(wrong)?;
    let from = period::day(c, "--seen", first.trim())?;
    let last = period::day(c, "--seen", last.trim())?;
    let to = period::next_midnight(period::zone(c), last).unwrap_or(c.to);
    let Interval { least: low, most: high } = interval("--seen", wagons)?;
    if to <= from { Err(wrong()) } else { Ok(CountSeen { from, to, low, high }) }
}

/// All ways to take one value of each key, the last key fastest.
pub fn cells(keys: &[Axis]) -> Vec<Vec<usize>> {
    keys.iter().fold(vec![Vec::new()], |all, (_, values)| {
        all.iter().flat_map(|c| (0..values.len()).map(move |i| c.iter().copied().chain([i]).collect())).collect()
    })
}

/// A cell as a change of the scenario.
pub fn change(keys: &[Axis], cell: &[usize]) -> String {
    let one = |((key, values), i): (&Axis, &usize)| format!("{key}={}", values[*i]);
    keys.iter().zip(cell).map(one).collect::<Vec<_>>().join(",")
}

impl Tried<'_> {
    fn value(&self, cell: &[usize], key: usize) -> &str {
        &self.keys[key].1[cell[key]]
    }

    /// A count in words, `17 Jan – 28 Apr: 10 – 15`.
    fn told(&self, x: &CountSeen) -> String {
        let zone = period::zone(self.c);
        format!(
            "{} to {}: {} to {}",
            period::shown(zone, x.from),
            period::shown(zone, x.to + Span(-1)),
            thousands(x.low, 0),
            thousands(x.high, 0)
        )
    }

    fn best(&self) -> Option<(&Vec<usize>, &Fit)> {
        self.cells.iter().zip(&self.fits).max_by(|a, b| a.1.all.cmp(&b.1.all).then(b.0.cmp(a.0)))
    }

    /// What the grid says, in a sentence.
    fn finding(&self) -> String {
        let n = self.fits.iter().filter(|f| f.all > 0).count();
        let Some((cell, best)) = self.best() else { return "Nothing was tried.".into() };
        if best.all == 0 {
            let never: Vec<String> = self
                .counts
                .iter()
                .enumerate()
                .filter(|(i, _)| self.fits.iter().all(|f| f.each[*i] == 0))
                .map(|(_, x)| self.told(x))
                .collect();
            return if never.is_empty() {
                "No value tried makes all counts true in one run, though each alone can be.".into()
            } else {
                format!("No value tried makes all counts true: never {}.", never.join("; "))
            };
        }
        format!(
            "All counts are true in some run for {n} of {} values tried, most often ({} of {} runs) for {}.",
            self.cells.len(),
            best.all,
            best.runs,
            change(&self.keys, cell)
        )
    }
}

/// The grid in the terminal's words.
pub fn text(t: &Tried, colour: bool, width: usize) -> String {
    let letters = |i: usize| super::tables::letter(i);
    let mut columns: Vec<_> =
        t.keys.iter().map(|(k, _)| super::tables::right(k.rsplit('.').next().unwrap_or(k))).collect();
    for i in 0..t.counts.len() {
        columns.push(super::tables::right(&format!("{} a day", letters(i))));
        columns.push(super::tables::right(&format!("{} true", letters(i))));
    }
    columns.push(super::tables::right("all true"));
    let rows = t.cells.iter().zip(&t.fits).map(|(cell, f)| {
        let mut row: Vec<String> = (0..t.keys.len()).map(|k| t.value(cell, k).to_string()).collect();
        for i in 0..t.counts.len() {
            row.push(thousands(f.central[i], 1));
            row.push(format!("{}", f.each[i]));
        }
        row.push(format!("{} of {}", f.all, f.runs));
        row
    });
    let told: Vec<(String, String)> =
        t.counts.iter().enumerate().map(|(i, x)| (format!("Count {}", letters(i)), t.told(x))).collect();
    let s = Summary {
        heading: format!("{}: which values make the counts true", t.c.title),
        facts: [("Finding".to_string(), t.finding())].into_iter().chain(told).collect(),
        tables: vec![TextTable {
            title: "Loaded wagons a day of the first rail route, and runs in which a count is true".into(),
            columns,
            rows: rows.collect(),
            note: "a day: central run; true: of the runs in which every other uncertain input is drawn".into(),
        }],
        notes: vec![format!("Again: {}", t.command)],
    };
    yalu_report::summary(&s, colour, width)
}

/// One row a cell.
pub fn csv(t: &Tried) -> String {
    let mut out: Vec<String> = t.keys.iter().map(|(k, _)| field(k)).collect();
    for i in 0..t.counts.len() {
        out.extend([format!("count_{i}_a_day"), format!("count_{i}_true")]);
    }
    out.extend(["all_true".to_string(), "runs".into()]);
    let mut out = format!("{}\n", out.join(","));
    for (cell, f) in t.cells.iter().zip(&t.fits) {
        let mut row: Vec<String> = (0..t.keys.len()).map(|k| field(t.value(cell, k))).collect();
        for i in 0..t.counts.len() {
            row.extend([format!("{:.2}", f.central[i]), f.each[i].to_string()]);
        }
        row.extend([f.all.to_string(), f.runs.to_string()]);
        let _ = writeln!(out, "{}", row.join(","));
    }
    out
}

/// The grid as JSON (docs/json.md).
pub fn json(t: &Tried) -> Value {
    let zone = period::zone(t.c);
    json!({
        "schema_version": SCHEMA_VERSION,
        "scenario": t.c.id,
        "title": t.c.title,
        "finding": t.finding(),
        "counts": t.counts.iter().map(|x| json!({
            "from": period::shown(zone, x.from), "to": period::shown(zone, x.to + Span(-1)),
            "least_per_day": x.low, "most_per_day": x.high,
        })).collect::<Vec<_>>(),
        "first_week": period::shown(zone, t.from),
        "cells": t.cells.iter().zip(&t.fits).map(|(cell, f)| json!({
            "values": t.keys.iter().enumerate().map(|(k, (key, _))| (key.clone(), json!(t.value(cell, k))))
                .collect::<serde_json::Map<String, Value>>(),
            "wagons_per_day": f.central, "true_in": f.each, "all_true_in": f.all, "runs": f.runs,
            "wagons_per_day_by_week": f.by_week,
        })).collect::<Vec<_>>(),
        "command": t.command,
        "wall_s": t.wall_s,
    })
}

/// The grid as a picture: the first key down, the second across, further keys as rows of their own.
pub fn chart(t: &Tried) -> FitGrid {
    let (down, across) = (0, 1.min(t.keys.len().saturating_sub(1)));
    let short = |k: usize| t.keys[k].0.rsplit('.').next().unwrap_or("").to_string();
    let row = |cell: &[usize]| -> String {
        let others = (0..t.keys.len()).filter(|k| t.keys.len() < 2 || *k != across);
        others.map(|k| format!("{} {}", short(k), t.value(cell, k))).collect::<Vec<_>>().join(", ")
    };
    let columns = if t.keys.len() < 2 { vec![short(down)] } else { t.keys[across].1.clone() };
    let mut rows: Vec<(String, Vec<Option<FitCell>>)> = Vec::new();
    let mut order: Vec<usize> = (0..t.cells.len()).collect();
    order.sort_by_key(|i| {
        let c = &t.cells[*i];
        (c[2.min(c.len())..].to_vec(), c[down])
    });
    for i in order {
        let (cell, f) = (&t.cells[i], &t.fits[i]);
        let name = row(cell);
        let at = rows.iter().position(|r| r.0 == name).unwrap_or(rows.len());
        if at == rows.len() {
            rows.push((name, vec![None; columns.len()]));
        }
        let column = if t.keys.len() < 2 { 0 } else { cell[across] };
        let words = f.central.iter().map(|v| thousands(*v, 1)).collect::<Vec<_>>().join(" / ");
        rows[at].1[column] = Some(FitCell { share: f.share(), words });
    }
    let counts: Vec<String> = t.counts.iter().map(|x| t.told(x)).collect();
    FitGrid {
        caption: Caption {
            title: t.finding(),
            subtitle: format!(
                "Share of runs in which all counts are true, darker is more; numbers: loaded wagons a day in the central run over {}",
                counts.join(" / ")
            ),
            foot: "Every other uncertain input is drawn in each run. Counts are wagons a day; the model’s wagons are full.".into(),
            shown: true,
        },
        across: if t.keys.len() < 2 { String::new() } else { t.keys[across].0.clone() },
        columns,
        rows,
    }
}
