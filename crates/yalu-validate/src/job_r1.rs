//! Job R1: one train of 3330 t over 60 km of gradients, both ways.

use crate::{Oracle, Tolerance};
use yalu_physics::reference::{R1_FROM_M, R1_TO_M, r1_line, r1_line_back, r1_train};
use yalu_physics::{Exit, PhysicsError, Train, TrainRun, run};

const LAYER: &str = "Job R1: running times";
const SOURCE: &str = "the job's own integrator, independent: steps of 0.01 s, gradient averaged over the train; ALTRIOS \
                      1.1.0 is within 1 s of it at every 10 km";
const MASS: &str = "mass of the train";

/// One way over the line.
struct Direction {
    id: &'static str,
    name: &'static str,
    back: bool,
    time_s: f64,
    wheel_kwh: f64,
    /// Passing 10, 20, ... 50 km.
    passing_s: [f64; 5],
}

const DIRECTIONS: [Direction; 2] = [
    Direction {
        id: "out",
        name: "A to G",
        back: false,
        time_s: 3261.1,
        wheel_kwh: 1950.55,
        passing_s: [593.3, 1269.1, 1803.8, 2253.8, 2762.6],
    },
    Direction {
        id: "back",
        name: "G to A",
        back: true,
        time_s: 3349.5,
        wheel_kwh: 1905.38,
        passing_s: [737.0, 1205.1, 1878.0, 2412.6, 2862.6],
    },
];

pub(crate) fn oracles() -> Vec<Oracle> {
    DIRECTIONS.iter().flat_map(one_way).collect()
}

fn one_way(d: &Direction) -> Vec<Oracle> {
    let back = d.back;
    let oracle =
        |id: &str, what: &str, unit, expected, tolerance, read: Box<dyn Fn(&TrainRun) -> f64 + Send + Sync>| Oracle {
            id: format!("r1.{}.{id}", d.id),
            layer: LAYER,
            what: format!("{}, {what}", d.name),
            unit,
            expected,
            tolerance,
            source: SOURCE,
            constant: MASS,
            observe: Box::new(move |f| Ok(read(&ran(back, f)?))),
        };
    let mut all = vec![
        oracle("time", "time", "s", d.time_s, Tolerance::Absolute(0.5), Box::new(TrainRun::duration_s)),
        oracle(
            "energy",
            "energy at the wheel",
            "kWh",
            d.wheel_kwh,
            Tolerance::Relative(1e-3),
            Box::new(TrainRun::wheel_kwh),
        ),
    ];
    for (km, expected) in [10, 20, 30, 40, 50].into_iter().zip(d.passing_s) {
        let (id, what) = (format!("passing-{km}"), format!("passing {km} km"));
        let at_m = f64::from(km) * 1000.0;
        let time = Box::new(move |run: &TrainRun| run.time_at(at_m));
        all.push(oracle(&id, &what, "s", expected, Tolerance::Absolute(1.0), time));
    }
    all
}

fn ran(back: bool, mass: f64) -> Result<TrainRun, PhysicsError> {
    let train = r1_train();
    let train = Train { mass_kg: mass * train.mass_kg, ..train };
    let line = if back { r1_line_back()? } else { r1_line()? };
    run(&train, &line, R1_FROM_M, R1_TO_M, 0.0, Exit::Stop)
}
