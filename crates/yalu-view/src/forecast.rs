//! What `yalu status --ahead` gives: the chance that service lasts and what it will carry.

use crate::ledger::{ChanceOfDay, Quantiles};
use crate::run::Carried;
use crate::seal::Seal;
use schemars::JsonSchema;
use serde::Serialize;
use yalu_ledger::Forecast;
use yalu_number::Day;

/// Days after which a remaining duration is only told to be longer.
pub const LONG_DAYS: f64 = 3650.0;

/// How long service or standstill will last.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ahead {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// Only what was known by this day is used.
    pub as_of: Day,
    /// Days looked ahead.
    pub horizon_days: u16,
    /// Whether monthly customs values are used.
    pub customs: bool,
    /// Whether the record is what was sealed.
    pub record: Seal,
    /// Each crossing.
    pub crossings: Vec<CrossingAhead>,
}

/// A crossing, day by day ahead.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CrossingAhead {
    /// Its short name.
    pub crossing: String,
    /// Its name.
    pub title: String,
    /// The chances of the day from which one looks.
    pub today: ChanceOfDay,
    /// Whether it is taken to run on that day.
    pub runs: bool,
    /// Days for which that lasts.
    pub remaining_days: Quantiles,
    /// What lasts longer than this is only told to last longer.
    pub remaining_cut_at_days: f64,
    /// Each day ahead.
    pub days: Vec<ChanceAhead>,
    /// What its routes would carry; null where none leads over it, or it was not simulated.
    pub carries: Option<Carried>,
}

/// The chances of a day ahead.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChanceAhead {
    /// Days ahead, from 1.
    pub days_ahead: usize,
    /// The chances.
    #[serde(flatten)]
    pub chances: ChanceOfDay,
    /// How far the chance of running is known: it rests on how long states last, of which few spells tell.
    pub p_running_band: Quantiles,
    /// Chance of at least one stop, or start, by then.
    pub p_changed: f64,
}

impl CrossingAhead {
    /// The view of a forecast.
    pub fn of((id, title): (&str, &str), f: &Forecast, carries: Option<Carried>) -> CrossingAhead {
        let day = |(i, d): (usize, &yalu_ledger::DayAhead)| ChanceAhead {
            days_ahead: i + 1,
            chances: ChanceOfDay::of(&d.belief),
            p_running_band: Quantiles::of(&d.running),
            p_changed: d.changed,
        };
        CrossingAhead {
            crossing: id.to_owned(),
            title: title.to_owned(),
            today: ChanceOfDay::of(&f.today),
            runs: f.runs,
            remaining_days: Quantiles::of(&f.remaining_days),
            remaining_cut_at_days: LONG_DAYS,
            days: f.days.iter().enumerate().map(day).collect(),
            carries,
        }
    }
}
