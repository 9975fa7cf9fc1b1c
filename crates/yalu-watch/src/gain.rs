//! What a line had more or less than was to be expected over some periods, with a band.

use crate::pass::{CountLine, LATER, Pass};
use crate::read::Measure;
use crate::robust::lower_quantile;
use yalu_score::Interval;

/// More, or less, than was to be expected.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Gain {
    /// What is counted.
    pub measure: Measure,
    /// What was counted over the periods.
    pub counted: f64,
    /// What was to be expected of them.
    pub expected: f64,
    /// Standard deviation of the difference.
    pub sd: f64,
    /// Nine in ten of such differences.
    pub band: Interval,
}

impl Gain {
    /// The difference.
    pub fn value(&self) -> f64 {
        self.counted - self.expected
    }
}

/// Correlation of the errors of expectations over the periods of an event.
const SHARED: f64 = 0.3;

/// The difference over periods of counts `y` from expectations `f`, each with a scale in logs; `tails` are the 5 % and
/// 95 % quantiles of residuals over their scales.
pub fn gain(measure: Measure, periods: &[(f64, f64, f64)], tails: (f64, f64)) -> Gain {
    let (mut counted, mut expected, mut sum, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for (y, f, s) in periods {
        counted += y;
        expected += f;
        sum += f * s;
        squares += (f * s).powi(2);
    }
    let sd = ((1.0 - SHARED) * squares + SHARED * sum * sum).sqrt();
    let g = counted - expected;
    Gain { measure, counted, expected, sd, band: Interval { low: g - tails.1 * sd, high: g - tails.0 * sd } }
}

impl Pass {
    /// 5 % and 95 % quantiles of residuals over their scales, by measure, over the last eight years.
    pub fn tails(&self) -> [(f64, f64); 8] {
        let years = 8 * self.step_length().per_year();
        let from = self.done.saturating_sub(years);
        Measure::ALL.map(|m| {
            let of = self.lines.iter().filter(|l| l.measure == m);
            let mut z: Vec<f64> = of
                .flat_map(|l| {
                    (from..self.done)
                        .filter(|t| l.active[*t] && l.faults[*t].is_none())
                        .map(|t| l.residual[t] / l.scale[t])
                })
                .filter(|z| z.is_finite())
                .collect();
            z.sort_by(f64::total_cmp);
            let q = |p| lower_quantile(&z, p);
            if z.len() < 100 { (-2.5, 1.9) } else { (q(0.05).unwrap_or(-2.5), q(0.95).unwrap_or(1.9)) }
        })
    }

    /// The gain of a line over periods, by what is known after period `known`; the periods themselves, and those of an event
    /// before them, are left out of what is expected. None where no count is held, or nothing could be expected.
    pub fn gain(
        &self,
        line: &CountLine,
        (from, to): (usize, usize),
        event: (usize, usize),
        known: usize,
        tails: &[(f64, f64); 8],
    ) -> Option<Gain> {
        let after = (to + LATER[1]).min(known).min(self.done - 1);
        let periods: Vec<(f64, f64, f64)> = (from..=to)
            .filter_map(|t| {
                let f = self.around(line, (event.0, to), t, after)?;
                let scale = [line.scale[t], line.scale[event.0]].into_iter().find(|s| s.is_finite())?;
                Some((line.counted(t)?, libm::exp(f), scale))
            })
            .collect();
        (!periods.is_empty()).then(|| gain(line.measure, &periods, tails[line.measure as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// O12.
    #[test]
    fn gains_over_periods_have_errors_in_common() {
        let g = gain(Measure::Trains, &[(1150.0, 1000.0, 0.08), (1210.0, 1100.0, 0.08)], (-2.5, 1.9));
        assert!((g.value() - 260.0).abs() < 1e-9 && (g.sd - 135.5286).abs() < 1e-4, "{g:?}");
        assert!((g.band.low - 2.496).abs() < 1e-3 && (g.band.high - 598.821).abs() < 1e-3, "{g:?}");
    }
}
