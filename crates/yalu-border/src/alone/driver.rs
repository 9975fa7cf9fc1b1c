//! The host of stations alone: agenda, trains before stations and between them.

use super::arrivals::Coming;
use super::{Layout, Link, Outcome, Tick, longest};
use crate::{Arrival, Border, Event, Host, Network, Notice, Reason, Record, Refusal, StationId, VisitId};
use crate::{Waits, Way};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use yalu_units::{Idx, Instant, Span, StreamKey};

/// What is on the agenda; events of an instant in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Due {
    /// A station's own.
    Border(Event),
    /// A train reaches the other station, or the end of the line back.
    Reaches { serial: u64, place: u32 },
    /// The line takes the next train of a way.
    LineFree(Way),
    /// Trains of a stream come.
    Comes { stream: u32, trains: u32 },
}

/// Trains before their first station. All wait for what the first of them waits for.
#[derive(Clone, Debug)]
struct Outside {
    /// Each with the clocks at its coming.
    trains: VecDeque<(Arrival, Waits)>,
    /// Time up to `since` that the first was refused, by reason.
    clocks: Waits,
    why: Reason,
    since: Instant,
}

impl Outside {
    fn refused(&mut self, now: Instant, why: Reason) {
        self.clocks.add(self.why, Span((now - self.since).0));
        (self.why, self.since) = (why, now);
    }
}

/// Where trains may move on once an instant is over, by way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Moves {
    send: [bool; 2],
    take_in: [bool; 2],
}

struct Agenda<'w> {
    due: BinaryHeap<Reverse<(Instant, Due)>>,
    notices: VecDeque<Notice>,
    watch: Option<&'w mut dyn FnMut(Record)>,
}

impl Host for Agenda<'_> {
    fn schedule(&mut self, at: Instant, event: Event) {
        self.due.push(Reverse((at, Due::Border(event))));
    }
    fn notice(&mut self, notice: Notice) {
        self.notices.push_back(notice);
    }
    fn records(&self) -> bool {
        self.watch.is_some()
    }
    fn record(&mut self, record: Record) {
        if let Some(watch) = &mut self.watch {
            watch(record);
        }
    }
}

pub(super) struct Driver<'a, 'w> {
    network: &'a Network,
    layout: &'a Layout,
    border: Border<'a>,
    agenda: Agenda<'w>,
    coming: Vec<Coming<'a>>,
    /// Trains before their first station, by way.
    outside: [Outside; 2],
    /// Trains that are ready and wait for the link, since when, by way.
    ready: [VecDeque<(Instant, VisitId)>; 2],
    /// When the link takes the next train, by way.
    line_free: [Instant; 2],
    line_told: [bool; 2],
    /// Trains on the link; those sent back have no track.
    on_link: Vec<(Arrival, bool)>,
    vacant: Vec<u32>,
    next_serial: u64,
    moves: Moves,
    counts: Outcome,
}

impl<'a, 'w> Driver<'a, 'w> {
    pub fn new(
        network: &'a Network,
        layout: &'a Layout,
        key: StreamKey,
        watch: Option<&'w mut dyn FnMut(Record)>,
    ) -> Self {
        let mut border = Border::new(network, key, layout.resolution);
        let both_ways = |way: Way| layout.traffic.iter().any(|t| t.way == way);
        if network.stations().len() == 2 && both_ways(Way::Out) && both_ways(Way::Back) {
            border.leaves_to_other(StationId(0), Way::Out, Some(longest(layout, Way::Back)));
            border.leaves_to_other(StationId(1), Way::Back, Some(longest(layout, Way::Out)));
        }
        let coming = layout.traffic.iter().map(|t| Coming::new(&t.arrivals, &t.name, layout.from, key)).collect();
        let outside =
            Outside { trains: VecDeque::new(), clocks: Waits::default(), why: Reason::NoTrack, since: layout.from };
        let agenda = Agenda { due: BinaryHeap::new(), notices: VecDeque::new(), watch };
        Self {
            network,
            layout,
            border,
            agenda,
            coming,
            outside: [outside.clone(), outside],
            ready: [VecDeque::new(), VecDeque::new()],
            line_free: [Instant::NEVER; 2],
            line_told: [false; 2],
            on_link: Vec::new(),
            vacant: Vec::new(),
            next_serial: 0,
            moves: Moves::default(),
            counts: Outcome { last: layout.from, ..Outcome::default() },
        }
    }

