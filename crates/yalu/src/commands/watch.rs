//! `yalu watch`.

use crate::args::{Bench, Listed, Watch, WatchKind, WatchScore};
use crate::ended::Ended;
use crate::terminal::{Problem, print, say_part};
use crate::watch::{causes, releases, text_of};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use yalu_files::write_file;
use yalu_scenario::render;
use yalu_view::watch::{Inputs, NamedCause, build, feed, score_text, text};
use yalu_watch::plant::{Bench as Planting, ExplainedMonths, depth, false_alarms, recall, threshold};
use yalu_watch::read::{Measure, Preset, Release, draft, head};
use yalu_watch::recovery::{paths, reference_class};
use yalu_watch::score::{Rivals, ScoreTerms, score};
use yalu_watch::{Counts, Pass, Period, Step, Thresholds};

/// Rows that a mapping file is drafted from.
const DRAFTED: usize = 200;

/// Counts of real crossings: their state, what happened, what next.
pub fn watch(a: &Watch) -> Result<Ended, Problem> {
    match &a.kind {
        Some(WatchKind::Score(s)) => return scores(s),
        Some(WatchKind::Plant(b)) => return plant(b),
        None => {}
    }
    if let Some(path) = &a.map_help {
        let (header, rows) = head(&text_of(path)?, DRAFTED);
        print(&draft(&header, &rows));
        return Ok(Ended::Fine);
    }
    let preset = a.read.preset.map(Preset::from);
    let releases = releases(&a.read.tables, preset, a.read.map.as_deref())?;
    if a.replay {
        return replay(&releases);
    }
    let mut counts = together(&releases)?;
    if let Some(text) = &a.as_of {
        counts = counts.clone().as_of(period(&counts, text)?);
    }
    let pass = Pass::run(&counts, Thresholds::default());
    let causes = causes(a.known.as_deref(), counts.step)?;
    let inputs = Inputs { counts: &counts, pass: &pass, releases: &releases, causes: &causes };
    let w = build(&inputs);
    if let Some(path) = &a.closures {
        let paths = paths(&pass, &yalu_watch::event::events(&counts, &pass));
        let cause = |p: &yalu_watch::recovery::Path| inputs.cause(p.crossing, p.span.0, p.span.1);
        write_file(path, reference_class(&counts, &paths, &cause))?;
    }
    if let Some(path) = &a.feed {
        write_file(path, feed(&w))?;
    }
    let ended = if w.changed.is_empty() { Ended::Fine } else { Ended::Findings };
    let json =
        || serde_json::to_string_pretty(&w).map_err(|e| Problem::new("the board cannot be written as JSON").because(e));
    if a.json {
        print(&(json()? + "\n"));
        return Ok(ended);
    }
    if let Some(name) = &a.event {
        let found: Vec<_> = w.events.iter().filter(|e| e.id.starts_with(name.as_str())).collect();
        if found.is_empty() {
            return Err(
                Problem::new(format!("no event is called {name}")).help("yalu watch FILE --list events lists them")
            );
        }
        for e in found {
            print(&format!("{}  {}\n  {}\n", e.id, e.title, e.sentences.join("\n  ")));
        }
        return Ok(ended);
    }
    if a.list == Some(Listed::Events) {
        let lines: Vec<String> =
            w.events.iter().map(|e| format!("{:<16} {:<14} {}\n", e.id, e.kind, e.title)).collect();
        print(&lines.concat());
        return Ok(ended);
    }
    if a.list == Some(Listed::Faults) {
        let mut out = String::new();
        for d in &w.doubts {
            let n = |x: Option<f64>| x.map_or_else(|| "no row".into(), yalu_number::whole);
            let _ = writeln!(
                out,
                "{:<24} {} {:<13} {} of {}: {}",
                d.name,
                d.period,
                d.measure,
                n(d.count),
                n(d.expected),
                d.why
            );
        }
        for n in &w.notes {
            let _ = writeln!(out, "{n}");
        }
        print(&out);
        return Ok(ended);
    }
    write_file(&a.output.join("index.html"), yalu_report::watch::page(&w, &counts))?;
    write_file(&a.output.join("board.json"), json()?)?;
    write_file(&a.output.join("feed.xml"), feed(&w))?;
    let shown = a.output.display();
    print(&format!(
        "{}Page {shown}/index.html, board.json, feed.xml. More: --list events, --list faults, --event NAME, --as-of PERIOD\n",
        text(&w)
    ));
    Ok(ended)
}

