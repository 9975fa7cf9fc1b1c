//! Oracles of train running: closed forms, published trains, job R1.
use yalu_physics::{
    Exit, GRAVITY, Mark, PathProfile, PathTimes, PhysicsError, Piece, Place, Resistance, Traction, Train, TrainRun, run,
};

fn piece(from_m: f64, to_m: f64, gradient_permille: f64, speed_limit_mps: f64) -> Piece {
    Piece { from_m, to_m, gradient_permille, speed_limit_mps, curve_radius_m: None }
}

fn flat(length: f64, limit: f64) -> PathProfile {
    PathProfile::new(vec![piece(0.0, length, 0.0, limit)]).unwrap()
}

/// A point of a mass, without resistance, with a constant force.
fn point(mass_kg: f64, force_n: f64, braking: f64, max_speed_mps: f64) -> Train {
    Train {
        mass_kg,
        length_m: 0.0,
        rotating_mass_factor: 1.0,
        resistance: Resistance::default(),
        traction: Traction::constant(force_n),
        service_braking_mps2: braking,
        max_speed_mps,
    }
}

fn near(seen: f64, want: f64, within: f64) {
    assert!((seen - want).abs() <= within, "{seen} is not within {within} of {want}");
}

#[test]
fn stop_to_stop_at_constant_acceleration() {
    let t = point(1e6, 1e5, 0.3, 80.0 / 3.6);
    let r = run(&t, &flat(20_000.0, 100.0), 0.0, 20_000.0, 0.0, Exit::Stop).unwrap();
    near(r.duration_s(), 1_048.148_148_148_148, 1e-9 * 1048.0);
    near(r.speed_at(2_469.135_802_469_136), 80.0 / 3.6, 1e-6);
    let marks: Vec<Mark> = r.bound().into_iter().map(|b| b.2).collect();
    assert_eq!(marks, [Mark::Traction, Mark::Limit, Mark::Braking]);
    let short = run(&t, &flat(1500.0, 100.0), 0.0, 1500.0, 0.0, Exit::Stop).unwrap();
    near(short.duration_s(), 200.0, 1e-6);
    near(short.speed_at(1125.0) * 3.6, 54.0, 1e-4);
}

#[test]
fn constant_power_and_coasting_and_balance() {
    let mut t = point(2e6, 0.0, 0.3, 60.0 / 3.6);
    t.traction = Traction::power(1e12, 2.4e6);
    let r = run(&t, &flat(1_286.008_230_452_675, 100.0), 0.0, 1_286.008_230_452_675, 0.0, Exit::Pass).unwrap();
    near(r.duration_s(), 115.740_740_740_7, 1e-4);
    let drag = Resistance { constant_n: 20_000.0, linear_n_per_mps: 0.0, quadratic_n_per_mps2: 60.0 };
    let coasting = Train { resistance: drag, traction: Traction::constant(0.0), ..point(2e6, 0.0, 0.3, 50.0) };
    let r = run(&coasting, &flat(8_768.218_3, 100.0), 0.0, 8_768.218_3, 20.0, Exit::Pass).unwrap();
    near(r.duration_s(), 602.170_8, 1e-4);
    near(r.speed_at(8_768.218_3), 10.0, 1e-6);
    let PhysicsError::Stall { at_m, missing_n } =
        run(&coasting, &flat(20_000.0, 100.0), 0.0, 20_000.0, 20.0, Exit::Pass).unwrap_err()
    else {
        panic!("it coasts to rest")
    };
    near(at_m, 13_140.956, 0.01);
    near(missing_n, 20_000.0, 10.0);
    let pulled = Train { resistance: drag, traction: Traction::constant(300_000.0), ..point(2e6, 0.0, 0.3, 100.0) };
    let r = run(&pulled, &flat(998.000_280, 200.0), 0.0, 998.000_280, 0.0, Exit::Pass).unwrap();
    near(r.duration_s(), 120.0, 1e-5);
    near(r.speed_at(998.000_280), 16.469_310, 1e-6);
}

#[test]
fn resistance_formulas_give_their_published_spots() {
    let pounds =
        |r: Resistance, mph: f64, kg: f64| r.at(mph * 1609.344 / 3600.0) / 4.448_221_615_260_5 / (kg / 907.184_74);
    let car = 143.0 * 907.184_74;
    for (i, mph) in [0.0, 20.0, 40.0, 60.0].into_iter().enumerate() {
        near(pounds(Resistance::davis(car, 4.0, 0.06), mph, car), [2.111, 3.179, 4.583, 6.322][i], 6e-4);
        near(pounds(Resistance::modified_davis(car, 4.0, 0.07), mph, car), [1.159, 1.555, 2.343, 3.522][i], 6e-4);
        near(
            pounds(Resistance::canadian_national(car, 4.0, 5.0, 140.0), mph, car),
            [2.003, 2.799, 3.987, 5.566][i],
            6e-4,
        );
    }
    let specific = |r: Resistance, kmh: f64| r.at(kmh / 3.6) / (1000.0 * GRAVITY / 1000.0);
    for (kmh, want) in [(0.0, 0.920), (40.0, 1.312), (80.0, 2.104)] {
        near(specific(Resistance::tbt1407_loaded(1000.0), kmh), want, 1e-9);
    }
    let loco = Resistance::strahl_locomotive(2.2, 10.0, 80_000.0);
    near(loco.at(15.0), 5_461.127_252, 1e-3);
}

