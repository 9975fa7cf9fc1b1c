//! Goods and consignments that a rule refuses, and consignments that do not fit their wagons or lack documents.

use crate::diagnostic::Sink;
use crate::load::Files;
use yalu_model::{Corridor, Documents};

pub(super) fn refused(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, good) in files.list("trade.toml", "good").iter().zip(&c.goods) {
        for rule in c.rules.iter().filter(|_| !good.flags.exempt) {
            if rule.from.is_some_and(|t| t >= c.to) {
                continue;
            }
            let banned: Vec<_> = row.texts("hs").iter().filter(|(hs, _)| rule.refuses(good.direction, hs)).collect();
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

pub(super) fn consignments(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, x) in files.csv("consignments.csv").iter().zip(&c.consignments) {
        if let Some(rule) = x.refused_by.and_then(|i| c.rules.get(i)) {
            let message = format!("`{}` (HS {}) is refused by `{}`: {}", x.id, x.hs6, rule.id, rule.rule);
            let source = if rule.source.is_empty() { String::new() } else { format!(" ({})", rule.source) };
            let help = format!("it never travels: {}{source}; exempt goods are flagged so", rule.content);
            sink.warn("Y1108", row.at("hs6"), message, Some(help));
        }
        let class = &c.wagons[x.wagon];
        let tare = x.tare_t.as_ref().unwrap_or(&class.tare_t);
        let load = x.gross_t.central() - tare.central();
        if load <= 0.0 {
            let help = format!("gross is the loaded wagon with its own {} t", tare.central());
            sink.error(
                "Y1109",
                row.at("gross_t"),
                format!("`{}` is no heavier than its empty wagon", x.id),
                Some(help),
            );
        } else if load > class.payload_t.central() {
            let message = format!("`{}` loads {load} t on a wagon for {} t", x.id, class.payload_t.central());
            let help = "more wagons, or correct one of the two".to_owned();
            sink.warn("Y0615", row.at("gross_t"), message, Some(help));
        }
        if x.documents != Documents::Complete {
            let message = format!("the documents of `{}` are not complete", x.id);
            let help = "it waits at the border until they are, or is sent back".to_owned();
            sink.warn("Y1111", row.at("documents"), message, Some(help));
        }
        if let Some(good) = x.good.map(|g| &c.goods[g])
            && !good.hs.iter().any(|h| x.hs6.starts_with(h.as_str()) || h.starts_with(&x.hs6))
        {
            let message = format!("HS {} is none of the headings of `{}`", x.hs6, good.id);
            let help = format!("its headings are {}", good.hs.join(", "));
            sink.warn("Y1112", row.at("good"), message, Some(help));
        }
    }
}
