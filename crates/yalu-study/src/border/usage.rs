//! How far resources and tracks are used: by open hour, and by clock hour beside it.

use super::seen::{Seen, SeenResource, WaitReason};
use super::times::{Time, at_least, common, length, within};
use yalu_units::{Instant, Span};

/// Use of a resource while the border ran.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceUse {
    /// Index of the station.
    pub station: usize,
    /// Index in the station.
    pub resource: usize,
    /// How many there are.
    pub count: u32,
    /// Hours it was open.
    pub open_h: f64,
    /// Hours of the clock.
    pub clock_h: f64,
    /// Hours of use while open, of all of them together.
    pub busy_h: f64,
    /// Hours of use after closing: work that ran on.
    pub beyond_h: f64,
    /// Share of its open hours that it was in use: what tells whether it binds.
    pub by_open_hour: f64,
    /// Share of all hours: the figure that makes a closed night look like room.
    pub by_clock_hour: f64,
    /// Share of open time in use by hour of the border's day; none where it is never open.
    pub by_hour_of_day: [Option<f64>; 24],
    /// Wagon-hours of waiting: all of it in use, it closed, its closing too near.
    pub caused_wagon_h: [f64; 3],
}

/// Use of the yard tracks of a station.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackUse {
    /// Index of the station.
    pub station: usize,
    /// Tracks.
    pub tracks: u32,
    /// Held on the mean.
    pub mean: f64,
    /// Held at most.
    pub most: usize,
    /// Share of the time all were held.
    pub full_share: f64,
    /// Wagon-hours that cuts waited for a track there.
    pub caused_wagon_h: f64,
    /// Wagon-hours that cuts waited for its quota.
    pub quota_wagon_h: f64,
}

/// Hour of the border's day of an instant, with the midnights of its days.
fn hour(midnights: &[Instant], t: Instant) -> Option<(usize, Instant)> {
    let day = midnights.partition_point(|m| *m <= t).checked_sub(1)?;
    let since = t - midnights[day];
    let hour = since.0 / Span::hours(1).0;
    Some(((hour as usize).min(23), midnights[day] + Span::hours(hour + 1)))
}

/// Adds hours of some times to the hours of the day.
fn by_hour(times: &[Time], amount: f64, midnights: &[Instant], into: &mut [f64; 24]) {
    for &(from, to) in times {
        let mut at = from;
        while at < to {
            let Some((h, next)) = hour(midnights, at) else { break };
            let end = next.min(to);
            into[h] += (end - at).as_hours() * amount;
            at = end;
        }
    }
}

pub(super) fn resources(seen: &Seen, midnights: &[Instant]) -> Vec<ResourceUse> {
    seen.resources.iter().map(|r| resource(seen, r, midnights)).collect()
}

fn resource(seen: &Seen, r: &SeenResource, midnights: &[Instant]) -> ResourceUse {
    let open = common(&r.open, &seen.running);
    let clock_h = length(&seen.running).as_hours();
    let open_h = length(&open).as_hours();
    let count = f64::from(r.count);
    let (mut busy_h, mut all_h, mut used) = (0.0, 0.0, [0.0; 24]);
    for &(from, to, amount, _) in &r.uses {
        let parts = common(&open, &[(from, to)]);
        busy_h += length(&parts).as_hours() * f64::from(amount);
        all_h += within(&seen.running, from, to).as_hours() * f64::from(amount);
        by_hour(&parts, f64::from(amount), midnights, &mut used);
    }
    let mut open_by_hour = [0.0; 24];
    by_hour(&open, count, midnights, &mut open_by_hour);
    let mut caused = [0.0; 3];
    for cut in &seen.cuts {
        for step in cut.steps.iter().filter(|s| s.station == Some(r.station)) {
            let reasons = [WaitReason::NoResource, WaitReason::Closed, WaitReason::ClosingTooNear];
            let keeps = [step.kept_by[0], step.kept_by[1], step.kept_by[1]];
            for ((sum, reason), by) in caused.iter_mut().zip(reasons).zip(keeps) {
                if by == Some(r.resource) {
                    *sum += step.waits.0[reason as usize].as_hours() * f64::from(cut.wagons);
                }
            }
        }
    }
    let share = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
    ResourceUse {
        station: r.station,
        resource: r.resource,
        count: r.count,
        open_h,
        clock_h,
        busy_h,
        beyond_h: (all_h - busy_h).max(0.0),
        by_open_hour: share(busy_h, open_h * count),
        by_clock_hour: share(all_h, clock_h * count),
        by_hour_of_day: std::array::from_fn(|h| (open_by_hour[h] > 0.0).then(|| used[h] / open_by_hour[h])),
        caused_wagon_h: caused,
    }
}

pub(super) fn tracks(seen: &Seen) -> Vec<TrackUse> {
    let clock = length(&seen.running).as_hours();
    let of = |(station, tracks): (usize, &u32)| {
        let here: Vec<_> = seen.stays.iter().filter(|s| s.station == station).map(|s| (s.from, s.to, 1)).collect();
        let held: f64 = here.iter().map(|s| within(&seen.running, s.0, s.1).as_hours()).sum();
        let full = length(&common(&at_least(&here, *tracks), &seen.running)).as_hours();
        let most = (1..=here.len()).take_while(|n| !at_least(&here, *n as u32).is_empty()).last().unwrap_or(0);
        let waited = |reason: WaitReason| -> f64 {
            let there = seen.cuts.iter().flat_map(|c| c.steps.iter().map(move |s| (c.wagons, s)));
            let there = there.filter(|x| x.1.track_at == Some(station));
            there.map(|(n, s)| s.waits.0[reason as usize].as_hours() * f64::from(n)).sum()
        };
        TrackUse {
            station,
            tracks: *tracks,
            mean: if clock > 0.0 { held / clock } else { 0.0 },
            most,
            full_share: if clock > 0.0 { full / clock } else { 0.0 },
            caused_wagon_h: waited(WaitReason::NoTrack),
            quota_wagon_h: waited(WaitReason::Quota),
        }
    };
    seen.tracks.iter().enumerate().map(of).collect()
}
