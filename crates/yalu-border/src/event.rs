//! What passes between the engine and its host: events, notices, records.

use crate::{ActivityId, ProcedureId, ResourceId, StationId, TrackId, Way};
use yalu_units::{Instant, Span, ids};

ids! {
    VisitId "A visit's place while it is at a station; used again after it has left. Its serial names it for good."
}

/// Something that will happen at a station. The host keeps it until its time and gives it back to
/// [`crate::Border::handle`]. Events of the same instant are to be given back in their own order, which is total.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Event {
    /// An activity ends, or an item of it.
    Ends {
        /// Whose, for good.
        serial: u64,
        /// Whose.
        visit: VisitId,
        /// Which activity.
        activity: ActivityId,
    },
    /// Resources that are waited for open.
    Opens {
        /// Where.
        station: StationId,
        /// The engine's own number of the hours.
        hours: u32,
    },
    /// A resource that was away comes back.
    Back {
        /// Where.
        station: StationId,
        /// Which.
        resource: ResourceId,
    },
    /// The next window of a quota begins.
    Quota {
        /// Where.
        station: StationId,
        /// For which way.
        way: Way,
    },
}

/// What the host is told, in the order it came about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    /// All activities have ended; the train waits for its path ([`crate::Border::depart`]).
    Ready {
        /// Which.
        visit: VisitId,
        /// Its serial.
        serial: u64,
        /// Where.
        station: StationId,
        /// It is sent back where it came from.
        returned: bool,
    },
    /// The wagons have left the track, freed of their goods; what remains of the procedure treats the goods alone.
    WagonsFreed {
        /// Which.
        visit: VisitId,
        /// Its serial.
        serial: u64,
        /// Where.
        station: StationId,
    },
    /// The procedure has ended for goods whose wagons have gone before: the visit is over.
    GoodsReleased {
        /// Its serial.
        serial: u64,
        /// Where.
        station: StationId,
    },
    /// A track is free: whoever was refused for want of one may ask again.
    TrackFree {
        /// Where.
        station: StationId,
        /// Which.
        track: TrackId,
    },
    /// A quota accepts trains again: whoever was refused for it may ask again.
    QuotaOpen {
        /// Where.
        station: StationId,
        /// For which way.
        way: Way,
    },
}

/// Why a train is not taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// No track that it fits is free, or its way holds as many as it may. A notice tells when one is free.
    NoTrack,
    /// The quota is used up. A notice tells when it opens again.
    Quota,
    /// The quota is used up and there is no window to come.
    QuotaOver,
    /// It fits no track of the station.
    TooLong,
    /// There is no such station or procedure.
    Unknown,
}

/// Why something waits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reason {
    /// A resource is in use by others, or away.
    NoResource,
    /// Something it takes is closed.
    Closed,
    /// It would not end before closing.
    ClosingTooNear,
    /// No track beyond.
    NoTrack,
    /// The neighbour's quota.
    Quota,
    /// The line: no path yet.
    Path,
}

/// All reasons in order.
pub const REASONS: [Reason; 6] =
    [Reason::NoResource, Reason::Closed, Reason::ClosingTooNear, Reason::NoTrack, Reason::Quota, Reason::Path];

/// Waiting by reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Waits(pub [Span; 6]);

impl Waits {
    /// Adds to a reason.
    pub fn add(&mut self, reason: Reason, span: Span) {
        self.0[reason as usize] += span;
    }
    /// Waiting for a reason.
    pub fn of(&self, reason: Reason) -> Span {
        self.0[reason as usize]
    }
    /// Adds all of another.
    pub fn add_all(&mut self, other: &Self) {
        for reason in REASONS {
            self.add(reason, other.of(reason));
        }
    }
    /// What was added since an earlier state.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        Self(std::array::from_fn(|i| Span(self.0[i].0 - earlier.0[i].0)))
    }
    /// All waiting.
    pub fn total(&self) -> Span {
        self.0.iter().copied().sum()
    }
}

/// A train that comes to stand on a track it was admitted to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Arrival {
    /// Where.
    pub station: StationId,
    /// What it goes through.
    pub procedure: ProcedureId,
    /// The track from [`crate::Border::admit`]; none: it stands on no track of the station, as at places to load, and the
    /// visit ends with its last activity ([`Notice::GoodsReleased`]).
    pub track: Option<TrackId>,
    /// The host's number of the train or cut: the address of its draws and its rank among those that get ready at the
    /// same instant. No two of a run share one at a station.
    pub serial: u64,
    /// Wagons.
    pub wagons: u32,
    /// Consignments.
    pub consignments: u32,
    /// What [`crate::Amount::Load`] takes, in the unit of that resource (tonnes).
    pub load: u32,
    /// How long its goods are held, instead of what holds of the procedure say.
    pub hold: Option<Span>,
    /// When it wanted to come in.
    pub asked: Instant,
    /// Why it could not at once.
    pub waits: Waits,
}

