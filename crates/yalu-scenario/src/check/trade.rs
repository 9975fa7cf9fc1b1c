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
            for (hs, at) in row.texts("hs") {
                if rule.refuses_hs.iter().any(|r| hs.starts_with(r.as_str())) {
                    let message =
                        format!("`{}` (HS {hs}) is refused in this direction by `{}`: {}", good.id, rule.id, rule.rule);
                    let help = "leave the good out, or its heading from the rule's refuses_hs".to_owned();
                    sink.warn("Y0608", *at, message, Some(help));
                }
            }
        }
    }
}
