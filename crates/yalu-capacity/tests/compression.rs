//! Compression of crossing patterns: oracles, deadlocks, and the search against trying all.
use proptest::prelude::*;
use yalu_capacity::{
    Arc, CapacityError, Crossing, CrossingStation, Passage, Pattern, RunMs, SingleTrackLine, SingleTrackSection, Stand,
    TrainPath, Way, alternating, best_pattern, compress, occupancy_time_rate, shortest_period,
};

const MIN: i64 = 60_000;

fn passing(minutes: i64) -> SingleTrackSection {
    let run = RunMs { pass_pass: minutes * MIN, start_add: 0, stop_add: 0 };
    SingleTrackSection { out: run, back: run, headway_out_ms: 8 * MIN, headway_back_ms: 8 * MIN }
}

fn station(minutes: i64) -> CrossingStation {
    CrossingStation { can_cross: true, meeting_ms: minutes * MIN, non_simultaneous_ms: minutes * MIN }
}

/// Sections of 20, 30 and 25 min, 2 min at each station.
fn line() -> SingleTrackLine {
    SingleTrackLine { stations: vec![station(2); 4], sections: [20, 30, 25].map(passing).to_vec() }
}

fn cycle_min(crossings: [Crossing; 2]) -> f64 {
    compress(&line(), &alternating(&crossings)).unwrap().cycle_s / 60.0
}

#[test]
fn staggered_crossings_reach_the_bottleneck_and_wrong_ones_do_not() {
    use Crossing::{BothStand, None};
    assert_eq!(cycle_min([BothStand, BothStand]), 64.0);
    assert_eq!(cycle_min([None, BothStand]), 104.0);
    assert_eq!(cycle_min([BothStand, None]), 114.0);
    assert_eq!(cycle_min([None, None]), 154.0);
    let staggered = compress(&line(), &alternating(&[BothStand, BothStand])).unwrap();
    assert_eq!((staggered.ring_ms, staggered.ring_cycles), (64 * MIN, 1));
    // The middle section binds: each train waits for the other.
    let mut ring = staggered.ring.clone();
    ring.sort_unstable();
    assert_eq!(ring, [(0, 1), (1, 1)]);
    assert!((staggered.trains_per_day() - 45.0).abs() < 1e-9);
    let rate = occupancy_time_rate(16.0 * staggered.cycle_s, 86_400.0).unwrap();
    assert!((rate - 0.711).abs() < 5e-4);
}

/// The order offsets of the oracle, written out, in trains that may stand anywhere.
#[test]
fn offsets_of_the_oracle() {
    let anywhere = |way| TrainPath { way, stands: vec![Stand::AtLeast(0); 2] };
    let trains = vec![anywhere(Way::Out), anywhere(Way::Back)];
    for (offsets, minutes) in [([0, 1, 2], 64.0), ([0, 0, 1], 104.0), ([0, 1, 1], 114.0), ([0, 0, 0], 154.0)] {
        let order = offsets.map(|lap| vec![Passage { train: 0, lap: 0 }, Passage { train: 1, lap }]).to_vec();
        let pushed = compress(&line(), &Pattern { trains: trains.clone(), order }).unwrap();
        assert_eq!(pushed.cycle_s, minutes * 60.0, "{offsets:?}");
    }
    let order = [0, 0, -1].map(|lap| vec![Passage { train: 0, lap: 0 }, Passage { train: 1, lap }]).to_vec();
    let locked = compress(&line(), &Pattern { trains, order }).unwrap_err();
    assert!(matches!(locked, CapacityError::Locked { ref events } if events.len() >= 2), "{locked}");
}

/// Two trains out behind each other, then two back, over one section: the platoon of k = 2.
#[test]
fn platoon_of_two() {
    let one = SingleTrackLine { stations: vec![station(2); 2], sections: vec![passing(20)] };
    let trains = [Way::Out, Way::Out, Way::Back, Way::Back].map(|way| TrainPath { way, stands: vec![] }).to_vec();
    let order = vec![(0..4).map(|train| Passage { train, lap: 0 }).collect()];
    let pushed = compress(&one, &Pattern { trains, order }).unwrap();
    assert_eq!(pushed.cycle_s, 3600.0);
    assert!((pushed.trains_per_day() - 96.0).abs() < 1e-9);
}

/// Behind a train that stops, the one that passes comes in a headway after it, and so leaves later by the difference.
#[test]
fn headways_hold_at_both_ends() {
    let mut stopping = passing(20);
    stopping.out.stop_add = 5 * MIN;
    let mut starting = passing(20);
    starting.out.start_add = 5 * MIN;
    let two = SingleTrackLine { stations: vec![station(2); 3], sections: vec![stopping, starting] };
    let trains = [Stand::AtLeast(0), Stand::Passes].map(|s| TrainPath { way: Way::Out, stands: vec![s] }).to_vec();
    let order = vec![[0, 1].map(|train| Passage { train, lap: 0 }).to_vec(); 2];
    let pushed = compress(&two, &Pattern { trains, order }).unwrap();
    assert_eq!(pushed.cycle_s, (8.0 + 5.0 + 5.0 + 8.0) * 60.0);
    let [stops, passes] = &pushed.entries_s[..] else { panic!("two trains") };
    assert!(passes[0] - stops[0] >= 18.0 * 60.0 && passes[1] - passes[0] == 20.0 * 60.0);
}

