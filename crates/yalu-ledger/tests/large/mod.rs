//! A large record, drawn: crossings that open and shut, reports that are right four times in five, late, now and then copied.

use yalu_ledger::{Day, LedgerInput, Statement, Watched};
use yalu_model::{Claim, Mode, Precision};
use yalu_units::{StreamKey, address};

const TYPES: [&str; 6] =
    ["agency_observation", "official_party", "satellite", "state_media", "media_other", "media_anon"];

/// The last day of some years.
pub fn last(years: i32) -> Day {
    Day(365 * years - 1)
}

/// Reports on crossings over some years from day 0.
pub fn input(reports: usize, crossings: usize, years: i32) -> LedgerInput {
    let mut stream = StreamKey { seed: 1, replication: 0 }.stream(address(&["large"]), 0);
    let statements = (0..reports)
        .map(|i| {
            let crossing = stream.below(crossings as u64);
            let reported = Day(stream.below(365 * years as u64) as i32);
            // Most reports are of the last days, one in twenty of months ago.
            let lag = if stream.unit() < 0.05 { stream.below(400) } else { stream.below(4) } as i32;
            let shut = (i32::try_from(crossing).unwrap_or(0) + (reported.0 - lag) / 200) % 3 == 0;
            let right = stream.unit() < 0.8;
            let claim = match (stream.below(10), shut == right) {
                (0, _) => Claim::Planned,
                (_, true) => Claim::Suspended,
                (1..=3, false) => Claim::Observed,
                (_, false) => Claim::Running,
            };
            Statement {
                id: format!("R{i}"),
                reported,
                event: Some((reported - lag, reported - lag)),
                precision: if stream.unit() < 0.1 { Precision::Month } else { Precision::Day },
                crossing: format!("C{crossing}-RAIL"),
                mode: "rail".into(),
                claim,
                quantity: None,
                unit: String::new(),
                source_type: TYPES[stream.below(TYPES.len() as u64) as usize].into(),
                origin: format!("O{}", if stream.unit() < 0.1 { i / 2 } else { i }),
                derived: false,
            }
        })
        .collect();
    let crossings = (0..crossings).map(|c| Watched::new(&format!("C{c}-RAIL"), Mode::Rail)).collect();
    LedgerInput { from: Day(0), crossings, statements, ..LedgerInput::default() }
}
