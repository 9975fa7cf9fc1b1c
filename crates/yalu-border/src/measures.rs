//! What records say: where time goes, what is used, what binds.
//!
//! A period cuts uses and tracks at its ends; activities and visits count where they end within it.

mod binding;
mod level;
mod spread;

pub use binding::{Candidate, What};
pub use spread::{ByTrainAndWagon, Spread};

use crate::{
    ActivityId, Calendar, Ending, Network, ProcedureId, Reason, Records, ResourceId, Station, StationId, Waits,
};
use level::Level;
use yalu_units::{Idx, Instant, Span};

/// What is measured, and by whose clock days and hours are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    /// From.
    pub from: Instant,
    /// To, exclusive.
    pub to: Instant,
    /// What local time is ahead of UTC.
    pub ahead: Span,
}

/// What is measured of a station.
#[derive(Clone, PartialEq, Debug)]
pub struct StationMeasures {
    /// Which.
    pub station: StationId,
    /// Its activities, procedure by procedure.
    pub activities: Vec<ActivityMeasures>,
    /// Its resources.
    pub resources: Vec<ResourceMeasures>,
    /// Its tracks.
    pub tracks: TrackMeasures,
    /// From wanting to come in to being gone.
    pub dwell: ByTrainAndWagon,
    /// Waiting to come in.
    pub before: ByTrainAndWagon,
    /// Waiting to depart, all activities done.
    pub after: ByTrainAndWagon,
    /// All waiting of trains by reason: before, at activities, to depart.
    pub waits: Waits,
    /// Trains and wagons that departed over the border, a day.
    pub throughput_per_day: [f64; 2],
    /// Trains that wait before, for an activity or to depart: mean of each local day. A train that waits for two
    /// activities at once counts twice.
    pub waiting_by_day: Vec<f64>,
    /// What holds trains up, what binds first ([`Candidate::score`]).
    pub binding: Vec<Candidate>,
}

/// What is measured of an activity.
#[derive(Clone, PartialEq, Debug)]
pub struct ActivityMeasures {
    /// Of which procedure.
    pub procedure: ProcedureId,
    /// Which.
    pub activity: ActivityId,
    /// Trains that passed it at once (not sampled, no such restriction).
    pub passed: u64,
    /// From ready to end.
    pub dwell: ByTrainAndWagon,
    /// From ready to begin.
    pub wait: ByTrainAndWagon,
    /// From begin to end.
    pub work: ByTrainAndWagon,
    /// All its waiting of trains, by reason.
    pub waits: Waits,
}

/// What is measured of a resource.
#[derive(Clone, PartialEq, Debug)]
pub struct ResourceMeasures {
    /// Which.
    pub resource: ResourceId,
    /// Taken, over what there was in open hours: work outside of them counts nothing.
    pub utilisation: f64,
    /// Taken, over what there was round the clock: the misreading, for comparison.
    pub naive_utilisation: f64,
    /// Taken while closed, unit-hours: work that ran on, or stood still with it.
    pub closed_unit_h: f64,
    /// Taken, units, mean of each hour of the local day.
    pub by_hour: [f64; 24],
    /// The most taken at once.
    pub most: u32,
    /// Waiting that it caused.
    pub caused: Span,
}

/// What is measured of tracks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TrackMeasures {
    /// Promised or held, share of all.
    pub held: f64,
    /// Held by trains that an activity works on, share of all.
    pub worked: f64,
    /// Share of time with none free.
    pub full: f64,
    /// The most held at once.
    pub most: u32,
}

/// Measures each station of a network.
pub fn measure(network: &Network, records: &Records, period: Period) -> Vec<StationMeasures> {
    network.stations().enumerated().map(|(id, s)| station(id, s, records, period)).collect()
}

fn station(id: StationId, s: &Station, records: &Records, period: Period) -> StationMeasures {
    let Period { from, to, .. } = period;
    let inside = |t: Instant| from <= t && t < to;
    let visits: Vec<_> = records.visits.iter().filter(|v| v.station == id && inside(v.left)).copied().collect();
    let levels: Vec<Level> = s
        .resources
        .ids()
        .map(|r| {
            let uses = records.uses.iter().filter(|u| u.station == id && u.resource == r);
            Level::of(uses.map(|u| (u.from, u.to, i64::from(u.amount))))
        })
        .collect();
    let causes = binding::causes(id, s, records, period, &levels);
    let days = (to - from).as_days();
    let over: Vec<_> = visits.iter().filter(|v| matches!(v.ending, Ending::Departed | Ending::Released)).collect();
    let activities = s
        .procedures
        .enumerated()
        .flat_map(|(p, procedure)| procedure.activities.ids().map(move |a| (p, a)).collect::<Vec<_>>());
    let activities: Vec<ActivityMeasures> = activities.map(|(p, a)| activity(id, p, a, records, period)).collect();
    let sum = |all: &mut dyn Iterator<Item = Waits>| {
        let mut sum = Waits::default();
        for w in all {
            sum.add_all(&w);
        }
        sum
    };
    let before = sum(&mut visits.iter().map(|v| v.waits_before));
    let after = sum(&mut visits.iter().map(|v| v.waits_after));
    let waits = sum(&mut activities.iter().map(|a| a.waits).chain([before, after]));
    let resources = s.resources.enumerated().map(|(r, described)| {
        let caused = causes[r.index()];
        resource(r, described.count, &described.hours, &levels[r.index()], caused, period)
    });
    let resources: Vec<ResourceMeasures> = resources.collect();
    let tracks = tracks(id, s, records, period);
    let binding = binding::candidates(&resources, &tracks, &waits, &before, &after);
    StationMeasures {
        station: id,
        dwell: ByTrainAndWagon::of(visits.iter().map(|v| (v.left - v.asked, v.wagons))),
        before: ByTrainAndWagon::of(visits.iter().map(|v| (v.arrived - v.asked, v.wagons))),
        after: ByTrainAndWagon::of(visits.iter().map(|v| (v.left - v.ready, v.wagons))),
        waits,
        throughput_per_day: [over.len() as u64, over.iter().map(|v| u64::from(v.wagons)).sum()]
            .map(|n| n as f64 / days),
        waiting_by_day: waiting_by_day(id, records, period),
        activities,
        resources,
        tracks,
        binding,
    }
}

