//! The reference train: which service capacity is told for, and how its train comes back.

use crate::CapacityStudyError;
use yalu_model::{Corridor, LocomotiveId, PointId, SectionId, ServiceId, ServiceKind, WagonId};
use yalu_plan::{Line, LineKind, Plan, StretchId};
use yalu_units::Idx;

/// How the train of a service comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComesBack {
    /// The service turns: the same wagons, empty.
    Empty,
    /// As a train of the service that runs the path the other way.
    As(ServiceId),
    /// Nothing says how: the same train, as loaded as out (assumed).
    Alike,
}

/// A train, one way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceTrain {
    /// The service its supplement is taken from.
    pub service: ServiceId,
    /// Locomotive.
    pub locomotive: LocomotiveId,
    /// Wagon.
    pub wagon: WagonId,
    /// Wagons: the middle of the greatest number.
    pub wagons: u32,
    /// Load of a wagon, tonnes; 0 for empty.
    pub load_t: f64,
    /// Length over all, metres.
    pub length_m: f64,
}

impl ReferenceTrain {
    /// Net load, tonnes.
    pub fn net_t(&self) -> f64 {
        f64::from(self.wagons) * self.load_t
    }

    fn new(c: &Corridor, id: ServiceId, loaded: bool) -> Self {
        let s = &c.trains.services[id];
        let wagons = s.max_wagons.central().round() as u32;
        let payload = || c.trains.wagons[s.wagon].payload_t.central();
        let load_t = if loaded { s.load_t.as_ref().map_or_else(payload, yalu_model::Quantity::central) } else { 0.0 };
        let engine_m = |id: LocomotiveId| c.trains.locomotives[id].length_m.central();
        let helpers = s.helpers.iter().map(|h| f64::from(h.count) * engine_m(h.locomotive));
        let length_m = engine_m(s.locomotive)
            + helpers.sum::<f64>()
            + f64::from(wagons) * c.trains.wagons[s.wagon].length_m.central();
        Self { service: id, locomotive: s.locomotive, wagon: s.wagon, wagons, load_t, length_m }
    }
}

/// The reference train and its path.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Out, loaded.
    pub out: ReferenceTrain,
    /// Back.
    pub back: ReferenceTrain,
    /// How it comes back.
    pub comes_back: ComesBack,
    /// Points where trains can stand, in the order of the train out.
    pub points: Vec<PointId>,
    /// Stretches between them in the whole plan.
    pub(crate) stretches: Vec<StretchId>,
    /// Sections of each of them, in the order of the train out.
    pub(crate) sections: Vec<Vec<SectionId>>,
    /// Index of the stretch on which it crosses the border.
    pub border: Option<usize>,
}

impl Reference {
    /// Length of a stretch, metres from stand to stand; 0 beyond the last.
    pub fn length_m(&self, c: &Corridor, stretch: usize) -> f64 {
        let own = self.sections.get(stretch).into_iter().flatten();
        own.map(|s| c.line.sections[*s].length_m.central()).sum()
    }
}

/// The services capacity is told for when none is named: each freight service, without those another comes back as.
pub fn reference_services(c: &Corridor, plan: &Plan) -> Vec<ServiceId> {
    let mut taken: Vec<ServiceId> = Vec::new();
    let mut backs: Vec<ServiceId> = Vec::new();
    for (id, s) in c.trains.services.enumerated() {
        if s.kind != ServiceKind::Freight || backs.contains(&id) {
            continue;
        }
        if s.turn.is_none()
            && let Some(back) = opposite(c, plan, id)
        {
            backs.push(back);
        }
        taken.push(id);
    }
    taken
}

/// The reference train of a service.
pub(crate) fn reference(c: &Corridor, plan: &Plan, id: ServiceId) -> Result<Reference, CapacityStudyError> {
    let s = &c.trains.services[id];
    let line = forward(plan, id).ok_or_else(|| CapacityStudyError::NoLine { service: s.id.clone() })?;
    if let Some(at) = line.stops.iter().position(|x| x.as_ref().is_some_and(|x| x.reverses)) {
        let point = c.line.points[line.points[at]].id.clone();
        return Err(CapacityStudyError::Reverses { service: s.id.clone(), point });
    }
    let mut seen = line.stretches.clone();
    seen.sort_unstable();
    if seen.windows(2).any(|w| w[0].0 == w[1].0) {
        return Err(CapacityStudyError::Twice { service: s.id.clone() });
    }
    let (comes_back, back) = match (&s.turn, opposite(c, plan, id)) {
        (Some(_), _) => (ComesBack::Empty, ReferenceTrain::new(c, id, false)),
        (None, Some(other)) => (ComesBack::As(other), ReferenceTrain::new(c, other, true)),
        (None, None) => (ComesBack::Alike, ReferenceTrain::new(c, id, true)),
    };
    let along = |&(stretch, along): &(StretchId, bool)| {
        let own = plan.stretches[stretch].sections.iter().map(|(x, _)| *x);
        if along { own.collect() } else { own.rev().collect() }
    };
    Ok(Reference {
        out: ReferenceTrain::new(c, id, true),
        back,
        comes_back,
        points: line.points.clone(),
        stretches: line.stretches.iter().map(|x| x.0).collect(),
        sections: line.stretches.iter().map(along).collect(),
        border: line.border_leg,
    })
}

/// The service that runs the path of another the other way.
fn opposite(c: &Corridor, plan: &Plan, id: ServiceId) -> Option<ServiceId> {
    let own = forward(plan, id)?;
    let back = |other: ServiceId| {
        forward(plan, other).is_some_and(|l| l.stands.iter().rev().eq(own.stands.iter()))
            && c.trains.services[other].kind == c.trains.services[id].kind
            && c.trains.services[other].turn.is_none()
    };
    c.trains.services.ids().find(|&other| other != id && back(other))
}

/// A service's pattern out: loaded and heaviest.
pub(crate) fn forward(plan: &Plan, id: ServiceId) -> Option<&Line> {
    let own = |l: &&Line| l.forward && matches!(l.kind, LineKind::Service(x) if x.index() == id.index());
    plan.lines.iter().filter(own).max_by_key(|l| (l.loaded, l.wagons))
}
