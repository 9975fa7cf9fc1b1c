//! Trains on the line: who holds which stretch and track, who may go on, who waits.
//!
//! A train holds the stretch it is on and a track at the stand it is bound for; so it can always leave the line.
//! It asks for the next stretch at its braking point and passes without stopping if it gets it.

mod commit;
mod follow;
mod grant;
mod hindrance;
mod occupation;
mod safety;
mod train;

pub(crate) use train::{Job, Train};

use crate::gates::Gates;
use crate::kernel::{Agenda, Event};
use crate::lookahead::Window;
use hindrance::Hindrance;
use occupation::{Lane, Stand};
use std::collections::VecDeque;
use train::{Block, Queued, State, Times};
use yalu_model::Corridor;
use yalu_plan::{Draw, Line, LineTimes, Plan, StandTimes, leaves_ms};
use yalu_trace::{Cause, PointTime};
use yalu_units::{Idx, Instant, Span};

/// When a train that gave way asks again.
const ASK_AGAIN: Span = Span::seconds(30);
/// While a train on the line has waited longer than this, none enters on its way from a yard (chosen on job R1 above what
/// it takes, where trains of one way otherwise follow each other for ever).
const WAITED_LONG: Span = Span::seconds(1800);

/// Rules of operation in one replication.
#[derive(Clone, Copy, Debug)]
struct Rules {
    /// From the release of a block or track to its next use.
    pub route_setting: Span,
    /// Between trains that may not enter a station at the same time.
    pub non_simultaneous: Span,
    /// How long a train stays on its track after its run before the yard takes it.
    pub into_yard: Span,
}

/// Times of a train on its line, millionths of the least.
#[derive(Clone, Copy, Debug)]
struct Factor(i64);

impl Factor {
    fn on(self, ms: i64) -> Span {
        yalu_plan::scaled(ms, self.0)
    }
}

/// All trains and what they hold.
pub(crate) struct Movement<'a> {
    plan: &'a Plan,
    rules: Rules,
    hindrance: Hindrance<'a>,
    /// By line.
    factor: Vec<Factor>,
    /// Minutes of planned stops, by line and stand; none where it need not stop.
    dwell: Vec<Vec<Option<Span>>>,
    /// When a train that nothing hinders is at each stand, by line.
    due: Vec<Vec<Span>>,
    pub trains: Vec<Train<'a>>,
    unused: Vec<u32>,
    /// Per stretch, by direction; a single stretch uses the first for both.
    lanes: Vec<[Lane; 2]>,
    stands: Vec<Stand>,
    /// Free tracks that count for safety, by stand.
    free: Vec<u16>,
    /// Stands without such a track.
    full: usize,
    scratch: Vec<u16>,
    /// All stands for the exact search, their tracks by length, and the rank of each track.
    window: Window,
    ranks: Vec<Vec<u8>>,
    /// Trains that wait, each with what for: looked through at each event, so they lie close.
    waiting: Vec<(u32, Block)>,
    /// Trains in their yards, by line, in the order they got ready: the first asks for all behind it.
    yards: Vec<VecDeque<u32>>,
    /// Trains on the line, by number.
    running: Vec<u32>,
    /// Whether a line passes a stretch.
    passes: Vec<Vec<bool>>,
    /// Trains in an order of moves in which all can leave the line, as found last.
    order: Vec<u32>,
    /// Trains on the line that have no track where they are bound.
    trackless: usize,
    /// Whether moves that could end in a deadlock are refused.
    lookahead: bool,
    pub refused_for_safety: u64,
    /// Of these, moves refused because the exact search ended before it knew.
    pub refused_beyond_window: u64,
}

