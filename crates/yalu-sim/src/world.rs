//! The world of one replication: all rooms and the loop that hands out events.

use crate::books::{Books, MonthOutcome};
use crate::border::{Border, line_for};
use crate::gates::{Gate, Gates};
use crate::kernel::{Agenda, Event};
use crate::movement::{Job, Movement};
use crate::rail::{Chain, Way};
use crate::regimes::Regimes;
use crate::roads::Road;
use crate::shippers::{KNOWN_AHEAD_DAYS, Offer, Shippers};
use yalu_model::{Corridor, Direction, ServiceKind, TrafficKind};
use yalu_plan::{Draw, LineKind, Plan};
use yalu_trace::{DayRow, OpenLineStop, Trace, TrainKind, TrainRun};
use yalu_units::{Idx, Instant, Mass, Span, address};

/// Time after the horizon in which trains still under way end their runs.
const DRAIN: Span = Span::days(60);
/// Hours after local midnight at which routes other than rail send the day's vehicles (assumed).
const DISPATCH: Span = Span::hours(12);

/// A reopening of a route and how its backlog went down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// Index of the route.
    pub route: u32,
    /// First day it ran again.
    pub from: Instant,
    /// Most tonnes that waited for it since, while not cleared.
    pub peak: Mass,
    /// Days until no more waited than a day's capacity takes; none if it shut or the horizon ended before.
    pub days_to_clear: Option<u32>,
}

/// What one replication comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Months of the horizon.
    pub months: Vec<MonthOutcome>,
    /// Reopenings in order.
    pub reopenings: Vec<Reopening>,
    /// Tonnes waiting over all routes at the end of each day of the reported period.
    pub waiting_t: Vec<f32>,
    /// Trains that could never move again.
    pub deadlocks: u64,
    /// Trains still in their yards at the end, waiting for a way onto the line.
    pub waiting_to_enter: u64,
    /// Moves refused because they could have led to a deadlock.
    pub refused_for_safety: u64,
    /// Of these, moves refused because the exact search ended before it knew.
    pub refused_beyond_window: u64,
    /// Trains asked for, by service and then by row of other traffic: as written, and back.
    pub asked: Vec<[u32; 2]>,
    /// Events handled.
    pub events: u64,
}

/// Everything of one replication.
pub(crate) struct World<'a> {
    pub c: &'a Corridor,
    pub plan: &'a Plan,
    pub draw: Draw,
    pub recorded: bool,
    pub agenda: Agenda,
    pub movement: Movement<'a>,
    pub gates: Gates,
    pub regimes: Regimes<'a>,
    pub border: Border<'a>,
    pub shippers: Shippers,
    pub books: Books,
    pub chains: Vec<Option<Chain>>,
    pub roads: Vec<Option<Road>>,
    pub batches: Vec<crate::roads::Batch>,
    pub ways: Vec<Way>,
    pub trains_per_day: Vec<f64>,
    pub turn_after: Vec<Span>,
    pub trace: Trace,
    out: Outcome,
    pub offers: Vec<Offer>,
    /// Trains with loads of their own so far, by service.
    loads: Vec<u32>,
    /// Per route today: trains, loaded and empty wagons that crossed.
    today: Vec<[u32; 3]>,
    open_reopening: Vec<Option<usize>>,
    was_running: Vec<bool>,
}

