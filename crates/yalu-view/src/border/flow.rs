//! What waits and what crosses, by day.

use super::Told;
use crate::names;
use yalu_number::{Day, Estimate};
use yalu_study::{BorderMeasures, BorderRuns};
use yalu_units::{Instant, Span};

/// Loaded trains that wait to cross at the end of each day, all rail routes.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// The days.
    pub days: Vec<Day>,
    /// As it is, by day.
    pub as_it_is: Vec<Estimate>,
    /// With each change, by day.
    pub with: Vec<(String, Vec<Estimate>)>,
    /// At the end of the story's day, by title of the rail route; none without a story, or where its day is not looked at.
    pub story: Option<(Day, Vec<(String, Estimate)>)>,
}

impl Waiting {
    pub(super) fn of(told: &Told, days: &[Instant]) -> Waiting {
        let c = told.corridor;
        let by_day = |runs: &BorderRuns| -> Vec<Estimate> {
            let of = |i: usize| move |m: &BorderMeasures| m.routes.iter().filter_map(|f| f.queue.get(i)).sum::<f64>();
            (0..days.len()).map(|i| Estimate::of_all(runs.all().iter().map(of(i)))).collect()
        };
        let story = c.about.story.as_ref().and_then(|s| {
            let at = days.iter().position(|d| *d == s.day)?;
            let of = |i: usize| {
                let queue = move |m: &BorderMeasures| m.routes.iter().find(|f| f.route == i)?.queue.get(at).copied();
                Estimate::of(told.runs.all().iter().map(queue))
            };
            Some((names::day(c, s.day), told.rail().map(|(i, r)| (r.title.clone(), of(i))).collect()))
        });
        Waiting {
            days: days.iter().map(|d| names::day(c, *d)).collect(),
            as_it_is: by_day(told.runs),
            with: told.variants.iter().map(|(what, runs)| (what.clone(), by_day(runs))).collect(),
            story,
        }
    }
}

/// A day of a rail route in the central run.
#[derive(Clone, Debug)]
pub struct CrossedDay {
    /// The day.
    pub day: Day,
    /// Id of the route.
    pub route: String,
    /// Loaded trains that wait to cross at its end.
    pub trains_waiting: f64,
    /// Of these, in the yard.
    pub waiting_in_yard: f64,
    /// Of these, held back at stations before it.
    pub waiting_held_back: f64,
    /// Tonnes that wait to cross.
    pub tonnes_waiting: f64,
    /// Tonnes under way to the border.
    pub tonnes_approaching: f64,
    /// Tonnes held in quarantine.
    pub tonnes_held: f64,
    /// Empty wagons at the loading point.
    pub wagons_stock: u32,
    /// Trains that crossed.
    pub trains_crossed: u32,
    /// Loaded wagons that crossed.
    pub wagons_crossed_loaded: u32,
    /// Empty wagons that crossed.
    pub wagons_crossed_empty: u32,
}

/// Each day and rail route of the central run.
pub(super) fn crossed(told: &Told) -> Vec<CrossedDay> {
    let c = told.corridor;
    let trace = told.runs.trace.since(told.plan.report_from);
    let rail = |i: u16| c.trade.routes.as_slice().get(usize::from(i)).filter(|r| r.rail.is_some());
    let rows = trace.days.iter().filter_map(|d| Some((d, rail(d.route)?)));
    rows.map(|(d, route)| CrossedDay {
        day: names::day(c, d.end + Span(-1)),
        route: route.id.clone(),
        trains_waiting: d.standing.trains().into(),
        waiting_in_yard: d.standing.in_yard.into(),
        waiting_held_back: d.standing.held_back.into(),
        tonnes_waiting: (d.waiting_forward + d.waiting_back).as_tonnes(),
        tonnes_approaching: d.approaching.as_tonnes(),
        tonnes_held: d.held.as_tonnes(),
        wagons_stock: d.wagons_stock,
        trains_crossed: d.trains,
        wagons_crossed_loaded: d.crossed_loaded,
        wagons_crossed_empty: d.crossed_empty,
    })
    .collect()
}
