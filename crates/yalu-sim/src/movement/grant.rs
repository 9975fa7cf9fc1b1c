//! What a train asks for and is given: stretches and tracks up to the next stand it fits.

use super::{ASK_AGAIN, Block, Holder, Movement, State, Track};
use crate::gates::Gates;
use crate::kernel::Agenda;
use yalu_trace::PointTime;
use yalu_units::{Idx, Instant};

/// What a train was given: the tracks on the way to the stand it is bound for.
pub(super) struct Grant {
    pub target: usize,
    pub origin_track: Option<usize>,
    /// A track at each stand from the next to the target.
    pub tracks: [u8; MOST_PASSED],
}

/// Stands without a fitting track that a train can pass in one go.
const MOST_PASSED: usize = 64;

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
    pub(super) fn commit(
        &mut self,
        gates: &mut Gates,
        train: u32,
        at: usize,
        grant: &Grant,
        entry: Instant,
    ) -> Option<Instant> {
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

    pub(super) fn take_track(&mut self, train: u32, at: usize, track: usize, counted: bool) {
        let stand = self.line(train).stands[at].index();
        let k = &mut self.stands[stand][track];
        (k.holder.train, k.counted) = (Some(train), counted);
        if counted && k.long {
            self.free[stand] -= 1;
            self.full += usize::from(self.free[stand] == 0);
        }
    }

    pub(super) fn free_track(&mut self, agenda: &mut Agenda, now: Instant, train: u32, at: usize, when: Instant) {
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

    pub(super) fn free_stretch(&mut self, agenda: &mut Agenda, now: Instant, train: u32, leg: usize, when: Instant) {
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
}
