//! What happened in a simulation, as plain data: train runs, cuts of wagons, and double-entry books of goods and wagons.
//!
//! A trace names points, routes, goods and services by their index in the corridor, so that the checker can hold
//! it against the corridor without knowing the simulator.

use std::borrow::Cow;
use yalu_units::{Instant, Mass, Span};

/// What kind of train ran.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TrainKind {
    /// Carries cuts of wagons over the border.
    Freight,
    /// Carries passengers over the border.
    International,
    /// Other domestic freight.
    Domestic,
    /// Other passenger traffic.
    Passenger,
}

/// Why a train stood longer than its plan says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Cause {
    /// It did not.
    #[default]
    None,
    /// A train came the other way.
    Meet,
    /// A train went ahead.
    Following,
    /// No track ahead that fits was free.
    StationFull,
    /// Another train was entering the station ahead.
    StationEntry,
    /// The move could have led to a deadlock.
    Safety,
    /// The border was shut, or its trains of the day had gone.
    Border,
    /// Track was taken for maintenance.
    Possession,
    /// The contact line was dead.
    Power,
    /// The locomotive failed.
    Failure,
    /// It gave way to a train of higher priority.
    Priority,
    /// It was ready late.
    LateEntry,
}

impl Cause {
    /// All causes of delay, in the order of tables.
    pub const ALL: [Cause; 11] = [
        Cause::Meet,
        Cause::Following,
        Cause::StationFull,
        Cause::StationEntry,
        Cause::Safety,
        Cause::Border,
        Cause::Possession,
        Cause::Power,
        Cause::Failure,
        Cause::Priority,
        Cause::LateEntry,
    ];
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Cause::None => "none",
            Cause::Meet => "meet",
            Cause::Following => "following",
            Cause::StationFull => "station_full",
            Cause::StationEntry => "station_entry",
            Cause::Safety => "safety",
            Cause::Border => "border",
            Cause::Possession => "possession",
            Cause::Power => "power",
            Cause::Failure => "failure",
            Cause::Priority => "priority",
            Cause::LateEntry => "late_entry",
        }
    }
}

/// A train that came to a stand on the open line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenLineStop {
    /// Index of the train run.
    pub train: u32,
    /// Index, in its times, of the point it was bound for.
    pub place: u16,
    /// Why.
    pub cause: Cause,
    /// How long, ms.
    pub held_ms: i64,
}

/// A train run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainRun {
    /// Kind.
    pub kind: TrainKind,
    /// Index of the service, or of the row of other traffic for domestic and passenger trains.
    pub line: u32,
    /// Length, metres, rounded up.
    pub length_m: u32,
    /// Wagons, loaded and empty.
    pub loaded: u16,
    /// Empty wagons.
    pub empty: u16,
    /// Index of its pattern in the plan; `u32::MAX` where it has none.
    pub pattern: u32,
    /// Scheduled departure.
    pub scheduled: Instant,
    /// When it was ready to go: later than scheduled where it entered late.
    pub ready: Instant,
    /// Scheduled arrival: scheduled departure plus the undisturbed run.
    pub due: Instant,
    /// First entry of [`Trace::times`].
    pub first: u32,
    /// Number of entries.
    pub len: u32,
}

/// A train at an operational point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointTime {
    /// Operational point.
    pub point: u32,
    /// Track it used, or `u8::MAX` where the point has none.
    pub track: u8,
    /// Whether it stood.
    pub stopped: bool,
    /// Why it stood longer than planned: the cause that took most of it.
    pub cause: Cause,
    /// Head passes the entry of the station.
    pub enter: Instant,
    /// Head arrives at the exit (or passes it).
    pub arrive: Instant,
    /// Head departs (or passes).
    pub depart: Instant,
    /// Tail has passed the entry: the section behind is free.
    pub section_clear: Instant,
    /// Tail has left the track of this point.
    pub track_clear: Instant,
}

