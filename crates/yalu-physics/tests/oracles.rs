//! Oracles of train running: closed forms, published trains, job R1.
use yalu_physics::reference::{
    R1_FROM_M, R1_TO_M, facs124_resistance, r1_line, r1_line_back, r1_train, sumo_freight, trainruns_level,
    trainruns_slope, v90_ore_train, v90_resistance,
};
use yalu_physics::{
    Exit, GRAVITY, GradientUnder, Mark, PathProfile, PathTimes, PhysicsError, Piece, Place, Resistance, Traction,
    Train, TrainRun, Way, run, run_within, trailing_mass_kg,
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
        gradient: GradientUnder::Whole,
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

/// To a part in a thousand million.
fn exact(seen: f64, want: f64) {
    near(seen, want, 1e-9 * want.abs());
}

#[test]
fn stop_to_stop_at_constant_acceleration() {
    let t = point(1e6, 1e5, 0.3, 80.0 / 3.6);
    let (v, a, b) = (80.0 / 3.6, 0.1, 0.3);
    let r = run(&t, &flat(20_000.0, 100.0), 0.0, 20_000.0, 0.0, Exit::Stop).unwrap();
    exact(r.duration_s(), 20_000.0 / v + v / 2.0 / a + v / 2.0 / b);
    near(r.duration_s(), 1_048.148_1, 1e-4);
    let bound = r.bound();
    assert_eq!(bound.iter().map(|b| b.2).collect::<Vec<_>>(), [Mark::Traction, Mark::Limit, Mark::Braking]);
    exact(bound[0].1, v * v / 2.0 / a);
    exact(20_000.0 - bound[2].0, v * v / 2.0 / b);
    let short = run(&t, &flat(1500.0, 100.0), 0.0, 1500.0, 0.0, Exit::Stop).unwrap();
    exact(short.duration_s(), 200.0);
    exact(short.speed_at(1125.0) * 3.6, 54.0);
}

#[test]
fn constant_power() {
    let (m, p, v) = (2e6, 2.4e6, 60.0 / 3.6);
    // From 1 mm/s, as no force at a stand is infinite.
    let v0 = 1e-3;
    let t = Train { traction: Traction::power(p / v0, p), ..point(m, 0.0, 0.3, v) };
    let s = m * (v * v * v - v0 * v0 * v0) / (3.0 * p);
    let r = run(&t, &flat(s, 100.0), 0.0, s, v0, Exit::Pass).unwrap();
    exact(r.duration_s(), m * (v * v - v0 * v0) / (2.0 * p));
    near(r.duration_s(), 115.7407, 1e-4);
    near(s, 1286.0082, 1e-4);
    exact(r.wheel_kwh() * 3.6e6, p * r.duration_s());
    exact(r.speed_at(s), v);
}

#[test]
fn coasting_and_balance() {
    let (m, a, c) = (2e6_f64, 20_000.0_f64, 60.0_f64);
    let drag = Resistance { constant_n: a, linear_n_per_mps: 0.0, quadratic_n_per_mps2: c };
    let coasting = Train { resistance: drag, traction: Traction::constant(0.0), ..point(m, 0.0, 0.3, 50.0) };
    let way = |v: f64, w: f64| m / 2.0 / c * ((a + c * v * v) / (a + c * w * w)).ln();
    let time = |v: f64, w: f64| m / (a * c).sqrt() * ((v * (c / a).sqrt()).atan() - (w * (c / a).sqrt()).atan());
    let s = way(20.0, 10.0);
    let r = run(&coasting, &flat(s, 100.0), 0.0, s, 20.0, Exit::Pass).unwrap();
    exact(r.duration_s(), time(20.0, 10.0));
    exact(r.speed_at(s), 10.0);
    near(s, 8_768.218_3, 1e-4);
    near(r.duration_s(), 602.1708, 1e-4);
    let PhysicsError::Stall { at_m, missing_n } =
        run(&coasting, &flat(20_000.0, 100.0), 0.0, 20_000.0, 20.0, Exit::Pass).unwrap_err()
    else {
        panic!("it coasts to rest")
    };
    exact(at_m, way(20.0, 0.0));
    near(at_m, 13_140.956, 1e-4);
    exact(missing_n, a);
    // To a walk of a millimetre a second, and from there the time is known.
    let almost = way(20.0, 1e-3);
    let r = run(&coasting, &flat(almost, 100.0), 0.0, almost, 20.0, Exit::Pass).unwrap();
    near(r.duration_s() + time(1e-3, 0.0), 1_517.037_3, 1e-4);
    let f = 300_000.0;
    let pulled = Train { resistance: drag, traction: Traction::constant(f), ..point(m, 0.0, 0.3, 100.0) };
    let (balance, k) = (((f - a) / c).sqrt(), ((f - a) * c).sqrt() / m);
    let s = balance / k * (k * 120.0).cosh().ln();
    let r = run(&pulled, &flat(s, 200.0), 0.0, s, 0.0, Exit::Pass).unwrap();
    exact(r.duration_s(), 120.0);
    exact(r.speed_at(s), balance * (k * 120.0).tanh());
    near(balance, 68.3130, 1e-4);
    near(r.speed_at(s), 16.469_310, 1e-6);
    near(s, 998.000_280, 1e-6);
}

#[test]
fn a_published_train_on_the_level_and_over_slopes() {
    let train = v90_ore_train().unwrap();
    near(train.rotating_mass_factor, 1.044_545_5, 1e-7);
    near(train.length_m, 204.72, 1e-9);
    near(v90_resistance().at(15.0), 5_461.127_252, 1e-6);
    near(facs124_resistance().at(15.0), 20_900.732_702_64, 1e-6);
    let r = run(&train, &trainruns_level().unwrap(), 0.0, 10_000.0, 0.0, Exit::Stop).unwrap();
    near(r.duration_s(), 748.428, 0.01);
    for (at, want) in [(999.0, 141.82), (2000.0, 222.82), (5000.0, 420.78), (9000.0, 652.74)] {
        near(r.time_at(at), want, 0.01);
    }
    let peak = r.points(10.0).iter().map(|p| p.speed_mps).fold(0.0, f64::max);
    near(peak * 3.6, 64.356, 0.001);
    let slope = trainruns_slope().unwrap();
    let spread = run(&train, &slope, 0.0, 10_000.0, 0.0, Exit::Stop).unwrap();
    near(spread.duration_s(), 840.120, 0.01);
    let head = run(&Train { length_m: 0.0, ..train }, &slope, 0.0, 10_000.0, 0.0, Exit::Stop).unwrap();
    near(head.duration_s(), 844.117, 0.01);
}

#[test]
fn a_hundredth_of_mass_or_force_or_braking_shows() {
    let v90 = v90_ore_train().unwrap();
    let (a, b) = (r1_train(), sumo_freight().unwrap());
    for (train, line, from) in [
        (&v90, trainruns_level().unwrap(), 0.0),
        (&a, r1_line().unwrap(), R1_FROM_M),
        (&b, trainruns_level().unwrap(), 0.0),
    ] {
        let time = |t: &Train| run(t, &line, from, line.end_m(), 0.0, Exit::Stop).unwrap().duration_s();
        let right = time(train);
        for wrong in [
            Train { mass_kg: 1.01 * train.mass_kg, ..train.clone() },
            Train { rotating_mass_factor: 1.01 * train.rotating_mass_factor, ..train.clone() },
            Train { service_braking_mps2: 1.01 * train.service_braking_mps2, ..train.clone() },
        ] {
            assert!((time(&wrong) - right).abs() > 0.02, "{} {right}", time(&wrong));
        }
    }
}

#[test]
fn a_train_of_tables_reaches_its_speeds() {
    let train = sumo_freight().unwrap();
    let level = flat(8_000.0, 100.0);
    let r = run(&train, &level, 0.0, 8_000.0, 0.0, Exit::Pass).unwrap();
    for (kmh, time, way) in [
        (40.0, 59.997, 340.01),
        (60.0, 93.807, 811.27),
        (80.0, 132.247, 1561.40),
        (100.0, 184.356, 2877.02),
        (120.0, 287.917, 6082.75),
    ] {
        let (mut low, mut high) = (0.0, 8_000.0);
        for _ in 0..60 {
            let s = f64::midpoint(low, high);
            if r.speed_at(s) < kmh / 3.6 - 1e-9 { low = s } else { high = s }
        }
        near(high, way, 0.05);
        near(r.time_at(high), time, 0.01);
    }
}

#[test]
fn tonnage_ratings_as_published() {
    // DF4: 0.9 of 302.1 kN at 20 km/h, 138 t; the figures were made with g = 9.81 m/s², as the rules of traction say.
    let force_n = 0.9 * 302_100.0 * GRAVITY / 9.81;
    for (permille, want) in [(4.0, 5282.0), (6.0, 3748.0), (9.0, 2590.0), (12.0, 1963.0)] {
        let locomotive = Resistance::tbt1407_df4(138_000.0);
        let wagons = Resistance::tbt1407_loaded(1.0);
        let g = trailing_mass_kg(force_n, 20.0 / 3.6, locomotive, 138_000.0, wagons, permille).unwrap();
        near(g / 1000.0, want, 0.5);
    }
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
    (r1_train(), r1_line().unwrap())
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
    let back = r1_line_back().unwrap();
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
fn halving_a_tolerance_moves_no_result_and_tightening_it_converges() {
    let (train, out) = r1();
    let v90 = v90_ore_train().unwrap();
    for (train, line, from) in [
        (&train, out, R1_FROM_M),
        (&train, r1_line_back().unwrap(), R1_FROM_M),
        (&v90, trainruns_level().unwrap(), 0.0),
        (&v90, trainruns_slope().unwrap(), 0.0),
    ] {
        let at = |tolerance: f64| {
            run_within(train, &line, from, line.end_m(), 0.0, Exit::Stop, tolerance).unwrap().duration_s()
        };
        let best = at(1e-15);
        for power in 4..14 {
            let tolerance = 0.1_f64.powi(power);
            near(at(tolerance), at(tolerance / 2.0), 0.05);
            // In step with the tolerance, down to rounding.
            near(at(tolerance), best, 1e4 * tolerance + 1e-8);
        }
    }
}

#[test]
fn job_r1_takes_as_long_as_before() {
    // Of the series of twenty powers throughout, at a tolerance of 1e-12.
    let (train, out) = r1();
    let r = run(&train, &out, R1_FROM_M, R1_TO_M, 0.0, Exit::Stop).unwrap();
    let b = run(&train, &r1_line_back().unwrap(), R1_FROM_M, R1_TO_M, 0.0, Exit::Stop).unwrap();
    near(r.duration_s(), 3_261.230_355_707_5, 1e-6);
    near(b.duration_s(), 3_349.644_792_839_9, 1e-6);
}

#[test]
fn energy_of_r1_lies_where_it_must() {
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
        for (k, place) in places.iter().enumerate().skip(j + 1) {
            let x = t.at(j, k);
            let own = run(&train, &out, begin, place.stop_m, 0.0, Exit::Stop).unwrap();
            near(s(x.stop_ms), own.duration_s(), 0.002);
            near(s(x.section_clear_stopping_ms), own.time_at(place.enter_m + 560.0), 0.002);
            near(s(x.pass_ms), through.time_at(place.stop_m), 0.002);
            near(s(x.enter_ms), through.time_at(place.enter_m), 0.002);
            near(s(x.section_clear_ms), tail(place.enter_m), 0.002);
            near(s(x.clear_ms), tail(place.stop_m), 0.002);
            // Where the last braking begins, not somewhere on its curve.
            near(own_place(&own, s(x.brake_ms), begin), own.bound().last().unwrap().0, 0.1);
            assert!(x.brake_ms <= x.pass_ms && x.pass_ms <= x.stop_ms && x.section_clear_ms <= x.clear_ms);
            near(
                own.speed_at(own_place(&own, s(x.brake_ms), begin)).powi(2) / 0.6,
                place.stop_m - own_place(&own, s(x.brake_ms), begin),
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

/// Two locomotives of a class before twice the load run as one before the load; so do two classes that share what one has.
#[test]
fn locomotives_pull_together() {
    let hill = PathProfile::new(vec![piece(0.0, 4_000.0, 0.0, 22.0), piece(4_000.0, 20_000.0, 6.0, 22.0)]).unwrap();
    let one = |mass_kg: f64, traction: Traction| Train { traction, ..point(mass_kg, 1.0, 0.3, 22.0) };
    let time = |t: &Train| run(t, &hill, 0.0, 20_000.0, 0.0, Exit::Stop).unwrap().duration_s();
    let engine = || Traction::power(3e5, 2.4e6);
    let alone = time(&one(2e6, engine()));
    exact(time(&one(4e6, engine().times(2.0))), alone);
    exact(time(&one(4e6, engine().with_other(&engine()).unwrap())), alone);
    // A part in three and two in three of it, force and power, are it.
    let parts = Traction::power(1e5, 0.8e6).with_other(&Traction::power(2e5, 1.6e6)).unwrap();
    exact(time(&one(2e6, parts)), alone);
    // Curtius and Kniffler beside power over speed: chords, no more than CHORD above the sum, at every speed.
    let wheel = |t: Traction| t.with_adhesion(yalu_physics::Adhesion::curtius_kniffler(), 6e4).unwrap();
    let (slips, strong) = (wheel(Traction::constant(4e5)), engine());
    let both = slips.clone().with_other(&strong).unwrap();
    for tenths in 0..400 {
        let v = f64::from(tenths) / 10.0;
        let sum = slips.at(v) + strong.at(v);
        assert!(
            (-1e-9..=yalu_physics::CHORD * 1.05).contains(&(both.at(v) / sum - 1.0)),
            "{v} m/s: {} for {sum}",
            both.at(v)
        );
    }
    // A table that ends at 20 m/s ends for both.
    let slow = Traction::table(&[(0.0, 1e5), (20.0, 5e4)]).unwrap();
    assert_eq!(engine().with_other(&slow).unwrap().end_mps(), 20.0);
}

/// A train of 500 m comes from the level onto 10 per mille at 10 km.
#[test]
fn the_gradient_is_read_where_one_likes() {
    let line = PathProfile::new(vec![piece(0.0, 10_000.0, 0.0, 20.0), piece(10_000.0, 20_000.0, 10.0, 20.0)]).unwrap();
    let steepest = |read, to_m| Way::under(&line, 500.0, read).unwrap().ruling_permille(9_000.0, to_m);
    let centre = GradientUnder::Centre { behind_m: 200.0 };
    for (into_m, whole, front, middle) in
        [(0.0, 0.0, 0.0, 0.0), (100.0, 2.0, 10.0, 0.0), (250.0, 5.0, 10.0, 10.0), (500.0, 10.0, 10.0, 10.0)]
    {
        let to_m = 10_000.0 + into_m;
        near(steepest(GradientUnder::Whole, to_m), whole, 1e-9);
        near(steepest(GradientUnder::Front, to_m), front, 1e-9);
        near(steepest(centre, to_m), middle, 1e-9);
    }
    // A limit holds until the tail has left it, wherever the gradient is read.
    let slow = PathProfile::new(vec![piece(0.0, 5_000.0, 0.0, 10.0), piece(5_000.0, 10_000.0, 0.0, 20.0)]).unwrap();
    for gradient in [GradientUnder::Whole, GradientUnder::Front, centre] {
        let t = Train { length_m: 500.0, gradient, ..point(1e6, 1e5, 0.3, 20.0) };
        let r = run(&t, &slow, 500.0, 10_000.0, 0.0, Exit::Stop).unwrap();
        near(r.speed_at(5_499.0), 10.0, 1e-9);
        assert!(r.speed_at(5_600.0) > 10.5);
    }
    assert!(Way::under(&line, 500.0, GradientUnder::Centre { behind_m: 501.0 }).is_err());
}

/// 0.3 m/s² hold a train of rotating mass 1.05 on 1000 * 0.3 * 1.05 / g = 32.1 per mille, and on no more.
#[test]
fn brakes_hold_what_their_force_is_more_than() {
    let t = Train { rotating_mass_factor: 1.05, length_m: 200.0, ..point(1e6, 1e5, 0.3, 20.0) };
    let held = 1000.0 * 0.3 * 1.05 / GRAVITY;
    near(held, 32.1, 0.05);
    let down = |permille: f64, length_m: f64| {
        let pieces = vec![
            piece(0.0, 1_000.0, 0.0, 20.0),
            piece(1_000.0, 1_000.0 + length_m, -permille, 20.0),
            piece(1_000.0 + length_m, 9_000.0, 0.0, 20.0),
        ];
        Way::new(&PathProfile::new(pieces).unwrap(), 200.0).unwrap().held_by_brakes(&t)
    };
    assert_eq!(down(held - 0.01, 3_000.0), Ok(()));
    let Err(PhysicsError::RunsAway { at_m, falls_permille, held_permille }) = down(held + 0.01, 3_000.0) else {
        panic!("it is held")
    };
    near(at_m, 1_200.0, 1e-6);
    near(falls_permille, held + 0.01, 1e-9);
    near(held_permille, held, 1e-9);
    // Under half the train only, it is held.
    assert_eq!(down(held * 1.5, 100.0), Ok(()));
}
