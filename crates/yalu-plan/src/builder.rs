//! Building train patterns: path, geometry and running times of each weight of train.

use crate::consist::Consist;
use crate::geometry::{self, Mark, Part};
use crate::line::{Line, LineKind, PlanError, PlannedStop, Undisturbed, WAGON_STEP, times};
use crate::network::{self, Leg, Stand, StandId, StandOf, Stretch, StretchId};
use crate::{Restriction, load};
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};
use yalu_model::{Corridor, PointId, SectionId, Service, ServiceId, Stop};
use yalu_physics::PhysicsError;
use yalu_units::IndexVec;

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
    restrictions: &'a [Restriction],
}

/// A pattern to build.
struct Wanted<'a> {
    kind: LineKind,
    label: String,
    priority: i32,
    forward: bool,
    loaded: bool,
    /// First and last point, as written.
    ends: (PointId, PointId),
    stops: &'a [Stop],
}

/// A path, the same for all weights.
#[derive(Clone)]
struct Path {
    stands: Vec<StandId>,
    chainage_m: Vec<f64>,
    stretches: Vec<(StretchId, bool)>,
    sections: Vec<SectionId>,
    stops: Vec<Option<PlannedStop>>,
    parts: Arc<Vec<Part>>,
}

impl<'a> LineBuilder<'a> {
    pub(crate) fn new(
        c: &'a Corridor,
        stands: &'a IndexVec<StandId, Stand>,
        stretches: &'a IndexVec<StretchId, Stretch>,
        of: &'a StandOf,
        restrictions: &'a [Restriction],
    ) -> Self {
        let joined = network::joined(c);
        let stretch_of =
            stretches.enumerated().flat_map(|(id, s)| s.sections.iter().map(move |(x, _)| (*x, id))).collect();
        Self { c, stands, of, joined, stretch_of, stretches, restrictions }
    }

    /// All patterns: services by weight and direction, then other traffic by direction.
    pub(crate) fn all(&self) -> Result<Vec<Line>, PlanError> {
        let mut lines = Vec::new();
        for (id, s) in self.c.trains.services.enumerated() {
            self.service(id, s, &mut lines)?;
        }
        for row in 0..self.c.line.traffic.len() {
            self.traffic(row, &mut lines)?;
        }
        Ok(lines)
    }

    /// What stands in the way of each service and row of other traffic: the first fault of each.
    pub(crate) fn faults(&self) -> Vec<(LineKind, PlanError)> {
        let services = self
            .c
            .trains
            .services
            .enumerated()
            .map(|(id, s)| (LineKind::Service(id), self.service(id, s, &mut Vec::new())));
        let traffic =
            (0..self.c.line.traffic.len()).map(|r| (LineKind::Traffic(r as u32), self.traffic(r, &mut Vec::new())));
        services.chain(traffic).filter_map(|(kind, made)| Some((kind, made.err()?))).collect()
    }

    fn traffic(&self, row: usize, lines: &mut Vec<Line>) -> Result<(), PlanError> {
        let t = &self.c.line.traffic[row];
        for forward in [true, false] {
            let wanted = Wanted {
                kind: LineKind::Traffic(row as u32),
                label: format!("traffic {}", t.id),
                priority: match t.kind {
                    yalu_model::TrafficKind::Passenger => load::PASSENGER_PRIORITY,
                    yalu_model::TrafficKind::Domestic => load::DOMESTIC_PRIORITY,
                },
                forward,
                loaded: t.load_t > 0.0,
                ends: (t.from, t.to),
                stops: &[],
            };
            let path = self.path(&wanted)?;
            let consist = Consist::new(self.c, t.locomotive, &[], t.wagon, t.wagons, t.load_t);
            lines.push(self.line(&wanted, &path, consist, &[])?);
        }
        Ok(())
    }

