//! Trains on the line: runs by service, the first busy day, punctuality along each path, where delay arose.

use crate::diagram::{Axis, View, working};
use crate::drawn::caption;
use crate::{Align, Figure, Section, Table, plain};
use std::collections::BTreeMap;
use yalu_calendar::local_midnight;
use yalu_chart::{DelayCause, PunctualityChart, PunctualityPoint, WIDE};
use yalu_number::fixed;
use yalu_plan::LineKind;
use yalu_trace::Cause;
use yalu_units::{Instant, Span};
use yalu_view::names::cause;
use yalu_view::names::direction;
use yalu_view::run::{Results, line_name};

/// Rows of the table of delay at most.
const ROWS: usize = 20;
/// Trains drawn on one picture of a page.
const MOST_DRAWN: usize = 60;
/// Delays up to this are no picture, minutes.
const TOLD_MIN: f64 = 0.5;
/// A day is busy that has so much of the trains of the busiest.
const BUSY: f64 = 0.9;

fn columns(words: &[&str]) -> Vec<(String, Align)> {
    let align = |i: usize| if i == 0 { Align::Left } else { Align::Right };
    words.iter().enumerate().map(|(i, w)| ((*w).to_string(), align(i))).collect()
}

fn name(r: &Results, kind: LineKind, forward: bool) -> String {
    format!("{}, {}", line_name(&r.corridor, kind), direction(forward))
}

/// Runs by service, and the first busy day.
pub fn runs(r: &Results) -> Section {
    let minutes = |s: f64| plain(fixed(s / 60.0, 1));
    let rows = r.line.runs.iter().map(|x| {
        let mut row = vec![plain(name(r, x.kind, x.forward)), plain(fixed(f64::from(x.arrived), 0))];
        row.extend(x.run_s.map(minutes));
        row.push(plain(fixed(x.train_hours, 0)));
        row
    });
    let table = Table {
        id: "runs".into(),
        title: "Runs by service, minutes".into(),
        columns: columns(&["Trains", "arrived", "mean", "P50", "P90", "P99", "longest", "train-hours"]),
        rows: rows.collect(),
        foot: format!("From scheduled departure to arrival. {}", r.shown()),
    };
    Section {
        id: "trains".into(),
        title: "Trains on the line".into(),
        short: "Trains".into(),
        lead: plain("Every train on the first day with as many trains as most days have."),
        figures: day(r).into_iter().collect(),
        tables: vec![table],
        ..Section::default()
    }
}

/// The working diagram of the first busy day.
fn day(r: &Results) -> Option<Figure> {
    let view = View::of(r);
    let axis = Axis::chosen(&view)?;
    let (day, end) = first_busy_day(r)?;
    let trains = crate::diagram::runs(&view, &axis, (day, end)).len();
    // Too many for one picture: some hours of the day, in which each can be told from the next.
    let (from, to) = match (MOST_DRAWN * 24).checked_div(trains) {
        Some(hours) if hours < 24 => (day + Span::hours(6), day + Span::hours(6 + hours.max(1) as i64)),
        _ => (day, end),
    };
    let words = caption(
        super::long_day(r, day),
        "Time to the right, distance down. Level: standing; rings: meets; waits of 20 minutes and more say for whom.",
        format!(
            "{} Km from {}.",
            r.shown(),
            axis.points.first().map_or("", |p| r.corridor.line.points[p.0].name.as_str())
        ),
    );
    Some(Figure::of("day", &working(&view, &axis, (from, to), false, words).0, WIDE))
}

fn first_busy_day(r: &Results) -> Option<(Instant, Instant)> {
    let mut counts: BTreeMap<Instant, u32> = BTreeMap::new();
    let departures = r.ensemble.trace.trains.iter().filter_map(|t| r.ensemble.trace.times_of(t).first());
    for t in departures.filter(|t| t.depart >= r.plan.report_from && t.depart < r.corridor.horizon.to) {
        let (y, m, d, ..) = yalu_calendar::civil(r.zone(), t.depart);
        *counts.entry(local_midnight(r.zone(), y, m, d)?).or_default() += 1;
    }
    let most = f64::from(*counts.values().max()?);
    let (&from, _) = counts.iter().find(|(_, n)| f64::from(**n) >= BUSY * most)?;
    Some((from, (from + Span::days(1)).min(r.corridor.horizon.to)))
}

/// How late trains are along each path, and where their delay arose.
pub fn punctuality(r: &Results) -> Option<Section> {
    let mut services: Vec<_> =
        r.line.runs.iter().filter(|x| matches!(x.kind, LineKind::Service(_)) && x.arrived > 0).collect();
    services.sort_by_key(|x| (x.kind, !x.forward));
    let (late, on_time): (Vec<_>, Vec<_>) =
        services.into_iter().map(|x| (x, chart(r, x.kind, x.forward, x.arrived))).partition(|x| ever_late(&x.1));
    let figures: Vec<Figure> =
        late.iter().enumerate().map(|(i, x)| Figure::of(&format!("late-{}", i + 1), &x.1, WIDE)).collect();
    let never: Vec<String> = on_time.iter().map(|x| name(r, x.0.kind, x.0.forward)).collect();
    let text = if never.is_empty() {
        Vec::new()
    } else {
        vec![plain(format!("Never late by more than {TOLD_MIN} min at any point: {}.", never.join("; ")))]
    };
    (!figures.is_empty() || !text.is_empty()).then(|| Section {
        id: "punctuality".into(),
        title: "Punctuality".into(),
        short: "Punctuality".into(),
        lead: plain("Late against a run that nothing hinders, supplement included, from the scheduled departure."),
        choices: figures,
        tables: vec![delays(r)],
        text,
        ..Section::default()
    })
}

