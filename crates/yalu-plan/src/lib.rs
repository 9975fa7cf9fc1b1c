//! A corridor compiled to what the simulator needs: stands, stretches, running-time tables, calendars as intervals.
//!
//! Physics is computed here, once per scenario, at the median of its inputs; a replication scales running times
//! by its own draw of line speed and supplement.
mod border;
mod builder;
mod consist;
mod disturbances;
mod draw;
mod geometry;
mod line;
mod load;
mod network;
mod single;
mod times;

pub use border::{BorderPlan, LEAST_TRACKS_BOTH_WAYS, border, way_of};
pub use consist::Consist;
pub use disturbances::{Closed, Restriction, cut_stretches, joined, touching};
pub use draw::Draw;
pub use geometry::{Part, Sections};
pub use line::{Line, LineKind, PlanError, PlannedStop, Undisturbed, WAGON_STEP, scaled};
pub use load::{most_wagons, plain};
pub use network::{Stand, StandId, Stretch, StretchId, way};
pub use single::Wish;
pub use times::{LineTimes, leaves_ms};
pub use yalu_physics::StandTimes;

use builder::LineBuilder;
use disturbances::{closed, restrictions};
use yalu_calendar::{civil, local_midnight, opening_intervals};
use yalu_model::{Corridor, Service};
use yalu_units::{IndexVec, Instant, Span};

/// A calendar day at the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Local midnight at which it begins.
    pub start: Instant,
    /// Local midnight at which it ends.
    pub end: Instant,
    /// Civil year, month (1-12) and day of the month.
    pub date: (i16, i8, i8),
    /// Day of the week, Monday 0.
    pub weekday: u8,
    /// Days in its month.
    pub days_in_month: u8,
    /// Index of its month in [`Plan::months`]; days before the reported period have the index after the last.
    pub month: u16,
}

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
    let zone = &corridor.zones[corridor.zone].name;
    let mut days: Vec<Day> = Vec::new();
    let mut months: Vec<(i16, i8)> = Vec::new();
    let mut start = corridor.from;
    while start < corridor.to {
        let (y, m, d, _, weekday) = civil(zone, start);
        // The next local midnight: 36 hours on is always within the next civil day.
        let (ny, nm, nd, _, _) = civil(zone, Instant(start.0 + 36 * 3_600_000));
        let end = local_midnight(zone, ny, nm, nd).ok_or(PlanError::Calendar { zone: zone.clone() })?;
        let told = start >= report_from;
        if told && months.last() != Some(&(y, m)) {
            months.push((y, m));
        }
        days.push(Day {
            start,
            end,
            date: (y, m, d),
            weekday,
            days_in_month: days_in_month(y, m),
            month: if told { (months.len() - 1) as u16 } else { u16::MAX },
        });
        start = end;
    }
    for d in &mut days {
        d.month = d.month.min(months.len() as u16);
    }
    let (stands, stretches, map) = network::stands(corridor);
    let restrictions = restrictions(corridor, &stretches);
    let closed = closed(corridor, &stretches);
    let lines = LineBuilder::new(corridor, &stands, &stretches, &map, &restrictions).all()?;
    let hours = corridor
        .stations
        .iter()
        .map(|s| {
            s.hours
                .iter()
                .map(|h| {
                    opening_intervals(
                        &h.week,
                        &h.special_days,
                        &corridor.zones[h.zone].name,
                        corridor.from,
                        corridor.to,
                    )
                })
                .collect()
        })
        .collect();
    let departures = corridor.services.iter().map(|s| departures(corridor, s, &days)).collect();
    let station_days = corridor.stations.iter().map(|s| station_days(corridor, s)).collect();
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
    border(corridor, &plan, Draw::central(corridor.seed)).map_err(|faults| PlanError::Border { faults })?;
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
    let zone = &c.zones[c.points[s.point].zone].name;
    let mut out = Vec::new();
    let mut from = c.from;
    while from < c.to {
        let (y, m, d, _, _) = civil(zone, from);
        let next = yalu_calendar::local_time(zone, (y, m, d), 86_400).filter(|next| *next > from);
        let to = next.map_or(c.to, |next| next.min(c.to));
        out.push((from, to));
        from = to;
    }
    out
}

fn days_in_month(year: i16, month: i8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

/// Departures of a service by day: at its times of day, or at even intervals.
fn departures(c: &Corridor, s: &Service, days: &[Day]) -> Vec<Vec<Instant>> {
    let Some(every) = s.every else {
        let zone = &c.zones[s.zone].name;
        let of = |d: &Day| {
            let runs = s.days[usize::from(d.weekday)];
            let times = if runs { s.departures_s.as_slice() } else { &[] };
            times.iter().filter_map(|&t| yalu_calendar::local_time(zone, d.date, t)).collect()
        };
        return days.iter().map(of).collect();
    };
    let step = Span::seconds(i64::from(every.every_s.max(1)));
    let mut at = c.from + Span::seconds(i64::from(every.first_s));
    let mut left = every.trains.unwrap_or(u32::MAX);
    let of = |d: &Day| {
        let mut out = Vec::new();
        while at < d.end && left > 0 {
            out.push(at);
            at = at + step;
            left -= 1;
        }
        out
    };
    days.iter().map(of).collect()
}
