//! Rail routes: loaded trains that wait to cross, by day, and trains that were not formed, by cause.

use super::Results;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use yalu_number::Band;
use yalu_sim::{Forming, Outcome, Short};

/// Loaded trains that wait to cross a border at the end of each day.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TrainsWaiting {
    /// Id of the route.
    pub route: String,
    /// The day of the first number of each list.
    pub first_day: String,
    /// The most in the run that is shown.
    pub peak: Option<Peak>,
    /// In the yard before the border, in the run that is shown.
    pub in_yard: Vec<f64>,
    /// At stations before it, in the run that is shown.
    pub held_back: Vec<f64>,
    /// All that wait, over the replications; absent for a single run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bands: Option<DayBands>,
    /// The most over the replications; absent for a single run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak_band: Option<Band>,
}

/// The most that waited, and when.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Peak {
    /// Trains.
    pub trains: f64,
    /// The first day on which they waited.
    pub day: String,
}

/// A band by day, each of its lines a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct DayBands {
    /// 5 % lie below.
    pub p05: Vec<f64>,
    /// 25 % lie below.
    pub p25: Vec<f64>,
    /// Half lie below.
    pub p50: Vec<f64>,
    /// 75 % lie below.
    pub p75: Vec<f64>,
    /// 95 % lie below.
    pub p95: Vec<f64>,
}

/// Trains of a rail route that were formed, were not, or were shorter than they may be.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TrainsFormed {
    /// Id of the route.
    pub route: String,
    /// Trains formed in the run that is shown.
    pub formed: u32,
    /// Trains not formed in the run that is shown, by cause.
    pub not_formed: Causes<u32>,
    /// Trains with fewer wagons than they may have in the run that is shown, by cause.
    pub shortened: Causes<u32>,
    /// Over the replications; absent for a single run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bands: Option<FormedBands>,
}

/// Trains not formed, over the replications.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FormedBands {
    /// By cause.
    pub not_formed: Causes<Band>,
}

/// By cause: `no_wagons`, `no_goods`, `no_place_beyond`, `quota`.
pub type Causes<T> = BTreeMap<&'static str, T>;

pub(super) fn causes<T>(of: impl Fn(Short) -> Option<T>) -> Causes<T> {
    Short::ALL.into_iter().filter_map(|s| Some((s.name(), of(s)?))).collect()
}

/// Rail routes by their place.
fn rail(r: &Results) -> impl Iterator<Item = (usize, &yalu_model::Route)> {
    r.corridor.trade.routes.iter().enumerate().filter(|(_, route)| route.rail.is_some())
}

pub(super) fn trains_waiting(r: &Results) -> Vec<TrainsWaiting> {
    let one = |(k, route): (usize, &yalu_model::Route)| {
        let days = r.ensemble.central.standing.get(k)?;
        let told = r.plan.days.iter().filter(|d| d.start >= r.plan.report_from);
        let peak = days.iter().zip(told).fold(None, |most: Option<(f32, _)>, (s, d)| {
            if most.is_some_and(|m| m.0 >= s.trains()) { most } else { Some((s.trains(), d.start)) }
        });
        let most = |o: &Outcome| o.standing[k].iter().map(|s| f64::from(s.trains())).fold(0.0, f64::max);
        let peak_band = r.band(most);
        let bands = peak_band.map(|_| {
            let mut bands = DayBands::default();
            for b in (0..days.len()).filter_map(|i| r.band(|o| f64::from(o.standing[k][i].trains()))) {
                bands.p05.push(tenths(b.p05));
                bands.p25.push(tenths(b.p25));
                bands.p50.push(tenths(b.p50));
                bands.p75.push(tenths(b.p75));
                bands.p95.push(tenths(b.p95));
            }
            bands
        });
        Some(TrainsWaiting {
            route: route.id.clone(),
            first_day: r.from(),
            peak: peak.map(|p| Peak { trains: tenths(p.0.into()), day: r.date(p.1) }),
            in_yard: days.iter().map(|s| tenths(s.in_yard.into())).collect(),
            held_back: days.iter().map(|s| tenths(s.held_back.into())).collect(),
            bands,
            peak_band,
        })
    };
    rail(r).filter_map(one).collect()
}

pub(super) fn trains_formed(r: &Results) -> Vec<TrainsFormed> {
    let one = |(k, route): (usize, &yalu_model::Route)| {
        let sum =
            |o: &Outcome, of: &dyn Fn(&Forming) -> u32| -> u32 { o.months.iter().map(|m| of(&m.forming[k])).sum() };
        let central = &r.ensemble.central;
        let not_formed = |s: Short| r.band(|o| f64::from(sum(o, &|f| f.not_formed[s as usize])));
        TrainsFormed {
            route: route.id.clone(),
            formed: sum(central, &|f| f.formed),
            not_formed: causes(|s| Some(sum(central, &|f| f.not_formed[s as usize]))),
            shortened: causes(|s| Some(sum(central, &|f| f.shortened[s as usize]))),
            bands: (!r.ensemble.drawn.is_empty()).then(|| FormedBands { not_formed: causes(not_formed) }),
        }
    };
    rail(r).map(one).collect()
}

/// Tenths are enough for trains.
fn tenths(trains: f64) -> f64 {
    (f64::from(trains as f32) * 10.0).round() / 10.0
}
