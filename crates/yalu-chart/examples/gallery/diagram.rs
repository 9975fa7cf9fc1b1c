//! A working day between Dandong and Pyongyang, drawn for show; two observed times.

use yalu_chart::{Closed, Colour, DwellBar, Seen, Station, Tick, TimeDistance, TrainKind, TrainLine, WaitNote, Zone};

use crate::words;

const DAY: i64 = 1_664_150_400_000; // 26 September 2022, 00:00 UTC

/// A moment of the day in Beijing hours.
fn at(hours: f64) -> i64 {
    DAY + ((hours - 8.0) * 3_600_000.0) as i64
}

fn zone(name: &str, add: i64) -> Zone {
    Zone {
        name: name.into(),
        ticks: (5..=25).map(|h| Tick { ms: at(h as f64), text: format!("{:02}", (h + add) % 24) }).collect(),
    }
}

/// The line from Dandong to Pyongyang.
pub(crate) fn stations() -> Vec<Station> {
    let open = |km: f64, name: &str, local: &str, note: &str, section: &str, lanes: &[&str]| Station {
        km,
        name: name.into(),
        local: local.into(),
        note: note.into(),
        lanes: lanes.iter().map(|l| (*l).into()).collect(),
        minor: false,
        section: section.into(),
        tracks: 1,
    };
    let mut out = vec![
        open(
            277.0,
            "Dandong",
            "丹东",
            "CN · km 277.0",
            "Friendship Bridge",
            &["loading, South Dandong", "customs, sealing", "departure track", "arrival, empties"],
        ),
        open(
            280.0,
            "Sinŭiju",
            "신의주청년",
            "KP · km 280.0",
            "",
            &[
                "arrival track, 1 of 14",
                "locomotive exchange",
                "customs, disinfection",
                "Ŭiju spur, quarantine",
                "departure track",
            ],
        ),
    ];
    let line: [(f64, &str, bool, u8); 20] = [
        (8.2, "South Sinŭiju", false, 1),
        (12.5, "Rakwŏn", false, 1),
        (17.8, "Ryongch’ŏn", false, 1),
        (24.0, "Ryongju", true, 1),
        (36.4, "Yŏmju", false, 1),
        (49.8, "Tongrim", false, 1),
        (60.6, "Ch’ŏnggang", false, 1),
        (70.7, "Sŏnch’ŏn", false, 1),
        (80.0, "Roha", false, 1),
        (91.6, "Kwaksan", false, 1),
        (99.5, "Hadan", false, 1),
        (104.2, "Chŏngju", false, 1),
        (117.0, "Koŭp", false, 1),
        (125.5, "Un’am", false, 1),
        (138.5, "Unjŏn", false, 1),
        (157.3, "Taegyo", false, 1),
        (175.7, "Sukch’ŏn", false, 2),
        (197.3, "Sŏgam", false, 1),
        (210.5, "Kalli", false, 2),
        (228.1, "P’yŏngyang", false, 0),
    ];
    out.extend(line.iter().map(|(km, name, minor, tracks)| Station {
        km: 277.0 + km,
        name: (*name).into(),
        minor: *minor,
        tracks: *tracks,
        ..Station::default()
    }));
    if let Some(s) = out.get_mut(1) {
        s.tracks = 2;
    }
    out
}

/// A run from km to km at a speed with a pause.
fn run(start: f64, from: f64, to: f64, speed: f64, stops: &[(f64, f64)]) -> Vec<(i64, f64)> {
    let mut t = start;
    let mut k = from;
    let mut out = vec![(at(t), k)];
    for (km, wait) in stops {
        t += (km - k).abs() / speed;
        k = *km;
        out.push((at(t), k));
        t += wait;
        out.push((at(t), k));
    }
    t += (to - k).abs() / speed;
    out.push((at(t), to));
    out
}

/// Where opposing trains pass each other.
fn meets(trains: &[TrainLine]) -> Vec<(i64, f64)> {
    let mut out = Vec::new();
    for (i, a) in trains.iter().enumerate() {
        for b in trains.iter().skip(i + 1) {
            for p in a.points.windows(2) {
                for q in b.points.windows(2) {
                    let ([(a0, k0), (a1, k1)], [(b0, l0), (b1, l1)]) = (p, q) else {
                        continue;
                    };
                    let (from, to) = (*a0.max(b0), *a1.min(b1));
                    let on = |t: i64, t0: i64, t1: i64, u: f64, v: f64| {
                        u + (v - u) * (t - t0) as f64 / ((t1 - t0).max(1)) as f64
                    };
                    if to <= from {
                        continue;
                    }
                    let d0 = on(from, *a0, *a1, *k0, *k1) - on(from, *b0, *b1, *l0, *l1);
                    let d1 = on(to, *a0, *a1, *k0, *k1) - on(to, *b0, *b1, *l0, *l1);
                    if d0 * d1 < 0.0 {
                        let t = from + ((to - from) as f64 * d0 / (d0 - d1)) as i64;
                        out.push((t, on(t, *a0, *a1, *k0, *k1)));
                    }
                }
            }
        }
    }
    out
}

