//! Ways that goods can take, and the share of each.

use yalu_model::RouteId;

/// One way, and what part of an order goes by it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Way {
    /// The route.
    pub route: RouteId,
    /// Share of the order, 0 to 1.
    pub share: f64,
}

/// All routes that goods can take, with the share of each; all together no more than 1.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    list: Vec<Way>,
}

impl Ways {
    /// Gathers them anew by how well each suits: those with too small a share are left out, the others make up 1.
    pub(super) fn gather(&mut self, weights: impl Iterator<Item = (RouteId, f64)>, least_share: f64) {
        self.list.clear();
        self.list.extend(weights.filter(|w| w.1 > 0.0).map(|(route, share)| Way { route, share }));
        let all = self.sum();
        self.list.retain(|w| w.share >= least_share * all);
        let sum = self.sum();
        self.list.iter_mut().for_each(|w| w.share /= sum);
    }

    /// None are left.
    pub(super) fn clear(&mut self) {
        self.list.clear();
    }

    /// More goes by a route.
    pub(super) fn add(&mut self, route: RouteId, share: f64) {
        match self.list.iter_mut().find(|w| w.route == route) {
            Some(way) => way.share += share,
            None if share > 0.0 => self.list.push(Way { route, share }),
            None => {}
        }
    }

    /// The same ways for all of what goes.
    #[must_use]
    pub fn as_whole(&self) -> Ways {
        let sum = self.sum();
        Ways { list: self.list.iter().map(|w| Way { share: w.share / sum, ..*w }).collect() }
    }

    /// Each of them, by route.
    pub fn list(&self) -> &[Way] {
        &self.list
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What goes by all of them.
    pub fn sum(&self) -> f64 {
        self.list.iter().map(|w| w.share).sum()
    }

    /// The one a draw from 0 to 1 falls on.
    pub fn drawn(&self, mut unit: f64) -> Option<RouteId> {
        let falls = |w: &&Way| {
            unit -= w.share;
            unit <= 0.0
        };
        self.list.iter().find(falls).or(self.list.last()).map(|w| w.route)
    }
}
