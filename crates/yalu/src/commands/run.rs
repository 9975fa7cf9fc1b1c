//! `yalu run`.

use super::unused;
use crate::args::{RegimeSource, Run};
use crate::ended::{Ended, threads};
use crate::knowledge;
use crate::ledger::believed::{Heard, day_asked};
use crate::ledger::source::{Held, of_seal};
use crate::load::{corridor_with, folder_name, told};
use crate::terminal::{Problem, colour_out, print, say, width};
use crate::{period, progress, write};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;
use std::time::Instant as Clock;
use yalu_files::OutFolder;
use yalu_ledger::Day;
use yalu_ledger::record::day_text;
use yalu_model::Corridor;
use yalu_plan::{Draw, Plan, compile};
use yalu_study::{
    Believed, Beside, Ensemble, TwiceTrains, believed_ensemble, closure_runs, ensemble, line_measures, story_closure,
    twice_runs, twice_trains,
};
use yalu_view::run::{Results, Run as View};
use yalu_view::seal::Seal;

/// Simulates a corridor and writes what came of it.
pub fn run(a: &Run) -> Result<Ended, Problem> {
    let begin = Clock::now();
    let mut c = corridor_with(&a.dir, &a.set, &a.closures)?;
    let report_from = period::told(&mut c, a.from.as_deref(), a.to.as_deref())?;
    let target = match &a.out.output {
        Some(dir) => dir.clone(),
        None => unused(&c.about.id, ""),
    };
    let out = OutFolder::begin(&target, a.out.force, "yalu run")?;
    threads(a.draws.threads)?;
    let plan = compile(&c, report_from).map_err(|e| crate::physics::unfit(&c, &e))?;
    let (seed, replications) = a.draws.of(&c.sampling);
    let held = knowledge::record(&a.dir, &c);
    let seal = held.as_ref().map(Held::seal);
    heard_as_sealed(a, held.as_ref(), seal.as_ref())?;
    let drawn_from = drawn_from(a, held.as_ref())?;
    let mut known = held.as_ref().and_then(|h| knowledge::knowledge(h, a.customs));
    let closure = story_closure(&c);
    let runs = u64::from(if replications > 1 { replications } else { 0 }) + 1;
    let all = if closure.is_some() { runs * 2 } else { runs };
    let drawn = if replications > 1 { replications as usize } else { 0 };
    let more_trains = if asks_after_recovery(&c) { twice_runs(drawn) as u64 } else { 0 };
    let ahead = known.as_ref().is_some_and(|k| k.story.is_some()) && replications > 1 && a.to.is_none();
    let more = if drawn_from.is_some() { runs } else { 0 } + if ahead { u64::from(replications) } else { 0 };
    let bar = progress::bar(all + more + more_trains, "simulating");
    let simulated = Clock::now();
    // The central run is the first that is done.
    let central_s = OnceLock::new();
    let done = || {
        central_s.get_or_init(|| simulated.elapsed().as_secs_f64());
        bar.inc(1);
    };
    let (declared, closure) = match closure {
        Some(x) => closure_runs(&c, &plan, seed, replications, x, &done),
        None => (ensemble(&c, &plan, seed, replications, &done), None),
    };
    let central_s = central_s.get().copied().unwrap_or(0.0);
    let (closure, pairs) = closure.unzip();
    let beside = pairs.map(|x| Beside { corridor: c.clone(), window: x.window, comparison: x.comparison });
    let twice = if asks_after_recovery(&c) { twice(&c, &plan, seed, &declared, &|| bar.inc(1)) } else { None };
    let (ensemble, declared) = match &drawn_from {
        Some((heard, day)) => {
            let believed = Believed::new(&heard.ledger, *day);
            let drawn = believed_ensemble(&c, &plan, seed, replications, believed, &|| bar.inc(1));
            let world = |draw| Cow::Owned(Believed::new(&heard.ledger, *day).corridor(&c, &plan, draw));
            (drawn.show_nearest(&world, &plan, seed), Some(declared))
        }
        None => (declared.show_nearest(&|_| Cow::Borrowed(&c), &plan, seed), None),
    };
    if let (true, Some(held), Some(story)) = (ahead, &held, known.as_mut().and_then(|k| k.story.as_mut())) {
        let heard = knowledge::ledger(held, a.customs, story.day);
        let routes = c.about.story.as_ref().map_or_else(Vec::new, |s| knowledge::routes_over(&c, s.crossing));
        let days = (story.day, knowledge::STORY_DAYS);
        story.carried = knowledge::carries(&c, &heard.ledger, days, &routes, (seed, replications), &|| bar.inc(1))?;
    }
    bar.finish_and_clear();
    let violations = yalu_check::check(&c, &ensemble.trace).iter().map(ToString::to_string).collect();
    let command = command(a, seed, replications);
    let draw = ensemble.shown.map_or(Draw::central(seed), |n| Draw::replication(seed, n));
    let line = line_measures(&c, &plan, draw, &ensemble.trace.since(plan.report_from));
    let mut results = Results {
        corridor: c,
        plan,
        ensemble,
        declared,
        as_of: drawn_from.as_ref().map(|x| day_text(x.1)),
        knowledge: known,
        line,
        seal,
        closure,
        beside,
        twice,
        seed,
        replications,
        violations,
        wall_s: (central_s, 0.0),
        command,
    };
    results.wall_s.1 = begin.elapsed().as_secs_f64();
    let mut view = View::of(&results);
    let text = write::all(&results, &view, &out)?;
    let written = out.finish()?;
    results.wall_s.1 = begin.elapsed().as_secs_f64();
    if a.json {
        view.wall_s = results.wall_s.1;
        print(&yalu_view::json(&view));
    } else {
        print(&view.told().text(colour_out(), width()));
        if a.verbose > 0 {
            print(&format!("\n{}", write::summary(&results, colour_out(), width())));
        }
        let dir = a.dir.display();
        print(&format!(
            "\nReport   {}\nData     run.json, summary.txt beside it; {text}\nNext     yalu status {dir}\n         yalu border {dir}\n         yalu run {dir} -v    months, routes, queues, trains\n",
            written.join("report.html").display()
        ));
    }
    let bad = !results.violations.is_empty() || results.ensemble.central.deadlocks > 0;
    for v in results.violations.iter().take(20) {
        say(format_args!("rule broken: {v}"));
    }
    Ok(if bad { Ended::Findings } else { Ended::Fine })
}

