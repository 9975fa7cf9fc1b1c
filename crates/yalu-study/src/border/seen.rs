//! What a trace tells of border stations: cuts with their steps and why they waited, resources in use, tracks held.

use super::times::{Time, at_least, common, within};
use yalu_model::{Corridor, PointId, RailRoute};
use yalu_plan::{Draw, LineKind, Plan, joined};
use yalu_trace::{StepKind, Trace};
use yalu_units::{Instant, Span};

/// Why a cut waited.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WaitReason {
    /// All of what it needs was in use.
    NoResource,
    /// What it needs was closed.
    Closed,
    /// It would not have ended before closing.
    ClosingTooNear,
    /// No track was free in the yard beyond.
    NoTrack,
    /// Its train's time had not come, or no path was free.
    Path,
}

impl WaitReason {
    /// All, in the order of tables.
    pub const ALL: [WaitReason; 5] = [Self::NoResource, Self::Closed, Self::ClosingTooNear, Self::NoTrack, Self::Path];

    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoResource => "no_resource",
            Self::Closed => "closed",
            Self::ClosingTooNear => "closing_too_near",
            Self::NoTrack => "no_track",
            Self::Path => "path",
        }
    }
}

/// Waiting by reason, as in [`WaitReason::ALL`].
pub type Waits = [Span; 5];

/// A step of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenStep {
    /// What.
    pub what: StepKind,
    /// The border station that keeps it waiting, by its index; none: a place inland.
    pub station: Option<usize>,
    /// When it could have begun.
    pub ready: Instant,
    /// When it began.
    pub begin: Instant,
    /// When it ended.
    pub end: Instant,
    /// Why it waited from ready to begin.
    pub waits: Waits,
    /// The resource it uses first, by its index in the station.
    pub resource: Option<usize>,
    /// The station beyond whose track it needs.
    pub track_beyond: Option<usize>,
}

/// A cut of wagons with its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenCut {
    /// Index in the trace.
    pub cut: u32,
    /// Index of its route.
    pub route: usize,
    /// Whether it is loaded.
    pub loaded: bool,
    /// Wagons.
    pub wagons: u16,
    /// Whether it went over the border and was done with it within the period.
    pub done: bool,
    /// Steps in order.
    pub steps: Vec<SeenStep>,
}

/// A resource of a station and when it was in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenResource {
    /// Index of the station.
    pub station: usize,
    /// Index in the station.
    pub resource: usize,
    /// How many there are.
    pub count: u32,
    /// When it is open.
    pub open: Vec<Time>,
    /// Uses: from, to, how many, by which cut.
    pub uses: Vec<(Instant, Instant, u32, u32)>,
}

/// A cut that stood at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stay {
    /// It came.
    pub from: Instant,
    /// It went.
    pub to: Instant,
    /// Index of the station.
    pub station: usize,
    /// Track: the lowest free when it came.
    pub track: usize,
    /// Index of the cut in the trace.
    pub cut: u32,
    /// Its wagons.
    pub wagons: u16,
    /// Whether they are loaded.
    pub loaded: bool,
}

/// What happened at the border in one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// When any crossing that a rail route uses ran, within the period told.
    pub running: Vec<Time>,
    /// Cuts that had a step within the period, loaded or empty.
    pub cuts: Vec<SeenCut>,
    /// Resources, station by station.
    pub resources: Vec<SeenResource>,
    /// Yard tracks of each station in this run.
    pub tracks: Vec<u32>,
    /// Cuts that stood at stations, in the order they came.
    pub stays: Vec<Stay>,
}

/// Border stations of a rail route: of the country its goods leave, and of the other.
pub fn stations_of(c: &Corridor, plan: &Plan, route: usize, rail: &RailRoute) -> [Option<usize>; 2] {
    let service = &c.services[rail.over_border];
    let at = |p: PointId| c.stations.iter().position(|s| s.point == p);
    let home = c.routes.as_slice().get(route).map_or(0, yalu_model::Route::exports);
    let on_the_way = || {
        let line = plan.lines.iter().find(|l| l.kind == LineKind::Service(rail.over_border) && l.forward)?;
        let points = line.stands.iter().rev().map(|s| plan.stands[*s].point);
        points.filter(|p| c.points[*p].country == c.countries[home]).find_map(at)
    };
    [at(service.from).or_else(on_the_way), at(service.to)]
}

