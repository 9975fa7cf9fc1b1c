//! What is held: lanes of stretches by block, tracks of stands, entries of stations.

use super::{Block, Movement};
use crate::kernel::Agenda;
use std::collections::VecDeque;
use yalu_plan::Stand as PlanStand;
use yalu_units::{Idx, Instant, Span};

/// A direction of a stretch of double track, or a stretch of single track.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    /// Direction of the trains on it.
    pub along: bool,
    /// Trains on it whose leaving is not yet known.
    pub inside: u16,
    /// When the last train known to leave has left.
    pub free_at: Instant,
    /// When the last train leaves each block, in its order; the last block while it may stop at the stand beyond.
    pub blocks: Vec<Instant>,
    /// Trains on it without a track at its end, in order.
    pub trackless: VecDeque<u32>,
}

impl Lane {
    pub fn new(blocks: usize) -> Self {
        let (blocks, trackless) = (vec![Instant::NEVER; blocks.max(1)], VecDeque::new());
        Self { along: true, inside: 0, free_at: Instant::NEVER, blocks, trackless }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Track {
    pub length_m: u32,
    pub train: Option<u32>,
    pub free_at: Instant,
    /// Whether the longest trains fit: only such tracks count for safety.
    pub long: bool,
    /// Whether its holder counts for safety (a train at the end of its path leaves by itself).
    pub counted: bool,
}

/// A train's way into a station: by which stretch, from passing the entry until its tail is in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub side: u32,
    pub enter: Instant,
    pub clear: Instant,
}

#[derive(Clone, Debug)]
pub(super) struct Stand {
    pub tracks: Vec<Track>,
    pub simultaneous: bool,
    pub entries: Vec<Entry>,
}

impl Stand {
    pub fn new(s: &PlanStand, longest: u32) -> Self {
        let most = s.tracks_m.iter().copied().max().unwrap_or(0);
        let track = |&length_m: &u32| Track {
            length_m,
            train: None,
            free_at: Instant::NEVER,
            long: length_m >= longest.min(most),
            counted: false,
        };
        Self { tracks: s.tracks_m.iter().map(track).collect(), simultaneous: s.simultaneous_entry, entries: Vec::new() }
    }
    pub fn long_tracks(&self) -> u16 {
        self.tracks.iter().filter(|t| t.long).count() as u16
    }
    /// The shortest track that is free and may be used.
    pub fn shortest(&self, may: impl Fn(&Track) -> bool) -> Option<usize> {
        let tracks = self.tracks.iter().enumerate();
        tracks.filter(|(_, k)| may(k)).min_by_key(|(i, k)| (k.length_m, *i)).map(|(i, _)| i)
    }
    /// When the next track that may be used gets free, or got free too short a time ago, if that is known.
    pub fn next_free(&self, may: impl Fn(&Track) -> bool) -> Option<Instant> {
        self.tracks.iter().filter(|k| k.train.is_none() && may(k)).map(|k| k.free_at).min()
    }
    /// When a train may pass the entry at the earliest if another of these entries stands in its way.
    pub fn entry_after(&self, side: u32, enter: Instant, clear: Instant, apart: Span) -> Option<Instant> {
        if self.simultaneous {
            return None;
        }
        let others = self.entries.iter().filter(|e| e.side != side);
        others.filter(|e| enter < e.clear + apart && e.enter < clear + apart).map(|e| e.clear + apart).max()
    }
}

impl Movement<'_> {
    pub(super) fn take_track(&mut self, train: u32, at: usize, track: usize, counted: bool) {
        let stand = self.stand_of(train, at);
        let k = &mut self.stands[stand].tracks[track];
        (k.train, k.counted) = (Some(train), counted);
        if counted && k.long {
            self.free[stand] -= 1;
            self.full += usize::from(self.free[stand] == 0);
        }
    }

    pub(super) fn free_track(&mut self, agenda: &mut Agenda, now: Instant, train: u32, at: usize, when: Instant) {
        let stand = self.stand_of(train, at);
        let track = usize::from(self.trains[train as usize].times[at].track);
        let k = &mut self.stands[stand].tracks[track];
        if k.counted && k.long {
            self.full -= usize::from(self.free[stand] == 0);
            self.free[stand] += 1;
        }
        (k.counted, k.train, k.free_at) = (false, None, when);
        // Now that this is known a train can tell when to start so as to find it free.
        self.wake(agenda, now, now, |b| b == Block::Stand(stand) || b == Block::Safety);
    }

    pub(super) fn free_stretch(&mut self, agenda: &mut Agenda, now: Instant, train: u32, leg: usize, when: Instant) {
        let (stretch, along) = self.line(train).stretches[leg];
        let own = self.lane_of(stretch.index(), along);
        let both = &mut self.trains[train as usize].both;
        let held = both.iter().position(|l| usize::from(*l) == leg);
        if let Some(i) = held {
            both.swap_remove(i);
        }
        for lane in 0..2 {
            if lane != own && held.is_none() {
                continue;
            }
            let l = &mut self.lanes[stretch.index()][lane];
            l.inside -= 1;
            l.free_at = l.free_at.max(when);
            // Known at last when all have left; the one ahead may tell so after the one behind.
            if let Some(last) = l.blocks.last_mut().filter(|_| l.inside == 0) {
                *last = l.free_at;
            }
            let key = stretch.index() * 2 + lane;
            let again = when + self.rules.route_setting;
            self.wake(agenda, now, again, |b| b == Block::Stretch(key) || b == Block::Safety);
        }
    }
}
