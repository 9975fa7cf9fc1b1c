//! Random trains on random lines, among them absurd but legal ones.

use proptest::prelude::*;
use yalu_physics::{
    Adhesion, Exit, GRAVITY, GradientUnder, Mark, PathProfile, PathTimes, PhysicsError, Piece, Place, Resistance,
    RunPoint, Supplement, TIMES_TOLERANCE_MPS, TOLERANCE_MPS, Traction, Train, TrainRun, Way, run, run_on, run_within,
};

fn traction() -> impl Strategy<Value = Traction> {
    let force = 5e4..6e5_f64;
    prop_oneof![
        (force.clone(), 5e5..8e6_f64).prop_map(|(f, p)| Traction::power(f, p)),
        (force.clone(), 5e5..8e6_f64, 6e4..2e5_f64)
            .prop_map(|(f, p, kg)| { Traction::power(f, p).with_adhesion(Adhesion::curtius_kniffler(), kg).unwrap() }),
        force.clone().prop_map(Traction::constant),
        force.prop_map(|f| {
            let knots: Vec<(f64, f64)> = (0..8).map(|i| (f64::from(i) * 4.0, f / (1.0 + f64::from(i)))).collect();
            Traction::table(&knots).unwrap()
        }),
    ]
}

fn trains() -> impl Strategy<Value = Train> {
    (
        traction(),
        1.0..12.0_f64,
        0.0..900.0_f64,
        1.0..1.2_f64,
        (5.0..40.0_f64, 0.0..300.0_f64, 0.0..200.0_f64),
        0.1..1.0_f64,
    )
        .prop_map(|(traction, kg_per_n, length_m, rotating_mass_factor, (a, b, c), service_braking_mps2)| {
            // By its force, so that most of them get over their line and some stall.
            let mass_kg = kg_per_n * traction.at(0.0);
            let constant_n = a * mass_kg / 1000.0;
            Train {
                mass_kg,
                length_m,
                gradient: GradientUnder::Whole,
                rotating_mass_factor,
                resistance: Resistance { constant_n, linear_n_per_mps: b, quadratic_n_per_mps2: c },
                traction,
                service_braking_mps2,
                max_speed_mps: 22.0,
            }
        })
}

fn lines(steep: f64) -> impl Strategy<Value = PathProfile> {
    // Curves count as gradient: a level line has none.
    let curve = proptest::option::of(200.0..2000.0_f64).prop_map(move |r| if steep > 0.0 { r } else { None });
    let piece = (50.0..4000.0_f64, -steep..=steep, 4.0..30.0_f64, curve);
    proptest::collection::vec(piece, 1..12).prop_map(|pieces| {
        let mut from_m = 0.0;
        let all = pieces.into_iter().map(|(length, gradient_permille, speed_limit_mps, curve_radius_m)| {
            let to_m = from_m + length;
            let p = Piece { from_m, to_m, gradient_permille, speed_limit_mps, curve_radius_m };
            from_m = to_m;
            p
        });
        PathProfile::new(all.collect()).unwrap()
    })
}

/// Whatever the rules of input let through.
fn absurd() -> impl Strategy<Value = (Train, PathProfile)> {
    let size = |least: f64, most: f64| (least.ln()..most.ln()).prop_map(f64::exp);
    let train = (
        size(1e-3, 1e9),
        prop_oneof![Just(0.0), size(1e-6, 1e5)],
        size(1e-3, 1e3),
        (size(1e-9, 1e9), size(1e-9, 1e9), size(1e-9, 1e9)),
        (size(1e-3, 1e12), size(1e-3, 1e12)),
        size(1e-6, 1e3),
        size(1e-6, 1e3),
    )
        .prop_map(|(mass_kg, length_m, rotating_mass_factor, (a, b, c), (f, p), braking, max_speed_mps)| Train {
            mass_kg,
            length_m,
            gradient: GradientUnder::Whole,
            rotating_mass_factor,
            resistance: Resistance { constant_n: a, linear_n_per_mps: b, quadratic_n_per_mps2: c },
            traction: Traction::power(f, p),
            service_braking_mps2: braking,
            max_speed_mps,
        });
    let piece = (size(1e-5, 1e6), -1000.0..=1000.0_f64, size(1e-6, 1e3));
    let line = proptest::collection::vec(piece, 1..6).prop_map(|pieces| {
        let mut from_m = 0.0;
        let all = pieces.into_iter().map(|(length, gradient_permille, speed_limit_mps)| {
            let to_m = from_m + length;
            let p = Piece { from_m, to_m, gradient_permille, speed_limit_mps, curve_radius_m: None };
            from_m = to_m;
            p
        });
        PathProfile::new(all.collect()).unwrap()
    });
    (train, line)
}

