//! `yalu contingency`.

use super::compare::{run, threads};
use super::{Ended, print};
use crate::args::{Closures, Contingency as Args};
use crate::contingency::{Contingency, json, sheet, summary};
use crate::load::{corridor_with, told};
use crate::period;
use crate::terminal::{Problem, colour_out, width};
use std::fmt::Write as _;
use std::time::Instant as Clock;
use yalu_files::OutFolder;
use yalu_model::{Corridor, CrossingId};
use yalu_regime::declared;
use yalu_scenario::close;
use yalu_units::{Instant, Span};

/// Days looked at after the longest closure.
const AFTER: u32 = 180;
/// Days of a closure that is not dated.
const UNDATED: i64 = 30;
/// Days between the begin of a closure that is not dated and the end of the horizon.
const ROOM: i64 = 365;
/// Most replications where none are asked for: five runs stand beside each.
const REPLICATIONS: u32 = 20;

/// The sheet for the day a crossing shuts.
pub fn contingency(a: &Args) -> Result<Ended, Problem> {
    let begin = Clock::now();
    let c = corridor_with(&a.dir, &a.set, &Closures { reopen: a.reopen.clone(), ..Closures::default() })?;
    let (name, from, days) = closure(&c, &a.close)?;
    let out = a.output.as_ref().map(|dir| OutFolder::begin(dir, a.force, "yalu contingency")).transpose()?;
    threads(a.threads)?;
    let seed = a.seed.unwrap_or(c.seed);
    let replications = a.replications.unwrap_or(c.replications.min(REPLICATIONS)).max(1);
    let lengths = lengths(&c, from, days);
    let (mut names, mut corridors) = (vec!["left open".to_owned()], vec![c.clone()]);
    for d in &lengths {
        let mut shut = c.clone();
        let text =
            format!("{name}:{}..{}", day(&c, from), day(&c, from + Span::days(i64::from(*d) - 1) + Span::hours(12)));
        let problems = close(&mut shut, &[text], &[]);
        if !problems.is_empty() {
            return Err(told(&problems, "the closure cannot be laid over the scenario"));
        }
        names.push(format!("shut {d} days"));
        corridors.push(shut);
    }
    let mut found = run(&names, corridors, AFTER, seed, replications)?;
    found.command = command(a, seed, replications);
    found.wall_s = begin.elapsed().as_secs_f64();
    let main = lengths.iter().position(|d| *d == days).unwrap_or(0);
    let x = Contingency { told: found, days: lengths, main, replications };
    if let Some(out) = out {
        let files =
            [("contingency.html", sheet::page(&x)), ("contingency.json", format!("{:#}\n", json::document(&x)))];
        for (name, text) in files {
            out.write(name, text.as_bytes())?;
        }
        out.finish()?;
    }
    if a.json {
        print(&format!("{:#}\n", json::document(&x)))?;
    } else {
        print(&summary::text(&x, colour_out(), width()))?;
        if let Some(dir) = &a.output {
            print(&format!(
                "\nWritten: contingency.html (one page to print), contingency.json in {}\n",
                dir.display()
            ))?;
        }
    }
    Ok(Ended::Fine)
}

/// Crossing, first day and days of a closure, dated or not.
fn closure(c: &Corridor, text: &str) -> Result<(String, Instant, u32), Problem> {
    let (name, dates) = text.split_once(':').map_or((text, None), |(n, d)| (n, Some(d)));
    if let Some(dates) = dates {
        // The whole text is read as `--close` reads it, so that its problems are told alike.
        let problems = close(&mut c.clone(), &[text.to_owned()], &[]);
        if !problems.is_empty() {
            return Err(told(&problems, "the closure cannot be laid over the scenario"));
        }
        let (from, to) = dates.split_once("..").unwrap_or((dates, ""));
        let from = period::day(c, "--close", from.trim())?;
        let to = match to.split(':').next().unwrap_or_default().trim() {
            "" => c.to,
            last => period::next_midnight(period::zone(c), period::day(c, "--close", last)?).unwrap_or(c.to),
        };
        return Ok((name.to_owned(), from, ((to - from).as_days().round() as u32).max(1)));
    }
    let ids: Vec<CrossingId> = c.crossings.enumerated().filter(|(_, x)| x.id == name).map(|(i, _)| i).collect();
    let Some(&id) = ids.first() else {
        let problems = close(&mut c.clone(), &[format!("{name}:{}..", day(c, c.from))], &[]);
        return if problems.is_empty() {
            Err(Problem::new(format!("--close {name} names several crossings and no days"))
                .help(format!("write {name}:FROM..TO")))
        } else {
            Err(told(&problems, "the closure cannot be laid over the scenario"))
        };
    };
    let runs = |from: Instant| {
        (0..UNDATED).all(|d| declared(c, id, from + Span::days(d)).is_some_and(yalu_model::Regime::runs))
    };
    let latest = c.to.0 - Span::days(ROOM.min((c.to - c.from).as_days() as i64 / 2)).0;
    let mut at = period::midnight(period::zone(c), Instant(latest)).unwrap_or(c.from);
    while at > c.from && !runs(at) {
        at = period::midnight(period::zone(c), Instant(at.0 - Span::days(7).0)).unwrap_or(c.from);
    }
    if !runs(at) {
        return Err(Problem::new(format!("{name} runs for no {UNDATED} days on end before its last year"))
            .help(format!("name the days: --close {name}:FROM..TO")));
    }
    Ok((name.to_owned(), at, UNDATED as u32))
}

/// Lengths to run: a quarter, half, the whole and twice the closure, as far as the horizon goes.
fn lengths(c: &Corridor, from: Instant, days: u32) -> Vec<u32> {
    let room = ((c.to - from).as_days().floor()).max(1.0) as u32;
    let mut out: Vec<u32> = [days.div_ceil(4), days.div_ceil(2), days, days.saturating_mul(2)]
        .into_iter()
        .filter(|d| *d == days || *d <= room)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn day(c: &Corridor, t: Instant) -> String {
    period::shown(period::zone(c), t)
}

/// The command that makes the same results, without the folder it writes.
fn command(a: &Args, seed: u64, replications: u32) -> String {
    let mut out =
        format!("yalu contingency {} --close {} --seed {seed} --replications {replications}", a.dir.display(), a.close);
    for x in &a.reopen {
        let _ = write!(out, " --reopen {x}");
    }
    out.push_str(&a.set.written());
    out
}
