//! What a border station is: tracks, resources with hours, acceptance, and the procedures that trains go through.

use crate::{Calendar, Duration};
use yalu_units::{IndexVec, Instant, ids};

ids! {
    StationId "A border station's id in its network."
    TrackId "A yard track's id in its station."
    ResourceId "A resource's id in its station."
    ProcedureId "A procedure's id in its station."
    ActivityId "An activity's id in its procedure."
}

/// The two ways over the border.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Way {
    /// From the first station to the second, or into the only one and on.
    Out,
    /// From the second to the first.
    Back,
}

/// A restriction word by number, 0 to 63; which are in force at a station the host says ([`crate::Border::restrict`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Word(pub u8);

/// A yard track: one train at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Track {
    /// Wagons that fit on it; none: any train fits.
    pub fits_wagons: Option<u32>,
}

/// What a resource is, for people and measures; the engine treats all alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ResourceKind {
    /// Staff that work together.
    Team,
    /// Stands where bogies are changed, a wagon each.
    BogieStand,
    /// Cranes or other handling plant.
    Crane,
    /// Shunting locomotives.
    Shunter,
    /// Line locomotives.
    Locomotive,
    /// Train crews.
    Crew,
    /// Places, or tonnes, of a quarantine warehouse.
    QuarantinePlace,
    /// Anything else that is counted.
    Other,
}

/// Something countable that activities take and give back.
#[derive(Clone, PartialEq, Debug)]
pub struct Resource {
    /// Short name; the address of its random draws.
    pub name: String,
    /// What it is.
    pub kind: ResourceKind,
    /// How many there are.
    pub count: u32,
    /// When it works.
    pub hours: Calendar,
    /// A resource that finds nobody waiting goes away for so long, and again while nobody waits (a shunter that serves
    /// others between trains); none: it stays.
    pub away_when_idle: Option<Duration>,
}

/// Trains accepted in a period, such as a local day or a shift.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct QuotaWindow {
    /// First instant.
    pub from: Instant,
    /// End, exclusive.
    pub to: Instant,
    /// Trains accepted in it.
    pub trains: u32,
}

/// Whom or what an activity treats; says how many items it has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// The train as a whole: one item.
    Train,
    /// Its locomotive: one item.
    Locomotive,
    /// Its crew: one item.
    Crew,
    /// The cut of wagons as a whole: one item.
    Cut,
    /// Each wagon.
    Wagon,
    /// Each consignment.
    Consignment,
}

/// How many of a resource an activity takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Amount {
    /// So many.
    Fixed(u32),
    /// So many for each wagon; a cut that would take more than there are takes all.
    PerWagon(u32),
    /// The cut's load ([`crate::Arrival::load`]); a cut that would take more than there are takes all.
    Load,
    /// As many as are free, one for an item, within bounds: the places granted.
    Places {
        /// No fewer (or as many as there are items, if that is fewer).
        least: u32,
        /// No more.
        most: u32,
    },
}

/// How long an activity keeps what it took.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// To its own end.
    ForItself,
    /// To the end of a later activity that comes after it.
    Until(ActivityId),
    /// Until the train departs (a locomotive from its attachment on).
    UntilDeparture,
}

/// A resource that an activity takes. All needs of an activity are taken at the same instant or none is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Need {
    /// The resource.
    pub resource: ResourceId,
    /// How many.
    pub amount: Amount,
    /// How long.
    pub kept: Kept,
}

/// Time for the items of an activity, beside its part for the train.
#[derive(Clone, PartialEq, Debug)]
pub enum Items {
    /// None.
    None,
    /// One item after another, a draw each.
    OneByOne(Duration),
    /// In rounds of as many items as places are granted: `ceil(N/k)` rounds, a draw each.
    Rounds {
        /// Which of the activity's needs gives the places k.
        places_of: usize,
        /// A round.
        each: Duration,
    },
    /// Each item takes what the activity needs, one thing, as it comes free, in the order of the line, and gives it back
    /// when it is done: k places and a time s finish k/s items in the long run, whatever the cuts are.
    AsPlacesFree(Duration),
}

/// What share is treated at all; the rest passes at once and takes nothing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Sampled {
    /// Every item.
    All,
    /// A share of the cuts, 0 to 1: a cut is treated whole or not.
    Cuts(f64),
    /// A share of the items, 0 to 1, each drawn alone. A cut with none passes at once.
    Items(f64),
}

