//! Border stations: one cut on a track, no more of a resource than there is, activities in their order and hours.

use crate::Violation;
use std::collections::BTreeMap;
use yalu_model::{Activity, BorderStation, Corridor, StartRule};
use yalu_trace::{Step, StepKind, Trace};
use yalu_units::{Instant, Span};

/// Held from, to, by which cut.
type Held = (Instant, Instant, u32);

pub(crate) fn check(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    tracks(c, trace, found);
    resources(c, trace, found);
    activities(c, trace, found);
}

fn name(c: &Corridor, station: u16) -> String {
    let s = c.border.stations.as_slice().get(usize::from(station));
    s.and_then(|s| c.line.points.get(s.point)).map_or_else(|| format!("places {station}"), |p| p.id.clone())
}

fn tracks(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    let mut on: BTreeMap<(u16, u16), Vec<Held>> = BTreeMap::new();
    for y in &trace.yards {
        let there = trace.stations.get(usize::from(y.station)).map_or(0, |s| s.tracks);
        if u32::from(y.track) >= there {
            found.push(Violation::Unknown { what: "yard track", index: u64::from(y.track) });
        }
        on.entry((y.station, y.track)).or_default().push((y.from, y.to, y.cut));
    }
    for ((station, track), mut held) in on {
        held.sort_unstable();
        for w in held.windows(2) {
            if w[1].0 < w[0].1 {
                let (first, second, at_ms) = (w[0].2, w[1].2, w[1].0.0);
                found.push(Violation::TwoInYard { first, second, station: name(c, station), track, at_ms });
            }
        }
    }
}

fn resources(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    let mut of: BTreeMap<(u16, u16), Vec<(Instant, i64)>> = BTreeMap::new();
    for u in &trace.uses {
        let changes = of.entry((u.station, u.resource)).or_default();
        changes.push((u.from, i64::from(u.amount)));
        changes.push((u.to, -i64::from(u.amount)));
    }
    for ((station, resource), mut changes) in of {
        let size = trace.stations.get(usize::from(station));
        let there = size.and_then(|s| s.resources.get(usize::from(resource))).copied().unwrap_or(0);
        // What is given back is free at the same instant.
        changes.sort_unstable();
        let mut taken = 0;
        for (at, change) in changes {
            taken += change;
            if taken > i64::from(there) {
                let s = c.border.stations.as_slice().get(usize::from(station));
                let of = s.and_then(|s| s.resources.get(usize::from(resource))).map_or(String::new(), |r| r.id.clone());
                let station = name(c, station);
                found.push(Violation::TooManyTaken { station, resource: of, taken, there, at_ms: at.0 });
                break;
            }
        }
    }
}

fn activities(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    // When each activity of a cut at a station ended.
    let mut ended: BTreeMap<(u32, u16, u16), Instant> = BTreeMap::new();
    let done = |s: &&Step| matches!(s.what, StepKind::Activity(..));
    for s in trace.steps.iter().filter(done) {
        if let StepKind::Activity(station, a) = s.what {
            ended.insert((s.cut, station, a), s.end);
        }
    }
    for s in trace.steps.iter().filter(done) {
        let StepKind::Activity(station, number) = s.what else { continue };
        let Some(described) = c.border.stations.as_slice().get(usize::from(station)) else {
            found.push(Violation::Unknown { what: "border station", index: u64::from(station) });
            continue;
        };
        let Some(a) = described.activities.get(usize::from(number)) else {
            found.push(Violation::Unknown { what: "activity", index: u64::from(number) });
            continue;
        };
        let early = a.after.iter().any(|b| ended.get(&(s.cut, station, *b as u16)).is_some_and(|end| s.ready < *end));
        if early {
            let (cut, activity) = (s.cut, a.id.clone());
            found.push(Violation::OutOfOrder { cut, station: name(c, station), activity, at_ms: s.ready.0 });
        }
        let open = trace.stations.get(usize::from(station)).map_or(&[][..], |s| s.open.as_slice());
        // A cut taken apart before an activity began has waited for it, no more.
        if s.begin < s.end && !keeps_hours(described, a, s, open) {
            let (cut, activity) = (s.cut, a.id.clone());
            found.push(Violation::OutOfHours { cut, station: name(c, station), activity, at_ms: s.begin.0 });
        }
    }
}

/// Whether an activity began while all it uses was open, and ended before closing where it must.
fn keeps_hours(s: &BorderStation, a: &Activity, step: &Step, open: &[Vec<(Instant, Instant)>]) -> bool {
    let batch = a.batch.iter().map(|b| b.resource);
    let mut hours: Vec<usize> =
        a.uses.iter().map(|u| u.resource).chain(batch).filter_map(|r| s.resources.get(r)?.hours).collect();
    hours.sort_unstable();
    hours.dedup();
    let Some((first, others)) = hours.split_first() else { return true };
    let after = |h: &usize| {
        let all = open.get(*h).map_or(&[][..], Vec::as_slice);
        &all[all.partition_point(|x| x.1 <= step.begin)..]
    };
    // When all are open, from the begin of the activity to a week after the closing that follows it.
    let here = others.iter().fold(after(first).first().copied(), |here, h| {
        let (x, y) = here.zip(after(h).first())?;
        Some((x.0.max(y.0), x.1.min(y.1)))
    });
    let Some(here) = here.filter(|x| x.0 <= step.begin && step.begin < x.1) else { return false };
    if a.may_start == StartRule::AnyOpenTime || a.interruptible || step.end <= here.1 {
        return true;
    }
    // What no opening of that week is long enough for starts at any open time.
    let until = here.1 + Span::days(7);
    let mut shared: Vec<(Instant, Instant)> = after(first).iter().take_while(|x| x.0 <= until).copied().collect();
    for h in others {
        let theirs: Vec<_> = after(h).iter().take_while(|x| x.0 <= until).collect();
        let both = shared.iter().flat_map(|x| theirs.iter().map(|y| (x.0.max(y.0), x.1.min(y.1))));
        shared = both.filter(|x| x.0 < x.1).collect();
    }
    let longest = shared.iter().map(|x| x.1 - x.0.max(step.begin)).max().unwrap_or_default();
    step.end - step.begin > longest
}
