//! What a route can carry by the numbers of the scenario.

use yalu_model::{Corridor, CrossingId, Regime, Route};
use yalu_plan::Draw;
use yalu_units::Instant;

/// The declared regime of a crossing at an instant.
pub fn regime_at(c: &Corridor, crossing: CrossingId, t: Instant) -> Option<&Regime> {
    c.regimes.iter().find(|r| r.crossing == crossing && r.from <= t && t < r.to)
}

/// Whether all crossings of a route run at an instant, as declared.
pub fn runs_at(c: &Corridor, route: &Route, t: Instant) -> bool {
    route.crossings.iter().all(|&x| regime_at(c, x, t).is_some_and(Regime::runs))
}

/// Tonnes a day each way a route can carry under the regimes of an instant, once they have climbed: trains by wagons by
/// payload, or vehicles by payload by the share the regimes leave. Nothing where it does not run.
pub fn capacity_t_per_day(c: &Corridor, draw: Draw, route: &Route, t: Instant) -> f64 {
    if !runs_at(c, route, t) {
        return 0.0;
    }
    let regimes = || route.crossings.iter().filter_map(|&x| regime_at(c, x, t));
    if let Some(rail) = &route.rail {
        let s = &c.services[rail.over_border];
        let regime = s.crossing.and_then(|x| regime_at(c, x, t));
        let of = |own: f64, limit: Option<f64>| limit.unwrap_or(own);
        let trains =
            of(draw.value(&s.trains_per_day), regime.and_then(|r| r.trains_per_day.as_ref()).map(|q| draw.value(q)));
        let wagons =
            of(draw.value(&s.max_wagons), regime.and_then(|r| r.wagons_per_train.as_ref()).map(|q| draw.value(q)));
        let a_day = (trains.min(s.departures_s.len().max(1) as f64)) * wagons.round();
        let a_day = regime.and_then(|r| r.wagons_per_day.as_ref()).map_or(a_day, |q| a_day.min(draw.value(q)));
        return a_day * draw.value(&c.wagons[s.wagon].payload_t);
    }
    let (Some(vehicles), Some(payload)) = (&route.vehicles_per_day, &route.payload_t) else { return 0.0 };
    let share: f64 = regimes().filter_map(|r| r.capacity_share.as_ref()).map(|q| draw.value(q)).product();
    draw.value(vehicles) * draw.value(payload) * share
}

/// Days over which the regimes of a route climb at an instant, the longest.
pub fn ramp_days(c: &Corridor, draw: Draw, route: &Route, t: Instant) -> f64 {
    let regimes = route.crossings.iter().filter_map(|&x| regime_at(c, x, t));
    regimes.filter_map(|r| r.ramp_days.as_ref()).map(|q| draw.value(q)).fold(0.0, f64::max)
}

/// Days goods are held on a route under the regimes of an instant: the longest any names, else its own hold's.
pub fn hold_days(c: &Corridor, draw: Draw, route: &Route, t: Instant) -> f64 {
    let regimes = route.crossings.iter().filter_map(|&x| regime_at(c, x, t));
    let named = regimes.filter_map(|r| r.hold_days.as_ref()).map(|q| draw.value(q)).reduce(f64::max);
    let own = route.rail.as_ref().and_then(|r| r.hold).map(|id| &c.holds[id]);
    let own = own.filter(|h| h.from <= t && t < h.to);
    // A rail route holds only where it has a place for it.
    match (&route.rail, own) {
        (Some(_), None) => 0.0,
        (_, own) => named.or_else(|| own.map(|h| draw.value(&h.hold_days))).unwrap_or(0.0),
    }
}
