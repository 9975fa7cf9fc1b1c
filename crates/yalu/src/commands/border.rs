//! `yalu border`.

use crate::args::{BorderArgs, Overrides};
use crate::ended::{Ended, threads};
use crate::load::{corridor, folder_name, loaded};
use crate::terminal::{Problem, colour_out, print, print_screen, width};
use crate::{period, progress};
use std::fmt::Write as _;
use std::time::Instant as Clock;
use yalu_border::flow::Interval;
use yalu_chart::{Chart, standalone};
use yalu_files::OutFolder;
use yalu_model::Corridor;
use yalu_number::Table;
use yalu_plan::{Plan, compile};
use yalu_report::border as pictures;
use yalu_store::write_table;
use yalu_study::{BorderRuns, CountSeen, border_runs, fit};
use yalu_view::border::grid::{Axis, Grid, change, combinations};
use yalu_view::border::{Asked, Border as View, Told, counted};
use yalu_view::{Head, json, names};

/// Shows what the border does with trains, and what a change would make of it.
pub fn border(a: &BorderArgs) -> Result<Ended, Problem> {
    let begin = Clock::now();
    let (c, plan) = prepared(a, None)?;
    if c.trade.routes.iter().all(|r| r.rail.is_none()) || c.border.stations.is_empty() {
        return Err(Problem::new(format!("{} has no rail over the border and no border station", c.about.title))
            .help("`yalu new DIR --border KIND` writes a corridor with one"));
    }
    let station = a.station.as_deref().map(|name| station(&c, name)).transpose()?;
    if !a.grid.is_empty() {
        return grid(a, &c, begin);
    }
    let asked = match (&a.stock, &a.flow) {
        (Some(text), _) => Some(Asked::Stock(interval("--stock", text)?)),
        (None, Some(text)) => Some(Asked::Flow(interval("--flow", text)?)),
        (None, None) => None,
    };
    threads(a.draws.threads)?;
    // Every change is read before the first run: a slip in the last is told at once.
    let changed: Vec<(String, Corridor, Plan)> = a
        .what_if
        .iter()
        .map(|what| prepared(a, Some(what)).map(|(c, plan)| (what.clone(), c, plan)))
        .collect::<Result<_, _>>()?;
    let out = out_dir(a)?;
    let (seed, replications) = a.draws.of(&c.sampling);
    let each = u64::from(if replications > 1 { replications } else { 0 }) + 1;
    let bar = progress::bar(each * (1 + changed.len() as u64), "simulating");
    let run = |c: &Corridor, plan: &Plan| border_runs(c, plan, seed, replications, station, &|| bar.inc(1));
    let runs = run(&c, &plan);
    let variants: Vec<(String, BorderRuns)> =
        changed.iter().map(|(what, c, plan)| (what.clone(), run(c, plan))).collect();
    bar.finish_and_clear();
    let told = Told { corridor: &c, plan: &plan, runs: &runs, variants: &variants, station, seed, replications };
    let none = |e: yalu_view::border::NothingStood| {
        Problem::new(e.to_string()).help("name another with --station, or another period")
    };
    let counted = asked.map(|x| counted(&told, x).map_err(none)).transpose()?;
    let view = View::of(&told, counted, command(a, seed, replications), begin.elapsed().as_secs_f64());
    let written = written(a, out, &files(&view), &view.by_day())?;
    if a.shown.json {
        print(&json(&view));
    } else {
        print_screen(&view.summary().text(colour_out(), width()), a.shown.verbose);
        print(&written);
    }
    Ok(Ended::Fine)
}

