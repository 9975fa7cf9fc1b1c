//! The stretch of line a diagram is drawn along.

use super::View;
use super::lanes::{Lane, lanes};
use crate::drawn::colour;
use yalu_chart::{Colour, Station};
use yalu_model::{Corridor, CrossingId, PointId, PointKind, SectionId, ServiceId, ServiceKind};
use yalu_plan::{Line, LineKind, way};

/// Points of a way with their kilometres, and the lanes of its border stations.
pub struct Axis {
    /// Points in order, km from the first.
    pub points: Vec<(PointId, f64)>,
    /// Sections between them, with whether each runs down the axis.
    pub sections: Vec<(SectionId, bool)>,
    /// Lanes by station.
    pub lanes: Vec<(PointId, Vec<Lane>)>,
    /// Colour of freight trains.
    pub colour: Colour,
    /// The crossing its trains take over the border, if they do.
    pub crossing: Option<CrossingId>,
}

impl Axis {
    /// The way of the first rail route with trains over the border and onward; without one, the longest service that
    /// the story's crossing has, or else the longest freight service, and services that go on from its ends.
    pub fn chosen(v: &View) -> Option<Axis> {
        if let Some((route, rail)) = v.c.trade.routes.iter().find_map(|x| Some((x, x.rail.as_ref()?))) {
            let mut axis = Axis::along(v, rail.over_border)?;
            if let Some(onward) = rail.onward.and_then(|s| v.line(s))
                && axis.last() == onward.points.first().copied()
            {
                axis.extend(v.c, &onward.sections);
            }
            axis.lanes = lanes(v.c, route.exports(), rail, &axis.points);
            axis.colour = colour(&route.colour);
            return Some(axis);
        }
        let story = v.c.about.story.as_ref().map(|s| s.crossing);
        let crosses = |s: ServiceId| story.is_some() && v.c.trains.services[s].crossing == story;
        let freight = |s: ServiceId| v.c.trains.services[s].kind == ServiceKind::Freight;
        let longest = |of: &dyn Fn(ServiceId) -> bool| {
            let lengths = v.c.trains.services.ids().filter(|s| of(*s)).filter_map(|s| Some((v.length_m(s)?, s)));
            lengths.fold(None, |a: Option<(f64, ServiceId)>, b| if a.is_some_and(|a| a.0 >= b.0) { a } else { Some(b) })
        };
        let (_, first) = longest(&crosses).or_else(|| longest(&freight)).or_else(|| longest(&|_| true))?;
        let mut axis = Axis::along(v, first)?;
        // Each service goes on at most once, so that the way ends.
        for _ in 0..v.c.trains.services.len() {
            let goes_on = |l: &&Line| {
                l.points.first().copied() == axis.last() && l.points.iter().skip(1).all(|p| axis.km(*p).is_none())
            };
            let Some(next) = v.c.trains.services.ids().filter_map(|s| v.line(s)).find(goes_on) else { break };
            axis.extend(v.c, &next.sections);
        }
        Some(axis)
    }

    /// The path of a service.
    pub fn along(v: &View, service: ServiceId) -> Option<Axis> {
        let line = v.line(service)?;
        let mut axis = Axis::at(*line.points.first()?);
        axis.extend(v.c, &line.sections);
        axis.crossing = v.c.trains.services[service].crossing;
        Some(axis)
    }

    /// The shortest way between two points; none where no line joins them.
    pub fn between(v: &View, from: PointId, to: PointId) -> Option<Axis> {
        let way = way(v.c, from, to).filter(|w| !w.is_empty())?;
        let mut axis = Axis::at(from);
        axis.extend(v.c, &way.iter().map(|s| s.0).collect::<Vec<_>>());
        let over = |c: CrossingId| {
            v.c.trains.services.enumerated().any(|(s, x)| {
                x.crossing == Some(c)
                    && v.line(s).is_some_and(|l| l.points.iter().filter(|p| axis.km(**p).is_some()).count() >= 2)
            })
        };
        axis.crossing = v.c.border.crossings.ids().find(|c| over(*c));
        Some(axis)
    }

