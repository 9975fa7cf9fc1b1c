//! The charts of the report, as specifications.

use super::days::{day, period, segments, shut};
use crate::drawn::{caption, colour, mode, state};
use yalu_calendar::{CivilDay, date_of, short_date};
use yalu_chart::{
    Bar, Bars, Basis, Colour, CorridorMap, Count, CountKind, CountRow, CrossingMark, CurveMark, DotTimeline, DwellBars,
    DwellRow, Fan, FlowsByMonth, LatLon, MapLine, MapPoint, Modelled, Month, Observed, RouteForm, RouteLine, Spread,
    StockCurve, Strip,
};
use yalu_model::{Mode, PointKind};
use yalu_number::{Band, Unit, fixed, percent, sentence_case};
use yalu_study::dwells;
use yalu_units::{Idx, Instant};
use yalu_view::run::tables::step_at;
use yalu_view::run::{Reason, Results, usd};

/// Routes that carry less than this share of all are drawn as one.
const SMALL: f64 = 0.03;

fn months(r: &Results) -> Vec<Month> {
    r.plan.months.iter().map(|&(year, month)| Month { year, month }).collect()
}

fn observed(r: &Results) -> Vec<Option<Observed>> {
    let of = |m: &(i16, i8)| {
        let o = r.corridor.record.observed.iter().find(|o| o.month == *m)?;
        let basis = if o.exports_derived { Basis::Derived } else { Basis::Reported };
        o.exports_musd
            .map(|value| Observed { value, basis })
            .or_else(|| o.total_musd.map(|value| Observed { value, basis: Basis::AtMost }))
    };
    r.plan.months.iter().map(of).collect()
}

/// The strip of the story's crossing, or of each crossing of a route where there is no story.
fn strips(r: &Results) -> Vec<Strip> {
    let c = &r.corridor;
    let (from, to) = period(r);
    let used = |id| c.trade.routes.iter().any(|x| x.crossings.contains(&id));
    c.border
        .crossings
        .enumerated()
        .filter(|(id, x)| used(*id) && x.mode != Mode::Place)
        .take(4)
        .map(|(id, x)| Strip { name: x.title.clone(), colour: colour(&x.colour), segments: segments(r, id, from, to) })
        .collect()
}

fn story_shut(r: &Results, label: &str) -> Vec<yalu_chart::Span> {
    let (from, to) = period(r);
    r.focus().map_or_else(Vec::new, |(crossing, _)| shut(r, crossing, from, to, label))
}

/// Exports by month: band of the model, dots of the record.
pub fn exports(r: &Results) -> FlowsByMonth {
    let [forward, _] = r.directions();
    let model = (0..r.plan.months.len())
        .map(|i| {
            Some(match r.band(|o| usd(o.months[i].exports_cents) / 1e6) {
                Some(b) => Modelled::Band(b),
                None => Modelled::Median(usd(r.months()[i].exports_cents) / 1e6),
            })
        })
        .collect();
    let record = observed(r);
    let held = record.iter().flatten().count();
    let title = match fit(r) {
        Some((inside, n)) => format!("Of {n} reported months the model’s band holds {inside}"),
        None => format!("Exports {forward} by month"),
    };
    FlowsByMonth {
        caption: caption(
            title,
            format!(
                "Value that left customs {forward}, million current USD a month, all routes. Line and bands: simulated, 5 – 95 and 25 – 75 %; dots: reported"
            ),
            format!(
                "Reported: {held} months of customs values as published, dates in observed.csv. {} Shaded: rail suspended, as judged.",
                if r.corridor.trade.accepted_habits.is_empty() {
                    "Nothing was fitted to them."
                } else {
                    "Twelve habits of trade were calibrated on them."
                }
            ),
        ),
        unit: "MUSD".into(),
        months: months(r),
        observed: record,
        model,
        model_name: "simulated".into(),
        model_colour: Colour::Rail,
        routes: Vec::new(),
        route_form: RouteForm::Lines,
        spans: story_shut(r, ""),
        strips: strips(r),
        notes: Vec::new(),
        mark: None,
    }
}

