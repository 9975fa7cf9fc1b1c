//! Shippers: what is ordered each day, by which route it is sent, who gives up, who looks for another way.
//!
//! These are the decisions of runs with trains and of trade by day alike. What carries is a [`Carrier`]: it holds what waits, in lots or
//! in tonnes a day, and does what is decided here. Where one may decide in more than one way, a [`Policy`] says which.

mod bans;
mod carrier;
mod policy;
mod terms;
mod ways;

pub use bans::Bans;
pub use carrier::{Carrier, Parcel, Placing};
pub use policy::{Looks, PartsOf, Patience, Policy, WhileShut};
pub use terms::{GoodTerms, RouteTerms, Terms};
pub use ways::{Way, Ways};

use crate::Habits;
use crate::choice::weigh;
use crate::habits::{Comeback, Stock, new_year_factor, year_end_factor};
use yalu_calendar::Day;
use yalu_model::{Direction, GoodId, PerDirection, RouteId};
use yalu_units::{Grid, Idx, IndexVec, Instant};

/// A route as it is offered on a day.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in the files")]
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Offer {
    /// It runs today.
    pub runs: bool,
    /// It runs, or will within the days an opening is known ahead.
    pub open: bool,
    /// Days until it runs.
    pub opens_in: f64,
    /// Tonnes a day it can take in each direction, as shippers reckon.
    pub capacity_t: f64,
    /// Days goods are held on it.
    pub hold_days: f64,
    /// What is held is limited by what a port keeps.
    pub stored: bool,
    /// Goods are watched on it.
    pub quarantine: bool,
}

/// A day on which shippers decide.
#[derive(Clone, Copy, Debug)]
pub struct Today<'a> {
    /// The civil day.
    pub day: Day,
    /// Its number, counted from the first.
    pub number: usize,
    /// Days until the New Year, negative after it; none far from it.
    pub to_new_year: Option<i16>,
    /// Some route's regime is another than yesterday's.
    pub regimes_changed: bool,
    /// Routes as they are offered.
    pub offers: &'a IndexVec<RouteId, Offer>,
}

/// What shippers believe of a route.
#[derive(Clone, Copy, Debug, Default)]
struct Perceived {
    offer: Offer,
    /// It has run on some day so far.
    known: bool,
    /// Tonnes a day it takes, or took when it last ran.
    capacity_t: f64,
    /// Days of waiting that shippers believe in.
    wait_days: PerDirection<f64>,
    /// Its orders, as they vanish and come back.
    orders: Comeback,
    /// How far orders by it go: the share it has back times what it takes of all that is asked for.
    reach: PerDirection<f64>,
}

/// All shippers of a corridor in one replication.
#[derive(Clone, Debug)]
pub struct Shippers {
    policy: Policy,
    habits: Habits,
    terms: Terms,
    routes: IndexVec<RouteId, Perceived>,
    stocks: IndexVec<GoodId, Stock>,
    /// Goods that may not go by a route today.
    pub bans: Bans,
    /// How well each route suits each good; 0 where it cannot be taken.
    weights: Grid<GoodId, RouteId, f64>,
    /// Tonnes asked for on the last day.
    asked: PerDirection<f64>,
    today: Instant,
    /// A rule came to refuse some good since yesterday.
    newly_refused: bool,
    ways: Ways,
    costs: Vec<f64>,
}

impl Shippers {
    /// Shippers who have seen no day so far, of a horizon that begins at an instant.
    pub fn new(terms: Terms, habits: &Habits, policy: Policy, from: Instant) -> Self {
        let (goods, routes) = (terms.goods.len(), terms.routes.len());
        let mut asked = PerDirection::default();
        for g in terms.goods.iter().filter(|g| !g.no_vehicle && !g.refused_at(from)) {
            asked[g.direction] += g.tonnes_per_day();
        }
        Self {
            policy,
            habits: *habits,
            routes: terms.routes.iter().map(|_| Perceived::default()).collect(),
            stocks: terms.goods.iter().map(|g| Stock::of(habits.stock_days, g.tonnes_per_day())).collect(),
            bans: Bans::none(routes, goods),
            weights: Grid::filled(goods, routes, 0.0),
            asked,
            today: Instant::NEVER,
            newly_refused: false,
            ways: Ways::none(policy.parts_of),
            costs: vec![0.0; routes],
            terms,
        }
    }

