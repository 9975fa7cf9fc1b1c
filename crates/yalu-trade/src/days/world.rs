//! The days of one replication.

use super::compiled::DayModel;
use super::drawn::Drawn;
use super::rates::{Account, Rates};
use super::{DayId, DayOutcome, TradeMonth};
use crate::Habits;
use crate::habits::HOLD_SPREAD;
use crate::shippers::{Offer, Policy, Shippers, Today};
use yalu_calendar::Day;
use yalu_model::{Direction, GoodId, RouteId};
use yalu_regime::Regimes;
use yalu_units::{Grid, Idx, IndexVec, Instant};

/// Less than this does not cross on a day, tonnes.
const NOTHING_T: f64 = 1e-9;

pub(crate) struct World<'m, 'a> {
    m: &'m DayModel<'a>,
    d: &'m Drawn,
    regimes: &'m Regimes<'a>,
    /// When a regime begins or ends.
    changes: Vec<Instant>,
    offers: IndexVec<RouteId, Offer>,
    /// Tonnes each way that a route takes on the present day, where the offer has the mean over a week.
    capacity_t: IndexVec<RouteId, f64>,
    shippers: Shippers,
    rates: Rates,
    storages: IndexVec<RouteId, Storage>,
    /// Tonnes that come to consignees, by day and good (the other way too, where nobody asks).
    due: Grid<DayId, GoodId, f32>,
    out: DayOutcome,
}

/// What is kept beyond the border at one place.
struct Storage {
    kept: f64,
    /// Tonnes a day that come free: what is added on a day to the rate of the day before.
    change: Vec<f64>,
    rate: f64,
    /// Free to go on, and not gone.
    over: f64,
    release_per_day: f64,
    /// Tonnes wanted of it today, and free in it.
    wanted: f64,
    room: f64,
}

impl<'m, 'a> World<'m, 'a> {
    pub fn new(m: &'m DayModel<'a>, d: &'m Drawn, h: &Habits, regimes: &'m Regimes<'a>) -> Self {
        let (routes, goods, days) = (d.terms.routes.len(), d.terms.goods.len(), m.calendar.days.len());
        let months = m.calendar.months.len();
        let storage = |r: RouteId| {
            let used = m.storages[r] == r;
            Storage {
                kept: 0.0,
                change: vec![0.0; if used { days + 1 } else { 0 }],
                rate: 0.0,
                over: 0.0,
                release_per_day: d.far_ends[r].release_t_per_day,
                wanted: 0.0,
                room: 0.0,
            }
        };
        let from = m.c.horizon.from;
        Self {
            m,
            d,
            regimes,
            changes: regimes.changes(),
            offers: d.terms.routes.iter().map(|_| Offer::default()).collect(),
            capacity_t: d.terms.routes.iter().map(|_| 0.0).collect(),
            shippers: Shippers::new(d.terms.clone(), h, Policy::OF_RATES, from),
            rates: Rates::new(&d.terms, |g| g.refused_at(from)),
            storages: d.terms.routes.ids().map(storage).collect(),
            due: Grid::filled(days + 1, goods, 0.0),
            out: DayOutcome {
                months: vec![TradeMonth::default(); months],
                by_route_usd: vec![vec![0.0; routes]; months],
                waiting_t: vec![0.0; months],
                postponed_t: vec![0.0; months],
                unaccounted_t: 0.0,
                unaccounted_usd: 0.0,
            },
        }
    }

    pub fn run(mut self) -> DayOutcome {
        for (number, day) in self.m.calendar.days.iter().enumerate() {
            let changed = number == 0 || self.changes.binary_search(&day.start).is_ok();
            self.open(day, changed);
            self.let_go(number);
            let month = usize::from(day.month);
            let today = Today {
                day: *day,
                number,
                to_new_year: self.m.to_new_year[number],
                regimes_changed: changed,
                offers: &self.offers,
            };
            self.rates.month = self.out.months[month];
            self.shippers.day(&today, &mut self.rates);
            self.out.months[month] = self.rates.month;
            self.dispatch(number);
            self.deliver(number);
            self.out.postponed_t[month] = self.rates.postponed.iter().sum();
            self.out.waiting_t[month] = self.rates.waiting.iter().flat_map(|w| [w.forward, w.back]).sum();
        }
        for &good in self.rates.carried.forward.iter().chain(&self.rates.carried.back) {
            let Account { ordered, crossed, given_up } = self.rates.accounts[good];
            let waiting: f64 = self.rates.queue.column(good).sum::<f64>() + self.rates.postponed[good];
            let out = ordered - crossed - given_up - waiting;
            self.out.unaccounted_t += out.abs();
            self.out.unaccounted_usd += out.abs() * self.d.terms.goods[good].usd_per_t;
        }
        self.out
    }