    fn service(&self, id: ServiceId, s: &Service, lines: &mut Vec<Line>) -> Result<(), PlanError> {
        let weights: Vec<(u32, bool)> = if load::plain(self.c, id) {
            vec![(s.max_wagons.central().round() as u32, true)]
        } else {
            let steps = (0..=load::most_wagons(self.c, id).div_ceil(WAGON_STEP)).map(|k| k * WAGON_STEP);
            steps.flat_map(|w| [(w, true), (w, false)]).collect()
        };
        for forward in [true, false] {
            if !forward && s.turn.is_none() {
                continue;
            }
            let mut path = None;
            for &(wagons, loaded) in &weights {
                if loaded && (!forward || wagons == 0) && !load::plain(self.c, id) {
                    continue;
                }
                let wanted = wanted(id, s, forward, loaded, &s.stops);
                if path.is_none() {
                    path = Some(self.path(&wanted)?);
                }
                let Some(path) = &path else { continue };
                let others = match &s.load_t {
                    Some(q) if loaded => vec![q.low(), q.high()],
                    _ => Vec::new(),
                };
                lines.push(self.line(&wanted, path, consist(self.c, id, wagons, loaded), &others)?);
            }
        }
        Ok(())
    }

    /// The pattern of one train of a service that stops where its service does and at some points more.
    pub(crate) fn one(&self, x: &crate::single::Wish) -> Result<Line, PlanError> {
        let s = &self.c.trains.services[x.service];
        let own = wanted(x.service, s, x.forward, x.loaded, &s.stops);
        let mut path = self.path(&own)?;
        if !x.stops.is_empty() {
            let at = |k: &usize| path.stops[*k].is_some();
            let mut order: Vec<usize> = (0..path.stands.len()).filter(at).collect();
            if !x.forward {
                order.reverse();
            }
            let mut stops: Vec<(usize, Stop)> = order.into_iter().zip(s.stops.iter().cloned()).collect();
            for stop in x.stops {
                let not_passed = || PlanError::NotPassed {
                    line: own.label.clone(),
                    point: self.c.line.points[stop.point].id.clone(),
                };
                let stand = self.of.get(&stop.point).ok_or_else(not_passed)?;
                let last = path.stands.len() - 1;
                let k = path.stands[1..last].iter().position(|p| p == stand).ok_or_else(not_passed)? + 1;
                if stops.iter().all(|x| x.0 != k) {
                    stops.push((k, stop.clone()));
                }
            }
            stops.sort_by_key(|x| x.0);
            if !x.forward {
                stops.reverse();
            }
            let stops: Vec<Stop> = stops.into_iter().map(|x| x.1).collect();
            path = self.path(&wanted(x.service, s, x.forward, x.loaded, &stops))?;
        }
        self.line(&own, &path, x.consist(self.c), &[])
    }

    /// A pattern; `others` are loads that some of its trains can have.
    fn line(&self, x: &Wanted, path: &Path, consist: Consist, others: &[f64]) -> Result<Line, PlanError> {
        let length_m = consist.length_m();
        for (k, stand) in path.stands.iter().enumerate() {
            let stand = &self.stands[*stand];
            let track_m = stand.tracks_m.iter().copied().max().unwrap_or(0);
            if path.stops[k].is_some() && length_m > f64::from(track_m) {
                let point = self.c.line.points[stand.point].id.clone();
                return Err(PlanError::NoTrack { line: x.label.clone(), point, length_m, track_m });
            }
        }
        let fails = |source: PhysicsError| self.fails(x, path, consist.wagons, source);
        let train = consist.train().map_err(fails)?;
        let least = times(&path.parts, &train).map_err(fails)?;
        for &load_t in others {
            let train = consist.train_with(load_t).map_err(fails)?;
            times(&path.parts, &train).map_err(fails)?;
        }
        let country = |k: usize| &self.c.line.points[self.stands[path.stands[k]].point].country;
        let border_leg = (1..path.stands.len()).find(|&i| country(i - 1) != country(i)).map(|i| i - 1);
        let mut restrictions = Vec::new();
        for (leg, (stretch, _)) in path.stretches.iter().enumerate() {
            for (i, r) in self.restrictions.iter().enumerate() {
                if r.stretch == *stretch {
                    restrictions.push((i as u16, leg));
                }
            }
        }
        let (locomotive_m, wagon_m) = consist.lengths_m();
        let line = Line {
            kind: x.kind,
            forward: x.forward,
            loaded: x.loaded && consist.load_t > 0.0,
            wagons: consist.wagons,
            locomotive_m,
            wagon_m,
            priority: x.priority,
            undisturbed: undisturbed(path, &least),
            stands: path.stands.clone(),
            points: path.stands.iter().map(|s| self.stands[*s].point).collect(),
            approach_ms: (train.max_speed_mps / train.service_braking_mps2 * 1000.0) as i64,
            chainage_m: path.chainage_m.clone(),
            stretches: path.stretches.clone(),
            border_leg,
            stops: path.stops.clone(),
            times: least,
            sections: path.sections.clone(),
            consist,
            restrictions,
            parts: path.parts.clone(),
            restricted: RwLock::new(BTreeMap::new()),
        };
        // A train that slows down may be unable to climb what it else takes with speed.
        for (i, r) in self.restrictions.iter().enumerate() {
            if line.restrictions.iter().any(|x| usize::from(x.0) == i) {
                for load_t in std::iter::once(None).chain(others.iter().copied().map(Some)) {
                    line.own_times(self.c, &[r], load_t).map_err(|e| self.fails(x, path, line.consist.wagons, e))?;
                }
            }
        }
        Ok(line)
    }

