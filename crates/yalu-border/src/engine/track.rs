//! Tracks promised and held, and the quota by which a station accepts trains.

use super::{Border, Visit};
use crate::{
    Host, Notice, QuotaWindow, Record, Refusal, Station, StationId, Track, TrackId, TrackRecord, VisitId, Way,
};
use yalu_units::{Idx, Instant};

/// Who has a track.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hold {
    /// Nobody.
    Free,
    /// A train that is to come.
    Promised { way: Way, since: Instant },
    /// A train that stands on it.
    Taken { way: Way, since: Instant, stood: Instant, visit: u32 },
}

impl Hold {
    fn is_of(self, by: Way) -> bool {
        matches!(self, Self::Promised { way, .. } | Self::Taken { way, .. } if way == by)
    }
}

/// Which tracks are free, from the shortest to the longest, a bit each.
#[derive(Clone, Debug)]
pub(super) struct Yard {
    /// Tracks by length and number, with their wagons.
    by_length: Vec<(u32, u32)>,
    /// The place of each track in that order.
    place: Vec<u32>,
    free: Vec<u64>,
}

impl Yard {
    pub fn new(station: &Station) -> Self {
        let length = |t: &Track| t.fits_wagons.unwrap_or(u32::MAX);
        let mut by_length: Vec<(u32, u32)> = station.tracks.enumerated().map(|(id, t)| (length(t), id.0)).collect();
        by_length.sort_unstable();
        let mut yard = Self { place: vec![0; by_length.len()], free: vec![0; by_length.len().div_ceil(64)], by_length };
        for place in 0..yard.by_length.len() {
            let track = yard.by_length[place].1 as usize;
            yard.place[track] = place as u32;
            yard.set(track, true);
        }
        yard
    }

    fn set(&mut self, track: usize, free: bool) {
        let place = self.place[track] as usize;
        let bit = 1 << (place % 64);
        let word = &mut self.free[place / 64];
        *word = if free { *word | bit } else { *word & !bit };
    }

    /// Whether a train fits any track, free or not.
    fn fits(&self, wagons: u32) -> bool {
        self.by_length.last().is_some_and(|(longest, _)| *longest >= wagons)
    }

    /// Free tracks that a train fits, the shortest first.
    fn free_for(&self, wagons: u32) -> impl Iterator<Item = usize> + '_ {
        let first = self.by_length.partition_point(|(length, _)| *length < wagons);
        let words = self.free.iter().enumerate().skip(first / 64);
        let places = words.flat_map(move |(i, word)| {
            let mut left = if i == first / 64 { word & (u64::MAX << (first % 64)) } else { *word };
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(i * 64 + bit)
            })
        });
        places.map(|place| self.by_length[place].1 as usize)
    }
}

/// How far a quota has got.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Acceptance {
    at: usize,
    used: u32,
    /// The next window is on the agenda.
    pub told: bool,
}