/// Exports by month under declared regimes, where those of the run were drawn from the ledger.
pub fn declared(r: &Results) -> Option<FlowsByMonth> {
    let bands = (0..r.plan.months.len()).map(|i| r.declared_band(|o| usd(o.months[i].exports_cents) / 1e6));
    let model: Option<Vec<_>> = bands.map(|b| b.map(|b| Some(Modelled::Band(b)))).collect();
    let drawn = exports(r);
    Some(FlowsByMonth {
        caption: caption(
            "The same under declared regimes",
            drawn.caption.subtitle.clone(),
            "Regimes as declared in regimes.csv: judged with what is known now. The chart of exports above has them drawn from the ledger.",
        ),
        model: model?,
        model_name: "declared".into(),
        ..drawn
    })
}

/// Reported months inside the 5-95 band, and all reported.
pub fn fit(r: &Results) -> Option<(usize, usize)> {
    let (mut inside, mut all) = (0, 0);
    for (i, o) in observed(r).iter().enumerate() {
        let Some(Observed { value, basis: Basis::Reported | Basis::Derived }) = o else { continue };
        let b = r.band(|x| usd(x.months[i].exports_cents) / 1e6)?;
        all += 1;
        inside += usize::from(b.p05 <= *value && *value <= b.p95);
    }
    (all > 0).then_some((inside, all))
}

/// Exports by route, one upon the other.
pub fn routes(r: &Results) -> FlowsByMonth {
    let [forward, _] = r.directions();
    // Of each run its months by route, of these the median.
    let by: Vec<Vec<_>> =
        r.ensemble.outcomes().iter().map(|o| o.months.iter().map(|m| r.routes(m)).collect()).collect();
    let median = |i: usize, k: usize| Band::of(by.iter().map(|run| run[i][k].exports_usd / 1e6)).map(|b| b.p50);
    let lines = r.corridor.trade.routes.enumerated().map(|(id, x)| RouteLine {
        name: x.title.clone(),
        colour: colour(&x.colour),
        mode: mode(x.mode),
        values: (0..r.plan.months.len()).map(|i| median(i, id.index())).collect(),
    });
    let total = |l: &RouteLine| l.values.iter().flatten().sum::<f64>();
    let (large, small): (Vec<RouteLine>, Vec<RouteLine>) = {
        let all: Vec<RouteLine> = lines.filter(|l| total(l) > 0.0).collect();
        let sum: f64 = all.iter().map(total).sum();
        all.into_iter().partition(|l| total(l) >= SMALL * sum)
    };
    let mut lines = large;
    if let Some(first) = small.first() {
        let values = (0..first.values.len()).map(|i| Some(small.iter().filter_map(|l| l.values[i]).sum())).collect();
        let name = if small.len() == 1 { first.name.clone() } else { format!("{} other routes", small.len()) };
        lines.push(RouteLine { name, colour: Colour::Grey, mode: yalu_chart::Mode::Road, values });
    }
    let most = lines.iter().max_by(|a, b| total(a).total_cmp(&total(b)));
    let all: f64 = lines.iter().map(total).sum();
    let title = most.map_or_else(
        || "Nothing crossed".to_string(),
        |l| format!("{} took {} of the simulated value", l.name, percent(total(l) / all)),
    );
    FlowsByMonth {
        caption: caption(
            title,
            format!(
                "Value that left customs {forward} by route, million current USD a month; median of the runs for each route"
            ),
            by_no_route(r),
        ),
        unit: "MUSD".into(),
        months: months(r),
        observed: Vec::new(),
        model: Vec::new(),
        model_name: String::new(),
        model_colour: Colour::Rail,
        routes: lines,
        route_form: RouteForm::Stack,
        spans: story_shut(r, ""),
        strips: strips(r),
        notes: Vec::new(),
        mark: None,
    }
}

