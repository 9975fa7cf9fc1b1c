//! `yalu run --close` and `--reopen`.
mod program;

use program::{err, json, mine, yalu};
use serde_json::Value;
use std::path::Path;

fn run(dir: &Path, out: &str, more: &[&str]) -> Value {
    let args = [&["run", "mine", "-o", out, "--replications", "1", "--json"], more].concat();
    let o = yalu(dir, &args);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    json(&o)
}

/// Trains that crossed in each month.
fn trains(r: &Value) -> Vec<u64> {
    r["months"].as_array().unwrap().iter().map(|m| m["trains"].as_u64().unwrap()).collect()
}

#[test]
fn a_crossing_shuts_and_reopens_without_editing_files() {
    let dir = mine();
    let declared = run(dir.path(), "a", &[]);
    let shut = run(dir.path(), "b", &["--close", "RAIL:2024-03-01..2024-03-30"]);
    assert_eq!(trains(&shut)[0], trains(&declared)[0], "what is before stays as it was");
    assert_eq!((trains(&shut)[2], trains(&declared)[2] > 0), (0, true));
    // Declared shut on 1 to 14 February; opened on the 5th under a quota of its own.
    let open = run(dir.path(), "c", &["--reopen", "RAIL:2024-02-05:quota=2,wagons=18,ramp=5"]);
    assert!(trains(&open)[1] > trains(&declared)[1], "{:?}", trains(&open));
    assert_eq!(open["reopenings"][0]["from"], "2024-02-05");
    // A closure without an end lasts until the reopening; several crossings at once.
    let both = run(dir.path(), "d", &["--close", "ALL-LAND:2024-01-10..", "--reopen", "RAIL,ROAD:2024-03-01"]);
    assert_eq!(trains(&both)[1], 0);
    assert!(trains(&both)[2] > trains(&declared)[2], "the backlog goes with more than one train a day");
    let road = |r: &Value, month: usize| r["months"][month]["by_route"]["road"]["tonnes"].as_f64().unwrap();
    assert!(road(&both, 1) == 0.0 && road(&both, 2) > road(&declared, 2));
    // The command that makes the same results tells it.
    let summary = std::fs::read_to_string(dir.path().join("d/summary.txt")).unwrap().replace('\n', " ");
    assert!(summary.contains("--close ALL-LAND:2024-01-10.. --reopen RAIL,ROAD:2024-03-01"), "{summary}");
}

/// What is wrong with closures is told, with a way to mend it.
#[test]
fn wrong_closures_are_told() {
    let dir = mine();
    let told = |args: &[&str]| {
        let o = yalu(dir.path(), &[&["run", "mine"], args].concat());
        assert_eq!(o.status.code(), Some(2), "{args:?}");
        format!("$ {}\n{}", args.join(" "), err(&o))
    };
    let cases: &[&[&str]] = &[
        &["--close", "RAIl:2024-02-01..2024-02-10"],
        &["--close", "RAIL"],
        &["--close", "RAIL:2024-02-10"],
        &["--close", "RAIL:2024-02-10..2024-02-01"],
        &["--close", "RAIL:2023-12-01..2024-02-01"],
        &["--close", "RAIL:2024-02-01..2024-02-31"],
        &["--close", "RAIL:2024-02-01..2024-02-10", "--close", "ALL-LAND:2024-02-10..2024-02-20"],
        &["--close", "RAIL:2024-02-01..2024-02-10", "--reopen", "RAIL:2024-02-05"],
        &["--reopen", "RAIL:2024-02-05", "--reopen", "RAIL,ROAD:2024-02-05:quota=1"],
        &["--reopen", "RAIL"],
        &["--reopen", "RAIL:2025-02-05"],
        &["--reopen", "RAIL:2024-02-05:quote=1"],
        &["--reopen", "RAIL:2024-02-05:quota=many"],
        &["--reopen", "RAIL:2024-02-05:quota=1,quota=2"],
    ];
    let all: Vec<String> = cases.iter().map(|c| told(c)).collect();
    insta::assert_snapshot!(all.join("\n"));
}