    fn at(point: PointId) -> Axis {
        Axis {
            points: vec![(point, 0.0)],
            sections: Vec::new(),
            lanes: Vec::new(),
            colour: Colour::Rail,
            crossing: None,
        }
    }

    fn last(&self) -> Option<PointId> {
        self.points.last().map(|p| p.0)
    }

    fn extend(&mut self, c: &Corridor, sections: &[SectionId]) {
        for &id in sections {
            let Some(&(at, km)) = self.points.last() else { return };
            let section = &c.line.sections[id];
            if let Some(next) = section.other(at) {
                self.points.push((next, km + section.length_m.central() / 1000.0));
                self.sections.push((id, section.from == at));
            }
        }
    }

    /// The kilometre of a point on it.
    pub fn km(&self, point: PointId) -> Option<f64> {
        self.points.iter().find(|x| x.0 == point).map(|x| x.1)
    }

    /// First and last kilometre.
    pub fn ends(&self) -> (f64, f64) {
        (self.points.first().map_or(0.0, |p| p.1), self.points.last().map_or(0.0, |p| p.1))
    }

    /// Kilometres of a stretch of a section, metres from the section's start, the upper first.
    pub fn stretch(&self, c: &Corridor, section: SectionId, from_m: f64, to_m: f64) -> Option<(f64, f64)> {
        let i = self.sections.iter().position(|s| s.0 == section)?;
        let length = c.line.sections[section].length_m.central();
        let (a, b) = (from_m.clamp(0.0, length), to_m.clamp(0.0, length));
        let (a, b) = if self.sections[i].1 { (a, b) } else { (length - b, length - a) };
        let begin = self.points[i].1;
        Some((begin + a / 1000.0, begin + b / 1000.0))
    }

    /// Where the border lies, km: the border point, or halfway between the points on its sides.
    pub fn border(&self, c: &Corridor) -> Option<f64> {
        let point = self.points.iter().find(|p| c.line.points[p.0].kind == PointKind::BorderPoint).map(|p| p.1);
        let change = self.points.windows(2).find(|w| c.line.points[w[0].0].country != c.line.points[w[1].0].country);
        point.or(change.map(|w| f64::midpoint(w[0].1, w[1].1)))
    }

    /// Points that are drawn: all but the border itself, which has a line of its own.
    pub fn drawn<'a>(&'a self, c: &'a Corridor) -> impl Iterator<Item = (usize, PointId, f64)> + 'a {
        let all = self.points.iter().enumerate().map(|(i, &(p, km))| (i, p, km));
        all.filter(|x| c.line.points[x.1].kind != PointKind::BorderPoint)
    }

    /// Its stations.
    pub fn stations(&self, c: &Corridor) -> Vec<Station> {
        let of = |(i, p, km): (usize, PointId, f64)| {
            let x = &c.line.points[p];
            let lanes = self.lanes.iter().find(|l| l.0 == p).map_or(&[][..], |l| &l.1);
            Station {
                km,
                name: x.name.clone(),
                local: x.local_name.clone(),
                note: if lanes.is_empty() { String::new() } else { format!("{} · km {km:.1}", x.country) },
                lanes: lanes.iter().map(|l| l.title.clone()).collect(),
                minor: x.track_lengths_m.is_empty(),
                section: String::new(),
                tracks: self.sections.get(i).map_or(0, |s| c.line.sections[s.0].tracks),
            }
        };
        self.drawn(c).map(of).collect()
    }
}

impl View<'_> {
    /// The pattern of a service out.
    pub fn line(&self, service: ServiceId) -> Option<&Line> {
        self.plan.lines.iter().find(|l| l.kind == LineKind::Service(service) && l.forward)
    }

    fn length_m(&self, service: ServiceId) -> Option<f64> {
        self.line(service)?.chainage_m.last().copied()
    }
}
