//! Shippers: what is ordered each day, by which route it is sent, what waits, what is given up.

mod approach;
mod bans;

use crate::books::{Books, Lot};
use approach::Approach;
use bans::Bans;
use std::collections::VecDeque;
use yalu_model::{Corridor, DemandFactor, Direction, Good, Mode};
use yalu_plan::{Day, Draw, Plan};
use yalu_trace::GoodsAccount;
use yalu_trade::Habits;
use yalu_trade::habits::{Comeback, Stock, new_year_factor, to_new_year, year_end_factor};
use yalu_units::{Instant, Mass, Span, Stream, address};

/// Smallest share of a day's order that goes its own way (keeps lots whole, moves no total).
const LEAST_SHARE: f64 = 0.02;

/// A route as shippers see it on a day.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in the files")]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Offer {
    /// It runs today.
    pub runs: bool,
    /// It runs, or will within the days an opening is known ahead.
    pub open: bool,
    /// Days until it runs.
    pub opens_in: f64,
    /// Tonnes a day it can take in each direction.
    pub capacity_t: f64,
    /// Days goods are held on it.
    pub hold_days: f64,
    /// What is held is limited by what a port keeps.
    pub stored: bool,
    /// Goods are watched on it.
    pub quarantine: bool,
}

struct Demand {
    forward: bool,
    musd_per_month: f64,
    usd_per_t: f64,
    season: [f64; 12],
    day_usd_per_t: f64,
    patience: Span,
    postponed: f64,
    wire: bool,
    /// From when a rule refuses it.
    refused: Option<Instant>,
    /// What its consignees have.
    stock: Stock,
}

struct Taste {
    directions: [bool; 2],
    usd_per_t: f64,
    transit_days: f64,
    /// Days from order to where goods wait to cross.
    approach_days: f64,
    /// Days of waiting that shippers believe in, by direction.
    wait_days: [f64; 2],
    /// It has run on some day so far.
    known: bool,
    /// Tonnes a day it took when it last ran.
    capacity_t: f64,
    /// Its orders, as they vanish and come back over so many days.
    orders: Comeback,
    climb_days: f64,
    /// It ran yesterday, and goods were watched on it.
    before: (bool, bool),
    /// How far orders by it go today, by direction: the share it has back times what it takes of all that is asked for.
    reach: [f64; 2],
}

/// All shippers of a corridor.
pub(crate) struct Shippers {
    goods: Vec<Demand>,
    routes: Vec<Taste>,
    factors: Vec<(Instant, Instant, bool, f64)>,
    reaction_days: f64,
    theta: f64,
    /// Lots waiting, by route and direction.
    pub queues: Vec<[VecDeque<Lot>; 2]>,
    approach: Approach,
    /// Goods that may not go by a route today.
    pub bans: Bans,
    draw: Draw,
    habits: Habits,
    /// Of each day of the plan, the days until the New Year.
    to_new_year: Vec<Option<i16>>,
    /// Tonnes asked for on the last day, by direction.
    asked: [f64; 2],
    shares: Vec<(usize, f64)>,
    /// Days that what waits on each route now would take it.
    actual: Vec<f64>,
}

