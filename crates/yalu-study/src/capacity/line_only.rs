//! The line alone: part of a corridor with two plain services on it, and nothing else that moves or hinders.

use super::reference::{Reference, ReferenceTrain};
use std::collections::BTreeMap;
use std::ops::Range;
use yalu_model::{
    Commerce, Corridor, Every, Evidence, Frontier, Haulage, Heading, Horizon, Infrastructure, PointId, Quantity,
    Sampling, SectionId, Service, ServiceKind,
};
use yalu_units::{IndexVec, Span};

/// Tracks where the line ends.
pub(crate) const TRACKS_AT_ENDS: usize = 8;

/// Some stretches of a reference train's path as a corridor of their own, over so many days.
///
/// What stays: line, operation, possessions. Where it ends there are tracks enough, so that it is the line that is
/// measured and not the yards beyond. What goes: trade, border and its regimes, other trains, failures, power
/// cuts, late entries, temporary restrictions of speed and planned stops.
pub(crate) fn line_only(c: &Corridor, r: &Reference, stretches: Range<usize>, days: i64) -> Corridor {
    let ends = (r.points[stretches.start], r.points[stretches.end]);
    let mut sections = IndexVec::new();
    let mut renamed: BTreeMap<SectionId, SectionId> = BTreeMap::new();
    for id in r.sections[stretches].iter().flatten() {
        renamed.insert(*id, sections.push(c.line.sections[*id].clone()));
    }
    let mut points = c.line.points.clone();
    for end in [ends.0, ends.1] {
        let tracks = &mut points[end].track_lengths_m;
        if let Some(longest) = tracks.iter().max_by(|a, b| a.central().total_cmp(&b.central())).cloned() {
            tracks.resize(tracks.len().max(TRACKS_AT_ENDS), longest);
        }
    }
    let mut disturbances = yalu_model::Disturbances::default();
    for p in &c.line.disturbances.possessions {
        if let Some(section) = renamed.get(&p.section) {
            disturbances.possessions.push(yalu_model::Possession { section: *section, ..p.clone() });
        }
    }
    Corridor {
        about: Heading {
            id: c.about.id.clone(),
            title: c.about.title.clone(),
            countries: c.about.countries.clone(),
            attribution: Vec::new(),
            wrong: Vec::new(),
            story: None,
        },
        horizon: Horizon {
            from: c.horizon.from,
            to: c.horizon.from + Span::days(days),
            zone: c.horizon.zone,
            zones: c.horizon.zones.clone(),
        },
        sampling: Sampling { seed: c.sampling.seed, replications: 1 },
        line: Infrastructure {
            points,
            sections,
            traffic: Vec::new(),
            operation: c.line.operation.clone(),
            disturbances,
        },
        trains: Haulage {
            locomotives: c.trains.locomotives.clone(),
            wagons: c.trains.wagons.clone(),
            services: IndexVec::from_vec(vec![
                service(c, &r.out, "out", ends),
                service(c, &r.back, "back", (ends.1, ends.0)),
            ]),
        },
        border: Frontier::default(),
        trade: Commerce {
            accepted_habits: Vec::new(),
            reaction_days: c.trade.reaction_days.clone(),
            choice_theta_per_usd: c.trade.choice_theta_per_usd.clone(),
            routes: IndexVec::new(),
            goods: IndexVec::new(),
            demand_factors: Vec::new(),
            rules: Vec::new(),
            consignments: Vec::new(),
        },
        record: Evidence::default(),
        inputs: Vec::new(),
        uncertain: Vec::new(),
    }
}

/// A plain service of a reference train; its departures are given to the plan.
fn service(c: &Corridor, train: &ReferenceTrain, id: &str, ends: (PointId, PointId)) -> Service {
    let fixed = |field: &str, value: f64| Quantity::assumed(&format!("service.{id}.{field}"), value, "reference train");
    Service {
        id: id.into(),
        kind: ServiceKind::Freight,
        from: ends.0,
        to: ends.1,
        crossing: None,
        departures_s: Vec::new(),
        locomotive: train.locomotive,
        wagon: train.wagon,
        max_wagons: fixed("max_wagons", f64::from(train.wagons)),
        load_t: Some(fixed("load_t", train.load_t)),
        priority: 0,
        turn: None,
        stops: Vec::new(),
        every: Some(Every { first_s: 0, every_s: 86_400, trains: None }),
        ..c.trains.services[train.service].clone()
    }
}