/// An activity done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ActivityRecord {
    /// Where.
    pub station: StationId,
    /// Of which procedure.
    pub procedure: ProcedureId,
    /// Which.
    pub activity: ActivityId,
    /// Whose.
    pub serial: u64,
    /// Wagons of the train.
    pub wagons: u32,
    /// Items treated; 0 where the activity was passed at once (not sampled, no such restriction).
    pub items: u32,
    /// Places granted, where it works in rounds; else 0.
    pub places: u32,
    /// All before it had ended.
    pub ready: Instant,
    /// It began.
    pub begin: Instant,
    /// It ended.
    pub end: Instant,
    /// Time from its begin to its end that it stood still, interrupted.
    pub interrupted: Span,
    /// Waiting from ready to begin, by reason.
    pub waits: Waits,
    /// The train withdrew, or was sent back by another activity, before it had ended (or begun, where begin is end).
    pub broken_off: bool,
}

/// One item of an activity done ([`crate::Resolution::Wagons`]).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ItemRecord {
    /// Where.
    pub station: StationId,
    /// Of which procedure.
    pub procedure: ProcedureId,
    /// Which activity.
    pub activity: ActivityId,
    /// Whose.
    pub serial: u64,
    /// Which item, from 0 (a wagon's place in its cut).
    pub item: u32,
    /// The activity was ready.
    pub ready: Instant,
    /// It began.
    pub begin: Instant,
    /// It ended.
    pub end: Instant,
}

/// A resource that was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UseRecord {
    /// Where.
    pub station: StationId,
    /// Which.
    pub resource: ResourceId,
    /// Of which procedure.
    pub procedure: ProcedureId,
    /// By which activity.
    pub activity: ActivityId,
    /// Whose.
    pub serial: u64,
    /// How many.
    pub amount: u32,
    /// Taken.
    pub from: Instant,
    /// Given back.
    pub to: Instant,
}

/// A track that was held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TrackRecord {
    /// Where.
    pub station: StationId,
    /// Which.
    pub track: TrackId,
    /// By whom.
    pub serial: u64,
    /// Its way.
    pub way: Way,
    /// Wagons on it.
    pub wagons: u32,
    /// Promised to it.
    pub from: Instant,
    /// It came to stand.
    pub stood: Instant,
    /// It was gone.
    pub to: Instant,
}

/// How a visit ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ending {
    /// Departed.
    Departed,
    /// Sent back.
    Returned,
    /// Taken apart by the host.
    Withdrawn,
    /// Its goods were released; the wagons had gone before.
    Released,
}

/// A visit that is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VisitRecord {
    /// Where.
    pub station: StationId,
    /// By which procedure.
    pub procedure: ProcedureId,
    /// Whose.
    pub serial: u64,
    /// Wagons.
    pub wagons: u32,
    /// It wanted to come in.
    pub asked: Instant,
    /// It stood on its track.
    pub arrived: Instant,
    /// Its wagons left the track; none: with the visit's end.
    pub wagons_freed: Option<Instant>,
    /// All activities had ended.
    pub ready: Instant,
    /// It was gone.
    pub left: Instant,
    /// Waiting before the station, by reason.
    pub waits_before: Waits,
    /// Waiting from ready to its departure, by reason.
    pub waits_after: Waits,
    /// How it ended.
    pub ending: Ending,
}

/// What has happened, told when it is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Record {
    /// An activity.
    Activity(ActivityRecord),
    /// An item of one.
    Item(ItemRecord),
    /// Use of a resource.
    Use(UseRecord),
    /// A track held.
    Track(TrackRecord),
    /// A visit.
    Visit(VisitRecord),
}

/// The engine's side of its host: an agenda and a book.
pub trait Host {
    /// Puts an event on the agenda; never before the instant of the call that puts it.
    fn schedule(&mut self, at: Instant, event: Event);
    /// Takes note. The host acts on it after the engine's call has returned.
    fn notice(&mut self, notice: Notice);
    /// Whether records are wanted; without, none are made.
    fn records(&self) -> bool {
        false
    }
    /// Takes a record.
    fn record(&mut self, _record: Record) {}
}

/// A host that stores what it is given, for the owner to take between calls.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    /// Events to be put on the owner's agenda.
    pub events: Vec<(Instant, Event)>,
    /// Notices.
    pub notices: Vec<Notice>,
    /// Records; none: not wanted.
    pub records: Option<crate::Records>,
}

impl Host for Outbox {
    fn schedule(&mut self, at: Instant, event: Event) {
        self.events.push((at, event));
    }
    fn notice(&mut self, notice: Notice) {
        self.notices.push(notice);
    }
    fn records(&self) -> bool {
        self.records.is_some()
    }
    fn record(&mut self, record: Record) {
        if let Some(records) = &mut self.records {
            records.push(record);
        }
    }
}
