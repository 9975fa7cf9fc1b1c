//! What binds at the border: what makes wagons wait longest, and how far it is used.
//!
//! All waiting is told in wagon-hours, so that a queue of goods for which no train is formed and a cut that waits for
//! customs stand in one order. A resource is named only with its use by open hour beside it.

use super::measures::RouteFlow;
use super::seen::{Seen, WaitReason};
use super::usage::{ResourceUse, TrackUse};
use yalu_sim::Short;

/// Something that makes wagons wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Too few of a resource: index of the station, of the resource in it.
    Resource(usize, usize),
    /// Its hours.
    Hours(usize, usize),
    /// Too few tracks in the yard of a station.
    Tracks(usize),
    /// The quota of a station.
    Quota(usize),
    /// Cuts that are ready wait for their train's time or a path, by route.
    Path(usize),
    /// Trains a day that timetable and regime allow, by route.
    TrainsADay(usize),
    /// Empty wagons at the loading point, by route.
    Stock(usize),
    /// Room beyond: yard or hold, by route.
    Beyond(usize),
}

/// A cause with what it costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caused {
    /// What.
    pub cause: Cause,
    /// Wagon-hours of waiting.
    pub wagon_h: f64,
    /// Share of all waiting.
    pub share: f64,
    /// Share of its open hours in use, for a resource or its hours; share of time all tracks were held.
    pub used: Option<f64>,
}

/// What binds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Binding {
    /// All causes, the greatest first.
    pub all: Vec<Caused>,
    /// Wagon-hours of waiting, all of it.
    pub wagon_h: f64,
    /// What binds at the stations themselves: of resources with their hours, tracks and quotas the one that is both used
    /// and waited for, by the product of its use and the waiting it causes.
    pub at_stations: Option<Caused>,
    /// Share of the hours wagons spend at the stations that is waiting for resources, hours and tracks.
    pub station_wait_share: f64,
}

impl Binding {
    /// What binds most; none where nothing waits.
    pub fn first(&self) -> Option<Caused> {
        self.all.first().copied().filter(|c| c.wagon_h > 0.0)
    }
}

impl Cause {
    /// Whether it lies at the stations themselves.
    pub fn at_station(self) -> bool {
        matches!(self, Self::Resource(..) | Self::Hours(..) | Self::Tracks(_) | Self::Quota(_))
    }
}

pub(super) fn binding(routes: &[RouteFlow], resources: &[ResourceUse], tracks: &[TrackUse], seen: &Seen) -> Binding {
    let mut all: Vec<(Cause, f64, Option<f64>)> = Vec::new();
    for r in resources {
        let [busy, closed, near] = r.caused_wagon_h;
        all.push((Cause::Resource(r.station, r.resource), busy, Some(r.by_open_hour)));
        all.push((Cause::Hours(r.station, r.resource), closed + near, Some(r.by_open_hour)));
    }
    for t in tracks {
        all.push((Cause::Tracks(t.station), t.caused_wagon_h, Some(t.full_share)));
        all.push((Cause::Quota(t.station), t.quota_wagon_h, None));
    }
    for flow in routes {
        let waited = seen.cuts.iter().filter(|c| c.route == flow.route).flat_map(|c| {
            c.steps.iter().map(|s| s.waits.0[WaitReason::Path as usize].as_hours() * f64::from(c.wagons))
        });
        all.push((Cause::Path(flow.route), waited.sum(), None));
    }
    let in_the_way = all.clone();
    for flow in routes {
        // Goods without a train, on days on which all trains ran that may: parted among what kept trains from being full, the
        // rest by trains a day.
        let of = |s: Short| f64::from(flow.short[s as usize]);
        let wanted = (flow.allowed_per_day > 0.0).then(|| f64::from(flow.formed) + of(Short::NoGoods));
        let asked = wanted.unwrap_or(0.0).max(of(Short::NoWagons) + of(Short::NoPlaceBeyond)).max(1.0);
        let (stock, beyond) = (of(Short::NoWagons) / asked, of(Short::NoPlaceBeyond) / asked);
        let left = (1.0 - stock - beyond).max(0.0);
        let h = flow.unformed_wagon_h - flow.unformed_on_short_days_h;
        all.push((Cause::Stock(flow.route), h * stock, None));
        all.push((Cause::Beyond(flow.route), h * beyond, None));
        all.push((Cause::TrainsADay(flow.route), h * left, None));
        // On the other days by what kept the missing trains: those that did not get away, by what they waited for.
        let lack = |s: Short| f64::from(flow.not_run[s as usize]);
        let missing = [lack(Short::NoWagons), lack(Short::NoPlaceBeyond), f64::from(flow.not_away)];
        let missed: f64 = missing.iter().sum();
        if missed <= 0.0 {
            all.push((Cause::TrainsADay(flow.route), flow.unformed_on_short_days_h, None));
            continue;
        }
        let h = flow.unformed_on_short_days_h / missed;
        all.push((Cause::Stock(flow.route), h * missing[0], None));
        all.push((Cause::Beyond(flow.route), h * missing[1], None));
        let own = |c: Cause| c.at_station() || c == Cause::Path(flow.route);
        let waits = in_the_way.iter().filter(|x| own(x.0));
        let sum: f64 = waits.clone().map(|x| x.1).sum();
        all.extend(waits.filter(|_| sum > 0.0).map(|x| (x.0, h * missing[2] * x.1 / sum, x.2)));
    }
    let all = together(all);
    let sum: f64 = all.iter().map(|c| c.1).sum();
    let mut all: Vec<Caused> = all
        .into_iter()
        .map(|(cause, wagon_h, used)| Caused {
            cause,
            wagon_h,
            share: if sum > 0.0 { wagon_h / sum } else { 0.0 },
            used,
        })
        .collect();
    all.sort_by(|a, b| b.wagon_h.total_cmp(&a.wagon_h).then(a.cause.cmp(&b.cause)));
    let stood: f64 = seen.stays.iter().map(|s| (s.to - s.from).as_hours() * f64::from(s.wagons)).sum();
    let at: f64 = all.iter().filter(|c| c.cause.at_station()).map(|c| c.wagon_h).sum();
    Binding {
        at_stations: at_stations(&all),
        station_wait_share: if stood > 0.0 { at / stood } else { 0.0 },
        wagon_h: sum,
        all,
    }
}

/// Each cause once, with all it costs.
fn together(mut all: Vec<(Cause, f64, Option<f64>)>) -> Vec<(Cause, f64, Option<f64>)> {
    all.sort_by_key(|x| x.0);
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    all
}

/// Of the causes at the stations, a resource's number and hours taken together, the one with the greatest product of use
/// and waiting; of a resource then what costs more. A quota counts as used in full.
fn at_stations(all: &[Caused]) -> Option<Caused> {
    let same = |a: Cause, b: Cause| match (a, b) {
        (Cause::Resource(s, r) | Cause::Hours(s, r), Cause::Resource(x, y) | Cause::Hours(x, y)) => (s, r) == (x, y),
        _ => a == b,
    };
    let score = |c: &Caused| {
        let together: f64 = all.iter().filter(|o| same(o.cause, c.cause)).map(|o| o.wagon_h).sum();
        together * c.used.unwrap_or(1.0).clamp(0.0, 1.0)
    };
    let mut best: Option<(f64, Caused)> = None;
    for c in all.iter().filter(|c| c.cause.at_station() && c.wagon_h > 0.0) {
        // The list has what costs more first, so that of a resource that is kept.
        let own = score(c);
        if best.is_none_or(|b| own > b.0) {
            best = Some((own, *c));
        }
    }
    best.map(|b| b.1)
}
