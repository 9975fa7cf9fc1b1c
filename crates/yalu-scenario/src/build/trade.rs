//! Goods, factors on demand, rules.

use super::{Builder, id, id_opt};
use crate::describe::FLAGS;
use crate::diagnostic::meant;
use crate::row::Row;
use yalu_model::{Consignment, DemandFactor, Direction, Documents, Flags, Good, GoodId, Rule};
use yalu_units::IndexVec;

fn direction(forward: bool) -> Direction {
    if forward { Direction::Forward } else { Direction::Back }
}

impl Builder<'_> {
    pub(super) fn goods(&mut self) -> IndexVec<GoodId, Good> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.list("trade.toml", "good") {
            out.push(Good {
                id: r.text("id"),
                title: r.text("title"),
                hs: r.strings("hs"),
                direction: direction(r.forward("direction").unwrap_or(true)),
                level_musd_per_month: r.quantity("level_musd_per_month"),
                unit_value_usd_per_t: r.quantity("unit_value_usd_per_t"),
                season: std::array::from_fn(|i| r.numbers("season").get(i).map_or(1.0, |(v, _)| *v)),
                day_usd_per_t: r.quantity("day_usd_per_t"),
                patience_days: r.quantity("patience_days"),
                postponed_share: r.quantity("postponed_share"),
                no_vehicle: r.flag("no_vehicle"),
                flags: self.flags(r),
            });
        }
        out
    }

    fn flags(&mut self, r: &Row) -> Flags {
        for (word, at) in r.texts("flags") {
            if !FLAGS.contains(&word.as_str()) {
                let help = meant(word, FLAGS).unwrap_or_else(|| format!("one of: {}", FLAGS.join(", ")));
                self.sink.error("Y0305", *at, format!("`{word}` is no flag"), Some(help));
            }
        }
        let has = |flag: &str| r.texts("flags").iter().any(|(word, _)| word == flag);
        Flags { dangerous: has("dangerous"), perishable: has("perishable"), exempt: has("exempt") }
    }

    pub(super) fn consignments(&mut self, rules: &[Rule]) -> Vec<Consignment> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.csv("consignments.csv") {
            let hs6 = r.text("hs6");
            let six = hs6.len() == 6 && hs6.bytes().all(|b| b.is_ascii_digit());
            if !hs6.is_empty() && !six {
                let help = "six digits, as in 100630".to_owned();
                self.sink.error("Y1110", r.at("hs6"), format!("`{hs6}` is no HS6 code"), Some(help));
            }
            let (direction, flags) = (direction(r.forward("direction").unwrap_or(true)), self.flags(r));
            let in_force = |rule: &Rule| rule.from.is_none_or(|t| t < self.to);
            let refuses = |rule: &Rule| in_force(rule) && rule.refuses(direction, &hs6);
            out.push(Consignment {
                id: r.text("id"),
                good: id_opt(r, "good"),
                direction,
                origin: id(r, "origin"),
                destination: id(r, "destination"),
                wagon: id(r, "wagon"),
                wagons: r.integer("wagons").and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
                gross_t: r.quantity("gross_t"),
                tare_t: r.quantity_opt("tare_t"),
                documents: match r.text("documents").as_str() {
                    "incomplete" => Documents::Incomplete,
                    "missing" => Documents::Missing,
                    _ => Documents::Complete,
                },
                flags,
                refused_by: rules.iter().position(refuses).filter(|_| !flags.exempt),
                hs6,
            });
        }
        out
    }

    pub(super) fn demand_factors(&mut self) -> Vec<DemandFactor> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.list("trade.toml", "demand_factor") {
            let (from, to) = self.period(r);
            out.push(DemandFactor {
                title: r.text("title"),
                from,
                to,
                direction: direction(r.forward("direction").unwrap_or(true)),
                factor: r.quantity("factor"),
            });
        }
        out
    }

    pub(super) fn rules(&mut self) -> Vec<Rule> {
        let files = self.files;
        files
            .csv("rules.csv")
            .iter()
            .map(|r| Rule {
                id: r.text("id"),
                rule: r.text("rule"),
                content: r.text("content"),
                from: self.first(r, "from"),
                direction: r.forward("direction").map(direction),
                refuses_hs: r.strings("refuses_hs"),
                source: r.text("source"),
                url: r.text("url"),
            })
            .collect()
    }
}
