//! `yalu study`: cases of one corridor, at once or cut into shards.
mod points;
mod shards;

pub use shards::{merge, plan, run_shard, status};

use crate::args::{Overrides, Whole};
use crate::ended::{Ended, threads};
use crate::load::{accepted, loaded, told};
use crate::terminal::{Problem, colour_out, print, width};
use crate::{period, progress};
use std::path::{Path, PathBuf};
use yalu_files::OutFolder;
use yalu_model::Corridor;
use yalu_plan::{Plan, compile};
use yalu_scenario::{StudyCase, StudyFile, close, read_file, read_study};
use yalu_score::{quantile, quantile_ranks};
use yalu_study::{Case, CaseRun, Measure, measures, rows_text, run_cases};
use yalu_view::json;
use yalu_view::study::{Study, StudyTerms};

/// Replications between two looks at whether a figure is known well enough.
const LOOK: u32 = 20;

/// A study ready to run.
struct Ready {
    file: StudyFile,
    dir: PathBuf,
    cases: Vec<Case>,
    measures: Vec<Measure>,
    seed: u64,
    replications: u32,
    command: String,
}

/// Runs a study at once.
pub fn whole(a: &Whole) -> Result<Ended, Problem> {
    let Some(file) = &a.file else {
        return Err(Problem::new("no study is named").help("yalu study FILE; docs/study.md shows a whole file"));
    };
    threads(a.threads)?;
    let mut ready = Ready::read(file, a.replications)?;
    let until = a.until.as_deref().map(|text| until(text, &ready.measures)).transpose()?;
    let out = a.out.begin("yalu study")?;
    let bar = progress::bar(u64::from(ready.replications) * ready.cases.len() as u64, "simulating");
    let done = || bar.inc(1);
    let rows = match until {
        None => run_cases(&ready.cases, ready.seed, 1..=ready.replications, &done),
        Some((figure, share)) => {
            let mut rows: Vec<CaseRun> = Vec::new();
            let mut next = 1;
            while next <= ready.replications && !known(&rows, figure, share) {
                let last = ready.replications.min(next + LOOK - 1);
                rows.extend(run_cases(&ready.cases, ready.seed, next..=last, &done));
                next = last + 1;
            }
            ready.replications = next - 1;
            rows
        }
    };
    bar.finish_and_clear();
    let outputs = ready.file.moved.as_ref().map(|m| points::run(&ready, m)).transpose()?;
    let moved = ready.file.moved.as_ref().zip(outputs.as_ref());
    finish(&ready, &rows, moved, out, (a.json, a.verbose > 0))
}

impl Ready {
    fn read(file: &Path, replications: Option<u32>) -> Result<Ready, Problem> {
        let name = file.file_name().map_or_else(|| "study.toml".into(), |n| n.to_string_lossy().into_owned());
        let bytes = read_file(file).map_err(|e| {
            Problem::new(format!("the study {} cannot be read", file.display()))
                .because(e)
                .help("docs/study.md shows a whole file")
        })?;
        let study = study(&name, &bytes)?;
        let dir = file.parent().unwrap_or_else(|| Path::new("")).join(&study.scenario);
        Ready::of(study, dir, replications, format!("yalu study {name}"))
    }

    fn of(file: StudyFile, dir: PathBuf, replications: Option<u32>, command: String) -> Result<Ready, Problem> {
        let cases = file.cases.iter().map(|x| case(&dir, x, &file)).collect::<Result<Vec<_>, _>>()?;
        let base = &cases[0].corridor;
        let replications = replications.or(file.replications).unwrap_or(base.sampling.replications).max(1);
        let (measures, seed) = (measures(base), file.seed.unwrap_or(base.sampling.seed));
        Ok(Ready { file, dir, cases, measures, seed, replications, command })
    }
}

/// A study from its text.
fn study(name: &str, bytes: &[u8]) -> Result<StudyFile, Problem> {
    let text = std::str::from_utf8(bytes)
        .map_err(|e| Problem::new(format!("{name} is not UTF-8")).because(e).help("save the file as UTF-8"))?;
    read_study(name, text).map_err(|found| told(&found, "the study cannot be run"))
}

