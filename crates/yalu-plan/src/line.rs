//! Train patterns: a path of stands with the running times of one weight of train.

use crate::network::{Stand, StandId, StandOf, Stretch, StretchId};
use crate::{Draw, load};
use std::collections::{BTreeMap, VecDeque};
use yalu_model::{Corridor, PointId, Resistance as Specific, SectionId, ServiceId};
use yalu_physics::{PathProfile, PathTimes, PhysicsError, Piece, Resistance, Traction, Train};
use yalu_units::IndexVec;

/// Wagons by which train weights are stepped: a train of 12 wagons runs with the times of one of 15.
pub const WAGON_STEP: u32 = 5;
/// Service braking of freight trains, m/s² (closed-form oracle of freight running; assumed).
const SERVICE_BRAKING: f64 = 0.3;
/// Rotating masses of a whole freight train (SUMO's freight train).
const ROTATING_MASS: f64 = 1.06;

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
    /// A train that cannot run its path.
    #[error("{line} with {wagons} wagons cannot run its path")]
    Run {
        /// Service or row of other traffic.
        line: String,
        /// Wagons.
        wagons: u32,
        /// What the physics says.
        source: PhysicsError,
    },
}

/// Whose train pattern it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineKind {
    /// A service.
    Service(ServiceId),
    /// A row of other traffic.
    Traffic(u32),
}

/// A train pattern: one path, one direction, one weight.
#[derive(Clone, Debug)]
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
    /// Stretches between them, with whether each is run in its own direction.
    pub stretches: Vec<(StretchId, bool)>,
    /// Index of the stretch on which it crosses the border.
    pub border_leg: Option<usize>,
    /// Least running times between its stands.
    pub times: PathTimes,
    /// Sections of the path, metres and country: what a draw of line speed scales.
    pub sections: Vec<SectionId>,
}

impl Line {
    /// Length of a train of so many wagons, metres, rounded up.
    pub fn length_m(&self, wagons: u32) -> u32 {
        (self.locomotive_m + self.wagon_m * f64::from(wagons)).ceil() as u32
    }

    /// Factor on its least running times in a replication: slower or faster line by country, and the supplement.
    ///
    /// One draw moves the speeds of all sections of a country together: what is not known of them is not known
    /// for the whole line.
    pub fn factor(&self, c: &Corridor, draw: Draw) -> f64 {
        let mut central = 0.0;
        let mut drawn = 0.0;
        for &s in &self.sections {
            let s = &c.sections[s];
            let country = &c.points[s.from].country;
            central += s.length_m.central() / s.speed_kmh.central();
            drawn += s.length_m.central() / s.speed_kmh.dist.at(draw.level(&format!("line speed.{country}")));
        }
        let supplement = match self.kind {
            LineKind::Service(s) => draw.value(&c.services[s].supplement_percent),
            LineKind::Traffic(_) => TRAFFIC_SUPPLEMENT_PERCENT,
        };
        let slower = if central > 0.0 { drawn / central } else { 1.0 };
        slower * (1.0 + supplement / 100.0)
    }
}

/// Running-time supplement of other trains, percent: the middle of the 3-7 % planners use (UIC 451-1).
const TRAFFIC_SUPPLEMENT_PERCENT: f64 = 5.0;

/// Builds all train patterns of a corridor.
pub(crate) struct LineBuilder<'a> {
    c: &'a Corridor,
    stands: &'a IndexVec<StandId, Stand>,
    of: &'a StandOf,
    /// Sections that join at a point.
    joined: BTreeMap<PointId, Vec<SectionId>>,
    /// The stretch a section belongs to.
    stretch_of: BTreeMap<SectionId, StretchId>,
    stretches: &'a IndexVec<StretchId, Stretch>,
}

/// What a pattern runs with.
struct Consist<'a> {
    kind: LineKind,
    label: String,
    locomotive: &'a yalu_model::Locomotive,
    wagon: &'a yalu_model::Wagon,
    wagons: u32,
    load_t: f64,
    priority: i32,
    forward: bool,
}

