//! How much of its weight on driven axles a locomotive can pull with.

use crate::PhysicsError;

/// Adhesion between wheel and rail: `μ(v) = level + share / (offset + v)`, v in km/h.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adhesion {
    /// What is left of it at high speed.
    pub level: f64,
    /// The part that speed takes away, km/h.
    pub share_kmh: f64,
    /// Added to the speed, km/h.
    pub offset_kmh: f64,
}

impl Adhesion {
    /// One coefficient at all speeds.
    pub const fn constant(mu: f64) -> Self {
        Self { level: mu, share_kmh: 0.0, offset_kmh: 1.0 }
    }
    /// Curtius and Kniffler 1944, dry rail: 0.161 + 7.5/(v + 44) (recalled from the literature, not re-read).
    pub const fn curtius_kniffler() -> Self {
        Self { level: 0.161, share_kmh: 7.5, offset_kmh: 44.0 }
    }
    /// Chinese rules of traction, electric locomotives: 0.24 + 12/(100 + 8 v) (recalled, not re-read).
    pub const fn china_electric() -> Self {
        Self { level: 0.24, share_kmh: 12.0 / 8.0, offset_kmh: 100.0 / 8.0 }
    }
    /// Chinese rules of traction, diesel-electric locomotives: 0.248 + 5.9/(75 + 20 v) (recalled, not re-read).
    pub const fn china_diesel_electric() -> Self {
        Self { level: 0.248, share_kmh: 5.9 / 20.0, offset_kmh: 75.0 / 20.0 }
    }
    /// The coefficient at a speed in m/s.
    pub fn at(&self, v: f64) -> f64 {
        self.level + self.share_kmh / (self.offset_kmh + v * 3.6)
    }

    pub(crate) fn check(&self) -> Result<(), PhysicsError> {
        let inside = (0.0..=10.0).contains(&self.level)
            && (0.0..=1e4).contains(&self.share_kmh)
            && (1e-3..=1e4).contains(&self.offset_kmh);
        if inside {
            Ok(())
        } else {
            Err(PhysicsError::input("the adhesion of the locomotive is no number, or below zero"))
        }
    }
}
