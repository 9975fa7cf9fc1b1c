//! Goods that a rule refuses.

use crate::diagnostic::Sink;
use crate::load::Files;
use yalu_model::Corridor;

pub(super) fn refused(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, good) in files.list("trade.toml", "good").iter().zip(&c.goods) {
        for rule in c.rules.iter().filter(|r| r.direction == Some(good.direction)) {
            if rule.from.is_some_and(|t| t >= c.to) {
                continue;
            }
            let refused = |hs: &str| rule.refuses_hs.iter().any(|r| hs.starts_with(r.as_str()));
            let banned: Vec<_> = row.texts("hs").iter().filter(|(hs, _)| refused(hs)).collect();
            if let Some((_, at)) = banned.first() {
                let headings: Vec<&str> = banned.iter().map(|(hs, _)| hs.as_str()).collect();
                let headings = headings.join(", ");
                let (good, rule, title) = (&good.id, &rule.id, &rule.rule);
                let message = format!("`{good}` (HS {headings}) is refused in this direction by `{rule}`: {title}");
                let help =
                    "its orders will be shown as refused; or leave it out, or its heading from the rule's refuses_hs";
                sink.warn("Y0608", *at, message, Some(help.to_owned()));
            }
        }
    }
}