fn whole(train: &Train, line: &PathProfile, exit: Exit) -> Result<TrainRun, PhysicsError> {
    run(train, line, line.begin_m(), line.end_m(), 0.0, exit)
}

/// What holds at every point of every run.
fn sound(train: &Train, points: &[RunPoint]) {
    for p in points {
        let all = [p.at_m, p.time_s, p.speed_mps, p.allowed_mps, p.braking_mps, p.gradient_permille, p.force_n];
        assert!(all.iter().all(|x| x.is_finite()), "{p:?}");
        assert!(p.speed_mps >= 0.0 && p.speed_mps <= p.braking_mps * (1.0 + 1e-9) + 1e-9, "{p:?}");
        assert!(p.braking_mps <= p.allowed_mps * (1.0 + 1e-9) + 1e-9, "{p:?}");
        assert!(p.force_n >= 0.0 || matches!(p.mark, Mark::Braking | Mark::Limit), "{p:?}");
    }
    for w in points.windows(2) {
        let (a, b) = (&w[0], &w[1]);
        assert!(a.time_s <= b.time_s && a.at_m < b.at_m, "{a:?} {b:?}");
        // A stretch too short to be told in time is none.
        assert!(a.time_s < b.time_s || b.at_m - a.at_m <= 1e-9 * b.at_m.abs().max(1.0), "{a:?} {b:?}");
        if a.mark == Mark::Braking {
            let squares = a.speed_mps.powi(2) - b.speed_mps.powi(2);
            let most = 2.0 * train.service_braking_mps2 * (b.at_m - a.at_m);
            assert!(squares <= most * (1.0 + 1e-9) + 1e-9 * a.speed_mps.powi(2), "{a:?} {b:?}");
        }
    }
}

/// To a millisecond.
fn same(a: i64, b: i64) -> bool {
    (a - b).abs() <= 1
}

