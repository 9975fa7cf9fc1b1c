//! The days of one replication.

use super::compiled::DayModel;
use super::drawn::{Drawn, DrawnGood};
use super::{DayOutcome, TradeMonth};
use crate::Habits;
use crate::habits::{Comeback, HOLD_SPREAD, OVERBOOKED, Stock, new_year_factor, year_end_factor};
use yalu_model::RouteId;
use yalu_regime::Regimes;
use yalu_units::{Idx, Instant};

/// Choice of routes is looked at anew after so many days, or when a regime changes (assumed: orders are placed by the
/// week).
const CHOICE_EVERY: usize = 7;
/// A queue of more days than this is late: who waits in it may give up (assumed).
const LATE_DAYS: f64 = 5.0;

/// A route on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct RouteDay {
    /// Every crossing of it runs.
    runs: bool,
    /// Goods are held and watched.
    quarantine: bool,
    /// Tonnes each way that it takes today, and a day on the mean over a week.
    capacity_t: f64,
    capacity_a_day_t: f64,
    /// Days goods are held on the far side.
    hold_days: f64,
    /// What is held is limited by storage.
    stored: bool,
}

pub(crate) struct World<'m, 'a> {
    m: &'m DayModel<'a>,
    d: &'m Drawn,
    h: &'m Habits,
    regimes: &'m Regimes<'a>,
    /// When a regime begins or ends.
    changes: Vec<Instant>,
    today: Vec<RouteDay>,
    /// Orders by each route, as they vanish and come back.
    orders: Vec<Comeback>,
    known: Vec<bool>,
    /// Days that shippers believe they wait, by route and direction.
    wait: Vec<[f64; 2]>,
    /// Tonnes asked for on the last day, by direction.
    asked: [f64; 2],
    /// Goods that regimes keep from passing today, by route then good; empty where no regime does.
    banned: Vec<bool>,
    /// Tonnes waiting, by route then good.
    queue: Vec<f64>,
    /// The same together, by route and direction.
    waiting: Vec<[f64; 2]>,
    /// How well a route suits a good, by good then route; 0 where it cannot be taken.
    weight: Vec<f64>,
    /// How far orders by a route go today, by direction then route: its level times what it takes of all asked for.
    reach: [Vec<f64>; 2],
    storages: Vec<Storage>,
    /// Tonnes wanted of each storage today, and free in it.
    wanted: Vec<f64>,
    room: Vec<f64>,
    /// Tonnes delivered by day and good (the other way too, where nobody asks).
    due: Vec<f32>,
    /// What consignees have, by good.
    stock: Vec<Stock>,
    /// Tonnes that look for another way today, by good.
    looking: Vec<f64>,
    out: DayOutcome,
    /// By good.
    accounts: Vec<Account>,
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
}

/// What became of the orders of a good, tonnes.
#[derive(Clone, Copy, Default)]
struct Account {
    ordered: f64,
    crossed: f64,
    given_up: f64,
}

