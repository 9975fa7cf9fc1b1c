//! How good the forecasts are: from origins that walk through the past, each with what was held then.

use crate::counts::Counts;
use crate::pass::Pass;
use crate::period::Period;
use crate::read::Measure;
use std::collections::{BTreeMap, BTreeSet};
use yalu_score::{Ensemble, crps_ensemble};

/// What to score.
#[derive(Clone, PartialEq, Debug)]
pub struct ScoreTerms {
    /// First origin, by place in the table.
    pub from: usize,
    /// Last origin.
    pub to: usize,
    /// Periods from one to the next.
    pub every: usize,
    /// Periods ahead.
    pub ahead: Vec<usize>,
}

/// Another's forecasts: by model, then crossing's key, measure, number of the origin and periods ahead.
pub type Rivals = BTreeMap<String, BTreeMap<(String, Measure, i32, usize), f64>>;

/// One row: a measure so many periods ahead, over all origins and crossings.
#[derive(Clone, PartialEq, Debug)]
pub struct ScoreRow {
    /// What.
    pub measure: Measure,
    /// Periods ahead.
    pub ahead: usize,
    /// Forecasts scored.
    pub forecasts: usize,
    /// Mean absolute error over the mean absolute seasonal difference (Hyndman and Koehler 2006), the mean of all.
    pub mase: f64,
    /// That of the count a year before.
    pub seasonal_naive: f64,
    /// Those of the rivals, over the same forecasts; none where one is missing.
    pub rivals: Vec<(String, Option<f64>)>,
    /// Share of the 90 % bands that held.
    pub coverage: f64,
    /// Continuous ranked probability score over the same scale.
    pub crps: f64,
}

/// Forecasts of crossings too small for the rows above.
#[derive(Clone, PartialEq, Debug)]
pub struct SmallScore {
    /// Crossings and measures.
    pub lines: usize,
    /// Forecasts scored.
    pub forecasts: usize,
    /// Their CRPS over the scale.
    pub crps: f64,
    /// That of the empirical law of the last two years.
    pub empirical: f64,
    /// Share of the 90 % bands that held.
    pub coverage: f64,
}

/// All scores.
#[derive(Clone, PartialEq, Debug)]
pub struct Scores {
    /// Rows by measure and distance.
    pub rows: Vec<ScoreRow>,
    /// The mean over rows.
    pub mase: f64,
    /// Crossings by measure that were scored at some origin.
    pub lines: Vec<(Measure, usize)>,
    /// Origins.
    pub origins: usize,
    /// First and last origin.
    pub span: (Period, Period),
    /// Share of all 90 % bands that held.
    pub coverage: f64,
    /// Small crossings.
    pub small: Option<SmallScore>,
}

/// Median of five years from which a line is scored as large, and from which as small, by month.
fn bounds(measure: Measure) -> Option<(f64, f64)> {
    match measure {
        Measure::Trains => Some((30.0, 5.0)),
        Measure::Loaded | Measure::Wagons => Some((1000.0, 50.0)),
        _ => None,
    }
}

/// Mean absolute seasonal difference of the last five years; a missing count has none.
fn scale(counts: &[f64], origin: usize, year: usize) -> Option<f64> {
    let from = (origin + 1).saturating_sub(5 * year).max(year);
    let differences: Vec<f64> =
        (from..=origin).map(|t| (counts[t] - counts[t - year]).abs()).filter(|d| d.is_finite()).collect();
    let mean = differences.iter().sum::<f64>() / differences.len() as f64;
    (mean > 0.0).then_some(mean)
}

#[derive(Default)]
struct Sums {
    n: usize,
    error: f64,
    naive: f64,
    rivals: Vec<Option<f64>>,
    held: usize,
    bands: usize,
    crps: f64,
    empirical: f64,
}

