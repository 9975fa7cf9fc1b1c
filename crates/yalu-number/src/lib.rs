//! How a figure is written: its unit, its digits, its doubt, and the tables it stands in.
//!
//! Nothing else in the product turns a figure into text. At most three significant figures, commas between thousands, a
//! true minus, a thin space before a sign and a whole one before a word, one day and two days. [`Estimate`] is what many
//! runs give and prints its own doubt; [`Table`] is what a terminal, a page, a CSV, a JSON and a Parquet file show alike.

mod csv;
mod day;
mod digits;
mod estimate;
mod rich;
mod safe;
mod summary;
mod table;
mod terminal;
mod unit;
mod words;

pub use csv::{csv_field, no_formula, words_of};
pub use day::Day;
pub use digits::{NOT_ANSWERED, THIN, fixed, held_to, percent, whole};
pub use estimate::{Band, Estimate};
pub use rich::{Rich, Run, plain};
pub use safe::{clean, unsafe_to_show};
pub use summary::Summary;
pub use table::{Align, Cell, Column, Data, Digits, Kind, Table, Values};
pub use unit::Unit;
pub use words::{chance, letter, likelihood, listed, running_time, sentence_case};