    fn fails(&self, x: &Wanted, path: &Path, wagons: u32, source: PhysicsError) -> PlanError {
        let place = match source {
            PhysicsError::Stall { at_m, .. } | PhysicsError::RunsAway { at_m, .. } => self.section_at(path, at_m),
            _ => None,
        };
        PlanError::Run { line: x.label.clone(), wagons, place, source }
    }

    /// The section of line under a place of the first part on which it lies.
    fn section_at(&self, path: &Path, at_m: f64) -> Option<(SectionId, f64)> {
        let part = path.parts.iter().find(|p| p.pieces.last().is_some_and(|q| q.to_m >= at_m))?;
        let &(id, begin, along) = part.sections.iter().rev().find(|(_, begin, _)| *begin <= at_m)?;
        let into = at_m - begin;
        Some((id, if along { into } else { self.c.line.sections[id].length_m.central() - into }))
    }

    fn path(&self, x: &Wanted) -> Result<Path, PlanError> {
        let name = |p: PointId| self.c.line.points[p].id.clone();
        let mut points = vec![x.ends.0];
        points.extend(x.stops.iter().map(|s| s.point));
        points.push(x.ends.1);
        let mut stops: Vec<Option<&Stop>> = vec![None];
        stops.extend(x.stops.iter().map(Some));
        stops.push(None);
        if !x.forward {
            points.reverse();
            stops.reverse();
        }
        let mut out = Path {
            stands: Vec::new(),
            chainage_m: Vec::new(),
            stretches: Vec::new(),
            sections: Vec::new(),
            stops: Vec::new(),
            parts: Arc::new(Vec::new()),
        };
        let mut parts: Vec<Part> = Vec::new();
        // Legs of the part at hand, its first point, and where it begins on the whole path.
        let (mut legs, mut begin, mut begin_m): (Leg, PointId, f64) = (Vec::new(), points[0], 0.0);
        for i in 1..points.len() {
            let (from, to) = (points[i - 1], points[i]);
            let no_path = || PlanError::NoPath { line: x.label.clone(), from: name(from), to: name(to) };
            if !self.of.contains_key(&from) || !self.of.contains_key(&to) {
                return Err(no_path());
            }
            let leg =
                network::shortest(self.c, &self.joined, from, to).filter(|l| !l.is_empty()).ok_or_else(no_path)?;
            let comes_back = legs.last().is_some_and(|l| leg.first().is_some_and(|f| f.0 == l.0));
            let reverses = stops[i - 1].is_some_and(|s| s.reverses);
            if comes_back && !reverses {
                return Err(PlanError::Reversal { line: x.label.clone(), point: name(from) });
            }
            if reverses {
                begin_m = self.part(&mut out, &mut parts, begin, &legs, begin_m).ok_or_else(no_path)?;
                (legs, begin) = (Vec::new(), from);
            }
            legs.extend(leg);
        }
        let ends = || PlanError::NoPath { line: x.label.clone(), from: name(x.ends.0), to: name(x.ends.1) };
        self.part(&mut out, &mut parts, begin, &legs, begin_m).ok_or_else(ends)?;
        // Stops in the order of the path, at the first stand on or after the one before.
        out.stops = vec![None; out.stands.len()];
        let mut at = 0;
        for s in stops.iter().flatten() {
            let stand = self.of[&s.point];
            at = (at + 1..out.stands.len()).find(|&k| out.stands[k] == stand).ok_or_else(ends)?;
            out.stops[at] = Some(PlannedStop { minutes: s.minutes.clone(), reverses: s.reverses });
        }
        out.parts = Arc::new(parts);
        Ok(out)
    }

