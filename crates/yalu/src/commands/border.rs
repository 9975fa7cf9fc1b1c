//! `yalu border`.

use super::{Ended, print};
use crate::args::{Border, Overrides};
use crate::border::stock::{Asked, counted, interval};
use crate::border::{Told, Variant, charts, csv, gantt, grid, json, summary, time_cost, words};
use crate::load::{corridor, loaded};
use crate::terminal::{Problem, colour_out, width};
use crate::{period, progress};
use std::fmt::Write as _;
use std::time::Instant as Clock;
use yalu_chart::{Chart, standalone};
use yalu_model::Corridor;
use yalu_plan::{Plan, compile};
use yalu_store::{OutDir, StoreError};
use yalu_study::{border_runs, fit};

/// Tells what the border does with trains, and what a change would make of it.
pub fn border(a: &Border) -> Result<Ended, Problem> {
    let begin = Clock::now();
    let (c, plan) = prepared(a, None)?;
    if c.routes.iter().all(|r| r.rail.is_none()) || c.stations.is_empty() {
        return Err(Problem::new(format!("{} has no rail over the border and no border station", c.title))
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
    // Every change is read before the first run: a slip in the last is told at once.
    let changed: Vec<(String, Corridor, Plan)> = a
        .what_if
        .iter()
        .map(|what| prepared(a, Some(what)).map(|(c, plan)| (what.clone(), c, plan)))
        .collect::<Result<_, _>>()?;
    let out = a.output.as_ref().map(|dir| OutDir::begin(dir, a.force).map_err(|e| cannot(e, dir))).transpose()?;
    let seed = a.seed.unwrap_or(c.seed);
    let replications = a.replications.unwrap_or(c.replications).max(1);
    let each = u64::from(if replications > 1 { replications } else { 0 }) + 1;
    let bar = progress::bar(each * (1 + changed.len() as u64), "simulating");
    let runs = border_runs(&c, &plan, seed, replications, station, &|| bar.inc(1));
    let variants = changed
        .into_iter()
        .map(|(what, c, plan)| Variant {
            what,
            runs: border_runs(&c, &plan, seed, replications, station, &|| bar.inc(1)),
        })
        .collect();
    bar.finish_and_clear();
    let mut told = Told {
        corridor: c,
        plan,
        runs,
        variants,
        station,
        replications,
        seed,
        counted: None,
        command: command(a, seed, replications),
        wall_s: 0.0,
    };
    told.counted = asked.map(|x| counted(&told, x)).transpose()?;
    told.wall_s = begin.elapsed().as_secs_f64();
    let written = match (out, &a.output) {
        (Some(out), Some(dir)) => {
            let files = files(&told);
            for (name, text) in &files {
                out.write(name, text.as_bytes()).map_err(|e| cannot(e, dir))?;
            }
            out.finish().map_err(|e| cannot(e, dir))?;
            let names: Vec<&str> = files.iter().map(|f| f.0.as_str()).collect();
            format!("\nWritten: {} in {}\n", names.join(", "), dir.display())
        }
        _ => String::new(),
    };
    if a.json {
        print(&format!("{:#}\n", json::document(&told)))?;
    } else {
        print(&summary::text(&told, colour_out(), width()))?;
        print(&written)?;
    }
    Ok(Ended::Fine)
}

/// Tries values of inputs against counts.
fn grid(a: &Border, c: &Corridor, begin: Clock) -> Result<Ended, Problem> {
    let keys = a.grid.iter().map(|x| grid::axis(x)).collect::<Result<Vec<_>, _>>()?;
    let counts = a.seen.iter().map(|x| grid::count(c, x)).collect::<Result<Vec<_>, _>>()?;
    let routes = || c.routes.iter().enumerate().filter(|(_, r)| r.rail.is_some());
    let Some((route, _)) = routes().next() else { return Ok(Ended::Fine) };
    let cells = grid::cells(&keys);
    let made: Vec<(Corridor, Plan)> =
        cells.iter().map(|cell| prepared(a, Some(&grid::change(&keys, cell)))).collect::<Result<_, _>>()?;
    let out = a.output.as_ref().map(|dir| OutDir::begin(dir, a.force).map_err(|e| cannot(e, dir))).transpose()?;
    let (seed, n) = (a.seed.unwrap_or(c.seed), a.replications.unwrap_or(c.replications).max(1));
    let each = u64::from(if n > 1 { n } else { 0 }) + 1;
    let bar = progress::bar(each * cells.len() as u64, "simulating");
    let fits = made.iter().map(|(c, plan)| fit(c, plan, (seed, n), route, &counts, &|| bar.inc(1))).collect();
    bar.finish_and_clear();
    let from = period::told(&mut c.clone(), a.from.as_deref(), a.to.as_deref())?;
    let command = command(a, seed, n);
    let tried = grid::Tried { c, keys, cells, counts, fits, from, command, wall_s: begin.elapsed().as_secs_f64() };
    if let (Some(out), Some(dir)) = (out, &a.output) {
        let svg = grid::chart(&tried).svg();
        let files = [
            ("grid.json", format!("{:#}\n", grid::json(&tried))),
            ("grid.csv", grid::csv(&tried)),
            ("grid.svg", standalone(&svg, false)),
            ("summary.txt", grid::text(&tried, false, 100)),
        ];
        for (name, text) in files {
            out.write(name, text.as_bytes()).map_err(|e| cannot(e, dir))?;
        }
        out.finish().map_err(|e| cannot(e, dir))?;
    }
    if a.json {
        print(&format!("{:#}\n", grid::json(&tried)))?;
    } else {
        print(&grid::text(&tried, colour_out(), width()))?;
    }
    Ok(Ended::Fine)
}

/// Reads the corridor with its overrides, and with a change on top of them; cuts the period; compiles.
fn prepared(a: &Border, change: Option<&str>) -> Result<(Corridor, Plan), Problem> {
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
    let found = (0..c.stations.len()).find(|i| words::station_id(c, *i) == name);
    found.ok_or_else(|| {
        crate::words::unknown("border station", name, (0..c.stations.len()).map(|i| words::station_id(c, i)))
    })
}

/// Everything for the folder.
fn files(told: &Told) -> Vec<(String, String)> {
    let (c, central) = (&told.corridor, &told.runs.central);
    let mut out: Vec<(String, String)> = Vec::new();
    let mut chart = |name: &str, svg: String, csv: String| {
        out.push((format!("{name}.svg"), standalone(&svg, false)));
        out.push((format!("{name}.csv"), csv));
    };
    let dwell = charts::dwell(c, central);
    chart("dwell", dwell.svg(), dwell.csv());
    let usage = charts::usage(c, central);
    chart("utilisation", usage.svg(), usage.csv());
    chart("queue", charts::queue(told, true).svg(), charts::queue(told, false).csv());
    if let Some(window) = gantt::window(&told.corridor, &told.runs.seen, &told.days()) {
        let gantt = gantt::gantt(&told.corridor, &told.runs.seen, window, told.station);
        chart("gantt", gantt.svg(), gantt.csv());
    }
    let several = told.rail().count() > 1;
    for (i, route) in told.rail() {
        if let Some(x) = time_cost(told, i) {
            let name = if several { format!("time-cost-{}", route.id) } else { "time-cost".into() };
            chart(&name, x.svg(), x.csv());
        }
    }
    if let Some(x) = charts::effects(told) {
        chart("what-if", x.svg(), x.csv());
    }
    out.push(("days.csv".into(), csv::days(told)));
    out.push(("border.json".into(), format!("{:#}\n", json::document(told))));
    out.push(("summary.txt".into(), summary::text(told, false, 100)));
    out
}

fn cannot(e: StoreError, dir: &std::path::Path) -> Problem {
    let help = e.help();
    Problem::new(format!("results cannot be written to {}", dir.display())).because(e).help(help)
}

/// The command that makes the same results, without the folder it writes.
fn command(a: &Border, seed: u64, replications: u32) -> String {
    let mut out = format!("yalu border {} --seed {seed} --replications {replications}", a.dir.display());
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
