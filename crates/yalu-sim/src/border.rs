//! Border stations in the corridor: the engine, its events on the agenda, and cuts that wait for a yard track.

use crate::kernel::{Agenda, Event};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use yalu_border::{Border, Notice, Outbox, Records, Refusal, Resolution, StationId, TrackId, Way, Word};
use yalu_model::{Corridor, CrossingId};
use yalu_plan::{BorderPlan, Draw, way_of};
use yalu_trace::{ResourceUse, StationSize, Waits, YardTrack};
use yalu_units::{Idx, Instant};

/// A cut before a station, waiting for a track in its yard.
pub(crate) struct Outside {
    pub cut: u32,
    pub way: Way,
    pub since: Instant,
    pub why: Refusal,
}

/// All border stations.
pub(crate) struct Stations<'a> {
    pub plan: &'a BorderPlan,
    engine: Border<'a>,
    out: Outbox,
    /// The engine's events yet to come.
    pending: BinaryHeap<Reverse<(Instant, yalu_border::Event)>>,
    /// What the engine told and nobody has acted on.
    notices: VecDeque<Notice>,
    /// Cuts before each station, in the order they came.
    pub outside: Vec<VecDeque<Outside>>,
    /// Crossings whose regimes restrict each station.
    crossings: Vec<Vec<CrossingId>>,
}

impl<'a> Stations<'a> {
    pub fn new(c: &Corridor, plan: &'a BorderPlan, draw: Draw, recorded: bool) -> Self {
        let mut engine = Border::new(&plan.network, draw.key(), Resolution::Cuts);
        for (id, both) in plan.network.stations().ids().zip(&plan.both_ways) {
            // Each way leaves the other a track, so that cuts of both never block each other.
            if *both {
                engine.leaves_to_other(id, Way::Out, Some(0));
                engine.leaves_to_other(id, Way::Back, Some(0));
            }
        }
        let crossings = c.border.stations.iter().map(|s| {
            let country = &c.line.points[s.point].country;
            let mut out: Vec<CrossingId> = Vec::new();
            for route in &c.trade.routes {
                let Some(rail) = &route.rail else { continue };
                let service = &c.trains.services[rail.over_border];
                let here = service.to == s.point || *country == c.about.countries[route.exports()];
                out.extend(service.crossing.filter(|x| here && !out.contains(x)));
            }
            out
        });
        Self {
            plan,
            engine,
            out: Outbox { records: recorded.then(Records::default), ..Outbox::default() },
            pending: BinaryHeap::new(),
            notices: VecDeque::new(),
            outside: c.border.stations.iter().map(|_| VecDeque::new()).collect(),
            crossings: crossings.collect(),
        }
    }

    /// Lets the engine work, and takes over what it wants to be woken for and what it tells.
    pub fn work<R>(&mut self, agenda: &mut Agenda, what: impl FnOnce(&mut Border<'a>, &mut Outbox) -> R) -> R {
        let result = what(&mut self.engine, &mut self.out);
        for (at, event) in self.out.events.drain(..) {
            agenda.at(at, Event::Border);
            self.pending.push(Reverse((at, event)));
        }
        self.notices.extend(self.out.notices.drain(..));
        result
    }

    /// The engine's next event that is due.
    pub fn due(&mut self, now: Instant) -> Option<yalu_border::Event> {
        let Reverse((at, _)) = self.pending.peek()?;
        if *at > now { None } else { self.pending.pop().map(|e| e.0.1) }
    }

    /// The next thing the engine told.
    pub fn told(&mut self) -> Option<Notice> {
        self.notices.pop_front()
    }

    /// Whether something told waits to be acted on.
    pub fn has_told(&self) -> bool {
        !self.notices.is_empty()
    }

    /// A track for a cut that is to come.
    pub fn admit(
        &mut self,
        agenda: &mut Agenda,
        now: Instant,
        (station, way): (usize, Way),
        wagons: u16,
    ) -> Result<TrackId, Refusal> {
        let id = StationId::new(station);
        self.work(agenda, |engine, out| engine.admit(now, id, way, u32::from(wagons), out))
    }

    /// Puts restriction words in force, as the regimes of a day name them.
    pub fn restrict(&mut self, restricted: impl Fn(CrossingId, &str) -> bool) {
        for (w, word) in self.plan.words.iter().enumerate() {
            for (s, crossings) in self.crossings.iter().enumerate() {
                let in_force = crossings.iter().any(|x| restricted(*x, word));
                self.engine.restrict(StationId::new(s), Word(w as u8), in_force);
            }
        }
    }

    /// Tracks of each yard that no cut has, or is to have.
    pub fn free_tracks(&self) -> Vec<u32> {
        self.plan.network.stations().ids().take(self.outside.len()).map(|id| self.engine.free_tracks(id)).collect()
    }

    /// The most wagons that fit a track of a station.
    pub fn longest(&self, station: Option<usize>) -> u32 {
        let s = station.and_then(|s| self.plan.network.stations().as_slice().get(s));
        let tracks = s.into_iter().flat_map(|s| &s.tracks);
        tracks.map(|t| t.fits_wagons.unwrap_or(u32::MAX)).max().unwrap_or(u32::MAX)
    }

    /// Whether a station of the engine is no border station but places where wagons are loaded or unloaded.
    pub fn is_places(&self, station: StationId) -> bool {
        station.index() >= self.outside.len()
    }

    /// Records made since they were last taken.
    pub fn records(&mut self) -> Option<Records> {
        self.out.records.as_mut().map(std::mem::take)
    }

    /// The stations as they are worked, for the trace; after them the places to load and unload.
    pub fn sizes(&self, hours: &[Vec<Vec<(Instant, Instant)>>]) -> Vec<StationSize> {
        let none = Vec::new();
        let hours = hours.iter().chain(std::iter::repeat(&none));
        self.plan
            .network
            .stations()
            .iter()
            .zip(hours)
            .map(|(s, open)| StationSize {
                tracks: s.tracks.len() as u32,
                resources: s.resources.iter().map(|r| r.count).collect(),
                open: open.clone(),
            })
            .collect()
    }
}

/// Whether a refusal passes with time for want of a track or of the quota: where it counts among the waits.
pub(crate) fn waits_for(why: Refusal) -> usize {
    match why {
        Refusal::Quota | Refusal::QuotaOver => Waits::QUOTA,
        Refusal::NoTrack | Refusal::TooLong | Refusal::Unknown => Waits::NO_TRACK,
    }
}

/// Waits as the trace tells them.
pub(crate) fn waits(w: &yalu_border::Waits) -> Waits {
    Waits(w.0)
}

pub(crate) fn track_held(t: &yalu_border::TrackRecord) -> YardTrack {
    YardTrack {
        station: t.station.0 as u16,
        track: t.track.0 as u16,
        cut: t.serial as u32,
        from: t.from,
        stood: t.stood,
        to: t.to,
    }
}

pub(crate) fn resource_held(u: &yalu_border::UseRecord) -> ResourceUse {
    ResourceUse {
        station: u.station.0 as u16,
        resource: u.resource.0 as u16,
        amount: u.amount,
        cut: u.serial as u32,
        from: u.from,
        to: u.to,
    }
}

/// The way a cut goes: as its route's goods, or back without them.
pub(crate) fn way_of_cut(direction: usize, loaded: bool) -> Way {
    way_of(if loaded { direction } else { 1 - direction })
}

/// The station at an operational point.
pub(crate) fn station_at(c: &Corridor, point: yalu_model::PointId) -> Option<usize> {
    c.border.stations.iter().position(|s| s.point == point)
}
