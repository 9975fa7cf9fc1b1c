//! Services, routes.

use super::{Builder, or_assumed};
use crate::describe::{RailRow, RouteRow, ServiceRow};
use yalu_model::{
    EnginePlace, Every, Helpers, Mode, Quantity, RailRoute, Route, RouteId, RouteLimits, Service, ServiceId, Stop, Turn,
};
use yalu_units::IndexVec;

/// The longest wait that can be written: no train is dropped.
const NEVER_MIN: f64 = 43_200.0;

impl Builder<'_> {
    pub(super) fn services(&mut self) -> IndexVec<ServiceId, Service> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.services() {
            let times = r.departures.as_deref().unwrap_or_default();
            for pair in times.windows(2) {
                if let [(a, _), (b, at)] = pair
                    && b <= a
                {
                    let help =
                        "departures stand in the order in which they are used, each later than the last".to_owned();
                    self.sink.error("Y0601", *at, "this departure is not later than the one before it", Some(help));
                }
            }
            if times.is_empty() && r.departures.is_some() {
                self.sink.error("Y0602", r.at.departures, "the service has no departures", None);
            }
            let every = self.every(r);
            let zone = r.zone.clone().unwrap_or_else(|| self.zone.clone());
            let zone = self.zone(&zone);
            out.push(Service {
                id: r.id.clone(),
                title: r.title.clone(),
                kind: r.kind,
                from: r.from,
                to: r.to,
                crossing: r.crossing,
                departures_s: times.iter().map(|(t, _)| *t).collect(),
                zone,
                days: r.days.unwrap_or([true; 7]),
                locomotive: r.locomotive,
                helpers: helpers(r),
                wagon: r.wagon,
                max_wagons: r.max_wagons.clone(),
                trains_per_day: or_default(
                    r.trains_per_day.as_ref(),
                    &format!("{}.trains_per_day", r.path),
                    every,
                    |e| 86_400.0 / f64::from(e.every_s),
                ),
                priority: r.priority,
                supplement_percent: r.supplement_percent.clone(),
                cancel_after_min: or_default(
                    r.cancel_after_min.as_ref(),
                    &format!("{}.cancel_after_min", r.path),
                    every,
                    |_| NEVER_MIN,
                ),
                turn: r.turn.as_ref().map(|t| Turn { after_min: t.after_min.clone() }),
                stops: r
                    .stop
                    .iter()
                    .map(|s| Stop { point: s.point, minutes: s.minutes.clone(), reverses: s.reverses })
                    .collect(),
                every,
                load_t: r.load_t.clone(),
            });
        }
        out
    }

    /// Departures at even intervals; what times of day and days need is told here.
    fn every(&mut self, r: &ServiceRow) -> Option<Every> {
        if r.every_s.is_none() && r.first_s.is_none() && r.trains.is_none() {
            let times = "Times of day, in the order they are used; or every_s, seconds between trains.";
            need!(self, r, "service", departures, times);
            need!(self, r, "service", zone, "Zone of the departures.");
            need!(self, r, "service", days, "\"daily\" or a list of mon, tue, wed, thu, fri, sat, sun.");
            need!(self, r, "service", trains_per_day, "Trains a day when the crossing is open.");
            need!(self, r, "service", cancel_after_min, "Minutes a train may wait for its cut.");
            return None;
        }
        let daily = [("departures", r.departures.is_some(), r.at.departures), ("days", r.days.is_some(), r.at.days)];
        for (key, _, at) in daily.into_iter().filter(|(_, given, _)| *given) {
            let help = "trains run at times of day (departures and days) or at even intervals (every_s)".to_owned();
            self.sink.error("Y0610", at, format!("`{key}` beside even intervals"), Some(help));
        }
        need!(self, r, "service", every_s, "Seconds between trains.");
        Some(Every { first_s: r.first_s.unwrap_or(0), every_s: r.every_s?, trains: r.trains })
    }

    pub(super) fn routes(&mut self) -> IndexVec<RouteId, Route> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.routes() {
            self.route_parts(r);
            out.push(Route {
                id: r.id.clone(),
                title: r.title.clone(),
                colour: r.colour.clone(),
                mode: r.mode,
                crossings: r.crossings.iter().map(|(id, _)| *id).collect(),
                directions: r.directions,
                waits_at: r.waits_at,
                released_at: r.released_at,
                vehicles_per_day: r.vehicles_per_day.clone(),
                payload_t: r.payload_t.clone(),
                transit_h: r.transit_h.clone(),
                cost_usd_per_t: r.cost_usd_per_t.clone(),
                approach_days: r.approach_days.clone(),
                dislike_usd_per_t: r.dislike_usd_per_t.clone(),
                rail: r.rail.as_ref().map(|x| self.rail(x)),
                limits: RouteLimits {
                    gauge_mm: r.gauge_mm.clone(),
                    train_length_m: r.train_length_m.clone(),
                    axle_load_t: r.axle_load_t.clone(),
                    ruling_grade_permil: r.ruling_grade_permil.clone(),
                    electrified: r.electrified.clone(),
                    hours: r.hours.clone(),
                    note: r.limit_note.clone(),
                },
            });
        }
        out
    }

    /// The rail part of a route: wagons are unloaded within the model, or go on beyond it and come back.
    fn rail(&mut self, x: &RailRow) -> RailRoute {
        if x.turnaround_days.is_none() {
            need!(self, x, "rail", unloading_places, "Wagons unloaded at the same time.");
            need!(self, x, "rail", unloading_h, "Hours to unload a wagon.");
            need!(self, x, "rail", return_days, "Days an emptied wagon stands before it goes back.");
        } else if x.onward.is_some() {
            let help = "wagons go on by the service `onward`, or beyond the model and are back after `turnaround_days`";
            let message = "`turnaround_days` beside `onward`";
            self.sink.error("Y0606", x.at.turnaround_days, message, Some(help.to_owned()));
        }
        let or_unused = |given: &Option<Quantity>, key: &str, value: f64| {
            let why = "not used: wagons go on beyond the model";
            or_assumed(given.as_ref(), &format!("{}.{key}", x.path), value, why)
        };
        RailRoute {
            over_border: x.over_border,
            onward: x.onward,
            hold: x.hold,
            fleet_wagons: x.fleet_wagons.clone(),
            fleet_far_wagons: x.fleet_far_wagons.clone(),
            owner: x.owner.clone(),
            loading_places: x.loading_places.clone(),
            loading_h: x.loading_h.clone(),
            unloading_places: or_unused(&x.unloading_places, "unloading_places", 1.0),
            unloading_h: or_unused(&x.unloading_h, "unloading_h", 0.0),
            // Wagons emptied in a hold are away as long as those that go on.
            return_days: or_unused(&x.return_days.clone().or(x.turnaround_days.clone()), "return_days", 0.0),
            turnaround_days: x.turnaround_days.clone(),
            kept_share: x.kept_share.clone(),
        }
    }

    /// A rail route takes its capacity from trains, another from vehicles.
    fn route_parts(&mut self, r: &RouteRow) {
        let own = [
            ("vehicles_per_day", r.vehicles_per_day.is_some(), r.at.vehicles_per_day),
            ("payload_t", r.payload_t.is_some(), r.at.payload_t),
        ];
        if r.mode != Mode::Rail {
            for (key, ..) in own.iter().filter(|(_, given, _)| !given) {
                let message = format!("`{key}` is missing in `route`");
                self.sink.error("Y0202", r.at.row, message, Some("every route but rail needs it".into()));
            }
            if r.rail.is_some() {
                self.sink.error("Y0606", r.at.rail, "`[route.rail]` on a route that is not rail", None);
            }
            return;
        }
        if r.rail.is_none() && !own.iter().all(|(_, given, _)| *given) {
            let help = "add `[route.rail]` with over_border and the wagon fleet; or, off the line that is modelled, \
                        vehicles_per_day (trains) and payload_t (net tonnes of a train)";
            self.sink.error("Y0605", r.at.row, "a rail route without `[route.rail]`", Some(help.to_owned()));
        }
        for (key, _, at) in own.into_iter().filter(|(_, given, _)| *given && r.rail.is_some()) {
            let help = "rail takes it from its trains; leave it out".to_owned();
            self.sink.error("Y0606", at, format!("`{key}` beside `[route.rail]`"), Some(help));
        }
        if r.rail.is_some() && r.directions == [true; 2] {
            let help = "write two routes, one for each direction, each over a service that starts in the country it \
                        exports from; they share the stations' tracks and teams";
            let message = "goods go by `[route.rail]` in one direction; its wagons come back empty";
            self.sink.error("Y0609", r.at.directions, message, Some(help.to_owned()));
        }
    }
}

/// Locomotives beside the one that leads: more of its class behind it, then those written as helpers.
fn helpers(r: &ServiceRow) -> Vec<Helpers> {
    let more = r.locomotives.unwrap_or(1).saturating_sub(1);
    let alike = Helpers { locomotive: r.locomotive, count: more, place: EnginePlace::Front };
    let named =
        r.helper.iter().map(|h| Helpers { locomotive: h.locomotive, count: h.count.unwrap_or(1), place: h.place });
    let mut all: Vec<Helpers> = (more > 0).then_some(alike).into_iter().chain(named).collect();
    // The order of rows changes no sum.
    all.sort_by_key(|h| (h.place, h.locomotive, h.count));
    all
}

/// A quantity, or what even intervals make of it where it is left out.
fn or_default(given: Option<&Quantity>, path: &str, every: Option<Every>, value: impl Fn(Every) -> f64) -> Quantity {
    let value = every.map_or(0.0, value);
    or_assumed(given, path, value, "follows from the intervals (every_s)")
}
