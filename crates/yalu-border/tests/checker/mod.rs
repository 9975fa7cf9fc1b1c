//! Checks records against the description, from the records alone: own code, nothing of the engine's.

pub mod random;

use std::collections::BTreeMap;
use yalu_border::{
    Activity, ActivityRecord, Amount, AtClosing, Calendar, ClockRule, Items, Kept, MayStart, Network, Records,
    ResourceId, Station, StationId, UseRecord, VisitRecord,
};
use yalu_units::{Idx, Instant, Span};

/// Every rule broken, in words.
pub fn faults(network: &Network, records: &Records) -> Vec<String> {
    let mut out = Vec::new();
    for (id, s) in network.stations().enumerated() {
        tracks(id, s, records, &mut out);
        resources(id, s, records, &mut out);
        visits(id, s, records, &mut out);
        idle(id, s, records, &mut out);
    }
    out
}

fn tracks(id: StationId, s: &Station, records: &Records, out: &mut Vec<String>) {
    let mut own: Vec<_> = records.tracks.iter().filter(|t| t.station == id).collect();
    own.sort_by_key(|t| (t.track, t.from, t.to));
    for w in own.windows(2) {
        if w[0].track == w[1].track && w[0].to > w[1].from {
            out.push(format!("two trains on one track: {:?} {:?}", w[0], w[1]));
        }
    }
    for t in own {
        if s.tracks.get(t.track).is_none_or(|own| own.fits_wagons.is_some_and(|f| t.wagons > f))
            || t.from > t.stood
            || t.stood > t.to
        {
            out.push(format!("{t:?} on a track that it does not fit, or before it came"));
        }
    }
}

fn resources(id: StationId, s: &Station, records: &Records, out: &mut Vec<String>) {
    for (r, resource) in s.resources.enumerated() {
        let own = records.uses.iter().filter(|u| u.station == id && u.resource == r);
        let mut changes: Vec<(Instant, i64)> =
            own.flat_map(|u| [(u.from, i64::from(u.amount)), (u.to, -i64::from(u.amount))]).collect();
        // Given back before taken, at an instant.
        changes.sort_unstable();
        let mut taken = 0;
        for (at, change) in changes {
            taken += change;
            if taken > i64::from(resource.count) {
                out.push(format!("{}: {taken} of {} at {at:?}", resource.name, resource.count));
                break;
            }
        }
    }
}

fn visits(id: StationId, s: &Station, records: &Records, out: &mut Vec<String>) {
    let mut of: BTreeMap<u64, Vec<&ActivityRecord>> = BTreeMap::new();
    for a in records.activities.iter().filter(|a| a.station == id) {
        of.entry(a.serial).or_default().push(a);
    }
    let mut taken: BTreeMap<u64, Vec<&UseRecord>> = BTreeMap::new();
    for u in records.uses.iter().filter(|u| u.station == id) {
        taken.entry(u.serial).or_default().push(u);
    }
    for v in records.visits.iter().filter(|v| v.station == id) {
        if v.waits_after.total() != v.left - v.ready || v.waits_before.total().0 > (v.arrived - v.asked).0 {
            out.push(format!("waits do not add up: {v:?}"));
        }
        let procedure = &s.procedures[v.procedure];
        let mut acts: Vec<&ActivityRecord> = of.get(&v.serial).cloned().unwrap_or_default();
        acts.sort_by_key(|a| a.activity);
        if !acts.iter().map(|a| a.activity).eq(procedure.activities.ids()) {
            out.push(format!("activities of {} are not each once", v.serial));
            continue;
        }
        let last = acts.iter().map(|a| a.end).max().unwrap_or(v.arrived);
        if last != v.ready {
            out.push(format!("ready {:?}, its last activity {last:?}: {v:?}", v.ready));
        }
        for a in &acts {
            let described = &procedure.activities[a.activity];
            let before = described.after.iter().map(|b| acts[b.index()].end).max().unwrap_or(v.arrived);
            if a.ready != before || a.begin < a.ready || a.end < a.begin || a.waits.total() != a.begin - a.ready {
                out.push(format!("out of order, before {before:?}: {a:?}"));
            }
            let taken = taken.get(&v.serial).map_or(&[][..], Vec::as_slice);
            if a.items > 0 && !a.broken_off && matches!(described.items, Items::AsPlacesFree(_)) {
                placed(s, described, a, taken, out);
            } else if a.items > 0 && !a.broken_off {
                rules(s, described, a, out);
                uses(s, described, a, &acts, v, taken, out);
            }
        }
    }
}

