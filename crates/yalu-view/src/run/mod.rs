//! What `yalu run` gives: what crossed, what waited, what a closure cost, how it recovered, what was known.

mod answers;
mod closure;
mod knowledge;
mod line;
mod months;
mod rail;
mod results;
pub mod tables;

pub use answers::{Answer, Headline, Sure, first_limits, rail as focus_routes, rail_title};
pub use closure::{ByMonth, ClearDays, ClosureCost, ClosureMonth, DeclaredAndTwice, Recovery, TwiceTrains};
pub use knowledge::{Carried, CarriedMonth, DeclaredMonth, KnownThatDay, Load, Outlook, RegimeSource};
pub use line::{Delay, LineResults, LineService, Punctuality};
pub use months::{Month, MonthBands, OnRoute, RouteBands};
pub use rail::{Causes, DayBands, FormedBands, Peak, TrainsFormed, TrainsWaiting};
pub use results::{Knowledge, Reason, Results, StoryKnowledge, line_name, usd};

use crate::SCHEMA_VERSION;
use crate::seal::Seal;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use yalu_number::{Band, Summary, Unit, percent};
use yalu_sim::{MonthOutcome, Outcome};
use yalu_study::assumed_share;

/// A finished run; `run.json` is this.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Run {
    /// Version of this shape.
    pub schema_version: u32,
    /// Id of the corridor.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// First day told, `2022-09-26`.
    pub from: String,
    /// Last day told.
    pub to: String,
    /// Seed of the draws.
    pub seed: u64,
    /// Replications asked for.
    pub replications: u32,
    /// The replication whose trains are shown: the one nearest the medians; null where one run is all there is.
    pub shown_run: Option<u32>,
    /// Border crossings by freight trains in the run that is shown, both directions.
    pub trains_run: u32,
    /// Reports held.
    pub reports: usize,
    /// Numbers read from the folder.
    pub inputs: usize,
    /// The five answers.
    pub answers: Vec<Answer>,
    /// Wagons that crossed in the run that is shown, by direction.
    pub wagons_crossed: BTreeMap<String, Wagons>,
    /// Net tonnes that crossed in the run that is shown, by direction.
    pub tonnes: BTreeMap<String, f64>,
    /// Of these by rail.
    pub tonnes_by_rail: BTreeMap<String, f64>,
    /// Trains that could never move again.
    pub deadlocks: u64,
    /// Trains still in their yards at the end: more are asked for than the line takes.
    pub trains_waiting_to_enter: u64,
    /// Rules that the independent checker found broken.
    pub checker_violations: usize,
    /// Moves refused because a train might not have left the line after them.
    pub moves_refused_for_safety: u64,
    /// Of these, moves refused because the exact search ended before it knew.
    pub moves_refused_beyond_window: u64,
    /// Share of the numeric inputs that have no source.
    pub assumed_share: f64,
    /// Trains on the line in the run that is shown.
    pub line: LineResults,
    /// Events of the run that is shown.
    pub events: u64,
    /// Seconds of the whole command; differs from run to run.
    pub wall_s: f64,
    /// Months in order.
    pub months: Vec<Month>,
    /// Reopenings of the run that is shown.
    pub reopenings: Vec<Reopening>,
    /// Where the states of crossings came from.
    pub regime: RegimeSource,
    /// Whether the reports are what was sealed; null without reports.
    pub record: Option<Seal>,
    /// What was known of the story's crossing on its day; null without a story or reports.
    pub knowledge: Option<KnownThatDay>,
    /// Loaded trains that wait to cross, by rail route.
    pub trains_waiting: Vec<TrainsWaiting>,
    /// Trains formed and not formed, by rail route.
    pub trains_formed: Vec<TrainsFormed>,
    /// What the story's closure cost; null without one.
    pub closure_cost: Option<ClosureCost>,
    /// Twice the trains over the story's crossing; null where no regime sets a number or the story does not ask.
    pub twice_trains: Option<TwiceTrains>,
    /// Totals over the replications; absent for a single run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bands: Option<Totals>,
}

/// Wagons of one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Wagons {
    /// Loaded.
    pub loaded: u32,
    /// Empty.
    pub empty: u32,
}

/// A route that ran again after it was shut, in the run that is shown.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Reopening {
    /// Id of the route.
    pub route: String,
    /// First day.
    pub from: String,
    /// Most tonnes that waited.
    pub peak_waiting_tonnes: f64,
    /// Days until no more waited than a day's trains take; null: not before it shut again or the end.
    pub days_to_clear: Option<u32>,
}

