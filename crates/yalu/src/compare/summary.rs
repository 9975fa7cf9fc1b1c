//! Variants side by side in the terminal.

use super::{Beside, Told, fluid};
use yalu_number::Estimate;
use yalu_report::number::{band as band_text, percent, thousands};
use yalu_report::{Align, Summary, TextTable, summary};
use yalu_study::{Effects, Figure, Recovery};

/// All of it as text.
pub fn text(told: &Told, colour: bool, width: usize) -> String {
    let parts: Vec<String> = told.variants.iter().map(|v| summary(&one(told, v), colour, width)).collect();
    parts.join("\n")
}

/// A band in words; the unit's values are divided by `per`.
pub fn banded(b: &Estimate, per: f64, unit: &str) -> String {
    band_text(b.p50() / per, b.p05() / per, b.p95() / per, unit)
}

/// A row that tells no more than nothing.
fn nothing(b: &Estimate) -> bool {
    b.p05() == 0.0 && b.p95() == 0.0
}

fn one(told: &Told, v: &Beside) -> Summary {
    let x = &v.comparison;
    let [first, second] = &x.names;
    let mut facts =
        vec![("Days looked at".to_owned(), format!("{} to {}", told.date(v.window.from), told.last(v.window.to)))];
    if let Some(c) = v.window.change {
        let days = (c.to - c.from).as_days().round();
        let which = if c.second_is_shut { second } else { first };
        facts.push((
            "Shut".into(),
            format!("{} in “{which}”, {} to {}, {days} days", v.crossings(), told.date(c.from), told.last(c.to)),
        ));
    }
    facts.extend(totals(&x.total));
    let mut tables = Vec::new();
    if let Some(r) = &x.recovery {
        facts.extend(recovery(r, x.replications));
        tables.push(beside(r));
    }
    tables.extend([goods(told, v), routes(v)]);
    Summary { heading: format!("{}: {second} against {first}", told.base.title), facts, tables, notes: notes(told, v) }
}

/// What the change does to all trade.
pub fn totals(e: &Effects) -> Vec<(String, String)> {
    let t = |f: Figure| banded(e.of(f), 1.0, "t");
    let musd = |f: Figure| banded(e.of(f), 1e6, "MUSD");
    vec![
        ("Ordered in these days".into(), t(Figure::OrderedT)),
        ("Lost (given up, refused)".into(), format!("{}; {}", t(Figure::LostT), musd(Figure::LostUsd))),
        ("More than a day late".into(), t(Figure::LateT)),
        ("By another way".into(), t(Figure::DivertedT)),
        ("Not come by the end".into(), t(Figure::PendingT)),
        (
            "Cost of delay".into(),
            format!("{}; {}", musd(Figure::DelayUsd), banded(e.of(Figure::DelayTonneDays), 1e3, "thousand t-days")),
        ),
        ("More for carriage".into(), musd(Figure::CarriageUsd)),
    ]
}

/// How it recovered.
pub fn recovery(r: &Recovery, runs: usize) -> Vec<(String, String)> {
    let ends = |b: &Estimate| match b.defined() as usize {
        0 => "not before the end, in no run".to_owned(),
        n if n == runs => banded(b, 1.0, "days"),
        n => format!("{}, in {n} of {runs} runs; in the others not before the end", banded(b, 1.0, "days")),
    };
    let mut out = vec![
        ("Most that waits more there".into(), banded(&r.peak_t, 1.0, "t")),
        ("Clear after the opening".into(), ends(&r.clear_days)),
    ];
    for (level, b) in ["90", "95", "100"].into_iter().zip(&r.back_days) {
        out.push((format!("Flow back to {level} %"), ends(b)));
    }
    out.push((
        "Normal flow lost".into(),
        format!(
            "{}; at least {} of it came",
            banded(&r.loss_days, 1.0, "days"),
            percent(r.least_share.p50().clamp(0.0, 1.0))
        ),
    ));
    out
}

