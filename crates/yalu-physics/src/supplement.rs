//! What a timetable adds to the technical running time.

/// A running-time supplement on both bases that UIC 451-1 (4th edition, 2000) knows: in proportion and by distance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Supplement {
    /// In proportion to the technical running time, percent; freight commonly 3 to 7.
    pub percent: f64,
    /// By distance, seconds on 100 km.
    pub s_per_100_km: f64,
}

impl Supplement {
    /// The scheduled running time, seconds: technical time (seconds) over a distance (metres) and what is added to it.
    ///
    /// Nothing is taken away: a part below zero, or no number, adds nothing.
    pub fn on(&self, technical_s: f64, metres: f64) -> f64 {
        let part = technical_s * self.percent / 100.0;
        let by_distance = metres / 1e5 * self.s_per_100_km;
        technical_s + part.max(0.0) + by_distance.max(0.0)
    }
}