    /// What they reckon with.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// A day: waits are learnt, routes compared; who waits gives up or looks elsewhere; orders are placed.
    pub fn day(&mut self, today: &Today, carrier: &mut impl Carrier) {
        self.look_round(today);
        if self.policy.knows_today {
            self.learn(carrier);
        }
        if today.regimes_changed || today.number.is_multiple_of(self.policy.choice_every_days) {
            self.compare();
        }
        if !self.policy.knows_today {
            self.learn(carrier);
        }
        for (good, stock) in self.terms.goods.ids().zip(&mut self.stocks) {
            stock.add(carrier.delivered_t(good));
        }
        carrier.reconsider(self);
        self.order(today, carrier);
    }

    /// How far orders by each route go: they stop where quarantine begins on a route that ran, climb while it runs, vanish
    /// while it is shut; and nobody orders much more by a route than it takes.
    fn look_round(&mut self, today: &Today) {
        let refused = |g: &GoodTerms| g.refused_at(today.day.start) && !g.refused_at(self.today);
        self.newly_refused = self.terms.goods.iter().any(refused);
        self.today = today.day.start;
        for ((b, o), terms) in self.routes.iter_mut().zip(today.offers).zip(&self.terms.routes) {
            let begins = b.offer.runs && o.runs && o.quarantine && !b.offer.quarantine;
            if let Some(standstill) = self.habits.standstill_days.filter(|_| begins) {
                b.orders.quarantine_begins(standstill);
            }
            b.offer = *o;
            b.known |= o.runs;
            if o.runs && o.capacity_t > 0.0 {
                b.capacity_t = o.capacity_t;
            } else if !self.policy.shut_is_remembered {
                b.capacity_t = 0.0;
            }
            b.orders.day(o.runs, terms.climb_days);
            for d in Direction::BOTH {
                let asked = self.asked[d].max(1e-9);
                let takes = self.habits.overbooked.map_or(1.0, |by| (by * o.capacity_t / asked).min(1.0));
                let carries = terms.carries[d] || self.policy.reach_both_ways;
                b.reach[d] = if o.open && carries { b.orders.level() * takes } else { 0.0 };
            }
        }
    }

    /// Waits are learnt with a lag.
    fn learn(&mut self, carrier: &impl Carrier) {
        let (reaction, longest) = (self.terms.reaction_days, self.policy.longest_wait_days);
        for (r, b) in self.routes.enumerated_mut().filter(|(_, b)| b.capacity_t > 0.0) {
            for d in Direction::BOTH {
                let wait = carrier.waiting_t(r, d) / b.capacity_t;
                b.wait_days[d] += (wait.min(longest) - b.wait_days[d]) / reaction;
            }
        }
    }

    /// Compares the routes anew for each good, by believed waits.
    fn compare(&mut self) {
        for (g, terms) in self.terms.goods.enumerated().filter(|(_, t)| !t.no_vehicle) {
            let d = terms.direction;
            for r in self.terms.routes.ids() {
                let b = &self.routes[r];
                let may = self.terms.routes[r].carries[d] && b.reach[d] > 0.0 && !self.bans.has(r, g);
                self.costs[r.index()] = if may { self.cost(g, r, b.wait_days[d]) } else { f64::INFINITY };
            }
            weigh(&mut self.costs, self.terms.theta);
            self.weights.row_mut(g).copy_from_slice(&self.costs);
        }
    }

    /// Generalised cost of a route: money, dislike, and days under way, held and waiting.
    fn cost(&self, good: GoodId, route: RouteId, wait_days: f64) -> f64 {
        let (g, t, o) = (&self.terms.goods[good], &self.terms.routes[route], &self.routes[route].offer);
        let held = self.policy.hold_both_ways || g.direction == Direction::Forward;
        let hold = if held { o.hold_days } else { 0.0 };
        let days = t.transit_days + t.approach_days + hold + wait_days + o.opens_in;
        t.usd_per_t + days * g.day_usd_per_t
    }