/// A case with its corridor and plan; its problems are told with its name.
fn case(dir: &Path, x: &StudyCase, file: &StudyFile) -> Result<Case, Problem> {
    let named = |p: Problem| Problem { what: format!("case `{}`: {}", x.name, p.what), ..p };
    let loaded = loaded(dir, &Overrides { set: x.set.clone() }).map_err(named)?;
    let Some(mut corridor) = loaded.corridor else {
        return Err(named(told(&loaded.diagnostics, "its corridor has errors")));
    };
    corridor.trade.accepted_habits = accepted(dir, &corridor).map_err(named)?;
    let problems = close(&mut corridor, &x.close, &x.reopen);
    if !problems.is_empty() {
        return Err(named(told(&problems, "a closure or reopening cannot be laid over the scenario")));
    }
    let plan = planned(&mut corridor, file).map_err(named)?;
    Ok(Case { name: x.name.clone(), corridor, plan })
}

/// The plan of a corridor over the days of a study.
fn planned(corridor: &mut Corridor, file: &StudyFile) -> Result<Plan, Problem> {
    let from = period::told(corridor, file.from.as_deref(), file.to.as_deref())?;
    compile(corridor, from).map_err(|e| crate::physics::unfit(corridor, &e))
}

/// A figure and how near its median is to be known, `exports_usd=2%`.
fn until(text: &str, measures: &[Measure]) -> Result<(usize, f64), Problem> {
    let wrong = |why: String| {
        let ids: Vec<&str> = measures.iter().map(|m| m.id.as_str()).collect();
        Problem::new(format!("--until {text}: {why}")).help(format!("write FIGURE=2%; figures: {}", ids.join(", ")))
    };
    let (id, share) = text.split_once('=').ok_or_else(|| wrong("there is no `=`".into()))?;
    let figure =
        measures.iter().position(|m| m.id == id.trim()).ok_or_else(|| wrong(format!("no figure is called {id}")))?;
    let share = share.trim().strip_suffix('%').and_then(|x| x.trim().parse::<f64>().ok());
    let share = share.filter(|x| (0.01..=100.0).contains(x));
    Ok((figure, share.ok_or_else(|| wrong("the share is no number of per cent from 0.01 to 100".into()))? / 100.0))
}

/// Whether the median of a figure of the corridor as declared is known to a share of itself: the 95 % interval by order
/// statistics lies within it.
fn known(rows: &[CaseRun], figure: usize, share: f64) -> bool {
    let mut values: Vec<f64> =
        rows.iter().filter(|r| r.case == 0).filter_map(|r| Some(r.figures.as_ref().ok()?[figure])).collect();
    values.sort_by(f64::total_cmp);
    let n = values.len() as u32;
    let (Some(median), Ok((low, high))) = (quantile(&values, 0.5), quantile_ranks(n, 0.5, 0.95)) else { return false };
    let at = |rank: u32| values.get(rank.max(1) as usize - 1).copied();
    let near = |rank: u32| at(rank).is_some_and(|x| (x - median).abs() <= share * median.abs());
    n >= LOOK && near(low) && near(high)
}

/// Tells a study and writes its files.
fn finish(
    ready: &Ready,
    rows: &[CaseRun],
    moved: Option<(&yalu_scenario::Moved, &yalu_view::study::Outputs)>,
    out: Option<OutFolder>,
    (as_json, all): (bool, bool),
) -> Result<Ended, Problem> {
    let names: Vec<String> = ready.cases.iter().map(|c| c.name.clone()).collect();
    let asked = StudyTerms {
        corridor: &ready.cases[0].corridor,
        cases: &names,
        measures: &ready.measures,
        seed: ready.seed,
        replications: ready.replications,
        command: &ready.command,
    };
    let view = Study::of(&asked, rows, moved);
    let mut written = None;
    if let Some(out) = out {
        out.write("study.json", json(&view).as_bytes())?;
        out.write("runs.csv", rows_text(&ready.measures, rows, true).as_bytes())?;
        out.write("figures.csv", view.figures().csv().as_bytes())?;
        if let Some(worth) = &view.worth {
            out.write("worth.csv", worth.table(usize::MAX).csv().as_bytes())?;
        }
        written = Some(out.finish()?);
    }
    if as_json {
        print(&json(&view));
    } else {
        print(&view.summary(all).text(colour_out(), width()));
        if let Some(dir) = written {
            print(&format!("\nWritten: study.json, runs.csv and figures.csv in {}\n", dir.display()));
        }
    }
    let whole = view.coverage.failed.is_empty() && view.coverage.missing.is_empty();
    Ok(if whole { Ended::Fine } else { Ended::Findings })
}
