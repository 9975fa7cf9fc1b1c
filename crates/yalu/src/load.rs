//! Scenario folders as the commands read them.

use crate::args::{Closures, Overrides};
use crate::terminal::{Problem, colour_err, say};
use std::path::Path;
use yalu_model::Corridor;
use yalu_scenario::{Diagnostic, Loaded, Severity, close, load, read_folder, render};
use yalu_trade::Values;
use yalu_view::calibrate::Posterior;

/// The file of a folder that holds what a calibration accepted.
pub const CALIBRATION: &str = "calibration.json";

/// Reads a folder with its overrides.
pub fn loaded(dir: &Path, set: &Overrides) -> Result<Loaded, Problem> {
    let mut pairs = Vec::new();
    for s in &set.set {
        let (key, value) = s.split_once('=').ok_or_else(|| {
            Problem::new(format!("--set {s} has no value"))
                .help("write --set table.id.field=value, as in --set service.bridge.max_wagons=20")
        })?;
        pairs.push((key.trim().to_string(), value.trim().to_string()));
    }
    let folder = read_folder(dir).map_err(|e| {
        Problem::new(format!("the scenario folder {} cannot be read", dir.display()))
            .because(e)
            .help("`yalu new NAME` writes a small one to begin with")
    })?;
    Ok(load(&folder, &pairs))
}

/// The accepted runs in a file of a calibration.
pub fn accepted_runs(file: &Path) -> Result<Vec<Values>, Problem> {
    let bytes =
        std::fs::read(file).map_err(|e| Problem::new(format!("{} cannot be read", file.display())).because(e))?;
    Posterior::read(&bytes).map_err(|e| {
        Problem::new(format!("{} is no calibration", file.display()))
            .because(e)
            .help("`yalu fit calibrate DIR --observed FILE --posterior FILE` writes one")
    })
}

/// The habits that a calibration of a folder accepted; none where it was not calibrated.
pub fn accepted(dir: &Path) -> Result<Vec<Vec<f64>>, Problem> {
    let file = dir.join(CALIBRATION);
    let runs = if file.is_file() { accepted_runs(&file)? } else { Vec::new() };
    Ok(runs.iter().map(|v| v.0.to_vec()).collect())
}

/// The corridor of a folder with the habits of its calibration; its problems go to standard error.
pub fn corridor(dir: &Path, set: &Overrides) -> Result<Corridor, Problem> {
    let mut c = uncalibrated(dir, set)?;
    c.trade.accepted_habits = accepted(dir)?;
    Ok(c)
}

/// The corridor of a folder as its files are, whatever a calibration accepted.
pub fn uncalibrated(dir: &Path, set: &Overrides) -> Result<Corridor, Problem> {
    let loaded = loaded(dir, set)?;
    let errors = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    if let Some(c) = loaded.corridor {
        let warnings = loaded.diagnostics.len();
        if warnings > 0 {
            let s = if warnings == 1 { "" } else { "s" };
            say(format_args!("{warnings} warning{s}; `yalu check {}` tells them", dir.display()));
        }
        return Ok(c);
    }
    Err(told(
        &loaded.diagnostics,
        &format!("{} has {errors} error{}", dir.display(), if errors == 1 { "" } else { "s" }),
    ))
}

/// The same, with crossings shut and opened over what the folder declares.
pub fn corridor_with(dir: &Path, set: &Overrides, closures: &Closures) -> Result<Corridor, Problem> {
    let mut c = corridor(dir, set)?;
    let problems = close(&mut c, &closures.close, &closures.reopen);
    if problems.is_empty() {
        Ok(c)
    } else {
        Err(told(&problems, "a closure or reopening cannot be laid over the scenario"))
    }
}

/// Tells problems on standard error, and what they come to.
pub fn told(problems: &[Diagnostic], what: &str) -> Problem {
    say(render(problems, colour_err()));
    Problem::new(what)
}
