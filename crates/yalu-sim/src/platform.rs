//! Places to load and unload.

use yalu_units::{Instant, Span};

/// A place that loads or unloads one cut after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Platform {
    places: f64,
    hours_each: f64,
    free_at: Instant,
}

impl Platform {
    pub fn new(places: f64, hours_each: f64, from: Instant) -> Self {
        Self { places: places.round().max(1.0), hours_each, free_at: from }
    }
    /// When a cut of so many wagons is begun and done: in rounds of as many wagons as there are places.
    pub fn book(&mut self, ready: Instant, wagons: u16) -> (Instant, Instant) {
        let begin = ready.max(self.free_at);
        let rounds = (f64::from(wagons) / self.places).ceil();
        self.free_at = begin + Span::from_seconds(rounds * self.hours_each * 3600.0);
        (begin, self.free_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_takes_one_cut_after_another_in_rounds() {
        let mut p = Platform::new(10.0, 4.0, Instant(0));
        assert_eq!(p.book(Instant(0), 12), (Instant(0), Instant(8 * 3_600_000)));
        assert_eq!(p.book(Instant(3_600_000), 5), (Instant(8 * 3_600_000), Instant(12 * 3_600_000)));
    }
}
