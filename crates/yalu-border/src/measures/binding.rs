//! What binds: what is both used and waited for.
//!
//! Neither alone tells it. A team may be busy all day and nobody waits; nights may make everybody wait and the team,
//! once there, has little to do. So each candidate has its use by open hour and the share of all waiting that it causes,
//! and the product ranks them: it is high only where both are. Tracks are held by whoever waits for something else, so
//! that only their use by trains that are worked on counts.

use super::{Level, Period, ResourceMeasures, TrackMeasures, by_hours};
use crate::{Calendar, Reason, Records, ResourceId, Station, StationId, Waits};
use yalu_units::{Idx, Span};

/// What may bind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
    /// A resource.
    Resource(ResourceId),
    /// The tracks of the station itself: trains wait before it.
    Tracks,
    /// The quota of the station itself: trains wait before it.
    Quota,
    /// Tracks or quota of the next station, or the line: trains wait, all done, to depart.
    Beyond,
}

/// What may bind, and how far it does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// What.
    pub what: What,
    /// Its use, by open hour. Quotas, and what lies beyond, count as used in full: what is used of them is not seen here.
    pub utilisation: f64,
    /// The share of all waiting at the station that it causes.
    pub share_of_waiting: f64,
}

impl Candidate {
    /// Use times share of waiting, 0 to 1.
    pub fn score(&self) -> f64 {
        self.utilisation.clamp(0.0, 1.0) * self.share_of_waiting
    }
}

/// Waiting that each resource causes. Time for want of a resource goes to those of the activity's needs of which none
/// was free, in the ratio of the time that was so while it waited; closed time to those of its needs that have hours.
pub(super) fn causes(id: StationId, s: &Station, records: &Records, period: Period, levels: &[Level]) -> Vec<Span> {
    let mut caused = vec![0i64; s.resources.len()];
    let waited = records
        .activities
        .iter()
        .filter(|a| a.station == id && a.ready < a.begin && period.from <= a.end && a.end < period.to);
    for a in waited {
        let needs = &s.procedures[a.procedure].activities[a.activity].needs;
        let full: Vec<(usize, i64)> = needs
            .iter()
            .map(|n| {
                let r = n.resource.index();
                let count = i64::from(s.resources[n.resource].count);
                (r, levels[r].time_at_least(count, a.ready, a.begin).0)
            })
            .collect();
        share(&mut caused, a.waits.of(Reason::NoResource).0, &full);
        let with_hours: Vec<(usize, i64)> = needs
            .iter()
            .map(|n| (n.resource.index(), i64::from(s.resources[n.resource].hours != Calendar::Always)))
            .collect();
        share(&mut caused, by_hours(&a.waits).0, &with_hours);
    }
    caused.into_iter().map(Span).collect()
}

/// Divides an amount by weights, alike where all are 0.
fn share(caused: &mut [i64], amount: i64, weights: &[(usize, i64)]) {
    let all: i128 = weights.iter().map(|w| i128::from(w.1)).sum();
    for (r, weight) in weights {
        let (weight, all) = if all > 0 { (i128::from(*weight), all) } else { (1, weights.len() as i128) };
        caused[*r] += (i128::from(amount) * weight / all.max(1)) as i64;
    }
}

pub(super) fn candidates(
    resources: &[ResourceMeasures],
    tracks: &TrackMeasures,
    waits: &Waits,
    before: &Waits,
    after: &Waits,
) -> Vec<Candidate> {
    let all = waits.total().0.max(1) as f64;
    let candidate =
        |what, utilisation, caused: Span| Candidate { what, utilisation, share_of_waiting: caused.0 as f64 / all };
    let mut out: Vec<Candidate> =
        resources.iter().map(|r| candidate(What::Resource(r.resource), r.utilisation, r.caused)).collect();
    out.push(candidate(What::Tracks, tracks.worked, before.of(Reason::NoTrack)));
    out.push(candidate(What::Quota, 1.0, before.of(Reason::Quota)));
    out.push(candidate(What::Beyond, 1.0, after.total()));
    out.sort_by(|a, b| b.score().total_cmp(&a.score()).then(a.what.cmp(&b.what)));
    out
}
