//! Scenario folders as the commands read them.

use crate::args::{Closures, Overrides};
use crate::terminal::{Problem, colour_err, say};
use std::path::Path;
use yalu_model::Corridor;
use yalu_scenario::{Diagnostic, Loaded, Severity, close, load, read_file, read_folder, render};
use yalu_trade::Values;
use yalu_view::calibrate::Posterior;

/// The file of a folder that holds what a calibration accepted.
pub const CALIBRATION: &str = "calibration.json";

/// The name of a folder for outputs that are shared: the path as typed may say who typed it.
pub fn folder_name(dir: &Path) -> String {
    let whole = dir.canonicalize();
    let last = whole.as_deref().unwrap_or(dir).file_name();
    last.map_or_else(|| dir.display().to_string(), |name| name.to_string_lossy().into_owned())
}

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

/// The accepted runs in a file of a calibration, of the corridor of an id where that is known.
#[allow(clippy::result_large_err)] // Made once a command.
fn runs_in(file: &Path, name: &str, scenario: Option<&str>) -> Result<Vec<Values>, Diagnostic> {
    let wrong = |what: String| {
        let help =
            "`yalu fit calibrate DIR --observed FILE --posterior FILE` writes one; without it the habits are priors";
        Diagnostic::whole(name, "Y0113", Severity::Error, what, Some(help.to_owned()))
    };
    let bytes = read_file(file).map_err(|e| wrong(e.to_string()))?;
    Posterior::read(&bytes, scenario).map_err(|e| {
        wrong(match std::error::Error::source(&e) {
            Some(why) => format!("no calibration: {e}: {why}"),
            None => format!("no calibration: {e}"),
        })
    })
}

/// The accepted runs in a file of a calibration of a corridor.
pub fn accepted_runs(file: &Path, c: &Corridor) -> Result<Vec<Values>, Problem> {
    let name = file.display().to_string();
    runs_in(file, &name, Some(&c.about.id)).map_err(|d| told(&[d], &format!("{name} cannot be used")))
}

/// The accepted runs of a folder's own calibration; none where it was not calibrated.
#[allow(clippy::result_large_err)] // Made once a command.
pub fn calibration(dir: &Path, scenario: Option<&str>) -> Result<Vec<Values>, Diagnostic> {
    let file = dir.join(CALIBRATION);
    if file.symlink_metadata().is_err() { Ok(Vec::new()) } else { runs_in(&file, CALIBRATION, scenario) }
}

/// The habits that a calibration of a corridor's folder accepted; none where it was not calibrated.
pub fn accepted(dir: &Path, c: &Corridor) -> Result<Vec<Vec<f64>>, Problem> {
    let runs = calibration(dir, Some(&c.about.id))
        .map_err(|d| told(&[d], &format!("the calibration of {} cannot be used", dir.display())))?;
    Ok(runs.iter().map(|v| v.0.to_vec()).collect())
}

/// The corridor of a folder with the habits of its calibration; its problems go to standard error.
pub fn corridor(dir: &Path, set: &Overrides) -> Result<Corridor, Problem> {
    let mut c = uncalibrated(dir, set)?;
    c.trade.accepted_habits = accepted(dir, &c)?;
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
            say(format_args!("{warnings} warning{s}. To list them: yalu check {}", dir.display()));
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
