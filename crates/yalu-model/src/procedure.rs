//! Border procedures: the activities of a station as a network, their durations, rules and what they use.

use crate::Quantity;

/// What an activity is done to (`on`): its duration is drawn once for each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subject {
    /// The train with its locomotive and crew (`train`).
    Train,
    /// The locomotive (`locomotive`).
    Locomotive,
    /// The crew (`crew`).
    Crew,
    /// The cut of wagons as a whole (`cut`).
    Cut,
    /// Each wagon by itself (`wagon`).
    Wagon,
    /// Each consignment by itself; a wagon carries one (`consignment`).
    Consignment,
}

crate::words! {
    Subject {
        "train" => Self::Train,
        "locomotive" => Self::Locomotive,
        "crew" => Self::Crew,
        "cut" => Self::Cut,
        "wagon" => Self::Wagon,
        "consignment" => Self::Consignment,
    }
}

/// How durations scatter (`shape`).
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Shape {
    /// As the range says: drawn from it each time; a fixed value does not scatter.
    AsRange,
    /// Exponential about the mean given (`exponential`).
    Exponential,
    /// Sum of so many exponential phases (`erlang2`: two).
    Erlang(u32),
    /// Lognormal with this coefficient of variation (`lognormal`, with `cv`).
    Lognormal {
        /// Standard deviation over mean.
        cv: f64,
    },
}

/// A duration in minutes.
///
/// With a shape other than [`Shape::AsRange`] `minutes` is its mean, drawn once a replication where it is a range.
#[derive(Clone, Debug)]
pub struct Duration {
    /// Minutes (`minutes`, `days`, `minutes_per_wagon`).
    pub minutes: Quantity,
    /// How it scatters (`shape`, `shape_per_wagon`).
    pub shape: Shape,
    /// Minutes it never falls below; `minutes` is the mean with them (`at_least_min`).
    pub at_least_min: f64,
}

/// The red channel: subjects that are looked at longer than others (`red`).
#[derive(Clone, Debug)]
pub struct RedChannel {
    /// Share of subjects that take it (`share`).
    pub share: Quantity,
    /// Minutes of a red subject, drawn each time: in place of `minutes`, of a wagon or consignment in place of
    /// `minutes_per_wagon` (`minutes`).
    pub minutes: Quantity,
}

/// Wagons taken in rounds: `ceil(wagons / places)` times `minutes`, by as many places as are free when it begins
/// (`batch`).
#[derive(Clone, Debug)]
pub struct Batch {
    /// Index in [`crate::BorderStation::resources`] of what gives the places, taken beside `uses` (`resource`).
    pub resource: usize,
    /// Most wagons at a time; none: as many as there are of the resource (`places`).
    pub places: Option<Quantity>,
    /// Minutes of a round (`minutes`), drawn each time.
    pub minutes: Quantity,
}

/// What `count` of a use is for (`per`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UsePer {
    /// The activity, whatever the cut (not given).
    Activity,
    /// Each wagon; a cut that would take more than there are takes all (`wagon`).
    Wagon,
    /// Each tonne of load; a cut that would take more than there are takes all (`tonne`).
    Tonne,
}

/// How long what is used is kept (`keeps_until`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keeps {
    /// To the activity's own end.
    Itself,
    /// To the end of a later one, by its index in [`crate::BorderStation::activities`].
    Until(usize),
    /// Until the train departs (`departure`).
    Departure,
}

/// What an activity does to the yard track that the cut stands on (`frees_track`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrackUse {
    /// The cut stays on it.
    Holds,
    /// Given back when the activity begins (`at_begin`).
    FreedAtBegin,
    /// Given back when it ends: goods unloaded into a warehouse (`at_end`).
    FreedAtEnd,
}

/// A resource that an activity needs (`uses`, `team`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Use {
    /// Index in [`crate::BorderStation::resources`].
    pub resource: usize,
    /// How many (`count`).
    pub count: u32,
    /// For what (`per`).
    pub per: UsePer,
}

/// When an activity may start (`may_start`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StartRule {
    /// Only if it can end before closing (`if_it_can_finish`).
    IfItCanFinish,
    /// At any open time; it runs on past closing unless it is interruptible (`any_open_time`).
    AnyOpenTime,
}

/// Whether an interrupted activity's time runs while its resources are closed (`clock`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clock {
    /// It stops at closing and goes on at the next opening (`open_hours`).
    OpenHours,
    /// It runs on: drying, a hold of days (`always`).
    Always,
}

/// What ends a hold (`release`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Release {
    /// Its own duration (`own_days`).
    OwnDays,
    /// The days the crossing's regime names (`hold_days` of `regimes.csv`), its own where the regime names none
    /// (`regime_days`).
    RegimeDays,
}

/// A step of a border procedure (`[[station.activity]]`).
#[derive(Clone, Debug)]
pub struct Activity {
    /// Short name.
    pub id: String,
    /// Name for people (`title`).
    pub title: String,
    /// What it is done to (`on`).
    pub subject: Subject,
    /// Which cuts: `loaded`, `empty` (`applies_to`).
    pub loaded: bool,
    /// Direction of the cut: true from first to second country (`direction`).
    pub forward: bool,
    /// Indices in [`crate::BorderStation::activities`] of what must have ended before, all of the same direction
    /// and load; none: it begins with the cut's arrival (`after`).
    pub after: Vec<usize>,
    /// What it uses, all at once; nothing needs nobody and knows no hours (`uses`, `team`).
    pub uses: Vec<Use>,
    /// How long it keeps what it uses (`keeps_until`).
    pub keeps: Keeps,
    /// Time for the subject as a whole, drawn anew each time (`minutes` or `days`).
    pub duration: Duration,
    /// Time for each wagon in addition (`minutes_per_wagon`).
    pub per_wagon: Duration,
    /// Rounds of wagons in addition (`batch`).
    pub batch: Option<Batch>,
    /// Share of subjects it is done to; none: all (`share`).
    pub share: Option<Quantity>,
    /// The channel of those that are looked at longer (`red`).
    pub red: Option<RedChannel>,
    /// Share of cuts sent back after it, to where they came from; none: none (`returned_share`).
    pub returned_share: Option<Quantity>,
    /// When it may start (`may_start`).
    pub may_start: StartRule,
    /// Whether closing interrupts it (`interruptible`).
    pub interruptible: bool,
    /// Whether its time runs while it is interrupted (`clock`).
    pub clock: Clock,
    /// What ends it, if it is a hold (`release`).
    pub release: Release,
    /// What it does to the cut's yard track (`frees_track`).
    pub track: TrackUse,
    /// Only while a regime restricts by this word (`only_under`), e.g. `quarantine`.
    pub only_under: Option<String>,
}

crate::words! {
    UsePer { "wagon" => Self::Wagon, "tonne" => Self::Tonne }
    TrackUse { "at_begin" => Self::FreedAtBegin, "at_end" => Self::FreedAtEnd }
    StartRule { "if_it_can_finish" => Self::IfItCanFinish, "any_open_time" => Self::AnyOpenTime }
    Clock { "open_hours" => Self::OpenHours, "always" => Self::Always }
    Release { "own_days" => Self::OwnDays, "regime_days" => Self::RegimeDays }
}
