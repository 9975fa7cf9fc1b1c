//! How orders by a route vanish and come back.

/// Share of a route's orders that stops when quarantine begins on it (assumed: next to everything).
pub const STOPPED: f64 = 0.95;
/// Days over which orders vanish once a route is shut (e-folding; assumed: contracts run out within weeks).
const FORGET_DAYS: f64 = 15.0;

/// The share of its orders that a route has back.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Comeback {
    level: f64,
    /// Days until they begin to come back.
    still: f64,
}

impl Default for Comeback {
    fn default() -> Self {
        Self { level: 1.0, still: 0.0 }
    }
}

impl Comeback {
    /// Quarantine begins on a route that ran: next to all orders stop, and stand still for so many days.
    pub fn quarantine_begins(&mut self, standstill_days: f64) {
        self.level *= 1.0 - STOPPED;
        self.still = standstill_days;
    }

    /// A day on which the route runs, or does not; orders climb in so many days (0: they neither vanish nor climb).
    pub fn day(&mut self, runs: bool, climb_days: f64) {
        if climb_days <= 0.0 {
            return;
        }
        if runs {
            self.still -= 1.0;
            if self.still <= 0.0 {
                self.level += (1.0 - self.level) / climb_days;
            }
        } else {
            self.level -= self.level / FORGET_DAYS;
        }
    }

    /// Share of its orders that it has, 0 to 1.
    pub fn level(&self) -> f64 {
        self.level
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_stop_stand_still_and_climb_by_two_thirds_in_the_time_of_the_climb() {
        let mut c = Comeback::default();
        c.quarantine_begins(10.0);
        for _ in 0..9 {
            c.day(true, 100.0);
        }
        assert!((c.level() - 0.05).abs() < 1e-12);
        for _ in 0..100 {
            c.day(true, 100.0);
        }
        let expected = 1.0 - 0.95 * libm::pow(0.99, 100.0);
        assert!((c.level() - expected).abs() < 1e-12);
        for _ in 0..15 {
            c.day(false, 100.0);
        }
        assert!((c.level() - expected * libm::pow(14.0 / 15.0, 15.0)).abs() < 1e-12);
        let mut none = Comeback::default();
        none.day(false, 0.0);
        assert_eq!(none.level(), 1.0);
    }
}
