//! The whole page.

use crate::anchor::{Anchors, unsafe_to_show};
use crate::claims::{claims, key};
use crate::day::{question, read_on, top};
use crate::evidence::evidence;
use crate::figure::{Place, figure};
use crate::rich::Known;
use crate::section::{footer, section, wrong};
use crate::view::{Question, Report, Section};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

/// Colours and faces of every page.
pub const TOKENS: &str = include_str!("../assets/tokens.css");
const STYLE: &str = include_str!("../assets/report.css");
const SMALL: &str = include_str!("../assets/small.css");
const SCRIPT: &str = include_str!("../assets/report.js");
const PATTERNS: &str = include_str!("../assets/patterns.svg");

/// The report as one page that stands alone: no request, no font, one script named by its digest.
pub fn html(report: &Report) -> String {
    let known = Known::of(report.evidence.iter().map(|note| note.id.as_str()));
    let mut anchors = Anchors::default();
    let mut given = |all: &'_ [Section]| -> Vec<String> { all.iter().map(|one| anchors.give("s", &one.id)).collect() };
    let (chapters, parts) = (given(&report.chapters), given(&report.sections));
    let folded = !chapters.is_empty();
    let chapter =
        |q: &Question| report.chapters.iter().position(|one| one.id == q.chapter).map(|i| chapters[i].as_str());
    let linked: Vec<(&Section, String)> = report.chapters.iter().zip(chapters.iter().cloned()).collect();
    let named = report.named();
    let title = if report.date.is_empty() { named.to_owned() } else { format!("{}: {named}", report.date) };
    let style = [TOKENS, STYLE, SMALL].concat();
    let example = report.evidence.first().map(|note| note.id.as_str());
    let body = html! {
        a.skip href="#main" { "Skip to the report" }
        (PreEscaped(PATTERNS))
        (bar(report, &chapters, &parts))
        main #main {
            (top(report, &known))
            @for one in &report.questions { (question(one, chapter(one), &known, &mut anchors)) }
            @if let Some(year) = &report.year { (figure(year, Place::Year, &mut anchors)) }
            (claims(&report.claims, &known))
            (read_on(&report.questions, &linked))
            (key(example, &known))
            @for (one, anchor) in report.chapters.iter().zip(&chapters) { (section(one, anchor, &known, &mut anchors)) }
            (wrong(&report.wrong, &known))
            @if folded {
                details.part #all {
                    summary { h2 { "All figures" } " " (report.figures()) " with their data, the tables, the method and the reports one by one" }
                    (rest(report, &parts, &known, &mut anchors))
                }
            } @else { (rest(report, &parts, &known, &mut anchors)) }
        }
        (footer(report))
    };
    document(&title, &report.version, &style, Some(SCRIPT), &body)
}

/// A document that may fetch nothing and run nothing but the script given; signs that steer a terminal or turn the
/// reading direction become a mark.
pub fn document(title: &str, version: &str, style: &str, script: Option<&str>, body: &Markup) -> String {
    let runs = script.map_or("'none'".into(), |s| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(s))));
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src {runs}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ "Yalu " (version) };
                title { (title) }
                style { (PreEscaped(style)) }
                @if let Some(script) = script { script { (PreEscaped(script)) } }
            }
            body { (body) }
        }
    };
    page.into_string().replace(|c| unsafe_to_show(c) && c != '\n' && c != '\t', "\u{fffd}")
}

fn rest(report: &Report, parts: &[String], known: &Known, anchors: &mut Anchors) -> Markup {
    html! {
        @for (one, anchor) in report.sections.iter().zip(parts) { (section(one, anchor, known, anchors)) }
        (evidence(&report.evidence))
    }
}

fn bar(report: &Report, chapters: &[String], parts: &[String]) -> Markup {
    let link = |one: &Section, anchor: &String| {
        html! { a href={ "#" (anchor) } { @if one.short.is_empty() { (one.title) } @else { (one.short) } } }
    };
    html! {
        header { div.bar {
            b { "Yalu" }
            span.where { (report.title) }
            nav aria-label="Parts of the report" {
                a href="#day" { @if report.questions.is_empty() { "Top" } @else { "Answers" } }
                @if !report.claims.is_empty() { a href="#claims" { "Claims" } }
                @for (one, anchor) in report.chapters.iter().zip(chapters) { (link(one, anchor)) }
                @if chapters.is_empty() {
                    @for (one, anchor) in report.sections.iter().zip(parts).filter(|(s, _)| !s.listed) { (link(one, anchor)) }
                }
                @if !report.wrong.is_empty() { a href="#wrong" { "Wrong" } }
                @if !chapters.is_empty() { a href="#all" { "All figures" } }
                @else if !report.evidence.is_empty() { a href="#reports" { "Reports" } }
            }
            button.js #theme type="button" { "Dark" }
        } }
    }
}
