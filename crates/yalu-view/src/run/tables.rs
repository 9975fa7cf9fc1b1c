//! A run in tables: by month and year, by route, what waited, what reopened, trains and their delays.

use super::{Results, line_name, usd};
use crate::names::{cause, direction, station, step};
use std::collections::BTreeMap;
use yalu_number::{Cell, Column, Estimate, Table, Unit};
use yalu_sim::{MonthOutcome, Outcome};
use yalu_study::{dwells, queue_peaks};
use yalu_trace::{Cause, StepKind};
use yalu_units::Mass;

/// Horizons longer than this many months are shown by year.
const MONTHS_SHOWN: usize = 24;
/// Causes of delay shown at most.
const CAUSES: usize = 12;
/// A reopening in a run is the same as in another when they begin within so many days.
const SAME_DAYS: f64 = 60.0;

/// All tables of the summary.
pub fn all(r: &Results) -> Vec<Table> {
    let mut out = Vec::new();
    if !r.line_only() {
        out.push(if r.plan.months.len() > MONTHS_SHOWN { by_year(r) } else { by_month(r, "By month", |_| true) });
        let year = r.focus().map(|x| yalu_calendar::civil(r.zone(), x.1).0);
        if let Some(year) = year.filter(|_| r.plan.months.len() > MONTHS_SHOWN) {
            out.push(by_month(r, &format!("By month, {year}"), |m| m.0 == year));
        }
        out.extend([routes(r), queues(r)]);
        out.extend(reopenings(r));
        out.push(steps(r));
    }
    out.extend([services(r), delays(r)]);
    out.retain(|t| !t.rows.is_empty());
    out
}

/// The run by year, beside what was reported.
pub fn by_year(r: &Results) -> Table {
    let mut years: Vec<i16> = r.plan.months.iter().map(|m| m.0).collect();
    years.dedup();
    let months = |y: i16| (0..r.plan.months.len()).filter(move |i| r.plan.months[*i].0 == y).collect();
    periods(r, "By year", years.into_iter().map(|y| (y.to_string(), months(y))).collect())
}

fn by_month(r: &Results, title: &str, shown: impl Fn(&(i16, i8)) -> bool) -> Table {
    let months = (0..r.plan.months.len()).filter(|i| shown(&r.plan.months[*i]));
    periods(r, title, months.map(|i| (r.month(i), vec![i])).collect())
}

fn periods(r: &Results, title: &str, periods: Vec<(String, Vec<usize>)>) -> Table {
    let row = |(name, months): (String, Vec<usize>)| {
        let sum = |of: fn(&MonthOutcome) -> f64| r.estimate(|o| months.iter().map(|i| of(&o.months[*i])).sum());
        let reported = months.iter().filter_map(|i| {
            let here = |o: &&yalu_model::Observed| o.month == r.plan.months[*i];
            r.corridor.record.observed.iter().find(here)?.exports_musd
        });
        let reported: Vec<f64> = reported.collect();
        let seen = Unit::Musd.bare(reported.iter().sum());
        let at_end = |of: fn(&MonthOutcome) -> Mass| {
            r.estimate(|o| months.last().map_or(0.0, |i| of(&o.months[*i]).as_tonnes()))
        };
        vec![
            name.into(),
            sum(|m| usd(m.exports_cents) / 1e6).into(),
            match reported.len() {
                0 => Cell::None(String::new()),
                n if n == months.len() => seen.into(),
                n => format!("{seen} in {n} of {}", Unit::Months.count(months.len())).into(),
            },
            sum(|m| usd(m.imports_cents) / 1e6).into(),
            sum(|m| f64::from(m.trains[0] + m.trains[1])).into(),
            sum(|m| f64::from(m.wagons_crossed[0][0])).into(),
            at_end(|m| m.postponed).into(),
            at_end(|m| m.approaching.iter().copied().sum()).into(),
            at_end(|m| m.waiting.iter().copied().sum()).into(),
        ]
    };
    Table {
        id: if title == "By year" { "years".into() } else { "months".into() },
        title: format!("{title}, medians (5 – 95 % of runs)"),
        columns: vec![
            Column::text("period", "Period"),
            Column::estimate("exports_musd", "exports", Unit::Musd),
            Column::text("reported_musd", "reported").right(),
            Column::estimate("imports_musd", "imports", Unit::Musd),
            Column::estimate("trains", "trains", Unit::Trains),
            Column::estimate("wagons", "loaded wagons", Unit::Wagons),
            Column::estimate("postponed_t", "kept by buyers", Unit::Tonnes),
            Column::estimate("approaching_t", "on the way", Unit::Tonnes),
            Column::estimate("waiting_t", "at the border", Unit::Tonnes),
        ],
        rows: periods.into_iter().map(row).collect(),
        note: "Exports count as goods leave the first country, imports as they are released there; reported: customs values. Trains and loaded wagons over the border. What has not crossed at the end stands in three places: orders that buyers keep to ask for again, goods on the way to the border, goods that wait at it.".into(),
    }
}

