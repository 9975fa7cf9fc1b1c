//! The whole page.

use crate::claims::{claims, key};
use crate::day::{question, top};
use crate::digest::sha256_base64;
use crate::escape::{Anchors, text};
use crate::evidence::evidence;
use crate::rich::Known;
use crate::section::{footer, section, wrong};
use crate::view::Report;
use std::fmt::Write as _;

const TOKENS: &str = include_str!("../assets/tokens.css");
const STYLE: &str = include_str!("../assets/report.css");
const SMALL: &str = include_str!("../assets/small.css");
const SCRIPT: &str = include_str!("../assets/report.js");
const PATTERNS: &str = include_str!("../assets/patterns.svg");

/// The report as one page that stands alone: no request, no font, one script named by its digest.
pub fn html(report: &Report) -> String {
    let known = Known::of(report.evidence.iter().map(|note| note.id.as_str()));
    let mut anchors = Anchors::default();
    let parts: Vec<String> = report.sections.iter().map(|one| anchors.give("s", &one.id)).collect();
    let mut out = String::with_capacity(64 * 1024);
    head(&mut out, report);
    bar(&mut out, report, &parts);
    out.push_str("<main id=\"main\">\n");
    top(&mut out, report, &known, &mut anchors);
    for one in &report.questions {
        question(&mut out, one, &known, &mut anchors);
    }
    claims(&mut out, &report.claims, &known);
    let example = report.evidence.first().map(|note| note.id.as_str());
    key(&mut out, &report.key, example, &known);
    for (one, anchor) in report.sections.iter().zip(&parts) {
        section(&mut out, one, anchor, &known, &mut anchors);
    }
    wrong(&mut out, report, &known);
    evidence(&mut out, &report.evidence);
    out.push_str("</main>\n");
    footer(&mut out, report);
    out.push_str("</body>\n</html>\n");
    out
}

fn head(out: &mut String, report: &Report) {
    let named = if report.headline.is_empty() { &report.title } else { &report.headline };
    let title = if report.date.is_empty() { named.clone() } else { format!("{}: {named}", report.date) };
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'sha256-{}'; img-src data: blob:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"Yalu {}\">\n\
         <title>{}</title>\n<style>\n{TOKENS}{STYLE}{SMALL}</style>\n<script>{SCRIPT}</script>\n</head>\n",
        sha256_base64(SCRIPT),
        text(&report.version),
        text(&title)
    );
}

fn bar(out: &mut String, report: &Report, parts: &[String]) {
    let _ = write!(
        out,
        "<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n{PATTERNS}<header><div class=\"bar\"><b>Yalu</b><span class=\"where\">{}</span><nav aria-label=\"Parts of the report\"><a href=\"#day\">{}</a>",
        text(&report.title),
        if report.questions.is_empty() { "Top" } else { "The day" }
    );
    if !report.claims.is_empty() {
        out.push_str("<a href=\"#claims\">Claims</a>");
    }
    for (one, anchor) in report.sections.iter().zip(parts) {
        let name = if one.short.is_empty() { &one.title } else { &one.short };
        let _ = write!(out, "<a href=\"#{anchor}\">{}</a>", text(name));
    }
    if !report.wrong.is_empty() {
        out.push_str("<a href=\"#wrong\">Wrong</a>");
    }
    if !report.evidence.is_empty() {
        out.push_str("<a href=\"#reports\">Reports</a>");
    }
    out.push_str("</nav><button class=\"js\" type=\"button\" id=\"theme\">Dark</button></div></header>\n");
}
