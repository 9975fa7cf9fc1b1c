//! Trade day by day, without trains: the same shippers, routes, regimes and quarantine as the simulator knows, with rail
//! as wagons a day. Eight years take milliseconds, so that ranges can be searched.
//!
//! What such borders show is built in by kind. Where quarantine begins orders stop first, stand still, and climb back over
//! months; after a closure they climb from nothing. A port's quarantine acts through its storage: what leaves for it is limited by what it can keep for
//! the days of the hold, and customs book at departure. A lockdown cuts the capacity of a city or port. A ban ends
//! orders, where a cut in capacity makes them wait. Rail value is wagons times what they carry. Consignees fill up their
//! stocks again. The New Year moves with the moon.
mod compiled;
mod drawn;
mod rates;
mod world;

pub use compiled::DayModel;
pub use rates::{Account, Rates};

use yalu_model::PerDirection;
use yalu_units::ids;

ids! {
    DayId "A day of the calendar, or the one after the last."
}

/// What crossed in a month.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct TradeMonth {
    /// US dollars that vehicles carried, by direction: exports when they leave, imports when they come.
    pub usd: PerDirection<f64>,
    /// Net tonnes.
    pub tonnes: PerDirection<f64>,
    /// US dollars that no vehicle carries.
    pub wire_usd: PerDirection<f64>,
    /// Tonnes ordered by way of a vehicle.
    pub ordered_t: PerDirection<f64>,
    /// Tonnes not placed or given up.
    pub given_up_t: PerDirection<f64>,
}

/// What a replication comes to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DayOutcome {
    /// Month by month of the calendar.
    pub months: Vec<TradeMonth>,
    /// US dollars from the first to the second country, by month and route.
    pub by_route_usd: Vec<Vec<f64>>,
    /// Tonnes that wait to cross at the end of each month.
    pub waiting_t: Vec<f64>,
    /// Tonnes that buyers keep to ask for again at the end of each month.
    pub postponed_t: Vec<f64>,
    /// Tonnes ordered less tonnes crossed, given up and waiting over the whole time, good by good: 0 but for rounding.
    pub unaccounted_t: f64,
    /// The same in US dollars.
    pub unaccounted_usd: f64,
}