/// What the picture of routes leaves out.
fn by_no_route(r: &Results) -> String {
    let cents: i64 = r.months().iter().flat_map(|m| m.exceptions).map(|f| f.usd_cents).sum();
    let beside = match cents {
        0 => String::new(),
        cents => format!(" Goods worth {} go by none of these routes.", Unit::Musd.write(usd(cents) / 1e6)),
    };
    format!("Medians of routes need not add up to the median of their sum.{beside}")
}

/// A curve of chances in per cent.
fn chances(title: String, subtitle: String, days: Vec<i32>, bands: Vec<[f64; 3]>) -> StockCurve {
    let band = |[low, middle, high]: [f64; 3]| {
        let [p05, p50, p95] = [low, middle, high].map(|p| p * 100.0);
        Some(Band { p05, p25: p50, p50, p75: p50, p95 })
    };
    StockCurve {
        caption: caption(title, subtitle, ""),
        unit: "%".into(),
        days,
        fans: vec![Fan { name: String::new(), colour: Colour::Rail, bands: bands.into_iter().map(band).collect() }],
        spans: Vec::new(),
        marks: Vec::new(),
    }
}

/// The chance that the story's crossing ran, as each day's reports had it, around the day.
pub fn belief(r: &Results, (before, after): (i32, i32)) -> Option<StockCurve> {
    let story = r.corridor.about.story.as_ref()?;
    let around = day(r, story.day);
    let series = r.knowledge.as_ref()?.then.get(&story.crossing)?;
    let near = series.iter().filter(|b| (around - before..=around + after).contains(&b.day.0));
    let (days, chance): (Vec<i32>, Vec<[f64; 3]>) = near.map(|b| (b.day.0, [b.running(); 3])).unzip();
    let marks = story_mark(r);
    let x = chances("Chance that it ran, %".into(), "%, from the reports".into(), days, chance);
    (!x.days.is_empty()).then_some(StockCurve { marks, ..x })
}

/// The chance that the story's crossing runs on the days after, as known on the day.
pub fn ahead(r: &Results) -> Option<StockCurve> {
    let k = r.knowledge.as_ref()?.story.as_ref()?;
    let days = k.forecast.days.iter().map(|d| d.belief.day.0).collect();
    let chance = k.forecast.days.iter().map(|d| [d.running.low, d.belief.running(), d.running.high]).collect();
    let title = format!("Chance that trains run, as known on {}, %", short_date(date_of(k.day.0)));
    Some(chances(title, "%; band: how long states last is not known exactly".into(), days, chance))
}

/// Tonnes waiting to cross over time, with what each reopening of the story's route found.
pub fn backlog(r: &Results) -> StockCurve {
    let (first, last) = period(r);
    let outcomes = r.ensemble.outcomes();
    let step = ((last - first) as usize / 400).max(1);
    let days: Vec<i32> = (first..=last).step_by(step).collect();
    let bands = days.iter().map(|d| {
        let i = (d - first) as usize;
        let at = |o: &yalu_sim::Outcome| o.waiting_t.get(i).map(|t| f64::from(*t));
        Band::of(outcomes.iter().filter_map(at))
    });
    let bands: Vec<_> = bands.collect();
    let drawn = days.iter().zip(&bands).filter_map(|(d, b)| Some((*d, (*b)?)));
    let peak = drawn.max_by(|a, b| a.1.p50.total_cmp(&b.1.p50));
    let title = match peak {
        Some((d, b)) if b.p95 > 0.0 => format!("Most waits on {}: {}", short_date(date_of(d)), b.write(Unit::Tonnes)),
        _ => "Nothing waits".into(),
    };
    StockCurve {
        caption: caption(
            title,
            "Net tonnes waiting to cross, all routes and both directions, at the end of the day; line median, bands 25 – 75 and 5 – 95 %",
            "Orders wait where no route runs only as far as shippers postpone them; the rest is cancelled (trade.toml).",
        ),
        unit: "t".into(),
        days,
        fans: vec![Fan { name: "waiting".into(), colour: Colour::Rail, bands }],
        spans: story_shut(r, ""),
        marks: story_mark(r),
    }
}

