//! The planner's charts: a train's run, the working diagram, capacity, delay over volume, punctuality.

use yalu_chart::{
    Binds, Calls, CapacityBars, Chart, Clock, Closed, Colour, DelayCause, DelayVolume, Occupation, Outside,
    PunctualityChart, PunctualityPoint, Restriction, RunPoint, RunStation, SectionUse, Station, TimeDistance,
    TrainKind, TrainLine, TrainRunChart, VolumeCurve, VolumeMark, VolumePoint, Wait, WorkingDiagram,
};

use crate::check;
use crate::odd::{odd_capacity, odd_punctuality, odd_run, odd_volume, odd_working};
use crate::specs::bands;

const HOUR: i64 = 3_600_000;

/// The words of a picture in the order in which they are drawn.
fn words(svg: &str) -> Vec<String> {
    let texts = svg.split("<text ").skip(1).filter_map(|t| t.split_once('>'));
    texts.filter_map(|t| t.1.split_once("</text>")).map(|t| t.0.replace('\u{2009}', " ")).collect()
}

#[test]
fn the_planners_charts_hold_under_any_value() {
    for v in [0.0, -5.0, 1e-300, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 77.7] {
        for n in [0, 1, 3, 40] {
            check(&odd_run(v, n));
            check(&odd_punctuality(v, n));
        }
        check(&odd_working(v));
        check(&odd_capacity(v));
        check(&odd_volume(v));
    }
}

#[test]
fn wild_periods_are_told_in_words() {
    let mut w = odd_working(1.0);
    (w.base.from, w.base.to) = (i64::MIN, i64::MAX);
    check(&w);
    assert_eq!(w.summary(), "Not drawn: the period is longer than 400 days.");
    (w.base.from, w.base.to) = (i64::MIN, i64::MIN + HOUR);
    check(&w);
    assert_eq!(w.summary(), "Not drawn: the period lies outside the years of the calendar.");
    (w.base.from, w.base.to) = (0, 60_000);
    check(&w);
    (w.base.from, w.base.to) = (0, 400 * 24 * HOUR);
    check(&w);
}

/// Two stations, 6 km, in 500 s: 100 s of power, 300 s at the limit, 100 s of braking.
fn small_run() -> TrainRunChart {
    let point = |at_m: f64, time_s: f64, speed_mps: f64, mark| RunPoint {
        at_m,
        time_s,
        speed_mps,
        limit_mps: 15.0,
        braking_mps: f64::NAN,
        gradient_permille: 2.0,
        mark,
    };
    let call = |arrive: Option<f64>, depart: Option<f64>| Calls { arrive_s: arrive, pass_s: None, depart_s: depart };
    TrainRunChart {
        train: "1,200 t grain".into(),
        mass_kg: Some(1_200_000.0),
        energy_j: Some(3.6e8),
        points: vec![
            point(0.0, 0.0, 0.0, Binds::Power),
            point(750.0, 100.0, 15.0, Binds::Limit),
            point(5250.0, 400.0, 15.0, Binds::Braking),
            point(6000.0, 500.0, 0.0, Binds::Braking),
        ],
        stations: vec![
            RunStation {
                name: "Dandong".into(),
                at_m: 0.0,
                technical: call(None, Some(0.0)),
                scheduled: call(None, Some(0.0)),
            },
            RunStation {
                name: "Sinŭiju".into(),
                at_m: 6000.0,
                technical: call(Some(500.0), None),
                scheduled: call(Some(540.0), None),
            },
        ],
        ..TrainRunChart::default()
    }
}

#[test]
fn a_run_tells_its_figures() {
    let run = small_run();
    assert_eq!(
        run.summary().replace('\u{2009}', " "),
        "6 km in 8:20; power 20 % of the time; limit 60 % of the time; braking 20 % of the time; 100 kWh at the wheel."
    );
    let said = words(&run.svg());
    let expect = [
        "1,200 t grain",
        "technical time",
        "8:20",
        "scheduled",
        "9:00 (+8.0 %)",
        "distance",
        "6.0 km",
        "mean",
        "43.2 km/h",
        "mass",
        "1,200 t",
        "energy at the wheel",
        "100 kWh",
        "what binds, share of time",
        "power 20 %",
        "limit 60 %",
        "braking 20 %",
        "static limit",
        "braking envelope",
        "Dandong",
        "Sinŭiju",
    ];
    assert_eq!(said.get(..expect.len()), Some(expect.map(String::from).as_slice()));
    for need in
        ["km/h", "technical 8:20", "scheduled 9:00, supplement 0:40", "gradient averaged over the train, ‰", "6 km"]
    {
        assert!(said.iter().any(|s| s == need), "{need} in {said:?}");
    }
    assert_eq!(run.csv().lines().count(), 1 + 2 + 4);
    assert!(run.csv().lines().all(|l| l.matches(',').count() == 12), "{}", run.csv());
}

