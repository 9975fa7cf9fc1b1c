//! The reports held, as a list and as strips by crossing.

use super::days::{day, period, segments};
use crate::ReportNote;
use crate::drawn::{caption, colour};
use crate::strips::{Series, marks, mode, shades};
use yalu_chart::{CrossingRow, DayMark, StateStrips};
use yalu_ledger::Day;
use yalu_ledger::record::day_text;
use yalu_model::Words as _;
use yalu_model::{CrossingId, Mode};
use yalu_view::run::Knowledge;
use yalu_view::run::Results;

/// Crossings shown around the day at most.
const NEAR: usize = 7;

/// All reports in the order they became known.
pub fn list(r: &Results) -> Vec<ReportNote> {
    let mut all: Vec<_> = r.corridor.record.reports.iter().collect();
    all.sort_by_key(|x| (x.reported, x.id.clone()));
    all.into_iter()
        .map(|x| ReportNote {
            id: x.id.clone(),
            date: day_text(x.reported),
            source: x.source.clone(),
            kind: if x.derived { format!("{}, a copy", x.source_type) } else { x.source_type.clone() },
            claim: format!("{}: {}", x.crossing, x.claim.word()),
            detail: x.detail.clone(),
            url: x.url.clone(),
        })
        .collect()
}

/// The year around the story's day, of the crossings that reports of that time speak of.
pub fn around(r: &Results) -> Option<StateStrips> {
    let about = day(r, r.corridor.about.story.as_ref()?.day);
    let (first, last) = period(r);
    let (from, to) = ((about - 200).max(first), (about + 100).min(last));
    let mut chart = strips(r, (from, to));
    chart.rows.retain(|x| x.main || !x.reports.is_empty());
    chart.rows.truncate(NEAR);
    let told: std::collections::BTreeSet<&str> =
        chart.rows.iter().flat_map(|x| &x.reports).map(|m| m.note.as_str()).collect();
    let n = told.len();
    chart.caption.title = {
        let (one, crossings) = (chart.rows.len() == 1, chart.rows.len());
        let of = if one { "this crossing".to_owned() } else { format!("these {crossings} crossings") };
        let (reports, verb) = (yalu_number::Unit::Reports.count(n), if n == 1 { "speaks" } else { "speak" });
        format!("{reports} {verb} of {of} in the months around the day")
    };
    (n > 0).then_some(chart)
}

/// Each crossing's judged states by day with the marks of its reports; copies of one origin are one mark.
pub fn strips(r: &Results, (from, to): (i32, i32)) -> StateStrips {
    let c = &r.corridor;
    let main = c.about.story.as_ref().map(|s| s.crossing);
    let lane = |of: fn(&Knowledge) -> &Series, id: CrossingId| {
        let series = r.knowledge.as_ref().and_then(|k| of(k).get(&id));
        let within = |b: &&yalu_ledger::Belief| from <= b.day.0 && b.day.0 <= to;
        shades(&series.map_or_else(Vec::new, |s| s.iter().filter(within).copied().collect::<Vec<_>>()))
    };
    let mut rows: Vec<CrossingRow> = Vec::new();
    for (id, x) in c.border.crossings.enumerated() {
        let states = segments(r, id, from, to);
        let reports = marks(c.record.reports.iter(), x, (Day(from), Day(to)), |r| format!("{} {}", r.id, r.source));
        if x.mode == Mode::Place || (states.is_empty() && reports.is_empty()) {
            continue;
        }
        let row = CrossingRow {
            name: x.title.clone(),
            more: mode(x.mode).into(),
            colour: colour(&x.colour),
            main: Some(id) == main,
            segments: states,
            reports,
            now: lane(|k| &k.now, id),
            then: lane(|k| &k.then, id),
        };
        if row.main { rows.insert(0, row) } else { rows.push(row) }
    }
    let all = c.record.reports.len();
    let origins: std::collections::BTreeSet<&str> = c.record.reports.iter().map(|x| x.origin.as_str()).collect();
    let origins = origins.len();
    StateStrips {
        caption: caption(
            format!("{all} reports from {origins} origins, and what they leave open"),
            "Judged state by crossing and day; above, reports that say it runs; below, that it does not; at the day they became known. Thin lanes: chance that it ran, “now” from all reports held, “then” from those known on each day",
            "Filled: seen or official. Hollow: hearsay or press. Ring: planned. Cross: unconfirmed. A bracket marks an uncertain start. Statements on all land crossings stand at each they reach. States are best judgement from open sources.",
        ),
        from,
        to,
        rows,
        mark: c.about.story.as_ref().map(|s| DayMark { day: day(r, s.day), text: r.day(s.day) }),
    }
}
