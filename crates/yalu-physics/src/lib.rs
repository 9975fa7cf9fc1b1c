//! Train runs between events: resistance, traction, braking, and running times on a profile.
//!
//! Equation of motion `m ξ dv/dt = F(v) − R(v) − m g (i(s) + w(s))`, gradient `i` and curve resistance `w` averaged
//! over the train's length, a speed limit holding until the tail has left it. Braking is a net deceleration, gradient
//! included, in the plan as in the motion. Between events (a knot of the traction curve, a break of gradient or limit,
//! the meeting with a braking curve) a run follows the allowed speed in closed form, or the equation of motion by power
//! series whose terms left out stay below a tolerance ([`TOLERANCE_MPS`]). Events are located to the last bits. A [`Way`]
//! is the line as every train of one length meets it; [`PathTimes`] are the times a simulator needs.
//!
//! Metres, seconds, kilograms, newtons, watts within; kWh, per mille and km/h where the names say so.
mod adhesion;
mod error;
mod heaviest;
mod motion;
mod path_times;
mod points;
mod profile;
pub mod reference;
mod resistance;
mod root;
mod run;
mod supplement;
mod tonnage;
mod traction;
mod train_run;
mod way;
mod work;

pub use adhesion::Adhesion;
pub use error::PhysicsError;
pub use heaviest::{Haul, Wagons, heaviest_trailing_kg};
pub use path_times::{BlockTimes, PathTimes, Place, StandTimes, TIMES_TOLERANCE_MPS};
pub use points::RunPoint;
pub use profile::{PathProfile, Piece};
pub use resistance::Resistance;
pub use run::{Exit, TOLERANCE_MPS, run, run_on, run_within};
pub use supplement::Supplement;
pub use tonnage::trailing_mass_kg;
pub use traction::{CHORD, Traction};
pub use train_run::{Mark, TrainRun};
pub use way::{GradientUnder, Way};

/// Standard gravity, m/s².
pub const GRAVITY: f64 = 9.806_65;

/// A train as the equation of motion sees it.
#[derive(Clone, Debug)]
pub struct Train {
    /// Mass, kg, load included.
    pub mass_kg: f64,
    /// Length over all, metres; 0 for a point.
    pub length_m: f64,
    /// Where under it the gradient is read.
    pub gradient: GradientUnder,
    /// Factor for rotating masses: loaded wagons 1.03 to 1.04, a locomotive 1.09 (Hansen and Pachl 2014).
    pub rotating_mass_factor: f64,
    /// Running resistance of the whole train.
    pub resistance: Resistance,
    /// Tractive force at the wheel.
    pub traction: Traction,
    /// Net service deceleration, gradient included, m/s²; never exceeded.
    pub service_braking_mps2: f64,
    /// Greatest speed, m/s.
    pub max_speed_mps: f64,
}

impl Train {
    pub(crate) fn check(&self) -> Result<(), PhysicsError> {
        // Wide of any train, yet narrow enough that no sum of them overflows.
        let ranges = [
            (self.mass_kg, 1e-3, 1e9, "the mass of the train is not above zero"),
            (self.rotating_mass_factor, 1e-3, 1e3, "the rotating-mass factor is not above zero"),
            (self.service_braking_mps2, 1e-6, 1e3, "the braking of the train is not above zero"),
            (self.max_speed_mps, 1e-6, 1e3, "the greatest speed of the train is not above zero"),
            (self.length_m, 0.0, 1e5, "the length of the train is below zero"),
        ];
        for (value, least, most, what) in ranges {
            if !(least..=most).contains(&value) {
                return Err(PhysicsError::input(format!("{what}, or no train has it: {value}")));
            }
        }
        self.resistance.check()?;
        self.traction.check()
    }
}