/// A line of stations with trains that run evenly both ways, blocks and all.
fn even(stations: usize, hours: i64, trains: i64) -> WorkingDiagram {
    let line: Vec<Station> = (0..stations)
        .map(|i| Station { km: i as f64 * 7.0, name: format!("Station {i}"), tracks: 1, ..Station::default() })
        .collect();
    let mut out = WorkingDiagram {
        base: TimeDistance { from: 0, to: hours * HOUR, stations: line, ..TimeDistance::default() },
        ..WorkingDiagram::default()
    };
    for i in 0..trains {
        let start = i * hours * HOUR / trains;
        let mut points = Vec::new();
        for k in 0..stations {
            let km = if i % 2 == 0 { k } else { stations - 1 - k } as f64 * 7.0;
            let at = start + k as i64 * 480_000;
            points.push((at, km));
            // A stop at every third station, so that the line does bend.
            let go = if k % 3 == 1 { at + 120_000 } else { at };
            points.push((go, km));
            if k + 1 < stations {
                let next = km + if i % 2 == 0 { 7.0 } else { -7.0 };
                let train = i as usize;
                let clear = at + 540_000;
                out.occupations.push(Occupation { train, from_km: km, to_km: next, from: go - 90_000, to: clear });
            }
        }
        let kind = [TrainKind::Loaded, TrainKind::Empty, TrainKind::Passenger, TrainKind::Domestic][i as usize % 4];
        out.base.trains.push(TrainLine { label: format!("{}", 1000 + i), kind, colour: Colour::Rail, points });
        out.base.meets.extend((0..6).map(|m| (start + m * 900_000, 7.0 * m as f64)));
    }
    out
}

#[test]
fn a_week_on_sixty_stations_stays_small() {
    let week = even(60, 168, 350);
    let svg = week.svg();
    assert!(svg.len() < 2_000_000, "{} bytes", svg.len());
    assert!(svg.len() > 400_000, "{} bytes: are the blocks drawn?", svg.len());
    let said = words(&svg);
    // Once on each rim, both in the one clock.
    for day in 1..=7 {
        assert_eq!(said.iter().filter(|s| **s == format!("{day} Jan 1970")).count(), 2, "day {day}");
    }
    let named = said.iter().filter(|s| s.len() == 4 && s.starts_with('1')).count();
    assert!(named > 175, "{named} of 350 trains are named");
    assert!((week.natural_width() - (380.0 + 168.0 * 40.0)).abs() < 1e-9);
}

#[test]
fn an_hour_has_ten_minutes_and_no_date() {
    let hour = even(5, 1, 2);
    let said = words(&hour.svg());
    assert!(said.iter().any(|s| s == "00:10"), "{said:?}");
    assert!(!said.iter().any(|s| s.contains("1970")), "{said:?}");
    assert_eq!(hour.natural_width(), yalu_chart::WIDE);
}

#[test]
fn two_clocks_stand_on_two_rims() {
    let mut day = even(5, 10, 2);
    day.clock = Clock { name: "Beijing time, UTC+8".into(), ahead_min: 480 };
    day.second = Some(Clock { name: "Pyongyang time, UTC+8:30".into(), ahead_min: 510 });
    let said = words(&day.svg());
    let hours = |h: &str| said.iter().filter(|s| *s == h).count();
    assert_eq!((hours("08"), hours("09"), hours("18")), (1, 2, 2), "{said:?}");
    assert!(said.iter().any(|s| s == "Pyongyang time, UTC+8:30"));
}