/// Reads a trace that was drawn so; `trace` is the part that results tell of.
pub fn seen(c: &Corridor, plan: &Plan, draw: Draw, trace: &Trace) -> Seen {
    let (mut cuts, ends) = (cuts(c, plan, trace), trace.cuts.iter().map(|x| x.ended).collect::<Vec<_>>());
    let mut resources = resources(c, plan, draw, &cuts);
    let full: Vec<Vec<Time>> = resources
        .iter()
        .map(|r| at_least(&r.uses.iter().map(|u| (u.0, u.1, u.2)).collect::<Vec<_>>(), r.count))
        .collect();
    let tracks: Vec<u32> = c.stations.iter().map(|s| draw.value(&s.yard_tracks).round().max(1.0) as u32).collect();
    let mut stays = stays(c, plan, &cuts, &ends, trace.to);
    let yards_full: Vec<Vec<Time>> = (0..c.stations.len())
        .map(|s| {
            let here: Vec<_> = stays.iter().filter(|x| x.station == s).map(|x| (x.from, x.to, 1)).collect();
            at_least(&here, tracks[s])
        })
        .collect();
    for cut in &mut cuts {
        let beyond = c.routes.as_slice().get(cut.route).and_then(|r| r.rail.as_ref());
        let far = beyond.and_then(|rail| stations_of(c, plan, cut.route, rail)[1]).filter(|_| cut.loaded);
        for step in &mut cut.steps {
            step.waits = match step.what {
                StepKind::Activity(s, _) => {
                    let own = |r: &SeenResource| r.station == usize::from(s) && Some(r.resource) == step.resource;
                    let at = resources.iter().position(own);
                    at.map_or([Span(0); 5], |i| waited(&resources[i].open, &full[i], step.ready, step.begin))
                }
                StepKind::OverBorder => {
                    step.track_beyond = far;
                    let no_track = far.map_or(Span(0), |f| within(&yards_full[f], step.ready, step.begin));
                    path(no_track, step.begin - step.ready)
                }
                StepKind::Onward => path(Span(0), step.begin - step.ready),
                _ => [Span(0); 5],
            };
        }
    }
    stays.sort_unstable();
    on_tracks(&mut stays, c.stations.len());
    let running = running(c, trace);
    for r in &mut resources {
        r.uses.sort_unstable();
    }
    Seen { running, cuts, resources, tracks, stays }
}

/// Waiting for a train: no track beyond for part of it, else for its time or a path.
fn path(no_track: Span, all: Span) -> Waits {
    [Span(0), Span(0), Span(0), no_track, all - no_track]
}

/// Waiting for a resource: while it was closed, while all of it was in use, and the rest because closing was too near.
fn waited(open: &[Time], full: &[Time], ready: Instant, begin: Instant) -> Waits {
    let all = begin - ready;
    let while_open = within(open, ready, begin);
    let busy = within(&common(open_in(open, ready, begin), full), ready, begin);
    [busy, all - while_open, while_open - busy, Span(0), Span(0)]
}

/// The openings that touch a time.
fn open_in(open: &[Time], from: Instant, to: Instant) -> &[Time] {
    let first = open.partition_point(|t| t.1 <= from);
    let after = open.partition_point(|t| t.0 < to);
    &open[first..after.max(first)]
}

fn cuts(c: &Corridor, plan: &Plan, trace: &Trace) -> Vec<SeenCut> {
    let mut out: Vec<SeenCut> = trace
        .cuts
        .iter()
        .enumerate()
        .map(|(i, x)| SeenCut {
            cut: i as u32,
            route: x.route as usize,
            loaded: x.loaded,
            wagons: x.wagons,
            done: x.ended.is_some_and(|t| t < trace.to),
            steps: Vec::new(),
        })
        .collect();
    let at: Vec<[Option<usize>; 2]> = c
        .routes
        .iter()
        .enumerate()
        .map(|(i, r)| r.rail.as_ref().map_or([None; 2], |rail| stations_of(c, plan, i, rail)))
        .collect();
    for s in &trace.steps {
        let Some(cut) = out.get_mut(s.cut as usize) else { continue };
        let [near, far] = at.get(cut.route).copied().unwrap_or([None; 2]);
        let station = match s.what {
            StepKind::Activity(station, _) => Some(usize::from(station)),
            StepKind::OverBorder => {
                if cut.loaded {
                    near
                } else {
                    far
                }
            }
            StepKind::Onward => far,
            _ => None,
        };
        let (begin, end) = (s.begin.min(trace.to), s.end.min(trace.to));
        let resource = match s.what {
            StepKind::Activity(station, a) => first_use(c, station, a),
            _ => None,
        };
        if s.ready < trace.to {
            let waits = [Span(0); 5];
            cut.steps.push(SeenStep {
                what: s.what,
                station,
                ready: s.ready,
                begin,
                end,
                waits,
                resource,
                track_beyond: None,
            });
        }
    }
    out.retain(|x| !x.steps.is_empty());
    for x in &mut out {
        x.steps.sort_by_key(|s| s.ready);
        let is = |s: &SeenStep, kinds: &[StepKind]| kinds.contains(&s.what);
        let over = x.steps.iter().any(|s| is(s, &[StepKind::OverBorder]) && s.end < trace.to);
        let on = [StepKind::Onward, StepKind::IntoHold, StepKind::Unloading];
        x.done = over && (x.done || x.steps.iter().any(|s| is(s, &on)));
    }
    out
}

