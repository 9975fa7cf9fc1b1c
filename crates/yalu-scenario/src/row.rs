//! Decoded values by field, and the typed rows made of them.

use crate::describe::{FileSpec, TableSpec};
use crate::diagnostic::At;
use crate::value::Day;
use yalu_model::{Ban, Basis, Direction, HsCode, Quantity};

/// A value and where it stands.
pub(crate) type Placed<T> = (T, At);

/// A value of the type its description asks for.
#[derive(Clone, Debug)]
pub(crate) enum Val {
    Text(String),
    Index(usize),
    Integer(i64),
    Number(f64),
    Quantity(Quantity),
    Flag(bool),
    Span(Day, Day),
    Month(i16, i8),
    Direction(Direction),
    Directions([bool; 2]),
    Code(HsCode),
    Codes(Vec<Placed<HsCode>>),
    Bans(Vec<Ban>),
    Countries([String; 2]),
    Weekdays([bool; 7]),
    Texts(Vec<Placed<String>>),
    Indices(Vec<Placed<usize>>),
    Quantities(Vec<Quantity>),
    Numbers(Vec<Placed<f64>>),
    Curve(Vec<Placed<(f64, f64)>>),
    Times(Vec<Placed<u32>>),
    Dates(Vec<Day>),
    Intervals(Vec<Placed<(u32, u32)>>),
    Pairs(Vec<(String, String)>),
    Table(Raw),
    Tables(Vec<Raw>),
}

/// A table or CSV row as decoded, before it becomes a typed row.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub at: At,
    pub path: String,
    pub basis: Basis,
    pub values: Vec<(&'static str, Val, At)>,
    /// Whether something of it is missing or wrong; that has been told.
    pub failed: bool,
}

impl Raw {
    pub fn new(at: At) -> Raw {
        Raw { at, path: String::new(), basis: Basis::Unstated, values: Vec::new(), failed: false }
    }
    /// Takes the value of a field out, if it is there.
    pub fn take(&mut self, field: &str) -> Option<Val> {
        let i = self.values.iter().position(|(n, _, _)| *n == field)?;
        Some(self.values.swap_remove(i).1)
    }
    /// Where a field stands, or the row where it does not.
    pub fn at(&self, field: &str) -> At {
        self.values.iter().find(|(n, _, _)| *n == field).map_or(self.at, |(_, _, at)| *at)
    }
}

/// A row with a type: declared by `table!`, made of a sound [`Raw`].
pub(crate) trait Decoded: Sized {
    /// What the table holds.
    const TABLE: &'static TableSpec;
    /// The typed row; none where something of it is wrong.
    fn of(raw: Raw) -> Option<Self>;
}

/// A row that is all of a file, or one of a CSV file: declared by `file!`.
pub(crate) trait Filed: Decoded {
    /// The file.
    const FILE: &'static FileSpec;
}

/// Rows in the order written; of one that is wrong, its place alone.
#[derive(Debug)]
pub(crate) struct Rows<T>(Vec<Option<T>>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Rows(Vec::new())
    }
}

impl<T: Decoded> Rows<T> {
    pub fn of(raw: Vec<Raw>) -> Self {
        Rows(raw.into_iter().map(T::of).collect())
    }
}

impl<T> Rows<T> {
    /// The row of a place, if it is sound.
    pub fn get(&self, i: usize) -> Option<&T> {
        self.0.get(i)?.as_ref()
    }
    /// The sound rows.
    pub fn iter(&self) -> std::iter::Flatten<std::slice::Iter<'_, Option<T>>> {
        self.0.iter().flatten()
    }
    /// Whether none is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Whether every row is sound.
    pub fn whole(&self) -> bool {
        self.0.iter().all(Option::is_some)
    }
}

impl<'a, T> IntoIterator for &'a Rows<T> {
    type Item = &'a T;
    type IntoIter = std::iter::Flatten<std::slice::Iter<'a, Option<T>>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
