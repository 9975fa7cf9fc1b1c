//! The run in the terminal's words.

use crate::words::step;
use yalu_number::Band;
use yalu_report::number::{band as band_text, percent, thousands, tonnes};
use yalu_report::{Align, Summary, TextTable};
use yalu_sim::MonthOutcome;
use yalu_study::{assumed_share, dwells, queue_peaks};
use yalu_trace::Trace;
use yalu_units::Mass;
use yalu_view::run::{Results, usd};

/// Horizons longer than this many months are told by year.
const MONTHS_TOLD: usize = 24;

/// The summary of a run.
pub fn summary(r: &Results, colour: bool, width: usize) -> String {
    let told = r.ensemble.trace.since(r.plan.report_from);
    let mut tables = Vec::new();
    if !r.corridor.trade.routes.is_empty() {
        tables.extend([months(r), routes(r)]);
        tables.extend(story_months(r));
        tables.push(queues(r, &told));
        tables.extend(reopenings(r));
        tables.push(dwell(r, &told));
    }
    tables.extend(super::line::tables(r));
    let s = Summary {
        heading: format!("{}, {} to {}", r.corridor.about.title, r.from(), r.to()),
        facts: facts(r),
        tables,
        notes: notes(r),
    };
    yalu_report::summary(&s, colour, width)
}

fn facts(r: &Results) -> Vec<(String, String)> {
    let central = &r.ensemble.central;
    let mut out = Vec::new();
    if !r.corridor.trade.routes.is_empty() {
        out.extend(trade(r));
    }
    if let Some(x) = &r.closure {
        let e = &x.exports_usd;
        out.push((
            format!("Cost of the closure of {}", r.corridor.border.crossings[x.closure.crossing].title),
            format!(
                "{} of exports not made, {} to {}, by paired runs left running",
                band_text(e.p50() / 1e6, e.p05() / 1e6, e.p95() / 1e6, "MUSD"),
                r.month(x.months.0),
                r.month(x.months.1)
            ),
        ));
    }
    out.push((
        "Assumed".into(),
        format!("{} of {} numeric inputs have no source", percent(assumed_share(&r.corridor)), r.corridor.inputs.len()),
    ));
    out.push((
        "Line".into(),
        format!(
            "{} deadlocks, {} moves refused for safety, {} rules broken",
            central.deadlocks,
            thousands(central.refused_for_safety as f64, 0),
            r.violations.len()
        ),
    ));
    if central.waiting_to_enter > 0 {
        let n = thousands(central.waiting_to_enter as f64, 0);
        out.push(("Overload".into(), format!("{n} trains had not found a way onto the line at the end")));
    }
    out.push((
        "Central run".into(),
        format!(
            "{} events of {} trains",
            thousands(central.events as f64, 0),
            thousands(r.ensemble.trace.trains.len() as f64, 0)
        ),
    ));
    out
}

/// What crossed, and its value.
fn trade(r: &Results) -> Vec<(String, String)> {
    let central = &r.ensemble.central;
    let [forward, back] = r.directions();
    let w = r.wagons();
    let sum = |of: fn(&MonthOutcome) -> f64| r.months().iter().map(of).sum::<f64>();
    let with = |value: f64, b: Option<Band>, unit: &str| match b {
        Some(b) => format!("{} (central run {})", band_text(b.p50, b.p05, b.p95, unit), thousands(value, 0)),
        None => format!("{} {unit}", thousands(value, 0)),
    };
    let total = |of: fn(&MonthOutcome) -> f64| r.band(move |o| o.months.iter().map(of).sum());
    let mut out = vec![
        (
            "Freight trains over the border".into(),
            with(f64::from(r.trains_run()), total(|m| f64::from(m.trains[0] + m.trains[1])), "trains"),
        ),
        (
            format!("Wagons {forward}"),
            format!("{} loaded, {} empty", thousands(f64::from(w[0][0]), 0), thousands(f64::from(w[0][1]), 0)),
        ),
        (
            format!("Wagons {back}"),
            format!("{} loaded, {} empty", thousands(f64::from(w[1][0]), 0), thousands(f64::from(w[1][1]), 0)),
        ),
    ];
    for (d, name) in [&forward, &back].into_iter().enumerate() {
        let all = r.tonnes(central, d, |_| true);
        let rail = r.tonnes(central, d, |i| r.corridor.trade.routes.as_slice()[i].rail.is_some());
        out.push((format!("Net tonnes {name}"), format!("{}, of these by rail {}", tonnes(all), tonnes(rail))));
    }
    out.push((
        "Exports".into(),
        with(sum(|m| usd(m.exports_cents)) / 1e6, total(|m| usd(m.exports_cents) / 1e6), "MUSD"),
    ));
    out.push((
        "Imports".into(),
        with(sum(|m| usd(m.imports_cents)) / 1e6, total(|m| usd(m.imports_cents) / 1e6), "MUSD"),
    ));
    out
}

