//! Durations of closures: the file, the chance that one lasts, what is pooled.

use yalu_ledger::durations::{Class, Closure, ClosureCause, compare, log_rank, read_durations, write_durations};
use yalu_ledger::{Day, worlds};
use yalu_model::{CrossingId, Mode, State};
use yalu_scenario::render;

fn closure(days: i32, cause: ClosureCause, ended: bool) -> Closure {
    let (from, to) = (Day(18_000), Day(18_000 + days - 1));
    Closure { crossing: "A".into(), kind: Mode::Rail, cause, from, to, ended, back: None, source: "test".into() }
}

#[test]
fn a_file_comes_back_as_written() {
    let mut all = vec![closure(9, ClosureCause::Physical, true), closure(400, ClosureCause::Administrative, false)];
    all[0].back = Some(Day(18_050));
    let (back, found) = read_durations("durations.csv", write_durations(&all).as_bytes());
    assert!(found.is_empty(), "{}", render(&found, false));
    assert_eq!(back, all);
}

#[test]
fn a_bad_row_costs_a_row() {
    let text = "crossing,kind,cause,from,to,source\nA,rail,flood,2020-01-01,2020-01-09,x\nB,rail,physical,2020-01-09,2020-01-01,x\n\
                C,tram,physical,1 May,,x\nD,road,labour,2020-01-01,2020-01-04,x\n";
    let (read, found) = read_durations("durations.csv", text.as_bytes());
    assert_eq!(read.iter().map(|c| c.crossing.as_str()).collect::<Vec<_>>(), ["D"]);
    insta::assert_snapshot!(render(&found, false));
}

/// Closures whose chance of ending is 1 in 50 a day: the class finds it, whatever the age.
#[test]
fn a_constant_hazard_is_found() {
    let all: Vec<Closure> = (0..400)
        .map(|i| {
            closure((-50.0 * (1.0 - (f64::from(i) + 0.5) / 400.0).ln()).ceil() as i32, ClosureCause::Physical, true)
        })
        .collect();
    let class = Class::of(&all, Mode::Rail, ClosureCause::Physical).expect("closures that ended");
    for lasted in [0, 5, 20, 60] {
        assert!((class.lasts(lasted, 50) - (-1.0_f64).exp()).abs() < 0.04, "{lasted}: {}", class.lasts(lasted, 50));
    }
    assert_eq!(class.closures, [400, 400]);
}

#[test]
fn causes_are_pooled_only_where_no_test_tells_them_apart() {
    let mut all: Vec<Closure> = (1..40).map(|d| closure(d, ClosureCause::Labour, true)).collect();
    all.extend((0..4).map(|d| closure(700 + d, ClosureCause::Administrative, true)));
    assert!(!Class::of(&all, Mode::Rail, ClosureCause::Administrative).expect("some").pooled);
    all.extend((0..3).map(|d| closure(10 + 7 * d, ClosureCause::Security, true)));
    assert!(Class::of(&all, Mode::Rail, ClosureCause::Security).expect("some").pooled);
    let groups = |cause: ClosureCause| all.iter().filter(|c| c.cause == cause).collect::<Vec<_>>();
    assert!(log_rank(&groups(ClosureCause::Administrative), &groups(ClosureCause::Labour)).expect("ends") > 10.0);
    assert!(Class::of(&[closure(5, ClosureCause::Labour, false)], Mode::Rail, ClosureCause::Labour).is_none());
}

/// On closures of worlds (Pareto and lognormal lengths) the class is never worse than a constant hazard.
#[test]
fn a_class_is_no_worse_than_a_constant_hazard() {
    let all: Vec<Closure> = (0..12)
        .flat_map(|n| {
            let world = worlds::World::new(3, n, worlds::Rates::default());
            let spells = world.truth.spells().iter().filter(|s| s.state == State::Suspended && s.from > Day(0));
            let kind = |c: CrossingId| world.crossings[c.0 as usize].mode;
            spells
                .map(|s| Closure {
                    kind: kind(s.crossing),
                    from: s.from,
                    to: s.to,
                    ended: s.to < Day(worlds::DAYS - 1),
                    ..closure(1, ClosureCause::Unknown, true)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    for test in compare(&all, &[30, 90, 180]) {
        assert!(test.forecasts > 200 && test.brier < test.constant, "{test:?}");
        assert!((0.8..=1.0).contains(&test.covered), "{test:?}");
    }
}
