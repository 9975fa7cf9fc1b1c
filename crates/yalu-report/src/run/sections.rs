//! What stands behind the day's page: line, trains, flows, queue, dwell, evidence, inputs, method.

use super::{border, charts, closure, evidence, line as trains_on_line};
use crate::diagram::{Axis, View, time_distance};
use crate::drawn::caption;
use crate::{Align, Figure, Rich, Run, Section, Table, plain};
use yalu_calendar::local_midnight;
use yalu_chart::WIDE;
use yalu_model::{Basis, Corridor};
use yalu_number::{Unit, fixed, percent};
use yalu_sim::MonthOutcome;
use yalu_study::{assumed_share, punctuality};
use yalu_units::{Instant, Span};
use yalu_view::run::{Results, usd};
use yalu_view::seal::Seal;

/// What a report of a line alone opens with.
pub fn lead(r: &Results) -> String {
    let n: u32 = r.line.runs.iter().map(|x| x.arrived).sum();
    let hours: f64 = r.line.runs.iter().map(|x| x.train_hours).sum();
    let hours = fixed(hours, 0);
    format!("{} to {}: {} ran, {hours} train-hours on the line.", r.from(), r.to(), Unit::Trains.count(n))
}

/// All sections in order.
pub fn all(r: &Results) -> Vec<Section> {
    let mut out = vec![line(r)];
    if r.line_only() {
        out.push(trains_on_line::runs(r));
        out.extend(trains_on_line::punctuality(r));
        out.extend([inputs(r), method(r)]);
        return out;
    }
    out.extend(trains(r));
    out.extend(trains_on_line::punctuality(r));
    out.extend([flows(r), queue(r)]);
    out.extend(closure::section(r));
    out.extend(closure::other_ways(r));
    out.push(border::section(r).unwrap_or_else(|| dwell(r)));
    if !r.corridor.record.reports.is_empty() {
        out.push(Section {
            id: "states".into(),
            title: "What was reported, and when it became known".into(),
            short: "Evidence".into(),
            lead: plain(
                "A service that no one mentions is not a service that runs; silence is not evidence either way.",
            ),
            figures: charts::counts(r)
                .map(|x| Figure::of("counts", &x, WIDE))
                .into_iter()
                .chain([Figure::of("strips", &evidence::strips(r, super::days::period(r)), WIDE)])
                .collect(),
            ..Section::default()
        });
    }
    out.extend(super::knowledge::declared(r));
    out.extend(yalu_view::run::tables::record(r).map(|t| Section {
        id: "record".into(),
        title: "The record beside the model".into(),
        short: "Record".into(),
        lead: plain("Every figure of the record that the runs can be held against, those they miss too."),
        tables: vec![t.into()],
        ..Section::default()
    }));
    out.extend([inputs(r), method(r)]);
    out
}

fn line(r: &Results) -> Section {
    Section {
        id: "map".into(),
        title: if r.line_only() { "The line" } else { "The line and the crossings" }.into(),
        short: "Map".into(),
        lead: plain(if r.line_only() {
            "Land and borders are Natural Earth 1:50m, in the public domain."
        } else {
            "Widths are results, states are judged. Land and borders are Natural Earth 1:50m, in the public domain."
        }),
        figures: vec![Figure::of("map", &charts::map(r), WIDE).with_narrow(&charts::map_narrow(r))],
        ..Section::default()
    }
}

fn trains(r: &Results) -> Option<Section> {
    let c = &r.corridor;
    // The story's day and week, or the first day with a freight train over the border.
    let first = r.ensemble.trace.trains.iter().find(|t| t.kind == yalu_trace::TrainKind::Freight && t.loaded > 0);
    let (start, end) = (r.plan.report_from, c.horizon.to);
    let about = c
        .about
        .story
        .as_ref()
        .map(|s| s.day)
        .filter(|d| *d >= start && *d < end)
        .or(first.map(|t| t.scheduled.max(start)))?;
    let (y, m, d, ..) = yalu_calendar::civil(r.zone(), about);
    let midnight = local_midnight(r.zone(), y, m, d)?;
    let view = View::of(r);
    let axis = Axis::chosen(&view)?;
    let words = |title: String| {
        caption(
            title,
            "Time to the right, distance down; border stations unfold into lanes. Thick: freight loaded; hollow: empties; thin: passenger; dashed: domestic (assumed numbers). Rings: meets.",
            format!(
                "{} Km from {}. Other trains are drawn by the day from assumed ranges; their times are not observed. Shaded: closed hours, and the border shut.",
                r.shown(),
                axis.points.first().map_or("", |p| c.line.points[p.0].name.as_str())
            ),
        )
    };
    let day = time_distance(
        &view,
        &axis,
        (midnight + Span::hours(5), midnight + Span::hours(26)),
        words(format!("{}, as simulated", super::long_day(r, about))),
    );
    let whole = time_distance(
        &view,
        &axis,
        (midnight, (midnight + Span::days(7)).min(end)),
        words(format!("Seven days from {}", r.day(midnight))),
    );
    let late = punctuality(&r.ensemble.trace.since(start)).into_iter().map(|p| {
        vec![
            plain(match p.kind {
                yalu_trace::TrainKind::Freight => "Freight over the border and onward",
                yalu_trace::TrainKind::International => "Passenger over the border",
                yalu_trace::TrainKind::Domestic => "Other freight (assumed numbers)",
                yalu_trace::TrainKind::Passenger => "Other passenger (assumed numbers)",
            }),
            plain(fixed(p.runs as f64, 0)),
            plain(fixed(p.mean_min, 1)),
            plain(fixed(p.p50_min, 1)),
            plain(fixed(p.p90_min, 1)),
            plain(fixed(p.p99_min, 1)),
        ]
    });
    let right = |s: &str| (s.to_string(), Align::Right);
    let table = Table {
        id: "late".into(),
        title: "Late at the end of the run, minutes".into(),
        columns: vec![("Trains".into(), Align::Left), right("runs"), right("mean"), right("P50"), right("P90"), right("P99")],
        rows: late.collect(),
        foot: "Against an undisturbed run from the scheduled departure, supplement included. A freight train that waits for its cut or an open border counts from its slot.".into(),
    };
    Some(Section {
        id: "trains".into(),
        title: "A day and a week of trains".into(),
        short: "Trains".into(),
        lead: plain(match c.border.stations.len() {
            0 => "Every train on the line.".into(),
            1 => "Every train on the line, and the cuts of wagons in the lanes of the border station.".into(),
            n => format!("Every train on the line, and the cuts of wagons in the lanes of {n} border stations."),
        }),
        figures: vec![Figure::of("day", &day, WIDE).scrolling(), Figure::of("week", &whole, WIDE).scrolling()],
        tables: vec![table],
        ..Section::default()
    })
}

