//! Sources of the story.

use crate::diagnostic::{Sink, meant};
use crate::load::Files;
use yalu_model::Corridor;

/// Sources that look like a report's id (no space, no address, with a digit) must be one.
pub(super) fn story(sink: &mut Sink, files: &Files, c: &Corridor) {
    let Some(root) = &files.story else { return };
    let asked = root.question.iter().flat_map(|q| &q.sources);
    for (s, at) in asked.chain(root.claim.iter().flat_map(|x| &x.sources)) {
        {
            let like_id = s.chars().any(|ch| ch.is_ascii_digit())
                && s.chars().all(|ch| ch.is_alphanumeric() || ch == '-' || ch == '_');
            if like_id && !c.record.reports.iter().any(|r| r.id == *s) && !c.trade.rules.iter().any(|r| r.id == *s) {
                let help = meant(s, c.record.reports.iter().map(|r| r.id.as_str()))
                    .unwrap_or_else(|| "reports are declared in reports.csv; name other sources in words".to_owned());
                sink.error("Y0404", *at, format!("there is no report `{s}`"), Some(help));
            }
        }
    }
}