fn hours<'a>(s: &'a Station, a: &'a Activity) -> Vec<&'a [(Instant, Instant)]> {
    let of = a.needs.iter().map(|n| match &s.resources[n.resource].hours {
        Calendar::Always => None,
        Calendar::Open(all) => Some(all.as_slice()),
    });
    of.flatten().collect()
}

fn is_open(hours: &[&[(Instant, Instant)]], t: Instant) -> bool {
    hours.iter().all(|h| h.iter().any(|i| i.0 <= t && t < i.1))
}

/// When the first of them closes, if all are open.
fn closing(hours: &[&[(Instant, Instant)]], t: Instant) -> Instant {
    hours.iter().filter_map(|h| h.iter().find(|i| i.0 <= t && t < i.1)).map(|i| i.1).min().unwrap_or(Instant::FAR)
}

/// When all are open again.
fn opening(hours: &[&[(Instant, Instant)]], t: Instant) -> Option<Instant> {
    if is_open(hours, t) {
        return Some(t);
    }
    hours.iter().flat_map(|h| h.iter()).map(|i| i.0).filter(|o| *o > t && is_open(hours, *o)).min()
}

/// Whether some opening of the week after the present one is at least so long.
fn longer_to_come(hours: &[&[(Instant, Instant)]], t: Instant, lasts: Span) -> bool {
    let closes = closing(hours, t);
    let mut t = closes;
    while let Some(o) = opening(hours, t).filter(|o| t < Instant::FAR && *o <= closes + Span::days(7)) {
        t = closing(hours, o);
        if (t - o).0 >= lasts.0 {
            return true;
        }
    }
    false
}

fn rules(s: &Station, a: &Activity, r: &ActivityRecord, out: &mut Vec<String>) {
    let hours = hours(s, a);
    if !is_open(&hours, r.begin) {
        out.push(format!("begun while closed: {r:?}"));
        return;
    }
    let lasts = Span((r.end - r.begin).0 - r.interrupted.0);
    let fits = r.begin + lasts <= closing(&hours, r.begin);
    if a.may_start == MayStart::IfItCanFinish && !fits && longer_to_come(&hours, r.begin, lasts) {
        out.push(format!("begun too near to closing: {r:?}"));
    }
    let end = if a.at_closing == AtClosing::RunsOn || hours.is_empty() {
        r.begin + lasts
    } else if a.clock == ClockRule::Always {
        let over = r.begin + lasts;
        // At the very instant of closing it ends in time.
        if over > r.begin && is_open(&hours, Instant(over.0 - 1)) {
            over
        } else {
            opening(&hours, over).unwrap_or(over)
        }
    } else {
        let (mut t, mut left) = (r.begin, lasts.0);
        while left > 0 {
            let Some(o) = opening(&hours, t) else { break };
            let step = left.min((closing(&hours, o) - o).0);
            (t, left) = (o + Span(step), left - step);
        }
        t
    };
    if end != r.end {
        out.push(format!("should end {end:?}: {r:?}"));
    }
}

