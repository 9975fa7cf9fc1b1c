//! Cumulative time and cost against distance, from loading to release.

use super::{Told, words};
use yalu_chart::{Caption, Colour, TimeCost, TimeCostPlace, TimeCostPoint};
use yalu_model::{Corridor, PointId};
use yalu_plan::way;
use yalu_report::number::thousands;
use yalu_study::{FlowDwell, StepDwell};
use yalu_trace::{GoodsAccount, StepKind};

/// The way of a loaded consignment by a route, of the mean train; none where nothing was done with the border.
pub fn time_cost(told: &Told, route: usize) -> Option<TimeCost> {
    let c = &told.corridor;
    let flow = told.runs.central.flows.iter().find(|f| f.route == route && f.loaded && f.cuts > 0)?;
    let rail = c.routes.as_slice().get(route)?.rail.as_ref()?;
    let mut made = Making { km: 0.0, hours: 0.0, points: Vec::new() };
    made.points.push(TimeCostPoint { what: "begin".into(), ..TimeCostPoint::default() });
    let over_km = length_km(c, c.services[rail.over_border].from, c.services[rail.over_border].to);
    let mut places = vec![place(c, 0.0, c.services[rail.over_border].from)];
    for s in flow.steps.iter().filter(|s| most_go(flow, s)) {
        let waits: f64 = s.waits_train.iter().sum();
        let name = format!("{}{}", at(c, s), words::step(c, s.what));
        match s.what {
            StepKind::OverBorder => {
                made.stop(waits, &format!("{}waits for its train", at(c, s)));
                made.run(over_km, s.work[0], "over the border");
                places.push(place(c, made.km, c.services[rail.over_border].to));
            }
            StepKind::Onward => {
                made.stop(waits, &format!("{}waits for its train", at(c, s)));
                let km = rail.onward.map_or(0.0, |o| length_km(c, c.services[o].from, c.services[o].to));
                made.run(km, s.work[0], "onward");
                if let Some(o) = rail.onward {
                    places.push(place(c, made.km, c.services[o].to));
                }
            }
            StepKind::IntoHold => {
                let hold = rail.hold.map(|h| &c.holds[h]);
                let title = hold.map_or("hold", |h| h.title.as_str());
                made.stop(waits + s.work[0], &format!("{title}: unloading"));
                if let Some(h) = held_hours(told, route) {
                    made.stop(h, &format!("{title}: held"));
                }
            }
            _ => made.stop(waits + s.work[0], &name),
        }
    }
    let costs = costs(told, route);
    let (km, end_h) = (made.km, made.hours);
    for p in &mut made.points {
        p.cost = costs.map(|(tariff, day)| tariff * if km > 0.0 { p.km / km } else { 1.0 } + day * p.hours / 24.0);
    }
    let stood: f64 = made.points.windows(2).filter(|w| w[1].stop).map(|w| w[1].hours - w[0].hours).sum();
    let cost_words = match costs {
        Some((tariff, day)) => format!(
            "Cost: the route’s tariff ({} USD/t, the scenario gives it for the whole way) spread over its km, and {} USD/t a \
             day that goods lose by waiting, weighed by what crossed. Border charges are not in the scenario and left out.",
            thousands(tariff, 0),
            thousands(day, 2)
        ),
        None => "Cost: the scenario gives none that applies, and none is drawn.".into(),
    };
    Some(TimeCost {
        caption: Caption {
            title: format!(
                "{}: {} km in {} h, {} of it standing",
                words::route(c, route),
                thousands(km, 0),
                thousands(end_h, 0),
                yalu_report::number::percent(if end_h > 0.0 { stood / end_h } else { 0.0 })
            ),
            subtitle: "Hours, and cost, from the begin of loading to release, against distance (time-cost-distance after ESCAP); steps are stops".into(),
            foot: format!("Central run, mean of loaded trains; steps that fewer than half of them go through are left out. {cost_words}"),
            shown: true,
        },
        colour: Colour::Rail,
        cost_unit: "USD/t".into(),
        places,
        points: made.points,
    })
}

struct Making {
    km: f64,
    hours: f64,
    points: Vec<TimeCostPoint>,
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
    fn push(&mut self, what: &str, stop: bool) {
        self.points.push(TimeCostPoint { km: self.km, hours: self.hours, cost: None, what: what.into(), stop });
    }
}

fn most_go(flow: &FlowDwell, s: &StepDwell) -> bool {
    2 * s.cuts >= flow.cuts
}

fn at(c: &Corridor, s: &StepDwell) -> String {
    s.station.map_or(String::new(), |i| format!("{}: ", words::station(c, i)))
}

fn place(c: &Corridor, km: f64, point: PointId) -> TimeCostPlace {
    TimeCostPlace { km, name: c.points[point].name.clone() }
}

fn length_km(c: &Corridor, from: PointId, to: PointId) -> f64 {
    way(c, from, to).map_or(0.0, |w| w.iter().map(|(s, _)| c.sections[*s].length_m.central()).sum::<f64>() / 1000.0)
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
    let c = &told.corridor;
    let tariff = c.routes.as_slice().get(route)?.cost_usd_per_t.central();
    let t = told.runs.trace.since(told.plan.report_from);
    let crossed = t.goods.iter().filter(|g| g.to == GoodsAccount::UnderWay(route as u16));
    let (mut usd, mut tonnes) = (0.0, 0.0);
    for g in crossed {
        let mass = g.mass.as_tonnes();
        tonnes += mass;
        usd += mass * c.goods.as_slice().get(usize::from(g.good)).map_or(0.0, |x| x.day_usd_per_t.central());
    }
    (tonnes > 0.0).then(|| (tariff, usd / tonnes))
}
