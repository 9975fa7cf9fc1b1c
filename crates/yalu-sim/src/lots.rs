//! Lots as what carries: orders wait in queues, first come first, and go whole or in parts.

mod approach;
#[cfg(test)]
mod same;

use crate::books::{Books, Lot};
use approach::Approach;
use std::collections::VecDeque;
use yalu_model::{Corridor, Direction, GoodId, PerDirection, RouteId};
use yalu_plan::Draw;
use yalu_trace::GoodsAccount;
use yalu_trade::shippers::{Bans, Carrier, GoodTerms, Looking, Parcel, Placing, RouteTerms, Shippers, Terms, Ways};
use yalu_units::{Idx, IndexVec, Instant, Mass, address};

/// Shares that lack less than this of an order are all of it.
const WHOLE: f64 = 1e-9;

/// Lots waiting to cross.
pub(crate) type Queues = IndexVec<RouteId, PerDirection<VecDeque<Lot>>>;

/// All lots that have not crossed.
pub(crate) struct Lots {
    pub queues: Queues,
    /// Kept by their buyers, oldest first.
    pub postponed: IndexVec<GoodId, VecDeque<Lot>>,
    approach: Approach,
    draw: Draw,
}

impl Lots {
    pub fn new(c: &Corridor, terms: &Terms, draw: Draw) -> Self {
        Self {
            queues: c.trade.routes.iter().map(|_| PerDirection::default()).collect(),
            postponed: c.trade.goods.iter().map(|_| VecDeque::new()).collect(),
            approach: Approach::new(terms),
            draw,
        }
    }

    /// What has come to the border since the day before waits to cross.
    pub fn arrive(&mut self, now: Instant, books: &mut Books) {
        self.approach.arrive(now, &mut self.queues, books);
    }

