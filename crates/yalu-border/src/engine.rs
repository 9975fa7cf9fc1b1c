//! The state of border stations in a run: who stands where, who waits for what.

mod draws;
mod line;
mod progress;
mod resource;
mod track;
mod visit;

use crate::{Arrival, Ending, Event, Host, Network, Notice, Reason, Refusal, StationId, TrackId, VisitId, Way, Word};
use draws::Draws;
use line::Job;
use resource::Supply;
use std::collections::VecDeque;
use track::{Acceptance, Hold, Yard};
use visit::{Phase, Visit};
use yalu_units::{Idx, Instant, Span, StreamKey};

/// How finely work on items is followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Resolution {
    /// An activity is one event.
    #[default]
    Cuts,
    /// Each item (wagon, consignment) is an event and a record of its own. Activities end at the same instants.
    Wagons,
}

/// Border stations in a run.
#[derive(Clone, Debug)]
pub struct Border<'a> {
    network: &'a Network,
    key: StreamKey,
    resolution: Resolution,
    visits: Vec<Visit>,
    /// Places in `visits` that are free.
    vacant: Vec<u32>,
    here: Vec<Here>,
    /// Activities to be looked at, of the visit in hand; kept for its room in memory.
    todo: Vec<u16>,
    /// Rooms of the station in hand where something may begin.
    stirred: Vec<u32>,
    /// Per line of the room in hand, how far it was looked through.
    looked: Vec<usize>,
    /// Something free was kept for one who waits, in the look in hand.
    kept_back: bool,
}

/// A station as it stands.
#[derive(Clone, Debug)]
struct Here {
    tracks: Vec<Hold>,
    yard: Yard,
    held: [u32; 2],
    /// Wagons for which each way must leave a track to the other.
    leaves: [Option<u32>; 2],
    acceptance: [Acceptance; 2],
    restrictions: u64,
    supply: Vec<Supply>,
    lines: Vec<VecDeque<Job>>,
    clocks: Vec<Clock>,
    draws: Vec<Vec<[Draws; 4]>>,
    inside: u32,
}

/// Where a kind of hours has got to.
#[derive(Clone, Copy, Debug)]
struct Clock {
    at: usize,
    /// The opening that is on the agenda.
    wakes: Instant,
}

impl<'a> Border<'a> {
    /// Empty stations.
    pub fn new(network: &'a Network, key: StreamKey, resolution: Resolution) -> Self {
        let here = network.stations().iter().zip(&network.plans).map(|(s, plan)| Here {
            tracks: vec![Hold::Free; s.tracks.len()],
            yard: Yard::new(s),
            held: [0; 2],
            leaves: [None; 2],
            acceptance: [Acceptance::default(); 2],
            restrictions: 0,
            supply: plan.resource_address.iter().zip(&s.resources).map(|(a, r)| Supply::new(r, *a)).collect(),
            lines: vec![VecDeque::new(); plan.lines.len()],
            clocks: vec![Clock { at: 0, wakes: Instant::NEVER }; plan.hours.len()],
            draws: plan
                .procedures
                .iter()
                .map(|p| p.activities.iter().map(|a| a.addresses.map(Draws::new)).collect())
                .collect(),
            inside: 0,
        });
        Self {
            network,
            key,
            resolution,
            visits: Vec::new(),
            vacant: Vec::new(),
            here: here.collect(),
            todo: Vec::new(),
            stirred: Vec::new(),
            looked: Vec::new(),
            kept_back: false,
        }
    }

    /// Puts a restriction word in force at a station, or ends it. Activities already ready stay as they are.
    pub fn restrict(&mut self, station: StationId, word: Word, in_force: bool) {
        if let Some(here) = self.here.get_mut(station.index()) {
            let bit = 1u64.checked_shl(u32::from(word.0)).unwrap_or(0);
            here.restrictions = if in_force { here.restrictions | bit } else { here.restrictions & !bit };
        }
    }

