//! A run by month.

use super::{Results, usd};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use yalu_number::Band;
use yalu_sim::MonthOutcome;
use yalu_units::Mass;

/// A month of the run that is shown, with bands over the replications.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Month {
    /// The civil month of the corridor's zone, `2022-09`.
    pub month: String,
    /// Value that left the first country's customs.
    pub exports_usd: f64,
    /// Value released in the first country.
    pub imports_usd: f64,
    /// Value released to consignees in the second country.
    pub delivered_usd: f64,
    /// By route, both directions.
    pub by_route: BTreeMap<String, OnRoute>,
    /// Tonnes that wait to cross at the end of the month.
    pub backlog_tonnes: f64,
    /// Tonnes held in quarantine at the end of the month.
    pub held_tonnes: f64,
    /// Tonnes under way to the border at the end of the month.
    pub approaching_tonnes: f64,
    /// Tonnes that buyers keep at the end of the month, to ask for again: they have no leave to ship.
    pub postponed_tonnes: f64,
    /// Value ordered.
    pub ordered_usd: f64,
    /// Value of orders cancelled.
    pub given_up_usd: f64,
    /// Value of orders refused by a rule.
    pub refused_usd: f64,
    /// Border crossings by freight trains, both directions.
    pub trains: u32,
    /// Over the replications; absent for a single run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bands: Option<MonthBands>,
}

/// What a route carried in a month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OnRoute {
    /// Net tonnes.
    pub tonnes: f64,
    /// Loaded railway wagons.
    pub wagons: u32,
    /// Road vehicles, ships' loads, or trains off the modelled line.
    pub vehicles: u32,
    /// Value.
    pub usd: f64,
    /// Of this, exports of the first country.
    pub exports_usd: f64,
}

/// Main figures of a month over the replications.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MonthBands {
    /// Value that left the first country's customs.
    pub exports_usd: Band,
    /// Value released in the first country.
    pub imports_usd: Band,
    /// Value released to consignees in the second country.
    pub delivered_usd: Band,
    /// Tonnes that wait to cross at the end of the month.
    pub backlog_tonnes: Band,
    /// Tonnes held in quarantine at the end of the month.
    pub held_tonnes: Band,
    /// Tonnes under way to the border at the end of the month.
    pub approaching_tonnes: Band,
    /// Tonnes that buyers keep at the end of the month, to ask for again: they have no leave to ship.
    pub postponed_tonnes: Band,
    /// Border crossings by freight trains, both directions.
    pub trains: Band,
    /// By route, both directions.
    pub by_route: BTreeMap<String, RouteBands>,
}

/// What a route carried in a month, over the replications.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RouteBands {
    /// Net tonnes.
    pub tonnes: Band,
    /// Value.
    pub usd: Band,
}

fn tonnes(by_route: &[Mass]) -> f64 {
    by_route.iter().copied().sum::<Mass>().as_tonnes()
}

impl Month {
    pub(super) fn of(r: &Results, i: usize) -> Month {
        let m = &r.months()[i];
        let on_routes = r.corridor.trade.routes.iter().zip(r.routes(m)).map(|(route, x)| {
            let on = OnRoute {
                tonnes: x.tonnes,
                wagons: x.wagons,
                vehicles: x.vehicles,
                usd: x.usd,
                exports_usd: x.exports_usd,
            };
            (route.id.clone(), on)
        });
        Month {
            month: r.month_key(i),
            exports_usd: usd(m.exports_cents),
            imports_usd: usd(m.imports_cents),
            delivered_usd: usd(m.delivered_cents),
            by_route: on_routes.collect(),
            backlog_tonnes: tonnes(&m.waiting),
            held_tonnes: tonnes(&m.held),
            approaching_tonnes: tonnes(&m.approaching),
            postponed_tonnes: m.postponed.as_tonnes(),
            ordered_usd: usd(m.ordered_cents.iter().sum()),
            given_up_usd: usd(m.given_up_cents.iter().sum()),
            refused_usd: usd(m.refused_cents.iter().sum()),
            trains: m.trains[0] + m.trains[1],
            bands: MonthBands::of(r, i),
        }
    }
}

impl MonthBands {
    fn of(r: &Results, i: usize) -> Option<MonthBands> {
        let one = |of: &dyn Fn(&MonthOutcome) -> f64| r.band(|o| of(&o.months[i]));
        let routes = r.corridor.trade.routes.iter().enumerate().filter_map(|(k, route)| {
            let bands = RouteBands { tonnes: one(&|m| r.routes(m)[k].tonnes)?, usd: one(&|m| r.routes(m)[k].usd)? };
            Some((route.id.clone(), bands))
        });
        Some(MonthBands {
            exports_usd: one(&|m| usd(m.exports_cents))?,
            imports_usd: one(&|m| usd(m.imports_cents))?,
            delivered_usd: one(&|m| usd(m.delivered_cents))?,
            backlog_tonnes: one(&|m| tonnes(&m.waiting))?,
            held_tonnes: one(&|m| tonnes(&m.held))?,
            approaching_tonnes: one(&|m| tonnes(&m.approaching))?,
            postponed_tonnes: one(&|m| m.postponed.as_tonnes())?,
            trains: one(&|m| f64::from(m.trains[0] + m.trains[1]))?,
            by_route: routes.collect(),
        })
    }
}
