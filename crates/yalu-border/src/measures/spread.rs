//! Mean and percentiles, each value with a weight.

use yalu_units::Span;

/// How values lie.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Spread {
    /// Values, each counted with its weight.
    pub count: u64,
    /// Mean, h.
    pub mean_h: f64,
    /// Half of them are no longer, h.
    pub p50_h: f64,
    /// Nine in ten are no longer, h.
    pub p90_h: f64,
}

impl Spread {
    /// Of spans with weights.
    pub(super) fn of(mut values: Vec<(Span, u64)>) -> Self {
        values.sort_unstable();
        let count: u64 = values.iter().map(|v| v.1).sum();
        if count == 0 {
            return Self::default();
        }
        let sum: i128 = values.iter().map(|v| i128::from(v.0.0) * i128::from(v.1)).sum();
        let at = |tenths: u64| {
            let mut below = 0;
            let found = values.iter().find(|v| {
                below += v.1;
                below * 10 >= count * tenths
            });
            found.map_or(0.0, |v| v.0.as_hours())
        };
        Self { count, mean_h: sum as f64 / count as f64 / 3_600_000.0, p50_h: at(5), p90_h: at(9) }
    }
}

/// By train, and by wagon: the promise is by wagon, and long trains weigh more.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct ByTrainAndWagon {
    /// Each train once.
    pub train: Spread,
    /// Each wagon once.
    pub wagon: Spread,
}

impl ByTrainAndWagon {
    pub(super) fn of(values: impl Iterator<Item = (Span, u32)> + Clone) -> Self {
        Self {
            train: Spread::of(values.clone().map(|v| (v.0, 1)).collect()),
            wagon: Spread::of(values.map(|v| (v.0, u64::from(v.1))).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wagons_of_long_trains_weigh_more() {
        let values = [(Span::hours(1), 10), (Span::hours(2), 10), (Span::hours(10), 80)];
        let both = ByTrainAndWagon::of(values.into_iter());
        assert_eq!((both.train.count, both.train.p50_h, both.train.p90_h), (3, 2.0, 10.0));
        assert_eq!((both.wagon.count, both.wagon.p50_h, both.wagon.mean_h), (100, 10.0, 8.3));
        assert_eq!(Spread::of(Vec::new()), Spread::default());
    }
}
