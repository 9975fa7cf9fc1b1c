//! Goods, factors on demand, rules.

use super::Builder;
use yalu_model::{DemandFactor, Direction, Good, GoodId, Rule};
use yalu_units::IndexVec;

fn direction(forward: bool) -> Direction {
    if forward { Direction::Forward } else { Direction::Back }
}

impl Builder<'_> {
    pub(super) fn goods(&mut self) -> IndexVec<GoodId, Good> {
        let files = self.files;
        files
            .list("trade.toml", "good")
            .iter()
            .map(|r| Good {
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
            })
            .collect()
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
