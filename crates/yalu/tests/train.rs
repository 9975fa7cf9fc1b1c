//! `yalu line train`: one train's run, against figures known beforehand.
mod program;

use program::{err, json, mine, out, shipped, yalu};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn r1(args: &[&str]) -> std::process::Output {
    let dir = shipped("job-r1").display().to_string();
    let mut all = vec!["line", "train", dir.as_str()];
    all.extend(args);
    yalu(Path::new("."), &all)
}

fn number(v: &Value) -> f64 {
    v.as_f64().unwrap_or_else(|| panic!("no number: {v}"))
}

#[test]
fn job_r1_runs_as_its_integrator_says() {
    let r = json(&r1(&["--service", "a-g", "--json"]));
    assert!((number(&r["duration_s"]) - 3261.23).abs() < 0.01, "{}", r["duration_s"]);
    assert!((number(&r["wheel_kwh"]) - 1950.55).abs() < 0.01, "{}", r["wheel_kwh"]);
    let marks = r["marks"].as_array().unwrap();
    let expected = [(10_000.0, 593.3), (20_000.0, 1269.1), (30_000.0, 1803.8), (40_000.0, 2253.8), (50_000.0, 2762.6)];
    assert_eq!(marks.len(), expected.len());
    for (m, (at, time)) in marks.iter().zip(expected) {
        assert_eq!(number(&m["at_m"]), at);
        assert!((number(&m["time_s"]) - time).abs() < 0.06, "{m}");
    }
    let t = &r["train"];
    assert_eq!((number(&t["mass_t"]), number(&t["length_m"]), t["wagons"].as_u64()), (3330.0, 560.0, Some(40)));
    assert_eq!((r["schema_version"].as_u64(), r["direction"].as_str()), (Some(2), Some("out")));
    // Energy at the wheel goes into resistance, brakes and height; the line ends at the height it begins at.
    let back = json(&r1(&["--service", "g-a", "--json"]));
    assert!((number(&back["wheel_kwh"]) - 1905.38).abs() < 0.5, "{}", back["wheel_kwh"]);
    assert!(r["curve"].is_null());
}

#[test]
fn what_binds_covers_the_run_and_the_curve_keeps_its_limits() {
    let r = json(&r1(&["--service", "a-g", "--json", "--curve"]));
    let bound = r["bound"].as_array().unwrap();
    assert_eq!((number(&bound[0]["from_m"]), number(&bound[bound.len() - 1]["to_m"])), (560.0, 60_000.0));
    for w in bound.windows(2) {
        assert_eq!(w[0]["to_m"], w[1]["from_m"]);
        assert_ne!(w[0]["by"], w[1]["by"]);
    }
    let curve = r["curve"].as_array().unwrap();
    let (mut by_hand, mut last) = (0.0, (560.0, 0.0, 0.0));
    for p in curve {
        let (s, t, v) = (number(&p["at_m"]), number(&p["time_s"]), number(&p["speed_mps"]));
        assert!(v <= number(&p["limit_mps"]) + 1e-6 && v <= number(&p["braking_mps"]) + 1e-6, "{p}");
        assert!(s >= last.0 && t >= last.1 && s - last.0 <= 51.0, "{p}");
        if s > last.0 {
            by_hand += 2.0 * (s - last.0) / (v + last.2);
        }
        last = (s, t, v);
    }
    // Between near points a train gathers speed almost evenly.
    let duration = number(&r["duration_s"]);
    assert!((last.1 - duration).abs() < 1e-9 && (by_hand - duration).abs() < 0.005 * duration, "{by_hand}");
}

#[test]
fn the_tonnage_rating_is_the_formula_of_the_books() {
    let r = json(&r1(&["--service", "a-g", "--json", "--rating-kmh", "36"]));
    let g = 9.806_65;
    let v = 10.0;
    // 36 km/h lie above the knee of 3,000 kW and 400 kN: 300 kN.
    let wagon = (1176.798 + 2.45 * v * v) / 80_000.0;
    for (section, permille) in [("A--L1", 0.0), ("L1--L2", 6.0), ("L4--L5", 3.0)] {
        let up = g * permille / 1000.0;
        let tonnes = (300_000.0 - 130_000.0 * (0.0015 * g + up)) / (wagon + up) / 1000.0;
        let x = r["rating"].as_array().unwrap().iter().find(|x| x["section"] == section).unwrap();
        assert!((number(&x["ruling_permille"]) - permille).abs() < 1e-9, "{x}");
        assert!((number(&x["tonnes"]) - tonnes).abs() < 1e-6 * tonnes, "{x} {tonnes}");
        assert!((number(&x["share"]) - 3200.0 / tonnes).abs() < 1e-6, "{x}");
    }
    // Near the rating the section is told.
    let near = out(&r1(&["--service", "a-g", "--rating-kmh", "36", "--wagons", "46"]));
    let table = near.split("tonnage rating").nth(1).unwrap();
    assert!(table.contains("L1--L2") && !table.contains("L4--L5  "), "{table}");
}