/// Whether the story asks how its crossing recovers.
fn asks_after_recovery(c: &Corridor) -> bool {
    c.about.story.as_ref().is_some_and(|s| s.questions.iter().any(|q| q.about == yalu_model::About::Recover))
}

/// Twice the trains over the story's crossing from its day on.
fn twice(c: &Corridor, plan: &Plan, seed: u64, declared: &Ensemble, done: &(impl Fn() + Sync)) -> Option<TwiceTrains> {
    let story = c.about.story.as_ref()?;
    twice_trains(c, plan, seed, (story.crossing, story.day), declared, done)
}

/// Tells where reports are not what was sealed. Regimes drawn from them are other regimes, so that ends a run unless it
/// is asked to go on without them.
fn heard_as_sealed(a: &Run, held: Option<&Held>, seal: Option<&Seal>) -> Result<(), Problem> {
    let (Some(held), Some(what)) = (held, seal.and_then(Seal::told)) else { return Ok(()) };
    if a.regime == RegimeSource::Declared || a.skip_bad {
        say(format_args!("{what} `yalu reports verify {}` says more", a.dir.display()));
        return Ok(());
    }
    let found: Vec<_> = held.record.diagnostics.iter().filter(|d| of_seal(d)).cloned().collect();
    Err(told(&found, &what)
        .help("put the record back, accept the edit with `yalu reports seal`, or draw from the rest with --skip-bad"))
}

/// The ledger that regimes are drawn from, and the day as of which; nothing where they are as declared.
fn drawn_from<'h>(a: &Run, held: Option<&'h Held>) -> Result<Option<(Heard<'h>, Day)>, Problem> {
    if a.regime == RegimeSource::Declared {
        return match &a.as_of {
            Some(_) => Err(Problem::new("--as-of is for regimes drawn from the ledger").help("add --regime ledger")),
            None => Ok(None),
        };
    }
    let held = held.ok_or_else(|| {
        Problem::new(format!("{} holds no reports to draw regimes from", a.dir.display()))
            .help("add reports.csv with `yalu reports add` or `import`, or run with --regime declared")
    })?;
    let day = day_asked(held, "--as-of", a.as_of.as_deref())?;
    Ok(Some((knowledge::ledger(held, a.customs, day), day)))
}

/// The command that makes the same results, without the folder it writes.
fn command(a: &Run, seed: u64, replications: u32) -> String {
    let mut out = format!("yalu run {} --seed {seed} --replications {replications}", folder_name(&a.dir));
    for (option, value) in [("--from", &a.from), ("--to", &a.to)] {
        if let Some(v) = value {
            let _ = write!(out, " {option} {v}");
        }
    }
    if a.regime == RegimeSource::Ledger {
        out.push_str(" --regime ledger");
        if let Some(day) = &a.as_of {
            let _ = write!(out, " --as-of {day}");
        }
    }
    if a.skip_bad {
        out.push_str(" --skip-bad");
    }
    if a.customs {
        out.push_str(" --customs");
    }
    out.push_str(&a.set.written());
    out.push_str(&a.closures.written());
    out
}
