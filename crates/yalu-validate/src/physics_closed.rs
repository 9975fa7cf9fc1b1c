//! Train runs that follow from a formula.

use crate::reading::{begin, level, peak_mps, place};
use crate::{Observed, Oracle, Tolerance, Unobserved};
use yalu_physics::{Exit, GradientUnder, Mark, PhysicsError, Resistance, Traction, Train, TrainRun, run};

const LAYER: &str = "Train runs: closed forms";
const KMH: f64 = 3.6;

/// Id, what, unit, expected, formula, constant, and how it is observed.
type Row = (&'static str, &'static str, &'static str, f64, &'static str, &'static str, fn(f64) -> Observed);

/// Formulas evaluated to 30 digits.
const ROWS: [Row; 15] = [
    ("stop-to-stop.time", "20 km, 80 km/h, 0.1 and 0.3 m/s²: time", "s", 1_048.148_148_148_148, STOP, MASS, |f| {
        Ok(stop_to_stop(20_000.0, f, 1.0)?.duration_s())
    }),
    ("stop-to-stop.speeding-up", "the same: distance speeding up", "m", 2_469.135_802_469_136, STOP, MASS, |f| {
        begin(&stop_to_stop(20_000.0, f, 1.0)?, Mark::Limit, "stretch at its limit")
    }),
    ("stop-to-stop.braking", "the same: braking distance", "m", 823.045_267_489_712, STOP, BRAKING, |f| {
        Ok(20_000.0 - begin(&stop_to_stop(20_000.0, 1.0, f)?, Mark::Braking, "braking")?)
    }),
    ("short-hop.time", "1.5 km, 0.1 and 0.3 m/s²: time", "s", 200.0, HOP, MASS, |f| {
        Ok(stop_to_stop(1500.0, f, 1.0)?.duration_s())
    }),
    ("short-hop.peak", "the same: greatest speed", "km/h", 54.0, HOP, BRAKING, |f| {
        Ok(peak_mps(&stop_to_stop(1500.0, 1.0, f)?) * KMH)
    }),
    ("constant-power.time", "2000 t, 2.4 MW to 60 km/h: time", "s", 115.740_740_740_741, POWER, WATTS, |f| {
        let run = constant_power(1.0, f)?;
        Ok(run.time_at(begin(&run, Mark::Limit, "stretch at its limit")?))
    }),
    ("constant-power.distance", "the same: distance", "m", 1_286.008_230_452_675, POWER, WATTS, |f| {
        begin(&constant_power(1.0, f)?, Mark::Limit, "stretch at its limit")
    }),
    ("constant-power.energy", "the same: energy at the wheel", "kWh", 77.160_493_827_160, "m v²/2", MASS, |f| {
        Ok(constant_power(f, 1.0)?.wheel_kwh())
    }),
    ("coasting.time", "2000 t, 20 kN + 60 v², 20 to 10 m/s: time", "s", 602.170_815_555_077, COAST, MASS, |f| {
        let (run, at) = coasted_to_10(f)?;
        Ok(run.time_at(at))
    }),
    ("coasting.distance", "the same: distance", "m", 8_768.218_264_946_32, COAST, MASS, |f| Ok(coasted_to_10(f)?.1)),
    ("coasting.to-rest.time", "the same to rest: time", "s", 1_517.037_304_800_649, COAST, MASS, to_rest_s),
    ("coasting.to-rest.distance", "the same to rest: distance", "m", 13_140.956_006_071_17, COAST, MASS, |f| {
        to_rest_m(&coasting(f))
    }),
    ("constant-force.speed", "300 kN on the same: speed after 120 s", "m/s", 16.469_309_760_434_05, TANH, MASS, |f| {
        let (run, at) = pulled_for_120_s(f)?;
        Ok(run.speed_at(at))
    }),
    ("constant-force.distance", "the same: distance after 120 s", "m", 998.000_279_943_567_6, TANH, MASS, |f| {
        Ok(pulled_for_120_s(f)?.1)
    }),
    (
        "constant-force.balance",
        "the same: balancing speed",
        "m/s",
        68.313_005_106_397_32,
        "√((F − A)/C)",
        DRAG,
        |f| {
            // Of the way to balance, e⁻¹²⁰ is missing.
            let quadratic = Resistance { quadratic_n_per_mps2: f * DRAG_N.quadratic_n_per_mps2, ..DRAG_N };
            let pulled = Train { resistance: quadratic, ..pulled(1.0) };
            Ok(run(&pulled, &level(1e6, 200.0)?, 0.0, 1e6, 0.0, Exit::Pass)?.speed_at(1e6))
        },
    ),
];

const STOP: &str = "closed form: L/v + v/2a + v/2b; v²/2a; v²/2b";
const HOP: &str = "closed form: v = √(2L/(1/a + 1/b)), t = v/a + v/b";
const POWER: &str = "closed form: m v²/2P, m v³/3P";
const COAST: &str = "closed form of m dv/dt = −(A + C v²)";
const TANH: &str = "closed form: v = v_b tanh(k t)";
const MASS: &str = "mass of the train";
const BRAKING: &str = "service braking";
const WATTS: &str = "power at the wheel";
const DRAG: &str = "running resistance";

pub(crate) fn oracles() -> Vec<Oracle> {
    let row = |(id, what, unit, expected, source, constant, observe): Row| Oracle {
        id: format!("closed.{id}"),
        layer: LAYER,
        what: what.into(),
        unit,
        expected,
        tolerance: Tolerance::Relative(1e-9),
        source,
        constant,
        observe: Box::new(observe),
    };
    ROWS.into_iter().map(row).collect()
}

const DRAG_N: Resistance = Resistance { constant_n: 20_000.0, linear_n_per_mps: 0.0, quadratic_n_per_mps2: 60.0 };

/// A train without length or rotating masses.
fn point(mass_kg: f64, traction: Traction, max_speed_mps: f64) -> Train {
    Train {
        mass_kg,
        length_m: 0.0,
        gradient: GradientUnder::Whole,
        rotating_mass_factor: 1.0,
        resistance: Resistance::default(),
        traction,
        service_braking_mps2: 0.3,
        max_speed_mps,
    }
}

fn stop_to_stop(length_m: f64, mass: f64, braking: f64) -> Result<TrainRun, PhysicsError> {
    let light = point(1e6 * mass, Traction::constant(1e5), 80.0 / KMH);
    let train = Train { service_braking_mps2: 0.3 * braking, ..light };
    run(&train, &level(length_m, 100.0)?, 0.0, length_m, 0.0, Exit::Stop)
}

/// From rest; up to 0.1 mm/s the force is that of this speed, as none at a stand is infinite.
fn constant_power(mass: f64, power: f64) -> Result<TrainRun, PhysicsError> {
    let watts = 2.4e6 * power;
    let train = point(2e6 * mass, Traction::power(watts / 1e-4, watts), 60.0 / KMH);
    run(&train, &level(2000.0, 100.0)?, 0.0, 2000.0, 0.0, Exit::Pass)
}

fn coasting(mass: f64) -> Train {
    Train { resistance: DRAG_N, ..point(2e6 * mass, Traction::constant(0.0), 50.0) }
}

fn coasted_to_10(mass: f64) -> Result<(TrainRun, f64), PhysicsError> {
    let run = run(&coasting(mass), &level(1e4, 100.0)?, 0.0, 1e4, 20.0, Exit::Pass)?;
    let at = place(0.0, 1e4, |s| run.speed_at(s) > 10.0);
    Ok((run, at))
}

/// Where a train that coasts from 20 m/s comes to rest.
fn to_rest_m(train: &Train) -> Observed {
    match run(train, &level(2e4, 100.0)?, 0.0, 2e4, 20.0, Exit::Pass) {
        Err(PhysicsError::Stall { at_m, .. }) => Ok(at_m),
        Err(e) => Err(e.into()),
        Ok(_) => Err(Unobserved::Missing { what: "stall" }),
    }
}

/// To a millimetre before the stand; from there the train slows evenly.
fn to_rest_s(mass: f64) -> Observed {
    let train = coasting(mass);
    let almost = to_rest_m(&train)? - 1e-3;
    let run = run(&train, &level(almost, 100.0)?, 0.0, almost, 20.0, Exit::Pass)?;
    Ok(run.duration_s() + run.speed_at(almost) * train.mass_kg / DRAG_N.constant_n)
}

fn pulled(mass: f64) -> Train {
    Train { resistance: DRAG_N, ..point(2e6 * mass, Traction::constant(300_000.0), 100.0) }
}

fn pulled_for_120_s(mass: f64) -> Result<(TrainRun, f64), PhysicsError> {
    let run = run(&pulled(mass), &level(2000.0, 200.0)?, 0.0, 2000.0, 0.0, Exit::Pass)?;
    let at = place(0.0, 2000.0, |s| run.time_at(s) < 120.0);
    Ok((run, at))
}
