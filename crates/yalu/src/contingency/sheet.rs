//! The sheet as a page to print.

use super::Contingency;
use super::rows::{limits_line, told};
use super::summary::facts;
use crate::compare::summary::{banded, recovery};
use yalu_report::number::{percent, thousands};
use yalu_report::{Align, Rich, Run, Sheet, Table, plain, sheet};
use yalu_study::assumed_share;

/// The page, whole.
pub fn page(x: &Contingency) -> String {
    let v = x.closure();
    let c = &x.told.base;
    let band = |(name, value): (String, String)| (name, vec![Run::Band(value)]);
    let mut named: Vec<(String, Rich)> = facts(x).into_iter().map(band).collect();
    if let Some(r) = &v.comparison.recovery {
        named.extend(recovery(r, v.comparison.replications).into_iter().map(band));
    }
    sheet(&Sheet {
        title: format!("If {} shuts", v.crossings()),
        lead: plain(format!("{}. {}", c.title, x.lead())),
        facts: named,
        tables: vec![ways(x), places(x), lengths(x)],
        notes: vec![
            plain(x.linear()),
            vec![
                Run::Plain(format!(
                    "Medians and 5 – 95 % over {} pairs of runs with the same draws, seed {}. ",
                    v.comparison.replications, x.told.seed
                )),
                Run::Assumed(percent(assumed_share(c))),
                Run::Plain(format!(
                    " of {} numbers read are assumed. Books out by {} kg, {} US cents, {} wagons over {} entries.",
                    c.inputs.len(),
                    v.comparison.out_of_balance[0],
                    v.comparison.out_of_balance[1],
                    v.comparison.out_of_balance[2],
                    thousands(v.comparison.entries as f64, 0)
                )),
            ],
        ],
        command: x.told.command.clone(),
        version: env!("CARGO_PKG_VERSION").into(),
    })
}

fn right(s: &str) -> (String, Align) {
    (s.to_owned(), Align::Right)
}

fn left(s: &str) -> (String, Align) {
    (s.to_owned(), Align::Left)
}

fn ways(x: &Contingency) -> Table {
    let rows = x.ways().into_iter().map(|w| {
        let state = if w.normal {
            "normal way, shut"
        } else if w.runs {
            "runs"
        } else {
            "does not run"
        };
        vec![
            plain(w.title.clone()),
            plain(state),
            vec![Run::Band(told(&w.capacity_t, "t"))],
            vec![Run::Band(told(&w.left_t, "t"))],
            vec![Run::Band(told(&w.days, ""))],
            vec![Run::Band(told(&w.usd_per_t, ""))],
            vec![Run::Band(told(&w.takes_t, "t"))],
            vec![Run::Small(limits_line(&w))],
        ]
    });
    Table {
        id: "ways".into(),
        title: "Ways round, and what limits them".into(),
        columns: vec![
            left("Way"),
            left("state"),
            right("capacity a day"),
            right("left a day"),
            right("days"),
            right("USD a t"),
            right("takes"),
            left("limits"),
        ],
        rows: rows.collect(),
        foot: "Capacity: each way, by the scenario's trains, wagons, vehicles and regimes; the normal way as when it is open. Left: beside what goes by it anyway. Days: order to release, without waiting. Limits are told, not simulated.".into(),
    }
}

fn places(x: &Contingency) -> Table {
    let rows = x.places().into_iter().map(|p| {
        let holds = if p.holds.0 == p.holds.1 {
            format!("{} {}", thousands(p.holds.0, 0), p.unit)
        } else {
            format!("{} – {} {}", thousands(p.holds.0, 0), thousands(p.holds.1, 0), p.unit)
        };
        let full = p
            .full_after
            .map_or_else(|| plain(""), |(a, b)| plain(format!("{} – {} days", thousands(a, 0), thousands(b, 0))));
        vec![plain(p.name), plain(holds), full]
    });
    Table {
        id: "places".into(),
        title: "Where trains and goods can be held".into(),
        columns: vec![left("Place"), right("holds"), right("full after")],
        rows: rows.collect(),
        foot: "Full after: by full trains of what would have crossed, all held there; above stands what the simulation gives.".into(),
    }
}

fn lengths(x: &Contingency) -> Table {
    let rows = x.lengths().into_iter().map(|l| {
        let b = &l.clear_days;
        let clear = match b.defined() {
            0 => plain("not in any run"),
            n if n == b.runs() => vec![Run::Band(told(b, ""))],
            n => vec![Run::Band(told(b, "")), Run::Small(format!(" in {n} of {} runs", b.runs()))],
        };
        vec![
            plain(l.days.to_string()),
            plain(thousands(l.rule_musd, 1)),
            vec![Run::Band(banded(&l.lost_musd, 1.0, ""))],
            vec![Run::Band(banded(&l.delay_musd, 1.0, ""))],
            clear,
            plain(l.over_linear.map_or_else(String::new, |x| thousands(x, 2))),
            l.beyond_linear_musd.map_or_else(|| plain(""), |b| vec![Run::Band(banded(&b, 1.0, ""))]),
        ]
    });
    Table {
        id: "lengths".into(),
        title: "By length, and the rule linear in days".into(),
        columns: vec![
            right("days shut"),
            right("linear rule, MUSD"),
            right("lost, MUSD"),
            right("cost of delay, MUSD"),
            right("days to clear"),
            right("over linear"),
            right("by, MUSD"),
        ],
        rows: rows.collect(),
        foot: "Linear rule: trade a day times days shut. Over linear: lost and cost of delay over those of the shortest closure, grown by the days; by: the difference, run by run.".into(),
    }
}
