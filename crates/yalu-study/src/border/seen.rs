//! What a trace tells of border stations: cuts with their steps and why they waited, resources in use, tracks held.

use super::times::{Time, at_least, within};
use yalu_model::{Corridor, PointId, RailRoute};
use yalu_plan::{LineKind, Plan, joined};
use yalu_trace::{StepKind, Trace, Waits};
use yalu_units::{Instant, Span};

/// Why a cut waited; as in [`yalu_trace::Waits::REASONS`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WaitReason {
    /// All of what it needs was in use.
    NoResource,
    /// What it needs was closed.
    Closed,
    /// It would not have ended before closing.
    ClosingTooNear,
    /// No track was free in the yard.
    NoTrack,
    /// The neighbour took no more.
    Quota,
    /// Its train's time had not come, or no path was free.
    Path,
}

impl WaitReason {
    /// All, in the order of tables and of the trace.
    pub const ALL: [WaitReason; 6] =
        [Self::NoResource, Self::Closed, Self::ClosingTooNear, Self::NoTrack, Self::Quota, Self::Path];

    /// Its name in data.
    pub fn name(self) -> &'static str {
        Waits::REASONS[self as usize]
    }
}

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
    /// The resource of its station that kept it waiting, by its index: for want of one, and for its hours.
    pub kept_by: [Option<usize>; 2],
    /// The station whose track it needs: its own where it waits before it, else the one beyond.
    pub track_at: Option<usize>,
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
    /// Track.
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
    let service = &c.trains.services[rail.over_border];
    let at = |p: PointId| c.border.stations.iter().position(|s| s.point == p);
    let home = c.trade.routes.as_slice().get(route).map_or(0, yalu_model::Route::exports);
    let on_the_way = || {
        let line = plan.lines.iter().find(|l| l.kind == LineKind::Service(rail.over_border) && l.forward)?;
        let points = line.stands.iter().rev().map(|s| plan.stands[*s].point);
        points.filter(|p| c.line.points[*p].country == c.about.countries[home]).find_map(at)
    };
    [at(service.from).or_else(on_the_way), at(service.to)]
}

/// Reads a trace; `trace` is the part that results tell of.
pub fn seen(c: &Corridor, plan: &Plan, trace: &Trace) -> Seen {
    let resources = resources(c, trace);
    let full: Vec<Vec<Time>> = resources
        .iter()
        .map(|r| at_least(&r.uses.iter().map(|u| (u.0, u.1, u.2)).collect::<Vec<_>>(), r.count))
        .collect();
    let cuts = cuts(c, plan, trace, &resources, &full);
    let mut stays: Vec<Stay> = trace
        .yards
        .iter()
        .filter_map(|y| {
            let cut = trace.cuts.get(y.cut as usize)?;
            Some(Stay {
                from: y.stood,
                to: y.to.min(trace.to),
                station: usize::from(y.station),
                track: usize::from(y.track),
                cut: y.cut,
                wagons: cut.wagons,
                loaded: cut.loaded,
            })
        })
        .filter(|s| s.from < s.to)
        .collect();
    stays.sort_unstable();
    Seen {
        running: running(c, trace),
        cuts,
        resources,
        tracks: trace.stations.iter().map(|s| s.tracks).collect(),
        stays,
    }
}

