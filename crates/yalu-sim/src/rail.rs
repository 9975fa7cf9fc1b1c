//! Cuts of wagons: formed, loaded, checked, taken over the border, unloaded, and their wagons brought back.

mod forming;
mod sending;
mod wagons;
mod yard;

pub use forming::Short;

use crate::books::Lot;
use crate::border::station_at;
use crate::world::World;
use sending::Slot;
use std::collections::VecDeque;
use yalu_border::{Arrival, ProcedureId, StationId, TrackId, VisitId};
use yalu_model::{Corridor, HoldId, RailRoute, RouteId, ServiceId};
use yalu_plan::{Draw, LineKind, Plan, RoutePlaces};
use yalu_trace::{GoodsAccount, Step, StepKind, Waits};
use yalu_units::{Idx, Instant, Mass, Span, address};

/// Goods that have waited longer than this go even if they fill less than half a train (assumed).
const GOES_ANYWAY: Span = Span::days(3);
/// Time after the planned return at which the border must still run for a train to be sent (assumed).
const MARGIN: Span = Span::hours(2);

/// Where a cut stands in its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Loading,
    /// Before the near station, for want of a track.
    Outside,
    /// In the procedure of the near station.
    Near,
    ReadyOver,
    OnTrain,
    /// In the procedure of the far station.
    Far,
    /// Its wagons have gone, its goods are still in the procedure of the far station.
    Goods,
    ReadyOnward,
    IntoHold,
    Unloading,
    /// Empties in the procedure of the near station.
    Home,
    Done,
}

/// A cut under way.
pub(crate) struct Way {
    pub route: usize,
    pub wagons: u16,
    pub loaded: bool,
    lots: Vec<Lot>,
    stage: Stage,
    /// When it is ready, or was, for what it waits for.
    ready: Instant,
    /// Its visit at a border station.
    visit: Option<VisitId>,
    /// Its visit at places to load or unload.
    at_places: Option<VisitId>,
    /// The track promised to it where it is going.
    track: Option<TrackId>,
    /// Waiting since it was ready, by reason.
    waits: Waits,
}

impl Way {
    fn new(route: usize, wagons: u16, lots: Vec<Lot>, stage: Stage, ready: Instant) -> Self {
        let loaded = stage == Stage::Loading;
        Self {
            route,
            wagons,
            loaded,
            lots,
            stage,
            ready,
            visit: None,
            at_places: None,
            track: None,
            waits: Waits::default(),
        }
    }

    /// Whether its wagons may be loaded before an instant.
    fn loaded_by(&self, t: Instant) -> bool {
        self.stage != Stage::Loading || self.ready < t
    }
}

/// A quarantine hold of a rail route.
struct Hold {
    id: HoldId,
    capacity: Mass,
    days: f64,
    release_per_day: Mass,
    /// Goods held with the instant from which they may go on.
    lots: VecDeque<(Instant, Lot)>,
    held: Mass,
    /// On the way to it.
    heading: Mass,
}

/// Trains of a rail route today: due, left, and kept from being formed in time, by cause; the last for tomorrow's as well.
#[derive(Default)]
struct Today {
    due: u32,
    left: u32,
    lacked: [u32; Short::ALL.len()],
    lacks_tomorrow: [u32; Short::ALL.len()],
}

/// A rail route as it works today.
pub(crate) struct Chain {
    pub service: usize,
    pub onward: Option<usize>,
    /// Country its goods leave: 0 the first, 1 the second.
    pub direction: usize,
    /// Border stations in the country its goods leave, and in the other.
    pub near: Option<usize>,
    pub far: Option<usize>,
    /// Wagons empty at the loading point.
    pub stock: u32,
    /// Wagons on the far side, in no cut.
    pub away: u32,
    payload: Mass,
    places: RoutePlaces,
    /// Wagons loaded at a time, and how long that takes.
    loading: (f64, Span),
    hold: Option<Hold>,
    return_after: Span,
    /// Time after which wagons that go on beyond the model are back at the border.
    turnaround: Option<Span>,
    /// Its trains come back with empties; else wagons come back by trains that are not modelled.
    turns: bool,
    kept_share: f64,
    max_wagons: u32,
    cancel_after: Span,
    onward_cancel_after: Span,
    /// Cuts at the near station that have not left, oldest first.
    at_near: VecDeque<u32>,
    ready_over: VecDeque<u32>,
    ready_onward: VecDeque<u32>,
    /// Slots not yet used: scheduled, until when.
    slots: VecDeque<Slot>,
    today: Today,
    onward_slots: VecDeque<Slot>,
    /// Empty wagons ready to go back, at the border and at the far end.
    pub empties: [u32; 2],
}