/// Work against resistance, J, by five points of Gauss in every stretch.
fn against_resistance(train: &Train, r: &TrainRun, points: &[RunPoint]) -> f64 {
    let nodes = [
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
        (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
        (0.906_179_845_938_664, 0.236_926_885_056_189_1),
        (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
    ];
    let stretch = |w: &[RunPoint]| {
        let (middle, half) = (f64::midpoint(w[0].at_m, w[1].at_m), (w[1].at_m - w[0].at_m) / 2.0);
        nodes.iter().map(|(x, weight)| half * weight * train.resistance.at(r.speed_at(middle + half * x))).sum::<f64>()
    };
    points.windows(2).map(stretch).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn runs_are_sound((train, line) in (trains(), lines(12.0))) {
        for exit in [Exit::Stop, Exit::Pass] {
            match whole(&train, &line, exit) {
                Ok(r) => sound(&train, &r.points(37.0)),
                Err(PhysicsError::Stall { at_m, missing_n }) => {
                    prop_assert!((line.begin_m()..=line.end_m()).contains(&at_m) && missing_n >= 0.0);
                }
                Err(e) => prop_assert!(false, "{e}"),
            }
        }
    }

    #[test]
    fn absurd_values_neither_panic_nor_leave_a_number_that_is_none((train, line) in absurd()) {
        if let Ok(r) = whole(&train, &line, Exit::Stop) {
            for p in r.points(line.end_m() / 50.0) {
                let all = [p.at_m, p.time_s, p.speed_mps, p.allowed_mps, p.braking_mps, p.force_n];
                prop_assert!(all.iter().all(|x| x.is_finite()), "{p:?}");
            }
            prop_assert!(r.wheel_kwh().is_finite() && r.braked_kwh().is_finite());
        }
    }

    #[test]
    fn energy_is_balanced((train, line) in (trains(), lines(12.0))) {
        let Ok(r) = whole(&train, &line, Exit::Pass) else { return Ok(()) };
        let points = r.points((line.end_m() - line.begin_m()) / 400.0);
        let potential: f64 = points
            .windows(2)
            .map(|w| {
                let rise = f64::midpoint(w[0].gradient_permille, w[1].gradient_permille) / 1000.0;
                train.mass_kg * GRAVITY * rise * (w[1].at_m - w[0].at_m)
            })
            .sum();
        let kinetic = train.mass_kg * train.rotating_mass_factor * r.speed_at(line.end_m()).powi(2) / 2.0;
        let want = against_resistance(&train, &r, &points) + potential + kinetic;
        let seen = (r.wheel_kwh() - r.braked_kwh()) * 3.6e6;
        prop_assert!((seen - want).abs() <= 1e-6 * (r.wheel_kwh() + r.braked_kwh()) * 3.6e6, "{seen} {want}");
    }

    #[test]
    fn a_run_in_two_parts_takes_as_long((train, line, part) in (trains(), lines(12.0), 0.05..0.95_f64)) {
        let Ok(r) = whole(&train, &line, Exit::Stop) else { return Ok(()) };
        let (begin, end) = (line.begin_m(), line.end_m());
        let middle = begin + part * (end - begin);
        let first = run(&train, &line, begin, middle, 0.0, Exit::Pass).unwrap();
        let v = first.speed_at(middle);
        // Beyond where braking for what lies behind the middle has begun, the first part alone is quicker.
        prop_assume!((v - r.speed_at(middle)).abs() < 1e-9);
        let second = run(&train, &line, middle, end, r.speed_at(middle), Exit::Stop).unwrap();
        let parts = first.duration_s() + second.duration_s();
        prop_assert!((parts - r.duration_s()).abs() < 1e-6, "{parts} {}", r.duration_s());
    }

    #[test]
    fn on_the_level_a_longer_train_is_never_faster((train, line, more) in (trains(), lines(0.0), 1.0..900.0_f64)) {
        let longer = Train { length_m: train.length_m + more, ..train.clone() };
        let straight = |exit| (whole(&train, &line, exit), whole(&longer, &line, exit));
        let (Ok(short), Ok(long)) = straight(Exit::Stop) else { return Ok(()) };
        prop_assert!(long.duration_s() >= short.duration_s() - 1e-3);
    }

    #[test]
    fn no_tolerance_moves_a_run((train, line, loose) in (trains(), lines(12.0), 1e-12..1e-5_f64)) {
        let (begin, end) = (line.begin_m(), line.end_m());
        let at = |tolerance: f64| run_within(&train, &line, begin, end, 0.0, Exit::Stop, tolerance);
        if let (Ok(a), Ok(b)) = (at(loose), at(loose / 2.0)) {
            prop_assert!((a.duration_s() - b.duration_s()).abs() < 0.05, "{} {}", a.duration_s(), b.duration_s());
        }
    }

    #[test]
    fn times_in_milliseconds_do_not_depend_on_the_tolerance((train, line) in (trains(), lines(12.0))) {
        let (begin, end) = (line.begin_m(), line.end_m());
        let at = |part: f64| begin + part * (end - begin);
        let places: Vec<Place> = [(0.0, 0.1), (0.3, 0.35), (0.5, 0.62), (0.8, 0.8), (0.95, 1.0)]
            .map(|(enter, stop)| Place { enter_m: at(enter), stop_m: at(stop) })
            .to_vec();
        let blocks = vec![vec![at(0.2)], vec![], vec![at(0.7), at(0.75)], vec![]];
        let times =
            |tolerance: f64| PathTimes::within(&train, &line, begin, places.clone(), blocks.clone(), tolerance);
        let (Ok(quick), Ok(fine)) = (times(TIMES_TOLERANCE_MPS), times(TOLERANCE_MPS)) else { return Ok(()) };
        for from in 0..4 {
            for to in from..5 {
                let (a, b) = (quick.at(from, to), fine.at(from, to));
                for (a, b) in [
                    (a.enter_ms, b.enter_ms),
                    (a.section_clear_ms, b.section_clear_ms),
                    (a.pass_ms, b.pass_ms),
                    (a.clear_ms, b.clear_ms),
                    (a.brake_ms, b.brake_ms),
                    (a.section_clear_stopping_ms, b.section_clear_stopping_ms),
                    (a.stop_ms, b.stop_ms),
                ] {
                    prop_assert!(same(a, b), "from {from} to {to}: {a} {b}");
                }
            }
            for leg in from..4 {
                for (a, b) in quick.blocks(from, leg).iter().zip(fine.blocks(from, leg)) {
                    prop_assert!(same(a.pass_ms, b.pass_ms) && same(a.clear_ms, b.clear_ms));
                }
            }
        }
    }

    #[test]
    fn a_shared_way_gives_the_same_run((train, line) in (trains(), lines(12.0))) {
        let way = Way::new(&line, train.length_m).unwrap();
        let other = Train { mass_kg: train.mass_kg * 0.7, ..train.clone() };
        for train in [train, other] {
            let own = whole(&train, &line, Exit::Stop).map(|r| r.duration_s());
            let (begin, end) = (line.begin_m(), line.end_m());
            let shared = run_on(&train, &way, begin, end, 0.0, Exit::Stop, TOLERANCE_MPS).map(|r| r.duration_s());
            prop_assert_eq!(own, shared);
        }
    }
}

#[test]
fn supplements_come_on_top_on_both_bases() {
    let s = Supplement { percent: 5.0, s_per_100_km: 120.0 };
    assert!((s.on(3600.0, 50_000.0) - (3600.0 + 180.0 + 60.0)).abs() < 1e-9);
    assert_eq!(Supplement::default().on(1234.5, 9e4), 1234.5);
    assert_eq!(Supplement { percent: -5.0, s_per_100_km: f64::NAN }.on(1000.0, 1e5), 1000.0);
}
