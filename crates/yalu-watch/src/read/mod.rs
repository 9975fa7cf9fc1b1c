//! A table of counts as published: one row a crossing, period and measure, or a column for each measure.

mod mapping;
mod number;
mod rows;
mod text;

pub use mapping::{Columns, Dates, Mapping, Preset, draft};
pub use rows::{CountCell, CountedCrossing, OtherMeasure, Place, Release, Table, ValueRow, head, read};
pub use text::{TableText, TextError, table_text};

use serde::Deserialize;
use yalu_scenario::Diagnostic;

/// Characters of a line that are shown.
const SHOWN: usize = 120;

/// A problem at a line, its column and length in characters.
fn at_line(d: Diagnostic, line: usize, (column, length): (usize, usize), text: &str) -> Diagnostic {
    let from = if column > SHOWN / 2 { column - SHOWN / 3 } else { 0 };
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let piece = text.chars().skip(from).take(SHOWN).map(clean).collect();
    Diagnostic { line, column, length, piece, piece_column: (column - from).max(1), ..d }
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
pub enum Measure {
    /// Trains.
    #[serde(rename = "trains")]
    Trains,
    /// Loaded rail containers or wagons.
    #[serde(rename = "loaded")]
    Loaded,
    /// Empty rail containers or wagons.
    #[serde(rename = "empty")]
    Empty,
    /// Wagons or rail containers, loaded and empty together.
    #[serde(rename = "wagons")]
    Wagons,
    /// Trucks.
    #[serde(rename = "trucks")]
    Trucks,
    /// Loaded truck containers.
    #[serde(rename = "trucks loaded")]
    TrucksLoaded,
    /// Empty truck containers.
    #[serde(rename = "trucks empty")]
    TrucksEmpty,
    /// Value of goods by rail, US dollars.
    #[serde(rename = "USD")]
    Usd,
}

impl Measure {
    /// All of them.
    pub const ALL: [Measure; 8] = [
        Measure::Trains,
        Measure::Loaded,
        Measure::Empty,
        Measure::Wagons,
        Measure::Trucks,
        Measure::TrucksLoaded,
        Measure::TrucksEmpty,
        Measure::Usd,
    ];
    /// Counts of rail, from which a crossing is judged.
    pub const RAIL: [Measure; 4] = [Measure::Trains, Measure::Loaded, Measure::Empty, Measure::Wagons];
    /// Counts of road at the same place.
    pub const ROAD: [Measure; 3] = [Measure::Trucks, Measure::TrucksLoaded, Measure::TrucksEmpty];

    /// The word of a mapping file, and of data.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Trains => "trains",
            Measure::Loaded => "loaded",
            Measure::Empty => "empty",
            Measure::Wagons => "wagons",
            Measure::Trucks => "trucks",
            Measure::TrucksLoaded => "trucks loaded",
            Measure::TrucksEmpty => "trucks empty",
            Measure::Usd => "USD",
        }
    }
    /// The plural noun of a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Measure::Loaded => "loaded boxes",
            Measure::Empty => "empty boxes",
            Measure::TrucksLoaded => "loaded truck containers",
            Measure::TrucksEmpty => "empty truck containers",
            other => other.word(),
        }
    }
}
