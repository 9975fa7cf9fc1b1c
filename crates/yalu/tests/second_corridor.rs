//! The second corridor: trains stand at Brest while the border is shut, and go once it opens.
mod program;

use program::{json, yalu};
use serde_json::Value;
use std::path::Path;

/// Days from the begin of 2025.
const DAY_11_SEPTEMBER: usize = 253;
const DAY_22_SEPTEMBER: usize = 264;
const DAY_10_OCTOBER: usize = 282;

#[test]
fn trains_stand_at_brest_while_poland_is_shut() {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/malaszewicze-brest");
    let dir = tempfile::tempdir().unwrap();
    let args = ["run", scenario.to_str().unwrap(), "-o", "o", "--replications", "20", "--json"];
    let r = json(&yalu(dir.path(), &args));
    assert_eq!((r["deadlocks"].as_u64(), r["checker_violations"].as_u64()), (Some(0), Some(0)));
    // The story's day lies in the closure, whose cost and recovery are told; no regime sets a number of trains.
    assert_eq!(
        (r["closure_cost"]["from"].as_str(), r["closure_cost"]["to"].as_str()),
        (Some("2025-09-12"), Some("2025-09-24"))
    );
    assert!(r["twice_trains"].is_null());
    let page = std::fs::read_to_string(dir.path().join("o/report.html")).unwrap();
    assert!(page.contains("s-closure") && !page.contains("trains a day instead of"));
    let west = r["trains_waiting"].as_array().unwrap().iter().find(|x| x["route"] == "west").unwrap();
    assert_eq!(west["first_day"], "2025-01-01");
    let at = |list: &Value, day: usize| list[day].as_f64().unwrap();
    let middle = &west["bands"]["p50"];
    let (before, shut, after) =
        (at(middle, DAY_11_SEPTEMBER), at(middle, DAY_22_SEPTEMBER), at(middle, DAY_10_OCTOBER));
    assert!(shut > before + 50.0 && after < shut - 50.0, "{before} {shut} {after}");
    // The report is of more than 130 and a lower bound; no more can stand than were ordered in the ten days and before.
    assert!(at(&west["bands"]["p95"], DAY_22_SEPTEMBER) > 130.0);
    let trains = |route: &str| {
        let x = r["trains_formed"].as_array().unwrap().iter().find(|x| x["route"] == route).unwrap();
        x["formed"].as_u64().unwrap()
    };
    // 352 days of at most 18 trains, both ways.
    for route in ["west", "east"] {
        assert!((4_000..=6_400).contains(&trains(route)), "{route}: {}", trains(route));
    }
}
