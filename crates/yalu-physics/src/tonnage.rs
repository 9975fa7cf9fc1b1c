//! The mass a locomotive can haul up a ruling grade.

use crate::traction::MOST;
use crate::{GRAVITY, PhysicsError, Resistance};

/// Tonnage rating: the trailing mass (kg) that a tractive force keeps moving at a speed (m/s) up a gradient.
///
/// `G = [F − P g (w′ + i)] / [(w″ + i) g]`. `wagons` is the resistance of one kilogram of trailing mass; the gradient
/// (per mille, rising positive) counts curves. 0 where the locomotive cannot even move itself.
pub fn trailing_mass_kg(
    force_n: f64,
    speed_mps: f64,
    locomotive: Resistance,
    locomotive_kg: f64,
    wagons: Resistance,
    gradient_permille: f64,
) -> Result<f64, PhysicsError> {
    locomotive.check()?;
    wagons.check()?;
    let inside = (0.0..=MOST).contains(&force_n)
        && (0.0..=1e3).contains(&speed_mps)
        && (0.0..=1e9).contains(&locomotive_kg)
        && (-1000.0..=1000.0).contains(&gradient_permille);
    if !inside {
        return Err(PhysicsError::input("a tonnage rating needs a force, a speed, a locomotive and a gradient"));
    }
    let grade = GRAVITY * gradient_permille / 1000.0;
    let left = force_n - locomotive.at(speed_mps) - locomotive_kg * grade;
    let each = wagons.at(speed_mps) + grade;
    if each <= 0.0 {
        return Err(PhysicsError::input("on this falling gradient wagons roll by themselves: any mass can be hauled"));
    }
    Ok((left / each).max(0.0))
}
