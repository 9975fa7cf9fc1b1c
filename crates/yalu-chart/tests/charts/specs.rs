//! Specifications of every chart, filled with odd words and any value.

use yalu_chart::{
    Basis, Caption, Closed, Colour, CorridorMap, Count, CountKind, CountRow, CrossingMark, CrossingRow, CurveMark,
    DayMark, DotTimeline, DwellBar, DwellBars, DwellRow, Fan, FlowsByMonth, LatLon, MapLine, MapPoint, Mode, Modelled,
    Month, Note, Observed, ReportMark, RouteForm, RouteLine, Says, Seen, Segment, Shade, Sourced, Span, Spread, State,
    StateStrips, Station, StockCurve, Strip, Tick, TimeDistance, TrainKind, TrainLine, WaitNote, Zone, day,
};
use yalu_number::Band;

pub(crate) const ODD: &str = "<b>&\"'丹东\u{0}\u{7}]]> –";

pub(crate) fn caption() -> Caption {
    Caption { title: ODD.into(), subtitle: ODD.into(), foot: ODD.into(), shown: true }
}

pub(crate) fn bands(v: f64) -> Band {
    Band { p05: v * 0.5, p25: v * 0.8, p50: v, p75: v * 1.2, p95: v * 1.5 }
}

pub(crate) fn segments() -> Vec<Segment> {
    let states = [State::Open, State::Limited, State::Suspended, State::NotOpened, State::Unknown];
    states
        .iter()
        .enumerate()
        .map(|(i, state)| Segment {
            from: day(2022, 1, 1) + i as i32 * 60,
            to: day(2022, 3, 1) + i as i32 * 60,
            state: *state,
            uncertain: 20,
            label: ODD.into(),
        })
        .chain([Segment { from: i32::MIN, to: i32::MAX, state: State::Open, uncertain: u16::MAX, label: ODD.into() }])
        .collect()
}

pub(crate) fn spans() -> Vec<Span> {
    vec![
        Span { from: day(2022, 4, 29), to: day(2022, 9, 25), label: ODD.into() },
        Span { from: i32::MAX, to: i32::MIN, label: ODD.into() },
    ]
}

pub(crate) fn flows(values: &[f64]) -> FlowsByMonth {
    let basis = [Basis::Reported, Basis::Derived, Basis::AtMost];
    FlowsByMonth {
        caption: caption(),
        unit: "MUSD".into(),
        months: (0..values.len()).map(|i| Month { year: 2022 + (i / 12) as i16, month: (i % 12) as i8 + 1 }).collect(),
        observed: values
            .iter()
            .enumerate()
            .map(|(i, v)| (i % 4 != 3).then_some(Observed { value: *v, basis: basis[i % 3] }))
            .collect(),
        model: values
            .iter()
            .enumerate()
            .map(|(i, v)| Some(if i % 5 == 4 { Modelled::Median(*v) } else { Modelled::Band(bands(*v)) }))
            .collect(),
        model_name: ODD.into(),
        model_colour: Colour::Rail,
        routes: vec![RouteLine {
            name: ODD.into(),
            colour: Colour::Sea,
            mode: Mode::Sea,
            values: values.iter().map(|v| Some(*v)).collect(),
        }],
        route_form: if values.len().is_multiple_of(2) { RouteForm::Stack } else { RouteForm::Lines },
        spans: spans(),
        strips: vec![Strip { name: ODD.into(), colour: Colour::Road, segments: segments() }],
        notes: vec![
            Note { month: 0, value: values.first().copied().unwrap_or(0.0), text: ODD.into(), more: ODD.into() },
            Note { month: usize::MAX, value: f64::NAN, text: ODD.into(), more: ODD.into() },
        ],
        mark: Some(DayMark { day: day(2022, 9, 26), text: ODD.into() }),
    }
}

