//! The page of the monitor: the board first, then every crossing, events, doubted counts and the method.

use crate::drawn::caption;
use crate::{Align, Figure, Report, Rich, Run, Section, Table, html, plain};
use yalu_chart::{
    Basis, BoardRow, Bullet, Colour, CrossingBoard, FlowMap, FlowMark, FlowsByMonth, LatLon, Modelled, Month, Observed,
    Span, Standing, WIDE,
};
use yalu_number::Band;
use yalu_view::watch::{Event, History, Watch, WatchedCrossing};
use yalu_watch::{Counts, Period, Step, Thresholds};

/// Width of a small picture.
const SMALL: f64 = 372.0;
/// Events that have a part of the page with pictures.
const PICTURED: usize = 40;
/// Measures that the board has a column for.
const COLUMNS: usize = 3;
/// Crossings that the map names for their size.
const NAMED: usize = 10;
/// Crossings that have a small picture.
const MULTIPLES: usize = 60;
/// Rows of doubted counts on the page; board.json has all.
const DOUBTS: usize = 200;

fn whole(x: Option<f64>) -> String {
    x.map_or_else(|| "no row".into(), yalu_number::whole)
}

/// The page.
pub fn page(w: &Watch, counts: &Counts) -> String {
    let s = &w.states;
    let held = format!(
        "{} of {} counts lay in the 90 % range of their day",
        yalu_number::whole(w.table.held as f64),
        yalu_number::whole(w.table.judged as f64)
    );
    let mut sections = vec![board(w), multiples(w, counts), events(w)];
    sections.extend(w.events.iter().filter(|e| !e.history.is_empty()).take(PICTURED).map(|e| event(e, counts)));
    sections.extend([doubts(w), method(w)]);
    html(&Report {
        title: format!("{} rail crossings", w.crossings.len()),
        date: w.period_words.clone(),
        headline: w.headline.clone(),
        lead: plain(format!(
            "{} are in their normal range, {} below it, {} shut, {} late. {} are not known, which is not the same as no trains.",
            s.normal, s.reduced, s.shut, s.late, s.unknown
        )),
        meta: vec![
            (
                "Counts".into(),
                plain(format!(
                    "{} to {}, by {}; {} crossings",
                    w.table.from,
                    w.table.to,
                    w.table.step,
                    w.crossings.len()
                )),
            ),
            ("Known as of".into(), plain(w.table.files.join(", "))),
            ("Normal range".into(), plain(held)),
        ],
        sections,
        attribution: vec!["Counts and values: as published by the sources of the files named above.".into()],
        command: format!("yalu watch {}", w.table.files.join(" ")),
        version: env!("CARGO_PKG_VERSION").into(),
        ..Report::default()
    })
}

fn standing(c: &WatchedCrossing) -> Standing {
    match c.state.as_str() {
        "shut" | "shut or not reported" => Standing::Shut,
        "reduced" => Standing::Reduced,
        "normal" => Standing::Normal,
        "late" => Standing::Late,
        _ => Standing::Unknown,
    }
}

/// Measures that the board shows, in the order in which crossings have them.
fn measures(w: &Watch) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for m in w.crossings.iter().flat_map(|c| &c.measures) {
        if !all.contains(&m.measure) {
            all.push(m.measure.clone());
        }
    }
    all.sort_by_key(|m| m != "trains");
    all.truncate(COLUMNS);
    all
}

/// Discs by what crossed in the last period; none where no place is known.
fn map(w: &Watch, measure: &str) -> Option<Figure> {
    let of = |c: &WatchedCrossing| c.measures.iter().find(|m| m.measure == measure).and_then(|m| m.count);
    let mut flows: Vec<f64> = w.crossings.iter().filter_map(of).collect();
    flows.sort_by(f64::total_cmp);
    let named = flows.get(flows.len().saturating_sub(NAMED)).copied().unwrap_or(0.0);
    let mark = |c: &WatchedCrossing| {
        let (standing, flow) = (standing(c), of(c));
        let told = matches!(standing, Standing::Shut | Standing::Reduced | Standing::Late);
        let name = if told || flow.is_some_and(|f| f >= named) { c.name.clone() } else { String::new() };
        let more = if told { standing.word().to_owned() } else { String::new() };
        let at = LatLon { lat: c.latitude?, lon: c.longitude? };
        Some(FlowMark { at, name, more, flow: flow.unwrap_or(f64::NAN), standing })
    };
    let marks: Vec<FlowMark> = w.crossings.iter().filter_map(mark).collect();
    let chart = FlowMap {
        caption: caption(
            format!("{} of {} crossings are normal", w.states.normal, w.crossings.len()),
            format!("{measure}, {}; area of disc", w.period_words),
            "Places as the file gives them. The largest are named, and all that are not normal.",
        ),
        unit: format!("{measure} a {}", w.table.step),
        marks,
    };
    (!chart.marks.is_empty()).then(|| Figure::of("map", &chart, WIDE))
}

