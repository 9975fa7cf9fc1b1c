//! Goods under way to the place where they wait to cross: what is on its way keeps arriving when the border shuts.

use super::Queues;
use crate::books::{Books, Lot};
use std::collections::VecDeque;
use yalu_model::{Direction, PerDirection, RouteId};
use yalu_trace::GoodsAccount;
use yalu_trade::shippers::Terms;
use yalu_units::{Idx, IndexVec, Instant, Mass, Span};

/// Goods under way to the border, by route.
pub(super) struct Approach {
    takes: IndexVec<RouteId, Span>,
    /// When a lot is there, in this order.
    under_way: IndexVec<RouteId, PerDirection<VecDeque<(Instant, Lot)>>>,
}

impl Approach {
    pub fn new(terms: &Terms) -> Self {
        Self {
            takes: terms.routes.iter().map(|r| Span::from_seconds(r.approach_days * 86_400.0)).collect(),
            under_way: terms.routes.iter().map(|_| PerDirection::default()).collect(),
        }
    }

    /// Tonnes under way to where goods wait for a route one way.
    pub fn under_way_t(&self, route: RouteId, direction: Direction) -> f64 {
        self.under_way[route][direction].iter().map(|(_, lot)| lot.mass).sum::<Mass>().as_tonnes()
    }

    /// When what sets out now for a route is where goods wait to cross.
    pub fn there(&self, route: RouteId, now: Instant) -> Instant {
        now + self.takes[route]
    }

    /// A lot sets out for a route, or waits there at once.
    #[expect(clippy::too_many_arguments, reason = "a lot, where it comes from, where it goes, and the books of both")]
    pub fn send(
        &mut self,
        now: Instant,
        route: RouteId,
        direction: Direction,
        lot: &Lot,
        from: GoodsAccount,
        queues: &mut Queues,
        books: &mut Books,
    ) {
        if self.takes[route].0 > 0 {
            books.post(now, lot, from, GoodsAccount::Approaching(route.index() as u16));
            self.under_way[route][direction].push_back((now + self.takes[route], *lot));
        } else {
            books.post(now, lot, from, GoodsAccount::Waiting(route.index() as u16));
            queues[route][direction].push_back(*lot);
        }
    }

    /// What has come to the border since the day before waits to cross.
    pub fn arrive(&mut self, now: Instant, queues: &mut Queues, books: &mut Books) {
        for (r, both) in self.under_way.enumerated_mut() {
            let id = r.index() as u16;
            for d in Direction::BOTH {
                while let Some((_, lot)) = both[d].pop_front_if(|x| x.0 <= now) {
                    books.post(now, &lot, GoodsAccount::Approaching(id), GoodsAccount::Waiting(id));
                    queues[r][d].push_back(lot);
                }
            }
        }
    }
}
