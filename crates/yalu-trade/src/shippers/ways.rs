//! Ways that goods can take, and the share of each.

use super::PartsOf;
use yalu_model::RouteId;

/// One route that goods can take.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Which.
    pub route: RouteId,
    /// How well it suits, beside the others.
    pub weight: f64,
    /// How far orders go by it, 0 to 1.
    pub reach: f64,
    /// Of its share, what is placed: where it is shut, the share of its orders that it has.
    pub level: f64,
    /// Of its part, what is ordered: less than 1 where its wait puts off.
    pub ordered: f64,
}

/// All routes that goods can take.
#[derive(Clone, Debug)]
pub struct Ways {
    list: Vec<Way>,
    sum: f64,
    /// What a route's share is a share of.
    pub parts_of: PartsOf,
}

impl Ways {
    /// None so far.
    pub(super) fn none(parts_of: PartsOf) -> Self {
        Self { list: Vec::new(), sum: 0.0, parts_of }
    }

    /// Gathers them anew: those with too small a share are left out.
    pub(super) fn gather(&mut self, ways: impl Iterator<Item = Way>, least_share: f64) {
        let sum = |list: &[Way]| list.iter().map(|w| w.weight * w.reach).sum::<f64>();
        self.list.clear();
        self.list.extend(ways.filter(|w| w.weight * w.reach > 0.0));
        let all = sum(&self.list);
        self.list.retain(|w| w.weight * w.reach >= least_share * all);
        self.sum = sum(&self.list);
    }

    /// Each of them, by route.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Way> {
        self.list.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The share of one; all together 1.
    pub fn share(&self, way: &Way) -> f64 {
        way.weight * way.reach / self.sum
    }

    /// What goes by one of them, of an order and what is placed of it by routes that have all their orders.
    pub fn part(&self, way: &Way, order: f64, placed: f64) -> f64 {
        match self.parts_of {
            PartsOf::Order => order * self.share(way),
            PartsOf::Placed => placed * way.weight * way.reach / self.sum * way.level,
        }
    }

    /// Of all shares, what is placed.
    pub(super) fn level(&self) -> f64 {
        self.list.iter().map(|w| self.share(w) * w.level).sum()
    }

    /// The one a draw from 0 to 1 falls on.
    pub fn drawn(&self, mut unit: f64) -> Option<RouteId> {
        let falls = |w: &&Way| {
            unit -= self.share(w);
            unit <= 0.0
        };
        self.list.iter().find(falls).or(self.list.last()).map(|w| w.route)
    }
}
