//! `yalu fit score`.

use crate::args::{Model as Simulated, ObservedFile, Score as Args};
use crate::ended::Ended;
use crate::load::{CALIBRATION, accepted_runs, corridor};
use crate::progress;
use crate::terminal::{Problem, colour_err, colour_out, print, print_screen, say, width};
use yalu_model::Corridor;
use yalu_plan::compile;
use yalu_scenario::{Declared, MonthSeries, read_file, read_monthly, render};
use yalu_study::{MonthlyTrade, ScoringTerms, normal_year, score_series};
use yalu_trade::{DayModel, Values};
use yalu_view::json;
use yalu_view::score::{Model, Score};

/// Puts simulated months beside reported ones.
pub fn score(a: &Args) -> Result<Ended, Problem> {
    let c = corridor(&a.dir, &a.set)?;
    let series = observed(&c, &a.observed)?;
    let terms = ScoringTerms {
        all_carried: a.observed.all_carried,
        normal_year: a.normal_year.unwrap_or_else(|| normal_year(&c)),
        above: a.above.clone(),
    };
    let kept = a.posterior.clone().or_else(|| Some(a.dir.join(CALIBRATION)).filter(|f| f.is_file()));
    let by_day = a.model.map_or(kept.is_some(), |m| m == Simulated::Days);
    let (trade, model) = match (by_day, kept) {
        (true, Some(file)) => {
            (by_days(&c, a, &accepted_runs(&file, &c)?)?, Model::Calibrated(file.display().to_string()))
        }
        (true, None) => (by_days(&c, a, &[])?, Model::Priors),
        (false, _) => (by_trains(&c, a)?, Model::Trains),
    };
    let all = series
        .iter()
        .map(|s| score_series(&trade, s, &terms))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| Problem::new("the months cannot be scored").because(e))?;
    let view = Score::of(&c, a.observed.observed.display().to_string(), &model, trade.members.len(), &all);
    if a.shown.json {
        print(&json(&view));
    } else {
        print_screen(&view.summary().text(colour_out(), width()), a.shown.verbose);
    }
    Ok(Ended::Fine)
}

/// The columns of the file of reported values; its problems go to standard error.
pub fn observed(c: &Corridor, a: &ObservedFile) -> Result<Vec<MonthSeries>, Problem> {
    let path = &a.observed;
    let bytes = read_file(path).map_err(|e| {
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
    let (series, found) = read_monthly(&path.display().to_string(), &bytes, &c.about.countries, &declared);
    if series.is_empty() {
        say(render(&found, colour_err()));
        return Err(Problem::new(format!("{} cannot be compared with", path.display()))
            .help("docs/diagnostics.md explains each code"));
    }
    Ok(series)
}

fn by_trains(c: &Corridor, a: &Args) -> Result<MonthlyTrade, Problem> {
    let plan = compile(c, c.horizon.from).map_err(|e| crate::physics::unfit(c, &e))?;
    let replications = a.replications.unwrap_or(c.sampling.replications).max(1);
    let bar = progress::bar(u64::from(replications) + 1, "simulating");
    let out = MonthlyTrade::by_trains(c, &plan, a.seed.unwrap_or(c.sampling.seed), replications, &|| bar.inc(1));
    bar.finish_and_clear();
    Ok(out)
}

fn by_days(c: &Corridor, a: &Args, accepted: &[Values]) -> Result<MonthlyTrade, Problem> {
    let model =
        DayModel::new(c).ok_or_else(|| Problem::new(format!("{} has days without a midnight", c.about.title)))?;
    let replications = a.replications.unwrap_or(MonthlyTrade::days_replications(accepted)).max(1);
    let bar = progress::bar(u64::from(replications), "simulating");
    let out = MonthlyTrade::by_days(&model, accepted, a.seed.unwrap_or(c.sampling.seed), replications, &|| bar.inc(1));
    bar.finish_and_clear();
    Ok(out)
}