fn story_mark(r: &Results) -> Vec<CurveMark> {
    let Some((_, about)) = r.focus() else { return Vec::new() };
    let (from, to) = period(r);
    let d = day(r, about);
    if d < from || d > to {
        return Vec::new();
    }
    vec![CurveMark { day: d, text: r.day(about), more: String::new() }]
}

/// Hours of each step of a cut's way.
pub fn dwell(r: &Results) -> DwellBars {
    let told = r.ensemble.trace.since(r.plan.report_from);
    let steps = dwells(&r.corridor, &told);
    let longest = steps.iter().max_by(|a, b| a.whole_h.p50.total_cmp(&b.whole_h.p50));
    let title = longest.map_or_else(
        || "No cut of wagons was sent".into(),
        |d| format!("Longest: {}, half of the cuts over {} h", step_at(r, d.kind), fixed(d.whole_h.p50, 1)),
    );
    DwellBars {
        caption: caption(
            title,
            "Hours from ready to done, by step in the order they happen; bar 10 – 90 % of cuts, tick median",
            format!("{} A step’s hours hold its wait for staff, opening, train or place.", r.shown()),
        ),
        rows: steps
            .iter()
            .map(|d| DwellRow {
                name: step_at(r, d.kind).rsplit(": ").next().unwrap_or_default().to_string(),
                place: match step_at(r, d.kind).split_once(": ") {
                    Some((place, _)) => format!("{place}, {} cuts", d.cuts),
                    None => format!("{} cuts", d.cuts),
                },
                colour: Colour::Rail,
                hours: Some(Spread { p10: d.p10_p90_h.0, p50: d.whole_h.p50, p90: d.p10_p90_h.1 }),
                sourced: None,
            })
            .collect(),
        axis_end: None,
    }
}

/// Cars counted, by who counted them.
pub fn counts(r: &Results) -> Option<DotTimeline> {
    let c = &r.corridor;
    let story = c.about.story.as_ref()?;
    let crossing = &c.border.crossings[story.crossing].id;
    let counted = |unit: &str| unit.split(' ').any(|w| w == "cars" || w == "wagons");
    let story_day = CivilDay::at(r.zone(), story.day);
    let mut rows: Vec<(CivilDay, CountRow)> = Vec::new();
    for x in c.record.reports.iter().filter(|x| &x.crossing == crossing && !x.derived && counted(&x.unit)) {
        let (Some(at), Some(value)) = (x.event_start, x.qty) else { continue };
        let kind = if x.unit.contains("more than") || x.unit.contains("at least") {
            CountKind::AtLeast
        } else if x.source_type.contains("observation") || x.source_type.contains("satellite") {
            CountKind::Seen
        } else {
            CountKind::Said
        };
        let count = Count { value, kind, text: x.source.clone() };
        match rows.iter_mut().find(|(t, _)| *t == at) {
            Some((_, row)) => row.counts.push(count),
            None => rows.push((
                at,
                CountRow {
                    name: short_date(date_of(at.0)),
                    more: String::new(),
                    main: at == story_day,
                    counts: vec![count],
                },
            )),
        }
    }
    rows.sort_by_key(|x| x.0);
    (!rows.is_empty()).then(|| DotTimeline {
        caption: caption("Cars counted, by day", "cars of one train; filled seen, ring said, arrow at least", ""),
        unit: "cars".into(),
        rows: rows.into_iter().map(|x| x.1).collect(),
    })
}

