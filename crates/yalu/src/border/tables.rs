//! Tables for the terminal, readable at 80 columns.

use super::{Told, words};
use yalu_report::number::{percent, thousands};
use yalu_report::{Align, TextTable};
use yalu_study::{BorderFigure, Changed, FlowDwell, WaitReason, changed};

pub(super) fn left(name: &str) -> (String, Align) {
    (name.into(), Align::Left)
}

pub(super) fn right(name: &str) -> (String, Align) {
    (name.into(), Align::Right)
}

fn hours(h: f64) -> String {
    thousands(h, usize::from(h.abs() < 99.95))
}

/// All tables, in order.
pub(super) fn all(told: &Told) -> Vec<TextTable> {
    let mut out = Vec::new();
    for flow in &told.runs.central.flows {
        out.push(dwell(told, flow));
    }
    out.extend(reasons(told));
    out.push(resources(told));
    out.push(tracks(told));
    for (route, _) in told.rail() {
        out.extend(effects(told, route));
    }
    out
}

fn dwell(told: &Told, flow: &FlowDwell) -> TextTable {
    let c = &told.corridor;
    let mut rows: Vec<Vec<String>> = flow
        .steps
        .iter()
        .map(|s| {
            let place = s.station.map_or(String::new(), |i| format!("{}: ", words::station(c, i)));
            let waits: f64 = s.waits_train.iter().sum();
            let figures = [s.train.mean, s.train.p50, s.train.p90, waits, s.wagon.mean, s.wagon.p50, s.wagon.p90];
            std::iter::once(format!("{place}{}", words::step(c, s.what))).chain(figures.map(hours)).collect()
        })
        .collect();
    if flow.cuts > 0 {
        let f = flow;
        let whole = [f.train.mean, f.train.p50, f.train.p90, f.waiting[0], f.wagon.mean, f.wagon.p50, f.wagon.p90];
        rows.push(std::iter::once("at the border, all of it".to_string()).chain(whole.map(hours)).collect());
    }
    TextTable {
        title: format!("{}: hours by activity", words::flow(c, flow)),
        columns: vec![
            left("activity, its wait with it"),
            right("train mean"),
            right("P50"),
            right("P90"),
            right("waits"),
            right("wagon mean"),
            right("P50"),
            right("P90"),
        ],
        rows,
        note: format!(
            "{} trains, {} wagons; central run; a wagon counts as often as its train has wagons",
            thousands(flow.cuts as f64, 0),
            thousands(flow.wagons as f64, 0)
        ),
    }
}

fn reasons(told: &Told) -> Option<TextTable> {
    let flows: Vec<&FlowDwell> = told.runs.central.flows.iter().filter(|f| f.cuts > 0).collect();
    if flows.is_empty() {
        return None;
    }
    let sum = |f: &FlowDwell, r: WaitReason| -> f64 {
        f.steps.iter().map(|s| s.waits_train[r as usize] * s.cuts as f64).sum::<f64>() / f.cuts.max(1) as f64
    };
    let rows = WaitReason::ALL
        .into_iter()
        .map(|r| std::iter::once(words::reason(r).to_string()).chain(flows.iter().map(|f| hours(sum(f, r)))).collect())
        .collect();
    let mut columns = vec![left("waiting, hours a train")];
    columns.extend(flows.iter().map(|f| {
        let c = &told.corridor;
        let route = words::route(c, f.route);
        right(&format!("{route}{}", if f.loaded { "" } else { ", empties" }))
    }));
    Some(TextTable { title: "Waiting by reason".into(), columns, rows, note: String::new() })
}

fn resources(told: &Told) -> TextTable {
    let c = &told.corridor;
    let m = &told.runs.central;
    let all = m.binding.wagon_h.max(1e-9);
    let rows = m
        .resources
        .iter()
        .map(|r| {
            let caused: f64 = r.caused_wagon_h.iter().sum();
            vec![
                format!("{}: {}", words::station(c, r.station), words::resource(c, r.station, r.resource)),
                r.count.to_string(),
                thousands(r.open_h / m.running_days.max(1e-9), 1),
                percent(r.by_open_hour),
                percent(r.by_clock_hour),
                thousands(caused, 0),
                percent(caused / all),
            ]
        })
        .collect();
    TextTable {
        title: "Use of staff and plant by open hour, and what wagons waited for it".into(),
        columns: vec![
            left(""),
            right("no."),
            right("open h/day"),
            right("by open h"),
            right("(by clock)"),
            right("wagon-h"),
            right("share"),
        ],
        rows,
        note: "share: of all waiting; by clock stands there as the classic misreading, for closed hours are no room"
            .into(),
    }
}

fn tracks(told: &Told) -> TextTable {
    let rows = told.runs.central.tracks.iter().map(|t| {
        vec![
            words::station(&told.corridor, t.station).to_string(),
            t.tracks.to_string(),
            thousands(t.mean, 2),
            t.most.to_string(),
            percent(t.full_share),
            thousands(t.caused_wagon_h, 0),
        ]
    });
    TextTable {
        title: "Yard tracks".into(),
        columns: vec![
            left(""),
            right("tracks"),
            right("held, mean"),
            right("most"),
            right("all held"),
            right("wagon-h waited"),
        ],
        rows: rows.collect(),
        note: String::new(),
    }
}

/// What the changes make of a route's figures; none without any.
fn effects(told: &Told, route: usize) -> Option<TextTable> {
    if told.variants.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    let mut pairs = 0;
    for f in BorderFigure::ALL {
        let Some(base) = told.runs.estimate(f, route).band() else { continue };
        let (name, unit) = words::figure(f);
        let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
        let base = yalu_report::number::band(base.p50, base.p05, base.p95, "");
        rows.push(vec![format!("{name}{unit}"), base, String::new()]);
        for (i, v) in told.variants.iter().enumerate() {
            let x = changed(&told.runs, &v.runs, f, route);
            let Some(with) = x.with.band() else { continue };
            pairs = pairs.max(x.with.defined());
            let with = yalu_report::number::band(with.p50, with.p05, with.p95, "");
            rows.push(vec![format!("  with {}", letter(i)), with, difference(&x)]);
        }
    }
    let names: Vec<String> =
        told.variants.iter().enumerate().map(|(i, v)| format!("{}: {}", letter(i), v.what)).collect();
    Some(TextTable {
        title: format!("What if, {}: {}", words::route(&told.corridor, route), names.join("; ")),
        columns: vec![left(""), right("median (5 – 95 %)"), right("change, pair by pair")],
        rows,
        note: format!("{pairs} pairs of runs with the same draws"),
    })
}

/// A, B, C ...
pub(super) fn letter(i: usize) -> char {
    char::from(b'A' + (i % 26) as u8)
}

/// A difference with its band and the pairs in which it went one way.
pub(super) fn difference(x: &Changed) -> String {
    let d = x.difference;
    let sign = if d.p50() > 0.0 { "+" } else { "" };
    let band = yalu_report::number::band(d.p50(), d.p05(), d.p95(), "");
    let (grew, fell) = x.grew_fell;
    let ways = match (grew, fell) {
        (0, 0) => "same in all".to_string(),
        (g, f) if g >= f => format!("up in {g}"),
        (_, f) => format!("down in {f}"),
    };
    format!("{sign}{band}, {ways}")
}