impl Chain {
    pub fn new(
        c: &Corridor,
        plan: &Plan,
        places: RoutePlaces,
        direction: usize,
        rail: &RailRoute,
        draw: Draw,
        wagon_fill: f64,
    ) -> Self {
        let s = &c.trains.services[rail.over_border];
        let wagons = |q| draw.value(q).round().max(0.0) as u32;
        let days = |q| Span::from_seconds(draw.value(q) * 86_400.0);
        Self {
            service: rail.over_border.index(),
            onward: rail.onward.map(Idx::index),
            direction,
            near: station_at(c, s.from).or_else(|| on_the_way(c, plan, rail, direction)),
            far: station_at(c, s.to),
            stock: wagons(&rail.fleet_wagons),
            away: rail.fleet_far_wagons.as_ref().map_or(0, wagons),
            payload: Mass::from_tonnes(draw.value(&c.trains.wagons[s.wagon].payload_t) * wagon_fill),
            places,
            loading: (
                draw.value(&rail.loading_places).max(1.0),
                Span::from_seconds(draw.value(&rail.loading_h) * 3600.0),
            ),
            hold: rail.hold.map(|id| {
                let h = &c.border.holds[id];
                Hold {
                    id,
                    capacity: Mass::from_tonnes(draw.value(&h.capacity_t)),
                    days: draw.value(&h.hold_days),
                    release_per_day: Mass::from_tonnes(draw.value(&h.release_t_per_day)),
                    lots: VecDeque::new(),
                    held: Mass(0),
                    heading: Mass(0),
                }
            }),
            return_after: days(&rail.return_days),
            turnaround: rail.turnaround_days.as_ref().map(days),
            turns: s.turn.is_some(),
            kept_share: rail.kept_share.as_ref().map_or(0.0, |q| draw.value(q)),
            max_wagons: draw.value(&s.max_wagons).round().max(1.0) as u32,
            cancel_after: Span::from_seconds(draw.value(&s.cancel_after_min) * 60.0),
            onward_cancel_after: rail
                .onward
                .map_or(Span(0), |o| Span::from_seconds(draw.value(&c.trains.services[o].cancel_after_min) * 60.0)),
            at_near: VecDeque::new(),
            ready_over: VecDeque::new(),
            ready_onward: VecDeque::new(),
            slots: VecDeque::new(),
            today: Today::default(),
            onward_slots: VecDeque::new(),
            empties: [0; 2],
        }
    }

    /// The least time to load so many wagons.
    fn loads_in(&self, wagons: u32) -> Span {
        let rounds = (f64::from(wagons) / self.loading.0).ceil();
        Span::from_seconds(rounds * self.loading.1.0 as f64 / 1000.0)
    }

    /// Tonnes a full train takes.
    pub fn train_load_t(&self) -> f64 {
        (self.payload.as_tonnes() * f64::from(self.max_wagons)).max(0.001)
    }

    /// Loaded cuts that have not left the near station: all, those on a track of its yard, and their net load.
    pub fn waiting_cuts(&self, ways: &[Way]) -> (usize, usize, Mass) {
        let cuts = || self.at_near.iter().map(|id| &ways[*id as usize]);
        let mass = cuts().flat_map(|w| &w.lots).map(|l| l.mass).sum();
        (self.at_near.len(), cuts().filter(|w| w.visit.is_some()).count(), mass)
    }
}

