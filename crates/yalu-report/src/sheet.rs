//! A sheet of one page, for the wall and the printer.

use crate::anchor::Anchors;
use crate::day::facts;
use crate::page::{TOKENS, document};
use crate::rich::{Known, rich};
use crate::section::made;
use crate::table::table;
use crate::view::Table;
use maud::html;
use yalu_number::Rich;

const STYLE: &str = include_str!("../assets/sheet.css");

/// What stands on a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// What it is for.
    pub title: String,
    /// The finding, in a sentence or two.
    pub lead: Rich,
    /// Named values.
    pub facts: Vec<(String, Rich)>,
    /// Tables, in order.
    pub tables: Vec<Table>,
    /// Remarks, one paragraph each.
    pub notes: Vec<Rich>,
    /// Command that makes it again.
    pub command: String,
    /// Version of the program.
    pub version: String,
}

/// The sheet as a page that stands alone: no request, no script.
pub fn sheet(s: &Sheet) -> String {
    let known = Known::default();
    let mut anchors = Anchors::default();
    let body = html! {
        main {
            h1 { (s.title) }
            @if !s.lead.is_empty() { p.lead { (rich(&s.lead, &known)) } }
            (facts(&s.facts, &known))
            @for one in &s.tables { (table(one, &known, &mut anchors)) }
            @for note in &s.notes { p { (rich(note, &known)) } }
            (made(&s.command, &s.version))
        }
    };
    document(&s.title, &s.version, &[TOKENS, STYLE].concat(), None, &body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain;

    #[test]
    fn a_sheet_stands_alone_and_shows_no_markup_of_its_words() {
        let page = sheet(&Sheet { title: "A <b> & C".into(), lead: plain("x < y"), ..Sheet::default() });
        assert!(page.contains("<h1>A &lt;b&gt; &amp; C</h1>") && page.contains("x &lt; y"), "{page}");
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("<script"));
    }
}