impl<'a> LineBuilder<'a> {
    pub(crate) fn new(
        c: &'a Corridor,
        stands: &'a IndexVec<StandId, Stand>,
        stretches: &'a IndexVec<StretchId, Stretch>,
        of: &'a StandOf,
    ) -> Self {
        let mut joined: BTreeMap<PointId, Vec<SectionId>> = BTreeMap::new();
        for (id, s) in c.sections.enumerated() {
            joined.entry(s.from).or_default().push(id);
            joined.entry(s.to).or_default().push(id);
        }
        let stretch_of =
            stretches.enumerated().flat_map(|(id, s)| s.sections.iter().map(move |(x, _)| (*x, id))).collect();
        Self { c, stands, of, joined, stretch_of, stretches }
    }

    /// All patterns: services by weight and direction, then other traffic by direction.
    pub(crate) fn all(&mut self) -> Result<Vec<Line>, PlanError> {
        let mut lines = Vec::new();
        for (id, s) in self.c.services.enumerated() {
            let (wagon, most) = (&self.c.wagons[s.wagon], load::most_wagons(self.c, id));
            for forward in [true, false] {
                if !forward && s.turn.is_none() {
                    continue;
                }
                for wagons in (0..=most.div_ceil(WAGON_STEP)).map(|k| k * WAGON_STEP) {
                    for loaded in [true, false] {
                        if loaded && (!forward || wagons == 0) {
                            continue;
                        }
                        lines.push(self.one(
                            &Consist {
                                kind: LineKind::Service(id),
                                label: format!("service {}", s.id),
                                locomotive: &self.c.locomotives[s.locomotive],
                                wagon,
                                wagons,
                                load_t: if loaded { wagon.payload_t.central() } else { 0.0 },
                                priority: s.priority,
                                forward,
                            },
                            s.from,
                            s.to,
                        )?);
                    }
                }
            }
        }
        for (row, t) in self.c.traffic.iter().enumerate() {
            for forward in [true, false] {
                lines.push(self.one(
                    &Consist {
                        kind: LineKind::Traffic(row as u32),
                        label: format!("traffic {}", t.id),
                        locomotive: &self.c.locomotives[t.locomotive],
                        wagon: &self.c.wagons[t.wagon],
                        wagons: t.wagons,
                        load_t: t.load_t,
                        priority: match t.kind {
                            yalu_model::TrafficKind::Passenger => load::PASSENGER_PRIORITY,
                            yalu_model::TrafficKind::Domestic => load::DOMESTIC_PRIORITY,
                        },
                        forward,
                    },
                    t.from,
                    t.to,
                )?);
            }
        }
        Ok(lines)
    }

    fn one(&self, x: &Consist, from: PointId, to: PointId) -> Result<Line, PlanError> {
        let (from, to) = if x.forward { (from, to) } else { (to, from) };
        let no_path = || PlanError::NoPath {
            line: x.label.clone(),
            from: self.c.points[from].id.clone(),
            to: self.c.points[to].id.clone(),
        };
        let path = self.path(from, to).ok_or_else(no_path)?;
        if path.is_empty() || !self.of.contains_key(&from) || !self.of.contains_key(&to) {
            return Err(no_path());
        }
        let (profile, marks) = self.profile(from, &path);
        let (mut stands, mut positions) = (Vec::new(), Vec::new());
        for &(point, m) in &marks {
            if let Some(&s) = self.of.get(&point) {
                stands.push(s);
                positions.push(m);
            }
        }
        let mut stretches: Vec<(StretchId, bool)> = Vec::new();
        for (section, _) in &path {
            let id = *self.stretch_of.get(section).ok_or_else(no_path)?;
            if stretches.last().is_none_or(|(s, _)| *s != id) {
                let along = self.stretches[id].a == stands[stretches.len()];
                stretches.push((id, along));
            }
        }
        let border_leg = (1..stands.len()).find(|&i| {
            self.c.points[self.stands[stands[i - 1]].point].country
                != self.c.points[self.stands[stands[i]].point].country
        });
        let run = |source| PlanError::Run { line: x.label.clone(), wagons: x.wagons, source };
        let profile = PathProfile::new(profile).map_err(run)?;
        let times = PathTimes::new(&train(x), &profile, &positions).map_err(run)?;
        Ok(Line {
            kind: x.kind,
            forward: x.forward,
            loaded: x.load_t > 0.0,
            wagons: x.wagons,
            locomotive_m: x.locomotive.length_m.central(),
            wagon_m: x.wagon.length_m.central(),
            priority: x.priority,
            stands,
            stretches,
            border_leg: border_leg.map(|i| i - 1),
            times,
            sections: path.iter().map(|(s, _)| *s).collect(),
        })
    }

