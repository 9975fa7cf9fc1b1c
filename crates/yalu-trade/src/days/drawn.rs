//! What one replication draws of a corridor's uncertain inputs.

use crate::Habits;
use crate::shippers::{Policy, Terms};
use yalu_model::{Corridor, Draw, Route, RouteId};
use yalu_units::IndexVec;

/// What the far end of a route can keep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FarEnd {
    /// Tonnes kept in a hold, or in a port's quarantine.
    pub storage_t: f64,
    /// Tonnes a day that a hold sends on at most.
    pub release_t_per_day: f64,
}

/// All of it.
pub(crate) struct Drawn {
    /// What shippers reckon with.
    pub terms: Terms,
    pub far_ends: IndexVec<RouteId, FarEnd>,
}

impl Drawn {
    pub fn new(c: &Corridor, draw: Draw, habits: &Habits) -> Self {
        let mut terms = Terms::new(c, habits, &Policy::OF_RATES, draw);
        // Trains carry the first country's exports alone here.
        for (terms, _) in terms.routes.iter_mut().zip(&c.trade.routes).filter(|(_, r)| r.rail.is_some()) {
            terms.carries.back = false;
        }
        let port =
            FarEnd { storage_t: habits.port_storage_t.unwrap_or(f64::INFINITY), release_t_per_day: f64::INFINITY };
        let far_end = |r: &Route| {
            let hold = r.rail.as_ref().and_then(|x| x.hold).map(|id| &c.border.holds[id]);
            hold.map_or(port, |h| FarEnd {
                storage_t: draw.value(&h.capacity_t),
                release_t_per_day: draw.value(&h.release_t_per_day),
            })
        };
        Self { terms, far_ends: c.trade.routes.iter().map(far_end).collect() }
    }
}
