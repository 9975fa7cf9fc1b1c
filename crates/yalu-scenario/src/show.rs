//! The corridor as a readable tree.

mod border;
mod disturbances;
mod stock;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use yalu_model::{Ban, Basis, Corridor, Direction, Dist, PointId, Quantity, SectionId, Service, State};
use yalu_units::{IndexVec, Instant};

/// The corridor as a tree: points in the order of the line with kilometres, rolling stock, services, disturbances,
/// routes, border stations, regimes by crossing, goods, consignments, and how many of its numbers are assumed.
pub fn show(c: &Corridor) -> String {
    let mut o = String::new();
    let zone = &c.horizon.zones[c.horizon.zone].name;
    let _ = writeln!(
        o,
        "{} ({}), {} to {}, {zone}",
        c.about.title,
        c.about.id,
        day(c, c.horizon.from),
        last_day(c, c.horizon.to)
    );
    let _ = writeln!(
        o,
        "{} and {}; seed {}, {} replications",
        c.about.countries[0], c.about.countries[1], c.sampling.seed, c.sampling.replications
    );
    line(&mut o, c);
    disturbances::operation(&mut o, c);
    stock::stock(&mut o, c);
    let _ = writeln!(o, "\nservices");
    for s in &c.trains.services {
        let when = departures(s);
        let crossing = s.crossing.map_or_else(String::new, |x| format!(", crossing {}", c.border.crossings[x].id));
        let (from, to) = (&c.line.points[s.from].id, &c.line.points[s.to].id);
        let _ = writeln!(
            o,
            "  {}  {from} to {to}, {when}, {} wagons{}{crossing}",
            s.id,
            range(&s.max_wagons),
            s.load_t.as_ref().map_or_else(String::new, |q| format!(" of {} t", range(q)))
        );
        for stop in &s.stops {
            let reverses = if stop.reverses { ", reverses" } else { "" };
            let _ = writeln!(o, "    stops {} min at {}{reverses}", range(&stop.minutes), c.line.points[stop.point].id);
        }
    }
    for t in &c.line.traffic {
        let (from, to) = (&c.line.points[t.from].id, &c.line.points[t.to].id);
        let _ = writeln!(o, "  {}  {from} to {to}, other trains, {} a day each way", t.id, range(&t.trains_per_day));
    }
    disturbances::disturbances(&mut o, c);
    if !c.trade.routes.is_empty() {
        let _ = writeln!(o, "\nroutes");
    }
    for r in &c.trade.routes {
        let by: Vec<&str> = r.crossings.iter().map(|x| c.border.crossings[*x].id.as_str()).collect();
        let how = match (&r.rail, &r.vehicles_per_day, &r.payload_t) {
            (Some(rail), _, _) => {
                let onward = rail.onward.map_or_else(String::new, |s| format!(" and {}", c.trains.services[s].id));
                format!(
                    "trains {}{onward}, {} wagons",
                    c.trains.services[rail.over_border].id,
                    range(&rail.fleet_wagons)
                )
            }
            (_, Some(v), Some(p)) => format!("{} vehicles a day of {} t", range(v), range(p)),
            _ => "no vehicles".to_owned(),
        };
        let (a, b) = (&c.line.points[r.waits_at].id, &c.line.points[r.released_at].id);
        let _ = writeln!(o, "  {}  {a} to {b} by {}: {how}, {} USD/t", r.id, by.join(" "), range(&r.cost_usd_per_t));
    }
    border::border(&mut o, c);
    regimes(&mut o, c);
    if !c.trade.goods.is_empty() {
        let _ = writeln!(o, "\ngoods");
    }
    for g in &c.trade.goods {
        let (a, b) = match g.direction {
            Direction::Forward => (0, 1),
            Direction::Back => (1, 0),
        };
        let _ = writeln!(
            o,
            "  {}  {}-{}, {} million USD a month, {} USD/t",
            g.id,
            c.about.countries[a],
            c.about.countries[b],
            range(&g.level_musd_per_month),
            range(&g.unit_value_usd_per_t)
        );
    }
    border::consignments(&mut o, c);
    let assumed = c.inputs.iter().filter(|(_, b)| !matches!(b, Basis::Source(_))).count();
    let share = if c.inputs.is_empty() { 0.0 } else { 100.0 * assumed as f64 / c.inputs.len() as f64 };
    let _ = writeln!(o, "\n{} numbers, {assumed} of them assumed ({share:.0}%)", c.inputs.len());
    o
}

