//! Months simulated by the trains, or by the model of trade by day.

use crate::ensemble;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use yalu_model::{Corridor, Direction, Draw, PerDirection};
use yalu_plan::Plan;
use yalu_regime::Dates;
use yalu_sim::{MonthOutcome, Outcome};
use yalu_trade::calibrate::scatter;
use yalu_trade::{DayModel, PARAMS, TABLE, TradeMonth, Values};
use yalu_units::{StreamKey, address};

/// Replications of the model by day where nobody names a number and nothing was calibrated.
const DAYS_REPLICATIONS: u32 = 200;

/// What crossed in a month.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct TradeInMonth {
    /// US dollars that vehicles carried.
    pub usd: PerDirection<f64>,
    /// Net tonnes.
    pub tonnes: PerDirection<f64>,
    /// US dollars that no vehicle carries.
    pub wire_usd: PerDirection<f64>,
}

/// Trade month by month.
#[derive(Clone, Debug)]
pub struct MonthlyTrade {
    /// Year and month, in order.
    pub months: Vec<(i16, i8)>,
    /// Every uncertain input at its median.
    pub central: Vec<TradeInMonth>,
    /// The replications; the central run alone where there are none.
    pub members: Vec<Vec<TradeInMonth>>,
}

impl MonthlyTrade {
    /// By the simulator, every train and queue.
    pub fn by_trains(c: &Corridor, plan: &Plan, seed: u64, replications: u32, done: &(impl Fn() + Sync)) -> Self {
        let e = ensemble(c, plan, seed, replications, done);
        let of = |o: &Outcome| o.months.iter().map(|m| TradeInMonth::simulated(c, m)).collect::<Vec<_>>();
        let members = e.outcomes().iter().map(of).collect();
        Self { months: plan.months.clone(), central: of(&e.central), members }
    }

    /// By the model of trade by day: each replication at the parameters of an accepted run, or drawn from the priors, with the
    /// scatter of a month that nothing explains.
    pub fn by_days(
        model: &DayModel,
        accepted: &[Values],
        seed: u64,
        replications: u32,
        done: &(impl Fn() + Sync),
    ) -> Self {
        let one = |n: u32| -> Vec<TradeInMonth> {
            let key = StreamKey { seed: seed ^ address(&["score"]), replication: n };
            let level = |p: usize| key.stream(address(&["prior", TABLE[p].id]), 0).unit();
            let drawn = || Values::at(&std::array::from_fn::<f64, PARAMS, _>(level));
            let values = accepted.get((n as usize - 1) % accepted.len().max(1)).copied().unwrap_or_else(drawn);
            let months = model.run(Draw::replication(key.seed, n), &values, Dates::Widened).months;
            let scattered = |(i, m): (usize, &TradeMonth)| {
                let by = PerDirection::of(|d| {
                    let u = key.stream(address(&["scatter"]), (i * 4 + d as usize * 2) as u64).unit();
                    scatter(m.usd[d] / 1e6, u)
                });
                TradeInMonth::by_days(m, by)
            };
            months.iter().enumerate().map(scattered).collect()
        };
        let members = (1..=replications)
            .into_par_iter()
            .map(|n| {
                let member = one(n);
                done();
                member
            })
            .collect();
        let central = model.run(Draw::central(seed), &Values::middle(accepted), Dates::AsGiven).months;
        let central =
            central.iter().map(|m| TradeInMonth::by_days(m, PerDirection { forward: 1.0, back: 1.0 })).collect();
        Self { months: model.months().to_vec(), central, members }
    }

    /// Replications of the model by day where nobody names a number: one for each accepted run.
    pub fn days_replications(accepted: &[Values]) -> u32 {
        if accepted.is_empty() { DAYS_REPLICATIONS } else { accepted.len() as u32 }
    }
}

impl TradeInMonth {
    fn simulated(c: &Corridor, m: &MonthOutcome) -> Self {
        let mut out = Self::default();
        for ((good, _), f) in m.flows.enumerated() {
            let d = c.trade.goods[good].direction;
            out.usd[d] += f.usd_cents as f64 / 100.0;
            out.tonnes[d] += f.mass.as_tonnes();
        }
        for (d, f) in Direction::BOTH.into_iter().zip(&m.exceptions) {
            out.usd[d] += f.usd_cents as f64 / 100.0;
            out.tonnes[d] += f.mass.as_tonnes();
        }
        let all = PerDirection { forward: m.exports_cents, back: m.imports_cents };
        out.wire_usd = PerDirection::of(|d| (all[d] as f64 / 100.0 - out.usd[d]).max(0.0));
        out
    }

    fn by_days(m: &TradeMonth, by: PerDirection<f64>) -> Self {
        let times = |x: PerDirection<f64>| PerDirection::of(|d| x[d] * by[d]);
        Self { usd: times(m.usd), tonnes: times(m.tonnes), wire_usd: m.wire_usd }
    }
}