    /// The path with the fewest metres, as sections with whether each is run in its own direction.
    fn path(&self, from: PointId, to: PointId) -> Option<Vec<(SectionId, bool)>> {
        let mut best: BTreeMap<PointId, (f64, Option<(SectionId, PointId)>)> = BTreeMap::from([(from, (0.0, None))]);
        let mut open = VecDeque::from([from]);
        while let Some(p) = open.pop_front() {
            let here = best[&p].0;
            for &id in self.joined.get(&p).into_iter().flatten() {
                let s = &self.c.sections[id];
                let Some(next) = s.other(p) else { continue };
                let there = here + s.length_m.central();
                if best.get(&next).is_none_or(|(m, _)| there < *m) {
                    best.insert(next, (there, Some((id, p))));
                    open.push_back(next);
                }
            }
        }
        let mut path = Vec::new();
        let mut at = to;
        while let (_, Some((section, before))) = best.get(&at)? {
            path.push((*section, self.c.sections[*section].from == *before));
            at = *before;
        }
        path.reverse();
        Some(path)
    }

    /// Pieces of the path, and where its points lie on it.
    fn profile(&self, from: PointId, path: &[(SectionId, bool)]) -> (Vec<Piece>, Vec<(PointId, f64)>) {
        let (mut pieces, mut marks, mut at_m, mut point) = (Vec::new(), vec![(from, 0.0)], 0.0, from);
        for &(id, along) in path {
            let s = &self.c.sections[id];
            let length = s.length_m.central();
            // The finer profile is cut to the section and turned round when it is run backwards.
            let mut cuts: Vec<f64> = vec![0.0, length];
            cuts.extend(s.profile.iter().flat_map(|p| [p.from_m, p.to_m]).filter(|m| *m > 0.0 && *m < length));
            cuts.sort_by(f64::total_cmp);
            cuts.dedup();
            let mut own: Vec<Piece> = Vec::new();
            for w in cuts.windows(2) {
                let middle = f64::midpoint(w[0], w[1]);
                let fine = s.profile.iter().filter(|p| p.from_m <= middle && middle < p.to_m);
                let (mut gradient, mut speed, mut radius) =
                    (s.gradient_permille.central(), s.speed_kmh.central(), None);
                for p in fine {
                    gradient = p.gradient_permille.unwrap_or(gradient);
                    speed = p.speed_kmh.map_or(speed, |v| v.min(speed));
                    radius = p.curve_radius_m.or(radius);
                }
                own.push(Piece {
                    from_m: w[0],
                    to_m: w[1],
                    gradient_permille: gradient,
                    speed_limit_mps: speed / 3.6,
                    curve_radius_m: radius,
                });
            }
            if !along {
                own.reverse();
                for p in &mut own {
                    (p.from_m, p.to_m) = (length - p.to_m, length - p.from_m);
                    p.gradient_permille = -p.gradient_permille;
                }
            }
            pieces.extend(own.into_iter().map(|p| Piece { from_m: p.from_m + at_m, to_m: p.to_m + at_m, ..p }));
            at_m += length;
            point = s.other(point).unwrap_or(point);
            marks.push((point, at_m));
        }
        (pieces, marks)
    }
}

/// The train of a pattern, at the median of its inputs.
fn train(x: &Consist) -> Train {
    let n = f64::from(x.wagons);
    let locomotive_kg = x.locomotive.mass_t.central() * 1000.0;
    let wagons_kg = n * (x.wagon.tare_t.central() + x.load_t) * 1000.0;
    let of = |r: Specific, kg: f64| Resistance::specific(r.a, r.b, r.c, kg);
    Train {
        mass_kg: locomotive_kg + wagons_kg,
        length_m: x.locomotive.length_m.central() + n * x.wagon.length_m.central(),
        rotating_mass_factor: ROTATING_MASS,
        resistance: of(x.locomotive.resistance, locomotive_kg) + of(x.wagon.resistance, wagons_kg),
        traction: Traction::power(
            x.locomotive.max_force_kn.central() * 1000.0,
            x.locomotive.power_kw.central() * 1000.0,
        ),
        service_braking_mps2: SERVICE_BRAKING,
        max_speed_mps: x.locomotive.max_speed_kmh.central().min(if x.wagons > 0 {
            x.wagon.max_speed_kmh.central()
        } else {
            f64::INFINITY
        }) / 3.6,
    }
}