fn activity(id: StationId, p: ProcedureId, a: ActivityId, records: &Records, period: Period) -> ActivityMeasures {
    let own = records.activities.iter().filter(move |r| {
        r.station == id && r.procedure == p && r.activity == a && period.from <= r.end && r.end < period.to
    });
    let done = own.clone().filter(|r| r.items > 0 && !r.broken_off);
    let mut waits = Waits::default();
    for r in own.clone() {
        waits.add_all(&r.waits);
    }
    ActivityMeasures {
        procedure: p,
        activity: a,
        passed: own.filter(|r| r.items == 0).count() as u64,
        dwell: ByTrainAndWagon::of(done.clone().map(|r| (r.end - r.ready, r.wagons))),
        wait: ByTrainAndWagon::of(done.clone().map(|r| (r.begin - r.ready, r.wagons))),
        work: ByTrainAndWagon::of(done.map(|r| (r.end - r.begin, r.wagons))),
        waits,
    }
}

fn resource(
    id: ResourceId,
    count: u32,
    hours: &Calendar,
    level: &Level,
    caused: Span,
    period: Period,
) -> ResourceMeasures {
    let Period { from, to, .. } = period;
    let all = level.area(from, to) as f64;
    let open_area = match hours {
        Calendar::Always => all,
        Calendar::Open(i) => i.iter().map(|i| level.area(i.0.max(from), i.1.min(to))).sum::<i64>() as f64,
    };
    let share = |area: f64, time: Span| if time.0 > 0 { area / (time.0 as f64 * f64::from(count)) } else { 0.0 };
    let mut by_hour = [0.0; 24];
    let mut time = [0i64; 24];
    for (hour, begin, end) in pieces(period, Span::hours(1)) {
        by_hour[hour.rem_euclid(24) as usize] += level.area(begin, end) as f64;
        time[hour.rem_euclid(24) as usize] += (end - begin).0;
    }
    for (sum, time) in by_hour.iter_mut().zip(time) {
        *sum /= time.max(1) as f64;
    }
    ResourceMeasures {
        resource: id,
        utilisation: share(open_area, hours.open_within(from, to)),
        naive_utilisation: share(all, to - from),
        closed_unit_h: (all - open_area) / 3_600_000.0,
        by_hour,
        most: level.most(from, to).max(0) as u32,
        caused,
    }
}

fn tracks(id: StationId, s: &Station, records: &Records, period: Period) -> TrackMeasures {
    let Period { from, to, .. } = period;
    let own = records.tracks.iter().filter(|t| t.station == id);
    let held = Level::of(own.clone().map(|t| (t.from, t.to, 1)));
    let count = s.tracks.len() as i64;
    let mut at_work: Vec<(u64, Instant, Instant)> = records
        .activities
        .iter()
        .filter(|a| a.station == id && a.begin < a.end)
        .map(|a| (a.serial, a.begin, a.end))
        .collect();
    at_work.sort_unstable();
    let worked: i64 = own
        .map(|t| {
            let first = at_work.partition_point(|w| w.0 < t.serial);
            let of_train = at_work[first..].iter().take_while(|w| w.0 == t.serial);
            let level = Level::of(of_train.map(|w| (w.1, w.2, 1)));
            level.time_at_least(1, t.from.max(from), t.to.min(to)).0
        })
        .sum();
    let all = ((to - from).0 * count).max(1) as f64;
    TrackMeasures {
        held: held.area(from, to) as f64 / all,
        worked: worked as f64 / all,
        full: held.time_at_least(count, from, to).0 as f64 / (to - from).0.max(1) as f64,
        most: held.most(from, to).max(0) as u32,
    }
}

fn waiting_by_day(id: StationId, records: &Records, period: Period) -> Vec<f64> {
    let activities = records.activities.iter().filter(|a| a.station == id).map(|a| (a.ready, a.begin, 1));
    let visits = records.visits.iter().filter(|v| v.station == id);
    let ends = visits.flat_map(|v| [(v.asked, v.arrived, 1), (v.ready, v.left, 1)]);
    let level = Level::of(activities.chain(ends));
    let mean = |(_, a, b): (i64, Instant, Instant)| level.area(a, b) as f64 / (b - a).0.max(1) as f64;
    pieces(period, Span::days(1)).map(mean).collect()
}

/// A period cut by local days or hours: number of each since 1970, begin, end.
fn pieces(period: Period, each: Span) -> impl Iterator<Item = (i64, Instant, Instant)> {
    let Period { from, to, ahead } = period;
    let number = move |t: Instant| (t + ahead).0.div_euclid(each.0);
    let begins = move |n: i64| Instant(n * each.0 - ahead.0);
    let last = if from < to { number(Instant(to.0 - 1)) } else { number(from) - 1 };
    (number(from)..=last).map(move |n| (n, begins(n).max(from), begins(n + 1).min(to)))
}

/// The reasons that hours cause.
fn by_hours(waits: &Waits) -> Span {
    waits.of(Reason::Closed) + waits.of(Reason::ClosingTooNear)
}