/// Tries values of inputs against counts.
fn grid(a: &BorderArgs, c: &Corridor, begin: Clock) -> Result<Ended, Problem> {
    let axes = a.grid.iter().map(|x| axis(x)).collect::<Result<Vec<_>, _>>()?;
    let counts = a.seen.iter().map(|x| count(c, x)).collect::<Result<Vec<_>, _>>()?;
    let Some((route, _)) = c.trade.routes.iter().enumerate().find(|(_, r)| r.rail.is_some()) else {
        return Ok(Ended::Fine);
    };
    let made: Vec<(Corridor, Plan)> =
        combinations(&axes).iter().map(|at| prepared(a, Some(&change(&axes, at)))).collect::<Result<_, _>>()?;
    let out = out_dir(a)?;
    let (seed, n) = a.draws.of(&c.sampling);
    let each = u64::from(if n > 1 { n } else { 0 }) + 1;
    let bar = progress::bar(each * made.len() as u64, "simulating");
    let fits = made.iter().map(|(c, plan)| fit(c, plan, (seed, n), route, &counts, &|| bar.inc(1))).collect();
    bar.finish_and_clear();
    let from = period::told(&mut c.clone(), a.from.as_deref(), a.to.as_deref())?;
    let head = Head::of(c, command(a, seed, n), begin.elapsed().as_secs_f64());
    let view = Grid::of(c, axes, &counts, fits, from, head);
    let svg = standalone(&pictures::grid(&view).svg(), false);
    let text = view.summary().text(false, PAPER);
    let files =
        [("grid.json", json(&view)), ("grid.csv", view.table().csv()), ("grid.svg", svg), ("summary.txt", text)];
    written(a, out, &files.map(|(name, text)| (name.to_owned(), text)), &view.table())?;
    if a.shown.json {
        print(&json(&view));
    } else {
        print_screen(&view.summary().text(colour_out(), width()), a.shown.verbose);
    }
    Ok(Ended::Fine)
}

/// Columns of a summary in a file.
const PAPER: usize = 100;

/// Reads the corridor with its overrides, and with a change on top of them; cuts the period; compiles.
fn prepared(a: &BorderArgs, change: Option<&str>) -> Result<(Corridor, Plan), Problem> {
    let mut set = Overrides { set: a.set.set.clone() };
    set.set.extend(change.into_iter().flat_map(|x| x.split(',')).map(|x| x.trim().to_string()));
    let mut c = match change {
        None => corridor(&a.dir, &set)?,
        // What the folder warns of has been told once.
        Some(x) => loaded(&a.dir, &set)?
            .corridor
            .ok_or(())
            .or_else(|()| corridor(&a.dir, &set).map_err(|e| Problem { what: format!("with {x}: {}", e.what), ..e }))?,
    };
    let from = period::told(&mut c, a.from.as_deref(), a.to.as_deref())?;
    let plan = compile(&c, from).map_err(|e| crate::physics::unfit(&c, &e))?;
    Ok((c, plan))
}

/// The border station of a name.
fn station(c: &Corridor, name: &str) -> Result<usize, Problem> {
    let ids = || (0..c.border.stations.len()).map(|i| names::station_id(c, i));
    ids().position(|id| id == name).ok_or_else(|| crate::words::unknown("border station", name, ids()))
}

/// Reads `60..75` or `60`.
fn interval(option: &str, text: &str) -> Result<Interval, Problem> {
    let (a, b) = text.split_once("..").unwrap_or((text, text));
    let number = |s: &str| s.trim().parse::<f64>().ok();
    let ends = number(a).zip(number(b));
    ends.and_then(|(a, b)| Interval::new(a.min(b), a.max(b)).ok()).ok_or_else(|| {
        Problem::new(format!("{option} {text} is no interval"))
            .help(format!("write the least and the greatest, as in {option} 60..75"))
    })
}

/// Reads `KEY=VALUE,VALUE`.
fn axis(text: &str) -> Result<Axis, Problem> {
    let wrong = || {
        Problem::new(format!("--grid {text} has no values"))
            .help("write a key and its values, as in --grid hold.uiju.capacity_t=6000,12000,25000")
    };
    let (key, values) = text.split_once('=').ok_or_else(wrong)?;
    let values: Vec<String> = values.split(',').map(|v| v.trim().to_string()).filter(|v| !v.is_empty()).collect();
    if values.is_empty() { Err(wrong()) } else { Ok(Axis { key: key.trim().to_string(), values }) }
}

