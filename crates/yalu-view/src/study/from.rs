//! The study's view from its rows.

use super::{
    Coverage, Failure, FigureMoves, FigureWorth, InputMoves, InputWorth, Moves, Study, StudyCase, StudyFigure, Worth,
};
use crate::SCHEMA_VERSION;
use std::collections::{BTreeMap, BTreeSet};
use yalu_model::{Basis, Corridor};
use yalu_number::Estimate;
use yalu_plan::Draw;
use yalu_scenario::{Method, Moved};
use yalu_sensitivity::{Trajectories, effects, given, indices};
use yalu_study::{CaseRun, Measure};

/// What was asked of a study.
#[derive(Clone, Copy, Debug)]
pub struct StudyTerms<'a> {
    /// The corridor as declared.
    pub corridor: &'a Corridor,
    /// Names of the cases, the corridor as declared first.
    pub cases: &'a [String],
    /// The figures of a run.
    pub measures: &'a [Measure],
    /// Seed of the draws.
    pub seed: u64,
    /// Replications of each case.
    pub replications: u32,
    /// The command that asked.
    pub command: &'a str,
}

/// Figures of runs with inputs moved, point by point in the order of the design.
#[derive(Clone, Debug)]
pub struct Outputs {
    /// Walks, where inputs were moved one at a time.
    pub walks: Option<Trajectories>,
    /// Figures by point.
    pub points: Vec<Vec<f64>>,
}

impl Study {
    /// The view of a study's rows; a run that is missing or failed is told as such.
    pub fn of(a: &StudyTerms, rows: &[CaseRun], moved: Option<(&Moved, &Outputs)>) -> Study {
        let by: BTreeMap<(usize, u32), &CaseRun> = rows.iter().map(|r| ((r.case, r.replication), r)).collect();
        let value = |case: usize, n: u32, i: usize| by.get(&(case, n)).and_then(|r| r.figures.as_ref().ok()?.get(i));
        let cases = a.cases.iter().enumerate().map(|(case, name)| {
            let figures = a.measures.iter().enumerate().map(|(i, m)| {
                let values = (1..=a.replications).map(|n| value(case, n, i).copied());
                let less = |n: u32| Some(value(case, n, i)? - value(0, n, i)?);
                StudyFigure {
                    id: m.id.clone(),
                    title: m.title.clone(),
                    unit: m.unit,
                    value: Estimate::of(values),
                    difference: (case > 0).then(|| Estimate::of((1..=a.replications).map(less))),
                }
            });
            StudyCase { name: name.clone(), figures: figures.collect() }
        });
        Study {
            schema_version: SCHEMA_VERSION,
            scenario: a.corridor.about.id.clone(),
            title: a.corridor.about.title.clone(),
            command: a.command.to_owned(),
            seed: a.seed,
            coverage: coverage(a, rows),
            cases: cases.collect(),
            worth: worth(a, rows),
            moved: moved.map(|(moved, outputs)| moves(a, moved, outputs)),
        }
    }
}

fn coverage(a: &StudyTerms, rows: &[CaseRun]) -> Coverage {
    let failed = rows.iter().filter_map(|r| {
        let cause = r.figures.as_ref().err()?.clone();
        Some(Failure { case: a.cases[r.case].clone(), replication: r.replication, cause })
    });
    let failed: Vec<Failure> = failed.collect();
    let mut there: BTreeMap<u32, usize> = BTreeMap::new();
    for r in rows {
        *there.entry(r.replication).or_default() += 1;
    }
    let mut missing: Vec<(u32, u32)> = Vec::new();
    for n in (1..=a.replications).filter(|n| there.get(n) != Some(&a.cases.len())) {
        match missing.last_mut() {
            Some((_, last)) if *last + 1 == n => *last = n,
            _ => missing.push((n, n)),
        }
    }
    Coverage {
        replications: a.replications,
        runs: u64::from(a.replications) * a.cases.len() as u64,
        whole: (rows.len() - failed.len()) as u64,
        failed,
        missing: missing.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") }).collect(),
    }
}

