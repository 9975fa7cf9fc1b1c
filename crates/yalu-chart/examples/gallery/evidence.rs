//! Year, strips, map and counts; states and counts from the corridor record, reports abridged.

use yalu_chart::{
    Colour, CorridorMap, Count, CountKind, CountRow, CrossingMark, CrossingRow, DayMark, DotTimeline, LatLon, MapLine,
    MapPoint, Mode, ReportMark, Says, Segment, Shade, State, StateStrips, day,
};

use crate::flow::{rail, road, sea, seg};
use crate::words;

fn report(date: (i16, i8, i8), says: Says, firm: bool) -> ReportMark {
    ReportMark { day: day(date.0, date.1, date.2), about: None, says, firm, note: "report".into() }
}

fn row(name: &str, more: &str, colour: Colour, segments: Vec<Segment>, reports: Vec<ReportMark>) -> CrossingRow {
    CrossingRow {
        name: name.into(),
        more: more.into(),
        colour,
        main: false,
        segments,
        reports,
        now: Vec::new(),
        then: Vec::new(),
    }
}

/// Crossings by day.
pub(crate) fn strips() -> StateStrips {
    let then = |list: &[((i16, i8, i8), f64)]| -> Vec<Shade> {
        list.iter().map(|(d, p)| Shade { day: day(d.0, d.1, d.2), running: *p }).collect()
    };
    let mut late = report((2023, 6, 20), Says::Runs, false);
    late.about = Some(day(2021, 1, 15));
    let mut reports = vec![late];
    for (d, says, firm) in [
        ((2020, 1, 31), Says::Shut, false),
        ((2020, 2, 20), Says::Runs, true),
        ((2020, 3, 12), Says::Runs, true),
        ((2020, 7, 1), Says::Runs, true),
        ((2020, 10, 27), Says::Shut, false),
        ((2020, 12, 4), Says::Shut, false),
        ((2020, 12, 10), Says::Shut, false),
        ((2021, 4, 2), Says::Planned, false),
        ((2021, 4, 14), Says::Planned, false),
        ((2021, 4, 20), Says::Shut, true),
        ((2021, 8, 2), Says::Unconfirmed, false),
        ((2021, 11, 4), Says::Runs, false),
        ((2021, 11, 30), Says::Shut, true),
        ((2022, 1, 16), Says::Runs, true),
        ((2022, 1, 16), Says::Runs, false),
        ((2022, 1, 17), Says::Runs, true),
        ((2022, 1, 17), Says::Unconfirmed, false),
        ((2022, 4, 29), Says::Shut, true),
        ((2022, 8, 20), Says::Shut, false),
        ((2022, 9, 26), Says::Runs, true),
        ((2022, 9, 26), Says::Runs, true),
        ((2022, 9, 26), Says::Runs, false),
        ((2022, 9, 26), Says::Unconfirmed, false),
        ((2022, 9, 28), Says::Runs, true),
        ((2024, 7, 29), Says::Shut, true),
        ((2025, 7, 8), Says::Runs, true),
    ] {
        reports.push(report(d, says, firm));
    }
    let mut main = row("Dandong–Sinuiju rail", "freight", Colour::Rail, rail(), reports);
    main.main = true;
    for s in &mut main.segments {
        s.label = s.state.word().into();
    }
    main.then = then(&[
        ((2020, 1, 31), 0.2),
        ((2020, 2, 20), 0.9),
        ((2020, 10, 27), 0.1),
        ((2021, 11, 4), 0.4),
        ((2022, 1, 16), 0.95),
        ((2022, 4, 29), 0.05),
        ((2022, 9, 26), 0.97),
        ((2024, 7, 29), 0.3),
        ((2024, 9, 1), 0.8),
    ]);
    let a = (2020, 1, 1);
    let z = (2025, 12, 31);
    StateStrips {
        caption: words(
            "Ten crossings, six years: what ran, and what could be known",
            "Best judgement now by day; marks stand on the day a report became known.",
            "State: best judgement with start uncertainty (bracket), corridor record of 2026-11-23. A whisker leads from a late report back to the day it speaks of.",
        ),
        from: day(2020, 1, 1),
        to: day(2025, 12, 31),
        rows: vec![
            main,
            row(
                "Dandong–Sinuiju road",
                "on the same bridge",
                Colour::Road,
                road(),
                vec![
                    report((2020, 2, 20), Says::Runs, true),
                    report((2023, 1, 20), Says::Shut, true),
                    report((2023, 8, 20), Says::Runs, true),
                ],
            ),
            row(
                "New Yalu River Bridge",
                "road, finished 2014",
                Colour::Road,
                vec![seg(a, z, State::NotOpened, 0)],
                vec![report((2024, 1, 20), Says::Unconfirmed, false), report((2025, 3, 10), Says::Planned, false)],
            ),
            row("Dalian/Dandong–Nampo", "sea", Colour::Sea, sea(), vec![report((2021, 4, 20), Says::Runs, false)]),
            row(
                "Quanhe–Wonjong",
                "road",
                Colour::Plum,
                vec![
                    seg(a, (2020, 1, 30), State::Open, 0),
                    seg((2020, 1, 31), (2023, 1, 30), State::Suspended, 30),
                    seg((2023, 1, 31), (2023, 6, 30), State::Limited, 2),
                    seg((2023, 7, 1), z, State::Open, 60),
                ],
                vec![],
            ),
            row(
                "Ji’an–Manpo",
                "rail",
                Colour::Olive,
                vec![seg(a, (2020, 1, 30), State::Open, 0), seg((2020, 1, 31), z, State::Unknown, 0)],
                vec![report((2020, 1, 31), Says::Shut, false)],
            ),
            row(
                "Khasan–Tumangang",
                "rail freight, Russia",
                Colour::Grey,
                vec![seg((2020, 2, 1), (2022, 11, 1), State::Suspended, 15), seg((2022, 11, 2), z, State::Open, 0)],
                vec![report((2022, 11, 2), Says::Runs, true)],
            ),
        ],
        mark: Some(DayMark { day: day(2022, 9, 26), text: "26 Sep 2022".into() }),
    }
}