/// Scores forecasts of a walk.
pub fn score(counts: &Counts, pass: &Pass, asked: &ScoreTerms, rivals: &Rivals) -> Option<Scores> {
    let year = counts.step.per_year();
    let origins: Vec<usize> =
        (asked.from..=asked.to.min(counts.periods.checked_sub(1)?)).step_by(asked.every.max(1)).collect();
    let mut rows: BTreeMap<(Measure, usize), Sums> = BTreeMap::new();
    let mut small = Sums::default();
    let mut used: BTreeSet<(bool, usize)> = BTreeSet::new();
    for origin in &origins {
        for ahead in &asked.ahead {
            let at = origin + ahead;
            if at >= counts.periods {
                continue;
            }
            let errors = pass.errors(*origin, *ahead);
            for (i, line) in pass.lines.iter().enumerate() {
                let Some((large, least)) = bounds(line.measure) else {
                    continue;
                };
                let usual = line.size[*origin] * counts.step.per_month();
                let y = line.counts[at];
                // A line that has ended is not forecast.
                let ended = !line.counts[(origin + 1).saturating_sub(year)..=*origin].iter().any(|v| *v > 0.0);
                if y.is_nan() || usual < least || ended {
                    continue;
                }
                let naive = line.counts[at - (ahead.div_ceil(year) * year).min(at)];
                let (Some(scale), Some(f)) = (scale(&line.counts, *origin, year), pass.forecast(i, *origin, &errors))
                else {
                    continue;
                };
                if usual >= large && naive.is_nan() {
                    continue;
                }
                used.insert((usual >= large, i));
                let sums = if usual >= large { rows.entry((line.measure, *ahead)).or_default() } else { &mut small };
                sums.n += 1;
                sums.error += (y - f.value).abs() / scale;
                sums.naive += (y - naive).abs() / scale;
                if let Some(b) = f.band {
                    sums.bands += 1;
                    sums.held += usize::from(b.holds(y));
                }
                let mut law = pass.may_come(i, *origin, &errors);
                if law.is_empty() {
                    law.push(f.value);
                }
                sums.crps += crps_ensemble(&law, y, Ensemble::Plain).ok()? / scale;
                let past = &line.counts[(origin + 1).saturating_sub(2 * year)..=*origin];
                let past: Vec<f64> = past.iter().copied().filter(|v| v.is_finite()).collect();
                sums.empirical += crps_ensemble(&past, y, Ensemble::Plain).ok()? / scale;
                if sums.rivals.is_empty() {
                    sums.rivals = vec![Some(0.0); rivals.len()];
                }
                let key =
                    (counts.crossings[line.crossing].key.clone(), line.measure, counts.first + *origin as i32, *ahead);
                for (sum, of) in sums.rivals.iter_mut().zip(rivals.values()) {
                    *sum = sum.zip(of.get(&key)).map(|(s, f)| s + (y - f).abs() / scale);
                }
            }
        }
    }
    let rows: Vec<(ScoreRow, usize, usize)> = rows
        .into_iter()
        .map(|((measure, ahead), s)| {
            let n = s.n as f64;
            let rivals = rivals.keys().cloned().zip(s.rivals.iter().map(|r| r.map(|r| r / n))).collect();
            let coverage = s.held as f64 / s.bands.max(1) as f64;
            let row = ScoreRow {
                measure,
                ahead,
                forecasts: s.n,
                mase: s.error / n,
                seasonal_naive: s.naive / n,
                rivals,
                coverage,
                crps: s.crps / n,
            };
            (row, s.held, s.bands)
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let (held, bands) = rows.iter().fold((0, 0), |(h, b), r| (h + r.1, b + r.2));
    let lines = |m: Measure| used.iter().filter(|(large, i)| *large && pass.lines[*i].measure == m).count();
    Some(Scores {
        mase: rows.iter().map(|r| r.0.mase).sum::<f64>() / rows.len() as f64,
        lines: Measure::RAIL.into_iter().map(|m| (m, lines(m))).filter(|l| l.1 > 0).collect(),
        origins: origins.len(),
        span: (counts.period(*origins.first()?), counts.period(*origins.last()?)),
        coverage: held as f64 / bands.max(1) as f64,
        small: (small.n > 0).then(|| SmallScore {
            lines: used.iter().filter(|(large, _)| !*large).count(),
            forecasts: small.n,
            crps: small.crps / small.n as f64,
            empirical: small.empirical / small.n as f64,
            coverage: small.held as f64 / small.bands.max(1) as f64,
        }),
        rows: rows.into_iter().map(|r| r.0).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// O9.
    #[test]
    fn an_error_is_taken_over_the_mean_seasonal_difference() {
        let year = (0..12).map(|m| 100.0 + 2.0 * f64::from(m));
        let mut y: Vec<f64> = (0..6).flat_map(|_| year.clone()).collect();
        y[60..].iter_mut().for_each(|v| *v *= 1.1);
        let scale = scale(&y, 71, 12).unwrap();
        assert!((scale - 2.22).abs() < 1e-9 && (5.0 / scale - 2.252_252).abs() < 1e-6, "{scale}");
        assert_eq!(super::scale(&[7.0; 72], 71, 12), None);
    }
}
