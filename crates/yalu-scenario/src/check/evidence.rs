//! Sources of the story.

use crate::diagnostic::{Sink, meant};
use crate::load::Files;
use yalu_model::Corridor;

/// Sources that look like a report's id (no space, no address, with a digit) must be one.
pub(super) fn story(sink: &mut Sink, files: &Files, c: &Corridor) {
    let Some(root) = files.toml("story.toml") else {
        return;
    };
    for row in root.rows("question").iter().chain(root.rows("claim")) {
        for (s, at) in row.texts("sources") {
            let like_id = s.chars().any(|ch| ch.is_ascii_digit())
                && s.chars().all(|ch| ch.is_alphanumeric() || ch == '-' || ch == '_');
            if like_id && !c.reports.iter().any(|r| r.id == *s) && !c.rules.iter().any(|r| r.id == *s) {
                let help = meant(s, c.reports.iter().map(|r| r.id.as_str()))
                    .unwrap_or_else(|| "reports are declared in reports.csv; name other sources in words".to_owned());
                sink.error("Y0404", *at, format!("there is no report `{s}`"), Some(help));
            }
        }
    }
}
