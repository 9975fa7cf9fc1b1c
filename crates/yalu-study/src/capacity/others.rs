//! Other trains on a reference train's line: what of each section's day they take.
//!
//! On single track each takes the section for its own blocking time and a route setting (deduction by occupation); on
//! double track, where trains follow each other block by block, for its headway. Coefficients of deduction are greater by
//! what mixed speeds and priorities lose besides, so that what is left here is a bound.

use super::occupation::Timed;
use super::reference::{Reference, forward};
use crate::compare::declared_regimes;
use yalu_model::{Corridor, ServiceId};
use yalu_plan::{Draw, Line, LineKind, Plan};
use yalu_units::Span;

/// Other trains of one service or row of traffic.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherTrains {
    /// Whose trains.
    pub kind: LineKind,
    /// Trains a day each way; as written alone where they do not come back.
    pub per_day: f64,
    /// Whether they come back.
    pub both_ways: bool,
    /// Stretches of the reference path they use: first, and one after the last.
    pub stretches: (usize, usize),
    /// Occupation of each of those stretches by one train, s: as written, and back where it comes back; route setting
    /// left out.
    pub held_s: Vec<[f64; 2]>,
    /// Time from one such train to the next on each of them, as its blocks have it, route setting among it, s.
    pub headway_s: Vec<[f64; 2]>,
    /// Whether a train as written runs in the direction of the reference train out.
    pub along: bool,
}

/// Trains of a service a day, at the end of the horizon; none while its crossing is shut then.
pub(crate) fn per_day(c: &Corridor, id: ServiceId) -> f64 {
    declared_regimes(c, Draw::central(c.sampling.seed)).trains_a_day(id, c.horizon.to - Span(1))
}

/// All other trains on a reference path.
pub(crate) fn others(c: &Corridor, plan: &Plan, r: &Reference) -> Vec<OtherTrains> {
    let mut out = Vec::new();
    let own = [r.out.service, r.back.service];
    for (id, s) in c.trains.services.enumerated().filter(|(id, _)| !own.contains(id)) {
        let per_day = per_day(c, id);
        let back = s.turn.as_ref().and_then(|_| {
            let turns = |l: &&Line| !l.forward && l.kind == LineKind::Service(id);
            plan.lines.iter().filter(turns).max_by_key(|l| l.wagons)
        });
        out.extend(forward(plan, id).and_then(|line| trains(c, r, line, back, per_day)));
    }
    for (row, t) in c.line.traffic.iter().enumerate() {
        let of =
            |forward: bool| plan.lines.iter().find(|l| l.kind == LineKind::Traffic(row as u32) && l.forward == forward);
        out.extend(of(true).and_then(|line| trains(c, r, line, of(false), t.trains_per_day.central())));
    }
    out.retain(|o| o.per_day > 0.0);
    out
}

/// The trains of a pattern where it follows the reference path.
fn trains(c: &Corridor, r: &Reference, line: &Line, back: Option<&Line>, per_day: f64) -> Option<OtherTrains> {
    let setting_s = c.line.operation.route_setting_s.central();
    // Place on the reference path, and how long a train holds it and keeps another from following.
    let shared = |x: &Line| -> Vec<(usize, [f64; 2])> {
        let timed = Timed::new(c, x);
        let on = |(leg, (id, _)): (usize, &(yalu_plan::StretchId, bool))| {
            let at = r.stretches.iter().position(|s| s == id)?;
            Some((at, [timed.held(leg).pass_pass_s, timed.headway_s(leg, setting_s)]))
        };
        x.stretches.iter().enumerate().filter_map(on).collect()
    };
    let (there, home) = (shared(line), back.map(shared));
    let first = there.iter().map(|x| x.0).min()?;
    let end = there.iter().map(|x| x.0).max()? + 1;
    let on = |list: &[(usize, [f64; 2])], at: usize, which: usize| {
        list.iter().filter(|x| x.0 == at).map(|x| x.1[which]).sum::<f64>()
    };
    let both = |which: usize| {
        (first..end).map(|at| [on(&there, at, which), home.as_ref().map_or(0.0, |h| on(h, at, which))]).collect()
    };
    let begins = |(leg, (id, _)): (usize, &(yalu_plan::StretchId, bool))| {
        let at = r.stretches.iter().position(|s| s == id)?;
        Some(r.points[at] == line.points[leg])
    };
    let along = line.stretches.iter().enumerate().find_map(begins)?;
    let (held_s, headway_s) = (both(0), both(1));
    let both_ways = back.is_some();
    Some(OtherTrains { kind: line.kind, per_day, both_ways, stretches: (first, end), held_s, headway_s, along })
}

/// What other trains take of the day of some stretches held as one, s; on double track of the fuller direction.
pub(crate) fn taken_s(others: &[OtherTrains], first: usize, last: usize, single: bool, route_setting_s: f64) -> f64 {
    let mut ways = [0.0; 2];
    for o in others {
        let on = |list: &[[f64; 2]], way: usize| -> Vec<f64> {
            let inside = (o.stretches.0..o.stretches.1).zip(list).filter(|(at, _)| (first..=last).contains(at));
            inside.map(|(_, both)| both[way]).collect()
        };
        for way in 0..2 {
            let held_s = on(&o.held_s, way).iter().sum::<f64>();
            if held_s > 0.0 {
                let headway_s = on(&o.headway_s, way).into_iter().fold(0.0, f64::max);
                let each_s = if single { held_s + route_setting_s } else { headway_s };
                ways[usize::from(o.along == (way == 1))] += o.per_day * each_s;
            }
        }
    }
    if single { ways[0] + ways[1] } else { ways[0].max(ways[1]) }
}