/// The order of a section is a ring: where it is cut does not matter.
#[test]
fn a_turned_order_is_the_same_pattern() {
    let mut turned = alternating(&[Crossing::BothStand, Crossing::None]);
    for order in &mut turned.order {
        let first = order.remove(0);
        order.push(Passage { lap: first.lap + 1, ..first });
    }
    assert_eq!(compress(&line(), &turned).unwrap().cycle_s, 114.0 * 60.0);
    let mut no_loop = line();
    no_loop.stations[2].can_cross = false;
    assert_eq!(compress(&no_loop, &turned).unwrap().cycle_s, 114.0 * 60.0);
    no_loop.stations[1].can_cross = false;
    assert!(matches!(compress(&no_loop, &turned), Err(CapacityError::Shape { .. })));
}

/// The limiting section of the four schemes, between two stations where trains meet.
#[test]
fn a_pattern_that_passes_is_a_scheme() {
    use Crossing::{BackStands, OutStands};
    let run = |m: i64| RunMs { pass_pass: m * MIN, start_add: 2 * MIN, stop_add: MIN };
    let limiting = SingleTrackSection { out: run(16), back: run(17), headway_out_ms: 0, headway_back_ms: 0 };
    let short = SingleTrackSection { out: run(3), back: run(3), ..limiting };
    let place = CrossingStation { can_cross: true, meeting_ms: 2 * MIN, non_simultaneous_ms: 4 * MIN };
    let line = SingleTrackLine { stations: vec![place; 4], sections: vec![short, limiting, short] };
    let cycle = |c: [Crossing; 2]| compress(&line, &alternating(&c)).unwrap().cycle_s / 60.0;
    // Out passes at the first station, back at the second: both pass as they enter.
    assert_eq!(cycle([BackStands, OutStands]), 43.0);
    assert_eq!(cycle([OutStands, BackStands]), 41.0);
    assert_eq!(cycle([BackStands, BackStands]), 42.0);
    assert_eq!(cycle([OutStands, OutStands]), 42.0);
    let (best, found) = best_pattern(&line).unwrap();
    assert_eq!((best, found.cycle_s), (vec![OutStands, BackStands], 41.0 * 60.0));
}

#[test]
fn bad_lines_and_patterns_are_refused() {
    let good = alternating(&[Crossing::None; 2]);
    let mut l = line();
    l.stations.pop();
    assert!(compress(&l, &good).is_err() && best_pattern(&l).is_err());
    let mut l = line();
    l.sections[1].out.pass_pass = 0;
    assert!(compress(&l, &good).is_err());
    let mut l = line();
    l.stations[0].meeting_ms = -1;
    assert!(compress(&l, &good).is_err());
    assert!(compress(&line(), &alternating(&[])).is_err());
    let mut p = good.clone();
    p.order[1][0].train = 1;
    assert!(compress(&line(), &p).is_err());
    let mut p = good.clone();
    p.order[0][0].train = 7;
    assert!(compress(&line(), &p).is_err());
    let mut p = good.clone();
    p.order[0][0].lap = i64::MAX;
    assert!(compress(&line(), &p).is_err());
    let mut p = good;
    p.trains[0].stands[0] = Stand::AtLeast(-1);
    assert!(compress(&line(), &p).is_err());
    let long = SingleTrackLine { stations: vec![station(2); 12], sections: vec![passing(10); 11] };
    assert!(matches!(best_pattern(&long), Err(CapacityError::TooLarge { .. })));
}

#[test]
fn graphs_of_their_own() {
    let arc = |from, to, at_least_ms, laps| Arc { from, to, at_least_ms, laps };
    let period = shortest_period(3, &[arc(0, 1, 5, 0), arc(1, 2, 5, 1), arc(2, 0, 4, 2), arc(0, 0, 4, 1)]).unwrap();
    assert_eq!((period.ring_ms, period.ring_laps), (14, 3));
    // At most 3 between two events at least 4 apart.
    assert!(matches!(shortest_period(2, &[arc(0, 1, 4, 0), arc(1, 0, -3, 0)]), Err(CapacityError::Locked { .. })));
    assert_eq!(shortest_period(2, &[arc(0, 1, 4, 0)]).unwrap().ring, Vec::<usize>::new());
    assert!(shortest_period(1, &[arc(0, 1, 4, 0)]).is_err());
    assert!(shortest_period(2, &[arc(0, 1, i64::MIN, 0)]).is_err());
}

