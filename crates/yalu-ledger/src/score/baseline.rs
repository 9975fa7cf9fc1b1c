//! What simple rules make of the same reports.

use crate::{Day, Ledger};
use yalu_model::{Claim, CrossingId};

/// A simple rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Baseline {
    /// The latest report wins.
    Latest,
    /// The majority of the last 30 days wins; without any, what held before.
    Majority,
    /// Of the last 90 days, the latest report of the highest type of source wins; without any, what held before.
    Rank,
}

/// How reports are ordered. Either way a report counts from the day it became known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// By the day they became known.
    Reported,
    /// By the last day they speak of.
    Event,
}

/// Days that a majority looks back over.
const MAJORITY_DAYS: i32 = 30;
/// Days that ranks look back over.
const RANK_DAYS: i32 = 90;

/// Types of source, the highest first.
const RANKS: &[&str] = &[
    "agency_observation",
    "official_party",
    "third_country_official",
    "international_org",
    "satellite",
    "state_media",
    "media_other",
    "media_anon",
];

impl Baseline {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Latest, Self::Majority, Self::Rank];
}

impl Order {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Reported, Self::Event];
}

/// A report as the rules see it.
struct Plain {
    known: Day,
    /// By what it is ordered.
    key: (Day, Day, usize),
    runs: bool,
    rank: usize,
}

/// Whether a rule takes a crossing to run, by day; nothing before the first report. Plans and what is only not confirmed say
/// neither. Every copy counts: rules know no origins.
pub fn verdicts(
    ledger: &Ledger,
    crossing: CrossingId,
    (baseline, order): (Baseline, Order),
    from: Day,
    to: Day,
) -> Vec<(Day, Option<bool>)> {
    let mut plain: Vec<Plain> = ledger.named(crossing).filter_map(|i| read(ledger, i, order)).collect();
    plain.sort_by_key(|p| p.known);
    let mut verdict = None;
    let mut known = 0;
    let first = plain.first().map_or(from, |p| p.known.max(ledger.from()).min(from));
    let mut out = Vec::new();
    for day in first.through(to) {
        known += plain[known..].iter().take_while(|p| p.known <= day).count();
        let heard = &plain[..known];
        let since = |days: i32| heard.iter().filter(move |p| day.since(p.key.0) < days);
        verdict = match baseline {
            Baseline::Latest => heard.iter().max_by_key(|p| p.key).map(|p| p.runs),
            Baseline::Majority => {
                let votes: i32 = since(MAJORITY_DAYS).map(|p| if p.runs { 1 } else { -1 }).sum();
                if votes == 0 { verdict } else { Some(votes > 0) }
            }
            Baseline::Rank => {
                since(RANK_DAYS).min_by_key(|p| (p.rank, std::cmp::Reverse(p.key))).map(|p| p.runs).or(verdict)
            }
        };
        if day >= from {
            out.push((day, verdict));
        }
    }
    out
}

fn read(ledger: &Ledger, i: usize, order: Order) -> Option<Plain> {
    let s = &ledger.statements()[i];
    let runs = match s.claim {
        Claim::Running | Claim::Resumed | Claim::Opened | Claim::Observed => true,
        Claim::Suspended | Claim::Denied => false,
        Claim::Planned | Claim::Unconfirmed | Claim::Retracted => return None,
    };
    let event = s.event.map_or(s.reported, |e| e.1).min(s.reported);
    let key = match order {
        Order::Reported => (s.reported, event, i),
        Order::Event => (event, s.reported, i),
    };
    let rank = RANKS.iter().position(|r| *r == s.source_type).unwrap_or(RANKS.len());
    Some(Plain { known: s.reported, key, runs, rank })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LedgerInput, Statement, Watched};
    use yalu_model::{Mode, Precision};

    fn said(id: &str, reported: i32, event: i32, claim: Claim, source_type: &str) -> Statement {
        Statement {
            id: id.into(),
            reported: Day(reported),
            event: Some((Day(event), Day(event))),
            precision: Precision::Day,
            crossing: "A-B-RAIL".into(),
            mode: "rail".into(),
            claim,
            quantity: None,
            unit: String::new(),
            source_type: source_type.into(),
            origin: id.into(),
            derived: false,
        }
    }

    #[test]
    fn a_late_mention_of_an_old_stop_wins_by_report_and_not_by_event() {
        let statements = vec![
            said("1", 10, 10, Claim::Running, "agency_observation"),
            said("2", 20, 2, Claim::Suspended, "media_other"),
            said("3", 21, 30, Claim::Planned, "media_other"),
        ];
        let crossings = [Watched::new("A-B-RAIL", Mode::Rail)].into_iter().collect();
        let ledger = Ledger::new(LedgerInput { crossings, statements, ..LedgerInput::default() });
        let at = |rule, day: i32| verdicts(&ledger, CrossingId(0), rule, Day(0), Day(day))[day as usize].1;
        assert_eq!(at((Baseline::Latest, Order::Reported), 9), None);
        assert_eq!(at((Baseline::Latest, Order::Reported), 25), Some(false));
        assert_eq!(at((Baseline::Latest, Order::Event), 25), Some(true));
        // One against one: what held before stays.
        assert_eq!(at((Baseline::Majority, Order::Reported), 25), Some(true));
        assert_eq!(at((Baseline::Majority, Order::Reported), 45), Some(false));
        assert_eq!(at((Baseline::Rank, Order::Reported), 90), Some(true));
        assert_eq!(at((Baseline::Rank, Order::Reported), 105), Some(false));
    }
}