#[test]
fn a_load_that_stalls_is_told_with_place_force_and_a_load_that_gets_over() {
    let o = r1(&["--service", "a-g", "--wagons", "110"]);
    assert_eq!(o.status.code(), Some(2));
    let told = err(&o);
    assert!(told.contains("L1--L2") && told.contains("kN") && told.contains(", km "), "{told}");
    let most: u32 = told.split("--wagons ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    // Standing on 6 per mille: 400 kN less resistance lift 400,000 / (g 0.0075) = 5,438 t, 66 wagons and the locomotive.
    assert_eq!(most, 66);
    assert_eq!(r1(&["--service", "a-g", "--wagons", &most.to_string()]).status.code(), Some(0));
    assert_eq!(r1(&["--service", "a-g", "--wagons", &(most + 1).to_string()]).status.code(), Some(2));
    assert_eq!(r1(&["--service", "a-g", "--wagons", "110", "--empty"]).status.code(), Some(0));
}

#[test]
fn a_stop_costs_braking_standing_and_starting() {
    let plain = json(&r1(&["--service", "a-g", "--json"]));
    let stop = json(&r1(&["--service", "a-g", "--json", "--stop-at", "L4=5", "--stop-at", "L2=2.5"]));
    let call = |id: &str| stop["stations"].as_array().unwrap().iter().find(|s| s["id"] == id).unwrap().clone();
    for (id, seconds) in [("L4", 300.0), ("L2", 150.0)] {
        let c = call(id);
        assert!(
            (number(&c["depart_s"]) - number(&c["arrive_s"]) - seconds).abs() < 1e-9 && c["pass_s"].is_null(),
            "{c}"
        );
    }
    assert!(call("L3")["arrive_s"].is_null() && call("L3")["pass_s"].is_f64());
    let lost = number(&stop["duration_s"]) - number(&plain["duration_s"]) - 450.0;
    assert!(lost > 60.0 && lost < 900.0, "{lost}");
    let wrong = r1(&["--service", "a-g", "--stop-at", "G"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains('G'), "{}", err(&wrong));
}

#[test]
fn trains_of_a_new_corridor_run_out_full_and_back_empty_with_their_supplement() {
    let dir = mine();
    let run = |args: &[&str]| {
        let mut all = vec!["line", "train", "mine", "--json", "--service", "bridge"];
        all.extend(args);
        json(&yalu(dir.path(), &all))
    };
    let (full, back) = (run(&[]), run(&["--back"]));
    assert!((number(&full["scheduled_s"]) / number(&full["duration_s"]) - 1.1).abs() < 1e-5);
    assert!(full["train"]["loaded"] == true && back["train"]["loaded"] == false && back["direction"] == "back");
    assert!(number(&full["train"]["mass_t"]) > number(&back["train"]["mass_t"]));
    assert_eq!(back["stations"][0]["id"], "B2");
    assert_eq!(run(&["--back", "--loaded"])["train"]["mass_t"], full["train"]["mass_t"]);
    assert_eq!(run(&["--wagons", "3"])["train"]["wagons"].as_u64(), Some(3));
}

#[test]
fn names_that_nothing_has_are_told_with_the_nearest() {
    for (args, near) in [(vec!["--service", "a-h"], "a-g"), (vec!["--service", "a-g", "--stop-at", "LL2"], "L2")] {
        let o = r1(&args);
        assert_eq!(o.status.code(), Some(2));
        assert!(err(&o).contains(&format!("did you mean `{near}`?")), "{}", err(&o));
    }
    assert!(err(&r1(&["--service", "a-g", "--stop-at", "L2=soon"])).contains("L2=soon"));
}

#[test]
fn picture_and_tables_are_written_once() {
    let dir = mine();
    let write = |more: &[&str]| {
        let mut all = vec!["line", "train", "mine", "--service", "inland", "-o", "t"];
        all.extend(more);
        yalu(dir.path(), &all)
    };
    assert_eq!(write(&[]).status.code(), Some(0));
    let read = |f: &str| fs::read_to_string(dir.path().join("t").join(f)).unwrap();
    assert!(read("train.svg").starts_with("<svg") && read("train.svg").contains("Bbridge"));
    assert_eq!(read("stations.csv").lines().count(), 3);
    let object: Value = serde_json::from_str(&read("train.json")).unwrap();
    let curve = read("train.csv");
    let end: Vec<f64> = curve.lines().last().unwrap().split(',').take(2).map(|x| x.parse().unwrap()).collect();
    assert!((end[0] - 34_000.0).abs() < 1e-3 && (end[1] - number(&object["duration_s"])).abs() < 1e-3, "{end:?}");
    let again = write(&[]);
    assert!(again.status.code() == Some(2) && err(&again).contains("--force"));
    assert_eq!(write(&["--force"]).status.code(), Some(0));
}