    /// Adds a part of a path run without reversing; tells where it ends.
    fn part(&self, out: &mut Path, parts: &mut Vec<Part>, from: PointId, legs: &Leg, begin_m: f64) -> Option<f64> {
        let (pieces, points, sections) = geometry::pieces(self.c, from, legs);
        let marks: Vec<Mark> =
            points.iter().filter_map(|(p, m)| self.of.get(p).map(|&stand| Mark { stand, at_m: *m })).collect();
        let first = out.stands.len().saturating_sub(1);
        if marks.len() < 2 {
            return None;
        }
        let skip = usize::from(!out.stands.is_empty());
        out.stands.extend(marks.iter().skip(skip).map(|m| m.stand));
        out.chainage_m.extend(marks.iter().skip(skip).map(|m| begin_m + m.at_m));
        let mut own: Vec<(StretchId, bool)> = Vec::new();
        for (section, _) in legs {
            let id = *self.stretch_of.get(section)?;
            if own.last().is_none_or(|(s, _)| *s != id) {
                let along = self.stretches[id].a == marks.get(own.len())?.stand;
                own.push((id, along));
            }
        }
        if own.len() + 1 != marks.len() {
            return None;
        }
        out.stretches.extend(own);
        out.sections.extend(legs.iter().map(|(s, _)| *s));
        let places = geometry::places(self.stands, &marks);
        let blocks = geometry::blocks(self.c, &sections, &places, &marks);
        let end = points.last().map_or(0.0, |p| p.1);
        parts.push(Part { first, pieces, places, blocks, sections });
        Some(begin_m + end)
    }
}

fn wanted<'a>(id: ServiceId, s: &Service, forward: bool, loaded: bool, stops: &'a [Stop]) -> Wanted<'a> {
    Wanted {
        kind: LineKind::Service(id),
        label: format!("service {}", s.id),
        priority: s.priority,
        forward,
        loaded,
        ends: (s.from, s.to),
        stops,
    }
}

/// So many wagons of a service behind its locomotive, at the median of their inputs.
pub(crate) fn consist(c: &Corridor, id: ServiceId, wagons: u32, loaded: bool) -> Consist {
    let s = &c.trains.services[id];
    let wagon = &c.trains.wagons[s.wagon];
    let load_t = match &s.load_t {
        _ if !loaded => 0.0,
        Some(q) => q.central(),
        None => wagon.payload_t.central(),
    };
    Consist::new(c, s.locomotive, &s.helpers, s.wagon, wagons, load_t)
}

/// When a train that nothing hinders is at each stand: it passes all but its planned stops and its end.
fn undisturbed(path: &Path, times: &crate::LineTimes) -> Vec<Undisturbed> {
    let last = path.stands.len() - 1;
    let (mut from, mut base, mut stops) = (0, 0, 0);
    let mut out = vec![Undisturbed::default()];
    for k in 1..=last {
        let t = times.at(from, k);
        let stands = k == last || path.stops[k].is_some();
        let run_ms = base + if stands { t.stop_ms } else { t.pass_ms };
        out.push(Undisturbed { run_ms, stops_before: stops });
        if path.stops[k].is_some() {
            (from, base, stops) = (k, run_ms, stops + 1);
        }
    }
    out
}
