//! What a train asks for: stretches and tracks up to the next stand where it fits.

use super::safety::Place;
use super::train::{Block, State, Train};
use super::{ASK_AGAIN, Movement, WAITED_LONG};
use crate::gates::Gates;
use yalu_plan::leaves_ms;
use yalu_trace::Cause;
use yalu_units::{Idx, Instant, Span};

/// What a train was given: the tracks on the way to the stand it is bound for.
pub(super) struct Grant {
    pub target: usize,
    pub origin_track: Option<usize>,
    /// A track at each stand from the next to the target.
    pub tracks: [u8; MOST_PASSED],
    /// How long it will stand on the open line on each leg, and why.
    pub held: Vec<(usize, Cause, Span)>,
    /// Legs on which it takes both tracks.
    pub both: Vec<usize>,
    /// Whether it follows others to the target without a track there.
    pub trackless: bool,
}

/// Why a train was not given what it asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused {
    pub block: Block,
    pub cause: Cause,
    /// When it is worth to ask again, if that is known.
    pub again: Option<Instant>,
}

/// Stands without a fitting track that a train can pass in one go.
pub(super) const MOST_PASSED: usize = 64;

/// A train's times on the way to a stand, as planned when it asks.
#[derive(Clone, Copy)]
struct Passage {
    /// By when the way ahead must be free: at the braking point.
    need: Instant,
    /// Head enters the stretch.
    enter: Instant,
    /// Clock from which the running times count.
    started: Instant,
    /// When on that clock its tail has left the stretch at the latest, ms.
    leaves_ms: i64,
}

