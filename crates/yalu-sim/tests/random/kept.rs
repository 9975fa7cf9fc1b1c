//! Least cases of faults that random lines have found.
use crate::random::{Case, Service, Station, Way};

fn station(tracks_m: &[u32]) -> Station {
    Station { tracks_m: tracks_m.to_vec(), simultaneous: true }
}

fn way(length_m: u32, tracks: u8, blocks: u32) -> Way {
    Way { length_m, tracks, blocks }
}

/// From, to, where it reverses and for how many minutes; wagons, priority; first, every, trains.
fn service(
    (from, to): (usize, usize),
    turns: Option<(usize, u32)>,
    (wagons, priority): (u32, i32),
    (first_s, every_s, trains): (u32, u32, u32),
) -> Service {
    let stops = turns.map(|(at, minutes)| (at, minutes, true)).into_iter().collect();
    Service { from, to, stops, wagons, priority, first_s, every_s, trains }
}

fn case(stations: &[&[u32]], ways: &[(u32, u8, u32)], services: Vec<Service>) -> Case {
    Case {
        stations: stations.iter().map(|t| station(t)).collect(),
        ways: ways.iter().map(|w| way(w.0, w.1, w.2)).collect(),
        ring: false,
        branch_at: None,
        services,
        route_setting_s: 0,
        apart_s: 0,
        into_yard_s: 0,
        possessions: Vec::new(),
        restrictions: Vec::new(),
        late_minutes: 0,
        failures_per_million_km: 0,
        dead: None,
        shut: None,
    }
}