/// A cut of wagons that moves together over the border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Route.
    pub route: u32,
    /// From first to second country.
    pub forward: bool,
    /// Wagons.
    pub wagons: u16,
    /// Whether they are loaded.
    pub loaded: bool,
    /// Net load, kilograms.
    pub net: Mass,
    /// When it was formed.
    pub formed: Instant,
    /// When its wagons were unloaded or back in stock; none while under way at the end.
    pub ended: Option<Instant>,
}

/// One step of a cut's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Cut.
    pub cut: u32,
    /// What was done.
    pub what: StepKind,
    /// When it could have begun.
    pub ready: Instant,
    /// When it began.
    pub begin: Instant,
    /// When it ended.
    pub end: Instant,
    /// Waiting from ready to begin, by reason.
    pub waits: Waits,
}

/// Waiting by reason, in the order of [`Waits::REASONS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits(pub [Span; 6]);

impl Waits {
    /// Why cuts wait: what it takes is in use, is closed, would close too soon; no track; the neighbour's quota; no path.
    pub const REASONS: [&'static str; 6] = ["no_resource", "closed", "closing_too_near", "no_track", "quota", "path"];
    /// The number of waiting for what is in use.
    pub const NO_RESOURCE: usize = 0;
    /// The number of waiting for a yard track.
    pub const NO_TRACK: usize = 3;
    /// The number of waiting for the neighbour's quota.
    pub const QUOTA: usize = 4;
    /// The number of waiting for a path.
    pub const PATH: usize = 5;

    /// All waiting.
    pub fn total(self) -> Span {
        self.0.into_iter().sum()
    }

    /// The same, no longer in all than some time: what came last is left out.
    #[must_use]
    pub fn within(mut self, most: Span) -> Self {
        let mut left = most;
        for w in &mut self.0 {
            *w = (*w).min(left);
            left -= *w;
        }
        self
    }
}

/// A yard track that a cut held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YardTrack {
    /// Border station.
    pub station: u16,
    /// Track.
    pub track: u16,
    /// Cut.
    pub cut: u32,
    /// Promised to it.
    pub from: Instant,
    /// It came to stand.
    pub stood: Instant,
    /// It was gone.
    pub to: Instant,
}

/// Teams or other resources of a border station that a cut held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceUse {
    /// Border station.
    pub station: u16,
    /// Index in the station's resources.
    pub resource: u16,
    /// How many.
    pub amount: u32,
    /// Cut.
    pub cut: u32,
    /// Taken.
    pub from: Instant,
    /// Given back.
    pub to: Instant,
}

/// A border station as this replication worked it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StationSize {
    /// Yard tracks.
    pub tracks: u32,
    /// How many of each resource.
    pub resources: Vec<u32>,
    /// Opening intervals of each of its hours.
    pub open: Vec<Vec<(Instant, Instant)>>,
}

/// Kinds of steps of a cut.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum StepKind {
    /// Loading at the first point.
    Loading,
    /// Waiting for a yard track at a border station, by its index.
    Entering(u16),
    /// A border activity: index of the station and of the activity in it.
    Activity(u16, u16),
    /// Waiting for the train and running over the border.
    OverBorder,
    /// Waiting for the train and running onward.
    Onward,
    /// Unloading into a quarantine hold.
    IntoHold,
    /// Unloading at the last point.
    Unloading,
    /// Standing until the empties go back.
    Turnaround,
}

/// Where goods can be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GoodsAccount {
    /// Outside: ordered by shippers.
    Ordered,
    /// Kept by its buyer, who asks for it again.
    Postponed,
    /// Under way to the border of a route.
    Approaching(u16),
    /// Waiting to cross by a route.
    Waiting(u16),
    /// Under way on a route.
    UnderWay(u16),
    /// In a quarantine hold of a route.
    Held(u16),
    /// Released to consignees, by route.
    Released(u16),
    /// Given up by shippers.
    GivenUp,
    /// Refused by a rule.
    Refused,
    /// Crossed by exception while every route was shut.
    ByException,
}

/// Goods that moved from one account to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoodsMove {
    /// When.
    pub at: Instant,
    /// Good.
    pub good: u16,
    /// When it was ordered.
    pub ordered: Instant,
    /// From.
    pub from: GoodsAccount,
    /// To.
    pub to: GoodsAccount,
    /// How much.
    pub mass: Mass,
    /// Value, US cents.
    pub usd_cents: i64,
}

