//! `yalu contingency`.

use super::compare::{run, threads};
use super::{Ended, print};
use crate::args::{Closures, Contingency as Args};
use crate::load::{corridor_with, told};
use crate::period;
use crate::terminal::{Problem, colour_out, width};
use std::fmt::Write as _;
use std::time::Instant as Clock;
use yalu_files::OutFolder;
use yalu_model::Corridor;
use yalu_report::contingency_sheet;
use yalu_scenario::close;
use yalu_study::{AFTER, Contingency as Study, REPLICATIONS, UNDATED_DAYS, closure_lengths, undated_closure};
use yalu_units::{Instant, Span};
use yalu_view::contingency::Contingency;
use yalu_view::json;

/// The sheet for the day a crossing shuts.
pub fn contingency(a: &Args) -> Result<Ended, Problem> {
    let begin = Clock::now();
    let c = corridor_with(&a.dir, &a.set, &Closures { reopen: a.reopen.clone(), ..Closures::default() })?;
    let (name, from, days) = closure(&c, &a.close)?;
    let out = a.output.as_ref().map(|dir| OutFolder::begin(dir, a.force, "yalu contingency")).transpose()?;
    threads(a.threads)?;
    let seed = a.seed.unwrap_or(c.sampling.seed);
    let replications = a.replications.unwrap_or(c.sampling.replications.min(REPLICATIONS)).max(1);
    let lengths = closure_lengths(&c, from, days);
    let (mut names, mut corridors) = (vec!["left open".to_owned()], vec![c.clone()]);
    for d in &lengths {
        let last = from + Span::days(i64::from(*d) - 1) + Span::hours(12);
        corridors.push(shut(&c, &format!("{name}:{}..{}", day(&c, from), day(&c, last)))?);
        names.push(format!("shut {d} day{}", if *d == 1 { "" } else { "s" }));
    }
    let compared = run(&names, corridors, AFTER, seed, replications)?;
    let main = lengths.iter().position(|d| *d == days).unwrap_or(0);
    let study = Study { compared, days: lengths, main };
    let view = Contingency::of(&study, command(a, seed, replications), begin.elapsed().as_secs_f64());
    if let Some(out) = out {
        let page = contingency_sheet(&view, env!("CARGO_PKG_VERSION"));
        for (name, text) in [("contingency.html", page), ("contingency.json", json(&view))] {
            out.write(name, text.as_bytes())?;
        }
        out.finish()?;
    }
    if a.json {
        print(&json(&view))?;
    } else {
        print(&view.summary().text(colour_out(), width()))?;
        if let Some(dir) = &a.output {
            print(&format!(
                "\nWritten: contingency.html (one page to print), contingency.json in {}\n",
                dir.display()
            ))?;
        }
    }
    Ok(Ended::Fine)
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
fn command(a: &Args, seed: u64, replications: u32) -> String {
    let mut out =
        format!("yalu contingency {} --close {} --seed {seed} --replications {replications}", a.dir.display(), a.close);
    for x in &a.reopen {
        let _ = write!(out, " --reopen {x}");
    }
    out.push_str(&a.set.written());
    out
}