impl<'a> Movement<'a> {
    pub fn new(c: &'a Corridor, plan: &'a Plan, draw: Draw, lookahead: bool) -> Self {
        let longest = plan.lines.iter().map(|l| l.length_m(l.wagons)).max().unwrap_or(0);
        let stands: Vec<Stand> = plan.stands.iter().map(|s| Stand::new(s, longest)).collect();
        let free: Vec<u16> = stands.iter().map(Stand::long_tracks).collect();
        let seconds = |q| Span::from_seconds(draw.value(q));
        let factor: Vec<Factor> = plan.lines.iter().map(|l| Factor(l.factor_ppm(c, draw))).collect();
        let dwell: Vec<Vec<Option<Span>>> = plan.lines.iter().map(|l| l.dwell(draw)).collect();
        let due = plan.lines.iter().zip(&factor).zip(&dwell).map(|((l, f), d)| l.due(f.0, d)).collect();
        let lane = |id: yalu_plan::StretchId| Lane::new(plan.blocks(id));
        let (window, ranks) = window(plan);
        Self {
            plan,
            rules: Rules {
                route_setting: seconds(&c.line.operation.route_setting_s),
                non_simultaneous: seconds(&c.line.operation.non_simultaneous_s),
                into_yard: seconds(&c.line.operation.into_yard_s),
            },
            hindrance: Hindrance::new(c, plan, draw),
            factor,
            dwell,
            due,
            trains: Vec::new(),
            unused: Vec::new(),
            lanes: plan.stretches.ids().map(|id| [lane(id), lane(id)]).collect(),
            scratch: free.clone(),
            full: free.iter().filter(|n| **n == 0).count(),
            free,
            stands,
            window,
            ranks,
            waiting: Vec::new(),
            yards: vec![VecDeque::new(); plan.lines.len()],
            running: Vec::new(),
            passes: plan.lines.iter().map(|l| passes(plan, l)).collect(),
            order: Vec::new(),
            trackless: 0,
            lookahead,
            refused_for_safety: 0,
            refused_beyond_window: 0,
        }
    }

    /// The undisturbed run of a line, planned stops included.
    pub fn run_time(&self, line: u32) -> Span {
        self.due[line as usize].last().copied().unwrap_or_default()
    }

    /// Trains asked for so far, by service and then by row of other traffic: as written, and back.
    pub fn asked(&self) -> &[[u32; 2]] {
        self.hindrance.serials()
    }