    /// Days the whole queue of a route one way takes; infinite where nothing moves.
    pub fn queue_days(&self, route: RouteId, direction: Direction, waiting_t: f64) -> f64 {
        let b = &self.routes[route];
        match b.offer {
            Offer { open: false, .. } => f64::INFINITY,
            Offer { capacity_t, .. } if capacity_t > 0.0 => waiting_t / capacity_t,
            _ => b.wait_days[direction],
        }
    }

    /// Days until so many tonnes have gone before; infinite where nothing moves.
    pub fn left_days(&self, route: RouteId, ahead_t: f64) -> f64 {
        let o = &self.routes[route].offer;
        if o.open { ahead_t / o.capacity_t.max(1e-9) } else { f64::INFINITY }
    }

    /// Whether nobody in a queue of so many days gives up, whoever he is.
    pub fn patient(&self, queue_days: f64) -> bool {
        let waits = match self.policy.patience {
            Patience::Cut => false,
            Patience::Decay { after_days } => queue_days <= after_days && !self.bans.any(),
        };
        waits && !self.newly_refused
    }

    /// Whether nobody in a queue of so many days looks for another way, whoever he is.
    pub fn settled(&self, queue_days: f64) -> bool {
        match self.policy.looks {
            Looks::ByPlace => queue_days <= self.terms.reaction_days,
            Looks::Late { after_days } => queue_days <= after_days && !self.bans.any(),
        }
    }

    /// Days in which what waits so would be given up, a like part each; 1 today, none where it is not.
    pub fn gives_up_in(&self, p: &Parcel) -> Option<f64> {
        let g = &self.terms.goods[p.good];
        if !self.policy.refused_still_go && g.refused_at(self.today) {
            return Some(1.0);
        }
        match self.policy.patience {
            Patience::Cut => p.waited_days.is_some_and(|d| d >= g.patience_days).then_some(1.0),
            Patience::Decay { after_days } => {
                (p.queue_days > after_days || p.banned).then_some(g.patience_days.max(1.0))
            }
        }
    }

    /// Days in which what waits so looks for another way, a like part each; none where it does not.
    pub fn looks_in(&self, p: &Parcel) -> Option<f64> {
        let looks = match self.policy.looks {
            Looks::ByPlace => p.left_days > self.terms.reaction_days,
            Looks::Late { after_days } => p.queue_days > after_days || p.banned,
        };
        looks.then_some(self.terms.reaction_days)
    }

    /// Whether who looks does so one lot after another, at what waits now.
    pub fn look_by_lot(&self) -> bool {
        self.policy.looks == Looks::ByPlace
    }

    /// Whether any route but one may be taken one way.
    pub fn others(&self, route: RouteId, direction: Direction) -> bool {
        let mut all = self.routes.enumerated();
        all.any(|(r, b)| r != route && b.offer.open && self.terms.routes[r].carries[direction])
    }

    /// Ways of a good by believed waits.
    pub fn ways(&mut self, good: GoodId) -> &Ways {
        let g = &self.terms.goods[good];
        let (d, patience) = (g.direction, g.patience_days);
        let lessens = self.policy.waits_lessen_orders;
        let way = |((route, b), weight): ((RouteId, &Perceived), &f64)| {
            let ordered = if lessens && b.wait_days[d] > patience { g.postponed } else { 1.0 };
            Way { route, weight: *weight, reach: b.reach[d], level: 1.0, ordered }
        };
        let all = self.routes.enumerated().zip(self.weights.row(good)).map(way);
        self.ways.gather(all, self.policy.least_share);
        &self.ways
    }

