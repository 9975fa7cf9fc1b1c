//! Figures from outcomes and traces: flows by route, dwell by step, punctuality, queue peaks, provenance.

use std::collections::BTreeMap;
use yalu_model::{Basis, Corridor};
use yalu_number::Band;
use yalu_score::nearest_rank;
use yalu_sim::MonthOutcome;
use yalu_trace::{StepKind, Trace, TrainKind};
use yalu_units::{Idx, Instant, Mass};

/// What went over one route in a month, both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RouteMonth {
    /// Net tonnes.
    pub tonnes: f64,
    /// US dollars.
    pub usd: f64,
    /// US dollars from the first to the second country.
    pub exports_usd: f64,
    /// Loaded railway wagons.
    pub wagons: u32,
    /// Road vehicles or ships' loads.
    pub vehicles: u32,
}

/// A month by route, in the order of the corridor's routes.
pub fn by_route(c: &Corridor, m: &MonthOutcome) -> Vec<RouteMonth> {
    let mut out: Vec<RouteMonth> = (0..c.trade.routes.len())
        .map(|r| RouteMonth { wagons: m.wagons[r], vehicles: m.vehicles[r], ..RouteMonth::default() })
        .collect();
    for ((g, r), f) in m.flows.enumerated() {
        let (good, route) = (&c.trade.goods[g], &mut out[r.index()]);
        let usd = f.usd_cents as f64 / 100.0;
        route.tonnes += f.mass.as_tonnes();
        route.usd += usd;
        if good.direction == yalu_model::Direction::Forward {
            route.exports_usd += usd;
        }
    }
    out
}

/// What cuts spend time on.
pub type DwellKind = StepKind;

/// Hours cuts spent on one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Dwell {
    /// The step.
    pub kind: DwellKind,
    /// Cuts that went through it.
    pub cuts: usize,
    /// Hours waiting to begin: mean.
    pub wait_h: f64,
    /// Hours at it: mean.
    pub work_h: f64,
    /// Hours from ready to end: band over cuts.
    pub whole_h: Band,
    /// 10th and 90th of a hundred of the hours from ready to end.
    pub p10_p90_h: (f64, f64),
}

/// Dwell by step, in the order a cut goes through: near side, border, far side, then the empties.
pub fn dwells(c: &Corridor, trace: &Trace) -> Vec<Dwell> {
    let place = |kind: StepKind| match kind {
        StepKind::Loading => 0,
        StepKind::Entering(s) => match c.border.stations.as_slice().get(usize::from(s)) {
            Some(s) if c.line.points[s.point].country == c.about.countries[0] => 1,
            _ => 3,
        },
        StepKind::Activity(s, a) => {
            let station = c.border.stations.as_slice().get(usize::from(s));
            let home = station.is_some_and(|s| c.line.points[s.point].country == c.about.countries[0]);
            match station.and_then(|s| s.activities.get(usize::from(a))) {
                Some(a) if !a.loaded => 7,
                Some(a) if home == a.forward => 1,
                _ => 3,
            }
        }
        StepKind::OverBorder => 2,
        StepKind::IntoHold => 4,
        StepKind::Onward => 5,
        StepKind::Unloading => 6,
        StepKind::Turnaround => 8,
    };
    let mut by: BTreeMap<(usize, StepKind), Vec<(f64, f64)>> = BTreeMap::new();
    for s in &trace.steps {
        by.entry((place(s.what), s.what))
            .or_default()
            .push(((s.begin - s.ready).as_hours(), (s.end - s.begin).as_hours()));
    }
    by.into_iter()
        .filter_map(|((_, kind), v)| {
            let n = v.len() as f64;
            let mut whole: Vec<f64> = v.iter().map(|(a, b)| a + b).collect();
            whole.sort_by(f64::total_cmp);
            Some(Dwell {
                kind,
                cuts: v.len(),
                wait_h: v.iter().map(|x| x.0).sum::<f64>() / n,
                work_h: v.iter().map(|x| x.1).sum::<f64>() / n,
                p10_p90_h: (nearest_rank(&whole, 0.1)?, nearest_rank(&whole, 0.9)?),
                whole_h: Band::of(whole.iter().copied())?,
            })
        })
        .collect()
}

/// How late trains came to the end of their run, minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Punctuality {
    /// Which trains.
    pub kind: TrainKind,
    /// Runs.
    pub runs: usize,
    /// Mean.
    pub mean_min: f64,
    /// Half are later.
    pub p50_min: f64,
    /// One in ten is later.
    pub p90_min: f64,
    /// One in a hundred is later.
    pub p99_min: f64,
}

/// Punctuality by kind of train.
pub fn punctuality(trace: &Trace) -> Vec<Punctuality> {
    let mut by: BTreeMap<TrainKind, Vec<f64>> = BTreeMap::new();
    for run in &trace.trains {
        if let Some(end) = trace.times_of(run).last() {
            by.entry(run.kind).or_default().push((end.arrive - run.due).as_minutes());
        }
    }
    by.into_iter()
        .map(|(kind, mut v)| {
            v.sort_by(f64::total_cmp);
            let at = |p: f64| nearest_rank(&v, p).unwrap_or(0.0);
            Punctuality {
                kind,
                runs: v.len(),
                mean_min: v.iter().sum::<f64>() / v.len() as f64,
                p50_min: at(0.5),
                p90_min: at(0.9),
                p99_min: at(0.99),
            }
        })
        .collect()
}

/// The most that ever waited for, or was held on, a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuePeak {
    /// Index of the route.
    pub route: u16,
    /// Most that waited to cross, both directions.
    pub waiting: Mass,
    /// The day's end it did.
    pub waiting_at: Instant,
    /// Most that was held.
    pub held: Mass,
    /// The day's end it was.
    pub held_at: Instant,
}

/// Queue peaks by route.
pub fn queue_peaks(trace: &Trace) -> Vec<QueuePeak> {
    let mut out: BTreeMap<u16, QueuePeak> = BTreeMap::new();
    for d in &trace.days {
        let p = out.entry(d.route).or_insert(QueuePeak {
            route: d.route,
            waiting: Mass(-1),
            waiting_at: d.end,
            held: Mass(-1),
            held_at: d.end,
        });
        let waiting = d.waiting_forward + d.waiting_back;
        if waiting > p.waiting {
            (p.waiting, p.waiting_at) = (waiting, d.end);
        }
        if d.held > p.held {
            (p.held, p.held_at) = (d.held, d.end);
        }
    }
    out.into_values().collect()
}

/// Numeric inputs without a source over all that the run read.
pub fn assumed_share(c: &Corridor) -> f64 {
    let without = c.inputs.iter().filter(|(_, b)| !matches!(b, Basis::Source(_))).count();
    without as f64 / c.inputs.len().max(1) as f64
}
