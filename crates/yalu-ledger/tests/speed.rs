//! Belief for a large record in little time.
mod large;

use std::time::Instant;
use yalu_ledger::Ledger;

/// Two seconds on one core of the machine it was written for, optimised; here hardly optimised, and beside other tests.
const LIMIT_S: f64 = 10.0;

#[test]
fn a_hundred_thousand_reports_take_seconds() {
    let input = large::input(100_000, 200, 10);
    let begun = Instant::now();
    let ledger = Ledger::new(input);
    let mut days = 0;
    for (crossing, _) in ledger.crossings().enumerated() {
        let series = ledger.known_then(crossing, ledger.from(), large::last(10));
        assert!(series.iter().all(|b| (0.0..=1.0).contains(&b.running())));
        days += series.len();
    }
    let took = begun.elapsed().as_secs_f64();
    assert_eq!(days, 200 * 3650);
    assert!(took < LIMIT_S, "{took} s");
    println!("{took:.2} s");
}
