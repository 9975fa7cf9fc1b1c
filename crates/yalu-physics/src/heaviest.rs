//! Tonnage rating of a section of line: the heaviest train a locomotive gets over it.

use crate::motion::acceleration;
use crate::path_times::TIMES_TOLERANCE_MPS;
use crate::run::{Exit, run_on};
use crate::{PathProfile, PhysicsError, Resistance, Train, Way};

/// Wagons behind a locomotive, by their mass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wagons {
    /// Running resistance of one kilogram.
    pub resistance_per_kg: Resistance,
    /// Length of one kilogram, metres; 0 for points.
    pub metres_per_kg: f64,
    /// Factor for rotating masses.
    pub rotating_mass_factor: f64,
}

/// How a train must get over a section of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haul {
    /// Starting wherever it may have been stopped, the ruling gradient (averaged over its length) included.
    FromAStandAnywhere,
    /// In one run from a stand to a stand, momentum carrying it over short heights.
    AsRun,
}

/// Two masses as near as this (in proportion) are one.
const NEAR: f64 = 1e-9;

impl Wagons {
    /// A locomotive (a train of its own) with so many kilograms of them behind it.
    pub fn behind(&self, locomotive: &Train, trailing_kg: f64) -> Train {
        let r = self.resistance_per_kg;
        let mass_kg = locomotive.mass_kg + trailing_kg;
        let rotating = locomotive.mass_kg * locomotive.rotating_mass_factor + trailing_kg * self.rotating_mass_factor;
        Train {
            mass_kg,
            length_m: locomotive.length_m + trailing_kg * self.metres_per_kg,
            rotating_mass_factor: rotating / mass_kg,
            resistance: locomotive.resistance
                + Resistance {
                    constant_n: r.constant_n * trailing_kg,
                    linear_n_per_mps: r.linear_n_per_mps * trailing_kg,
                    quadratic_n_per_mps2: r.quadratic_n_per_mps2 * trailing_kg,
                },
            ..locomotive.clone()
        }
    }
}

/// Tonnage rating of a section: the greatest trailing mass (kg) that a locomotive gets from one place to another
/// (metres along the profile).
///
/// Found by doubling and halving on the runs themselves. 0 where the locomotive cannot even move itself; an error where
/// any mass could be hauled.
pub fn heaviest_trailing_kg(
    locomotive: &Train,
    wagons: &Wagons,
    profile: &PathProfile,
    from_m: f64,
    to_m: f64,
    haul: Haul,
) -> Result<f64, PhysicsError> {
    wagons.resistance_per_kg.check()?;
    if !(0.0..=1e3).contains(&wagons.metres_per_kg) || !(1e-3..=1e3).contains(&wagons.rotating_mass_factor) {
        return Err(PhysicsError::input("the wagons have no length or no rotating mass a wagon can have"));
    }
    let moves = |trailing: f64| -> Result<bool, PhysicsError> {
        let train = wagons.behind(locomotive, trailing);
        train.check()?;
        let way = Way::under(profile, train.length_m, train.gradient)?;
        match run_on(&train, &way, from_m, to_m, 0.0, Exit::Stop, TIMES_TOLERANCE_MPS) {
            Err(PhysicsError::Stall { .. } | PhysicsError::Crawl { .. }) => Ok(false),
            Err(e) => Err(e),
            Ok(_) if haul == Haul::AsRun => Ok(true),
            Ok(_) => {
                let steepest = way.ruling_permille(from_m, to_m) / 1000.0;
                Ok(acceleration(&train, train.traction.force(0), steepest, 0.0) > 0.0)
            }
        }
    };
    if !moves(0.0)? {
        return Ok(0.0);
    }
    let (mut light, mut heavy) = (0.0, locomotive.mass_kg);
    while moves(heavy).map_err(|e| endless(light, e))? {
        (light, heavy) = (heavy, 2.0 * heavy);
    }
    while heavy - light > NEAR * heavy {
        let middle = f64::midpoint(light, heavy);
        if moves(middle)? { light = middle } else { heavy = middle }
    }
    Ok(light)
}

/// Once a train has moved, only a mass or length beyond all trains is no train.
fn endless(light: f64, error: PhysicsError) -> PhysicsError {
    if light > 0.0 {
        PhysicsError::input("on this section any mass can be hauled that a train can have")
    } else {
        error
    }
}