impl Shippers {
    pub fn new(c: &Corridor, plan: &Plan, draw: Draw, habits: &Habits) -> Self {
        let level = |g: &Good| {
            let factor = if g.direction == Direction::Forward { habits.demand_level } else { 1.0 };
            draw.value(&g.level_musd_per_month) * factor
        };
        let daily_t = |g: &Good| level(g) * 1e6 / draw.value(&g.unit_value_usd_per_t).max(1e-6) / 30.0;
        let mut asked = [0.0; 2];
        for g in c.goods.iter().filter(|g| !g.no_vehicle && c.refused_from(g).is_none_or(|t| t > c.from)) {
            asked[usize::from(g.direction == Direction::Back)] += daily_t(g);
        }
        let goods = c.goods.iter().map(|g| Demand {
            stock: Stock::of(habits.stock_days, daily_t(g)),
            forward: g.direction == Direction::Forward,
            musd_per_month: level(g),
            usd_per_t: draw.value(&g.unit_value_usd_per_t).max(1e-6),
            season: g.season,
            day_usd_per_t: draw.value(&g.day_usd_per_t),
            patience: Span::from_seconds(draw.value(&g.patience_days) * 86_400.0),
            postponed: draw.value(&g.postponed_share).clamp(0.0, 1.0),
            wire: g.no_vehicle,
            refused: c.refused_from(g),
        });
        let routes = c.routes.iter().map(|r| Taste {
            directions: r.directions,
            usd_per_t: draw.value(&r.cost_usd_per_t) + draw.value(&r.dislike_usd_per_t),
            transit_days: draw.value(&r.transit_h) / 24.0,
            approach_days: r.approach_days.as_ref().map_or(0.0, |q| draw.value(q)),
            wait_days: [0.0; 2],
            known: false,
            capacity_t: 0.0,
            orders: Comeback::default(),
            climb_days: if r.mode == Mode::Sea { habits.climb_sea_days } else { habits.climb_land_days },
            before: (false, false),
            reach: [0.0; 2],
        });
        let factor = |f: &DemandFactor| {
            let permit =
                habits.permit_level.filter(|_| f.direction == Direction::Forward && c.comes_with_quarantine(f));
            permit.map_or_else(|| draw.value(&f.factor), |level| f.factor.dist.at(level))
        };
        Self {
            goods: goods.collect(),
            routes: routes.collect(),
            factors: c
                .demand_factors
                .iter()
                .map(|f| (f.from, f.to, f.direction == Direction::Forward, factor(f)))
                .collect(),
            reaction_days: draw.value(&c.reaction_days).max(1.0),
            theta: draw.value(&c.choice_theta_per_usd),
            queues: c.routes.iter().map(|_| [VecDeque::new(), VecDeque::new()]).collect(),
            approach: Approach::new(c, draw),
            bans: Bans::new(c.routes.len(), c.goods.len()),
            draw,
            habits: *habits,
            to_new_year: to_new_year(&c.countries, plan.days.iter().map(|d| d.date)),
            asked,
            shares: Vec::new(),
            actual: vec![0.0; c.routes.len()],
        }
    }

    /// Days from order to where goods wait to cross, by a route.
    pub fn approach_days(&self, route: usize) -> usize {
        self.routes[route].approach_days.ceil() as usize
    }

    /// A border day: waits are learnt, old orders given up, stranded ones sent by another way, new ones placed.
    pub fn day(&mut self, day: &Day, number: u32, offers: &[Offer], books: &mut Books) {
        self.approach.arrive(day.start, &mut self.queues, books);
        for (r, o) in offers.iter().enumerate() {
            self.routes[r].known |= o.runs;
            if o.runs && o.capacity_t > 0.0 {
                self.routes[r].capacity_t = o.capacity_t;
            }
            // A route that is shut is remembered by what it took, so that its queue is forgotten as it melts.
            let t = &mut self.routes[r];
            if t.capacity_t > 0.0 {
                for d in 0..2 {
                    let wait = books.waiting[r][d].as_tonnes() / t.capacity_t;
                    t.wait_days[d] += (wait - t.wait_days[d]) / self.reaction_days;
                }
            }
        }
        for (good, g) in self.goods.iter_mut().enumerate() {
            g.stock.add(std::mem::take(&mut books.delivered[good]).as_tonnes());
        }
        self.reach(offers);
        for r in 0..offers.len() {
            for d in 0..2 {
                self.give_up(day.start, r, d, books);
                self.go_elsewhere(day.start, number, r, d, offers, books);
            }
        }
        let mut asked = [0.0; 2];
        for good in 0..self.goods.len() {
            asked[usize::from(!self.goods[good].forward)] += self.order(day, number, good, offers, books);
        }
        self.asked = asked;
    }

