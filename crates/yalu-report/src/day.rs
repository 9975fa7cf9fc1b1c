//! The first layer: headline, the questions with their answers, where to read on.

use crate::anchor::Anchors;
use crate::claims::confidence;
use crate::figure::{Place, figure};
use crate::rich::{Known, marked, rich, sources};
use crate::view::{Question, Report, Section};
use maud::{Markup, html};
use yalu_number::Rich;

/// Date, headline, lead and what the page rests on.
pub fn top(report: &Report, known: &Known) -> Markup {
    html! {
        section.top #day aria-labelledby="headline" {
            @if !report.date.is_empty() { p.kick { (report.date) } }
            h1 #headline { (report.named()) }
            @if !report.lead.is_empty() { p.lead { (rich(&report.lead, known)) } }
            @if !report.meta.is_empty() {
                dl.meta { @for (name, value) in &report.meta { div { dt { (name) } dd { (rich(value, known)) } } } }
            }
        }
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

/// One question with its answer, how sure it is, what it rests on and its picture; a chapter leads on.
pub fn question(question: &Question, chapter: Option<&str>, known: &Known, anchors: &mut Anchors) -> Markup {
    let anchor = anchors.give("q", &question.number);
    html! {
        section.q.alone[question.figures.is_empty()] aria-labelledby=(anchor) {
            div.qn { b { (question.number) } h2 id=(anchor) { (question.question) } }
            div.qa {
                @if !question.answer.is_empty() { p.ans { (rich(&question.answer, known)) } }
                @if !question.text.is_empty() { p.more { (rich(&question.text, known)) } }
                dl.why {
                    dt { "How sure" }
                    dd { (confidence(&question.sure)) " " (question.why) }
                    @if !question.sources.is_empty() {
                        dt { "Rests on" }
                        dd {
                            (sources(&question.sources, known))
                            @if let Some(anchor) = chapter {
                                " " a.on href={ "#" (anchor) } { "Read on" span.vh { ": " (question.question) } " ›" }
                            }
                        }
                    }
                }
            }
            @if !question.figures.is_empty() {
                div.qf { @for small in &question.figures { (figure(small, Place::Question, anchors)) } }
            }
        }
    }
}

/// Where each question is read on.
pub fn read_on(questions: &[Question], chapters: &[(&Section, String)]) -> Markup {
    html! {
        @if !chapters.is_empty() {
            section.part.on aria-labelledby="read-on" {
                h2 #read-on { "Read on" }
                ol {
                    @for (chapter, anchor) in chapters {
                        @let number = questions.iter().find(|q| q.chapter == chapter.id).map(|q| &q.number);
                        li {
                            @if let Some(number) = number { b { (number) } " " }
                            a href={ "#" (anchor) } { (marked(&chapter.title, &chapter.marks)) }
                        }
                    }
                }
            }
        }
    }
}