impl From<crate::args::PresetName> for Preset {
    fn from(p: crate::args::PresetName) -> Preset {
        match p {
            crate::args::PresetName::Bts => Preset::Bts,
            crate::args::PresetName::Transborder => Preset::Transborder,
        }
    }
}

fn together(releases: &[Release]) -> Result<Counts, Problem> {
    let counts = Counts::of(releases).map_err(|d| {
        say_part(render(&[*d], crate::terminal::colour_err()));
        Problem::new("the tables cannot be read together")
    })?;
    if counts.crossings.is_empty() {
        return Err(Problem::new("no crossing of the table ever had rail"));
    }
    Ok(counts)
}

fn period(counts: &Counts, text: &str) -> Result<Period, Problem> {
    let p = Period::parse(text, counts.step).ok_or_else(|| {
        Problem::new(format!("`{text}` is no {}", counts.step.word())).help("2021-12, Dec 2021, 2021-12-31")
    })?;
    if counts.place(p).is_none() {
        let (a, b) = (counts.period(0), counts.period(counts.periods - 1));
        return Err(Problem::new(format!("{p} is not in the table")).help(format!("it holds {a} to {b}")));
    }
    Ok(p)
}

fn place(counts: &Counts, text: &str) -> Result<usize, Problem> {
    let p = period(counts, text)?;
    Ok(counts.place(p).unwrap_or(0))
}

fn span(counts: &Counts, text: &str) -> Result<(usize, usize), Problem> {
    let (a, b) =
        text.split_once("..").ok_or_else(|| Problem::new(format!("`{text}` is no span")).help("2003-01..2012-12"))?;
    let (from, to) = (place(counts, a)?, place(counts, b)?);
    if from <= to { Ok((from, to)) } else { Err(Problem::new(format!("`{text}` ends before it begins"))) }
}

/// What each release would have called, when it was the last.
fn replay(all: &[Release]) -> Result<Ended, Problem> {
    let mut ended = Ended::Fine;
    for n in 1..=all.len() {
        if all[n - 1].cells.is_empty() {
            continue;
        }
        let counts = together(&all[..n])?;
        let pass = Pass::run(&counts, Thresholds::default());
        let w = build(&Inputs { counts: &counts, pass: &pass, releases: &all[..n], causes: &[] });
        let revised = w.revisions.iter().filter(|r| r.file == all[n - 1].file).count();
        let mut out = format!("{} ({}), {revised} counts corrected\n", w.period_words, all[n - 1].file);
        for line in &w.changed {
            ended = Ended::Findings;
            let _ = writeln!(out, "  {line}");
        }
        print(&out);
    }
    Ok(ended)
}

fn rivals(path: Option<&Path>, step: Step) -> Result<Rivals, Problem> {
    let mut out: Rivals = BTreeMap::new();
    let Some(path) = path else {
        return Ok(out);
    };
    let (header, rows) = head(&text_of(path)?, usize::MAX);
    if header != ["model", "crossing", "measure", "origin", "ahead", "value"] {
        return Err(
            Problem::new(format!("{} holds no forecasts", path.display())).help("bench/watch_rivals.py writes them")
        );
    }
    for (n, r) in rows.iter().enumerate() {
        let measure = Measure::ALL.into_iter().find(|m| r.get(2).is_some_and(|w| w == m.word()));
        let origin = r.get(3).and_then(|t| Period::parse(t, step));
        let number = |i: usize| r.get(i).and_then(|t| t.parse::<f64>().ok());
        let (Some(measure), Some(origin), Some(ahead), Some(value)) = (measure, origin, number(4), number(5)) else {
            return Err(Problem::new(format!("{} line {} is no forecast", path.display(), n + 2)));
        };
        out.entry(r[0].clone()).or_default().insert((r[1].clone(), measure, origin.index, ahead as usize), value);
    }
    Ok(out)
}

fn scores(a: &WatchScore) -> Result<Ended, Problem> {
    let releases = releases(&a.files.files, None, a.files.map.as_deref())?;
    let counts = together(&releases)?;
    let pass = Pass::run(&counts, Thresholds::default());
    let ahead: Vec<usize> = a.ahead.iter().map(|h| usize::from(*h)).collect();
    let (from, to) = (place(&counts, &a.from)?, place(&counts, &a.to)?);
    let asked = ScoreTerms { from, to, every: a.every, ahead: ahead.clone() };
    let s = score(&counts, &pass, &asked, &rivals(a.rivals.as_deref(), counts.step)?).ok_or_else(|| {
        Problem::new("nothing can be scored")
            .help("a median of 30 trains or 1,000 loaded boxes over five years is needed")
    })?;
    let files: Vec<String> = releases.iter().map(|r| r.file.clone()).collect();
    print(&score_text(&s, &files, &ahead));
    Ok(Ended::Fine)
}

