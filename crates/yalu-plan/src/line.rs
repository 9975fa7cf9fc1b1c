//! Train patterns: a path of stands with the running times of one weight of train.

use crate::consist::Consist;
use crate::geometry::{self, Part};
use crate::network::{StandId, StretchId};
use crate::times::LineTimes;
use crate::{Draw, Restriction};
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};
use yalu_model::{Corridor, PointId, Quantity, SectionId, ServiceId};
use yalu_physics::{PathProfile, PathTimes, PhysicsError, TIMES_TOLERANCE_MPS, Train, Way};
use yalu_units::Span;

/// Wagons by which train weights are stepped: a train of 12 wagons runs with the times of one of 15.
pub const WAGON_STEP: u32 = 5;

/// Why a corridor cannot be compiled.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Civil days that a zone cannot count.
    #[error("days of zone {zone} cannot be counted over the horizon")]
    Calendar {
        /// The zone.
        zone: String,
    },
    /// No line joins the ends of a path.
    #[error("{line}: no sections of line join {from} and {to} at points where trains can stand")]
    NoPath {
        /// Service or row of other traffic.
        line: String,
        /// First point.
        from: String,
        /// Last point.
        to: String,
    },
    /// A train that would have to leave a point by the way it came.
    #[error("{line}: its path leaves {point} by the way it came, and no stop there says that it reverses")]
    Reversal {
        /// Service or row of other traffic.
        line: String,
        /// The point.
        point: String,
    },
    /// A train that must stop where it fits no track.
    #[error("{line}: a train of {length_m:.0} m stops at {point}, whose longest track has {track_m} m")]
    NoTrack {
        /// Service or row of other traffic.
        line: String,
        /// The point.
        point: String,
        /// Length of the train, metres.
        length_m: f64,
        /// Length of the longest track, metres.
        track_m: u32,
    },
    /// A stop at a point that a path does not pass between its ends.
    #[error("{line}: its path does not pass {point} between its ends, or no train can stand there")]
    NotPassed {
        /// Service or row of other traffic.
        line: String,
        /// The point.
        point: String,
    },
    /// Border stations that cannot be worked.
    #[error("the border cannot be worked: {}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Border {
        /// What is wrong.
        faults: Vec<yalu_border::BorderError>,
    },
    /// A train that cannot run its path.
    #[error("{line} with {wagons} wagons cannot run its path")]
    Run {
        /// Service or row of other traffic.
        line: String,
        /// Wagons.
        wagons: u32,
        /// Section of line where it happens, and metres from its start, where that is known.
        place: Option<(SectionId, f64)>,
        /// What the physics says.
        source: PhysicsError,
    },
}

/// Whose train pattern it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LineKind {
    /// A service.
    Service(ServiceId),
    /// A row of other traffic.
    Traffic(u32),
}

/// A stop that is part of the plan.
#[derive(Clone, Debug)]
pub struct PlannedStop {
    /// Least minutes standing.
    pub minutes: Quantity,
    /// Whether the train reverses.
    pub reverses: bool,
}

/// When a train that nothing hinders is at a stand: running time since its start (before any factor), and the minutes
/// of planned stops before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undisturbed {
    /// Running time, ms.
    pub run_ms: i64,
    /// Planned stops before this stand.
    pub stops_before: u16,
}

/// A train pattern: one path, one direction, one weight.
#[derive(Debug)]
pub struct Line {
    /// Whose it is.
    pub kind: LineKind,
    /// As its service is written, or back.
    pub forward: bool,
    /// Whether its wagons are loaded.
    pub loaded: bool,
    /// Wagons it is computed for.
    pub wagons: u32,
    /// Length of the locomotive, metres.
    pub locomotive_m: f64,
    /// Length of a wagon, metres.
    pub wagon_m: f64,
    /// Dispatching priority.
    pub priority: i32,
    /// Stands of its path.
    pub stands: Vec<StandId>,
    /// Their points.
    pub points: Vec<PointId>,
    /// How long before a signal it must show clear so that the train need not brake, ms: braking from top speed.
    pub approach_ms: i64,
    /// Where its points lie, metres from its begin.
    pub chainage_m: Vec<f64>,
    /// Stretches between them, with whether each is run in its own direction.
    pub stretches: Vec<(StretchId, bool)>,
    /// Index of the stretch on which it crosses the border.
    pub border_leg: Option<usize>,
    /// Stops that are part of its plan, by stand.
    pub stops: Vec<Option<PlannedStop>>,
    /// When a train that nothing hinders is at each stand.
    pub undisturbed: Vec<Undisturbed>,
    /// Least running times between its stands.
    pub times: LineTimes,
    /// Sections of the path: what a draw of line speed scales.
    pub sections: Vec<SectionId>,
    /// Its vehicles.
    pub consist: Consist,
    /// Temporary restrictions of speed on its path: index in the plan, and the leg.
    pub restrictions: Vec<(u16, usize)>,
    pub(crate) parts: Arc<Vec<Part>>,
    pub(crate) restricted: RwLock<BTreeMap<Vec<u16>, Arc<LineTimes>>>,
}

