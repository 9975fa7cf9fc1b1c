//! Routes without trains of their own: road vehicles and ships with a capacity a day, a time under way, and a hold.

use crate::books::Lot;
use crate::kernel::Event;
use crate::world::World;
use yalu_model::{Direction, Route, RouteId};
use yalu_plan::Draw;
use yalu_trace::{GoodsAccount, Turns};
use yalu_trade::habits::HOLD_SPREAD;
use yalu_trade::shippers::Offer;
use yalu_units::{Idx, Instant, Mass, Span, address};

/// A route other than rail.
pub(crate) struct Road {
    payload: Mass,
    transit: Span,
}

/// Goods of one day on such a route.
pub(crate) struct Batch {
    route: u16,
    lots: Vec<Lot>,
    hold: Option<Span>,
    /// The hold has begun.
    held: bool,
    /// Mass that its port keeps.
    stored: Mass,
}

impl Road {
    pub fn new(route: &Route, draw: Draw) -> Option<Self> {
        let payload = route.payload_t.as_ref().filter(|_| route.rail.is_none() && route.vehicles_per_day.is_some())?;
        Some(Self {
            payload: Mass::from_tonnes(draw.value(payload).max(0.001)),
            transit: Span::from_seconds(draw.value(&route.transit_h) * 3600.0),
        })
    }
}

impl World<'_> {
    /// Sends the vehicles of the day on each route that runs.
    pub(crate) fn dispatch(&mut self, day: usize, now: Instant) {
        let start = self.plan.days[day].start;
        let wanted = self.offers.iter().enumerate().filter(|(r, o)| o.stored && self.route_runs(*r, start));
        let wanted: Vec<(usize, f64)> =
            wanted.map(|(r, o)| (r, self.books.waiting[r][0].as_tonnes().min(o.capacity_t))).collect();
        self.ports.day(wanted.into_iter());
        for r in 0..self.roads.len() {
            let Some((transit, payload)) = self.roads[r].as_ref().map(|x| (x.transit, x.payload)) else {
                continue;
            };
            if !self.route_runs(r, start) {
                continue;
            }
            let Offer { capacity_t, hold_days, stored, .. } = self.offers[RouteId::new(r)];
            let days = self.turns_by_days(r, start);
            // Two days' vehicles go on the day of their way.
            let most = Mass::from_tonnes(if days { capacity_t * 2.0 } else { capacity_t });
            for d in 0..2 {
                if days && day % 2 != d {
                    continue;
                }
                let stored = stored && d == 0;
                let waiting = self.books.waiting[r][d].as_tonnes();
                let room = if stored { Mass::from_tonnes(waiting.min(capacity_t) * self.ports.share(r)) } else { most };
                let lots = self.lots.take(&self.shippers.bans, RouteId::new(r), Direction::BOTH[d], most.min(room));
                if lots.is_empty() {
                    continue;
                }
                for lot in &lots {
                    self.books.post(now, lot, GoodsAccount::Waiting(r as u16), GoodsAccount::UnderWay(r as u16));
                }
                let mass: Mass = lots.iter().map(|l| l.mass).sum();
                let month = &mut self.books.months[self.books.month];
                month.vehicles[r] += (mass.0 as u64).div_ceil(payload.0.max(1) as u64) as u32;
                // A port lets goods go over a while, not all on one day.
                let spread = if stored {
                    let u = self.draw.key().stream(address(&["port hold"]), (day as u64) << 16 | r as u64).unit();
                    HOLD_SPREAD.0 + u * (HOLD_SPREAD.1 - HOLD_SPREAD.0)
                } else {
                    1.0
                };
                let hold = (hold_days > 0.0).then(|| Span::from_seconds(hold_days * spread * 86_400.0));
                let id = self.batches.len() as u32;
                let stored = if stored { mass } else { Mass(0) };
                self.ports.leaves(r, stored);
                self.batches.push(Batch { route: r as u16, lots, hold, held: false, stored });
                self.agenda.at(now + transit, Event::BatchArrives(id));
            }
        }
    }

    /// Whether a route may be used one way a day by turns.
    fn turns_by_days(&self, r: usize, t: Instant) -> bool {
        self.regimes.of(RouteId::new(r), t).any(|g| g.turns == Turns::Days)
    }

    /// A batch has come to the far side, or its hold is over.
    pub(crate) fn batch_arrives(&mut self, id: u32, now: Instant) {
        let b = &mut self.batches[id as usize];
        let r = b.route;
        if let (Some(hold), false) = (b.hold, b.held) {
            b.held = true;
            for lot in &b.lots {
                self.books.post(now, lot, GoodsAccount::UnderWay(r), GoodsAccount::Held(r));
            }
            self.agenda.at(now + hold, Event::BatchArrives(id));
            return;
        }
        self.ports.let_go(usize::from(r), b.stored);
        let from = if b.held { GoodsAccount::Held(r) } else { GoodsAccount::UnderWay(r) };
        for lot in std::mem::take(&mut b.lots) {
            self.books.post(now, &lot, from, GoodsAccount::Released(r));
        }
    }
}
