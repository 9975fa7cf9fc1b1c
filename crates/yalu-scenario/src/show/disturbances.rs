//! Rules of operation, and what disturbs the line.

use super::{day, last_day, range};
use std::fmt::Write as _;
use yalu_model::{Corridor, CutWhen, FailureWhen};
use yalu_units::Instant;

pub(super) fn operation(o: &mut String, c: &Corridor) {
    let rules = &c.line.operation;
    if rules.route_setting_s.high() > 0.0 || rules.non_simultaneous_s.high() > 0.0 {
        let (setting, apart) = (range(&rules.route_setting_s), range(&rules.non_simultaneous_s));
        let _ = writeln!(o, "\noperation  route setting {setting} s, entries apart {apart} s");
    }
}

pub(super) fn disturbances(o: &mut String, c: &Corridor) {
    let d = &c.line.disturbances;
    let mut lines: Vec<String> = Vec::new();
    for p in &d.possessions {
        let tracks = if p.tracks == 1 { "1 track" } else { "2 tracks" };
        lines.push(format!("{}  {tracks} of {} taken, {}", p.id, c.line.sections[p.section].id, times(c, &p.windows)));
    }
    for r in &d.restrictions {
        let (from, to) = (day(c, r.period.0), last_day(c, r.period.1));
        let place = format!("{} {} to {} m", c.line.sections[r.section].id, r.from_m, r.to_m);
        lines.push(format!("{}  {} km/h on {place}, {from} to {to}", r.id, r.speed_kmh));
    }
    for f in &d.failures {
        let when = match &f.when {
            FailureWhen::Rate(rate, class) => {
                let of = class.map_or_else(|| "any locomotive".to_owned(), |l| c.trains.locomotives[l].id.clone());
                format!("{} a million train km, {of}", range(rate))
            }
            FailureWhen::Dated(service, after, from) => {
                format!(
                    "train of {} after {}, {}",
                    c.trains.services[*service].id,
                    c.line.points[*after].id,
                    day(c, *from)
                )
            }
        };
        lines.push(format!("{}  failure, {when}, {} min", f.id, range(&f.minutes)));
    }
    for p in &d.power_cuts {
        let sections: Vec<&str> = p.sections.iter().map(|s| c.line.sections[*s].id.as_str()).collect();
        let when = match &p.when {
            CutWhen::Dated(windows) => times(c, windows),
            CutWhen::Rate(a_year, hours) => format!("{} a year of {} h", range(a_year), range(hours)),
        };
        lines.push(format!("{}  no power on {}, {when}", p.id, sections.join(" ")));
    }
    for e in &d.entry_delays {
        let of = e.service.map_or("all trains", |s| c.trains.services[s].id.as_str());
        lines.push(format!("{}  {} of {of} ready {} min late", e.id, range(&e.share), range(&e.minutes)));
    }
    if !lines.is_empty() {
        let _ = writeln!(o, "\ndisturbances\n  {}", lines.join("\n  "));
    }
}

/// How often, from when to when, and how long in all.
fn times(c: &Corridor, windows: &[(Instant, Instant)]) -> String {
    let (Some((from, _)), Some((_, to))) = (windows.first(), windows.last()) else {
        return "never within the horizon".to_owned();
    };
    let hours: f64 = windows.iter().map(|(a, b)| (*b - *a).as_hours()).sum();
    let often = if windows.len() == 1 { "once".to_owned() } else { format!("{} times", windows.len()) };
    format!("{often}, {} to {}, {hours:.1} h in all", day(c, *from), last_day(c, *to))
}
