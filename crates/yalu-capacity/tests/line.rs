//! The capacity of a line: sections, loops, tonnes, and what may never happen.
use proptest::prelude::*;
use yalu_capacity::{
    Agreement, CapacityError, LineCapacity, LineInput, Progress, RunTimes, Scheme, SectionInput, StationInput, Working,
    assess, saturation_flag,
};

const MIN: f64 = 60.0;

fn near(seen: f64, want: f64, within: f64) {
    assert!((seen - want).abs() <= within, "{seen} is not within {within} of {want}");
}

fn station(name: &str, tracks_m: &[f64]) -> StationInput {
    StationInput { name: name.into(), tracks_m: tracks_m.to_vec(), simultaneous_entry: false }
}

fn section(name: &str, out_min: f64, back_min: f64) -> SectionInput {
    let run = |m: f64| RunTimes { pass_pass_s: m * MIN, start_add_s: 2.0 * MIN, stop_add_s: MIN };
    SectionInput {
        name: name.into(),
        tracks: 1,
        out: run(out_min),
        back: run(back_min),
        headway_out_s: 8.0 * MIN,
        headway_back_s: 8.0 * MIN,
        closed_s_per_day: 0.0,
        progress: vec![],
    }
}

/// Four stations; the second section is the limiting section of the oracle.
fn line() -> LineInput {
    LineInput {
        stations: ["A", "B", "C", "D"].map(|n| station(n, &[850.0, 850.0, 400.0])).to_vec(),
        sections: vec![section("A-B", 10.0, 10.0), section("B-C", 16.0, 17.0), section("C-D", 12.0, 11.0)],
        train_length_m: 700.0,
        net_t_out: 2000.0,
        net_t_back: 500.0,
        route_setting_s: 2.0 * MIN,
        non_simultaneous_s: 4.0 * MIN,
        effective_share: 0.9,
        scott_efficiency: 0.7,
        traffic_pairs_per_day: None,
    }
}

fn single(capacity: &LineCapacity, at: usize) -> &yalu_capacity::SingleWorking {
    match &capacity.sections[at].working {
        Working::Single(w) => w,
        Working::Double { .. } => panic!("section {at} has two tracks"),
    }
}

#[test]
fn the_limiting_section_sets_the_line() {
    let mut input = line();
    input.sections[1].closed_s_per_day = 90.0 * MIN;
    let c = assess(&input).unwrap();
    assert_eq!(c.binding, 1);
    assert_eq!(single(&c, 1).schemes.map(|s| s.cycle_s / MIN), [43.0, 41.0, 42.0, 42.0]);
    assert_eq!(single(&c, 1).chosen.scheme, Scheme::LeavingPass);
    near(c.planned.pairs_per_day, 1350.0 * 0.9 / 41.0, 1e-9);
    near(c.planned.trains_per_day, 2.0 * 1350.0 * 0.9 / 41.0, 1e-9);
    near(c.bound.pairs_per_day, 1350.0 / 41.0, 1e-9);
    near(c.planned.net_t_out_per_day, c.planned.pairs_per_day * 2000.0, 1e-6);
    near(c.planned.net_mt_per_year, c.planned.pairs_per_day * 2500.0 * 365.0 / 1e6, 1e-9);
    near(c.sections[1].scott_trains_per_day, 1440.0 / 19.0 * 0.7, 1e-9);
    let o = c.sections[1].occupancy;
    near(o.running_s + o.route_setting_s + o.stops_s + o.closed_s + o.buffer_s, 86_400.0, 1e-6);
    near(o.rate, 0.9, 1e-12);
    near(o.running_s / o.stops_s, 33.0 / 4.0, 1e-9);
    near(o.running_s / o.route_setting_s, 33.0 / 4.0, 1e-9);
    // Twice the traffic does not fit, and says so.
    input.traffic_pairs_per_day = Some(2.0 * c.bound.pairs_per_day);
    let over = assess(&input).unwrap().sections[1].occupancy;
    near(over.rate, 2.0, 1e-12);
    near(over.buffer_s, -1350.0 * MIN, 1e-6);
}

#[test]
fn platoons_need_tracks() {
    let c = assess(&line()).unwrap();
    let two = single(&c, 1).platoons[1];
    near(two.cycle_s, 57.0 * MIN, 1e-9);
    near(two.pairs_per_day, 2.0 * 1440.0 / 57.0, 1e-9);
    let held: Vec<bool> = c.platoons.iter().map(|p| p.stations_hold).collect();
    assert_eq!(held, [true, false, false, false]);
    assert_eq!(c.platoons[3].binding, 1);
    near(c.platoons[0].pairs_per_day, c.bound.pairs_per_day, 1e-12);
}

