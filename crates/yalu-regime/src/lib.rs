//! What a crossing or route lets through on a day: the only place that reads regimes.
//!
//! The simulator, trade by day and the studies ask here, so that a row of `regimes.csv` means the same to each. The simulator
//! runs whole trains, their number drawn from [`Regimes::trains`]; what they can carry on the mean is [`Regimes::capacity_t`].
mod applied;
mod capacity;

pub use applied::{Applied, Dates};
pub use capacity::CapacityHabits;

use applied::applied;
use capacity::{RailNumbers, RoadNumbers};
use yalu_calendar::Day;
use yalu_model::{Allotment, Corridor, CrossingId, Draw, Good, Mode, Regime, RouteId, ServiceId};
use yalu_trace::AppliedRegime;
use yalu_units::{Idx, IndexVec, Instant, Span};

/// What the days between two midnights may be longer by where clocks change.
const SAME_DAY: Span = Span::hours(6);

/// The declared regime of a crossing at an instant, before anything is drawn.
pub fn declared(c: &Corridor, crossing: CrossingId, t: Instant) -> Option<&Regime> {
    c.border.regimes.iter().find(|r| r.crossing == crossing && r.from <= t && t < r.to)
}

/// The regimes of all crossings as one replication applies them, with the numbers of the routes and services they act on.
#[derive(Clone, Debug)]
pub struct Regimes<'a> {
    c: &'a Corridor,
    by_crossing: IndexVec<CrossingId, Vec<Applied<'a>>>,
    habits: CapacityHabits,
    /// Trains a day of each service when no regime limits it.
    trains: IndexVec<ServiceId, f64>,
    rail: IndexVec<RouteId, Option<RailNumbers>>,
    road: IndexVec<RouteId, RoadNumbers>,
}

impl<'a> Regimes<'a> {
    /// Draws the regimes of a replication. Days are those of the horizon: a start that moves, moves by whole days of it.
    pub fn new(c: &'a Corridor, days: &[Day], draw: Draw, dates: Dates, habits: CapacityHabits) -> Self {
        Self {
            c,
            by_crossing: applied(c, days, draw, dates),
            habits,
            trains: c.trains.services.iter().map(|s| draw.value(&s.trains_per_day)).collect(),
            rail: c.trade.routes.iter().map(|r| RailNumbers::of(c, r, draw, habits)).collect(),
            road: c.trade.routes.iter().map(|r| RoadNumbers::of(r, draw)).collect(),
        }
    }

    /// The same on the dates as written.
    pub fn as_given(c: &'a Corridor, draw: Draw, habits: CapacityHabits) -> Self {
        Self::new(c, &[], draw, Dates::AsGiven, habits)
    }

    /// The same as if each regime let through at once what it allows.
    #[must_use]
    pub fn without_ramps(mut self) -> Self {
        self.by_crossing.iter_mut().flatten().for_each(Applied::without_ramp);
        self
    }

