//! Sections after the day's page.

use crate::escape::{Anchors, text};
use crate::figure::{Place, figure};
use crate::rich::{Known, rich};
use crate::table::table;
use crate::view::{Report, Section};
use std::fmt::Write as _;

/// A section with its pictures, tables and words, under an anchor given before.
pub fn section(out: &mut String, section: &Section, anchor: &str, known: &Known, anchors: &mut Anchors) {
    let _ = write!(
        out,
        "<section class=\"part\" aria-labelledby=\"{anchor}\"><h2 id=\"{anchor}\">{}</h2>",
        text(&section.title)
    );
    if !section.lead.is_empty() {
        let _ = write!(out, "<p class=\"lead\">{}</p>", rich(&section.lead, known));
    }
    out.push('\n');
    for one in &section.figures {
        figure(out, one, Place::Section, anchors);
    }
    for one in &section.tables {
        table(out, one, known, anchors);
    }
    for words in &section.text {
        let _ = write!(out, "<p class=\"say\">{}</p>", rich(words, known));
    }
    out.push_str("</section>\n");
}

/// What is known to be wrong, and what is not known.
pub fn wrong(out: &mut String, report: &Report, known: &Known) {
    if report.wrong.is_empty() {
        return;
    }
    out.push_str("<section class=\"part\" aria-labelledby=\"wrong\"><h2 id=\"wrong\">Where it is wrong</h2><ul class=\"points\">");
    for point in &report.wrong {
        let _ = write!(out, "<li>{}</li>", rich(point, known));
    }
    out.push_str("</ul></section>\n");
}

/// Sources and licences, the command and the version.
pub fn footer(out: &mut String, report: &Report) {
    out.push_str("<footer><div>");
    if !report.attribution.is_empty() {
        out.push_str("<h2 id=\"sources\">Sources and licences</h2><ul>");
        for source in &report.attribution {
            let _ = write!(out, "<li>{}</li>", text(source));
        }
        out.push_str("</ul>");
    }
    out.push_str("<p class=\"made\">");
    if !report.command.is_empty() {
        let _ = write!(out, "Made again by <code>{}</code>. ", text(&report.command));
    }
    let version = report.version.trim();
    let _ = write!(out, "Yalu{}{}. ", if version.is_empty() { "" } else { " " }, text(version));
    out.push_str("This page is whole: it fetches nothing and sends nothing.</p></div></footer>\n");
}