    /// How far orders by each route go: they stop where quarantine begins on a route that ran, climb while it runs, vanish
    /// while it is shut; and nobody orders much more by a route than it takes.
    fn reach(&mut self, offers: &[Offer]) {
        let habits = self.habits;
        for (t, o) in self.routes.iter_mut().zip(offers) {
            let begins = t.before.0 && o.runs && o.quarantine && !t.before.1;
            if let Some(standstill) = habits.standstill_days.filter(|_| begins) {
                t.orders.quarantine_begins(standstill);
            }
            t.before = (o.runs, o.quarantine);
            t.orders.day(o.runs, t.climb_days);
            for d in 0..2 {
                let takes = habits.overbooked.map_or(1.0, |by| (by * o.capacity_t / self.asked[d].max(1e-9)).min(1.0));
                t.reach[d] = if o.open && t.directions[d] { t.orders.level() * takes } else { 0.0 };
            }
        }
    }

    fn give_up(&mut self, now: Instant, r: usize, d: usize, books: &mut Books) {
        let goods = &self.goods;
        self.queues[r][d].retain(|lot| {
            let keeps = now - lot.since < goods[usize::from(lot.good)].patience;
            if !keeps {
                books.post(now, lot, GoodsAccount::Waiting(r as u16), GoodsAccount::GivenUp);
            }
            keeps
        });
    }

    /// Lots whose route does not run, or that would stand longer than shippers take to react, look for another way,
    /// each with the chance one in reaction days. They know what waits now; new orders know it with a lag.
    fn go_elsewhere(&mut self, now: Instant, number: u32, r: usize, d: usize, offers: &[Offer], books: &mut Books) {
        let others = offers.iter().enumerate().any(|(i, o)| i != r && o.open && self.routes[i].directions[d]);
        if self.queues[r][d].is_empty() || !others {
            return;
        }
        let mine = &offers[r];
        let per_day = mine.capacity_t * 1000.0;
        if mine.open && books.waiting[r][d].0 as f64 <= per_day * self.reaction_days {
            return;
        }
        for (i, o) in offers.iter().enumerate() {
            self.actual[i] = books.waiting[i][d].as_tonnes() / o.capacity_t.max(1e-9);
        }
        let mut stream = self.draw.key().stream(address(&["shippers", "elsewhere"]), stream_word(number, r * 2 + d));
        let mut ahead = 0.0;
        for _ in 0..self.queues[r][d].len() {
            let Some(lot) = self.queues[r][d].pop_front() else {
                break;
            };
            let left = if mine.open { ahead / per_day.max(1e-9) } else { f64::INFINITY };
            ahead += lot.mass.0 as f64;
            let looks = left > self.reaction_days && stream.unit() < 1.0 / self.reaction_days;
            let to = if looks { self.pick(lot.good, r, d, left, offers, &mut stream) } else { None };
            if let Some(to) = to.filter(|to| *to != r) {
                self.approach.send(now, to, d, &lot, GoodsAccount::Waiting(r as u16), &mut self.queues, books);
                self.actual[to] += lot.mass.as_tonnes() / offers[to].capacity_t.max(1e-9);
            } else {
                self.queues[r][d].push_back(lot);
            }
        }
    }

    /// The way a waiting lot would take now; on its own route it has so many days left.
    fn pick(
        &mut self,
        good: u16,
        own: usize,
        d: usize,
        left: f64,
        offers: &[Offer],
        stream: &mut Stream,
    ) -> Option<usize> {
        let actual = std::mem::take(&mut self.actual);
        self.choose(
            usize::from(good),
            d,
            |t| t.reach[d],
            |r, t| if r == own { left - t.approach_days } else { actual[r] },
            offers,
        );
        self.actual = actual;
        let mut u = stream.unit();
        for &(r, share) in &self.shares {
            u -= share;
            if u <= 0.0 {
                return Some(r);
            }
        }
        self.shares.last().map(|s| s.0)
    }

