//! Values of inputs tried against counts that someone saw.

use crate::head::Head;
use crate::names;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use yalu_model::Corridor;
use yalu_number::{Column, Day, Summary, Table, Unit, letter};
use yalu_study::{CountSeen, Fit};
use yalu_units::{Instant, Span};

/// A key and the values to try.
#[derive(Clone, Debug)]
pub struct Axis {
    /// The key, as `--set` takes it.
    pub key: String,
    /// The values.
    pub values: Vec<String>,
}

/// All ways to take one value of each key, as places in their lists, the last key fastest.
pub fn combinations(axes: &[Axis]) -> Vec<Vec<usize>> {
    axes.iter().fold(vec![Vec::new()], |all, axis| {
        all.iter().flat_map(|c| (0..axis.values.len()).map(move |i| c.iter().copied().chain([i]).collect())).collect()
    })
}

/// A combination as a change of the scenario, `KEY=VALUE,KEY=VALUE`.
pub fn change(axes: &[Axis], at: &[usize]) -> String {
    let one = |(axis, i): (&Axis, &usize)| format!("{}={}", axis.key, axis.values[*i]);
    axes.iter().zip(at).map(one).collect::<Vec<_>>().join(",")
}

/// Which values of inputs make the counts true.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Grid {
    /// What was asked.
    #[serde(flatten)]
    pub head: Head,
    /// What the grid says, in a sentence.
    pub finding: String,
    /// The counts.
    pub counts: Vec<Count>,
    /// First day of the first week of `wagons_per_day_by_week`.
    pub first_week: Day,
    /// Each combination of values.
    pub cells: Vec<GridCell>,
    /// Keys with their values.
    #[serde(skip)]
    pub axes: Vec<Axis>,
}

/// Loaded wagons a day that someone counted over some days.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Count {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Least wagons a day.
    pub least_per_day: f64,
    /// Most wagons a day.
    pub most_per_day: f64,
}

/// A combination of values, and how the counts come out with it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GridCell {
    /// Value of each key.
    pub values: BTreeMap<String, String>,
    /// Wagons a day over the days of each count, central run.
    pub wagons_per_day: Vec<f64>,
    /// Runs in which each count is true.
    pub true_in: Vec<usize>,
    /// Runs in which all are.
    pub all_true_in: usize,
    /// Runs in all.
    pub runs: usize,
    /// Wagons a day by week, central run.
    pub wagons_per_day_by_week: Vec<f64>,
    /// Place of the value in the list of each key.
    #[serde(skip)]
    pub at: Vec<usize>,
}

impl Count {
    /// In words, `2022-01-17 to 2022-04-28: 10 to 15`.
    pub fn words(&self) -> String {
        let [low, high] = [self.least_per_day, self.most_per_day].map(|x| Unit::Number.write(x));
        format!("{} to {}: {low} to {high}", self.from, self.to)
    }
}

impl Grid {
    /// The view of what was tried, `fits` in the order of [`combinations`]; `head` is given last, when all is done.
    pub fn of(c: &Corridor, axes: Vec<Axis>, counts: &[CountSeen], fits: Vec<Fit>, from: Instant, head: Head) -> Grid {
        let cell = |(at, f): (Vec<usize>, Fit)| GridCell {
            values: axes.iter().zip(&at).map(|(a, i)| (a.key.clone(), a.values[*i].clone())).collect(),
            wagons_per_day: f.central,
            true_in: f.each,
            all_true_in: f.all,
            runs: f.runs,
            wagons_per_day_by_week: f.by_week,
            at,
        };
        let mut out = Grid {
            head,
            finding: String::new(),
            counts: counts
                .iter()
                .map(|x| Count {
                    from: names::day(c, x.from),
                    to: names::day(c, x.to + Span(-1)),
                    least_per_day: x.low,
                    most_per_day: x.high,
                })
                .collect(),
            first_week: names::day(c, from),
            cells: combinations(&axes).into_iter().zip(fits).map(cell).collect(),
            axes,
        };
        out.finding = out.sentence();
        out
    }

    fn sentence(&self) -> String {
        let some = self.cells.iter().filter(|x| x.all_true_in > 0).count();
        let best = self.cells.iter().max_by(|a, b| a.all_true_in.cmp(&b.all_true_in).then(b.at.cmp(&a.at)));
        let Some(best) = best else { return "Nothing was tried.".into() };
        if best.all_true_in == 0 {
            let never = |i: usize| self.cells.iter().all(|x| x.true_in[i] == 0);
            let never: Vec<String> =
                self.counts.iter().enumerate().filter(|(i, _)| never(*i)).map(|(_, x)| x.words()).collect();
            return if never.is_empty() {
                "No value tried makes all counts true in one run, though each alone can be.".into()
            } else {
                format!("No value tried makes all counts true: never {}.", never.join("; "))
            };
        }
        format!(
            "All counts are true in some run for {some} of {} values tried, most often ({} of {} runs) for {}.",
            self.cells.len(),
            best.all_true_in,
            best.runs,
            change(&self.axes, &best.at)
        )
    }

    /// One row a combination.
    pub fn table(&self) -> Table {
        let short = |key: &str| key.rsplit('.').next().unwrap_or(key).to_owned();
        let mut columns: Vec<Column> = self.axes.iter().map(|a| Column::text(&a.key, &short(&a.key))).collect();
        for i in 0..self.counts.len() {
            let name = letter(i);
            columns
                .push(Column::number(&format!("count_{i}_a_day"), &format!("{name} a day"), Unit::Number).decimals(2));
            columns.push(Column::count(&format!("count_{i}_true"), &format!("{name} true")));
        }
        columns.extend([Column::count("all_true", "all true"), Column::count("runs", "of runs")]);
        let row = |x: &GridCell| {
            let mut row: Vec<_> = self.axes.iter().map(|a| x.values[&a.key].as_str().into()).collect();
            for (wagons, runs) in x.wagons_per_day.iter().zip(&x.true_in) {
                row.extend([(*wagons).into(), (*runs).into()]);
            }
            row.extend([x.all_true_in.into(), x.runs.into()]);
            row
        };
        Table {
            id: "grid".into(),
            title: "Loaded wagons a day of the first rail route, and runs in which a count is true".into(),
            columns,
            rows: self.cells.iter().map(row).collect(),
            note: "a day: central run; true: of the runs in which every other uncertain input is drawn".into(),
        }
    }

    /// The grid in the terminal's words.
    pub fn summary(&self) -> Summary {
        let finding = ("Finding".to_string(), self.finding.clone());
        let counts = self.counts.iter().enumerate().map(|(i, x)| (format!("Count {}", letter(i)), x.words()));
        Summary {
            heading: format!("{}: which values make the counts true", self.head.title),
            facts: std::iter::once(finding).chain(counts).collect(),
            tables: vec![self.table()],
            notes: vec![format!("Again: {}", self.head.command)],
        }
    }
}
