//! Train runs between events: resistance, traction, braking, and running times on a profile.
//!
//! Equation of motion `m ξ dv/dt = F(v) − R(v) − m g (i(s) + w(s))`, gradient `i` and curve resistance `w` averaged
//! over the train's length, a speed limit holding until the tail has left it. Braking is a net deceleration, gradient
//! included, in the plan as in the motion. Between events (a knot of the traction curve, a break of gradient or limit,
//! the meeting with a braking curve) a run follows a speed in closed form, or the equation of motion by a method of
//! fifth order with error control; events are located to the bit, not stepped over.
mod error;
mod motion;
mod path_times;
mod profile;
mod resistance;
mod run;
mod traction;

pub use error::PhysicsError;
pub use path_times::PathTimes;
pub use profile::{PathProfile, Piece};
pub use resistance::Resistance;
pub use run::{Exit, Mark, TrainRun, run};
pub use traction::Traction;

/// Standard gravity, m/s².
pub const GRAVITY: f64 = 9.806_65;

/// A train as the equation of motion sees it.
#[derive(Clone, Debug)]
pub struct Train {
    /// Mass, kg, load included.
    pub mass_kg: f64,
    /// Length over all, metres; 0 for a point.
    pub length_m: f64,
    /// Factor for rotating masses: 1.03 to 1.09.
    pub rotating_mass_factor: f64,
    /// Running resistance of the whole train.
    pub resistance: Resistance,
    /// Tractive force at the wheel.
    pub traction: Traction,
    /// Net service deceleration, m/s².
    pub service_braking_mps2: f64,
    /// Greatest speed, m/s.
    pub max_speed_mps: f64,
}

impl Train {
    pub(crate) fn check(&self) -> Result<(), PhysicsError> {
        let positive = [
            (self.mass_kg, "the mass of the train is not above zero"),
            (self.rotating_mass_factor, "the rotating-mass factor is not above zero"),
            (self.service_braking_mps2, "the braking of the train is not above zero"),
            (self.max_speed_mps, "the greatest speed of the train is not above zero"),
        ];
        for (value, what) in positive {
            if value <= 0.0 || !value.is_finite() {
                return Err(PhysicsError::Input { what: what.into() });
            }
        }
        if self.length_m < 0.0 || !self.length_m.is_finite() {
            return Err(PhysicsError::Input { what: "the length of the train is below zero".into() });
        }
        self.resistance.check()?;
        self.traction.check()
    }
}
