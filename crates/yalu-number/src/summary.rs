//! What a command says in the terminal.

use crate::table::Table;

/// What a command says in the terminal: a heading, named values, tables, remarks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// What was run.
    pub heading: String,
    /// Named values.
    pub facts: Vec<(String, String)>,
    /// Tables, in order.
    pub tables: Vec<Table>,
    /// Remarks, one paragraph each.
    pub notes: Vec<String>,
}
