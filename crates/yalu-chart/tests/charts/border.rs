//! The border's charts: stacked dwell, occupation, use, time and cost, changes, values tried.

use yalu_chart::{
    Chart, Colour, DwellStack, Effect, EffectChart, EffectRow, FitCell, FitGrid, GanttBar, GanttGroup, GanttLane, Rim,
    Stack, StackPart, TimeCost, TimeCostPlace, TimeCostPoint, UseBars, UseRow, WaitFor, YardGantt,
};

use crate::check;
use crate::specs::{ODD, bands, caption};

const WAITS: [WaitFor; 6] =
    [WaitFor::Resource, WaitFor::Opening, WaitFor::NextOpening, WaitFor::Track, WaitFor::Quota, WaitFor::Path];

fn stack(v: f64) -> DwellStack {
    let part = |work: f64| StackPart {
        name: ODD.into(),
        place: ODD.into(),
        waits: WAITS.map(|w| (w, v)).to_vec(),
        work,
        p50: v,
        p90: v,
    };
    let stack = Stack { name: ODD.into(), whole: ODD.into(), colour: Colour::Rail, parts: vec![part(2.0), part(v)] };
    DwellStack { caption: caption(), stacks: vec![stack] }
}

fn gantt(v: f64) -> YardGantt {
    let bar = |from: f64, to: f64| GanttBar { from, to, text: ODD.into(), of: ODD.into(), hollow: from > 2.0 };
    let lane = GanttLane { name: ODD.into(), bars: vec![bar(1.0, v), bar(v, 3.0)], closed: vec![(v, 5.0)] };
    YardGantt {
        caption: caption(),
        hours: if v > 100.0 { v } else { 48.0 },
        above: Rim { name: ODD.into(), day: i32::MAX, hour: 0.0 },
        below: Some(Rim { name: ODD.into(), day: 0, hour: v }),
        colour: Colour::Rail,
        groups: vec![GanttGroup { name: ODD.into(), more: ODD.into(), lanes: vec![lane] }],
    }
}

fn usage(v: f64) -> UseBars {
    let row = UseRow {
        name: ODD.into(),
        place: ODD.into(),
        open: v,
        clock: v,
        hours: (0..30).map(|i| (i % 3 > 0).then_some(v)).collect(),
        binds: true,
        waits: ODD.into(),
    };
    UseBars { caption: caption(), colour: Colour::Rail, rows: vec![row] }
}

fn time_cost(v: f64) -> TimeCost {
    let point = |km: f64, hours: f64, stop| TimeCostPoint { km, hours, cost: Some(v), what: ODD.into(), stop };
    TimeCost {
        caption: caption(),
        colour: Colour::Rail,
        cost_unit: ODD.into(),
        places: vec![TimeCostPlace { km: v, name: ODD.into() }],
        points: vec![point(0.0, 0.0, false), point(0.0, v, true), point(v, 20.0, false)],
    }
}

fn effects(v: f64) -> EffectChart {
    let effect = Effect { name: ODD.into(), with: bands(v), difference: bands(v) };
    let row = EffectRow { name: ODD.into(), unit: ODD.into(), base: bands(v), effects: vec![effect] };
    EffectChart { caption: caption(), rows: vec![row] }
}

fn grid(v: f64) -> FitGrid {
    let cell = |share| Some(FitCell { share, words: ODD.into() });
    let rows = vec![(ODD.to_string(), vec![cell(v), None, cell(0.5)]), (String::new(), vec![cell(v)])];
    FitGrid { caption: caption(), across: ODD.into(), columns: vec![ODD.into(); 2], rows }
}

#[test]
fn the_borders_charts_hold_under_any_value() {
    for v in [0.0, -5.0, 1e-300, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 77.7, 12.0] {
        check(&stack(v));
        check(&gantt(v));
        check(&usage(v));
        check(&time_cost(v));
        check(&effects(v));
        check(&grid(v));
    }
}

#[test]
fn a_stack_begins_each_activity_where_the_one_before_ended() {
    let part = |name: &str, closed: f64, work: f64| StackPart {
        name: name.into(),
        waits: vec![(WaitFor::Opening, closed)],
        work,
        p50: work,
        p90: closed + work,
        ..StackPart::default()
    };
    let parts = vec![part("customs", 6.0, 2.0), part("brake test", 0.0, 2.0)];
    let stack = Stack { name: "loaded".into(), whole: "10 h a train".into(), parts, ..Stack::default() };
    let chart = DwellStack { stacks: vec![stack], ..DwellStack::default() };
    // The axis is 230 to 1040 px for 0 to 10 h: customs at work from 6 to 8 h, brake test from 8 to 10 h.
    let svg = chart.svg();
    let hour = (1216.0 - 176.0 - 230.0) / 10.0;
    let work = |from: f64| format!("<rect x=\"{}\" y=", 230.0 + from * hour);
    for from in [6.0, 8.0] {
        let bars: Vec<&str> = svg.split(&work(from)).skip(1).collect();
        assert!(bars.iter().any(|b| b.contains(&format!("width=\"{}\"", 2.0 * hour))), "work from {from} h");
    }
    assert!(
        chart
            .summary()
            .ends_with("the longest step is customs (loaded), mean 8\u{2009}h, of which 6\u{2009}h waiting.")
    );
    assert!(chart.csv().contains("loaded,,customs,8,2,8,2,0,6,0,0,0,0\n"), "{}", chart.csv());
}

#[test]
fn the_clock_figure_stands_beside_that_by_open_hour() {
    let row =
        UseRow { name: "customs (2)".into(), place: "Sinŭiju".into(), open: 0.857, clock: 0.286, ..UseRow::default() };
    let chart = UseBars { rows: vec![row], ..UseBars::default() };
    let svg = chart.svg();
    assert!(
        svg.contains(">86\u{2009}%<") && svg.contains(">29\u{2009}%<") && svg.contains("by the clock")
            || svg.contains("of the clock")
    );
    assert_eq!(
        chart.summary(),
        "Most used by open hour: customs (2), Sinŭiju, 86\u{2009}% (29\u{2009}% of all hours)."
    );
}

#[test]
fn standing_is_told_apart_from_running() {
    let point = |km: f64, hours: f64, stop| TimeCostPoint { km, hours, cost: None, what: "x".into(), stop };
    let points = vec![point(0.0, 0.0, false), point(0.0, 20.0, true), point(983.0, 29.2, false)];
    let chart = TimeCost { points, ..TimeCost::default() };
    assert_eq!(chart.summary(), "983 km in 29.2\u{2009}h, of which 20\u{2009}h standing.");
    assert!(!chart.svg().contains("cost,"), "no cost is drawn where none is given");
}
