//! The story, claim by claim.

use crate::escape::text;
use crate::rich::{Known, rich, sources};
use crate::table::{cell_of, head};
use crate::view::{Align, Claim, Rich, Run};
use std::fmt::Write as _;

const COLUMNS: [&str; 5] = ["The story said", "The record says", "Model, 5 – 95 %", "Source", "How sure, and verdict"];

/// The claims as a table, cards on a phone.
pub fn claims(out: &mut String, claims: &[Claim], known: &Known) {
    if claims.is_empty() {
        return;
    }
    out.push_str(
        "<section class=\"part claims\" aria-labelledby=\"claims\"><h2 id=\"claims\">The story, claim by claim</h2>",
    );
    let columns: Vec<(String, Align)> = COLUMNS.iter().map(|name| ((*name).to_owned(), Align::Left)).collect();
    head(out, "cards told", Some("claims"), &columns);
    for claim in claims {
        out.push_str("<tr role=\"row\">");
        cell_of(out, 0, COLUMNS[0], Align::Left, &text(&claim.said));
        cell_of(out, 1, "Record", Align::Left, &rich(&claim.record, known));
        cell_of(out, 2, "Model", Align::Left, &rich(&claim.model, known));
        cell_of(
            out,
            3,
            "Source",
            Align::Left,
            &format!("<span class=\"src\">{}</span>", sources(&claim.sources, known)),
        );
        let mut sure = String::new();
        confidence(&mut sure, &claim.confidence);
        let _ = write!(sure, "<b>{}</b>", text(&claim.verdict));
        cell_of(out, 4, "How sure", Align::Left, &sure);
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></section>\n");
}

fn confidence(out: &mut String, word: &str) {
    if word.trim().is_empty() {
        return;
    }
    let filled = match word.trim().to_ascii_lowercase().as_str() {
        "high" => 3,
        "medium" => 2,
        "low" => 1,
        _ => 0,
    };
    out.push_str("<span class=\"cf\">");
    if filled > 0 {
        out.push_str("<span aria-hidden=\"true\">");
        for place in 0..3 {
            out.push_str(if place < filled { "<i class=\"o\"></i>" } else { "<i></i>" });
        }
        out.push_str("</span>");
    }
    let _ = write!(out, "{}</span>", text(word));
}

/// How to read the marks of the page.
pub fn key(out: &mut String, key: &[Rich], example: Option<&str>, known: &Known) {
    let usual;
    let key = if key.is_empty() {
        usual = usual_key(example);
        &usual
    } else {
        key
    };
    out.push_str("<ul class=\"key\" aria-label=\"Key\">");
    for item in key {
        let _ = write!(out, "<li>{}</li>", rich(item, known));
    }
    out.push_str("</ul>\n");
}

fn usual_key(example: Option<&str>) -> Vec<Rich> {
    let mut key = vec![
        vec![Run::Bold("12".into()), Run::Plain(" sourced".into())],
        vec![Run::Assumed("60\u{202f}t".into()), Run::Plain(" assumed".into())],
        vec![Run::Band("41\u{a0}days (33 – 55)".into()), Run::Plain(" simulated: median, 5 – 95\u{202f}%".into())],
        vec![Run::NotAnswered("with the reason".into())],
    ];
    if let Some(id) = example {
        key.push(vec![Run::Source(id.to_owned()), Run::Plain(" report, leads to its text, date and source".into())]);
    }
    key
}
