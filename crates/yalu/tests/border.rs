//! `yalu border` as a stranger runs it.
mod program;

use program::{err, json, mine, out, yalu};
use serde_json::Value;
use std::fs;

#[test]
fn the_border_is_told_in_tables_files_and_json() {
    let dir = mine();
    let args =
        ["border", "mine", "-o", "b", "--replications", "3", "--what-if", "station.B2.team.customs.count=4", "-v"];
    let o = yalu(dir.path(), &args);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let text = out(&o);
    for words in
        ["What binds", "hours by activity", "by open hour", "What if", "3\u{a0}pairs of runs", "Again: yalu border"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let names = ["dwell", "utilisation", "queue", "gantt", "time-cost", "what-if"];
    for name in names {
        let svg = fs::read_to_string(dir.path().join(format!("b/{name}.svg"))).unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("<style>"), "{name}");
        let csv = fs::read_to_string(dir.path().join(format!("b/{name}.csv"))).unwrap();
        assert!(csv.lines().count() > 1, "{name}.csv has rows");
    }
    let file: Value = serde_json::from_slice(&fs::read(dir.path().join("b/border.json")).unwrap()).unwrap();
    for key in ["figures", "dwell", "resources", "tracks", "stands", "routes", "binds", "what_if"] {
        assert!(!file[key].is_null(), "{key}");
    }
    let figure = &file["what_if"][0]["routes"][0]["figures"]["dwell_train_mean_h"];
    assert_eq!(figure["pairs"], 3);
    assert!(fs::read(dir.path().join("b/days.parquet")).unwrap().starts_with(b"PAR1"));
    // A folder is replaced only where that is asked for.
    assert_eq!(yalu(dir.path(), &args).status.code(), Some(2));
    let again = [&args[..], &["--force"]].concat();
    assert_eq!(yalu(dir.path(), &again).status.code(), Some(0));
}

#[test]
fn a_count_in_the_yard_is_a_flow_and_back() {
    let dir = mine();
    let ask = |option: &str, value: &str| {
        let args = ["border", "mine", "--station", "B2", "--replications", "3", option, value, "--json"];
        json(&yalu(dir.path(), &args))["counted"].clone()
    };
    let flow = ask("--stock", "60..75");
    let ends = |v: &Value| (v["low"].as_f64().unwrap(), v["high"].as_f64().unwrap());
    let (dwell, wagons) = (ends(&flow["dwell_h"]), ends(&flow["wagons_per_day"]));
    assert!((wagons.0 - 60.0 * 24.0 / dwell.1).abs() < 1e-9 && (wagons.1 - 75.0 * 24.0 / dwell.0).abs() < 1e-9);
    let stock = ask("--flow", "1..2");
    let trains = ends(&stock["trains_standing"]);
    assert!((trains.0 - dwell.0 / 24.0).abs() < 1e-9 && (trains.1 - 2.0 * dwell.1 / 24.0).abs() < 1e-9);
}

#[test]
fn a_grid_says_where_counts_are_true() {
    let dir = mine();
    let args = [
        "border",
        "mine",
        "--replications",
        "2",
        "--grid",
        "station.B2.yard_tracks=3,4",
        "--seen",
        "2024-01-01..2024-03-30=0..1000",
        "--seen",
        "2024-01-08..2024-01-14=900..1000",
        "--json",
    ];
    let grid = json(&yalu(dir.path(), &args));
    assert_eq!(grid["cells"].as_array().unwrap().len(), 2);
    assert_eq!(grid["cells"][1]["values"]["station.B2.yard_tracks"], "4");
    assert_eq!(grid["cells"][0]["true_in"], serde_json::json!([2, 0]));
    assert!(grid["finding"].as_str().unwrap().contains("never 2024-01-08 to 2024-01-14: 900 to 1,000"));
}

#[test]
fn slips_are_told_before_anything_runs() {
    let dir = mine();
    let told = |args: &[&str]| {
        let o = yalu(dir.path(), args);
        assert_eq!(o.status.code(), Some(2), "{}", out(&o));
        err(&o)
    };
    assert!(told(&["border", "mine", "--station", "B3"]).contains("did you mean `B2`?"));
    assert!(told(&["border", "mine", "--stock", "many"]).contains("--stock 60..75"));
    assert!(told(&["border", "mine", "--what-if", "station.B2.yard_track=4"]).contains("yard_tracks"));
    assert!(told(&["border", "mine", "--grid", "station.B2.yard_tracks"]).contains("--seen"));
    let late = told(&["border", "mine", "--from", "2024-02-01", "--to", "2024-01-01"]);
    assert!(late.contains("lies before --from"));
}
