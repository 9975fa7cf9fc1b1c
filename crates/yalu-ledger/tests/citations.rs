//! Copies, copies of copies, circles and names spelt twice come to one root.

use yalu_ledger::{Citation, Day, Ledger, LedgerInput, Statement, Watched, citations};
use yalu_model::{Claim, CrossingId, Mode, Precision};

/// Id, origin, and whether it is a copy.
type Row = (&'static str, &'static str, bool);

/// A ministry's stop, a sighting, and two papers that write of it.
fn statements(of: &[Row]) -> Vec<Statement> {
    let base = Statement {
        id: "B0".into(),
        reported: Day(2),
        event: Some((Day(1), Day(1))),
        precision: Precision::Day,
        crossing: "RAIL".into(),
        mode: "rail".into(),
        claim: Claim::Suspended,
        quantity: None,
        unit: String::new(),
        source_type: "official_party".into(),
        origin: "B0".into(),
        derived: false,
    };
    let mut out = vec![base.clone()];
    for (n, (id, origin, derived)) in of.iter().enumerate() {
        out.push(Statement {
            id: (*id).into(),
            reported: Day(16 + n as i32),
            event: Some((Day(16), Day(16))),
            claim: Claim::Running,
            quantity: Some(1.0),
            unit: "trains".into(),
            source_type: if n == 0 { "media_anon" } else { "media_other" }.into(),
            origin: (*origin).into(),
            derived: *derived,
            ..base.clone()
        });
    }
    out
}

fn running(statements: Vec<Statement>) -> f64 {
    let crossings = [Watched::new("RAIL", Mode::Rail)].into_iter().collect();
    let ledger = Ledger::new(LedgerInput { from: Day(-30), crossings, statements, ..LedgerInput::default() });
    ledger.known_then(CrossingId(0), Day(20), Day(20))[0].running()
}

#[test]
fn copies_are_no_witnesses() {
    let one = running(statements(&[("A", "A", false)]));
    let cases: [(&str, [Row; 3]); 6] = [
        ("flat", [("A", "A", false), ("B", "A", true), ("C", "A", true)]),
        ("a copy of a copy", [("A", "A", false), ("B", "A", true), ("C", "B", true)]),
        ("a circle", [("A", "C", false), ("B", "A", true), ("C", "B", true)]),
        ("copies of nobody", [("A", "A", false), ("B", "", true), ("C", "", true)]),
        ("spelt otherwise", [("A", "Kyodo", false), ("B", " kyodo", true), ("C", "KYODO", true)]),
        ("not marked", [("A", "Kyodo News", false), ("B", "kyodo  news", false), ("C", "KYODO NEWS", false)]),
    ];
    for (name, case) in cases {
        assert!((running(statements(&case)) - one).abs() < 1e-12, "{name}");
    }
    let independent = running(statements(&[("A", "A", false), ("B", "B", false), ("C", "C", false)]));
    assert!(independent > one + 0.05, "{independent} {one}");
}

#[test]
fn what_is_wrong_with_citations_is_told() {
    let of = |rows: &[Row]| citations(&statements(rows));
    assert_eq!(of(&[("A", "C", false), ("B", "A", true), ("C", "B", true)]), [Citation::Circle(vec![1, 3, 2])]);
    assert_eq!(of(&[("A", "A", false), ("B", "", true)]), [Citation::Nobody(2)]);
    assert_eq!(of(&[("A", "A", false), ("B", "Reutres", true)]), [Citation::Dangling(2)]);
    assert_eq!(of(&[("A", "Reuters", false), ("B", "reuters", true), ("C", "A", true)]), []);
}

#[test]
fn reports_that_correct_each_other_are_told() {
    use yalu_scenario::reports::{Context, Format, read};
    let text =
        "id,reported,crossing,claim,source,corrects\nA,2024-02-18,RAIL,running,P,K\nK,2024-02-18,RAIL,denied,P,A\n";
    let record = read("r.csv", text.as_bytes(), Format::Csv, &Context::default());
    assert_eq!(record.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["Y1209", "Y1209"]);
}