#[test]
fn a_short_loop_merges_its_sections() {
    let mut input = line();
    input.stations[1].tracks_m = vec![850.0, 650.0];
    let c = assess(&input).unwrap();
    assert_eq!(c.sections.len(), 2);
    assert_eq!((c.sections[0].name.as_str(), c.sections[0].last_section), ("A-B + B-C", 1));
    near(single(&c, 0).chosen.cycle_s, 61.0 * MIN, 1e-9);
    assert_eq!(c.short_loops.len(), 1);
    assert_eq!((c.short_loops[0].station, c.short_loops[0].merges), (1, true));
    near(c.short_loops[0].meets_up_to_m, 650.0, 0.0);
    near(c.longer_loops[0].gain_pairs_per_day, 1440.0 / 41.0 - 1440.0 / 61.0, 1e-9);
    // A train starts and stops at the ends of what is merged, as it would in the sections there.
    let mut uneven = input.clone();
    let run = |start: f64, stop: f64| RunTimes { pass_pass_s: 600.0, start_add_s: start, stop_add_s: stop };
    (uneven.sections[0].out, uneven.sections[0].back) = (run(1.0, 200.0), run(3000.0, 40.0));
    (uneven.sections[1].out, uneven.sections[1].back) = (run(500.0, 6.0), run(70.0, 800.0));
    let adds = single(&assess(&uneven).unwrap(), 0).schemes.map(|s| s.start_stop_s);
    assert_eq!(adds, [46.0, 71.0, 110.0, 7.0]);
    // A shorter train meets there.
    input.train_length_m = 650.0;
    assert_eq!(assess(&input).unwrap().sections.len(), 3);
    // Beside double track trains meet without a loop, and at its ends a line ends.
    input.train_length_m = 700.0;
    input.sections[0].tracks = 2;
    input.stations[3].tracks_m.clear();
    let c = assess(&input).unwrap();
    assert_eq!(c.sections.len(), 3);
    assert!(c.short_loops.iter().all(|s| !s.merges) && c.short_loops.len() == 2 && c.longer_loops.is_empty());
}

#[test]
fn double_track_is_headways() {
    let mut input = line();
    input.sections[1].tracks = 2;
    input.sections[1].headway_back_s = 12.0 * MIN;
    let c = assess(&input).unwrap();
    assert_eq!(c.sections[1].working, Working::Double { out_per_day: 180.0, back_per_day: 120.0 });
    near(c.sections[1].bound.pairs_per_day, 120.0, 1e-12);
    near(c.sections[1].scott_trains_per_day, 210.0, 1e-9);
    assert_eq!(c.binding, 2);
    assert!(c.one_more_loop.iter().all(|l| l.capacity != 1));
}

#[test]
fn one_more_loop_at_the_best_place() {
    let mut input = line();
    let c = assess(&input).unwrap();
    let [first, limiting, last] = &c.one_more_loop[..] else { panic!("three sections") };
    near(limiting.length_share, 0.5, 1e-9);
    // 33 min of running halved, and 8 min of starts and meetings on either side.
    near(limiting.first_cycle_s, 24.5 * MIN, 1e-6);
    near(limiting.second_cycle_s, 24.5 * MIN, 1e-6);
    near(limiting.section_pairs_per_day, 1440.0 / 24.5, 1e-6);
    // Then the last section binds, at 23 + 8 min.
    near(limiting.line_after.pairs_per_day, 1440.0 / 31.0, 1e-9);
    near(limiting.gain_pairs_per_day, 1440.0 / 31.0 - 1440.0 / 41.0, 1e-9);
    assert_eq!((first.gain_pairs_per_day, last.gain_pairs_per_day), (0.0, 0.0));
    // A climb in the first fifth that takes 3/4 of the time out and half of the time back: 12 + 8.5 of 33 min there.
    input.sections[1].progress = vec![Progress { length_share: 0.2, out_share: 0.75, back_share: 0.5 }];
    let steep = &assess(&input).unwrap().one_more_loop[1];
    near(steep.length_share, 0.2 * 16.5 / 20.5, 1e-9);
    near(steep.first_cycle_s, 24.5 * MIN, 1e-6);
    // Where a loop is too short, the place is told in the section it lies in.
    input.sections[1].progress.clear();
    input.stations[1].tracks_m.clear();
    let merged = &assess(&input).unwrap().one_more_loop[0];
    assert_eq!(merged.section, 1);
    near(merged.length_share, (26.5 - 20.0) / 33.0, 1e-9);
}