/// The year of the day the answers are about: exports as reported and simulated under the states of the crossing.
pub fn year(r: &Results) -> Option<FlowsByMonth> {
    let (crossing, about) = r.focus()?;
    let c = &r.corridor;
    let (year, ..) = yalu_calendar::civil(r.zone(), about);
    let first = r.plan.months.iter().position(|m| m.0 == year)?;
    let last = r.plan.months.iter().rposition(|m| m.0 == year)?;
    let mut chart = cut(exports(r), first..last + 1);
    let title = &c.border.crossings[crossing].title;
    let shut = |d: &yalu_plan::Day| {
        let now = yalu_regime::declared(c, crossing, d.start);
        now.is_some_and(|g| g.state == yalu_model::State::Suspended)
    };
    let days = |i: usize| r.plan.days.iter().filter(move |d| usize::from(d.month) == i);
    let seen = |i: &usize| chart.observed[*i - first].filter(|o| o.basis != Basis::AtMost).map(|o| o.value);
    let held: Vec<usize> = (first..=last).filter(|i| seen(i).is_some()).collect();
    let (from, to) = (chart.months[0].first_day(), chart.months[chart.months.len() - 1].last_day());
    // The last month reported before it was shut all month, and the last reported with it shut all month.
    let whole = |i: &&usize| days(**i).all(shut);
    let until = held.iter().rfind(whole).copied();
    let before =
        until.and_then(|u| held.iter().rfind(|i| **i < u && days(**i).next().is_some_and(|d| !shut(d))).copied());
    let finding = before.zip(until).and_then(|(b, u)| {
        let share = seen(&u)? / seen(&b)?;
        let month = |i: usize| yalu_calendar::month_name(r.plan.months[i].1);
        Some(format!("With {title} shut, exports were at {} of {}’s by {}", percent(share), month(b), month(u)))
    });
    let inside = held.iter().filter(|i| match chart.model[**i - first] {
        Some(Modelled::Band(b)) => seen(i).is_some_and(|v| b.p05 <= v && v <= b.p95),
        _ => false,
    });
    let inside = inside.count();
    let [forward, _] = r.directions();
    let fits = match held.len() {
        0 => " No month of it was reported.".to_owned(),
        n => format!(" The model’s band holds {inside} of {n} reported months."),
    };
    chart.caption = caption(
        finding.unwrap_or_else(|| format!("Exports in {year}, and when {title} was shut")),
        format!(
            "Exports {forward} by month, all routes, million USD: dots reported, rings derived, line and bands simulated.{fits}"
        ),
        "",
    );
    chart.strips = vec![Strip {
        name: title.clone(),
        colour: colour(&c.border.crossings[crossing].colour),
        segments: segments(r, crossing, from, to),
    }];
    chart.mark = Some(yalu_chart::DayMark { day: day(r, about), text: r.day(about) });
    Some(chart)
}

/// The reports that weigh most on the day’s belief.
pub fn weights(r: &Results) -> Option<Bars> {
    let [most, against] = &r.knowledge.as_ref()?.story.as_ref()?.reasons;
    let bar = |x: &Reason| Bar {
        name: format!("{} {}", x.id, x.source),
        value: x.bits,
        text: x.weight(),
        main: x.bits > 0.0,
    };
    let rows: Vec<Bar> = most.iter().take(3).chain(against.iter().take(1)).map(bar).collect();
    let words = caption("Reports by weight, bits", "", "");
    (!rows.is_empty()).then(|| Bars { caption: words, unit: "bits".into(), full: 0.0, rows })
}

/// In how many runs each limit comes first.
pub fn limits(r: &Results) -> Option<Bars> {
    let found = yalu_view::run::first_limits(r);
    let n = r.ensemble.outcomes().len();
    let rows = found.iter().enumerate().map(|(i, (limit, runs))| Bar {
        name: sentence_case(limit),
        value: *runs as f64,
        text: runs.to_string(),
        main: i == 0,
    });
    let words = caption(format!("First limit of trains, of {}", Unit::Runs.count(n)), "", "");
    let rows: Vec<Bar> = rows.collect();
    (!rows.is_empty()).then(|| Bars { caption: words, unit: "runs".into(), full: n as f64, rows })
}

