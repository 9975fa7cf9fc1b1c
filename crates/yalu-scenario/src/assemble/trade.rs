//! Goods, factors on demand, rules.

use super::Builder;
use crate::describe::Flag;
use yalu_model::{Consignment, DemandFactor, Flags, Good, GoodId, Rule};
use yalu_units::IndexVec;

/// Rank of a good where none is given: the middle of 1 to 9.
const RANK: u8 = 5;

fn flags(words: &[Flag]) -> Flags {
    let has = |flag| words.contains(&flag);
    Flags { dangerous: has(Flag::Dangerous), perishable: has(Flag::Perishable), exempt: has(Flag::Exempt) }
}

impl Builder<'_> {
    pub(super) fn goods(&mut self) -> IndexVec<GoodId, Good> {
        let files = self.files;
        let mut out = IndexVec::new();
        for r in files.goods() {
            out.push(Good {
                id: r.id.clone(),
                title: r.title.clone(),
                hs: r.hs.iter().map(|(code, _)| *code).collect(),
                direction: r.direction,
                level_musd_per_month: r.level_musd_per_month.clone(),
                unit_value_usd_per_t: r.unit_value_usd_per_t.clone(),
                season: r.season.unwrap_or([1.0; 12]),
                day_usd_per_t: r.day_usd_per_t.clone(),
                patience_days: r.patience_days.clone(),
                postponed_share: r.postponed_share.clone(),
                rank: r.rank.map_or(RANK, |n| n as u8),
                no_vehicle: r.no_vehicle,
                flags: flags(&r.flags),
            });
        }
        out
    }

    pub(super) fn consignments(&mut self, rules: &[Rule]) -> Vec<Consignment> {
        let files = self.files;
        let mut out = Vec::new();
        for r in &files.consignments {
            let flags = flags(&r.flags);
            let in_force = |rule: &Rule| rule.from.is_none_or(|t| t < self.to);
            let refuses = |rule: &Rule| in_force(rule) && rule.refuses(r.direction, r.hs6);
            out.push(Consignment {
                id: r.id.clone(),
                good: r.good,
                direction: r.direction,
                origin: r.origin,
                destination: r.destination,
                wagon: r.wagon,
                wagons: r.wagons,
                gross_t: r.gross_t.clone(),
                tare_t: r.tare_t.clone(),
                documents: r.documents,
                flags,
                refused_by: rules.iter().position(refuses).filter(|_| !flags.exempt),
                hs6: r.hs6,
            });
        }
        out
    }

    pub(super) fn demand_factors(&mut self) -> Vec<DemandFactor> {
        let files = self.files;
        let mut out = Vec::new();
        for r in files.trade.iter().flat_map(|f| &f.demand_factor) {
            let (from, to) = self.period(r.from, r.to, r.at.to);
            out.push(DemandFactor {
                title: r.title.clone(),
                from,
                to,
                direction: r.direction,
                factor: r.factor.clone(),
            });
        }
        out
    }

    pub(super) fn rules(&mut self) -> Vec<Rule> {
        let files = self.files;
        files
            .rules
            .iter()
            .map(|r| Rule {
                id: r.id.clone(),
                rule: r.rule.clone(),
                content: r.content.clone(),
                from: r.from.map(|d| self.midnight(d.0)),
                direction: r.direction,
                refuses_hs: r.refuses_hs.iter().map(|(code, _)| *code).collect(),
                source: r.source.clone(),
                url: r.url.clone(),
            })
            .collect()
    }
}
