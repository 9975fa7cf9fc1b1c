//! What limits the border, with its evidence.

use crate::names;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use yalu_model::Corridor;
use yalu_number::{Unit, percent, sentence_case};
use yalu_sim::Short;
use yalu_study::{BorderMeasures, Cause, Caused};

/// Share of the hours at the stations under which nothing there is said to bind (stated in docs/border.md).
const HARDLY: f64 = 0.05;

/// What limits the border.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Binds {
    /// What most wagon-hours waited for; null where nothing waited.
    pub first: Option<CauseOfWaiting>,
    /// The same at the stations themselves.
    pub at_stations: Option<CauseOfWaiting>,
    /// Share of the hours wagons stand at the stations that is waiting for staff, hours and tracks.
    pub station_wait_share: f64,
    /// All causes, the most first.
    pub all: Vec<CauseOfWaiting>,
    /// In how many runs each cause comes first, most often first.
    pub in_runs: Vec<BindsInRuns>,
    /// Runs in all.
    pub runs: usize,
}

/// A cause of waiting.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CauseOfWaiting {
    /// Its kind: `resource`, `hours`, `tracks`, `quota`, `path`, `trains_a_day`, `wagon_stock`, `room_beyond`.
    pub cause: &'static str,
    /// The cause in words.
    pub words: String,
    /// What shows it, in words.
    pub evidence: String,
    /// Wagon-hours that waited for it.
    pub wagon_h: f64,
    /// Share of all waiting.
    pub share: f64,
    /// Share of its open hours in which it is in use; null where that has no meaning.
    pub used_share: Option<f64>,
}

/// In how many runs a cause comes first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BindsInRuns {
    /// The cause in words.
    pub words: String,
    /// Runs in which it comes first.
    pub runs: usize,
}

impl Binds {
    /// What limits one run; `all` are the runs in which causes are counted.
    pub fn of(c: &Corridor, m: &BorderMeasures, all: &[BorderMeasures]) -> Binds {
        let b = &m.binding;
        let one = |x: Caused| cause(c, m, &x);
        let mut counts: BTreeMap<Cause, usize> = BTreeMap::new();
        for first in all.iter().filter_map(|m| m.binding.first()) {
            *counts.entry(first.cause).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        Binds {
            first: b.first().map(one),
            at_stations: b.at_stations.map(one),
            station_wait_share: b.station_wait_share,
            all: b.all.iter().filter(|x| x.wagon_h > 0.0).map(|x| one(*x)).collect(),
            in_runs: counts.into_iter().map(|(x, runs)| BindsInRuns { words: words(c, x), runs }).collect(),
            runs: all.len(),
        }
    }

    /// In sentences: what limits it with its evidence; then what does at the stations themselves.
    pub fn sentences(&self) -> Vec<String> {
        let Some(first) = &self.first else { return vec!["Nothing waited.".into()] };
        let agree = self.in_runs.iter().find(|x| x.words == first.words).map_or(0, |x| x.runs);
        let runs =
            if self.runs > 1 { format!("; so in {agree} of {}", Unit::Runs.count(self.runs)) } else { String::new() };
        let mut out = vec![format!("{}: {}{runs}.", sentence_case(&first.words), first.evidence)];
        let share = percent(self.station_wait_share);
        match self.at_stations.as_ref().filter(|at| at.words != first.words) {
            Some(at) if self.station_wait_share >= HARDLY => out.push(format!(
                "At the stations themselves: {}, {}; waiting for staff, hours and tracks is {share} of the hours wagons \
                 stand there.",
                at.words, at.evidence
            )),
            Some(at) => out.push(format!(
                "At the stations themselves nothing binds: {share} of the hours wagons stand there is waiting for staff, \
                 hours and tracks, most of it for {}.",
                at.words
            )),
            None => {}
        }
        out
    }
}

fn cause(c: &Corridor, m: &BorderMeasures, x: &Caused) -> CauseOfWaiting {
    CauseOfWaiting {
        cause: kind(x.cause),
        words: words(c, x.cause),
        evidence: evidence(m, x),
        wagon_h: x.wagon_h,
        share: x.share,
        used_share: x.used,
    }
}

fn words(c: &Corridor, x: Cause) -> String {
    match x {
        Cause::Resource(s, r) => format!("too few of {} at {}", names::resource(c, s, r), names::station(c, s)),
        Cause::Hours(s, r) => format!("hours of {} at {}", names::resource(c, s, r), names::station(c, s)),
        Cause::Tracks(s) => format!("yard tracks at {}", names::station(c, s)),
        Cause::Quota(s) => format!("quota of {}", names::station(c, s)),
        Cause::Path(r) => format!("times of the trains of {}", names::route(c, r)),
        Cause::TrainsADay(r) => format!("trains a day of {}", names::route(c, r)),
        Cause::Stock(r) => format!("empty wagons of {}", names::route(c, r)),
        Cause::Beyond(r) => format!("room beyond the border for {}", names::route(c, r)),
    }
}

fn kind(x: Cause) -> &'static str {
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

/// What a cause is held against: its use, or what did not run.
fn evidence(m: &BorderMeasures, x: &Caused) -> String {
    let share = percent(x.share);
    let used = percent(x.used.unwrap_or(0.0));
    let flow = |r: usize| m.routes.iter().find(|f| f.route == r);
    match x.cause {
        Cause::Resource(..) | Cause::Hours(..) => format!("{share} of all waiting, in use {used} of its open hours"),
        Cause::Tracks(_) => format!("{share} of all waiting, all held {used} of the time"),
        Cause::TrainsADay(r) => {
            let of = |get: fn(&yalu_study::RouteFlow) -> f64| flow(r).map_or(0.0, get);
            format!(
                "{share} of all waiting is goods for which no train is formed: {} may run, {} run, and loads of {} wait \
                 on the mean",
                Unit::TrainsPerDay.write(of(|f| f.allowed_per_day)),
                Unit::Number.write(of(|f| f.trains_per_day)),
                Unit::Trains.write(of(|f| f.queue_mean))
            )
        }
        Cause::Stock(r) | Cause::Beyond(r) => {
            let why = if matches!(x.cause, Cause::Stock(_)) { Short::NoWagons } else { Short::NoPlaceBeyond };
            let (short, formed) = flow(r).map_or((0, 0), |f| (f.short[why as usize], f.formed));
            format!(
                "{share} of all waiting is goods; {} not formed, or shorter, for lack of it, {} formed",
                Unit::Trains.count(short),
                Unit::Trains.count(formed)
            )
        }
        Cause::Path(_) | Cause::Quota(_) => format!("{share} of all waiting"),
    }
}
