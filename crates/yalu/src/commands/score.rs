//! `yalu score`.

use super::{Ended, print};
use crate::args::{Model, Score};
use crate::calibrate::posterior;
use crate::load::{CALIBRATION, corridor};
use crate::progress;
use crate::score::{Asked, Carried, Forecast, json, normal_year, scored, text};
use crate::terminal::{Problem, colour_err, colour_out, width};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::fs;
use yalu_model::{Corridor, Direction, Draw, PerDirection};
use yalu_plan::compile;
use yalu_regime::Dates;
use yalu_scenario::{Declared, MonthSeries, read_monthly, render};
use yalu_study::ensemble;
use yalu_trade::calibrate::scatter;
use yalu_trade::{DayModel, PARAMS, TABLE, TradeMonth, Values};
use yalu_units::{StreamKey, address};

/// Puts simulated months beside reported ones.
pub fn score(a: &Score) -> Result<Ended, Problem> {
    let c = corridor(&a.dir, &a.set)?;
    let series = observed(&c, &a.observed)?;
    let asked = Asked {
        all_carried: a.observed.all_carried,
        normal_year: a.normal_year.unwrap_or_else(|| normal_year(&c)),
        above: a.above.clone(),
    };
    let kept = a.posterior.clone().or_else(|| Some(a.dir.join(CALIBRATION)).filter(|f| f.is_file()));
    let by_day = a.model.map_or(kept.is_some(), |m| m == Model::Days);
    let (forecast, model) = if by_day {
        let (accepted, model) = match &kept {
            Some(file) => (posterior::read(file)?, format!("by day, calibrated ({})", file.display())),
            None => (Vec::new(), "by day, at its priors".to_string()),
        };
        (by_days(&c, a, &accepted)?, model)
    } else {
        (simulated(&c, a)?, "trains".to_string())
    };
    let all = series
        .iter()
        .map(|s| scored(&forecast, s, &asked))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| Problem::new("the months cannot be scored").because(e))?;
    let file = a.observed.observed.display().to_string();
    let n = forecast.members.len();
    if a.json {
        print(&format!("{:#}\n", json::document(&c, &file, n, &model, &all)))?;
    } else {
        print(&text::text(&c, &file, &model, n, &all, colour_out(), width()))?;
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
    let plan = compile(c, c.from).map_err(|e| crate::physics::unfit(c, &e))?;
    let replications = a.replications.unwrap_or(c.replications).max(1);
    let bar = progress::bar(u64::from(replications) + 1, "simulating");
    let e = ensemble(c, &plan, a.seed.unwrap_or(c.seed), replications, &|| bar.inc(1));
    bar.finish_and_clear();
    let of = |o: &yalu_sim::Outcome| o.months.iter().map(|m| Carried::of(c, m)).collect::<Vec<_>>();
    Ok(Forecast { central: of(&e.central), members: e.outcomes().iter().map(of).collect(), months: plan.months })
}

/// Replications of the day-level model where nobody names a number and nothing was calibrated.
const DAYS_REPLICATIONS: u32 = 200;

/// The day-level model: each replication at the parameters of an accepted run, or drawn from the priors, with the
/// scatter of a month that nothing explains.
fn by_days(c: &Corridor, a: &Score, accepted: &[Values]) -> Result<Forecast, Problem> {
    let model = DayModel::new(c).ok_or_else(|| Problem::new(format!("{} has days without a midnight", c.title)))?;
    let seed = a.seed.unwrap_or(c.seed);
    let default = if accepted.is_empty() { DAYS_REPLICATIONS } else { accepted.len() as u32 };
    let replications = a.replications.unwrap_or(default).max(1);
    let one = |n: u32| -> Vec<Carried> {
        let key = StreamKey { seed: seed ^ address(&["score"]), replication: n };
        let drawn = || {
            Values::at(&std::array::from_fn::<f64, PARAMS, _>(|p| {
                key.stream(address(&["prior", TABLE[p].id]), 0).unit()
            }))
        };
        let values = accepted.get((n as usize - 1) % accepted.len().max(1)).copied().unwrap_or_else(drawn);
        let months = model.run(Draw::replication(key.seed, n), &values, Dates::Widened).months;
        let scattered = |(i, m): (usize, &TradeMonth)| {
            let by = Direction::BOTH.map(|d| {
                let u = key.stream(address(&["scatter"]), (i * 4 + d as usize * 2) as u64).unit();
                scatter(m.usd[d] / 1e6, u)
            });
            carried(m, by)
        };
        months.iter().enumerate().map(scattered).collect()
    };
    let bar = progress::bar(u64::from(replications), "simulating");
    let members: Vec<Vec<Carried>> = (1..=replications)
        .into_par_iter()
        .map(|n| {
            let member = one(n);
            bar.inc(1);
            member
        })
        .collect();
    bar.finish_and_clear();
    let central = model.run(Draw::central(seed), &Values::middle(accepted), Dates::AsGiven).months;
    let central = central.iter().map(|m| carried(m, [1.0; 2])).collect();
    Ok(Forecast { months: model.months().to_vec(), central, members })
}

fn carried(m: &TradeMonth, by: [f64; 2]) -> Carried {
    let times = |x: PerDirection<f64>| [x.forward * by[0], x.back * by[1]];
    Carried { usd: times(m.usd), tonnes: times(m.tonnes), wire_usd: [m.wire_usd.forward, m.wire_usd.back] }
}
