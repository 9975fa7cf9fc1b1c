//! What one replication draws of a corridor's uncertain inputs.

use super::Dates;
use super::compiled::DayModel;
use crate::Habits;
use yalu_model::{Direction, Mode, Quantity};
use yalu_units::{Idx, StreamKey, address};

/// A good with its numbers drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DrawnGood {
    /// Which good of the corridor.
    pub good: usize,
    /// 0 from the first to the second country, 1 back.
    pub direction: usize,
    /// Tonnes a month in a normal month.
    pub tonnes_per_month: f64,
    pub usd_per_t: f64,
    pub day_usd_per_t: f64,
    pub patience_days: f64,
    pub postponed: f64,
    wire: bool,
    pub season: [f64; 12],
    /// Day from which a rule refuses it.
    pub refused: usize,
}

/// A hold beyond the border.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DrawnHold {
    pub days_used: (usize, usize),
    pub capacity_t: f64,
    pub hold_days: f64,
    pub release_t_per_day: f64,
}

/// The rail part of a route.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DrawnRail {
    pub crossing: Option<usize>,
    pub trains_per_day: f64,
    /// Departures a day there are.
    pub most_trains: f64,
    pub wagons: f64,
    /// Tonnes a wagon carries.
    pub payload_t: f64,
    pub hold: Option<DrawnHold>,
}

/// A route with its numbers drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DrawnRoute {
    pub directions: [bool; 2],
    pub usd_per_t: f64,
    pub transit_days: f64,
    /// Tonnes a day each way with nothing limiting it (not rail).
    pub tonnes_per_day: f64,
    /// E-folding of the climb of orders, days.
    pub climb_days: f64,
    /// Tonnes that a port keeps in quarantine.
    pub storage_t: f64,
    pub rail: Option<DrawnRail>,
}

/// A spell with its numbers drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DrawnSpell {
    pub days: (usize, usize),
    pub trains_per_day: Option<f64>,
    pub wagons_per_train: Option<f64>,
    pub capacity_share: f64,
    pub hold_days: Option<f64>,
}

/// All of it.
pub(crate) struct Drawn {
    /// Goods that vehicles carry, forward first.
    pub goods: Vec<DrawnGood>,
    /// Their values of a tonne.
    pub usd_per_t: Vec<f64>,
    /// Goods that no vehicle carries, with their direction.
    pub wires: Vec<(DrawnGood, usize)>,
    forward: usize,
    pub routes: Vec<DrawnRoute>,
    pub spells: Vec<Vec<DrawnSpell>>,
    /// Factor of each dated limit on demand.
    pub factors: Vec<f64>,
    pub reaction_days: f64,
    pub theta: f64,
}

fn rail_of(m: &DayModel, rail: &yalu_model::RailRoute, habits: &Habits, draw: &impl Fn(&Quantity) -> f64) -> DrawnRail {
    let s = &m.c.services[rail.over_border];
    let day_of = |t| m.calendar.days.partition_point(|d| d.start < t);
    let hold = rail.hold.map(|id| {
        let h = &m.c.holds[id];
        DrawnHold {
            days_used: (day_of(h.from), day_of(h.to)),
            capacity_t: draw(&h.capacity_t),
            hold_days: draw(&h.hold_days),
            release_t_per_day: draw(&h.release_t_per_day),
        }
    });
    let weekdays = s.days.iter().filter(|d| **d).count() as f64 / 7.0;
    DrawnRail {
        crossing: s.crossing.map(Idx::index),
        trains_per_day: draw(&s.trains_per_day),
        most_trains: if s.every.is_some() { f64::INFINITY } else { s.departures_s.len() as f64 * weekdays },
        wagons: draw(&s.max_wagons).round().max(1.0),
        payload_t: draw(&m.c.wagons[s.wagon].payload_t) * habits.wagon_fill,
        hold,
    }
}

