//! Tonnage ratings.

use crate::{Oracle, Tolerance};
use yalu_physics::{Adhesion, GRAVITY, Resistance, trailing_mass_kg};

const LAYER: &str = "Tonnage ratings";
/// Gravity that the figures of the DF4 were made with, m/s², as the Chinese rules of traction say.
const RULES_GRAVITY: f64 = 9.81;

const DF4: &str = "formula of the Chinese rules of traction, worked out independently with g = 9.81 m/s²";
const TUNNEL: &str =
    "published example of a tunnel locomotive; recomputed with the starting resistance of the Chinese rules";

pub(crate) fn oracles() -> Vec<Oracle> {
    let mut all: Vec<Oracle> = [(4.0, 5282.0), (6.0, 3748.0), (9.0, 2590.0), (12.0, 1963.0)].map(df4).into();
    all.push(Oracle {
        id: "tonnage.tunnel".into(),
        layer: LAYER,
        what: "locomotive of 45 t starts on 27.04 ‰, μ 0.28".into(),
        unit: "t",
        expected: 273.1,
        tolerance: Tolerance::Absolute(0.05),
        source: TUNNEL,
        constant: "adhesion",
        observe: Box::new(|f| {
            let (kg, permille) = (45_000.0, 27.04);
            let force_n = Adhesion::constant(0.28 * f).at(0.0) * kg * GRAVITY;
            // Starting: 5 N/kN the locomotive, 3 + 0.4 i N/kN wagons on plain bearings.
            let locomotive = Resistance::specific(5.0, 0.0, 0.0, kg);
            let wagons = Resistance::specific(3.0 + 0.4 * permille, 0.0, 0.0, 1.0);
            Ok(trailing_mass_kg(force_n, 0.0, locomotive, kg, wagons, permille)? / 1000.0)
        }),
    });
    all
}

/// A DF4 of 138 t with nine tenths of 302.1 kN at 20 km/h.
fn df4((permille, expected): (f64, f64)) -> Oracle {
    Oracle {
        id: format!("tonnage.df4.{permille}-permille"),
        layer: LAYER,
        what: format!("DF4, 0.9 of 302.1 kN at 20 km/h on {permille} ‰"),
        unit: "t",
        expected,
        tolerance: Tolerance::Absolute(0.5),
        source: DF4,
        constant: "tractive force",
        observe: Box::new(move |f| {
            let (kg, force_n) = (138_000.0, 0.9 * 302_100.0 * GRAVITY / RULES_GRAVITY);
            let (locomotive, wagons) = (Resistance::tbt1407_df4(kg), Resistance::tbt1407_loaded(1.0));
            Ok(trailing_mass_kg(force_n * f, 20.0 / 3.6, locomotive, kg, wagons, permille)? / 1000.0)
        }),
    }
}
