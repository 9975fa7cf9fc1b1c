//! A calibration as a stranger runs it: killed and resumed, it comes to the same.
mod program;

use program::{err, json, out, shipped, yalu};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The flagship's first years, few runs: enough to see the machinery, not to learn from.
fn args<'a>(dir: &'a str, checkpoint: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec!["fit", "calibrate", dir, "--observed"];
    all.extend(more.iter().take(1));
    all.extend([
        "--value",
        "exports_musd",
        "--runs",
        "400",
        "--leave-out",
        "2020",
        "--checkpoint",
        checkpoint,
        "--json",
    ]);
    all.extend(&more[1..]);
    all
}

fn without_time(mut v: Value) -> Value {
    if let Some(o) = v.as_object_mut() {
        o.remove("wall_s");
    }
    v
}

#[test]
fn a_calibration_that_was_killed_goes_on_and_comes_to_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let flagship = shipped("dandong-sinuiju");
    let (folder, seen) = (flagship.to_str().unwrap(), flagship.join("observed.csv"));
    let seen = seen.to_str().unwrap();
    // Killed as soon as some runs are kept.
    let path = dir.path().join("killed");
    let more = [seen, "--months", "2018-01..2020-12"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_yalu"))
        .args(args(folder, "killed", &more))
        .current_dir(dir.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    let kept = |path: &Path| fs::read_to_string(path).unwrap_or_default().lines().count();
    while kept(&path) < 3 && begin.elapsed() < Duration::from_mins(2) {
        sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before = kept(&path);
    assert!(before >= 3, "some runs were kept");
    let resumed =
        yalu(dir.path(), &args(folder, "killed", &[&more[..], &["--posterior", "p.json", "--threads", "2"]].concat()));
    assert_eq!(resumed.status.code(), Some(0), "{}", err(&resumed));
    assert!(err(&resumed).contains("runs are there already"), "{}", err(&resumed));
    let whole = yalu(dir.path(), &args(folder, "whole", &[&more[..], &["--threads", "1"]].concat()));
    let (a, b) = (without_time(json(&resumed)), without_time(json(&whole)));
    assert_eq!(a, b);
    for r in a["readings"].as_array().unwrap() {
        assert_eq!((r["posterior"].as_array().unwrap().len(), r["months"].as_array().unwrap().len()), (12, 96));
        assert!(r["held_out"]["halves"]["rms_log10"].as_f64().unwrap() > 0.0);
        assert_eq!(r["held_out"]["halves"]["splits"], 20);
        assert!(r["held_out"]["blocks"]["2020"]["rms_log10"].is_f64());
    }
    // What it hands on is what `yalu fit score` takes.
    let scored = yalu(
        dir.path(),
        &["fit", "score", folder, "--observed", seen, "--value", "exports_musd", "--posterior", "p.json"],
    );
    assert_eq!(scored.status.code(), Some(0), "{}", err(&scored));
    assert!(out(&scored).contains("by day, calibrated (p.json)"), "{}", out(&scored));
    // A checkpoint of another calibration is not gone on with.
    let other = yalu(dir.path(), &args(folder, "killed", &[&more[..], &["--seed", "5"]].concat()));
    assert_eq!(other.status.code(), Some(2));
    assert!(err(&other).contains("belongs to another") && err(&other).contains("--checkpoint"), "{}", err(&other));
}

#[test]
fn what_cannot_be_calibrated_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let flagship = shipped("dandong-sinuiju");
    let (folder, seen) = (flagship.to_str().unwrap(), flagship.join("observed.csv"));
    let seen = seen.to_str().unwrap();
    let told = |more: &[&str]| {
        let o =
            yalu(dir.path(), &[&["fit", "calibrate", folder, "--observed", seen, "--checkpoint", "c"], more].concat());
        assert_eq!(o.status.code(), Some(2));
        err(&o)
    };
    assert!(told(&["--months", "2022-09"]).contains("1 month is too few"));
    assert!(told(&["--months", "2022"]).contains("write 2020-01..2021-12"));
    assert!(told(&["--value", "imports_musd"]).contains("no column holds values from CN to KP"));
    assert!(told(&["--least", "5", "--small", "1"]).contains("--least must be above zero"));
}
