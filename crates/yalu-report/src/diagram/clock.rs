//! Clocks of the two ends of a diagram.

use super::View;
use super::axis::Axis;
use yalu_chart::{Clock, Tick, Zone};
use yalu_units::{Instant, Span};
use yalu_view::names;

/// IANA zones of the two ends.
pub fn zones(v: &View, axis: &Axis) -> [String; 2] {
    let of = |p: Option<&(yalu_model::PointId, f64)>| {
        let zone = p.map_or(v.c.horizon.zone, |p| v.c.line.points[p.0].zone);
        v.c.horizon.zones[zone].name.clone()
    };
    [of(axis.points.first()), of(axis.points.last())]
}

/// The clock of a zone at an instant.
pub fn clock(name: &str, at: Instant) -> Clock {
    Clock { name: names::clock(name, at), ahead_min: yalu_calendar::utc_offset_minutes(name, at) }
}

/// The rim of a zone: hours, or noon and midnight with the day where many days are drawn.
pub fn zone(name: &str, from: Instant, to: Instant, busy: bool) -> Zone {
    let mut ticks = Vec::new();
    let mut t = from;
    while t <= to {
        let (_, mo, d, s, _) = yalu_calendar::civil(name, t);
        let hour = s / 3600;
        if s % 3600 == 0 && (!busy || hour % 12 == 0) {
            let text = if busy && hour == 0 { format!("{d}.{mo}.") } else { format!("{hour:02}") };
            ticks.push(Tick { ms: t.0, text });
        }
        t = t + Span::minutes(30);
    }
    Zone { name: clock(name, from).name, ticks }
}