impl Drawn {
    pub fn new(m: &DayModel, key: Option<StreamKey>, habits: &Habits, dates: Dates) -> Self {
        let level = |address: u64| key.map_or(0.5, |k| k.stream(address, 0).unit());
        let draw = |q: &Quantity| q.dist.at(level(address(&["input", &q.path])));
        let goods = m.c.goods.iter().enumerate().map(|(i, g)| {
            let usd_per_t = draw(&g.unit_value_usd_per_t).max(1e-6);
            DrawnGood {
                good: i,
                direction: usize::from(g.direction == Direction::Back),
                tonnes_per_month: draw(&g.level_musd_per_month) * 1e6 / usd_per_t,
                usd_per_t,
                day_usd_per_t: draw(&g.day_usd_per_t),
                patience_days: draw(&g.patience_days).max(1.0),
                postponed: draw(&g.postponed_share).clamp(0.0, 1.0),
                wire: g.no_vehicle,
                season: g.season,
                refused: m.refused[i],
            }
        });
        let all: Vec<DrawnGood> = goods.collect();
        let wires = all.iter().filter(|g| g.wire).map(|g| (*g, g.direction)).collect();
        // What a rule refuses from the first day on moves nothing. Forward goods first, so that each direction is a range.
        let mut goods: Vec<DrawnGood> = all.into_iter().filter(|g| !g.wire && g.refused > 0).collect();
        goods.sort_by_key(|g| g.direction);
        let forward = goods.iter().filter(|g| g.direction == 0).count();
        let routes = m.c.routes.iter().map(|r| {
            let vehicles = r.vehicles_per_day.as_ref().map_or(0.0, draw);
            let sea = r.mode == Mode::Sea;
            DrawnRoute {
                directions: [r.directions[0], r.directions[1] && r.rail.is_none()],
                usd_per_t: draw(&r.cost_usd_per_t) + draw(&r.dislike_usd_per_t),
                transit_days: draw(&r.transit_h) / 24.0,
                tonnes_per_day: vehicles * r.payload_t.as_ref().map_or(0.0, draw),
                climb_days: if sea { habits.climb_sea_days } else { habits.climb_land_days },
                storage_t: habits.port_storage_t.unwrap_or(f64::INFINITY),
                rail: r.rail.as_ref().map(|rail| rail_of(m, rail, habits, &draw)),
            }
        });
        let spells = m.spells.iter().map(|all| {
            let mut list: Vec<DrawnSpell> = Vec::with_capacity(all.len());
            for (i, s) in all.iter().enumerate() {
                let r = s.regime;
                let (mut from, to) = s.days;
                if dates == Dates::Widened && r.start_uncertainty_days > 0.0 && from > 0 && key.is_some() {
                    let by = (level(s.start_address) * 2.0 - 1.0) * r.start_uncertainty_days;
                    from = (from as i64 + by.round() as i64).max(0) as usize;
                }
                if let Some(last) = list.last_mut() {
                    // Never past its neighbours: each keeps at least a day.
                    from = from.max(last.days.0 + 1).min(to);
                    let touches = i > 0 && all[i - 1].days.1 == s.days.0;
                    last.days.1 = if touches { from } else { last.days.1.min(from) };
                }
                list.push(DrawnSpell {
                    days: (from, to),
                    trains_per_day: r.trains_per_day.as_ref().map(draw),
                    wagons_per_train: r.wagons_per_train.as_ref().map(draw),
                    capacity_share: r.capacity_share.as_ref().map_or(1.0, draw),
                    hold_days: r.hold_days.as_ref().map(draw),
                });
            }
            list
        });
        let factors = m.factors.iter().map(|f| {
            let permit = habits.permit_level.filter(|_| f.emergency && f.direction == 0);
            permit.map_or_else(|| draw(f.quantity), |level| f.quantity.dist.at(level))
        });
        Self {
            usd_per_t: goods.iter().map(|g| g.usd_per_t).collect(),
            goods,
            wires,
            forward,
            routes: routes.collect(),
            spells: spells.collect(),
            factors: factors.collect(),
            reaction_days: draw(&m.c.reaction_days).max(1.0),
            theta: draw(&m.c.choice_theta_per_usd),
        }
    }

    /// Goods of a direction.
    pub fn of(&self, direction: usize) -> std::ops::Range<usize> {
        if direction == 0 { 0..self.forward } else { self.forward..self.goods.len() }
    }
}