fn flows(r: &Results) -> Section {
    let mut text: Vec<Rich> = Vec::new();
    let month = |m: &MonthOutcome| usd(m.refused_cents.iter().sum()) / 1e6;
    let refused = r.estimate(|o| o.months.iter().map(month).sum());
    let rules: Vec<&str> =
        r.corridor.trade.rules.iter().filter(|x| !x.refuses_hs.is_empty()).map(|x| x.rule.as_str()).collect();
    if refused.p50() > 0.0 {
        text.push(vec![
            Run::Plain("Orders worth ".into()),
            Run::Band(refused.write(Unit::Musd)),
            Run::Plain(format!(" were refused by rule and planned on no route: {}.", rules.join("; "))),
        ]);
    }
    let habits = !r.corridor.trade.accepted_habits.is_empty();
    Section {
        id: "flows".into(),
        title: "What crossed, by month and route".into(),
        short: "Flows".into(),
        lead: plain(if habits {
            "Simulated from demand, routes, capacities and judged states; twelve habits of trade were calibrated on the reported months (calibration.json)."
        } else {
            "Simulated from demand, routes, capacities and judged states; no month was fitted."
        }),
        figures: [Figure::of("exports", &charts::exports(r), WIDE), Figure::of("routes", &charts::routes(r), WIDE)]
            .into_iter()
            .chain(super::flows::around_closure(r).map(|x| Figure::of("closure-flows", &x, WIDE)))
            .collect(),
        tables: vec![yalu_view::run::tables::by_year(r).into()],
        text,
        ..Section::default()
    }
}

fn queue(r: &Results) -> Section {
    Section {
        id: "queue".into(),
        title: "What waited, and where".into(),
        short: "Queue".into(),
        lead: plain("Orders stand at the border until a route takes them, shippers turn to another, or cancel."),
        figures: vec![Figure::of("backlog", &charts::backlog(r), WIDE)],
        tables: yalu_view::run::tables::reopenings(r).map(Into::into).into_iter().collect(),
        ..Section::default()
    }
}

fn dwell(r: &Results) -> Section {
    Section {
        id: "dwell".into(),
        title: "Where cuts of wagons spend their hours".into(),
        short: "Dwell".into(),
        lead: plain(waiting_share(r)),
        figures: vec![Figure::of("dwell", &charts::dwell(r), WIDE)],
        ..Section::default()
    }
}

/// What share of the hours of cuts is waiting.
fn waiting_share(r: &Results) -> String {
    let all = yalu_study::dwells(&r.corridor, &r.ensemble.trace.since(r.plan.report_from));
    let hours = |of: fn(&yalu_study::Dwell) -> f64| -> f64 { all.iter().map(|d| of(d) * d.cuts as f64).sum() };
    let (wait, work) = (hours(|d| d.wait_h), hours(|d| d.work_h));
    if wait + work <= 0.0 {
        return "No cut of wagons was sent.".into();
    }
    format!("Of the hours of all cuts, {} is waiting for a step to begin.", percent(wait / (wait + work)))
}

/// Whether wagons of the run that is shown go loaded one way and come back empty.
fn empties_back(r: &Results) -> bool {
    let [_, [loaded, empty]] = r.wagons();
    loaded == 0 && empty > 0
}