pub(crate) fn diagram(bad: f64) -> TimeDistance {
    let station = |km: f64, lanes: usize| Station {
        km,
        name: ODD.into(),
        local: ODD.into(),
        note: ODD.into(),
        lanes: vec![ODD.into(); lanes],
        section: ODD.into(),
        tracks: 1,
        ..Station::default()
    };
    let train = |kind| TrainLine {
        label: ODD.into(),
        kind,
        colour: Colour::Rail,
        points: vec![(0, 0.0), (3_600_000, 3.0), (4_600_000, 3.0), (9_600_000, 80.0), (i64::MAX, bad)],
    };
    TimeDistance {
        caption: caption(),
        from: 0,
        to: 86_400_000,
        above: Zone {
            name: ODD.into(),
            ticks: vec![Tick { ms: 0, text: ODD.into() }, Tick { ms: i64::MIN, text: ODD.into() }],
        },
        below: Zone::default(),
        stations: vec![station(0.0, 3), station(3.0, 2), station(40.0, 0), station(80.0, 0), station(bad, 0)],
        border: Some(bad),
        trains: vec![
            train(TrainKind::Loaded),
            train(TrainKind::Empty),
            train(TrainKind::Passenger),
            train(TrainKind::Domestic),
        ],
        dwells: vec![
            DwellBar {
                station: 0,
                lane: 1,
                from: 0,
                to: 7_200_000,
                label: ODD.into(),
                colour: Colour::Rail,
                hollow: false,
                assumed: true,
            },
            DwellBar {
                station: 99,
                lane: 99,
                from: 5,
                to: 0,
                label: ODD.into(),
                colour: Colour::Rail,
                hollow: true,
                assumed: false,
            },
        ],
        closed: vec![
            Closed { from_km: 0.0, to_km: 3.0, from: 0, to: 9_000_000, label: ODD.into() },
            Closed { from_km: bad, to_km: bad, from: 0, to: 9, label: ODD.into() },
        ],
        meets: vec![(3_600_000, 50.0), (i64::MIN, bad)],
        waits: vec![WaitNote { ms: 3_600_000, km: 3.0, text: ODD.into(), colour: Colour::Rail }],
        observed: vec![Seen { ms: 3_600_000, km: 0.0, text: ODD.into(), more: ODD.into() }],
        stamp: ODD.into(),
    }
}

pub(crate) fn stock(values: &[f64]) -> StockCurve {
    StockCurve {
        caption: caption(),
        unit: "t".into(),
        days: (0..values.len()).map(|i| day(2022, 4, 1) + i as i32 * 7).collect(),
        fans: vec![Fan {
            name: ODD.into(),
            colour: Colour::Ink2,
            bands: values.iter().map(|v| Some(bands(*v))).collect(),
        }],
        spans: spans(),
        marks: vec![CurveMark { day: day(2022, 4, 1), text: ODD.into(), more: ODD.into() }],
    }
}

pub(crate) fn strips() -> StateStrips {
    let says = [Says::Runs, Says::Shut, Says::Planned, Says::Unconfirmed];
    let reports: Vec<ReportMark> = (0..80)
        .map(|i| ReportMark {
            day: day(2022, 1, 1) + i / 8,
            about: Some(i32::MIN),
            says: says[i as usize % 4],
            firm: i % 2 == 0,
            note: ODD.into(),
        })
        .collect();
    StateStrips {
        caption: caption(),
        from: day(2020, 1, 1),
        to: day(2025, 12, 31),
        rows: vec![CrossingRow {
            name: ODD.into(),
            more: ODD.into(),
            colour: Colour::Rail,
            main: true,
            segments: segments(),
            reports,
            now: vec![Shade { day: day(2021, 6, 1), running: 0.9 }],
            then: vec![Shade { day: day(2021, 1, 1), running: 0.3 }, Shade { day: i32::MIN, running: f64::NAN }],
        }],
        mark: Some(DayMark { day: day(2022, 9, 26), text: ODD.into() }),
    }
}

pub(crate) fn map(bad: f64) -> CorridorMap {
    let at = |lat, lon| LatLon { lat, lon };
    CorridorMap {
        caption: caption(),
        lines: vec![MapLine {
            name: ODD.into(),
            colour: Colour::Rail,
            mode: Mode::Sea,
            load: bad,
            points: vec![at(40.1, 124.4), at(39.0, 125.7), at(bad, 1.0)],
        }],
        points: vec![MapPoint { at: at(40.1, 124.4), name: ODD.into(), local: ODD.into(), main: true }],
        crossings: [State::Open, State::Limited, State::Suspended, State::NotOpened, State::Unknown]
            .iter()
            .map(|s| CrossingMark { at: at(40.1, 124.4), name: ODD.into(), colour: Colour::Road, state: *s })
            .collect(),
    }
}

pub(crate) fn dwell(v: f64) -> DwellBars {
    DwellBars {
        caption: caption(),
        rows: vec![
            DwellRow {
                name: ODD.into(),
                place: ODD.into(),
                colour: Colour::Rail,
                hours: Some(Spread { p10: v, p50: v, p90: v }),
                sourced: Some(Sourced { low: v, high: v, text: ODD.into() }),
            },
            DwellRow { name: ODD.into(), place: String::new(), colour: Colour::Rail, hours: None, sourced: None },
        ],
        axis_end: Some(v),
    }
}

pub(crate) fn dots(v: f64) -> DotTimeline {
    let kinds = [CountKind::Seen, CountKind::Said, CountKind::AtLeast, CountKind::AtMost];
    DotTimeline {
        caption: caption(),
        unit: ODD.into(),
        rows: vec![CountRow {
            name: ODD.into(),
            more: ODD.into(),
            main: true,
            counts: kinds.iter().map(|k| Count { value: v, kind: *k, text: ODD.into() }).collect(),
        }],
    }
}
