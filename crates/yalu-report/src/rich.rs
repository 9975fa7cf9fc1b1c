//! Rich text and sources as markup.

use crate::anchor::slug;
use maud::{Markup, html};
use std::collections::BTreeSet;
use yalu_number::{NOT_ANSWERED, Run};

/// The reports that have a row in the evidence list.
#[derive(Debug, Default)]
pub struct Known(BTreeSet<String>);

impl Known {
    /// The ids of the evidence list.
    pub fn of<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        Self(ids.map(|id| id.trim().to_owned()).collect())
    }

    /// The anchor of a report's row.
    pub fn anchor(id: &str) -> String {
        format!("r-{}", slug(id))
    }

    /// Whether the list holds the report.
    pub fn holds(&self, id: &str) -> bool {
        self.0.contains(id.trim())
    }

    fn chip(&self, id: &str) -> Markup {
        let id = id.trim();
        html! {
            @if self.holds(id) { a.chip href={ "#" (Known::anchor(id)) } { (id) } } @else { span.chip { (id) } }
        }
    }
}

/// Rich text as inline markup.
pub fn rich(runs: &[Run], known: &Known) -> Markup {
    html! { @for run in runs {
        @match run {
            Run::Plain(words) => (dated(words)),
            Run::Bold(words) => b { (words) },
            Run::Assumed(words) => span.as { (words) span.vh { " (assumed)" } },
            Run::Small(words) => small { (words) },
            Run::Band(words) => (band(words)),
            Run::NotAnswered(why) => {
                span.ph { span aria-hidden="true" { "██" } " " (NOT_ANSWERED) }
                @if !why.trim().is_empty() { " " small { (why) } }
            },
            Run::Source(id) => (known.chip(id)),
            Run::Headline { id, text } => data value=(id) { (text) },
        }
    } }
}

/// Text in which a date such as 2022-09-26 is not broken over two lines.
fn dated(words: &str) -> Markup {
    let shape = |bytes: &[u8]| {
        let mut places = bytes.iter().zip(b"0000-00-00");
        bytes.len() == 10 && places.all(|(b, s)| if *s == b'-' { b == s } else { b.is_ascii_digit() })
    };
    let mut parts = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.as_bytes().windows(10).position(shape) {
        parts.push((&rest[..at], &rest[at..at + 10]));
        rest = &rest[at + 10..];
    }
    html! { @for (before, date) in parts { (before) span.nb { (date) } } (rest) }
}

fn band(words: &str) -> Markup {
    let (value, range) = words.split_once(" (").map_or((words, None), |(value, range)| (value, Some(range)));
    html! { span.band { span { (value) } @if let Some(range) = range { " " span.rg { "(" (range) } } } }
}

/// Sources in a row: reports as chips, others in words.
pub fn sources(list: &[String], known: &Known) -> Markup {
    let named = list.iter().map(|source| source.trim()).filter(|source| !source.is_empty());
    let all: Vec<(bool, &str)> = named.map(|source| (known.holds(source) || looks_like_id(source), source)).collect();
    html! { @for (i, (chip, source)) in all.iter().enumerate() {
        @if i > 0 { @if *chip && all[i - 1].0 { " " } @else { " · " } }
        @if *chip { (known.chip(source)) } @else { (source) }
    } }
}

fn looks_like_id(source: &str) -> bool {
    source.strip_prefix('R').is_some_and(|digits| digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Words with the headline figures in them marked by their ids.
pub fn marked(words: &str, marks: &[(&'static str, String)]) -> Markup {
    let first =
        marks.iter().filter(|m| !m.1.is_empty()).filter_map(|m| Some((words.find(&m.1)?, m))).min_by_key(|x| x.0);
    html! {
        @if let Some((at, (id, text))) = first {
            (words[..at]) data value=(id) { (text) } (marked(&words[at + text.len()..], marks))
        } @else { (words) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, rich, sources};
    use yalu_number::{Run, plain};

    #[test]
    fn each_standing_has_its_form() {
        let known = Known::of(["R085"].into_iter());
        let runs = vec![
            Run::Plain("a < b ".into()),
            Run::Assumed("60 t".into()),
            Run::Band("41 days (33 – 55)".into()),
            Run::NotAnswered("needs 200 runs".into()),
            Run::Source("R085".into()),
        ];
        let html = rich(&runs, &known).into_string();
        assert!(html.starts_with("a &lt; b <span class=\"as\">60 t"));
        assert!(html.contains("<span>41 days</span> <span class=\"rg\">(33 – 55)</span>"));
        assert!(html.contains("not answered</span> <small>needs 200 runs</small>"));
        assert!(html.ends_with("<a class=\"chip\" href=\"#r-R085\">R085</a>"));
    }

    #[test]
    fn dates_stay_whole() {
        let html = rich(&plain("丹东 2022-09-26, <1> 2022-9-26"), &Known::default()).into_string();
        assert_eq!(html, "丹东 <span class=\"nb\">2022-09-26</span>, &lt;1&gt; 2022-9-26");
    }

    #[test]
    fn reports_are_chips_and_others_words() {
        let known = Known::of(["R085"].into_iter());
        let list = ["R085", "R999", "MFA", "customs"].map(String::from);
        assert_eq!(
            sources(&list, &known).into_string(),
            "<a class=\"chip\" href=\"#r-R085\">R085</a> <span class=\"chip\">R999</span> · MFA · customs"
        );
    }
}
