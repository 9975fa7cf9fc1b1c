//! Beliefs with their reasons, as people read them.
mod corridor;

use corridor::{date, day, input, rail};
use std::fmt::Write as _;
use yalu_ledger::Ledger;

fn told(ledger: &Ledger, on: &str, as_of: &str) -> String {
    let why = ledger.explain(rail(), day(on), day(as_of));
    let mut out = String::new();
    let b = why.belief;
    let _ = writeln!(
        out,
        "{on} as of {as_of}: {:?}, runs {:.2} (open {:.2}, limited {:.2})",
        b.state(),
        b.running(),
        b.open,
        b.limited
    );
    let since = why.since;
    let _ = writeln!(
        out,
        "{} since {} ({} to {})",
        if since.runs { "runs" } else { "stands" },
        date(since.likely),
        date(since.earliest),
        date(since.latest)
    );
    let seen =
        why.last_sighting.map_or("never".to_owned(), |(i, d)| format!("{} {}", ledger.statements()[i].id, date(d)));
    let _ = writeln!(out, "last seen: {seen}; conflict: {}", why.conflict);
    for w in why.weights.iter().take(6) {
        let s = &ledger.statements()[w.statement];
        let _ = writeln!(out, "  {:+.1} bit  {} {} {:?} ({})", w.bits, s.id, date(s.reported), s.claim, s.source_type);
    }
    for w in &why.what_if {
        let _ = writeln!(out, "  if {:?}: {:+.1} bit, {:.2}", w.heard, w.bits, w.running);
    }
    out
}

#[test]
fn reasons_are_told() {
    let ledger = Ledger::new(input(false));
    let days = [
        ("2020-02-10", "2020-02-10"),
        ("2021-11-15", "2021-11-15"),
        ("2022-04-30", "2022-04-30"),
        ("2022-09-26", "2022-09-26"),
        ("2020-09-30", "2020-09-30"),
        ("2020-09-30", "2026-01-01"),
    ];
    let all: Vec<String> = days.iter().map(|(on, as_of)| told(&ledger, on, as_of)).collect();
    insta::assert_snapshot!(all.join("\n"));
}
