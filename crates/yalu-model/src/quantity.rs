//! A number that may be a range and says where it comes from.

/// The shape of what is known of a number.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Dist {
    /// One value.
    Fixed(f64),
    /// Anywhere between two values: `"30..50"`.
    Uniform(f64, f64),
    /// Between two values, most likely a third: `"30..40..50"`.
    Triangular(f64, f64, f64),
}

/// Where a number comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Basis {
    /// A named source.
    Source(String),
    /// Assumed, with the reason.
    Assumed(String),
    /// Neither was said; counts as assumed.
    Unstated,
}

/// A number with its range, its provenance and its place in the scenario (`services.bridge.max_wagons`).
#[derive(Clone, PartialEq, Debug)]
pub struct Quantity {
    /// Address in the scenario, also the address of its random stream.
    pub path: String,
    /// Value or range, in the unit its field name says.
    pub dist: Dist,
    /// Source, or assumed and why.
    pub basis: Basis,
}

impl Quantity {
    /// A plain value that no file states (a documented default).
    pub fn assumed(path: &str, value: f64, why: &str) -> Quantity {
        Quantity { path: path.into(), dist: Dist::Fixed(value), basis: Basis::Assumed(why.into()) }
    }
    /// The same in a unit so many times smaller: days in minutes.
    #[must_use]
    pub fn times(&self, factor: f64) -> Quantity {
        let dist = match self.dist {
            Dist::Fixed(a) => Dist::Fixed(a * factor),
            Dist::Uniform(a, b) => Dist::Uniform(a * factor, b * factor),
            Dist::Triangular(a, m, b) => Dist::Triangular(a * factor, m * factor, b * factor),
        };
        Quantity { path: self.path.clone(), dist, basis: self.basis.clone() }
    }
    /// The median of what is known.
    pub fn central(&self) -> f64 {
        self.dist.at(0.5)
    }
    /// Smallest value.
    pub fn low(&self) -> f64 {
        self.dist.at(0.0)
    }
    /// Largest value.
    pub fn high(&self) -> f64 {
        self.dist.at(1.0)
    }
}

impl Dist {
    /// The value below which a share `u` of it lies (0 to 1).
    pub fn at(self, u: f64) -> f64 {
        match self {
            Dist::Fixed(v) => v,
            Dist::Uniform(a, b) => a + u * (b - a),
            Dist::Triangular(a, m, b) => {
                if b <= a {
                    return a;
                }
                let knee = (m - a) / (b - a);
                if u < knee { a + (u * (b - a) * (m - a)).sqrt() } else { b - ((1.0 - u) * (b - a) * (b - m)).sqrt() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triangular_runs_from_low_to_high_through_its_mode() {
        let d = Dist::Triangular(10.0, 20.0, 60.0);
        assert_eq!(d.at(0.0), 10.0);
        assert!((d.at(0.2) - 20.0).abs() < 1e-12);
        assert_eq!(d.at(1.0), 60.0);
        assert_eq!(Dist::Triangular(5.0, 5.0, 5.0).at(0.3), 5.0);
    }
}