/// Every crossing as a line of the board.
fn rows(w: &Watch, measures: &[String]) -> CrossingBoard {
    let known = |x: Option<f64>| x.unwrap_or(f64::NAN);
    let row = |c: &WatchedCrossing| BoardRow {
        name: c.name.clone(),
        standing: standing(c),
        since: c.since_words.clone(),
        note: c.why.clone().unwrap_or_default(),
        bullets: measures
            .iter()
            .map(|name| {
                let m = c.measures.iter().find(|m| m.measure == *name)?;
                let (expected, low, high) = (m.expected, m.low, m.high);
                Some(Bullet { observed: known(m.count), expected, low, high, doubted: m.doubt.is_some() })
            })
            .collect(),
        strip: c
            .history
            .iter()
            .find(|h| Some(&h.measure) == measures.first())
            .into_iter()
            .flat_map(|h| &h.points)
            .map(|p| Bullet {
                observed: known(p.count),
                expected: known(p.expected),
                low: known(p.low),
                high: known(p.high),
                doubted: p.doubted,
            })
            .collect(),
    };
    let first = measures.first().map_or("", String::as_str);
    CrossingBoard {
        caption: caption(
            "Every crossing, those below range first",
            format!("{}: counted of expected, with the 90 % range of those before", w.period_words),
            "Scale of each bar: nothing to twice the expected; bold outside the range; a ringed dot is doubted.",
        ),
        strip: format!(
            "{first}, the {} last {}s",
            w.crossings.first().and_then(|c| c.history.first()).map_or(0, |h| h.points.len()),
            w.table.step
        ),
        measures: measures.to_vec(),
        rows: w.crossings.iter().map(row).collect(),
    }
}

fn board(w: &Watch) -> Section {
    let measures = measures(w);
    let map = measures.first().and_then(|m| map(w, m));
    let board = Figure::of("board", &rows(w, &measures), WIDE);
    // A line of news: the crossing or what is doubted, then its figures.
    let news = |c: &String| {
        let (what, figures) = c.split_once(": ").unwrap_or((c, ""));
        (what.to_owned(), plain(figures))
    };
    Section {
        id: "board".into(),
        title: format!("New in {}", w.period_words),
        short: "Board".into(),
        lead: if w.changed.is_empty() { plain("Nothing is new.") } else { Vec::new() },
        facts: w.changed.iter().map(news).collect(),
        figures: map.into_iter().chain([board]).collect(),
        ..Section::default()
    }
}

/// What is to come, and what such counts can show.
fn next(w: &Watch) -> Table {
    let row = |c: &WatchedCrossing| {
        let f = c.forecast.first()?;
        let band = f.low.zip(f.high).map(|(a, b)| format!(" ({} – {})", yalu_number::whole(a), yalu_number::whole(b)));
        Some(vec![
            plain(c.name.as_str()),
            plain(f.measure.as_str()),
            vec![Run::Band(format!("{}{}", yalu_number::whole(f.value), band.unwrap_or_default()))],
            plain(c.smallest_days.map_or_else(String::new, |d| yalu_number::whole(d.ceil()))),
        ])
    };
    let columns = [
        ("Crossing", Align::Left),
        ("Measure", Align::Left),
        ("Next, 90 % band", Align::Right),
        ("Smallest closure that shows, days", Align::Right),
    ];
    Table {
        id: "next".into(),
        title: format!("The {} to come, and what can be seen", w.table.step),
        columns: columns.map(|(h, a)| (h.to_owned(), a)).to_vec(),
        rows: w.crossings.iter().filter_map(row).collect(),
        foot: "A closure of under two standard deviations cannot be seen in such counts. board.json has twelve periods ahead.".into(),
    }
}