#[test]
fn waits_and_restrictions_are_told() {
    let mut day = even(6, 8, 2);
    day.base.closed.push(Closed {
        from_km: 7.0,
        to_km: 14.0,
        from: 5 * HOUR,
        to: 7 * HOUR,
        label: "possession".into(),
    });
    day.waits = vec![
        Wait { train: 0, km: 21.0, from: 2 * HOUR, to: 2 * HOUR + 2_640_000, whom: "P 3".into() },
        Wait { train: 0, km: 14.0, from: HOUR, to: HOUR + 1_140_000, whom: "P 4".into() },
    ];
    day.restrictions = vec![Restriction {
        from_km: 28.0,
        to_km: 34.0,
        kmh: 25.0,
        label: "weak bridge".into(),
        ..Restriction::default()
    }];
    day.outside = vec![Outside { train: 1, km: 35.0, from: HOUR, to: 3 * HOUR }];
    let said = words(&day.svg());
    for need in ["1000: 44 min for P 3", "25 km/h, weak bridge", "possession", "1001 outside 2 h"] {
        assert!(said.iter().any(|s| s == need), "{need} in {said:?}");
    }
    assert!(!said.iter().any(|s| s.contains("P 4")), "under twenty minutes is not told");
    let csv = day.csv();
    for kind in ["occupation", "restriction", "outside", "wait"] {
        assert!(csv.lines().any(|l| l.starts_with(kind)), "{kind}");
    }
    assert!(
        day.summary()
            .contains("1 wait of 20 minutes and more; 1 wait outside the line; 1 temporary speed restriction.")
    );
}

#[test]
fn a_flag_stands_where_simulation_and_closed_form_disagree() {
    let section = |name: &str, simulated: f64, binding| SectionUse {
        name: name.into(),
        running: 0.5,
        setting: 0.1,
        stops: 0.05,
        closed: 0.1,
        trains_down: 12.0,
        trains_up: 12.0,
        capacity: Some(36.0),
        simulated: Some(simulated),
        binding,
    };
    let bars = CapacityBars {
        sections: vec![section("A – B", 34.0, false), section("B – C", 27.0, true)],
        tolerance: 0.1,
        ..CapacityBars::default()
    };
    let said = words(&bars.svg());
    let tail = [
        "A – B",
        "65 %",
        "24 of 36",
        "12 down + 12 up",
        "B – C, binds",
        "65 %",
        "simulated −25 %",
        "24 of 36",
        "12 down + 12 up",
    ];
    assert!(said.ends_with(&tail.map(String::from)), "{said:?}");
    assert!((bars.sections[0].buffer() - 0.25).abs() < 1e-12);
    assert!(bars.summary().ends_with(
        "B – C binds at 24 trains a day, both ways, of 36; simulated saturation disagrees with the closed form on 1."
    ));
    let flags: Vec<bool> = bars.csv().lines().skip(1).map(|l| l.ends_with("true")).collect();
    assert_eq!(flags, [false, true]);
}

#[test]
fn lateness_and_its_causes_are_told() {
    let point = |name: &str, late: f64, arose: Vec<(DelayCause, f64)>| PunctualityPoint {
        name: name.into(),
        km: late,
        p50_min: late,
        p90_min: late * 2.0,
        p99_min: late * 4.0,
        arose,
    };
    let chart = PunctualityChart {
        points: vec![
            point("Dandong", 5.0, vec![(DelayCause::Entry, 5.0), (DelayCause::Meet, 1.5)]),
            point("Sinŭiju", 12.0, vec![(DelayCause::Border, 7.0)]),
        ],
        ..PunctualityChart::default()
    };
    let said = words(&chart.svg());
    for need in
        ["P50 12", "P90 24", "P99 48", "border 7", "entry 5", "meet 1.5", "6.5", "Dandong", "Sinŭiju", "late, min"]
    {
        assert!(said.iter().any(|s| s == need), "{need} in {said:?}");
    }
    assert!(!said.iter().any(|s| s.starts_with("possession")), "only causes that occur are in the key");
    assert_eq!(
        chart.summary(),
        "2 points; late at Sinŭiju: 12 min (median), 24 (P90), 48 (P99); most delay by border: 7 min a train."
    );
    assert_eq!(chart.csv().lines().nth(1), Some("Dandong,5,5,10,20,5,0,1.5,0,0,0,0,0,0"));
}

#[test]
fn delay_over_volume_names_its_curves_and_bounds() {
    let point = |trains: f64| VolumePoint { trains, delay: Some(bands(trains)) };
    let chart = DelayVolume {
        curves: vec![VolumeCurve {
            name: "today".into(),
            colour: Colour::Ink2,
            points: vec![point(10.0), point(30.0)],
        }],
        marks: vec![VolumeMark { trains: 42.0, text: "closed form, 42".into(), bound: true }],
        ..DelayVolume::default()
    };
    let said = words(&chart.svg());
    for need in ["today", "closed form, 42", "delay a train, min", "trains a day, both ways"] {
        assert!(said.iter().any(|s| s == need), "{need} in {said:?}");
    }
    assert_eq!(
        chart.summary().replace('\u{2009}', " "),
        "today: 30 min (15 – 45) a train at 30 trains a day, both ways; closed form, 42."
    );
    assert_eq!(chart.csv().lines().count(), 4);
}