impl<'a> World<'a> {
    pub fn new(c: &'a Corridor, plan: &'a Plan, draw: Draw, recorded: bool, lookahead: bool) -> Self {
        let routes = c.routes.len();
        let forward = c.goods.iter().map(|g| g.direction == Direction::Forward).collect();
        let regimes = Regimes::new(c, plan, draw);
        let chains: Vec<Option<Chain>> =
            c.routes.iter().map(|r| r.rail.as_ref().map(|x| Chain::new(c, plan, x, draw))).collect();
        let trace = Trace {
            from: c.from,
            to: c.to,
            midnights: plan.days.iter().map(|d| d.start).chain([c.to]).collect(),
            fleet: chains.iter().enumerate().filter_map(|(r, x)| Some((r as u16, x.as_ref()?.stock))).collect(),
            regimes: if recorded { regimes.told() } else { Vec::new() },
            ..Trace::default()
        };
        Self {
            c,
            plan,
            draw,
            recorded,
            agenda: Agenda::default(),
            movement: Movement::new(c, plan, draw, lookahead),
            gates: Gates { services: vec![Gate::FREE; c.services.len()], day_end: c.from },
            regimes,
            border: Border::new(c, plan, draw),
            shippers: Shippers::new(c, draw),
            books: Books::new(forward, routes, plan.months.len(), recorded),
            chains,
            roads: c.routes.iter().map(|r| Road::new(r, draw)).collect(),
            batches: Vec::new(),
            ways: Vec::new(),
            trains_per_day: c.services.iter().map(|s| draw.value(&s.trains_per_day)).collect(),
            turn_after: c
                .services
                .iter()
                .map(|s| s.turn.as_ref().map_or(Span(0), |t| Span::from_seconds(draw.value(&t.after_min) * 60.0)))
                .collect(),
            trace,
            out: Outcome::default(),
            offers: vec![Offer::default(); routes],
            loads: vec![0; c.services.len()],
            today: vec![[0; 3]; routes],
            open_reopening: vec![None; routes],
            was_running: vec![false; routes],
        }
    }

    pub fn run(mut self) -> (Outcome, Option<Trace>) {
        self.agenda.at(self.c.from, Event::Midnight(0));
        let end = self.c.to + DRAIN;
        while let Some((now, event)) = self.agenda.next() {
            if now >= end {
                break;
            }
            // After the horizon only trains under way move, so that a train that never can is seen.
            let on_the_line =
                matches!(event, Event::Finish(_) | Event::Decide(_) | Event::Try { .. } | Event::Midnight(_));
            if now < self.c.to || on_the_line {
                self.handle(event, now);
            }
        }
        self.books.months.pop();
        self.out.months = std::mem::take(&mut self.books.months);
        self.out.deadlocks = self.movement.stuck();
        self.out.refused_for_safety = self.movement.refused_for_safety;
        self.out.asked = self.movement.asked().to_vec();
        self.out.refused_beyond_window = self.movement.refused_beyond_window;
        self.out.events = self.agenda.handled;
        let trace = self.recorded.then(|| Trace {
            goods: std::mem::take(&mut self.books.moves),
            refused_for_safety: self.out.refused_for_safety,
            deadlocks: self.out.deadlocks,
            events: self.out.events,
            ..std::mem::take(&mut self.trace)
        });
        (self.out, trace)
    }

    fn handle(&mut self, event: Event, now: Instant) {
        match event {
            Event::Midnight(day) => self.midnight(day as usize, now),
            Event::Decide(train) => {
                if let Some(at) = self.movement.decide(&mut self.agenda, &mut self.gates, now, train) {
                    self.crosses(train, at);
                }
            }
            Event::Try { train, count } => {
                if let Some(at) = self.movement.try_to_go(&mut self.agenda, &mut self.gates, now, train, count) {
                    self.crosses(train, at);
                }
            }
            Event::Finish(train) => self.finish(train, now),
            Event::Traffic { row, forward } => self.traffic(row, forward, now),
            Event::Slot { service, .. } => self.slot(usize::from(service), now),
            Event::TurnBack { service } => self.turn(usize::from(service), now),
            Event::CutStep(cut) => self.cut_step(cut, now),
            Event::Empties { route, far, wagons } => {
                if let Some(c) = &mut self.chains[usize::from(route)] {
                    c.empties[usize::from(far)] += u32::from(wagons);
                }
            }
            Event::Dispatch(day) => self.dispatch(day as usize, now),
            Event::BatchArrives(b) => self.batch_arrives(b, now),
        }
    }