/// Every month of the record beside the band of the runs: met, or missed and by how much; none where no month is held.
pub fn record(r: &Results) -> Option<Table> {
    let musd = |of: fn(&MonthOutcome) -> i64, i: usize| r.estimate(|o| usd(of(&o.months[i])) / 1e6);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let (mut met, mut all) = (0, 0);
    for o in &r.corridor.record.observed {
        let Some(i) = r.plan.months.iter().position(|m| *m == o.month) else { continue };
        let both = [
            ("exports", o.exports_musd, musd(|m| m.exports_cents, i)),
            ("imports", o.imports_musd, musd(|m| m.imports_cents, i)),
        ];
        for (what, seen, band) in both {
            let Some(seen) = seen else { continue };
            let off = (seen - band.p95()).max(0.0) + (seen - band.p05()).min(0.0);
            all += 1;
            met += usize::from(off == 0.0);
            let held = match off {
                0.0 => "met".to_owned(),
                x if x > 0.0 => format!("missed: {} above", Unit::Musd.write(x)),
                x => format!("missed: {} below", Unit::Musd.write(-x)),
            };
            rows.push(vec![r.month(i).into(), what.into(), seen.into(), band.into(), held.into()]);
        }
    }
    (all > 0).then(|| Table {
        id: "record".into(),
        title: format!("The band of the runs holds {met} of {all} reported figures"),
        columns: vec![
            Column::text("month", "Month"),
            Column::text("figure", "what"),
            Column::number("reported_musd", "reported", Unit::Musd),
            Column::estimate("simulated_musd", "simulated", Unit::Musd),
            Column::text("held", "held against the band"),
        ],
        rows,
        note: "Values of customs as published, dates in observed.csv. The band is 5 – 95 % of the runs: of figures drawn from the same law nine in ten would lie within it.".into(),
    })
}

fn routes(r: &Results) -> Table {
    let sum = |k: usize, of: fn(&yalu_study::RouteMonth) -> f64| {
        r.estimate(|o| o.months.iter().map(|m| of(&r.routes(m)[k])).sum())
    };
    let all = |o: &Outcome| -> f64 { o.months.iter().flat_map(|m| r.routes(m)).map(|x| x.usd).sum() };
    let share = |k: usize| {
        let part = |o: &Outcome| -> f64 { o.months.iter().map(|m| r.routes(m)[k].usd).sum() };
        Estimate::of(r.ensemble.outcomes().iter().map(|o| (all(o) > 0.0).then(|| part(o) / all(o))))
    };
    let row = |(k, route): (usize, &yalu_model::Route)| {
        let (t, usd) = (sum(k, |x| x.tonnes), sum(k, |x| x.usd / 1e6));
        vec![route.title.as_str().into(), t.into(), usd.into(), share(k).into()]
    };
    Table {
        id: "routes".into(),
        title: "By route, both directions".into(),
        columns: vec![
            Column::text("route", "Route"),
            Column::estimate("net_t", "net", Unit::Tonnes),
            Column::estimate("value_musd", "value", Unit::Musd),
            Column::estimate("share", "of the value", Unit::Share),
        ],
        rows: r.corridor.trade.routes.iter().enumerate().map(row).collect(),
        note: String::new(),
    }
}

fn queues(r: &Results) -> Table {
    let peaks = queue_peaks(&r.ensemble.trace.since(r.plan.report_from));
    let some = |t: Mass, at| -> [Cell; 2] {
        if t.0 > 0 {
            [t.as_tonnes().into(), r.day(at).into()]
        } else {
            [Cell::None(String::new()), Cell::None(String::new())]
        }
    };
    let rows = peaks.into_iter().filter(|p| p.waiting.0 > 0 || p.held.0 > 0).map(|p| {
        let [waiting, on] = some(p.waiting, p.waiting_at);
        let [held, held_on] = some(p.held, p.held_at);
        vec![crate::names::route(&r.corridor, usize::from(p.route)).into(), waiting, on, held, held_on]
    });
    Table {
        id: "queues".into(),
        title: "Most that waited to cross, and most held in quarantine".into(),
        columns: vec![
            Column::text("route", "Route"),
            Column::number("waiting_t", "waiting", Unit::Tonnes),
            Column::text("waiting_on", "on").right(),
            Column::number("held_t", "held", Unit::Tonnes),
            Column::text("held_on", "on").right(),
        ],
        rows: rows.collect(),
        note: r.shown(),
    }
}

