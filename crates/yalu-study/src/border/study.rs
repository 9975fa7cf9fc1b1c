//! The border over replications, and what a change makes of it: the same draws with and without, pair by pair.

use super::measures::{BorderMeasures, measures};
use super::seen::Seen;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use yalu_model::Corridor;
use yalu_number::Estimate;
use yalu_plan::{Draw, Plan};
use yalu_sim::{Recorded, simulate};
use yalu_trace::Trace;

/// A figure of a run that is told with its band and compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum BorderFigure {
    /// Hours of a loaded train at the border, mean.
    TrainMean,
    /// Hours of a loaded train at the border that one in ten exceeds.
    TrainP90,
    /// Hours of a loaded wagon at the border, mean.
    WagonMean,
    /// Hours of a loaded wagon at the border that one in ten exceeds.
    WagonP90,
    /// Of a loaded train's hours, waiting, mean.
    TrainWaiting,
    /// Loaded trains a day on which the border ran.
    Trains,
    /// Loaded wagons a day on which the border ran.
    Wagons,
    /// Loaded trains that wait to cross, mean of days' ends.
    QueueMean,
    /// The same, most.
    QueueMost,
}

impl BorderFigure {
    /// All, in the order of tables.
    pub const ALL: [BorderFigure; 9] = [
        Self::TrainMean,
        Self::TrainP90,
        Self::WagonMean,
        Self::WagonP90,
        Self::TrainWaiting,
        Self::Trains,
        Self::Wagons,
        Self::QueueMean,
        Self::QueueMost,
    ];

    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::TrainMean => "dwell_train_mean_h",
            Self::TrainP90 => "dwell_train_p90_h",
            Self::WagonMean => "dwell_wagon_mean_h",
            Self::WagonP90 => "dwell_wagon_p90_h",
            Self::TrainWaiting => "waiting_train_mean_h",
            Self::Trains => "trains_per_running_day",
            Self::Wagons => "wagons_per_running_day",
            Self::QueueMean => "queue_mean_trains",
            Self::QueueMost => "queue_most_trains",
        }
    }

    /// Its value in a run for a route; none where nothing crossed whose dwell could be told.
    pub fn of(self, m: &BorderMeasures, route: usize) -> Option<f64> {
        let dwell = || m.flows.iter().find(|f| f.route == route && f.loaded && f.cuts > 0);
        let flow = || m.routes.iter().find(|f| f.route == route);
        match self {
            Self::TrainMean => dwell().map(|f| f.train.mean),
            Self::TrainP90 => dwell().map(|f| f.train.p90),
            Self::WagonMean => dwell().map(|f| f.wagon.mean),
            Self::WagonP90 => dwell().map(|f| f.wagon.p90),
            Self::TrainWaiting => dwell().map(|f| f.waiting[0]),
            Self::Trains => flow().map(|f| f.trains_per_day),
            Self::Wagons => flow().map(|f| f.wagons_per_day),
            Self::QueueMean => flow().map(|f| f.queue_mean),
            Self::QueueMost => flow().map(|f| f.queue_most),
        }
    }
}

/// Several runs of one corridor, measured at the border.
#[derive(Debug)]
pub struct BorderRuns {
    /// Every uncertain input at its median.
    pub central: BorderMeasures,
    /// What the central run was read from.
    pub seen: Seen,
    /// What happened in the central run.
    pub trace: Trace,
    /// Replications 1, 2, ... in order; empty if only one was asked for.
    pub drawn: Vec<BorderMeasures>,
}

impl BorderRuns {
    /// What bands are taken over: the replications, or the central run alone.
    pub fn all(&self) -> &[BorderMeasures] {
        if self.drawn.is_empty() { std::slice::from_ref(&self.central) } else { &self.drawn }
    }

    /// A figure for a route.
    pub fn estimate(&self, figure: BorderFigure, route: usize) -> Estimate {
        Estimate::of(self.all().iter().map(|m| figure.of(m, route)))
    }

    /// In how many of the runs each cause binds first, most often first.
    pub fn binding(&self) -> Vec<(super::binds::Cause, usize)> {
        let mut count = std::collections::BTreeMap::new();
        for m in self.all() {
            if let Some(first) = m.binding.first() {
                *count.entry(first.cause).or_insert(0) += 1;
            }
        }
        let mut out: Vec<_> = count.into_iter().collect();
        out.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        out
    }
}

/// Runs the central run and, where more than one is asked for, so many replications; tells each one done.
pub fn border_runs(
    c: &Corridor,
    plan: &Plan,
    seed: u64,
    replications: u32,
    station: Option<usize>,
    done: &(impl Fn() + Sync),
) -> BorderRuns {
    let one = |draw: Draw| {
        let (outcome, trace) = simulate(c, plan, draw, Recorded::Trains);
        let trace = trace.unwrap_or_default();
        let (m, seen) = measures(c, plan, draw, (&outcome, &trace), station);
        done();
        (m, seen, trace)
    };
    let (central, seen, trace) = one(Draw::central(seed));
    let numbers = 1..=if replications > 1 { replications } else { 0 };
    let drawn = numbers.into_par_iter().map(|n| one(Draw::replication(seed, n)).0).collect();
    BorderRuns { central, seen, trace, drawn }
}

/// What a change makes of a figure: with it, and its difference to without, both over the same replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Changed {
    /// With the change.
    pub with: Estimate,
    /// With minus without, over the pairs that have both.
    pub difference: Estimate,
    /// Pairs in which it grew, and in which it fell.
    pub grew_fell: (usize, usize),
}

/// Pairs a figure of a route.
pub fn changed(without: &BorderRuns, with: &BorderRuns, figure: BorderFigure, route: usize) -> Changed {
    let both = without.all().iter().zip(with.all());
    let pairs: Vec<Option<(f64, f64)>> =
        both.map(|(a, b)| Some((figure.of(a, route)?, figure.of(b, route)?))).collect();
    let differences = || pairs.iter().map(|p| p.map(|(a, b)| b - a));
    Changed {
        with: Estimate::of(pairs.iter().map(|p| p.map(|(_, b)| b))),
        difference: Estimate::of(differences()),
        grew_fell: (
            differences().flatten().filter(|d| *d > 1e-9).count(),
            differences().flatten().filter(|d| *d < -1e-9).count(),
        ),
    }
}
