//! What a corridor is: line, rolling stock, services, border procedures, goods and rules, trade, regimes, reports.
//!
//! Plain data, already checked. Every quantity knows its range and where it comes from.
mod border;
mod disturbances;
mod draw;
mod evidence;
mod hs;
mod network;
mod procedure;
mod quantity;
mod services;
mod trade;
mod words;

pub use border::{AcceptanceQuota, BorderStation, HoldPlace, OpeningHours, QuotaPer, Resource, ResourceKind};
pub use disturbances::{
    CutWhen, Disturbances, EntryDelay, FailureWhen, GradientRead, LocomotiveFailure, Operation, Possession, PowerCut,
    SpeedRestriction,
};
pub use draw::Draw;
pub use evidence::{
    ACTING_WORDS, ALL_LAND, ALL_MODES, About, Allotment, Ban, Claim, Crossing, Mode, ModelFigure, Observed, Precision,
    Regime, Report, Restriction, SOURCE_TYPES, SeenTrain, State, Story, StoryClaim, StoryQuestion,
};
pub use hs::{HsCode, HsError};
pub use network::{LatLon, OperationalPoint, PointKind, ProfilePiece, Section, Traffic, TrafficKind, Zone};
pub use procedure::{
    Activity, Batch, Clock, Duration, Keeps, RedChannel, Release, Shape, StartRule, Subject, TrackUse, Use, UsePer,
};
pub use quantity::{Basis, Dist, Quantity};
pub use services::{
    Adhesion, EnginePlace, Every, Helpers, Locomotive, RailRoute, Resistance, Route, RouteLimits, Service, ServiceKind,
    Stop, Supply, Tbt1407, Turn, Wagon,
};
pub use trade::{Consignment, DemandFactor, Direction, Documents, Flags, Good, PerDirection, Rule};
pub use words::Words;

use yalu_units::{IndexVec, Instant, Span, ids};

ids! {
    PointId "An operational point."
    SectionId "A section of line between two neighbouring operational points."
    LocomotiveId "A class of locomotive."
    WagonId "A class of wagon."
    ServiceId "A service: trains that run a path on a calendar."
    RouteId "A way for goods across the border: rail, road, sea."
    CrossingId "A border crossing in one mode, the thing that opens and shuts."
    GoodId "A commodity group."
    StationId "A border station."
    HoldId "A quarantine hold."
    ZoneId "A civil time zone."
}

/// A corridor, read from a scenario folder and checked.
#[derive(Clone, Debug)]
pub struct Corridor {
    /// What the corridor is called and who speaks of it.
    pub about: Heading,
    /// The time simulated, and the civil zones in which it is told.
    pub horizon: Horizon,
    /// How a run draws when the caller says nothing.
    pub sampling: Sampling,
    /// The railway line, the trains of others on it, and what disturbs it.
    pub line: Infrastructure,
    /// What carries goods by rail: rolling stock, and the services that use it.
    pub trains: Haulage,
    /// What stands at the border, and what it lets through when.
    pub border: Frontier,
    /// Who wants to send what by which way, and what the law refuses.
    pub trade: Commerce,
    /// What was published of the corridor.
    pub record: Evidence,
    /// Every numeric input by its path, in file order, for provenance.
    pub inputs: Vec<(String, Basis)>,
    /// Of these, the numbers that have a range, in file order: what replications draw.
    pub uncertain: Vec<Quantity>,
}

/// What the corridor is called and who speaks of it.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Short name, as in file names (`corridor.id`).
    pub id: String,
    /// Name for people (`corridor.title`).
    pub title: String,
    /// The two countries, exporter of the first direction first (`CN`, `KP`).
    pub countries: [String; 2],
    /// Attribution lines for data of others.
    pub attribution: Vec<String>,
    /// What the model is known to get wrong, in the author's words.
    pub wrong: Vec<String>,
    /// The day the report opens with.
    pub story: Option<Story>,
}

/// The time simulated, and the civil zones in which it is told.
#[derive(Clone, Debug)]
pub struct Horizon {
    /// First instant of the horizon: local midnight at the border.
    pub from: Instant,
    /// End of the horizon (exclusive): local midnight at the border.
    pub to: Instant,
    /// The zone in which months and days of the border are counted.
    pub zone: ZoneId,
    /// Civil time zones used.
    pub zones: IndexVec<ZoneId, Zone>,
}

