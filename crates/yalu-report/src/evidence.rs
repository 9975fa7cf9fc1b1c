//! The list of reports held.

use crate::escape::{link, text};
use crate::rich::Known;
use crate::table::{cell_of, head};
use crate::view::{Align, ReportNote};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const COLUMNS: [&str; 5] = ["Report", "Known", "Source", "Claim", "What it says"];

/// The evidence list as markup.
pub fn evidence(out: &mut String, notes: &[ReportNote]) {
    if notes.is_empty() {
        return;
    }
    let count = if notes.len() == 1 { "One report held".to_owned() } else { format!("{} reports held", notes.len()) };
    let _ = write!(
        out,
        "<section class=\"part\" aria-labelledby=\"reports\"><h2 id=\"reports\">The reports, one by one</h2><p class=\"lead\">{count}, by the day each became known. A link leads out of this page, to where it was read.</p>"
    );
    let columns: Vec<(String, Align)> = COLUMNS.iter().map(|name| ((*name).to_owned(), Align::Left)).collect();
    head(out, "cards list", Some("reports"), &columns);
    let mut given = BTreeSet::new();
    for note in notes {
        let anchor = Known::anchor(note.id.trim());
        let id = if given.insert(anchor.clone()) { format!(" id=\"{anchor}\"") } else { String::new() };
        let _ = write!(out, "<tr role=\"row\"{id}>");
        cell_of(out, 0, COLUMNS[0], Align::Left, &format!("<span class=\"chip\">{}</span>", text(note.id.trim())));
        cell_of(out, 1, COLUMNS[1], Align::Left, &text(&note.date));
        cell_of(out, 2, COLUMNS[2], Align::Left, &source(note));
        cell_of(out, 3, COLUMNS[3], Align::Left, &text(&note.claim));
        cell_of(out, 4, COLUMNS[4], Align::Left, &text(&note.detail));
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></section>\n");
}

fn source(note: &ReportNote) -> String {
    let name = text(&note.source);
    let mut out = match link(&note.url) {
        Some(url) => format!("<a rel=\"noreferrer noopener\" href=\"{}\">{name}</a>", text(url)),
        None => name,
    };
    if !note.kind.is_empty() {
        let _ = write!(out, " <small>{}</small>", text(&note.kind));
    }
    out
}