    /// A border day begins (or, at the end of the horizon, the last one ends).
    fn midnight(&mut self, day: usize, now: Instant) {
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
        self.movement.gates_changed(&mut self.agenda, now);
        for r in 0..self.offers.len() {
            self.offers[r] = self.offer(r, day);
        }
        self.note_reopenings(now);
        self.shippers.day(&today, day as u32, &self.offers, &mut self.books);
        self.release_held(now);
        self.form_cuts(day, now);
        for (s, service) in self.c.services.enumerated() {
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
            for &at in slots.iter().take(quota) {
                self.agenda.at(at.max(now), Event::Slot { service: s.index() as u16 });
            }
        }
        self.plan_traffic(day, today.start, today.end);
        self.agenda.at(today.start + DISPATCH, Event::Dispatch(day as u32));
        self.agenda.at(today.end, Event::Midnight(day as u32 + 1));
    }

    fn set_gates(&mut self, day: usize, start: Instant, end: Instant) {
        self.gates.day_end = end;
        for (s, service) in self.c.services.enumerated() {
            let Some(crossing) = service.crossing else {
                continue;
            };
            let regime = self.regimes.at(crossing, start).filter(|r| r.running);
            self.gates.services[s.index()] = Gate {
                runs: regime.is_some(),
                left: regime
                    .and_then(|r| r.trains_per_day)
                    .filter(|_| service.kind == ServiceKind::Freight)
                    .map_or(u32::MAX, |_| self.quota(s.index(), day)),
                most_wagons: regime
                    .and_then(|r| r.wagons_per_train)
                    .filter(|_| service.kind == ServiceKind::Freight)
                    .unwrap_or(u32::MAX),
            };
        }
    }

    fn close_day(&mut self, now: Instant) {
        let mut all = 0.0;
        for r in 0..self.chains.len() {
            let [trains, loaded, empty] = std::mem::take(&mut self.today[r]);
            let [forward, back] = self.books.waiting[r];
            all += (forward + back).as_tonnes();
            if self.recorded {
                self.trace.days.push(DayRow {
                    end: now,
                    route: r as u16,
                    waiting_forward: forward,
                    waiting_back: back,
                    under_way: self.books.under_way[r],
                    held: self.books.held[r],
                    wagons_stock: self.chains[r].as_ref().map_or(0, |c| c.stock),
                    crossed_loaded: loaded,
                    crossed_empty: empty,
                    trains,
                });
            }
        }
        if now > self.plan.report_from {
            self.out.waiting_t.push(all as f32);
        }
    }

    /// Whether all crossings of a route run.
    pub fn route_runs(&self, r: usize, t: Instant) -> bool {
        self.c.routes.as_slice()[r].crossings.iter().all(|&x| self.regimes.running(x, t))
    }

    fn offer(&self, r: usize, day: usize) -> Offer {
        let route = &self.c.routes.as_slice()[r];
        let running = |d: usize| self.plan.days.get(d).is_some_and(|x| self.route_runs(r, x.start));
        let Some(first) = (day..=day + KNOWN_AHEAD_DAYS).find(|&d| running(d)) else {
            return Offer::default();
        };
        let at = self.plan.days[first].start;
        let regimes = || route.crossings.iter().filter_map(|&x| self.regimes.at(x, at));
        let (capacity_t, own_hold) = match &self.chains[r] {
            Some(chain) => {
                let slots = self.plan.departures[chain.service].get(first).map_or(0, Vec::len);
                let trains = self.quota(chain.service, first).min(slots as u32);
                let t = f64::from(trains) * f64::from(chain.wagons_at(self.c, &self.regimes, at)) * chain.payload_t();
                (t, chain.hold_days(self.c, at))
            }
            None => (
                self.roads[r].as_ref().map_or(0.0, |x| x.tonnes_per_day)
                    * regimes().map(|g| g.capacity_share).product::<f64>(),
                None,
            ),
        };
        let hold_days = match (&self.chains[r], own_hold) {
            (Some(_), None) => 0.0,
            (_, own) => regimes()
                .filter_map(|g| g.hold_days)
                .fold(None, |a: Option<f64>, b| Some(a.map_or(b, |a| a.max(b))))
                .or(own)
                .unwrap_or(0.0),
        };
        Offer {
            runs: first == day && (capacity_t > 0.0 || self.chains[r].is_some()),
            open: capacity_t > 0.0 || self.chains[r].is_some(),
            opens_in: (first - day) as f64,
            capacity_t,
            hold_days,
        }
    }

