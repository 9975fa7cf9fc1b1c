//! Two things a closure of the story shows against first thoughts: how far other ways made it good, and how bad an estimate
//! of its cost the closed way's share of value is.

use super::sections::closed_days;
use crate::results::{Results, usd};
use std::fmt::Write as _;
use yalu_model::{Mode, State};
use yalu_report::number::{band as band_text, percent, thousands};
use yalu_report::{Align, Rich, Run, Table, plain};
use yalu_sim::Outcome;
use yalu_study::{ClosureCost, band};

/// Days on which a crossing ran, up to which a month counts as shut.
const FEW: i64 = 10;
/// Months before a closure over which the share of its way is taken.
const BEFORE: usize = 3;

/// The words and tables of both; none without a closure in the period run.
pub fn surprises(r: &Results) -> Option<(Vec<Rich>, Vec<Table>)> {
    let x = r.closure.as_ref()?;
    let open = |i: usize| i64::from(days_of(r, i)) - closed_days(r, &x.closure, i);
    // The last month in which it ran most days is what the others are held against.
    let last = (0..=x.months.1).rev().find(|&i| begins(r, i, x) && open(i) > FEW)?;
    let shut: Vec<usize> = (last + 1..=x.months.1).filter(|&i| open(i) <= FEW).collect();
    if shut.is_empty() {
        return None;
    }
    let mut words = vec![made_good(r, x, last, &shut)];
    words.extend(changes(r, x));
    words.push(by_share(r, x, last));
    Some((words, vec![table(r, last, &shut)]))
}

fn days_of(r: &Results, month: usize) -> u32 {
    r.plan.days.iter().filter(|d| usize::from(d.month) == month).count() as u32
}

/// A month that begins before the closure.
fn begins(r: &Results, month: usize, x: &ClosureCost) -> bool {
    r.plan.days.iter().find(|d| usize::from(d.month) == month).is_some_and(|d| d.start < x.closure.from)
}

fn reported(r: &Results, month: usize) -> Option<f64> {
    r.corridor.observed.iter().find(|o| o.month == r.plan.months[month]).and_then(|o| o.exports_musd)
}

/// Exports of a month, million USD.
fn exports(o: &Outcome, month: usize) -> f64 {
    usd(o.months[month].exports_cents) / 1e6
}

/// Share of a month's exports by some routes.
fn share(r: &Results, o: &Outcome, months: &[usize], of: impl Fn(usize) -> bool) -> f64 {
    let (mut part, mut all) = (0.0, 0.0);
    for &m in months {
        for (i, x) in r.routes(&o.months[m]).into_iter().enumerate() {
            all += x.exports_usd;
            part += if of(i) { x.exports_usd } else { 0.0 };
        }
    }
    if all > 0.0 { part / all } else { 0.0 }
}

fn percents(r: &Results, of: impl Fn(&Outcome) -> f64) -> String {
    match r.band(&of) {
        Some(b) => format!("{} ({} – {})", percent(b.p50), percent(b.p05), percent(b.p95)),
        None => percent(of(&r.ensemble.central)),
    }
}

fn by_sea(r: &Results, route: usize) -> bool {
    r.corridor.routes.as_slice()[route].mode == Mode::Sea
}

fn made_good(r: &Results, x: &ClosureCost, last: usize, shut: &[usize]) -> Rich {
    let crossing = &r.corridor.crossings[x.closure.crossing].title;
    let end = shut[shut.len() - 1];
    let seen = reported(r, last)
        .zip(reported(r, end))
        .map(|(a, b)| format!(" Reported were {} in {}.", percent(b / a.max(1e-9)), r.month(end)));
    vec![
        Run::Bold("Other ways made good much of it, and not at once. ".into()),
        Run::Plain(format!(
            "With {crossing} shut, exports of {} came to {} of {}’s in the model, {} of them by sea.{}",
            r.month(end),
            percents(r, |o| exports(o, end) / exports(o, last).max(1e-9)),
            r.month(last),
            percents(r, |o| share(r, o, &[end], |i| by_sea(r, i))),
            seen.unwrap_or_default(),
        )),
    ]
}

/// What changed on the other ways while the crossing was shut, as the files say.
fn changes(r: &Results, x: &ClosureCost) -> Option<Rich> {
    let c = &r.corridor;
    let used = |id| c.routes.iter().any(|route| route.crossings.contains(&id));
    let near = yalu_units::Span::days(10);
    let mut told = Vec::new();
    for now in c.regimes.iter().filter(|g| used(g.crossing) && g.crossing != x.closure.crossing) {
        if now.from < x.closure.from - near || now.from > x.closure.to {
            continue;
        }
        let Some(before) = c.regimes.iter().find(|b| b.crossing == now.crossing && b.to == now.from) else { continue };
        let hold = |g: &yalu_model::Regime| g.hold_days.as_ref().map(|q| thousands(q.central(), 0));
        let held = match (hold(before), hold(now)) {
            (Some(a), Some(b)) if a != b => format!(", goods held {b} days instead of {a}"),
            (Some(a), None) => format!(", goods no longer held {a} days"),
            (None, Some(b)) => format!(", goods held {b} days"),
            _ => String::new(),
        };
        let state = match now.state {
            State::Open => "open",
            State::Limited => "limited",
            State::Suspended => "suspended",
            State::NotOpened => "not opened",
            State::Unknown => "not known",
        };
        told.push((now.from, format!("{}: {} {state}{held}", r.day(now.from), c.crossings[now.crossing].title)));
    }
    told.sort();
    let told: Vec<String> = told.into_iter().map(|x| x.1).collect();
    if told.is_empty() {
        return None;
    }
    Some(plain(format!("What changed on other ways meanwhile, as judged. {}.", told.join("; "))))
}

