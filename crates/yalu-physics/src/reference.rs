//! Trains and lines whose running times others have published, or that follow from a formula: the oracles of this room.
//!
//! Each constructor gives the whole of its input, so that a check can run it, change a constant, and see itself fail.

use crate::{GRAVITY, GradientUnder, PathProfile, PhysicsError, Piece, Resistance, Traction, Train};

const KMH: f64 = 3.6;

/// Where the front of R1's train starts, and where it stands at the end, metres.
pub const R1_FROM_M: f64 = 560.0;
/// End of R1's line, metres.
pub const R1_TO_M: f64 = 60_000.0;

/// The train of job R1 (`bench/R1.md`): 40 wagons of 80 t and a locomotive of 130 t, 560 m, 400 kN and 3.0 MW.
pub fn r1_train() -> Train {
    let mass_kg = 3_330_000.0;
    Train {
        mass_kg,
        length_m: 560.0,
        gradient: GradientUnder::Whole,
        rotating_mass_factor: 1.04,
        resistance: Resistance {
            constant_n: mass_kg * GRAVITY * 0.0015,
            linear_n_per_mps: 0.0,
            quadratic_n_per_mps2: 98.0,
        },
        traction: Traction::power(400_000.0, 3.0e6),
        service_braking_mps2: 0.30,
        max_speed_mps: 80.0 / KMH,
    }
}

/// The line of job R1 from A to G: 60 km at 80 km/h, its gradient changing every 10 km.
pub fn r1_line() -> Result<PathProfile, PhysicsError> {
    line(80.0, &[(1e4, 0.0), (2e4, 6.0), (3e4, 0.0), (4e4, -6.0), (5e4, 3.0), (6e4, -3.0)])
}

/// The same from G to A.
pub fn r1_line_back() -> Result<PathProfile, PhysicsError> {
    line(80.0, &[(1e4, 3.0), (2e4, -3.0), (3e4, 6.0), (4e4, 0.0), (5e4, -6.0), (6e4, 0.0)])
}

/// A V 90 with ten loaded Facs 124: TrainRuns.jl (ISC licence), `test/data/trains/freight.yaml`.
///
/// 80 t and 10 × 84 t, 204.72 m; rotating masses 1.09 and 1.03 weighted by tare; Strahl 2.2 and 10 ‰ for the
/// locomotive, 1.4 and 3.9 ‰ for the wagons; braking 0.225 m/s².
pub fn v90_ore_train() -> Result<Train, PhysicsError> {
    let knots: Vec<(f64, f64)> = V90_TENS_OF_N.iter().enumerate().map(|(v, f)| (v as f64 / KMH, 10.0 * f)).collect();
    Ok(Train {
        mass_kg: 920_000.0,
        length_m: 14.32 + 10.0 * 19.04,
        gradient: GradientUnder::Whole,
        rotating_mass_factor: (80.0 * 1.09 + 250.0 * 1.03) / 330.0,
        resistance: v90_resistance() + facs124_resistance(),
        traction: Traction::table(&knots)?,
        service_braking_mps2: 0.225,
        max_speed_mps: 80.0 / KMH,
    })
}

/// Running resistance of the V 90; at 15 m/s 5461.127252 N.
pub fn v90_resistance() -> Resistance {
    Resistance::strahl_locomotive(2.2, 10.0, 80_000.0)
}

/// Running resistance of its ten wagons; at 15 m/s 20900.73270264 N.
pub fn facs124_resistance() -> Resistance {
    Resistance::strahl(1.4, 3.9, 840_000.0)
}

/// Tractive effort of the V 90 at 0, 1, ... 80 km/h, tens of newtons.
const V90_TENS_OF_N: [f64; 81] = [
    18_694.0, 18_694.0, 18_231.0, 17_768.0, 17_305.0, 16_842.0, 16_379.0, 15_916.0, 15_453.0, 14_924.0, 14_412.0,
    13_915.0, 13_434.0, 12_969.0, 12_520.0, 12_086.0, 11_668.0, 11_266.0, 10_879.0, 10_508.0, 10_153.0, 9812.0, 9484.0,
    9170.0, 8870.0, 8584.0, 8311.0, 8052.0, 7807.0, 7575.0, 7358.0, 7160.0, 6966.0, 6777.0, 6593.0, 6413.0, 6238.0,
    6067.0, 5901.0, 5740.0, 5583.0, 5430.0, 5282.0, 5139.0, 5000.0, 4866.0, 4808.0, 4722.0, 4638.0, 4555.0, 4473.0,
    4393.0, 4314.0, 4237.0, 4161.0, 4087.0, 4014.0, 3943.0, 3873.0, 3804.0, 3737.0, 3672.0, 3607.0, 3545.0, 3483.0,
    3423.0, 3365.0, 3308.0, 3252.0, 3198.0, 3145.0, 3094.0, 3044.0, 2996.0, 2949.0, 2903.0, 2859.0, 2817.0, 2776.0,
    2736.0, 2698.0,
];

/// TrainRuns.jl, `test/data/paths/const.yaml`: 10 km on the level.
pub fn trainruns_level() -> Result<PathProfile, PhysicsError> {
    line(160.0, &[(1e4, 0.0)])
}

/// TrainRuns.jl, `test/data/paths/slope.yaml`: 10 km from -10 to 20 per mille.
pub fn trainruns_slope() -> Result<PathProfile, PhysicsError> {
    line(
        160.0,
        &[
            (1000.0, 0.0),
            (2000.0, 1.0),
            (3000.0, 2.0),
            (4000.0, 5.0),
            (5000.0, -3.0),
            (6000.0, 5.0),
            (7000.0, -10.0),
            (8000.0, 15.0),
            (8500.0, -10.0),
            (9000.0, 20.0),
            (1e4, 0.0),
        ],
    )
}

/// The freight train of Eclipse SUMO's rail model (`MSCFModel_Rail.h`, `initFreightParams`): 1440 t, 512 m, force and
/// resistance as tables every 10 km/h.
pub fn sumo_freight() -> Result<Train, PhysicsError> {
    let knots = |kn: [f64; 13]| kn.iter().enumerate().map(|(i, f)| (i as f64 * 10.0 / KMH, f * 1000.0)).collect();
    let force: Vec<(f64, f64)> =
        knots([300.0, 296.0, 293.0, 289.0, 286.0, 282.0, 279.0, 275.0, 272.0, 255.0, 230.0, 209.0, 190.0]);
    let drag: Vec<(f64, f64)> = knots([1.9, 4.3, 8.5, 14.3, 21.7, 30.8, 41.5, 53.8, 67.8, 83.5, 110.7, 119.6, 140.2]);
    Ok(Train {
        mass_kg: 1_440_000.0,
        length_m: 512.0,
        gradient: GradientUnder::Whole,
        rotating_mass_factor: 1.06,
        resistance: Resistance::default(),
        traction: Traction::table(&force)?.with_resistance_table(&drag)?,
        service_braking_mps2: 0.3,
        max_speed_mps: 120.0 / KMH,
    })
}

/// A line from 0 with one limit (km/h), its gradients (per mille) each up to a place (m).
fn line(limit_kmh: f64, gradients: &[(f64, f64)]) -> Result<PathProfile, PhysicsError> {
    let mut from_m = 0.0;
    let pieces = gradients.iter().map(|&(to_m, gradient_permille)| {
        let speed_limit_mps = limit_kmh / KMH;
        let piece = Piece { from_m, to_m, gradient_permille, speed_limit_mps, curve_radius_m: None };
        from_m = to_m;
        piece
    });
    PathProfile::new(pieces.collect())
}
