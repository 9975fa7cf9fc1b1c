//! The record as schema.org `ClaimReview`s, in JSON-LD.
//!
//! What is reviewed is what a report claims; the verdict is the judged state of the crossing on the day it speaks of,
//! which the caller gives. A report without one is listed without a rating.

use serde_json::{Value, json};
use yalu_model::Claim;
use yalu_model::Report;
use yalu_model::Words as _;
use yalu_scenario::reports::day_text;

/// Reviews of the claims of reports. `judged` says whether the service ran on the days a report speaks of, where that
/// is judged; `titles` gives the name of a crossing.
pub fn claim_reviews<'a>(
    keeper: &str,
    reports: impl IntoIterator<Item = &'a Report>,
    title: impl Fn(&str) -> String,
    judged: impl Fn(&Report) -> Option<bool>,
) -> Value {
    let mut reports: Vec<&Report> = reports.into_iter().collect();
    reports.sort_by(|a, b| (a.reported, &a.id).cmp(&(b.reported, &b.id)));
    let graph: Vec<Value> = reports.iter().map(|r| review(keeper, r, &title(&r.crossing), judged(r))).collect();
    json!({ "@context": "https://schema.org", "@graph": graph })
}

fn review(keeper: &str, r: &Report, title: &str, ran: Option<bool>) -> Value {
    let says_it_runs = match r.claim {
        Claim::Running | Claim::Resumed | Claim::Opened | Claim::Observed | Claim::Planned => Some(true),
        Claim::Suspended | Claim::Denied => Some(false),
        Claim::Unconfirmed | Claim::Retracted => None,
    };
    let holds = says_it_runs.zip(ran).map(|(says, ran)| says == ran);
    let (start, end) = r.event();
    let days = if start == end { day_text(start) } else { format!("{} to {}", day_text(start), day_text(end)) };
    let mut claim = json!({
        "@type": "Claim",
        "author": { "@type": "Organization", "name": r.source },
        "datePublished": day_text(r.reported),
        "text": r.detail,
    });
    if let (Some(o), false) = (claim.as_object_mut(), r.url.is_empty()) {
        o.insert("appearance".into(), json!({ "@type": "CreativeWork", "url": r.url }));
    }
    let mut out = json!({
        "@type": "ClaimReview",
        "@id": format!("urn:yalu:report:{}", r.id),
        "identifier": r.id,
        "claimReviewed": format!("{title}, {days}: {}. {}", r.claim.word(), r.detail).trim_end_matches(". ").to_owned(),
        "itemReviewed": claim,
        "author": { "@type": "Organization", "name": keeper },
        "datePublished": day_text(r.reported),
    });
    if let (Some(o), Some(holds)) = (out.as_object_mut(), holds) {
        let (value, word) = if holds { (5, "holds") } else { (1, "does not hold") };
        let rating = json!({
            "@type": "Rating", "ratingValue": value, "bestRating": 5, "worstRating": 1, "alternateName": word,
        });
        o.insert("reviewRating".into(), rating);
    }
    out
}