impl Border<'_> {
    /// Trains of a way leave at least one track, that a train of so many wagons fits, to the other way; none: they may
    /// take all. Where each way leaves the other one at both stations of a tandem, trains cannot block each other.
    pub fn leaves_to_other(&mut self, station: StationId, way: Way, wagons: Option<u32>) {
        if let Some(here) = self.here.get_mut(station.index()) {
            here.leaves[way.index()] = wagons;
        }
    }

    /// Promises a track to a train that is to come, and counts it against the quota: the shortest it fits, the first of
    /// those. Either both are there or nothing is taken.
    pub fn admit(
        &mut self,
        now: Instant,
        station: StationId,
        way: Way,
        wagons: u32,
        host: &mut impl Host,
    ) -> Result<TrackId, Refusal> {
        let s = station.index();
        let Some(described) = self.network.stations().get(station) else {
            return Err(Refusal::Unknown);
        };
        let here = &mut self.here[s];
        if !here.yard.fits(wagons) {
            return Err(Refusal::TooLong);
        }
        let most = described.most_tracks[way.index()].unwrap_or(u32::MAX);
        if here.held[way.index()] >= most {
            return Err(Refusal::NoTrack);
        }
        let leaves = here.leaves[way.index()];
        let fits = |t: usize, wagons: u32| described.tracks.as_slice()[t].fits_wagons.is_none_or(|f| f >= wagons);
        let left = |taken: &usize| {
            leaves.is_none_or(|other| {
                (0..here.tracks.len()).any(|t| t != *taken && !here.tracks[t].is_of(way) && fits(t, other))
            })
        };
        let track = here.yard.free_for(wagons).find(left).ok_or(Refusal::NoTrack)?;
        let windows = &described.quota[way.index()];
        if !windows.is_empty() {
            let acceptance = &mut here.acceptance[way.index()];
            if !acceptance.accepts(windows, now) {
                let next = acceptance.next(windows, now).ok_or(Refusal::QuotaOver)?;
                if !acceptance.told {
                    acceptance.told = true;
                    host.schedule(next, crate::Event::Quota { station, way });
                }
                return Err(Refusal::Quota);
            }
            acceptance.used += 1;
        }
        here.tracks[track] = Hold::Promised { way, since: now };
        here.yard.set(track, false);
        here.held[way.index()] += 1;
        Ok(TrackId::new(track))
    }

    /// Takes back what [`Border::admit`] promised; the quota counts the train all the same.
    pub fn revoke(&mut self, _now: Instant, station: StationId, track: TrackId, host: &mut impl Host) {
        let Some(here) = self.here.get_mut(station.index()) else { return };
        if let Some(hold) = here.tracks.get_mut(track.index())
            && let Hold::Promised { way, .. } = *hold
        {
            *hold = Hold::Free;
            here.yard.set(track.index(), true);
            here.held[way.index()] -= 1;
            host.notice(Notice::TrackFree { station, track });
        }
    }

    /// The wagons of a visit leave the track they stand on, if they do.
    pub(super) fn free_track(&mut self, now: Instant, slot: u32, host: &mut impl Host) {
        let v: &mut Visit = &mut self.visits[slot as usize];
        let Some(track) = v.track.take() else { return };
        let (station, serial, wagons) = (v.arrival.station, v.arrival.serial, v.arrival.wagons);
        let here = &mut self.here[station.index()];
        if let Hold::Taken { way, since, stood, .. } = here.tracks[track.index()] {
            here.tracks[track.index()] = Hold::Free;
            here.yard.set(track.index(), true);
            here.held[way.index()] -= 1;
            if host.records() {
                let record = TrackRecord { station, track, serial, way, wagons, from: since, stood, to: now };
                host.record(Record::Track(record));
            }
            host.notice(Notice::TrackFree { station, track });
        }
    }

    /// The wagons go; the goods stay.
    pub(super) fn free_wagons(&mut self, now: Instant, slot: u32, host: &mut impl Host) {
        let v = &mut self.visits[slot as usize];
        if v.track.is_some() {
            v.wagons_freed = Some(now);
            let (serial, station) = (v.arrival.serial, v.arrival.station);
            self.free_track(now, slot, host);
            host.notice(Notice::WagonsFreed { visit: VisitId(slot), serial, station });
        }
    }
}

impl Acceptance {
    /// Whether a window is open with room in it.
    fn accepts(&mut self, windows: &[QuotaWindow], now: Instant) -> bool {
        while windows.get(self.at).is_some_and(|w| w.to <= now) {
            self.at += 1;
            self.used = 0;
        }
        windows.get(self.at).is_some_and(|w| w.from <= now && self.used < w.trains)
    }

    /// The next window that accepts any.
    fn next(&self, windows: &[QuotaWindow], now: Instant) -> Option<Instant> {
        windows.get(self.at..)?.iter().find(|w| w.from > now && w.trains > 0).map(|w| w.from)
    }
}
