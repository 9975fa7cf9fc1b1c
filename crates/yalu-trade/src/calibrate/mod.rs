//! Calibration: which parameters the reported months allow, and how well months that were kept aside are then met.
//!
//! First the model is run over the priors and an emulator fitted (history matching rules out what cannot be). Then levels
//! are drawn as likely under the emulator, the model itself is run at each, with all other inputs drawn from their own
//! ranges, and the nearer half is accepted (approximate Bayesian computation). Every statement rests on accepted runs of
//! the model. Months kept aside are never looked at before they are scored.
mod emulator;
mod report;
mod search;
mod splits;

pub use emulator::{Emulator, Levels};
pub use report::{Calibration, FittedMonth, HeldOut, Pair, Posterior, Sums};
pub use search::{CUT, Search, Target, penalty};
pub use splits::{HALVES, Split, blocks, halves, last_years};

use crate::{DayModel, PARAMS, TradeError, Values};
use report::{held_out, pairs, posteriors};
use yalu_model::Draw;
use yalu_regime::Dates;
use yalu_score::{Known, MonthScore, Together, normal_quantile, quantile, score_month, together};
use yalu_units::{StreamKey, address};

/// Standard deviation, log10, of a month beside what any parameter explains: months of one regime scatter by about so
/// much (shared record of the flagship, 2018 and 2023).
pub const DISCREPANCY: f64 = 0.16;
/// The same for months so small that a consignment or two make them.
pub const SMALL_DISCREPANCY: f64 = 0.6;
/// Months below it are small unless a task says otherwise, million USD.
const SMALL_MUSD: f64 = 5.0;
/// Draws over which the share of the prior left by history matching is told.
const SHARE_DRAWS: u32 = 4000;

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Task {
    /// Months with their values, million USD from the first to the second country, in order.
    pub known: Vec<Known>,
    /// Where each of them stands in a run.
    pub at: Vec<usize>,
    /// Values below it count as it, million USD: no more than a consignment.
    pub least: f64,
    /// Months above it are summed up apart, million USD; below it they weigh less.
    pub small: f64,
    /// Seed of all draws.
    pub seed: u64,
    /// Runs of the model in all, both readings of dates together.
    pub runs: u32,
}

/// A run to be done: which stage of the search, its number there, and what to run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Job {
    /// Stage: runs of one stage differ in number alone.
    pub stage: u32,
    /// Number in its stage, from 1.
    pub number: u32,
    /// Levels of the parameters.
    pub levels: Levels,
    /// How dates are read.
    pub dates: Dates,
}

/// What does the runs, in any order: in parallel, from a checkpoint.
pub trait Runs {
    /// Why a run could not be done.
    type Error;
    /// The values of jobs, million USD by month of the calendar, in their order.
    fn all(&mut self, jobs: &[Job]) -> Result<Vec<Vec<f32>>, Self::Error>;
}

/// One run of the model: million USD from the first to the second country in each month of its calendar, rounded to
/// single precision so that what a checkpoint keeps is what was used.
pub fn run(model: &DayModel, seed: u64, job: &Job) -> Vec<f32> {
    let seed = seed ^ address(&["calibrate", &job.stage.to_string()]);
    let out = model.run(Draw::replication(seed, job.number), &Values::at(&job.levels), job.dates);
    out.months.iter().map(|m| (m.usd.forward / 1e6) as f32).collect()
}

/// A plan of the runs of a task.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Shares {
    /// Runs over the priors, for each reading of dates.
    prior: u32,
    /// Runs of each search.
    each: u32,
}

impl Task {
    /// A task on the months that a model's calendar has.
    pub fn new(model: &DayModel, known: &[Known], seed: u64, runs: u32) -> Self {
        let place = |k: &Known| Some((*k, model.months().iter().position(|m| *m == k.month.civil())?));
        let (known, at) = known.iter().filter_map(place).unzip();
        Self { known, at, least: 1.0, small: SMALL_MUSD, seed, runs }
    }

