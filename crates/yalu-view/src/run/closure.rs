//! The closure of the story, how it recovers, and twice the trains.

use super::rail::causes;
use super::{Causes, Results};
use schemars::JsonSchema;
use serde::Serialize;
use yalu_number::Estimate;
use yalu_sim::Short;
use yalu_study::Figure;
use yalu_units::Span;

/// What a closure cost, in pairs of runs: as declared, and with the crossing left running.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClosureCost {
    /// Id of the crossing.
    pub crossing: String,
    /// First day shut.
    pub from: String,
    /// Last day shut.
    pub to: String,
    /// First and last month counted.
    pub counted_months: [String; 2],
    /// Exports not made.
    pub exports_not_made_usd: Estimate,
    /// Orders cancelled because of it, both directions.
    pub given_up_usd: Estimate,
    /// Month by month; null where no month before it is told.
    pub by_month: Option<ByMonth>,
    /// How it recovered; null where no order was followed.
    pub recovery: Option<Recovery>,
    /// Pairs of runs.
    pub pairs: usize,
}

/// A closure month by month; shares are of exports by value.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ByMonth {
    /// The last month before it.
    pub last_before: String,
    /// Share of routes over the crossing in the months before.
    pub share_before: Estimate,
    /// First and last of these months.
    pub share_before_months: [String; 2],
    /// Share of exports not made while it was shut.
    pub lost_share: Estimate,
    /// The same over all months counted.
    pub lost_share_counted: Estimate,
    /// Months in which it was shut on most days.
    pub months: Vec<ClosureMonth>,
}

/// A month in which a crossing was shut on most days.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClosureMonth {
    /// The month.
    pub month: String,
    /// Days on which it ran.
    pub days_running: usize,
    /// Exports by other routes over all exports of the last month before.
    pub by_others_of_last_before: Estimate,
    /// Share of exports not made.
    pub lost_share: Estimate,
}

/// How a crossing recovered; shares are of the tonnes that would have crossed while it was shut.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Recovery {
    /// Most tonnes that wait more.
    pub peak_t: Estimate,
    /// Days after the reopening until no more than a day's flow waits more on most days of a week, over the runs where it clears.
    pub clear_days: Option<Estimate>,
    /// Runs in which it clears before the end.
    pub runs_that_clear: u32,
    /// Days of normal flow lost.
    pub lost_days_of_flow: Estimate,
    /// What delay cost.
    pub delay_usd: Estimate,
    /// Went another way.
    pub diverted_share: Estimate,
    /// Cancelled or refused.
    pub given_up_share: Estimate,
    /// Waited.
    pub waiting_share: Estimate,
}

/// Twice the trains that the regimes allow over the story's crossing from its day, in pairs with the run.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TwiceTrains {
    /// First and last month counted.
    pub counted_months: [String; 2],
    /// Trains a day that the first regime allows.
    pub trains_allowed: f64,
    /// Departures a day in the timetable; null at intervals.
    pub slots_per_day: Option<usize>,
    /// Loaded trains from the first country.
    pub trains: DeclaredAndTwice<Estimate>,
    /// Trains more.
    pub trains_more: Estimate,
    /// Trains not formed with twice the trains, by cause.
    pub not_formed: Causes<Estimate>,
    /// Net tonnes by rail as declared, both directions.
    pub rail_tonnes_declared: Estimate,
    /// Net tonnes more by rail, both directions.
    pub rail_tonnes_more: Estimate,
    /// Net tonnes more by all routes, both directions.
    pub all_tonnes_more: Estimate,
    /// Tonnes more that wait at the end.
    pub waiting_tonnes_more: Estimate,
    /// Days until no more waits than a day's trains take.
    pub clear_days: ClearDays,
    /// Pairs of runs.
    pub pairs: usize,
}

/// A figure as declared and with twice the trains.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DeclaredAndTwice<T> {
    /// As declared.
    pub declared: T,
    /// With twice the trains.
    pub twice: T,
}

/// Days to clear, over the runs that clear.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClearDays {
    /// As declared, and with twice the trains; null where no run clears.
    #[serde(flatten)]
    pub days: DeclaredAndTwice<Option<Estimate>>,
    /// Runs that clear: as declared, and with twice the trains.
    pub runs_that_clear: [u32; 2],
}

/// Nothing where no run clears.
fn cleared(days: Estimate) -> Option<Estimate> {
    (days.defined() > 0).then_some(days)
}

impl ClosureCost {
    pub(super) fn of(r: &Results) -> Option<ClosureCost> {
        let x = r.closure.as_ref()?;
        Some(ClosureCost {
            crossing: r.corridor.border.crossings[x.closure.crossing].id.clone(),
            from: r.date(x.closure.from),
            to: r.date(x.closure.to + Span(-1)),
            counted_months: [x.months.0, x.months.1].map(|i| r.month_key(i)),
            exports_not_made_usd: x.exports_usd,
            given_up_usd: x.given_up_usd,
            by_month: x.by_month.as_ref().map(|m| ByMonth {
                last_before: r.month_key(m.last_before),
                share_before: m.share_before,
                share_before_months: [m.before.0, m.before.1].map(|i| r.month_key(i)),
                lost_share: m.lost,
                lost_share_counted: m.lost_counted,
                months: m
                    .months
                    .iter()
                    .map(|x| ClosureMonth {
                        month: r.month_key(x.month),
                        days_running: x.days_running,
                        by_others_of_last_before: x.by_others,
                        lost_share: x.lost,
                    })
                    .collect(),
            }),
            recovery: Recovery::of(r),
            pairs: x.replications,
        })
    }
}

impl Recovery {
    fn of(r: &Results) -> Option<Recovery> {
        let v = &r.beside.as_ref()?.comparison;
        let x = v.recovery.as_ref()?;
        let [diverted_share, given_up_share, waiting_share] = x.shares;
        Some(Recovery {
            peak_t: x.peak_t,
            clear_days: cleared(x.clear_days),
            runs_that_clear: x.clear_days.defined(),
            lost_days_of_flow: x.loss_days,
            delay_usd: *v.total.of(Figure::DelayUsd),
            diverted_share,
            given_up_share,
            waiting_share,
        })
    }
}

impl TwiceTrains {
    pub(super) fn of(r: &Results) -> Option<TwiceTrains> {
        let x = r.twice.as_ref()?;
        let [declared, twice] = x.trains;
        let [days, days_twice] = x.clear_days;
        Some(TwiceTrains {
            counted_months: [x.months.0, x.months.1].map(|i| r.month_key(i)),
            trains_allowed: x.allowed.0,
            slots_per_day: x.allowed.1,
            trains: DeclaredAndTwice { declared, twice },
            trains_more: x.trains_more,
            not_formed: causes(|s: Short| Some(x.not_formed[s as usize])),
            rail_tonnes_declared: x.rail_declared_t,
            rail_tonnes_more: x.rail_t,
            all_tonnes_more: x.all_t,
            waiting_tonnes_more: x.waiting_t,
            clear_days: ClearDays {
                days: DeclaredAndTwice { declared: cleared(days), twice: cleared(days_twice) },
                runs_that_clear: [days.defined(), days_twice.defined()],
            },
            pairs: x.replications,
        })
    }
}
