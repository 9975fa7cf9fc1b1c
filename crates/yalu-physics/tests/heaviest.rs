//! Tonnage ratings found by runs against the closed form, and trains that cannot start at all.

use yalu_physics::{
    Adhesion, Exit, GRAVITY, GradientUnder, Haul, PathProfile, PhysicsError, Piece, Resistance, Traction, Train,
    Wagons, heaviest_trailing_kg, run, trailing_mass_kg,
};

fn grade(parts: &[(f64, f64)]) -> PathProfile {
    let mut from_m = 0.0;
    let pieces = parts.iter().map(|&(to_m, gradient_permille)| {
        let piece = Piece { from_m, to_m, gradient_permille, speed_limit_mps: 20.0, curve_radius_m: None };
        from_m = to_m;
        piece
    });
    PathProfile::new(pieces.collect()).unwrap()
}

fn locomotive() -> Train {
    Train {
        mass_kg: 138_000.0,
        length_m: 21.0,
        gradient: GradientUnder::Whole,
        rotating_mass_factor: 1.09,
        resistance: Resistance::tbt1407_df4(138_000.0),
        traction: Traction::power(302_100.0, 1.8e6),
        service_braking_mps2: 0.3,
        max_speed_mps: 25.0,
    }
}

fn wagons(metres_per_kg: f64) -> Wagons {
    Wagons { resistance_per_kg: Resistance::tbt1407_loaded(1.0), metres_per_kg, rotating_mass_factor: 1.04 }
}

#[test]
fn on_a_long_grade_the_rating_is_the_closed_form() {
    let (engine, each) = (locomotive(), wagons(0.0));
    for permille in [4.0, 6.0, 9.0, 12.0, 25.0] {
        let line = grade(&[(50_000.0, permille)]);
        let closed =
            trailing_mass_kg(302_100.0, 0.0, engine.resistance, engine.mass_kg, each.resistance_per_kg, permille)
                .unwrap();
        for haul in [Haul::FromAStandAnywhere, Haul::AsRun] {
            let seen = heaviest_trailing_kg(&engine, &each, &line, 0.0, 50_000.0, haul).unwrap();
            assert!((seen / closed - 1.0).abs() < 1e-6, "{permille}: {seen} {closed}");
        }
    }
}

#[test]
fn momentum_and_length_carry_more_over_a_short_hill() {
    let line = grade(&[(10_000.0, 0.0), (10_200.0, 15.0), (20_000.0, 0.0)]);
    let engine = locomotive();
    let rate = |each: Wagons, haul: Haul| heaviest_trailing_kg(&engine, &each, &line, 0.0, 20_000.0, haul).unwrap();
    let stand = rate(wagons(0.0), Haul::FromAStandAnywhere);
    let closed =
        trailing_mass_kg(302_100.0, 0.0, engine.resistance, engine.mass_kg, wagons(0.0).resistance_per_kg, 15.0)
            .unwrap();
    assert!((stand / closed - 1.0).abs() < 1e-6, "{stand} {closed}");
    let momentum = rate(wagons(0.0), Haul::AsRun);
    assert!(momentum > 1.2 * stand, "{momentum} {stand}");
    // 13 m for 84 t: the train lies beyond both ends of the hill.
    let long = rate(wagons(13.0 / 84_000.0), Haul::FromAStandAnywhere);
    assert!(long > stand, "{long} {stand}");
}

#[test]
fn a_locomotive_too_weak_for_itself_hauls_nothing_and_downhill_there_is_no_rating() {
    let weak = Train { traction: Traction::constant(1_000.0), ..locomotive() };
    let up = grade(&[(5_000.0, 20.0)]);
    for haul in [Haul::FromAStandAnywhere, Haul::AsRun] {
        assert_eq!(heaviest_trailing_kg(&weak, &wagons(0.0), &up, 0.0, 5_000.0, haul).unwrap(), 0.0);
        let down = grade(&[(5_000.0, -20.0)]);
        assert!(matches!(
            heaviest_trailing_kg(&weak, &wagons(0.0), &down, 0.0, 5_000.0, haul),
            Err(PhysicsError::Input { .. })
        ));
    }
    let bad = Wagons { metres_per_kg: f64::NAN, ..wagons(0.0) };
    assert!(heaviest_trailing_kg(&weak, &bad, &up, 0.0, 5_000.0, Haul::AsRun).is_err());
    assert!(heaviest_trailing_kg(&weak, &wagons(0.0), &up, 0.0, 6_000.0, Haul::AsRun).is_err());
}

#[test]
fn a_train_that_cannot_start_tells_where_and_what_is_missing() {
    let line = grade(&[(5_000.0, 3.0)]);
    let engine = locomotive();
    let needed = engine.resistance.at(0.0) + engine.mass_kg * GRAVITY * 0.003;
    let slippery = Traction::power(302_100.0, 1.8e6).with_adhesion(Adhesion::constant(0.0), engine.mass_kg).unwrap();
    let weak = Traction::constant(needed - 10.0);
    for (traction, missing) in [
        (Traction::power(302_100.0, 0.0), needed),
        (slippery, needed),
        (Traction::power(0.0, 1.8e6), needed),
        (weak, 10.0),
    ] {
        let train = Train { traction, ..engine.clone() };
        let PhysicsError::Stall { at_m, missing_n } = run(&train, &line, 40.0, 4_000.0, 0.0, Exit::Stop).unwrap_err()
        else {
            panic!("it cannot start")
        };
        assert_eq!(at_m, 40.0);
        assert!((missing_n - missing).abs() < 1e-6, "{missing_n} {missing}");
    }
}
