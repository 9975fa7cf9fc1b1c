//! Shippers: what is ordered each day, by which route it is sent, what waits, what is given up.

mod approach;
mod bans;

use crate::books::{Books, Lot};
use approach::Approach;
use bans::Bans;
use std::collections::VecDeque;
use yalu_model::{Corridor, Direction, Good};
use yalu_plan::{Day, Draw};
use yalu_trace::GoodsAccount;
use yalu_units::{Instant, Mass, Span, Stream, address};

/// Smallest share of a day's order that goes its own way (keeps lots whole, moves no total).
const LEAST_SHARE: f64 = 0.02;
/// How many days before it happens an opening is known (assumed: of the reports on the flagship, forecasts one
/// to three days ahead held and earlier ones did not).
pub(crate) const KNOWN_AHEAD_DAYS: usize = 3;

/// A route as shippers see it on a day.
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
    shares: Vec<(usize, f64)>,
    /// Days that what waits on each route now would take it.
    actual: Vec<f64>,
}

impl Shippers {
    pub fn new(c: &Corridor, draw: Draw) -> Self {
        let goods = c.goods.iter().map(|g| Demand {
            forward: g.direction == Direction::Forward,
            musd_per_month: draw.value(&g.level_musd_per_month),
            usd_per_t: draw.value(&g.unit_value_usd_per_t).max(1e-6),
            season: g.season,
            day_usd_per_t: draw.value(&g.day_usd_per_t),
            patience: Span::from_seconds(draw.value(&g.patience_days) * 86_400.0),
            postponed: draw.value(&g.postponed_share).clamp(0.0, 1.0),
            wire: g.no_vehicle,
            refused: refused_from(c, g),
        });
        let routes = c.routes.iter().map(|r| Taste {
            directions: r.directions,
            usd_per_t: draw.value(&r.cost_usd_per_t) + draw.value(&r.dislike_usd_per_t),
            transit_days: draw.value(&r.transit_h) / 24.0,
            approach_days: r.approach_days.as_ref().map_or(0.0, |q| draw.value(q)),
            wait_days: [0.0; 2],
            known: false,
            capacity_t: 0.0,
        });
        Self {
            goods: goods.collect(),
            routes: routes.collect(),
            factors: c
                .demand_factors
                .iter()
                .map(|f| (f.from, f.to, f.direction == Direction::Forward, draw.value(&f.factor)))
                .collect(),
            reaction_days: draw.value(&c.reaction_days).max(1.0),
            theta: draw.value(&c.choice_theta_per_usd),
            queues: c.routes.iter().map(|_| [VecDeque::new(), VecDeque::new()]).collect(),
            approach: Approach::new(c, draw),
            bans: Bans::new(c.routes.len(), c.goods.len()),
            draw,
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
        for r in 0..offers.len() {
            for d in 0..2 {
                self.give_up(day.start, r, d, books);
                self.go_elsewhere(day.start, number, r, d, offers, books);
            }
        }
        for good in 0..self.goods.len() {
            self.order(day, good, offers, books);
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
            |r| offers[r].open,
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
        may: impl Fn(usize) -> bool,
        wait: impl Fn(usize, &Taste) -> f64,
        offers: &[Offer],
    ) {
        let day_usd = self.goods[good].day_usd_per_t;
        self.shares.clear();
        let mut least = f64::INFINITY;
        for (r, t) in self.routes.iter().enumerate() {
            if !t.directions[d] || !may(r) || self.bans.banned(r, good as u16) {
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
            s.1 = libm::exp(-self.theta * (s.1 - least));
            sum += s.1;
        }
        self.shares.retain(|s| s.1 >= LEAST_SHARE * sum);
        let sum: f64 = self.shares.iter().map(|s| s.1).sum();
        for s in &mut self.shares {
            s.1 /= sum;
        }
    }

    fn order(&mut self, day: &Day, good: usize, offers: &[Offer], books: &mut Books) {
        let g = &self.goods[good];
        let d = usize::from(!g.forward);
        let factors = self
            .factors
            .iter()
            .filter(|(from, to, forward, _)| *from <= day.start && day.start < *to && *forward == g.forward);
        let factor: f64 = factors.map(|f| f.3).product();
        let usd = g.musd_per_month * 1e6 * g.season[(day.date.1 - 1) as usize] * factor / f64::from(day.days_in_month);
        let cents = (usd * 100.0).round() as i64;
        if cents <= 0 {
            return;
        }
        if g.wire {
            books.wire(good as u16, cents);
            return;
        }
        let mass = Mass::from_tonnes(usd / g.usd_per_t);
        let lot = Lot { good: good as u16, mass, usd_cents: cents, ordered: day.start, since: day.start };
        if lot.mass.0 <= 0 {
            return;
        }
        if g.refused.is_some_and(|from| from <= day.start) {
            books.post(day.start, &lot, GoodsAccount::Ordered, GoodsAccount::Refused);
            return;
        }
        let (postponed, patience) = (g.postponed, g.patience.as_days());
        let mut placed = Some(lot);
        self.choose(good, d, |r| offers[r].open, |_, t| t.wait_days[d], offers);
        if self.shares.is_empty() {
            // Where only a ban stands in its way, an order is refused and does not wait for it to end.
            let barred =
                |(r, t): (usize, &Taste)| t.directions[d] && offers[r].open && self.bans.banned(r, good as u16);
            if self.routes.iter().enumerate().any(barred) {
                books.post(day.start, &lot, GoodsAccount::Ordered, GoodsAccount::Refused);
                return;
            }
            let (waits, gone) = lot.split(Mass((lot.mass.0 as f64 * postponed).round() as i64));
            let known: Vec<bool> = self.routes.iter().map(|r| r.known).collect();
            self.choose(good, d, |r| known[r], |_, t| t.wait_days[d], offers);
            placed = Some(waits).filter(|w| w.mass.0 > 0);
            let gone = if self.shares.is_empty() { placed.take().map(|_| lot) } else { gone };
            if let Some(gone) = gone {
                books.post(day.start, &gone, GoodsAccount::Ordered, GoodsAccount::GivenUp);
            }
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

fn stream_word(day: u32, part: usize) -> u64 {
    (u64::from(day) << 24) + ((part as u64) << 16)
}

/// From when a good is refused: a rule must cover each of its headings. Exempt goods never are.
pub(crate) fn refused_from(c: &Corridor, good: &Good) -> Option<Instant> {
    if good.hs.is_empty() || good.flags.exempt {
        return None;
    }
    let mut latest = Instant::NEVER;
    for hs in &good.hs {
        let rules = c.rules.iter().filter(|r| r.refuses(good.direction, hs));
        latest = latest.max(rules.map(|r| r.from.unwrap_or(Instant::NEVER)).min()?);
    }
    Some(latest)
}