/// The resource that an activity uses first.
fn first_use(c: &Corridor, station: u16, activity: u16) -> Option<usize> {
    let station = c.stations.as_slice().get(usize::from(station))?;
    station.activities.get(usize::from(activity))?.uses.first().map(|u| u.resource)
}

fn resources(c: &Corridor, plan: &Plan, draw: Draw, cuts: &[SeenCut]) -> Vec<SeenResource> {
    let mut out: Vec<SeenResource> = Vec::new();
    for (s, station) in c.stations.iter().enumerate() {
        for (i, r) in station.resources.iter().enumerate() {
            let open = match r.hours.and_then(|h| plan.hours.get(s).and_then(|x| x.get(h))) {
                Some(open) => joined(open.clone()),
                None => vec![(c.from, c.to)],
            };
            let count = draw.value(&r.count).round().max(1.0) as u32;
            out.push(SeenResource { station: s, resource: i, count, open, uses: Vec::new() });
        }
    }
    for cut in cuts {
        for step in &cut.steps {
            let StepKind::Activity(s, _) = step.what else { continue };
            let own = |r: &&mut SeenResource| r.station == usize::from(s) && Some(r.resource) == step.resource;
            let own = out.iter_mut().find(own);
            if let Some(r) = own.filter(|_| step.begin < step.end) {
                r.uses.push((step.begin, step.end, 1, cut.cut));
            }
        }
    }
    out
}

/// When cuts stood where: on the near side until they leave over the border, on the far side until they go on.
fn stays(c: &Corridor, plan: &Plan, cuts: &[SeenCut], ends: &[Option<Instant>], to: Instant) -> Vec<Stay> {
    let mut out = Vec::new();
    for cut in cuts {
        let Some(rail) = c.routes.as_slice().get(cut.route).and_then(|r| r.rail.as_ref()) else { continue };
        let [near, far] = stations_of(c, plan, cut.route, rail);
        let over = cut.steps.iter().find(|s| s.what == StepKind::OverBorder);
        let mut stay = |station: Option<usize>, from: Option<Instant>, until: Instant| {
            if let (Some(station), Some(from)) = (station, from.filter(|f| *f < until)) {
                out.push(Stay {
                    from,
                    to: until,
                    station,
                    track: 0,
                    cut: cut.cut,
                    wagons: cut.wagons,
                    loaded: cut.loaded,
                });
            }
        };
        let ended = ends.get(cut.cut as usize).copied().flatten().unwrap_or(to).min(to);
        let (first, second) = if cut.loaded { (near, far) } else { (far, near) };
        let at = |station: Option<usize>| cut.steps.iter().filter(move |s| s.station == station && station.is_some());
        // Empties stand beyond as wagons, not as a cut: only what they do on the home side is told.
        if cut.loaded {
            let came = at(first).map(|s| s.ready).min();
            stay(first, came, over.map_or(ended, |s| s.begin));
        }
        if let Some(over) = over.filter(|s| s.end < to) {
            let onward = cut.steps.iter().find(|s| matches!(s.what, StepKind::Onward));
            let left = match onward {
                Some(s) => s.begin,
                None => at(second).map(|s| s.end).max().unwrap_or(over.end).max(over.end),
            };
            let still = cut.steps.last().is_some_and(|s| s.what == StepKind::OverBorder) && cut.loaded;
            stay(second, Some(over.end), if still { ended } else { left });
        }
    }
    out
}

/// Gives each stay the lowest track that is free when it comes; stays are in order.
fn on_tracks(stays: &mut [Stay], stations: usize) {
    let mut until: Vec<Vec<Instant>> = vec![Vec::new(); stations];
    for s in stays {
        let Some(tracks) = until.get_mut(s.station) else { continue };
        let free = tracks.iter().position(|t| *t <= s.from).unwrap_or(tracks.len());
        if free == tracks.len() {
            tracks.push(s.to);
        } else {
            tracks[free] = s.to;
        }
        s.track = free;
    }
}

/// When any crossing of a rail route ran.
fn running(c: &Corridor, trace: &Trace) -> Vec<Time> {
    let crossing = |i: u32| {
        let rail = |r: &&yalu_model::Route| r.rail.is_some();
        c.routes
            .iter()
            .filter(rail)
            .any(|r| r.rail.as_ref().and_then(|x| c.services[x.over_border].crossing).is_some_and(|x| x.0 == i))
    };
    let used: Vec<_> = trace.regimes.iter().filter(|r| r.running && crossing(r.crossing)).collect();
    let times = used.iter().map(|r| (r.from.max(trace.from), r.to.min(trace.to))).collect();
    let out = joined(times);
    if trace.regimes.iter().any(|r| crossing(r.crossing)) { out } else { vec![(trace.from, trace.to)] }
}