pub fn all() -> Vec<(&'static str, Case)> {
    let plain = |f, t, due| service((f, t), None, (5, 0), due);
    let track_just_freed = Case {
        route_setting_s: 120,
        ..case(
            &[&[900], &[900, 900], &[900], &[900], &[350], &[900]],
            &[(3_000, 1, 1), (11_700, 1, 2), (3_000, 1, 1), (3_000, 1, 1), (3_000, 1, 1)],
            vec![plain(5, 0, (0, 60, 3))],
        )
    };
    let into_possession = Case {
        possessions: vec![(0, 1, 14_541, 18_560)],
        late_minutes: 40,
        ..case(&[&[900], &[900]], &[(5_400, 1, 1)], vec![plain(0, 1, (1_849, 2_400, 6))])
    };
    let mut holds_before_its_entry = Case {
        restrictions: vec![(2, 2071, 8437, 20)],
        late_minutes: 40,
        branch_at: Some(1),
        ..case(
            &[&[200], &[900, 900, 900], &[900, 900], &[900, 900, 900]],
            &[(3_000, 1, 1), (6_900, 1, 3), (11_550, 2, 5)],
            vec![plain(2, 0, (2575, 300, 3)), service((0, 2), Some((3, 19)), (20, 0), (0, 60, 7))],
        )
    };
    holds_before_its_entry.stations[1].simultaneous = false;
    let waits_for_the_shorter_track = Case {
        into_yard_s: 900,
        shut: Some(0),
        ..case(
            &[&[900], &[350, 200], &[900, 350, 900], &[900], &[900]],
            &[(3_000, 1, 1), (16_800, 2, 5), (3_000, 1, 1), (3_000, 1, 1)],
            vec![
                Service { stops: vec![(1, 26, false)], ..plain(0, 4, (0, 2400, 1)) },
                service((4, 4), Some((0, 28)), (30, 0), (0, 60, 3)),
                Service { stops: vec![(1, 19, false)], ..plain(0, 2, (0, 2400, 2)) },
            ],
        )
    };
    let mut together = case(
        &[&[900], &[900, 900], &[900], &[900], &[900]],
        &[(2_100, 1, 1), (4_050, 2, 1), (3_000, 1, 1), (3_000, 1, 1)],
        vec![service((0, 4), None, (25, 0), (0, 60, 2)), plain(4, 0, (0, 900, 1))],
    );
    together.stations[1].simultaneous = false;
    together.services[1].stops.push((2, 15, false));
    let mut long_together = Case {
        apart_s: 60,
        late_minutes: 40,
        branch_at: Some(1),
        ..case(
            &[&[900], &[350], &[900], &[900], &[900]],
            &[(3_000, 1, 1), (3_000, 1, 1), (3_000, 1, 1), (2_250, 1, 1)],
            vec![
                service((0, 3), Some((4, 16)), (5, 0), (0, 300, 1)),
                service((3, 2), Some((4, 13)), (50, 0), (0, 60, 1)),
            ],
        )
    };
    long_together.stations[1].simultaneous = false;
    let shorter_track = Case {
        into_yard_s: 900,
        ..case(
            &[&[900], &[900], &[900], &[350, 200]],
            &[(3_000, 1, 1), (3_000, 1, 1), (3_000, 1, 1)],
            vec![
                service((0, 0), Some((3, 30)), (5, 0), (0, 60, 1)),
                service((0, 0), Some((3, 36)), (25, 0), (0, 900, 1)),
                service((3, 3), Some((0, 31)), (5, 8), (0, 2_400, 1)),
            ],
        )
    };
    let beyond_window = Case {
        route_setting_s: 120,
        ..case(
            &[&[900, 900], &[900, 900, 900], &[900, 900, 900], &[900, 200], &[350], &[900]],
            &[(3_000, 1, 1), (9_000, 1, 2), (3_000, 1, 1), (3_000, 1, 1), (6_900, 1, 3)],
            vec![
                service((0, 0), Some((5, 16)), (20, 0), (0, 60, 6)),
                service((5, 5), Some((0, 12)), (5, 0), (2_676, 60, 2)),
            ],
        )
    };
    let told_late = Case {
        failures_per_million_km: 3_000,
        branch_at: Some(1),
        ..case(
            &[&[900, 900, 900], &[200, 350], &[900], &[900], &[900]],
            &[(7_500, 1, 2), (3_000, 1, 1), (3_000, 1, 1), (3_000, 1, 1)],
            vec![
                plain(0, 4, (0, 60, 1)),
                plain(3, 4, (0, 900, 1)),
                service((2, 2), Some((0, 26)), (5, 0), (1_667, 300, 3)),
                service((0, 4), None, (50, 0), (0, 900, 1)),
            ],
        )
    };
    let many_trains = Case {
        shut: Some(3),
        ..case(
            &[&[900], &[900, 900, 900], &[900], &[900], &[900], &[900, 900]],
            &[(3_000, 2, 9), (17_250, 2, 6), (3_000, 1, 1), (7_500, 1, 1), (3_000, 1, 1)],
            vec![
                plain(0, 5, (0, 900, 9)),
                service((0, 0), Some((5, 17)), (5, 3), (0, 2_400, 4)),
                service((4, 4), Some((2, 25)), (5, 3), (0, 2_400, 1)),
            ],
        )
    };
    vec![
        (
            "a train that asked just after a track got free, before its route could be set, was never told",
            track_just_freed,
        ),
        ("the way behind was held until the braking point and beyond the begin of a possession", into_possession),
        ("the tail was in before the braking point, and the entry was told as free too late", together),
        ("a long train passed a short station, its tail still outside", long_together),
        ("a train waited for safety, and the shorter track that would do got free unseen", shorter_track),
        ("trains alike were no longer alike once one had moved, and a search grew beyond its bound", beyond_window),
        ("trains followed without a track, and one more than the search looks at then waited for safety", many_trains),
        ("a train stood before a station whose entry it had passed: it brakes there later", holds_before_its_entry),
        ("a train without a track waited for safety, and was not told of the shorter one", waits_for_the_shorter_track),
        ("the train ahead told its leaving after the one behind, and the last block seemed free", told_late),
    ]
}
