//! Stations, resources and causes in words.

use yalu_model::Corridor;
use yalu_report::number::{percent, thousands};
use yalu_sim::Short;
use yalu_study::{BorderFigure, BorderMeasures, Cause, Caused, FlowDwell, WaitReason};
use yalu_trace::StepKind;

/// Name of a station's point.
pub fn station(c: &Corridor, i: usize) -> &str {
    c.stations.as_slice().get(i).map_or("", |s| c.points[s.point].name.as_str())
}

/// Id of a station's point.
pub fn station_id(c: &Corridor, i: usize) -> &str {
    c.stations.as_slice().get(i).map_or("", |s| c.points[s.point].id.as_str())
}

/// Id of a resource.
pub fn resource(c: &Corridor, station: usize, i: usize) -> &str {
    c.stations.as_slice().get(station).and_then(|s| s.resources.get(i)).map_or("", |r| r.id.as_str())
}

/// Title of a route.
pub fn route(c: &Corridor, i: usize) -> &str {
    c.routes.as_slice().get(i).map_or("", |r| r.title.as_str())
}

/// A kind of train: its route and whether it is loaded.
pub fn flow(c: &Corridor, flow: &FlowDwell) -> String {
    let Some(route) = c.routes.as_slice().get(flow.route) else { return String::new() };
    let [a, b] = if route.exports() == 0 { [0, 1] } else { [1, 0] };
    if flow.loaded {
        format!("{}, loaded {}–{}", route.title, c.countries[a], c.countries[b])
    } else {
        format!("{}, empties {}–{}", route.title, c.countries[b], c.countries[a])
    }
}

/// A step without its place.
pub fn step(c: &Corridor, kind: StepKind) -> String {
    match kind {
        StepKind::Activity(s, a) => {
            let station = c.stations.as_slice().get(usize::from(s));
            station
                .and_then(|x| x.activities.get(usize::from(a)))
                .map_or_else(|| "activity".into(), |a| a.title.clone())
        }
        StepKind::Entering(_) => "into the yard".into(),
        StepKind::OverBorder => "train over the border".into(),
        StepKind::Onward => "train onward".into(),
        other => crate::words::step(c, other),
    }
}

/// Why a cut waited.
pub fn reason(r: WaitReason) -> &'static str {
    match r {
        WaitReason::NoResource => "staff or plant in use",
        WaitReason::Closed => "closed",
        WaitReason::ClosingTooNear => "too near closing",
        WaitReason::NoTrack => "no yard track",
        WaitReason::Quota => "quota",
        WaitReason::Path => "its train’s time, a path",
    }
}

/// A cause, such as `border at Sinŭiju`.
pub fn cause(c: &Corridor, x: Cause) -> String {
    match x {
        Cause::Resource(s, r) => format!("too few of {} at {}", resource(c, s, r), station(c, s)),
        Cause::Hours(s, r) => format!("hours of {} at {}", resource(c, s, r), station(c, s)),
        Cause::Tracks(s) => format!("yard tracks at {}", station(c, s)),
        Cause::Quota(s) => format!("quota of {}", station(c, s)),
        Cause::Path(r) => format!("times of the trains of {}", route(c, r)),
        Cause::TrainsADay(r) => format!("trains a day of {}", route(c, r)),
        Cause::Stock(r) => format!("empty wagons of {}", route(c, r)),
        Cause::Beyond(r) => format!("room beyond the border for {}", route(c, r)),
    }
}

/// A cause in data.
pub fn cause_kind(x: Cause) -> &'static str {
    match x {
        Cause::Resource(..) => "resource",
        Cause::Hours(..) => "hours",
        Cause::Tracks(_) => "tracks",
        Cause::Quota(_) => "quota",
        Cause::Path(_) => "path",
        Cause::TrainsADay(_) => "trains_a_day",
        Cause::Stock(_) => "wagon_stock",
        Cause::Beyond(_) => "room_beyond",
    }
}

