//! What the reports add to a run.

use super::{Results, usd};
use crate::ledger::{ChanceOfDay, Quantiles};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use yalu_calendar::iso_month;
use yalu_ledger::record::day_text;
use yalu_model::Corridor;
use yalu_number::{Band, Estimate};

/// Where the states of crossings came from.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RegimeSource {
    /// `declared` in the folder, or drawn from the `ledger` of reports.
    pub source: &'static str,
    /// The day as of which they were drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The months under declared states, where these are not what was run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_months: Option<Vec<DeclaredMonth>>,
}

/// A month under declared states.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DeclaredMonth {
    /// The month.
    pub month: String,
    /// Exports over the replications.
    pub exports_usd: Band,
}

/// What was known of the story's crossing on its day.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct KnownThatDay {
    /// The day.
    pub day: String,
    /// The belief, as known then.
    pub then: ChanceOfDay,
    /// The chance that it ran that day, from all reports held now.
    pub p_running_now: f64,
    /// Reports that speak most for it, with the bits they add.
    #[serde(rename = "for")]
    pub speaks_for: Vec<String>,
    /// Reports that speak most against it.
    pub against: Vec<String>,
    /// What was to be expected, 30, 90 and 180 days ahead.
    pub forecast: Vec<Outlook>,
    /// What it would carry in that time; null where it was not simulated.
    pub carries: Option<Carried>,
}

/// What is expected some days ahead.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Outlook {
    /// Days after the day.
    pub days_ahead: usize,
    /// Chance that anything runs.
    pub p_running: f64,
    /// Its band, by what is not known of how long states last.
    pub p_running_band: Quantiles,
    /// Chance of at least one change by then.
    pub p_changed: f64,
}

/// What routes would carry.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Carried {
    /// In all.
    pub total: Load,
    /// Month by month, the first and last often in part.
    pub months: Vec<CarriedMonth>,
    /// Net tonnes by route.
    pub tonnes_by_route: BTreeMap<String, Estimate>,
    /// Net tonnes by good.
    pub tonnes_by_good: BTreeMap<String, Estimate>,
    /// Draws it rests on.
    pub replications: usize,
}

/// Loads that cross.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Load {
    /// Loaded wagons.
    pub wagons: Estimate,
    /// Net tonnes.
    pub tonnes: Estimate,
    /// Value.
    pub usd: Estimate,
}

/// What would cross in a month.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CarriedMonth {
    /// The month.
    pub month: String,
    /// What crosses.
    #[serde(flatten)]
    pub load: Load,
}

impl RegimeSource {
    pub(super) fn of(r: &Results) -> RegimeSource {
        let months = |i: usize| {
            let exports_usd = r.declared_band(|o| usd(o.months[i].exports_cents))?;
            Some(DeclaredMonth { month: r.month_key(i), exports_usd })
        };
        RegimeSource {
            source: if r.as_of.is_some() { "ledger" } else { "declared" },
            as_of: r.as_of.clone(),
            declared_months: r.as_of.as_ref().map(|_| (0..r.plan.months.len()).filter_map(months).collect()),
        }
    }
}

impl KnownThatDay {
    pub(super) fn of(r: &Results) -> Option<KnownThatDay> {
        let k = r.knowledge.as_ref()?.story.as_ref()?;
        let forecast = [30, 90, 180].into_iter().filter_map(|n: usize| {
            let d = k.forecast.days.get(n - 1)?;
            let b = d.running;
            Some(Outlook {
                days_ahead: n,
                p_running: d.belief.running(),
                p_running_band: Quantiles::of(&b),
                p_changed: d.changed,
            })
        });
        let [speaks_for, against] = k.reasons.each_ref().map(|side| side.iter().map(ToString::to_string).collect());
        Some(KnownThatDay {
            day: day_text(k.day),
            then: ChanceOfDay::of(&k.then.belief),
            p_running_now: k.now,
            speaks_for,
            against,
            forecast: forecast.collect(),
            carries: k.carried.as_ref().map(|x| Carried::of(&r.corridor, x)),
        })
    }
}

impl Carried {
    /// What routes of a corridor would carry.
    pub fn of(c: &Corridor, x: &yalu_study::Carried) -> Carried {
        let load = |l: &yalu_study::Load| Load { wagons: l.wagons, tonnes: l.tonnes, usd: l.usd };
        Carried {
            total: load(&x.total),
            months: x.months.iter().map(|m| CarriedMonth { month: iso_month(m.month), load: load(&m.load) }).collect(),
            tonnes_by_route: x.by_route.iter().map(|(r, b)| (c.trade.routes[*r].id.clone(), *b)).collect(),
            tonnes_by_good: x.by_good.iter().map(|(g, b)| (c.trade.goods[*g].id.clone(), *b)).collect(),
            replications: x.replications,
        }
    }
}
