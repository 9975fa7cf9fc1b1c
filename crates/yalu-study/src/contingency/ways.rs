//! Ways round a closure, and what they can carry in it.

use super::Contingency;
use crate::{declared_regimes, index_of};
use yalu_model::{Route, RouteId};
use yalu_number::Estimate;
use yalu_plan::Draw;
use yalu_units::Instant;

/// A route in the days of the closure.
#[derive(Clone, Debug, PartialEq)]
pub struct WayRound {
    /// The route.
    pub route: RouteId,
    /// Whether it uses the crossing that is shut.
    pub normal: bool,
    /// Whether it runs in the middle of the closure, were the crossing open.
    pub runs: bool,
    /// Days goods are held on it, at the medians.
    pub hold_days: f64,
    /// Tonnes a day each way it can carry.
    pub capacity_t_per_day: Estimate,
    /// Tonnes a day it carries anyway, both ways, in the central run.
    pub used_t_per_day: f64,
    /// Tonnes a day each way that are left.
    pub left_t_per_day: Estimate,
    /// Days from order to release, without waiting.
    pub days: Estimate,
    /// Cost, US dollars a tonne.
    pub usd_per_t: Estimate,
    /// Tonnes that cross by it instead.
    pub takes_t: Estimate,
}

impl Contingency {
    /// The routes, those of the crossing first; others only where they go the same way. Most left first.
    pub fn ways(&self) -> Vec<WayRound> {
        let Some(change) = self.closure().window.change else { return Vec::new() };
        let middle = Instant(i64::midpoint(change.from.0, change.to.0));
        let routes = &self.compared.base.trade.routes;
        let mut same = [false; 2];
        for r in routes.iter().filter(|r| self.is_shut(r)) {
            same = [same[0] || r.directions[0], same[1] || r.directions[1]];
        }
        let goes = |r: &Route| (0..2).any(|d| same[d] && r.directions[d]);
        let mut out: Vec<WayRound> =
            routes.enumerated().filter(|(_, r)| goes(r)).map(|(id, _)| self.way(id, middle)).collect();
        let rank = |w: &WayRound| (w.normal, w.runs);
        out.sort_by(|a, b| rank(b).cmp(&rank(a)).then(b.left_t_per_day.p50().total_cmp(&a.left_t_per_day.p50())));
        out
    }

    fn way(&self, id: RouteId, at: Instant) -> WayRound {
        let (c, x) = (&self.compared.base, &self.closure().comparison);
        let r = &c.trade.routes[id];
        let place = index_of(&x.route_ids, &r.id);
        let during = x.flows.first().map_or(&[][..], |phases| &phases[1]);
        let used_t_per_day = during.iter().filter(|f| Some(f.route) == place).map(|f| f.t_per_day[0]).sum();
        let capacity_t = |d: Draw| declared_regimes(c, d).capacity_a_day_t(id, at);
        let approach = |d: Draw| r.approach_days.as_ref().map_or(0.0, |q| d.value(q));
        let central = declared_regimes(c, Draw::central(self.compared.seed));
        // A route goes both ways with as much each way; what is used is counted for both together.
        let ways = r.directions.iter().filter(|d| **d).count().max(1) as f64;
        WayRound {
            route: id,
            normal: self.is_shut(r),
            runs: central.runs(id, at),
            hold_days: central.hold_days(id, at),
            capacity_t_per_day: self.over(capacity_t),
            used_t_per_day,
            left_t_per_day: self.over(|d| (capacity_t(d) - used_t_per_day / ways).max(0.0)),
            days: self.over(|d| d.value(&r.transit_h) / 24.0 + declared_regimes(c, d).hold_days(id, at) + approach(d)),
            usd_per_t: self.over(|d| d.value(&r.cost_usd_per_t)),
            takes_t: place.map_or_else(Estimate::default, |i| x.routes[i].diverted_to_t),
        }
    }
}
