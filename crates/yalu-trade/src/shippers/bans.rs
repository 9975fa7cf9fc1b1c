//! Goods that regimes do not let pass, by route, as they stand today.

use yalu_model::{GoodId, RouteId};
use yalu_units::Grid;

/// Bans by route and good.
#[derive(Clone, Debug)]
pub struct Bans {
    any: bool,
    banned: Grid<RouteId, GoodId, bool>,
}

impl Bans {
    /// None so far.
    pub(super) fn none(routes: usize, goods: usize) -> Self {
        Self { any: false, banned: Grid::filled(routes, goods, false) }
    }

    /// Puts a ban in force or ends it.
    pub fn set(&mut self, route: RouteId, good: GoodId, banned: bool) {
        self.any |= banned;
        self.banned[(route, good)] = banned;
    }

    /// Whether there ever was one.
    pub fn any(&self) -> bool {
        self.any
    }

    /// Whether a good may not go by a route.
    pub fn has(&self, route: RouteId, good: GoodId) -> bool {
        self.any && self.banned[(route, good)]
    }
}
