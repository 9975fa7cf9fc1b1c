//! Replications in parallel, in an order of their own.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::borrow::Cow;
use yalu_model::Corridor;
use yalu_plan::{Draw, Plan};
use yalu_sim::{Outcome, Recorded, simulate};
use yalu_trace::Trace;

/// The central run with its trace, and the replications.
#[derive(Debug)]
pub struct Ensemble {
    /// Every uncertain input at its median.
    pub central: Outcome,
    /// What happened in the central run.
    pub trace: Trace,
    /// Replications 1, 2, ... in order; empty if only one was asked for.
    pub drawn: Vec<Outcome>,
}

impl Ensemble {
    /// The outcomes bands are taken over: the replications, or the central run alone.
    pub fn outcomes(&self) -> &[Outcome] {
        if self.drawn.is_empty() { std::slice::from_ref(&self.central) } else { &self.drawn }
    }
}

/// Runs the central run and, where more than one is asked for, so many replications; tells each one done.
pub fn ensemble(c: &Corridor, plan: &Plan, seed: u64, replications: u32, done: &(impl Fn() + Sync)) -> Ensemble {
    let (central, trace) = simulate(c, plan, Draw::central(seed), Recorded::Trains);
    done();
    Ensemble { central, trace: trace.unwrap_or_default(), drawn: drawn(c, plan, seed, replications, done) }
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
