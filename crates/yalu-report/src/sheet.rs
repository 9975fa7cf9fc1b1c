//! A sheet of one page, for the wall and the printer.

use crate::escape::{Anchors, text};
use crate::rich::{Known, rich};
use crate::table::table;
use crate::view::{Rich, Table};
use std::fmt::Write as _;

const TOKENS: &str = include_str!("../assets/tokens.css");
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
    let known = Known::of(std::iter::empty());
    let mut anchors = Anchors::default();
    let mut out = String::with_capacity(16 * 1024);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri \
         'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"Yalu {}\">\n\
         <title>{}</title>\n<style>\n{TOKENS}{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
        text(&s.version),
        text(&s.title),
        text(&s.title)
    );
    if !s.lead.is_empty() {
        let _ = writeln!(out, "<p class=\"lead\">{}</p>", rich(&s.lead, &known));
    }
    if !s.facts.is_empty() {
        out.push_str("<dl>");
        for (name, value) in &s.facts {
            let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", text(name), rich(value, &known));
        }
        out.push_str("</dl>\n");
    }
    for one in &s.tables {
        table(&mut out, one, &known, &mut anchors);
    }
    for note in &s.notes {
        let _ = writeln!(out, "<p>{}</p>", rich(note, &known));
    }
    let _ = writeln!(
        out,
        "<p class=\"made\">Made again by <code>{}</code>. Yalu {}. This page is whole: it fetches nothing and sends nothing.</p>",
        text(&s.command),
        text(&s.version)
    );
    out.push_str("</main>\n</body>\n</html>\n");
    out
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