fn r1() -> (Train, PathProfile) {
    let train = Train {
        mass_kg: 3_330_000.0,
        length_m: 560.0,
        rotating_mass_factor: 1.04,
        resistance: Resistance {
            constant_n: 3_330_000.0 * GRAVITY * 0.0015,
            linear_n_per_mps: 0.0,
            quadratic_n_per_mps2: 98.0,
        },
        traction: Traction::power(400_000.0, 3.0e6),
        service_braking_mps2: 0.30,
        max_speed_mps: 80.0 / 3.6,
    };
    let grades = [0.0, 6.0, 0.0, -6.0, 3.0, -3.0];
    let pieces =
        grades.iter().enumerate().map(|(i, g)| piece(i as f64 * 1e4, (i + 1) as f64 * 1e4, *g, 80.0 / 3.6)).collect();
    (train, PathProfile::new(pieces).unwrap())
}

fn turned(p: &[f64]) -> PathProfile {
    PathProfile::new(
        p.iter().rev().enumerate().map(|(i, g)| piece(i as f64 * 1e4, (i + 1) as f64 * 1e4, -g, 80.0 / 3.6)).collect(),
    )
    .unwrap()
}

fn marks(r: &TrainRun) -> Vec<f64> {
    (1..6).map(|k| r.time_at(f64::from(k) * 1e4)).collect()
}

#[test]
fn job_r1_runs_as_the_gold_integrator_does() {
    let (train, out) = r1();
    let r = run(&train, &out, 560.0, 60_000.0, 0.0, Exit::Stop).unwrap();
    near(r.duration_s(), 3261.1, 0.5);
    near(r.wheel_kwh(), 1950.55, 1.95);
    for (seen, want) in marks(&r).into_iter().zip([593.3, 1269.1, 1803.8, 2253.8, 2762.6]) {
        near(seen, want, 1.0);
    }
    let back = turned(&[0.0, 6.0, 0.0, -6.0, 3.0, -3.0]);
    let b = run(&train, &back, 560.0, 60_000.0, 0.0, Exit::Stop).unwrap();
    near(b.duration_s(), 3349.5, 0.5);
    near(b.wheel_kwh(), 1905.38, 1.91);
    for (seen, want) in marks(&b).into_iter().zip([737.0, 1205.1, 1878.0, 2412.6, 2862.6]) {
        near(seen, want, 1.0);
    }
    println!(
        "R1 A-G {:.3} s {:.3} kWh, G-A {:.3} s {:.3} kWh",
        r.duration_s(),
        r.wheel_kwh(),
        b.duration_s(),
        b.wheel_kwh()
    );
}

#[test]
fn energy_is_balanced() {
    let (train, out) = r1();
    let r = run(&train, &out, 560.0, 60_000.0, 0.0, Exit::Stop).unwrap();
    // What traction gave, less what brakes took, went into resistance and height: here the height averages out to
    // that of the train's middle; resistance is what is left and must lie between that of a stand and of top speed.
    let rest = (r.wheel_kwh() - r.braked_kwh()) * 3.6e6;
    let length = 60_000.0 - 560.0;
    assert!(rest > train.resistance.at(0.0) * length * 0.95 && rest < train.resistance.at(80.0 / 3.6) * length * 1.05);
}

/// Loops of a kilometre centred on their marks, as job R1 has them, and as much at its ends.
fn loops() -> Vec<Place> {
    let mut all: Vec<Place> =
        (1..6).map(|k| f64::from(k) * 1e4).map(|m| Place { enter_m: m - 500.0, stop_m: m + 500.0 }).collect();
    all.insert(0, Place { enter_m: 0.0, stop_m: 1000.0 });
    all.push(Place { enter_m: 59_000.0, stop_m: 60_000.0 });
    all
}

