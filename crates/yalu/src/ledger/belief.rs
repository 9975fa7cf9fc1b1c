//! `yalu reports belief`.

use super::believed::{crossings, horizon, known_now, known_then};
use super::source::{Held, day_option, for_belief};
use crate::args::reports::{Belief as Asked, KnownWhen};
use crate::ended::Ended;
use crate::picture::picture;
use crate::terminal::{Problem, print};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use yalu_chart::Chart;
use yalu_files::write_file;
use yalu_ledger::record::day_text;
use yalu_ledger::{Belief, Day};
use yalu_model::CrossingId;
use yalu_report::strips::strips;
use yalu_view::ledger::{ByDay, ChanceOfDay, CrossingByDay};
use yalu_view::{SCHEMA_VERSION, json};

/// Tells the chance of each state by crossing and day.
pub fn belief(a: &Asked) -> Result<Ended, Problem> {
    let held = for_belief(&a.source, a.reports.as_deref())?;
    let ids = crossings(&held, &a.crossing)?;
    let days = period(&held, a.from.as_deref(), a.to.as_deref())?;
    let series = match a.known {
        KnownWhen::Then => known_then(&held, a.customs, &ids, days),
        KnownWhen::Now => known_now(&held, a.customs, &ids, days),
    };
    let text = csv(&held, &ids, &series);
    if let Some(path) = &a.output {
        write_file(path, &text)?;
    }
    if let Some(path) = &a.strips.svg {
        let then = match a.known {
            KnownWhen::Then => series.clone(),
            KnownWhen::Now => known_then(&held, a.customs, &ids, days),
        };
        let now = match a.known {
            KnownWhen::Now => series.clone(),
            KnownWhen::Then => known_now(&held, a.customs, &ids, days),
        };
        let chart = strips((&held.corridor, &held.record.reports().collect::<Vec<_>>()), &ids, days, &then, &now, None);
        write_file(path, picture(&chart.svg(), a.strips.dark))?;
    }
    if a.json {
        print(&document(&held, a, &ids, &series, days));
    } else if let Some(path) = &a.output {
        let rows: usize = series.values().map(Vec::len).sum();
        print(&format!("{rows} days of {} crossings written to {}\n", ids.len(), path.display()));
    } else if a.strips.svg.is_none() {
        print(&text);
    }
    if let (Some(path), false) = (&a.strips.svg, a.json) {
        print(&format!("drawn to {}\n", path.display()));
    }
    Ok(Ended::Fine)
}

/// The days asked for, within the scenario's.
pub fn period(held: &Held, from: Option<&str>, to: Option<&str>) -> Result<(Day, Day), Problem> {
    let (first, last) = horizon(held);
    let from = from.map(|t| day_option("--from", t)).transpose()?.unwrap_or(first);
    let to = to.map(|t| day_option("--to", t)).transpose()?.unwrap_or(last);
    if from < first || to > last || to < from {
        let (from, to) = (day_text(from), day_text(to));
        return Err(Problem::new(format!("{from} to {to} is no period of the scenario")).help(format!(
            "it covers {} to {}",
            day_text(first),
            day_text(last)
        )));
    }
    Ok((from, to))
}

fn csv(held: &Held, ids: &[CrossingId], series: &BTreeMap<CrossingId, Vec<Belief>>) -> String {
    let mut out = String::from("date,crossing,p_not_opened,p_suspended,p_limited,p_open,p_unknown,p_running\n");
    for id in ids {
        let name = &held.corridor.border.crossings[*id].id;
        for b in series.get(id).into_iter().flatten() {
            let _ = writeln!(
                out,
                "{},{name},{:.6},{:.6},{:.6},{:.6},{:.6},{:.6}",
                day_text(b.day),
                b.not_opened,
                b.suspended,
                b.limited,
                b.open,
                b.unknown(),
                b.running()
            );
        }
    }
    out
}

fn document(
    held: &Held,
    a: &Asked,
    ids: &[CrossingId],
    series: &BTreeMap<CrossingId, Vec<Belief>>,
    (from, to): (Day, Day),
) -> String {
    let of = |id: &CrossingId| CrossingByDay {
        crossing: held.corridor.border.crossings[*id].id.clone(),
        days: series.get(id).into_iter().flatten().map(ChanceOfDay::of).collect(),
    };
    json(&ByDay {
        schema_version: SCHEMA_VERSION,
        scenario: held.corridor.about.id.clone(),
        known: match a.known {
            KnownWhen::Then => "then",
            KnownWhen::Now => "now",
        },
        customs: a.customs,
        record: held.seal(),
        from: yalu_number::Day(from.0),
        to: yalu_number::Day(to.0),
        crossings: ids.iter().map(of).collect(),
    })
}
