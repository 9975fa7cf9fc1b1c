//! How trade behaves at such borders, beside cost and capacity: what a corridor's files cannot say, as kinds of habit with
//! parameters. The trade by day and the simulator with trains follow the same.

mod comeback;
mod new_year;
mod orders;
pub(crate) mod params;

pub use comeback::{Comeback, STOPPED};
pub use new_year::{keeps_new_year, new_year, to_new_year};
pub use orders::{Stock, new_year_factor, year_end_factor};
pub use params::{PARAMS, Param, TABLE, Values};

use params::at;
use yalu_model::Corridor;
use yalu_regime::CapacityHabits;
use yalu_units::{StreamKey, address};

/// Shippers order by a route up to so many times what it takes, before waits turn them away (assumed).
pub const OVERBOOKED: f64 = 1.5;
/// Holds of a port last from half to one and a half of their mean: goods are not let go all on one day (assumed).
pub const HOLD_SPREAD: (f64, f64) = (0.5, 1.5);

/// The habits of one replication; none of them where nothing was calibrated.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Habits {
    /// Factor on what is asked for from the first to the second country.
    pub demand_level: f64,
    /// Share by which orders rise to the end of the year.
    pub year_end_rise: f64,
    /// Days of rest around the lunar New Year.
    pub new_year_days: f64,
    /// Place in its range of each limit on orders that came with a quarantine; none: each is drawn by itself.
    pub permit_level: Option<f64>,
    /// Days after quarantine begins before orders come back; none: they do not stop.
    pub standstill_days: Option<f64>,
    /// Days in which orders come back by two thirds by sea; 0 at once.
    pub climb_sea_days: f64,
    /// The same by rail and road.
    pub climb_land_days: f64,
    /// Tonnes a port keeps in quarantine; none: a hold delays, and what regimes leave of the capacity limits.
    pub port_storage_t: Option<f64>,
    /// Share of capacity left in a lockdown; none: what its regime says.
    pub lockdown_share: Option<f64>,
    /// Share that crosses while every route is shut.
    pub trickle_share: f64,
    /// Share of a wagon's payload that is loaded.
    pub wagon_fill: f64,
    /// Days of stock of consignees.
    pub stock_days: f64,
    /// Most that is ordered by a route, in what it takes; none: waits alone turn shippers away.
    pub overbooked: Option<f64>,
}

impl Habits {
    /// A corridor of which nothing is known: orders follow the files alone.
    pub const NONE: Habits = Habits {
        demand_level: 1.0,
        year_end_rise: 0.0,
        new_year_days: 0.0,
        permit_level: None,
        standstill_days: None,
        climb_sea_days: 0.0,
        climb_land_days: 0.0,
        port_storage_t: None,
        lockdown_share: None,
        trickle_share: 0.0,
        wagon_fill: 1.0,
        stock_days: 0.0,
        overbooked: None,
    };

    /// Those that act on capacity.
    pub fn of_capacity(&self) -> CapacityHabits {
        CapacityHabits {
            wagon_fill: self.wagon_fill,
            lockdown_share: self.lockdown_share,
            port_storage: self.port_storage_t.is_some(),
        }
    }
}

/// The habits of a replication of a corridor: those of one accepted run of its calibration, each at its median in the
/// central run (no key); [`Habits::NONE`] where nothing was calibrated.
pub fn habits_of(c: &Corridor, key: Option<StreamKey>) -> Habits {
    let accepted: Vec<Values> = c
        .trade
        .accepted_habits
        .iter()
        .filter_map(|row| <[f64; PARAMS]>::try_from(row.as_slice()).ok())
        .map(Values)
        .collect();
    if accepted.is_empty() {
        return Habits::NONE;
    }
    let Some(key) = key else { return Habits::from(&Values::middle(&accepted)) };
    let at = (key.stream(address(&["habits"]), 0).unit() * accepted.len() as f64) as usize;
    Habits::from(&accepted[at.min(accepted.len() - 1)])
}

impl From<&Values> for Habits {
    fn from(v: &Values) -> Self {
        let v = &v.0;
        Self {
            demand_level: v[at::LEVEL],
            year_end_rise: v[at::YEAR_END],
            new_year_days: v[at::NEW_YEAR],
            permit_level: Some(v[at::PERMIT]),
            standstill_days: Some(v[at::STANDSTILL]),
            climb_sea_days: v[at::CLIMB_SEA].max(1.0),
            climb_land_days: v[at::CLIMB_LAND].max(1.0),
            port_storage_t: Some(v[at::STORAGE]),
            lockdown_share: Some(v[at::LOCKDOWN]),
            trickle_share: v[at::TRICKLE],
            wagon_fill: v[at::FILL],
            stock_days: v[at::STOCK],
            overbooked: Some(OVERBOOKED),
        }
    }
}