#[test]
fn bad_lines_are_refused() {
    let broken: [fn(&mut LineInput); 16] = [
        |l| l.stations.clear(),
        |l| l.sections.clear(),
        |l| l.sections[0].tracks = 3,
        |l| l.sections[0].out.pass_pass_s = 0.0,
        |l| l.sections[0].back.start_add_s = -1.0,
        |l| l.sections[0].headway_out_s = f64::NAN,
        |l| l.sections[0].closed_s_per_day = 86_401.0,
        |l| l.stations[0].tracks_m[0] = -5.0,
        |l| l.train_length_m = f64::INFINITY,
        |l| l.net_t_back = -1.0,
        |l| l.route_setting_s = -1.0,
        |l| l.non_simultaneous_s = f64::NAN,
        |l| l.effective_share = 1.1,
        |l| l.scott_efficiency = -0.1,
        |l| l.traffic_pairs_per_day = Some(-1.0),
        |l| l.sections[0].progress = vec![Progress { length_share: 1.0, out_share: 0.9, back_share: 0.9 }],
    ];
    for (at, breaks) in broken.iter().enumerate() {
        let mut input = line();
        breaks(&mut input);
        assert!(assess(&input).is_err(), "case {at}");
    }
    let mut back = line();
    let point = |length_share, out_share| Progress { length_share, out_share, back_share: 0.5 };
    back.sections[0].progress = vec![point(0.2, 0.5), point(0.4, 0.3)];
    assert!(matches!(assess(&back), Err(CapacityError::Input { .. })));
}

#[test]
fn a_closed_section_carries_nothing() {
    let mut input = line();
    input.sections[2].closed_s_per_day = 86_400.0;
    let c = assess(&input).unwrap();
    assert_eq!((c.binding, c.bound.trains_per_day, c.sections[2].occupancy.rate), (2, 0.0, 0.0));
    input.traffic_pairs_per_day = Some(5.0);
    assert!(assess(&input).unwrap().sections[2].occupancy.rate > 1.0);
}

#[test]
fn a_simulation_beside_the_bound() {
    assert_eq!(saturation_flag(40.0, 39.5, 0.02).unwrap(), Agreement::Agrees);
    assert_eq!(saturation_flag(40.0, 30.0, 0.02).unwrap(), Agreement::SimulatedBelow { by: 0.25 });
    let above = saturation_flag(40.0, 50.0, 0.02).unwrap();
    assert_eq!(above, Agreement::SimulatedAbove { by: 0.25 });
    assert!(above.is_contradiction());
    assert_eq!(saturation_flag(0.0, 0.0, 0.0).unwrap(), Agreement::Agrees);
    assert!(saturation_flag(0.0, 1.0, 0.02).unwrap().is_contradiction());
    assert!(saturation_flag(-1.0, 1.0, 0.02).is_err() && saturation_flag(1.0, f64::NAN, 0.02).is_err());
}

