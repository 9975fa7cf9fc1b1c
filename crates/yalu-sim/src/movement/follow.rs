//! Trains that follow others on a track of their own way without a track at its end yet.
//!
//! On double track with blocks a train behind others needs a track at the next station only when it comes there: it is
//! let go while every train before the station can stand in a block of its own, and asks for a track at its braking
//! point. If there is none it stands on the open line, and those behind it after it, in their order.

use super::Movement;
use super::grant::Refused;
use super::occupation::Entry;
use super::safety::Place;
use super::train::{Block, State};
use crate::gates::Gates;
use crate::kernel::Agenda;
use yalu_plan::leaves_ms;
use yalu_trace::{Cause, OpenLineStop};
use yalu_units::{Idx, Instant, Span};

/// Blocks a stretch has at least where trains follow without a track at its end: the last is kept free for the one that
/// enters the station, the first for the one that leaves the other.
const LEAST_BLOCKS: usize = 3;
/// Most trains on one lane that have no track at its end: so many the look-ahead tells apart.
const MOST_TRACKLESS: usize = 60;

impl Movement<'_> {
    pub(super) fn lane_key(&self, train: u32, leg: usize) -> usize {
        let (stretch, along) = self.line(train).stretches[leg];
        stretch.index() * 2 + self.lane_of(stretch.index(), along)
    }

    /// Whether trains on the lane of a leg have no track at its end: none overtakes them.
    pub(super) fn behind_trackless(&self, train: u32, leg: usize) -> bool {
        let key = self.lane_key(train, leg);
        !self.lanes[key / 2][key % 2].trackless.is_empty()
    }

    /// Why trains on a lane stand: what the first without a track waits for, where it stands on the open line.
    pub(super) fn cause_ahead(&self, key: usize) -> Cause {
        let first = self.lanes[key / 2][key % 2].trackless.front().map(|id| &self.trains[*id as usize]);
        first.filter(|t| t.state == State::Holds).map_or(Cause::Following, |t| t.why)
    }

    /// Whether a train may go on a leg without a track at its end: it may have to stand on it for any time.
    pub(super) fn may_follow(&self, gates: &Gates, train: u32, leg: usize, enter: Instant) -> bool {
        let line = self.line(train);
        let (stretch, key) = (line.stretches[leg].0, self.lane_key(train, leg));
        let lane = &self.lanes[key / 2][key % 2];
        let closed = &self.plan.closed[stretch];
        let clear = closed.until(enter, Instant::FAR).is_none() && !closed.shared(enter, Instant::FAR);
        let live = !line.consist.electric() || self.hindrance.dead(stretch, enter, Instant::FAR).is_none();
        !self.plan.stretches[stretch].single
            && lane.blocks.len() >= LEAST_BLOCKS
            && usize::from(lane.inside) + 2 < lane.blocks.len()
            && lane.trackless.len() < MOST_TRACKLESS
            && clear
            && live
            && !(line.border_leg == Some(leg) && gates.by_turns(line))
            && !self.held_by_gate(gates, train, leg + 1)
    }

    /// A train has gone without a track where it is bound.
    pub(super) fn joins_trackless(&mut self, train: u32) {
        let key = self.lane_key(train, self.trains[train as usize].target - 1);
        self.lanes[key / 2][key % 2].trackless.push_back(train);
        self.trackless += 1;
        let t = &mut self.trains[train as usize];
        (t.trackless, t.cleared) = (true, false);
    }

    /// When a train without a track must have one: at its braking point, and before it would brake for the entry signal,
    /// whose braking distance it runs at top speed in half the time that braking takes.
    pub(super) fn needs_track_at(&self, train: u32) -> Instant {
        let t = &self.trains[train as usize];
        let (ahead, factor) = (self.at(t, t.from, t.target), self.factor[t.line as usize]);
        let sees = factor.on(ahead.enter_ms) + Span(-self.line(train).approach_ms / 2);
        t.started + factor.on(ahead.brake_ms).min(sees)
    }

    /// A train without a track comes to where it needs one: it gets one, or stands on the open line.
    pub(super) fn enters_or_holds(&mut self, agenda: &mut Agenda, gates: &Gates, now: Instant, train: u32) {
        match self.enter(agenda, gates, now, train) {
            Ok(()) => self.decide_later(agenda, now, train),
            Err(refused) => {
                let t = &mut self.trains[train as usize];
                (t.state, t.since, t.why_since, t.why) = (State::Holds, now, now, refused.cause);
                self.wait(agenda, now, train, refused);
            }
        }
    }

    /// A train that stands before a station asks for a track there again.
    pub(super) fn try_to_enter(&mut self, agenda: &mut Agenda, gates: &Gates, now: Instant, train: u32) {
        match self.enter(agenda, gates, now, train) {
            Ok(()) => {
                let t = &mut self.trains[train as usize];
                t.goes(now);
                t.clear_waits();
                self.decide_later(agenda, now, train);
            }
            Err(refused) => self.wait(agenda, now, train, refused),
        }
    }

    /// Takes a track where the train is bound, if one is free when it comes there.
    fn enter(&mut self, agenda: &mut Agenda, gates: &Gates, now: Instant, train: u32) -> Result<(), Refused> {
        let line = self.line(train);
        let t = &self.trains[train as usize];
        let (at, setting, factor) = (t.target, self.rules.route_setting, self.factor[t.line as usize]);
        let (key, stand, last) = (self.lane_key(train, at - 1), line.stands[at].index(), at + 1 == line.stands.len());
        let lane = &self.lanes[key / 2][key % 2];
        if lane.trackless.front() != Some(&train) || usize::from(lane.inside) > lane.trackless.len() {
            let cause = if lane.trackless.front() == Some(&train) { Cause::Following } else { self.cause_ahead(key) };
            return Err(Refused { block: Block::Stretch(key), cause, again: None });
        }
        let ahead = self.at(t, t.from, at);
        let stood = match t.state {
            State::Holds => now - self.needs_track_at(train) + self.stop_costs(train),
            _ => Span(0),
        };
        let started = t.started + stood;
        let [enter, clear] = [ahead.enter_ms, leaves_ms(&ahead)].map(|ms| started + factor.on(ms));
        let again = |free: Instant| Some((now + (free - enter)).max(now + Span(1)));
        if lane.free_at + setting > enter {
            let again = again(lane.free_at + setting);
            return Err(Refused { block: Block::Stretch(key), cause: Cause::Following, again });
        }
        let side = line.stretches[at - 1].0.0;
        if let Some(after) = self.stands[stand].entry_after(side, enter, clear, self.rules.non_simultaneous) {
            return Err(Refused { block: Block::Clock, cause: Cause::StationEntry, again: again(after) });
        }
        let length_m = t.length_m;
        let fits = |k: &super::occupation::Track| k.length_m >= length_m || last;
        let free = |k: &super::occupation::Track| fits(k) && k.train.is_none() && k.free_at + setting <= enter;
        let Some(track) = self.stands[stand].shortest(free) else {
            let again = self.stands[stand].next_free(fits).and_then(|t| again(t + setting));
            return Err(Refused { block: Block::Stand(stand), cause: Cause::StationFull, again });
        };
        if !self.safe_after(gates, train, Place::Track { at, track: track as u8 }) {
            // A shorter track that is not free yet may do where this one does not.
            let later = |k: &super::occupation::Track| fits(k) && k.free_at + setting > enter;
            let again = self.stands[stand].next_free(later).and_then(|t| again(t + setting));
            return Err(Refused { block: Block::Safety, cause: Cause::Safety, again });
        }
        // What is freed on the way wakes those that wait, of which it is no more.
        self.waiting.retain(|w| w.0 != train);
        let lane = &mut self.lanes[key / 2][key % 2];
        lane.trackless.pop_front();
        if let Some(end) = lane.blocks.last_mut() {
            *end = (*end).max(clear);
        }
        if !self.stands[stand].simultaneous {
            self.stands[stand].entries.push(Entry { side, enter, clear });
        }
        self.trackless -= 1;
        let t = &mut self.trains[train as usize];
        (t.trackless, t.started, t.state, t.block) = (false, started, State::Moves, Block::No);
        if stood.0 > 0 {
            let (place, held_ms) = (at as u16, stood.0);
            t.open_line_stops.push(OpenLineStop { train: 0, place, cause: Cause::StationFull, held_ms });
        }
        if let Some(e) = t.times.last_mut() {
            e.track = track as u8;
        }
        self.take_track(train, at, track, !last);
        self.clear_if_known(agenda, now, train);
        Ok(())
    }

    /// Time lost by stopping before a station and starting again: what stopping at its stand and starting there take.
    fn stop_costs(&self, train: u32) -> Span {
        let t = &self.trains[train as usize];
        let here = self.at(t, t.from, t.target);
        let braking = (here.stop_ms - here.pass_ms).max(0);
        let next = self.row(t, t.from).get(t.target + 1 - t.from);
        let fresh = (t.target + 1 < self.line(train).stands.len()).then(|| self.times(t).from_stand(t.target).get(1));
        let starting = next.zip(fresh.flatten()).map_or(0, |(n, f)| f.pass_ms - (n.pass_ms - here.pass_ms));
        self.factor[t.line as usize].on(braking + starting.max(0))
    }
}
