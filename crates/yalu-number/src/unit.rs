//! Units: what a figure counts or measures.

use crate::digits::{THIN, figure, fixed, percent};
use schemars::JsonSchema;
use serde::Serialize;

/// What a figure counts or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A bare number.
    #[default]
    Number,
    /// A share of one, written in per cent.
    Share,
    /// Metric tonnes of goods.
    Tonnes,
    /// Tonnes a day.
    TonnesPerDay,
    /// Tonnes times the days they waited.
    TonneDays,
    /// US dollars.
    Usd,
    /// Millions of US dollars.
    Musd,
    /// US dollars a tonne.
    UsdPerTonne,
    /// Whole days and parts of them.
    Days,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Seconds.
    Seconds,
    /// Months.
    Months,
    /// Kilometres.
    Kilometres,
    /// Metres.
    Metres,
    /// Millimetres.
    Millimetres,
    /// Kilometres an hour.
    KmPerHour,
    /// Rise in metres a kilometre.
    PerMille,
    /// Kilonewtons.
    Kilonewtons,
    /// Kilowatt-hours.
    KilowattHours,
    /// Trains.
    Trains,
    /// Trains a day.
    TrainsPerDay,
    /// Wagons.
    Wagons,
    /// Wagons a day.
    WagonsPerDay,
    /// Hours of wagons.
    WagonHours,
    /// Road vehicles.
    Vehicles,
    /// Tracks of a yard or station.
    Tracks,
    /// Runs of the simulator.
    Runs,
    /// Runs with and without a change.
    Pairs,
    /// Reports of the ledger.
    Reports,
}

/// How a unit is written: as a sign, or as a word for one and for many.
enum Form {
    None,
    Sign(&'static str),
    Word(&'static str, &'static str),
}

impl Unit {
    fn form(self) -> Form {
        use Form::{Sign, Word};
        match self {
            Unit::Number => Form::None,
            Unit::Share => Sign("%"),
            Unit::Tonnes => Sign("t"),
            Unit::TonnesPerDay => Sign("t/day"),
            Unit::TonneDays => Sign("t·days"),
            Unit::Usd => Sign("USD"),
            Unit::Musd => Sign("MUSD"),
            Unit::UsdPerTonne => Sign("USD/t"),
            Unit::Days => Word("day", "days"),
            Unit::Hours => Sign("h"),
            Unit::Minutes => Sign("min"),
            Unit::Seconds => Sign("s"),
            Unit::Months => Word("month", "months"),
            Unit::Kilometres => Sign("km"),
            Unit::Metres => Sign("m"),
            Unit::Millimetres => Sign("mm"),
            Unit::KmPerHour => Sign("km/h"),
            Unit::PerMille => Sign("‰"),
            Unit::Kilonewtons => Sign("kN"),
            Unit::KilowattHours => Sign("kWh"),
            Unit::Trains => Word("train", "trains"),
            Unit::TrainsPerDay => Word("train a day", "trains a day"),
            Unit::Wagons => Word("wagon", "wagons"),
            Unit::WagonsPerDay => Word("wagon a day", "wagons a day"),
            Unit::WagonHours => Sign("wagon-h"),
            Unit::Vehicles => Word("vehicle", "vehicles"),
            Unit::Tracks => Word("track", "tracks"),
            Unit::Runs => Word("run", "runs"),
            Unit::Pairs => Word("pair of runs", "pairs of runs"),
            Unit::Reports => Word("report", "reports"),
        }
    }

    /// Its name where no number stands before it, such as in the head of a column; nothing for a bare number.
    pub fn name(self) -> &'static str {
        match self.form() {
            Form::None => "",
            Form::Sign(s) | Form::Word(_, s) => s,
        }
    }

    /// A figure with its unit, to three significant figures: `16,500 t`, `1 day`, `34 %`.
    pub fn write(self, value: f64) -> String {
        if self == Unit::Share {
            return percent(value);
        }
        let digits = figure(value);
        if value.is_finite() { self.after(digits) } else { digits }
    }

    /// A figure without its unit, for a place that names it; a share keeps its sign.
    pub fn bare(self, value: f64) -> String {
        if self == Unit::Share { percent(value) } else { figure(value) }
    }

    /// A difference with its unit; more is marked with a plus.
    pub fn signed(self, value: f64) -> String {
        format!("{}{}", if value > 0.0 { "+" } else { "" }, self.write(value))
    }

    /// A range as an input gives it, to the last digit: `8.5 – 12 t`; once where its ends are the same.
    pub fn range(self, [low, high]: [f64; 2]) -> String {
        let digits = |x: f64| fixed(x, usize::from(x.fract() != 0.0));
        self.after(if low < high { format!("{} – {}", digits(low), digits(high)) } else { digits(high) })
    }

    /// A count with its unit, to the last digit: `1,234 trains`, `1 run`.
    pub fn count(self, n: impl TryInto<i64>) -> String {
        self.after(fixed(n.try_into().map_or(f64::INFINITY, |n: i64| n as f64), 0))
    }

    /// Digits with the unit after them.
    pub(crate) fn after(self, digits: String) -> String {
        match self.form() {
            Form::None => digits,
            Form::Sign(sign) => format!("{digits}{THIN}{sign}"),
            Form::Word(one, many) => {
                let word = if digits == "1" { one } else { many };
                format!("{digits}\u{a0}{word}")
            }
        }
    }

    /// By how much a value is multiplied before its digits are written.
    pub(crate) fn factor(self) -> f64 {
        if self == Unit::Share { 100.0 } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn signs_take_a_thin_space_and_words_a_whole_one() {
        assert_eq!(Unit::Tonnes.write(16_450.0), "16,500\u{202f}t");
        assert_eq!(Unit::Musd.write(0.029), "0.0290\u{202f}MUSD");
        assert_eq!(Unit::Days.write(41.0), "41\u{a0}days");
        assert_eq!(Unit::Days.write(1.0), "1\u{a0}day");
        assert_eq!(Unit::Share.write(0.34), "34\u{202f}%");
        assert_eq!(Unit::Number.write(2.5), "2.50");
        assert_eq!(Unit::Tonnes.write(f64::NAN), "not answered");
    }

    #[test]
    fn counts_keep_every_digit() {
        assert_eq!(Unit::Trains.count(1234), "1,234\u{a0}trains");
        assert_eq!(Unit::Runs.count(1), "1\u{a0}run");
        assert_eq!(Unit::Pairs.count(20u32), "20\u{a0}pairs of runs");
        assert_eq!(Unit::Runs.count(0usize), "0\u{a0}runs");
    }

    #[test]
    fn differences_say_which_way() {
        assert_eq!(Unit::Hours.signed(2.5), "+2.50\u{202f}h");
        assert_eq!(Unit::Hours.signed(-2.5), "\u{2212}2.50\u{202f}h");
        assert_eq!(Unit::Hours.signed(0.0), "0\u{202f}h");
    }
}
