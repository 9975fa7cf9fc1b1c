//! Names for people of things the trace knows by number.

use crate::terminal::Problem;
use yalu_model::{Corridor, PointId};

/// A name that nothing has, with the nearest that something has.
pub fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Problem {
    let known: Vec<&str> = known.into_iter().collect();
    let problem = Problem::new(format!("there is no {what} `{name}`"));
    match yalu_scenario::nearest(name, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None if known.len() <= 12 => problem.help(format!("one of {}", known.join(", "))),
        None => problem.help(format!("`yalu show DIR` prints all {} of them", known.len())),
    }
}

/// The operational point of an id.
pub fn point(c: &Corridor, id: &str) -> Result<PointId, Problem> {
    let found = c.line.points.enumerated().find(|(_, p)| p.id == id).map(|(i, _)| i);
    found.ok_or_else(|| unknown("point", id, c.line.points.iter().map(|p| p.id.as_str())))
}
