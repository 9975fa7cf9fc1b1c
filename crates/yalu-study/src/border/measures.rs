//! What one run comes to at the border.

use super::binds::{Binding, binding};
use super::dwell::{FlowDwell, dwell};
use super::seen::{Seen, seen};
use super::times::length;
use super::usage::{ResourceUse, TrackUse, resources, tracks};
use crate::compare::declared_regimes;
use yalu_model::{Corridor, ServiceId};
use yalu_plan::{Draw, Plan};
use yalu_regime::Regimes;
use yalu_sim::{Outcome, Short};
use yalu_trace::{DayRow, Step, StepKind, Trace};
use yalu_units::Instant;

/// What went over the border by a rail route, and what waited for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteFlow {
    /// Index of the route.
    pub route: usize,
    /// Trains that crossed loaded.
    pub trains: u32,
    /// Loaded wagons that crossed.
    pub wagons: u32,
    /// Trains a day on which the border ran.
    pub trains_per_day: f64,
    /// Loaded wagons a day on which the border ran.
    pub wagons_per_day: f64,
    /// Wagons of a loaded train that crossed, on the mean.
    pub wagons_per_train: f64,
    /// Loaded trains that wait to cross at the end of each day of the period.
    pub queue: Vec<f64>,
    /// Their mean, and the most.
    pub queue_mean: f64,
    /// The most.
    pub queue_most: f64,
    /// Wagon-hours of goods that wait for a train to be formed.
    pub unformed_wagon_h: f64,
    /// Of these, on days on which fewer trains left than timetable and regimes allow.
    pub unformed_on_short_days_h: f64,
    /// Trains that timetable and regimes had.
    pub due: u32,
    /// Of these, trains that did not run for want of what [`Short::ALL`] names; and trains that the regimes took from the service.
    pub not_run: [u32; 4],
    /// Of the trains due, those formed, or kept from being formed by others formed, that did not get away: stations or line hold them.
    pub not_away: u32,
    /// Trains not formed or short, by cause as in [`Short::ALL`], and formed.
    pub short: [u32; 4],
    /// Trains formed.
    pub formed: u32,
    /// Trains a day that the timetable and the regimes allow, on days on which the border ran.
    pub allowed_per_day: f64,
}

/// What one run comes to at the border.
#[derive(Clone, Debug, PartialEq)]
pub struct BorderMeasures {
    /// Days told.
    pub days: f64,
    /// Days on which the border ran, of these.
    pub running_days: f64,
    /// By rail route.
    pub routes: Vec<RouteFlow>,
    /// By rail route, loaded and empty.
    pub flows: Vec<FlowDwell>,
    /// Resources of the stations told.
    pub resources: Vec<ResourceUse>,
    /// Tracks of the stations told.
    pub tracks: Vec<TrackUse>,
    /// Hours a wagon stands at each station told, mean, and wagons counted: for stock and flow.
    pub stays: Vec<Stand>,
    /// What binds.
    pub binding: Binding,
}

/// How long wagons stand at a station.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stand {
    /// Index of the station.
    pub station: usize,
    /// Mean hours a wagon stands there.
    pub hours: f64,
    /// Wagons counted.
    pub wagons: u64,
    /// Trains counted.
    pub trains: u64,
    /// Wagons there on the mean.
    pub stock: f64,
}

/// Measures a recorded run; `station`: of that station alone. Also gives what it was read from.
pub fn measures(
    c: &Corridor,
    plan: &Plan,
    draw: Draw,
    run: (&Outcome, &Trace),
    station: Option<usize>,
) -> (BorderMeasures, Seen) {
    let (outcome, trace) = run;
    let trace = trace.since(plan.report_from);
    let mut seen = seen(c, plan, &trace);
    if let Some(only) = station {
        for cut in &mut seen.cuts {
            cut.steps.retain(|s| s.station == Some(only));
        }
        seen.cuts.retain(|c| !c.steps.is_empty());
        seen.resources.retain(|r| r.station == only);
        seen.stays.retain(|s| s.station == only);
    }
    let mut tracks = tracks(&seen);
    if let Some(only) = station {
        tracks.retain(|t| t.station == only);
    }
    let resources = resources(&seen, &trace.midnights);
    let running_days = length(&seen.running).as_days();
    let routes = routes(c, plan, draw, outcome, &trace, running_days);
    let binding = binding(&routes, &resources, &tracks, &seen);
    let measures = BorderMeasures {
        days: (trace.to - trace.from).as_days(),
        running_days,
        flows: dwell(&seen, trace.to, |_| true),
        stays: stands(&seen, c.border.stations.len(), station),
        routes,
        resources,
        tracks,
        binding,
    };
    (measures, seen)
}

fn stands(seen: &Seen, stations: usize, only: Option<usize>) -> Vec<Stand> {
    let clock = length(&seen.running).as_hours();
    (0..stations)
        .filter(|s| only.is_none_or(|o| o == *s))
        .map(|station| {
            let here = || seen.stays.iter().filter(|s| s.station == station);
            let wagons: u64 = here().map(|s| u64::from(s.wagons)).sum();
            let wagon_h: f64 = here().map(|s| (s.to - s.from).as_hours() * f64::from(s.wagons)).sum();
            Stand {
                station,
                hours: wagon_h / wagons.max(1) as f64,
                wagons,
                trains: here().count() as u64,
                stock: if clock > 0.0 { wagon_h / clock } else { 0.0 },
            }
        })
        .collect()
}

