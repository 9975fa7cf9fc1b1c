//! The sheet in the terminal.

use super::Contingency;
use super::rows::{Way, limits_line, share, told};
use crate::compare::summary::{banded, recovery};
use yalu_report::number::thousands;
use yalu_report::{Align, Summary, TextTable, summary};
use yalu_study::{Figure, Recovery};

/// The sheet as text.
pub fn text(x: &Contingency, colour: bool, width: usize) -> String {
    let v = x.closure();
    let mut facts = facts(x);
    if let Some(r) = &v.comparison.recovery {
        facts.extend(recovery(r, v.comparison.replications));
    }
    let ways = x.ways();
    let mut notes: Vec<String> = ways.iter().map(|w| format!("{}: {}", w.title, limits_line(w))).collect();
    notes.push(x.linear());
    notes.push(format!("Again: {}", x.told.command));
    summary(
        &Summary {
            heading: format!("If {} shuts: {}", v.crossings(), x.told.base.title),
            facts,
            tables: vec![routes(&ways), places(x), lengths(x)],
            notes,
        },
        colour,
        width,
    )
}

/// What is expected, named.
pub fn facts(x: &Contingency) -> Vec<(String, String)> {
    let v = x.closure();
    let (from, to) = x.period();
    let mut out = vec![("Shut".to_owned(), format!("{from} to {to}, {} days", x.days[x.main]))];
    if let Some(r) = &v.comparison.recovery {
        out.push((
            "Would cross".into(),
            format!("{} and {} a day", banded(&r.flow_t, 1.0, "t"), banded(&r.flow_usd, 1e6, "MUSD")),
        ));
        for (name, b) in ["Goes another way", "Lost", "Waits, crosses later"].into_iter().zip(&r.shares) {
            out.push((name.into(), share(b)));
        }
        out.push(("First yard is full".into(), yard_full(r, v.comparison.replications)));
    }
    let total = &v.comparison.total;
    out.push(("Value lost".into(), banded(total.of(Figure::LostUsd), 1e6, "MUSD")));
    out.push(("Cost of delay".into(), banded(total.of(Figure::DelayUsd), 1e6, "MUSD")));
    out
}

/// When the closure fills the first yard, and how often one is full without it.
fn yard_full(r: &Recovery, runs: usize) -> String {
    let b = &r.yard_full_days;
    let told = match b.defined() as usize {
        0 => "by the closure in no run".into(),
        n if n == runs => format!("after {}", banded(b, 1.0, "days")),
        n => format!("after {}, in {n} of {runs} runs", banded(b, 1.0, "days")),
    };
    if r.yard_full_anyway.p95() <= 0.0 {
        return told;
    }
    format!("{told}; without the closure too, on {} of the days", share(&r.yard_full_anyway))
}

fn right(s: &str) -> (String, Align) {
    (s.to_owned(), Align::Right)
}

fn routes(ways: &[Way]) -> TextTable {
    let rows = ways.iter().map(|w| {
        vec![
            w.title.clone(),
            if w.normal {
                "normal"
            } else if w.runs {
                "runs"
            } else {
                "shut"
            }
            .to_owned(),
            thousands(w.capacity_t.p50(), 0),
            thousands(w.left_t.p50(), 0),
            thousands(w.days.p50(), 1),
            thousands(w.usd_per_t.p50(), 0),
            thousands(w.takes_t.p50(), 0),
        ]
    });
    let left = |s: &str| (s.to_owned(), Align::Left);
    TextTable {
        title: "Ways round".into(),
        columns: vec![
            left(""),
            left(""),
            right("t a day"),
            right("left"),
            right("days"),
            right("USD a t"),
            right("takes t"),
        ],
        rows: rows.collect(),
        note: "medians. normal: as it is when it is open; t a day: each way; left: beside what goes by it anyway; days: order to \
               release, without waiting; takes: instead of the normal way"
            .into(),
    }
}

fn places(x: &Contingency) -> TextTable {
    let rows = x.places().into_iter().map(|p| {
        let holds = if p.holds.0 == p.holds.1 {
            format!("{} {}", thousands(p.holds.0, 0), p.unit)
        } else {
            format!("{} – {} {}", thousands(p.holds.0, 0), thousands(p.holds.1, 0), p.unit)
        };
        let full =
            p.full_after.map_or_else(String::new, |(a, b)| format!("{} – {} days", thousands(a, 0), thousands(b, 0)));
        vec![p.name, holds, full]
    });
    TextTable {
        title: "Where trains and goods can be held".into(),
        columns: vec![(String::new(), Align::Left), right("holds"), right("full after")],
        rows: rows.collect(),
        note: "full after: by full trains of what would have crossed, all held there".into(),
    }
}

fn lengths(x: &Contingency) -> TextTable {
    let rows = x.lengths().into_iter().map(|l| {
        vec![
            l.days.to_string(),
            thousands(l.rule_musd, 1),
            banded(&l.lost_musd, 1.0, ""),
            banded(&l.delay_musd, 1.0, ""),
            if l.clear_days.defined() == 0 { "never".into() } else { told(&l.clear_days, "") },
            l.over_linear.map_or_else(String::new, |x| thousands(x, 2)),
            l.beyond_linear_musd.map_or_else(String::new, |b| banded(&b, 1.0, "")),
        ]
    });
    TextTable {
        title: "By length, and the rule linear in days".into(),
        columns: vec![
            right("days"),
            right("rule MUSD"),
            right("lost MUSD"),
            right("delay MUSD"),
            right("days to clear"),
            right("over linear"),
            right("by MUSD"),
        ],
        rows: rows.collect(),
        note: "rule: trade a day times days; over linear: lost and delay over those of the shortest closure grown by the days; by: less those, run by run".into(),
    }
}