/// What each figure of the corridor as declared depends on; none with too few runs or nothing uncertain.
fn worth(a: &StudyTerms, rows: &[CaseRun]) -> Option<Worth> {
    let mut seen = BTreeSet::new();
    let inputs: Vec<_> = a.corridor.uncertain.iter().filter(|q| seen.insert(q.path.as_str())).collect();
    let runs: Vec<(u32, &Vec<f64>)> =
        rows.iter().filter(|r| r.case == 0).filter_map(|r| Some((r.replication, r.figures.as_ref().ok()?))).collect();
    let level = |path: &str, n: u32| Draw::replication(a.seed, n).level(path);
    let levels: Vec<Vec<f64>> = inputs.iter().map(|q| runs.iter().map(|(n, _)| level(&q.path, *n)).collect()).collect();
    let mut figures = Vec::new();
    for (i, m) in a.measures.iter().enumerate() {
        let output: Vec<f64> = runs.iter().map(|(_, f)| f[i]).collect();
        // A figure that no run moves depends on nothing; with too few runs nothing can be said of any.
        let Ok(found) = given(&levels, &output) else { continue };
        let mut strong: Vec<InputWorth> = inputs
            .iter()
            .zip(&found.inputs)
            .filter(|(_, x)| x.share > found.by_chance)
            .map(|(q, x)| InputWorth {
                path: q.path.clone(),
                sourced: matches!(q.basis, Basis::Source(_)),
                range: [q.low(), q.high()],
                variance_share: x.share,
                narrower_share: 1.0 - (1.0 - x.share.min(1.0)).sqrt(),
                rise: x.rise,
            })
            .collect();
        strong.sort_by(|a, b| b.variance_share.total_cmp(&a.variance_share).then_with(|| a.path.cmp(&b.path)));
        let (id, title) = (m.id.clone(), m.title.clone());
        figures.push(FigureWorth { id, title, by_chance: found.by_chance, inputs: strong });
    }
    (!figures.is_empty()).then_some(Worth { runs: runs.len(), inputs: inputs.len(), figures })
}

fn moves(a: &StudyTerms, moved: &Moved, outputs: &Outputs) -> Moves {
    let figures = a.measures.iter().enumerate().map(|(i, m)| {
        let output: Vec<f64> = outputs.points.iter().map(|p| p[i]).collect();
        FigureMoves {
            id: m.id.clone(),
            title: m.title.clone(),
            unit: m.unit,
            inputs: of_inputs(moved, outputs, &output),
        }
    });
    let method = match moved.method {
        Method::Morris => "morris",
        Method::Sobol => "sobol",
    };
    Moves { method: method.to_owned(), runs: outputs.points.len(), figures: figures.collect() }
}

/// What each input does to one figure; nothing where no point moves it.
fn of_inputs(moved: &Moved, outputs: &Outputs, output: &[f64]) -> Vec<InputMoves> {
    let blank = |i: usize| InputMoves {
        path: moved.inputs[i].set.clone(),
        range: [moved.inputs[i].low, moved.inputs[i].high],
        effect: None,
        size: None,
        spread: None,
        first: None,
        total: None,
    };
    if let Some(walks) = &outputs.walks {
        let found = effects(walks, output).unwrap_or_default();
        let told = found.iter().enumerate().map(|(i, e)| InputMoves {
            effect: Some(e.mean),
            size: Some(e.size),
            spread: Some(e.spread),
            ..blank(i)
        });
        return told.collect();
    }
    let samples = output.len() / (moved.inputs.len() + 2);
    let blocks: Vec<Vec<f64>> = output.chunks(samples.max(1)).map(<[f64]>::to_vec).collect();
    let ends = |x: yalu_sensitivity::Doubted| Some([x.value, x.low, x.high]);
    let found = indices(&blocks).unwrap_or_default();
    let told =
        found.iter().enumerate().map(|(i, x)| InputMoves { first: ends(x.first), total: ends(x.total), ..blank(i) });
    told.collect()
}
