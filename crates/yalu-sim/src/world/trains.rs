//! Trains that are due, cross the border, turn and end their run.

use super::{World, line_for};
use crate::kernel::Event;
use crate::movement::Job;
use yalu_model::{ServiceKind, TrafficKind};
use yalu_plan::LineKind;
use yalu_trace::{OpenLineStop, TrainKind, TrainRun};
use yalu_units::{Idx, Instant, Span, address};

impl World<'_> {
    pub(super) fn traffic(&mut self, row: u16, forward: bool, now: Instant) {
        let line =
            self.plan.lines.iter().position(|l| l.kind == LineKind::Traffic(u32::from(row)) && l.forward == forward);
        let Some(line) = line else { return };
        self.movement.ready(&mut self.agenda, now, line as u32, Job::Other, now, (0, 0), None);
    }

    pub(super) fn slot(&mut self, service: usize, now: Instant) {
        let s = &self.c.trains.services.as_slice()[service];
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
        let s = &self.c.trains.services.as_slice()[service];
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

    pub(super) fn turn(&mut self, service: usize, now: Instant) {
        let s = &self.c.trains.services.as_slice()[service];
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

    /// A train that may go on crosses the border, now or once its head is there: books are kept in the order of time.
    pub(super) fn will_cross(&mut self, train: u32, at: Option<Instant>, now: Instant) {
        match at {
            Some(at) if at > now => self.agenda.at(at, Event::Crosses(train)),
            Some(_) => self.crosses(train, now),
            None => {}
        }
    }

    /// A train crosses the border.
    pub(super) fn crosses(&mut self, train: u32, now: Instant) {
        let t = &self.movement.trains[train as usize];
        let (job, loaded, empty, line) = (t.job, t.loaded, t.empty, &self.plan.lines[t.line as usize]);
        let route = match job {
            Job::Over { cut } => {
                self.cut_crosses(cut, now);
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
            // A train of a route back from the second country is on its way to the first.
            let d = self.c.trade.routes.as_slice()[r].exports() ^ usize::from(!line.forward);
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

    pub(super) fn finish(&mut self, train: u32, now: Instant) {
        self.movement.finish(&mut self.agenda, now, train);
        let t = &self.movement.trains[train as usize];
        let (job, line) = (t.job, &self.plan.lines[t.line as usize]);
        let departed = t.times.first().map_or(now, |e| e.depart);
        if self.recorded.trains() {
            self.record(train);
        }
        if now >= self.c.horizon.to {
            return;
        }
        if let (LineKind::Service(s), true) = (line.kind, line.forward)
            && self.c.trains.services[s].turn.is_some()
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
            LineKind::Service(s) => match self.c.trains.services[s].kind {
                ServiceKind::Freight => (TrainKind::Freight, s.index() as u32),
                ServiceKind::Passenger => (TrainKind::International, s.index() as u32),
            },
            LineKind::Traffic(row) => match self.c.line.traffic[row as usize].kind {
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
