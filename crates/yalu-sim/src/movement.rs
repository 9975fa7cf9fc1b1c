//! Trains on the line: who holds which stretch and track, who may go on, who waits.
//!
//! A train holds the stretch it is on and a track at the stand it is bound for; so it can always leave the line.
//! It asks for the next stretch at its braking point and passes without stopping if it gets it.

use crate::gates::Gates;
use crate::kernel::{Agenda, Event};
use yalu_plan::{Line, LineKind, Plan, StandId};
use yalu_trace::PointTime;
use yalu_units::{Idx, Instant, Span};

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

/// What a train was given: the tracks on the way to the stand it is bound for.
struct Grant {
    target: usize,
    origin_track: Option<usize>,
    /// A track at each stand from the next to the target.
    tracks: [u8; MOST_PASSED],
}

/// Stands without a fitting track that a train can pass in one go.
const MOST_PASSED: usize = 12;

impl Movement<'_> {
    /// Whether a train may go on from a stand it reaches at `entry`, counted from its start at stand `from`.
    fn ask(
        &mut self,
        gates: &Gates,
        train: u32,
        from: usize,
        at: usize,
        entry: Instant,
        now: Instant,
    ) -> Result<Grant, (Block, Option<Instant>)> {
        let line = self.line(train);
        let t = &self.trains[train as usize];
        let started = if from == at { entry } else { t.started };
        let later = |free: Instant| {
            if free < Instant::FAR { Some(free.max(now)) } else { None }
        };
        let mut grant = Grant { target: at, origin_track: None, tracks: [0; MOST_PASSED] };
        if t.state == State::Yard {
            let stand = line.stands[at].index();
            grant.origin_track =
                self.stands[stand].iter().position(|k| k.holder.train.is_none() && k.holder.free_at <= entry);
            if grant.origin_track.is_none() {
                return Err((Block::Stand(stand), self.next_free(stand, now, |_| true).and_then(later)));
            }
        }
        loop {
            let leg = grant.target;
            let next = leg + 1;
            let (stretch, along) = line.stretches[leg];
            let lane = self.lane(stretch.index(), along);
            let holder = self.stretches[stretch.index()][lane];
            let enter = if leg == at { entry } else { started + self.scaled(t.line, line.times.pass_ms(from, leg)) };
            let key = stretch.index() * 2 + lane;
            if holder.train.is_some() {
                return Err((Block::Stretch(key), None));
            }
            if holder.free_at > enter {
                return Err((Block::Stretch(key), later(holder.free_at)));
            }
            if line.border_leg == Some(leg) && !gates.open(line, enter, u32::from(t.loaded + t.empty)) {
                return Err((Block::Gate, None));
            }
            let mine = self.urgency(train, now);
            let gives_way = self.waiting.iter().any(|&w| {
                w != train && self.trains[w as usize].block == Block::Stretch(key) && self.urgency(w, now) > mine
            });
            if gives_way {
                return Err((Block::Stretch(key), Some(now.max(holder.free_at) + ASK_AGAIN)));
            }
            let arrive = started + self.scaled(t.line, line.times.pass_ms(from, next));
            let stand = line.stands[next].index();
            let last = next + 1 == line.stands.len();
            let fits = |k: &Track| k.length_m >= t.length_m;
            let any_fits = last || self.stands[stand].iter().any(fits);
            let may = |k: &Track| fits(k) || !any_fits || last;
            let free = |k: &Track| may(k) && k.holder.train.is_none() && k.holder.free_at <= arrive;
            let Some(track) = self.shortest(stand, free) else {
                return Err((Block::Stand(stand), self.next_free(stand, now, may).and_then(later)));
            };
            if leg - at >= MOST_PASSED {
                return Err((Block::Stand(stand), None));
            }
            grant.tracks[leg - at] = track as u8;
            grant.target = next;
            if any_fits {
                break;
            }
        }
        if self.safe_after(gates, train, at, &grant) { Ok(grant) } else { Err((Block::Safety, None)) }
    }

    fn shortest(&self, stand: usize, free: impl Fn(&Track) -> bool) -> Option<usize> {
        let tracks = self.stands[stand].iter().enumerate();
        tracks.filter(|(_, k)| free(k)).min_by_key(|(i, k)| (k.length_m, *i)).map(|(i, _)| i)
    }

    /// When the next fitting track of a stand gets free, if that is known and still to come.
    fn next_free(&self, stand: usize, now: Instant, may: impl Fn(&Track) -> bool) -> Option<Instant> {
        let tracks = self.stands[stand].iter().filter(|k| k.holder.train.is_none() && may(k));
        tracks.map(|k| k.holder.free_at).filter(|t| *t > now).min()
    }

    fn lane(&self, stretch: usize, along: bool) -> usize {
        usize::from(!along && !self.plan.stretches.as_slice()[stretch].single)
    }

    /// Takes what was granted; says when the train crosses the border on it.
    fn commit(&mut self, gates: &mut Gates, train: u32, at: usize, grant: &Grant, entry: Instant) -> Option<Instant> {
        let line = self.line(train);
        let mut crosses = None;
        for leg in at..grant.target {
            let (stretch, along) = line.stretches[leg];
            let lane = self.lane(stretch.index(), along);
            self.stretches[stretch.index()][lane].train = Some(train);
            let (track, last) = (grant.tracks[leg - at], leg + 2 == line.stands.len());
            let t = &mut self.trains[train as usize];
            t.times.push(PointTime {
                point: 0,
                track,
                stopped: false,
                arrive: entry,
                depart: entry,
                section_clear: entry,
                track_clear: entry,
            });
            let counted = !last && leg + 1 == grant.target;
            self.take_track(train, leg + 1, usize::from(track), counted);
            if line.border_leg == Some(leg) {
                let t = &self.trains[train as usize];
                let enter =
                    if leg == at { entry } else { t.started + self.scaled(t.line, line.times.pass_ms(t.from, leg)) };
                gates.passed(line);
                crosses = Some(enter);
            }
        }
        self.trains[train as usize].target = grant.target;
        crosses
    }

    fn take_track(&mut self, train: u32, at: usize, track: usize, counted: bool) {
        let stand = self.line(train).stands[at].index();
        let k = &mut self.stands[stand][track];
        (k.holder.train, k.counted) = (Some(train), counted);
        if counted && k.long {
            self.free[stand] -= 1;
            self.full += usize::from(self.free[stand] == 0);
        }
    }

    fn free_track(&mut self, agenda: &mut Agenda, now: Instant, train: u32, at: usize, when: Instant) {
        let stand = self.line(train).stands[at].index();
        let track = usize::from(self.trains[train as usize].times[at].track);
        let k = &mut self.stands[stand][track];
        if k.counted && k.long {
            self.full -= usize::from(self.free[stand] == 0);
            self.free[stand] += 1;
        }
        k.counted = false;
        k.holder = Holder { train: None, free_at: when };
        self.wake(agenda, now, when, |b| b == Block::Stand(stand) || b == Block::Safety);
    }

    fn free_stretch(&mut self, agenda: &mut Agenda, now: Instant, train: u32, leg: usize, when: Instant) {
        let (stretch, along) = self.line(train).stretches[leg];
        let lane = self.lane(stretch.index(), along);
        self.stretches[stretch.index()][lane] = Holder { train: None, free_at: when };
        let key = stretch.index() * 2 + lane;
        self.wake(agenda, now, when, |b| b == Block::Stretch(key) || b == Block::Safety);
    }

    fn wake(&mut self, agenda: &mut Agenda, now: Instant, when: Instant, which: impl Fn(Block) -> bool) {
        for i in 0..self.waiting.len() {
            let train = self.waiting[i];
            if which(self.trains[train as usize].block) {
                self.try_at(agenda, now, when, train);
            }
        }
    }

    /// Whether all trains can still leave the line, one after another, once this one stands at its target.
    ///
    /// While no stand is full every train can: it runs through tracks that are free. A full stand is resolved if
    /// one of its trains can reach its end, or a stand that keeps a track free beside it, through free tracks
    /// alone (Banker's test with parking places, methods of meet and pass).
    fn safe_after(&mut self, gates: &Gates, train: u32, at: usize, grant: &Grant) -> bool {
        let line = self.line(train);
        let last = grant.target + 1 == line.stands.len();
        if self.full == 0 && (last || self.free[line.stands[grant.target].index()] > 1) {
            return true;
        }
        self.scratch.copy_from_slice(&self.free);
        let t = &self.trains[train as usize];
        if t.state != State::Yard && self.stands[line.stands[at].index()][usize::from(t.times[at].track)].long {
            self.scratch[line.stands[at].index()] += 1;
        }
        if !last {
            let stand = line.stands[grant.target].index();
            let track = usize::from(grant.tracks[grant.target - at - 1]);
            if self.stands[stand][track].long {
                self.scratch[stand] -= 1;
            }
        }
        let moved = (grant.target, grant.tracks[grant.target - at - 1]);
        loop {
            let Some(full) = self.scratch.iter().position(|&n| n == 0) else {
                return true;
            };
            let mut resolved = false;
            for stand in full..self.scratch.len() {
                if self.scratch[stand] == 0 && self.resolve(gates, stand, train, moved) {
                    resolved = true;
                    break;
                }
            }
            if !resolved {
                return false;
            }
        }
    }

    /// Lets one train leave a full stand in thought.
    fn resolve(&mut self, gates: &Gates, stand: usize, moved: u32, (moved_to, moved_track): (usize, u8)) -> bool {
        for id in 0..self.trains.len() {
            let t = &self.trains[id];
            let at = if id as u32 == moved { moved_to } else { t.target };
            if !matches!(t.state, State::Stands | State::Moves) && id as u32 != moved {
                continue;
            }
            let line = &self.plan.lines[t.line as usize];
            let last = line.stands.len() - 1;
            if at == last || line.stands[at].index() != stand {
                continue;
            }
            // Only a train on a track that counts frees one by leaving.
            let track = if id as u32 == moved { moved_track } else { t.times.last().map_or(0, |e| e.track) };
            if !self.stands[stand][usize::from(track)].long {
                continue;
            }
            if self.way_out(gates, line, t.length_m, at).is_some_and(|park| {
                if park != last {
                    self.scratch[line.stands[park].index()] -= 1;
                }
                true
            }) {
                self.scratch[stand] += 1;
                return true;
            }
        }
        false
    }

    fn way_out(&self, gates: &Gates, line: &Line, length_m: u32, at: usize) -> Option<usize> {
        for next in at + 1..line.stands.len() {
            if line.border_leg == Some(next - 1) && !gates.runs(line) {
                return None;
            }
            let s: StandId = line.stands[next];
            let free = self.scratch[s.index()];
            if free == 0 {
                return None;
            }
            if next + 1 == line.stands.len() {
                return Some(next);
            }
            if free >= 2 && self.stands[s.index()].iter().any(|k| k.long && k.length_m >= length_m) {
                return Some(next);
            }
        }
        None
    }
}
