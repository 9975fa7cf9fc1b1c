//! Flows, stock, dwell and shares; observed values from the corridor record, model values invented for show.

use yalu_chart::{
    Basis, Claim, Colour, CurveMark, DayMark, DwellBars, DwellRow, Fan, FlowsByMonth, Mode, Modelled, Month, Note,
    Observed, RouteForm, RouteLine, Segment, ShareBars, ShareRow, Sourced, Span, Spread, State, StockCurve, Strip, day,
};
use yalu_number::Band;

use crate::words;

const N: Option<Observed> = None;

#[allow(clippy::unnecessary_wraps)]
const fn seen(value: f64, basis: Basis) -> Option<Observed> {
    Some(Observed { value, basis })
}

const fn r(v: f64) -> Option<Observed> {
    seen(v, Basis::Reported)
}

const fn d(v: f64) -> Option<Observed> {
    seen(v, Basis::Derived)
}

const fn t(v: f64) -> Option<Observed> {
    seen(v, Basis::AtMost)
}

#[rustfmt::skip]
const EXPORTS: [Option<Observed>; 96] = [
        r(168.88), N, d(141.8), r(161.8), r(217.2), N, r(177.48), r(200.7), r(200.33), N, r(227.7), r(207.43), // 2018
        N, N, t(214.3), N, t(274.0), t(225.6), r(207.7), N, N, d(270.5), N, r(256.5), // 2019
        r(186.851), N, d(18.0), d(22.1), d(58.3), N, r(65.868), r(19.25), r(18.882), N, r(0.148), r(3.378), // 2020
        r(0.029), N, r(12.978), r(28.751), t(3.4), N, r(16.8), r(22.5), r(55.628), N, d(34.7), d(35.06), // 2021
        r(57.45), N, r(57.06), d(98.09), r(14.51), N, r(59.74), r(71.54), d(90.1), N, r(113.88), r(122.35), // 2022
        d(188.6), N, r(137.9), r(165.78), r(165.63), N, d(156.4), d(162.85), r(188.74), N, r(198.2), d(221.4), // 2023
        N, N, N, r(164.89), N, N, t(141.0), d(147.7), t(202.0), N, N, N, // 2024
        N, N, t(238.2), t(222.1), t(230.0), N, N, r(147.6), d(228.0), r(198.0), N, r(257.4), // 2025
];

/// A stretch of one state.
pub(crate) fn seg(from: (i16, i8, i8), to: (i16, i8, i8), state: State, uncertain: u16) -> Segment {
    Segment { from: day(from.0, from.1, from.2), to: day(to.0, to.1, to.2), state, uncertain, label: String::new() }
}

/// Freight by rail, Dandong to Sinuiju.
pub(crate) fn rail() -> Vec<Segment> {
    vec![
        seg((2019, 1, 1), (2020, 1, 30), State::Open, 0),
        seg((2020, 1, 31), (2020, 8, 15), State::Limited, 0),
        seg((2020, 8, 16), (2022, 1, 15), State::Suspended, 30),
        seg((2022, 1, 16), (2022, 4, 28), State::Limited, 0),
        seg((2022, 4, 29), (2022, 9, 25), State::Suspended, 0),
        seg((2022, 9, 26), (2024, 7, 26), State::Open, 0),
        seg((2024, 7, 27), (2024, 8, 15), State::Limited, 5),
        seg((2024, 8, 16), (2025, 12, 31), State::Open, 20),
    ]
}

/// Road on the same bridge.
pub(crate) fn road() -> Vec<Segment> {
    vec![
        seg((2019, 1, 1), (2020, 1, 30), State::Open, 0),
        seg((2020, 1, 31), (2020, 8, 15), State::Limited, 20),
        seg((2020, 8, 16), (2023, 11, 12), State::Suspended, 30),
        seg((2023, 11, 13), (2024, 1, 22), State::Limited, 0),
        seg((2024, 1, 23), (2025, 12, 31), State::Open, 30),
    ]
}

/// Sea to Nampo.
pub(crate) fn sea() -> Vec<Segment> {
    vec![
        seg((2019, 1, 1), (2020, 7, 31), State::Open, 0),
        seg((2020, 8, 1), (2021, 2, 28), State::Suspended, 30),
        seg((2021, 3, 1), (2022, 6, 14), State::Limited, 30),
        seg((2022, 6, 15), (2025, 12, 31), State::Open, 15),
    ]
}

