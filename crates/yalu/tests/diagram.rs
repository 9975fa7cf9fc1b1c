//! `yalu line diagram`: what is drawn is what the trace holds.
mod program;

use program::{err, json, mine, shipped, yalu};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;
use yalu_plan::{Draw, compile};
use yalu_scenario::{load, read_folder};
use yalu_sim::{Recorded, simulate};
use yalu_units::{Instant, Span};

fn r1(dir: &Path, args: &[&str]) -> Output {
    let scenario = shipped("job-r1").display().to_string();
    let mut all = vec!["line", "diagram", scenario.as_str()];
    all.extend(args);
    yalu(dir, &all)
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|l| l.split(',').map(str::to_string).collect()).collect()
}

#[test]
fn each_station_is_named_once() {
    let dir = tempfile::tempdir().unwrap();
    let o = r1(dir.path(), &["-o", "d.svg", "--occupations"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let svg = fs::read_to_string(dir.path().join("d.svg")).unwrap();
    for name in ["A", "Loop 1", "Loop 2", "Loop 3", "Loop 4", "Loop 5", "G"] {
        assert_eq!(svg.matches(&format!(">{name}</text>")).count(), 1, "{name}");
    }
    assert!(svg.contains("block occupied") && svg.contains(">F 1</text>") && svg.contains(">F 2</text>"));
    // Without a name the picture goes to a new file.
    for file in ["out/job-r1-diagram.svg", "out/job-r1-diagram-2.svg"] {
        assert_eq!(r1(dir.path(), &[]).status.code(), Some(0));
        assert!(dir.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn two_trains_that_leave_together_meet_in_the_middle() {
    let dir = tempfile::tempdir().unwrap();
    let r = json(&r1(dir.path(), &["--from", "2020-01-01", "--json", "-o", "d.svg"]));
    let trains = r["trains"].as_array().unwrap();
    // Twelve from each end on the day, and the two that leave as it ends.
    assert_eq!(trains.len(), 26);
    let meets = r["meets"].as_array().unwrap();
    assert_eq!(meets.len(), 12);
    for m in meets {
        assert_eq!(m["km"].as_f64(), Some(30.0), "{m}");
    }
    assert_eq!(r["stations"].as_array().unwrap().len(), 7);
    assert_eq!(trains[0]["label"], "F 1");
    assert!(trains.iter().all(|t| (t["direction"] == "out") && (t["service"] == "a-g" || t["service"] == "g-a")));
}

#[test]
fn rows_are_those_of_the_trace_whatever_comes_after() {
    let dir = tempfile::tempdir().unwrap();
    let sets = ["--set", "service.a-g.every_s=1350", "--set", "service.g-a.every_s=1350"];
    let mut args = vec!["--from", "2020-01-02T06:00", "--to", "2020-01-02T12:00", "-o", "d.svg", "--csv", "d.csv"];
    args.extend(sets);
    assert_eq!(r1(dir.path(), &args).status.code(), Some(0));
    // The same days within a longer horizon.
    let pairs: Vec<(String, String)> =
        ["service.a-g.every_s", "service.g-a.every_s"].map(|k| (k.to_string(), "1350".to_string())).into();
    let loaded = load(&read_folder(&shipped("job-r1")).unwrap(), &pairs);
    let mut c = loaded.corridor.unwrap();
    c.horizon.to = c.horizon.from + Span::days(30);
    let plan = compile(&c, c.horizon.from).unwrap();
    let (_, trace) = simulate(&c, &plan, Draw::central(c.sampling.seed), Recorded::Trains);
    let trace = trace.unwrap();
    let (from, to) = (c.horizon.from + Span::hours(30), c.horizon.from + Span::hours(36));
    let here = trace.trains.iter().map(|t| trace.times_of(t));
    let here: Vec<_> = here.filter(|t| t[t.len() - 1].arrive >= from && t[0].depart <= to).collect();
    assert!(here.len() > 30);
    let mut expected: Vec<(String, String, bool)> =
        here.iter().flat_map(|t| t.iter()).map(|t| (utc(t.arrive), utc(t.depart), t.stopped)).collect();
    let written = rows(&dir.path().join("d.csv"));
    let mut told: Vec<(String, String, bool)> =
        written.iter().map(|r| (r[12].clone(), r[13].clone(), r[16] == "true")).collect();
    expected.sort();
    told.sort();
    assert_eq!(told, expected);
}

fn utc(t: Instant) -> String {
    // The horizon begins on 1 January 2020; the days looked at lie in its first nine.
    let ms = t.0 - 1_577_836_800_000;
    let (day, ms) = (ms / 86_400_000, ms % 86_400_000);
    let more = if ms % 1000 == 0 { String::new() } else { format!(".{:03}", ms % 1000) };
    let s = ms / 1000;
    format!("2020-01-{:02}T{:02}:{:02}:{:02}{more}Z", day + 1, s / 3600, s / 60 % 60, s % 60)
}

#[test]
fn no_two_trains_occupy_a_single_track_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let sets = ["--set", "service.a-g.every_s=1350", "--set", "service.g-a.every_s=1350"];
    let mut args = vec!["--to", "2020-01-02", "-o", "d.svg", "--csv", "d.csv", "--set", "operation.route_setting_s=60"];
    args.extend(sets);
    let o = r1(dir.path(), &args);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let mut by_block: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let all = rows(&dir.path().join("d-occupations.csv"));
    assert!(all.len() > 300);
    for r in all {
        let (a, b): (f64, f64) = (r[3].parse().unwrap(), r[4].parse().unwrap());
        assert!(r[7].parse::<f64>().unwrap() > 0.0, "{r:?}");
        by_block.entry(format!("{} {}", a.min(b), a.max(b))).or_default().push((r[5].clone(), r[6].clone()));
    }
    assert_eq!(by_block.len(), 6, "six sections of one block");
    for (block, mut times) in by_block {
        times.sort();
        // Written alike, moments are in order as text.
        assert!(times.windows(2).all(|w| key(&w[0].1) <= key(&w[1].0)), "{block}");
    }
}

/// A moment with thousandths, so that text is in the order of time.
fn key(t: &str) -> String {
    if t.contains('.') { t.to_string() } else { t.replace('Z', ".000Z") }
}

#[test]
fn blocks_of_a_section_are_released_one_by_one() {
    let dir = mine();
    let o = yalu(
        dir.path(),
        &["line", "diagram", "mine", "--service", "bridge", "--occupations", "-o", "d.svg", "--csv", "d.csv"],
    );
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    // S1 of 19.5 km has two blocks: its middle lies at 9.75 km.
    let all = rows(&dir.path().join("d-occupations.csv"));
    let first = all.iter().filter(|r| r[3] == "0.000" && r[2] == "out").collect::<Vec<_>>();
    assert!(!first.is_empty());
    for r in first {
        assert!((r[4].parse::<f64>().unwrap() - 9.75).abs() < 0.5, "{r:?}");
        let second = all.iter().find(|x| x[0] == r[0] && x[3] == r[4]).expect("its second block");
        assert!(key(&second[5]) < key(&r[6]) && key(&r[6]) < key(&second[6]), "{r:?} {second:?}");
    }
}

#[test]
fn bad_times_and_unknown_names_offer_the_nearest() {
    let dir = tempfile::tempdir().unwrap();
    for (args, told) in [
        (vec!["--from", "2020-1-2"], "did you mean 2020-01-02?"),
        (vec!["--from", "2020-02-30"], "did you mean 2020-02-29?"),
        (vec!["--from", "2035-01-01"], "did you mean 2029-12-31?"),
        (vec!["--to", "2019-06-01"], "did you mean 2020-01-01?"),
        (vec!["--from", "2020-01-01T25:00"], "did you mean 2020-01-01?"),
        (vec!["--from", "soon"], "2020-01-01 to 2029-12-31"),
        (vec!["--from", "2020-01-05", "--to", "2020-01-03"], "does not lie after"),
        (vec!["--service", "a-f"], "did you mean `a-g`?"),
        (vec!["--between", "A", "L6"], "did you mean `L1`?"),
    ] {
        let o = r1(dir.path(), &args);
        assert_eq!(o.status.code(), Some(2), "{args:?}");
        assert!(err(&o).contains(told), "{args:?}: {}", err(&o));
    }
    assert!(fs::read_dir(dir.path()).unwrap().next().is_none(), "nothing is written");
    assert_eq!(r1(dir.path(), &["--between", "L2", "A", "--from", "2029-12-31", "-o", "d.svg"]).status.code(), Some(0));
}

#[test]
fn disturbances_and_both_clocks_are_on_the_diagram() {
    let dir = mine();
    let file = dir.path().join("mine/disturbances.toml");
    let text = fs::read_to_string(&file).unwrap().replace("\n#", "\n");
    fs::write(&file, text).unwrap();
    let draw = |args: &[&str]| {
        let mut all = vec!["line", "diagram", "mine", "-o", "d.svg"];
        all.extend(args);
        let o = yalu(dir.path(), &all);
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
        fs::read_to_string(dir.path().join("d.svg")).unwrap()
    };
    let svg = draw(&["--from", "2024-03-01"]);
    assert!(svg.contains("possession: maintenance"), "possession");
    assert!(svg.contains("Shanghai time, UTC+8") && svg.contains("Pyongyang time, UTC+9"), "clocks");
    let svg = draw(&["--from", "2024-02-10"]);
    assert!(svg.contains("25\u{2009}km/h, soft-ground") && !svg.contains("possession: maintenance"), "restriction");
}

#[test]
fn the_flagship_leaves_at_0743_over_a_border_shut_the_day_before() {
    let dir = tempfile::tempdir().unwrap();
    let scenario = shipped("dandong-sinuiju").display().to_string();
    let o = yalu(
        dir.path(),
        &["line", "diagram", &scenario, "--from", "2022-09-25", "--to", "2022-09-26", "-o", "d.svg", "--json"],
    );
    let r = json(&o);
    let out: Vec<_> = r["trains"].as_array().unwrap().iter().filter(|t| t["service"] == "bridge").collect();
    assert_eq!((out.len(), out[0]["label"].as_str(), out[1]["label"].as_str()), (2, Some("F 1"), Some("F 2")));
    assert!(out[0]["first"].as_str().unwrap().starts_with("2022-09-25T23:43"), "{}", out[0]);
    assert!(fs::read_to_string(dir.path().join("d.svg")).unwrap().contains("border shut to freight"));
}