fn at(lat: f64, lon: f64) -> LatLon {
    LatLon { lat, lon }
}

/// The corridor.
pub(crate) fn map() -> CorridorMap {
    let point = |lat, lon, name: &str, local: &str, main| MapPoint {
        at: at(lat, lon),
        name: name.into(),
        local: local.into(),
        main,
    };
    let line = |name: &str, colour, mode, load, points: &[(f64, f64)]| MapLine {
        name: name.into(),
        colour,
        mode,
        load,
        points: points.iter().map(|p| at(p.0, p.1)).collect(),
    };
    let cross =
        |lat, lon, name: &str, colour, state| CrossingMark { at: at(lat, lon), name: name.into(), colour, state };
    CorridorMap {
        caption: words(
            "Where it crosses",
            "26 September 2022, states as known now; width by load.",
            "Schematic; places by latitude and longitude.",
        ),
        lines: vec![
            line(
                "",
                Colour::Rail,
                Mode::Rail,
                0.8,
                &[(41.8, 123.43), (41.3, 123.77), (40.87, 123.9), (40.45, 124.05), (40.13, 124.39), (40.1, 124.4)],
            ),
            line(
                "",
                Colour::Rail,
                Mode::Rail,
                0.6,
                &[
                    (40.1, 124.4),
                    (39.98, 124.7),
                    (39.8, 124.9),
                    (39.69, 125.2),
                    (39.6, 125.6),
                    (39.4, 125.65),
                    (39.02, 125.75),
                ],
            ),
            line("", Colour::Road, Mode::Road, 0.1, &[(40.12, 124.38), (40.0, 124.38), (39.98, 124.45)]),
            line("sea", Colour::Sea, Mode::Sea, 0.5, &[(38.93, 121.65), (38.5, 122.8), (38.45, 124.0), (38.73, 125.4)]),
            line("", Colour::Sea, Mode::Sea, 0.2, &[(39.85, 124.15), (39.3, 124.2), (38.73, 125.4)]),
        ],
        points: vec![
            point(41.8, 123.43, "Shenyang", "沈阳", true),
            point(40.13, 124.39, "Dandong", "丹东", true),
            point(40.1, 124.41, "Sinŭiju", "신의주", true),
            point(39.69, 125.2, "Chŏngju", "정주", false),
            point(39.02, 125.75, "P’yŏngyang", "평양", true),
            point(38.73, 125.4, "Namp’o", "남포", false),
            point(38.93, 121.65, "Dalian", "大连", false),
        ],
        crossings: vec![
            cross(40.115, 124.395, "", Colour::Rail, State::Open),
            cross(40.115, 124.36, "Dandong–Sinuiju road", Colour::Road, State::Suspended),
            cross(39.98, 124.37, "New Yalu Bridge", Colour::Road, State::NotOpened),
            cross(41.12, 126.2, "Ji’an–Manp’o", Colour::Olive, State::Unknown),
        ],
    }
}

/// Counts of cars.
pub(crate) fn dots() -> DotTimeline {
    use CountKind::{AtLeast, Said, Seen};
    let row = |name: &str, more: &str, main, counts: &[(f64, CountKind, &str)]| CountRow {
        name: name.into(),
        more: more.into(),
        main,
        counts: counts
            .iter()
            .map(|(value, kind, text)| Count { value: *value, kind: *kind, text: (*text).into() })
            .collect(),
    };
    DotTimeline {
        caption: words(
            "The counts disagree",
            "Cars of a train, as counted by each source.",
            "Filled: seen. Ring: said. Arrow: at least.",
        ),
        unit: "cars".into(),
        rows: vec![
            row(
                "16–17 Jan",
                "four counts",
                false,
                &[
                    (13.0, Said, "Daily NK"),
                    (15.0, AtLeast, "KCNA watcher"),
                    (18.0, Said, "Yonhap"),
                    (20.0, Said, "RFA"),
                ],
            ),
            row("Jan–Apr", "a day", false, &[(10.0, Said, "RFA"), (15.0, Said, "Yonhap")]),
            row("February", "falling, yard full", false, &[(4.0, Said, "Daily NK"), (10.0, Said, "RFA")]),
            row("26 Sep", "07:43", true, &[(10.0, AtLeast, "Yonhap"), (12.0, Seen, "Reuters")]),
            row("27 Sep", "07:43", true, &[(20.0, Seen, "Yonhap")]),
            row("October", "", false, &[]),
        ],
    }
}
