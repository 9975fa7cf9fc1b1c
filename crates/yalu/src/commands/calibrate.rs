//! `yalu calibrate`.

use super::score::observed;
use super::{Ended, print};
use crate::args::Calibrate;
use crate::calibrate::checkpoint::{Checkpoint, CheckpointError};
use crate::calibrate::{Pool, Told, fingerprint, json, posterior, text};
use crate::load::uncalibrated;
use crate::progress;
use crate::terminal::{Problem, colour_out, width};
use std::path::PathBuf;
use std::time::Instant as Clock;
use yalu_files::write_file;
use yalu_model::{Corridor, Direction, Draw};
use yalu_regime::Dates;
use yalu_score::{Known, Month};
use yalu_trade::calibrate::{CalibrateError, Task, blocks, calibrate as calibrated, halves};
use yalu_trade::{DayModel, Values};

/// Calibrates the day-level trade model on reported months.
pub fn calibrate(a: &Calibrate) -> Result<Ended, Problem> {
    let begin = Clock::now();
    let c = uncalibrated(&a.dir, &a.set)?;
    if c.routes.is_empty() {
        return Err(Problem::new(format!("{} is a line alone: no goods go by any route", c.title)));
    }
    if let Some(n) = a.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(n)).build_global();
        pool.map_err(|e| Problem::new("the threads asked for cannot be started").because(e))?;
    }
    let model = DayModel::new(&c).ok_or_else(|| Problem::new(format!("{} has days without a midnight", c.title)))?;
    let known = months(&c, &model, a)?;
    let seed = a.seed.unwrap_or(c.seed);
    let mut task = Task::new(&model, &known, seed, a.runs);
    (task.least, task.small) = (a.least, a.small);
    if !(a.least > 0.0 && a.small >= a.least) {
        return Err(Problem::new("--least must be above zero and --small no less").help("as in --least 1 --small 5"));
    }
    let mut splits = halves(&task.known);
    let years = blocks(&task.known, &a.leave_out);
    let names: Vec<String> = years.iter().map(|s| s.name.clone()).collect();
    splits.extend(years);
    let path = a.checkpoint.clone().unwrap_or_else(|| PathBuf::from(format!("out/{}.calibration", c.id)));
    if let Some(dir) = path.parent().filter(|d| !d.as_os_str().is_empty()) {
        std::fs::create_dir_all(dir)
            .map_err(|e| Problem::new(format!("{} cannot be made", dir.display())).because(e))?;
    }
    let checkpoint = Checkpoint::open(&path, fingerprint(&c, &task.known, seed)).map_err(cannot)?;
    if checkpoint.len() > 0 {
        eprintln!("{} runs are there already, in {}", checkpoint.len(), path.display());
    }
    let bar = progress::bar(u64::from(a.runs), "running");
    let mut pool = Pool { model: &model, seed, checkpoint, done: &|n| bar.inc(n) };
    let mut readings = Vec::new();
    for dates in [Dates::Widened, Dates::AsGiven] {
        readings.push(calibrated(&task, dates, &splits, &mut pool).map_err(problem)?);
    }
    bar.finish_and_clear();
    let told = Told {
        c: &c,
        file: a.observed.observed.display().to_string(),
        task: &task,
        months: model.months(),
        blocks: names,
        readings,
        wall_s: begin.elapsed().as_secs_f64(),
    };
    if let Some(file) = &a.posterior {
        write_file(file, posterior::text(&told))?;
    }
    if a.json {
        print(&format!("{:#}\n", json::document(&told)))?;
    } else {
        print(&text::text(&told, colour_out(), width()))?;
    }
    Ok(Ended::Fine)
}

/// Reported months of exports, million USD that vehicles carried.
fn months(c: &Corridor, model: &DayModel, a: &Calibrate) -> Result<Vec<Known>, Problem> {
    let all = observed(c, &a.observed)?;
    let [from, to] = &c.countries;
    let series =
        all.iter().find(|s| s.direction == Some(Direction::Forward) && s.unit.is_value()).ok_or_else(|| {
            Problem::new(format!("no column holds values from {from} to {to}"))
                .help(format!("--value COLUMN --unit MUSD --direction {from}-{to} declares one"))
        })?;
    let mut wanted = Vec::new();
    for text in &a.months {
        wanted.push(span(text)?);
    }
    let central = model.run(Draw::central(c.seed), &Values::central(), Dates::AsGiven);
    let scale = series.unit.size() / 1e6;
    let mut out = Vec::new();
    for m in &series.months {
        let month = Month::new(m.month.0, m.month.1);
        let Some(i) = model.months().iter().position(|x| *x == m.month) else { continue };
        let wire = if a.observed.all_carried { 0.0 } else { central.months[i].wire_usd.forward / 1e6 };
        let value = m.value * scale - m.taken_out.map_or(wire, |t| t * scale);
        let asked = wanted.is_empty() || wanted.iter().any(|(first, last)| (*first..=*last).contains(&month));
        if asked && value > 0.0 {
            out.push(Known { month, value });
        }
    }
    if out.len() < 4 {
        return Err(Problem::new(format!("{} months are too few to calibrate on", out.len()))
            .help("give at least 4 months of the scenario's horizon with a value"));
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
        CheckpointError::Io { .. } => "choose another file with --checkpoint",
        CheckpointError::Other { .. } | CheckpointError::Foreign { .. } => {
            "choose another file with --checkpoint, or take that one away"
        }
    };
    Problem::new("the checkpoint cannot be used").because(e).help(help)
}