    fn note_reopenings(&mut self, now: Instant) {
        for r in 0..self.offers.len() {
            let o = self.offers[r];
            let waiting = self.books.waiting[r][0] + self.books.waiting[r][1];
            if o.runs && !self.was_running[r] && now > self.c.from && now >= self.plan.report_from {
                self.open_reopening[r] = Some(self.out.reopenings.len());
                self.out.reopenings.push(Reopening { route: r as u32, from: now, peak: waiting, days_to_clear: None });
            }
            self.was_running[r] = o.runs;
            let Some(i) = self.open_reopening[r] else {
                continue;
            };
            let e = &mut self.out.reopenings[i];
            e.peak = e.peak.max(waiting);
            if !o.runs {
                self.open_reopening[r] = None;
            } else if waiting.as_tonnes() <= o.capacity_t && now > e.from {
                e.days_to_clear = Some(((now - e.from).as_days().round()) as u32);
                self.open_reopening[r] = None;
            }
        }
    }

    /// Other traffic of a day: the number drawn by the day, spread over it with a draw for each train.
    fn plan_traffic(&mut self, day: usize, start: Instant, end: Instant) {
        for (row, t) in self.c.traffic.iter().enumerate() {
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

    fn traffic(&mut self, row: u16, forward: bool, now: Instant) {
        let line =
            self.plan.lines.iter().position(|l| l.kind == LineKind::Traffic(u32::from(row)) && l.forward == forward);
        let Some(line) = line else { return };
        self.movement.ready(&mut self.agenda, now, line as u32, Job::Other, now, (0, 0), None);
    }

    fn slot(&mut self, service: usize, now: Instant) {
        let s = &self.c.services.as_slice()[service];
        if s.kind == ServiceKind::Passenger {
            let wagons = self.draw.value(&s.max_wagons).round() as u32;
            if let Some(line) = line_for(self.plan, service, true, true, wagons) {
                self.movement.ready(&mut self.agenda, now, line, Job::PassengerOut, now, (wagons as u16, 0), None);
            }
            return;
        }
        if yalu_plan::plain(self.c, yalu_model::ServiceId(service as u32)) {
            self.plain_slot(service, now);
            return;
        }
        for r in 0..self.chains.len() {
            let Some(c) = &self.chains[r] else { continue };
            if c.service == service {
                self.rail_slot(r, true, now);
            } else if c.onward == Some(service) {
                self.rail_slot(r, false, now);
            }
        }
    }

    /// A train of a service no route uses: full, with a load of its own where the file gives a range.
    fn plain_slot(&mut self, service: usize, now: Instant) {
        let s = &self.c.services.as_slice()[service];
        let of = |l: &yalu_plan::Line| l.forward && matches!(l.kind, LineKind::Service(x) if x.index() == service);
        let Some(line) = self.plan.lines.iter().position(of) else { return };
        let wagons = self.plan.lines[line].wagons as u16;
        let load_t = s.load_t.as_ref().filter(|q| q.low() < q.high()).map(|q| {
            self.loads[service] += 1;
            let word = u64::from(self.loads[service]) * 2;
            q.dist.at(self.draw.key().stream(address(&["load", &s.id]), word).unit())
        });
        self.movement.ready(&mut self.agenda, now, line as u32, Job::Other, now, (wagons, 0), load_t);
    }

    fn turn(&mut self, service: usize, now: Instant) {
        let s = &self.c.services.as_slice()[service];
        if s.kind == ServiceKind::Freight {
            self.turn_back(service, now);
            return;
        }
        let wagons = self.draw.value(&s.max_wagons).round() as u32;
        let Some(line) = line_for(self.plan, service, false, false, wagons) else {
            return;
        };
        // A passenger train whose way home is shut stays away.
        let home = now + self.movement.run_time(line) + Span::hours(6);
        if s.crossing.is_none_or(|x| self.regimes.running(x, home)) {
            self.movement.ready(&mut self.agenda, now, line, Job::PassengerBack, now, (0, wagons as u16), None);
        }
    }

    /// A train crosses the border.
    fn crosses(&mut self, train: u32, at: Instant) {
        let t = &self.movement.trains[train as usize];
        let (job, loaded, empty, line) = (t.job, t.loaded, t.empty, &self.plan.lines[t.line as usize]);
        let route = match job {
            Job::Over { cut } => {
                self.cut_crosses(cut, at);
                Some(self.ways[cut as usize].route)
            }
            Job::Back { cut: Some(cut) } => Some(self.ways[cut as usize].route),
            Job::Back { cut: None } | Job::Fetch => {
                let LineKind::Service(s) = self.plan.lines[t.line as usize].kind else {
                    return;
                };
                self.chains.iter().position(|c| c.as_ref().is_some_and(|c| c.service == s.index()))
            }
            _ => None,
        };
        if let Some(r) = route {
            let d = usize::from(!line.forward);
            let month = &mut self.books.months[self.books.month];
            month.trains[d] += 1;
            month.wagons_crossed[d][0] += u32::from(loaded);
            month.wagons_crossed[d][1] += u32::from(empty);
            let today = &mut self.today[r];
            today[0] += 1;
            today[1] += u32::from(loaded);
            today[2] += u32::from(empty);
        }
    }

    fn finish(&mut self, train: u32, now: Instant) {
        self.movement.finish(&mut self.agenda, now, train);
        let t = &self.movement.trains[train as usize];
        let (job, line) = (t.job, &self.plan.lines[t.line as usize]);
        let departed = t.times.first().map_or(now, |e| e.depart);
        if self.recorded {
            self.record(train);
        }
        if now >= self.c.to {
            return;
        }
        if let (LineKind::Service(s), true) = (line.kind, line.forward)
            && self.c.services[s].turn.is_some()
        {
            self.agenda.at(now + self.turn_after[s.index()], Event::TurnBack { service: s.index() as u16 });
        }
        match job {
            Job::Over { cut } => self.cut_arrived(cut, true, departed, now),
            Job::Onward { cut } => self.cut_arrived(cut, false, departed, now),
            Job::Back { cut: Some(cut) } => self.empties_arrived(cut, departed, now),
            Job::OnwardBack { route, wagons } => {
                if let Some(c) = &mut self.chains[usize::from(route)] {
                    c.empties[0] += u32::from(wagons);
                }
            }
            Job::Fetch | Job::Other | Job::PassengerOut | Job::PassengerBack | Job::Back { cut: None } => {}
        }
    }

    fn record(&mut self, train: u32) {
        let t = &self.movement.trains[train as usize];
        let line = &self.plan.lines[t.line as usize];
        let (kind, name) = match line.kind {
            LineKind::Service(s) => match self.c.services[s].kind {
                ServiceKind::Freight => (TrainKind::Freight, s.index() as u32),
                ServiceKind::Passenger => (TrainKind::International, s.index() as u32),
            },
            LineKind::Traffic(row) => match self.c.traffic[row as usize].kind {
                TrafficKind::Domestic => (TrainKind::Domestic, row),
                TrafficKind::Passenger => (TrainKind::Passenger, row),
            },
        };
        let number = self.trace.trains.len() as u32;
        let stops = t.open_line_stops.iter();
        self.trace.open_line_stops.extend(stops.map(|s| OpenLineStop { train: number, ..*s }));
        let first = self.trace.times.len() as u32;
        for (e, s) in t.times.iter().zip(&line.stands) {
            let mut e = *e;
            e.point = self.plan.stands[*s].point.index() as u32;
            self.trace.times.push(e);
        }
        self.trace.trains.push(TrainRun {
            kind,
            line: name,
            length_m: t.length_m,
            loaded: t.loaded,
            empty: t.empty,
            pattern: t.line,
            scheduled: t.scheduled,
            ready: t.ready,
            due: t.due,
            first,
            len: t.times.len() as u32,
        });
    }
}

/// The most wagons a service has lines for.
pub(crate) fn most_wagons(plan: &Plan, service: usize) -> u32 {
    let own = plan.lines.iter().filter(|l| matches!(l.kind, LineKind::Service(s) if s.index() == service));
    own.map(|l| l.wagons).max().unwrap_or(0)
}
