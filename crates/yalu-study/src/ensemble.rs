//! Replications in parallel, in an order of their own.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::borrow::Cow;
use yalu_model::Corridor;
use yalu_plan::{Draw, Plan};
use yalu_sim::{Outcome, Recorded, simulate};
use yalu_trace::Trace;

/// One run with its trace, and the replications.
#[derive(Debug)]
pub struct Ensemble {
    /// The run whose trains are shown: every uncertain input at its median, or the replication named by `shown`.
    pub central: Outcome,
    /// The replication that is shown, from 1; none where every uncertain input is at its median.
    pub shown: Option<u32>,
    /// What happened in the run that is shown.
    pub trace: Trace,
    /// Replications 1, 2, ... in order; empty if only one was asked for.
    pub drawn: Vec<Outcome>,
}

impl Ensemble {
    /// The outcomes bands are taken over: the replications, or the central run alone.
    pub fn outcomes(&self) -> &[Outcome] {
        if self.drawn.is_empty() { std::slice::from_ref(&self.central) } else { &self.drawn }
    }

    /// Shows the replication nearest the medians in place of the run at the medians of the inputs, which may lie outside the
    /// band of what it leads to. The replication is simulated once more in the corridor that its draw makes, with its trace.
    #[must_use]
    pub fn show_nearest<'c>(mut self, world: &impl Fn(Draw) -> Cow<'c, Corridor>, plan: &Plan, seed: u64) -> Ensemble {
        let Some(at) = nearest_medians(&self.drawn) else { return self };
        // Two traces of years are not held at once.
        self.trace = Trace::default();
        let shown = at as u32 + 1;
        let draw = Draw::replication(seed, shown);
        let (central, trace) = simulate(&world(draw), plan, draw, Recorded::Trains);
        Ensemble { central, shown: Some(shown), trace: trace.unwrap_or_default(), ..self }
    }
}

/// The run with the least sum of distances in rank from the middle, over months and measures: exports, imports, value
/// delivered, trains, loaded wagons, tonnes waiting. Runs that are alike share their mean rank. None without two runs.
pub fn nearest_medians(runs: &[Outcome]) -> Option<usize> {
    let measures: [fn(&yalu_sim::MonthOutcome) -> f64; 6] = [
        |m| m.exports_cents as f64,
        |m| m.imports_cents as f64,
        |m| m.delivered_cents as f64,
        |m| f64::from(m.trains[0] + m.trains[1]),
        |m| f64::from(m.wagons_crossed[0][0] + m.wagons_crossed[1][0]),
        |m| m.waiting.iter().map(|t| t.as_tonnes()).sum(),
    ];
    let mut far = vec![0.0; runs.len()];
    for month in 0..runs.first().filter(|_| runs.len() > 1)?.months.len() {
        for of in measures {
            let values: Vec<f64> = runs.iter().map(|o| o.months.get(month).map_or(0.0, of)).collect();
            for (sum, v) in far.iter_mut().zip(&values) {
                let (below, above) =
                    (values.iter().filter(|x| *x < v).count(), values.iter().filter(|x| *x > v).count());
                *sum += (below as f64 - above as f64).abs() / 2.0;
            }
        }
    }
    (0..runs.len()).min_by(|a, b| far[*a].total_cmp(&far[*b]))
}

/// Runs the central run and, where more than one is asked for, so many replications; tells each one done.
pub fn ensemble(c: &Corridor, plan: &Plan, seed: u64, replications: u32, done: &(impl Fn() + Sync)) -> Ensemble {
    let (central, trace) = simulate(c, plan, Draw::central(seed), Recorded::Trains);
    done();
    Ensemble { central, shown: None, trace: trace.unwrap_or_default(), drawn: drawn(c, plan, seed, replications, done) }
}

/// The replications alone; one or none needs no draws.
pub(crate) fn drawn(
    c: &Corridor,
    plan: &Plan,
    seed: u64,
    replications: u32,
    done: &(impl Fn() + Sync),
) -> Vec<Outcome> {
    drawn_in(&|_| Cow::Borrowed(c), plan, seed, replications, done)
}

/// The replications alone, each in the corridor that its draw makes.
pub(crate) fn drawn_in<'c>(
    world: &(impl Fn(Draw) -> Cow<'c, Corridor> + Sync),
    plan: &Plan,
    seed: u64,
    replications: u32,
    done: &(impl Fn() + Sync),
) -> Vec<Outcome> {
    let numbers = 1..=if replications > 1 { replications } else { 0 };
    numbers
        .into_par_iter()
        .map(|n| {
            let draw = Draw::replication(seed, n);
            let (outcome, _) = simulate(&world(draw), plan, draw, Recorded::Nothing);
            done();
            outcome
        })
        .collect()
}