fn routes(c: &Corridor, plan: &Plan, draw: Draw, outcome: &Outcome, trace: &Trace, days: f64) -> Vec<RouteFlow> {
    let regimes = declared_regimes(c, draw);
    let rail = c.trade.routes.iter().enumerate().filter_map(|(i, r)| r.rail.as_ref().map(|x| (i, x)));
    rail.map(|(i, rail)| {
        let own: Vec<&DayRow> = trace.days.iter().filter(|d| usize::from(d.route) == i).collect();
        let wagons: u32 = own.iter().map(|d| d.crossed_loaded).sum();
        let loaded = |s: &&Step| {
            let cut = trace.cuts.get(s.cut as usize);
            s.what == StepKind::OverBorder && cut.is_some_and(|x| x.loaded && x.route as usize == i)
        };
        let over: Vec<&Step> = trace.steps.iter().filter(loaded).filter(|s| s.begin >= trace.from).collect();
        let trains = over.iter().filter(|s| s.end < trace.to).count() as u32;
        let mut left = vec![0u32; own.len()];
        for s in &over {
            if let Some(n) = left.get_mut(own.partition_point(|d| d.end <= s.begin)) {
                *n += 1;
            }
        }
        let queue: Vec<f64> = own.iter().map(|d| f64::from(d.standing.trains())).collect();
        // Goods that no cut was formed for, in wagons: what waits beside the cuts that stand ready.
        let most = draw.value(&c.trains.services[rail.over_border].max_wagons).round().max(1.0);
        let ready = in_yard(trace, i);
        let unformed = |d: &DayRow| {
            let cuts = ready.iter().filter(|x| x.0 <= d.end && d.end < x.1).count();
            (f64::from(d.standing.trains()) - cuts as f64).max(0.0) * most * 24.0
        };
        let may = |d: &DayRow| {
            let day = plan.days.binary_search_by_key(&d.end, |x| x.end);
            day.map_or(0.0, |n| regimes.trains_of(rail.over_border, &plan.days[n]))
        };
        let short = own.iter().zip(&left).filter(|(d, n)| f64::from(**n) < may(d).floor());
        let forming = || outcome.months.iter().filter_map(|m| m.forming.get(i));
        let not_run: [u32; 4] = Short::ALL.map(|s| forming().map(|f| f.not_formed[s as usize]).sum());
        let (due, lacking): (u32, u32) = (forming().map(|f| f.due).sum(), not_run.iter().sum());
        let of_the_due = lacking - not_run[Short::Quota as usize];
        let count = |s: Short| -> u32 { forming().map(|f| f.not_formed[s as usize] + f.shortened[s as usize]).sum() };
        RouteFlow {
            route: i,
            trains,
            wagons,
            trains_per_day: f64::from(trains) / days.max(1e-9),
            wagons_per_day: f64::from(wagons) / days.max(1e-9),
            wagons_per_train: f64::from(wagons) / f64::from(trains.max(1)),
            queue_mean: queue.iter().sum::<f64>() / queue.len().max(1) as f64,
            queue_most: queue.iter().copied().fold(0.0, f64::max),
            queue,
            unformed_wagon_h: own.iter().map(|d| unformed(d)).sum(),
            unformed_on_short_days_h: short.map(|(d, _)| unformed(d)).sum(),
            due,
            not_run,
            not_away: due.saturating_sub(trains + of_the_due),
            short: Short::ALL.map(count),
            formed: forming().map(|f| f.formed).sum(),
            allowed_per_day: allowed(&regimes, plan, trace, rail.over_border),
        }
    })
    .collect()
}

/// When loaded cuts of a route were formed, and when they left over the border or were taken apart.
fn in_yard(trace: &Trace, route: usize) -> Vec<(Instant, Instant)> {
    let mut out: Vec<(Instant, Instant)> = Vec::with_capacity(trace.cuts.len());
    for x in &trace.cuts {
        let own = x.loaded && x.route as usize == route;
        out.push(if own { (x.formed, x.ended.unwrap_or(Instant::FAR)) } else { (Instant::FAR, Instant::FAR) });
    }
    for s in trace.steps.iter().filter(|s| s.what == StepKind::OverBorder) {
        if let Some(x) = out.get_mut(s.cut as usize) {
            x.1 = x.1.min(s.begin);
        }
    }
    out.retain(|x| x.0 < x.1);
    out
}

/// Trains a day that the timetable has and the regimes allow, mean over days on which the crossing ran.
fn allowed(regimes: &Regimes, plan: &Plan, trace: &Trace, service: ServiceId) -> f64 {
    let told = plan.days.iter().filter(|d| d.start >= trace.from && d.start < trace.to);
    let runs: Vec<f64> =
        told.filter(|d| regimes.trains(service, d.start).is_some()).map(|d| regimes.trains_of(service, d)).collect();
    if runs.is_empty() { 0.0 } else { runs.iter().sum::<f64>() / runs.len() as f64 }
}
