//! Whether a report is one already held, or goes back to the same source.

use crate::roots::folded;
use std::collections::BTreeSet;
use yalu_model::Report;

/// Days between events of which two reports may still speak of one.
const DAYS: i32 = 3;
/// Shared share of words from which two details say the same.
const SAME_WORDS: f64 = 0.6;
/// Shared share of words from which two details, or two sources, look related.
const RELATED_WORDS: f64 = 0.4;
/// Words that say nothing of who reported what.
const COMMON: [&str; 24] = [
    "about", "after", "again", "also", "been", "citing", "from", "have", "into", "news", "agency", "only", "over",
    "reports", "said", "says", "since", "source", "sources", "that", "their", "were", "with", "ministry",
];

/// How two reports are alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// Near the same: the same link, or the same claim in the same words.
    SameReport,
    /// Perhaps of one origin: the same claim of the same days, by a like source or in like words.
    SameOrigin,
}

/// A report held that is like a new one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Similar {
    /// How.
    pub likeness: Likeness,
    /// Id of the report held.
    pub id: String,
    /// Its origin, to share if the two go back to one source.
    pub origin: String,
}

/// Reports held that a new one is like: near the same first, then by order. None shares its origin already
/// unless it is near the same. A copy that names one of them, or its origin, as its own is what it says it is: like none.
pub fn similar<'a>(new: &Report, held: impl IntoIterator<Item = &'a Report>) -> Vec<Similar> {
    let mut out: Vec<Similar> = held
        .into_iter()
        .filter(|h| h.id != new.id)
        .filter_map(|h| Some((likeness(new, h)?, h)))
        .filter(|(l, h)| *l == Likeness::SameReport || new.origin.is_empty() || h.origin != new.origin)
        .map(|(likeness, h)| Similar { likeness, id: h.id.clone(), origin: h.origin.clone() })
        .collect();
    let from = folded(&new.origin);
    if new.derived && out.iter().any(|s| from == folded(&s.id) || (from == folded(&s.origin) && !from.is_empty())) {
        return Vec::new();
    }
    out.sort_by_key(|s| s.likeness);
    out
}

fn likeness(a: &Report, b: &Report) -> Option<Likeness> {
    if a.crossing != b.crossing || a.claim != b.claim || a.corrects == b.id || !near(a, b) {
        return None;
    }
    let details = shared(&a.detail, &b.detail);
    let same_link = !a.url.is_empty() && a.url == b.url;
    if details >= SAME_WORDS || (same_link && details >= RELATED_WORDS) {
        return Some(Likeness::SameReport);
    }
    (same_link || details >= RELATED_WORDS || shared(&a.source, &b.source) >= RELATED_WORDS)
        .then_some(Likeness::SameOrigin)
}

/// Whether two reports may speak of the same days, as far as these are known.
fn near(a: &Report, b: &Report) -> bool {
    let ((a0, a1), (b0, b1)) = (a.event(), b.event());
    let slack = DAYS.max(a.prec.slack_days().min(b.prec.slack_days()));
    a0.since(b1) <= slack && b0.since(a1) <= slack
}

/// The share of the fewer words that are in both texts.
fn shared(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let fewer = a.len().min(b.len());
    if fewer == 0 { 0.0 } else { a.intersection(&b).count() as f64 / fewer as f64 }
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| (w.chars().count() > 3 || w.chars().any(|c| c.is_ascii_digit())) && !COMMON.contains(&w.as_str()))
        .collect()
}
