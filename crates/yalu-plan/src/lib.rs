//! A corridor compiled to what the simulator needs: stands, stretches, running-time tables, calendars as intervals.
//!
//! Physics is computed here, once per scenario, at the median of its inputs; a replication scales running times
//! by its own draw of line speed and supplement.
mod apart;
mod border;
mod builder;
mod consist;
mod disturbances;
mod geometry;
mod line;
mod load;
mod network;
mod single;
mod times;

pub use border::{BorderPlan, LEAST_TRACKS_BOTH_WAYS, RoutePlaces, border, way_of};
pub use consist::Consist;
pub use disturbances::{Closed, Restriction, cut_stretches, joined, touching};
pub use geometry::{Part, Sections};
pub use line::{Line, LineKind, PlanError, PlannedStop, Undisturbed, WAGON_STEP, scaled};
pub use load::{most_wagons, plain};
pub use network::{Stand, StandId, Stretch, StretchId, way};
pub use single::Wish;
pub use times::{LineTimes, leaves_ms};
pub use yalu_calendar::Day;
pub use yalu_model::Draw;
pub use yalu_physics::StandTimes;

use builder::LineBuilder;
use disturbances::{closed, restrictions};
use yalu_calendar::{Calendar, civil, opening_intervals};
use yalu_model::{Corridor, Service};
use yalu_units::{IndexVec, Instant};

/// The simulator's only view of the world.
#[derive(Debug)]
pub struct Plan {
    /// Days of the horizon.
    pub days: Vec<Day>,
    /// First instant that results tell of; the days before bring stocks to where they then are.
    pub report_from: Instant,
    /// Year and month of each month of the reported period.
    pub months: Vec<(i16, i8)>,
    /// Points where trains can stand.
    pub stands: IndexVec<StandId, Stand>,
    /// Stretches of line between neighbouring stands.
    pub stretches: IndexVec<StretchId, Stretch>,
    /// Train patterns: path and running times.
    pub lines: Vec<Line>,
    /// Temporary restrictions of speed.
    pub restrictions: Vec<Restriction>,
    /// Possessions by stretch.
    pub closed: IndexVec<StretchId, Closed>,
    /// Opening intervals: station, then hours.
    pub hours: Vec<Vec<Vec<(Instant, Instant)>>>,
    /// Civil days at each station, in the zone of its point.
    pub station_days: Vec<Vec<(Instant, Instant)>>,
    /// Departure instants of each service, by day of the horizon, in slot order.
    pub departures: Vec<Vec<Vec<Instant>>>,
}

impl Plan {
    /// Blocks of each track of a stretch.
    pub fn blocks(&self, stretch: StretchId) -> usize {
        self.stretches[stretch].blocks
    }
}

/// Compiles a corridor whose results are told from an instant on.
pub fn compile(corridor: &Corridor, report_from: Instant) -> Result<Plan, PlanError> {
    let zone = &corridor.horizon.zones[corridor.horizon.zone].name;
    let calendar = yalu_calendar::days(zone, corridor.horizon.from, corridor.horizon.to, report_from);
    let Calendar { days, months } = calendar.ok_or_else(|| PlanError::Calendar { zone: zone.clone() })?;
    let (stands, stretches, map) = network::stands(corridor);
    let restrictions = restrictions(corridor, &stretches);
    let closed = closed(corridor, &stretches);
    let lines = LineBuilder::new(corridor, &stands, &stretches, &map, &restrictions).all()?;
    let hours = corridor
        .border
        .stations
        .iter()
        .map(|s| {
            s.hours
                .iter()
                .map(|h| {
                    opening_intervals(
                        &h.week,
                        &h.special_days,
                        &corridor.horizon.zones[h.zone].name,
                        corridor.horizon.from,
                        corridor.horizon.to,
                    )
                })
                .collect()
        })
        .collect();
    let departures = corridor.trains.services.iter().map(|s| departures(corridor, s, &days)).collect();
    let station_days = corridor.border.stations.iter().map(|s| station_days(corridor, s)).collect();
    let plan = Plan {
        days,
        report_from,
        months,
        stands,
        stretches,
        lines,
        restrictions,
        closed,
        hours,
        station_days,
        departures,
    };
    // Faults of the border do not depend on what is drawn.
    border(corridor, &plan, Draw::central(corridor.sampling.seed)).map_err(|faults| PlanError::Border { faults })?;
    Ok(plan)
}

/// What stands in the way of the trains of a corridor, the first fault of each service and row of other traffic.
pub fn faults(corridor: &Corridor) -> Vec<(LineKind, PlanError)> {
    let (stands, stretches, map) = network::stands(corridor);
    let restrictions = restrictions(corridor, &stretches);
    LineBuilder::new(corridor, &stands, &stretches, &map, &restrictions).faults()
}

/// Civil days in the zone of a station's point; only a quota by the day asks for them.
fn station_days(c: &Corridor, s: &yalu_model::BorderStation) -> Vec<(Instant, Instant)> {
    if s.quota.as_ref().is_none_or(|q| q.per != yalu_model::QuotaPer::Day) {
        return Vec::new();
    }
    let zone = &c.horizon.zones[c.line.points[s.point].zone].name;
    let mut out = Vec::new();
    let mut from = c.horizon.from;
    while from < c.horizon.to {
        let (y, m, d, _, _) = civil(zone, from);
        let next = yalu_calendar::local_time(zone, (y, m, d), 86_400).filter(|next| *next > from);
        let to = next.map_or(c.horizon.to, |next| next.min(c.horizon.to));
        out.push((from, to));
        from = to;
    }
    out
}

/// Departures of a service by day: at its times of day, or at even intervals.
fn departures(c: &Corridor, s: &Service, days: &[Day]) -> Vec<Vec<Instant>> {
    let Some(every) = s.every else {
        let zone = &c.horizon.zones[s.zone].name;
        let of = |d: &Day| {
            let runs = s.days[usize::from(d.weekday)];
            let times = if runs { s.departures_s.as_slice() } else { &[] };
            times.iter().filter_map(|&t| yalu_calendar::local_time(zone, d.date, t)).collect()
        };
        return days.iter().map(of).collect();
    };
    days.iter().map(|d| every.between(c.horizon.from, d.start, d.end).collect()).collect()
}
