//! Goods under way to the place where they wait to cross: what is on its way keeps arriving when the border shuts.

use crate::books::{Books, Lot};
use std::collections::VecDeque;
use yalu_model::Corridor;
use yalu_plan::Draw;
use yalu_trace::GoodsAccount;
use yalu_units::{Instant, Span};

/// Lots waiting to cross, by route and direction.
type Queues = Vec<[VecDeque<Lot>; 2]>;

/// Goods under way to the border, by route.
pub(super) struct Approach {
    takes: Vec<Span>,
    /// By route and direction: when a lot is there, in this order.
    under_way: Vec<[VecDeque<(Instant, Lot)>; 2]>,
}

impl Approach {
    pub fn new(c: &Corridor, draw: Draw) -> Self {
        let days = |r: &yalu_model::Route| r.approach_days.as_ref().map_or(0.0, |q| draw.value(q).max(0.0));
        Self {
            takes: c.routes.iter().map(|r| Span::from_seconds(days(r) * 86_400.0)).collect(),
            under_way: c.routes.iter().map(|_| [VecDeque::new(), VecDeque::new()]).collect(),
        }
    }

    /// When what sets out now for a route is where goods wait to cross.
    pub fn there(&self, route: usize, now: Instant) -> Instant {
        now + self.takes[route]
    }

    /// A lot sets out for a route, or waits there at once.
    #[expect(clippy::too_many_arguments, reason = "a lot, where it comes from, where it goes, and the books of both")]
    pub fn send(
        &mut self,
        now: Instant,
        route: usize,
        direction: usize,
        lot: &Lot,
        from: GoodsAccount,
        queues: &mut Queues,
        books: &mut Books,
    ) {
        if self.takes[route].0 > 0 {
            books.post(now, lot, from, GoodsAccount::Approaching(route as u16));
            self.under_way[route][direction].push_back((now + self.takes[route], *lot));
        } else {
            books.post(now, lot, from, GoodsAccount::Waiting(route as u16));
            queues[route][direction].push_back(*lot);
        }
    }

    /// What has come to the border since the day before waits to cross.
    pub fn arrive(&mut self, now: Instant, queues: &mut Queues, books: &mut Books) {
        for (r, both) in self.under_way.iter_mut().enumerate() {
            for (d, list) in both.iter_mut().enumerate() {
                while let Some((_, lot)) = list.pop_front_if(|x| x.0 <= now) {
                    books.post(now, &lot, GoodsAccount::Approaching(r as u16), GoodsAccount::Waiting(r as u16));
                    queues[r][d].push_back(lot);
                }
            }
        }
    }
}
