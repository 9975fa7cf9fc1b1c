//! The border's section: where hours go, what is used, what binds, and the tracks of the day.

use crate::border as pictures;
use crate::{Figure, Section, plain};
use yalu_chart::{Captioned, WIDE};
use yalu_number::{Column, Table, Unit};
use yalu_study::{BorderMeasures, Seen, border_measures};
use yalu_view::border::{Binds, Measured, Waits, yard};
use yalu_view::run::Results;

/// The section; none without a border station or rail over the border.
pub fn section(r: &Results) -> Option<Section> {
    let c = &r.corridor;
    let (m, seen) = measured(r)?;
    let view = Measured::of(c, &m);
    if view.dwell.iter().all(|f| f.trains == 0) {
        return None;
    }
    let days: Vec<_> = r.plan.days.iter().map(|d| d.start).filter(|d| *d >= r.plan.report_from).collect();
    let mut figures = vec![
        Figure::of("border-dwell", &shown(r, pictures::dwell(&view)), WIDE),
        Figure::of("border-use", &shown(r, pictures::usage(&view)), WIDE),
    ];
    if let Some(yard) = yard(c, &seen, &days, None) {
        figures.push(Figure::of("border-gantt", &shown(r, pictures::yard(&yard)), WIDE).scrolling());
    }
    Some(Section {
        id: "border".into(),
        title: "The border: where the hours go".into(),
        short: "Border".into(),
        lead: plain(Binds::of(c, &m, std::slice::from_ref(&m)).sentences().join(" ")),
        figures,
        tables: vec![waits(&view, &r.shown()).into()],
        ..Section::default()
    })
}

/// The border of the run that is shown; none without a border station or rail over the border.
fn measured(r: &Results) -> Option<(BorderMeasures, Seen)> {
    let c = &r.corridor;
    let told = !c.border.stations.is_empty() && c.trade.routes.iter().any(|x| x.rail.is_some());
    let run = (&r.ensemble.central, &r.ensemble.trace);
    told.then(|| border_measures(c, &r.plan, r.draw(), run, None))
}

/// A picture that says which run it is of.
fn shown<C: Captioned>(r: &Results, mut chart: C) -> C {
    let foot = &mut chart.caption().foot;
    *foot = foot.replace("Central run.", &r.shown());
    chart
}

/// Waiting by reason, and the share of all waiting at the border.
fn waits(m: &Measured, shown: &str) -> Table {
    let flows: Vec<_> = m.dwell.iter().filter(|f| f.trains > 0).collect();
    let mut columns = vec![Column::text("reason", "Waiting for")];
    for (i, f) in flows.iter().enumerate() {
        columns.push(Column::number(&format!("waits_{i}_h"), &format!("{}, h a train", f.title), Unit::Number));
        columns.push(Column::number(&format!("share_{i}"), "share of its hours", Unit::Share));
    }
    let row = |(i, reason): (usize, &&str)| {
        let mut row = vec![(*reason).into()];
        for f in &flows {
            let h = f.waits()[i];
            row.extend([h.into(), if f.train.mean_h > 0.0 { h / f.train.mean_h } else { 0.0 }.into()]);
        }
        row
    };
    Table {
        id: "border-waits".into(),
        title: "Waiting at the border by reason".into(),
        columns,
        rows: Waits::REASONS.iter().enumerate().map(row).collect(),
        note: format!("{shown} Trains that were done with the border; `yalu border` shows more and compares changes."),
    }
}
