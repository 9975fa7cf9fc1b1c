//! A corridor made ready for many replications.

use super::DayOutcome;
use super::drawn::Drawn;
use super::world::World;
use crate::habits::to_new_year;
use crate::{Habits, Values};
use yalu_calendar::Calendar;
use yalu_model::{Corridor, Draw, Route, RouteId};
use yalu_regime::{Dates, Regimes};
use yalu_units::IndexVec;

/// A corridor ready to be run day by day.
pub struct DayModel<'a> {
    pub(crate) c: &'a Corridor,
    pub(crate) calendar: Calendar,
    /// Of each day, the factor of the New Year's neighbourhood: days until it, negative after; none far from it.
    pub(crate) to_new_year: Vec<Option<i16>>,
    /// The route whose storage on the far side keeps a route's goods.
    pub(crate) storages: IndexVec<RouteId, RouteId>,
}

impl<'a> DayModel<'a> {
    /// Makes a corridor ready over its horizon; `None` where a day of it has no midnight.
    pub fn new(c: &'a Corridor) -> Option<Self> {
        let calendar =
            yalu_calendar::days(&c.horizon.zones[c.horizon.zone].name, c.horizon.from, c.horizon.to, c.horizon.from)?;
        // Routes that end at one place share what it can keep.
        let same =
            |r: &Route| c.trade.routes.enumerated().find(|(_, o)| o.released_at == r.released_at).map(|(id, _)| id);
        let storages = c.trade.routes.enumerated().map(|(id, r)| same(r).unwrap_or(id)).collect();
        let to_new_year = to_new_year(&c.about.countries, calendar.days.iter().map(|d| d.date));
        Some(Self { c, calendar, to_new_year, storages })
    }

    /// The months of the calendar.
    pub fn months(&self) -> &[(i16, i8)] {
        &self.calendar.months
    }

    /// One replication: all uncertain inputs of the files drawn by their addresses, the parameters as given.
    pub fn run(&self, draw: Draw, values: &Values, dates: Dates) -> DayOutcome {
        self.run_by(draw, &Habits::from(values), dates)
    }

    /// The same by habits that need not come from parameters.
    pub fn run_by(&self, draw: Draw, habits: &Habits, dates: Dates) -> DayOutcome {
        let drawn = Drawn::new(self.c, draw, habits);
        let regimes = self.regimes(draw, habits, dates);
        World::new(self, &drawn, habits, &regimes).run()
    }

    /// Tonnes each way that each route takes on each day of a replication.
    pub fn capacity_t(&self, draw: Draw, habits: &Habits, dates: Dates) -> IndexVec<RouteId, Vec<f64>> {
        let regimes = self.regimes(draw, habits, dates);
        let of = |r| self.calendar.days.iter().map(|d| regimes.capacity_t(r, d)).collect();
        self.c.trade.routes.ids().map(of).collect()
    }

    fn regimes(&self, draw: Draw, habits: &Habits, dates: Dates) -> Regimes<'a> {
        Regimes::new(self.c, &self.calendar.days, draw, dates, habits.of_capacity())
    }
}
