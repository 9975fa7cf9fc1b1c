//! Belief for a large record in little time: a fifth of the record of `benches/belief.rs`, with a limit that a busy machine keeps too.
mod large;

use std::time::Instant;
use yalu_ledger::Ledger;

/// A fifth of the record takes some 0.4 s when hardly optimised and nothing else runs.
const LIMIT_S: f64 = 10.0;

#[test]
fn twenty_thousand_reports_take_seconds() {
    let input = large::input(20_000, 40, 10);
    let begun = Instant::now();
    let ledger = Ledger::new(input);
    let mut days = 0;
    for (crossing, _) in ledger.crossings().enumerated() {
        let series = ledger.known_then(crossing, ledger.from(), large::last(10));
        assert!(series.iter().all(|b| (0.0..=1.0).contains(&b.running())));
        days += series.len();
    }
    let took = begun.elapsed().as_secs_f64();
    assert_eq!(days, 40 * 3650);
    assert!(took < LIMIT_S, "{took} s");
}
