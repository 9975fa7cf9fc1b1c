//! Days of a run, and the judged states of its crossings on them.

use crate::drawn::state;
use yalu_chart as chart;
use yalu_model::CrossingId;
use yalu_units::{Instant, Span};
use yalu_view::run::Results;

/// The civil day of an instant at the border, counted from 1970-01-01.
pub fn day(r: &Results, t: Instant) -> i32 {
    let (y, m, d, _, _) = yalu_calendar::civil(r.zone(), t);
    chart::day(y, m, d)
}

/// The judged states of a crossing between two days.
pub fn segments(r: &Results, crossing: CrossingId, from: i32, to: i32) -> Vec<chart::Segment> {
    let c = &r.corridor;
    let mine = c.border.regimes.iter().filter(|x| x.crossing == crossing);
    let all = mine
        .map(|x| chart::Segment {
            from: day(r, x.from).max(from),
            to: day(r, x.to + Span(-1)).min(to),
            state: state(x.state),
            uncertain: if day(r, x.from) > from { x.start_uncertainty_days.round() as u16 } else { 0 },
            label: String::new(),
        })
        .filter(|s| s.from <= s.to);
    let mut out: Vec<chart::Segment> = Vec::new();
    for s in all {
        // Regimes that differ in their numbers alone are one state.
        match out.last_mut() {
            Some(last) if last.state == s.state && last.to + 1 == s.from => last.to = s.to,
            _ => out.push(s),
        }
    }
    out
}

/// The suspended periods of a crossing between two days.
pub fn shut(r: &Results, crossing: CrossingId, from: i32, to: i32, label: &str) -> Vec<chart::Span> {
    segments(r, crossing, from, to)
        .into_iter()
        .filter(|s| s.state == chart::State::Suspended)
        .map(|s| chart::Span { from: s.from, to: s.to, label: label.into() })
        .collect()
}

/// First and last day that results tell of.
pub fn period(r: &Results) -> (i32, i32) {
    (day(r, r.plan.report_from), day(r, r.corridor.horizon.to + Span(-1)))
}