/// Where wagons of a rail route can be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WagonAccount {
    /// Empty at the loading point.
    Stock,
    /// In a cut.
    InCut(u32),
    /// Being unloaded, standing empty or gone on beyond the model on the far side.
    Far,
    /// Kept on the far side for good.
    Kept,
}

/// Wagons that moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WagonMove {
    /// When.
    pub at: Instant,
    /// Route.
    pub route: u16,
    /// From.
    pub from: WagonAccount,
    /// To.
    pub to: WagonAccount,
    /// How many.
    pub wagons: u16,
}

/// Loaded trains that wait to cross, and where: the yard of the border station first, then the line before it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// Trains for which the yard of the border station they leave from has tracks.
    pub in_yard: f32,
    /// Trains held back at stations before it.
    pub held_back: f32,
}

impl Standing {
    /// All of them.
    pub fn trains(self) -> f32 {
        self.in_yard + self.held_back
    }
}

/// State at the end of a border day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayRow {
    /// Local midnight that ends the day.
    pub end: Instant,
    /// Route.
    pub route: u16,
    /// Tonnes waiting to cross, first to second country.
    pub waiting_forward: Mass,
    /// Tonnes waiting to cross, second to first country.
    pub waiting_back: Mass,
    /// Tonnes under way to the border.
    pub approaching: Mass,
    /// Tonnes under way.
    pub under_way: Mass,
    /// Tonnes held in quarantine.
    pub held: Mass,
    /// Loaded trains that wait to cross (rail routes): cuts formed, and what waits else over the load of a train.
    pub standing: Standing,
    /// Wagons in stock at the loading point.
    pub wagons_stock: u32,
    /// Wagons on the far side: being unloaded, standing empty, or gone on beyond the model.
    pub wagons_far: u32,
    /// Loaded wagons that crossed on the day.
    pub crossed_loaded: u32,
    /// Empty wagons that crossed on the day.
    pub crossed_empty: u32,
    /// Trains that crossed on the day.
    pub trains: u32,
}

/// When which way a crossing may be passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Turns {
    /// Both at any time.
    #[default]
    Both,
    /// From the first country in the first half of each border day, from the second in the other.
    HalfDays,
    /// From the first country on the first day of the horizon and every other day, from the second on the days between.
    Days,
}

impl Turns {
    /// Whether on a day (counted from the first of the horizon), before or after its middle, trains from the first country
    /// (0) or the second (1) may cross.
    pub fn allow(self, day: usize, after_noon: bool, direction: usize) -> bool {
        match self {
            Turns::Both => true,
            Turns::HalfDays => usize::from(after_noon) == direction,
            Turns::Days => day % 2 == direction,
        }
    }
}

/// A regime as this replication applied it.
#[derive(Clone, Debug, PartialEq)]
pub struct AppliedRegime {
    /// Index of the crossing.
    pub crossing: u32,
    /// From.
    pub from: Instant,
    /// To, exclusive.
    pub to: Instant,
    /// Whether anything may cross.
    pub running: bool,
    /// Trains a day allowed; negative: no limit.
    pub trains_per_day: i32,
    /// Wagons a train allowed; negative: no limit.
    pub wagons_per_train: i32,
    /// Wagons a day allowed each way; negative: no limit.
    pub wagons_per_day: i32,
    /// When which way may cross.
    pub turns: Turns,
}

