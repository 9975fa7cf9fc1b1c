//! Every chart: well-formed, escaped, the same each time, and never a panic.

mod border;
mod odd;
mod planning;
mod specs;
mod standing;

use specs::{ODD, bands, caption, diagram, dots, dwell, flows, map, stock, strips};
use yalu_chart::{
    CapacityBars, Chart, Claim, Colour, CorridorMap, DelayVolume, DotTimeline, DwellBars, DwellStack, EffectChart,
    FitGrid, FlowsByMonth, Month, PunctualityChart, ShareBars, ShareRow, StateStrips, StockCurve, TimeCost,
    TimeDistance, TrainRunChart, UseBars, WorkingDiagram, YardGantt, band, day, fixed, number, standalone, with_unit,
};

/// Whether tags are balanced, attributes quoted and text escaped.
fn well_formed(xml: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let (text, tail) = rest.split_at(at);
        if text.contains('>') {
            return Err(format!("bare > in {text}"));
        }
        for part in text.split('&').skip(1) {
            if !["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|e| part.starts_with(e)) {
                return Err(format!("bare & in {text}"));
            }
        }
        let end = tail.find('>').ok_or("open tag")?;
        let tag = &tail[1..end];
        if tag.contains('<') || tag.matches('"').count() % 2 != 0 {
            return Err(format!("broken tag {tag}"));
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("closes {name}"));
            }
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or(""));
        }
        rest = &tail[end + 1..];
    }
    if open.is_empty() && rest.is_empty() { Ok(()) } else { Err(format!("left open {open:?}")) }
}

fn check(chart: &dyn Chart) {
    for width in [f64::NAN, 0.0, 358.0, 736.0, 1216.0, 1e9] {
        let svg = chart.svg_at(width);
        well_formed(&svg).unwrap_or_else(|e| panic!("{e} in {svg}"));
        assert_eq!(svg, chart.svg_at(width), "the same bytes");
        for need in ["role=\"img\"", "<title id=", "<desc id=", "width=\"100%\"", "viewBox=\"0 0 "] {
            assert!(svg.contains(need), "{need}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert!(!svg.contains("<b>") && !svg.contains('\u{0}') && !svg.contains('\u{7}'));
        let mut ids: Vec<&str> = svg.split(" id=\"").skip(1).filter_map(|p| p.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "names are used once");
        for part in svg.split("font-size:").skip(1) {
            let size: f64 = part.split("px").next().and_then(|s| s.parse().ok()).unwrap_or(0.0);
            assert!(size >= 11.0, "text of {size} px");
        }
    }
    assert!(chart.summary().ends_with('.'), "{}", chart.summary());
    assert!(chart.csv().ends_with('\n'));
}

fn share(v: f64) -> ShareBars {
    ShareBars {
        caption: caption(),
        rows: vec![ShareRow {
            name: ODD.into(),
            more: ODD.into(),
            colour: Colour::Rail,
            share: Some(bands(v)),
            claim: Some(Claim { share: v, at_least: true, text: ODD.into() }),
        }],
    }
}

#[test]
fn empty_charts_say_what_is_missing() {
    let charts: [&dyn Chart; 19] = [
        &FlowsByMonth::default(),
        &TimeDistance::default(),
        &StockCurve::default(),
        &DwellBars::default(),
        &CorridorMap::default(),
        &DotTimeline::default(),
        &ShareBars::default(),
        &StateStrips::default(),
        &TrainRunChart::default(),
        &WorkingDiagram::default(),
        &CapacityBars::default(),
        &DelayVolume::default(),
        &PunctualityChart::default(),
        &DwellStack::default(),
        &YardGantt::default(),
        &UseBars::default(),
        &TimeCost::default(),
        &EffectChart::default(),
        &FitGrid::default(),
    ];
    for chart in charts {
        check(chart);
        let first = chart.summary();
        let first = first.split_whitespace().next().unwrap_or("");
        assert!(chart.svg().contains(&format!(">{first}")), "says it");
        assert_eq!(chart.csv().lines().count(), 1, "only the head");
    }
}

#[test]
fn full_charts_hold_under_any_value() {
    for v in [0.0, 1.0, -5.0, 1e-300, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 123.4] {
        for n in [1, 2, 13, 40] {
            check(&flows(&vec![v; n]));
            check(&stock(&vec![v; n]));
        }
        check(&diagram(v));
        check(&map(v));
        check(&dwell(v));
        check(&dots(v));
        check(&share(v));
    }
    check(&strips());
}

#[test]
fn wild_spans_do_not_run_away() {
    let mut s = strips();
    (s.from, s.to) = (i32::MIN, i32::MAX);
    check(&s);
    let mut t = diagram(1.0);
    (t.from, t.to) = (i64::MIN, i64::MAX);
    check(&t);
    let mut f = flows(&[1.0, 2.0]);
    f.months = vec![Month { year: i16::MIN, month: i8::MIN }, Month { year: i16::MAX, month: i8::MAX }];
    check(&f);
    let mut c = stock(&[1.0, 2.0]);
    c.days = vec![i32::MIN, i32::MAX];
    check(&c);
}

#[test]
fn tables_have_a_row_a_datum() {
    assert_eq!(flows(&[1.0; 13]).csv().lines().count(), 14);
    assert_eq!(stock(&[1.0; 9]).csv().lines().count(), 10);
    assert_eq!(dots(2.0).csv().lines().count(), 5);
    assert_eq!(share(0.5).csv().lines().count(), 2);
    assert_eq!(dwell(2.0).csv().lines().count(), 3);
    assert_eq!(strips().csv().lines().count(), 1 + 6 + 80 + 2 + 1);
    assert_eq!(map(40.0).csv().lines().count(), 1 + 1 + 5 + 3);
    assert_eq!(diagram(1.0).csv().lines().count(), 1 + 20 + 2 + 2 + 2 + 1 + 1);
}

#[test]
fn numbers_follow_the_house() {
    assert_eq!(number(16_450.0), "16,450");
    assert_eq!(number(113.88), "113.9");
    assert_eq!(number(0.029), "0.029");
    assert_eq!(number(-1.5), "\u{2212}1.5");
    assert_eq!(number(-0.0), "0");
    assert_eq!(number(f64::NAN), "not known");
    assert_eq!(fixed(1_234_567.0, 1), "1,234,567.0");
    assert_eq!(with_unit(92.0, "%"), "92\u{2009}%");
    assert_eq!(band(41.0, 33.0, 55.0, "days"), "41\u{2009}days (33 – 55)");
    assert_eq!(band(17_123.0, 11_384.0, 22_816.0, "t"), "17,100\u{2009}t (11,400 – 22,800)");
}

#[test]
fn days_count_from_1970() {
    assert_eq!(day(1970, 1, 1), 0);
    assert_eq!(day(2022, 9, 26), 19_261);
    let month = Month { year: 2024, month: 2 };
    assert_eq!(month.last_day() - month.first_day(), 28);
}

#[test]
fn pictures_on_one_page_do_not_share_names() {
    let (a, b) = (flows(&[1.0; 13]).svg(), stock(&[1.0; 13]).svg());
    let id = |svg: &str| svg.split("<title id=\"").nth(1).and_then(|s| s.split('"').next()).map(str::to_string);
    assert_ne!(id(&a), id(&b));
    assert_ne!(id(&a), id(&flows(&[1.0; 13]).svg_narrow()));
}

#[test]
fn standalone_carries_its_colours() {
    let svg = standalone(&share(0.5).svg(), true);
    well_formed(&svg).unwrap_or_else(|e| panic!("{e}"));
    assert!(svg.contains("--paper:#10161D"));
}
