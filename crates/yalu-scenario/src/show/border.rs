//! Border stations with their resources and procedures, holds, consignments.

use super::range;
use std::fmt::Write as _;
use yalu_model::{
    Activity, BorderStation, Clock, Consignment, Corridor, Direction, Duration, Keeps, QuotaPer, Release, Resource,
    Shape, Subject, TrackUse, UsePer, Words as _,
};

pub(super) fn border(o: &mut String, c: &Corridor) {
    if !c.border.stations.is_empty() || !c.border.holds.is_empty() {
        let _ = writeln!(o, "\nborder");
    }
    for s in &c.border.stations {
        let fits = s.track_wagons.as_ref().map_or_else(String::new, |q| format!(" for {} wagons", range(q)));
        let quota = s.quota.as_ref().map_or_else(String::new, |q| {
            let per = match q.per {
                QuotaPer::Day => "a day".to_owned(),
                QuotaPer::Shift(h) => format!("each opening of {}", s.hours[h].id),
            };
            format!(", takes over {} trains {per}", range(&q.trains))
        });
        let _ = writeln!(o, "  {}  {} yard tracks{fits}{quota}", c.line.points[s.point].id, range(&s.yard_tracks));
        for r in &s.resources {
            let _ = writeln!(o, "    {}", resource(s, r));
        }
        for (i, a) in s.activities.iter().enumerate() {
            let _ = writeln!(o, "    {}", activity(c, s, i, a));
        }
    }
    for h in &c.border.holds {
        let _ = writeln!(o, "  {}  holds {} t for {} days", h.id, range(&h.capacity_t), range(&h.hold_days));
    }
}

fn resource(s: &BorderStation, r: &Resource) -> String {
    let hours = r.hours.map_or("at any time", |h| s.hours[h].id.as_str());
    let away = r.away_when_idle_min.as_ref().map_or_else(String::new, |q| format!(", away {} min if idle", range(q)));
    format!("{} {}, hours {hours}{away}", range(&r.count), r.id)
}

fn activity(c: &Corridor, s: &BorderStation, i: usize, a: &Activity) -> String {
    let cut = if a.loaded { "loaded" } else { "empty" };
    let to = if a.forward { &c.about.countries[1] } else { &c.about.countries[0] };
    let mut o = format!("{}  {cut} to {to}", a.id);
    if a.subject != Subject::Cut {
        let word = a.subject.word();
        let _ = write!(o, ", each {word}");
    }
    let mut times: Vec<String> = Vec::new();
    if a.duration.minutes.high() > 0.0 {
        times.push(duration(&a.duration));
    }
    if a.per_wagon.minutes.high() > 0.0 {
        times.push(format!("{} a wagon", duration(&a.per_wagon)));
    }
    if let Some(b) = &a.batch {
        let places = range(b.places.as_ref().unwrap_or(&s.resources[b.resource].count));
        times.push(format!("{} min for each {places} of {}", range(&b.minutes), s.resources[b.resource].id));
    }
    let _ = write!(o, ", {}", if times.is_empty() { "no time".to_owned() } else { times.join(" + ") });
    for u in &a.uses {
        let r = &s.resources[u.resource];
        let per = match u.per {
            UsePer::Activity => "",
            UsePer::Wagon => " a wagon",
            UsePer::Tonne => " a tonne",
        };
        let _ = if u.count == 1 && per.is_empty() {
            write!(o, ", {}", r.id)
        } else {
            write!(o, ", {} of {}{per}", u.count, r.id)
        };
    }
    let before = (0..i).rev().find(|&j| (s.activities[j].forward, s.activities[j].loaded) == (a.forward, a.loaded));
    if a.after != before.into_iter().collect::<Vec<_>>() {
        let names: Vec<&str> = a.after.iter().map(|&j| s.activities[j].id.as_str()).collect();
        let _ = write!(o, ", after {}", if names.is_empty() { "arrival".to_owned() } else { names.join(" and ") });
    }
    match a.keeps {
        Keeps::Itself => {}
        Keeps::Until(j) => {
            let _ = write!(o, ", kept until {} ends", s.activities[j].id);
        }
        Keeps::Departure => o.push_str(", kept until departure"),
    }
    for (name, share) in [("done to", &a.share), ("red for", &a.red.as_ref().map(|r| r.share.clone()))] {
        let _ = share.as_ref().map_or(Ok(()), |q| write!(o, ", {name} a share of {}", range(q)));
    }
    if let Some(r) = &a.red {
        let _ = write!(o, ": {} min", range(&r.minutes));
    }
    let _ = a.returned_share.as_ref().map_or(Ok(()), |q| write!(o, ", a share of {} sent back", range(q)));
    if a.interruptible {
        o.push_str(if a.clock == Clock::Always { ", interrupted, the clock runs on" } else { ", interrupted" });
    }
    if a.release == Release::RegimeDays {
        o.push_str(", or the regime's days");
    }
    match a.track {
        TrackUse::Holds => {}
        TrackUse::FreedAtBegin => o.push_str(", frees its track at begin"),
        TrackUse::FreedAtEnd => o.push_str(", frees its track at end"),
    }
    let _ = a.only_under.as_ref().map_or(Ok(()), |w| write!(o, ", under {w}"));
    o
}

fn duration(d: &Duration) -> String {
    let shape = match d.shape {
        Shape::AsRange => String::new(),
        Shape::Exponential => " exponential".to_owned(),
        Shape::Erlang(k) => format!(" Erlang {k}"),
        Shape::Lognormal { cv } => format!(" lognormal ({cv})"),
    };
    let least = if d.at_least_min > 0.0 { format!(", at least {}", d.at_least_min) } else { String::new() };
    format!("{} min{shape}{least}", range(&d.minutes))
}

pub(super) fn consignments(o: &mut String, c: &Corridor) {
    if !c.trade.consignments.is_empty() {
        let _ = writeln!(o, "\nconsignments");
    }
    for x in &c.trade.consignments {
        let _ = writeln!(o, "  {}", consignment(c, x));
    }
}

fn consignment(c: &Corridor, x: &Consignment) -> String {
    let (from, to) = (&c.line.points[x.origin].id, &c.line.points[x.destination].id);
    let [a, b] = match x.direction {
        Direction::Forward => [0, 1],
        Direction::Back => [1, 0],
    };
    let way = format!("{}-{}", c.about.countries[a], c.about.countries[b]);
    let refused = x.refused_by.and_then(|r| c.trade.rules.get(r));
    let refused = refused.map_or_else(String::new, |r| format!(", refused by {}", r.id));
    let flags = [(x.flags.dangerous, "dangerous"), (x.flags.perishable, "perishable"), (x.flags.exempt, "exempt")];
    let flags: Vec<&str> = std::iter::once("").chain(flags.iter().filter(|(is, _)| *is).map(|(_, w)| *w)).collect();
    let flags = flags.join(", ");
    let wagons = if x.wagons == 1 { "wagon" } else { "wagons" };
    let gross = range(&x.gross_t);
    format!("{}  HS {}, {way}, {from} to {to}, {} {wagons} of {gross} t gross{flags}{refused}", x.id, x.hs6, x.wagons)
}
