//! Other traffic that no service can meet is left out of runs that are not recorded, and changes none of their figures.
use std::path::Path;
use yalu_plan::{Draw, compile};
use yalu_scenario::{load, read_folder};
use yalu_sim::{Recorded, simulate};
use yalu_units::Span;

#[test]
fn what_stands_apart_changes_nothing_of_what_is_carried() {
    for (name, apart) in [("dandong-sinuiju", vec!["cn-freight", "cn-passenger"]), ("malaszewicze-brest", vec![])] {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name);
        let mut c = load(&read_folder(&dir).unwrap(), &[]).corridor.unwrap();
        c.end_at(c.horizon.from + Span::days(400));
        let plan = compile(&c, c.horizon.from).unwrap();
        let found = plan.apart(c.line.traffic.len());
        let named: Vec<&str> =
            c.line.traffic.iter().zip(&found).filter(|(_, x)| **x).map(|(t, _)| t.id.as_str()).collect();
        assert_eq!(named, apart, "{name}");
        for draw in [Draw::central(7), Draw::replication(7, 1), Draw::replication(7, 2)] {
            let (with, _) = simulate(&c, &plan, draw, Recorded::Trains);
            let (without, _) = simulate(&c, &plan, draw, Recorded::Nothing);
            assert_eq!(with.months, without.months, "{name}");
            assert_eq!(with.waiting_t, without.waiting_t, "{name}");
            assert_eq!(with.standing, without.standing, "{name}");
            assert_eq!(with.reopenings, without.reopenings, "{name}");
            assert!(apart.is_empty() || without.events * 10 < with.events * 6, "{} {}", without.events, with.events);
        }
    }
}

/// The same lines, but the station where both call has few tracks: then they can hinder each other, and nothing is left out.
#[test]
fn a_station_with_few_tracks_keeps_its_traffic() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/dandong-sinuiju");
    let mut c = load(&read_folder(&dir).unwrap(), &[]).corridor.unwrap();
    let station = c.line.traffic[0].to;
    c.line.points[station].track_lengths_m.truncate(5);
    let plan = compile(&c, c.horizon.from).unwrap();
    assert!(!plan.apart(c.line.traffic.len())[0]);
}
