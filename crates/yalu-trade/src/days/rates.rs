//! Tonnes a day as what carries: what waits for a route is mixed, and a share of it gives up, looks elsewhere or crosses.

use super::TradeMonth;
use crate::shippers::{Carrier, GoodTerms, Parcel, PartsOf, Placing, Shippers, Terms};
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
    /// Tonnes that look for another way today.
    looking: IndexVec<GoodId, f64>,
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
            looking: terms.goods.iter().map(|_| 0.0).collect(),
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

    fn delivered_t(&mut self, good: GoodId) -> f64 {
        std::mem::take(&mut self.delivered[good])
    }

    fn reconsider(&mut self, shippers: &mut Shippers) {
        let mut any = false;
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
                    let looks = looks.filter(|_| !shippers.ways(good).is_empty());
                    let looking = looks.map_or(0.0, |days| (waits - gone) / days);
                    self.wait(r, good, d, -(gone + looking));
                    self.give_up(good, d, gone);
                    self.looking[good] += looking;
                    any = true;
                }
            }
        }
        // Everybody has looked before anybody goes.
        for good in self.looking.ids().filter(|_| any) {
            let tonnes = std::mem::take(&mut self.looking[good]);
            if tonnes > 0.0 {
                let d = shippers.terms().goods[good].direction;
                let ways = shippers.ways(good);
                for way in ways.iter() {
                    self.wait(way.route, good, d, ways.part(way, tonnes, tonnes));
                }
            }
        }
    }

    fn by_wire(&mut self, _: GoodId, terms: &GoodTerms, tonnes: f64) {
        self.month.wire_usd[terms.direction] += tonnes * terms.usd_per_t;
    }

    fn place(&mut self, good: GoodId, g: &GoodTerms, tonnes: f64, placing: &Placing) -> f64 {
        let Placing::Sent { by_exception, share, placed, ways } = placing else { return tonnes };
        let crosses = tonnes * by_exception;
        let rest = tonnes - crosses;
        self.accounts[good].ordered += tonnes;
        self.accounts[good].crossed += crosses;
        self.month.ordered_t[g.direction] += tonnes;
        self.month.usd[g.direction] += crosses * g.usd_per_t;
        self.month.tonnes[g.direction] += crosses;
        let mut left = rest * placed;
        let mut gone = rest - left;
        for way in ways.iter() {
            let mut part = ways.part(way, tonnes, rest * share);
            if ways.parts_of == PartsOf::Order {
                part = part.min(left);
                left -= part;
            }
            gone += part * (1.0 - way.ordered);
            self.wait(way.route, good, g.direction, part * way.ordered);
        }
        self.give_up(good, g.direction, gone);
        tonnes
    }
}