/// Counts as dots over the range of their day; none of tables by week or day.
fn picture(h: &History, counts: &Counts, title: String, shaded: Option<(&str, &str, &str)>) -> Option<FlowsByMonth> {
    if counts.step != Step::Month {
        return None;
    }
    let period = |text: &str| Period::parse(text, Step::Month);
    let day = |text: &str, last: bool| {
        period(text).map_or(0, |p| if last { p.first_day() + p.days() - 1 } else { p.first_day() })
    };
    let months = h.points.iter().filter_map(|p| period(&p.period)).map(|p| {
        let (year, month, _) = p.begins();
        Month { year, month }
    });
    let band = |p: &yalu_view::watch::Point| {
        let (e, low, high) = (p.expected?, p.low?, p.high?);
        // Half of the ninety per cent range lies within 0.41 of its half widths, by the normal law.
        let inner = |end: f64| e * (end / e).powf(0.41);
        Some(Modelled::Band(Band { p05: low, p25: inner(low), p50: e, p75: inner(high), p95: high }))
    };
    let basis = |doubted: bool| if doubted { Basis::Derived } else { Basis::Reported };
    Some(FlowsByMonth {
        caption: caption(
            title,
            format!("{}; dots counted, rings doubted, band 90 % of its day", h.measure),
            String::new(),
        ),
        unit: String::new(),
        months: months.collect(),
        observed: h.points.iter().map(|p| p.count.map(|value| Observed { value, basis: basis(p.doubted) })).collect(),
        model: h.points.iter().map(band).collect(),
        model_colour: Colour::Rail,
        spans: shaded
            .map(|(from, to, label)| Span { from: day(from, false), to: day(to, true), label: label.into() })
            .into_iter()
            .collect(),
        ..FlowsByMonth::default()
    })
}

fn multiples(w: &Watch, counts: &Counts) -> Section {
    let figures = w.crossings.iter().filter(|c| c.state != "unknown").take(MULTIPLES).filter_map(|c| {
        let title = match c.measures.first() {
            Some(m) => format!("{}: {} of {}", c.name, whole(m.count), yalu_number::whole(m.expected)),
            None => format!("{} has no range", c.name),
        };
        let chart = picture(c.history.first()?, counts, title, None)?;
        Some(Figure::of(&format!("c-{}", c.key), &chart, SMALL))
    });
    Section {
        id: "crossings".into(),
        title: "Every crossing, two years".into(),
        short: "Crossings".into(),
        lead: plain("Dots are counts as published, and bands what was to be expected of each by those before it."),
        figures: figures.collect(),
        tables: vec![next(w)],
        ..Section::default()
    }
}

fn event(e: &Event, counts: &Counts) -> Section {
    let label = if e.kind == "closure" { "shut" } else { "" };
    let shaded = (e.kind == "closure").then_some((e.from.as_str(), e.to.as_str(), label));
    let figures = e.history.iter().filter_map(|h| {
        let d = e.differences.iter().find(|d| d.measure == h.measure);
        let title = d.map_or_else(
            || h.measure.clone(),
            |d| {
                format!(
                    "{}: {} where {} were expected",
                    h.measure,
                    yalu_number::whole(d.counted),
                    yalu_number::whole(d.expected)
                )
            },
        );
        Some(Figure::of(
            &format!("{}-{}", e.id, h.measure.replace(' ', "-")),
            &picture(h, counts, title, shaded)?,
            SMALL,
        ))
    });
    let difference = |of: &str, d: &yalu_view::watch::Difference| -> Vec<Rich> {
        let gain = d.counted - d.expected;
        let band =
            format!("{} ({} – {})", yalu_number::whole(gain), yalu_number::whole(d.low), yalu_number::whole(d.high));
        vec![
            plain(of),
            plain(d.measure.as_str()),
            plain(yalu_number::whole(d.counted)),
            plain(yalu_number::whole(d.expected)),
            vec![Run::Band(band)],
        ]
    };
    let mut rows: Vec<Vec<Rich>> = e.differences.iter().map(|d| difference(&e.name, d)).collect();
    for o in &e.other_ways {
        let name = if o.visible { o.name.clone() } else { format!("{}, not visible", o.name) };
        rows.extend(o.differences.iter().map(|d| difference(&name, d)));
    }
    rows.extend(e.road.iter().map(|d| difference(&format!("{}, road", e.name), d)));
    rows.extend(e.after.iter().map(|d| difference("three periods after", d)));
    for v in &e.value {
        let chapter = v.chapter.as_ref().map_or_else(|| "all chapters".into(), |c| format!("chapter {c}"));
        rows.extend([difference(&format!("direction {}, {chapter}", v.direction), &v.difference)]);
    }
    let columns = [
        ("Where", Align::Left),
        ("Measure", Align::Left),
        ("Counted", Align::Right),
        ("Expected", Align::Right),
        ("Difference (5 – 95 %)", Align::Right),
    ];
    let mut text: Vec<Rich> = e.sentences.iter().skip(1).map(|s| plain(s.as_str())).collect();
    if e.value.is_empty() {
        text.push(plain("Value by chapter: not held for these periods."));
    }
    Section {
        id: format!("event-{}", e.id),
        title: e.title.clone(),
        listed: true,
        lead: plain(e.sentences.first().map_or("", String::as_str)),
        figures: figures.collect(),
        tables: vec![Table {
            id: format!("gains-{}", e.id),
            title: "Lost and gained against the expected".into(),
            columns: columns.map(|(h, a)| (h.to_owned(), a)).to_vec(),
            rows,
            foot: "The periods of the event are left out of what is expected. Gains at neighbours are held between nothing and all that was lost; several can add up to more.".into(),
        }],
        text, ..Section::default() }
}

