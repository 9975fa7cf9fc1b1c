//! `yalu validate`.

use crate::args::Validate;
use crate::ended::Ended;
use crate::terminal::{Problem, colour_out, print, print_screen, width};
use rayon::prelude::*;
use yalu_validate::{Finding, Oracle, oracles, run};
use yalu_view::json;
use yalu_view::validate::Validation;

/// Observes all oracles, or those asked for.
pub fn validate(a: &Validate) -> Result<Ended, Problem> {
    let mut all = oracles();
    for id in &a.only {
        if !all.iter().any(|o| is_of(&o.id, id)) {
            return Err(unknown(id, &all));
        }
    }
    all.retain(|o| a.only.is_empty() || a.only.iter().any(|id| is_of(&o.id, id)));
    let found: Vec<(Oracle, Finding)> = all
        .into_par_iter()
        .map(|o| {
            let finding = run(&o);
            (o, finding)
        })
        .collect();
    let view = Validation::of(&found);
    if a.shown.json {
        print(&json(&view));
    } else {
        print_screen(&view.summary().text(colour_out(), width()), a.shown.verbose);
    }
    Ok(if view.failed == 0 { Ended::Fine } else { Ended::Findings })
}

/// Whether an id is that of an oracle, or its first parts.
fn is_of(oracle: &str, id: &str) -> bool {
    oracle.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn unknown(id: &str, all: &[Oracle]) -> Problem {
    let mut first: Vec<&str> = all.iter().filter_map(|o| o.id.split('.').next()).collect();
    first.dedup();
    Problem::new(format!("there is no oracle {id}"))
        .help(format!("ids begin with {}; yalu validate --json has them all", first.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn an_oracle_is_asked_for_by_its_first_parts() {
        assert!(is_of("some.thing", "some") && is_of("some.thing", "some.thing"));
        assert!(!is_of("some.thing", "so") && !is_of("some.thing", "some.thing.else"));
    }
}
