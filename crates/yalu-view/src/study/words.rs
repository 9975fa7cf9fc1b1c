//! A study in words and tables.

use super::{Coverage, FigureMoves, FigureWorth, Moves, Study, Worth};
use yalu_number::{Cell, Column, Summary, Table, Unit, percent, whole};

/// Figures that the terminal shows unless asked for all.
const FIRST: usize = 9;
/// Inputs shown for a figure.
const STRONGEST: usize = 5;

impl Study {
    /// What the terminal shows; all figures and inputs where asked for.
    pub fn summary(&self, all: bool) -> Summary {
        let mut tables: Vec<Table> = self.case_tables(if all { usize::MAX } else { FIRST });
        tables.extend(self.worth.as_ref().map(|w| w.table(if all { usize::MAX } else { STRONGEST })));
        tables.extend(self.moved.iter().flat_map(Moves::tables));
        Summary {
            heading: self.title.clone(),
            facts: self.coverage.facts(),
            tables,
            notes: vec![format!(
                "Numbers are medians with 5 – 95 % bands over the runs. All cases have the same draws, seed {}.",
                self.seed
            )],
        }
    }

    /// All figures of all cases in one table, as data.
    pub fn figures(&self) -> Table {
        let rows = self
            .cases
            .iter()
            .flat_map(|c| c.figures.iter().map(move |f| (c, f)))
            .map(|(c, f)| vec![c.name.as_str().into(), f.id.as_str().into(), f.value.into(), f.difference.into()]);
        Table {
            id: "figures".to_owned(),
            title: "Figures by case".to_owned(),
            columns: vec![
                Column::text("case", "case"),
                Column::text("figure", "figure"),
                Column::estimate("value", "value", Unit::Number),
                Column::estimate("difference", "beside as declared", Unit::Number),
            ],
            rows: rows.collect(),
            note: String::new(),
        }
    }

    /// A table a figure: each case, and what it changes.
    pub fn case_tables(&self, most: usize) -> Vec<Table> {
        let Some(base) = self.cases.first() else { return Vec::new() };
        let table = |(i, f): (usize, &super::StudyFigure)| Table {
            id: f.id.clone(),
            title: f.title.clone(),
            columns: vec![
                Column::text("case", "case"),
                Column::estimate("value", "value", f.unit),
                Column::estimate("difference", "beside as declared", f.unit),
            ],
            rows: self
                .cases
                .iter()
                .map(|c| vec![c.name.as_str().into(), c.figures[i].value.into(), c.figures[i].difference.into()])
                .collect(),
            note: String::new(),
        };
        base.figures.iter().enumerate().take(most).map(table).collect()
    }
}

impl Coverage {
    fn facts(&self) -> Vec<(String, String)> {
        let mut out = vec![(
            "Runs".to_owned(),
            format!("{} of {}, {} of each case", whole(self.whole as f64), whole(self.runs as f64), self.replications),
        )];
        if let Some(first) = self.failed.first() {
            let told = format!(
                "{}; the first is replication {} of `{}`: {}",
                self.failed.len(),
                first.replication,
                first.case,
                first.cause
            );
            out.push(("Failed".to_owned(), told));
        }
        if !self.missing.is_empty() {
            out.push(("Missing".to_owned(), format!("replications {}", self.missing.join(", "))));
        }
        out
    }
}

impl Worth {
    /// The strongest inputs of each figure.
    pub fn table(&self, most: usize) -> Table {
        let strong =
            |f: &FigureWorth| f.inputs.iter().take(most).map(|x| (f.title.clone(), x.clone())).collect::<Vec<_>>();
        let rows: Vec<Vec<Cell>> = self
            .figures
            .iter()
            .flat_map(strong)
            .map(|(title, x)| {
                vec![
                    title.into(),
                    x.path.into(),
                    if x.sourced { "a source" } else { "assumed" }.into(),
                    Cell::Number(x.variance_share),
                    Cell::Number(x.narrower_share),
                ]
            })
            .collect();
        let least = self.figures.iter().map(|f| f.by_chance).fold(0.0, f64::max);
        let title = if rows.is_empty() {
            format!("No input can be told from chance with {} runs", self.runs)
        } else {
            "A source for these inputs would narrow the bands most".to_owned()
        };
        Table {
            id: "worth".to_owned(),
            title,
            columns: vec![
                Column::text("figure", "figure"),
                Column::text("input", "input"),
                Column::text("basis", "rests on"),
                Column::number("variance_share", "variance that goes with it", Unit::Share),
                Column::number("narrower_share", "band narrower if known", Unit::Share),
            ],
            rows,
            note: format!(
                "Read from {} runs in which {} inputs vary together. An input is named where its share of the variance exceeds what \
                 the strongest of them would reach by chance, at most {} here; more runs name more.",
                self.runs,
                self.inputs,
                percent(least)
            ),
        }
    }
}

impl Moves {
    /// A table a figure.
    pub fn tables(&self) -> Vec<Table> {
        self.figures.iter().filter(|f| !f.inputs.is_empty()).map(|f| f.table(&self.method, self.runs)).collect()
    }
}

impl FigureMoves {
    fn table(&self, method: &str, runs: usize) -> Table {
        let first = self.inputs.iter().all(|x| x.first.is_none());
        let columns = if first {
            vec![
                Column::number("effect", "effect from low to high", self.unit),
                Column::number("size", "size of it", self.unit),
                Column::number("spread", "its spread", self.unit),
            ]
        } else {
            vec![
                Column::number("first", "alone", Unit::Share),
                Column::number("first_low", "at least", Unit::Share),
                Column::number("first_high", "at most", Unit::Share),
                Column::number("total", "with all it acts with", Unit::Share),
                Column::number("total_low", "at least", Unit::Share),
                Column::number("total_high", "at most", Unit::Share),
            ]
        };
        let rows = self.inputs.iter().map(|x| {
            let figures: Vec<Option<f64>> = match (x.first, x.total) {
                (Some(first), Some(total)) => first.into_iter().chain(total).map(Some).collect(),
                _ => vec![x.effect, x.size, x.spread],
            };
            let name = Cell::from(format!("{} ({} to {})", x.path, x.range[0], x.range[1]));
            std::iter::once(name).chain(figures.into_iter().map(Cell::some)).collect()
        });
        Table {
            id: format!("moved-{}", self.id),
            title: format!("What moves it: {}", self.title),
            columns: std::iter::once(Column::text("input", "input")).chain(columns).collect(),
            rows: rows.collect(),
            note: format!("By {} in {runs} runs.", if method == "morris" { "Morris’ walks" } else { "Sobol’ indices" }),
        }
    }
}
