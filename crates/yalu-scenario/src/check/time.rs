//! Regimes of a crossing one after the other, and dates outside the horizon.

use crate::describe::RegimeRow;
use crate::diagnostic::{At, Sink};
use crate::load::Files;
use crate::value;
use yalu_calendar::{CivilDay, iso_date};
use yalu_model::Corridor;
use yalu_units::Instant;

/// The day at the border that an instant begins or lies in.
fn day(c: &Corridor, t: Instant) -> value::Day {
    let (y, m, d, _, _) = yalu_calendar::civil(&c.horizon.zones[c.horizon.zone].name, t);
    (y, m, d)
}

fn day_before(c: &Corridor, t: Instant) -> value::Day {
    day(c, Instant(t.0 - 1))
}

/// Start and exclusive end of a regime's row.
fn span(c: &Corridor, row: &RegimeRow) -> Option<(Instant, Instant)> {
    let zone = &c.horizon.zones[c.horizon.zone].name;
    let from = yalu_calendar::local_midnight(zone, row.from.0, row.from.1, row.from.2)?;
    let to = match row.to {
        Some(to) => yalu_calendar::local_time(zone, to, 86_400)?,
        None => Instant::FAR,
    };
    Some((from, to))
}

pub(super) fn regimes(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, (id, crossing)) in files.crossings.iter().zip(c.border.crossings.enumerated()) {
        let mut mine: Vec<(&RegimeRow, Instant, Instant)> = files
            .regimes
            .iter()
            .filter(|r| r.crossing == id)
            .filter_map(|r| span(c, r).map(|(a, b)| (r, a, b)))
            .collect();
        mine.sort_by_key(|(_, from, _)| *from);
        let Some((first, begin, _)) = mine.first() else {
            let help = "days that no regime covers carry nothing".to_owned();
            sink.warn("Y0705", row.at.id, format!("the crossing `{}` has no regime", crossing.id), Some(help));
            continue;
        };
        let gap = |sink: &mut Sink, at: At, a: Instant, b: Instant| {
            let (a, b) = (a.max(c.horizon.from), b.min(c.horizon.to));
            if a < b {
                let message = format!(
                    "no regime covers `{}` from {} to {}",
                    crossing.id,
                    iso_date(day(c, a)),
                    iso_date(day_before(c, b))
                );
                let help =
                    "such days are unknown and carry nothing; write a regime of state unknown to say so".to_owned();
                sink.warn("Y0703", at, message, Some(help));
            }
        };
        gap(sink, first.at.from, c.horizon.from, *begin);
        let mut end = *begin;
        let mut last = *first;
        for (row, from, to) in &mine {
            if *from < end {
                let until = if end == Instant::FAR {
                    "without end".to_owned()
                } else {
                    format!("to {}", iso_date(day_before(c, end)))
                };
                let begun = iso_date(last.from);
                let message =
                    format!("this regime of `{}` overlaps the one from {begun}, which runs {until}", crossing.id);
                sink.error("Y0702", row.at.from, message, Some("`to` is the last day of a regime".into()));
            } else if *from > end {
                gap(sink, row.at.from, end, *from);
            }
            if *to >= end {
                (end, last) = (*to, row);
            }
        }
        if end < c.horizon.to {
            gap(sink, last.at.to, end, c.horizon.to);
        }
    }
}

/// Regimes and demand that touch no day of the horizon, and reports of a later day.
pub(super) fn outside(sink: &mut Sink, files: &Files, c: &Corridor) {
    let horizon =
        format!("the horizon is {} to {}", iso_date(day(c, c.horizon.from)), iso_date(day_before(c, c.horizon.to)));
    for row in &files.regimes {
        if let Some((from, to)) = span(c, row)
            && (to <= c.horizon.from || from >= c.horizon.to)
        {
            let message = "the regime touches no day of the horizon";
            sink.warn("Y0704", row.at.from, message, Some(horizon.clone()));
        }
    }
    let zone = &c.horizon.zones[c.horizon.zone].name;
    let (first, last) = (CivilDay::at(zone, c.horizon.from), CivilDay::at(zone, Instant(c.horizon.to.0 - 1)));
    for (entry, r) in files.record.entries.iter().filter_map(|e| Some((e, e.report.as_ref()?))) {
        let (begin, end) = r.event();
        if begin > last || end < first && r.reported < first {
            let at = entry.at(Some(if r.event_start.is_some() { "event_start" } else { "reported" }));
            let message = format!("the report `{}` speaks of days outside the horizon", r.id);
            sink.warn("Y0704", at, message, Some(horizon.clone()));
        }
    }
    let factors = files.trade.iter().flat_map(|f| &f.demand_factor);
    for (row, f) in factors.zip(&c.trade.demand_factors) {
        if f.to <= c.horizon.from || f.from >= c.horizon.to {
            let message = "the factor touches no day of the horizon";
            sink.warn("Y0704", row.at.from, message, Some(horizon.clone()));
        }
    }
    if let (Some(row), Some(s)) = (&files.story, &c.about.story)
        && (s.day < c.horizon.from || s.day >= c.horizon.to)
    {
        sink.error("Y0706", row.at.day, "the day of the story lies outside the horizon", Some(horizon));
    }
}