    /// Ways of a good by waits as they are now.
    pub fn ways_at(&mut self, good: GoodId, waits: impl Fn(RouteId, &RouteTerms) -> f64) -> &Ways {
        let d = self.terms.goods[good].direction;
        for (r, t) in self.terms.routes.enumerated() {
            let may = t.carries[d] && self.routes[r].reach[d] > 0.0 && !self.bans.has(r, good);
            self.costs[r.index()] = if may { self.cost(good, r, waits(r, t)) } else { f64::INFINITY };
        }
        weigh(&mut self.costs, self.terms.theta);
        let way = |((route, b), weight): ((RouteId, &Perceived), &f64)| Way {
            route,
            weight: *weight,
            reach: b.reach[d],
            level: 1.0,
            ordered: 1.0,
        };
        let all = self.routes.enumerated().zip(&self.costs).map(way);
        self.ways.gather(all, self.policy.least_share);
        &self.ways
    }

    /// Places the orders of a day.
    fn order(&mut self, today: &Today, carrier: &mut impl Carrier) {
        let day = today.day;
        let rise = year_end_factor(self.habits.year_end_rise, day.date, day.days_in_month);
        let rest = new_year_factor(self.habits.new_year_days, today.to_new_year);
        let limit = self.terms.limit(day.start);
        let mut asked_today = PerDirection::default();
        for good in self.terms.goods.ids() {
            let g = self.terms.goods[good];
            let season = g.season[(day.date.1 - 1) as usize];
            let asked = g.tonnes_per_month / f64::from(day.days_in_month) * g.level * season * limit[g.direction];
            if g.no_vehicle {
                carrier.by_wire(good, &g, asked);
                continue;
            }
            let tonnes = (self.stocks[good].order(asked, self.habits.stock_days) * rise * rest).max(0.0);
            if g.refused_at(day.start) {
                carrier.place(good, &g, tonnes, &Placing::Refused);
            } else {
                asked_today[g.direction] += carrier.place(good, &g, tonnes, &self.placing(good));
            }
        }
        self.asked = asked_today;
    }

    /// What becomes of an order: it goes by the routes that can be taken, as far as orders go by them. Where none can, a trickle
    /// crosses by exception, and some of the rest waits for a route that is known.
    fn placing(&mut self, good: GoodId) -> Placing<'_> {
        let d = self.terms.goods[good].direction;
        if !self.ways(good).is_empty() {
            let may = self.routes.enumerated().filter(|(r, _)| !self.bans.has(*r, good));
            let share = may.map(|(_, b)| b.reach[d]).sum::<f64>().min(1.0);
            return Placing::Sent { by_exception: 0.0, share, placed: share, ways: &self.ways };
        }
        let barred = |(r, b): (RouteId, &Perceived)| b.reach[d] > 0.0 && self.bans.has(r, good);
        if self.policy.ban_refuses && self.routes.enumerated().any(barred) {
            return Placing::Refused;
        }
        self.ways_while_shut(good);
        let share = self.terms.goods[good].postponed;
        let placed = share * self.ways.level();
        Placing::Sent { by_exception: self.habits.trickle_share, share, placed, ways: &self.ways }
    }

    /// Ways by which orders wait while none can be taken: those that are known.
    fn ways_while_shut(&mut self, good: GoodId) {
        let g = self.terms.goods[good];
        for (r, t) in self.terms.routes.enumerated() {
            let b = &self.routes[r];
            let may = t.carries[g.direction] && b.known && !self.bans.has(r, good);
            self.costs[r.index()] = match self.policy.while_shut {
                _ if !may => f64::INFINITY,
                WhileShut::Chosen => self.cost(good, r, b.wait_days[g.direction]),
                WhileShut::Evenly => 0.0,
            };
        }
        weigh(&mut self.costs, self.terms.theta);
        let lessens = self.policy.waits_lessen_orders;
        let way = |((route, b), weight): ((RouteId, &Perceived), &f64)| {
            let ordered = if lessens && b.wait_days[g.direction] > g.patience_days { g.postponed } else { 1.0 };
            Way { route, weight: *weight, reach: 1.0, level: b.orders.level(), ordered }
        };
        let all = self.routes.enumerated().zip(&self.costs).map(way);
        self.ways.gather(all, self.policy.least_share);
    }
}
