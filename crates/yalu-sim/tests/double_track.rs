//! Double track with blocks carries what its headway lets through, however far its stations lie apart.
mod support;

use support::{line, run, trains};
use yalu_trace::Cause;
use yalu_units::Span;

/// Blocks of two kilometres at 80 km/h: a train of 560 m that starts is followed after 229 s, in closed form; 15 % more.
const HEADWAY_S: u32 = 265;

#[test]
fn trains_follow_each_other_with_no_track_promised_an_hour_ahead() {
    let mut c = line("A=900,900 40x2b20 B=900,900 40x2b20 C=900,900 40x2b20 D=900,900");
    c.horizon.to = c.horizon.from + Span::days(2);
    let number = 86_400 / HEADWAY_S;
    trains(&mut c, "out", "A D", 40, (0, HEADWAY_S, number));
    trains(&mut c, "back", "D A", 40, (0, HEADWAY_S, number));
    let r = run(&c);
    for id in ["out", "back"] {
        r.arrived(&c, id, number as usize);
    }
    let late: Vec<i64> =
        r.trace.trains.iter().map(|t| (r.trace.times_of(t).last().unwrap().arrive - t.due).0).collect();
    let mean_min = late.iter().sum::<i64>() as f64 / late.len() as f64 / 60_000.0;
    // Trains a day each way, where a track promised from the start let through 43.
    assert!(mean_min < 10.0, "{mean_min:.1} min late on the mean");
    assert_eq!(r.out.refused_beyond_window, 0);
}

#[test]
fn a_train_without_a_track_stands_before_the_station_and_those_behind_after_it() {
    // Beyond B a train needs an hour on single track: of ten that come at once eight wait before B or in A.
    let mut c = line("A=900,900 20x2b10 B=900,900 60 C=900,900");
    c.horizon.to = c.horizon.from + Span::days(2);
    trains(&mut c, "out", "A C", 40, (0, 300, 10));
    trains(&mut c, "back", "C A", 40, (0, 7200, 3));
    let r = run(&c);
    r.arrived(&c, "out", 10);
    r.arrived(&c, "back", 3);
    let held: Vec<_> = r.trace.open_line_stops.iter().filter(|s| s.cause == Cause::StationFull).collect();
    assert!(held.len() >= 4, "{} stood on the open line", held.len());
    // In the order in which they left A.
    let out = r.of(&c, "out");
    assert!(out.windows(2).all(|w| w[0][0].depart < w[1][0].depart && w[0][1].enter < w[1][1].enter));
}