/// Whether trains are late enough for a picture, or delay arose.
fn ever_late(x: &PunctualityChart) -> bool {
    let late = x.points.iter().any(|p| p.p99_min > TOLD_MIN);
    late || x.points.iter().flat_map(|p| &p.arose).map(|a| a.1).sum::<f64>() > TOLD_MIN
}

fn chart(r: &Results, kind: LineKind, forward: bool, trains: u32) -> PunctualityChart {
    let line = r.plan.lines.iter().find(|l| l.kind == kind && l.forward == forward);
    let own = r.line.punctuality.iter().filter(|p| p.kind == kind && p.forward == forward);
    let mut points: Vec<PunctualityPoint> = Vec::new();
    let mut told = Vec::new();
    for (k, p) in own.enumerate() {
        let mut by: BTreeMap<DelayCause, f64> = BTreeMap::new();
        // Delay at a point that the path passes twice is told where it comes first.
        if !told.contains(&p.point) {
            told.push(p.point);
            let here = r.line.arose.iter().filter(|(l, f, d)| *l == kind && *f == forward && d.place.point == p.point);
            for (_, _, d) in here {
                if let Some(c) = drawn(d.cause) {
                    *by.entry(c).or_default() += d.train_hours * 60.0 / f64::from(trains.max(1));
                }
            }
        }
        let [_, p50_min, p90_min, p99_min] = p.late_min;
        points.push(PunctualityPoint {
            name: r.corridor.line.points[p.point].name.clone(),
            km: line.and_then(|l| l.chainage_m.get(k)).map_or(f64::NAN, |m| m / 1000.0),
            p50_min,
            p90_min,
            p99_min,
            arose: by.into_iter().collect(),
        });
    }
    let title = match kind {
        LineKind::Service(s) => r.corridor.trains.services[s].title.clone(),
        LineKind::Traffic(_) => line_name(&r.corridor, kind).to_string(),
    };
    PunctualityChart {
        caption: caption(
            format!("{title}, {}", direction(forward)),
            "Minutes late by point of the path: half, nine in ten, ninety-nine in a hundred are less late. Bars: mean delay a train by cause, where it arose.",
            format!(
                "{} Time lost by braking, starting again and slow stretches is in the lines, not in the bars.",
                r.shown()
            ),
        ),
        of: format!("{}, {} trains", name(r, kind, forward), fixed(f64::from(trains), 0)),
        points,
    }
}

/// The chart's word for a cause; none for what is lost running.
fn drawn(x: Cause) -> Option<DelayCause> {
    Some(match x {
        Cause::None => return None,
        // Trains that may not enter a station together meet there.
        Cause::Meet | Cause::StationEntry => DelayCause::Meet,
        Cause::Following | Cause::Priority => DelayCause::Following,
        Cause::StationFull => DelayCause::StationFull,
        Cause::Safety => DelayCause::Safety,
        Cause::Border => DelayCause::Border,
        Cause::Possession => DelayCause::Possession,
        Cause::Power => DelayCause::Power,
        Cause::Failure => DelayCause::Failure,
        Cause::LateEntry => DelayCause::Entry,
    })
}

/// Where delay arose, the most first.
fn delays(r: &Results) -> Table {
    let mut order: Vec<_> = r.line.delays.iter().collect();
    order.sort_by(|a, b| b.train_hours.total_cmp(&a.train_hours));
    let all: f64 = order.iter().map(|d| d.train_hours).sum();
    let left: f64 = order.iter().skip(ROWS).map(|d| d.train_hours).sum();
    let rows = order.iter().take(ROWS).map(|d| {
        let point = &r.corridor.line.points[d.place.point].name;
        vec![
            plain(if d.place.on_the_way { format!("before {point}") } else { point.clone() }),
            plain(cause(d.cause)),
            plain(fixed(f64::from(d.times), 0)),
            plain(fixed(d.train_hours, 1)),
            plain(fixed(d.train_hours * 60.0 / f64::from(d.times.max(1)), 1)),
        ]
    });
    let mut columns = columns(&["Where", "why", "times", "train-hours", "minutes each"]);
    columns[1].1 = Align::Left;
    let (all, left) = (fixed(all, 1), fixed(left, 1));
    Table {
        id: "delays".into(),
        title: "Where delay arose".into(),
        columns,
        rows: rows.collect(),
        foot: format!(
            "All trains of one run, {all} train-hours in all, {left} of them at other places. A wait at the first point is a wait for entry."
        ),
    }
}