    /// Takes the oldest lots of a queue up to a mass, but those that are banned.
    pub fn take(&mut self, bans: &Bans, route: RouteId, direction: Direction, most: Mass) -> Vec<Lot> {
        let mut out = Vec::new();
        let mut left = most;
        let mut kept = Vec::new();
        while left.0 > 0 {
            let Some(lot) = self.queues[route][direction].pop_front() else {
                break;
            };
            if bans.has(route, lot.good()) {
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
    pub fn put_back(&mut self, route: RouteId, direction: Direction, lots: Vec<Lot>) {
        for lot in lots.into_iter().rev() {
            self.queues[route][direction].push_front(lot);
        }
    }
}

/// The lots of a day, with the books they are posted in.
pub(crate) struct LotsOfDay<'a> {
    pub lots: &'a mut Lots,
    pub books: &'a mut Books,
    pub now: Instant,
    /// The day's number.
    pub number: u32,
}

impl LotsOfDay<'_> {
    /// A lot waits, or sets out for where it will.
    fn send(&mut self, route: RouteId, direction: Direction, lot: &Lot, from: GoodsAccount) {
        self.lots.approach.send(self.now, route, direction, lot, from, &mut self.lots.queues, self.books);
    }

    /// Sends the shares of a lot that go by ways; gives what is left of it. The last way has what rounding leaves.
    fn spread(&mut self, ways: &Ways, lot: Lot, from: GoodsAccount, d: Direction) -> Option<Lot> {
        let whole = ways.sum() > 1.0 - WHOLE;
        let mut goes = if whole { lot.mass } else { rounded(lot.mass.0 as f64 * ways.sum()) };
        let mut left = Some(lot);
        for (i, way) in ways.list().iter().enumerate() {
            let Some(rest) = left else { break };
            let last = i + 1 == ways.list().len();
            let most = if last { goes } else { rounded(lot.mass.0 as f64 * way.share).min(goes) };
            if most.0 <= 0 {
                continue;
            }
            let (mut part, rest) = rest.split(most);
            goes -= part.mass;
            left = rest;
            part.since = self.lots.approach.there(way.route, self.now);
            self.send(way.route, d, &part, from);
        }
        left
    }

    /// What buyers have kept for too long is no longer asked for.
    fn drop_postponed(&mut self, shippers: &Shippers) {
        let (now, books) = (self.now, &mut *self.books);
        for (good, kept) in self.lots.postponed.enumerated_mut() {
            kept.retain_mut(|lot| {
                let Some(days) = shippers.drops_in(good, Some((now - lot.ordered).as_days())) else { return true };
                let (gone, stays) = lot.split(rounded(lot.mass.0 as f64 / days));
                if gone.mass.0 > 0 {
                    books.post(now, &gone, GoodsAccount::Postponed, GoodsAccount::GivenUp);
                }
                stays.map(|rest| *lot = rest).is_some()
            });
        }
    }

    fn give_up(&mut self, shippers: &Shippers, queue: &Queue) {
        let (now, books) = (self.now, &mut *self.books);
        self.lots.queues[queue.route][queue.direction].retain_mut(|lot| {
            let parcel = queue.parcel(shippers, lot, queue.days);
            let Some(days) = shippers.gives_up_in(&parcel) else { return true };
            let (gone, stays) = lot.split(rounded(lot.mass.0 as f64 / days));
            if gone.mass.0 > 0 {
                books.post(now, &gone, waiting(queue.route), GoodsAccount::GivenUp);
            }
            stays.map(|rest| *lot = rest).is_some()
        });
    }

    /// Lots that look for another way, one after another: each takes it with the chance one in the days of looking. They know what
    /// waits now; new orders know it with a lag.
    fn look(&mut self, shippers: &mut Shippers, queue: &Queue, looking: &mut Vec<Looking>) {
        let (r, d) = (queue.route, queue.direction);
        let routes = self.lots.queues.ids();
        let mut actual: IndexVec<RouteId, f64> = routes.map(|i| shippers.left_days(i, self.waiting_t(i, d))).collect();
        let word = stream_word(self.number, r.index() * 2 + d as usize);
        let mut stream = self.lots.draw.key().stream(address(&["shippers", "elsewhere"]), word);
        let mut ahead = Mass(0);
        for _ in 0..self.lots.queues[r][d].len() {
            let Some(lot) = self.lots.queues[r][d].pop_front() else { break };
            let left_days = shippers.left_days(r, ahead.as_tonnes());
            ahead += lot.mass;
            let stays = match shippers.looks_in(&queue.parcel(shippers, &lot, left_days)) {
                None => Some(lot),
                Some(days) if shippers.look_by_lot() => {
                    let wait = |x, t: &RouteTerms| if x == r { left_days - t.approach_days } else { actual[x] };
                    let looks = stream.unit() < 1.0 / days;
                    let to = if looks { shippers.ways_at(lot.good(), r, wait).drawn(stream.unit()) } else { None };
                    if let Some(to) = to.filter(|to| *to != r) {
                        // As much of it as there is room for.
                        let (goes, stays) = lot.split(rounded(shippers.room_t(to, d) * 1000.0));
                        self.send(to, d, &goes, waiting(r));
                        shippers.take_room(to, d, goes.mass.as_tonnes());
                        actual[to] += shippers.left_days(to, goes.mass.as_tonnes());
                        stays
                    } else {
                        Some(lot)
                    }
                }
                Some(days) => {
                    let (good, tonnes) = (lot.good(), lot.mass.as_tonnes() / days);
                    match looking.iter_mut().find(|l| l.from == r && l.good == good) {
                        Some(all) => all.tonnes += tonnes,
                        None => looking.push(Looking { from: r, good, tonnes }),
                    }
                    Some(lot)
                }
            };
            self.lots.queues[r][d].extend(stays);
        }
    }

    /// Takes some of a good out of a queue for another: a like part of each lot, as one lot, for there would be more of them each day.
    fn take_out(&mut self, l: &Looking, d: Direction, of: f64) -> Option<Lot> {
        let mut all: Option<Lot> = None;
        let part = l.tonnes / of.max(1e-12);
        for lot in self.lots.queues[l.from][d].iter_mut().filter(|lot| lot.good() == l.good) {
            let (goes, stays) = lot.split(rounded(lot.mass.0 as f64 * part));
            let Some(stays) = stays.filter(|_| goes.mass.0 > 0) else { continue };
            *lot = stays;
            match &mut all {
                Some(x) => (x.mass, x.usd_cents) = (x.mass + goes.mass, x.usd_cents + goes.usd_cents),
                None => all = Some(goes),
            }
        }
        all
    }
}

/// A queue as its shippers see it when they decide.
struct Queue {
    route: RouteId,
    direction: Direction,
    /// Days that all of it takes.
    days: f64,
    now: Instant,
}

impl Queue {
    fn parcel(&self, shippers: &Shippers, lot: &Lot, left_days: f64) -> Parcel {
        Parcel {
            good: lot.good(),
            waited_days: Some((self.now - lot.since).as_days()),
            left_days,
            queue_days: self.days,
            banned: shippers.bans.has(self.route, lot.good()),
        }
    }
}

impl Carrier for LotsOfDay<'_> {
    fn waiting_t(&self, route: RouteId, direction: Direction) -> f64 {
        self.books.waiting[route.index()][direction as usize].as_tonnes()
    }

    fn before_the_border_t(&self, route: RouteId, direction: Direction) -> f64 {
        self.waiting_t(route, direction) + self.lots.approach.under_way_t(route, direction)
    }

    fn postponed_t(&self, good: GoodId) -> f64 {
        self.lots.postponed[good].iter().map(|lot| lot.mass).sum::<Mass>().as_tonnes()
    }