impl Movement<'_> {
    /// Whether a train may go on from a stand it reaches at `entry`, counted from its start at stand `from`.
    pub(super) fn ask(
        &mut self,
        gates: &Gates,
        train: u32,
        from: usize,
        at: usize,
        entry: Instant,
        now: Instant,
    ) -> Result<Grant, Refused> {
        let line = self.line(train);
        let t = &self.trains[train as usize];
        let factor = self.factor[t.line as usize];
        let mut grant = Grant {
            target: at,
            origin_track: None,
            tracks: [0; MOST_PASSED],
            held: Vec::new(),
            both: Vec::new(),
            trackless: false,
        };
        let setting = self.rules.route_setting;
        if t.state == State::Yard {
            if self.one_waits_long(train, now) {
                let again = Some(now + WAITED_LONG);
                return Err(Refused { block: Block::Line, cause: Cause::Priority, again });
            }
            let stand = line.stands[at].index();
            let free = |k: &super::occupation::Track| k.train.is_none() && k.free_at + setting <= entry;
            grant.origin_track = self.stands[stand].tracks.iter().position(free);
            if grant.origin_track.is_none() {
                let again = self.stands[stand].next_free(|_| true).map(|t| (t + setting).max(now));
                return Err(Refused { block: Block::Stand(stand), cause: Cause::StationFull, again });
            }
        }
        let started = if from == at { entry } else { t.started };
        let mut way = Passage { need: now, enter: entry, started, leaves_ms: 0 };
        let row = self.row(t, from);
        let last_enter = loop {
            let leg = grant.target;
            let next = leg + 1;
            let ahead = row.get(next.wrapping_sub(from)).copied().unwrap_or_default();
            way.leaves_ms = leaves_ms(&ahead);
            if leg > at {
                let here = row.get(leg.wrapping_sub(from)).copied().unwrap_or_default();
                way.need = way.started + factor.on(here.brake_ms);
                way.enter = way.started + factor.on(here.pass_ms);
            }
            self.hold_on_line(train, leg, now, &mut way, &mut grant)?;
            let [enter, clear] = [ahead.enter_ms, way.leaves_ms].map(|ms| way.started + factor.on(ms));
            let wagons = u32::from(t.loaded + t.empty);
            if line.border_leg == Some(leg) && !gates.open(line, (way.enter, clear), wagons) {
                return Err(Refused { block: Block::Gate, cause: Cause::Border, again: None });
            }
            self.lane_free(train, (leg, from), now, (way, clear), &mut grant)?;
            let stand = line.stands[next].index();
            let side = line.stretches[leg].0.0;
            if let Some(after) = self.stands[stand].entry_after(side, enter, clear, self.rules.non_simultaneous) {
                let again = Some((now + (after - enter)).max(now));
                return Err(Refused { block: Block::Clock, cause: Cause::StationEntry, again });
            }
            let last = next + 1 == line.stands.len();
            let planned = self.dwell[t.line as usize][next].is_some();
            let fits = |k: &super::occupation::Track| k.length_m >= t.length_m;
            let any_fits = last || planned || self.stands[stand].tracks.iter().any(fits);
            let may = |k: &super::occupation::Track| fits(k) || !any_fits || last;
            let free = |k: &super::occupation::Track| may(k) && k.train.is_none() && k.free_at + setting <= enter;
            let behind = self.behind_trackless(train, leg);
            let Some(track) = self.stands[stand].shortest(free).filter(|_| !behind) else {
                if leg == at && any_fits && self.may_follow(gates, train, leg, way.enter) {
                    (grant.trackless, grant.target) = (true, next);
                    break enter;
                }
                if behind {
                    let (stretch, along) = line.stretches[leg];
                    let key = stretch.index() * 2 + self.lane_of(stretch.index(), along);
                    return Err(Refused { block: Block::Stretch(key), cause: self.cause_ahead(key), again: None });
                }
                let again = self.stands[stand].next_free(may).map(|t| (now + (t + setting - enter)).max(now));
                return Err(Refused { block: Block::Stand(stand), cause: Cause::StationFull, again });
            };
            if leg - at >= MOST_PASSED {
                return Err(Refused { block: Block::Stand(stand), cause: Cause::StationFull, again: None });
            }
            if any_fits && !last && self.held_by_gate(gates, train, next) && !self.room_beside(gates, stand, track) {
                return Err(Refused { block: Block::Gate, cause: Cause::Border, again: None });
            }
            grant.tracks[leg - at] = track as u8;
            grant.target = next;
            if any_fits {
                break enter;
            }
        };
        let to = if grant.trackless {
            Place::Lane { target: grant.target }
        } else {
            Place::Track { at: grant.target, track: grant.tracks[grant.target - at - 1] }
        };
        if self.safe_after(gates, train, to) {
            return Ok(grant);
        }
        // A shorter track that is not free yet may do where this one does not.
        let length_m = self.trains[train as usize].length_m;
        let later = |k: &super::occupation::Track| k.length_m >= length_m && k.free_at + setting > last_enter;
        let stand = line.stands[grant.target].index();
        let shorter = self.stands[stand].next_free(later).map(|t| (now + (t + setting - last_enter)).max(now));
        Err(Refused { block: Block::Safety, cause: Cause::Safety, again: shorter })
    }

    /// Whether a train on the line has waited long for the line, on a way that one from a yard would share.
    ///
    /// While the border or a possession holds a train, those behind it wait for what no room on the line gives them.
    fn one_waits_long(&self, train: u32, now: Instant) -> bool {
        let held = |t: &Train, b: Block| {
            t.state == State::Stands
                && (b == Block::Gate || b == Block::Clock && matches!(t.why, Cause::Possession | Cause::Power))
        };
        if self.waiting.iter().any(|&(id, b)| held(&self.trains[id as usize], b)) {
            return false;
        }
        let passes = &self.passes[self.trains[train as usize].line as usize];
        self.waiting.iter().any(|&(id, b)| {
            let t = &self.trains[id as usize];
            let long = matches!(t.state, State::Stands | State::Holds) && now - t.since > WAITED_LONG;
            let for_line = matches!(b, Block::Stretch(_) | Block::Stand(_) | Block::Safety);
            long && for_line && self.line(id).stretches[t.target..].iter().any(|(s, _)| passes[s.index()])
        })
    }

    /// Whether a train that stands at a stand of its way waits there for the border to open.
    pub(super) fn held_by_gate(&self, gates: &Gates, train: u32, at: usize) -> bool {
        let line = self.line(train);
        let t = &self.trains[train as usize];
        line.border_leg.is_some_and(|leg| leg >= at) && gates.holds(line, u32::from(t.loaded + t.empty))
    }

    /// Whether a stand keeps a track on which others can pass, beside one that is taken to wait for the border.
    fn room_beside(&self, gates: &Gates, stand: usize, taken: usize) -> bool {
        let waits = |&t: &u32| self.held_by_gate(gates, t, self.trains[t as usize].target);
        let tracks = self.stands[stand].tracks.iter().enumerate();
        tracks.filter(|(i, k)| *i != taken && k.long).any(|(_, k)| !k.train.as_ref().is_some_and(waits))
    }

    /// Dead contact lines and failures on a leg: the train waits, or will stand on the open line.
    fn hold_on_line(
        &self,
        train: u32,
        leg: usize,
        now: Instant,
        way: &mut Passage,
        grant: &mut Grant,
    ) -> Result<(), Refused> {
        if !self.hindrance.any() {
            return Ok(());
        }
        let line = self.line(train);
        let t = &self.trains[train as usize];
        let factor = self.factor[t.line as usize];
        let stretch = line.stretches[leg].0;
        let failed = self.hindrance.failure(line, leg, t.serial, way.enter);
        if failed.0 > 0 {
            grant.held.push((leg, Cause::Failure, failed));
            way.started = way.started + failed;
        }
        if line.consist.electric() {
            let mut enter = way.enter;
            while let Some((begin, end)) = self.hindrance.dead(stretch, enter, way.started + factor.on(way.leaves_ms)) {
                if begin <= way.enter {
                    let again = Some((now + (end - way.enter)).max(now));
                    return Err(Refused { block: Block::Clock, cause: Cause::Power, again });
                }
                grant.held.push((leg, Cause::Power, end - begin));
                way.started = way.started + (end - begin);
                enter = end;
            }
        }
        Ok(())
    }

    /// Whether a stretch is free for a train from when it needs it until its tail has left it.
    fn lane_free(
        &self,
        train: u32,
        (leg, from): (usize, usize),
        now: Instant,
        (way, clear): (Passage, Instant),
        grant: &mut Grant,
    ) -> Result<(), Refused> {
        let line = self.line(train);
        let (stretch, along) = line.stretches[leg];
        let own = self.lane_of(stretch.index(), along);
        let closed = &self.plan.closed[stretch];
        if let Some(until) = closed.until(way.enter, clear) {
            let again = Some((now + (until - way.enter)).max(now));
            return Err(Refused { block: Block::Clock, cause: Cause::Possession, again });
        }
        let shared = !self.plan.stretches[stretch].single && closed.shared(way.enter, clear);
        for lane in 0..2 {
            if lane == own || shared {
                self.one_lane(train, leg, from, now, way, stretch.index() * 2 + lane)?;
            }
        }
        if shared {
            grant.both.push(leg);
        }
        let key = stretch.index() * 2 + own;
        let same = |w: &&(u32, Block)| w.1 == Block::Stretch(key) && w.0 != train;
        let gives_way = self.waiting.iter().filter(same).any(|w| self.urgency(w.0, now) > self.urgency(train, now));
        if gives_way {
            let again = Some(now.max(self.lanes[stretch.index()][own].free_at) + ASK_AGAIN);
            return Err(Refused { block: Block::Stretch(key), cause: Cause::Priority, again });
        }
        Ok(())
    }

    /// Whether a lane is empty, or a train may follow on it block by block without being hindered.
    fn one_lane(
        &self,
        train: u32,
        leg: usize,
        from: usize,
        now: Instant,
        way: Passage,
        key: usize,
    ) -> Result<(), Refused> {
        let line = self.line(train);
        let t = &self.trains[train as usize];
        let along = line.stretches[leg].1;
        let lane = &self.lanes[key / 2][key % 2];
        let setting = self.rules.route_setting;
        if lane.inside == 0 && lane.free_at + setting <= way.need {
            return Ok(());
        }
        let cause = if lane.along == along { self.cause_ahead(key) } else { Cause::Meet };
        let known = (lane.inside == 0).then(|| (now + (lane.free_at + setting - way.need)).max(now));
        if lane.along != along || lane.blocks.len() < 2 {
            return Err(Refused { block: Block::Stretch(key), cause, again: known });
        }
        let factor = self.factor[t.line as usize];
        let times = self.times(t).blocks(from, leg);
        let mut wait = lane.blocks[0] + setting - way.need;
        for (free, end) in lane.blocks[1..].iter().zip(times) {
            // The signal must show clear before the train would have to brake for it.
            let sees = way.started + factor.on(end.pass_ms) + Span(-line.approach_ms);
            wait = wait.max(*free + setting - sees);
        }
        if times.len() + 1 == lane.blocks.len() && wait.0 <= 0 {
            return Ok(());
        }
        Err(Refused { block: Block::Stretch(key), cause, again: Some((now + wait).max(now + Span(1))) })
    }
}
