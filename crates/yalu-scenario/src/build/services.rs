//! Rolling stock, services, routes.

use super::{Builder, id, id_opt};
use crate::row::Row;
use yalu_model::{
    Locomotive, LocomotiveId, Mode, RailRoute, Resistance, Route, RouteId, Service, ServiceId, ServiceKind, Turn,
    Wagon, WagonId,
};
use yalu_units::{Idx as _, IndexVec};

impl Builder<'_> {
    pub(super) fn locomotives(&mut self) -> IndexVec<LocomotiveId, Locomotive> {
        let files = self.files;
        files
            .list("rolling_stock.toml", "locomotive")
            .iter()
            .map(|r| Locomotive {
                id: r.text("id"),
                mass_t: r.quantity("mass_t"),
                length_m: r.quantity("length_m"),
                power_kw: r.quantity("power_kw"),
                max_force_kn: r.quantity("max_force_kn"),
                max_speed_kmh: r.quantity("max_speed_kmh"),
                resistance: resistance(r),
                force_table: Vec::new(),
                adhesion: None,
                supply: yalu_model::Supply::Own,
                rotating_mass_factor: 1.06,
                braking_mps2: 0.3,
            })
            .collect()
    }

    pub(super) fn wagons(&mut self) -> IndexVec<WagonId, Wagon> {
        let files = self.files;
        files
            .list("rolling_stock.toml", "wagon")
            .iter()
            .map(|r| Wagon {
                id: r.text("id"),
                tare_t: r.quantity("tare_t"),
                payload_t: r.quantity("payload_t"),
                length_m: r.quantity("length_m"),
                max_speed_kmh: r.quantity("max_speed_kmh"),
                resistance: resistance(r),
                resistance_empty: None,
                rotating_mass_factor: 1.06,
                braking_mps2: 0.3,
            })
            .collect()
    }

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
            let zone = self.zone(&r.text("zone"));
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
                trains_per_day: r.quantity("trains_per_day"),
                priority: r.integer("priority").and_then(|n| i32::try_from(n).ok()).unwrap_or(0),
                supplement_percent: r.quantity("supplement_percent"),
                cancel_after_min: r.quantity("cancel_after_min"),
                turn: r.row("turn").map(|t| Turn { after_min: t.quantity("after_min") }),
                stops: Vec::new(),
                every: None,
                load_t: None,
            });
        }
        out
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
                dislike_usd_per_t: r.quantity("dislike_usd_per_t"),
                rail: r.row("rail").map(|x| RailRoute {
                    over_border: id(x, "over_border"),
                    onward: id_opt(x, "onward"),
                    hold: id_opt(x, "hold"),
                    fleet_wagons: x.quantity("fleet_wagons"),
                    loading_places: x.quantity("loading_places"),
                    loading_h: x.quantity("loading_h"),
                    unloading_places: x.quantity("unloading_places"),
                    unloading_h: x.quantity("unloading_h"),
                    return_days: x.quantity("return_days"),
                }),
            });
        }
        out
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
            if r.given("rail") && r.directions("directions").is_some_and(|d| d[1]) {
                self.sink.warn(
                    "Y0609",
                    r.at("directions"),
                    "goods go by `[route.rail]` in the first direction only; wagons come back empty",
                    Some("leave the second direction out; other routes will take its goods".to_owned()),
                );
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

fn resistance(r: &Row) -> Resistance {
    match r.numbers("resistance") {
        [a, b, c] => Resistance::Specific([*a, *b, *c]),
        _ => Resistance::Specific([0.0; 3]),
    }
}
