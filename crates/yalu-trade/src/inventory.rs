//! Stocks at the destination: how much to have on order, and how often it is too little.
//!
//! Order up to a level S under Poisson demand: with lead and review time together of L days and a rate a day, demand
//! over L is Poisson with mean rate · L, and the stock is short where it exceeds S. (Zipkin, Foundations of Inventory
//! Management, 2000, chapter 6.)

use crate::TradeError;
use crate::error::{not_negative, share, within};

/// An order-up-to stock.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct OrderUpTo {
    /// Units asked for a day.
    pub demand_per_day: f64,
    /// Days from review to arrival, review interval included.
    pub lead_days: f64,
}

/// Where a shortage goes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Shortage {
    /// Units that wait for the next arrival.
    pub backordered: f64,
    /// Units not sold at all.
    pub lost: f64,
}

impl OrderUpTo {
    fn mean(&self) -> Result<f64, TradeError> {
        not_negative("the demand", self.demand_per_day)?;
        not_negative("the lead time", self.lead_days)?;
        let mean = self.demand_per_day * self.lead_days;
        within("the demand over the lead time", mean, 0.0, 1e6, "from 0 to a million")?;
        Ok(mean)
    }

    /// The least level S at which a cycle ends without shortage with a chance of at least `service`.
    pub fn level(&self, service: f64) -> Result<u64, TradeError> {
        within("the service", service, 0.0, 0.999_999, "from 0 to 0.999999")?;
        let mean = self.mean()?;
        let (mut level, mut below) = (0u64, chance(mean, 0));
        while below < service {
            level += 1;
            below += chance(mean, level);
        }
        Ok(level)
    }

    /// The chance that a cycle ends without shortage at a level.
    pub fn service(&self, level: u64) -> Result<f64, TradeError> {
        let mean = self.mean()?;
        Ok((0..=level).map(|n| chance(mean, n)).sum::<f64>().min(1.0))
    }

    /// Expected units short at a level: `E[(X - S)+]`.
    pub fn short(&self, level: u64) -> Result<f64, TradeError> {
        let mean = self.mean()?;
        let mut sum = 0.0;
        for n in level + 1.. {
            let p = chance(mean, n);
            sum += (n - level) as f64 * p;
            // Beyond the mean chances fall faster than the shortage grows.
            if n as f64 > mean && p * (n - level) as f64 <= 1e-18 * sum.max(1e-300) {
                break;
            }
        }
        Ok(sum)
    }

    /// Expected shortage at a level, by where it goes: a share is lost, the rest waits.
    pub fn shortage(&self, level: u64, lost_share: f64) -> Result<Shortage, TradeError> {
        share("the share lost", lost_share)?;
        let short = self.short(level)?;
        Ok(Shortage { backordered: short * (1.0 - lost_share), lost: short * lost_share })
    }
}

/// The chance of a count under a Poisson law.
fn chance(mean: f64, n: u64) -> f64 {
    if mean == 0.0 {
        return if n == 0 { 1.0 } else { 0.0 };
    }
    let k = n as f64;
    libm::exp(k * libm::log(mean) - mean - libm::lgamma(k + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_asked_for_needs_no_stock() {
        let none = OrderUpTo { demand_per_day: 0.0, lead_days: 5.0 };
        assert_eq!((none.level(0.99).unwrap(), none.short(0).unwrap()), (0, 0.0));
        assert!(OrderUpTo { demand_per_day: 1e9, lead_days: 5.0 }.level(0.9).is_err());
        assert!(none.level(1.0).is_err());
    }

    #[test]
    fn perishables_lose_and_ore_waits() {
        let s = OrderUpTo { demand_per_day: 10.0, lead_days: 5.0 };
        let short = s.short(59).unwrap();
        assert_eq!(s.shortage(59, 1.0).unwrap(), Shortage { backordered: 0.0, lost: short });
        assert_eq!(s.shortage(59, 0.0).unwrap(), Shortage { backordered: short, lost: 0.0 });
    }

    proptest! {
        #[test]
        fn the_level_is_the_least_that_serves(rate in 0.1..50.0f64, lead in 0.1..20.0f64, service in 0.01..0.999f64) {
            let s = OrderUpTo { demand_per_day: rate, lead_days: lead };
            let level = s.level(service).unwrap();
            prop_assert!(s.service(level).unwrap() >= service - 1e-12);
            prop_assert!(level == 0 || s.service(level - 1).unwrap() < service + 1e-12);
            // One more on order spares what the chance of needing it is: E short falls by P(X > S).
            let fall = s.short(level).unwrap() - s.short(level + 1).unwrap();
            prop_assert!((fall - (1.0 - s.service(level).unwrap())).abs() < 1e-9);
        }
    }
}
