//! The day's page: headline, year at a glance, questions.

use crate::anchor::Anchors;
use crate::figure::{Place, figure};
use crate::rich::{Known, rich, sources};
use crate::view::{Question, Report};
use maud::{Markup, html};
use yalu_number::Rich;

/// Date, headline, lead and what the page rests on; then the year.
pub fn top(report: &Report, known: &Known, anchors: &mut Anchors) -> Markup {
    html! {
        section.top.bare[report.meta.is_empty()] #day aria-labelledby="headline" {
            div {
                @if !report.date.is_empty() { p.kick { (report.date) } }
                h1 #headline { (report.named()) }
                @if !report.lead.is_empty() { p.lead { (rich(&report.lead, known)) } }
            }
            @if !report.meta.is_empty() { div.meta { (facts(&report.meta, known)) } }
        }
        @if let Some(year) = &report.year { (figure(year, Place::Year, anchors)) }
    }
}

/// Named values.
pub fn facts(facts: &[(String, Rich)], known: &Known) -> Markup {
    html! {
        @if !facts.is_empty() {
            dl { @for (name, value) in facts { dt { (name) } dd { (rich(value, known)) } } }
        }
    }
}

/// One question with its answer, facts, sources and picture.
pub fn question(question: &Question, known: &Known, anchors: &mut Anchors) -> Markup {
    let anchor = anchors.give("q", &question.number);
    html! {
        section.q.alone[question.figure.is_none()] aria-labelledby=(anchor) {
            div.qn { b { (question.number) } h2 id=(anchor) { (question.question) } }
            div.qa {
                @if !question.answer.is_empty() { p.ans { (rich(&question.answer, known)) } }
                @if !question.text.is_empty() { p { (rich(&question.text, known)) } }
                (facts(&question.facts, known))
                @if !question.sources.is_empty() {
                    p.src { span.vh { "Sources: " } (sources(&question.sources, known)) }
                }
            }
            @if let Some(small) = &question.figure { div.qf { (figure(small, Place::Question, anchors)) } }
        }
    }
}