    /// Opens and shuts routes, and puts bans in force.
    fn open(&mut self, day: &Day, changed: bool) {
        for r in self.d.terms.routes.ids() {
            if changed || self.regimes.varies(r) {
                let runs = self.regimes.runs(r, day.start);
                self.offers[r] = if runs {
                    self.offer(r, day.start)
                } else {
                    Offer { allotment: self.regimes.allotment(r, day.start), ..Offer::default() }
                };
                self.capacity_t[r] = if runs { self.regimes.capacity_t(r, day) } else { 0.0 };
            }
            if changed && self.regimes.ban() {
                for (g, good) in self.m.c.trade.goods.enumerated() {
                    self.shippers.bans.set(r, g, self.regimes.refuses(r, day.start, good));
                }
            }
        }
    }

    fn offer(&self, r: RouteId, t: Instant) -> Offer {
        Offer {
            runs: true,
            open: true,
            opens_in: 0.0,
            capacity_t: self.regimes.capacity_a_day_t(r, t),
            hold_days: self.regimes.hold_days(r, t),
            stored: self.regimes.stored(r, t) || self.regimes.hold_in_use(r, t),
            quarantine: self.regimes.of(r, t).any(|x| x.quarantine),
            allotment: self.regimes.allotment(r, t),
        }
    }

    /// What a hold lets go leaves room; a hold sends on at most so much a day.
    fn let_go(&mut self, day: usize) {
        for s in self.storages.iter_mut().filter(|s| !s.change.is_empty()) {
            s.rate += s.change[day];
            s.over += s.rate.max(0.0);
            let gone = s.over.min(s.release_per_day);
            s.over -= gone;
            s.kept = (s.kept - gone).max(0.0);
        }
    }

    /// Sends what the capacity of each route takes and the storage beyond can keep.
    fn dispatch(&mut self, day: usize) {
        // What is wanted of each storage today: routes that share it get their part of the room.
        for r in self.storages.ids() {
            let room = (self.d.far_ends[r].storage_t - self.storages[r].kept).max(0.0);
            (self.storages[r].wanted, self.storages[r].room) = (0.0, room);
        }
        for (r, _) in self.offers.enumerated().filter(|(_, o)| o.runs && o.stored) {
            self.storages[self.m.storages[r]].wanted += self.rates.waiting[r].forward.min(self.capacity_t[r]);
        }
        for r in self.d.terms.routes.ids() {
            for direction in Direction::BOTH {
                if self.offers[r].runs {
                    self.send(r, direction, day);
                }
            }
        }
    }

    /// Sends a day's goods by a route one way.
    fn send(&mut self, r: RouteId, direction: Direction, day: usize) {
        let (o, bans, days) = (self.offers[r], &self.shippers.bans, self.m.calendar.days.len());
        let (stored, forward) = (o.stored && direction == Direction::Forward, direction == Direction::Forward);
        let (rates, goods) = (&mut self.rates, &self.d.terms.goods);
        let waiting = rates.waiting[r][direction];
        let held: f64 =
            rates.carried[direction].iter().filter(|g| bans.has(r, **g)).map(|g| rates.queue[(r, *g)]).sum();
        let may = (waiting - held).max(0.0);
        let mut most = may.min(self.capacity_t[r]);
        if stored {
            let store = &self.storages[self.m.storages[r]];
            most *= (store.room / store.wanted.max(1e-9)).min(1.0);
        }
        if most <= NOTHING_T {
            return;
        }
        let share = (most / may).min(1.0);
        let transit = self.d.terms.routes[r].transit_days.round() as usize;
        let hold = if forward { o.hold_days } else { 0.0 };
        let arrives = (day + transit + hold.round() as usize).min(days);
        // Customs book exports when they leave, imports when they come.
        let booked = if forward { day } else { arrives };
        let (mut sent, mut usd) = (0.0, 0.0);
        for &g in rates.carried[direction].iter().filter(|g| !bans.has(r, **g)) {
            let queue = &mut rates.queue[(r, g)];
            let tonnes = *queue * share;
            *queue -= tonnes;
            sent += tonnes;
            usd += tonnes * goods[g].usd_per_t;
            self.due[(DayId::new(arrives), g)] += tonnes as f32;
            rates.accounts[g].crossed += tonnes;
        }
        rates.waiting[r][direction] = (waiting - sent).max(0.0);
        if booked < days {
            let month = usize::from(self.m.calendar.days[booked].month);
            let m = &mut self.out.months[month];
            m.usd[direction] += usd;
            m.tonnes[direction] += sent;
            if forward {
                self.out.by_route_usd[month][r.index()] += usd;
            }
        }
        if stored {
            let s = &mut self.storages[self.m.storages[r]];
            s.kept += sent;
            let at = |share: f64| (day + transit + (hold * share).round() as usize).min(days);
            let (first, last) = (at(HOLD_SPREAD.0).max(day + 1).min(days), at(HOLD_SPREAD.1).min(days));
            let over = (last.max(first + 1)).min(days);
            if over > first {
                let rate = sent / (over - first) as f64;
                s.change[first] += rate;
                s.change[over] -= rate;
            }
        }
    }

    /// What comes to consignees on a day is there when they next order.
    fn deliver(&mut self, day: usize) {
        for (delivered, due) in self.rates.delivered.iter_mut().zip(self.due.row(DayId::new(day))) {
            *delivered = f64::from(*due);
        }
    }
}