/// Reads `FROM..TO=LEAST..MOST`.
fn count(c: &Corridor, text: &str) -> Result<CountSeen, Problem> {
    let wrong = || {
        Problem::new(format!("--seen {text} is no count"))
            .help("write first and last day, then least and most wagons a day: --seen 2022-01-17..2022-04-28=10..15")
    };
    let (days, wagons) = text.split_once('=').ok_or_else(wrong)?;
    let (first, last) = days.split_once("..").ok_or_else(wrong)?;
    let from = period::day(c, "--seen", first.trim())?;
    let last = period::day(c, "--seen", last.trim())?;
    let to = period::next_midnight(period::zone(c), last).unwrap_or(c.horizon.to);
    let Interval { least: low, most: high } = interval("--seen", wagons)?;
    if to <= from { Err(wrong()) } else { Ok(CountSeen { from, to, low, high }) }
}

/// Everything for the folder.
fn files(view: &View) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut chart = |name: &str, drawn: &dyn Chart, data: &dyn Chart| {
        out.push((format!("{name}.svg"), standalone(&drawn.svg(), false)));
        out.push((format!("{name}.csv"), data.csv()));
    };
    let mut alone = |name: &str, x: &dyn Chart| chart(name, x, x);
    alone("dwell", &pictures::dwell(&view.central));
    alone("utilisation", &pictures::usage(&view.central));
    for w in &view.ways {
        let name = if view.figures.len() > 1 { format!("time-cost-{}", w.route) } else { "time-cost".into() };
        alone(&name, &pictures::way(w));
    }
    if let Some(yard) = &view.yard {
        alone("gantt", &pictures::yard(yard));
    }
    if let Some(x) = pictures::effects(view) {
        alone("what-if", &x);
    }
    chart("queue", &pictures::queue(view, true), &pictures::queue(view, false));
    out.push(("days.csv".into(), view.by_day().csv()));
    out.push(("border.json".into(), json(view)));
    out.push(("summary.txt".into(), view.summary().text(false, PAPER)));
    out
}

fn out_dir(a: &BorderArgs) -> Result<Option<OutFolder>, Problem> {
    Ok(a.out.begin("yalu border")?)
}

/// Writes the files and a table where a folder was asked for, and says so.
fn written(
    a: &BorderArgs,
    out: Option<OutFolder>,
    files: &[(String, String)],
    table: &Table,
) -> Result<String, Problem> {
    let (Some(out), Some(dir)) = (out, &a.out.output) else { return Ok(String::new()) };
    for (name, text) in files {
        out.write(name, text.as_bytes())?;
    }
    let parquet = write_table(&out, table)?;
    out.finish()?;
    let names: Vec<&str> = files.iter().map(|f| f.0.as_str()).chain([parquet.as_str()]).collect();
    Ok(format!("\nWritten: {} in {}\n", names.join(", "), dir.display()))
}

/// The command that makes the same results, without the folder it writes.
fn command(a: &BorderArgs, seed: u64, replications: u32) -> String {
    let mut out = format!("yalu border {} --seed {seed} --replications {replications}", folder_name(&a.dir));
    let options =
        [("--station", &a.station), ("--from", &a.from), ("--to", &a.to), ("--stock", &a.stock), ("--flow", &a.flow)];
    for (option, value) in options {
        if let Some(v) = value {
            let _ = write!(out, " {option} {v}");
        }
    }
    for (option, list) in [("--grid", &a.grid), ("--seen", &a.seen)] {
        for x in list {
            let _ = write!(out, " {option} {x}");
        }
    }
    for x in &a.what_if {
        let _ = write!(out, " --what-if '{x}'");
    }
    out.push_str(&a.set.written());
    out
}