impl<'m, 'a> World<'m, 'a> {
    pub fn new(m: &'m DayModel<'a>, d: &'m Drawn, h: &'m Habits, regimes: &'m Regimes<'a>) -> Self {
        let (routes, goods, days) = (d.routes.len(), d.goods.len(), m.calendar.days.len());
        let months = m.calendar.months.len();
        let level = |g: &DrawnGood| if g.direction == 0 { h.demand_level } else { 1.0 };
        let mut asked = [0.0; 2];
        for g in &d.goods {
            asked[g.direction] += g.tonnes_per_month / 30.0 * level(g);
        }
        let storage = |r: usize| {
            let used = m.storages[r] == r;
            let hold = d.routes[r].hold.as_ref();
            Storage {
                kept: 0.0,
                change: vec![0.0; if used { days + 1 } else { 0 }],
                rate: 0.0,
                over: 0.0,
                release_per_day: hold.map_or(f64::INFINITY, |h| h.release_t_per_day),
            }
        };
        Self {
            m,
            d,
            h,
            regimes,
            changes: regimes.changes(),
            today: vec![RouteDay::default(); routes],
            orders: vec![Comeback::default(); routes],
            known: vec![false; routes],
            wait: vec![[0.0; 2]; routes],
            asked,
            banned: if regimes.ban() { vec![false; goods * routes] } else { Vec::new() },
            queue: vec![0.0; goods * routes],
            waiting: vec![[0.0; 2]; routes],
            weight: vec![0.0; goods * routes],
            reach: [vec![0.0; routes], vec![0.0; routes]],
            storages: (0..routes).map(storage).collect(),
            wanted: vec![0.0; routes],
            room: vec![0.0; routes],
            due: vec![0.0; (days + 1) * goods],
            stock: d.goods.iter().map(|g| Stock::of(h.stock_days, g.tonnes_per_month / 30.0 * level(g))).collect(),
            looking: vec![0.0; goods],
            out: DayOutcome {
                months: vec![TradeMonth::default(); months],
                by_route_usd: vec![vec![0.0; routes]; months],
                waiting_t: vec![0.0; months],
                unaccounted_t: 0.0,
                unaccounted_usd: 0.0,
            },
            accounts: vec![Account::default(); goods],
        }
    }

    pub fn run(mut self) -> DayOutcome {
        for day in 0..self.m.calendar.days.len() {
            let changed = day == 0 || self.changes.binary_search(&self.m.calendar.days[day].start).is_ok();
            self.open(day, changed);
            if changed || day.is_multiple_of(CHOICE_EVERY) {
                self.choose();
            }
            self.ban(day);
            self.wait_and_give_up(day);
            self.order(day);
            self.dispatch(day);
            self.deliver(day);
            let month = self.month(day);
            if let Some(w) = self.out.waiting_t.get_mut(month) {
                *w = self.waiting.iter().flatten().sum();
            }
        }
        let goods = self.accounts.len();
        for (g, a) in self.accounts.iter().enumerate() {
            let waiting: f64 = self.queue.iter().skip(g).step_by(goods).sum();
            let out = a.ordered - a.crossed - a.given_up - waiting;
            self.out.unaccounted_t += out.abs();
            self.out.unaccounted_usd += out.abs() * self.d.usd_per_t[g];
        }
        self.out
    }

    fn month(&self, day: usize) -> usize {
        usize::from(self.m.calendar.days[day].month)
    }

    fn route(&self, r: usize, day: usize) -> RouteDay {
        let (id, today) = (RouteId::new(r), &self.m.calendar.days[day]);
        if !self.regimes.runs(id, today.start) {
            return RouteDay::default();
        }
        RouteDay {
            runs: true,
            quarantine: self.regimes.of(id, today.start).any(|r| r.quarantine),
            capacity_t: self.regimes.capacity_t(id, today),
            capacity_a_day_t: self.regimes.capacity_a_day_t(id, today.start),
            hold_days: self.regimes.hold_days(id, today.start),
            stored: self.regimes.stored(id, today.start) || self.regimes.hold_in_use(id, today.start),
        }
    }

