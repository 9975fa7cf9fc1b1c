//! Tables that are wrong: every problem is named with its place, and nothing panics.
use proptest::prelude::*;
use yalu_watch::read::{Mapping, Preset, Release, Table, draft, head, read, table_text};
use yalu_watch::{Counts, Pass, Thresholds};

const HEAD: &str = "Port Name,Port Code,Date,Measure,Value,Latitude,Longitude\n";

fn told(text: &str) -> (Option<Release>, Vec<String>) {
    let text = table_text(text.as_bytes()).expect("a text");
    let (release, found) = read(&Table { file: "t.csv", text: &text, mapping: &Preset::Bts.mapping() });
    let line = |d: &yalu_scenario::Diagnostic| format!("{} {}:{} {}", d.code, d.line, d.column, d.message);
    (release, found.iter().map(line).collect())
}

#[test]
fn each_problem_has_its_place() {
    let bad = format!(
        "{HEAD}North,0104,Jan 2020,Trains,12,45,-70\n\
         North,0104,Feb 2020,Trains,twelve,45,-70\n\
         North,0104,Mars 2020,Trains,3,45,-70\n\
         North,0104,Mar 2020,Trains,\"1,23\",45,-70\n\
         North,0104,Apr 2020,Trains,-4,45,-70\n\
         North,0104,May 2020,Trains,4\n\
         ,,May 2020,Trains,4,45,-70\n"
    );
    let (release, found) = told(&bad);
    assert!(release.is_none());
    assert_eq!(
        found,
        [
            "Y1506 3:28 `twelve` is no number",
            "Y1504 4:12 `Mars 2020` is no day, week or month",
            "Y1506 5:28 `1,23` can be read in two ways",
            "Y1506 6:28 `-4` is below zero",
            "Y1508 7:1 5 cells, where the header has 7",
            "Y1505 8:1 a row without a crossing",
        ]
    );
    let (release, found) =
        told(&format!("{HEAD}A,1,Jan 2020,Trains,5,,\nA,01,Jan 2020,Trains,6,,\nA,1,Feb 2020,Trains,6,,\n"));
    assert_eq!((release.is_none(), found), (true, vec!["Y1507 3:1 A: 6 here, 5 on line 2".to_owned()]));
    let (release, found) = told(&format!("{HEAD}A,1,Jan 2020,Trains,5,,\nA,01,Jan 2020,Trains,5,,\n"));
    assert_eq!((release.is_some(), found), (true, vec!["Y1510 3:1 A: the row of line 2 again".to_owned()]));
    assert_eq!(told("Port,Code\n").1.len(), 7);
    assert_eq!(told(HEAD).1, ["Y1509 0:0 no row counts anything that the mapping names"]);
}

#[test]
fn a_missing_row_is_no_zero_and_names_and_codes_may_change() {
    let rows = |n: &str, code: &str, measure: &str, from: i32, to: i32, value: f64| -> String {
        let row = |t: i32| format!("{n},{code},{}-{:02},{measure},{value},,", 2000 + t / 12, t % 12 + 1);
        (from..to).map(row).collect::<Vec<_>>().join("\n") + "\n"
    };
    let text = [
        HEAD,
        &rows("A", "0012", "Trains", 0, 30, 40.0),
        &rows("A", "77", "Trains", 31, 60, 40.0),
        &rows("A", "12", "Rail Containers Loaded", 0, 30, 900.0),
        &rows("A", "77", "Rail Containers Full", 31, 60, 900.0),
        &rows("B", "3", "Trains", 0, 60, 0.0),
        &rows("A", "77", "Buses", 31, 33, 5.0),
    ]
    .concat();
    let (release, found) = told(&text);
    assert!(found.is_empty(), "{found:?}");
    let counts = Counts::of(&[release.unwrap()]).unwrap();
    let series = counts.series(counts.crossings.ids().next().unwrap(), yalu_watch::read::Measure::Trains);
    assert_eq!((counts.crossings.len(), series.len(), series[29], series[31]), (1, 60, 40.0, 40.0));
    assert!(series[30].is_nan());
    let notes: Vec<String> = counts.notes.iter().map(|n| format!("{n:?}")).collect();
    for word in ["Renamed", "CodeChanged", "NeverHadRail", "LeftOut"] {
        assert!(notes.iter().any(|n| n.contains(word)), "{word} is not in {notes:?}");
    }
}

