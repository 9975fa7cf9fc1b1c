//! `yalu forecast`.

use super::status::as_of;
use super::{Ended, print};
use crate::json::SCHEMA_VERSION;
use crate::ledger::args::Forecast as Asked;
use crate::ledger::believed::{crossings, heard};
use crate::ledger::board::chance;
use crate::ledger::json::belief;
use crate::ledger::source::{Held, day_at, held, write_whole};
use crate::period;
use crate::terminal::{Problem, colour_out, width};
use crate::words::state;
use serde_json::{Value, json};
use std::fmt::Write as _;
use yalu_ledger::record::day_text;
use yalu_ledger::{Band, Forecast};
use yalu_model::CrossingId;
use yalu_report::{Align, Summary, TextTable};

/// Days ahead that the table tells.
const TOLD_DAYS: [usize; 5] = [7, 30, 90, 180, 365];
/// Longest horizon, days: two years.
const MOST_DAYS: u16 = 730;
/// Days after which a remaining duration is only told to be longer.
const LONG_DAYS: f64 = 3650.0;

/// Tells how long service or standstill will last.
pub fn forecast(a: &Asked) -> Result<Ended, Problem> {
    let held = held(&a.source)?;
    let day = match (&a.as_of, &held.corridor.story) {
        (None, Some(story)) => day_at(&held.corridor, story.day),
        (text, _) => as_of(&held, text.as_deref())?,
    };
    let story = held.corridor.story.as_ref().map(|s| held.corridor.crossings[s.crossing].id.clone());
    let names = if a.crossing.is_empty() { story.into_iter().collect() } else { a.crossing.clone() };
    let ids = crossings(&held, &names)?;
    let days = horizon(&a.horizon)?;
    let heard = heard(&held, a.customs, day);
    let all: Vec<(CrossingId, Forecast)> = ids.iter().map(|&c| (c, heard.ledger.forecast(c, day, days))).collect();
    if let Some(path) = &a.output {
        write_whole(path, &csv(&held, &all))?;
    }
    if a.json {
        let out = json!({
            "schema_version": SCHEMA_VERSION,
            "scenario": held.corridor.id,
            "as_of": day_text(day),
            "horizon_days": days,
            "customs": a.customs,
            "crossings": all.iter().map(|(c, f)| document(&held, *c, f)).collect::<Vec<_>>(),
        });
        print(&format!("{out:#}\n"))?;
        return Ok(Ended::Fine);
    }
    let text: Vec<String> =
        all.iter().map(|(c, f)| yalu_report::summary(&told(&held, *c, f), colour_out(), width())).collect();
    print(&text.join("\n"))?;
    if let Some(path) = &a.output {
        print(&format!("\nwritten to {}\n", path.display()))?;
    }
    Ok(Ended::Fine)
}

fn horizon(text: &str) -> Result<u16, Problem> {
    let days = text.trim().trim_end_matches("days").trim_end_matches('d').trim().parse::<u16>().ok();
    days.filter(|d| (1..=MOST_DAYS).contains(d)).ok_or_else(|| {
        Problem::new(format!("--horizon {text} is no number of days")).help(format!("1d to {MOST_DAYS}d, as in 180d"))
    })
}

fn told(held: &Held, c: CrossingId, f: &Forecast) -> Summary {
    let x = &held.corridor.crossings[c];
    let columns = [
        ("days ahead", Align::Right),
        ("day", Align::Left),
        ("runs", Align::Right),
        ("5 – 95", Align::Right),
        ("open", Align::Right),
        ("limited", Align::Right),
        ("suspended", Align::Right),
        (if f.runs { "stopped by then" } else { "begun by then" }, Align::Right),
    ];
    let rows =
        f.days.iter().enumerate().map(|(i, d)| (i + 1, d)).filter(|(n, _)| TOLD_DAYS.contains(n) || *n == f.days.len());
    let rows = rows.map(|(n, d)| {
        vec![
            n.to_string(),
            day_text(d.belief.day),
            chance(d.belief.running()),
            format!("{} – {}", chance(d.running.low), chance(d.running.high)),
            chance(d.belief.open),
            chance(d.belief.limited),
            chance(d.belief.suspended),
            chance(d.changed),
        ]
    });
    let long = long_day(held, f);
    let side = if f.runs { "Runs on for" } else { "Stands for" };
    Summary {
        heading: format!("{}, from what was known on {long}", x.title),
        facts: vec![
            ("Today".into(), format!("{}, runs {}", state(f.today.state()).replace('_', " "), chance(f.today.running()))),
            (side.into(), format!("{} more", span(&f.remaining_days))),
        ],
        tables: vec![TextTable {
            title: String::new(),
            columns: columns.map(|(name, align)| (name.to_owned(), align)).to_vec(),
            rows: rows.collect(),
            note: "runs: chance that anything runs, with the band of what is not known of how long states last. The last column: at least one such change by then."
                .into(),
        }],
        notes: vec!["Not told here: what it would carry.".into()],
    }
}

fn long_day(held: &Held, f: &Forecast) -> String {
    let zone = period::zone(&held.corridor);
    let text = day_text(f.as_of);
    period::day(&held.corridor, "--as-of", &text).map_or(text, |t| period::long_day(zone, t))
}

/// Days with their band; what reaches beyond ten years is only longer.
fn span(b: &Band) -> String {
    let days = |d: f64| if d >= LONG_DAYS { "over ten years".to_owned() } else { format!("{d:.0}") };
    format!("{} days ({} – {})", days(b.middle), days(b.low), days(b.high))
        .replace("over ten years days", "over ten years")
}

fn csv(held: &Held, all: &[(CrossingId, Forecast)]) -> String {
    let mut out = String::from(
        "date,crossing,days_ahead,p_not_opened,p_suspended,p_limited,p_open,p_running,p_running_p05,p_running_p50,p_running_p95,p_changed\n",
    );
    for (c, f) in all {
        for (i, d) in f.days.iter().enumerate() {
            let b = &d.belief;
            let _ = writeln!(
                out,
                "{},{},{},{:.6},{:.6},{:.6},{:.6},{:.6},{:.6},{:.6},{:.6},{:.6}",
                day_text(b.day),
                held.corridor.crossings[*c].id,
                i + 1,
                b.not_opened,
                b.suspended,
                b.limited,
                b.open,
                b.running(),
                d.running.low,
                d.running.middle,
                d.running.high,
                d.changed
            );
        }
    }
    out
}

fn document(held: &Held, c: CrossingId, f: &Forecast) -> Value {
    let x = &held.corridor.crossings[c];
    let band = |b: &Band| json!({ "p05": b.low, "p50": b.middle, "p95": b.high });
    let days: Vec<Value> = f
        .days
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let mut out = belief(&d.belief);
            if let Some(o) = out.as_object_mut() {
                o.insert("days_ahead".into(), (i + 1).into());
                o.insert("p_running_band".into(), band(&d.running));
                o.insert("p_changed".into(), d.changed.into());
            }
            out
        })
        .collect();
    json!({
        "crossing": x.id,
        "title": x.title,
        "today": belief(&f.today),
        "runs": f.runs,
        "remaining_days": band(&f.remaining_days),
        "remaining_cut_at_days": LONG_DAYS,
        "days": days,
        // Filled once regimes are sampled into the simulation.
        "carries": Value::Null,
    })
}
