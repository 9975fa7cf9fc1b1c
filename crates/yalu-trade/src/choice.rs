//! Choice of a route: a multinomial logit on generalised cost.
//!
//! Costs are in one unit of money a tonne, `theta` in its inverse. Ben-Akiva and Lerman, Discrete Choice Analysis (1985),
//! chapter 5.

/// Turns generalised costs into weights `e^(-θ (c - least))`, which are to each other as the shares of the ways. A way that
/// cannot be taken costs infinity and weighs nothing. The least cost is taken out first, so that nothing overflows.
///
/// Two ways that are nearly the same take twice what one of them would (red bus, blue bus).
pub fn weigh(costs: &mut [f64], theta: f64) {
    let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
    for c in costs {
        *c = if c.is_finite() { libm::exp(-theta * (*c - least)) } else { 0.0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_taken_weighs_nothing() {
        let mut none = [f64::INFINITY; 2];
        weigh(&mut none, 0.05);
        assert_eq!(none, [0.0; 2]);
        // Told apart by colour alone, two buses take two thirds of those who may go by car.
        let mut buses = [10.0, f64::INFINITY, 10.0, 10.0];
        weigh(&mut buses, 0.1);
        assert_eq!(buses, [1.0, 0.0, 1.0, 1.0]);
    }

    proptest! {
        #[test]
        fn dearer_ways_take_less_and_only_differences_count(
            costs in prop::collection::vec(-1e4..1e4f64, 1..8), theta in 0.001..2.0f64, more in -1e3..1e3f64,
        ) {
            let (mut a, mut b) = (costs.clone(), costs.iter().map(|c| c + more).collect::<Vec<_>>());
            weigh(&mut a, theta);
            weigh(&mut b, theta);
            for (i, x) in costs.iter().enumerate() {
                prop_assert!((a[i] - b[i]).abs() < 1e-6 && (0.0..=1.0).contains(&a[i]));
                for (j, y) in costs.iter().enumerate() {
                    prop_assert!(x > y || a[i] >= a[j]);
                }
            }
            prop_assert!(a.contains(&1.0));
        }
    }
}
