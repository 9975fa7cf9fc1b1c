//! Tables for a narrow place.

use yalu_number::{Cell, Table};

/// A table with medians in place of bands; what some runs do not define keeps its doubt.
pub(crate) fn at_medians(table: Table) -> Table {
    let narrow = |cell: Cell| match cell {
        Cell::Estimate(e) if e.defined() == e.runs() => Cell::Number(e.p50()),
        cell => cell,
    };
    let rows = table.rows.into_iter().map(|row| row.into_iter().map(narrow).collect());
    Table { rows: rows.collect(), ..table }
}