    /// Shares of the routes that may be taken: a logit of cost, liking, time under way, hold and wait.
    fn choose(
        &mut self,
        good: usize,
        d: usize,
        reach: impl Fn(&Taste) -> f64,
        wait: impl Fn(usize, &Taste) -> f64,
        offers: &[Offer],
    ) {
        let day_usd = self.goods[good].day_usd_per_t;
        self.shares.clear();
        let mut least = f64::INFINITY;
        for (r, t) in self.routes.iter().enumerate() {
            let far = reach(t);
            if !t.directions[d] || far <= 0.0 || self.bans.banned(r, good as u16) {
                continue;
            }
            let o = &offers[r];
            let days = t.transit_days + t.approach_days + o.hold_days + wait(r, t) + o.opens_in;
            let cost = t.usd_per_t + days * day_usd;
            least = least.min(cost);
            self.shares.push((r, cost));
        }
        let mut sum = 0.0;
        for s in &mut self.shares {
            s.1 = libm::exp(-self.theta * (s.1 - least)) * reach(&self.routes[s.0]);
            sum += s.1;
        }
        self.shares.retain(|s| s.1 >= LEAST_SHARE * sum);
        let sum: f64 = self.shares.iter().map(|s| s.1).sum();
        for s in &mut self.shares {
            s.1 /= sum;
        }
    }

    /// Places the orders of a good on a day; returns the tonnes ordered.
    fn order(&mut self, day: &Day, number: u32, good: usize, offers: &[Offer], books: &mut Books) -> f64 {
        let g = &self.goods[good];
        let d = usize::from(!g.forward);
        let factors = self
            .factors
            .iter()
            .filter(|(from, to, forward, _)| *from <= day.start && day.start < *to && *forward == g.forward);
        let factor: f64 = factors.map(|f| f.3).product();
        let usd = g.musd_per_month * 1e6 * g.season[(day.date.1 - 1) as usize] * factor / f64::from(day.days_in_month);
        if g.wire {
            books.wire(good as u16, ((usd * 100.0).round() as i64).max(0));
            return 0.0;
        }
        if usd <= 0.0 {
            return 0.0;
        }
        let usd = usd * self.by_habit(day, number, good, usd);
        let g = &self.goods[good];
        let cents = (usd * 100.0).round() as i64;
        if cents <= 0 {
            return 0.0;
        }
        let mass = Mass::from_tonnes(usd / g.usd_per_t);
        let lot = Lot { good: good as u16, mass, usd_cents: cents, ordered: day.start, since: day.start };
        if lot.mass.0 <= 0 {
            return 0.0;
        }
        if g.refused.is_some_and(|from| from <= day.start) {
            books.post(day.start, &lot, GoodsAccount::Ordered, GoodsAccount::Refused);
            return 0.0;
        }
        self.place(day, d, lot, offers, books);
        mass.as_tonnes()
    }

    /// Factor of habits on what is asked for (US dollars): stocks filled up, the end of the year, the New Year.
    fn by_habit(&mut self, day: &Day, number: u32, good: usize, usd: f64) -> f64 {
        let h = &self.habits;
        let to_new_year = self.to_new_year.get(number as usize).copied().flatten();
        let calendar = year_end_factor(h.year_end_rise, day.date, day.days_in_month)
            * new_year_factor(h.new_year_days, to_new_year);
        let g = &mut self.goods[good];
        let asked = usd / g.usd_per_t;
        (g.stock.order(asked, h.stock_days) / asked * calendar).max(0.0)
    }