    /// The regime of a crossing at an instant.
    pub fn at(&self, crossing: CrossingId, t: Instant) -> Option<&Applied<'a>> {
        let list = &self.by_crossing[crossing];
        let i = list.partition_point(|r| r.from <= t);
        list.get(i.checked_sub(1)?).filter(|r| t < r.to)
    }

    /// Whether anything may cross at an instant.
    pub fn running(&self, crossing: CrossingId, t: Instant) -> bool {
        self.at(crossing, t).is_some_and(|r| r.running)
    }

    /// Whether all crossings of a route run at an instant.
    pub fn runs(&self, route: RouteId, t: Instant) -> bool {
        self.c.trade.routes[route].crossings.iter().all(|x| self.running(*x, t))
    }

    /// The regimes of a route's crossings at an instant.
    pub fn of(&self, route: RouteId, t: Instant) -> impl Iterator<Item = &Applied<'a>> {
        self.c.trade.routes[route].crossings.iter().filter_map(move |x| self.at(*x, t))
    }

    /// Whether, as shippers know it on a day, anything may cross on a later one: a regime is known from its first day, or
    /// its notice before; without one an opening is known some days ahead, a closure not.
    pub fn believed(&self, crossing: CrossingId, today: Instant, then: Instant, ahead_days: usize) -> bool {
        let list = &self.by_crossing[crossing];
        let known = |r: &&Applied| {
            let ahead = if r.running { Span::days(ahead_days as i64) } else { Span(0) };
            r.from <= then && r.from - today <= r.notice.unwrap_or(ahead) + SAME_DAY
        };
        // A gap that no regime covers carries nothing; what follows a regime and is not known is taken to be as it is.
        let last = list.iter().rfind(known);
        last.is_some_and(|r| r.running && (then < r.to || list.iter().any(|next| next.from == r.to)))
    }

    /// The longest notice of any regime, days, where openings are known some days ahead.
    pub fn longest_notice_days(&self, ahead_days: usize) -> usize {
        let all = self.by_crossing.iter().flatten().filter_map(|r| r.notice);
        all.map(|n| n.as_days().ceil() as usize).fold(ahead_days, usize::max)
    }

    /// Whether any regime bans goods.
    pub fn ban(&self) -> bool {
        self.by_crossing.iter().flatten().any(|r| r.regime.bans_goods())
    }

    /// Whether some regime on a route keeps a good from passing at an instant.
    pub fn refuses(&self, route: RouteId, t: Instant, good: &Good) -> bool {
        self.of(route, t).any(|r| r.regime.refuses(good.direction, &good.hs))
    }

    /// Whether the regime of a crossing names a restriction at an instant.
    pub fn restricted(&self, crossing: CrossingId, t: Instant, word: &str) -> bool {
        self.at(crossing, t).is_some_and(|r| r.names(word))
    }

    /// Who may ship by a route at an instant: what the strictest of its regimes says, first come where one runs that says nothing;
    /// none where it is shut and nothing is said.
    pub fn allotment(&self, route: RouteId, t: Instant) -> Option<Allotment> {
        let said = self.of(route, t).filter_map(|r| r.regime.allotment).max();
        said.or_else(|| self.runs(route, t).then_some(Allotment::FirstCome))
    }

    /// Days that regimes on a route hold goods at an instant, the longest that any names.
    pub fn named_hold_days(&self, route: RouteId, t: Instant) -> Option<f64> {
        self.of(route, t).filter_map(|r| r.hold_days).reduce(f64::max)
    }

    /// Days goods are held on a route at an instant: what its regimes name, else the time of its own hold. Trains hold only
    /// where they have a place for it.
    pub fn hold_days(&self, route: RouteId, t: Instant) -> f64 {
        let own = self.rail[route].as_ref().map(|rail| rail.hold_days.filter(|_| self.hold_in_use(route, t)));
        match own {
            Some(None) => 0.0,
            own => self.named_hold_days(route, t).or(own.flatten()).unwrap_or(0.0),
        }
    }

    /// Whether the place where a rail route holds goods is in use at an instant.
    pub fn hold_in_use(&self, route: RouteId, t: Instant) -> bool {
        let hold = self.c.trade.routes[route].rail.as_ref().and_then(|r| r.hold).map(|id| &self.c.border.holds[id]);
        hold.is_some_and(|h| h.from <= t && t < h.to)
    }

    /// Whether what a port can keep limits a route at an instant: it holds goods, and its storage is known.
    pub fn stored(&self, route: RouteId, t: Instant) -> bool {
        self.habits.port_storage
            && self.c.trade.routes[route].mode == Mode::Sea
            && self.named_hold_days(route, t).is_some()
    }

    /// Days over which the regimes of a route grow at an instant, the longest.
    pub fn ramp_days(&self, route: RouteId, t: Instant) -> f64 {
        self.of(route, t).filter_map(|r| r.ramp).map(Span::as_days).fold(0.0, f64::max)
    }

    /// Whether what a route lets through may differ between days of the same regimes: something grows, or its trains do not
    /// run alike each day.
    pub fn varies(&self, route: RouteId) -> bool {
        let r = &self.c.trade.routes[route];
        let service = r.rail.as_ref().map(|rail| &self.c.trains.services[rail.over_border]);
        let crossings = r.crossings.iter().copied().chain(service.and_then(|s| s.crossing));
        crossings.into_iter().any(|x| self.by_crossing[x].iter().any(|a| a.ramp.is_some()))
            || service.is_some_and(|s| s.every.is_some() || s.days.contains(&false))
    }

    /// Instants at which a regime begins or ends on some route or under some train of one, in order.
    pub fn changes(&self) -> Vec<Instant> {
        let trains =
            self.c.trade.routes.iter().filter_map(|r| self.c.trains.services[r.rail.as_ref()?.over_border].crossing);
        let used: Vec<CrossingId> =
            self.c.trade.routes.iter().flat_map(|r| r.crossings.iter().copied()).chain(trains).collect();
        let used = self.by_crossing.enumerated().filter(|(x, _)| used.contains(x));
        let mut all: Vec<Instant> = used.flat_map(|(_, list)| list).flat_map(|r| [r.from, r.to]).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// As the trace tells them: a quota of trains is the most on any one day.
    pub fn told(&self) -> Vec<AppliedRegime> {
        let mut out = Vec::new();
        for (crossing, list) in self.by_crossing.enumerated() {
            out.extend(list.iter().filter(|r| r.from < r.to).map(|r| r.told(crossing.index() as u32)));
        }
        out
    }
}
