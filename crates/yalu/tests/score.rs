//! Reported months beside simulated ones, as a stranger asks for them.
mod program;

use program::{err, json, mine, out, yalu};
use std::fs;

#[test]
fn a_corridor_is_scored_against_any_file() {
    let dir = mine();
    fs::write(dir.path().join("seen.csv"), "month,wert\n2024-02,3.5\n2024-01,4\n2023-01,5\n").unwrap();
    let args = |more: &[&'static str]| {
        let mut all = vec!["fit", "score", "mine", "--observed", "seen.csv", "--replications", "4"];
        all.extend(more);
        yalu(dir.path(), &all)
    };
    let declared = ["--value", "wert", "--unit", "MUSD", "--direction", "AA-BB"];
    let o = args(&[&declared[..], &["--json"]].concat());
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let r = json(&o);
    let series = &r["series"][0];
    assert_eq!((series["direction"].as_str(), series["unit"].as_str()), (Some("AA-BB"), Some("MUSD")));
    let months = series["months"].as_array().unwrap();
    assert_eq!(months.iter().map(|m| m["month"].as_str().unwrap()).collect::<Vec<_>>(), ["2024-01", "2024-02"]);
    assert_eq!(series["left_out"][0]["month"], "2023-01");
    for m in months {
        let (low, high) = (m["band90"][0].as_f64().unwrap(), m["band90"][1].as_f64().unwrap());
        assert!(low <= m["median"].as_f64().unwrap() && m["median"].as_f64().unwrap() <= high && low > 0.0);
    }
    // The same months as `yalu run` simulates.
    let run = json(&yalu(dir.path(), &["run", "mine", "--replications", "1", "--json"]));
    let exports = run["months"][0]["exports_usd"].as_f64().unwrap() / 1e6;
    assert!((months[0]["central"].as_f64().unwrap() - exports).abs() < 1e-9, "{exports}");
    let text = out(&args(&declared));
    assert!(text.contains("wert (AA-BB), MUSD") && text.contains("last known month"), "{text}");
}

#[test]
fn a_file_that_declares_nothing_is_told_so_with_its_place() {
    let dir = mine();
    fs::write(dir.path().join("seen.csv"), "month,wert\n2024-01,4\n").unwrap();
    let o = yalu(dir.path(), &["fit", "score", "mine", "--observed", "seen.csv", "-v"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("Y1306") && err(&o).contains("seen.csv:1:1"), "{}", err(&o));
    let o = yalu(dir.path(), &["fit", "score", "mine", "--observed", "nowhere.csv"]);
    assert!(o.status.code() == Some(2) && err(&o).contains("nowhere.csv cannot be read"), "{}", err(&o));
}

/// Trade by day, on which the habits were calibrated, and the simulator with trains tell one story of the flagship.
#[test]
fn trains_and_days_tell_one_story() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let central = |model: &str| -> Vec<f64> {
        let dir = "scenarios/dandong-sinuiju";
        let file = "scenarios/dandong-sinuiju/observed.csv";
        let column = ["--value", "exports_musd", "--replications", "1", "--json", "--model", model];
        let all = [&["fit", "score", dir, "--observed", file][..], &column].concat();
        let r = json(&yalu(std::path::Path::new(root), &all));
        let months = r["series"][0]["months"].as_array().unwrap();
        let large = months.iter().filter(|m| m["observed"].as_f64().unwrap() > 5.0);
        large.map(|m| m["central"].as_f64().unwrap()).collect()
    };
    let (trains, days) = (central("trains"), central("days"));
    let squares: f64 = trains.iter().zip(&days).map(|(a, b)| (a / b).log10().powi(2)).sum();
    let apart = (squares / trains.len() as f64).sqrt();
    assert!(trains.len() == 50 && apart < 0.1, "{apart:.3} in log10 over {} months", trains.len());
}
