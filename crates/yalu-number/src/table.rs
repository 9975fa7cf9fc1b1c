//! Tables: typed columns and cells, one shape for every place that shows them.

use crate::day::Day;
use crate::digits::fixed;
use crate::estimate::{Band, Estimate};
use crate::rich::{Rich, plain};
use crate::unit::Unit;
use serde::{Serialize, Serializer};

/// A table: what a terminal, a page, a CSV, a JSON and a Parquet file show alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// Short name, unique in its document; becomes an anchor or the name of a file.
    pub id: String,
    /// The finding, or the name of the table.
    pub title: String,
    /// Columns; the first names the row.
    pub columns: Vec<Column>,
    /// Cells, row by row, in the order of the columns.
    pub rows: Vec<Vec<Cell>>,
    /// Source, and what is left out.
    pub note: String,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Name in data, with the unit in it: `dwell_h`.
    pub key: String,
    /// Head for people.
    pub title: String,
    /// What stands in its cells.
    pub kind: Kind,
    /// What its figures count or measure.
    pub unit: Unit,
    /// How many digits its figures show.
    pub digits: Digits,
    /// The side it stands on: words and days left, figures right, unless the column says otherwise.
    pub align: Align,
}

/// What stands in the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers, written to the last digit.
    Count,
    /// Numbers.
    Number,
    /// What many runs give.
    Estimate,
    /// Civil days.
    Day,
}

/// How many digits the figures of a column show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Digits {
    /// At most three significant figures; data keep every digit.
    Significant,
    /// A fixed count of decimals, in data too.
    Decimals(u8),
}

/// The side on which a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

impl Column {
    fn new(kind: Kind, key: &str, title: &str, unit: Unit) -> Column {
        let align = if matches!(kind, Kind::Text | Kind::Day) { Align::Left } else { Align::Right };
        Column { key: key.into(), title: title.into(), kind, unit, digits: Digits::Significant, align }
    }
    /// A column of words.
    pub fn text(key: &str, title: &str) -> Column {
        Column::new(Kind::Text, key, title, Unit::Number)
    }
    /// A column of words already written, on its side.
    pub fn words(title: &str, align: Align) -> Column {
        Column { align, ..Column::text(title, title) }
    }
    /// A column of whole numbers.
    pub fn count(key: &str, title: &str) -> Column {
        Column::new(Kind::Count, key, title, Unit::Number)
    }
    /// A column of numbers of a unit.
    pub fn number(key: &str, title: &str, unit: Unit) -> Column {
        Column::new(Kind::Number, key, title, unit)
    }
    /// A column of what many runs give.
    pub fn estimate(key: &str, title: &str, unit: Unit) -> Column {
        Column::new(Kind::Estimate, key, title, unit)
    }
    /// A column of days.
    pub fn day(key: &str, title: &str) -> Column {
        Column::new(Kind::Day, key, title, Unit::Number)
    }
    /// With a fixed count of decimals, on the page and in data.
    #[must_use]
    pub fn decimals(self, n: u8) -> Column {
        Column { digits: Digits::Decimals(n), ..self }
    }
    /// On the right, though its cells are words.
    #[must_use]
    pub fn right(self) -> Column {
        Column { align: Align::Right, ..self }
    }
    /// Its head: the title, and the unit unless the title or each cell says it.
    pub fn head(&self) -> String {
        let unit = self.unit.name();
        if unit.is_empty() || self.unit == Unit::Share || self.title.ends_with(unit) {
            return self.title.clone();
        }
        if self.title.is_empty() { unit.into() } else { format!("{}, {unit}", self.title) }
    }
    /// A cell as people read it.
    pub fn write(&self, cell: &Cell) -> Rich {
        match cell {
            Cell::Text(rich) => rich.clone(),
            Cell::Count(n) => plain(fixed(*n as f64, 0)),
            Cell::Number(value) => match self.digits {
                Digits::Decimals(n) if self.unit != Unit::Share => plain(fixed(*value, usize::from(n))),
                _ => plain(self.unit.bare(*value)),
            },
            Cell::Estimate(estimate) => vec![crate::Run::Band(estimate.bare(self.unit))],
            Cell::Day(day) => plain(day.to_string()),
            Cell::None(why) => plain(why.as_str()),
        }
    }
}

