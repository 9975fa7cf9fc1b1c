//! `yalu whatif sheet`.

use super::compare::run;
use crate::args::{Closures, Sheet as Args};
use crate::ended::{Ended, threads};
use crate::load::{corridor_with, folder_name, told};
use crate::period;
use crate::terminal::{Problem, colour_out, print, print_screen, width};
use std::fmt::Write as _;
use std::time::Instant as Clock;
use yalu_model::{Corridor, State};
use yalu_report::contingency_sheet;
use yalu_scenario::close;
use yalu_study::{
    AFTER, Contingency as Study, HISTORY, REPLICATIONS, UNDATED_DAYS, closure_lengths, story_closure, undated_closure,
};
use yalu_units::{Instant, Span};
use yalu_view::contingency::Contingency;
use yalu_view::json;

/// The sheet for the day a crossing shuts.
pub fn sheet(a: &Args) -> Result<Ended, Problem> {
    let begin = Clock::now();
    let c = corridor_with(&a.dir, &a.set, &Closures { reopen: a.reopen.clone(), ..Closures::default() })?;
    let close = a.close.clone().map_or_else(|| of_story(&c), Ok)?;
    let c = left_open(c, &close)?;
    let (name, from, days) = closure(&c, &close)?;
    let out = a.out.begin("yalu whatif sheet")?;
    threads(a.draws.threads)?;
    let seed = a.draws.seed.unwrap_or(c.sampling.seed);
    let replications = a.draws.replications.unwrap_or(c.sampling.replications.min(REPLICATIONS)).max(1);
    let lengths = closure_lengths(&c, from, days);
    let (mut names, mut corridors) = (vec!["left open".to_owned()], vec![c.clone()]);
    for d in &lengths {
        let last = from + Span::days(i64::from(*d) - 1) + Span::hours(12);
        corridors.push(shut(&c, &format!("{name}:{}..{}", day(&c, from), day(&c, last)))?);
        names.push(format!("shut {d} day{}", if *d == 1 { "" } else { "s" }));
    }
    let compared = run(&names, corridors, (Some(HISTORY), AFTER), seed, replications)?;
    let main = lengths.iter().position(|d| *d == days).unwrap_or(0);
    let study = Study { compared, days: lengths, main };
    let view = Contingency::of(&study, command(a, &close, seed, replications), begin.elapsed().as_secs_f64());
    if let Some(out) = out {
        let page = contingency_sheet(&view, env!("CARGO_PKG_VERSION"));
        for (name, text) in [("contingency.html", page), ("contingency.json", json(&view))] {
            out.write(name, text.as_bytes())?;
        }
        out.finish()?;
    }
    if a.shown.json {
        print(&json(&view));
    } else {
        print_screen(&view.summary().text(colour_out(), width()), a.shown.verbose);
        if let Some(dir) = &a.out.output {
            print(&format!("\nWritten: contingency.html (one page to print), contingency.json in {}\n", dir.display()));
        }
    }
    Ok(Ended::Fine)
}

/// The closure before the day of the story, as `--close` takes it.
fn of_story(c: &Corridor) -> Result<String, Problem> {
    let found = story_closure(c).ok_or_else(|| {
        let ids: Vec<&str> = c.border.crossings.iter().map(|x| x.id.as_str()).collect();
        Problem::new(format!("{} has no declared closure that ends in its horizon", c.about.title))
            .help(format!("name the crossing that shuts: --close CROSSING, with {}", ids.join(", ")))
    })?;
    let last = day(c, found.to + Span(-1));
    Ok(format!("{}:{}..{last}", c.border.crossings[found.crossing].id, day(c, found.from)))
}

/// The corridor with a crossing running through a closure that is declared: what it would have been without it.
fn left_open(c: Corridor, text: &str) -> Result<Corridor, Problem> {
    let Some((id, from, last)) = declared_shut(&c, text) else { return Ok(c) };
    let mut out = c;
    let problems = close(&mut out, &[], &[format!("{id}:{from}:until={last}")]);
    if problems.is_empty() { Ok(out) } else { Err(told(&problems, "the crossing cannot be left open in this closure")) }
}

/// Crossing, first and last day of a dated closure through which the crossing is declared suspended.
fn declared_shut<'t>(c: &Corridor, text: &'t str) -> Option<(&'t str, &'t str, String)> {
    let (id, dates) = text.split_once(':')?;
    let (from, rest) = dates.split_once("..")?;
    let (crossing, _) = c.border.crossings.enumerated().find(|(_, x)| x.id == id)?;
    let begin = period::day(c, "--close", from.trim()).ok()?;
    let last = rest.split(':').next().unwrap_or_default().trim();
    let end = match last {
        "" => c.horizon.to,
        last => period::next_midnight(period::zone(c), period::day(c, "--close", last).ok()?)?,
    };
    let mut within =
        c.border.regimes.iter().filter(|r| r.crossing == crossing && r.from < end && r.to > begin).peekable();
    within.peek()?;
    within.all(|r| r.state == State::Suspended).then(|| (id, from, day(c, end + Span(-1))))
}

/// A corridor with a closure laid over it.
fn shut(c: &Corridor, text: &str) -> Result<Corridor, Problem> {
    let mut out = c.clone();
    let problems = close(&mut out, &[text.to_owned()], &[]);
    if problems.is_empty() { Ok(out) } else { Err(told(&problems, "the closure cannot be laid over the scenario")) }
}

/// Crossing, first day and days of a closure, dated or not.
fn closure(c: &Corridor, text: &str) -> Result<(String, Instant, u32), Problem> {
    let (name, dates) = text.split_once(':').map_or((text, None), |(n, d)| (n, Some(d)));
    if let Some(dates) = dates {
        // The whole text is read as `--close` reads it, so that its problems are told alike.
        shut(c, text)?;
        let (from, to) = dates.split_once("..").unwrap_or((dates, ""));
        let from = period::day(c, "--close", from.trim())?;
        let to = match to.split(':').next().unwrap_or_default().trim() {
            "" => c.horizon.to,
            last => period::next_midnight(period::zone(c), period::day(c, "--close", last)?).unwrap_or(c.horizon.to),
        };
        return Ok((name.to_owned(), from, ((to - from).as_days().round() as u32).max(1)));
    }
    let Some((id, _)) = c.border.crossings.enumerated().find(|(_, x)| x.id == name) else {
        shut(c, &format!("{name}:{}..", day(c, c.horizon.from)))?;
        return Err(Problem::new(format!("--close {name} names several crossings and no days"))
            .help(format!("write {name}:FROM..TO")));
    };
    let from = undated_closure(c, id).ok_or_else(|| {
        Problem::new(format!("{name} runs for no {UNDATED_DAYS} days on end before its last year"))
            .help(format!("name the days: --close {name}:FROM..TO"))
    })?;
    Ok((name.to_owned(), from, UNDATED_DAYS))
}

fn day(c: &Corridor, t: Instant) -> String {
    period::shown(period::zone(c), t)
}

/// The command that makes the same results, without the folder it writes.
fn command(a: &Args, close: &str, seed: u64, replications: u32) -> String {
    let mut out = format!(
        "yalu whatif sheet {} --close {close} --seed {seed} --replications {replications}",
        folder_name(&a.dir)
    );
    for x in &a.reopen {
        let _ = write!(out, " --reopen {x}");
    }
    out.push_str(&a.set.written());
    out
}
