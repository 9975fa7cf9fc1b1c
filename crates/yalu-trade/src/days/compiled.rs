//! A corridor made ready for many replications.

use super::DayOutcome;
use super::drawn::Drawn;
use super::world::World;
use crate::habits::to_new_year;
use crate::{Habits, Values};
use yalu_calendar::Calendar;
use yalu_model::{Corridor, Direction, Draw, Quantity, RouteId};
use yalu_regime::{Dates, Regimes};
use yalu_units::{IndexVec, Instant};

/// A corridor ready to be run day by day.
pub struct DayModel<'a> {
    pub(crate) c: &'a Corridor,
    pub(crate) calendar: Calendar,
    /// From which day a rule refuses a good.
    pub(crate) refused: Vec<usize>,
    /// Of each day, the factor of the New Year's neighbourhood: days until it, negative after; none far from it.
    pub(crate) to_new_year: Vec<Option<i16>>,
    /// Demand factors by days.
    pub(crate) factors: Vec<FactorDays<'a>>,
    /// Index of the storage a route's goods are kept in on the far side.
    pub(crate) storages: Vec<usize>,
}

/// A dated factor on demand by days.
pub(crate) struct FactorDays<'a> {
    pub quantity: &'a Quantity,
    pub direction: usize,
    pub days: (usize, usize),
    /// It came with an emergency: it began within a month of a quarantine.
    pub emergency: bool,
}

impl<'a> DayModel<'a> {
    /// Makes a corridor ready over its horizon; `None` where a day of it has no midnight.
    pub fn new(c: &'a Corridor) -> Option<Self> {
        let calendar = yalu_calendar::days(&c.zones[c.zone].name, c.from, c.to, c.from)?;
        let day_of = |t: Instant| calendar.days.partition_point(|d| d.start < t);
        let factors = c
            .demand_factors
            .iter()
            .map(|f| FactorDays {
                quantity: &f.factor,
                direction: usize::from(f.direction == Direction::Back),
                days: (day_of(f.from), day_of(f.to)),
                emergency: c.comes_with_quarantine(f),
            })
            .collect();
        let refused = c.goods.iter().map(|g| c.refused_from(g).map_or(usize::MAX, day_of)).collect();
        // Routes that end at one place share what it can keep.
        let storages = c
            .routes
            .iter()
            .map(|r| c.routes.iter().position(|o| o.released_at == r.released_at).unwrap_or(0))
            .collect();
        let to_new_year = to_new_year(&c.countries, calendar.days.iter().map(|d| d.date));
        Some(Self { c, calendar, refused, to_new_year, factors, storages })
    }

    /// The months of the calendar.
    pub fn months(&self) -> &[(i16, i8)] {
        &self.calendar.months
    }

    /// One replication: all uncertain inputs of the files drawn by their addresses, the parameters as given.
    pub fn run(&self, draw: Draw, values: &Values, dates: Dates) -> DayOutcome {
        let habits = Habits::from(values);
        let drawn = Drawn::new(self, draw, &habits);
        let regimes = self.regimes(draw, &habits, dates);
        World::new(self, &drawn, &habits, &regimes).run()
    }

    /// Tonnes each way that each route takes on each day of a replication.
    pub fn capacity_t(&self, draw: Draw, habits: &Habits, dates: Dates) -> IndexVec<RouteId, Vec<f64>> {
        let regimes = self.regimes(draw, habits, dates);
        let of = |r| self.calendar.days.iter().map(|d| regimes.capacity_t(r, d)).collect();
        self.c.routes.ids().map(of).collect()
    }

    fn regimes(&self, draw: Draw, habits: &Habits, dates: Dates) -> Regimes<'a> {
        Regimes::new(self.c, &self.calendar.days, draw, dates, habits.of_capacity())
    }
}
