//! Goods that regimes do not let pass, by route, as they stand today.

/// Bans by route and good.
pub(crate) struct Bans {
    goods: usize,
    any: bool,
    banned: Vec<bool>,
}

impl Bans {
    /// None.
    pub fn new(routes: usize, goods: usize) -> Self {
        Self { goods, any: false, banned: vec![false; routes * goods] }
    }

    /// Puts a ban in force or ends it.
    pub fn set(&mut self, route: usize, good: usize, banned: bool) {
        self.any |= banned;
        self.banned[route * self.goods + good] = banned;
    }

    /// Whether a good may not go by a route.
    pub fn banned(&self, route: usize, good: u16) -> bool {
        self.any && self.banned[route * self.goods + usize::from(good)]
    }
}
