//! What shippers reckon with in one replication: goods, routes and limits on orders, drawn from the corridor.

use super::Policy;
use crate::Habits;
use yalu_model::{Corridor, DemandFactor, Direction, Draw, Good, GoodId, Mode, PerDirection, Route, RouteId};
use yalu_units::{IndexVec, Instant};

/// A good as its shippers and consignees see it.
#[derive(Clone, Copy, Debug)]
pub struct GoodTerms {
    /// Which way it goes.
    pub direction: Direction,
    /// Tonnes asked for in a normal month by the files, before the habit's factor.
    pub tonnes_per_month: f64,
    /// The habit's factor on them.
    pub level: f64,
    /// Value of a tonne.
    pub usd_per_t: f64,
    /// Monthly factors, January first.
    pub season: [f64; 12],
    /// What a day under way or waiting costs.
    pub day_usd_per_t: f64,
    /// Days after which a late order is given up.
    pub patience_days: f64,
    /// Share of orders that wait where no route runs.
    pub postponed: f64,
    /// Counted in customs, not moved.
    pub no_vehicle: bool,
    /// Who gets leave to ship first where a regime allots by priority, 1 the first.
    pub rank: u8,
    /// From when a rule refuses it.
    pub refused: Option<Instant>,
}

impl GoodTerms {
    fn new(c: &Corridor, g: &Good, habits: &Habits, draw: Draw) -> Self {
        let usd_per_t = draw.value(&g.unit_value_usd_per_t).max(1e-6);
        Self {
            direction: g.direction,
            tonnes_per_month: draw.value(&g.level_musd_per_month) * 1e6 / usd_per_t,
            level: if g.direction == Direction::Forward { habits.demand_level } else { 1.0 },
            usd_per_t,
            season: g.season,
            day_usd_per_t: draw.value(&g.day_usd_per_t),
            patience_days: draw.value(&g.patience_days),
            postponed: draw.value(&g.postponed_share).clamp(0.0, 1.0),
            no_vehicle: g.no_vehicle,
            rank: g.rank,
            refused: c.refused_from(g),
        }
    }

    /// Tonnes asked for on a day of a normal month.
    pub fn tonnes_per_day(&self) -> f64 {
        self.tonnes_per_month / 30.0 * self.level
    }

    /// Whether a rule refuses it at an instant.
    pub fn refused_at(&self, t: Instant) -> bool {
        self.refused.is_some_and(|from| from <= t)
    }
}

/// A route as shippers see it on any day.
#[derive(Clone, Copy, Debug)]
pub struct RouteTerms {
    /// Ways it carries.
    pub carries: PerDirection<bool>,
    /// Cost and dislike.
    pub usd_per_t: f64,
    /// Days from departure to release.
    pub transit_days: f64,
    /// Days from order to where goods wait to cross.
    pub approach_days: f64,
    /// Days in which its orders come back.
    pub climb_days: f64,
}

impl RouteTerms {
    fn new(r: &Route, habits: &Habits, policy: &Policy, draw: Draw) -> Self {
        let approach = r.approach_days.as_ref().filter(|_| policy.approach);
        Self {
            carries: PerDirection { forward: r.directions[0], back: r.directions[1] },
            usd_per_t: draw.value(&r.cost_usd_per_t) + draw.value(&r.dislike_usd_per_t),
            transit_days: draw.value(&r.transit_h) / 24.0,
            approach_days: approach.map_or(0.0, |q| draw.value(q).max(0.0)),
            climb_days: if r.mode == Mode::Sea { habits.climb_sea_days } else { habits.climb_land_days },
        }
    }
}

/// A dated factor on what is asked for.
#[derive(Clone, Copy, Debug)]
struct Limit {
    from: Instant,
    to: Instant,
    direction: Direction,
    factor: f64,
}

/// All that shippers of a corridor reckon with.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Goods.
    pub goods: IndexVec<GoodId, GoodTerms>,
    /// Routes.
    pub routes: IndexVec<RouteId, RouteTerms>,
    limits: Vec<Limit>,
    /// Days in which shippers come to believe in a wait, and to look for another way.
    pub reaction_days: f64,
    /// How much less a way is taken for each dollar a tonne that it costs more.
    pub theta: f64,
}

impl Terms {
    /// Draws them, each by its own address.
    pub fn new(c: &Corridor, habits: &Habits, policy: &Policy, draw: Draw) -> Self {
        let limit = |f: &DemandFactor| {
            let permit =
                habits.permit_level.filter(|_| f.direction == Direction::Forward && c.comes_with_quarantine(f));
            let factor = permit.map_or_else(|| draw.value(&f.factor), |level| f.factor.dist.at(level));
            Limit { from: f.from, to: f.to, direction: f.direction, factor }
        };
        Self {
            goods: c.trade.goods.iter().map(|g| GoodTerms::new(c, g, habits, draw)).collect(),
            routes: c.trade.routes.iter().map(|r| RouteTerms::new(r, habits, policy, draw)).collect(),
            limits: c.trade.demand_factors.iter().map(limit).collect(),
            reaction_days: draw.value(&c.trade.reaction_days).max(1.0),
            theta: draw.value(&c.trade.choice_theta_per_usd),
        }
    }

    /// The factor of all limits in force at an instant.
    pub fn limit(&self, t: Instant) -> PerDirection<f64> {
        let mut out = PerDirection { forward: 1.0, back: 1.0 };
        for l in self.limits.iter().filter(|l| l.from <= t && t < l.to) {
            out[l.direction] *= l.factor;
        }
        out
    }
}