fn any_line() -> impl Strategy<Value = SingleTrackLine> {
    let run = || {
        (1_i64..40, 0_i64..4, 0_i64..3).prop_map(|(p, a, o)| RunMs {
            pass_pass: p * MIN,
            start_add: a * MIN,
            stop_add: o * MIN,
        })
    };
    let section =
        (run(), run()).prop_map(|(out, back)| SingleTrackSection { out, back, headway_out_ms: 0, headway_back_ms: 0 });
    let place = (any::<bool>(), 0_i64..3, 0_i64..5).prop_map(|(can_cross, meeting, more)| CrossingStation {
        can_cross,
        meeting_ms: meeting * MIN,
        non_simultaneous_ms: (meeting + more) * MIN,
    });
    (1_usize..5).prop_flat_map(move |n| {
        (proptest::collection::vec(place.clone(), n + 1), proptest::collection::vec(section.clone(), n))
            .prop_map(|(stations, sections)| SingleTrackLine { stations, sections })
    })
}

/// All patterns of a line, tried one by one.
fn least_cycle(line: &SingleTrackLine) -> f64 {
    let inner = line.sections.len() as u32 - 1;
    let all = [Crossing::OutStands, Crossing::BackStands, Crossing::BothStand, Crossing::None];
    (0..4_usize.pow(inner))
        .filter_map(|code| {
            let crossings: Vec<_> = (0..inner).map(|i| all[code / 4_usize.pow(i) % 4]).collect();
            compress(line, &alternating(&crossings)).ok()
        })
        .fold(f64::INFINITY, |least, c| least.min(c.cycle_s))
}

/// Rings of at most a graph's size, all of them, by walking: the period from the definition.
fn longest_mean(events: usize, arcs: &[Arc]) -> Option<f64> {
    fn walk(arcs: &[Arc], first: usize, at: usize, seen: &mut Vec<usize>, sum: (i64, i64), best: &mut Vec<(i64, i64)>) {
        for arc in arcs.iter().filter(|a| a.from == at && a.to >= first) {
            let sum = (sum.0 + arc.at_least_ms, sum.1 + arc.laps);
            if arc.to == first {
                best.push(sum);
            } else if !seen.contains(&arc.to) {
                seen.push(arc.to);
                walk(arcs, first, arc.to, seen, sum, best);
                seen.pop();
            }
        }
    }
    let mut rings = Vec::new();
    for first in 0..events {
        walk(arcs, first, first, &mut vec![first], (0, 0), &mut rings);
    }
    if rings.iter().any(|(ms, laps)| *laps <= 0 && *ms > 0) {
        return None;
    }
    Some(rings.iter().filter(|(_, laps)| *laps > 0).fold(0.0, |most, (ms, laps)| most.max(*ms as f64 / *laps as f64)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_search_finds_what_trying_all_finds(line in any_line()) {
        let (crossings, found) = best_pattern(&line).unwrap();
        prop_assert_eq!(found.cycle_s, least_cycle(&line));
        prop_assert_eq!(compress(&line, &alternating(&crossings)).unwrap(), found);
    }

    #[test]
    fn the_timetable_keeps_its_arcs_and_the_period_is_the_longest_ring(
        arcs in proptest::collection::vec((0_usize..5, 0_usize..5, 0_i64..50, 0_i64..3), 1..9)
    ) {
        let arcs: Vec<Arc> =
            arcs.into_iter().map(|(from, to, at_least_ms, laps)| Arc { from, to, at_least_ms, laps }).collect();
        match (shortest_period(5, &arcs), longest_mean(5, &arcs)) {
            (Ok(p), Some(mean)) => {
                prop_assert!((p.ring_ms as f64 / p.ring_laps as f64 - mean).abs() < 1e-9);
                for a in &arcs {
                    let slack = p.times[a.to] + i128::from(a.laps * p.ring_ms)
                        - p.times[a.from] - i128::from(a.at_least_ms * p.ring_laps);
                    prop_assert!(slack >= 0);
                }
            }
            (Err(CapacityError::Locked { .. }), None) => {}
            (seen, wanted) => prop_assert!(false, "{seen:?} where {wanted:?} was wanted"),
        }
    }

    #[test]
    fn longer_times_and_lost_loops_never_help(line in any_line(), section in 0_usize..4, more in 0_i64..9, station in 0_usize..5) {
        let best = best_pattern(&line).unwrap().1.cycle_s;
        let mut slower = line.clone();
        let at = section % line.sections.len();
        slower.sections[at].out.pass_pass += more * MIN;
        prop_assert!(best_pattern(&slower).unwrap().1.cycle_s >= best);
        let mut fewer = line.clone();
        fewer.stations[station % line.stations.len()].can_cross = false;
        prop_assert!(best_pattern(&fewer).unwrap().1.cycle_s >= best);
    }
}