    /// Opens and shuts routes; orders by them stop at once where quarantine begins, and climb while a route runs.
    fn open(&mut self, day: usize, changed: bool) {
        for r in 0..self.today.len() {
            if changed || self.regimes.varies(RouteId::new(r)) {
                let before = self.today[r];
                self.today[r] = self.route(r, day);
                let begins = before.runs && self.today[r].quarantine && !before.quarantine;
                if let Some(standstill) = self.h.standstill_days.filter(|_| begins) {
                    self.orders[r].quarantine_begins(standstill);
                }
            }
            let t = self.today[r];
            self.known[r] |= t.runs;
            self.orders[r].day(t.runs, self.d.routes[r].climb_days);
            for dir in 0..2 {
                let takes = OVERBOOKED * t.capacity_a_day_t / self.asked[dir].max(1e-9);
                self.reach[dir][r] = self.orders[r].level() * takes.min(1.0);
            }
        }
        if changed {
            let goods = self.d.goods.len();
            for (i, banned) in self.banned.iter_mut().enumerate() {
                let good = &self.m.c.goods.as_slice()[self.d.goods[i % goods].good];
                *banned = self.regimes.refuses(RouteId::new(i / goods), self.m.calendar.days[day].start, good);
            }
        }
        // What a hold lets go leaves room; a hold sends on at most so much a day.
        for s in self.storages.iter_mut().filter(|s| !s.change.is_empty()) {
            s.rate += s.change[day];
            s.over += s.rate.max(0.0);
            let gone = s.over.min(s.release_per_day);
            s.over -= gone;
            s.kept = (s.kept - gone).max(0.0);
        }
    }

    /// Weights of routes by good: a logit of cost, time under way, hold and believed wait.
    fn choose(&mut self) {
        let (d, routes, goods) = (self.d, self.today.len(), self.d.goods.len());
        for (g, (good, weight)) in d.goods.iter().zip(self.weight.chunks_exact_mut(routes)).enumerate() {
            let mut least = f64::INFINITY;
            for (r, route) in d.routes.iter().enumerate() {
                let t = self.today[r];
                weight[r] = f64::INFINITY;
                let banned = self.banned.get(r * goods + g).is_some_and(|b| *b);
                if route.directions[good.direction] && t.runs && t.capacity_a_day_t > 0.0 && !banned {
                    let hold = if good.direction == 0 { t.hold_days } else { 0.0 };
                    let days = route.transit_days + hold + self.wait[r][good.direction];
                    weight[r] = route.usd_per_t + days * good.day_usd_per_t;
                    least = least.min(weight[r]);
                }
            }
            for w in weight.iter_mut() {
                *w = if w.is_finite() { libm::exp(-d.theta * (*w - least)) } else { 0.0 };
            }
        }
    }

    /// Waits are learnt with a lag; who is late gives up or looks for another way.
    fn wait_and_give_up(&mut self, day: usize) {
        let (d, month, goods) = (self.d, self.month(day), self.d.goods.len());
        let mut any = false;
        for r in 0..self.today.len() {
            let t = self.today[r];
            for dir in 0..2 {
                let total = self.waiting[r][dir];
                let takes = t.capacity_a_day_t;
                let days = if takes > 0.0 { total / takes } else { self.wait[r][dir] };
                self.wait[r][dir] += (days.min(365.0) - self.wait[r][dir]) / d.reaction_days;
                let late = !t.runs || days > LATE_DAYS;
                if total <= 1e-6 || (!late && self.banned.is_empty()) {
                    continue;
                }
                any = true;
                for g in d.of(dir) {
                    if !late && !self.bans(r, g) {
                        continue;
                    }
                    let good = &d.goods[g];
                    let elsewhere = self.ways(g, dir) > 0.0;
                    let q = &mut self.queue[r * goods + g];
                    let gone = *q / good.patience_days;
                    let looks = if elsewhere { (*q - gone) / d.reaction_days } else { 0.0 };
                    *q -= gone + looks;
                    self.looking[g] += looks;
                    self.waiting[r][dir] -= gone + looks;
                    self.accounts[g].given_up += gone;
                    self.out.months[month].given_up_t[dir] += gone;
                }
            }
        }
        if any {
            for g in 0..goods {
                let tonnes = std::mem::take(&mut self.looking[g]);
                self.spread(g, tonnes);
            }
        }
    }

    /// Whether regimes keep a good from passing by a route today.
    fn bans(&self, r: usize, g: usize) -> bool {
        self.banned.get(r * self.d.goods.len() + g).is_some_and(|b| *b)
    }

    /// How far orders of a good go by all routes that let it pass, 1 at most.
    fn open_to(&self, g: usize, dir: usize) -> f64 {
        let may = self.reach[dir].iter().enumerate().filter(|(r, _)| !self.bans(*r, g));
        may.map(|(_, x)| x).sum::<f64>().min(1.0)
    }

