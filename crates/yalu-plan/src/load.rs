//! How long trains can get, and who goes first.

use yalu_model::{Corridor, ServiceId};

/// Dispatching priority of other passenger trains, above freight services that name less (assumed).
pub const PASSENGER_PRIORITY: i32 = 8;
/// Dispatching priority of other freight trains (assumed).
pub const DOMESTIC_PRIORITY: i32 = 2;

/// The most wagons a train of a service can have, over all draws and regimes.
pub fn most_wagons(c: &Corridor, service: ServiceId) -> u32 {
    // Wagons that came over the border go on together: an onward service takes the longest cut of its route.
    let routes = c.trade.routes.iter().filter_map(|r| r.rail.as_ref()).filter(|r| r.onward == Some(service));
    let cuts = routes.map(|r| alone(c, r.over_border));
    cuts.fold(alone(c, service), f64::max) as u32
}

/// Whether no route uses a freight service: its trains run as its file says, full.
pub fn plain(c: &Corridor, service: ServiceId) -> bool {
    let used = |r: &yalu_model::RailRoute| r.over_border == service || r.onward == Some(service);
    c.trains.services[service].kind == yalu_model::ServiceKind::Freight
        && !c.trade.routes.iter().filter_map(|r| r.rail.as_ref()).any(used)
}

fn alone(c: &Corridor, service: ServiceId) -> f64 {
    let s = &c.trains.services[service];
    c.border
        .regimes
        .iter()
        .filter(|r| Some(r.crossing) == s.crossing)
        .filter_map(|r| r.wagons_per_train.as_ref())
        .map(yalu_model::Quantity::high)
        .fold(s.max_wagons.high(), f64::max)
        .ceil()
}