fn left(s: &str) -> (String, Align) {
    (s.into(), Align::Left)
}

fn right(s: &str) -> (String, Align) {
    (s.into(), Align::Right)
}

/// Rows by month, or by year where there are many.
fn months(r: &Results) -> TextTable {
    let n = r.plan.months.len();
    let groups: Vec<(String, std::ops::Range<usize>)> = if n <= MONTHS_TOLD {
        (0..n).map(|i| (r.month(i), i..i + 1)).collect()
    } else {
        let years: std::collections::BTreeSet<i16> = r.plan.months.iter().map(|m| m.0).collect();
        years
            .into_iter()
            .map(|y| {
                let first = r.plan.months.iter().position(|m| m.0 == y).unwrap_or(0);
                let last = r.plan.months.iter().rposition(|m| m.0 == y).unwrap_or(first);
                (y.to_string(), first..last + 1)
            })
            .collect()
    };
    by_period(r, if n <= MONTHS_TOLD { "By month" } else { "By year" }, groups)
}

/// The months of the story's year, beside what was reported.
fn story_months(r: &Results) -> Option<TextTable> {
    let story = r.corridor.about.story.as_ref()?;
    if r.plan.months.len() <= MONTHS_TOLD {
        return None;
    }
    let (year, ..) = yalu_calendar::civil(r.zone(), story.day);
    let groups: Vec<_> =
        (0..r.plan.months.len()).filter(|&i| r.plan.months[i].0 == year).map(|i| (r.month(i), i..i + 1)).collect();
    (!groups.is_empty()).then(|| by_period(r, &format!("By month, {year}"), groups))
}

fn by_period(r: &Results, title: &str, groups: Vec<(String, std::ops::Range<usize>)>) -> TextTable {
    let rows = groups.into_iter().map(|(name, range)| {
        let here = &r.months()[range.clone()];
        let exports = here.iter().map(|m| usd(m.exports_cents)).sum::<f64>() / 1e6;
        let band = r.band(|o| o.months[range.clone()].iter().map(|m| usd(m.exports_cents)).sum::<f64>() / 1e6);
        let reported: Vec<f64> = range
            .clone()
            .filter_map(|i| r.corridor.record.observed.iter().find(|o| o.month == r.plan.months[i])?.exports_musd)
            .collect();
        let last = &here[here.len() - 1];
        let waiting: Mass = last.waiting.iter().copied().sum();
        vec![
            name,
            thousands(exports, 1),
            band.map_or(String::new(), |b| format!("{} – {}", thousands(b.p05, 1), thousands(b.p95, 1))),
            match reported.len() {
                0 => String::new(),
                n if n == range.len() => thousands(reported.iter().sum(), 1),
                n => format!("{} in {n} of {}", thousands(reported.iter().sum(), 1), range.len()),
            },
            thousands(here.iter().map(|m| usd(m.imports_cents)).sum::<f64>() / 1e6, 1),
            here.iter().map(|m| m.trains[0] + m.trains[1]).sum::<u32>().to_string(),
            here.iter().map(|m| m.wagons_crossed[0][0]).sum::<u32>().to_string(),
            thousands(waiting.as_tonnes(), 0),
        ]
    });
    TextTable {
        title: format!("{title}, million USD"),
        columns: vec![left(""), right("exports"), right("5–95 %"), right("reported"), right("imports"), right("trains"), right("wagons"), right("waiting t")],
        rows: rows.collect(),
        note: "exports: central run, counted as they leave; reported: customs values as published; trains and wagons: freight over the border, wagons loaded; waiting: at the end".into(),
    }
}