    pub fn run(mut self, mut look: Option<&mut dyn FnMut(&Tick)>) -> Outcome {
        for stream in 0..self.coming.len() {
            self.expect(stream);
        }
        while let Some(Reverse((now, due))) = self.agenda.due.pop() {
            if now > self.layout.until {
                break;
            }
            self.counts.events += 1;
            self.counts.last = now;
            self.handle(now, due);
            // All that happens at an instant has happened before anyone moves on it: no order among equals shows.
            if self.agenda.due.peek().is_some_and(|Reverse((next, _))| *next <= now) {
                continue;
            }
            self.heed(now);
            if let Some(look) = &mut look
                && self.agenda.due.peek().is_none_or(|Reverse((next, _))| *next > now)
            {
                self.count();
                look(&Tick { at: now, border: &self.border, counts: &self.counts });
            }
        }
        self.count();
        self.counts
    }

    fn count(&mut self) {
        for s in 0..self.network.stations().len() {
            self.counts.inside[s] = u64::from(self.border.inside(StationId::new(s)));
        }
        self.counts.outside = [0, 1].map(|w| self.outside[w].trains.len() as u64);
        self.counts.on_link = (self.on_link.len() - self.vacant.len()) as u64;
    }

    fn handle(&mut self, now: Instant, due: Due) {
        match due {
            Due::Border(event) => self.border.handle(now, event, &mut self.agenda),
            Due::Reaches { place, .. } => {
                let (mut arrival, returned) = self.on_link[place as usize];
                self.vacant.push(place);
                if returned {
                    self.counts.returned += 1;
                } else {
                    arrival.asked = now;
                    // Its track is held for it: it is taken in.
                    let _ = self.border.arrive(now, &arrival, &mut self.agenda);
                }
            }
            Due::LineFree(way) => {
                self.line_told[way.index()] = false;
                self.moves.send[way.index()] = true;
            }
            Due::Comes { stream, trains } => {
                for _ in 0..trains {
                    self.comes(now, stream as usize);
                }
                self.expect(stream as usize);
            }
        }
    }

    /// Puts the next trains of a stream on the agenda.
    fn expect(&mut self, stream: usize) {
        let next = self.coming[stream].next(self.layout.from).filter(|n| n.0 < self.layout.arrivals_until);
        if let Some((at, trains)) = next {
            self.agenda.due.push(Reverse((at, Due::Comes { stream: stream as u32, trains })));
        }
    }

    /// The station where trains of a way come in.
    fn first(&self, way: Way) -> StationId {
        StationId(if way == Way::Back { self.network.stations().len() as u32 - 1 } else { 0 })
    }

    fn comes(&mut self, now: Instant, stream: usize) {
        let t = &self.layout.traffic[stream];
        let serial = self.next_serial;
        self.next_serial += 1;
        self.counts.came += 1;
        let station = self.first(t.way);
        let stations = self.network.stations();
        if stations.iter().any(|s| s.procedure(t.way, t.loaded).is_none()) {
            self.counts.turned_away += 1;
            return;
        }
        let Some(procedure) = stations[station].procedure(t.way, t.loaded) else { return };
        let fits = |s: &crate::Station| s.tracks.iter().any(|x| x.fits_wagons.is_none_or(|f| f >= t.wagons));
        if !stations.iter().all(fits) {
            self.counts.turned_away += 1;
            return;
        }
        let arrival = Arrival {
            station,
            procedure,
            track: None,
            serial,
            wagons: t.wagons,
            consignments: t.consignments,
            load: t.load,
            hold: None,
            asked: now,
            waits: Waits::default(),
        };
        let before = &mut self.outside[t.way.index()];
        before.refused(now, before.why);
        before.trains.push_back((arrival, before.clocks));
        self.moves.take_in[t.way.index()] |= before.trains.len() == 1;
    }

    /// Takes in trains of a way from outside while there are tracks and the quota allows.
    fn take_in(&mut self, now: Instant, way: Way) {
        while let Some((train, at_coming)) = self.outside[way.index()].trains.front().copied() {
            let admitted = self.border.admit(now, train.station, way, train.wagons, &mut self.agenda);
            let before = &mut self.outside[way.index()];
            match admitted {
                Ok(track) => {
                    before.refused(now, before.why);
                    before.trains.pop_front();
                    let waits = before.clocks.since(&at_coming);
                    let _ = self.border.arrive(now, &Arrival { track: Some(track), waits, ..train }, &mut self.agenda);
                }
                Err(refusal) => {
                    before.refused(now, reason(refusal));
                    return;
                }
            }
        }
    }

    /// Does what notices ask for, until none is left.
    fn heed(&mut self, now: Instant) {
        loop {
            while let Some(notice) = self.agenda.notices.pop_front() {
                self.note(now, notice);
            }
            // Trains on their way through go before trains that come in.
            let moves = std::mem::take(&mut self.moves);
            for way in [Way::Back, Way::Out] {
                if moves.send[way.index()] {
                    self.send(now, way);
                }
            }
            for way in [Way::Out, Way::Back] {
                if moves.take_in[way.index()] {
                    self.take_in(now, way);
                }
            }
            if self.agenda.notices.is_empty() && self.moves == Moves::default() {
                return;
            }
        }
    }

