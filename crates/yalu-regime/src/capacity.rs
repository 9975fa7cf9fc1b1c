//! Trains, wagons and tonnes that a route may send over its crossings on a day.

use crate::Regimes;
use yalu_calendar::Day;
use yalu_model::{Corridor, Draw, Route, RouteId, Service, ServiceId, ServiceKind};
use yalu_trace::Turns;
use yalu_units::{Instant, Mass};

/// What a calibration found of how much of a capacity is used; nothing where a corridor was not calibrated.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CapacityHabits {
    /// Share of a wagon's payload that is loaded.
    pub wagon_fill: f64,
    /// Share of capacity left in a lockdown; none: what its regime says.
    pub lockdown_share: Option<f64>,
    /// What ports can keep is known, and limits what leaves for them while they hold goods.
    pub port_storage: bool,
}

impl CapacityHabits {
    /// Of a corridor that was not calibrated.
    pub const NONE: CapacityHabits = CapacityHabits { wagon_fill: 1.0, lockdown_share: None, port_storage: false };
}

/// The numbers of a rail route.
#[derive(Clone, Debug)]
pub(crate) struct RailNumbers {
    service: ServiceId,
    /// Wagons a train has where no regime says otherwise.
    wagons: u32,
    /// Load of a wagon.
    load: Mass,
    /// Days its own place holds goods.
    pub hold_days: Option<f64>,
}

impl RailNumbers {
    pub fn of(c: &Corridor, route: &Route, draw: Draw, habits: CapacityHabits) -> Option<Self> {
        let rail = route.rail.as_ref()?;
        let s = &c.trains.services[rail.over_border];
        Some(Self {
            service: rail.over_border,
            wagons: draw.value(&s.max_wagons).round().max(1.0) as u32,
            load: Mass::from_tonnes(draw.value(&c.trains.wagons[s.wagon].payload_t) * habits.wagon_fill),
            hold_days: rail.hold.map(|id| draw.value(&c.border.holds[id].hold_days)),
        })
    }
}

/// The numbers of a route by road or sea.
#[derive(Clone, Debug)]
pub(crate) struct RoadNumbers {
    /// Tonnes a day each way where nothing limits it.
    tonnes_per_day: f64,
}

impl RoadNumbers {
    pub fn of(route: &Route, draw: Draw) -> Self {
        let vehicles = route.vehicles_per_day.as_ref().map_or(0.0, |q| draw.value(q));
        let payload_t = route.payload_t.as_ref().map_or(0.0, |q| draw.value(q).max(0.001));
        Self { tonnes_per_day: vehicles * payload_t }
    }
}

/// Trains that the timetable of a service has between two midnights on a weekday.
fn slots(c: &Corridor, s: &Service, weekday: usize, from: Instant, to: Instant) -> usize {
    match s.every {
        Some(every) => every.between(c.horizon.from, from, to).len(),
        None if s.days[weekday] => s.departures_s.len(),
        None => 0,
    }
}

