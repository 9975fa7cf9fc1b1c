//! Closures of several lengths beside a rule linear in days.

use super::Contingency;
use crate::{Beside, Comparison, Figure};
use yalu_number::Estimate;

/// A closure of one length.
#[derive(Clone, Debug, PartialEq)]
pub struct LengthMeasured {
    /// Days.
    pub days: u32,
    /// Value that would have crossed in them: what the linear rule counts as lost, million US dollars.
    pub linear_rule_musd: f64,
    /// Value lost, million US dollars.
    pub lost_musd: Estimate,
    /// Cost of delay, million US dollars.
    pub delay_musd: Estimate,
    /// Days after the reopening until it is clear; none where nothing is shut by it.
    pub clear_days: Option<Estimate>,
    /// Lost and delay over those of the shortest closure, grown by the days; none where that may have none.
    pub over_linear: Option<f64>,
    /// The difference of the two, million US dollars, run by run; none of the shortest.
    pub beyond_linear_musd: Option<Estimate>,
}

impl Contingency {
    /// Each closure against the linear rule.
    pub fn lengths(&self) -> Vec<LengthMeasured> {
        let all = &self.compared.variants;
        let harm =
            |v: &Beside| v.comparison.total.of(Figure::LostUsd).p50() + v.comparison.total.of(Figure::DelayUsd).p50();
        // A ratio to what may be nothing says nothing.
        let some = |v: &&Beside| v.comparison.harm_usd.iter().all(|x| *x > 0.0);
        let shortest = all.first().zip(self.days.first());
        let some_harm = shortest.filter(|(v, _)| some(v)).map(|(v, d)| (harm(v), f64::from(*d))).filter(|x| x.0 > 0.0);
        let length = |(v, &days): (&Beside, &u32)| {
            let x = &v.comparison;
            let r = x.recovery.as_ref();
            LengthMeasured {
                days,
                linear_rule_musd: r.map_or(0.0, |r| r.flow_usd.p50() * f64::from(days) / 1e6),
                lost_musd: x.total.of(Figure::LostUsd).per(1e6),
                delay_musd: x.total.of(Figure::DelayUsd).per(1e6),
                clear_days: r.map(|r| r.clear_days),
                over_linear: some_harm.map(|(h, d)| harm(v) / (h * f64::from(days) / d)),
                beyond_linear_musd: shortest
                    .filter(|(_, d)| **d != days)
                    .map(|(v, d)| beyond_linear_musd(x, &v.comparison, f64::from(days) / f64::from(*d))),
            }
        };
        all.iter().zip(&self.days).map(length).collect()
    }
}

/// Lost and delay beyond those of the shortest closure grown by the days: the same draws in both, so by run.
fn beyond_linear_musd(x: &Comparison, shortest: &Comparison, grown: f64) -> Estimate {
    Estimate::of_all(x.harm_usd.iter().zip(&shortest.harm_usd).map(|(a, b)| (a - b * grown) / 1e6))
}
