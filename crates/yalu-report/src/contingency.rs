//! The sheet of a closure as a page to print.

use crate::{Sheet, sheet};
use yalu_number::{Run, plain};
use yalu_view::contingency::Contingency;

/// The page, whole.
pub fn contingency_sheet(x: &Contingency, version: &str) -> String {
    sheet(&Sheet {
        title: x.heading(),
        lead: plain(format!("{}. {}", x.title, x.lead())),
        facts: x.facts().into_iter().map(|(name, value)| (name, vec![Run::Band(value)])).collect(),
        tables: [x.ways_with_limits(), x.places_table(), x.lengths_table()].map(Into::into).into(),
        notes: x.remarks(),
        command: x.command.clone(),
        version: version.into(),
    })
}
