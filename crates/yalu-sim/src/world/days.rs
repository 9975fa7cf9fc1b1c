//! The border day: gates and offers for it, cuts for its trains and tomorrow's, what it leaves waiting.

use super::World;
use crate::gates::{Gate, Turn};
use crate::kernel::Event;
use crate::lots::LotsOfDay;
use crate::world::Reopening;
use yalu_model::{Allotment, RouteId, ServiceKind};
use yalu_plan::Day;
use yalu_trace::{DayRow, Standing, Turns};
use yalu_trade::shippers::{Offer, Today};
use yalu_units::{Idx, Instant, Mass, Span, address};

/// Hours after local midnight at which routes other than rail send the day's vehicles (assumed).
const DISPATCH: Span = Span::hours(12);

impl World<'_> {
    /// A border day begins (or, at the end of the horizon, the last one ends).
    pub(super) fn midnight(&mut self, day: usize, now: Instant) {
        if day > 0 {
            self.close_day(now);
        }
        let Some(today) = self.plan.days.get(day).copied() else {
            self.books.close_month();
            self.gates.day_end = Instant::FAR;
            self.out.waiting_to_enter = self.movement.close_yards();
            return;
        };
        if usize::from(today.month) != self.books.month {
            self.books.close_month();
            self.books.month = usize::from(today.month);
        }
        self.set_gates(day, today.start, today.end);
        self.border.restrict(|crossing, word| self.regimes.restricted(crossing, now, word));
        self.movement.gates_changed(&mut self.agenda, now);
        for r in self.c.trade.routes.ids() {
            self.offers[r] = self.offer(r.index(), day);
        }
        let changed = day == 0 || self.changes.binary_search(&today.start).is_ok();
        self.note_reopenings(now);
        self.set_bans(today.start);
        self.order_and_wait(day, &today, changed);
        self.release_held(now);
        self.form_cuts(day, now);
        for (s, service) in self.c.trains.services.enumerated() {
            let slots = &self.plan.departures[s.index()][day];
            let quota = match service.kind {
                ServiceKind::Freight if service.every.is_some() => slots.len(),
                ServiceKind::Freight => self.quota(s.index(), day) as usize,
                ServiceKind::Passenger => {
                    if service.crossing.is_none_or(|x| self.regimes.running(x, now)) {
                        slots.len()
                    } else {
                        0
                    }
                }
            };
            // Trains of a convoy go one after another from the first departure on.
            let convoy = service.crossing.and_then(|x| self.regimes.at(x, now)).is_some_and(|r| r.convoy);
            for &at in slots.iter().take(quota) {
                let at = if convoy { slots[0] } else { at };
                self.agenda.at(at.max(now), Event::Slot { service: s.index() as u16 });
            }
        }
        self.plan_traffic(day, today.start, today.end);
        self.agenda.at(today.start + DISPATCH, Event::Dispatch(day as u32));
        self.agenda.at(today.end, Event::Midnight(day as u32 + 1));
    }

    /// Shippers decide what is ordered and what becomes of what waits.
    fn order_and_wait(&mut self, number: usize, day: &Day, regimes_changed: bool) {
        self.lots.arrive(day.start, &mut self.books);
        let today =
            Today { day: *day, number, to_new_year: self.to_new_year[number], regimes_changed, offers: &self.offers };
        let (lots, books) = (&mut self.lots, &mut self.books);
        self.shippers.day(&today, &mut LotsOfDay { lots, books, now: day.start, number: number as u32 });
    }

    fn set_gates(&mut self, day: usize, start: Instant, end: Instant) {
        self.gates.day_end = end;
        for (s, service) in self.c.trains.services.enumerated() {
            let Some(crossing) = service.crossing else {
                continue;
            };
            let regime = self.regimes.at(crossing, start).filter(|r| r.running);
            let limits = regime.filter(|_| service.kind == ServiceKind::Freight);
            self.gates.services[s.index()] = Gate {
                runs: regime.is_some(),
                left: limits.filter(|r| r.counts_trains(start)).map_or(u32::MAX, |_| self.quota(s.index(), day)),
                most_wagons: limits.and_then(|r| r.wagons_per_train).unwrap_or(u32::MAX),
                wagons_left: limits.and_then(|r| r.wagons_of_the_day(start)).unwrap_or(u32::MAX),
                only: None,
            };
        }
        self.set_turns(day, false, start, end);
    }

    /// Which way trains may cross until the middle or the end of a day.
    fn set_turns(&mut self, day: usize, after_noon: bool, start: Instant, end: Instant) {
        let middle = Instant(start.0 + (end - start).0 / 2);
        for (s, service) in self.c.trains.services.enumerated() {
            let Some(crossing) = service.crossing else { continue };
            let turns = self.regimes.at(crossing, start).map_or(Turns::Both, |r| r.turns);
            if turns == Turns::Both {
                continue;
            }
            let own = usize::from(self.c.line.points[service.from].country != self.c.about.countries[0]);
            let until = if after_noon || turns == Turns::Days { end } else { middle };
            self.gates.services[s.index()].only = Some(Turn { forward: turns.allow(day, after_noon, own), until });
            if turns == Turns::HalfDays && !after_noon && self.turning != day {
                self.turning = day;
                self.agenda.at(middle, Event::Turn(day as u32));
            }
        }
    }

    /// The other way may cross from the middle of a day on.
    pub(super) fn turns_change(&mut self, day: usize, now: Instant) {
        if let Some(d) = self.plan.days.get(day).copied() {
            self.set_turns(day, true, d.start, d.end);
            self.movement.gates_changed(&mut self.agenda, now);
        }
    }

    fn close_day(&mut self, now: Instant) {
        let mut all = 0.0;
        // Tracks of each yard that trains which wait may stand on.
        let mut room = self.border.free_tracks();
        let told = now > self.plan.report_from;
        for r in 0..self.chains.len() {
            self.settle(r);
            let standing = self.standing(r, &mut room);
            if told && self.chains[r].is_some() {
                self.out.standing[r].push(standing);
            }
            let [trains, loaded, empty] = std::mem::take(&mut self.today[r]);
            let [forward, back] = self.books.waiting[r];
            all += (forward + back).as_tonnes();
            if self.recorded.books() {
                self.trace.days.push(DayRow {
                    end: now,
                    route: r as u16,
                    waiting_forward: forward,
                    waiting_back: back,
                    approaching: self.books.approaching[r],
                    under_way: self.books.under_way[r],
                    held: self.books.held[r],
                    standing,
                    wagons_stock: self.chains[r].as_ref().map_or(0, |c| c.stock),
                    wagons_far: self.chains[r].as_ref().map_or(0, |c| c.away),
                    crossed_loaded: loaded,
                    crossed_empty: empty,
                    trains,
                });
            }
        }
        if told {
            self.out.waiting_t.push(all as f32);
            self.out.approaching_t.push(self.books.approaching.iter().copied().sum::<Mass>().as_tonnes() as f32);
            self.out.postponed_t.push(self.books.postponed.as_tonnes() as f32);
        }
    }

    /// Loaded trains of a rail route that wait to cross: each cut formed is one, the rest by the load of a train. They
    /// stand in the yard they leave from as far as it has tracks, else at stations before it.
    fn standing(&self, r: usize, room: &mut [u32]) -> Standing {
        let Some(chain) = &self.chains[r] else {
            return Standing::default();
        };
        let (cuts, in_yard, mass) = chain.waiting_cuts(&self.ways);
        let rest = self.books.waiting[r][chain.direction] - mass;
        let outside = (cuts - in_yard) as f32 + (rest.as_tonnes() / chain.train_load_t()) as f32;
        let more = outside.min(chain.near.map_or(0.0, |n| room[n] as f32));
        if let Some(n) = chain.near {
            room[n] = room[n].saturating_sub(more.ceil() as u32);
        }
        Standing { in_yard: in_yard as f32 + more, held_back: outside - more }
    }

    /// Whether all crossings of a route run.
    pub fn route_runs(&self, r: usize, t: Instant) -> bool {
        self.regimes.runs(RouteId::new(r), t)
    }

    fn offer(&self, r: usize, day: usize) -> Offer {
        let route = &self.c.trade.routes.as_slice()[r];
        let today = self.plan.days[day].start;
        let runs = self.route_runs(r, today);
        // What is ordered today is at the border after its approach; what shippers then believe of it counts.
        let there = day + self.shippers.terms().routes[RouteId::new(r)].approach_days.ceil() as usize;
        let believed = |d: usize| {
            let then = self.plan.days.get(d).map(|x| x.start);
            then.is_some_and(|t| {
                route.crossings.iter().all(|&x| self.regimes.believed(x, today, t, self.policy.foresight_days))
            })
        };
        let first = (there..=there + self.known_ahead_days).find(|&d| if d == day { runs } else { believed(d) });
        let Some(first) = first.or(runs.then_some(day)) else {
            return Offer { allotment: self.regimes.allotment(RouteId::new(r), today), ..Offer::default() };
        };
        let open = first >= there;
        // Regimes not known yet are not counted on: a day that runs now stands for one of them.
        let counted = if self.route_runs(r, self.plan.days[first].start) { first } else { day };
        let at = self.plan.days[counted].start;
        let id = RouteId::new(r);
        let allotment = self.regimes.allotment(id, at);
        // Leave is given for an average day, ahead of it; who stands in line sees the trains of the day.
        let capacity_t = if allotment.is_some_and(Allotment::is_set_before) {
            self.regimes.capacity_a_day_t(id, at)
        } else {
            self.capacity_t(r, counted)
        };
        Offer {
            runs: runs && (capacity_t > 0.0 || self.chains[r].is_some()),
            open: open && (capacity_t > 0.0 || self.chains[r].is_some()),
            opens_in: first.saturating_sub(there) as f64,
            capacity_t,
            hold_days: self.regimes.hold_days(id, at),
            stored: self.regimes.stored(id, at),
            quarantine: self.regimes.of(id, at).any(|g| g.quarantine),
            allotment,
        }
    }

    /// Tonnes each way that a route takes on a day, in whole trains or in vehicles.
    pub fn capacity_t(&self, r: usize, day: usize) -> f64 {
        let (id, today) = (RouteId::new(r), &self.plan.days[day]);
        match &self.chains[r] {
            Some(chain) if self.regimes.runs(id, today.start) => {
                let slots = self.plan.departures[chain.service].get(day).map_or(0, Vec::len);
                let trains = self.quota(chain.service, day).min(slots as u32);
                self.regimes.train_load_t(id, today.start, trains)
            }
            _ => self.regimes.capacity_t(id, today),
        }
    }

    /// Goods that regimes do not let pass by each route on the day that begins.
    fn set_bans(&mut self, now: Instant) {
        if !self.regimes.ban() {
            return;
        }
        for r in self.c.trade.routes.ids() {
            for (g, good) in self.c.trade.goods.enumerated() {
                self.shippers.bans.set(r, g, self.regimes.refuses(r, now, good));
            }
        }
    }

    fn note_reopenings(&mut self, now: Instant) {
        for (r, o) in self.offers.iter().enumerate() {
            let waiting = self.books.waiting[r][0] + self.books.waiting[r][1];
            if o.runs && !self.was_running[r] && now > self.c.horizon.from && now >= self.plan.report_from {
                self.open_reopening[r] = Some(self.out.reopenings.len());
                self.out.reopenings.push(Reopening { route: r as u32, from: now, peak: waiting, days_to_clear: None });
            }
            self.was_running[r] = o.runs;
            let Some(i) = self.open_reopening[r] else {
                continue;
            };
            let e = &mut self.out.reopenings[i];
            // Where who ships is set before goods move, some days of it always stand ready.
            let allotted = o.allotment.is_some_and(Allotment::is_set_before);
            let stands = if allotted { 1.0 + self.policy.allotted_ahead_days } else { 1.0 };
            e.peak = e.peak.max(waiting);
            if !o.runs {
                self.open_reopening[r] = None;
            } else if waiting.as_tonnes() <= o.capacity_t * stands && now > e.from {
                e.days_to_clear = Some(((now - e.from).as_days().round()) as u32);
                self.open_reopening[r] = None;
            }
        }
    }

    /// Other traffic of a day: the number drawn by the day, spread over it with a draw for each train.
    fn plan_traffic(&mut self, day: usize, start: Instant, end: Instant) {
        for (row, t) in self.c.line.traffic.iter().enumerate().filter(|(row, _)| !self.apart[*row]) {
            let mut stream = self.draw.key().stream(address(&["traffic", &t.id]), (day as u64) << 8);
            for forward in [true, false] {
                let n = (t.trains_per_day.dist.at(stream.unit()) + stream.unit()).floor().clamp(0.0, 100.0);
                for i in 0..n as u32 {
                    let share = (f64::from(i) + stream.unit()) / n;
                    let at = Instant(start.0 + (share * (end - start).0 as f64) as i64);
                    self.agenda.at(at, Event::Traffic { row: row as u16, forward });
                }
            }
        }
    }
}