/// Classes of sizes that recall is told for.
const CLASSES: [(f64, f64); 6] = [(0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0), (4.0, 6.0), (6.0, f64::INFINITY)];

fn plant(a: &Bench) -> Result<Ended, Problem> {
    let counts = together(&releases(&a.files.files, None, a.files.map.as_deref())?)?;
    let pass = Pass::run(&counts, Thresholds::default());
    let key = |c: NamedCause| {
        let key = c.crossing.map(|n| counts.crossings.iter().find(|x| x.name == n).map_or(n, |x| x.key.clone()));
        ExplainedMonths { crossing: key, from: c.from, to: c.to }
    };
    let known: Vec<ExplainedMonths> = causes(a.known.as_deref(), counts.step)?.into_iter().map(key).collect();
    let (set_on, plant_in) = (span(&counts, &a.set_on)?, span(&counts, &a.plant_in)?);
    let thresholds = Thresholds::default();
    let mut out = format!(
        "{} known causes set aside; seed {}. Thresholds in standard deviations, and unexplained episodes a crossing in five years:\n",
        known.len(),
        a.seed
    );
    for (k, name) in
        ["in its own release", "one period later", "two periods later", "six periods later"].iter().enumerate()
    {
        let t = thresholds.0[k];
        let of = |span| false_alarms(&counts, &pass, k, t, span, &known);
        let (first, second) = (of(set_on), of(plant_in));
        let _ = writeln!(
            out,
            "  {name:<20} {t:.2}: {:.2} in {} ({} of {} episodes unexplained, {:.0} crossing-years), {:.2} in {}; least for 1.00 in {}: {:.2}",
            first.in_five_years(),
            a.set_on,
            first.episodes,
            first.all,
            first.years,
            second.in_five_years(),
            a.plant_in,
            a.set_on,
            threshold(&counts, &pass, k, set_on, &known)
        );
    }
    let bench = Planting { counts: &counts, number: a.number, seed: a.seed, span: plant_in };
    let found = bench.closures(thresholds);
    let _ = writeln!(
        out,
        "\n{} closures planted, 1 to 60 days, 20 to 100 %\n  size in sd   planted  at once  two later  six later",
        found.len()
    );
    for r in recall(&found, &CLASSES).iter().chain(&recall(&found, &[(3.0, f64::INFINITY), (4.0, f64::INFINITY)])) {
        let to = if r.to.is_finite() { format!("– {}", r.to) } else { "and up".into() };
        let _ = writeln!(
            out,
            "  {} {to:<9} {:>7}  {:>7.2}  {:>9.2}  {:>9.2}",
            r.from, r.closures, r.found[0], r.found[1], r.found[2]
        );
    }
    for (later, name) in [(0, "at once"), (1, "two periods later")] {
        for above in [3.0, 5.0] {
            let d = depth(&found, later, above);
            let _ = writeln!(
                out,
                "  depth {name}, size over {above}, nothing made up: {} closures, median error {:.1} points, {:.0} % within a fifth",
                d.closures,
                100.0 * d.error,
                100.0 * d.within_fifth
            );
        }
    }
    for (m, name) in ["trains", "loaded", "empty"].iter().enumerate() {
        let gains: Vec<bool> = found.iter().filter_map(|f| f.gains[m]).collect();
        let held = gains.iter().filter(|g| **g).count();
        let _ = writeln!(out, "  gains at the neighbour, {name}: {held} of {} in their 90 % band", gains.len());
    }
    out.push_str("\nFaults planted   number  named  doubted  called a closure\n");
    for (kind, f) in bench.faults(thresholds) {
        let share = |n: usize| n as f64 / f.planted.max(1) as f64;
        let _ = writeln!(
            out,
            "  {:<12} {:>7}  {:>6.2}  {:>6.2}  {:>6.3}",
            format!("{kind:?}"),
            f.planted,
            share(f.named),
            share(f.doubted),
            share(f.called)
        );
    }
    print(&out);
    Ok(Ended::Fine)
}
