//! The story, claim by claim, and how to read the marks of the page.

use crate::rich::{Known, rich, sources};
use crate::table::grid;
use crate::view::Claim;
use maud::{Markup, html};
use yalu_number::{Align, Rich, Run, sentence_case};

const COLUMNS: [&str; 5] = ["The story said", "We find", "Model, 5 – 95 %", "How sure", "Sources"];

/// The claims as a table, cards on a phone.
pub fn claims(claims: &[Claim], known: &Known) -> Markup {
    let columns = COLUMNS.map(|name| (name.to_owned(), Align::Left));
    let rows = claims.iter().map(|claim| {
        vec![
            html! { (claim.said) },
            html! { @if !claim.verdict.is_empty() { b { (sentence_case(&claim.verdict)) "." } " " } (rich(&claim.record, known)) },
            rich(&claim.model, known),
            confidence(&claim.confidence),
            html! { span.src { (sources(&claim.sources, known)) } },
        ]
    });
    html! {
        @if !claims.is_empty() {
            section.part.claims aria-labelledby="claims" {
                h2 #claims { "The story, claim by claim" }
                (grid("cards told", Some(&"claims".to_owned()), &columns, rows))
            }
        }
    }
}

/// How sure: a word with as many of three boxes filled.
pub fn confidence(word: &str) -> Markup {
    let filled = match word.trim().to_ascii_lowercase().as_str() {
        "high" => 3,
        "medium" => 2,
        "low" => 1,
        _ => 0,
    };
    html! {
        @if !word.trim().is_empty() {
            span.cf {
                @if filled > 0 {
                    span aria-hidden="true" { @for place in 0..3 { i.o[place < filled] {} } }
                }
                (word)
            }
        }
    }
}

/// How to read the marks of the page.
pub fn key(example: Option<&str>, known: &Known) -> Markup {
    let mut key: Vec<Rich> = vec![
        vec![Run::Bold("12".into()), Run::Plain(" sourced".into())],
        vec![Run::Assumed("60\u{202f}t".into()), Run::Plain(" assumed".into())],
        vec![Run::Band("41\u{a0}days (33 – 55)".into()), Run::Plain(" simulated: median, 5 – 95\u{202f}%".into())],
        vec![Run::NotAnswered("with the reason".into())],
    ];
    if let Some(id) = example {
        key.push(vec![Run::Source(id.to_owned()), Run::Plain(" report, leads to its text, date and source".into())]);
    }
    html! { ul.key aria-label="Key" { @for item in &key { li { (rich(item, known)) } } } }
}
