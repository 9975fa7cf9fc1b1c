//! Sections after the day's page.

use crate::anchor::Anchors;
use crate::day::facts;
use crate::figure::{Place, figure};
use crate::rich::{Known, marked, rich};
use crate::table::table;
use crate::view::{Report, Section};
use maud::{Markup, html};
use yalu_number::Rich;

/// A section with its pictures, tables and words, under an anchor given before.
pub fn section(section: &Section, anchor: &str, known: &Known, anchors: &mut Anchors) -> Markup {
    html! {
        section.part aria-labelledby=(anchor) {
            h2 id=(anchor) { (marked(&section.title, &section.marks)) }
            @if !section.lead.is_empty() { p.lead { (rich(&section.lead, known)) } }
            (facts(&section.facts, known))
            @for one in &section.figures { (figure(one, Place::Section, anchors)) }
            @for (i, one) in section.choices.iter().enumerate() {
                details.choice name={ (anchor) "-one" } open[i == 0] {
                    summary { (one.title()) }
                    (figure(one, Place::Choice, anchors))
                }
            }
            @for one in &section.tables { (table(one, known, anchors)) }
            @for words in &section.text { p.say { (rich(words, known)) } }
        }
    }
}

/// What is known to be wrong, and what is not known.
pub fn wrong(points: &[Rich], known: &Known) -> Markup {
    html! {
        @if !points.is_empty() {
            section.part aria-labelledby="wrong" {
                h2 #wrong { "Where it is wrong" }
                ul.points { @for point in points { li { (rich(point, known)) } } }
            }
        }
    }
}

/// Sources and licences, the command and the version.
pub fn footer(report: &Report) -> Markup {
    html! {
        footer { div {
            @if !report.attribution.is_empty() {
                h2 #sources { "Sources and licences" }
                ul { @for source in &report.attribution { li { (source) } } }
            }
            (made(&report.command, &report.version))
        } }
    }
}

/// How a page was made.
pub fn made(command: &str, version: &str) -> Markup {
    html! {
        p.made {
            @if !command.is_empty() { "Made again by " code { (command) } ". " }
            "Yalu " (version) ". This page is whole: it fetches nothing and sends nothing."
        }
    }
}