fn months() -> Vec<Month> {
    (0..96_i16).map(|i| Month { year: 2018 + i / 12, month: (i % 12) as i8 + 1 }).collect()
}

fn spread(p50: f64, width: f64) -> Band {
    Band {
        p05: (p50 * (1.0 - width)).max(0.0),
        p25: p50 * (1.0 - width * 0.4),
        p50,
        p75: p50 * (1.0 + width * 0.4),
        p95: p50 * (1.0 + width),
    }
}

/// Values near the observed, invented for show.
fn near() -> Vec<f64> {
    let mut last = 170.0;
    EXPORTS
        .iter()
        .enumerate()
        .map(|(i, o)| {
            if let Some(o) = o {
                last = 0.55 * last + 0.45 * o.value * (1.0 + 0.08 * (i as f64 * 1.7).sin());
            }
            last
        })
        .collect()
}

/// Exports by month with a model band.
pub(crate) fn flows() -> FlowsByMonth {
    let note =
        |month: usize, value, text: &str, more: &str| Note { month, value, text: text.into(), more: more.into() };
    FlowsByMonth {
        caption: words(
            "What left Chinese customs for the North, month by month",
            "Recovery in 2022 came before the train: exports were back to 92 % of April’s value in the month it returned. Exports, MUSD a month; band is invented for show.",
            "China’s exports to North Korea, nominal; 38 months reported, 15 derived. Leaves out pipeline crude, grants and smuggling. Shaded: Dandong–Sinuiju rail freight suspended, best judgement.",
        ),
        unit: "MUSD".into(),
        months: months(),
        observed: EXPORTS.to_vec(),
        model: near()
            .into_iter()
            .enumerate()
            .map(|(i, v)| (i >= 24).then(|| Modelled::Band(spread(v + 8.0, 0.3))))
            .collect(),
        model_name: "model (specimen)".into(),
        model_colour: Colour::Rail,
        routes: Vec::new(),
        route_form: RouteForm::Lines,
        spans: suspended(),
        strips: vec![
            Strip { name: "Rail".into(), colour: Colour::Rail, segments: rail() },
            Strip { name: "Road, same bridge".into(), colour: Colour::Road, segments: road() },
            Strip { name: "Sea to Nampo".into(), colour: Colour::Sea, segments: sea() },
        ],
        notes: vec![
            note(21, 270.5, "270.5", "Oct 2019, derived"),
            note(36, 0.029, "0.029", "Jan 2021: lowest held"),
            note(51, 98.09, "98.1", "April 2022, derived"),
            note(52, 14.51, "−85 %", "in a month"),
            note(95, 257.4, "257.4", "Dec 2025"),
        ],
        mark: Some(DayMark { day: day(2022, 9, 26), text: "26 Sep 2022".into() }),
    }
}

fn suspended() -> Vec<Span> {
    vec![
        Span { from: day(2020, 8, 16), to: day(2022, 1, 15), label: "rail suspended".into() },
        Span { from: day(2022, 4, 29), to: day(2022, 9, 25), label: "150 days".into() },
    ]
}

/// Routes by month, stacked.
pub(crate) fn routes() -> FlowsByMonth {
    let all = near();
    let part = |rail_only: f64, closed: f64| -> Vec<Option<f64>> {
        all.iter()
            .enumerate()
            .skip(36)
            .take(36)
            .map(|(i, v)| Some(v * if (52..56).contains(&i) || i < 48 { closed } else { rail_only }))
            .collect()
    };
    let line = |name: &str, colour, mode, values| RouteLine { name: name.into(), colour, mode, values };
    FlowsByMonth {
        caption: words(
            "Which way the goods went",
            "Simulated exports by route, MUSD a month; values invented for show.",
            "Medians of the routes; they need not add to the median of the whole.",
        ),
        unit: "MUSD".into(),
        months: months()[36..72].to_vec(),
        observed: EXPORTS[36..72].to_vec(),
        routes: vec![
            line("rail", Colour::Rail, Mode::Rail, part(0.55, 0.0)),
            line("sea", Colour::Sea, Mode::Sea, part(0.3, 0.7)),
            line("road", Colour::Road, Mode::Road, part(0.1, 0.05)),
        ],
        route_form: RouteForm::Stack,
        spans: suspended(),
        strips: vec![Strip { name: "Rail".into(), colour: Colour::Rail, segments: rail() }],
        ..FlowsByMonth::default()
    }
}

