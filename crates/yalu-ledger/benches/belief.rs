//! Belief known then for a large record: `cargo bench -p yalu-ledger`.
#[path = "../tests/large/mod.rs"]
mod large;

use divan::black_box;
use yalu_ledger::Ledger;

fn main() {
    divan::main();
}

/// 100,000 reports on 200 crossings over ten years, every day of every crossing.
#[divan::bench(sample_count = 10)]
fn known_then(bencher: divan::Bencher) {
    bencher.with_inputs(|| large::input(100_000, 200, 10)).bench_values(|input| {
        let ledger = Ledger::new(input);
        for (crossing, _) in ledger.crossings().enumerated() {
            black_box(ledger.known_then(crossing, ledger.from(), large::last(10)));
        }
    });
}
