//! Trains on the line in the run that is shown.

use super::{Results, line_name};
use crate::names::direction;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_plan::LineKind;
use yalu_units::Idx as _;

/// What trains on the line came to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LineResults {
    /// Hours of running and standing, from scheduled departure to arrival, of all trains.
    pub train_hours: f64,
    /// By service or other traffic and direction, arrived or not.
    pub services: Vec<LineService>,
    /// At each point of a path.
    pub punctuality: Vec<Punctuality>,
    /// Where delay arose and why.
    pub delays: Vec<Delay>,
}

/// Trains of one service, or of one row of other traffic, one way; times from scheduled departure to arrival, null where
/// none arrived.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LineService {
    /// Id of the service or row.
    pub id: String,
    /// `out` as the service is written, or `back`.
    pub direction: &'static str,
    /// Trains asked for.
    pub ready: u32,
    /// Trains that ended their run.
    pub arrived: u32,
    /// Mean.
    pub mean_run_s: Option<f64>,
    /// Half run longer.
    pub p50_run_s: Option<f64>,
    /// One in ten runs longer.
    pub p90_run_s: Option<f64>,
    /// One in a hundred runs longer.
    pub p99_run_s: Option<f64>,
    /// The longest.
    pub max_run_s: Option<f64>,
    /// Hours of running and standing of all of them.
    pub train_hours: f64,
}

/// How late trains of one service were at a point, against a run that nothing hinders.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Punctuality {
    /// Id of the service or row of other traffic.
    pub id: String,
    /// `out` as the service is written, or `back`.
    pub direction: &'static str,
    /// Id of the point.
    pub point: String,
    /// Trains.
    pub trains: u32,
    /// Mean.
    pub late_mean_min: f64,
    /// Half are later.
    pub late_p50_min: f64,
    /// One in ten is later.
    pub late_p90_min: f64,
    /// One in a hundred is later.
    pub late_p99_min: f64,
}

/// Delay of one cause at one place.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Delay {
    /// Why; `none` is time lost braking, starting and on slow stretches.
    pub cause: &'static str,
    /// Id of the point.
    pub point: String,
    /// On the way to the point, not at it.
    pub on_the_way: bool,
    /// Times.
    pub times: u32,
    /// Hours of all trains.
    pub train_hours: f64,
}

impl LineResults {
    pub(super) fn of(r: &Results) -> LineResults {
        let c = &r.corridor;
        let services = (0..c.trains.services.len()).map(|i| LineKind::Service(yalu_model::ServiceId::new(i)));
        let all = services.chain((0..c.line.traffic.len()).map(|row| LineKind::Traffic(row as u32)));
        let rows = all
            .zip(&r.ensemble.central.asked)
            .flat_map(|(kind, asked)| [true, false].map(|forward| (kind, forward, asked[usize::from(!forward)])));
        let services = rows.filter_map(|(kind, forward, ready)| {
            let x = r.line.runs.iter().find(|x| x.kind == kind && x.forward == forward);
            let run = |i: usize| x.map(|x| x.run_s[i]);
            (ready > 0 || x.is_some()).then(|| LineService {
                id: line_name(c, kind).into(),
                direction: direction(forward),
                ready,
                arrived: x.map_or(0, |x| x.arrived),
                mean_run_s: run(0),
                p50_run_s: run(1),
                p90_run_s: run(2),
                p99_run_s: run(3),
                max_run_s: run(4),
                train_hours: x.map_or(0.0, |x| x.train_hours),
            })
        });
        let punctuality = r.line.punctuality.iter().map(|p| {
            let [late_mean_min, late_p50_min, late_p90_min, late_p99_min] = p.late_min;
            Punctuality {
                id: line_name(c, p.kind).into(),
                direction: direction(p.forward),
                point: c.line.points[p.point].id.clone(),
                trains: p.trains,
                late_mean_min,
                late_p50_min,
                late_p90_min,
                late_p99_min,
            }
        });
        let delays = r.line.delays.iter().map(|d| Delay {
            cause: d.cause.name(),
            point: c.line.points[d.place.point].id.clone(),
            on_the_way: d.place.on_the_way,
            times: d.times,
            train_hours: d.train_hours,
        });
        LineResults {
            train_hours: r.line.runs.iter().map(|x| x.train_hours).sum(),
            services: services.collect(),
            punctuality: punctuality.collect(),
            delays: delays.collect(),
        }
    }
}