/// What a cause is held against: its use.
fn evidence(m: &BorderMeasures, x: &Caused) -> String {
    let share = percent(x.share);
    let flow = |r: usize| m.routes.iter().find(|f| f.route == r);
    match x.cause {
        Cause::Resource(..) | Cause::Hours(..) => {
            format!("{share} of all waiting, in use {} of its open hours", percent(x.used.unwrap_or(0.0)))
        }
        Cause::Tracks(_) => format!("{share} of all waiting, all held {} of the time", percent(x.used.unwrap_or(0.0))),
        Cause::TrainsADay(r) => {
            let f = flow(r);
            format!(
                "{share} of all waiting is goods for which no train is formed: {} trains a day may run, {} run, and loads of {} trains wait on the mean",
                thousands(f.map_or(0.0, |f| f.allowed_per_day), 1),
                thousands(f.map_or(0.0, |f| f.trains_per_day), 1),
                thousands(f.map_or(0.0, |f| f.queue_mean), 1)
            )
        }
        Cause::Stock(r) | Cause::Beyond(r) => {
            let why = if matches!(x.cause, Cause::Stock(_)) { Short::NoWagons } else { Short::NoPlaceBeyond };
            let (short, formed) = flow(r).map_or((0, 0), |f| (f.short[why as usize], f.formed));
            format!(
                "{share} of all waiting is goods; {} trains were not formed, or shorter, for lack of it, {} were formed",
                thousands(f64::from(short), 0),
                thousands(f64::from(formed), 0)
            )
        }
        Cause::Path(_) | Cause::Quota(_) => format!("{share} of all waiting"),
    }
}

/// Share of the hours at the stations under which nothing there is said to bind (stated in docs/border.md).
pub const HARDLY: f64 = 0.05;

/// What binds, in a sentence with its evidence; then what binds at the stations themselves. `all` are the runs of which
/// it is told in how many it binds.
pub fn binds(c: &Corridor, m: &BorderMeasures, all: &[BorderMeasures]) -> Vec<String> {
    let b = &m.binding;
    let Some(first) = b.first() else { return vec!["Nothing waited.".into()] };
    let n = all.len();
    let agree = all.iter().filter(|x| x.binding.first().is_some_and(|f| f.cause == first.cause)).count();
    let runs = if n > 1 { format!("; so in {agree} of {n} runs") } else { String::new() };
    let mut out = vec![format!("{}: {}{runs}.", sentence_case(&cause(c, first.cause)), evidence(m, &first))];
    match b.at_stations {
        Some(at) if b.station_wait_share >= HARDLY && at.cause != first.cause => out.push(format!(
            "At the stations themselves: {}, {}; waiting for staff, hours and tracks is {} of the hours wagons stand there.",
            cause(c, at.cause),
            evidence(m, &at),
            percent(b.station_wait_share)
        )),
        Some(at) if at.cause != first.cause => out.push(format!(
            "At the stations themselves nothing binds: {} of the hours wagons stand there is waiting for staff, hours and \
             tracks, most of it for {}.",
            percent(b.station_wait_share),
            cause(c, at.cause)
        )),
        _ => {}
    }
    out
}

/// With a capital.
pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |f| f.to_uppercase().chain(chars).collect())
}

/// A figure in words, and its unit.
pub fn figure(f: BorderFigure) -> (&'static str, &'static str) {
    match f {
        BorderFigure::TrainMean => ("dwell of a loaded train, mean", "h"),
        BorderFigure::TrainP90 => ("dwell of a loaded train, P90", "h"),
        BorderFigure::WagonMean => ("dwell of a loaded wagon, mean", "h"),
        BorderFigure::WagonP90 => ("dwell of a loaded wagon, P90", "h"),
        BorderFigure::TrainWaiting => ("of this, waiting, mean a train", "h"),
        BorderFigure::Trains => ("loaded trains a running day", ""),
        BorderFigure::Wagons => ("loaded wagons a running day", ""),
        BorderFigure::QueueMean => ("trains waiting to cross, mean", ""),
        BorderFigure::QueueMost => ("trains waiting to cross, most", ""),
    }
}