/// Each item has had one place, taken while it was open, from the first to the last of them.
fn placed(s: &Station, a: &Activity, r: &ActivityRecord, taken: &[&UseRecord], out: &mut Vec<String>) {
    let own: Vec<_> = taken.iter().filter(|u| u.activity == r.activity).collect();
    let (first, last) = (own.iter().map(|u| u.from).min(), own.iter().map(|u| u.to).max());
    let all: u32 = own.iter().map(|u| u.amount).sum();
    let hours = hours(s, a);
    let while_open = own.iter().all(|u| is_open(&hours, u.from) && u.resource == a.needs[0].resource);
    if all != r.items || first != Some(r.begin) || last != Some(r.end) || !while_open {
        out.push(format!("places of {r:?}: {own:?}"));
    }
}

fn uses(
    s: &Station,
    a: &Activity,
    r: &ActivityRecord,
    acts: &[&ActivityRecord],
    v: &VisitRecord,
    taken: &[&UseRecord],
    out: &mut Vec<String>,
) {
    for need in &a.needs {
        let count = s.resources[need.resource].count;
        let found: Vec<_> = taken.iter().filter(|u| u.activity == r.activity && u.resource == need.resource).collect();
        let [u] = found.as_slice() else {
            out.push(format!("taken {} times: {r:?}", found.len()));
            continue;
        };
        let returned = v.ending == yalu_border::Ending::Returned;
        let to = match need.kept {
            Kept::ForItself => r.end,
            Kept::Until(b) => acts[b.index()].end,
            Kept::UntilDeparture => v.left,
        };
        let amount = match need.amount {
            Amount::Fixed(n) => n..=n,
            Amount::PerWagon(n) => (n * r.wagons).min(count)..=(n * r.wagons).min(count),
            Amount::Load => u.amount..=u.amount,
            Amount::Places { least, most } => least.min(r.items).min(most)..=most.min(r.items),
        };
        let early = returned && u.to <= to;
        if u.from != r.begin || (u.to != to && !early) || !amount.contains(&u.amount) {
            out.push(format!("{u:?} is not what {r:?} takes to {to:?}"));
        }
    }
}

/// Nobody waits while what it takes is there, where each takes one of a thing and nothing goes away.
fn idle(id: StationId, s: &Station, records: &Records, out: &mut Vec<String>) {
    let single = |a: &Activity| a.needs.iter().all(|n| n.amount == Amount::Fixed(1));
    let stays = s.resources.iter().all(|r| r.away_when_idle.is_none());
    if !stays || !s.procedures.iter().flat_map(|p| p.activities.iter()).all(single) {
        return;
    }
    let own: Vec<&UseRecord> = records.uses.iter().filter(|u| u.station == id).collect();
    for a in records.activities.iter().filter(|a| a.station == id && a.ready < a.begin && a.items > 0 && !a.broken_off)
    {
        let described = &s.procedures[a.procedure].activities[a.activity];
        // Whether the first item would have ended before closing, the record does not say.
        if matches!(described.items, Items::AsPlacesFree(_)) && described.may_start == MayStart::IfItCanFinish {
            continue;
        }
        let hours = hours(s, described);
        let lasts = Span((a.end - a.begin).0 - a.interrupted.0);
        let near: Vec<&UseRecord> = own.iter().filter(|u| u.from < a.begin && u.to >= a.ready).copied().collect();
        let free = |r: ResourceId, t: Instant| {
            let taken = near.iter().filter(|u| u.resource == r && u.from <= t && t < u.to);
            s.resources[r].count > taken.map(|u| u.amount).sum()
        };
        let opens = hours.iter().flat_map(|h| h.iter()).map(|i| i.0);
        let instants = near.iter().map(|u| u.to).chain(opens).chain([a.ready]);
        for t in instants.filter(|t| a.ready <= *t && *t < a.begin) {
            let may = described.may_start == MayStart::AnyOpenTime
                || t + lasts <= closing(&hours, t)
                || !longer_to_come(&hours, t, lasts);
            if is_open(&hours, t) && may && described.needs.iter().all(|n| free(n.resource, t)) {
                out.push(format!("waits at {t:?} though it could begin: {a:?}"));
                break;
            }
        }
    }
}
