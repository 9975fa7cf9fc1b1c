//! Names and ids of things that traces and studies know by number.

use yalu_calendar::{civil, epoch_day, iso_date, local_date, utc_offset_minutes};
use yalu_model::{Corridor, SectionId};
use yalu_number::Day;
use yalu_trace::{Cause, StepKind};
use yalu_units::Instant;

/// The zone of a corridor's days.
pub fn zone(c: &Corridor) -> &str {
    &c.horizon.zones[c.horizon.zone].name
}

/// The civil day of an instant in a corridor's zone.
pub fn day(c: &Corridor, t: Instant) -> Day {
    day_in(zone(c), t)
}

/// The civil day of an instant in a zone.
pub fn day_in(zone: &str, t: Instant) -> Day {
    let (y, m, d, ..) = civil(zone, t);
    Day(epoch_day(y, m, d).unwrap_or(0))
}

/// The civil date of an instant in a corridor's zone, `2022-09-26`.
pub fn date(c: &Corridor, t: Instant) -> String {
    iso_date(local_date(zone(c), t))
}

/// A zone's clock at an instant, `Pyongyang time, UTC+9`.
pub fn clock(zone: &str, t: Instant) -> String {
    let offset = utc_offset_minutes(zone, t);
    let (sign, h, m) = (if offset < 0 { '\u{2212}' } else { '+' }, offset.abs() / 60, offset.abs() % 60);
    let utc = if m == 0 { format!("UTC{sign}{h}") } else { format!("UTC{sign}{h}:{m:02}") };
    let city = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    if zone == "UTC" { "UTC".to_string() } else { format!("{city} time, {utc}") }
}

/// Name of a border station's point.
pub fn station(c: &Corridor, i: usize) -> &str {
    c.border.stations.as_slice().get(i).map_or("", |s| c.line.points[s.point].name.as_str())
}

/// Id of a border station's point.
pub fn station_id(c: &Corridor, i: usize) -> &str {
    c.border.stations.as_slice().get(i).map_or("", |s| c.line.points[s.point].id.as_str())
}

/// Id of a resource of a border station.
pub fn resource(c: &Corridor, station: usize, i: usize) -> &str {
    c.border.stations.as_slice().get(station).and_then(|s| s.resources.get(i)).map_or("", |r| r.id.as_str())
}

/// Id of a section of line.
pub fn section(c: &Corridor, id: SectionId) -> &str {
    c.line.sections.get(id).map_or("", |s| s.id.as_str())
}

/// A direction in data: as a service is written, or back.
pub fn direction(forward: bool) -> &'static str {
    if forward { "out" } else { "back" }
}

/// Title of a route.
pub fn route(c: &Corridor, i: usize) -> &str {
    c.trade.routes.as_slice().get(i).map_or("", |r| r.title.as_str())
}

/// Id of a route.
pub fn route_id(c: &Corridor, i: usize) -> &str {
    c.trade.routes.as_slice().get(i).map_or("", |r| r.id.as_str())
}

/// Why a train lost time.
pub fn cause(x: Cause) -> &'static str {
    match x {
        Cause::None => "braking, starting, slow stretches",
        Cause::Meet => "train the other way",
        Cause::Following => "train ahead",
        Cause::StationFull => "no free track ahead",
        Cause::StationEntry => "another train entering the station",
        Cause::Safety => "refused for safety",
        Cause::Border => "border shut",
        Cause::Possession => "track taken for maintenance",
        Cause::Power => "no power",
        Cause::Failure => "locomotive failed",
        Cause::Priority => "gave way",
        Cause::LateEntry => "ready late",
    }
}

/// A step of a cut's way in words, without its place.
pub fn step(c: &Corridor, kind: StepKind) -> String {
    match kind {
        StepKind::Activity(s, a) => activity(c, s, a).map_or_else(|| "activity".into(), |a| a.title.clone()),
        StepKind::Entering(_) => "into the yard".into(),
        StepKind::OverBorder => "train over the border".into(),
        StepKind::Onward => "train onward".into(),
        StepKind::Loading => "loading".into(),
        StepKind::IntoHold => "unloading into the hold".into(),
        StepKind::Unloading => "unloading".into(),
        StepKind::Turnaround => "standing until the empties go back".into(),
    }
}

/// The same in data: an activity's id, or what all cuts do.
pub fn step_id(c: &Corridor, kind: StepKind) -> String {
    match kind {
        StepKind::Activity(s, a) => activity(c, s, a).map_or_else(String::new, |a| a.id.clone()),
        StepKind::Entering(_) => "entering".into(),
        StepKind::Loading => "loading".into(),
        StepKind::OverBorder => "over_border".into(),
        StepKind::Onward => "onward".into(),
        StepKind::IntoHold => "into_hold".into(),
        StepKind::Unloading => "unloading".into(),
        StepKind::Turnaround => "turnaround".into(),
    }
}

fn activity(c: &Corridor, station: u16, i: u16) -> Option<&yalu_model::Activity> {
    c.border.stations.as_slice().get(usize::from(station))?.activities.get(usize::from(i))
}
