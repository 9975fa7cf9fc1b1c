//! Variants side by side as a page.

use super::summary::{banded, recovery, totals};
use super::{Beside, Told, charts, fluid};
use yalu_chart::WIDE;
use yalu_report::{Align, Figure as Picture, Report, Rich, Run, Section, Table, html, plain};
use yalu_study::{Figure, assumed_share};

/// The page, whole.
pub fn page(told: &Told) -> String {
    let c = &told.base;
    let first = told.variants.first();
    let headline = first.map_or_else(String::new, |v| {
        let x = &v.comparison;
        format!("{}: {} lost against {}", x.names[1], banded(x.total.of(Figure::LostUsd), 1e6, "MUSD"), x.names[0])
    });
    let runs = first.map_or(0, |v| v.comparison.replications);
    html(&Report {
        title: c.title.clone(),
        date: first.map_or_else(String::new, |v| format!("{} to {}", told.date(v.window.from), told.last(v.window.to))),
        headline,
        lead: plain(
            "Two variants of one corridor with the same random draws: what is lost, late or goes another way, how the backlog and the flow come back, and what the closed form says.",
        ),
        meta: vec![
            ("Pairs".into(), plain(format!("{runs}, seed {}", told.seed))),
            (
                "Assumed inputs".into(),
                vec![
                    Run::Assumed(yalu_report::number::percent(assumed_share(c))),
                    Run::Plain(format!(" of {} read", c.inputs.len())),
                ],
            ),
        ],
        sections: told.variants.iter().enumerate().flat_map(|(i, v)| sections(told, v, i)).collect(),
        wrong: c.wrong.iter().map(plain).collect(),
        attribution: c.attribution.clone(),
        command: told.command.clone(),
        version: env!("CARGO_PKG_VERSION").into(),
        ..Report::default()
    })
}

fn band_cell(text: String) -> Rich {
    vec![Run::Band(text)]
}

fn facts(id: String, title: &str, rows: Vec<(String, String)>) -> Table {
    Table {
        id,
        title: title.into(),
        columns: vec![("Figure".into(), Align::Left), ("median (5 – 95 %)".into(), Align::Left)],
        rows: rows.into_iter().map(|(a, b)| vec![plain(a), band_cell(b)]).collect(),
        foot: String::new(),
    }
}

fn sections(told: &Told, v: &Beside, at: usize) -> Vec<Section> {
    let x = &v.comparison;
    let id = |what: &str| if told.variants.len() == 1 { what.to_owned() } else { format!("{what}-{}", at + 1) };
    let mut first = Section {
        id: id("effect"),
        title: format!("{} against {}", x.names[1], x.names[0]),
        short: x.names[1].clone(),
        lead: plain(match v.window.change {
            Some(c) => format!(
                "{}: shut in {} from {} to {}.",
                v.crossings(),
                x.names[usize::from(c.second_is_shut)],
                told.date(c.from),
                told.last(c.to)
            ),
            None => "No crossing runs in one of them only.".into(),
        }),
        figures: charts::flows(told, v).map(|s| Picture::of(&id("flows"), &s, WIDE)).into_iter().collect(),
        tables: vec![facts(id("totals"), "What it does to trade", totals(&x.total)), goods(told, v, id("goods"))],
        ..Section::default()
    };
    first.figures.push(Picture::of(&id("bearers"), &charts::bearers(told, v), WIDE));
    let mut back = Section {
        id: id("recovery"),
        title: "Backlog and recovery".into(),
        short: "Recovery".into(),
        figures: vec![Picture::of(&id("backlog"), &charts::backlog(told, v), WIDE)],
        ..Section::default()
    };
    if let Some(s) = charts::service(told, v) {
        back.figures.push(Picture::of(&id("service"), &s, WIDE));
    }
    back.figures.push(Picture::of(&id("delay-cost"), &charts::cost(told, v), WIDE));
    if let Some(r) = &x.recovery {
        back.tables.push(facts(id("recovered"), "How it comes back", recovery(r, x.replications)));
        back.tables.push(beside(r, id("fluid")));
    }
    back.text.push(plain(format!(
        "Mass balance: books out by {} kg, {} US cents and {} wagons at most, over {} entries.",
        x.out_of_balance[0], x.out_of_balance[1], x.out_of_balance[2], x.entries
    )));
    vec![first, back]
}

/// The closed form beside the simulation, with a flag.
pub fn beside(r: &yalu_study::Recovery, id: String) -> Table {
    let left = |s: &str| (s.to_owned(), Align::Left);
    Table {
        id,
        title: "The fluid rule beside the simulation".into(),
        columns: vec![
            left("Figure"),
            left("simulated"),
            left("rule"),
            left("rule with all reasons"),
            left("agreement"),
        ],
        rows: fluid(r)
            .into_iter()
            .map(|s| {
                vec![
                    plain(s.name),
                    band_cell(s.told(s.simulated.as_ref())),
                    band_cell(s.told(s.plain.as_ref())),
                    band_cell(s.told(s.all.as_ref())),
                    if s.agrees { plain("agrees") } else { vec![Run::Bold(s.verdict())] },
                ]
            })
            .collect(),
        foot: format!(
            "Rule: λ = {} t a day arrive, μ = {} t a day go once it is open; peak λD, clear after λD/(μ−λ). It differs where it lies outside the simulated 5 – 95 %; each reason alone moves the rule by the share told.",
            yalu_report::number::thousands(r.flow_t.p50(), 0),
            yalu_report::number::thousands(r.capacity_t.p50(), 0)
        ),
    }
}

fn goods(told: &Told, v: &Beside, id: String) -> Table {
    let x = &v.comparison;
    let [a, b] = &told.base.countries;
    let right = |s: &str| (s.to_owned(), Align::Right);
    let row = |name: String, e: &yalu_study::Effects| {
        let t = |f: Figure| band_cell(banded(e.of(f), 1.0, "t"));
        vec![
            plain(name),
            t(Figure::OrderedT),
            t(Figure::LostT),
            t(Figure::LateT),
            t(Figure::DivertedT),
            band_cell(banded(e.of(Figure::LostUsd), 1e6, "MUSD")),
            band_cell(banded(e.of(Figure::DelayUsd), 1e6, "MUSD")),
        ]
    };
    let told_of = |e: &yalu_study::Effects| e.of(Figure::OrderedT).p95() > 0.0;
    let sides = [format!("All {a} to {b}"), format!("All {b} to {a}")];
    let mut rows: Vec<Vec<Rich>> =
        sides.into_iter().zip(&x.sides).filter(|(_, e)| told_of(e)).map(|(n, e)| row(n, e)).collect();
    rows.extend(x.good_ids.iter().zip(&x.goods).filter(|(_, e)| told_of(e)).map(|((_, n), e)| row(n.clone(), e)));
    Table {
        id,
        title: "Who bears it".into(),
        columns: vec![
            ("Good".into(), Align::Left),
            right("ordered"),
            right("lost"),
            right("late"),
            right("by another way"),
            right("value lost"),
            right("cost of delay"),
        ],
        rows,
        foot:
            "Differences, second less first, of the same orders; late: more than a day later, less what came earlier."
                .into(),
    }
}
