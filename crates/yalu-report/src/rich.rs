//! Rich text and sources as markup.

use crate::escape::{slug, text};
use crate::view::Run;
use std::collections::BTreeSet;
use std::fmt::Write as _;

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

    fn chip(&self, id: &str) -> String {
        let id = id.trim();
        if self.holds(id) {
            format!("<a class=\"chip\" href=\"#{}\">{}</a>", Known::anchor(id), text(id))
        } else {
            format!("<span class=\"chip\">{}</span>", text(id))
        }
    }
}

/// Rich text as inline markup.
pub fn rich(runs: &[Run], known: &Known) -> String {
    let mut out = String::new();
    for run in runs {
        match run {
            Run::Plain(words) => out.push_str(&dated(words)),
            Run::Bold(words) => tag(&mut out, "b", "", words),
            Run::Assumed(words) => {
                let _ = write!(out, "<span class=\"as\">{}<span class=\"vh\"> (assumed)</span></span>", text(words));
            }
            Run::Small(words) => tag(&mut out, "small", "", words),
            Run::Band(words) => band(&mut out, words),
            Run::NotAnswered(why) => not_answered(&mut out, why),
            Run::Source(id) => out.push_str(&known.chip(id)),
        }
    }
    out
}

/// Text in which a date such as 2022-09-26 is not broken over two lines.
fn dated(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    let shape = |bytes: &[u8]| {
        let mut places = bytes.iter().zip(b"0000-00-00");
        bytes.len() == 10 && places.all(|(b, s)| if *s == b'-' { b == s } else { b.is_ascii_digit() })
    };
    while let Some(at) = rest.as_bytes().windows(10).position(shape) {
        out.push_str(&text(&rest[..at]));
        out.push_str("<span class=\"nb\">");
        out.push_str(&rest[at..at + 10]);
        out.push_str("</span>");
        rest = &rest[at + 10..];
    }
    out.push_str(&text(rest));
    out
}

fn tag(out: &mut String, name: &str, class: &str, words: &str) {
    let _ = write!(out, "<{name}{class}>{}</{name}>", text(words));
}

fn band(out: &mut String, words: &str) {
    let (value, range) = words.split_once(" (").map_or((words, None), |(value, range)| (value, Some(range)));
    let _ = write!(out, "<span class=\"band\"><span>{}</span>", text(value));
    if let Some(range) = range {
        let _ = write!(out, " <span class=\"rg\">({}</span>", text(range));
    }
    out.push_str("</span>");
}

fn not_answered(out: &mut String, why: &str) {
    out.push_str("<span class=\"ph\"><span aria-hidden=\"true\">██</span> not yet answered</span>");
    if !why.trim().is_empty() {
        let _ = write!(out, " <small>{}</small>", text(why));
    }
}

/// Sources in a row: reports as chips, others in words.
pub fn sources(list: &[String], known: &Known) -> String {
    let mut out = String::new();
    let mut before = None;
    for source in list.iter().filter(|source| !source.trim().is_empty()) {
        let chip = known.holds(source) || looks_like_id(source.trim());
        match before {
            None => {}
            Some(true) if chip => out.push(' '),
            Some(_) => out.push_str(" · "),
        }
        if chip {
            out.push_str(&known.chip(source));
        } else {
            out.push_str(&text(source.trim()));
        }
        before = Some(chip);
    }
    out
}

fn looks_like_id(source: &str) -> bool {
    source.strip_prefix('R').is_some_and(|digits| digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{Known, rich, sources};
    use crate::view::{Run, plain};

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
        let html = rich(&runs, &known);
        assert!(html.starts_with("a &lt; b <span class=\"as\">60 t"));
        assert!(html.contains("<span>41 days</span> <span class=\"rg\">(33 – 55)</span>"));
        assert!(html.contains("not yet answered</span> <small>needs 200 runs</small>"));
        assert!(html.ends_with("<a class=\"chip\" href=\"#r-R085\">R085</a>"));
    }

    #[test]
    fn dates_stay_whole() {
        let html = rich(&plain("丹东 2022-09-26, <1> 2022-9-26"), &Known::default());
        assert_eq!(html, "丹东 <span class=\"nb\">2022-09-26</span>, &lt;1&gt; 2022-9-26");
    }

    #[test]
    fn reports_are_chips_and_others_words() {
        let known = Known::of(["R085"].into_iter());
        let list = ["R085", "R999", "MFA", "customs"].map(String::from);
        assert_eq!(
            sources(&list, &known),
            "<a class=\"chip\" href=\"#r-R085\">R085</a> <span class=\"chip\">R999</span> · MFA · customs"
        );
    }
}
