//! Runs with named inputs moved: the points of a design, each a corridor of its own.

use super::{Ready, planned};
use crate::load::{accepted, told};
use crate::progress;
use crate::terminal::Problem;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use yalu_plan::Draw;
use yalu_scenario::{Method, Moved, load, read_folder};
use yalu_sensitivity::{Design, Trajectories};
use yalu_study::{Case, run_case};
use yalu_view::study::Outputs;

/// One point: the levels of the inputs, and the replication in which all else is drawn.
type Point = (Vec<f64>, u32);

/// Runs all points of a design. All points of a walk, and all blocks of a sample, have the same draws.
pub fn run(ready: &Ready, moved: &Moved) -> Result<Outputs, Problem> {
    let inputs = moved.inputs.len();
    let unfit = |e: yalu_sensitivity::SensitivityError| Problem::new("the inputs cannot be moved so").because(e);
    let (walks, points): (Option<Trajectories>, Vec<Point>) = match moved.method {
        Method::Morris => {
            let walks = Trajectories::new(moved.count as usize, inputs, ready.seed).map_err(unfit)?;
            let numbered = (1..).zip(&walks.walks);
            let points = numbered.flat_map(|(n, (points, _))| points.iter().map(move |p| (p.clone(), n))).collect();
            (Some(walks), points)
        }
        Method::Sobol => {
            let design = Design::new(moved.count as usize, inputs, 0).map_err(unfit)?;
            let row = |block, row: usize| (design.point(block, row), row as u32 + 1);
            let points = design.blocks().flat_map(|b| (0..design.samples()).map(move |r| (b, r)));
            (None, points.map(|(b, r)| row(b, r)).collect())
        }
    };
    let folder = read_folder(&ready.dir)
        .map_err(|e| Problem::new("the scenario of the study cannot be read").because(e).help("name its folder"))?;
    let habits = ready.cases.first().map(|case| accepted(&ready.dir, &case.corridor)).transpose()?.unwrap_or_default();
    let bar = progress::bar(points.len() as u64, "moving inputs");
    let one = |(levels, n): &Point| -> Result<Vec<f64>, Problem> {
        let value = |(i, level): (&yalu_scenario::MovedInput, &f64)| {
            (i.set.trim().to_owned(), (i.low + level * (i.high - i.low)).to_string())
        };
        let set: Vec<(String, String)> = moved.inputs.iter().zip(levels).map(value).collect();
        let loaded = load(&folder, &set);
        let Some(mut corridor) = loaded.corridor else {
            return Err(told(&loaded.diagnostics, "a moved input makes no corridor"));
        };
        corridor.trade.accepted_habits.clone_from(&habits);
        let plan = planned(&mut corridor, &ready.file)?;
        let case = Case { name: String::new(), corridor, plan };
        let figures = run_case(&case, Draw::replication(ready.seed, *n)).map_err(|why| {
            let told: Vec<String> = set.iter().map(|(k, v)| format!("{k}={v}")).collect();
            Problem::new(format!("replication {n} with {} failed: {why}", told.join(" ")))
                .help("narrow the ends between which the input is moved")
        });
        bar.inc(1);
        figures
    };
    let figures: Vec<Result<Vec<f64>, Problem>> = points.par_iter().map(one).collect();
    bar.finish_and_clear();
    Ok(Outputs { walks, points: figures.into_iter().collect::<Result<_, _>>()? })
}