fn routes(r: &Results) -> TextTable {
    let n = r.corridor.trade.routes.len();
    let mut sums = vec![(0.0, 0.0, 0u64, 0u64); n];
    for m in r.months() {
        for (s, x) in sums.iter_mut().zip(r.routes(m)) {
            s.0 += x.tonnes;
            s.1 += x.usd;
            s.2 += u64::from(x.wagons);
            s.3 += u64::from(x.vehicles);
        }
    }
    let all: f64 = sums.iter().map(|s| s.1).sum();
    let rows = r.corridor.trade.routes.iter().zip(sums).map(|(route, s)| {
        vec![
            route.title.clone(),
            thousands(s.0, 0),
            thousands(s.1 / 1e6, 1),
            if all > 0.0 { percent(s.1 / all) } else { String::new() },
            if s.2 > 0 { thousands(s.2 as f64, 0) } else { String::new() },
            if s.3 > 0 { thousands(s.3 as f64, 0) } else { String::new() },
        ]
    });
    TextTable {
        title: "By route, both directions".into(),
        columns: vec![left(""), right("tonnes"), right("MUSD"), right("share"), right("wagons"), right("vehicles")],
        rows: rows.collect(),
        note: String::new(),
    }
}

fn queues(r: &Results, told: &Trace) -> TextTable {
    let rows = queue_peaks(told).into_iter().filter(|p| p.waiting.0 > 0 || p.held.0 > 0).map(|p| {
        vec![
            r.corridor.trade.routes.as_slice()[usize::from(p.route)].title.clone(),
            thousands(p.waiting.as_tonnes(), 0),
            r.day(p.waiting_at),
            if p.held.0 > 0 { thousands(p.held.as_tonnes(), 0) } else { String::new() },
            if p.held.0 > 0 { r.day(p.held_at) } else { String::new() },
        ]
    });
    TextTable {
        title: "Most that waited to cross, and most held in quarantine".into(),
        columns: vec![left(""), right("waiting t"), right("on"), right("held t"), right("on")],
        rows: rows.collect(),
        note: String::new(),
    }
}

fn reopenings(r: &Results) -> Option<TextTable> {
    let list = &r.ensemble.central.reopenings;
    let rows: Vec<Vec<String>> = list
        .iter()
        .map(|x| {
            vec![
                r.corridor.trade.routes.as_slice()[x.route as usize].title.clone(),
                r.day(x.from),
                thousands(x.peak.as_tonnes(), 0),
                x.days_to_clear.map_or("not before it shut or the end".into(), |d| d.to_string()),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| TextTable {
        title: "Reopenings".into(),
        columns: vec![left(""), right("ran again"), right("most waiting t"), right("days to clear")],
        rows,
        note: "cleared: no more waits than the route takes in a day".into(),
    })
}

fn dwell(r: &Results, told: &Trace) -> TextTable {
    let rows = dwells(&r.corridor, told).into_iter().map(|d| {
        vec![
            step(&r.corridor, d.kind),
            d.cuts.to_string(),
            thousands(d.wait_h, 1),
            thousands(d.work_h, 1),
            format!("{} – {}", thousands(d.p10_p90_h.0, 1), thousands(d.p10_p90_h.1, 1)),
        ]
    });
    TextTable {
        title: "Where cuts of wagons spend their time, hours".into(),
        columns: vec![left(""), right("cuts"), right("wait"), right("work"), right("10–90 %")],
        rows: rows.collect(),
        note: "wait: ready until it begins; work: begin to end; 10–90 %: both together".into(),
    }
}

fn notes(r: &Results) -> Vec<String> {
    let mut out = Vec::new();
    if r.ensemble.drawn.is_empty() {
        out.push("One run at the median of every input: no bands.".into());
    } else if r.ensemble.drawn.len() < 20 {
        out.push(format!("Bands over {} replications only: read them as hints.", r.ensemble.drawn.len()));
    } else {
        out.push(format!("Bands: 5 to 95 % over {} replications of the uncertain inputs.", r.ensemble.drawn.len()));
    }
    out.extend(r.seal.as_ref().and_then(yalu_view::seal::Seal::told));
    out.extend(r.corridor.about.wrong.iter().map(|w| format!("Wrong: {w}")));
    out.push(format!("Again: {}", r.command));
    out
}