/// Loaded trains that wait to cross, by day, around a day.
pub fn standing(r: &Results, around: Instant, (before, after): (i32, i32)) -> Option<StockCurve> {
    let routes = yalu_view::run::focus_routes(r);
    let crossing = routes.first()?.1.crossings.first().copied();
    let (first, last) = period(r);
    let d = day(r, around);
    let days: Vec<i32> = (d - before..=d + after).filter(|x| (first..=last).contains(x)).collect();
    let trains = |o: &yalu_sim::Outcome, x: i32| -> Option<f64> {
        let at = |k: usize| Some(f64::from(o.standing.get(k)?.get((x - first) as usize)?.trains()));
        routes.iter().map(|(k, _)| at(*k)).sum()
    };
    let bands: Vec<_> =
        days.iter().map(|x| Band::of(r.ensemble.outcomes().iter().filter_map(|o| trains(o, *x)))).collect();
    let spans =
        crossing.map_or_else(Vec::new, |id| shut(r, id, *days.first().unwrap_or(&d), *days.last().unwrap_or(&d), ""));
    (!days.is_empty()).then(|| StockCurve {
        caption: caption(
            "Loaded trains that wait to cross",
            format!(
                "Trains for {} at the end of each day, in the yard and at stations before it",
                yalu_view::run::rail_title(r, &routes)
            ),
            "A train waits when it is formed and has not crossed. Line median, bands 25 – 75 and 5 – 95 % of runs.",
        ),
        unit: "trains".into(),
        days,
        fans: vec![Fan { name: String::new(), colour: Colour::Rail, bands }],
        spans,
        marks: vec![CurveMark { day: d, text: r.day(around), more: String::new() }],
    })
}

/// A state in a word or two.
pub fn word(s: yalu_model::State) -> &'static str {
    match s {
        yalu_model::State::NotOpened => "not opened",
        yalu_model::State::Suspended => "suspended",
        yalu_model::State::Limited => "limited",
        yalu_model::State::Open => "open",
        yalu_model::State::Unknown => "not known",
    }
}

/// The map for a phone: the line and what lies along it; crossings far off are marks without a name.
pub fn map_narrow(r: &Results) -> CorridorMap {
    let whole = map(r);
    let c = &r.corridor;
    let near = |at: &LatLon| {
        let own = c.line.sections.iter().map(|s| c.line.points[s.from].position);
        own.map(|p| (p.lat - at.lat).abs() + (p.lon - at.lon).abs()).fold(f64::INFINITY, f64::min) < 0.3
    };
    let crossings = whole.crossings.into_iter().filter(|x| near(&x.at)).collect();
    let lines = whole
        .lines
        .into_iter()
        .filter(|l| l.name.is_empty() || l.mode == yalu_chart::Mode::Sea)
        .map(|l| MapLine { name: l.name.split(' ').next().unwrap_or_default().to_string(), ..l });
    let lines = lines.filter(|l| l.points.iter().all(near) || l.mode == yalu_chart::Mode::Sea).collect();
    CorridorMap { crossings, lines, ..whole }
}

