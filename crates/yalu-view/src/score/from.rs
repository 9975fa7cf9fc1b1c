//! From what the study scored.

use super::{BaselineScore, LeftOut, Model, Score, ScoredMonth, Series, Sum, Together};
use crate::SCHEMA_VERSION;
use std::fmt;
use yalu_model::{Corridor, Direction};
use yalu_score::{Baseline, Interval, Month};
use yalu_study::ScoredSeries;

impl Score {
    /// Of columns scored.
    pub fn of(c: &Corridor, observed: String, model: &Model, replications: usize, all: &[ScoredSeries]) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            scenario: c.about.id.clone(),
            title: c.about.title.clone(),
            observed,
            model: model.to_string(),
            replications,
            series: all.iter().map(|s| Series::of(c, s)).collect(),
        }
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Model::Trains => f.write_str("trains"),
            Model::Priors => f.write_str("by day, at its priors"),
            Model::Calibrated(file) => write!(f, "by day, calibrated ({file})"),
        }
    }
}

/// A month in data, `2022-09`.
pub(crate) fn month(m: Month) -> String {
    yalu_calendar::iso_month(m.civil())
}

impl Series {
    fn of(c: &Corridor, s: &ScoredSeries) -> Self {
        let [a, b] = &c.about.countries;
        let left_out = s.left_out.iter().map(|((year, m), why)| LeftOut {
            month: month(Month::new(*year, *m)),
            why: match why {
                yalu_study::LeftOut::NotSimulated => "not simulated",
                yalu_study::LeftOut::NothingCarried => "no more than no vehicle carries",
            }
            .into(),
        });
        Self {
            column: s.series.column.clone(),
            unit: s.series.unit.name().into(),
            direction: match s.series.direction {
                Some(Direction::Forward) => format!("{a}-{b}"),
                Some(Direction::Back) => format!("{b}-{a}"),
                None => "both".into(),
            },
            months: s.months.iter().map(ScoredMonth::of).collect(),
            left_out: left_out.collect(),
            together: s.sums.iter().map(Sum::of).collect(),
        }
    }
}

/// The ends of a band.
pub(crate) fn ends(band: Interval) -> [f64; 2] {
    [band.low, band.high]
}

impl ScoredMonth {
    fn of(m: &yalu_study::ScoredMonth) -> Self {
        let s = &m.score;
        Self {
            month: month(s.month),
            observed: s.observed,
            taken_out: m.taken_out,
            central: m.central,
            middle: s.middle,
            median: s.median,
            band50: ends(s.band50),
            band90: ends(s.band90),
            error_log10: s.error,
            inside50: s.band50.holds(s.observed),
            inside90: s.band90.holds(s.observed),
            crps_log10: s.crps,
            winkler90_log10: s.winkler90,
            pit: s.pit,
        }
    }
}

impl Sum {
    fn of(s: &yalu_score::Sum) -> Self {
        let baselines = s.baselines.iter().map(|b| BaselineScore {
            baseline: match b.baseline {
                Baseline::LastKnown => "last known month".into(),
                Baseline::SameMonthOf(year) => format!("same month of {year}"),
                Baseline::Neighbours => "mean of the neighbours (sees the future)".into(),
            },
            rms_log10: b.rms,
            model_rms_log10: b.model_rms,
            months: b.months,
        });
        Self { above: s.above, model: Together::of(&s.model), baselines: baselines.collect() }
    }
}

impl Together {
    /// Of months together.
    pub(crate) fn of(t: &yalu_score::Together) -> Self {
        Self {
            months: t.months,
            rms_log10: t.rms,
            rms_log10_without_worst: t.rms_without_worst,
            worst: month(t.worst),
            bias_log10: t.bias,
            inside50: t.inside50,
            inside90: t.inside90,
            width90_log10: t.width90,
            crps_log10: t.crps,
            winkler90_log10: t.winkler90,
        }
    }
}
