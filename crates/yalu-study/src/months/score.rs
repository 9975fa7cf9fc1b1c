//! A column of reported values against simulated months.

use super::{MonthlyTrade, TradeInMonth};
use yalu_model::{Corridor, Draw, PerDirection, State};
use yalu_regime::Dates;
use yalu_scenario::{MonthSeries, MonthValue};
use yalu_score::{Known, Month, MonthScore, ScoreError, Sum, score_month, sums};
use yalu_trade::{DayModel, Values};

/// Why a reported month is not scored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeftOut {
    /// It lies outside what was simulated.
    NotSimulated,
    /// No more was reported than no vehicle carries.
    NothingCarried,
}

/// What a scoring rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoringTerms {
    /// The values hold nothing that no vehicle carries.
    pub all_carried: bool,
    /// Year of the baseline "same month".
    pub normal_year: i16,
    /// Values, in the unit of the column, above which months are summed up apart.
    pub above: Vec<f64>,
}

/// A month scored, in the unit of its column.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ScoredMonth {
    /// How the forecast met the value.
    pub score: MonthScore,
    /// The central run.
    pub central: f64,
    /// Taken out of the reported value, because no vehicle carries it.
    pub taken_out: f64,
}

/// A column scored.
#[derive(Clone, Debug)]
pub struct ScoredSeries {
    /// As it was read.
    pub series: MonthSeries,
    /// Month by month.
    pub months: Vec<ScoredMonth>,
    /// Months not scored, with the reason.
    pub left_out: Vec<((i16, i8), LeftOut)>,
    /// All months, then those above each value asked for.
    pub sums: Vec<Sum>,
}

/// Least value that is told apart from none, million US dollars or thousand tonnes.
const LEAST: f64 = 0.01;

/// Scores one column.
pub fn score_series(f: &MonthlyTrade, series: &MonthSeries, terms: &ScoringTerms) -> Result<ScoredSeries, ScoreError> {
    let (size, of_value) = (series.unit.size(), series.unit.is_value());
    let least = LEAST * if of_value { 1e6 } else { 1e3 } / size;
    let along = |by: PerDirection<f64>| series.direction.map_or(by.forward + by.back, |direction| by[direction]) / size;
    let value = |m: &TradeInMonth| along(if of_value { m.usd } else { m.tonnes });
    let wire = |m: &TradeInMonth| if of_value && !terms.all_carried { along(m.wire_usd) } else { 0.0 };
    let (mut months, mut left_out, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for MonthValue { month, value: reported, taken_out } in &series.months {
        let Some(i) = f.months.iter().position(|m| m == month) else {
            left_out.push((*month, LeftOut::NotSimulated));
            continue;
        };
        let taken_out = taken_out.unwrap_or_else(|| wire(&f.central[i]));
        let carried = Known { month: Month::new(month.0, month.1), value: reported - taken_out };
        if carried.value <= 0.0 {
            left_out.push((*month, LeftOut::NothingCarried));
            continue;
        }
        let members: Vec<f64> = f.members.iter().map(|m| value(&m[i])).collect();
        let score = score_month(carried, &members, least)?;
        months.push(ScoredMonth { score, central: value(&f.central[i]), taken_out });
        known.push(Known { value: carried.value.max(least), ..carried });
    }
    let scores: Vec<MonthScore> = months.iter().map(|m| m.score).collect();
    let sums = sums(&scores, &known, &terms.above, terms.normal_year);
    Ok(ScoredSeries { series: series.clone(), months, left_out, sums })
}

/// The last whole year before anything was shut or limited on a route: what "normal" means where nobody says.
pub fn normal_year(c: &Corridor) -> i16 {
    let used = |x| c.trade.routes.iter().any(|r| r.crossings.contains(&x));
    let shut = c.border.regimes.iter().filter(|r| {
        used(r.crossing) && matches!(r.state, State::Suspended | State::Limited) && r.from > c.horizon.from
    });
    let at = shut.map(|r| r.from).min().unwrap_or(c.horizon.to);
    yalu_calendar::civil(&c.horizon.zones[c.horizon.zone].name, at).0 - 1
}

/// Reported months of the model's calendar, million USD that vehicles carried from the first to the second country; months
/// without any are left out.
pub fn known_exports(c: &Corridor, model: &DayModel, series: &MonthSeries, all_carried: bool) -> Vec<Known> {
    let central = model.run(Draw::central(c.sampling.seed), &Values::central(), Dates::AsGiven);
    let scale = series.unit.size() / 1e6;
    let of = |m: &MonthValue| {
        let i = model.months().iter().position(|x| *x == m.month)?;
        let wire = if all_carried { 0.0 } else { central.months[i].wire_usd.forward / 1e6 };
        let value = m.value * scale - m.taken_out.map_or(wire, |t| t * scale);
        (value > 0.0).then(|| Known { month: Month::new(m.month.0, m.month.1), value })
    };
    series.months.iter().filter_map(of).collect()
}
