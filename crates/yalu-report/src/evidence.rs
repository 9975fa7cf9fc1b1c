//! The list of reports held.

use crate::anchor::link;
use crate::rich::Known;
use crate::table::grid;
use crate::view::ReportNote;
use maud::{Markup, html};
use std::collections::BTreeSet;
use yalu_number::Align;

const COLUMNS: [&str; 5] = ["Report", "Known", "Source", "Claim", "What it says"];

/// The evidence list as markup.
pub fn evidence(notes: &[ReportNote]) -> Markup {
    let columns = COLUMNS.map(|name| (name.to_owned(), Align::Left));
    let mut given = BTreeSet::new();
    let rows = notes.iter().map(|note| {
        let anchor = Known::anchor(note.id.trim());
        let id = given.insert(anchor.clone()).then_some(anchor);
        vec![
            html! { span.chip id=[id] { (note.id.trim()) } },
            html! { (note.date) },
            html! {
                @if let Some(url) = link(&note.url) {
                    a rel="noreferrer noopener" href=(url) { (note.source) }
                } @else { (note.source) }
                @if !note.kind.is_empty() { " " small { (note.kind) } }
            },
            html! { (note.claim) },
            html! { (note.detail) },
        ]
    });
    html! {
        @if !notes.is_empty() {
            section.part aria-labelledby="reports" {
                h2 #reports { "The reports, one by one" }
                p.lead {
                    @if notes.len() == 1 { "One report held" } @else { (notes.len()) " reports held" }
                    ", by the day each became known. A link leads out of this page, to where it was read."
                }
                (grid("cards list", Some(&"reports".to_owned()), &columns, rows))
            }
        }
    }
}