fn events(w: &Watch) -> Section {
    let row = |e: &Event| -> Vec<Rich> {
        vec![
            plain(e.from.as_str()),
            plain(e.name.as_str()),
            plain(e.kind.as_str()),
            plain(e.periods.to_string()),
            plain(yalu_number::percent(e.change)),
            plain(yalu_number::percent(e.chance)),
            plain(e.cause.clone().unwrap_or_default()),
        ]
    };
    let columns = [
        ("From", Align::Left),
        ("Crossing", Align::Left),
        ("Kind", Align::Left),
        ("Periods", Align::Right),
        ("Change", Align::Right),
        ("Chance", Align::Right),
        ("Cause", Align::Left),
    ];
    let r = &w.recovery;
    let back: Vec<String> = r.back.iter().map(|b| yalu_number::percent(*b)).collect();
    let mut text = vec![plain(format!(
        "Of {} falls and closures that ended, {} were back in the first period after, {} by the second, {} by the third.",
        r.paths, back[0], back[1], back[2]
    ))];
    if let Some([mean, se]) = r.made_up {
        text.push(plain(format!(
            "Made up in the three periods after, mean of all: {} (standard error {}).",
            yalu_number::percent(mean),
            yalu_number::percent(se)
        )));
    }
    Section {
        id: "events".into(),
        title: format!("{} events since {}", w.events.len(), w.table.from),
        short: "Events".into(),
        tables: vec![Table {
            id: "events".into(),
            title: "All events, the latest first".into(),
            columns: columns.map(|(h, a)| (h.to_owned(), a)).to_vec(),
            rows: w.events.iter().map(row).collect(),
            foot: "Change: all measures together in the period furthest out. A fall is no cause.".into(),
        }],
        text,
        ..Section::default()
    }
}

fn doubts(w: &Watch) -> Section {
    let rows = w.doubts.iter().rev().take(DOUBTS).map(|d| -> Vec<Rich> {
        vec![
            plain(d.period.as_str()),
            plain(d.name.as_str()),
            plain(d.measure.as_str()),
            plain(whole(d.count)),
            plain(whole(d.expected)),
            plain(d.why.as_str()),
        ]
    });
    let columns = [
        ("Period", Align::Left),
        ("Crossing", Align::Left),
        ("Measure", Align::Left),
        ("Count", Align::Right),
        ("Expected", Align::Right),
        ("Doubt", Align::Left),
    ];
    Section {
        id: "doubts".into(),
        title: format!("{} counts are doubted and called nothing", w.doubts.len()),
        short: "Data faults".into(),
        tables: vec![Table {
            id: "doubts".into(),
            title: "Doubted counts".into(),
            columns: columns.map(|(h, a)| (h.to_owned(), a)).to_vec(),
            rows: rows.collect(),
            foot: "Drawn, never judged, never taught to the normal range; board.json has all.".into(),
        }],
        text: w.notes.iter().map(|n| plain(n.as_str())).collect(),
        ..Section::default()
    }
}

fn method(w: &Watch) -> Section {
    Section {
        id: "method".into(),
        title: "How a crossing is judged".into(),
        short: "Method".into(),
        lead: plain(
            "Each period is judged by those before it alone: a level at two speeds and indices of the season shared between crossings. All rail measures of a crossing are taken together; one alone calls nothing.",
        ),
        text: [
            plain(format!(
                "Below range: {} robust standard deviations for all measures together. Shut: all of them under a quarter of the expected. docs/watch.md has equations, sources and tests.",
                Thresholds::default().0[0]
            )),
            plain(format!(
                "Recoveries lay in the 90 % band of other crossings in {} of cases in the first period after.",
                yalu_number::percent(w.recovery.held.first().copied().unwrap_or(0.0))
            )),
        ]
        .into_iter()
        .chain(wrong(w))
        .collect(),
        ..Section::default()
    }
}

fn wrong(w: &Watch) -> Vec<Rich> {
    let mut out = vec![
        plain("Counts by month do not show on which days a crossing was shut, nor by which way goods went instead."),
        plain("A closure fully taken over by one neighbour and a code that moved look alike in counts."),
        plain(
            "A one-period exchange of the counts of two crossings of like size can look like a closure of one of them.",
        ),
    ];
    if w.table.value_from.is_none() {
        out.push(plain("Value by chapter is not held: a file of TransBorder data beside the counts would add it."));
    }
    out
}
