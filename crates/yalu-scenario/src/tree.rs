//! Values with their places, the same for TOML and CSV.

use crate::diagnostic::At;

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub at: At,
    pub value: Value,
}

/// A value before the description is laid on it.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Text whose type the description decides: a CSV cell, or a value given by `--set`.
    Cell(String),
    Text(String),
    Integer(i64),
    Float(f64),
    Flag(bool),
    /// A TOML date or time as written.
    Moment(String),
    List(Vec<Node>),
    Table(Table),
    /// A row that is wrong as a whole, which has been told.
    Told,
}

/// Keys with their values in the order written.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub at: At,
    pub entries: Vec<(Key, Node)>,
}

/// A key and its place.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub name: String,
    pub at: At,
}

impl Table {
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entries.iter().find(|(k, _)| k.name == name).map(|(_, n)| n)
    }
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|(k, _)| k.name == name).map(|(_, n)| n)
    }
}

impl Value {
    /// Text of any plain sort, for ids and keys.
    pub fn plain(&self) -> Option<String> {
        match self {
            Value::Cell(s) | Value::Text(s) | Value::Moment(s) => Some(s.trim().to_owned()),
            Value::Integer(i) => Some(i.to_string()),
            Value::Float(f) => Some(f.to_string()),
            _ => None,
        }
    }
    /// What it is, for messages.
    pub fn sort(&self) -> &'static str {
        match self {
            Value::Cell(_) | Value::Text(_) => "text",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::Moment(_) => "a date or time",
            Value::List(_) => "a list",
            Value::Table(_) | Value::Told => "a table",
        }
    }
}