impl Regimes<'_> {
    /// Trains a day a service may run at an instant, timetable apart: its own number, or its regime's, as far as it has grown;
    /// none where its crossing is shut. Passenger trains run as their timetable says.
    pub fn trains(&self, service: ServiceId, t: Instant) -> Option<f64> {
        let s = &self.c.trains.services[service];
        let own = self.trains[service];
        let Some(crossing) = s.crossing else { return Some(own) };
        let regime = self.at(crossing, t).filter(|r| r.running)?;
        Some(match s.kind {
            ServiceKind::Freight => regime.trains_per_day.unwrap_or(own) * regime.grown(t),
            ServiceKind::Passenger => f64::INFINITY,
        })
    }

    /// Trains a day a service would run if no regime limited it.
    pub fn unlimited_trains(&self, service: ServiceId) -> f64 {
        self.trains[service]
    }

    /// Trains that may run on a day, by timetable and regime, on the mean.
    pub fn trains_of(&self, service: ServiceId, day: &Day) -> f64 {
        let s = &self.c.trains.services[service];
        let most = slots(self.c, s, usize::from(day.weekday), day.start, day.end);
        self.trains(service, day.start).map_or(0.0, |n| n.min(most as f64))
    }

    /// Trains a day under the regime of an instant, mean over a week.
    pub fn trains_a_day(&self, service: ServiceId, t: Instant) -> f64 {
        let (trains, share) = self.timetabled(service, t);
        trains * share
    }

    /// Trains on a day on which the timetable has any, under the regime of an instant, and the share of days it has.
    fn timetabled(&self, service: ServiceId, t: Instant) -> (f64, f64) {
        let s = &self.c.trains.services[service];
        let (most, share) = match s.every {
            Some(every) => (86_400.0 / f64::from(every.every_s.max(1)), 1.0),
            None => (s.departures_s.len() as f64, s.days.iter().filter(|d| **d).count() as f64 / 7.0),
        };
        (self.trains(service, t).unwrap_or(0.0).min(most), share)
    }

    /// Wagons a train of a rail route may have at an instant.
    pub fn wagons_per_train(&self, route: RouteId, t: Instant) -> u32 {
        let Some(rail) = &self.rail[route] else { return 0 };
        let crossing = self.c.trains.services[rail.service].crossing;
        crossing.and_then(|x| self.at(x, t)).and_then(|r| r.wagons_per_train).unwrap_or(rail.wagons)
    }

    /// Wagons a service's trains may take over the border on the day of an instant, all together.
    pub fn wagons_of_the_day(&self, service: ServiceId, t: Instant) -> Option<u32> {
        self.at(self.c.trains.services[service].crossing?, t)?.wagons_of_the_day(t)
    }

    /// Tonnes that so many trains of a rail route take over the border on the day of an instant.
    pub fn train_load_t(&self, route: RouteId, t: Instant, trains: u32) -> f64 {
        let Some(rail) = &self.rail[route] else { return 0.0 };
        let wagons = trains.saturating_mul(self.wagons_per_train(route, t));
        f64::from(wagons.min(self.wagons_of_the_day(rail.service, t).unwrap_or(u32::MAX))) * rail.load.as_tonnes()
    }

    /// Tonnes each way that a route takes on a day: what its trains take, the mean over how a fraction of a train falls, or its
    /// vehicles as far as regimes leave them. Nothing where it does not run.
    pub fn capacity_t(&self, route: RouteId, day: &Day) -> f64 {
        let t = day.start;
        match &self.rail[route] {
            _ if !self.runs(route, t) => 0.0,
            Some(rail) => self.mean_load_t(route, t, self.trains_of(rail.service, day)),
            None => self.road_t(route, t),
        }
    }

    /// Tonnes a day each way under the regimes of an instant, mean over a week: a timetable need not run on each day.
    pub fn capacity_a_day_t(&self, route: RouteId, t: Instant) -> f64 {
        match &self.rail[route] {
            _ if !self.runs(route, t) => 0.0,
            Some(rail) => {
                let (trains, share) = self.timetabled(rail.service, t);
                self.mean_load_t(route, t, trains) * share
            }
            None => self.road_t(route, t),
        }
    }

    fn mean_load_t(&self, route: RouteId, t: Instant, trains: f64) -> f64 {
        let load = |n: f64| self.train_load_t(route, t, n as u32);
        let (less, part) = (trains.floor(), trains.fract());
        if part > 0.0 { load(less) * (1.0 - part) + load(less + 1.0) * part } else { load(less) }
    }

    fn road_t(&self, route: RouteId, t: Instant) -> f64 {
        let share = |r: &crate::Applied| match self.habits.lockdown_share {
            Some(left) if r.lockdown => left,
            // Where a port keeps goods its storage limits them, and the share that stood for it does not count.
            _ if r.hold_days.is_some() && self.stored(route, t) => 1.0,
            _ => r.capacity_share,
        };
        let grown = self.of(route, t).map(|r| share(r) * r.grown(t)).product::<f64>();
        // One way at a time: half the day, or every other day.
        let turns = if self.of(route, t).any(|r| r.turns != Turns::Both) { 0.5 } else { 1.0 };
        self.road[route].tonnes_per_day * grown * turns
    }
}
