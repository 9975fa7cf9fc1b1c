//! A corridor made ready for many replications.

use super::drawn::Drawn;
use super::world::World;
use super::{Dates, DayOutcome};
use crate::habits::to_new_year;
use crate::{Habits, Values};
use yalu_model::{Corridor, CrossingId, Direction, Mode, Quantity, Regime, State};
use yalu_units::{Idx, Instant, StreamKey};

/// A civil day at the border.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TradeDay {
    /// Local midnight at which it begins.
    pub start: Instant,
    /// Civil year, month (1-12) and day of the month.
    pub date: (i16, i8, i8),
    /// Days in its month.
    pub days_in_month: u8,
    /// Index of its month in [`Calendar::months`].
    pub month: u16,
}

/// Days and months of a horizon.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Calendar {
    /// Days in order.
    pub days: Vec<TradeDay>,
    /// Year and month of each month.
    pub months: Vec<(i16, i8)>,
}

/// A regime by days of the calendar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spell<'a> {
    pub regime: &'a Regime,
    /// First day, and the day after the last.
    pub days: (usize, usize),
    /// Stream of its start.
    pub start_address: u64,
    pub running: bool,
    pub kind: Kind,
}

/// What a regime does beside running or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Kind {
    /// Goods are held and watched (restriction `quarantine`).
    pub quarantine: bool,
    /// A city or port that lets only part through.
    pub lockdown: bool,
}

/// A corridor ready to be run day by day.
pub struct DayModel<'a> {
    pub(crate) c: &'a Corridor,
    pub(crate) calendar: Calendar,
    pub(crate) spells: Vec<Vec<Spell<'a>>>,
    /// Some regime keeps goods from passing.
    pub(crate) bans_goods: bool,
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
    /// Makes a corridor ready over a calendar.
    pub fn new(c: &'a Corridor, calendar: Calendar) -> Self {
        let day_of = |t: Instant| calendar.days.partition_point(|d| d.start < t);
        let spell = |r: &'a Regime| {
            let id = &c.crossings[r.crossing].id;
            let word = |w: &str| r.restrictions.iter().any(|x| x == w);
            Spell {
                regime: r,
                days: (day_of(r.from), day_of(r.to)),
                start_address: yalu_units::address(&["input", &format!("regime start.{id}.{}", r.from.0)]),
                running: matches!(r.state, State::Open | State::Limited),
                kind: Kind {
                    quarantine: word("quarantine"),
                    lockdown: c.crossings[r.crossing].mode == Mode::Place && r.state == State::Limited,
                },
            }
        };
        let spells: Vec<Vec<Spell>> = (0..c.crossings.len())
            .map(|x| c.regimes.iter().filter(|r| r.crossing == CrossingId::new(x)).map(spell).collect())
            .collect();
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
        Self {
            c,
            calendar,
            bans_goods: c.regimes.iter().any(Regime::bans_goods),
            spells,
            refused,
            to_new_year,
            factors,
            storages,
        }
    }

    /// The months of the calendar.
    pub fn months(&self) -> &[(i16, i8)] {
        &self.calendar.months
    }

    /// One replication: all uncertain inputs of the files drawn by their addresses (none: their medians), the
    /// parameters as given.
    pub fn run(&self, key: Option<StreamKey>, values: &Values, dates: Dates) -> DayOutcome {
        let habits = Habits::from(values);
        let drawn = Drawn::new(self, key, &habits, dates);
        World::new(self, &drawn, &habits).run()
    }
}
