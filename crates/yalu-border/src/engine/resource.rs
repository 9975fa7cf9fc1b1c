//! Resources in use, and those that go away while nobody waits.

use super::visit::Held;
use super::{Border, Draws};
use crate::{ActivityId, Duration, Event, Host, Record, Resource, ResourceId, StationId, UseRecord};
use yalu_units::{Idx, Instant, Span, StreamKey};

/// A resource as it stands.
#[derive(Clone, Debug)]
pub(super) struct Supply {
    pub count: u32,
    pub taken: u32,
    /// Kept in this look through its room for who waits longest for it.
    pub claimed: u32,
    away: Option<Away>,
    /// Its coming back is on the agenda.
    pub back_told: bool,
}

/// A resource that goes away while nobody waits.
#[derive(Clone, Debug)]
struct Away {
    each: Duration,
    draws: Box<Draws>,
    trips: u64,
    /// Back at; none: it is here, at work.
    back: Option<Instant>,
}

impl Supply {
    pub fn new(r: &Resource, address: u64) -> Self {
        let away = r.away_when_idle.clone().map(|each| Away {
            each,
            draws: Box::new(Draws::new(address)),
            trips: 0,
            // It has been away since before any instant of the run; its first trip begins when it is first asked of.
            back: Some(Instant::NEVER),
        });
        Self { count: r.count, taken: 0, claimed: 0, away, back_told: false }
    }

    /// How many can be had now.
    pub fn free(&self) -> u32 {
        (self.count - self.taken).saturating_sub(self.claimed)
    }

    /// If it is away: when it will be back.
    pub fn away_until(&mut self, now: Instant, key: StreamKey) -> Option<Instant> {
        let away = self.away.as_mut()?;
        let back = away.back.as_mut()?;
        if *back == Instant::NEVER {
            *back = now;
        }
        while *back < now {
            *back = *back + trip(&away.each, &mut away.draws, &mut away.trips, key);
        }
        (*back > now).then_some(*back)
    }

    /// Whether it is one that goes away, and is not at work.
    pub fn may_go(&self) -> bool {
        self.away.is_some() && self.taken == 0
    }

    /// It goes away if nobody waits for it, and stays if somebody does, whatever else that one still lacks.
    pub fn goes_or_stays(&mut self, now: Instant, waited_for: bool, key: StreamKey) {
        let Some(away) = self.away.as_mut().filter(|a| a.back.is_none_or(|back| back == now)) else { return };
        away.back = (!waited_for).then(|| now + trip(&away.each, &mut away.draws, &mut away.trips, key));
    }

    /// Takes some.
    pub fn take(&mut self, amount: u32) {
        self.taken += amount;
        if let Some(away) = &mut self.away {
            away.back = None;
        }
    }
}

fn trip(each: &Duration, draws: &mut Draws, trips: &mut u64, key: StreamKey) -> Span {
    *trips += 1;
    Span(each.at(draws.unit(key, *trips - 1)).0.max(1))
}

impl Border<'_> {
    /// Gives back what a visit kept until the end of an activity, or all.
    pub(super) fn give_back(&mut self, now: Instant, slot: u32, which: impl Fn(&Held) -> bool, host: &mut impl Host) {
        let mut i = 0;
        while let Some(held) = self.visits[slot as usize].held.get(i).copied() {
            if !which(&held) {
                i += 1;
                continue;
            }
            let v = &mut self.visits[slot as usize];
            v.held.remove(i);
            let (s, arrival) = (v.arrival.station.index(), &v.arrival);
            if host.records() {
                host.record(Record::Use(UseRecord {
                    station: StationId::new(s),
                    resource: ResourceId(held.resource),
                    procedure: arrival.procedure,
                    activity: ActivityId(u32::from(held.by)),
                    serial: arrival.serial,
                    amount: held.amount,
                    from: held.from,
                    to: now,
                }));
            }
            self.here[s].supply[held.resource as usize].taken -= held.amount;
            self.stir(s, held.resource as usize);
        }
    }

    pub(super) fn give_back_all(&mut self, now: Instant, slot: u32, host: &mut impl Host) {
        self.give_back(now, slot, |_| true, host);
    }

    /// Puts the coming back of a resource on the agenda, once.
    pub(super) fn tell_back(&mut self, s: usize, resource: usize, at: Instant, host: &mut impl Host) {
        let supply = &mut self.here[s].supply[resource];
        if !supply.back_told {
            supply.back_told = true;
            host.schedule(at, Event::Back { station: StationId::new(s), resource: ResourceId::new(resource) });
        }
    }
}
