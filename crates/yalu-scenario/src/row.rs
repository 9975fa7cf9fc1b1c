//! Decoded values by field name. What is missing or wrong has been told already; getters then give a neutral value.

use crate::diagnostic::At;
use crate::value::Day;
use yalu_model::{Basis, Quantity};

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
    Forward(bool),
    Directions([bool; 2]),
    Weekdays([bool; 7]),
    Texts(Vec<(String, At)>),
    Indices(Vec<(usize, At)>),
    Quantities(Vec<Quantity>),
    Numbers(Vec<(f64, At)>),
    Curve(Vec<((f64, f64), At)>),
    Times(Vec<(u32, At)>),
    Dates(Vec<Day>),
    Intervals(Vec<((u32, u32), At)>),
    Pairs(Vec<(String, String)>),
    Row(Row),
    Rows(Vec<Row>),
}

/// A decoded table or CSV row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub at: At,
    pub path: String,
    pub basis: Basis,
    pub values: Vec<(&'static str, Val, At)>,
    /// Fields that are there but whose value is wrong.
    pub failed: Vec<&'static str>,
}

macro_rules! getter {
    ($(#[$doc:meta])* $name:ident, $variant:ident, $t:ty) => {
        $(#[$doc])*
        pub fn $name(&self, field: &str) -> Option<$t> {
            match self.get(field) {
                Some(Val::$variant(x)) => Some(x.clone()),
                _ => None,
            }
        }
    };
}

impl Row {
    pub fn empty(at: At) -> Row {
        Row { at, path: String::new(), basis: Basis::Unstated, values: Vec::new(), failed: Vec::new() }
    }
    pub fn get(&self, field: &str) -> Option<&Val> {
        self.values.iter().find(|(n, _, _)| *n == field).map(|(_, v, _)| v)
    }
    /// Whether a field is there, be its value right or wrong.
    pub fn given(&self, field: &str) -> bool {
        self.get(field).is_some() || self.failed.contains(&field)
    }
    /// Where a field stands, or the row where it does not.
    pub fn at(&self, field: &str) -> At {
        self.values.iter().find(|(n, _, _)| *n == field).map_or(self.at, |(_, _, at)| *at)
    }
    pub fn text(&self, field: &str) -> String {
        match self.get(field) {
            Some(Val::Text(s)) => s.clone(),
            _ => String::new(),
        }
    }
    pub fn text_opt(&self, field: &str) -> Option<String> {
        Some(self.text(field)).filter(|s| !s.is_empty())
    }
    getter!(index, Index, usize);
    getter!(integer, Integer, i64);
    getter!(number, Number, f64);
    getter!(quantity_opt, Quantity, Quantity);
    getter!(weekdays, Weekdays, [bool; 7]);
    getter!(directions, Directions, [bool; 2]);
    getter!(forward, Forward, bool);

    pub fn flag(&self, field: &str) -> bool {
        self.flag_or(field, false)
    }
    pub fn flag_or(&self, field: &str, otherwise: bool) -> bool {
        match self.get(field) {
            Some(Val::Flag(b)) => *b,
            _ => otherwise,
        }
    }
    pub fn month(&self, field: &str) -> Option<(i16, i8)> {
        match self.get(field) {
            Some(Val::Month(y, m)) => Some((*y, *m)),
            _ => None,
        }
    }
    /// First and last day.
    pub fn days(&self, field: &str) -> Option<(Day, Day)> {
        match self.get(field) {
            Some(Val::Span(a, b)) => Some((*a, *b)),
            _ => None,
        }
    }
    pub fn quantity(&self, field: &str) -> Quantity {
        self.quantity_opt(field)
            .unwrap_or_else(|| Quantity::assumed(&format!("{}.{field}", self.path), 0.0, "not given"))
    }
    pub fn texts(&self, field: &str) -> &[(String, At)] {
        match self.get(field) {
            Some(Val::Texts(v)) => v,
            _ => &[],
        }
    }
    pub fn strings(&self, field: &str) -> Vec<String> {
        self.texts(field).iter().map(|(s, _)| s.clone()).collect()
    }
    pub fn indices(&self, field: &str) -> &[(usize, At)] {
        match self.get(field) {
            Some(Val::Indices(v)) => v,
            _ => &[],
        }
    }
    pub fn quantities(&self, field: &str) -> Vec<Quantity> {
        match self.get(field) {
            Some(Val::Quantities(v)) => v.clone(),
            _ => Vec::new(),
        }
    }
    pub fn numbers(&self, field: &str) -> &[(f64, At)] {
        match self.get(field) {
            Some(Val::Numbers(v)) => v,
            _ => &[],
        }
    }
    pub fn curve(&self, field: &str) -> &[((f64, f64), At)] {
        match self.get(field) {
            Some(Val::Curve(v)) => v,
            _ => &[],
        }
    }
    pub fn times(&self, field: &str) -> &[(u32, At)] {
        match self.get(field) {
            Some(Val::Times(v)) => v,
            _ => &[],
        }
    }
    pub fn dates(&self, field: &str) -> &[Day] {
        match self.get(field) {
            Some(Val::Dates(v)) => v,
            _ => &[],
        }
    }
    pub fn intervals(&self, field: &str) -> &[((u32, u32), At)] {
        match self.get(field) {
            Some(Val::Intervals(v)) => v,
            _ => &[],
        }
    }
    pub fn pairs(&self, field: &str) -> Vec<(String, String)> {
        match self.get(field) {
            Some(Val::Pairs(v)) => v.clone(),
            _ => Vec::new(),
        }
    }
    pub fn row(&self, field: &str) -> Option<&Row> {
        match self.get(field) {
            Some(Val::Row(r)) => Some(r),
            _ => None,
        }
    }
    pub fn rows(&self, field: &str) -> &[Row] {
        match self.get(field) {
            Some(Val::Rows(r)) => r,
            _ => &[],
        }
    }
}