/// Each line as a chain of points from an end (the first country's first), with kilometres from there.
fn line(o: &mut String, c: &Corridor) {
    let mut at_point: IndexVec<PointId, Vec<SectionId>> = c.line.points.iter().map(|_| Vec::new()).collect();
    for (id, s) in c.line.sections.enumerated() {
        at_point[s.from].push(id);
        at_point[s.to].push(id);
    }
    let home = |p: &PointId| c.line.points[*p].country != c.about.countries[0];
    let mut starts: Vec<PointId> = c.line.points.ids().filter(|p| at_point[*p].len() == 1).collect();
    starts.sort_by_key(home);
    starts.extend(c.line.points.ids().filter(|p| at_point[*p].len() > 1));
    let mut done: BTreeSet<SectionId> = BTreeSet::new();
    let mut seen: BTreeSet<PointId> = BTreeSet::new();
    for start in starts {
        let (mut at, mut km) = (start, 0.0);
        let mut begun = false;
        while let Some(&id) = at_point[at].iter().find(|id| !done.contains(id)) {
            let s = &c.line.sections[id];
            if !begun {
                let _ = writeln!(o, "\nline");
                point(o, c, at, 0.0);
                begun = true;
            }
            done.insert(id);
            seen.insert(at);
            let next = s.other(at).unwrap_or(at);
            km += s.length_m.central() / 1_000.0;
            let tracks = if s.tracks == 1 { "single" } else { "double" };
            let _ = writeln!(
                o,
                "          | {}  {:.1} km, {tracks} track, {} km/h, {} mm",
                s.id,
                s.length_m.central() / 1_000.0,
                range(&s.speed_kmh),
                s.gauge_mm
            );
            point(o, c, next, km);
            seen.insert(next);
            at = next;
        }
    }
    let off: Vec<&str> =
        c.line.points.enumerated().filter(|(p, _)| !seen.contains(p)).map(|(_, p)| p.id.as_str()).collect();
    if !off.is_empty() {
        let _ = writeln!(o, "off the line: {}", off.join(", "));
    }
}

fn point(o: &mut String, c: &Corridor, id: PointId, km: f64) {
    let p = &c.line.points[id];
    let lengths: Vec<String> = p.track_lengths_m.iter().map(range).collect();
    let tracks = if lengths.is_empty() { String::new() } else { format!(", tracks {} m", lengths.join(" ")) };
    let apart = if p.simultaneous_entry { "" } else { ", entries apart" };
    let _ = writeln!(o, "{km:8.1}  {} {} ({}){tracks}{apart}", p.id, p.name, p.country);
}

/// When trains of a service depart.
fn departures(s: &Service) -> String {
    if let Some(e) = s.every {
        let trains = e.trains.map_or_else(String::new, |n| format!(", {n} trains"));
        let first = if e.first_s == 0 { String::new() } else { format!(" from second {}", e.first_s) };
        return format!("every {} s{first}{trains}", e.every_s);
    }
    let times: Vec<String> = s.departures_s.iter().map(|t| format!("{:02}:{:02}", t / 3600, t / 60 % 60)).collect();
    format!("{} a day at {}", range(&s.trains_per_day), times.join(" "))
}

fn regimes(o: &mut String, c: &Corridor) {
    if !c.border.crossings.is_empty() {
        let _ = writeln!(o, "\ncrossings");
    }
    for (id, x) in c.border.crossings.enumerated() {
        let _ = writeln!(o, "  {}  {}", x.id, x.title);
        for r in c.border.regimes.iter().filter(|r| r.crossing == id) {
            let mut notes: Vec<String> = Vec::new();
            notes.extend(r.trains_per_day.as_ref().map(|q| format!("{} trains a day", range(q))));
            notes.extend(r.wagons_per_train.as_ref().map(|q| format!("{} wagons a train", range(q))));
            notes.extend(r.wagons_per_day.as_ref().map(|q| format!("{} wagons a day", range(q))));
            notes.extend(r.capacity_share.as_ref().map(|q| format!("{} of the vehicles", range(q))));
            notes.extend(r.notice_days.as_ref().map(|q| format!("known {} days ahead", range(q))));
            notes.extend(r.ramp_days.as_ref().map(|q| format!("climbs over {} days", range(q))));
            notes.extend(r.bans.iter().map(|b| ban(c, b)));
            notes.extend(r.restrictions.iter().cloned());
            let tail = if notes.is_empty() { String::new() } else { format!("  {}", notes.join(", ")) };
            let _ = writeln!(o, "    {} to {}  {}{tail}", day(c, r.from), last_day(c, r.to), state(r.state));
        }
    }
}

fn ban(c: &Corridor, b: &Ban) -> String {
    let [a, z] = &c.about.countries;
    let way = b.direction.map_or(String::new(), |d| match d {
        Direction::Forward => format!(" {a}-{z}"),
        Direction::Back => format!(" {z}-{a}"),
    });
    let what = b.hs.map_or_else(|| "all goods".to_owned(), |hs| format!("HS {hs}"));
    format!("refuses {what}{way}")
}

fn state(s: State) -> &'static str {
    match s {
        State::NotOpened => "not opened",
        State::Suspended => "suspended",
        State::Limited => "limited",
        State::Open => "open",
        State::Unknown => "unknown",
    }
}

fn range(q: &Quantity) -> String {
    match q.dist {
        Dist::Fixed(v) => format!("{v}"),
        Dist::Uniform(a, b) => format!("{a}..{b}"),
        Dist::Triangular(a, m, b) => format!("{a}..{m}..{b}"),
    }
}

fn day(c: &Corridor, t: Instant) -> String {
    yalu_calendar::iso_date(yalu_calendar::local_date(&c.horizon.zones[c.horizon.zone].name, t))
}

fn last_day(c: &Corridor, t: Instant) -> String {
    day(c, Instant(t.0 - 1))
}
