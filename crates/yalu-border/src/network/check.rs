//! Faults of a description that lie in one place.

use crate::{Activity, Amount, BorderError, Items, Kept, Procedure, Sampled, Station};
use yalu_units::{Idx, Span};

/// Most wagons or consignments of a train: draws of one train and activity are this far apart.
pub(crate) const MOST_ITEMS: u32 = 4_096;

pub(super) fn station(s: &Station, faults: &mut Vec<BorderError>) {
    for windows in &s.quota {
        let sorted = windows.windows(2).all(|w| w[0].to <= w[1].from);
        if !sorted || windows.iter().any(|w| w.from >= w.to) {
            faults.push(BorderError::Intervals { what: format!("{}: quota", s.name) });
        }
    }
    for r in &s.resources {
        if r.count == 0 {
            faults.push(BorderError::None { what: format!("{}: {}", s.name, r.name) });
        }
        if !r.hours.is_sound() {
            faults.push(BorderError::Intervals { what: format!("{}: {}", s.name, r.name) });
        }
        if let Some(away) = &r.away_when_idle {
            let what = format!("{}: {}: away", s.name, r.name);
            faults.extend(away.check(&what).err());
            // Lengths near zero would have it come and go without end.
            if away.mean_s() < 1.0 {
                faults.push(BorderError::OutOfRange { what, value: away.mean_s() });
            }
        }
    }
    for p in &s.procedures {
        if p.activities.len() > usize::from(u16::MAX) / 2 {
            faults.push(BorderError::OutOfRange {
                what: format!("{}, {}: activities", s.name, p.name),
                value: p.activities.len() as f64,
            });
            continue;
        }
        for a in &p.activities {
            activity(s, p, a, faults);
        }
    }
}

fn activity(s: &Station, p: &Procedure, a: &Activity, faults: &mut Vec<BorderError>) {
    let what = format!("{}, {}, {}", s.name, p.name, a.name);
    let dangling = || BorderError::Dangling { what: what.clone() };
    if a.after.iter().any(|id| p.activities.get(*id).is_none()) {
        faults.push(dangling());
    }
    faults.extend(a.per_train.check(&what).err());
    match &a.items {
        Items::None => {}
        Items::OneByOne(each) => faults.extend(each.check(&what).err()),
        Items::AsPlacesFree(each) => {
            faults.extend(each.check(&what).err());
            let one_each =
                matches!(a.needs.as_slice(), [n] if n.amount == Amount::Fixed(1) && n.kept == Kept::ForItself);
            // Only where no train waits on a track of the station: with tracks, random stations locked up.
            if !one_each || a.per_train.fixed() != Some(Span(0)) || !s.tracks.is_empty() {
                faults.push(BorderError::PlacesAlone { activity: what.clone() });
            }
        }
        Items::Rounds { places_of, each } => {
            faults.extend(each.check(&what).err());
            if a.needs.get(*places_of).is_none() {
                faults.push(dangling());
            }
        }
    }
    let share = match a.sampled {
        Sampled::All => 1.0,
        Sampled::Cuts(share) | Sampled::Items(share) => share,
    };
    for (part, value) in [("share sampled", share), ("chance to be returned", a.returned)] {
        if !(0.0..=1.0).contains(&value) {
            faults.push(BorderError::OutOfRange { what: format!("{what}: {part}"), value });
        }
    }
    if let Some(word) = a.only_under.filter(|w| w.0 > 63) {
        faults.push(BorderError::OutOfRange { what: format!("{what}: restriction word"), value: f64::from(word.0) });
    }
    for (i, need) in a.needs.iter().enumerate() {
        let Some(r) = s.resources.get(need.resource) else {
            faults.push(dangling());
            continue;
        };
        if a.needs[..i].iter().any(|other| other.resource == need.resource) {
            faults.push(BorderError::OutOfRange { what: format!("{what}: {} taken twice", r.name), value: 2.0 });
        }
        let wanted = match need.amount {
            Amount::Fixed(n) => n,
            Amount::Places { least, most } => {
                if least > most || most == 0 {
                    faults.push(BorderError::OutOfRange { what: format!("{what}: places"), value: f64::from(most) });
                }
                least
            }
            Amount::PerWagon(_) | Amount::Load => 1,
        };
        if wanted > r.count {
            let (activity, resource) = (what.clone(), r.name.clone());
            faults.push(BorderError::TooMany { activity, resource, wanted, count: r.count });
        }
        if matches!(need.kept, Kept::Until(b) if b.index() >= p.activities.len()) {
            faults.push(dangling());
        }
    }
}
