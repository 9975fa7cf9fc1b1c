//! Cases of one corridor, each run with the same draws: figures of every run, as rows that shards can hold and a merge puts
//! together.

use crate::measure::by_route;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use yalu_model::Corridor;
use yalu_number::Unit;
use yalu_plan::{Draw, Plan};
use yalu_sim::{Outcome, Recorded, simulate};
use yalu_units::Mass;

/// One case, ready to run.
#[derive(Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// The corridor with what the case changes.
    pub corridor: Corridor,
    /// Its plan.
    pub plan: Plan,
}

/// A figure of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name in data, with the unit in it.
    pub id: String,
    /// What it is, in words.
    pub title: String,
    /// Its unit.
    pub unit: Unit,
}

/// One run of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseRun {
    /// Number of the case in its list.
    pub case: usize,
    /// The replication, from 1.
    pub replication: u32,
    /// Its figures in the order of [`measures`], or why there are none.
    pub figures: Result<Vec<f64>, String>,
}

/// The figures of a run of a corridor: of the whole reported period, then of each route.
pub fn measures(c: &Corridor) -> Vec<Measure> {
    let one = |id: &str, title: &str, unit: Unit| Measure { id: id.to_owned(), title: title.to_owned(), unit };
    let [first, second] = &c.about.countries;
    let mut out = vec![
        one("exports_usd", &format!("Goods from {first} to {second}"), Unit::Usd),
        one("imports_usd", &format!("Goods from {second} to {first}"), Unit::Usd),
        one("crossed_t", "Goods that crossed", Unit::Tonnes),
        one("given_up_usd", "Orders given up", Unit::Usd),
        one("trains", "Freight trains that crossed", Unit::Trains),
        one("wagons", "Loaded wagons that crossed", Unit::Wagons),
        one("waiting_t", "Waiting to cross, mean of days", Unit::Tonnes),
        one("waiting_most_t", "Waiting to cross, at most", Unit::Tonnes),
        one("waiting_end_t", "Waiting to cross at the end", Unit::Tonnes),
    ];
    out.extend(c.trade.routes.iter().map(|r| one(&format!("route.{}.crossed_t", r.id), &r.title, Unit::Tonnes)));
    out
}

/// The figures of one run.
fn figures(c: &Corridor, outcome: &Outcome) -> Vec<f64> {
    let usd = |cents: i64| cents as f64 / 100.0;
    let over = |f: &dyn Fn(&yalu_sim::MonthOutcome) -> f64| outcome.months.iter().map(f).sum::<f64>();
    let days = outcome.waiting_t.iter().map(|t| f64::from(*t));
    let at_the_end = outcome.waiting_t.last().map_or(0.0, |t| f64::from(*t));
    let mass: Mass = outcome.months.iter().flat_map(|m| m.flows.iter().map(|f| f.mass)).sum();
    let mut out = vec![
        over(&|m| usd(m.exports_cents)),
        over(&|m| usd(m.imports_cents)),
        mass.as_tonnes(),
        over(&|m| m.given_up_cents.into_iter().map(usd).sum()),
        over(&|m| m.trains.into_iter().map(f64::from).sum()),
        over(&|m| m.wagons.iter().map(|w| f64::from(*w)).sum()),
        days.clone().sum::<f64>() / (outcome.waiting_t.len().max(1)) as f64,
        days.fold(0.0, f64::max),
        at_the_end,
    ];
    let mut routes = vec![0.0; c.trade.routes.len()];
    for m in &outcome.months {
        for (sum, r) in routes.iter_mut().zip(by_route(c, m)) {
            *sum += r.tonnes;
        }
    }
    out.extend(routes);
    out
}

/// Runs one replication of a case. A fault of the simulator is its row's, not the study's.
pub fn run_case(case: &Case, draw: Draw) -> Result<Vec<f64>, String> {
    let run = || simulate(&case.corridor, &case.plan, draw, Recorded::Nothing).0;
    let outcome = catch_unwind(AssertUnwindSafe(run)).map_err(|cause| {
        let words = cause.downcast_ref::<&str>().map(ToString::to_string);
        let words = words.or_else(|| cause.downcast_ref::<String>().cloned());
        format!("the simulator failed: {}", words.unwrap_or_else(|| "no cause was given".to_owned()))
    })?;
    match outcome.deadlocks {
        0 => Ok(figures(&case.corridor, &outcome)),
        1 => Err("a train could never move again".to_owned()),
        n => Err(format!("{n} trains could never move again")),
    }
}

/// Runs each case in each of some replications: rows by replication, then case, whatever the number of threads. Tells each
/// run done.
pub fn run_cases(
    cases: &[Case],
    seed: u64,
    replications: RangeInclusive<u32>,
    done: &(impl Fn() + Sync),
) -> Vec<CaseRun> {
    let runs: Vec<(u32, usize)> = replications.flat_map(|n| (0..cases.len()).map(move |case| (n, case))).collect();
    runs.into_par_iter()
        .map(|(replication, case)| {
            let figures = run_case(&cases[case], Draw::replication(seed, replication));
            done();
            CaseRun { case, replication, figures }
        })
        .collect()
}

/// Why rows of a study cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// The head names other columns.
    #[error("its columns are not those of this study")]
    Columns,
    /// A row is none of the study.
    #[error("line {line} is no row of this study")]
    Row {
        /// Line of the text, from 1.
        line: usize,
    },
}

/// Columns before the figures.
const LEADING: [&str; 3] = ["case", "replication", "failed"];

/// Rows as CSV text: number of the case, replication, why it failed, then the figures, written so that they read back to the
/// last bit. The head stands first where `head` is given.
pub fn rows_text(measures: &[Measure], rows: &[CaseRun], head: bool) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let mut put = |record: Vec<String>| drop(out.write_record(&record));
    if head {
        put(LEADING.iter().map(ToString::to_string).chain(measures.iter().map(|m| m.id.clone())).collect());
    }
    for row in rows {
        let (failed, figures) = match &row.figures {
            Ok(figures) => (String::new(), figures.iter().map(ToString::to_string).collect()),
            Err(why) => (why.clone(), vec![String::new(); measures.len()]),
        };
        put([row.case.to_string(), row.replication.to_string(), failed].into_iter().chain(figures).collect());
    }
    out.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Reads rows with their head back.
///
/// # Errors
/// [`RowError`] at the first fault.
pub fn read_rows(measures: &[Measure], cases: usize, text: &str) -> Result<Vec<CaseRun>, RowError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().map_err(|_| RowError::Columns)?;
    if !head.iter().eq(LEADING.into_iter().chain(measures.iter().map(|m| m.id.as_str()))) {
        return Err(RowError::Columns);
    }
    let row = |(i, record): (usize, Result<csv::StringRecord, csv::Error>)| {
        let read = || {
            let record = record.ok()?;
            let (case, replication) = (record.get(0)?.parse().ok()?, record.get(1)?.parse().ok()?);
            let failed = record.get(2)?;
            let numbers = || record.iter().skip(LEADING.len()).map(str::parse).collect::<Result<Vec<f64>, _>>().ok();
            let figures = if failed.is_empty() { Ok(numbers()?) } else { Err(failed.to_owned()) };
            (case < cases).then_some(CaseRun { case, replication, figures })
        };
        read().ok_or(RowError::Row { line: i + 2 })
    };
    reader.records().enumerate().map(row).collect()
}
