//! Figures over runs, and what a change makes of them.

use super::{Binds, Told};
use schemars::JsonSchema;
use serde::Serialize;
use yalu_number::{Estimate, Unit};
use yalu_study::{BorderFigure, BorderRuns, changed};

/// One value of each figure of a rail route.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Figures<T> {
    /// Hours of a loaded train at the border, mean of a run.
    pub dwell_train_mean_h: T,
    /// Hours of a loaded train at the border that one in ten exceeds.
    pub dwell_train_p90_h: T,
    /// Hours of a loaded wagon at the border, mean of a run.
    pub dwell_wagon_mean_h: T,
    /// Hours of a loaded wagon at the border that one in ten exceeds.
    pub dwell_wagon_p90_h: T,
    /// Of a loaded train's hours, waiting, mean of a run.
    pub waiting_train_mean_h: T,
    /// Loaded trains a day on which the border ran.
    pub trains_per_running_day: T,
    /// Loaded wagons a day on which the border ran.
    pub wagons_per_running_day: T,
    /// Loaded trains that wait to cross, mean of days' ends.
    pub queue_mean_trains: T,
    /// Loaded trains that wait to cross, the most.
    pub queue_most_trains: T,
}

impl<T> Figures<T> {
    fn from(of: impl Fn(BorderFigure) -> T) -> Figures<T> {
        Figures {
            dwell_train_mean_h: of(BorderFigure::TrainMean),
            dwell_train_p90_h: of(BorderFigure::TrainP90),
            dwell_wagon_mean_h: of(BorderFigure::WagonMean),
            dwell_wagon_p90_h: of(BorderFigure::WagonP90),
            waiting_train_mean_h: of(BorderFigure::TrainWaiting),
            trains_per_running_day: of(BorderFigure::Trains),
            wagons_per_running_day: of(BorderFigure::Wagons),
            queue_mean_trains: of(BorderFigure::QueueMean),
            queue_most_trains: of(BorderFigure::QueueMost),
        }
    }

    /// Each with its name and unit, in the order of tables.
    pub fn named(&self) -> [(&'static str, Unit, &T); 9] {
        [
            ("stay of a loaded train, mean", Unit::Hours, &self.dwell_train_mean_h),
            ("stay of a loaded train, P90", Unit::Hours, &self.dwell_train_p90_h),
            ("stay of a loaded wagon, mean", Unit::Hours, &self.dwell_wagon_mean_h),
            ("stay of a loaded wagon, P90", Unit::Hours, &self.dwell_wagon_p90_h),
            ("of this, waiting, mean a train", Unit::Hours, &self.waiting_train_mean_h),
            ("loaded trains a running day", Unit::Number, &self.trains_per_running_day),
            ("loaded wagons a running day", Unit::Number, &self.wagons_per_running_day),
            ("trains waiting to cross, mean", Unit::Number, &self.queue_mean_trains),
            ("trains waiting to cross, most", Unit::Number, &self.queue_most_trains),
        ]
    }
}

/// Figures of a rail route over runs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RouteFigures {
    /// Id of the route.
    pub route: String,
    /// Title of the route.
    pub title: String,
    /// Figures over runs.
    pub bands: Figures<Estimate>,
}

/// What a change would do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WhatIf {
    /// The change as it was written.
    pub change: String,
    /// By rail route.
    pub routes: Vec<RouteChange>,
    /// What limits the border with the change.
    pub binds: Binds,
}

/// What a change would make of the figures of a rail route.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RouteChange {
    /// Id of the route.
    pub route: String,
    /// Title of the route.
    pub title: String,
    /// Figures with the change beside those without.
    pub figures: Figures<ChangeTried>,
}

/// A figure with a change and without, over pairs of runs with the same draws.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct ChangeTried {
    /// With the change.
    pub with: Estimate,
    /// With the change minus without.
    pub difference: Estimate,
    /// Pairs that have both.
    pub pairs: u32,
    /// Pairs in which it grew.
    pub grew_in: usize,
    /// Pairs in which it fell.
    pub fell_in: usize,
}

impl ChangeTried {
    /// In how many pairs it went the way it mostly goes.
    pub fn ways(&self) -> String {
        match (self.grew_in, self.fell_in) {
            (0, 0) => "same in all".to_string(),
            (grew, fell) if grew >= fell => format!("up in {grew}"),
            (_, fell) => format!("down in {fell}"),
        }
    }
}

/// Figures of each rail route.
pub(super) fn of(told: &Told) -> Vec<RouteFigures> {
    told.rail()
        .map(|(i, r)| RouteFigures {
            route: r.id.clone(),
            title: r.title.clone(),
            bands: Figures::from(|f| told.runs.estimate(f, i)),
        })
        .collect()
}

/// What each change would do.
pub(super) fn what_if(told: &Told) -> Vec<WhatIf> {
    let change = |with: &BorderRuns, i: usize| {
        Figures::from(|f| {
            let x = changed(told.runs, with, f, i);
            let (grew_in, fell_in) = x.grew_fell;
            ChangeTried { with: x.with, difference: x.difference, pairs: x.difference.defined(), grew_in, fell_in }
        })
    };
    told.variants
        .iter()
        .map(|(what, runs)| WhatIf {
            change: what.clone(),
            routes: told
                .rail()
                .map(|(i, r)| RouteChange { route: r.id.clone(), title: r.title.clone(), figures: change(runs, i) })
                .collect(),
            binds: Binds::of(told.corridor, &runs.central, runs.all()),
        })
        .collect()
}
