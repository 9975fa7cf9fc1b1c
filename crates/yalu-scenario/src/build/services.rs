//! Services, routes.

use super::{Builder, id, id_opt};
use crate::row::Row;
use yalu_model::{
    Every, Mode, Quantity, RailRoute, Route, RouteId, RouteLimits, Service, ServiceId, ServiceKind, Stop, Turn,
};
use yalu_units::{Idx as _, IndexVec};

/// The longest wait that can be written: no train is dropped.
const NEVER_MIN: f64 = 43_200.0;

impl Builder<'_> {
    pub(super) fn services(&mut self) -> IndexVec<ServiceId, Service> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.list("services.toml", "service") {
            let times = r.times("departures");
            for pair in times.windows(2) {
                if let [(a, _), (b, at)] = pair
                    && b <= a
                {
                    let help =
                        "departures stand in the order in which they are used, each later than the last".to_owned();
                    self.sink.error("Y0601", *at, "this departure is not later than the one before it", Some(help));
                }
            }
            if times.is_empty() && r.get("departures").is_some() {
                self.sink.error("Y0602", r.at("departures"), "the service has no departures", None);
            }
            let every = self.every(r);
            let zone = r.text_opt("zone").unwrap_or_else(|| self.zone.clone());
            let zone = self.zone(&zone);
            out.push(Service {
                id: r.text("id"),
                title: r.text("title"),
                kind: if r.text("kind") == "passenger" { ServiceKind::Passenger } else { ServiceKind::Freight },
                from: id(r, "from"),
                to: id(r, "to"),
                crossing: id_opt(r, "crossing"),
                departures_s: times.iter().map(|(t, _)| *t).collect(),
                zone,
                days: r.weekdays("days").unwrap_or([true; 7]),
                locomotive: id(r, "locomotive"),
                wagon: id(r, "wagon"),
                max_wagons: r.quantity("max_wagons"),
                trains_per_day: or_default(r, "trains_per_day", every, |e| 86_400.0 / f64::from(e.every_s)),
                priority: r.integer("priority").and_then(|n| i32::try_from(n).ok()).unwrap_or(0),
                supplement_percent: r.quantity("supplement_percent"),
                cancel_after_min: or_default(r, "cancel_after_min", every, |_| NEVER_MIN),
                turn: r.row("turn").map(|t| Turn { after_min: t.quantity("after_min") }),
                stops: r
                    .rows("stop")
                    .iter()
                    .map(|s| Stop {
                        point: id(s, "point"),
                        minutes: s.quantity("minutes"),
                        reverses: s.flag("reverses"),
                    })
                    .collect(),
                every,
                load_t: r.quantity_opt("load_t"),
            });
        }
        out
    }

    /// Departures at even intervals; what times of day and days need is told here.
    fn every(&mut self, r: &Row) -> Option<Every> {
        let (even, daily) = (["every_s", "first_s", "trains"], ["departures", "days"]);
        if !even.iter().any(|key| r.given(key)) {
            let needed = [
                ("departures", "Times of day, in the order they are used; or every_s, seconds between trains."),
                ("zone", "Zone of the departures."),
                ("days", "\"daily\" or a list of mon, tue, wed, thu, fri, sat, sun."),
                ("trains_per_day", "Trains a day when the crossing is open."),
                ("cancel_after_min", "Minutes a train may wait for its cut."),
            ];
            for (key, doc) in needed {
                self.need(r, "service", key, doc);
            }
            return None;
        }
        for key in daily.iter().filter(|key| r.given(key)) {
            let help = "trains run at times of day (departures and days) or at even intervals (every_s)".to_owned();
            self.sink.error("Y0610", r.at(key), format!("`{key}` beside even intervals"), Some(help));
        }
        self.need(r, "service", "every_s", "Seconds between trains.");
        let whole = |key| r.integer(key).and_then(|n| u32::try_from(n).ok());
        Some(Every {
            first_s: whole("first_s").unwrap_or(0),
            // Any value where the one given is wrong: no corridor comes of it.
            every_s: whole("every_s").unwrap_or(1),
            trains: whole("trains"),
        })
    }

    pub(super) fn routes(&mut self) -> IndexVec<RouteId, Route> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.list("routes.toml", "route") {
            let mode = match r.text("mode").as_str() {
                "road" => Mode::Road,
                "sea" => Mode::Sea,
                _ => Mode::Rail,
            };
            if r.get("mode").is_some() {
                self.route_parts(r, mode);
            }
            out.push(Route {
                id: r.text("id"),
                title: r.text("title"),
                colour: r.text("colour"),
                mode,
                crossings: r.indices("crossings").iter().map(|(i, _)| yalu_model::CrossingId::new(*i)).collect(),
                directions: r.directions("directions").unwrap_or([true; 2]),
                waits_at: id(r, "waits_at"),
                released_at: id(r, "released_at"),
                vehicles_per_day: r.quantity_opt("vehicles_per_day"),
                payload_t: r.quantity_opt("payload_t"),
                transit_h: r.quantity("transit_h"),
                cost_usd_per_t: r.quantity("cost_usd_per_t"),
                approach_days: r.quantity_opt("approach_days"),
                dislike_usd_per_t: r.quantity("dislike_usd_per_t"),
                rail: r.row("rail").map(|x| self.rail(x)),
                limits: RouteLimits {
                    gauge_mm: r.quantity_opt("gauge_mm"),
                    train_length_m: r.quantity_opt("train_length_m"),
                    axle_load_t: r.quantity_opt("axle_load_t"),
                    ruling_grade_permil: r.quantity_opt("ruling_grade_permil"),
                    electrified: r.text("electrified"),
                    hours: r.text("hours"),
                    note: r.text("limit_note"),
                },
            });
        }
        out
    }

    /// The rail part of a route: wagons are unloaded within the model, or go on beyond it and come back.
    fn rail(&mut self, x: &Row) -> RailRoute {
        let unloads = [
            ("unloading_places", "Wagons unloaded at the same time."),
            ("unloading_h", "Hours to unload a wagon."),
            ("return_days", "Days an emptied wagon stands before it goes back."),
        ];
        let turnaround_days = x.quantity_opt("turnaround_days");
        if !x.given("turnaround_days") {
            for (key, doc) in unloads {
                self.need(x, "rail", key, doc);
            }
        } else if x.given("onward") {
            let help = "wagons go on by the service `onward`, or beyond the model and are back after `turnaround_days`";
            let message = "`turnaround_days` beside `onward`";
            self.sink.error("Y0606", x.at("turnaround_days"), message, Some(help.to_owned()));
        }
        let or = |key: &str, value: &dyn Fn() -> Quantity| x.quantity_opt(key).unwrap_or_else(value);
        let unused = |key: &str, value: f64| {
            Quantity::assumed(&format!("{}.{key}", x.path), value, "not used: wagons go on beyond the model")
        };
        RailRoute {
            over_border: id(x, "over_border"),
            onward: id_opt(x, "onward"),
            hold: id_opt(x, "hold"),
            fleet_wagons: x.quantity("fleet_wagons"),
            fleet_far_wagons: x.quantity_opt("fleet_far_wagons"),
            owner: x.text_opt("owner").unwrap_or_default(),
            loading_places: x.quantity("loading_places"),
            loading_h: x.quantity("loading_h"),
            unloading_places: or("unloading_places", &|| unused("unloading_places", 1.0)),
            unloading_h: or("unloading_h", &|| unused("unloading_h", 0.0)),
            // Wagons emptied in a hold are away as long as those that go on.
            return_days: or("return_days", &|| turnaround_days.clone().unwrap_or_else(|| unused("return_days", 0.0))),
            turnaround_days,
            kept_share: x.quantity_opt("kept_share"),
        }
    }

    /// A rail route takes its capacity from trains, another from vehicles.
    fn route_parts(&mut self, r: &Row, mode: Mode) {
        if mode == Mode::Rail {
            let own = ["vehicles_per_day", "payload_t"];
            if !r.given("rail") && !own.iter().all(|key| r.given(key)) {
                let help = "add `[route.rail]` with over_border and the wagon fleet; or, off the line that is modelled, \
                            vehicles_per_day (trains) and payload_t (net tonnes of a train)";
                self.sink.error("Y0605", r.at, "a rail route without `[route.rail]`", Some(help.to_owned()));
            }
            for key in own {
                if r.given("rail") && r.given(key) {
                    let help = "rail takes it from its trains; leave it out".to_owned();
                    self.sink.error("Y0606", r.at(key), format!("`{key}` beside `[route.rail]`"), Some(help));
                }
            }
            if r.given("rail") && r.directions("directions").is_some_and(|d| d[0] && d[1]) {
                let help = "write two routes, one for each direction, each over a service that starts in the country it \
                            exports from; they share the stations' tracks and teams";
                let message = "goods go by `[route.rail]` in one direction; its wagons come back empty";
                self.sink.error("Y0609", r.at("directions"), message, Some(help.to_owned()));
            }
        } else {
            for key in ["vehicles_per_day", "payload_t"] {
                if !r.given(key) {
                    let message = format!("`{key}` is missing in `route`");
                    self.sink.error("Y0202", r.at, message, Some("every route but rail needs it".into()));
                }
            }
            if r.row("rail").is_some() {
                self.sink.error("Y0606", r.at("rail"), "`[route.rail]` on a route that is not rail", None);
            }
        }
    }
}

/// A quantity, or what even intervals make of it where it is left out.
fn or_default(r: &Row, key: &str, every: Option<Every>, value: impl Fn(Every) -> f64) -> Quantity {
    match (r.quantity_opt(key), every) {
        (None, Some(e)) => {
            Quantity::assumed(&format!("{}.{key}", r.path), value(e), "follows from the intervals (every_s)")
        }
        (given, _) => given.unwrap_or_else(|| r.quantity(key)),
    }
}
