//! Simulated months beside reported ones.

pub mod json;
pub mod text;

use yalu_model::{Corridor, Direction, State};
use yalu_scenario::{MonthSeries, MonthValue};
use yalu_score::{Baseline, Known, Month, MonthScore, ScoreError, Together, rms, score_month, together};
use yalu_sim::MonthOutcome;

/// What crossed in a month, by direction (first to second country first).
#[derive(Clone, Copy, Default, Debug)]
pub struct Carried {
    /// US dollars that vehicles carried.
    pub usd: [f64; 2],
    /// Net tonnes.
    pub tonnes: [f64; 2],
    /// US dollars that no vehicle carries.
    pub wire_usd: [f64; 2],
}

impl Carried {
    /// Of a month of a run.
    pub fn of(c: &Corridor, m: &MonthOutcome) -> Self {
        let mut out = Self::default();
        let routes = c.routes.len().max(1);
        for (i, f) in m.flows.iter().enumerate() {
            let d = usize::from(c.goods.as_slice()[i / routes].direction == Direction::Back);
            out.usd[d] += f.usd_cents as f64 / 100.0;
            out.tonnes[d] += f.mass.as_tonnes();
        }
        for (d, f) in m.exceptions.iter().enumerate() {
            out.usd[d] += f.usd_cents as f64 / 100.0;
            out.tonnes[d] += f.mass.as_tonnes();
        }
        let all = [m.exports_cents, m.imports_cents].map(|c| c as f64 / 100.0);
        out.wire_usd = [0, 1].map(|d| (all[d] - out.usd[d]).max(0.0));
        out
    }
}

/// What was simulated, month by month.
pub struct Forecast {
    /// Year and month, in order.
    pub months: Vec<(i16, i8)>,
    /// Every uncertain input at its median.
    pub central: Vec<Carried>,
    /// The replications; the central run alone where there are none.
    pub members: Vec<Vec<Carried>>,
}

/// Why a reported month is not scored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeftOut {
    /// It lies outside what was simulated.
    NotSimulated,
    /// No more was reported than no vehicle carries.
    NothingCarried,
}

impl LeftOut {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            LeftOut::NotSimulated => "not simulated",
            LeftOut::NothingCarried => "no more than no vehicle carries",
        }
    }
}

/// What is asked of a scoring.
pub struct Asked {
    /// The values hold nothing that no vehicle carries.
    pub all_carried: bool,
    /// Year of the baseline "same month".
    pub normal_year: i16,
    /// Values, in the unit of the column, above which months are summed up apart.
    pub above: Vec<f64>,
}

/// Some months together, and what needs no model on the same.
pub struct Sum {
    /// Value, in the unit of the column, that the months lie above; none for all.
    pub above: Option<f64>,
    /// The model.
    pub model: Together,
    /// A baseline with the root mean square of its errors in log10, the model's on the same months, and their number.
    pub baselines: Vec<(Baseline, f64, f64, usize)>,
}

/// A column scored.
pub struct Scored {
    /// As it was read.
    pub series: MonthSeries,
    /// Taken out of each value, in its unit.
    pub taken_out: Vec<f64>,
    /// Month by month, in the unit of the column.
    pub months: Vec<MonthScore>,
    /// The central run of each.
    pub central: Vec<f64>,
    /// Months not scored, with the reason.
    pub left_out: Vec<((i16, i8), LeftOut)>,
    /// All months, then those above each value asked for.
    pub sums: Vec<Sum>,
}

/// Least value that is told apart from none, as a share of a million dollars or a thousand tonnes: 0.01.
const LEAST: f64 = 0.01;

/// Scores one column.
pub fn scored(f: &Forecast, series: &MonthSeries, asked: &Asked) -> Result<Scored, ScoreError> {
    let size = series.unit.size();
    let least = LEAST * if series.unit.is_value() { 1e6 } else { 1e3 } / size;
    let value = |c: &Carried| {
        let by = if series.unit.is_value() { c.usd } else { c.tonnes };
        let sum = match series.direction {
            Some(Direction::Forward) => by[0],
            Some(Direction::Back) => by[1],
            None => by[0] + by[1],
        };
        sum / size
    };
    let wire = |c: &Carried| match series.direction {
        _ if !series.unit.is_value() || asked.all_carried => 0.0,
        Some(Direction::Forward) => c.wire_usd[0] / size,
        Some(Direction::Back) => c.wire_usd[1] / size,
        None => (c.wire_usd[0] + c.wire_usd[1]) / size,
    };
    let mut out = Scored {
        taken_out: Vec::new(),
        months: Vec::new(),
        central: Vec::new(),
        left_out: Vec::new(),
        sums: Vec::new(),
        series: series.clone(),
    };
    let mut known = Vec::new();
    for MonthValue { month, value: reported, taken_out } in &series.months {
        let Some(i) = f.months.iter().position(|m| m == month) else {
            out.left_out.push((*month, LeftOut::NotSimulated));
            continue;
        };
        let without = taken_out.unwrap_or_else(|| wire(&f.central[i]));
        let carried = Known { month: Month::new(month.0, month.1), value: reported - without };
        if carried.value <= 0.0 {
            out.left_out.push((*month, LeftOut::NothingCarried));
            continue;
        }
        let members: Vec<f64> = f.members.iter().map(|m| value(&m[i])).collect();
        out.months.push(score_month(carried, &members, least)?);
        out.central.push(value(&f.central[i]));
        out.taken_out.push(without);
        known.push(Known { value: carried.value.max(least), ..carried });
    }
    let limits = std::iter::once(None).chain(asked.above.iter().copied().map(Some));
    for above in limits {
        let some: Vec<&MonthScore> =
            out.months.iter().filter(|m| above.is_none_or(|least| m.observed > least)).collect();
        if let Some(model) = together(some.iter().copied()) {
            let baselines = baselines(&some, &known, asked.normal_year);
            out.sums.push(Sum { above, model, baselines });
        }
    }
    Ok(out)
}

fn baselines(months: &[&MonthScore], known: &[Known], normal_year: i16) -> Vec<(Baseline, f64, f64, usize)> {
    let kinds = [Baseline::LastKnown, Baseline::SameMonthOf(normal_year), Baseline::Neighbours];
    kinds
        .into_iter()
        .filter_map(|b| {
            let pairs: Vec<(f64, f64)> = months
                .iter()
                .filter_map(|m| Some((libm::log10(b.of(m.month, known)? / m.observed), m.error)))
                .collect();
            Some((b, rms(pairs.iter().map(|p| p.0))?, rms(pairs.iter().map(|p| p.1))?, pairs.len()))
        })
        .collect()
}

/// The last whole year before anything was shut or limited on a route: what "normal" means where nobody says.
pub fn normal_year(c: &Corridor) -> i16 {
    let used = |x| c.routes.iter().any(|r| r.crossings.contains(&x));
    let shut = c
        .regimes
        .iter()
        .filter(|r| used(r.crossing) && matches!(r.state, State::Suspended | State::Limited) && r.from > c.from);
    let at = shut.map(|r| r.from).min().unwrap_or(c.to);
    yalu_calendar::civil(&c.zones[c.zone].name, at).0 - 1
}

/// A baseline in words.
pub fn words(b: Baseline) -> String {
    match b {
        Baseline::LastKnown => "last known month".into(),
        Baseline::SameMonthOf(year) => format!("same month of {year}"),
        Baseline::Neighbours => "mean of the neighbours (sees the future)".into(),
    }
}