#[test]
fn times_of_a_path_agree_with_runs_of_their_own() {
    let (train, out) = r1();
    let places = loops();
    let mut blocks = vec![Vec::new(); 6];
    blocks[2] = vec![23_000.0, 26_000.0];
    let t = PathTimes::new(&train, &out, 560.0, places.clone(), blocks).unwrap();
    let s = |ms: i64| ms as f64 / 1000.0;
    for j in 0..places.len() - 1 {
        let begin = if j == 0 { 560.0 } else { places[j].stop_m };
        let through = run(&train, &out, begin, 60_000.0, 0.0, Exit::Stop).unwrap();
        let tail = |m: f64| through.time_at((m + 560.0).min(60_000.0));
        near(s(t.at(j, j).clear_ms), tail(places[j].stop_m), 0.002);
        for k in j + 1..places.len() {
            let x = t.at(j, k);
            let own = run(&train, &out, begin, places[k].stop_m, 0.0, Exit::Stop).unwrap();
            near(s(x.stop_ms), own.duration_s(), 0.002);
            near(s(x.section_clear_stopping_ms), own.time_at(places[k].enter_m + 560.0), 0.002);
            near(s(x.pass_ms), through.time_at(places[k].stop_m), 0.002);
            near(s(x.enter_ms), through.time_at(places[k].enter_m), 0.002);
            near(s(x.section_clear_ms), tail(places[k].enter_m), 0.002);
            near(s(x.clear_ms), tail(places[k].stop_m), 0.002);
            assert!(x.brake_ms <= x.pass_ms && x.pass_ms <= x.stop_ms && x.section_clear_ms <= x.clear_ms);
            near(
                own.speed_at(own_place(&own, s(x.brake_ms), begin)).powi(2) / 0.6,
                places[k].stop_m - own_place(&own, s(x.brake_ms), begin),
                1.0,
            );
        }
        if j <= 2 {
            for (b, at) in t.blocks(j, 2).iter().zip([23_000.0, 26_000.0]) {
                near(s(b.pass_ms), through.time_at(at), 0.002);
                near(s(b.clear_ms), tail(at), 0.002);
            }
        }
    }
}

/// Where a run is at a time, by halving.
fn own_place(r: &TrainRun, t: f64, from: f64) -> f64 {
    let (mut a, mut b) = (from, 60_000.0);
    for _ in 0..60 {
        let m = f64::midpoint(a, b);
        if r.time_at(m) < t { a = m } else { b = m }
    }
    a
}

#[test]
fn a_load_too_heavy_stalls_with_its_place_and_the_missing_force() {
    let (mut train, _) = r1();
    train.length_m = 0.0;
    let hill = PathProfile::new(vec![piece(0.0, 5000.0, 0.0, 22.0), piece(5000.0, 30_000.0, 20.0, 22.0)]).unwrap();
    let PhysicsError::Stall { at_m, missing_n } = run(&train, &hill, 0.0, 30_000.0, 0.0, Exit::Stop).unwrap_err()
    else {
        panic!("it stalls")
    };
    let needed = 3_330_000.0 * GRAVITY * (0.0015 + 0.020);
    near(missing_n, needed - 400_000.0, 200.0);
    assert!(at_m > 5000.0 && at_m < 12_000.0, "{at_m}");
}

#[test]
fn values_no_train_has_are_told() {
    let p = flat(1000.0, 20.0);
    for bad in [
        Train { mass_kg: 0.0, ..point(1.0, 1.0, 0.3, 10.0) },
        Train { mass_kg: f64::NAN, ..point(1.0, 1.0, 0.3, 10.0) },
        Train { length_m: -1.0, ..point(1.0, 1.0, 0.3, 10.0) },
        Train { service_braking_mps2: 0.0, ..point(1.0, 1.0, 0.3, 10.0) },
        Train { traction: Traction::constant(f64::NAN), ..point(1.0, 1.0, 0.3, 10.0) },
    ] {
        assert!(matches!(run(&bad, &p, 0.0, 1000.0, 0.0, Exit::Stop), Err(PhysicsError::Input { .. })));
    }
    let good = point(1e5, 1e4, 0.3, 10.0);
    assert!(run(&good, &p, 0.0, 2000.0, 0.0, Exit::Stop).is_err());
    assert!(run(&good, &p, 500.0, 500.0, 0.0, Exit::Stop).is_err());
    assert!(PathProfile::new(vec![]).is_err());
    assert!(PathProfile::new(vec![piece(0.0, 10.0, 0.0, 5.0), piece(11.0, 20.0, 0.0, 5.0)]).is_err());
    let at = |m: f64| Place { enter_m: m, stop_m: m };
    assert!(PathTimes::new(&good, &p, 0.0, vec![at(0.0)], vec![]).is_err());
    assert!(PathTimes::new(&good, &p, 0.0, vec![at(500.0), at(0.0)], vec![vec![]]).is_err());
    assert!(PathTimes::new(&good, &p, 0.0, vec![at(0.0), at(500.0)], vec![vec![700.0]]).is_err());
}