    /// A train stands on the track promised to it; its procedure begins.
    pub fn arrive(&mut self, now: Instant, arrival: &Arrival, host: &mut impl Host) -> Result<VisitId, Refusal> {
        let s = arrival.station.index();
        let plan = self.network.plans.get(s).ok_or(Refusal::Unknown)?;
        let procedure = plan.procedures.get(arrival.procedure.index()).ok_or(Refusal::Unknown)?;
        let promised = match arrival.track.map(|track| self.here[s].tracks.get(track.index())) {
            None => None,
            Some(Some(&Hold::Promised { way, since, .. })) => Some((way, since)),
            Some(_) => return Err(Refusal::NoTrack),
        };
        let slot = self.vacant.pop().unwrap_or_else(|| {
            self.visits.push(Visit::default());
            self.visits.len() as u32 - 1
        });
        let id = VisitId(slot);
        if let Some((track, (way, since))) = arrival.track.zip(promised) {
            self.here[s].tracks[track.index()] = Hold::Taken { way, since, stood: now, visit: slot };
        }
        self.here[s].inside += 1;
        self.visits[slot as usize].begin(arrival, now, procedure);
        self.todo.clear();
        let first = procedure.activities.iter().enumerate().filter(|(_, a)| a.before == 0);
        self.todo.extend(first.map(|(i, _)| i as u16));
        self.todo.reverse();
        if procedure.activities.is_empty() {
            self.all_done(now, slot, host);
        }
        self.proceed(now, slot, host);
        self.settle(now, s, host);
        Ok(id)
    }

    /// An event's time has come.
    pub fn handle(&mut self, now: Instant, event: Event, host: &mut impl Host) {
        match event {
            Event::Ends { serial, visit, activity } => {
                let Some(v) = self.visits.get(visit.index()) else { return };
                let station = v.arrival.station.index();
                let due = |a: &visit::Act| a.phase == Phase::Running && a.due == now;
                if !v.present || v.arrival.serial != serial {
                    return;
                }
                if v.places_due(activity.0 as u16, now) {
                    self.items_leave(now, visit.0, activity.0 as u16, host);
                    self.settle(now, station, host);
                } else if v.acts.get(activity.index()).is_some_and(due) {
                    self.item_or_activity_ends(now, visit.0, activity.0 as u16, host);
                    self.settle(now, station, host);
                }
            }
            Event::Opens { station, hours } => {
                let s = station.index();
                let Some(plan) = self.network.plans.get(s) else { return };
                let lines = plan.lines.iter().enumerate();
                for (line, (p, a)) in lines {
                    let activity = &plan.procedures[*p as usize].activities[*a as usize];
                    if activity.hours == hours && !self.here[s].lines[line].is_empty() {
                        self.stir_line(s, line);
                    }
                }
                self.settle(now, s, host);
            }
            Event::Back { station, resource } => {
                let s = station.index();
                if let Some(supply) = self.here.get_mut(s).and_then(|h| h.supply.get_mut(resource.index())) {
                    supply.back_told = false;
                    self.stir(s, resource.index());
                    self.settle(now, s, host);
                }
            }
            Event::Quota { station, way } => {
                if let Some(here) = self.here.get_mut(station.index()) {
                    here.acceptance[way.index()].told = false;
                    host.notice(Notice::QuotaOpen { station, way });
                }
            }
        }
    }

    /// Says why a train that is ready does not depart; until said, it waits for its path.
    pub fn holds_back(&mut self, now: Instant, visit: VisitId, reason: Reason) {
        if let Some(v) = self.visits.get_mut(visit.index()).filter(|v| v.is_ready()) {
            v.waits_for(now, reason);
        }
    }

    /// A train that is ready departs. False if it is not.
    pub fn depart(&mut self, now: Instant, visit: VisitId, host: &mut impl Host) -> bool {
        let Some(v) = self.visits.get(visit.index()).filter(|v| v.is_ready()) else {
            return false;
        };
        let station = v.arrival.station.index();
        let ending = if v.returned { Ending::Returned } else { Ending::Departed };
        self.end_visit(now, visit.0, ending, host);
        self.settle(now, station, host);
        true
    }

