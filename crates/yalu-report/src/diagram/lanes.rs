//! Lanes of border stations: what happens to cuts of wagons there, and the hours in which it does.

use super::View;
use super::axis::Axis;
use yalu_chart::{Closed, DwellBar};
use yalu_model::{Corridor, PointId, RailRoute};
use yalu_trace::StepKind;
use yalu_units::Instant;

/// What happens in one lane of a station, and its name.
pub struct Lane {
    /// Its name.
    pub title: String,
    /// What happens in it.
    pub step: StepKind,
}

/// Lanes of the border stations of a rail route.
pub fn lanes(c: &Corridor, exports: usize, rail: &RailRoute, points: &[(PointId, f64)]) -> Vec<(PointId, Vec<Lane>)> {
    let s = &c.trains.services[rail.over_border];
    let of = |p: PointId, loaded: bool| {
        let station = c.border.stations.iter().position(|x| x.point == p);
        let list = station.map_or(&[][..], |i| &c.border.stations.as_slice()[i].activities);
        let forward = loaded == (exports == 0);
        let mine = list.iter().enumerate().filter(move |(_, a)| a.loaded == loaded && a.forward == forward);
        mine.map(move |(i, a)| Lane {
            title: if loaded { a.title.clone() } else { format!("empties: {}", a.title) },
            step: StepKind::Activity(station.unwrap_or(0) as u16, i as u16),
        })
    };
    let loading = Lane { title: "loading".into(), step: StepKind::Loading };
    // The near border station may lie on the way of trains that are loaded farther back.
    let home = |p: PointId| {
        c.line.points[p].country == c.about.countries[exports] && c.border.stations.iter().any(|x| x.point == p)
    };
    let near_at = points.iter().rev().map(|p| p.0).find(|p| home(*p)).unwrap_or(s.from);
    let mut near: Vec<Lane> = of(near_at, true).collect();
    near.extend(of(near_at, false));
    let mut out = Vec::new();
    if near_at == s.from {
        near.insert(0, loading);
    } else {
        out.push((s.from, vec![loading]));
    }
    let mut far: Vec<Lane> = of(s.to, true).collect();
    if let Some(h) = rail.hold {
        far.push(Lane {
            title: format!("into the hold, {}", c.line.points[c.border.holds[h].point].id),
            step: StepKind::IntoHold,
        });
    }
    if rail.onward.is_none() {
        far.push(Lane { title: "unloading".into(), step: StepKind::Unloading });
    }
    out.extend([(near_at, near), (s.to, far)]);
    out
}

/// Steps of cuts in the lanes.
pub fn dwells(v: &View, axis: &Axis, (from, to): (Instant, Instant), named: bool) -> Vec<DwellBar> {
    let c = v.c;
    let mut out = Vec::new();
    for s in &v.trace.steps {
        if s.end < from || s.begin > to || s.end <= s.begin {
            continue;
        }
        for (place, lanes) in &axis.lanes {
            let Some(lane) = lanes.iter().position(|l| l.step == s.what) else { continue };
            let Some(station) = axis.drawn(c).position(|p| p.1 == *place) else { continue };
            let cut = &v.trace.cuts[s.cut as usize];
            out.push(DwellBar {
                station,
                lane,
                from: s.begin.0,
                to: s.end.0,
                label: if named { format!("{} wagons", cut.wagons) } else { String::new() },
                colour: axis.colour,
                hollow: !cut.loaded,
                assumed: true,
            });
        }
    }
    out
}

/// Hours in which a border station's lanes are shut: of the hours its activities name most.
pub fn closed_hours(v: &View, axis: &Axis, (from, to): (Instant, Instant)) -> Vec<Closed> {
    let c = v.c;
    let mut out = Vec::new();
    for (i, station) in c.border.stations.iter().enumerate() {
        let unfolded = axis.lanes.iter().any(|l| l.0 == station.point);
        let Some(km) = axis.km(station.point).filter(|_| unfolded) else { continue };
        let named = |h: usize| {
            let uses =
                |a: &&yalu_model::Activity| a.uses.iter().any(|u| station.resources[u.resource].hours == Some(h));
            station.activities.iter().filter(uses).count()
        };
        let Some(most) = (0..station.hours.len()).max_by_key(|&h| (named(h), std::cmp::Reverse(h))) else { continue };
        let mut at = from;
        for &(a, b) in v.plan.hours[i][most].iter().filter(|h| h.1 > from && h.0 < to) {
            if a > at {
                out.push(Closed { from_km: km, to_km: km, from: at.0, to: a.0, label: String::new() });
            }
            at = b;
        }
        if at < to {
            out.push(Closed { from_km: km, to_km: km, from: at.0, to: to.0, label: String::new() });
        }
    }
    out
}