/// Everything that one replication recorded.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// Start of the horizon.
    pub from: Instant,
    /// End of the horizon.
    pub to: Instant,
    /// Local midnights at the border, from the first to the last of the horizon.
    pub midnights: Vec<Instant>,
    /// Train runs in order of their end.
    pub trains: Vec<TrainRun>,
    /// Times of trains at points.
    pub times: Vec<PointTime>,
    /// Trains that stood on the open line.
    pub open_line_stops: Vec<OpenLineStop>,
    /// Cuts.
    pub cuts: Vec<Cut>,
    /// Steps of cuts.
    pub steps: Vec<Step>,
    /// Border stations as worked.
    pub stations: Vec<StationSize>,
    /// Yard tracks held.
    pub yards: Vec<YardTrack>,
    /// Resources held.
    pub uses: Vec<ResourceUse>,
    /// Books of goods.
    pub goods: Vec<GoodsMove>,
    /// Books of wagons.
    pub wagons: Vec<WagonMove>,
    /// Wagons of each rail route at the start: at the loading point, on the far side.
    pub fleet: Vec<(u16, [u32; 2])>,
    /// Daily states.
    pub days: Vec<DayRow>,
    /// Regimes applied.
    pub regimes: Vec<AppliedRegime>,
    /// Moves that a train asked for and was refused for safety.
    pub refused_for_safety: u64,
    /// Trains left that could never move again.
    pub deadlocks: u64,
    /// Events handled.
    pub events: u64,
}

impl Trace {
    /// The times of a train.
    pub fn times_of(&self, run: &TrainRun) -> &[PointTime] {
        &self.times[run.first as usize..(run.first + run.len) as usize]
    }

    /// What happened from an instant on: trains that departed since, cuts that ended since or are still under way,
    /// and their steps, moves of goods and wagons, and days since.
    pub fn since(&self, from: Instant) -> Cow<'_, Trace> {
        if from <= self.from {
            return Cow::Borrowed(self);
        }
        let mut out = Trace {
            from: from.max(self.from),
            to: self.to,
            midnights: self.midnights.iter().copied().filter(|t| *t >= from).collect(),
            fleet: self.fleet.clone(),
            stations: self.stations.clone(),
            days: self.days.iter().copied().filter(|d| d.end > from).collect(),
            regimes: self.regimes.iter().filter(|r| r.to > from).cloned().collect(),
            goods: self.goods.iter().copied().filter(|g| g.at >= from).collect(),
            refused_for_safety: self.refused_for_safety,
            deadlocks: self.deadlocks,
            events: self.events,
            ..Trace::default()
        };
        let mut told = vec![None; if self.open_line_stops.is_empty() { 0 } else { self.trains.len() }];
        for (i, run) in self.trains.iter().enumerate() {
            let times = self.times_of(run);
            if times.first().is_some_and(|t| t.depart >= from) {
                if let Some(new) = told.get_mut(i) {
                    *new = Some(out.trains.len() as u32);
                }
                out.trains.push(TrainRun { first: out.times.len() as u32, ..run.clone() });
                out.times.extend_from_slice(times);
            }
        }
        let new = |train: u32| told.get(train as usize).copied().flatten();
        let stops = self.open_line_stops.iter();
        out.open_line_stops = stops.filter_map(|s| Some(OpenLineStop { train: new(s.train)?, ..*s })).collect();
        let mut renumbered = vec![None; self.cuts.len()];
        for (i, cut) in self.cuts.iter().enumerate() {
            if cut.ended.is_none_or(|t| t >= from) {
                renumbered[i] = Some(out.cuts.len() as u32);
                out.cuts.push(cut.clone());
            }
        }
        let new = |cut: u32| renumbered.get(cut as usize).copied().flatten();
        out.steps = self.steps.iter().filter_map(|s| Some(Step { cut: new(s.cut)?, ..*s })).collect();
        let yards = self.yards.iter().filter(|y| y.to >= from);
        out.yards = yards.filter_map(|y| Some(YardTrack { cut: new(y.cut)?, ..*y })).collect();
        let uses = self.uses.iter().filter(|u| u.to >= from);
        out.uses = uses.filter_map(|u| Some(ResourceUse { cut: new(u.cut)?, ..*u })).collect();
        let account = |a: WagonAccount| match a {
            WagonAccount::InCut(c) => new(c).map(WagonAccount::InCut),
            other => Some(other),
        };
        out.wagons = self
            .wagons
            .iter()
            .filter(|w| w.at >= from)
            .filter_map(|w| Some(WagonMove { from: account(w.from)?, to: account(w.to)?, ..*w }))
            .collect();
        Cow::Owned(out)
    }
}
