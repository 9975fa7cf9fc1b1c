//! What one replication draws of a corridor's uncertain inputs.

use super::compiled::DayModel;
use crate::Habits;
use yalu_model::{Direction, Draw, Mode, Quantity};

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
    pub capacity_t: f64,
    pub release_t_per_day: f64,
}

/// A route with its numbers drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DrawnRoute {
    pub directions: [bool; 2],
    pub usd_per_t: f64,
    pub transit_days: f64,
    /// E-folding of the climb of orders, days.
    pub climb_days: f64,
    /// Tonnes that a port keeps in quarantine.
    pub storage_t: f64,
    pub hold: Option<DrawnHold>,
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
    /// Factor of each dated limit on demand.
    pub factors: Vec<f64>,
    pub reaction_days: f64,
    pub theta: f64,
}

impl Drawn {
    pub fn new(m: &DayModel, draw: Draw, habits: &Habits) -> Self {
        let draw = |q: &Quantity| draw.value(q);
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
            let hold = r.rail.as_ref().and_then(|x| x.hold).map(|id| &m.c.holds[id]);
            let sea = r.mode == Mode::Sea;
            DrawnRoute {
                directions: [r.directions[0], r.directions[1] && r.rail.is_none()],
                usd_per_t: draw(&r.cost_usd_per_t) + draw(&r.dislike_usd_per_t),
                transit_days: draw(&r.transit_h) / 24.0,
                climb_days: if sea { habits.climb_sea_days } else { habits.climb_land_days },
                storage_t: habits.port_storage_t.unwrap_or(f64::INFINITY),
                hold: hold.map(|h| DrawnHold {
                    capacity_t: draw(&h.capacity_t),
                    release_t_per_day: draw(&h.release_t_per_day),
                }),
            }
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
