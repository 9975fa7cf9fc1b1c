//! Laws that worlds are drawn by.

use yalu_units::{Stream, StreamKey, address};

/// Draws of one purpose.
pub(super) struct Dice(Stream);

impl Dice {
    /// Draws of a purpose and entity of a world.
    pub fn of(key: StreamKey, purpose: &str, entity: usize) -> Self {
        Self(key.stream(address(&["worlds", purpose]), (entity as u64) << 32))
    }

    /// Uniform on 0 to 1.
    pub fn unit(&mut self) -> f64 {
        self.0.unit()
    }

    /// Whether something of a chance happens.
    pub fn chance(&mut self, p: f64) -> bool {
        self.0.unit() < p
    }

    /// Uniform between two values.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.unit()
    }

    /// One of a list, by weight.
    pub fn pick<'a, T>(&mut self, list: &'a [T], weight: impl Fn(&T) -> f64) -> Option<&'a T> {
        let mut place = self.0.unit() * list.iter().map(&weight).sum::<f64>();
        list.iter().find(|x| {
            place -= weight(x);
            place < 0.0
        })
    }

    /// Whole days of an exponential law.
    pub fn exponential(&mut self, mean: f64) -> i32 {
        (-mean * libm::log(1.0 - self.0.unit())) as i32
    }

    /// Whole days of a lognormal law: heavy to the right.
    pub fn lognormal(&mut self, median: f64, spread: f64) -> i32 {
        let (u, v) = (1.0 - self.0.unit(), self.0.unit());
        let normal = libm::sqrt(-2.0 * libm::log(u)) * libm::cos(std::f64::consts::TAU * v);
        (median * libm::exp(spread * normal)).min(1e6) as i32
    }

    /// Whole days of a Pareto law: the share longer than `t` falls as a power of `t`.
    pub fn pareto(&mut self, least: f64, shape: f64) -> i32 {
        (least * libm::pow(1.0 - self.0.unit(), -1.0 / shape)).min(1e6) as i32
    }
}
