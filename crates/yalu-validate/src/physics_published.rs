//! Train runs of trains that others have published, and convergence.

use crate::reading::{level, peak_mps, place};
use crate::{Observed, Oracle, Tolerance};
use yalu_physics::reference::{
    R1_FROM_M, r1_line, r1_line_back, r1_train, sumo_freight, trainruns_level, trainruns_slope, v90_ore_train,
};
use yalu_physics::{Exit, PathProfile, PhysicsError, TIMES_TOLERANCE_MPS, Train, TrainRun, run, run_within};

const LAYER: &str = "Train runs: published trains";
const KMH: f64 = 3.6;

const V90: &str = "train and path: TrainRuns.jl at 7ca94cb8; exact value computed independently, in closed form and by \
                   Runge-Kutta in steps of 0.1 s (their snapshot of 745.070 s is explicit Euler in steps of 20 m)";
const V90_SLOPE: &str =
    "train and path: TrainRuns.jl at 7ca94cb8; computed independently by Runge-Kutta in steps of 20 ms";
const SUMO: &str = "train: Eclipse SUMO, MSCFModel_Rail; exact value computed independently from its tables";
const HALVED: &str = "a converged run does not move";
const MASS: &str = "mass of the train";

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all = v90();
    all.extend(SUMO_TABLE.iter().flat_map(|row| sumo(*row)));
    all.extend(convergence());
    all
}

fn v90_run(line: Result<PathProfile, PhysicsError>, length: f64, mass: f64) -> Result<TrainRun, PhysicsError> {
    let train = v90_ore_train()?;
    let train = Train { mass_kg: mass * train.mass_kg, length_m: length * train.length_m, ..train };
    run(&train, &line?, 0.0, 10_000.0, 0.0, Exit::Stop)
}

/// A V 90 with ten ore wagons.
fn v90() -> Vec<Oracle> {
    let oracle = |id: &str, what: &str, unit, expected, within, source, observe| Oracle {
        id: format!("trainruns.{id}"),
        layer: LAYER,
        what: format!("V 90 and ten wagons, {what}"),
        unit,
        expected,
        tolerance: Tolerance::Absolute(within),
        source,
        constant: MASS,
        observe,
    };
    let mut all = vec![oracle(
        "level.time",
        "10 km level",
        "s",
        748.4279,
        0.01,
        V90,
        Box::new(|f| Ok(v90_run(trainruns_level(), 1.0, f)?.duration_s())),
    )];
    for (id, at_m, expected) in [
        ("level.passing-999", 999.0, 141.82),
        ("level.passing-2000", 2000.0, 222.82),
        ("level.passing-5000", 5000.0, 420.78),
        ("level.passing-9000", 9000.0, 652.74),
    ] {
        let time = move |f| Ok(v90_run(trainruns_level(), 1.0, f)?.time_at(at_m));
        all.push(oracle(id, &format!("level, passing {at_m} m"), "s", expected, 0.01, V90, Box::new(time)));
    }
    all.push(oracle(
        "level.peak",
        "level, greatest speed",
        "km/h",
        64.356,
        0.0005,
        V90,
        Box::new(|f| Ok(peak_mps(&v90_run(trainruns_level(), 1.0, f)?) * KMH)),
    ));
    for (id, what, length, expected) in [
        ("slope.at-head", "10 km of slopes, mass at the head", 0.0, 844.117),
        ("slope.spread", "10 km of slopes, mass over the length", 1.0, 840.120),
    ] {
        let time = move |f| Ok(v90_run(trainruns_slope(), length, f)?.duration_s());
        all.push(oracle(id, what, "s", expected, 0.01, V90_SLOPE, Box::new(time)));
    }
    all
}

/// Speed, km/h; time, s, and distance, m, to reach it from a stand on the level.
const SUMO_TABLE: [(f64, f64, f64); 5] = [
    (40.0, 59.997, 340.01),
    (60.0, 93.807, 811.27),
    (80.0, 132.247, 1561.40),
    (100.0, 184.356, 2877.02),
    (120.0, 287.917, 6082.75),
];

fn sumo((kmh, time_s, way_m): (f64, f64, f64)) -> [Oracle; 2] {
    let reached = move |mass: f64| -> Result<(f64, f64), PhysicsError> {
        let train = sumo_freight()?;
        let train = Train { mass_kg: mass * train.mass_kg, ..train };
        let run = run(&train, &level(8000.0, 100.0)?, 0.0, 8000.0, 0.0, Exit::Pass)?;
        let at = place(0.0, 8000.0, |s| run.speed_at(s) < kmh / KMH - 1e-9);
        Ok((run.time_at(at), at))
    };
    let oracle = |id: &str, unit, expected, within, observe| Oracle {
        id: format!("sumo-freight.{id}-{kmh}"),
        layer: LAYER,
        what: format!("1440 t from a stand to {kmh} km/h, {id}"),
        unit,
        expected,
        tolerance: Tolerance::Absolute(within),
        source: SUMO,
        constant: MASS,
        observe,
    };
    [
        oracle("time", "s", time_s, 0.01, Box::new(move |f| Ok(reached(f)?.0))),
        oracle("distance", "m", way_m, 0.05, Box::new(move |f| Ok(reached(f)?.1))),
    ]
}

/// Runs at the tolerance of a plan and at half of it.
fn convergence() -> Vec<Oracle> {
    type Case = (&'static str, &'static str, f64, fn() -> Result<(Train, PathProfile), PhysicsError>);
    let cases: [Case; 4] = [
        ("r1.out", "job R1, A to G", R1_FROM_M, || Ok((r1_train(), r1_line()?))),
        ("r1.back", "job R1, G to A", R1_FROM_M, || Ok((r1_train(), r1_line_back()?))),
        ("trainruns.level", "V 90 and ten wagons, level", 0.0, || Ok((v90_ore_train()?, trainruns_level()?))),
        ("trainruns.slope", "V 90 and ten wagons, slopes", 0.0, || Ok((v90_ore_train()?, trainruns_slope()?))),
    ];
    let oracle = |(id, what, from_m, job): Case| Oracle {
        id: format!("convergence.{id}"),
        layer: LAYER,
        what: format!("{what}: half the tolerance changes the time by"),
        unit: "s",
        expected: 0.0,
        tolerance: Tolerance::Absolute(0.05),
        source: HALVED,
        constant: "mass of the train in the run of half the tolerance",
        observe: Box::new(move |f| -> Observed {
            let (train, line) = job()?;
            let time = |train: &Train, tolerance_mps: f64| -> Result<f64, PhysicsError> {
                let run = run_within(train, &line, from_m, line.end_m(), 0.0, Exit::Stop, tolerance_mps)?;
                Ok(run.duration_s())
            };
            let halved = Train { mass_kg: f * train.mass_kg, ..train.clone() };
            Ok(time(&halved, TIMES_TOLERANCE_MPS / 2.0)? - time(&train, TIMES_TOLERANCE_MPS)?)
        }),
    };
    cases.into_iter().map(oracle).collect()
}