/// Inputs by file, and how many of them are assumed.
fn inputs(r: &Results) -> Section {
    let c = &r.corridor;
    let mut groups: Vec<(String, usize, usize)> = Vec::new();
    for (path, basis) in &c.inputs {
        let group = path.split('.').next().unwrap_or(path).to_string();
        let sourced = usize::from(matches!(basis, Basis::Source(_)));
        match groups.iter_mut().find(|g| g.0 == group) {
            Some(g) => (g.1, g.2) = (g.1 + 1, g.2 + sourced),
            None => groups.push((group, 1, sourced)),
        }
    }
    let right = |s: &str| (s.to_string(), Align::Right);
    let rows = groups.into_iter().map(|(name, n, sourced)| {
        vec![
            plain(name),
            plain(n.to_string()),
            plain(sourced.to_string()),
            vec![Run::Assumed(percent((n - sourced) as f64 / n as f64))],
        ]
    });
    Section {
        id: "inputs".into(),
        title: "What it rests on".into(),
        short: "Inputs".into(),
        lead: vec![
            Run::Plain("Of the numbers the run read, ".into()),
            Run::Assumed(percent(assumed_share(c))),
            Run::Plain(" have no source and are assumed, most of them as ranges. Every one is in the scenario folder with its source or the reason it is assumed.".into()),
        ],
        tables: vec![Table {
            id: "inputs-table".into(),
            title: "Numeric inputs by kind".into(),
            columns: vec![("Kind".into(), Align::Left), right("read"), right("sourced"), right("assumed")],
            rows: rows.collect(),
            foot: String::new(),
        }],
        ..Section::default()
    }
}

fn method(r: &Results) -> Section {
    let e = &r.ensemble.central;
    let goods = !r.line_only();
    let text = [
        (true, format!("Trains run with physical running times (traction, resistance, gradients, speed limits, braking) over sections with one train to a block; on single track they meet at stations with a free track that fits. A safe look-ahead refuses a move after which some train could never leave the line: {} moves refused, {} deadlocks.", fixed(e.refused_for_safety as f64, 0), e.deadlocks)),
        (goods, "Cuts of wagons are formed the day before, loaded, checked by teams in their opening hours on both sides, taken over when a slot, a yard track beyond and an open border allow it; then held, unloaded or taken onward.".into()),
        (goods && empties_back(r), "Their wagons come back empty.".into()),
        (goods, "Shippers order by the day, by commodity group. They choose among the routes that run by cost, time, hold and the wait they believe in; where none runs a part waits and the rest is cancelled. They know of a change of service as many days ahead as its notice gives.".into()),
        (!r.ensemble.drawn.is_empty(), format!("Bands are over {} replications, each with its own draw of every uncertain input; regime starts move within their stated uncertainty. Same seed, same bytes, on any number of threads.", r.ensemble.drawn.len())),
        (true, format!("An independent checker, which shares no code with the simulator, went through the whole trace: {} rules broken.", r.violations.len())),
    ];
    Section {
        id: "method".into(),
        title: "How it was made".into(),
        short: "Method".into(),
        text: text.into_iter().filter(|t| t.0).map(|t| plain(t.1)).collect(),
        ..Section::default()
    }
}

/// Where it is wrong: what the author knows, and what the run shows.
pub fn wrong(r: &Results) -> Vec<Rich> {
    let mut out: Vec<Rich> = r.seal.as_ref().and_then(Seal::told).iter().map(plain).collect();
    out.extend(r.corridor.about.wrong.iter().map(plain));
    out.extend(misses(r));
    out
}

/// The reported months that lie farthest outside the band.
fn misses(r: &Results) -> Vec<Rich> {
    let mut far: Vec<(f64, String)> = Vec::new();
    for o in &r.corridor.record.observed {
        let (Some(seen), Some(i)) = (o.exports_musd, r.month_index(o.month.0, o.month.1)) else { continue };
        let Some(b) = r.band(|x| usd(x.months[i].exports_cents) / 1e6) else { continue };
        let off = if seen < b.p05 {
            seen - b.p05
        } else if seen > b.p95 {
            seen - b.p95
        } else {
            continue;
        };
        far.push((
            off,
            format!("{}: reported {}, simulated {}", r.month(i), Unit::Musd.write(seen), b.write(Unit::Musd)),
        ));
    }
    far.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    if far.is_empty() {
        return Vec::new();
    }
    let n = far.len();
    let worst: Vec<String> = far.into_iter().take(6).map(|x| x.1).collect();
    vec![plain(format!("{n} reported months lie outside the band. The farthest: {}.", worst.join("; ")))]
}

/// Whether an instant lies in the reported period.
pub fn told(r: &Results, t: Instant) -> bool {
    t >= r.plan.report_from && t < r.corridor.horizon.to
}

/// Months after an instant within a span of days, as indices.
pub fn months_after(r: &Results, t: Instant, days: i64) -> Vec<usize> {
    let mut out: Vec<usize> = r
        .plan
        .days
        .iter()
        .filter(|d| d.start >= t && d.start < t + Span::days(days) && told(r, d.start))
        .map(|d| usize::from(d.month))
        .collect();
    out.dedup();
    out
}

/// The title of a good.
pub fn good(c: &Corridor, i: usize) -> &str {
    &c.trade.goods.as_slice()[i].title
}
