//! What one uncorroborated report may do, for how long: every claim by every type of source with every kind of unit, in a stop and in a service.

use std::fmt::Write as _;
use yalu_ledger::{Day, Ledger, LedgerInput, Statement, Watched};
use yalu_model::{Claim, CrossingId, Mode, Precision};

const CLAIMS: [Claim; 8] = [
    Claim::Running,
    Claim::Suspended,
    Claim::Resumed,
    Claim::Observed,
    Claim::Planned,
    Claim::Denied,
    Claim::Unconfirmed,
    Claim::Opened,
];
const TYPES: [&str; 9] = [
    "official_party",
    "agency_observation",
    "third_country_official",
    "international_org",
    "satellite",
    "state_media",
    "media_other",
    "media_anon",
    "another type",
];
const UNITS: [(&str, Option<f64>); 7] = [
    ("", None),
    ("trains", Some(1.0)),
    ("freight cars", Some(20.0)),
    ("trucks", Some(0.0)),
    ("empty trial train", Some(1.0)),
    ("people by bus", Some(200.0)),
    ("days quarantine", Some(10.0)),
];
/// The day of the lone report.
const AT: i32 = 700;
/// Days after it that are looked at.
const AFTER: i32 = 200;

fn said(day: i32, claim: Claim, source_type: &str, (unit, quantity): (&str, Option<f64>)) -> Statement {
    Statement {
        id: format!("{day}-{claim:?}-{source_type}"),
        reported: Day(day),
        event: Some((Day(day), Day(day))),
        precision: Precision::Day,
        crossing: "A-B-RAIL".into(),
        mode: "rail".into(),
        claim,
        quantity,
        unit: unit.into(),
        source_type: source_type.into(),
        origin: String::new(),
        derived: false,
    }
}

/// Two years of a crossing that is written of every two months: it ran, and was then shut, or not.
fn record(shut: bool) -> Vec<Statement> {
    let mut out: Vec<Statement> = (1..4).map(|n| said(60 * n, Claim::Running, "media_other", UNITS[0])).collect();
    if shut {
        out.push(said(240, Claim::Suspended, "official_party", UNITS[0]));
    }
    let standing = if shut { Claim::Denied } else { Claim::Running };
    out.extend((5..11).map(|n| said(60 * n, standing, "third_country_official", UNITS[0])));
    out
}

/// Chances of running from the lone report on.
fn series(shut: bool, lone: Option<Statement>) -> Vec<f64> {
    let mut statements = record(shut);
    statements.extend(lone);
    let crossings = [Watched::new("A-B-RAIL", Mode::Rail)].into_iter().collect();
    let ledger = Ledger::new(LedgerInput { crossings, statements, ..LedgerInput::default() });
    let beliefs = ledger.known_then(CrossingId(0), Day(AT), Day(AT + AFTER));
    beliefs.iter().map(yalu_ledger::Belief::running).collect()
}

/// The farthest that a lone report moves the belief, and the days for which it is on the wrong side, over all units.
fn farthest(shut: bool, claim: Claim, source_type: &str) -> (f64, usize) {
    let all = UNITS.iter().map(|unit| {
        let series = series(shut, Some(said(AT, claim, source_type, *unit)));
        let worst = |a: f64, b: f64| if shut { a.max(b) } else { a.min(b) };
        let days = series.iter().filter(|p| (**p > 0.5) == shut).count();
        (series.iter().copied().fold(series[0], worst), days)
    });
    all.reduce(|a, b| (if shut { a.0.max(b.0) } else { a.0.min(b.0) }, a.1.max(b.1))).expect("units")
}

#[test]
fn one_report_does_only_so_much() {
    let mut table = String::new();
    for (shut, name) in [(true, "established stop"), (false, "established service")] {
        let untouched = series(shut, None);
        let (low, high) = untouched.iter().fold((1.0_f64, 0.0_f64), |m, p| (m.0.min(*p), m.1.max(*p)));
        let _ = writeln!(table, "{name}: {low:.2} to {high:.2} without the report");
        for source_type in TYPES {
            let _ = write!(table, "{source_type:24}");
            for claim in CLAIMS {
                let (chance, days) = farthest(shut, claim, source_type);
                let _ = write!(table, " {claim:?} {chance:.2} ({days})");
                if shut && source_type != "official_party" {
                    assert!(days <= 14, "{source_type} {claim:?}: {chance}, over even odds on {days} days of a stop");
                }
            }
            table.push('\n');
        }
    }
    let book = include_str!("../../../docs/ledger.md");
    let missing: Vec<&str> = table.lines().filter(|l| !book.lines().any(|b| b.trim_end() == l.trim_end())).collect();
    assert!(missing.is_empty(), "docs/ledger.md is not current, the table has:\n{}", missing.join("\n"));
    insta::assert_snapshot!(table);
}

/// A plan moves no day, whoever makes it.
#[test]
fn plans_move_no_day() {
    for shut in [true, false] {
        let without = series(shut, None);
        for source_type in TYPES {
            assert_eq!(series(shut, Some(said(AT, Claim::Planned, source_type, UNITS[0]))), without);
        }
    }
}
