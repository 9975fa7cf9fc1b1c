//! Trade simulated month by month, and reported months held against it.
mod score;
mod simulated;

pub use score::{LeftOut, ScoredMonth, ScoredSeries, ScoringTerms, known_exports, normal_year, score_series};
pub use simulated::{MonthlyTrade, TradeInMonth};
