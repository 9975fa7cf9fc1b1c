//! Trains that cannot run their path, told where they stand in the files.

use crate::terminal::Problem;
use yalu_model::Corridor;
use yalu_physics::PhysicsError;
use yalu_plan::{LineKind, PlanError};
use yalu_scenario::{Diagnostic, Places, Severity};
use yalu_view::run::line_name;

/// A corridor that cannot be simulated, and why.
pub fn unfit(c: &Corridor, e: &PlanError) -> Problem {
    Problem::new(format!("{} cannot be simulated: {}", c.about.title, told(c, e)))
        .help("where in its files, and how to mend it: yalu check DIR")
}

/// All trains of a corridor that cannot run, as problems of its files.
pub fn faults(c: &Corridor, places: &Places) -> Vec<Diagnostic> {
    let all = yalu_plan::faults(c).into_iter();
    all.map(|(kind, e)| {
        let (noun, field) = match kind {
            LineKind::Service(_) => ("service", "max_wagons"),
            LineKind::Traffic(_) => ("traffic", "wagons"),
        };
        let row = format!("{noun}.{}", line_name(c, kind));
        let (code, field, help) = match &e {
            PlanError::Run { source: PhysicsError::Stall { .. }, .. } => (
                "Y1001",
                field,
                "fewer wagons, a stronger locomotive, or a lower gradient; where speed carries a train over a height, \
                 the corridor needs a station with tracks before it where no train stops",
            ),
            PlanError::Run { source: PhysicsError::RunsAway { .. }, .. } => (
                "Y1005",
                "wagon",
                "stronger brakes (`braking_mps2` of the locomotives or the wagon in rolling_stock.toml), or a lower gradient",
            ),
            PlanError::Run { .. } => {
                ("Y1002", field, "`yalu show DIR` prints the line and the rolling stock as they were read")
            }
            PlanError::NoPath { .. } => {
                ("Y1003", "to", "give the points at both ends, and at stops, their track_lengths_m")
            }
            _ => ("Y1004", "to", "`yalu show DIR` prints the line as it was read"),
        };
        places.diagnostic(&format!("{row}.{field}"), code, Severity::Error, told(c, &e), Some(help.to_owned()))
    })
    .collect()
}

/// A fault in words, with the place on the line and the force that is missing.
pub fn told(c: &Corridor, e: &PlanError) -> String {
    let (what, why, at_m) = match e {
        PlanError::Run { source: PhysicsError::Stall { at_m, missing_n }, .. } => {
            ("stalls", format!("{:.1} kN of tractive force are missing", missing_n / 1000.0), at_m)
        }
        PlanError::Run { source: PhysicsError::RunsAway { at_m, falls_permille, held_permille }, .. } => (
            "is not held by its brakes",
            format!("the line falls {falls_permille:.1} per mille under it, its brakes hold {held_permille:.1}"),
            at_m,
        ),
        _ => {
            let because = std::error::Error::source(e).map_or(String::new(), |s| format!(": {s}"));
            return format!("{e}{because}");
        }
    };
    let PlanError::Run { line, wagons, place, .. } = e else { return e.to_string() };
    let at = match place {
        Some((id, into)) => {
            let s = &c.line.sections[*id];
            format!("{:.1} km into the section `{}` from `{}`", into / 1000.0, s.id, c.line.points[s.from].id)
        }
        None => format!("{:.1} km from its start", at_m / 1000.0),
    };
    format!("the {line} with {wagons} wagons {what} {at}: {why}")
}
