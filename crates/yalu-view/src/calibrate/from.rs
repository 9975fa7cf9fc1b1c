//! From what the trade model's calibration found.

use super::{
    Alike, Calibrate, FittedMonth, HeldMonth, HeldOut, Means, Parameter, ParameterAfter, Reading, Split, Sums,
};
use crate::SCHEMA_VERSION;
use crate::score::{Together, ends, month};
use yalu_model::Corridor;
use yalu_regime::Dates;
use yalu_score::Month;
use yalu_trade::calibrate::{Calibration, Task};
use yalu_trade::{TABLE, Values};

/// What a calibration was asked.
#[derive(Clone, Copy, Debug)]
pub struct FitTerms<'a> {
    /// The corridor.
    pub corridor: &'a Corridor,
    /// File of the reported values.
    pub observed: &'a str,
    /// What was asked.
    pub task: &'a Task,
    /// Months of the horizon.
    pub months: &'a [(i16, i8)],
    /// Names of years kept out whole.
    pub blocks: &'a [String],
}

impl Calibrate {
    /// Of a calibration with each reading of dates.
    pub fn of(asked: FitTerms, readings: &[Calibration], wall_s: f64) -> Self {
        let (c, task) = (asked.corridor, asked.task);
        let parameters = TABLE.iter().map(|p| Parameter {
            id: p.id.into(),
            meaning: p.meaning.into(),
            unit: p.unit.into(),
            low: p.at(0.0),
            median: p.at(0.5),
            high: p.at(1.0),
            even_in: if p.log { "logarithm" } else { "value" }.into(),
            source: p.source.into(),
        });
        Self {
            schema_version: SCHEMA_VERSION,
            scenario: c.about.id.clone(),
            title: c.about.title.clone(),
            observed: asked.observed.into(),
            months_used: task.known.len(),
            least_musd: task.least,
            small_musd: task.small,
            seed: task.seed,
            runs: readings.iter().map(|r| u64::from(r.runs)).sum(),
            parameters: parameters.collect(),
            readings: readings.iter().map(|r| Reading::of(asked, r)).collect(),
            wall_s,
        }
    }
}

impl Reading {
    fn of(asked: FitTerms, r: &Calibration) -> Self {
        let after = r.posterior.iter().map(|p| ParameterAfter {
            id: TABLE[p.param].id.into(),
            p05: p.values[0],
            p50: p.values[1],
            p95: p.values[2],
            width_of_prior: p.width,
        });
        let alike =
            r.pairs.iter().map(|p| Alike { ids: p.params.map(|i| TABLE[i].id.into()), correlation: p.correlation });
        let fitted = asked.months.iter().zip(&r.months).map(|(m, x)| {
            let [p05, p25, p50, p75, p95] = x.quantiles;
            FittedMonth { month: month(Month::new(m.0, m.1)), middle: x.middle, p05, p25, p50, p75, p95 }
        });
        Self {
            dates: if r.dates == Dates::Widened { "widened" } else { "as_given" }.into(),
            plausible_share: r.plausible_share,
            posterior: after.collect(),
            not_told_apart: alike.collect(),
            accepted: r.accepted.iter().map(|l| Values::at(l).0.to_vec()).collect(),
            fit: Sums::of(&r.fit),
            held_out: HeldOut {
                halves: Means::of(r, "half"),
                blocks: asked.blocks.iter().map(|b| (b.clone(), Means::of(r, b))).collect(),
            },
            splits: r.held.iter().map(Split::of).collect(),
            months: fitted.collect(),
        }
    }
}

impl Sums {
    fn of(s: &yalu_trade::calibrate::Sums) -> Self {
        let of = |t: &Option<yalu_score::Together>| t.as_ref().map(Together::of);
        Self { above_least: of(&s.above_least), above_small: of(&s.above_small) }
    }
}

impl Means {
    /// Over splits whose name begins so.
    fn of(r: &Calibration, begin: &str) -> Self {
        let small = |of: fn(&yalu_score::Together) -> f64| r.mean(begin, |h| h.sums.above_small.as_ref().map(of));
        let least = |of: fn(&yalu_score::Together) -> f64| r.mean(begin, |h| h.sums.above_least.as_ref().map(of));
        Self {
            splits: r.held.iter().filter(|h| h.split.name.starts_with(begin)).count(),
            rms_log10: small(|t| t.rms),
            rms_log10_without_worst: small(|t| t.rms_without_worst),
            rms_log10_above_least: least(|t| t.rms),
            rms_log10_above_least_without_worst: least(|t| t.rms_without_worst),
            bias_log10: small(|t| t.bias),
            inside50: small(|t| t.inside50),
            inside90: small(|t| t.inside90),
            width90_log10: small(|t| t.width90),
            crps_log10: small(|t| t.crps),
            last_known_rms_log10: r.mean(begin, |h| h.baselines[0]),
            neighbours_rms_log10: r.mean(begin, |h| h.baselines[1]),
        }
    }
}

impl Split {
    fn of(h: &yalu_trade::calibrate::HeldOut) -> Self {
        let months = h.months.iter().map(|m| HeldMonth {
            month: month(m.month),
            observed: m.observed,
            middle: m.middle,
            band90: ends(m.band90),
            error_log10: m.error,
        });
        Self {
            name: h.split.name.clone(),
            together: Sums::of(&h.sums),
            last_known_rms_log10: h.baselines[0],
            neighbours_rms_log10: h.baselines[1],
            months: months.collect(),
        }
    }
}
