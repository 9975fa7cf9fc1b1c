//! Time and cost of a loaded consignment along a rail route, from loading to release.

use super::Told;
use crate::names;
use yalu_model::{Corridor, PointId};
use yalu_plan::way as sections;
use yalu_study::{FlowDwell, StepDwell};
use yalu_trace::{GoodsAccount, StepKind};

/// The way of the mean loaded train of a rail route.
#[derive(Clone, Debug)]
pub struct Way {
    /// Id of the route.
    pub route: String,
    /// Title of the route.
    pub title: String,
    /// Its length.
    pub km: f64,
    /// Hours from the begin of loading to release.
    pub hours: f64,
    /// Of these, standing.
    pub standing_h: f64,
    /// The route's tariff of the whole way, and what a tonne that crossed loses a day; none where nothing crossed.
    pub tariff_and_day_usd_per_t: Option<(f64, f64)>,
    /// Places along it.
    pub places: Vec<Place>,
    /// What is done along it, from its begin.
    pub stops: Vec<Stop>,
}

/// A place along a way.
#[derive(Clone, Debug)]
pub struct Place {
    /// Kilometres from its begin.
    pub km: f64,
    /// Its name.
    pub title: String,
}

/// The end of a stop or a run along a way.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Kilometres from its begin.
    pub km: f64,
    /// Hours from its begin.
    pub hours: f64,
    /// Cost so far; none where the scenario gives none that applies.
    pub usd_per_t: Option<f64>,
    /// What was done.
    pub what: String,
    /// Whether it stood meanwhile.
    pub stands: bool,
}

/// The way of a loaded consignment by a route, of the mean train; none where nothing was done with the border.
pub fn way(told: &Told, route: usize) -> Option<Way> {
    let c = told.corridor;
    let flow = told.runs.central.flows.iter().find(|f| f.route == route && f.loaded && f.cuts > 0)?;
    let rail = c.trade.routes.as_slice().get(route)?.rail.as_ref()?;
    let mut made = Making::default();
    made.push("begin", false);
    let over = &c.trains.services[rail.over_border];
    let mut places = vec![place(c, 0.0, over.from)];
    for s in flow.steps.iter().filter(|s| most_go(flow, s)) {
        let waits: f64 = s.waits_train.iter().sum();
        let at = s.station.map_or(String::new(), |i| format!("{}: ", names::station(c, i)));
        match s.what {
            StepKind::OverBorder => {
                made.stop(waits, &format!("{at}waits for its train"));
                made.run(length_km(c, over.from, over.to), s.work[0], "over the border");
                places.push(place(c, made.km, over.to));
            }
            StepKind::Onward => {
                made.stop(waits, &format!("{at}waits for its train"));
                let onward = rail.onward.map(|o| &c.trains.services[o]);
                made.run(onward.map_or(0.0, |o| length_km(c, o.from, o.to)), s.work[0], "onward");
                places.extend(onward.map(|o| place(c, made.km, o.to)));
            }
            StepKind::IntoHold => {
                let hold = rail.hold.map_or("hold", |h| c.border.holds[h].title.as_str());
                made.stop(waits + s.work[0], &format!("{hold}: unloading"));
                if let Some(h) = held_hours(told, route) {
                    made.stop(h, &format!("{hold}: held"));
                }
            }
            _ => made.stop(waits + s.work[0], &format!("{at}{}", names::step(c, s.what))),
        }
    }
    let costs = costs(told, route);
    let Making { km, hours, mut stops } = made;
    for p in &mut stops {
        p.usd_per_t = costs.map(|(tariff, day)| tariff * if km > 0.0 { p.km / km } else { 1.0 } + day * p.hours / 24.0);
    }
    Some(Way {
        route: names::route_id(c, route).to_owned(),
        title: names::route(c, route).to_owned(),
        km,
        hours,
        standing_h: stops.windows(2).filter(|w| w[1].stands).map(|w| w[1].hours - w[0].hours).sum(),
        tariff_and_day_usd_per_t: costs,
        places,
        stops,
    })
}

#[derive(Default)]
struct Making {
    km: f64,
    hours: f64,
    stops: Vec<Stop>,
}

impl Making {
    fn stop(&mut self, hours: f64, what: &str) {
        if hours > 0.0 {
            self.hours += hours;
            self.push(what, true);
        }
    }
    fn run(&mut self, km: f64, hours: f64, what: &str) {
        (self.km, self.hours) = (self.km + km, self.hours + hours);
        self.push(what, false);
    }
    fn push(&mut self, what: &str, stands: bool) {
        self.stops.push(Stop { km: self.km, hours: self.hours, usd_per_t: None, what: what.into(), stands });
    }
}

fn most_go(flow: &FlowDwell, s: &StepDwell) -> bool {
    2 * s.cuts >= flow.cuts
}

fn place(c: &Corridor, km: f64, point: PointId) -> Place {
    Place { km, title: c.line.points[point].name.clone() }
}

fn length_km(c: &Corridor, from: PointId, to: PointId) -> f64 {
    sections(c, from, to)
        .map_or(0.0, |w| w.iter().map(|(s, _)| c.line.sections[*s].length_m.central()).sum::<f64>() / 1000.0)
}

/// Hours goods are held: tonne-days held over the tonnes that came in (Little).
fn held_hours(told: &Told, route: usize) -> Option<f64> {
    let t = told.runs.trace.since(told.plan.report_from);
    let held: f64 = t.days.iter().filter(|d| usize::from(d.route) == route).map(|d| d.held.as_tonnes()).sum();
    let into = t.goods.iter().filter(|g| g.to == GoodsAccount::Held(route as u16));
    let came: f64 = into.map(|g| g.mass.as_tonnes()).sum();
    (came > 0.0 && held > 0.0).then(|| held / came * 24.0)
}

/// The tariff of the way, USD a tonne, and what a tonne that crossed loses a day.
fn costs(told: &Told, route: usize) -> Option<(f64, f64)> {
    let c = told.corridor;
    let tariff = c.trade.routes.as_slice().get(route)?.cost_usd_per_t.central();
    let t = told.runs.trace.since(told.plan.report_from);
    let crossed = t.goods.iter().filter(|g| g.to == GoodsAccount::UnderWay(route as u16));
    let (mut usd, mut tonnes) = (0.0, 0.0);
    for g in crossed {
        let mass = g.mass.as_tonnes();
        tonnes += mass;
        usd += mass * c.trade.goods.as_slice().get(usize::from(g.good)).map_or(0.0, |x| x.day_usd_per_t.central());
    }
    (tonnes > 0.0).then(|| (tariff, usd / tonnes))
}