/// The closed form beside the simulation.
fn beside(r: &Recovery) -> TextTable {
    let rows = fluid(r).into_iter().map(|s| {
        vec![
            s.name.to_owned(),
            s.told(s.simulated.as_ref()),
            s.told(s.plain.as_ref()),
            s.told(s.all.as_ref()),
            if s.agrees { "agrees" } else { "differs" }.to_owned(),
        ]
    });
    let why: Vec<String> = fluid(r)
        .iter()
        .filter(|s| !s.agrees)
        .map(|s| format!(" {}: the rule {}.", s.name, s.verdict().replacen("DIFFERS", "differs", 1)))
        .collect();
    let left = |s: &str| (s.to_owned(), Align::Left);
    TextTable {
        title: "Fluid closure beside the simulation".into(),
        columns: vec![left(""), left("simulated"), left("fluid rule"), left("with all reasons"), left("")],
        rows: rows.collect(),
        note: format!(
            "λ {} t a day that would have crossed there, μ {} t a day the scenario's trains, wagons and vehicles can, {} t \
             the most that did over fifteen days.{}",
            thousands(r.flow_t.p50(), 0),
            thousands(r.capacity_t.p50(), 0),
            thousands(r.throughput_t.p50(), 0),
            why.concat()
        ),
    }
}

/// Who bears it: sides and goods.
fn goods(told: &Told, v: &Beside) -> TextTable {
    let x = &v.comparison;
    let [a, b] = &told.base.countries;
    let cells = |name: String, e: &Effects| {
        let t = |f: Figure| thousands(e.of(f).p50(), 0);
        let musd = |f: Figure| thousands(e.of(f).p50() / 1e6, 2);
        vec![
            name,
            t(Figure::OrderedT),
            t(Figure::LostT),
            t(Figure::LateT),
            t(Figure::DivertedT),
            musd(Figure::LostUsd),
            musd(Figure::DelayUsd),
        ]
    };
    let mut rows = Vec::new();
    for (way, side) in [format!("all {a} to {b}"), format!("all {b} to {a}")].into_iter().zip(&x.sides) {
        if !nothing(side.of(Figure::OrderedT)) {
            rows.push(cells(way, side));
        }
    }
    let touched = |g: &usize| {
        let figures = [Figure::LostT, Figure::LateT, Figure::DivertedT, Figure::DelayTonneDays];
        figures.iter().any(|f| !nothing(x.goods[*g].of(*f)))
    };
    let mut order: Vec<usize> = (0..x.goods.len()).filter(touched).collect();
    let bears = |g: &usize| x.goods[*g].of(Figure::LostUsd).p50().abs() + x.goods[*g].of(Figure::DelayUsd).p50().abs();
    order.sort_by(|a, b| bears(b).total_cmp(&bears(a)).then(a.cmp(b)));
    rows.extend(order.into_iter().map(|g| cells(x.good_ids[g].1.clone(), &x.goods[g])));
    let right = |s: &str| (s.to_owned(), Align::Right);
    TextTable {
        title: "Who bears it, medians".into(),
        columns: vec![
            (String::new(), Align::Left),
            right("ordered t"),
            right("lost t"),
            right("late t"),
            right("diverted t"),
            right("lost MUSD"),
            right("delay MUSD"),
        ],
        rows,
        note: "differences, second less first; bands in the JSON and in figures.csv".into(),
    }
}

fn routes(v: &Beside) -> TextTable {
    let x = &v.comparison;
    let told = |i: &usize| {
        let r = &x.routes[*i];
        !nothing(&r.came_t[0]) || !nothing(&r.came_t[1])
    };
    let rows = (0..x.routes.len()).filter(told).map(|i| {
        let r = &x.routes[i];
        vec![
            x.route_ids[i].1.clone(),
            thousands(r.came_t[0].p50(), 0),
            thousands(r.came_t[1].p50(), 0),
            banded(&r.difference_t, 1.0, ""),
        ]
    });
    let right = |s: String| (s, Align::Right);
    TextTable {
        title: "What came by which route, t".into(),
        columns: vec![
            (String::new(), Align::Left),
            right(x.names[0].clone()),
            right(x.names[1].clone()),
            right("difference".into()),
        ],
        rows: rows.collect(),
        note: String::new(),
    }
}

fn notes(told: &Told, v: &Beside) -> Vec<String> {
    let x = &v.comparison;
    let [kg, cents, wagons] = x.out_of_balance;
    vec![
        format!(
            "Median and 5 – 95 % over {} pairs of runs with the same draws. Each day's order of each good is followed in both \
             runs; lost and late are told for the same order.",
            x.replications
        ),
        format!(
            "Mass balance: books out by {kg} kg, {cents} US cents and {wagons} wagons at most, over {} entries.",
            thousands(x.entries as f64, 0)
        ),
        format!("Again: {}", told.command),
    ]
}