    /// A visit is broken off wherever it stands: the cut is taken apart, all it held is free. False if there is none.
    pub fn withdraw(&mut self, now: Instant, visit: VisitId, host: &mut impl Host) -> bool {
        let Some(v) = self.visits.get(visit.index()).filter(|v| v.present) else {
            return false;
        };
        let station = v.arrival.station.index();
        for a in 0..v.acts.len() as u16 {
            self.break_off(now, visit.0, a, host);
        }
        self.end_visit(now, visit.0, Ending::Withdrawn, host);
        self.settle(now, station, host);
        true
    }

    /// The train of a visit, as it arrived.
    pub fn arrival(&self, visit: VisitId) -> Option<&Arrival> {
        self.visits.get(visit.index()).filter(|v| v.present).map(|v| &v.arrival)
    }

    /// Trains at a station, standing or goods without wagons.
    pub fn inside(&self, station: StationId) -> u32 {
        self.here.get(station.index()).map_or(0, |h| h.inside)
    }

    /// How many of a resource are taken.
    pub fn taken(&self, station: StationId, resource: crate::ResourceId) -> u32 {
        let here = self.here.get(station.index());
        here.and_then(|h| h.supply.get(resource.index())).map_or(0, |s| s.taken)
    }

    /// Activities that are ready and wait at a station.
    pub fn waiting(&self, station: StationId) -> usize {
        self.here.get(station.index()).map_or(0, |h| h.lines.iter().map(VecDeque::len).sum())
    }

    /// Tracks of a station that are not promised or held.
    pub fn free_tracks(&self, station: StationId) -> u32 {
        self.here.get(station.index()).map_or(0, |h| h.tracks.len() as u32 - h.held[0] - h.held[1])
    }

    /// Tracks promised to, or held by, trains of a way.
    pub fn tracks_held(&self, station: StationId, way: Way) -> u32 {
        self.here.get(station.index()).map_or(0, |h| h.held[way.index()])
    }

    /// The serial of the train that stands on a track.
    pub fn on_track(&self, station: StationId, track: TrackId) -> Option<u64> {
        match self.here.get(station.index())?.tracks.get(track.index())? {
            Hold::Taken { visit, .. } => Some(self.visits[*visit as usize].arrival.serial),
            _ => None,
        }
    }

    /// Something may begin in the room of a resource.
    fn stir(&mut self, s: usize, resource: usize) {
        let room = self.network.plans[s].room_of[resource];
        if !self.stirred.contains(&room) {
            self.stirred.push(room);
        }
    }

    fn stir_line(&mut self, s: usize, line: usize) {
        let (p, a) = self.network.plans[s].lines[line];
        let activities = &self.network.stations().as_slice()[s].procedures.as_slice()[p as usize].activities;
        if let Some(need) = activities.as_slice()[a as usize].needs.first() {
            self.stir(s, need.resource.index());
        }
    }

    /// Lets begin what can, in every room where something has changed.
    fn settle(&mut self, now: Instant, s: usize, host: &mut impl Host) {
        while let Some(room) = self.stirred.pop() {
            self.look_through(now, s, room, host);
        }
    }

    fn end_visit(&mut self, now: Instant, slot: u32, ending: Ending, host: &mut impl Host) {
        self.give_back_all(now, slot, host);
        self.free_track(now, slot, host);
        let v = &mut self.visits[slot as usize];
        v.present = false;
        if v.open > 0 {
            v.ready = now;
        } else {
            v.waits_for(now, v.why);
        }
        if host.records() {
            host.record(v.record(now, ending));
        }
        let s = v.arrival.station.index();
        self.here[s].inside -= 1;
        self.vacant.push(slot);
    }

    /// All activities have ended.
    fn all_done(&mut self, now: Instant, slot: u32, host: &mut impl Host) {
        let v = &mut self.visits[slot as usize];
        v.ready = now;
        v.why_since = now;
        v.why = Reason::Path;
        let (visit, serial, station, returned) = (VisitId(slot), v.arrival.serial, v.arrival.station, v.returned);
        if v.track.is_none() {
            self.end_visit(now, slot, Ending::Released, host);
            host.notice(Notice::GoodsReleased { serial, station });
            return;
        }
        if returned {
            self.give_back_all(now, slot, host);
        }
        host.notice(Notice::Ready { visit, serial, station, returned });
    }
}

/// A span that is never negative.
fn since(now: Instant, then: Instant) -> Span {
    Span((now - then).0.max(0))
}
