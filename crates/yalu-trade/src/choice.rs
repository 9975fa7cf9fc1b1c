//! Choice of a route: multinomial and nested logit on generalised cost.
//!
//! Costs are in one unit of money a tonne (or a consignment), `theta` in its inverse. Ben-Akiva and Lerman, Discrete
//! Choice Analysis (1985), chapters 5 and 10.

use crate::TradeError;
use crate::error::{above_zero, finite, within};

/// What makes a way dear, in money and days.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct GeneralisedCost {
    /// Money paid, a tonne.
    pub money: f64,
    /// Days under way.
    pub days: f64,
    /// Standard deviation of these days.
    pub days_spread: f64,
    /// What a way is worse by beyond that, in money a tonne (the constant of its mode).
    pub dislike: f64,
}

impl GeneralisedCost {
    /// `money + value of time · days + value of reliability · spread + dislike`; values in money a day.
    pub fn sum(&self, day_money: f64, spread_day_money: f64) -> f64 {
        self.money + day_money * self.days + spread_day_money * self.days_spread + self.dislike
    }
}

/// How a choice comes out.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// Share of each way, in the order given; they add up to 1.
    pub shares: Vec<f64>,
    /// `ln Σ e^(-θ c) / θ`, in the unit of the costs: minus the expected cost of the best way. Never below minus
    /// the least cost.
    pub logsum: f64,
}

/// Multinomial logit: `P = e^(-θ c) / Σ e^(-θ c)`.
///
/// Two ways that are nearly the same take twice what one of them would (red bus, blue bus): see [`nested_logit`].
pub fn multinomial_logit(costs: &[f64], theta: f64) -> Result<Choice, TradeError> {
    above_zero("theta", theta)?;
    for c in costs {
        finite("a generalised cost", *c)?;
    }
    let scaled: Vec<f64> = costs.iter().map(|c| -theta * c).collect();
    let (shares, log) = softmax(&scaled).ok_or(TradeError::Empty { what: "way to choose" })?;
    Ok(Choice { shares, logsum: log / theta })
}

/// Ways that have something in common, with how alike they are.
#[derive(Clone, PartialEq, Debug)]
pub struct Nest {
    /// Scale of the nest, above 0 to 1: 1 where its ways have nothing in common, near 0 where they are one and the same.
    pub scale: f64,
    /// Generalised costs of its ways.
    pub costs: Vec<f64>,
}

/// Nested logit: first the nest by its logsum, then the way within it.
///
/// `P(way) = P(nest) · e^(-θ c/λ) / Σ_nest e^(-θ c/λ)`, `P(nest) ∝ e^(λ ln Σ_nest e^(-θ c/λ))`. With every scale λ at 1
/// it is the multinomial logit. Shares come nest by nest, in the order given.
pub fn nested_logit(nests: &[Nest], theta: f64) -> Result<Choice, TradeError> {
    above_zero("theta", theta)?;
    let mut inner = Vec::with_capacity(nests.len());
    let mut outer = Vec::with_capacity(nests.len());
    for n in nests {
        within("the scale of a nest", n.scale, 1e-6, 1.0, "above 0 and at most 1")?;
        for c in &n.costs {
            finite("a generalised cost", *c)?;
        }
        let scaled: Vec<f64> = n.costs.iter().map(|c| -theta * c / n.scale).collect();
        let (shares, log) = softmax(&scaled).ok_or(TradeError::Empty { what: "way in a nest" })?;
        inner.push(shares);
        outer.push(n.scale * log);
    }
    let (of_nests, log) = softmax(&outer).ok_or(TradeError::Empty { what: "nest to choose" })?;
    let shares = of_nests.iter().zip(&inner).flat_map(|(nest, ways)| ways.iter().map(move |w| nest * w)).collect();
    Ok(Choice { shares, logsum: log / theta })
}

/// `e^u / Σ e^u`, and `ln Σ e^u`; none of nothing. The greatest is taken out first, so that nothing overflows.
pub(crate) fn softmax(utilities: &[f64]) -> Option<(Vec<f64>, f64)> {
    let most = utilities.iter().copied().reduce(f64::max)?;
    let mut shares: Vec<f64> = utilities.iter().map(|u| libm::exp(u - most)).collect();
    let sum: f64 = shares.iter().sum();
    for s in &mut shares {
        *s /= sum;
    }
    Some((shares, most + libm::log(sum)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_red_bus_and_a_blue_bus_share_the_share_of_a_bus() {
        let (car, bus) = (Nest { scale: 1.0, costs: vec![10.0] }, |scale, n| Nest { scale, costs: vec![10.0; n] });
        let of = |nests: &[Nest]| nested_logit(nests, 0.1).unwrap().shares;
        assert_eq!(of(&[car.clone(), bus(1.0, 1)]), [0.5, 0.5]);
        // Told apart by colour alone: multinomial gives them two thirds, nested leaves them half.
        let apart = of(&[car.clone(), bus(1.0, 2)]);
        assert!((apart[1] + apart[2] - 2.0 / 3.0).abs() < 1e-12);
        let alike = of(&[car, bus(1e-6, 2)]);
        assert!((alike[0] - 0.5).abs() < 1e-6 && (alike[1] - 0.25).abs() < 1e-6, "{alike:?}");
    }

    #[test]
    fn what_no_choice_can_have_is_refused() {
        let e = |r: Result<Choice, TradeError>| r.unwrap_err().to_string();
        assert_eq!(e(multinomial_logit(&[], 0.05)), "there is no way to choose");
        assert_eq!(e(multinomial_logit(&[1.0], 0.0)), "theta must be a number above zero, not 0");
        assert_eq!(e(multinomial_logit(&[f64::NAN], 1.0)), "a generalised cost must be a number, not NaN");
        assert_eq!(
            e(nested_logit(&[Nest { scale: 1.5, costs: vec![1.0] }], 1.0)),
            "the scale of a nest must be above 0 and at most 1, not 1.5"
        );
        assert_eq!(e(nested_logit(&[Nest { scale: 1.0, costs: vec![] }], 1.0)), "there is no way in a nest");
    }

    proptest! {
        #[test]
        fn shares_add_up_and_dearer_ways_take_less(costs in prop::collection::vec(-1e4..1e4f64, 1..8), theta in 0.001..2.0f64) {
            let c = multinomial_logit(&costs, theta).unwrap();
            prop_assert!((c.shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            for (i, a) in costs.iter().enumerate() {
                for (j, b) in costs.iter().enumerate() {
                    prop_assert!(a > b || c.shares[i] >= c.shares[j]);
                }
            }
            let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
            prop_assert!(c.logsum >= -least - 1e-9);
        }

        #[test]
        fn nests_of_scale_one_are_the_multinomial(costs in prop::collection::vec(-100.0..100.0f64, 2..8), cut in 1usize..7) {
            let cut = cut.min(costs.len() - 1);
            let nest = |c: &[f64]| Nest { scale: 1.0, costs: c.to_vec() };
            let a = multinomial_logit(&costs, 0.05).unwrap();
            let b = nested_logit(&[nest(&costs[..cut]), nest(&costs[cut..])], 0.05).unwrap();
            for (x, y) in a.shares.iter().zip(&b.shares) {
                prop_assert!((x - y).abs() < 1e-12);
            }
            prop_assert!((a.logsum - b.logsum).abs() < 1e-9);
        }
    }
}