fn by_share(r: &Results, x: &ClosureCost, last: usize) -> Rich {
    let c = &r.corridor;
    let before: Vec<usize> = (last.saturating_sub(BEFORE - 1)..=last).collect();
    let rail = |i: usize| {
        c.routes.as_slice()[i].rail.is_some() && c.routes.as_slice()[i].crossings.contains(&x.closure.crossing)
    };
    let part = |o: &Outcome| share(r, o, &before, rail);
    // What would have gone with the crossing left running, in the months it was shut.
    let shut = x.months.0..=x.months.1;
    let would: f64 = shut
        .clone()
        .zip(&x.left_running_usd)
        .map(|(i, b)| b.p50 * closed_days(r, &x.closure, i) as f64 / f64::from(days_of(r, i).max(1)))
        .sum::<f64>()
        / 1e6;
    let guess = band(r.ensemble.outcomes().iter().map(|o| part(o) * would));
    let e = &x.exports_usd;
    let paired = band_text(e.p50 / 1e6, e.p05 / 1e6, e.p95 / 1e6, "MUSD");
    let mut text = format!(
        "In the {} months before, {} of the value of exports went by the way that shut",
        before.len(),
        percents(r, part)
    );
    let mut why = String::new();
    if let Some(g) = guess {
        let _ = write!(
            text,
            "; that share of what would have gone makes {}, where the paired runs give {paired}.",
            band_text(g.p50, g.p05, g.p95, "MUSD")
        );
        why = if e.p50 / 1e6 > g.p50 * 1.2 {
            " The share is too little: it tells what the way carried then, held to few trains, not what it would have come to carry, nor that other ways were full.".into()
        } else if e.p50 / 1e6 < g.p50 * 0.8 {
            " The share is too much: other ways took a part of what it carried, and some only came late.".into()
        } else {
            " Here both lie near each other by chance: the share knows nothing of what others could take, of what came late, and of what else was shut.".into()
        };
    }
    let fall = reported(r, last).zip(reported(r, last + 1)).map(|(a, b)| {
        let fell = 1.0 - b / a.max(1e-9);
        format!(
            " Reported exports fell by {} from {} to {}: no share of one way explains that, more than one was shut.",
            percent(fell),
            r.month(last),
            r.month(last + 1)
        )
    });
    let worse = reported(r, last)
        .zip(reported(r, last + 1))
        .is_some_and(|(a, b)| 1.0 - b / a > 2.0 * part(&r.ensemble.central));
    vec![
        Run::Bold("A way’s share of value is a bad estimate of what its closure costs. ".into()),
        Run::Plain(format!("{text}{why}{}", fall.filter(|_| worse).unwrap_or_default())),
    ]
}

fn table(r: &Results, last: usize, shut: &[usize]) -> Table {
    let right = |s: &str| (s.to_string(), Align::Right);
    let base = reported(r, last);
    let row = |&i: &usize| {
        let of = reported(r, i);
        vec![
            plain(r.month(i)),
            plain(of.map_or("none held".into(), |v| thousands(v, 1))),
            plain(of.zip(base).map_or("–".into(), |(v, b)| percent(v / b.max(1e-9)))),
            match r.band(|o| exports(o, i)) {
                Some(b) => vec![Run::Band(band_text(b.p50, b.p05, b.p95, ""))],
                None => plain(thousands(exports(&r.ensemble.central, i), 1)),
            },
            plain(percents(r, |o| exports(o, i) / exports(o, last).max(1e-9))),
            plain(percents(r, |o| share(r, o, &[i], |k| by_sea(r, k)))),
        ]
    };
    Table {
        id: "made-good".into(),
        title: format!("Months shut, against {}", r.month(last)),
        columns: vec![
            ("Month".into(), Align::Left),
            right("Reported, MUSD"),
            right(&format!("of {}", r.month(last))),
            right("Simulated, MUSD"),
            right(&format!("of {}", r.month(last))),
            right("by sea"),
        ],
        rows: std::iter::once(&last).chain(shut).map(row).collect(),
        foot: format!(
            "Months in which the crossing ran at most {FEW} days. Shares of the last month before; simulated: median and 5 – 95 % over replications, each against its own month."
        ),
    }
}