    fn line(&self, train: u32) -> &'a Line {
        &self.plan.lines[self.trains[train as usize].line as usize]
    }

    fn times<'t>(&self, train: &'t Train<'a>) -> &'t LineTimes
    where
        'a: 't,
    {
        match &train.own {
            Times::Line => &self.plan.lines[train.line as usize].times,
            Times::Own(t) => t,
        }
    }

    /// Times of a train from a start at a stand, at that stand and all behind it.
    fn row<'t>(&self, train: &'t Train<'a>, from: usize) -> &'t [StandTimes]
    where
        'a: 't,
    {
        match train.row {
            Some(row) if from == train.from => row,
            _ => self.times(train).from_stand(from),
        }
    }

    /// Times of a train at a stand, from a start at an earlier one.
    fn at(&self, train: &Train<'a>, from: usize, stand: usize) -> StandTimes {
        self.row(train, from).get(stand.wrapping_sub(from)).copied().unwrap_or_default()
    }

    /// A train is ready in the yard at the start of its path; `load_t` if its wagons carry a load of their own.
    #[expect(clippy::too_many_arguments, reason = "what a train is")]
    pub fn ready(
        &mut self,
        agenda: &mut Agenda,
        now: Instant,
        line: u32,
        job: Job,
        scheduled: Instant,
        wagons: (u16, u16),
        load_t: Option<f64>,
    ) -> u32 {
        let l = &self.plan.lines[line as usize];
        let late = self.hindrance.entry_delay(l);
        let times = if let Some(id) = self.unused.last() {
            std::mem::take(&mut self.trains[*id as usize].times)
        } else {
            Vec::with_capacity(l.stands.len())
        };
        // Heaviest and lightest were tried when the plan was compiled.
        let own = load_t.and_then(|t| self.hindrance.own(l, &[], &[], t)).map_or(Times::Line, Times::Own);
        let serial = self.hindrance.serial(l);
        let due = scheduled + self.run_time(line);
        let mut fresh = Train::new(l, line, job, wagons, (scheduled, due, now + late), (load_t, own), serial, times);
        let id = if let Some(id) = self.unused.pop() {
            // A try planned for the train that had this number must not be taken for one of this train.
            fresh.tries = self.trains[id as usize].tries;
            self.trains[id as usize] = fresh;
            id
        } else {
            self.trains.push(fresh);
            (self.trains.len() - 1) as u32
        };
        self.try_at(agenda, now, now + late, id);
        id
    }

    /// A standing train tries to go; tells when it crosses the border if it will before it next stands.
    pub fn try_to_go(
        &mut self,
        agenda: &mut Agenda,
        gates: &mut Gates,
        now: Instant,
        train: u32,
        count: u32,
    ) -> Option<Instant> {
        let t = &self.trains[train as usize];
        if t.tries != count || !matches!(t.state, State::Yard | State::Stands | State::Holds) {
            return None;
        }
        let (at, holds) = (t.target, t.state == State::Holds);
        self.trains[train as usize].next_try = Instant::FAR;
        if holds {
            self.try_to_enter(agenda, gates, now, train);
            return None;
        }
        if self.is_behind(train) {
            let first = self.yards[self.trains[train as usize].line as usize][0];
            let cause = self.trains[first as usize].why;
            self.trains[train as usize].waits_for(cause, now);
            return None;
        }
        self.restrict(train, at, now);
        match self.ask(gates, train, at, at, now, now) {
            Ok(grant) => {
                self.waiting.retain(|w| w.0 != train);
                self.leave_yard(agenda, now, train);
                let factor = self.factor[self.trains[train as usize].line as usize];
                let tail = factor.on(self.at(&self.trains[train as usize], at, at).clear_ms);
                let row = match self.trains[train as usize].own {
                    Times::Line => Some(self.line(train).times.from_stand(at)),
                    Times::Own(_) => None,
                };
                let t = &mut self.trains[train as usize];
                let waited_long = t.state == State::Stands && now - t.since > WAITED_LONG;
                t.goes(now);
                (t.from, t.row, t.started, t.state, t.block) = (at, row, now, State::Moves, Block::No);
                if t.times.is_empty() {
                    let track = grant.origin_track.unwrap_or(0);
                    let cause = t.cause();
                    t.times.push(PointTime {
                        point: 0,
                        track: track as u8,
                        stopped: true,
                        cause,
                        enter: now,
                        arrive: now,
                        depart: now,
                        section_clear: now,
                        track_clear: now + tail,
                    });
                    self.take_track(train, 0, track, false);
                } else {
                    let cause = t.cause();
                    if let Some(e) = t.times.last_mut() {
                        (e.depart, e.track_clear, e.cause) = (now, now + tail, cause);
                    }
                }
                self.trains[train as usize].clear_waits();
                self.free_track(agenda, now, train, at, now + tail);
                let crosses = self.commit(agenda, gates, now, train, at, &grant);
                self.decide_later(agenda, now, train);
                if waited_long {
                    self.wake(agenda, now, now, |b| b == Block::Line);
                }
                crosses
            }
            Err(refused) => {
                if refused.block == Block::Gate {
                    // Others of its line may still pass a gate that is shut to it.
                    self.trains[train as usize].queued = Queued::Apart;
                    self.next_in_yard(agenda, now, train);
                }
                self.wait(agenda, now, train, refused);
                None
            }
        }
    }

    /// Whether a train waits in its yard behind another of its line; it takes its place in the queue.
    fn is_behind(&mut self, train: u32) -> bool {
        let t = &mut self.trains[train as usize];
        if t.state != State::Yard || t.queued == Queued::Apart {
            return false;
        }
        let yard = &mut self.yards[t.line as usize];
        if t.queued == Queued::No {
            t.queued = Queued::Behind;
            yard.push_back(train);
        }
        yard.front() != Some(&train)
    }

    /// A train leaves its yard, if it is there: it is on the line, and the next one asks.
    fn leave_yard(&mut self, agenda: &mut Agenda, now: Instant, train: u32) {
        if self.trains[train as usize].state == State::Yard {
            let place = self.running.partition_point(|&r| r < train);
            self.running.insert(place, train);
            self.next_in_yard(agenda, now, train);
        }
    }

    /// If a train is the first in its yard, it makes room for the next.
    fn next_in_yard(&mut self, agenda: &mut Agenda, now: Instant, train: u32) {
        let yard = &mut self.yards[self.trains[train as usize].line as usize];
        if yard.front() == Some(&train) {
            yard.pop_front();
            if let Some(&next) = yard.front() {
                self.try_at(agenda, now, now, next);
            }
        }
    }

    /// A train is at its braking point for the stand it is bound for.
    pub fn decide(&mut self, agenda: &mut Agenda, gates: &mut Gates, now: Instant, train: u32) -> Option<Instant> {
        if self.trains[train as usize].trackless {
            self.enters_or_holds(agenda, gates, now, train);
            return None;
        }
        let line = self.line(train);
        let t = &self.trains[train as usize];
        let (line_no, from, at) = (t.line as usize, t.from, t.target);
        let last = at + 1 == line.stands.len();
        let planned = self.dwell[line_no][at];
        if !last && planned.is_none() {
            let entry = t.started + self.factor[line_no].on(self.at(t, from, at).pass_ms);
            match self.ask(gates, train, from, at, entry, now) {
                Ok(grant) => {
                    self.pass(agenda, now, train, at);
                    let crosses = self.commit(agenda, gates, now, train, at, &grant);
                    self.decide_later(agenda, now, train);
                    return crosses;
                }
                Err(refused) => {
                    self.refused_for_safety += u64::from(refused.block == Block::Safety);
                    let t = &mut self.trains[train as usize];
                    (t.block, t.why) = (refused.block, refused.cause);
                }
            }
        }
        let t = &self.trains[train as usize];
        let (times, factor, started) = (self.at(t, from, at), self.factor[line_no], t.started);
        let arrive = started + factor.on(times.stop_ms);
        let clear = started + factor.on(times.section_clear_stopping_ms);
        let enter = started + factor.on(times.enter_ms);
        if !self.trains[train as usize].cleared {
            self.free_stretch(agenda, now, train, at - 1, clear);
        }
        let t = &mut self.trains[train as usize];
        t.cleared = false;
        if let Some(e) = t.times.last_mut() {
            (e.stopped, e.enter, e.arrive, e.depart, e.section_clear, e.track_clear) =
                (true, enter, arrive, arrive, clear, arrive);
        }
        if last {
            agenda.at(arrive, Event::Finish(train));
        } else {
            let ready = arrive + planned.unwrap_or(Span(0));
            let t = &mut self.trains[train as usize];
            (t.state, t.since, t.why_since) = (State::Stands, ready, ready);
            if planned.is_some() {
                t.why = Cause::None;
            }
            self.try_at(agenda, now, ready, train);
        }
        None
    }

    /// A train has ended its run: its track is free once the yard has taken it.
    pub fn finish(&mut self, agenda: &mut Agenda, now: Instant, train: u32) {
        let at = self.trains[train as usize].target;
        self.trains[train as usize].state = State::Done;
        self.running.retain(|&r| r != train);
        let when = now + self.rules.into_yard;
        if let Some(e) = self.trains[train as usize].times.last_mut() {
            e.track_clear = when;
        }
        self.free_track(agenda, now, train, at, when);
        self.unused.push(train);
    }

    /// The border has changed: trains at its gates try again.
    pub fn gates_changed(&mut self, agenda: &mut Agenda, now: Instant) {
        for i in 0..self.waiting.len() {
            let (train, block) = self.waiting[i];
            if matches!(block, Block::Gate | Block::Safety) {
                self.try_at(agenda, now, now, train);
            }
        }
    }

    /// Ends the intake: trains that have not left their yards stay there. Tells how many.
    pub fn close_yards(&mut self) -> u64 {
        let in_yard = |trains: &[Train<'a>], t: u32| trains[t as usize].state == State::Yard;
        let count = (0..self.trains.len() as u32).filter(|&t| in_yard(&self.trains, t)).count();
        let trains = &self.trains;
        self.waiting.retain(|w| !in_yard(trains, w.0));
        self.yards.iter_mut().for_each(VecDeque::clear);
        for t in self.trains.iter_mut().filter(|t| t.state == State::Yard) {
            t.state = State::Done;
        }
        count as u64
    }

    /// Trains that still wait, other than at a closed border: with no event left they can never move.
    ///
    /// While a train is held until a time beyond the end (a possession, a dead line), those behind it wait, too.
    pub fn stuck(&self) -> u64 {
        let held = |t: &Train| t.block == Block::Clock && matches!(t.why, Cause::Possession | Cause::Power);
        if self.waiting.iter().any(|w| held(&self.trains[w.0 as usize])) {
            return 0;
        }
        self.waiting.iter().filter(|w| w.1 != Block::Gate).count() as u64
    }

    /// Plans the train's decision at its braking point for the stand it is now bound for; where it needs a track, if it has none.
    fn decide_later(&mut self, agenda: &mut Agenda, now: Instant, train: u32) {
        let t = &self.trains[train as usize];
        let brake = if t.trackless {
            self.needs_track_at(train)
        } else {
            t.started + self.factor[t.line as usize].on(self.at(t, t.from, t.target).brake_ms)
        };
        agenda.at(brake.max(now), Event::Decide(train));
    }

    /// Restrictions of speed a train that starts now will meet before it next stands.
    fn restrict(&mut self, train: u32, at: usize, now: Instant) {
        let line = self.line(train);
        let t = &self.trains[train as usize];
        if line.restrictions.is_empty() {
            return;
        }
        let end = (at + 1..line.stands.len()).find(|&k| line.stops[k].is_some()).unwrap_or(line.stands.len() - 1);
        let factor = self.factor[t.line as usize];
        let mut active: Vec<u16> = Vec::new();
        for &(i, leg) in line.restrictions.iter().filter(|r| (at..end).contains(&r.1)) {
            let begin = if leg == at { 0 } else { line.times.at(at, leg).pass_ms };
            let clear = leaves_ms(&line.times.at(at, leg + 1));
            let (from, to) = self.plan.restrictions[usize::from(i)].period;
            if now + factor.on(begin) < to && from < now + factor.on(clear) {
                active.push(i);
            }
        }
        if active == t.restricted {
            return;
        }
        let own = match t.load_t {
            None if active.is_empty() => Times::Line,
            None => self.hindrance.restricted(line, &self.plan.restrictions, &active).map_or(Times::Line, Times::Own),
            Some(load_t) => {
                self.hindrance.own(line, &self.plan.restrictions, &active, load_t).map_or(Times::Line, Times::Own)
            }
        };
        let t = &mut self.trains[train as usize];
        (t.own, t.restricted, t.row) = (own, active, None);
    }

    fn wait(&mut self, agenda: &mut Agenda, now: Instant, train: u32, refused: grant::Refused) {
        let t = &mut self.trains[train as usize];
        if refused.block == Block::Safety && t.block != Block::Safety {
            self.refused_for_safety += 1;
        }
        t.block = refused.block;
        t.waits_for(refused.cause, now);
        match self.waiting.iter_mut().find(|w| w.0 == train) {
            Some(w) => w.1 = refused.block,
            None => self.waiting.push((train, refused.block)),
        }
        if let Some(at) = refused.again {
            self.try_at(agenda, now, at, train);
        }
    }

    fn try_at(&mut self, agenda: &mut Agenda, now: Instant, at: Instant, train: u32) {
        let rank = 127 - self.urgency(train, now).clamp(0, 120);
        let t = &mut self.trains[train as usize];
        if t.next_try <= at {
            return;
        }
        t.tries += 1;
        t.next_try = at.max(now);
        agenda.ranked(at.max(now), rank as u8, Event::Try { train, count: t.tries });
    }

    /// Priority, one step higher for each hour a train has stood: so that none waits for ever.
    fn urgency(&self, train: u32, now: Instant) -> i32 {
        let t = &self.trains[train as usize];
        let waited = match t.state {
            State::Moves | State::Done => 0,
            State::Yard | State::Stands | State::Holds => ((now - t.since).0 / 3_600_000).clamp(0, 100) as i32,
        };
        t.priority + waited
    }

    fn wake(&mut self, agenda: &mut Agenda, now: Instant, when: Instant, which: impl Fn(Block) -> bool) {
        for i in 0..self.waiting.len() {
            let (train, block) = self.waiting[i];
            if which(block) {
                self.try_at(agenda, now, when, train);
            }
        }
    }

    fn lane_of(&self, stretch: usize, along: bool) -> usize {
        usize::from(!along && !self.plan.stretches.as_slice()[stretch].single)
    }

    fn stand_of(&self, train: u32, at: usize) -> usize {
        self.line(train).stands[at].index()
    }
}

