//! Why a train cannot run, and what would.

use super::ask::Asked;
use crate::terminal::Problem;
use std::fmt::Write as _;
use yalu_model::{Corridor, SectionId};
use yalu_physics::PhysicsError;
use yalu_plan::{Line, PlanError, Wish};
use yalu_view::names;

/// The words for a train that cannot run its path; a stall with place, force missing and the load that would get over.
pub fn problem(c: &Corridor, asked: &Asked, error: PlanError, rating_mps: f64) -> Problem {
    let s = &c.trains.services[asked.service];
    let what = format!("service {} cannot run with {} wagons", s.id, asked.wagons);
    let PlanError::Run { place, source: PhysicsError::Stall { missing_n, .. }, .. } = &error else {
        return Problem::new(what).because(error).help("`yalu show DIR` prints line and services as they were read");
    };
    let consist = asked.wish().consist(c);
    let missing = missing_n / 1000.0;
    let told = if missing >= 0.1 { format!("{missing:.1} kN") } else { format!("{missing:.3} kN") };
    let place = place.map_or_else(String::new, |(id, m)| {
        format!(
            " on section {}, km {:.1} after {}",
            names::section(c, id),
            m / 1000.0,
            c.line.points[c.line.sections[id].from].name
        )
    });
    let out = Problem::new(format!("{what}: it stalls{place}; {told} of tractive force are missing"))
        .because(Short { trailing_t: consist.wagons_kg() / 1000.0, locomotives: consist.locomotives() });
    let (most, line) = most(c, asked);
    let rated = match (&line, &error) {
        (Some(l), PlanError::Run { place: Some((id, _)), .. }) => rated(l, *id, &consist, rating_mps),
        _ => None,
    };
    let mut help = match most {
        Some(n) => format!("--wagons {n} is the most that gets over"),
        None => "not even the locomotive alone gets over".into(),
    };
    if let Some((permille, tonnes)) = rated {
        let _ = write!(
            help,
            "; the ruling gradient there is {permille:.1} per mille, the tonnage rating {tonnes:.0} t at {:.0} km/h",
            rating_mps * 3.6
        );
    }
    out.help(help)
}

/// What is hauled.
#[derive(Debug, thiserror::Error)]
#[error("{trailing_t:.0} t of wagons are too much for {locomotives}")]
struct Short {
    trailing_t: f64,
    locomotives: String,
}

/// The most wagons that get over, and their pattern.
fn most(c: &Corridor, asked: &Asked) -> (Option<u32>, Option<Line>) {
    let line = |wagons: u32| Wish { wagons, ..asked.wish() }.line(c).ok();
    let Some(mut best) = line(0) else { return (None, None) };
    let (mut light, mut heavy) = (0, asked.wagons);
    while heavy - light > 1 {
        let middle = light.midpoint(heavy);
        match line(middle) {
            Some(l) => (light, best) = (middle, l),
            None => heavy = middle,
        }
    }
    (Some(light), Some(best))
}

/// Ruling gradient (per mille) of a section on a path, and what the locomotive hauls up it, tonnes.
fn rated(line: &Line, section: SectionId, consist: &yalu_plan::Consist, mps: f64) -> Option<(f64, f64)> {
    let part = line.parts().iter().find(|p| p.sections.iter().any(|s| s.0 == section))?;
    let i = part.sections.iter().position(|s| s.0 == section)?;
    let from = part.sections[i].1;
    let to = part.sections.get(i + 1).map_or(f64::INFINITY, |s| s.1);
    let on = part.pieces.iter().filter(|p| p.to_m > from && p.from_m < to);
    let steepest =
        on.map(|p| p.gradient_permille + p.curve_radius_m.map_or(0.0, |r| 600.0 / r)).fold(f64::MIN, f64::max);
    Some((steepest, consist.hauls_kg(mps, steepest)? / 1000.0))
}
