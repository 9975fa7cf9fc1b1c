//! A train takes what it was given, and passes stands without stopping.

use super::Movement;
use super::grant::Grant;
use super::occupation::Entry;
use crate::gates::Gates;
use crate::kernel::Agenda;
use yalu_plan::leaves_ms;
use yalu_trace::{Cause, OpenLineStop, PointTime};
use yalu_units::{Idx, Instant};

impl Movement<'_> {
    /// Takes what was granted; says when the train crosses the border on it.
    pub(super) fn commit(
        &mut self,
        agenda: &mut Agenda,
        gates: &mut Gates,
        now: Instant,
        train: u32,
        at: usize,
        grant: &Grant,
    ) -> Option<Instant> {
        let line = self.line(train);
        let mut crosses = None;
        for leg in at..grant.target {
            let factor = self.factor[self.trains[train as usize].line as usize];
            if leg > at {
                self.pass(agenda, now, train, leg);
            }
            if line.border_leg == Some(leg) {
                let t = &self.trains[train as usize];
                let pass = self.at(t, t.from, leg).pass_ms;
                crosses = Some(if leg == t.from { t.started } else { t.started + factor.on(pass) });
                let wagons = u32::from(t.loaded + t.empty);
                gates.passed(line, wagons);
            }
            for &(_, cause, span) in grant.held.iter().filter(|h| h.0 == leg) {
                if cause == Cause::Failure {
                    self.hindrance.note(line, leg, now);
                }
                let t = &mut self.trains[train as usize];
                t.started = t.started + span;
                let (place, held_ms) = ((leg + 1) as u16, span.0);
                t.open_line_stops.push(OpenLineStop { train: 0, place, cause, held_ms });
            }
            self.take_lanes(train, leg, grant.both.contains(&leg));
            let t = &self.trains[train as usize];
            let ahead = self.at(t, t.from, leg + 1);
            let enter = t.started + factor.on(ahead.enter_ms);
            let clear = t.started + factor.on(leaves_ms(&ahead));
            let stand = &mut self.stands[line.stands[leg + 1].index()];
            if !stand.simultaneous && !grant.trackless {
                let apart = self.rules.non_simultaneous;
                stand.entries.retain(|e| e.clear + apart > now);
                stand.entries.push(Entry { side: line.stretches[leg].0.0, enter, clear });
            }
            let (track, last) = (grant.tracks[leg - at], leg + 2 == line.stands.len());
            self.trains[train as usize].times.push(PointTime {
                point: 0,
                track,
                stopped: false,
                cause: Cause::None,
                enter,
                arrive: enter,
                depart: enter,
                section_clear: enter,
                track_clear: enter,
            });
            let counted = !last && leg + 1 == grant.target;
            if !grant.trackless {
                self.take_track(train, leg + 1, usize::from(track), counted);
            }
        }
        self.trains[train as usize].target = grant.target;
        if grant.trackless {
            self.joins_trackless(train);
            return crosses;
        }
        self.clear_if_known(agenda, now, train);
        crosses
    }

    /// Frees the stretch before the target at once where it is known when: if the train stops there in any case, or if
    /// its tail is in before it would have to brake.
    pub(super) fn clear_if_known(&mut self, agenda: &mut Agenda, now: Instant, train: u32) {
        let line = self.line(train);
        let t = &self.trains[train as usize];
        let (line_no, at) = (t.line as usize, t.target);
        let ahead = self.at(t, t.from, at);
        let stops = at + 1 == line.stands.len() || self.dwell[line_no][at].is_some();
        let known = stops || ahead.section_clear_stopping_ms <= ahead.brake_ms;
        let clear = t.started + self.factor[line_no].on(ahead.section_clear_stopping_ms);
        self.trains[train as usize].cleared = known;
        if known {
            self.free_stretch(agenda, now, train, at - 1, clear);
        }
    }

    /// Takes the lane of a leg, or both lanes, with when the train leaves each block.
    fn take_lanes(&mut self, train: u32, leg: usize, both: bool) {
        let (stretch, along) = self.line(train).stretches[leg];
        let own = self.lane_of(stretch.index(), along);
        let t = &self.trains[train as usize];
        let (factor, started) = (self.factor[t.line as usize], t.started);
        let ahead = self.at(t, t.from, leg + 1);
        let leaves_ms = leaves_ms(&ahead);
        let ends = if self.plan.stretches[stretch].blocks > 1 { self.times(t).blocks(t.from, leg) } else { &[] };
        for lane in 0..2 {
            if lane != own && !both {
                continue;
            }
            let l = &mut self.lanes[stretch.index()][lane];
            l.along = along;
            l.inside += 1;
            // A train that knows no blocks of the way (its stations leave no room for them) holds all to its end.
            l.blocks.fill(started + factor.on(leaves_ms));
            if ends.len() + 1 == l.blocks.len() {
                for (free, end) in l.blocks.iter_mut().zip(ends) {
                    // A train that stops beyond leaves late what it leaves while braking.
                    let ms = if end.clear_ms > ahead.brake_ms { leaves_ms } else { end.clear_ms };
                    *free = started + factor.on(ms);
                }
            }
        }
        if both {
            self.trains[train as usize].both.push(leg as u16);
        }
    }

    /// The train passes a stand without stopping.
    pub(super) fn pass(&mut self, agenda: &mut Agenda, now: Instant, train: u32, at: usize) {
        let t = &self.trains[train as usize];
        let factor = self.factor[t.line as usize];
        let times = self.at(t, t.from, at);
        let [enter, pass, section, clear] =
            [times.enter_ms, times.pass_ms, times.section_clear_ms, times.clear_ms].map(|ms| t.started + factor.on(ms));
        let e = &mut self.trains[train as usize].times[at];
        (e.stopped, e.enter, e.arrive, e.depart, e.section_clear, e.track_clear) =
            (false, enter, pass, pass, section, clear);
        if !self.trains[train as usize].cleared {
            self.free_stretch(agenda, now, train, at - 1, section);
        }
        self.trains[train as usize].cleared = false;
        self.free_track(agenda, now, train, at, clear);
    }
}