    fn delivered_t(&mut self, good: GoodId) -> f64 {
        std::mem::take(&mut self.books.delivered[good.index()]).as_tonnes()
    }

    fn reconsider(&mut self, shippers: &mut Shippers) {
        let mut looking = Vec::new();
        for r in self.lots.queues.ids() {
            for d in Direction::BOTH {
                let waits = self.waiting_t(r, d);
                let queue = Queue { route: r, direction: d, days: shippers.queue_days(r, d, waits), now: self.now };
                if self.lots.queues[r][d].is_empty() {
                    continue;
                }
                if !shippers.patient(queue.days) {
                    self.give_up(shippers, &queue);
                }
                if !shippers.settled(shippers.left_days(r, waits)) && shippers.others(r, d) {
                    self.look(shippers, &queue, &mut looking);
                }
            }
        }
        let stood = |lots: &Lots, l: &Looking, d: Direction| -> f64 {
            let mine = lots.queues[l.from][d].iter().filter(|lot| lot.good() == l.good);
            mine.map(|lot| lot.mass).sum::<Mass>().as_tonnes()
        };
        // Everybody has looked before anybody goes.
        let mut go = Vec::new();
        for (l, to) in shippers.moves_of(&looking) {
            let d = shippers.terms().goods[l.good].direction;
            let of = stood(self.lots, &l, d);
            go.extend(self.take_out(&l, d, of).map(|lot| (lot, l.from, to, d)));
        }
        for (lot, from, to, d) in go {
            self.send(to, d, &lot, waiting(from));
        }
        self.drop_postponed(shippers);
    }

    fn by_wire(&mut self, good: GoodId, terms: &GoodTerms, tonnes: f64) {
        self.books.wire(good.index() as u16, cents(tonnes * terms.usd_per_t).max(0));
    }

    fn place(&mut self, good: GoodId, terms: &GoodTerms, tonnes: f64, placing: &Placing) -> f64 {
        let (mass, usd_cents) = (Mass::from_tonnes(tonnes), cents(tonnes * terms.usd_per_t));
        if mass.0 <= 0 || usd_cents <= 0 {
            return 0.0;
        }
        let now = self.now;
        let lot = Lot { good: good.index() as u16, mass, usd_cents, ordered: now, since: now };
        let Placing::Sent { by_exception, ways, postponed } = placing else {
            self.books.post(now, &lot, GoodsAccount::Ordered, GoodsAccount::Refused);
            return mass.as_tonnes();
        };
        let (trickle, rest) = lot.split(rounded(mass.0 as f64 * by_exception));
        if trickle.mass.0 > 0 {
            self.books.post(now, &trickle, GoodsAccount::Ordered, GoodsAccount::ByException);
        }
        let Some(rest) = rest else { return mass.as_tonnes() };
        if let Some(left) = self.spread(ways, rest, GoodsAccount::Ordered, terms.direction) {
            let all = ways.sum() + postponed > 1.0 - WHOLE && *postponed > 0.0;
            let most = if all { left.mass } else { rounded(rest.mass.0 as f64 * postponed) };
            let (kept, gone) = left.split(most);
            if kept.mass.0 > 0 {
                self.books.post(now, &kept, GoodsAccount::Ordered, GoodsAccount::Postponed);
                self.lots.postponed[good].push_back(kept);
            }
            if let Some(gone) = if kept.mass.0 > 0 { gone } else { Some(left) } {
                self.books.post(now, &gone, GoodsAccount::Ordered, GoodsAccount::GivenUp);
            }
        }
        mass.as_tonnes()
    }

    fn recall(&mut self, good: GoodId, ways: &Ways) {
        let kept = std::mem::take(&mut self.lots.postponed[good]);
        let all: Mass = kept.iter().map(|lot| lot.mass).sum();
        let whole = ways.sum() > 1.0 - WHOLE;
        // The oldest go first, each by all ways.
        let mut goes = if whole { all } else { rounded(all.0 as f64 * ways.sum()) };
        let d = Direction::BOTH[self.books.direction(good.index() as u16)];
        for lot in kept {
            if goes.0 <= 0 {
                self.lots.postponed[good].push_back(lot);
                continue;
            }
            let (part, stays) = lot.split(goes);
            goes -= part.mass;
            let left = self.spread(&ways.as_whole(), part, GoodsAccount::Postponed, d);
            self.lots.postponed[good].extend(left.into_iter().chain(stays));
        }
    }
}

fn waiting(r: RouteId) -> GoodsAccount {
    GoodsAccount::Waiting(r.index() as u16)
}

fn cents(usd: f64) -> i64 {
    (usd * 100.0).round() as i64
}

fn rounded(kg: f64) -> Mass {
    Mass(kg.round() as i64)
}

fn stream_word(day: u32, part: usize) -> u64 {
    (u64::from(day) << 24) + ((part as u64) << 16)
}
