//! Cuts at border stations: waiting for a track, going through their procedure, ready to go on, sent back.

use super::Stage;
use crate::books::Lot;
use crate::border::{Outside, resource_held, track_held, waits, waits_for, way_of_cut};
use crate::world::World;
use yalu_border::{Arrival, Notice, ProcedureId, Refusal, StationId, TrackId, VisitId};
use yalu_plan::BorderPlan;
use yalu_trace::{GoodsAccount, Step, StepKind, WagonAccount, Waits};
use yalu_units::{Idx, Instant, Mass, Span};

impl World<'_> {
    /// Engine events that are due.
    pub(crate) fn border_events(&mut self, now: Instant) {
        while let Some(event) = self.border.due(now) {
            self.border.work(&mut self.agenda, |engine, out| engine.handle(now, event, out));
            self.border_told(now);
        }
    }

    /// Acts on what the border stations told.
    pub(crate) fn border_told(&mut self, now: Instant) {
        self.border_records();
        while let Some(notice) = self.border.told() {
            match notice {
                Notice::Ready { visit, serial, returned, .. } => self.checked(serial as u32, visit, returned, now),
                Notice::WagonsFreed { serial, .. } => self.goods_alone(serial as u32, now),
                Notice::GoodsReleased { serial, station } if self.border.is_places(station) => {
                    self.left_places(serial as u32, now);
                }
                Notice::GoodsReleased { serial, .. } => self.goods_released(serial as u32, now),
                Notice::TrackFree { station, .. } => self.track_free(station.index(), now),
                Notice::QuotaOpen { station, .. } => self.send_to(station.index(), now),
            }
            self.border_records();
        }
    }

    /// A cut comes before the near station: into its yard, or it waits for a track.
    pub(super) fn enter_near(&mut self, id: u32, now: Instant) {
        let w = &self.ways[id as usize];
        let (r, loaded) = (w.route, w.loaded);
        let Some(chain) = &self.chains[r] else { return };
        let Some(near) = chain.near else {
            if loaded {
                self.ready_over(id, now);
            } else {
                self.home(id, r, now);
            }
            return;
        };
        let way = way_of_cut(chain.direction, loaded);
        // Those who came before go first.
        let ahead =
            self.border.outside[near].iter().any(|o| o.way == way && self.ways[o.cut as usize].loaded == loaded);
        let admitted =
            if ahead { Err(Refusal::NoTrack) } else { self.border.admit(&mut self.agenda, now, (near, way), w.wagons) };
        match admitted {
            Ok(track) => self.arrive(id, near, track, (now, Waits::default()), now),
            Err(why) => {
                self.ways[id as usize].stage = Stage::Outside;
                self.border.outside[near].push_back(Outside { cut: id, way, since: now, why });
            }
        }
    }

    /// A cut stands on its track at a station, for which it has waited since an instant; its procedure begins.
    pub(super) fn arrive(&mut self, id: u32, s: usize, track: TrackId, asked: (Instant, Waits), now: Instant) {
        let w = &self.ways[id as usize];
        let Some(chain) = &self.chains[w.route] else { return };
        let way = way_of_cut(chain.direction, w.loaded);
        let crossing = self.c.trains.services.as_slice()[chain.service].crossing;
        let hold = crossing.and_then(|x| self.regimes.at(x, now)).and_then(|g| g.hold_days);
        let mass: Mass = w.lots.iter().map(|l| l.mass).sum();
        let arrival = Arrival {
            station: StationId::new(s),
            procedure: ProcedureId::new(BorderPlan::procedure(way, w.loaded)),
            track: Some(track),
            serial: u64::from(id),
            wagons: u32::from(w.wagons),
            consignments: if w.loaded { u32::from(w.wagons) } else { 0 },
            load: mass.as_tonnes().ceil() as u32,
            hold: hold.map(|d| Span::from_seconds(d * 86_400.0)),
            asked: asked.0,
            waits: yalu_border::Waits(asked.1.0),
        };
        let stage = match (w.loaded, chain.near == Some(s)) {
            (true, true) => Stage::Near,
            (true, false) => Stage::Far,
            (false, _) => Stage::Home,
        };
        if asked.0 < now {
            let (ready, begin) = (asked.0, now);
            self.push_step(Step {
                cut: id,
                what: StepKind::Entering(s as u16),
                ready,
                begin,
                end: now,
                waits: asked.1,
            });
        }
        self.ways[id as usize].stage = stage;
        let visit = self.border.work(&mut self.agenda, |engine, out| engine.arrive(now, &arrival, out));
        let way = &mut self.ways[id as usize];
        (way.visit, way.track) = (visit.ok(), None);
    }

    /// The procedure of a cut has ended.
    fn checked(&mut self, id: u32, visit: VisitId, returned: bool, now: Instant) {
        let w = &self.ways[id as usize];
        if w.visit != Some(visit) {
            return;
        }
        match w.stage {
            Stage::Near if returned => self.refused_at_home(id, now),
            Stage::Near => self.ready_over(id, now),
            Stage::Far if returned => self.sent_back(id, now),
            Stage::Far => {
                self.ways[id as usize].ready = now;
                self.leave_far(id, self.ways[id as usize].route, now);
            }
            Stage::Home => {
                self.depart(id, now);
                self.home(id, self.ways[id as usize].route, now);
            }
            _ => {}
        }
    }

    /// A cut leaves its yard track, if it has one.
    pub(super) fn depart(&mut self, id: u32, now: Instant) {
        if let Some(visit) = self.ways[id as usize].visit.take() {
            self.border.work(&mut self.agenda, |engine, out| engine.depart(now, visit, out));
            self.border_records();
        }
    }

    /// A cut is taken apart wherever it stands at a station or at places to load.
    pub(super) fn withdraw(&mut self, id: u32, now: Instant) {
        for outside in &mut self.border.outside {
            outside.retain(|o| o.cut != id);
        }
        let way = &mut self.ways[id as usize];
        for visit in way.visit.take().into_iter().chain(way.at_places.take()) {
            self.border.work(&mut self.agenda, |engine, out| engine.withdraw(now, visit, out));
            self.border_records();
        }
    }

    /// A cut may go over the border.
    pub(super) fn ready_over(&mut self, id: u32, now: Instant) {
        let w = &mut self.ways[id as usize];
        (w.ready, w.stage) = (now, Stage::ReadyOver);
        let r = w.route;
        if let Some(c) = &mut self.chains[r] {
            c.ready_over.push_back(id);
        }
        self.send_over(r, now);
    }

    /// The wagons of a cut have left their goods and the track.
    fn goods_alone(&mut self, id: u32, now: Instant) {
        // Before the border a cut that gives its track back stands elsewhere and keeps its goods.
        if self.ways[id as usize].stage != Stage::Far {
            return;
        }
        let r = self.ways[id as usize].route;
        for i in 0..self.ways[id as usize].lots.len() {
            let lot = self.ways[id as usize].lots[i];
            if let Some(h) = self.chains[r].as_mut().and_then(|c| c.hold.as_mut()) {
                h.heading -= lot.mass;
            }
            self.books.post(now, &lot, GoodsAccount::UnderWay(r as u16), GoodsAccount::Held(r as u16));
        }
        let after = self.chains[r].as_ref().map_or(Span(0), |c| c.turnaround.unwrap_or(c.return_after));
        self.wagons_freed(id, r, (true, after), now);
        self.ways[id as usize].stage = Stage::Goods;
    }

    /// The procedure has ended for goods whose wagons have gone.
    fn goods_released(&mut self, id: u32, now: Instant) {
        let w = &mut self.ways[id as usize];
        w.visit = None;
        let (r, stage) = (w.route, w.stage);
        match stage {
            Stage::Goods => {
                self.ways[id as usize].stage = Stage::Done;
                for lot in std::mem::take(&mut self.ways[id as usize].lots) {
                    self.books.post(now, &lot, GoodsAccount::Held(r as u16), GoodsAccount::Released(r as u16));
                }
            }
            Stage::Near => self.ready_over(id, now),
            Stage::Home => self.home(id, r, now),
            _ => {}
        }
    }

    /// A track of a station is free: for empties that wait before it, without which no train is formed; then for trains to
    /// it; then for loaded cuts before it.
    fn track_free(&mut self, station: usize, now: Instant) {
        self.let_in(station, false, now);
        self.send_to(station, now);
        self.let_in(station, true, now);
    }

    /// Lets cuts in that wait before a station, those of each way in the order they came.
    fn let_in(&mut self, station: usize, loaded: bool, now: Instant) {
        let mut refused = [false; 2];
        let mut i = 0;
        while let Some(o) = self.border.outside[station].get(i) {
            let (cut, way, since, why) = (o.cut, o.way, o.since, o.why);
            let w = &self.ways[cut as usize];
            if w.loaded != loaded || refused[way.index()] {
                i += 1;
                continue;
            }
            match self.border.admit(&mut self.agenda, now, (station, way), w.wagons) {
                Ok(track) => {
                    self.border.outside[station].remove(i);
                    let mut waited = Waits::default();
                    waited.0[waits_for(why)] = now - since;
                    self.arrive(cut, station, track, (since, waited), now);
                }
                Err(_) => refused[way.index()] = true,
            }
        }
    }

    /// Trains bound for a station may find a track now.
    fn send_to(&mut self, station: usize, now: Instant) {
        for r in 0..self.chains.len() {
            if self.chains[r].as_ref().is_some_and(|c| c.far == Some(station)) {
                self.send_over(r, now);
            }
        }
    }

    /// The near station sends a cut back to its shippers.
    fn refused_at_home(&mut self, id: u32, now: Instant) {
        let r = self.ways[id as usize].route;
        self.depart(id, now);
        self.given_up(id, GoodsAccount::Waiting(r as u16), now);
        if let Some(chain) = &mut self.chains[r] {
            chain.at_near.retain(|x| *x != id);
        }
        self.ways[id as usize].stage = Stage::Done;
        self.trace.cuts[id as usize].ended = Some(now);
        let wagons = self.ways[id as usize].wagons;
        self.wagon_move(now, r, WagonAccount::InCut(id), WagonAccount::Stock, wagons);
    }

    /// The far station sends a cut back over the border: its goods are lost to the trade, its wagons go with the next train.
    fn sent_back(&mut self, id: u32, now: Instant) {
        let r = self.ways[id as usize].route;
        self.depart(id, now);
        self.given_up(id, GoodsAccount::UnderWay(r as u16), now);
        self.wagons_freed(id, r, (true, Span(0)), now);
    }

    fn given_up(&mut self, id: u32, from: GoodsAccount, now: Instant) {
        let r = self.ways[id as usize].route;
        let lots: Vec<Lot> = std::mem::take(&mut self.ways[id as usize].lots);
        for lot in lots {
            if let Some(h) = self.chains[r].as_mut().and_then(|c| c.hold.as_mut()) {
                h.heading -= lot.mass;
            }
            self.books.post(now, &lot, from, GoodsAccount::GivenUp);
        }
    }

    /// What the stations recorded goes into the trace.
    fn border_records(&mut self) {
        if !self.recorded.trains() {
            return;
        }
        let Some(records) = self.border.records() else { return };
        for a in records.activities.iter().filter(|a| a.items > 0) {
            let cut = a.serial as u32;
            let step = |what| Step { cut, what, ready: a.ready, begin: a.begin, end: a.end, waits: waits(&a.waits) };
            if self.border.is_places(a.station) {
                self.push_step(step(self.done_at(cut, a.station)));
                continue;
            }
            let (s, p) = (a.station.index(), a.procedure.index());
            let of = &self.border.plan.activities[s][p];
            let Some(&number) = of.get(a.activity.index()) else { continue };
            self.push_step(step(StepKind::Activity(s as u16, number)));
        }
        for v in &records.visits {
            let cut = &mut self.ways[v.serial as usize];
            if cut.loaded && cut.stage != Stage::Far {
                cut.waits = waits(&v.waits_after);
            }
        }
        self.trace.yards.extend(records.tracks.iter().map(track_held));
        self.trace.uses.extend(records.uses.iter().map(resource_held));
    }

    pub(super) fn push_step(&mut self, step: Step) {
        if self.recorded.trains() {
            self.trace.steps.push(step);
        }
    }
}
