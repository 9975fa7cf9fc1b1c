//! Shippers: what is ordered each day, by which route it is sent, who gives up, who looks for another way.
//!
//! These are the decisions of runs with trains and of trade by day alike. What carries is a [`Carrier`]: it holds what waits, in lots or
//! in tonnes a day, and does what is decided here. Where one may decide in more than one way, a [`Policy`] says which.

mod bans;
mod carrier;
mod policy;
mod sharing;
mod terms;
mod ways;

pub use bans::Bans;
pub use carrier::{Carrier, Parcel, Placing};
pub use policy::{Looks, Patience, Policy, WhileShut};
pub use terms::{GoodTerms, RouteTerms, Terms};
pub use ways::{Way, Ways};

use crate::Habits;
use crate::choice::weigh;
use crate::habits::{Comeback, Stock, new_year_factor, year_end_factor};
use sharing::{Room, Sharing};
use yalu_calendar::Day;
use yalu_model::{Allotment, Direction, GoodId, PerDirection, RouteId};
use yalu_units::{Grid, Idx, IndexVec, Instant};

/// A smaller share of an order than this is none.
const NOTHING: f64 = 1e-12;

/// Whether a queue takes longer than it may. One of exactly so many days, as a route that is full each day leaves, is not late by
/// what rounding adds.
fn late(queue_days: f64, after_days: f64) -> bool {
    queue_days > after_days + 1e-6
}

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
    /// Who may ship by it; none where it is shut and nothing is said.
    pub allotment: Option<Allotment>,
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
    /// Who may ship by it, or might when it last ran.
    allotment: Allotment,
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
    /// A regime changed, or what is known of one to come.
    news: bool,
    /// Tonnes that each route has room for today, less what has been sent by it since.
    room: PerDirection<IndexVec<RouteId, f64>>,
    sharing: PerDirection<Sharing>,
    /// Share of each route in what is ordered of each good today, had all room enough.
    shares: Grid<GoodId, RouteId, f64>,
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
            news: false,
            room: PerDirection::of(|_| terms.routes.iter().map(|_| 0.0).collect()),
            sharing: PerDirection::of(|_| Sharing::new(goods, routes)),
            shares: Grid::filled(goods, routes, 0.0),
            ways: Ways::default(),
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
        if self.news || today.number.is_multiple_of(self.policy.choice_every_days) {
            self.compare();
        }
        if !self.policy.knows_today {
            self.learn(carrier);
        }
        for (good, stock) in self.terms.goods.ids().zip(&mut self.stocks) {
            stock.add(carrier.delivered_t(good));
        }
        self.make_room(carrier);
        carrier.reconsider(self);
        self.order(today, carrier);
    }

    /// How far orders by each route go: they stop where quarantine begins on a route that ran, climb while it runs or is known to open,
    /// vanish while it is shut; and nobody orders much more by a route than it takes.
    fn look_round(&mut self, today: &Today) {
        let refused = |g: &GoodTerms| g.refused_at(today.day.start) && !g.refused_at(self.today);
        self.newly_refused = self.terms.goods.iter().any(refused);
        self.news = today.regimes_changed;
        self.today = today.day.start;
        for ((b, o), terms) in self.routes.iter_mut().zip(today.offers).zip(&self.terms.routes) {
            let begins = b.offer.runs && o.runs && o.quarantine && !b.offer.quarantine;
            if let Some(standstill) = self.habits.standstill_days.filter(|_| begins) {
                b.orders.quarantine_begins(standstill);
            }
            self.news |= b.offer.open != o.open;
            b.offer = *o;
            b.known |= o.runs;
            b.allotment = o.allotment.unwrap_or(b.allotment);
            if o.runs && o.capacity_t > 0.0 {
                b.capacity_t = o.capacity_t;
            } else if !self.policy.shut_is_remembered {
                b.capacity_t = 0.0;
            }
            // Who knows that it opens orders for the day on which it does.
            b.orders.day(o.runs || o.open, terms.climb_days);
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
            Patience::Decay { after_days } => !late(queue_days, after_days) && !self.bans.any(),
        };
        waits && !self.newly_refused
    }

    /// Whether nobody in a queue of so many days looks for another way, whoever he is.
    pub fn settled(&self, queue_days: f64) -> bool {
        match self.policy.looks {
            Looks::ByPlace => queue_days <= self.terms.reaction_days,
            Looks::Late { after_days } => !late(queue_days, after_days) && !self.bans.any(),
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
                (late(p.queue_days, after_days) || p.banned).then_some(g.patience_days.max(1.0))
            }
        }
    }

    /// Days in which what its buyer has kept for so long, if that is known, is no longer asked for, a like part each; none where it is.
    pub fn drops_in(&self, good: GoodId, kept_days: Option<f64>) -> Option<f64> {
        let g = &self.terms.goods[good];
        match self.policy.patience {
            _ if g.refused_at(self.today) => Some(1.0),
            Patience::Cut => kept_days.is_some_and(|d| d >= g.patience_days).then_some(1.0),
            Patience::Decay { .. } => Some(g.patience_days.max(1.0)),
        }
    }

    /// Days in which what waits so looks for another way, a like part each; none where it does not.
    pub fn looks_in(&self, p: &Parcel) -> Option<f64> {
        let looks = match self.policy.looks {
            Looks::ByPlace => p.left_days > self.terms.reaction_days,
            Looks::Late { after_days } => late(p.queue_days, after_days) || p.banned,
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

    /// What each route has room for today. Where who ships is set before goods move, what it takes on this day and those it is
    /// allotted ahead, less what is sent and has not crossed; where who comes first goes first, a line has room for all.
    fn make_room(&mut self, carrier: &impl Carrier) {
        let ahead = self.policy.allotted_ahead_days;
        for (r, b) in self.routes.enumerated() {
            for d in Direction::BOTH {
                let days = 1.0 + ahead + self.terms.routes[r].approach_days;
                self.room[d][r] = match b.offer {
                    Offer { open: false, .. } => 0.0,
                    _ if !self.terms.routes[r].carries[d] => 0.0,
                    Offer { capacity_t, .. } if b.allotment.is_set_before() => {
                        (capacity_t * days - carrier.before_the_border_t(r, d)).max(0.0)
                    }
                    _ => f64::INFINITY,
                };
            }
        }
    }

    /// Ways of a good by believed waits, all together 1.
    pub fn ways(&mut self, good: GoodId) -> &Ways {
        let d = self.terms.goods[good].direction;
        let all = self.routes.enumerated().zip(self.weights.row(good)).map(|((r, b), w)| (r, w * b.reach[d]));
        self.ways.gather(all, self.policy.least_share);
        &self.ways
    }

    /// Ways of a good that waits for a route by waits as they are now: that one, and others with room.
    pub fn ways_at(&mut self, good: GoodId, from: RouteId, waits: impl Fn(RouteId, &RouteTerms) -> f64) -> &Ways {
        let d = self.terms.goods[good].direction;
        for (r, t) in self.terms.routes.enumerated() {
            let room = r == from || self.room[d][r] > 0.0;
            let may = room && t.carries[d] && self.routes[r].reach[d] > 0.0 && !self.bans.has(r, good);
            self.costs[r.index()] = if may { self.cost(good, r, waits(r, t)) } else { f64::INFINITY };
        }
        weigh(&mut self.costs, self.terms.theta);
        let all = self.routes.enumerated().zip(&self.costs).map(|((r, b), w)| (r, w * b.reach[d]));
        self.ways.gather(all, self.policy.least_share);
        &self.ways
    }

    /// Tonnes that a route has room for today one way.
    pub fn room_t(&self, route: RouteId, direction: Direction) -> f64 {
        self.room[direction][route]
    }

    /// So much of the room of a route is taken.
    pub fn take_room(&mut self, route: RouteId, direction: Direction, tonnes: f64) {
        let room = &mut self.room[direction][route];
        *room = (*room - tonnes).max(0.0);
    }

    /// Where those go who look for another way all at once, at believed waits: of each, by what route how much. No route takes more
    /// than it has room for: all who want it get the same part, and stay where they are with the rest.
    pub fn moves_of(&mut self, looking: &[Looking]) -> Vec<(Looking, RouteId)> {
        let mut out: Vec<(Looking, RouteId)> = Vec::new();
        let mut wanted: IndexVec<RouteId, PerDirection<f64>> =
            self.routes.iter().map(|_| PerDirection::default()).collect();
        for l in looking {
            let d = self.terms.goods[l.good].direction;
            for w in self.ways(l.good).list().iter().filter(|w| w.route != l.from) {
                out.push((Looking { tonnes: l.tonnes * w.share, ..*l }, w.route));
                wanted[w.route][d] += l.tonnes * w.share;
            }
        }
        for (l, to) in &mut out {
            let d = self.terms.goods[l.good].direction;
            l.tonnes *= (self.room[d][*to] / wanted[*to][d].max(1e-12)).min(1.0);
        }
        for (l, to) in &out {
            self.take_room(*to, self.terms.goods[l.good].direction, l.tonnes);
        }
        out
    }

    /// Places the orders of a day, and those postponed: by the ways that have room for them, then as [`Shippers::unplaced`] tells.
    fn order(&mut self, today: &Today, carrier: &mut impl Carrier) {
        let day = today.day;
        let rise = year_end_factor(self.habits.year_end_rise, day.date, day.days_in_month);
        let rest = new_year_factor(self.habits.new_year_days, today.to_new_year);
        let limit = self.terms.limit(day.start);
        let mut fresh: IndexVec<GoodId, f64> = self.terms.goods.iter().map(|_| 0.0).collect();
        for d in Direction::BOTH {
            self.sharing[d].clear();
        }
        for good in self.terms.goods.ids() {
            let g = self.terms.goods[good];
            let season = g.season[(day.date.1 - 1) as usize];
            let asked = g.tonnes_per_month / f64::from(day.days_in_month) * g.level * season * limit[g.direction];
            if g.no_vehicle {
                carrier.by_wire(good, &g, asked);
                continue;
            }
            fresh[good] = (self.stocks[good].order(asked, self.habits.stock_days) * rise * rest).max(0.0);
            if !g.refused_at(day.start) {
                let placed = fresh[good] * self.reached(good) + carrier.postponed_t(good);
                self.sharing[g.direction].left[good] = placed;
            }
        }
        self.share_out();
        let mut asked_today = PerDirection::default();
        for (good, tonnes) in fresh.enumerated() {
            let g = self.terms.goods[good];
            if g.no_vehicle {
                continue;
            }
            if g.refused_at(day.start) {
                carrier.place(good, &g, *tonnes, &Placing::Refused);
                continue;
            }
            let kept = carrier.postponed_t(good);
            let unplaced = self.unplaced_share(good, tonnes * self.reached(good) + kept);
            if kept > 0.0 {
                self.recalled(good, unplaced);
                carrier.recall(good, &self.ways);
            }
            asked_today[g.direction] += carrier.place(good, &g, *tonnes, &self.placing(good, unplaced));
        }
        self.asked = asked_today;
    }

    /// Of an order, the share that the routes which can be taken have back.
    fn reached(&self, good: GoodId) -> f64 {
        let d = self.terms.goods[good].direction;
        let may = self.routes.enumerated().filter(|(r, _)| !self.bans.has(*r, good));
        may.map(|(_, b)| b.reach[d]).sum::<f64>().min(1.0)
    }

    /// Shares out the room of the day among all that ask.
    fn share_out(&mut self) {
        for good in self.terms.goods.ids() {
            self.ways(good);
            let row = self.shares.row_mut(good);
            row.fill(0.0);
            for way in self.ways.list() {
                row[way.route.index()] = way.share;
            }
        }
        let allotted: IndexVec<RouteId, Allotment> = self.routes.iter().map(|b| b.allotment).collect();
        let goods = &self.terms.goods;
        let rank = |g: GoodId| goods[g].rank;
        for d in Direction::BOTH {
            let mut room = Room { left: &mut self.room[d], allotted: &allotted, rank: &rank };
            self.sharing[d].share_out(&self.shares, &mut room);
        }
    }

    /// Of what asked of a good, the share that no way had room for.
    fn unplaced_share(&self, good: GoodId, asked: f64) -> f64 {
        let left = self.sharing[self.terms.goods[good].direction].left[good];
        if asked > 0.0 { (left / asked).clamp(0.0, 1.0) } else { 1.0 }
    }

    /// Ways of what was postponed: as it got room, and into the line of those that are open to who comes first.
    fn recalled(&mut self, good: GoodId, unplaced: f64) {
        let d = self.terms.goods[good].direction;
        let mut lines = Vec::new();
        if unplaced > NOTHING {
            self.ways_with_none_free(good);
            lines.extend_from_slice(self.ways.list());
        }
        lines.retain(|w| self.routes[w.route].offer.open && !self.routes[w.route].allotment.is_set_before());
        self.sent_ways(good, d, 1.0 - unplaced, |_| 1.0);
        for way in lines {
            self.ways.add(way.route, way.share * unplaced);
        }
    }

    /// Puts the ways by which a good got room today in place, all together a share.
    fn sent_ways(&mut self, good: GoodId, d: Direction, share: f64, ordered: impl Fn(&Perceived) -> f64) {
        let sent = self.sharing[d].sent.row(good);
        let all: f64 = sent.iter().sum();
        self.ways.clear();
        for ((r, b), t) in self.routes.enumerated().zip(sent).filter(|x| *x.1 > 0.0) {
            self.ways.add(r, t / all * share * ordered(b));
        }
    }

    /// Of what orders by a route are, those left by who expects to wait for longer than he would.
    fn ordered(&self, good: GoodId) -> impl Fn(&Perceived) -> f64 + use<> {
        let GoodTerms { direction, patience_days, postponed, .. } = self.terms.goods[good];
        let lessens = self.policy.waits_lessen_orders;
        move |b| if lessens && b.wait_days[direction] > patience_days { postponed } else { 1.0 }
    }

    /// What becomes of an order: it goes by the routes that have room for it, as far as orders go by them. What finds none stands in
    /// line where who comes first goes first; where a route is shut some of it waits for it; where who ships is set before, some
    /// is postponed by its buyer, who asks again each day. The rest is not given. Where none can be taken a trickle crosses by
    /// exception.
    fn placing(&mut self, good: GoodId, unplaced: f64) -> Placing<'_> {
        let (d, may_wait) = (self.terms.goods[good].direction, self.terms.goods[good].postponed);
        let reached = self.reached(good);
        let any = self.shares.row(good).iter().any(|s| *s > 0.0);
        if !any {
            let barred = |(r, b): (RouteId, &Perceived)| b.reach[d] > 0.0 && self.bans.has(r, good);
            if self.policy.ban_refuses && self.routes.enumerated().any(barred) {
                return Placing::Refused;
            }
        }
        let (alive, left) = if any { (reached, reached * unplaced) } else { (1.0, 1.0) };
        let mut lines = Vec::new();
        if left > NOTHING {
            self.ways_with_none_free(good);
            lines.extend_from_slice(self.ways.list());
        }
        let ordered = self.ordered(good);
        self.sent_ways(good, d, alive - left, &ordered);
        let mut postponed = 0.0;
        for way in lines {
            let b = &self.routes[way.route];
            // A route that is shut has the share of its orders that has not vanished.
            let waits = ordered(b) * if b.offer.open { 1.0 } else { may_wait * b.orders.level() };
            if b.allotment.is_set_before() {
                postponed += left * way.share * if b.offer.open { may_wait } else { waits };
            } else {
                self.ways.add(way.route, left * way.share * waits);
            }
        }
        let by_exception = if any { 0.0 } else { self.habits.trickle_share };
        Placing::Sent { by_exception, ways: &self.ways, postponed }
    }

    /// Ways as they suit where none has room: those that can be taken, and those that are known and shut.
    fn ways_with_none_free(&mut self, good: GoodId) {
        let g = &self.terms.goods[good];
        let any = self.routes.iter().any(|b| b.reach[g.direction] > 0.0);
        for (r, t) in self.terms.routes.enumerated() {
            let b = &self.routes[r];
            let open = b.offer.open && b.reach[g.direction] > 0.0;
            let may = t.carries[g.direction] && (open || b.known && !b.offer.open) && !self.bans.has(r, good);
            self.costs[r.index()] = match self.policy.while_shut {
                _ if !may => f64::INFINITY,
                WhileShut::Evenly if !any => 0.0,
                _ => self.cost(good, r, b.wait_days[g.direction]),
            };
        }
        weigh(&mut self.costs, self.terms.theta);
        let weight =
            |((r, b), w): ((RouteId, &Perceived), &f64)| (r, if b.offer.open { w * b.reach[g.direction] } else { *w });
        let all = self.routes.enumerated().zip(&self.costs).map(weight);
        self.ways.gather(all, self.policy.least_share);
    }
}

/// Some of a good that looks for another way.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Looking {
    /// The route it waits for.
    pub from: RouteId,
    /// Which good.
    pub good: GoodId,
    /// How much.
    pub tonnes: f64,
}