    /// Weights of all ways of a good together; 0 where there is none.
    fn ways(&self, g: usize, dir: usize) -> f64 {
        let routes = self.today.len();
        let ways = &self.weight[g * routes..(g + 1) * routes];
        ways.iter().zip(&self.reach[dir]).map(|(w, x)| w * x).sum()
    }

    /// Sends orders to routes by how well they suit and how far they reach; whether any could be taken.
    fn spread(&mut self, g: usize, tonnes: f64) -> bool {
        let (routes, goods, dir) = (self.today.len(), self.d.goods.len(), self.d.goods[g].direction);
        let sum = self.ways(g, dir);
        if sum <= 0.0 {
            return false;
        }
        for r in 0..routes {
            let part = tonnes * self.weight[g * routes + r] * self.reach[dir][r] / sum;
            self.queue[r * goods + g] += part;
            self.waiting[r][dir] += part;
        }
        true
    }

    /// Goods that a rule refuses from today on no longer wait: a ban ends orders, where a shut border delays them.
    fn ban(&mut self, day: usize) {
        let (d, month, goods) = (self.d, self.month(day), self.d.goods.len());
        for (g, good) in d.goods.iter().enumerate().filter(|(_, x)| x.refused == day) {
            for r in 0..self.today.len() {
                let gone = std::mem::take(&mut self.queue[r * goods + g]);
                self.waiting[r][good.direction] -= gone;
                self.accounts[g].given_up += gone;
                self.out.months[month].given_up_t[good.direction] += gone;
            }
        }
    }

    /// What is asked for on a day, placed as far as orders have come back, the rest given up.
    fn order(&mut self, day: usize) {
        let (d, m) = (self.d, self.m);
        let today = m.calendar.days[day];
        let month = usize::from(today.month);
        let rise = year_end_factor(self.h.year_end_rise, today.date, today.days_in_month);
        let rest = new_year_factor(self.h.new_year_days, m.to_new_year[day]);
        let mut limit = [1.0; 2];
        for (f, factor) in m.factors.iter().zip(&d.factors) {
            if (f.days.0..f.days.1).contains(&day) {
                limit[f.direction] *= factor;
            }
        }
        let open = [0, 1].map(|dir| self.reach[dir].iter().sum::<f64>().min(1.0));
        let mut all = [0.0; 2];
        for (g, good) in d.goods.iter().enumerate() {
            let dir = good.direction;
            let level = if dir == 0 { self.h.demand_level } else { 1.0 };
            let season = good.season[(today.date.1 - 1) as usize];
            let asked = good.tonnes_per_month / f64::from(today.days_in_month) * level * season * limit[dir];
            let tonnes = (self.stock[g].order(asked, self.h.stock_days) * rise * rest).max(0.0);
            self.accounts[g].ordered += tonnes;
            self.out.months[month].ordered_t[dir] += tonnes;
            all[dir] += tonnes;
            let open = if self.banned.is_empty() { open[dir] } else { self.open_to(g, dir) };
            let placed = if self.spread(g, tonnes * open) { tonnes * open } else { self.shut(g, tonnes, month) };
            self.accounts[g].given_up += tonnes - placed;
            self.out.months[month].given_up_t[dir] += tonnes - placed;
        }
        self.asked = all;
        for (g, dir) in &d.wires {
            let season = g.season[(today.date.1 - 1) as usize];
            let asked = g.tonnes_per_month / f64::from(today.days_in_month) * season * limit[*dir];
            self.out.months[month].wire_usd[*dir] += asked * g.usd_per_t;
        }
    }

