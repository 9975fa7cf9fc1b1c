//! Time-distance diagrams: trains of the trace on a way, cuts in the lanes of border stations, what hinders them.
mod axis;
mod blocks;
pub mod clock;
pub mod csv;
mod lanes;
mod runs;
mod shut;

pub use axis::Axis;
pub use blocks::occupations;
pub use runs::{Run, runs};

use yalu_chart::{Caption, Colour, Seen, TimeDistance, WaitNote, WorkingDiagram};
use yalu_model::Corridor;
use yalu_plan::Plan;
use yalu_trace::Trace;
use yalu_units::{Instant, Span};
use yalu_view::run::Results;

/// Waits from here on are named (look, chart grammar).
const NAMED_WAIT: Span = Span::minutes(20);
/// Periods longer than this name no train and no cut.
const NAMED_DAYS: f64 = 2.0;

/// What diagrams are drawn from.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The corridor.
    pub c: &'a Corridor,
    /// Its plan.
    pub plan: &'a Plan,
    /// What happened.
    pub trace: &'a Trace,
}

impl<'a> View<'a> {
    /// The central run of a finished run.
    pub fn of(r: &'a Results) -> Self {
        View { c: &r.corridor, plan: &r.plan, trace: &r.ensemble.trace }
    }
}

/// The diagram of a report: some hours, or a week without names.
pub fn time_distance(v: &View, axis: &Axis, period: (Instant, Instant), caption: Caption) -> TimeDistance {
    let (from, to) = period;
    let named = (to - from).as_days() <= NAMED_DAYS;
    let runs = runs(v, axis, period);
    let waits = runs::waits(v, axis, &runs, period);
    let told = waits.on_the_line.iter().filter(|(w, train)| named && *train && Span(w.to - w.from) >= NAMED_WAIT);
    let note = |(w, _): &(yalu_chart::Wait, bool)| WaitNote {
        ms: w.from,
        km: w.km,
        text: format!("{}: {} min for {}", runs[w.train].label, Span(w.to - w.from).as_minutes().round(), w.whom),
        colour: Colour::Ink2,
    };
    let notes = told.map(note).collect();
    let [near, far] = clock::zones(v, axis);
    TimeDistance {
        above: clock::zone(&near, from, to, !named),
        below: clock::zone(&far, from, to, !named),
        waits: notes,
        ..base(v, axis, &runs, period, waits.meets, named, caption)
    }
}

/// The diagram planners work with, for any period, and its trains.
pub fn working<'a>(
    v: &View<'a>,
    axis: &Axis,
    period: (Instant, Instant),
    occupied: bool,
    caption: Caption,
) -> (WorkingDiagram, Vec<Run<'a>>) {
    let runs = runs(v, axis, period);
    let waits = runs::waits(v, axis, &runs, period);
    let [near, far] = clock::zones(v, axis);
    let (clock, second) = (clock::clock(&near, period.0), clock::clock(&far, period.0));
    let named_cuts = (period.1 - period.0).as_days() <= NAMED_DAYS;
    let mut base = base(v, axis, &runs, period, waits.meets, true, caption);
    if !named_cuts {
        base.dwells.iter_mut().for_each(|d| d.label.clear());
    }
    base.closed.extend(shut::possessions(v, axis, period));
    let tracks = |p: yalu_model::PointId| v.c.line.points[p].track_lengths_m.len().min(255) as u8;
    let out = WorkingDiagram {
        base,
        second: (clock != second).then_some(second),
        clock,
        station_tracks: axis.drawn(v.c).map(|x| tracks(x.1)).collect(),
        occupations: if occupied { occupations(v, axis, &runs) } else { Vec::new() },
        restrictions: shut::restrictions(v, axis, period),
        outside: waits.outside,
        waits: waits.on_the_line.into_iter().map(|w| w.0).collect(),
    };
    (out, runs)
}

fn base(
    v: &View,
    axis: &Axis,
    runs: &[Run],
    period: (Instant, Instant),
    meets: Vec<(i64, f64)>,
    named: bool,
    caption: Caption,
) -> TimeDistance {
    let mut closed = lanes::closed_hours(v, axis, period);
    closed.extend(shut::border(v, axis, period));
    TimeDistance {
        caption,
        from: period.0.0,
        to: period.1.0,
        stations: axis.stations(v.c),
        border: axis.border(v.c),
        trains: runs.iter().map(|r| runs::line(axis, r, period, named)).collect(),
        dwells: lanes::dwells(v, axis, period, named),
        closed,
        meets,
        observed: seen(v, axis, period, named),
        stamp: "Simulated, central run".into(),
        ..TimeDistance::default()
    }
}

/// Times that someone saw, as the story tells them.
fn seen(v: &View, axis: &Axis, (from, to): (Instant, Instant), named: bool) -> Vec<Seen> {
    let Some(story) = &v.c.about.story else { return Vec::new() };
    let here = story.seen.iter().filter(|s| from <= s.at && s.at <= to);
    here.filter_map(|s| {
        let km = axis.km(s.point)?;
        let text = if named { s.text.clone() } else { String::new() };
        Some(Seen { ms: s.at.0, km, text, more: String::new() })
    })
    .collect()
}
