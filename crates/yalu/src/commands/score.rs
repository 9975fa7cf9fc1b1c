//! `yalu score`.

use super::{Ended, print};
use crate::args::Score;
use crate::load::corridor;
use crate::progress;
use crate::score::{Asked, Carried, Forecast, json, normal_year, scored, text};
use crate::terminal::{Problem, colour_err, colour_out, width};
use std::fs;
use yalu_model::Corridor;
use yalu_plan::compile;
use yalu_scenario::{Declared, MonthSeries, read_monthly, render};
use yalu_study::ensemble;

/// Puts simulated months beside reported ones.
pub fn score(a: &Score) -> Result<Ended, Problem> {
    let c = corridor(&a.dir, &a.set)?;
    let series = observed(&c, &a.observed)?;
    let asked = Asked {
        all_carried: a.observed.all_carried,
        normal_year: a.normal_year.unwrap_or_else(|| normal_year(&c)),
        above: a.above.clone(),
    };
    let forecast = simulated(&c, a)?;
    let all = series
        .iter()
        .map(|s| scored(&forecast, s, &asked))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| Problem::new("the months cannot be scored").because(e))?;
    let file = a.observed.observed.display().to_string();
    let (model, n) = ("trains", forecast.members.len());
    if a.json {
        print(&format!("{:#}\n", json::document(&c, &file, n, model, &all)))?;
    } else {
        print(&text::text(&c, &file, model, n, &all, colour_out(), width()))?;
    }
    Ok(Ended::Fine)
}

/// The columns of the file of reported values; its problems go to standard error.
pub fn observed(c: &Corridor, a: &crate::args::ObservedFile) -> Result<Vec<MonthSeries>, Problem> {
    let path = &a.observed;
    let bytes = fs::read(path).map_err(|e| {
        Problem::new(format!("{} cannot be read", path.display()))
            .because(e)
            .help("name a CSV file with a column `month` and a column of values")
    })?;
    let declared = Declared {
        value: a.value.clone(),
        unit: a.unit.clone(),
        direction: a.direction.clone(),
        taken_out: a.taken_out.clone(),
    };
    let (series, found) = read_monthly(&path.display().to_string(), &bytes, &c.countries, &declared);
    if series.is_empty() {
        eprintln!("{}", render(&found, colour_err()));
        return Err(Problem::new(format!("{} cannot be compared with", path.display()))
            .help("docs/diagnostics.md explains each code"));
    }
    Ok(series)
}

fn simulated(c: &Corridor, a: &Score) -> Result<Forecast, Problem> {
    let plan = compile(c, c.from).map_err(|e| {
        Problem::new(format!("{} cannot be simulated: {}", c.title, crate::physics::told(c, &e)))
            .help("`yalu check DIR` tells where in its files, and how to mend it")
    })?;
    let replications = a.replications.unwrap_or(c.replications).max(1);
    let bar = progress::bar(u64::from(replications) + 1, "simulating");
    let e = ensemble(c, &plan, a.seed.unwrap_or(c.seed), replications, &|| bar.inc(1));
    bar.finish_and_clear();
    let of = |o: &yalu_sim::Outcome| o.months.iter().map(|m| Carried::of(c, m)).collect::<Vec<_>>();
    Ok(Forecast { central: of(&e.central), members: e.outcomes().iter().map(of).collect(), months: plan.months })
}