/// Rule one: whether an activity may start only if it can finish before closing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MayStart {
    /// At any open time.
    AnyOpenTime,
    /// Only if it ends before closing. Where neither this opening nor any of the week after it is long enough
    /// (with all places there are), at any open time, so that a cut is never kept for ever.
    IfItCanFinish,
}

/// Rule two: what becomes of an activity at closing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AtClosing {
    /// It goes on to its end (staff stay on).
    RunsOn,
    /// Staff leave it and come back at the next opening; what it took stays taken.
    Interrupted,
}

/// Rule three: whether the clock of an interrupted activity counts while closed. Without interruption it says nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClockRule {
    /// Only open time counts: work is done by staff.
    OpenHours,
    /// All time counts (a hold's clock runs by night); what runs out while closed ends at the next opening.
    Always,
}

/// What an activity does to the track that the train stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrackUse {
    /// The train stays on it.
    Holds,
    /// The wagons leave it when the activity begins; goods go on without them.
    FreedAtBegin,
    /// The same, when it ends (goods unloaded into a warehouse).
    FreedAtEnd,
}

/// A step of a procedure.
#[derive(Clone, PartialEq, Debug)]
pub struct Activity {
    /// Short name; with station and procedure the address of its random draws.
    pub name: String,
    /// Whom it treats.
    pub subject: Subject,
    /// Activities that must have ended before; those that share no path run in parallel.
    pub after: Vec<ActivityId>,
    /// What it takes.
    pub needs: Vec<Need>,
    /// Its part for the train as a whole.
    pub per_train: Duration,
    /// Its part for the items.
    pub items: Items,
    /// What share is treated.
    pub sampled: Sampled,
    /// Rule one.
    pub may_start: MayStart,
    /// Rule two.
    pub at_closing: AtClosing,
    /// Rule three.
    pub clock: ClockRule,
    /// What it does to the track.
    pub track: TrackUse,
    /// It is a hold: its part for the train is the visit's own span where that names one ([`crate::Arrival::hold`]).
    pub is_hold: bool,
    /// Only while this word restricts; judged when all before it have ended.
    pub only_under: Option<Word>,
    /// Chance, 0 to 1, that the train is sent back at its end: no further activity begins.
    pub returned: f64,
}

impl Activity {
    /// An activity of the train that takes nothing and lasts so long.
    pub fn new(name: &str, per_train: Duration) -> Self {
        Self {
            name: name.into(),
            subject: Subject::Train,
            after: Vec::new(),
            needs: Vec::new(),
            per_train,
            items: Items::None,
            sampled: Sampled::All,
            may_start: MayStart::AnyOpenTime,
            at_closing: AtClosing::RunsOn,
            clock: ClockRule::OpenHours,
            track: TrackUse::Holds,
            is_hold: false,
            only_under: None,
            returned: 0.0,
        }
    }
}

/// What trains of a kind go through: activities with what must come before each.
#[derive(Clone, PartialEq, Debug)]
pub struct Procedure {
    /// Short name.
    pub name: String,
    /// Way over the border.
    pub way: Way,
    /// Whether for loaded wagons or empty ones.
    pub loaded: bool,
    /// Its activities.
    pub activities: IndexVec<ActivityId, Activity>,
}

/// A border station.
#[derive(Clone, PartialEq, Debug)]
pub struct Station {
    /// Short name.
    pub name: String,
    /// Yard tracks; none: only visits that stand on no track come ([`crate::Arrival::track`]).
    pub tracks: IndexVec<TrackId, Track>,
    /// Tracks that trains of each way may hold at most (`[out, back]`), so that one way never takes all; none: no limit.
    pub most_tracks: [Option<u32>; 2],
    /// Trains accepted by way (`[out, back]`), in order; empty: no limit; outside all windows none is accepted.
    pub quota: [Vec<QuotaWindow>; 2],
    /// Resources.
    pub resources: IndexVec<ResourceId, Resource>,
    /// Procedures.
    pub procedures: IndexVec<ProcedureId, Procedure>,
}

impl Station {
    /// The first procedure for a way, loaded or empty.
    pub fn procedure(&self, way: Way, loaded: bool) -> Option<ProcedureId> {
        self.procedures.enumerated().find(|(_, p)| p.way == way && p.loaded == loaded).map(|(id, _)| id)
    }
}

impl Way {
    /// 0 for out, 1 for back.
    pub fn index(self) -> usize {
        self as usize
    }
    /// The other way.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Out => Self::Back,
            Self::Back => Self::Out,
        }
    }
}