/// The line and the crossings, widths by median tonnes of the runs.
pub fn map(r: &Results) -> CorridorMap {
    let c = &r.corridor;
    let at = |p: yalu_model::PointId| {
        let x = c.line.points[p].position;
        LatLon { lat: x.lat, lon: x.lon }
    };
    let run = |o: &yalu_sim::Outcome, k: usize| o.months.iter().map(|m| r.routes(m)[k].tonnes).sum::<f64>();
    let tonnes: Vec<f64> = (0..c.trade.routes.len())
        .map(|k| Band::of(r.ensemble.outcomes().iter().map(|o| run(o, k))).map_or(0.0, |b| b.p50))
        .collect();
    let most = tonnes.iter().copied().fold(1.0, f64::max);
    let mut lines: Vec<MapLine> = Vec::new();
    let rail = c.trade.routes.enumerated().find(|(_, x)| x.rail.is_some());
    for line in joined(c) {
        lines.push(MapLine {
            name: String::new(),
            colour: rail.map_or(Colour::Rail, |(_, x)| colour(&x.colour)),
            mode: yalu_chart::Mode::Rail,
            load: rail.map_or(0.0, |(id, _)| tonnes[id.index()] / most),
            points: line.into_iter().map(at).collect(),
        });
    }
    for (id, x) in c.trade.routes.enumerated().filter(|(_, x)| x.rail.is_none()) {
        // A way of a few kilometres is named by its crossing.
        let far =
            (at(x.waits_at).lat - at(x.released_at).lat).abs() + (at(x.waits_at).lon - at(x.released_at).lon).abs();
        lines.push(MapLine {
            name: if far > 0.3 { x.title.clone() } else { String::new() },
            colour: colour(&x.colour),
            mode: mode(x.mode),
            load: tonnes[id.index()] / most,
            points: vec![at(x.waits_at), at(x.released_at)],
        });
    }
    let big = |k: PointKind| matches!(k, PointKind::BorderStation | PointKind::Terminus | PointKind::Port);
    let points = c.line.points.iter().filter(|p| big(p.kind)).map(|p| MapPoint {
        at: LatLon { lat: p.position.lat, lon: p.position.lon },
        name: p.name.clone(),
        local: p.local_name.clone(),
        main: p.kind == PointKind::BorderStation,
    });
    let when = c.about.story.as_ref().map_or(c.horizon.from, |s| s.day);
    let on_a_route = |id| c.trade.routes.iter().any(|x| x.crossings.contains(&id));
    let shown = c.border.crossings.enumerated().filter(|(id, x)| x.mode != Mode::Place && on_a_route(*id));
    let crossings = shown.filter_map(|(id, x)| {
        let p = x.position?;
        let now = yalu_regime::declared(c, id, when);
        Some(CrossingMark {
            at: LatLon { lat: p.lat, lon: p.lon },
            name: x.title.clone(),
            colour: colour(&x.colour),
            state: state(now.map_or(yalu_model::State::Unknown, |g| g.state)),
        })
    });
    CorridorMap {
        caption: caption(
            format!("{} operational points on {} km of line", c.line.sections.len() + 1, km(r)),
            format!("Routes by width: net tonnes, median of the runs; crossings by their state on {}", r.day(when)),
            "Positions are from open sources; interpolated points lie on the straight line between neighbours. Road and sea routes are drawn straight.",
        ),
        lines,
        points: points.collect(),
        crossings: crossings.collect(),
    }
}

fn km(r: &Results) -> String {
    let m: f64 = r.corridor.line.sections.iter().map(|s| s.length_m.central()).sum();
    fixed(m / 1000.0, 0)
}

/// Sections of line strung together where they join two and two.
fn joined(c: &yalu_model::Corridor) -> Vec<Vec<yalu_model::PointId>> {
    let mut lines: Vec<Vec<yalu_model::PointId>> = Vec::new();
    for s in &c.line.sections {
        match lines.iter_mut().find(|l| l.last() == Some(&s.from)) {
            Some(l) => l.push(s.to),
            None => lines.push(vec![s.from, s.to]),
        }
    }
    lines
}

/// Exports with the closure and with the border left running.
pub fn cost(r: &Results) -> Option<FlowsByMonth> {
    let x = r.closure.as_ref()?;
    let range = x.months.0..x.months.1 + 1;
    let mut chart = cut(exports(r), range);
    chart.caption = caption("Exports, MUSD a month; grey: left running", "MUSD a month; dots reported", "");
    chart.routes = vec![RouteLine {
        name: "left running".into(),
        colour: Colour::Ink2,
        mode: yalu_chart::Mode::Road,
        values: x.left_running_usd.iter().map(|b| Some(b.p50() / 1e6)).collect(),
    }];
    Some(chart)
}

/// A chart of some of its months.
fn cut(chart: FlowsByMonth, range: std::ops::Range<usize>) -> FlowsByMonth {
    let months = chart.months[range.clone()].to_vec();
    let (from, to) = (months.first().map_or(0, |m| m.first_day()), months.last().map_or(0, |m| m.last_day()));
    FlowsByMonth {
        observed: chart.observed[range.clone()].to_vec(),
        model: chart.model[range].to_vec(),
        spans: chart
            .spans
            .into_iter()
            .filter(|s| s.to >= from && s.from <= to)
            .map(|s| yalu_chart::Span { from: s.from.max(from), to: s.to.min(to), ..s })
            .collect(),
        strips: Vec::new(),
        months,
        ..chart
    }
}
