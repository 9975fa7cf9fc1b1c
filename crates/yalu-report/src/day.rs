//! The day's page: headline, year at a glance, questions.

use crate::escape::{Anchors, text};
use crate::figure::{Place, figure};
use crate::rich::{Known, rich, sources};
use crate::view::{Question, Report};
use std::fmt::Write as _;

/// Date, headline, lead and what the page rests on; then the year.
pub fn top(out: &mut String, report: &Report, known: &Known, anchors: &mut Anchors) {
    let bare = if report.meta.is_empty() { " bare" } else { "" };
    let _ = write!(out, "<section class=\"top{bare}\" id=\"day\" aria-labelledby=\"headline\"><div>");
    if !report.date.is_empty() {
        let _ = write!(out, "<p class=\"kick\">{}</p>", text(&report.date));
    }
    let headline = if report.headline.is_empty() { &report.title } else { &report.headline };
    let _ = write!(out, "<h1 id=\"headline\">{}</h1>", text(headline));
    if !report.lead.is_empty() {
        let _ = write!(out, "<p class=\"lead\">{}</p>", rich(&report.lead, known));
    }
    out.push_str("</div>");
    if !report.meta.is_empty() {
        out.push_str("<div class=\"meta\"><dl>");
        for (name, value) in &report.meta {
            let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", text(name), rich(value, known));
        }
        out.push_str("</dl></div>");
    }
    out.push_str("</section>\n");
    if let Some(year) = &report.year {
        figure(out, year, Place::Year, anchors);
    }
}

/// One question with its answer, facts, sources and picture.
pub fn question(out: &mut String, question: &Question, known: &Known, anchors: &mut Anchors) {
    let anchor = anchors.give("q", &question.number);
    let alone = if question.figure.is_none() { " alone" } else { "" };
    let _ = write!(
        out,
        "<section class=\"q{alone}\" aria-labelledby=\"{anchor}\"><div class=\"qn\"><b>{}</b><h2 id=\"{anchor}\">{}</h2></div><div class=\"qa\">",
        text(&question.number),
        text(&question.question)
    );
    if !question.answer.is_empty() {
        let _ = write!(out, "<p class=\"ans\">{}</p>", rich(&question.answer, known));
    }
    if !question.text.is_empty() {
        let _ = write!(out, "<p>{}</p>", rich(&question.text, known));
    }
    if !question.facts.is_empty() {
        out.push_str("<dl>");
        for (name, value) in &question.facts {
            let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", text(name), rich(value, known));
        }
        out.push_str("</dl>");
    }
    if !question.sources.is_empty() {
        let _ = write!(
            out,
            "<p class=\"src\"><span class=\"vh\">Sources: </span>{}</p>",
            sources(&question.sources, known)
        );
    }
    out.push_str("</div>");
    if let Some(small) = &question.figure {
        out.push_str("<div class=\"qf\">");
        figure(out, small, Place::Question, anchors);
        out.push_str("</div>");
    }
    out.push_str("</section>\n");
}