/// Totals of the whole run over its replications.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Totals {
    /// Border crossings by freight trains, both directions.
    pub trains_run: Band,
    /// Loaded wagons that crossed, both directions.
    pub wagons_loaded: Band,
    /// Net tonnes that crossed, both directions.
    pub tonnes: Band,
    /// Exports of the first country.
    pub exports_usd: Band,
    /// Imports of the first country.
    pub imports_usd: Band,
    /// Value that reached consignees in the second country.
    pub delivered_usd: Band,
    /// Trains that could never move again.
    pub deadlocks: Band,
}

impl Run {
    /// The view of a finished run.
    pub fn of(r: &Results) -> Run {
        let c = &r.corridor;
        let central = &r.ensemble.central;
        let by_direction = |of: &dyn Fn(usize) -> f64| -> BTreeMap<String, f64> {
            r.directions().into_iter().enumerate().map(|(d, name)| (name, of(d))).collect()
        };
        let wagons = r.wagons().map(|[loaded, empty]| Wagons { loaded, empty });
        let by_rail = |i: usize| c.trade.routes.as_slice()[i].rail.is_some();
        let reopenings = central.reopenings.iter().map(|x| Reopening {
            route: c.trade.routes.as_slice()[x.route as usize].id.clone(),
            from: r.date(x.from),
            peak_waiting_tonnes: x.peak.as_tonnes(),
            days_to_clear: x.days_to_clear,
        });
        Run {
            schema_version: SCHEMA_VERSION,
            scenario: c.about.id.clone(),
            title: c.about.title.clone(),
            from: r.from(),
            to: r.to(),
            seed: r.seed,
            replications: r.replications,
            shown_run: r.ensemble.shown,
            trains_run: r.trains_run(),
            reports: c.record.reports.len(),
            inputs: c.inputs.len(),
            answers: answers::answers(r),
            wagons_crossed: r.directions().into_iter().zip(wagons).collect(),
            tonnes: by_direction(&|d| r.tonnes(central, d, |_| true)),
            tonnes_by_rail: by_direction(&|d| r.tonnes(central, d, by_rail)),
            deadlocks: central.deadlocks,
            trains_waiting_to_enter: central.waiting_to_enter,
            checker_violations: r.violations.len(),
            moves_refused_for_safety: central.refused_for_safety,
            moves_refused_beyond_window: central.refused_beyond_window,
            assumed_share: assumed_share(c),
            line: LineResults::of(r),
            events: central.events,
            wall_s: r.wall_s.1,
            months: (0..r.plan.months.len()).map(|i| Month::of(r, i)).collect(),
            reopenings: reopenings.collect(),
            regime: RegimeSource::of(r),
            record: r.seal.clone(),
            knowledge: KnownThatDay::of(r),
            trains_waiting: rail::trains_waiting(r),
            trains_formed: rail::trains_formed(r),
            closure_cost: ClosureCost::of(r),
            twice_trains: TwiceTrains::of(r),
            bands: totals(r),
        }
    }
}

impl Run {
    /// The answers as a terminal shows them.
    pub fn told(&self) -> Summary {
        let answers = self.answers.iter().enumerate().flat_map(|(i, a)| {
            let asked = (format!("{} {}", i + 1, a.question), a.answer.clone());
            [asked, (format!("  sure: {}", a.sure.word()), a.why.clone())]
        });
        let runs = if self.bands.is_some() { self.replications } else { 1 };
        let medians =
            if runs > 1 { "Numbers are medians with 5 – 95 % bands. " } else { "One run at medians: no bands. " };
        let assumed = percent(self.assumed_share);
        Summary {
            heading: format!(
                "{}, {} to {}: {}, {}",
                self.title,
                self.from,
                self.to,
                Unit::Reports.count(self.reports),
                Unit::Runs.count(runs)
            ),
            facts: answers.collect(),
            notes: [format!("{medians}{assumed} of {} inputs are assumed.", Unit::Number.count(self.inputs))]
                .into_iter()
                .chain(self.record.as_ref().and_then(Seal::told))
                .collect(),
            ..Summary::default()
        }
    }
}

fn totals(r: &Results) -> Option<Totals> {
    let total = |of: fn(&MonthOutcome) -> f64| r.band(move |o: &Outcome| o.months.iter().map(of).sum());
    Some(Totals {
        trains_run: total(|m| f64::from(m.trains[0] + m.trains[1]))?,
        wagons_loaded: total(|m| f64::from(m.wagons_crossed[0][0] + m.wagons_crossed[1][0]))?,
        tonnes: r.band(|o| r.tonnes(o, 0, |_| true) + r.tonnes(o, 1, |_| true))?,
        exports_usd: total(|m| usd(m.exports_cents))?,
        imports_usd: total(|m| usd(m.imports_cents))?,
        delivered_usd: total(|m| usd(m.delivered_cents))?,
        deadlocks: r.band(|o| o.deadlocks as f64)?,
    })
}
