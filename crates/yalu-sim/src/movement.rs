//! Trains on the line: who holds which stretch and track, who may go on, who waits.
//!
//! A train holds the stretch it is on and a track at the stand it is bound for; so it can always leave the line.
//! It asks for the next stretch at its braking point and passes without stopping if it gets it.

mod grant;
mod safety;

use crate::gates::Gates;
use crate::kernel::{Agenda, Event};
use yalu_plan::{Line, LineKind, Plan};
use yalu_trace::PointTime;
use yalu_units::{Instant, Span};

/// How long a train stays on its track after its run before the yard takes it (assumed).
const INTO_YARD: Span = Span::minutes(10);
/// When a train that gave way asks again.
const ASK_AGAIN: Span = Span::seconds(30);

/// What a train runs for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Job {
    /// Other traffic.
    Other,
    /// Takes a cut over the border.
    Over { cut: u32 },
    /// Brings empties back over the border; none: the locomotive alone.
    Back { cut: Option<u32> },
    /// A locomotive alone goes to bring empties back; it turns like any other train of its service.
    Fetch,
    /// Takes a cut onward on the far side.
    Onward { cut: u32 },
    /// Brings empties from the far end to the border: route and wagons.
    OnwardBack { route: u16, wagons: u16 },
    /// Carries passengers out.
    PassengerOut,
    /// Carries passengers back.
    PassengerBack,
}

/// Why a train stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Block {
    No,
    Stretch(usize),
    Stand(usize),
    Safety,
    Gate,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// In the yard at the start of its path, off the line.
    Yard,
    /// On a track.
    Stands,
    Moves,
    Done,
}

/// A train that runs or waits to.
#[derive(Clone, Debug)]
pub(crate) struct Train {
    pub line: u32,
    pub loaded: u16,
    pub empty: u16,
    pub scheduled: Instant,
    pub due: Instant,
    pub job: Job,
    pub length_m: u32,
    /// Its times so far, one entry a stand up to the one it is bound for.
    pub times: Vec<PointTime>,
    state: State,
    block: Block,
    since: Instant,
    tries: u32,
    /// When its next planned try is.
    next_try: Instant,
    /// Stand it last started from, and when.
    from: usize,
    started: Instant,
    /// Stand it is bound for.
    target: usize,
}

#[derive(Clone, Copy, Debug)]
struct Holder {
    train: Option<u32>,
    free_at: Instant,
}

const NOBODY: Holder = Holder { train: None, free_at: Instant::NEVER };

struct Track {
    length_m: u32,
    holder: Holder,
    /// Whether the longest trains fit: only such tracks count for safety.
    long: bool,
    /// Whether its holder counts for safety (a train at the end of its path leaves by itself).
    counted: bool,
}

/// All trains and what they hold.
pub(crate) struct Movement<'a> {
    plan: &'a Plan,
    /// Running times of each line, millionths of the least.
    factor_ppm: Vec<i64>,
    pub trains: Vec<Train>,
    unused: Vec<u32>,
    /// Per stretch, by direction; a single stretch uses the first for both.
    stretches: Vec<[Holder; 2]>,
    stands: Vec<Vec<Track>>,
    /// Free tracks that count for safety, by stand.
    free: Vec<u16>,
    /// Stands without such a track.
    full: usize,
    scratch: Vec<u16>,
    waiting: Vec<u32>,
    pub refused_for_safety: u64,
}

impl<'a> Movement<'a> {
    pub fn new(plan: &'a Plan, factor: impl Fn(&Line) -> f64) -> Self {
        let longest = plan.lines.iter().map(|l| l.length_m(l.wagons)).max().unwrap_or(0);
        let stands: Vec<Vec<Track>> = plan
            .stands
            .iter()
            .map(|s| {
                let most = s.tracks_m.iter().copied().max().unwrap_or(0);
                let track = |&length_m: &u32| Track {
                    length_m,
                    holder: NOBODY,
                    long: length_m >= longest.min(most),
                    counted: false,
                };
                s.tracks_m.iter().map(track).collect()
            })
            .collect();
        let free: Vec<u16> = stands.iter().map(|t| t.iter().filter(|t| t.long).count() as u16).collect();
        Self {
            plan,
            factor_ppm: plan.lines.iter().map(|l| (factor(l) * 1e6).round() as i64).collect(),
            trains: Vec::new(),
            unused: Vec::new(),
            stretches: vec![[NOBODY; 2]; plan.stretches.len()],
            scratch: free.clone(),
            full: free.iter().filter(|n| **n == 0).count(),
            free,
            stands,
            waiting: Vec::new(),
            refused_for_safety: 0,
        }
    }