    fn note(&mut self, now: Instant, notice: Notice) {
        let two = self.network.stations().len() == 2;
        match notice {
            Notice::Ready { visit, station, returned, .. } => self.is_ready(now, visit, station, returned),
            Notice::GoodsReleased { .. } => self.counts.released += 1,
            Notice::WagonsFreed { .. } => {}
            Notice::TrackFree { station, .. } if two => {
                let first = if station == StationId(0) { Way::Out } else { Way::Back };
                self.moves.take_in[first.index()] = true;
                self.moves.send[first.other().index()] = true;
            }
            Notice::TrackFree { .. } => self.moves.take_in = [true; 2],
            Notice::QuotaOpen { station, way } if self.first(way) == station => {
                self.moves.take_in[way.index()] = true;
            }
            Notice::QuotaOpen { way, .. } => self.moves.send[way.index()] = true,
        }
    }

    fn is_ready(&mut self, now: Instant, visit: VisitId, station: StationId, returned: bool) {
        let Some(way) = self.way_of(visit) else { return };
        let goes_on = self.network.stations().len() == 2 && station == self.first(way);
        // Sent back by the second, it runs back over the link; sent back by the first, it leaves where it came from.
        if !returned && !goes_on {
            self.border.depart(now, visit, &mut self.agenda);
            self.counts.left += 1;
        } else if returned && station == self.first(way) {
            self.border.depart(now, visit, &mut self.agenda);
            self.counts.returned += 1;
        } else {
            let over = if returned { way.other() } else { way };
            // Who is sent back needs no track beyond, and holds one here: it goes before those that wait for one.
            let rank = |(at, visit): &(Instant, VisitId)| {
                let serial = self.border.arrival(*visit).map(|a| a.serial);
                (self.way_of(*visit) == Some(over), *at, serial)
            };
            let own = rank(&(now, visit));
            let before = self.ready[over.index()].iter().take_while(|other| rank(other) < own).count();
            self.ready[over.index()].insert(before, (now, visit));
            self.moves.send[over.index()] = true;
        }
    }

    fn way_of(&self, visit: VisitId) -> Option<Way> {
        let arrival = self.border.arrival(visit)?;
        self.network.stations().get(arrival.station)?.procedures.get(arrival.procedure).map(|p| p.way)
    }

    /// Sends trains over the link in the order they got ready, while it is free and each has a track beyond.
    fn send(&mut self, now: Instant, over: Way) {
        let Link { run, headway } = self.layout.link;
        while let Some(&(_, visit)) = self.ready[over.index()].front() {
            let Some(mut arrival) = self.border.arrival(visit).copied() else { return };
            let returned = self.way_of(visit) != Some(over);
            if now < self.line_free[over.index()] {
                self.all_wait(now, over, Reason::Path);
                if !self.line_told[over.index()] {
                    self.line_told[over.index()] = true;
                    self.agenda.due.push(Reverse((self.line_free[over.index()], Due::LineFree(over))));
                }
                return;
            }
            if !returned {
                let beyond = self.first(over.other());
                let stations = self.network.stations();
                let loaded = stations[arrival.station].procedures[arrival.procedure].loaded;
                let Some(procedure) = stations[beyond].procedure(over, loaded) else { return };
                match self.border.admit(now, beyond, over, arrival.wagons, &mut self.agenda) {
                    Ok(track) => {
                        (arrival.station, arrival.procedure, arrival.track) = (beyond, procedure, Some(track));
                        arrival.waits = Waits::default();
                    }
                    Err(refusal) => {
                        self.all_wait(now, over, reason(refusal));
                        return;
                    }
                }
            }
            self.ready[over.index()].pop_front();
            self.border.depart(now, visit, &mut self.agenda);
            self.line_free[over.index()] = now + headway;
            let place = self.vacant.pop().unwrap_or_else(|| {
                self.on_link.push((arrival, returned));
                self.on_link.len() as u32 - 1
            });
            self.on_link[place as usize] = (arrival, returned);
            let due = Due::Reaches { serial: arrival.serial, place };
            self.agenda.due.push(Reverse((now + run[over.index()], due)));
        }
    }

    fn all_wait(&mut self, now: Instant, over: Way, why: Reason) {
        for (_, visit) in &self.ready[over.index()] {
            self.border.holds_back(now, *visit, why);
        }
    }
}

/// Why a train that is refused waits.
fn reason(refusal: Refusal) -> Reason {
    match refusal {
        Refusal::Quota | Refusal::QuotaOver => Reason::Quota,
        Refusal::NoTrack | Refusal::TooLong | Refusal::Unknown => Reason::NoTrack,
    }
}
