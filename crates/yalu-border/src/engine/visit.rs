//! A train at a station: what of its procedure is done, and what it holds.

use super::since;
use crate::network::ProcedurePlan;
use crate::{ActivityId, Arrival, Ending, ProcedureId, Reason, Record, StationId, TrackId, VisitRecord, Waits};
use yalu_units::{Instant, Span};

/// How far an activity has got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    /// Others come before it.
    Pending,
    /// Ready; it waits in its line.
    Waiting,
    /// Begun.
    Running,
    /// Ended, or passed.
    Done,
}

/// An activity of a visit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act {
    pub phase: Phase,
    /// Activities before it that have not ended.
    pub before: u16,
    pub ready: Instant,
    pub begin: Instant,
    /// The event on the agenda.
    pub due: Instant,
    /// Its length without interruptions, ms.
    pub lasts: i64,
    /// The same with all the places it could ever be granted, ms.
    pub shortest: i64,
    /// Items to be treated.
    pub items: u32,
    /// Places granted; 0 where it does not work in rounds.
    pub places: u32,
    /// Where lengths of its items begin, if they are followed one by one.
    pub lengths_at: u32,
    /// Items that wait for a place of their own ([`crate::Items::AsPlacesFree`]).
    pub unplaced: u32,
    /// Items treated so far, and where to look for the next.
    pub treated: u32,
    pub next_item: u32,
    /// Work up to the item in hand, ms, and when that began.
    pub work: i64,
    pub item_begin: Instant,
    /// The interval of its hours in which it began.
    pub hours_at: usize,
}

/// What a visit has taken of a resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub resource: u32,
    pub amount: u32,
    /// The activity that took it.
    pub by: u16,
    /// The activity at whose end it is given back; [`DEPARTURE`].
    pub until: u16,
    pub from: Instant,
    /// When the items that have it as their places end; else never.
    pub due: Instant,
}

/// An item that is not treated.
pub(super) const PASSED: i64 = -1;

/// Given back when the train departs.
pub(super) const DEPARTURE: u16 = u16::MAX;

/// A train at a station.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub present: bool,
    pub arrival: Arrival,
    pub arrived: Instant,
    pub track: Option<TrackId>,
    pub wagons_freed: Option<Instant>,
    pub acts: Vec<Act>,
    /// Activities not yet ended.
    pub open: u32,
    pub held: Vec<Held>,
    /// Lengths of items that are followed one by one, activity after activity, ms; [`PASSED`].
    pub lengths: Vec<i64>,
    pub returned: bool,
    pub ready: Instant,
    pub why: Reason,
    pub why_since: Instant,
    pub waits_after: Waits,
}

impl Default for Visit {
    fn default() -> Self {
        let arrival = Arrival {
            station: StationId(0),
            procedure: ProcedureId(0),
            track: None,
            serial: 0,
            wagons: 0,
            consignments: 0,
            load: 0,
            hold: None,
            asked: Instant(0),
            waits: Waits::default(),
        };
        Self {
            present: false,
            arrival,
            arrived: Instant(0),
            track: None,
            wagons_freed: None,
            acts: Vec::new(),
            open: 0,
            held: Vec::new(),
            lengths: Vec::new(),
            returned: false,
            ready: Instant(0),
            why: Reason::Path,
            why_since: Instant(0),
            waits_after: Waits::default(),
        }
    }
}

impl Visit {
    pub fn begin(&mut self, arrival: &Arrival, now: Instant, procedure: &ProcedurePlan) {
        self.present = true;
        self.arrival = *arrival;
        self.arrived = now;
        self.track = arrival.track;
        self.wagons_freed = None;
        self.acts.clear();
        self.acts.extend(procedure.activities.iter().map(|a| Act {
            phase: Phase::Pending,
            before: a.before,
            ready: now,
            begin: now,
            due: Instant::NEVER,
            lasts: 0,
            shortest: 0,
            items: 0,
            places: 0,
            lengths_at: 0,
            unplaced: 0,
            treated: 0,
            next_item: 0,
            work: 0,
            item_begin: now,
            hours_at: 0,
        }));
        self.open = self.acts.len() as u32;
        self.held.clear();
        self.lengths.clear();
        self.returned = false;
        self.waits_after = Waits::default();
    }

    /// All is done; it waits to depart.
    pub fn is_ready(&self) -> bool {
        self.present && self.open == 0 && self.track.is_some()
    }

    /// From now on it waits for this reason.
    pub fn waits_for(&mut self, now: Instant, reason: Reason) {
        self.waits_after.add(self.why, since(now, self.why_since));
        self.why = reason;
        self.why_since = now;
    }

    pub fn act(&self, a: u16) -> &Act {
        &self.acts[usize::from(a)]
    }

    pub fn act_mut(&mut self, a: u16) -> &mut Act {
        &mut self.acts[usize::from(a)]
    }

    /// Whether items of an activity leave their places now.
    pub fn places_due(&self, a: u16, now: Instant) -> bool {
        self.held.iter().any(|h| h.by == a && h.due == now)
    }

    /// The next item to be treated, from one on, with its length.
    pub fn next_item(&self, a: u16, from: u32) -> Option<(u32, i64)> {
        let own = self.lengths.get(self.act(a).lengths_at as usize + from as usize..)?;
        own.iter().position(|l| *l != PASSED).map(|i| (from + i as u32, own[i]))
    }

    pub fn record(&self, now: Instant, ending: Ending) -> Record {
        Record::Visit(VisitRecord {
            station: self.arrival.station,
            procedure: self.arrival.procedure,
            serial: self.arrival.serial,
            wagons: self.arrival.wagons,
            asked: self.arrival.asked,
            arrived: self.arrived,
            wagons_freed: self.wagons_freed,
            ready: self.ready,
            left: now,
            waits_before: self.arrival.waits,
            waits_after: self.waits_after,
            ending,
        })
    }

    /// The record of an activity that ends now, or is broken off.
    pub fn activity_record(&self, a: u16, now: Instant, waits: Waits, broken_off: bool) -> Record {
        let act = self.act(a);
        let worked = if broken_off { (now - act.begin).0 } else { act.lasts };
        Record::Activity(crate::ActivityRecord {
            station: self.arrival.station,
            procedure: self.arrival.procedure,
            activity: ActivityId(u32::from(a)),
            serial: self.arrival.serial,
            wagons: self.arrival.wagons,
            items: act.items,
            places: act.places,
            ready: act.ready,
            begin: act.begin,
            end: now,
            interrupted: Span((now - act.begin).0 - worked),
            waits,
            broken_off,
        })
    }
}