/// Goods waiting.
pub(crate) fn stock() -> StockCurve {
    let first = day(2022, 4, 1);
    let days: Vec<i32> = (0..260).map(|i| first + i).collect();
    let curve = |open: i32, rate: f64| -> Vec<Option<Band>> {
        days.iter()
            .map(|d| {
                let shut = f64::from((d - day(2022, 4, 29)).clamp(0, open - day(2022, 4, 29)));
                let since = f64::from((d - open).max(0));
                let v = (600.0 + shut * 110.0 - since * rate).max(400.0);
                Some(spread(v, (0.12 + shut / 700.0).min(0.45)))
            })
            .collect()
    };
    StockCurve {
        caption: words(
            "The queue at Dandong would have stood at 17,000 t",
            "Tonnes waiting or held at the border, by day; values invented for show.",
            "Specimen: 200 runs would fill it.",
        ),
        unit: "t".into(),
        fans: vec![
            Fan { name: "base".into(), colour: Colour::Ink2, bands: curve(day(2022, 9, 26), 360.0) },
            Fan { name: "closure ends 15 Aug".into(), colour: Colour::Rail, bands: curve(day(2022, 8, 15), 360.0) },
        ],
        days,
        spans: vec![Span { from: day(2022, 4, 29), to: day(2022, 9, 25), label: "suspended, 150 days".into() }],
        marks: vec![CurveMark {
            day: day(2022, 9, 26),
            text: "26 Sep: reopened".into(),
            more: "clear after 41 days (33 – 55)".into(),
        }],
    }
}

/// Dwell by activity.
pub(crate) fn dwell() -> DwellBars {
    let row = |name: &str, place: &str, h: Option<(f64, f64, f64)>, s: Option<(f64, f64, &str)>| DwellRow {
        name: name.into(),
        place: place.into(),
        colour: Colour::Rail,
        hours: h.map(|(p10, p50, p90)| Spread { p10, p50, p90 }),
        sourced: s.map(|(low, high, text)| Sourced { low, high, text: text.into() }),
    };
    DwellBars {
        caption: words(
            "The border is where the hours go",
            "Hours of a loaded wagon by activity, in the order they happen; values invented for show.",
            "Sourced: reports of January to April 2022.",
        ),
        rows: vec![
            row("wait for a train", "Dandong", Some((4.0, 11.0, 26.0)), None),
            row("customs and sealing", "Dandong", Some((1.0, 2.2, 5.0)), Some((1.0, 4.0, "notice of 2019"))),
            row("bridge", "3.0 km", Some((0.15, 0.2, 0.4)), None),
            row("locomotive exchange", "Sinuiju", None, None),
            row(
                "quarantine hold",
                "Uiju yard",
                Some((340.0, 720.0, 1300.0)),
                Some((360.0, 1440.0, "reports, to Apr 2022")),
            ),
            row("unload", "Sinuiju", Some((3.0, 7.0, 15.0)), None),
        ],
        axis_end: Some(40.0),
    }
}

/// Shares against claims.
pub(crate) fn share() -> ShareBars {
    let row = |name: &str, more: &str, colour, share: Option<(f64, f64)>, claim: Option<(f64, bool, &str)>| ShareRow {
        name: name.into(),
        more: more.into(),
        colour,
        share: share.map(|(p, w)| spread(p, w)),
        claim: claim.map(|(share, at_least, text)| Claim { share, at_least, text: text.into() }),
    };
    ShareBars {
        caption: words(
            "Seventy per cent by rail does not stand up",
            "Share of China’s exports to the North by value, 2022; values invented for show.",
            "Claims as quoted on the day.",
        ),
        rows: vec![
            row(
                "Rail",
                "open months",
                Colour::Rail,
                Some((0.46, 0.3)),
                Some((0.7, true, "of the two countries’ trade, AP")),
            ),
            row("Sea", "open months", Colour::Sea, Some((0.38, 0.25)), None),
            row("Road", "all of 2022", Colour::Road, None, None),
            row(
                "China",
                "of the North’s trade",
                Colour::Ink2,
                Some((0.955, 0.02)),
                Some((0.967, false, "KOTRA, 2022")),
            ),
        ],
    }
}
