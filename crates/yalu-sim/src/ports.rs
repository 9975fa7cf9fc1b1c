//! What ports keep in quarantine: no more leaves for a port than it has room for.

use yalu_model::Corridor;
use yalu_trade::Habits;
use yalu_units::Mass;

/// Goods on the way to or held at the places where routes end.
pub(crate) struct Ports {
    /// Of each route, the first that ends at the same place.
    place: Vec<usize>,
    storage: Option<Mass>,
    /// On the way to a place or held at it, at the index of its first route.
    kept: Vec<Mass>,
    /// What is wanted of each place today, tonnes.
    wanted: Vec<f64>,
    /// Tonnes there was room for at each place when the day began.
    room: Vec<f64>,
}

impl Ports {
    pub fn new(c: &Corridor, habits: &Habits) -> Self {
        let first = |end| c.trade.routes.iter().position(|o| o.released_at == end).unwrap_or(0);
        let routes = c.trade.routes.len();
        Self {
            place: c.trade.routes.iter().map(|r| first(r.released_at)).collect(),
            storage: habits.port_storage_t.map(Mass::from_tonnes),
            kept: vec![Mass(0); routes],
            wanted: vec![0.0; routes],
            room: vec![0.0; routes],
        }
    }

    /// A day of departures begins: routes that share a place part its room by what they want (tonnes, by route; 0 where a
    /// port keeps nothing).
    pub fn day(&mut self, wanted: impl Iterator<Item = (usize, f64)>) {
        self.wanted.fill(0.0);
        for (r, tonnes) in wanted {
            self.wanted[self.place[r]] += tonnes;
        }
        for (room, kept) in self.room.iter_mut().zip(&self.kept) {
            *room = self.storage.map_or(f64::INFINITY, |s| (s - *kept).as_tonnes().max(0.0));
        }
    }

    /// Share of what a route wants that its port has room for.
    pub fn share(&self, route: usize) -> f64 {
        let place = self.place[route];
        (self.room[place] / self.wanted[place].max(1e-9)).min(1.0)
    }

    /// Goods leave for the port of a route.
    pub fn leaves(&mut self, route: usize, mass: Mass) {
        self.kept[self.place[route]] += mass;
    }

    /// Goods are let go there.
    pub fn let_go(&mut self, route: usize, mass: Mass) {
        self.kept[self.place[route]] -= mass;
    }
}