/// How a run draws when the caller says nothing.
#[derive(Clone, Debug)]
pub struct Sampling {
    /// Seed of the scenario's random streams.
    pub seed: u64,
    /// Replications when the caller names none.
    pub replications: u32,
}

/// The railway line, the trains of others on it, and what disturbs it.
#[derive(Clone, Debug)]
pub struct Infrastructure {
    /// Operational points, in file order.
    pub points: IndexVec<PointId, OperationalPoint>,
    /// Sections of line, in file order.
    pub sections: IndexVec<SectionId, Section>,
    /// Other trains.
    pub traffic: Vec<Traffic>,
    /// Rules of operation on the line.
    pub operation: Operation,
    /// What disturbs the line.
    pub disturbances: Disturbances,
}

/// What carries goods by rail: rolling stock, and the services that use it.
#[derive(Clone, Debug)]
pub struct Haulage {
    /// Locomotive classes.
    pub locomotives: IndexVec<LocomotiveId, Locomotive>,
    /// Wagon classes.
    pub wagons: IndexVec<WagonId, Wagon>,
    /// Services.
    pub services: IndexVec<ServiceId, Service>,
}

/// What stands at the border, and what it lets through when.
#[derive(Clone, Debug, Default)]
pub struct Frontier {
    /// Border stations.
    pub stations: IndexVec<StationId, BorderStation>,
    /// Quarantine holds.
    pub holds: IndexVec<HoldId, HoldPlace>,
    /// Crossings.
    pub crossings: IndexVec<CrossingId, Crossing>,
    /// Dated service states, by crossing then start.
    pub regimes: Vec<Regime>,
}

/// Who wants to send what by which way, and what the law refuses.
#[derive(Clone, Debug)]
pub struct Commerce {
    /// Routes for goods.
    pub routes: IndexVec<RouteId, Route>,
    /// Commodity groups.
    pub goods: IndexVec<GoodId, Good>,
    /// Dated factors on demand.
    pub demand_factors: Vec<DemandFactor>,
    /// Laws and rules.
    pub rules: Vec<Rule>,
    /// Consignments that someone means to send.
    pub consignments: Vec<Consignment>,
    /// Days after which shippers know a wait (lag of perceived waits).
    pub reaction_days: Quantity,
    /// Weight of a USD per tonne of generalised cost in route choice.
    pub choice_theta_per_usd: Quantity,
    /// Habits of trade that a calibration accepted: values of the parameters by accepted run (docs/calibration.md); empty where
    /// nothing was calibrated.
    pub accepted_habits: Vec<Vec<f64>>,
}

/// What was published of the corridor.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Reports, as published.
    pub reports: Vec<Report>,
    /// Reported monthly values, to stand beside the simulated ones.
    pub observed: Vec<Observed>,
}

/// A limit on demand that began this near to a quarantine came with it.
const WITH_IT: Span = Span::days(31);

impl Corridor {
    /// From when rules refuse a good: they must cover each of its headings. Exempt goods are never refused.
    pub fn refused_from(&self, good: &Good) -> Option<Instant> {
        if good.hs.is_empty() || good.flags.exempt {
            return None;
        }
        let mut latest = Instant::NEVER;
        for &hs in &good.hs {
            let rules = self.trade.rules.iter().filter(|r| r.refuses(good.direction, hs));
            latest = latest.max(rules.map(|r| r.from.unwrap_or(Instant::NEVER)).min()?);
        }
        Some(latest)
    }

    /// Ends the horizon at a midnight, and the regimes that reach beyond; does nothing where it ends before.
    pub fn end_at(&mut self, to: Instant) {
        self.horizon.to = self.horizon.to.min(to);
        let end = self.horizon.to;
        self.border.regimes.retain(|r| r.from < end);
        for r in &mut self.border.regimes {
            r.to = r.to.min(end);
        }
    }

    /// Whether a dated factor on demand came with a quarantine, within a month of its begin.
    pub fn comes_with_quarantine(&self, factor: &DemandFactor) -> bool {
        let mut quarantines = self.border.regimes.iter().filter(|r| r.restrictions.iter().any(|w| w == "quarantine"));
        quarantines.any(|r| (r.from - factor.from).0.abs() <= WITH_IT.0)
    }
}
