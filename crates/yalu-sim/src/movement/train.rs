//! A train that runs or waits to.

use std::sync::Arc;
use yalu_plan::{Line, LineKind, LineTimes, StandTimes};
use yalu_trace::{Cause, OpenLineStop, PointTime};
use yalu_units::{Instant, Span};

/// What a train runs for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Job {
    /// Other traffic, and services no route uses.
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

/// What a train waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Block {
    No,
    /// A lane: stretch times two, and its direction.
    Stretch(usize),
    Stand(usize),
    Safety,
    Gate,
    /// A train on the line before it that has waited long.
    Line,
    /// A time alone.
    Clock,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// In the yard at the start of its path, off the line.
    Yard,
    /// On a track.
    Stands,
    /// On the open line, before a station that has no track for it yet.
    Holds,
    Moves,
    Done,
}

/// Running times a train runs by.
#[derive(Debug)]
pub(super) enum Times {
    /// Those of its line.
    Line,
    /// Its own: of its own load, or under restrictions of speed.
    Own(Arc<LineTimes>),
}

/// Whether a train waits its turn in its yard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Queued {
    No,
    Behind,
    /// A shut gate keeps it: it asks by itself from then on.
    Apart,
}

/// Causes of waiting, none included.
const CAUSES: usize = Cause::ALL.len() + 1;

/// A train that runs or waits to.
#[derive(Debug)]
pub(crate) struct Train<'a> {
    pub line: u32,
    pub loaded: u16,
    pub empty: u16,
    pub scheduled: Instant,
    pub due: Instant,
    pub ready: Instant,
    pub job: Job,
    pub length_m: u32,
    /// Dispatching priority of its line.
    pub(super) priority: i32,
    /// Its times so far, one entry a stand up to the one it is bound for.
    pub times: Vec<PointTime>,
    /// Where it stood on the open line; its train index is set when it is recorded.
    pub open_line_stops: Vec<OpenLineStop>,
    pub(super) own: Times,
    /// Tonnes of load per wagon, where it has a load of its own.
    pub(super) load_t: Option<f64>,
    /// Restrictions of speed its times know.
    pub(super) restricted: Vec<u16>,
    pub(super) queued: Queued,
    /// Its number among the trains of its service.
    pub(super) serial: u32,
    pub(super) state: State,
    pub(super) block: Block,
    /// Ready to go since.
    pub(super) since: Instant,
    /// Why it waits, since when, and how long it has waited for what so far.
    pub(super) why: Cause,
    pub(super) why_since: Instant,
    waits: [u32; CAUSES],
    pub(super) tries: u32,
    /// When its next planned try is.
    pub(super) next_try: Instant,
    /// Stand it last started from, and when: shifted by what held it on the open line since.
    pub(super) from: usize,
    pub(super) started: Instant,
    /// Times from that stand on, where they are those of its line: they are asked for at every event.
    pub(super) row: Option<&'a [StandTimes]>,
    /// Stand it is bound for.
    pub(super) target: usize,
    /// Whether it is known when its tail has left the stretch before its target.
    pub(super) cleared: bool,
    /// Legs on which it holds both tracks of a double track.
    pub(super) both: Vec<u16>,
    /// Whether it is on its way to its target behind others and has no track there yet.
    pub(super) trackless: bool,
}

impl Train<'_> {
    #[expect(clippy::too_many_arguments, reason = "what a train is")]
    pub(super) fn new(
        l: &Line,
        line: u32,
        job: Job,
        (loaded, empty): (u16, u16),
        (scheduled, due, ready): (Instant, Instant, Instant),
        (load_t, own): (Option<f64>, Times),
        serial: u32,
        mut times: Vec<PointTime>,
    ) -> Self {
        times.clear();
        let wagons = match l.kind {
            LineKind::Traffic(_) => l.wagons.max(u32::from(loaded + empty)),
            LineKind::Service(_) => u32::from(loaded + empty),
        };
        Self {
            line,
            loaded,
            empty,
            scheduled,
            due,
            ready,
            job,
            length_m: l.length_m(wagons),
            priority: l.priority,
            times,
            open_line_stops: Vec::new(),
            own,
            load_t,
            restricted: Vec::new(),
            queued: Queued::No,
            serial,
            state: State::Yard,
            block: Block::No,
            since: ready,
            why: Cause::None,
            why_since: ready,
            waits: [0; CAUSES],
            tries: 0,
            next_try: Instant::FAR,
            from: 0,
            row: None,
            started: ready,
            target: 0,
            cleared: false,
            both: Vec::new(),
            trackless: false,
        }
    }

    /// Notes time waited, in whole milliseconds up to 49 days.
    pub(super) fn waited(&mut self, cause: Cause, span: Span) {
        if span.0 > 0 {
            let sum = &mut self.waits[cause as usize];
            *sum = sum.saturating_add(u32::try_from(span.0).unwrap_or(u32::MAX));
        }
    }
    /// From now on it waits for this.
    pub(super) fn waits_for(&mut self, cause: Cause, now: Instant) {
        self.goes(now);
        self.why = cause;
    }
    /// It goes: what it waited for last is noted.
    pub(super) fn goes(&mut self, now: Instant) {
        let (why, since) = (self.why, self.why_since);
        self.waited(why, now - since);
        self.why_since = now;
    }
    /// What took most of its waiting; of equals the first.
    pub(super) fn cause(&self) -> Cause {
        let most = Cause::ALL.into_iter().rev().max_by_key(|c| self.waits[*c as usize]);
        most.filter(|c| self.waits[*c as usize] > 0).unwrap_or_default()
    }
    pub(super) fn clear_waits(&mut self) {
        self.waits = [0; CAUSES];
        self.why = Cause::None;
    }
}
