//! One table in every form.
use yalu_number::{Cell, Column, Day, Estimate, Run, Summary, Table, Unit, Values};

fn sample() -> Table {
    let some = |n: u32| Estimate::of((0..20).map(|i| (i < n).then(|| f64::from(i) * 5.0 + 1100.0)));
    Table {
        id: "exports".into(),
        title: "Exports by route".into(),
        columns: vec![
            Column::text("route", "Route"),
            Column::estimate("exports_musd", "Exports", Unit::Musd),
            Column::number("share", "Share", Unit::Share),
            Column::count("trains", "Trains"),
            Column::number("dwell_h", "Stay", Unit::Hours).decimals(1),
            Column::day("reopened", "Reopened"),
        ],
        rows: vec![
            vec!["Rail 신의주".into(), some(20).into(), 0.92.into(), 1204u32.into(), 31.25.into(), Day(19_261).into()],
            vec![
                "=Sea \u{1b}[31mto Nampo".into(),
                some(4).into(),
                0.001.into(),
                Cell::from(None::<u32>),
                Cell::None("no border".into()),
                Cell::None(String::new()),
            ],
        ],
        note: "Model, not record.".into(),
    }
}

#[test]
fn terminal() {
    let s = Summary {
        heading: "Dandong–Sinuiju, 2018 – 2025: 200 runs".into(),
        facts: vec![("Known".into(), "now".into()), ("丹东".into(), "Dandong".into())],
        tables: vec![sample()],
        notes: vec!["Queue: not answered, needs 200 runs of the closure and 200 without it.".into()],
    };
    let want = "\
Dandong–Sinuiju, 2018 – 2025: 200 runs

Known  now
丹东   Dandong

Exports by route
Route                                      Exports, MUSD  Share  Trains    Stay, h  Reopened
Rail 신의주                        1,150 (1,100 – 1,190)   92\u{202f}%   1,204       31.2  2022-09-26
=Sea [31mto Nampo  1,110 (1,100 – 1,110) in 4 of 20 runs  0.1\u{202f}%          no border
Model, not record.

Queue: not answered, needs 200 runs of the closure and 200 without it.
";
    assert_eq!(s.text(false, 100), want);
    let bare = ["\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m"].iter().fold(s.text(true, 100), |t, code| t.replace(code, ""));
    assert_eq!(bare, want);
    assert!(s.text(true, 100).starts_with("\u{1b}[1mDandong"));
}

#[test]
fn narrow_terminals_wrap_words_and_keep_figures() {
    let t = Table {
        columns: vec![Column::text("route", "Route"), Column::count("n", "Trains")],
        rows: vec![vec!["A route with quite a long name 丹东丹东丹东丹东".into(), 1_000_000u32.into()]],
        ..Table::default()
    };
    for width in [0, 32, 40, 60] {
        let text = t.text(false, width);
        assert!(text.contains("1,000,000"), "{text}");
        for line in text.lines() {
            assert!(textwrap::core::display_width(line) <= width.max(32), "{width}: {line}");
        }
    }
    assert_eq!(Summary::default().text(true, 80), "");
    let bad = Summary { heading: "a\u{1b}[31mb\u{7}\nc".into(), ..Summary::default() };
    assert_eq!(bad.text(true, 80), "\u{1b}[1ma[31mb c\u{1b}[0m\n");
}

#[test]
fn csv_has_a_column_for_each_end_and_no_formula() {
    let csv = sample().csv();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "route,exports_musd_p05,exports_musd_p25,exports_musd_p50,exports_musd_p75,exports_musd_p95,exports_musd_defined,\
         exports_musd_runs,share,trains,dwell_h,reopened"
    );
    assert!(lines[1].ends_with(",20,20,0.92,1204,31.2,2022-09-26"), "{csv}");
    assert!(lines[2].starts_with("'=Sea") && lines[2].ends_with(",4,20,0.001,,,"), "{csv}");
}

#[test]
fn data_and_json_are_typed() {
    let data = sample().data();
    assert_eq!(data.len(), 12);
    assert_eq!(data[9].values, Values::Counts(vec![Some(1204), None]));
    let json = serde_json::to_value(sample()).unwrap();
    assert_eq!(json["columns"][1]["unit"], "musd");
    assert_eq!((&json["rows"][1][1]["defined"], &json["rows"][1][4]), (&4.into(), &serde_json::Value::Null));
}

#[test]
fn estimates_are_bands_in_rich_text() {
    let c = Column::estimate("x_t", "X", Unit::Tonnes);
    assert_eq!(c.write(&Estimate::of_all([1.0]).into()), vec![Run::Band("1".into())]);
    assert_eq!((c.head(), Column::text("a", "A").head()), ("X, t".into(), "A".into()));
}