    /// Three twentieths of the runs over the priors for each reading of dates, the rest for the searches.
    fn shares(&self, searches: usize) -> Shares {
        let prior = (self.runs * 3 / 20).max(60);
        let each = (self.runs * 7 / 20 / searches.max(1) as u32).max(20);
        Shares { prior, each }
    }

    fn log(&self, value: f64) -> f64 {
        libm::log10(value.max(self.least))
    }

    fn discrepancy(&self, month: usize) -> f64 {
        if self.known[month].value < self.small { SMALL_DISCREPANCY } else { DISCREPANCY }
    }
}

/// Why a calibration came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum CalibrateError<E> {
    /// The task cannot be done.
    #[error(transparent)]
    Task(#[from] TradeError),
    /// A score cannot be told.
    #[error(transparent)]
    Score(#[from] yalu_score::ScoreError),
    /// A run was not done.
    #[error("a run could not be done")]
    Run(E),
}

/// Calibrates with one reading of dates. Splits are kept aside one after the other, each with a search of its own.
pub fn calibrate<R: Runs>(
    task: &Task,
    dates: Dates,
    splits: &[Split],
    runs: &mut R,
) -> Result<Calibration, CalibrateError<R::Error>> {
    if task.known.len() < 4 {
        return Err(TradeError::Input {
            what: "the months to calibrate on",
            rule: "at least 4",
            value: task.known.len() as f64,
        }
        .into());
    }
    let shares = task.shares(splits.len() + 1);
    let base = if dates == Dates::Widened { 0 } else { 1000 };
    let jobs: Vec<Job> = (1..=shares.prior)
        .map(|number| {
            let mut s = StreamKey { seed: task.seed, replication: number }.stream(address(&["prior"]), 0);
            Job { stage: base, number, levels: [0; PARAMS].map(|_| s.unit()), dates }
        })
        .collect();
    let values = runs.all(&jobs).map_err(CalibrateError::Run)?;
    let logs = |v: &[f32]| task.at.iter().map(|&i| task.log(f64::from(v[i]))).collect::<Vec<f64>>();
    let bank: Vec<(Levels, Vec<f64>)> = jobs.iter().zip(&values).map(|(j, v)| (j.levels, logs(v))).collect();
    let mut emulator = Emulator::fit(&bank)?;
    // Small months are told apart by nothing but their size: their spread is wider.
    for (i, v) in emulator.variance.iter_mut().enumerate() {
        *v += task.discrepancy(i).powi(2) - DISCREPANCY * DISCREPANCY;
    }
    let all = Split { name: "all".into(), aside: Vec::new() };
    let whole = searched(task, dates, &emulator, &all, base + 1, shares.each, runs)?;
    let every: Vec<usize> = (0..task.known.len()).collect();
    let scores = scored(task, &whole.members, &every, base + 1)?;
    let mut held = Vec::new();
    for (i, split) in splits.iter().enumerate() {
        let stage = base + 2 + i as u32;
        let found = searched(task, dates, &emulator, split, stage, shares.each, runs)?;
        let scores = scored(task, &found.members, &split.aside, stage)?;
        held.push(held_out(task, split, scores));
    }
    let targets = targets(task, &[]);
    let search = Search { emulator: &emulator, targets: &targets, discrepancy: DISCREPANCY };
    Ok(Calibration {
        dates,
        plausible_share: search.plausible_share(SHARE_DRAWS, task.seed),
        posterior: posteriors(&whole.levels),
        pairs: pairs(&whole.levels),
        accepted: whole.levels,
        fit: task_sums(task, &scores),
        fit_months: scores,
        months: fitted(task, &whole.members, base + 1),
        held,
        runs: shares.prior + shares.each * (splits.len() as u32 + 1),
    })
}

/// Accepted runs.
struct Found {
    levels: Vec<Levels>,
    members: Vec<Vec<f32>>,
}

fn targets(task: &Task, aside: &[usize]) -> Vec<Target> {
    (0..task.known.len()).filter(|i| !aside.contains(i)).map(|i| (i, task.log(task.known[i].value))).collect()
}

/// Levels likely by the emulator, run in the model; the nearer half to the months not kept aside is accepted.
fn searched<R: Runs>(
    task: &Task,
    dates: Dates,
    emulator: &Emulator,
    split: &Split,
    stage: u32,
    each: u32,
    runs: &mut R,
) -> Result<Found, CalibrateError<R::Error>> {
    let targets = targets(task, &split.aside);
    let search = Search { emulator, targets: &targets, discrepancy: DISCREPANCY };
    let seed = task.seed ^ address(&["walk", &stage.to_string()]);
    let jobs: Vec<Job> = search
        .walk(each as usize, seed)
        .into_iter()
        .zip(1..)
        .map(|(levels, number)| Job { stage, number, levels, dates })
        .collect();
    let values = runs.all(&jobs).map_err(CalibrateError::Run)?;
    let mut near: Vec<(f64, usize)> = values
        .iter()
        .enumerate()
        .map(|(i, v)| {
            let log = |m: usize| task.log(f64::from(v[task.at[m]]));
            (targets.iter().map(|&(m, y)| penalty((log(m) - y) / task.discrepancy(m))).sum(), i)
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let accepted = near.iter().take((values.len() / 2).max(10)).map(|x| x.1);
    let (mut levels, mut members) = (Vec::new(), Vec::new());
    for i in accepted {
        levels.push(jobs[i].levels);
        members.push(values[i].clone());
    }
    Ok(Found { levels, members })
}

/// Factor of the scatter of a month that nothing explains, log-normal: of a month of so many million USD, at a draw from
/// 0 to 1. Months below 5 million scatter more.
pub fn scatter(musd: f64, u: f64) -> f64 {
    scattered_by(musd, SMALL_MUSD, u)
}

fn scattered_by(musd: f64, small: f64, u: f64) -> f64 {
    let discrepancy = if musd < small { SMALL_DISCREPANCY } else { DISCREPANCY };
    libm::exp10(discrepancy * normal_quantile(u.clamp(1e-9, 1.0 - 1e-9)))
}

/// The members of a forecast of a month of the calendar, each with the scatter of a month that nothing explains.
fn scattered(task: &Task, members: &[Vec<f32>], at: usize, stage: u32) -> Vec<f64> {
    let one = |(v, number): (&Vec<f32>, u32)| {
        let key = StreamKey { seed: task.seed ^ u64::from(stage), replication: number };
        let u = key.stream(address(&["scatter"]), at as u64 * 2).unit();
        let value = f64::from(v[at]);
        value.max(task.least / 100.0) * scattered_by(value, task.small, u)
    };
    members.iter().zip(1..).map(one).collect()
}

/// Scores months by members.
fn scored<E>(
    task: &Task,
    members: &[Vec<f32>],
    months: &[usize],
    stage: u32,
) -> Result<Vec<MonthScore>, CalibrateError<E>> {
    let mut out = Vec::with_capacity(months.len());
    for &m in months {
        let members = scattered(task, members, task.at[m], stage);
        out.push(score_month(task.known[m], &members, task.least / 100.0)?);
    }
    Ok(out)
}

/// Every month of the calendar, as far as the accepted runs tell.
fn fitted(task: &Task, members: &[Vec<f32>], stage: u32) -> Vec<FittedMonth> {
    let months = members.first().map_or(0, Vec::len);
    let one = |at: usize| {
        let mut of = scattered(task, members, at, stage);
        of.sort_by(f64::total_cmp);
        let middle = libm::exp10(of.iter().map(|x| libm::log10(*x)).sum::<f64>() / of.len().max(1) as f64);
        FittedMonth { middle, quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(|p| quantile(&of, p).unwrap_or(0.0)) }
    };
    (0..months).map(one).collect()
}

/// All months above the least value, and those that are not small.
pub(crate) fn task_sums(task: &Task, scores: &[MonthScore]) -> Sums {
    let above = |least: f64| -> Option<Together> { together(scores.iter().filter(|s| s.observed > least)) };
    Sums { above_least: above(task.least), above_small: above(task.small) }
}