impl World<'_> {
    /// Trains a service may run on a day: its own number, or the regime's, the fraction drawn by the day.
    pub(crate) fn quota(&self, service: usize, day: usize) -> u32 {
        let trains = self.plan.days.get(day).and_then(|d| self.regimes.trains(ServiceId::new(service), d.start));
        trains.map_or(0, |n| self.trains_of_the_day(service, day, n))
    }

    /// Wagons a service's trains may take over the border on a day, all together.
    pub(crate) fn wagons_quota(&self, service: usize, day: usize) -> Option<u32> {
        self.regimes.wagons_of_the_day(ServiceId::new(service), self.plan.days.get(day)?.start)
    }

    /// Trains a service would run on a day if no regime limited it.
    pub(crate) fn unlimited(&self, service: usize, day: usize) -> u32 {
        self.trains_of_the_day(service, day, self.regimes.unlimited_trains(ServiceId::new(service)))
    }

    /// A number of trains a day, its fraction drawn by the day.
    fn trains_of_the_day(&self, service: usize, day: usize, trains: f64) -> u32 {
        let s = &self.c.trains.services.as_slice()[service];
        let u = self.draw.key().stream(address(&["trains of the day", &s.id]), day as u64 * 2).unit();
        (trains.floor() as u32) + u32::from(u < trains - trains.floor())
    }

    /// A cut goes to places to load or unload; its wagons take them as they come free.
    fn go_to_places(&mut self, id: u32, at: StationId, stage: Stage, now: Instant) {
        let way = &mut self.ways[id as usize];
        way.stage = stage;
        let arrival = Arrival {
            station: at,
            procedure: ProcedureId(0),
            track: None,
            serial: u64::from(id),
            wagons: u32::from(way.wagons),
            consignments: 0,
            load: 0,
            hold: None,
            asked: now,
            waits: yalu_border::Waits::default(),
        };
        let visit = self.border.work(&mut self.agenda, |engine, out| engine.arrive(now, &arrival, out));
        self.ways[id as usize].at_places = visit.ok();
    }

    /// What a cut does at places of its route.
    fn done_at(&self, id: u32, at: StationId) -> StepKind {
        let places = self.chains[self.ways[id as usize].route].as_ref().map(|c| c.places);
        match places {
            Some(p) if p.loading == at => StepKind::Loading,
            Some(p) if p.hold == Some(at) => StepKind::IntoHold,
            _ => StepKind::Unloading,
        }
    }

    /// All wagons of a cut are loaded or unloaded.
    fn left_places(&mut self, id: u32, now: Instant) {
        self.ways[id as usize].at_places = None;
        match self.ways[id as usize].stage {
            Stage::Loading => self.enter_near(id, now),
            Stage::IntoHold => self.held_now(id, now),
            Stage::Unloading => self.unloaded(id, now),
            _ => {}
        }
    }

    /// After the checks of the far station: into a hold, onward by rail, beyond the model, or unloaded there.
    fn leave_far(&mut self, id: u32, r: usize, now: Instant) {
        let Some(chain) = &mut self.chains[r] else {
            return;
        };
        let held = chain.hold.as_ref().is_some_and(|h| in_use(self.c, h.id, now));
        let (stage, at) = if let Some(at) = chain.places.hold.filter(|_| held) {
            (Stage::IntoHold, at)
        } else if chain.onward.is_some() {
            self.ways[id as usize].stage = Stage::ReadyOnward;
            chain.ready_onward.push_back(id);
            self.send_onward(r, now);
            return;
        } else if let Some(after) = chain.turnaround {
            self.depart(id, now);
            self.release(id, r, now);
            self.wagons_freed(id, r, (true, after), now);
            return;
        } else {
            (Stage::Unloading, chain.places.unloading)
        };
        self.depart(id, now);
        self.go_to_places(id, at, stage, now);
    }

    fn held_now(&mut self, id: u32, now: Instant) {
        let r = self.ways[id as usize].route;
        let lots = std::mem::take(&mut self.ways[id as usize].lots);
        let named = self.regimes.named_hold_days(RouteId::new(r), now);
        let Some(chain) = &mut self.chains[r] else {
            return;
        };
        if let Some(h) = &mut chain.hold {
            let until = now + Span::from_seconds(named.unwrap_or(h.days) * 86_400.0);
            for lot in lots {
                self.books.post(now, &lot, GoodsAccount::UnderWay(r as u16), GoodsAccount::Held(r as u16));
                h.held += lot.mass;
                h.heading -= lot.mass;
                h.lots.push_back((until, lot));
            }
        }
        let after = self.chains[r].as_ref().map_or(Span(0), |c| c.return_after);
        self.wagons_freed(id, r, (true, after), now);
    }

    fn unloaded(&mut self, id: u32, now: Instant) {
        let r = self.ways[id as usize].route;
        self.release(id, r, now);
        let Some(chain) = &self.chains[r] else { return };
        let (at_border, after) = (chain.onward.is_none(), chain.return_after);
        self.wagons_freed(id, r, (at_border, after), now);
    }

    /// The goods of a cut are their consignees'.
    fn release(&mut self, id: u32, r: usize, now: Instant) {
        for lot in std::mem::take(&mut self.ways[id as usize].lots) {
            if let Some(h) = self.chains[r].as_mut().and_then(|c| c.hold.as_mut()) {
                h.heading -= lot.mass;
            }
            self.books.post(now, &lot, GoodsAccount::UnderWay(r as u16), GoodsAccount::Released(r as u16));
        }
    }

    /// Goods whose hold is over go on, as many as a day can send.
    pub(crate) fn release_held(&mut self, now: Instant) {
        for r in 0..self.chains.len() {
            let Some(h) = self.chains[r].as_mut().and_then(|c| c.hold.as_mut()) else {
                continue;
            };
            let mut left = h.release_per_day;
            while left.0 > 0 {
                let Some(&(until, lot)) = h.lots.front() else {
                    break;
                };
                if until > now {
                    break;
                }
                h.lots.pop_front();
                let (part, rest) = lot.split(left);
                left -= part.mass;
                h.held -= part.mass;
                if let Some(rest) = rest {
                    h.lots.push_front((until, rest));
                }
                self.books.post(now, &part, GoodsAccount::Held(r as u16), GoodsAccount::Released(r as u16));
            }
        }
    }

    /// A cut has come over the border, or to the far end.
    pub(crate) fn cut_arrived(&mut self, id: u32, over: bool, departed: Instant, now: Instant) {
        let r = self.ways[id as usize].route;
        let kind = if over { StepKind::OverBorder } else { StepKind::Onward };
        self.step(id, kind, self.ways[id as usize].ready, departed, now);
        let Some(chain) = &mut self.chains[r] else {
            return;
        };
        if over {
            match (chain.far, self.ways[id as usize].track) {
                (Some(far), Some(track)) => self.arrive(id, far, track, (now, Waits::default()), now),
                _ => self.leave_far(id, r, now),
            }
        } else {
            let at = chain.places.unloading;
            self.go_to_places(id, at, Stage::Unloading, now);
        }
    }

    /// Goods of a cut leave the first country.
    pub(crate) fn cut_crosses(&mut self, id: u32, now: Instant) {
        let w = &self.ways[id as usize];
        for lot in &w.lots {
            self.books.post(now, lot, GoodsAccount::Waiting(w.route as u16), GoodsAccount::UnderWay(w.route as u16));
        }
        let m = &mut self.books.months[self.books.month];
        m.wagons[w.route] += u32::from(w.wagons);
    }

    /// Empties are back at the near station.
    pub(crate) fn empties_arrived(&mut self, id: u32, departed: Instant, now: Instant) {
        self.step(id, StepKind::OverBorder, self.ways[id as usize].ready, departed, now);
        let r = self.ways[id as usize].route;
        let near = self.chains[r].as_ref().and_then(|c| c.near);
        match near.zip(self.ways[id as usize].track) {
            Some((near, track)) => self.arrive(id, near, track, (now, Waits::default()), now),
            None => self.enter_near(id, now),
        }
    }

    /// A run over the border or onward, with the waiting for it.
    fn step(&mut self, cut: u32, what: StepKind, ready: Instant, begin: Instant, end: Instant) {
        // What the station did not tell of its waiting was for a path.
        let mut waits = std::mem::take(&mut self.ways[cut as usize].waits);
        waits.0[Waits::PATH] += (begin - ready) - waits.total();
        self.push_step(Step { cut, what, ready, begin, end, waits });
    }
}

fn in_use(c: &Corridor, hold: HoldId, t: Instant) -> bool {
    let h = &c.border.holds[hold];
    h.from <= t && t < h.to
}

/// The border station of the exporting country that the trains of a route pass: what it asks is done before they leave.
fn on_the_way(c: &Corridor, plan: &Plan, rail: &RailRoute, direction: usize) -> Option<usize> {
    let line = plan.lines.iter().find(|l| l.kind == LineKind::Service(rail.over_border) && l.forward)?;
    let home = |p: yalu_model::PointId| c.line.points[p].country == c.about.countries[direction];
    let mut back = line.stands.iter().rev().map(|s| plan.stands[*s].point).filter(|p| home(*p));
    back.find_map(|p| station_at(c, p))
}
