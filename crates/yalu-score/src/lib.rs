//! Scores of forecasts: how far and how honestly bands and chances met what came.
//!
//! Pure functions on plain numbers; used for trade by month and for belief by day.
mod chance;
mod crps;
mod error;
mod interval;
mod months;
mod pit;
mod sums;

pub use chance::{brier, log_score, miss, surprise};
pub use crps::{Ensemble, crps_ensemble, crps_exponential, crps_normal};
pub use error::ScoreError;
pub use interval::{
    Interval, central_band, coverage, nearest_rank, normal_quantile, quantile, quantile_ranks, range_coverage, winkler,
};
pub use months::{Baseline, Known, Month, MonthScore, Together, rms, score_month, together};
pub use pit::{histogram, pit};
pub use sums::{BaselineScore, Sum, sums};
