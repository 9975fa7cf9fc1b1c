//! The page of the monitor: the board first, then every crossing, events, doubted counts and the method.

use crate::report::caption;
use yalu_chart::{
    Basis, Colour, CorridorMap, CrossingMark, FlowsByMonth, LatLon, Modelled, Month, Observed, Span, State, WIDE,
};
use yalu_number::Band;
use yalu_report::{Align, Figure, Report, Rich, Run, Section, Table, html, plain};
use yalu_view::watch::{Crossing, Event, History, Watch};
use yalu_watch::{Counts, Period, Step};

/// Width of a small picture.
const SMALL: f64 = 372.0;
/// Events that have a part of the page with pictures.
const PICTURED: usize = 40;
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
    let mut sections = vec![board(w, counts), multiples(w, counts)];
    sections.extend(w.events.iter().filter(|e| !e.history.is_empty()).take(PICTURED).map(|e| event(e, counts)));
    sections.extend([events(w), doubts(w), method(w)]);
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
        wrong: wrong(w),
        attribution: vec!["Counts and values: as published by the sources of the files named above.".into()],
        command: format!("yalu watch {}", w.table.files.join(" ")),
        version: env!("CARGO_PKG_VERSION").into(),
        ..Report::default()
    })
}

fn board(w: &Watch, counts: &Counts) -> Section {
    let marks: Vec<CrossingMark> = w
        .crossings
        .iter()
        .filter_map(|c| {
            let state = match c.state.as_str() {
                "shut" | "shut or not reported" => State::Suspended,
                "reduced" => State::Limited,
                "normal" => State::Open,
                _ => State::Unknown,
            };
            let name = if state == State::Open { String::new() } else { c.name.clone() };
            Some(CrossingMark { at: LatLon { lat: c.latitude?, lon: c.longitude? }, name, colour: Colour::Rail, state })
        })
        .collect();
    let map = (!marks.is_empty()).then(|| {
        let chart = CorridorMap {
            caption: caption(
                format!("{} of {} crossings are normal", w.states.normal, w.crossings.len()),
                format!("State of each crossing in {}", w.period_words),
                "Places as the file gives them. Only crossings that are not normal are named.",
            ),
            crossings: marks,
            ..CorridorMap::default()
        };
        Figure::of("map", &chart, WIDE)
    });
    let measures: Vec<String> = {
        let mut all: Vec<String> =
            w.crossings.iter().flat_map(|c| c.measures.iter().map(|m| m.measure.clone())).collect();
        all.sort();
        all.dedup();
        all.sort_by_key(|m| usize::from(m != "trains"));
        all
    };
    let mut columns = vec![
        ("Crossing".to_owned(), Align::Left),
        ("State".to_owned(), Align::Left),
        ("Since".to_owned(), Align::Left),
    ];
    columns.extend(measures.iter().map(|m| (m.clone(), Align::Right)));
    columns.extend([
        ("Smallest closure that shows, days".to_owned(), Align::Right),
        ("Next, 90 % band".to_owned(), Align::Right),
    ]);
    let rows = w.crossings.iter().map(|c| row(c, &measures)).collect();
    let table = Table {
        id: "board".into(),
        title: "Every crossing, those below range first".into(),
        columns,
        rows,
        foot: "Observed of expected, with the 90 % range of the day; bold outside it. A closure of under two standard deviations cannot be seen in such counts.".into(),
    };
    let new: Vec<Rich> = if w.changed.is_empty() {
        vec![plain("Nothing is new.")]
    } else {
        w.changed.iter().map(|c| plain(c.as_str())).collect()
    };
    let _ = counts;
    Section {
        id: "board".into(),
        title: format!("New in {}", w.period_words),
        short: "Board".into(),
        lead: new.first().cloned().unwrap_or_default(),
        figures: map.into_iter().collect(),
        tables: vec![table],
        text: new.into_iter().skip(1).collect(),
        ..Section::default()
    }
}

fn row(c: &Crossing, measures: &[String]) -> Vec<Rich> {
    let mut out = vec![plain(c.name.as_str())];
    out.push(plain(c.why.as_ref().map_or_else(|| c.state.clone(), |w| format!("{}: {w}", c.state))));
    out.push(plain(c.since_words.as_str()));
    for name in measures {
        out.push(c.measures.iter().find(|m| m.measure == *name).map_or_else(Vec::new, |m| {
            let outside = m.count.is_some_and(|y| y < m.low || y > m.high);
            let text = format!("{} of {}", whole(m.count), yalu_number::whole(m.expected));
            let range = format!(" ({} – {})", yalu_number::whole(m.low), yalu_number::whole(m.high));
            vec![if outside { Run::Bold(text) } else { Run::Plain(text) }, Run::Small(range)]
        }));
    }
    out.push(plain(c.smallest_days.map_or_else(String::new, |d| yalu_number::whole(d.ceil()))));
    out.push(c.forecast.first().map_or_else(Vec::new, |f| {
        let band = f.low.zip(f.high).map(|(a, b)| format!(" ({} – {})", yalu_number::whole(a), yalu_number::whole(b)));
        plain(format!("{}{} {}", yalu_number::whole(f.value), band.unwrap_or_default(), f.measure))
    }));
    out
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
        short: format!("{} {}", e.name, e.from),
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
        text: vec![
            plain(
                "Below range: 2.15 robust standard deviations for all measures together. Shut: all of them under a quarter of the expected. docs/watch.md has equations, sources and tests.",
            ),
            plain(format!(
                "Recoveries lay in the 90 % band of other crossings in {} of cases in the first period after.",
                yalu_number::percent(w.recovery.held.first().copied().unwrap_or(0.0))
            )),
        ],
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