fn any_line() -> impl Strategy<Value = LineInput> {
    let progress = prop_oneof![
        Just(vec![]),
        (0.05..0.95, 0.0..1.0, 0.0..1.0).prop_map(|(length_share, out_share, back_share)| vec![Progress {
            length_share,
            out_share,
            back_share
        }]),
    ];
    let part = (1.0..60.0, 1.0..60.0, 0.0..0.5, any::<bool>(), prop_oneof![3 => Just(1_u8), 1 => Just(2)], progress);
    // Additions are the same at all stations: where one is cheaper to stop at, a train may well leave out another.
    (proptest::collection::vec(part, 1..7), 0.0..3.0, 0.0..2.0, 0.0..4.0, 0.0..6.0, any::<bool>()).prop_map(
        |(parts, start, stop, route, more, together)| {
            let mut input = line();
            input.stations = vec![station("end", &[850.0, 850.0])];
            input.sections.clear();
            for (out, back, closed, long, tracks, progress) in parts {
                let mut s = section("s", out, back);
                (s.tracks, s.progress, s.closed_s_per_day) = (tracks, progress, closed * 86_400.0);
                for run in [&mut s.out, &mut s.back] {
                    (run.start_add_s, run.stop_add_s) = (start * MIN, stop * MIN);
                }
                input.sections.push(s);
                input.stations.push(station("s", if long { &[850.0, 850.0] } else { &[850.0] }));
            }
            for s in &mut input.stations {
                s.simultaneous_entry = together;
            }
            (input.route_setting_s, input.non_simultaneous_s) = (route * MIN, (route + more) * MIN);
            input
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_loop_never_lowers_capacity(input in any_line(), which in 0_usize..8) {
        let before = assess(&input).unwrap();
        for new in &before.one_more_loop {
            prop_assert!(new.gain_pairs_per_day >= 0.0 && (0.0..=1.0).contains(&new.length_share));
            prop_assert!(new.section_pairs_per_day >= before.sections[new.capacity].bound.pairs_per_day);
        }
        for longer in &before.longer_loops {
            prop_assert!(longer.gain_pairs_per_day >= 0.0);
        }
        let mut longer = input.clone();
        let at = which % input.stations.len();
        longer.stations[at].tracks_m = vec![850.0; 2];
        let after = assess(&longer).unwrap();
        prop_assert!(after.bound.pairs_per_day >= before.bound.pairs_per_day * (1.0 - 1e-12));
        let told = before.longer_loops.iter().find(|l| l.station == at);
        let gain = told.map_or(0.0, |l| l.gain_pairs_per_day);
        prop_assert!((after.bound.pairs_per_day - before.bound.pairs_per_day - gain).abs() < 1e-9);
    }

    #[test]
    fn a_new_loop_does_what_it_says(input in any_line()) {
        // Built where it was told, entered by one train at a time, the line is as told.
        let before = assess(&input).unwrap();
        for new in before.one_more_loop.iter().filter(|n| n.gain_pairs_per_day > 1e-6) {
            let s = &input.sections[new.section];
            let (out, back) = at(&s.progress, new.length_share);
            let (mut first, mut second) = (s.clone(), s.clone());
            (first.out.pass_pass_s, second.out.pass_pass_s) = (s.out.pass_pass_s * out, s.out.pass_pass_s * (1.0 - out));
            (first.back.pass_pass_s, second.back.pass_pass_s) = (s.back.pass_pass_s * back, s.back.pass_pass_s * (1.0 - back));
            if [&first, &second].iter().any(|s| s.out.pass_pass_s < 1.0 || s.back.pass_pass_s < 1.0) {
                continue;
            }
            (first.progress, second.progress) = (vec![], vec![]);
            let mut built = input.clone();
            built.sections.splice(new.section..=new.section, [first, second]);
            built.stations.insert(new.section + 1, station("new", &[850.0, 850.0]));
            let after = assess(&built).unwrap();
            prop_assert!((after.bound.pairs_per_day - new.line_after.pairs_per_day).abs() < 1e-6);
        }
    }

    #[test]
    fn slower_or_stricter_never_carries_more(input in any_line(), which in 0_usize..8, more in 0.0..20.0) {
        let before = assess(&input).unwrap();
        let at = which % input.sections.len();
        let closed = input.sections[at].closed_s_per_day;
        let worse: [&dyn Fn(&mut LineInput); 6] = [
            &|l| l.sections[at].out.pass_pass_s += more * MIN,
            &|l| l.sections[at].back.stop_add_s += more * MIN,
            &|l| { l.route_setting_s += more * MIN; l.non_simultaneous_s += more * MIN },
            &|l| l.non_simultaneous_s += more * MIN,
            &|l| l.sections[at].closed_s_per_day = f64::min(closed + more * MIN, 86_400.0),
            &|l| l.train_length_m += more * 20.0,
        ];
        for change in worse {
            let mut input = input.clone();
            change(&mut input);
            let after = assess(&input).unwrap();
            prop_assert!(after.bound.pairs_per_day <= before.bound.pairs_per_day * (1.0 + 1e-12));
        }
    }

    #[test]
    fn parts_fill_the_day_and_platoons_go_one_way(input in any_line()) {
        let c = assess(&input).unwrap();
        for (at, s) in c.sections.iter().enumerate() {
            let o = s.occupancy;
            prop_assert!((o.running_s + o.route_setting_s + o.stops_s + o.closed_s + o.buffer_s - 86_400.0).abs() < 1e-6);
            prop_assert!(o.rate.is_finite() && s.bound.pairs_per_day >= c.bound.pairs_per_day);
            if let Working::Single(w) = &s.working {
                let held = &input.sections[s.first_section..=s.last_section];
                let both = held.iter().map(|s| s.headway_out_s + s.headway_back_s).fold(0.0, f64::max);
                for pair in w.platoons.windows(2) {
                    // Following pays where two headways are less than the cycle of a pair.
                    let gain = pair[1].pairs_per_day - pair[0].pairs_per_day;
                    let pays = w.chosen.cycle_s - both;
                    prop_assert!(gain * pays >= -1e-9, "section {at}: {gain} pairs, {pays} s");
                }
            }
        }
    }
}

fn at(progress: &[Progress], share: f64) -> (f64, f64) {
    let Some(p) = progress.first() else { return (share, share) };
    if share <= p.length_share {
        let part = share / p.length_share;
        (part * p.out_share, part * p.back_share)
    } else {
        let part = (share - p.length_share) / (1.0 - p.length_share);
        (p.out_share + part * (1.0 - p.out_share), p.back_share + part * (1.0 - p.back_share))
    }
}