/// The diagram.
pub(crate) fn diagram() -> TimeDistance {
    let train = |label: &str, kind, points| TrainLine { label: label.into(), kind, colour: Colour::Rail, points };
    let bar = |station, lane, from, to, label: &str, hollow: bool| DwellBar {
        station,
        lane,
        from: at(from),
        to: at(to),
        label: label.into(),
        colour: Colour::Rail,
        hollow,
        assumed: !hollow,
    };
    let trains = vec![
        train("F 1 out", TrainKind::Loaded, vec![(at(7.717), 277.0), (at(7.92), 280.0)]),
        train("", TrainKind::Empty, vec![(at(8.2), 280.0), (at(8.417), 277.0)]),
        train("F 1 loaded", TrainKind::Loaded, run(12.5, 280.0, 505.1, 36.0, &[(381.2, 0.7), (434.3, 0.73)])),
        train("F 2 empties", TrainKind::Empty, run(16.2, 505.1, 280.0, 40.0, &[(452.7, 1.35)])),
        train("P 1", TrainKind::Passenger, run(5.6, 285.2, 505.1, 44.0, &[])),
        train("P 2", TrainKind::Passenger, run(6.4, 505.1, 285.2, 42.0, &[])),
        train("P 3", TrainKind::Passenger, run(14.6, 285.2, 505.1, 44.0, &[])),
        train("P 4", TrainKind::Passenger, run(13.4, 505.1, 285.2, 44.0, &[])),
        train("G 1", TrainKind::Domestic, run(8.2, 285.2, 505.1, 34.0, &[(337.6, 0.5), (415.5, 0.7)])),
        train("G 2", TrainKind::Domestic, run(9.2, 505.1, 285.2, 34.0, &[(376.5, 0.6)])),
        train("G 3", TrainKind::Domestic, run(18.0, 285.2, 505.1, 34.0, &[(357.0, 0.4)])),
    ];
    TimeDistance {
        caption: words(
            "Dandong–Sinuiju–Pyongyang: a working day",
            "Every line is a train: steep is fast, level is standing. Rings are meets at passing loops. The border is where the hours go.",
            "Stations and km: line record, km counted from Shenyang side at Dandong 277.0. Speeds 34–46 km/h. Distance scale changes at Sinŭiju; time scale does not.",
        ),
        from: at(5.0),
        to: at(25.0),
        above: zone("Beijing time, UTC+8", 0),
        below: zone("Pyongyang time, UTC+9", 1),
        stations: stations(),
        border: Some(278.2),
        trains: trains.clone(),
        dwells: vec![
            bar(0, 0, 5.0, 6.2, "load cut", false),
            bar(0, 0, 14.0, 18.0, "next day’s cut: load, 12–20 cars seen", false),
            bar(0, 1, 6.2, 7.35, "seal", false),
            bar(0, 1, 18.0, 20.2, "papers, seal", false),
            bar(0, 2, 7.35, 7.717, "", false),
            bar(0, 3, 8.417, 11.2, "empties: inspect, split", true),
            bar(1, 0, 7.92, 9.0, "hold", false),
            bar(1, 1, 7.95, 8.2, "locomotive and cut exchanged", false),
            bar(1, 2, 9.0, 12.0, "check, disinfect", false),
            bar(1, 3, 9.0, 25.0, "part of the cut to Ŭiju: held 15–60 days to April 2022; later hold not known", false),
            bar(1, 4, 5.0, 8.2, "empties stand, bridge closed", true),
            bar(1, 4, 12.0, 12.5, "F 1 made up", false),
        ],
        closed: vec![
            Closed { from_km: 277.0, to_km: 280.0, from: at(4.0), to: at(7.0), label: String::new() },
            Closed {
                from_km: 277.0,
                to_km: 280.0,
                from: at(18.0),
                to: at(26.0),
                label: "bridge closed to trains, night hours assumed".into(),
            },
            Closed { from_km: 368.6, to_km: 381.2, from: at(11.0), to: at(13.0), label: "track possession".into() },
        ],
        meets: meets(&trains),
        waits: vec![
            WaitNote { ms: at(16.9), km: 434.3, text: "F 1: 44 min for P 3".into(), colour: Colour::Rail },
            WaitNote { ms: at(17.6), km: 452.7, text: "F 2: 1 h 21 for P 3, F 1".into(), colour: Colour::Rail },
        ],
        observed: vec![
            Seen { ms: at(7.717), km: 277.0, text: String::new(), more: String::new() },
            Seen {
                ms: at(8.417),
                km: 277.0,
                text: "07:43 out and about 08:25 back: seen by Yonhap, 26–28 Sep 2022".into(),
                more: "The only two observed times in this picture.".into(),
            },
        ],
        stamp: "Illustrative schedule".into(),
    }
}
