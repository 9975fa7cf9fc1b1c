//! `yalu fit calibrate`.

use super::score::observed;
use crate::args::Calibrate as Args;
use crate::calibrate::checkpoint::{Checkpoint, CheckpointError};
use crate::calibrate::{Pool, fingerprint};
use crate::ended::{Ended, threads};
use crate::load::uncalibrated;
use crate::progress;
use crate::terminal::{Problem, colour_out, print, print_screen, say, width};
use std::path::PathBuf;
use std::time::Instant as Clock;
use yalu_files::write_file;
use yalu_model::{Corridor, Direction};
use yalu_regime::Dates;
use yalu_score::{Known, Month};
use yalu_study::known_exports;
use yalu_trade::DayModel;
use yalu_trade::calibrate::{CalibrateError, Task, blocks, calibrate as calibrated, halves, last_years};
use yalu_view::calibrate::{Calibrate, FitTerms, Posterior};
use yalu_view::json;

/// Fewest months that a calibration is tried on.
const LEAST_MONTHS: usize = 4;

/// Calibrates the day-level trade model on reported months.
pub fn calibrate(a: &Args) -> Result<Ended, Problem> {
    let begin = Clock::now();
    let c = uncalibrated(&a.dir, &a.set)?;
    if c.trade.routes.is_empty() {
        return Err(Problem::new(format!("{} is a line alone: no goods go by any route", c.about.title)));
    }
    threads(a.threads)?;
    let model =
        DayModel::new(&c).ok_or_else(|| Problem::new(format!("{} has days without a midnight", c.about.title)))?;
    let known = months(&c, &model, a)?;
    let seed = a.seed.unwrap_or(c.sampling.seed);
    let mut task = Task::new(&model, &known, seed, a.runs);
    (task.least, task.small) = (a.least, a.small);
    if !(a.least > 0.0 && a.small >= a.least) {
        return Err(Problem::new("--least must be above zero and --small no less").help("as in --least 1 --small 5"));
    }
    let mut splits = halves(&task.known);
    let leave_out = if a.leave_out.is_empty() { last_years(&task.known) } else { a.leave_out.clone() };
    let years = blocks(&task.known, &leave_out);
    let names: Vec<String> = years.iter().map(|s| s.name.clone()).collect();
    splits.extend(years);
    let path = a.checkpoint.clone().unwrap_or_else(|| PathBuf::from(format!("out/{}.calibration", c.about.id)));
    let checkpoint = Checkpoint::open(&path, fingerprint(&c, &task.known, seed)).map_err(cannot)?;
    if checkpoint.len() > 0 {
        say(format_args!("{} runs are there already, in {}", checkpoint.len(), path.display()));
    }
    let bar = progress::bar(u64::from(a.runs), "running");
    let mut pool = Pool { model: &model, seed, checkpoint, done: &|n| bar.inc(n) };
    let mut readings = Vec::new();
    for dates in [Dates::Widened, Dates::AsGiven] {
        readings.push(calibrated(&task, dates, &splits, &mut pool).map_err(problem)?);
    }
    bar.finish_and_clear();
    let asked = FitTerms {
        corridor: &c,
        observed: &a.observed.observed.display().to_string(),
        task: &task,
        months: model.months(),
        blocks: &names,
    };
    let view = Calibrate::of(asked, &readings, begin.elapsed().as_secs_f64());
    if let Some(file) = &a.posterior {
        let text = Posterior::of(&view, &task).text().map_err(|e| Problem::new("the result is no JSON").because(e))?;
        write_file(file, text)?;
    }
    if a.shown.json {
        print(&json(&view));
    } else {
        print_screen(&view.summary().text(colour_out(), width()), a.shown.verbose);
    }
    Ok(Ended::Fine)
}

/// Reported months of exports, million USD that vehicles carried.
fn months(c: &Corridor, model: &DayModel, a: &Args) -> Result<Vec<Known>, Problem> {
    let all = observed(c, &a.observed)?;
    let [from, to] = &c.about.countries;
    let series =
        all.iter().find(|s| s.direction == Some(Direction::Forward) && s.unit.is_value()).ok_or_else(|| {
            Problem::new(format!("no column holds values from {from} to {to}"))
                .help(format!("--value COLUMN --unit MUSD --direction {from}-{to} declares one"))
        })?;
    let wanted = a.months.iter().map(|text| span(text)).collect::<Result<Vec<_>, _>>()?;
    let mut out = known_exports(c, model, series, a.observed.all_carried);
    out.retain(|k| wanted.is_empty() || wanted.iter().any(|(first, last)| (*first..=*last).contains(&k.month)));
    if out.len() < LEAST_MONTHS {
        let s = if out.len() == 1 { "month is" } else { "months are" };
        return Err(Problem::new(format!("{} {s} too few to calibrate on", out.len()))
            .help(format!("give at least {LEAST_MONTHS} months of the scenario's horizon with a value")));
    }
    Ok(out)
}

/// `2020-01..2021-12`, or one month.
fn span(text: &str) -> Result<(Month, Month), Problem> {
    let one = |s: &str| {
        let (y, m) = s.split_once('-')?;
        let (year, month) = (y.parse::<i16>().ok()?, m.parse::<i8>().ok()?);
        (y.len() == 4 && m.len() == 2 && (1..=12).contains(&month)).then(|| Month::new(year, month))
    };
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    match (one(first), one(last)) {
        (Some(a), Some(b)) if a <= b => Ok((a, b)),
        _ => Err(Problem::new(format!("--months {text}: no months")).help("write 2020-01..2021-12, or 2022-09")),
    }
}

fn problem(e: CalibrateError<CheckpointError>) -> Problem {
    match e {
        CalibrateError::Run(e) => cannot(e),
        e => Problem::new("the calibration came to nothing").because(e),
    }
}

fn cannot(e: CheckpointError) -> Problem {
    let help = match &e {
        CheckpointError::File(e) => e.help(),
        CheckpointError::Other { .. } | CheckpointError::Foreign { .. } => {
            "choose another file with --checkpoint, or take that one away"
        }
    };
    Problem::new("the checkpoint cannot be used").because(e).help(help)
}
