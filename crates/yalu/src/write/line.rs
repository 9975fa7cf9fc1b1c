//! What trains on the line came to, as tables for files and for the terminal.

use yalu_report::number::thousands;
use yalu_report::{Align, TextTable};
use yalu_store::{DelayRow, LineRows, PunctualityRow};
use yalu_trace::Cause;
use yalu_view::names::direction;
use yalu_view::run::{Results, line_name};

/// Causes told on the terminal at most.
const CAUSES_TOLD: usize = 12;

/// Rows for the store.
pub fn rows(r: &Results) -> LineRows {
    let c = &r.corridor;
    let punctuality = r.line.punctuality.iter().map(|p| PunctualityRow {
        line: line_name(c, p.kind).to_string(),
        direction: direction(p.forward),
        point: c.line.points[p.point].id.clone(),
        trains: p.trains,
        late_min: p.late_min,
    });
    let delays = r.line.delays.iter().map(|d| DelayRow {
        cause: d.cause.name(),
        point: c.line.points[d.place.point].id.clone(),
        on_the_way: d.place.on_the_way,
        times: d.times,
        train_hours: d.train_hours,
    });
    LineRows { punctuality: punctuality.collect(), delays: delays.collect() }
}

/// Tables for the terminal: runs by service, and where delay arose.
pub fn tables(r: &Results) -> Vec<TextTable> {
    let c = &r.corridor;
    let left = |s: &str| (s.to_string(), Align::Left);
    let right = |s: &str| (s.to_string(), Align::Right);
    let minutes = |x: f64| thousands(x, 1);
    let runs = r.line.runs.iter().map(|x| {
        let end = r.line.punctuality.iter().rfind(|p| p.kind == x.kind && p.forward == x.forward);
        let late = end.map_or([0.0; 4], |p| p.late_min);
        let mut row = vec![
            format!("{}, {}", line_name(c, x.kind), direction(x.forward)),
            thousands(f64::from(x.arrived), 0),
            minutes(x.run_s[0] / 60.0),
        ];
        row.extend(late.map(minutes));
        row
    });
    let mut all = vec![TextTable {
        title: "Trains, minutes".into(),
        columns: vec![
            left(""),
            right("arrived"),
            right("run"),
            right("late: mean"),
            right("P50"),
            right("P90"),
            right("P99"),
        ],
        rows: runs.collect(),
        note: "run: scheduled departure to arrival; late at the end, against a run that nothing hinders".into(),
    }];
    let mut by_cause: std::collections::BTreeMap<Cause, (u32, f64, (f64, String))> = std::collections::BTreeMap::new();
    for d in &r.line.delays {
        let e = by_cause.entry(d.cause).or_default();
        e.0 += d.times;
        e.1 += d.train_hours;
        if d.train_hours > e.2.0 {
            let point = &c.line.points[d.place.point].name;
            e.2 = (d.train_hours, if d.place.on_the_way { format!("before {point}") } else { point.clone() });
        }
    }
    let mut causes: Vec<_> = by_cause.into_iter().collect();
    causes.sort_by(|a, b| b.1.1.total_cmp(&a.1.1));
    let told = causes.into_iter().take(CAUSES_TOLD).map(|(cause, (times, hours, (most, place)))| {
        vec![
            crate::words::cause(cause).to_string(),
            thousands(f64::from(times), 0),
            thousands(hours, 1),
            format!("{place}, {}", thousands(most, 1)),
        ]
    });
    all.push(TextTable {
        title: "Where delay arose, train-hours".into(),
        columns: vec![left(""), right("times"), right("train-hours"), left("most at")],
        rows: told.collect(),
        note: String::new(),
    });
    all
}