/// Running-time supplement of other trains, percent: the middle of the 3-7 % planners use (UIC 451-1).
const TRAFFIC_SUPPLEMENT_PERCENT: f64 = 5.0;

impl Line {
    /// Length of a train of so many wagons, metres, rounded up.
    pub fn length_m(&self, wagons: u32) -> u32 {
        (self.locomotive_m + self.wagon_m * f64::from(wagons)).ceil() as u32
    }

    /// Its parts without reversing, in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Factor on its least running times in a replication: slower or faster line by country, and the supplement.
    ///
    /// One draw moves the speeds of all sections of a country together: what is not known of them is not known
    /// for the whole line.
    pub fn factor(&self, c: &Corridor, draw: Draw) -> f64 {
        let mut central = 0.0;
        let mut drawn = 0.0;
        for &s in &self.sections {
            let s = &c.line.sections[s];
            let country = &c.line.points[s.from].country;
            central += s.length_m.central() / s.speed_kmh.central();
            drawn += s.length_m.central() / s.speed_kmh.dist.at(draw.level(&format!("line speed.{country}")));
        }
        let supplement = match self.kind {
            LineKind::Service(s) => draw.value(&c.trains.services[s].supplement_percent),
            LineKind::Traffic(_) => TRAFFIC_SUPPLEMENT_PERCENT,
        };
        let slower = if central > 0.0 { drawn / central } else { 1.0 };
        slower * (1.0 + supplement / 100.0)
    }

    /// When a train that nothing hinders is at each stand, after its departure: its running times by a factor in
    /// millionths, and its planned stops.
    pub fn due(&self, factor_ppm: i64, dwell: &[Option<Span>]) -> Vec<Span> {
        let stops: Vec<Span> = dwell.iter().flatten().copied().collect();
        let before = |n: u16| stops.iter().take(usize::from(n)).fold(Span(0), |a, b| a + *b);
        self.undisturbed.iter().map(|u| scaled(u.run_ms, factor_ppm) + before(u.stops_before)).collect()
    }

    /// Least standing at each stand, where it must stop, in a replication.
    pub fn dwell(&self, draw: Draw) -> Vec<Option<Span>> {
        let span = |s: &PlannedStop| Span::from_seconds(draw.value(&s.minutes) * 60.0);
        self.stops.iter().map(|s| s.as_ref().map(span)).collect()
    }

    /// The factor on its running times in a replication, in millionths.
    pub fn factor_ppm(&self, c: &Corridor, draw: Draw) -> i64 {
        (self.factor(c, draw) * 1e6).round() as i64
    }

    /// The times of a train of this pattern whose wagons carry a load of their own (tonnes), or which meets some of the
    /// restrictions of speed on its path.
    pub fn own_times(
        &self,
        c: &Corridor,
        active: &[&Restriction],
        load_t: Option<f64>,
    ) -> Result<LineTimes, PhysicsError> {
        let train = self.consist.train_with(load_t.unwrap_or(self.consist.load_t))?;
        if active.is_empty() {
            return times(&self.parts, &train);
        }
        let mut parts: Vec<Part> = self.parts.as_ref().clone();
        for part in &mut parts {
            for r in active {
                part.pieces = geometry::restrict(part, c, r.section, r.from_m, r.to_m, r.speed_kmh / 3.6);
            }
        }
        times(&parts, &train)
    }

    /// The times under some restrictions of speed (indices in the plan), computed when they are first asked for.
    pub fn restricted(&self, c: &Corridor, all: &[Restriction], active: &[u16]) -> Option<Arc<LineTimes>> {
        if let Some(t) = self.restricted.read().ok()?.get(active) {
            return Some(t.clone());
        }
        let of: Vec<&Restriction> = active.iter().filter_map(|i| all.get(usize::from(*i))).collect();
        let made = Arc::new(self.own_times(c, &of, None).ok()?);
        Some(self.restricted.write().ok()?.entry(active.to_vec()).or_insert(made).clone())
    }
}

/// A running time by a factor in millionths, to the nearest millisecond.
pub fn scaled(ms: i64, factor_ppm: i64) -> Span {
    if factor_ppm == 1_000_000 { Span(ms) } else { Span((ms * factor_ppm + 500_000) / 1_000_000) }
}

/// Times of a train over the parts of a path.
pub(crate) fn times(parts: &[Part], train: &Train) -> Result<LineTimes, PhysicsError> {
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        let profile = PathProfile::new(part.pieces.clone())?;
        let start_m = train.length_m.min(part.places[0].stop_m);
        let way = Way::under(&profile, train.length_m, train.gradient)?;
        way.held_by_brakes(train)?;
        let (places, blocks) = (part.places.clone(), part.blocks.clone());
        let t = PathTimes::on(train, &way, start_m, places, blocks, TIMES_TOLERANCE_MPS)?;
        out.push((part.first, t));
    }
    Ok(LineTimes::new(out))
}