fn cuts(c: &Corridor, plan: &Plan, trace: &Trace, resources: &[SeenResource], full: &[Vec<Time>]) -> Vec<SeenCut> {
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
        .trade
        .routes
        .iter()
        .enumerate()
        .map(|(i, r)| r.rail.as_ref().map_or([None; 2], |rail| stations_of(c, plan, i, rail)))
        .collect();
    for s in trace.steps.iter().filter(|s| s.ready < trace.to) {
        let Some(cut) = out.get_mut(s.cut as usize) else { continue };
        let [near, far] = at.get(cut.route).copied().unwrap_or([None; 2]);
        let (station, track_at, kept_by) = match s.what {
            StepKind::Activity(station, a) => {
                let kept = kept_by(c, resources, full, (station, a), (s.ready, s.begin));
                (Some(usize::from(station)), None, kept)
            }
            StepKind::Entering(station) => (Some(usize::from(station)), Some(usize::from(station)), [None; 2]),
            StepKind::OverBorder if cut.loaded => (near, far, [None; 2]),
            StepKind::OverBorder => (far, near, [None; 2]),
            StepKind::Onward => (far, None, [None; 2]),
            _ => (None, None, [None; 2]),
        };
        let (begin, end) = (s.begin.min(trace.to), s.end.min(trace.to));
        cut.steps.push(SeenStep {
            what: s.what,
            station,
            ready: s.ready,
            begin,
            end,
            waits: s.waits,
            kept_by,
            track_at,
        });
    }
    out.retain(|x| !x.steps.is_empty());
    for x in &mut out {
        x.steps.sort_by_key(|s| (s.ready, s.end));
        let is = |s: &SeenStep, kinds: &[StepKind]| kinds.contains(&s.what);
        let over = x.steps.iter().any(|s| is(s, &[StepKind::OverBorder]) && s.end < trace.to);
        let on = [StepKind::Onward, StepKind::IntoHold, StepKind::Unloading];
        x.done = over && (x.done || x.steps.iter().any(|s| is(s, &on)));
    }
    out
}

/// Which resource kept an activity waiting: for want of it the one that was longest all in use, for its hours the one
/// that was longest closed.
fn kept_by(
    c: &Corridor,
    resources: &[SeenResource],
    full: &[Vec<Time>],
    (station, activity): (u16, u16),
    (ready, begin): (Instant, Instant),
) -> [Option<usize>; 2] {
    let used =
        c.border.stations.as_slice().get(usize::from(station)).and_then(|s| s.activities.get(usize::from(activity)));
    let Some(used) = used.filter(|_| ready < begin) else { return [None; 2] };
    let mut most: [Option<(Span, usize)>; 2] = [None; 2];
    for u in &used.uses {
        let own = |r: &&SeenResource| r.station == usize::from(station) && r.resource == u.resource;
        let Some((r, full)) = resources.iter().zip(full).find(|x| own(&x.0)) else { continue };
        let told = [within(full, ready, begin), (begin - ready) - within(&r.open, ready, begin)];
        for (most, span) in most.iter_mut().zip(told) {
            if most.is_none_or(|m| span > m.0) {
                *most = Some((span, u.resource));
            }
        }
    }
    most.map(|m| m.map(|x| x.1))
}

fn resources(c: &Corridor, trace: &Trace) -> Vec<SeenResource> {
    let mut out: Vec<SeenResource> = Vec::new();
    for (s, (station, size)) in c.border.stations.iter().zip(&trace.stations).enumerate() {
        for (i, (r, count)) in station.resources.iter().zip(&size.resources).enumerate() {
            let open = match r.hours.and_then(|h| size.open.get(h)) {
                Some(open) => joined(open.clone()),
                None => vec![(trace.from, trace.to)],
            };
            out.push(SeenResource { station: s, resource: i, count: (*count).max(1), open, uses: Vec::new() });
        }
    }
    for u in &trace.uses {
        let own = |r: &&mut SeenResource| r.station == usize::from(u.station) && r.resource == usize::from(u.resource);
        if let Some(r) = out.iter_mut().find(own).filter(|_| u.from < u.to) {
            r.uses.push((u.from, u.to, u.amount, u.cut));
        }
    }
    for r in &mut out {
        r.uses.sort_unstable();
    }
    out
}

/// When any crossing of a rail route ran.
fn running(c: &Corridor, trace: &Trace) -> Vec<Time> {
    let crossing =
        |i: u32| {
            let rail = |r: &&yalu_model::Route| r.rail.is_some();
            c.trade.routes.iter().filter(rail).any(|r| {
                r.rail.as_ref().and_then(|x| c.trains.services[x.over_border].crossing).is_some_and(|x| x.0 == i)
            })
        };
    let used: Vec<_> = trace.regimes.iter().filter(|r| r.running && crossing(r.crossing)).collect();
    let times = used.iter().map(|r| (r.from.max(trace.from), r.to.min(trace.to))).collect();
    let out = joined(times);
    if trace.regimes.iter().any(|r| crossing(r.crossing)) { out } else { vec![(trace.from, trace.to)] }
}
