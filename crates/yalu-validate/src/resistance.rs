//! Running resistance and adhesion at single speeds.

use crate::{Observed, Oracle, Tolerance};
use yalu_physics::{Adhesion, GRAVITY, Resistance};

const LAYER: &str = "Resistance and adhesion";
const KMH: f64 = 3.6;
const MPH: f64 = 1609.344 / 3600.0;
const POUND_N: f64 = 4.448_221_615_260_5;
const SHORT_TON_KG: f64 = 907.184_74;

const TRAINRUNS: &str = "TrainRuns.jl at 7ca94cb8: single values of its formulary (Strahl, after Wende 2003)";
const SPOT: &str = "formula as published, worked out independently";
const FORUM: &str = "trains.com forum, thread 140048, after the Car and Locomotive Cyclopedia of 1970";

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all = Vec::from(strahl());
    all.extend(north_american());
    all.extend(train_of_7200_tons());
    all.extend(chinese());
    all
}

fn oracle(
    id: &str,
    what: String,
    (expected, unit, within): (f64, &'static str, f64),
    source: &'static str,
    constant: &'static str,
    observe: impl Fn(f64) -> f64 + Send + Sync + 'static,
) -> Oracle {
    Oracle {
        id: format!("resistance.{id}"),
        layer: LAYER,
        what,
        unit,
        expected,
        tolerance: Tolerance::Absolute(within),
        source,
        constant,
        observe: Box::new(move |f| -> Observed { Ok(observe(f)) }),
    }
}

/// A V 90 and its ten wagons at 15 m/s, to the digits given.
fn strahl() -> [Oracle; 2] {
    [
        oracle(
            "strahl.v90",
            "Strahl, V 90 at 15 m/s".into(),
            (5_461.127_252, "N", 5e-7),
            TRAINRUNS,
            "f0 of the locomotive",
            |f| Resistance::strahl_locomotive(2.2 * f, 10.0, 80_000.0).at(15.0),
        ),
        oracle(
            "strahl.wagons",
            "Strahl, ten wagons at 15 m/s".into(),
            (20_900.732_702_64, "N", 5e-9),
            TRAINRUNS,
            "f0 of the wagons",
            |f| Resistance::strahl(1.4 * f, 3.9, 840_000.0).at(15.0),
        ),
    ]
}

/// Pounds a short ton of a car of so many short tons.
fn pounds(r: Resistance, mph: f64, tons: f64) -> f64 {
    r.at(mph * MPH) / POUND_N / tons
}

/// A car of 143 short tons on four axles at 0, 20, 40 and 60 mph.
fn north_american() -> Vec<Oracle> {
    type Formula = (&'static str, &'static str, fn(f64) -> Resistance, [f64; 4]);
    let formulas: [Formula; 3] = [
        ("davis", "Davis 1926", |kg| Resistance::davis(kg, 4.0, 0.06), [2.111, 3.179, 4.583, 6.322]),
        (
            "modified-davis",
            "modified Davis 1970",
            |kg| Resistance::modified_davis(kg, 4.0, 0.07),
            [1.159, 1.555, 2.343, 3.522],
        ),
        (
            "canadian-national",
            "Canadian National",
            |kg| Resistance::canadian_national(kg, 4.0, 5.0, 140.0),
            [2.003, 2.799, 3.987, 5.566],
        ),
    ];
    let spots = formulas.into_iter().flat_map(|(id, name, formula, spots)| {
        [0.0, 20.0, 40.0, 60.0].into_iter().zip(spots).map(move |(mph, expected)| {
            let (id, what) = (format!("{id}.{mph}-mph"), format!("{name}, car of 143 tons, {mph} mph"));
            oracle(&id, what, (expected, "lb/ton", 5e-4), SPOT, "mass of the car", move |f| {
                pounds(formula(143.0 * SHORT_TON_KG * f), mph, 143.0 * f)
            })
        })
    });
    spots.collect()
}

/// A train of 7200 short tons of such cars at 50 mph, term by term.
fn train_of_7200_tons() -> Vec<Oracle> {
    type Term = (&'static str, &'static str, f64, f64, fn(Resistance) -> f64);
    const SPEED: f64 = 50.0 * MPH;
    let terms: [Term; 3] = [
        ("journals", "journals and rolling", 9360.0 + 5840.6, 0.05, |r| r.constant_n),
        ("flanges", "flanges", 16_200.0, 0.5, |r| r.linear_n_per_mps * SPEED),
        ("air", "air", 5538.0, 0.5, |r| r.quadratic_n_per_mps2 * SPEED * SPEED),
    ];
    let oracles = terms.into_iter().map(|(id, name, expected, within, term)| {
        let what = format!("Davis 1926, 7200 tons at 50 mph: {name}");
        oracle(&format!("davis.train.{id}"), what, (expected, "lb", within), FORUM, "tons of the train", move |f| {
            let car = Resistance::davis(143.0 * SHORT_TON_KG, 4.0, 0.044);
            term(car) / POUND_N / 143.0 * 7200.0 * f
        })
    });
    oracles.collect()
}

/// Loaded wagons after TB/T 1407, and the adhesion of electric locomotives.
fn chinese() -> Vec<Oracle> {
    let wagons = [(0.0, 0.920), (40.0, 1.312), (80.0, 2.104)].map(|(kmh, expected)| {
        let what = format!("TB/T 1407, loaded wagons, {kmh} km/h");
        oracle(&format!("tbt1407.{kmh}-kmh"), what, (expected, "N/kN", 5e-4), SPOT, "mass of the wagon", move |f| {
            Resistance::tbt1407_loaded(80_000.0 * f).at(kmh / KMH) / (80.0 * GRAVITY)
        })
    });
    let adhesion = [(0.0, 0.360, 5e-4), (40.0, 0.2686, 5e-5), (80.0, 0.2562, 5e-5)].map(|(kmh, expected, within)| {
        let what = format!("adhesion, electric, {kmh} km/h");
        oracle(&format!("adhesion.{kmh}-kmh"), what, (expected, "", within), SPOT, "adhesion at high speed", move |f| {
            let mu = Adhesion::china_electric();
            Adhesion { level: mu.level * f, ..mu }.at(kmh / KMH)
        })
    });
    wagons.into_iter().chain(adhesion).collect()
}
