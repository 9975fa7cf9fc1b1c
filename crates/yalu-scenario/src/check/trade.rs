//! Goods and consignments that a rule refuses, and consignments that do not fit their wagons or lack documents.

use crate::diagnostic::Sink;
use crate::load::Files;
use yalu_model::{Corridor, Documents, HsCode};

pub(super) fn refused(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, good) in files.goods().zip(&c.trade.goods) {
        for rule in c.trade.rules.iter().filter(|_| !good.flags.exempt) {
            if rule.from.is_some_and(|t| t >= c.horizon.to) {
                continue;
            }
            let banned: Vec<_> = row.hs.iter().filter(|(hs, _)| rule.refuses(good.direction, *hs)).collect();
            let (id, rule_id, title) = (&good.id, &rule.id, &rule.rule);
            if let Some((_, at)) = banned.first() {
                let headings: Vec<String> = banned.iter().map(|(hs, _)| named(*hs)).collect();
                let headings = headings.join("; ");
                let message = format!("`{id}` (HS {headings}) is refused in this direction by `{rule_id}`: {title}");
                let help =
                    "its orders will be shown as refused; or leave it out, or its heading from the rule's refuses_hs";
                sink.warn("Y0608", *at, message, Some(help.to_owned()));
            }
            for (hs, at) in &row.hs {
                if let Some(part) =
                    rule.refuses_within(good.direction, *hs).filter(|_| !rule.refuses(good.direction, *hs))
                {
                    let message =
                        format!("`{id}` (HS {}) holds HS {part}, which `{rule_id}` refuses: {title}", named(*hs));
                    let help =
                        format!("all of it passes as it stands; make HS {part} a good of its own, or leave it out");
                    sink.warn("Y0623", *at, message, Some(help));
                }
            }
        }
    }
}

/// A code with what its chapter is about.
fn named(hs: HsCode) -> String {
    format!("{hs}, {}", hs.chapter())
}

pub(super) fn consignments(sink: &mut Sink, files: &Files, c: &Corridor) {
    for (row, x) in files.consignments.iter().zip(&c.trade.consignments) {
        if let Some(rule) = x.refused_by.and_then(|i| c.trade.rules.get(i)) {
            let message = format!("`{}` (HS {}) is refused by `{}`: {}", x.id, named(x.hs6), rule.id, rule.rule);
            let source = if rule.source.is_empty() { String::new() } else { format!(" ({})", rule.source) };
            let help = format!("it never travels: {}{source}; exempt goods are flagged so", rule.content);
            sink.warn("Y1108", row.at.hs6, message, Some(help));
        }
        let class = &c.trains.wagons[x.wagon];
        let tare = x.tare_t.as_ref().unwrap_or(&class.tare_t);
        let load = x.gross_t.central() - tare.central();
        if load <= 0.0 {
            let help = format!("gross is the loaded wagon with its own {} t", tare.central());
            sink.error("Y1109", row.at.gross_t, format!("`{}` is no heavier than its empty wagon", x.id), Some(help));
        } else if load > class.payload_t.central() {
            let message = format!("`{}` loads {load} t on a wagon for {} t", x.id, class.payload_t.central());
            let help = "more wagons, or correct one of the two".to_owned();
            sink.warn("Y0615", row.at.gross_t, message, Some(help));
        }
        if x.documents != Documents::Complete {
            let message = format!("the documents of `{}` are not complete", x.id);
            let help = "it waits at the border until they are, or is sent back".to_owned();
            sink.warn("Y1111", row.at.documents, message, Some(help));
        }
        if let Some(good) = x.good.map(|g| &c.trade.goods[g])
            && !good.hs.iter().any(|h| h.covers(x.hs6))
        {
            let message = format!("HS {} is none of the headings of `{}`", x.hs6, good.id);
            let help =
                format!("its headings are {}", good.hs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
            sink.warn("Y1112", row.at.good, message, Some(help));
        }
    }
}