/// The stretches of a line.
fn passes(plan: &Plan, line: &Line) -> Vec<bool> {
    let mut out = vec![false; plan.stretches.len()];
    for (s, _) in &line.stretches {
        out[s.index()] = true;
    }
    out
}

/// All stands as places of the exact search: tracks by length, and where each track of the stand comes among them; then
/// the lanes, where trains without a track queue.
fn window(plan: &Plan) -> (Window, Vec<Vec<u8>>) {
    let mut window = Window::default();
    let mut ranks = Vec::new();
    for s in &plan.stands {
        let mut order: Vec<usize> = (0..s.tracks_m.len()).collect();
        order.sort_by_key(|&i| (s.tracks_m[i], i));
        let mut rank = vec![0; order.len()];
        for (place, &i) in order.iter().enumerate() {
            rank[i] = place as u8;
        }
        window.places.push(order.iter().map(|&i| s.tracks_m[i]).collect());
        ranks.push(rank);
    }
    window.queues_from = Some(window.places.len() as u16);
    for (id, s) in plan.stretches.enumerated().filter(|(_, s)| !s.single) {
        let (a, b, queue) = (s.a.index() as u16, s.b.index() as u16, (plan.stands.len() + id.index() * 2) as u16);
        window.between.entry((a, b)).or_default().push(queue);
        window.between.entry((b, a)).or_default().push(queue + 1);
    }
    window.places.resize(window.places.len() + plan.stretches.len() * 2, Vec::new());
    (window, ranks)
}