    /// With every route shut, a trickle crosses by exception, and some orders wait for a route that is known.
    fn shut(&mut self, g: usize, tonnes: f64, month: usize) -> f64 {
        let (good, goods) = (&self.d.goods[g], self.d.goods.len());
        let trickle = tonnes * self.h.trickle_share;
        let m = &mut self.out.months[month];
        m.usd[good.direction] += trickle * good.usd_per_t;
        m.tonnes[good.direction] += trickle;
        self.accounts[g].crossed += trickle;
        let takes = |r: &usize| self.known[*r] && self.d.routes[*r].directions[good.direction] && !self.bans(*r, g);
        let ways: Vec<usize> = (0..self.today.len()).filter(takes).collect();
        let waits = good.postponed * (tonnes - trickle) / ways.len().max(1) as f64;
        let mut placed = trickle;
        for r in ways {
            let part = waits * self.orders[r].level();
            self.queue[r * goods + g] += part;
            self.waiting[r][good.direction] += part;
            placed += part;
        }
        placed
    }

    /// Sends what the capacity of each route takes and the storage beyond can keep.
    fn dispatch(&mut self, day: usize) {
        let (d, goods, days) = (self.d, self.d.goods.len(), self.m.calendar.days.len());
        // What is wanted of each storage today: routes that share it get their part of the room.
        self.wanted.iter_mut().for_each(|w| *w = 0.0);
        for r in 0..self.today.len() {
            let t = self.today[r];
            if t.runs && t.stored {
                self.wanted[self.m.storages[r]] += self.waiting[r][0].min(t.capacity_t);
            }
        }
        for s in 0..self.today.len() {
            self.room[s] = (self.storage_t(s) - self.storages[s].kept).max(0.0);
        }
        for r in 0..self.today.len() {
            let t = self.today[r];
            if !t.runs {
                continue;
            }
            for dir in 0..2 {
                let waiting = self.waiting[r][dir];
                let held: f64 = d.of(dir).filter(|g| self.bans(r, *g)).map(|g| self.queue[r * goods + g]).sum();
                let may = (waiting - held).max(0.0);
                let mut most = may.min(t.capacity_t);
                if dir == 0 && t.stored {
                    let store = self.m.storages[r];
                    most *= (self.room[store] / self.wanted[store].max(1e-9)).min(1.0);
                }
                if most <= 1e-9 {
                    continue;
                }
                let share = (most / may).min(1.0);
                let transit = d.routes[r].transit_days.round() as usize;
                let hold = if dir == 0 { t.hold_days } else { 0.0 };
                let arrives = (day + transit + hold.round() as usize).min(days);
                // Customs book exports when they leave, imports when they come.
                let booked = if dir == 0 { day } else { arrives };
                let (mut sent, mut usd) = (0.0, 0.0);
                for g in d.of(dir).filter(|g| !self.banned.get(r * goods + g).is_some_and(|b| *b)) {
                    let q = &mut self.queue[r * goods + g];
                    let tonnes = *q * share;
                    *q -= tonnes;
                    sent += tonnes;
                    usd += tonnes * d.usd_per_t[g];
                    self.due[arrives * goods + g] += tonnes as f32;
                    self.accounts[g].crossed += tonnes;
                }
                if booked < days {
                    let month = self.month(booked);
                    let m = &mut self.out.months[month];
                    m.usd[dir] += usd;
                    m.tonnes[dir] += sent;
                    if dir == 0 {
                        self.out.by_route_usd[month][r] += usd;
                    }
                }
                self.waiting[r][dir] = (waiting - sent).max(0.0);
                if dir == 0 && t.stored {
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
        }
    }

    /// Tonnes that the place where a route ends can keep.
    fn storage_t(&self, r: usize) -> f64 {
        let route = &self.d.routes[r];
        route.hold.as_ref().map_or(route.storage_t, |h| h.capacity_t)
    }

    fn deliver(&mut self, day: usize) {
        let goods = self.d.goods.len();
        for (stock, due) in self.stock.iter_mut().zip(&self.due[day * goods..(day + 1) * goods]) {
            stock.add(f64::from(*due));
        }
    }
}