#[test]
fn a_later_release_is_a_revision() {
    let one = told(&format!("{HEAD}A,1,Jan 2020,Trains,5,,\nA,1,Feb 2020,Trains,6,,\n")).0.unwrap();
    let two = told(&format!("{HEAD}A,1,Feb 2020,Trains,9,,\nA,1,Mar 2020,Trains,7,,\n")).0.unwrap();
    let counts = Counts::of(&[one, two]).unwrap();
    let series = counts.series(counts.crossings.ids().next().unwrap(), yalu_watch::read::Measure::Trains);
    assert_eq!(series, [5.0, 9.0, 7.0]);
    assert_eq!(counts.revisions.iter().map(|r| (r.was, r.now)).collect::<Vec<_>>(), [(6.0, 9.0)]);
}

#[test]
fn an_unknown_table_gets_a_mapping_that_reads_it() {
    let text = "Ubergang;Monat;Zuge;Wagen beladen\nNord;2020-01;12;400\n"
        .replace("Zuge", "Trains")
        .replace("beladen", "loaded");
    let text = table_text(text.as_bytes()).unwrap();
    let (header, rows) = head(&text, 50);
    let mapping = draft(&header, &rows);
    let mapping = Mapping::read("map.toml", &mapping).expect("a mapping");
    let (release, found) = read(&Table { file: "t", text: &text, mapping: &mapping });
    assert_eq!((found.len(), release.unwrap().cells.len()), (0, 2));
    let broken = Mapping::read("map.toml", "crossing = \"a\"\nperiod = 3\n").unwrap_err();
    assert_eq!((broken.code, broken.line), ("Y1501", 2));
}

fn sample() -> String {
    let mut text = HEAD.to_owned();
    for t in 0..80 {
        for (m, n) in [("Trains", 30), ("Rail Containers Loaded", 1500)] {
            for (p, code) in [("North", "0104"), ("South", "0105")] {
                let _ = std::fmt::Write::write_fmt(
                    &mut text,
                    format_args!("{p},{code},{}-{:02},{m},{},45,-70\n", 2000 + t / 12, t % 12 + 1, n + t * 7 % 5),
                );
            }
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Bytes changed, cut out and put in: a table or problems, never a panic.
    #[test]
    fn mutated_tables_are_read_or_refused(edits in prop::collection::vec((0.0..1.0f64, any::<u8>(), 0..40usize), 1..6)) {
        let mut bytes = sample().into_bytes();
        for (at, byte, cut) in edits {
            let i = (at * bytes.len() as f64) as usize;
            let end = (i + cut).min(bytes.len());
            bytes.splice(i..end, [byte]);
        }
        if let Ok(text) = table_text(&bytes) {
            let (release, found) = read(&Table { file: "t", text: &text, mapping: &Preset::Bts.mapping() });
            prop_assert!(release.is_some() || !found.is_empty());
            if let Some(Ok(counts)) = release.map(|r| Counts::of(&[r])).filter(|c| c.as_ref().is_ok_and(|c| c.periods < 2000)) {
                Pass::run(&counts, Thresholds::default());
            }
        }
    }

    /// The order of rows changes nothing.
    #[test]
    fn rows_may_stand_in_any_order(seed in 0..1000usize) {
        let all = sample();
        let mut lines: Vec<&str> = all.lines().skip(1).collect();
        let n = lines.len();
        for i in 0..n {
            lines.swap(i, (i * 7919 + seed * 31) % n);
        }
        let shuffled = format!("{HEAD}{}\n", lines.join("\n"));
        let counts = |text: &str| format!("{:?}", Counts::of(&[told(text).0.unwrap()]).unwrap());
        prop_assert_eq!(counts(&all), counts(&shuffled));
    }
}