    /// Sends an order by the routes that can be taken, as far as orders go by them; the rest is given up.
    fn place(&mut self, day: &Day, d: usize, lot: Lot, offers: &[Offer], books: &mut Books) {
        let good = usize::from(lot.good);
        let g = &self.goods[good];
        let (postponed, patience) = (g.postponed, g.patience.as_days());
        let may = self.routes.iter().enumerate().filter(|(r, _)| !self.bans.banned(*r, lot.good));
        let open: f64 = may.map(|(_, t)| t.reach[d]).sum();
        let mut placed = Some(lot);
        self.choose(good, d, |t| t.reach[d], |_, t| t.wait_days[d], offers);
        if !self.shares.is_empty() && open < 1.0 {
            placed = kept(day.start, lot, open, books);
        }
        if self.shares.is_empty() {
            // Where only a ban stands in its way, an order is refused and does not wait for it to end.
            let barred = |(r, t): (usize, &Taste)| t.reach[d] > 0.0 && self.bans.banned(r, good as u16);
            if self.routes.iter().enumerate().any(barred) {
                books.post(day.start, &lot, GoodsAccount::Ordered, GoodsAccount::Refused);
                return;
            }
            // A trickle crosses by exception; some of the rest waits for a route that is known, as far as orders go by it.
            let (trickle, rest) = lot.split(Mass((lot.mass.0 as f64 * self.habits.trickle_share).round() as i64));
            if trickle.mass.0 > 0 {
                books.post(day.start, &trickle, GoodsAccount::Ordered, GoodsAccount::ByException);
            }
            let Some(rest) = rest else { return };
            self.choose(good, d, |t| if t.known { 1.0 } else { 0.0 }, |_, t| t.wait_days[d], offers);
            let level: f64 = self.shares.iter().map(|&(r, share)| share * self.routes[r].orders.level()).sum();
            placed = kept(day.start, rest, postponed * level, books);
        }
        let shares = std::mem::take(&mut self.shares);
        for (i, &(r, share)) in shares.iter().enumerate() {
            let Some(rest) = placed else { break };
            let most = if i + 1 == shares.len() { rest.mass } else { Mass((lot.mass.0 as f64 * share).round() as i64) };
            let (mut part, left) = rest.split(most);
            placed = left;
            // Who expects to wait longer than he is patient orders less, as where no route runs.
            if self.routes[r].wait_days[d] > patience {
                let (waits, gone) = part.split(Mass((part.mass.0 as f64 * postponed).round() as i64));
                if let Some(gone) = gone.filter(|_| waits.mass.0 > 0) {
                    books.post(day.start, &gone, GoodsAccount::Ordered, GoodsAccount::GivenUp);
                    part = waits;
                }
            }
            if part.mass.0 > 0 {
                part.since = self.approach.there(r, day.start);
                self.approach.send(day.start, r, d, &part, GoodsAccount::Ordered, &mut self.queues, books);
            } else if left.is_none() {
                placed = Some(part);
            }
        }
        self.shares = shares;
    }

    /// Takes the oldest lots of a queue up to a mass.
    pub fn take(&mut self, route: usize, direction: usize, most: Mass) -> Vec<Lot> {
        let mut out = Vec::new();
        let mut left = most;
        let mut kept = Vec::new();
        while left.0 > 0 {
            let Some(lot) = self.queues[route][direction].pop_front() else {
                break;
            };
            if self.bans.banned(route, lot.good) {
                kept.push(lot);
                continue;
            }
            let (part, rest) = lot.split(left);
            left -= part.mass;
            out.push(part);
            if let Some(rest) = rest {
                self.queues[route][direction].push_front(rest);
            }
        }
        self.put_back(route, direction, kept);
        out
    }

    /// Puts lots back to the head of a queue.
    pub fn put_back(&mut self, route: usize, direction: usize, lots: Vec<Lot>) {
        for lot in lots.into_iter().rev() {
            self.queues[route][direction].push_front(lot);
        }
    }
}

/// Keeps a share of an order; the rest is given up.
fn kept(now: Instant, lot: Lot, share: f64, books: &mut Books) -> Option<Lot> {
    let (keeps, gone) = lot.split(Mass((lot.mass.0 as f64 * share).round() as i64));
    let gone = if keeps.mass.0 > 0 { gone } else { Some(lot) };
    if let Some(gone) = gone {
        books.post(now, &gone, GoodsAccount::Ordered, GoodsAccount::GivenUp);
    }
    Some(keeps).filter(|k| k.mass.0 > 0)
}

fn stream_word(day: u32, part: usize) -> u64 {
    (u64::from(day) << 24) + ((part as u64) << 16)
}