impl Table {
    /// Rows of words already written.
    pub fn written(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<Vec<Cell>> {
        rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect()
    }
}

/// What stands in one place of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(Rich),
    /// A whole number.
    Count(i64),
    /// A number, in the unit of its column.
    Number(f64),
    /// What many runs give, in the unit of its column.
    Estimate(Estimate),
    /// A civil day.
    Day(Day),
    /// Nothing, and why; the reason may be empty.
    None(String),
}

impl Cell {
    /// A number, or nothing where there is none.
    pub fn some(value: Option<f64>) -> Cell {
        value.map_or_else(|| Cell::None(String::new()), Cell::Number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(plain(text))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(plain(text))
    }
}

impl From<Rich> for Cell {
    fn from(text: Rich) -> Cell {
        Cell::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Cell {
        Cell::Number(value)
    }
}

impl From<u32> for Cell {
    fn from(n: u32) -> Cell {
        Cell::Count(n.into())
    }
}

impl From<u64> for Cell {
    fn from(n: u64) -> Cell {
        Cell::Count(n as i64)
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Cell {
        Cell::Count(n as i64)
    }
}

impl From<Estimate> for Cell {
    fn from(estimate: Estimate) -> Cell {
        Cell::Estimate(estimate)
    }
}

impl From<Day> for Cell {
    fn from(day: Day) -> Cell {
        Cell::Day(day)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or_else(|| Cell::None(String::new()), Into::into)
    }
}

/// The words of rich text, one after the other.
pub(crate) fn flat(rich: &Rich) -> String {
    rich.iter().map(crate::Run::text).collect()
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Text(rich) => flat(rich).serialize(serializer),
            Cell::Count(n) => n.serialize(serializer),
            Cell::Number(value) => value.serialize(serializer),
            Cell::Estimate(estimate) => estimate.serialize(serializer),
            Cell::Day(day) => day.serialize(serializer),
            Cell::None(_) => serializer.serialize_none(),
        }
    }
}

/// One column of a table as data: an estimate takes seven.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// Name, with the unit in it.
    pub key: String,
    /// Values, row by row.
    pub values: Values,
}

/// The values of a column of data; none where the table has none.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Words and days.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Counts(Vec<Option<i64>>),
    /// Numbers, and the decimals they keep where their column says so.
    Numbers(Vec<Option<f64>>, Option<u8>),
}

impl Table {
    /// The table as columns of data, for CSV and Parquet.
    pub fn data(&self) -> Vec<Data> {
        self.columns.iter().enumerate().flat_map(|(i, column)| self.column(i, column)).collect()
    }

    fn column(&self, i: usize, column: &Column) -> Vec<Data> {
        let cells = || self.rows.iter().map(move |row| row.get(i));
        let decimals = match column.digits {
            Digits::Decimals(n) => Some(n),
            Digits::Significant => None,
        };
        let number = |of: &dyn Fn(&Cell) -> Option<f64>| {
            Values::Numbers(cells().map(|c| c.and_then(of).filter(|x| x.is_finite())).collect(), decimals)
        };
        let count = |of: &dyn Fn(&Cell) -> Option<i64>| Values::Counts(cells().map(|c| c.and_then(of)).collect());
        let one = |values: Values| vec![Data { key: column.key.clone(), values }];
        match column.kind {
            Kind::Text | Kind::Day => one(Values::Text(
                cells()
                    .map(|c| match c {
                        None | Some(Cell::None(_)) => None,
                        Some(cell) => Some(flat(&column.write(cell))),
                    })
                    .collect(),
            )),
            Kind::Count => one(count(&|c| if let Cell::Count(n) = c { Some(*n) } else { None })),
            Kind::Number => one(number(&|c| match c {
                Cell::Number(x) => Some(*x),
                Cell::Count(n) => Some(*n as f64),
                _ => None,
            })),
            Kind::Estimate => {
                let of = |c: &Cell| if let Cell::Estimate(e) = c { Some(*e) } else { None };
                let named = |end: &str, values: Values| Data { key: format!("{}_{end}", column.key), values };
                let end = |k: usize| number(&|c| of(c)?.band().map(|b| b.ends()[k]));
                let mut out: Vec<Data> = Band::ENDS.iter().enumerate().map(|(k, name)| named(name, end(k))).collect();
                out.push(named("defined", count(&|c| of(c).map(|e| e.defined().into()))));
                out.push(named("runs", count(&|c| of(c).map(|e| e.runs().into()))));
                out
            }
        }
    }
}
