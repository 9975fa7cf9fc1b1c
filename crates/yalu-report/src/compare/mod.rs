//! Variants beside each other as a page, and as pictures.
mod pictures;

pub use pictures::{bearers, cost, pictures, queue, service};

use crate::{Figure, Report, Section, html};
use yalu_chart::WIDE;
use yalu_number::{Column, Rich, Run, Table, plain};
use yalu_view::compare::{Compare, Pair};

/// The page, whole.
pub fn compare_page(x: &Compare, version: &str) -> String {
    let first = x.variants.first();
    let mut assumed: Rich = x.assumed();
    assumed.push(Run::Plain(" are assumed".into()));
    html(&Report {
        title: x.title.clone(),
        date: first.map_or_else(String::new, |v| format!("{} to {}", v.from, v.to)),
        headline: x.headline(),
        lead: plain(
            "Two variants of one corridor with the same random draws: what is lost, late or sent another way, how the queue and the flow come back, and what the closed form says.",
        ),
        meta: vec![
            ("Rests on".into(), plain(first.map_or_else(String::new, |v| format!("{}, seed {}", v.runs(), x.seed)))),
            ("Inputs".into(), assumed),
        ],
        sections: x.variants.iter().enumerate().flat_map(|(i, v)| sections(x, v, i)).collect(),
        wrong: x.wrong.iter().map(plain).collect(),
        attribution: x.attribution.clone(),
        command: x.command.clone(),
        version: version.into(),
        ..Report::default()
    })
}

/// Named values as a table.
fn facts(id: String, title: &str, rows: Vec<(String, String)>) -> Table {
    let cells = rows.into_iter().map(|(name, value)| vec![name.into(), vec![Run::Band(value)].into()]);
    Table {
        id,
        title: title.into(),
        columns: vec![Column::text("figure", "Figure"), Column::text("value", "median (5 – 95 %)")],
        rows: cells.collect(),
        note: String::new(),
    }
}

fn sections(x: &Compare, v: &Pair, at: usize) -> Vec<Section> {
    let id = |what: &str| if x.variants.len() == 1 { what.to_owned() } else { format!("{what}-{}", at + 1) };
    let named = |table: Table| Table { id: id(&table.id), ..table };
    let flows = pictures::crossing(v).map(|s| Figure::of(&id("flows"), &s, WIDE));
    let effect = Section {
        id: id("effect"),
        title: format!("{} against {}", v.variant, v.base),
        short: v.variant.clone(),
        lead: plain(v.lead()),
        figures: flows.into_iter().chain([Figure::of(&id("bearers"), &bearers(v), WIDE)]).collect(),
        tables: [facts(id("totals"), "What it does to trade", v.total.facts()), named(v.goods_table())]
            .map(Into::into)
            .into(),
        ..Section::default()
    };
    let level = service(v).map(|s| Figure::of(&id("service"), &s, WIDE));
    let back =
        v.recovery.as_ref().map(|r| [facts(id("recovered"), "How it comes back", r.facts()), named(r.fluid_table())]);
    let recovery = Section {
        id: id("recovery"),
        title: "Queue and recovery".into(),
        short: "Recovery".into(),
        figures: std::iter::once(Figure::of(&id("backlog"), &queue(v), WIDE))
            .chain(level)
            .chain([Figure::of(&id("delay-cost"), &cost(v), WIDE)])
            .collect(),
        tables: back.into_iter().flatten().map(Into::into).collect(),
        text: vec![plain(v.out_of_balance.sentence())],
        ..Section::default()
    };
    vec![effect, recovery]
}
