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
use yalu_trade::shippers::{Bans, Carrier, GoodTerms, Parcel, Placing, RouteTerms, Shippers, Terms, Ways};
use yalu_units::{Idx, IndexVec, Instant, Mass, address};

/// Lots waiting to cross.
pub(crate) type Queues = IndexVec<RouteId, PerDirection<VecDeque<Lot>>>;

/// All lots that have not crossed.
pub(crate) struct Lots {
    pub queues: Queues,
    approach: Approach,
    draw: Draw,
}

impl Lots {
    pub fn new(c: &Corridor, terms: &Terms, draw: Draw) -> Self {
        Self {
            queues: c.trade.routes.iter().map(|_| PerDirection::default()).collect(),
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

    /// Sends what is placed of a lot by ways; `share` of it would be by routes that have all their orders, and the last way has what
    /// rounding leaves.
    fn spread(&mut self, ways: &Ways, order: Mass, share: f64, placed: Option<Lot>, from: GoodsAccount, d: Direction) {
        let mut placed = placed;
        for (i, way) in ways.iter().enumerate() {
            let Some(rest) = placed else { break };
            let last = i + 1 == ways.iter().len();
            let most = if last { rest.mass } else { rounded(ways.part(way, order.0 as f64, share)) };
            let (mut part, left) = rest.split(most);
            placed = left;
            if way.ordered < 1.0 {
                let (waits, gone) = part.split(rounded(part.mass.0 as f64 * way.ordered));
                // What is too small to part stays whole.
                if let Some(gone) = gone.filter(|_| waits.mass.0 > 0) {
                    self.books.post(self.now, &gone, from, GoodsAccount::GivenUp);
                    part = waits;
                }
            }
            if part.mass.0 > 0 {
                if from == GoodsAccount::Ordered {
                    part.since = self.lots.approach.there(way.route, self.now);
                }
                self.send(way.route, d, &part, from);
            } else if left.is_none() {
                placed = Some(part);
            }
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
    fn look(&mut self, shippers: &mut Shippers, queue: &Queue, looking: &mut Vec<(RouteId, Lot)>) {
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
                    let to = if looks { shippers.ways_at(lot.good(), wait).drawn(stream.unit()) } else { None };
                    if let Some(to) = to.filter(|to| *to != r) {
                        self.send(to, d, &lot, waiting(r));
                        actual[to] += shippers.left_days(to, lot.mass.as_tonnes());
                        None
                    } else {
                        Some(lot)
                    }
                }
                Some(days) => {
                    let (looks, stays) = lot.split(rounded(lot.mass.0 as f64 / days));
                    // One lot of each good goes, or there would be more of them each day.
                    if let Some((_, all)) = looking.iter_mut().find(|(from, l)| *from == r && l.good == looks.good) {
                        all.mass += looks.mass;
                        all.usd_cents += looks.usd_cents;
                    } else {
                        looking.push((r, looks));
                    }
                    stays
                }
            };
            self.lots.queues[r][d].extend(stays);
        }
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
        for (from, lot) in looking {
            let d = shippers.terms().goods[lot.good()].direction;
            self.spread(shippers.ways(lot.good()), lot.mass, lot.mass.0 as f64, Some(lot), waiting(from), d);
        }
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
        let Placing::Sent { by_exception, share, placed, ways } = placing else {
            self.books.post(now, &lot, GoodsAccount::Ordered, GoodsAccount::Refused);
            return mass.as_tonnes();
        };
        let (trickle, rest) = lot.split(rounded(mass.0 as f64 * by_exception));
        if trickle.mass.0 > 0 {
            self.books.post(now, &trickle, GoodsAccount::Ordered, GoodsAccount::ByException);
        }
        if let Some(rest) = rest {
            let (keeps, gone) = rest.split(rounded(rest.mass.0 as f64 * placed));
            let gone = if keeps.mass.0 > 0 { gone } else { Some(rest) };
            if let Some(gone) = gone {
                self.books.post(now, &gone, GoodsAccount::Ordered, GoodsAccount::GivenUp);
            }
            let keeps = Some(keeps).filter(|k| k.mass.0 > 0);
            self.spread(ways, mass, rest.mass.0 as f64 * share, keeps, GoodsAccount::Ordered, terms.direction);
        }
        mass.as_tonnes()
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