    /// The undisturbed run of a line.
    pub fn run_time(&self, line: u32) -> Span {
        let l = &self.plan.lines[line as usize];
        self.scaled(line, l.times.stop_ms(0, l.stands.len() - 1))
    }

    fn scaled(&self, line: u32, ms: i64) -> Span {
        Span((ms * self.factor_ppm[line as usize] + 500_000) / 1_000_000)
    }

    fn line(&self, train: u32) -> &'a Line {
        &self.plan.lines[self.trains[train as usize].line as usize]
    }

    /// A train is ready in the yard at the start of its path.
    pub fn ready(
        &mut self,
        agenda: &mut Agenda,
        now: Instant,
        line: u32,
        job: Job,
        scheduled: Instant,
        wagons: (u16, u16),
    ) -> u32 {
        let (loaded, empty) = wagons;
        let l = &self.plan.lines[line as usize];
        let due = scheduled + self.run_time(line);
        let fresh = |times| Train {
            line,
            loaded,
            empty,
            scheduled,
            due,
            job,
            length_m: l.length_m(u32::from(loaded + empty).max(if matches!(l.kind, LineKind::Traffic(_)) {
                l.wagons
            } else {
                0
            })),
            times,
            state: State::Yard,
            block: Block::No,
            since: now,
            tries: 0,
            next_try: Instant::FAR,
            from: 0,
            started: now,
            target: 0,
        };
        let id = if let Some(id) = self.unused.pop() {
            let mut times = std::mem::take(&mut self.trains[id as usize].times);
            times.clear();
            self.trains[id as usize] = fresh(times);
            id
        } else {
            let t = fresh(Vec::with_capacity(l.stands.len()));
            self.trains.push(t);
            (self.trains.len() - 1) as u32
        };
        self.try_at(agenda, now, now, id);
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
        if t.tries != count || !matches!(t.state, State::Yard | State::Stands) {
            return None;
        }
        let at = t.target;
        self.trains[train as usize].next_try = Instant::FAR;
        match self.ask(gates, train, at, at, now, now) {
            Ok(grant) => {
                self.waiting.retain(|&w| w != train);
                let line_no = self.trains[train as usize].line;
                let tail = self.scaled(line_no, self.line(train).times.tail_clear_ms(at, at));
                let t = &mut self.trains[train as usize];
                (t.from, t.started, t.state, t.block) = (at, now, State::Moves, Block::No);
                if t.times.is_empty() {
                    let track = grant.origin_track.unwrap_or(0);
                    t.times.push(PointTime {
                        point: 0,
                        track: track as u8,
                        stopped: true,
                        arrive: now,
                        depart: now,
                        section_clear: now,
                        track_clear: now + tail,
                    });
                    self.take_track(train, 0, track, false);
                } else if let Some(e) = t.times.last_mut() {
                    (e.depart, e.track_clear) = (now, now + tail);
                }
                self.free_track(agenda, now, train, at, now + tail);
                let crosses = self.commit(gates, train, at, &grant, now);
                self.pass_through(agenda, now, train, at, grant.target);
                crosses
            }
            Err((block, again)) => {
                self.wait(agenda, now, train, block, again);
                None
            }
        }
    }

    /// A train is at its braking point for the stand it is bound for.
    pub fn decide(&mut self, agenda: &mut Agenda, gates: &mut Gates, now: Instant, train: u32) -> Option<Instant> {
        let line = self.line(train);
        let t = &self.trains[train as usize];
        let (line_no, from, started, at) = (t.line, t.from, t.started, t.target);
        let last = at + 1 == line.stands.len();
        if !last {
            let entry = started + self.scaled(line_no, line.times.pass_ms(from, at));
            match self.ask(gates, train, from, at, entry, now) {
                Ok(grant) => {
                    self.pass(agenda, now, train, at);
                    let crosses = self.commit(gates, train, at, &grant, entry);
                    self.pass_through(agenda, now, train, at, grant.target);
                    return crosses;
                }
                Err((block, _)) => {
                    self.refused_for_safety += u64::from(block == Block::Safety);
                    self.trains[train as usize].block = block;
                }
            }
        }
        let arrive = started + self.scaled(line_no, line.times.stop_ms(from, at));
        self.free_stretch(agenda, now, train, at - 1, arrive);
        let t = &mut self.trains[train as usize];
        if let Some(e) = t.times.last_mut() {
            (e.stopped, e.arrive, e.depart, e.section_clear, e.track_clear) = (true, arrive, arrive, arrive, arrive);
        }
        if last {
            agenda.at(arrive, Event::Finish(train));
        } else {
            (t.state, t.since) = (State::Stands, arrive);
            self.try_at(agenda, now, arrive, train);
        }
        None
    }

    /// A train has ended its run; its times can be read until the next train is ready.
    pub fn finish(&mut self, agenda: &mut Agenda, now: Instant, train: u32) {
        let at = self.trains[train as usize].target;
        let clear = now + INTO_YARD;
        if let Some(e) = self.trains[train as usize].times.last_mut() {
            e.track_clear = clear;
        }
        self.free_track(agenda, now, train, at, clear);
        self.trains[train as usize].state = State::Done;
        self.unused.push(train);
    }

    /// A new day at the border: trains held by a closed or used-up gate ask again.
    pub fn gates_changed(&mut self, agenda: &mut Agenda, now: Instant) {
        for i in 0..self.waiting.len() {
            let train = self.waiting[i];
            if self.trains[train as usize].block == Block::Gate {
                self.try_at(agenda, now, now, train);
            }
        }
    }

    /// Ends the intake: trains that have not left their yards stay there. Tells how many.
    pub fn close_yards(&mut self) -> u64 {
        let in_yard = |trains: &[Train], t: u32| trains[t as usize].state == State::Yard;
        let count = (0..self.trains.len() as u32).filter(|&t| in_yard(&self.trains, t)).count();
        let trains = &self.trains;
        self.waiting.retain(|&t| !in_yard(trains, t));
        for t in self.trains.iter_mut().filter(|t| t.state == State::Yard) {
            t.state = State::Done;
        }
        count as u64
    }

    /// Trains that still wait, other than at a closed border: with no event left they can never move.
    pub fn stuck(&self) -> u64 {
        self.waiting.iter().filter(|&&t| self.trains[t as usize].block != Block::Gate).count() as u64
    }

    fn pass_through(&mut self, agenda: &mut Agenda, now: Instant, train: u32, at: usize, target: usize) {
        for k in at + 1..target {
            self.pass(agenda, now, train, k);
        }
        let t = &self.trains[train as usize];
        let brake = t.started + self.scaled(t.line, self.line(train).times.brake_at_ms(t.from, target));
        agenda.at(brake.max(now), Event::Decide(train));
    }

    /// The train passes a stand without stopping.
    fn pass(&mut self, agenda: &mut Agenda, now: Instant, train: u32, at: usize) {
        let line = self.line(train);
        let t = &self.trains[train as usize];
        let pass = t.started + self.scaled(t.line, line.times.pass_ms(t.from, at));
        let clear = (t.started + self.scaled(t.line, line.times.tail_clear_ms(t.from, at))).max(pass);
        let e = &mut self.trains[train as usize].times[at];
        (e.stopped, e.arrive, e.depart, e.section_clear, e.track_clear) = (false, pass, pass, clear, clear);
        self.free_stretch(agenda, now, train, at - 1, clear);
        self.free_track(agenda, now, train, at, clear);
    }

    fn wait(&mut self, agenda: &mut Agenda, now: Instant, train: u32, block: Block, again: Option<Instant>) {
        let t = &mut self.trains[train as usize];
        if block == Block::Safety && t.block != Block::Safety {
            self.refused_for_safety += 1;
        }
        t.block = block;
        if !self.waiting.contains(&train) {
            self.waiting.push(train);
        }
        if let Some(at) = again {
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
            State::Yard | State::Stands => ((now - t.since).0 / 3_600_000).clamp(0, 100) as i32,
        };
        self.plan.lines[t.line as usize].priority + waited
    }
}
