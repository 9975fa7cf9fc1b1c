//! Tables that become cards on a phone.

use crate::escape::{Anchors, text};
use crate::rich::{Known, rich};
use crate::view::{Align, Table};
use std::fmt::Write as _;

/// A table as markup.
pub fn table(out: &mut String, table: &Table, known: &Known, anchors: &mut Anchors) {
    let anchor = anchors.give("t", &table.id);
    let _ = write!(out, "<div class=\"tab\" id=\"{anchor}\">");
    if table.title.is_empty() {
        head(out, "cards", None, &table.columns);
    } else {
        let _ = write!(out, "<h3 id=\"{anchor}-h\">{}</h3>", text(&table.title));
        head(out, "cards", Some(&format!("{anchor}-h")), &table.columns);
    }
    for row in &table.rows {
        out.push_str("<tr role=\"row\">");
        for (i, cell) in row.iter().enumerate() {
            let (name, align) = table.columns.get(i).map_or(("", Align::Left), |(name, align)| (name.as_str(), *align));
            cell_of(out, i, name, align, &rich(cell, known));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    if table.rows.is_empty() {
        out.push_str("<p class=\"foot\">No row held.</p>");
    }
    if !table.foot.is_empty() {
        let _ = write!(out, "<p class=\"foot\">{}</p>", text(&table.foot));
    }
    out.push_str("</div>\n");
}

/// The head of a table, up to its open body.
pub fn head(out: &mut String, class: &str, named_by: Option<&str>, columns: &[(String, Align)]) {
    let named = named_by.map(|id| format!(" aria-labelledby=\"{id}\"")).unwrap_or_default();
    let _ = write!(out, "<table role=\"table\" class=\"{class}\"{named}><thead role=\"rowgroup\"><tr role=\"row\">");
    for (name, align) in columns {
        let _ = write!(out, "<th role=\"columnheader\" scope=\"col\"{}>{}</th>", side(*align), text(name));
    }
    out.push_str("</tr></thead><tbody role=\"rowgroup\">");
}

/// One cell; the first of a row names it.
pub fn cell_of(out: &mut String, place: usize, column: &str, align: Align, inner: &str) {
    let label = text(column);
    let side = side(align);
    let _ = if place == 0 {
        write!(out, "<th role=\"rowheader\" scope=\"row\"{side}>{inner}</th>")
    } else {
        write!(out, "<td role=\"cell\" data-l=\"{label}\"{side}><div>{inner}</div></td>")
    };
}

fn side(align: Align) -> &'static str {
    if align == Align::Right { " class=\"n\"" } else { "" }
}
