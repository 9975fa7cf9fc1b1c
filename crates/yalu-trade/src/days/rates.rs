//! Tonnes a day as what carries: what waits for a route is mixed, and a share of it gives up, looks elsewhere or crosses.

use super::TradeMonth;
use crate::shippers::{Carrier, GoodTerms, Looking, Parcel, Placing, Shippers, Terms, Ways};
use yalu_model::{Direction, GoodId, PerDirection, RouteId};
use yalu_units::{Grid, IndexVec};

/// Less than this waits for nobody, tonnes.
const NOTHING_T: f64 = 1e-6;

/// What became of the orders of a good, tonnes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Account {
    /// Asked for, and not refused.
    pub ordered: f64,
    /// Sent over the border.
    pub crossed: f64,
    /// Not placed, or given up while waiting.
    pub given_up: f64,
}

/// What waits, and the books of it.
#[derive(Clone, Debug)]
pub struct Rates {
    /// Goods that vehicles carry, by direction. What a rule refuses from the first day on moves nothing.
    pub(super) carried: PerDirection<Vec<GoodId>>,
    /// Tonnes that wait.
    pub queue: Grid<RouteId, GoodId, f64>,
    /// The same together.
    pub(super) waiting: IndexVec<RouteId, PerDirection<f64>>,
    /// Tonnes that came to consignees on the last day.
    pub(super) delivered: IndexVec<GoodId, f64>,
    /// Tonnes that buyers keep to ask for again.
    pub postponed: IndexVec<GoodId, f64>,
    /// The month of the present day.
    pub(super) month: TradeMonth,
    /// What became of all orders so far.
    pub accounts: IndexVec<GoodId, Account>,
}

impl Rates {
    /// Nothing waits, of a horizon on whose first day these goods may go.
    pub fn new(terms: &Terms, refused: impl Fn(&GoodTerms) -> bool) -> Self {
        let moves = |d: Direction| {
            let of = terms.goods.enumerated().filter(|(_, g)| g.direction == d && !g.no_vehicle && !refused(g));
            of.map(|(id, _)| id).collect()
        };
        let (goods, routes) = (terms.goods.len(), terms.routes.len());
        Self {
            carried: PerDirection::of(moves),
            queue: Grid::filled(routes, goods, 0.0),
            waiting: terms.routes.iter().map(|_| PerDirection::default()).collect(),
            delivered: terms.goods.iter().map(|_| 0.0).collect(),
            postponed: terms.goods.iter().map(|_| 0.0).collect(),
            month: TradeMonth::default(),
            accounts: terms.goods.iter().map(|_| Account::default()).collect(),
        }
    }

    /// Tonnes are no longer ordered.
    fn give_up(&mut self, good: GoodId, direction: Direction, tonnes: f64) {
        self.accounts[good].given_up += tonnes;
        self.month.given_up_t[direction] += tonnes;
    }

    /// More waits, or less.
    fn wait(&mut self, route: RouteId, good: GoodId, direction: Direction, tonnes: f64) {
        self.queue[(route, good)] += tonnes;
        self.waiting[route][direction] += tonnes;
    }
}

impl Carrier for Rates {
    fn waiting_t(&self, route: RouteId, direction: Direction) -> f64 {
        self.waiting[route][direction]
    }

    fn before_the_border_t(&self, route: RouteId, direction: Direction) -> f64 {
        self.waiting[route][direction]
    }

    fn postponed_t(&self, good: GoodId) -> f64 {
        self.postponed[good]
    }

    fn delivered_t(&mut self, good: GoodId) -> f64 {
        std::mem::take(&mut self.delivered[good])
    }

    fn reconsider(&mut self, shippers: &mut Shippers) {
        let mut looking = Vec::new();
        for r in self.waiting.ids() {
            for d in Direction::BOTH {
                let total = self.waiting[r][d];
                let queue_days = shippers.queue_days(r, d, total);
                if total <= NOTHING_T || (shippers.patient(queue_days) && shippers.settled(queue_days)) {
                    continue;
                }
                for i in 0..self.carried[d].len() {
                    let good = self.carried[d][i];
                    let banned = shippers.bans.has(r, good);
                    let parcel = Parcel { good, waited_days: None, left_days: queue_days, queue_days, banned };
                    let (gives_up, looks) = (shippers.gives_up_in(&parcel), shippers.looks_in(&parcel));
                    if gives_up.is_none() && looks.is_none() {
                        continue;
                    }
                    let waits = self.queue[(r, good)];
                    let gone = gives_up.map_or(0.0, |days| waits / days);
                    self.wait(r, good, d, -gone);
                    self.give_up(good, d, gone);
                    looking.extend(looks.map(|days| Looking { from: r, good, tonnes: (waits - gone) / days }));
                }
            }
        }
        // Everybody has looked before anybody goes.
        for (l, to) in shippers.moves_of(&looking) {
            let d = shippers.terms().goods[l.good].direction;
            self.wait(l.from, l.good, d, -l.tonnes);
            self.wait(to, l.good, d, l.tonnes);
        }
        for good in self.postponed.ids().filter(|g| self.postponed[*g] > 0.0).collect::<Vec<_>>() {
            let gone = shippers.drops_in(good, None).map_or(0.0, |days| self.postponed[good] / days);
            self.postponed[good] -= gone;
            self.give_up(good, shippers.terms().goods[good].direction, gone);
        }
    }

    fn by_wire(&mut self, _: GoodId, terms: &GoodTerms, tonnes: f64) {
        self.month.wire_usd[terms.direction] += tonnes * terms.usd_per_t;
    }

    fn recall(&mut self, good: GoodId, ways: &Ways) {
        let kept = self.postponed[good];
        let of = |d: Direction| self.carried[d].contains(&good);
        let Some(d) = Direction::BOTH.into_iter().find(|d| of(*d)) else { return };
        for way in ways.list() {
            self.wait(way.route, good, d, kept * way.share);
        }
        self.postponed[good] -= kept * ways.sum();
    }

    fn place(&mut self, good: GoodId, g: &GoodTerms, tonnes: f64, placing: &Placing) -> f64 {
        let Placing::Sent { by_exception, ways, postponed } = placing else { return tonnes };
        let crosses = tonnes * by_exception;
        let rest = tonnes - crosses;
        self.accounts[good].ordered += tonnes;
        self.accounts[good].crossed += crosses;
        self.month.ordered_t[g.direction] += tonnes;
        self.month.usd[g.direction] += crosses * g.usd_per_t;
        self.month.tonnes[g.direction] += crosses;
        for way in ways.list() {
            self.wait(way.route, good, g.direction, rest * way.share);
        }
        self.postponed[good] += rest * postponed;
        self.give_up(good, g.direction, (rest * (1.0 - ways.sum() - postponed)).max(0.0));
        tonnes
    }
}
