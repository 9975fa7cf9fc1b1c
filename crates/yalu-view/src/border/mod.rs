//! What `yalu border` gives: where hours go at the border, what limits it, what a change would do.

mod binds;
mod counted;
mod figures;
mod flow;
pub mod grid;
mod measured;
mod summary;
mod tables;
mod way;
mod yard;

pub use binds::{Binds, BindsInRuns, CauseOfWaiting};
pub use counted::{Answer, Asked, Counted, NothingStood, Range, counted};
pub use figures::{ChangeTried, Figures, RouteChange, RouteFigures, WhatIf};
pub use flow::{CrossedDay, Waiting};
pub use measured::{
    Dwell, Hours, Measured, NotRun, Resource, ResourceWaits, RouteFlow, Short, Stand, Step, TrackWaits, Tracks,
    TrainAndWagon, Waits,
};
pub use way::{Place, Stop, Way, way};
pub use yard::{Bar, Lane, RimClock, StationLanes, Yard, yard};

use crate::head::Head;
use crate::names;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_model::{Corridor, Route};
use yalu_number::Day;
use yalu_plan::Plan;
use yalu_study::{BorderRuns, assumed_share};
use yalu_units::{Instant, Span};

/// What the study of a border came to, and how it was asked.
pub struct Told<'a> {
    /// The corridor.
    pub corridor: &'a Corridor,
    /// What was simulated.
    pub plan: &'a Plan,
    /// As it is.
    pub runs: &'a BorderRuns,
    /// With each change asked for, as it was written.
    pub variants: &'a [(String, BorderRuns)],
    /// The station looked at alone; none: all of them.
    pub station: Option<usize>,
    /// Seed.
    pub seed: u64,
    /// Replications.
    pub replications: u32,
}

impl Told<'_> {
    /// Rail routes with their index.
    fn rail(&self) -> impl Iterator<Item = (usize, &Route)> {
        self.corridor.trade.routes.iter().enumerate().filter(|(_, r)| r.rail.is_some())
    }

    /// Midnights that begin the days looked at.
    fn days(&self) -> Vec<Instant> {
        self.plan.days.iter().filter(|d| d.start >= self.plan.report_from).map(|d| d.start).collect()
    }
}

/// The border: what its JSON says, and what its pictures draw.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Border {
    /// What was asked.
    #[serde(flatten)]
    pub head: Head,
    /// First day looked at.
    pub from: Day,
    /// Last day looked at.
    pub to: Day,
    /// Id of the station looked at alone; null: all of them.
    pub station: Option<String>,
    /// Its name.
    pub station_title: Option<String>,
    /// Seed of the draws.
    pub seed: u64,
    /// Replications asked for.
    pub replications: u32,
    /// The central run.
    #[serde(flatten)]
    pub central: Measured,
    /// Figures over runs, by rail route.
    pub figures: Vec<RouteFigures>,
    /// What limits it.
    pub binds: Binds,
    /// What each change would do: the same draws with and without.
    pub what_if: Vec<WhatIf>,
    /// What a count or a flow comes to; null where none was asked about.
    pub counted: Option<Counted>,
    /// Share of the numeric inputs that have no source.
    pub assumed_share: f64,
    /// Loaded trains that wait to cross by day; in `queue.csv`.
    #[serde(skip)]
    pub waiting: Waiting,
    /// Each day and rail route of the central run; in `days.csv`.
    #[serde(skip)]
    pub crossed: Vec<CrossedDay>,
    /// Tracks and teams over a day or two; in `gantt.csv`.
    #[serde(skip)]
    pub yard: Option<Yard>,
    /// Time and cost along each rail route; in `time-cost.csv`.
    #[serde(skip)]
    pub ways: Vec<Way>,
}

impl Border {
    /// The view of a study; `wall_s`: seconds it took.
    pub fn of(told: &Told, counted: Option<Counted>, command: String, wall_s: f64) -> Border {
        let c = told.corridor;
        let days = told.days();
        Border {
            head: Head::of(c, command, wall_s),
            from: names::day(c, told.plan.report_from),
            to: names::day(c, c.horizon.to + Span(-1)),
            station: told.station.map(|s| names::station_id(c, s).to_owned()),
            station_title: told.station.map(|s| names::station(c, s).to_owned()),
            seed: told.seed,
            replications: told.replications,
            central: Measured::of(c, &told.runs.central),
            figures: figures::of(told),
            binds: Binds::of(c, &told.runs.central, told.runs.all()),
            what_if: figures::what_if(told),
            counted,
            assumed_share: assumed_share(c),
            waiting: Waiting::of(told, &days),
            crossed: flow::crossed(told),
            yard: yard(c, &told.runs.seen, &days, told.station),
            ways: told.rail().filter_map(|(i, _)| way(told, i)).collect(),
        }
    }
}
