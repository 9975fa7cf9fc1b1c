//! The border's section: where hours go, what is used, what binds, and the tracks of the day.

use crate::border::{charts, gantt, words};
use crate::results::Results;
use yalu_chart::WIDE;
use yalu_plan::Draw;
use yalu_report::number::{percent, thousands};
use yalu_report::{Align, Figure, Rich, Run, Section, Table, plain};
use yalu_study::{BorderMeasures, Seen, WaitReason, border_measures};

/// The section; none without a border station or rail over the border.
pub fn section(r: &Results) -> Option<Section> {
    let c = &r.corridor;
    let (m, seen) = measured(r)?;
    if m.flows.iter().all(|f| f.cuts == 0) {
        return None;
    }
    let days: Vec<_> = r.plan.days.iter().map(|d| d.start).filter(|d| *d >= r.plan.report_from).collect();
    let mut figures = vec![
        Figure::of("border-dwell", &charts::dwell(c, &m), WIDE),
        Figure::of("border-use", &charts::usage(c, &m), WIDE),
    ];
    if let Some(window) = gantt::window(c, &seen, &days) {
        figures.push(Figure::of("border-gantt", &gantt::gantt(c, &seen, window, None), WIDE));
    }
    Some(Section {
        id: "border".into(),
        title: "The border: where hours go, and what binds".into(),
        short: "Border".into(),
        lead: plain(words::binds(c, &m, std::slice::from_ref(&m)).join(" ")),
        figures,
        tables: vec![waits(r, &m)],
        ..Section::default()
    })
}

/// The border of the central run; none without a border station or rail over the border.
fn measured(r: &Results) -> Option<(BorderMeasures, Seen)> {
    let c = &r.corridor;
    let told = !c.stations.is_empty() && c.routes.iter().any(|x| x.rail.is_some());
    let run = (&r.ensemble.central, &r.ensemble.trace);
    told.then(|| border_measures(c, &r.plan, Draw::central(r.seed), run, None))
}

/// What binds, in a few words for the day's page: of the whole period, central run.
pub fn binds(r: &Results) -> Rich {
    let first = measured(r).and_then(|(m, _)| Some((m.binding.first()?, m.binding.at_stations)));
    let Some((first, at)) = first else { return plain("nothing waits") };
    let c = &r.corridor;
    let mut out = vec![
        Run::Bold(words::sentence_case(&words::cause(c, first.cause))),
        Run::Small(format!(" {} of all waiting", percent(first.share))),
    ];
    if let Some(at) = at.filter(|x| x.cause != first.cause) {
        let used = at.used.map_or(String::new(), |u| format!(", {} of its time in use", percent(u)));
        out.push(Run::Small(format!(
            "; at the stations {}{used}; central run, whole period",
            words::cause(c, at.cause)
        )));
    }
    out
}

/// Waiting by reason, and the share of all waiting at the border.
fn waits(r: &Results, m: &BorderMeasures) -> Table {
    let c = &r.corridor;
    let flows: Vec<_> = m.flows.iter().filter(|f| f.cuts > 0).collect();
    let of = |f: &yalu_study::FlowDwell, reason: WaitReason| -> f64 {
        let h: f64 = f.steps.iter().map(|s| s.waits_train[reason as usize] * s.cuts as f64).sum();
        h / f.cuts.max(1) as f64
    };
    let mut columns = vec![("Waiting for".to_string(), Align::Left)];
    for f in &flows {
        columns.push((format!("{}, h a train", words::flow(c, f)), Align::Right));
        columns.push(("share of its hours".into(), Align::Right));
    }
    let rows = WaitReason::ALL.into_iter().map(|reason| {
        let mut row = vec![plain(words::reason(reason))];
        for f in &flows {
            let h = of(f, reason);
            row.extend([
                plain(thousands(h, 1)),
                plain(percent(if f.train.mean > 0.0 { h / f.train.mean } else { 0.0 })),
            ]);
        }
        row
    });
    Table {
        id: "border-waits".into(),
        title: "Waiting at the border by reason".into(),
        columns,
        rows: rows.collect(),
        foot: "Central run, trains that were done with the border; `yalu border` tells more and compares changes."
            .into(),
    }
}
