//! The ledger: what is believed of each crossing on each day, as it could be known on any day, and why.
//!
//! Statements are placed on crossings and days, weighed by how often their type of source is right, and heard by a hidden Markov chain of the
//! crossing's states. What was known then (filtered) and what is known now (smoothed) are kept apart. `docs/ledger.md` tells the method.
mod belief;
pub mod durations;
mod evidence;
mod explain;
mod forecast;
mod input;
mod ledger;
mod phases;
mod placing;
pub mod record;
mod roots;
mod score;
mod settings;
mod track;
mod trade;
pub mod worlds;

pub use belief::Belief;
pub use evidence::Side;
pub use explain::{Explanation, Hypothetical, Since, Weight, WhatIf};
pub use forecast::{Band, DayAhead, Forecast};
pub use input::{MonthlyTrade, Statement, Watched};
pub use ledger::{Ahead, Ledger, LedgerInput};
pub use phases::Follows;
pub use placing::NotPlaced;
pub use roots::{Citation, citations};
pub use score::{
    Baseline, Bin, Order, Score, StateChange, Truth, TruthSpell, brier, changes, log_score, reliability, score,
    verdicts,
};
pub use settings::Settings;
pub use yalu_calendar::CivilDay as Day;
