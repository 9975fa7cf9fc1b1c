//! Reported months from any CSV: what is declared is read, what is not is told with its place.
use yalu_model::Direction;
use yalu_scenario::{Declared, Unit, read_monthly, render};

fn countries() -> [String; 2] {
    ["CN".into(), "KP".into()]
}

fn declared(value: &str, unit: &str, direction: &str) -> Declared {
    let some = |s: &str| Some(s.to_string()).filter(|s| !s.is_empty());
    Declared { value: some(value), unit: some(unit), direction: some(direction), taken_out: None }
}

fn told(text: &str, d: &Declared) -> String {
    let (series, found) = read_monthly("seen.csv", text.as_bytes(), &countries(), d);
    assert!(series.is_empty() || found.is_empty(), "{series:?} {found:?}");
    render(&found, false)
}

#[test]
fn names_declare_what_columns_hold() {
    let text = "month,cn_exports_musd,cn_imports_musd,total_kusd,kp_cn_t,note\n2022-09,90.1,14.2,104300,,x\n2022-07,59.74,,72720,5,\n";
    let (series, found) = read_monthly("seen.csv", text.as_bytes(), &countries(), &Declared::default());
    assert!(found.is_empty(), "{found:?}");
    let seen: Vec<_> = series.iter().map(|s| (s.column.as_str(), s.unit, s.direction, s.months.len())).collect();
    assert_eq!(
        seen,
        [
            ("cn_exports_musd", Unit::MUsd, Some(Direction::Forward), 2),
            ("cn_imports_musd", Unit::MUsd, Some(Direction::Back), 1),
            ("total_kusd", Unit::KUsd, None, 2),
            ("kp_cn_t", Unit::Tonne, Some(Direction::Back), 1),
        ]
    );
    // In order of months, whatever the order of rows; gaps are no fault.
    assert_eq!(series[0].months.iter().map(|m| m.month).collect::<Vec<_>>(), [(2022, 7), (2022, 9)]);
}

#[test]
fn the_caller_declares_what_names_do_not() {
    let mut d = declared("wert", "kUSD", "KP-CN");
    d.taken_out = Some("strom".into());
    let (series, found) =
        read_monthly("seen.csv", "wert,strom,month\n10500,1600,2022-01\n".as_bytes(), &countries(), &d);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!((series[0].unit, series[0].direction), (Unit::KUsd, Some(Direction::Back)));
    assert_eq!((series[0].months[0].value, series[0].months[0].taken_out), (10_500.0, Some(1600.0)));
}

#[test]
fn what_is_not_declared_is_not_guessed() {
    let plain = Declared::default();
    let text = "month,wert\n2022-01,170.5\n";
    insta::assert_snapshot!(
        [
            told(text, &plain),
            told(text, &declared("wert", "CNY", "CN-KP")),
            told(text, &declared("wert", "", "")),
            told(text, &declared("wert", "MUSD", "CN-RU")),
            told(text, &declared("wret", "MUSD", "CN-KP")),
            told("month,exports_musd\n2022-01,\"170,5\"\n2022-01,3\n2022-13,4\n2022-03,viel\n2022-04,-1\n", &plain),
            told("month,exports_musd\n2022-01,170,5\n", &plain),
            told("month;exports_musd\n2022-01;170,5\n", &plain),
            told("exports_musd\n3\n", &plain),
            told("month,exports_musd\n2022-01,\n", &plain),
            told("", &plain),
        ]
        .join("\n")
    );
    let (series, found) = read_monthly("seen.csv", b"month,exports_musd\n2022-01,\xff\n", &countries(), &plain);
    assert!(series.is_empty() && found[0].code == "Y0103");
}