/// Reopenings of routes, and how long their queues took to clear; none where no route reopened.
pub fn reopenings(r: &Results) -> Option<Table> {
    let row = |x: &yalu_sim::Reopening| {
        let near = |o: &Outcome| {
            let mine =
                o.reopenings.iter().filter(|y| y.route == x.route && (y.from - x.from).as_days().abs() <= SAME_DAYS);
            mine.min_by_key(|y| (y.from - x.from).0.abs()).map(|y| (y.peak.as_tonnes(), y.days_to_clear.map(f64::from)))
        };
        let found: Vec<_> = r.ensemble.outcomes().iter().filter_map(near).collect();
        vec![
            crate::names::route(&r.corridor, x.route as usize).into(),
            r.day(x.from).into(),
            Estimate::of_all(found.iter().map(|f| f.0)).into(),
            Estimate::of(found.iter().map(|f| f.1)).into(),
        ]
    };
    let rows: Vec<Vec<Cell>> = r.ensemble.central.reopenings.iter().map(row).collect();
    (!rows.is_empty()).then(|| Table {
        id: "reopenings".into(),
        title: "Reopenings, and how long the queue took to clear".into(),
        columns: vec![
            Column::text("route", "Route"),
            Column::text("reopened", "reopened").right(),
            Column::estimate("most_waiting_t", "most waiting", Unit::Tonnes),
            Column::estimate("clear_days", "days to clear", Unit::Days),
        ],
        rows,
        note: "Cleared: no more waits for the route than it takes in a day. Goods that went another way, or whose order was cancelled, are in the queue no more.".into(),
    })
}

/// A step with its place, `Dandong: customs`.
pub fn step_at(r: &Results, kind: StepKind) -> String {
    let c = &r.corridor;
    match kind {
        StepKind::Activity(s, _) | StepKind::Entering(s) => {
            format!("{}: {}", station(c, usize::from(s)), step(c, kind))
        }
        _ => step(c, kind),
    }
}

fn steps(r: &Results) -> Table {
    let row = |d: yalu_study::Dwell| {
        let (low, high) = d.p10_p90_h;
        vec![
            step_at(r, d.kind).into(),
            d.cuts.into(),
            d.wait_h.into(),
            d.work_h.into(),
            Unit::Hours.range([low, high].map(|h| (h * 10.0).round() / 10.0)).into(),
        ]
    };
    Table {
        id: "steps".into(),
        title: "Where cuts of wagons spend their time".into(),
        columns: vec![
            Column::text("step", "Step"),
            Column::count("cuts", "cuts"),
            Column::number("wait_h", "waiting", Unit::Hours),
            Column::number("work_h", "work", Unit::Hours),
            Column::text("both_h", "both, 10 – 90 %").right(),
        ],
        rows: dwells(&r.corridor, &r.ensemble.trace.since(r.plan.report_from)).into_iter().map(row).collect(),
        note: r.shown(),
    }
}

fn services(r: &Results) -> Table {
    let row = |x: &yalu_study::LineRuns| {
        let end = r.line.punctuality.iter().rfind(|p| p.kind == x.kind && p.forward == x.forward);
        let mut row: Vec<Cell> = vec![
            format!("{}, {}", line_name(&r.corridor, x.kind), direction(x.forward)).into(),
            x.arrived.into(),
            (x.run_s[0] / 60.0).into(),
        ];
        row.extend(end.map_or([0.0; 4], |p| p.late_min).map(Cell::from));
        row
    };
    let late = |key: &str, title: &str| Column::number(key, title, Unit::Number).decimals(1);
    Table {
        id: "services".into(),
        title: "Trains, minutes".into(),
        columns: vec![
            Column::text("service", "Service"),
            Column::count("arrived", "arrived"),
            late("run_min", "run"),
            late("late_mean_min", "late: mean"),
            late("late_p50_min", "P50"),
            late("late_p90_min", "P90"),
            late("late_p99_min", "P99"),
        ],
        rows: r.line.runs.iter().map(row).collect(),
        note: format!(
            "Run: scheduled departure to arrival; late at the end, against a run that nothing hinders. {}",
            r.shown()
        ),
    }
}

fn delays(r: &Results) -> Table {
    let mut by: BTreeMap<Cause, (u32, f64, (f64, String))> = BTreeMap::new();
    for d in &r.line.delays {
        let e = by.entry(d.cause).or_default();
        e.0 += d.times;
        e.1 += d.train_hours;
        if d.train_hours > e.2.0 {
            let point = &r.corridor.line.points[d.place.point].name;
            e.2 = (d.train_hours, if d.place.on_the_way { format!("before {point}") } else { point.clone() });
        }
    }
    let mut causes: Vec<_> = by.into_iter().collect();
    causes.sort_by(|a, b| b.1.1.total_cmp(&a.1.1));
    let row = |(why, (times, hours, (most, place))): (Cause, (u32, f64, (f64, String)))| {
        vec![cause(why).into(), times.into(), hours.into(), format!("{place}, {}", Unit::Hours.write(most)).into()]
    };
    Table {
        id: "delay-causes".into(),
        title: "Why trains lost time".into(),
        columns: vec![
            Column::text("cause", "Cause"),
            Column::count("times", "times"),
            Column::number("train_hours", "train-hours", Unit::Number),
            Column::text("most_at", "most at"),
        ],
        rows: causes.into_iter().take(CAUSES).map(row).collect(),
        note: r.shown(),
    }
}
