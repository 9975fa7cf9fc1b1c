//! The program as a stranger runs it.
mod program;

use program::{err, json, mine, out, shipped, yalu};
use serde_json::Value;
use std::fs;

#[test]
fn a_new_corridor_is_sound_and_runs() {
    let dir = mine();
    let o = yalu(dir.path(), &["check", "mine", "--deny-warnings"]);
    assert_eq!((o.status.code(), out(&o).contains("no problems")), (Some(0), true), "{}", out(&o));
    assert_eq!(yalu(dir.path(), &["new", "mine"]).status.code(), Some(2), "nothing is written over");
    let o = yalu(dir.path(), &["run", "mine"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert!(!out(&o).contains('\u{1b}'), "no colours where no terminal reads");
    for f in ["run.json", "summary.txt", "report.html", "tables/train_runs.parquet"] {
        assert!(dir.path().join("out/mine").join(f).is_file(), "{f}");
    }
    // Without a folder named, a second run takes a new one.
    assert_eq!(yalu(dir.path(), &["run", "mine", "--replications", "1"]).status.code(), Some(0));
    assert!(dir.path().join("out/mine-2/report.html").is_file());
}

#[test]
fn a_new_corridor_of_each_kind_of_border_is_sound_and_runs() {
    let dir = tempfile::tempdir().unwrap();
    for kind in yalu_scenario::BorderKind::ALL.map(yalu_scenario::BorderKind::word) {
        assert_eq!(yalu(dir.path(), &["new", kind, "--border", kind]).status.code(), Some(0), "{kind}");
        let o = yalu(dir.path(), &["check", kind, "--deny-warnings"]);
        assert_eq!(o.status.code(), Some(0), "{}", out(&o));
        let r = json(&yalu(dir.path(), &["run", kind, "--replications", "2", "--json"]));
        assert_eq!((r["deadlocks"].as_u64(), r["checker_violations"].as_u64()), (Some(0), Some(0)), "{kind}");
        assert!(r["wagons_crossed"]["AA-BB"]["loaded"].as_u64().unwrap() > 3000, "{kind}");
    }
    let o = yalu(dir.path(), &["new", "x", "--border", "transhipment"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("did you mean `transshipment`?"), "{}", err(&o));
}

#[test]
fn the_json_of_a_run_keeps_its_promises() {
    let dir = mine();
    let o = yalu(dir.path(), &["run", "mine", "-o", "o", "--replications", "3", "--json"]);
    let r = json(&o);
    for key in ["schema_version", "scenario", "from", "to", "seed", "assumed_share", "events", "wall_s"] {
        assert!(!r[key].is_null(), "{key}");
    }
    assert_eq!(
        (r["replications"].as_u64(), r["deadlocks"].as_u64(), r["checker_violations"].as_u64()),
        (Some(3), Some(0), Some(0))
    );
    assert!(r["moves_refused_for_safety"].is_u64() && r["trains_run"].as_u64().unwrap() > 0);
    let loaded = r["wagons_crossed"]["AA-BB"]["loaded"].as_u64().unwrap();
    assert!(
        loaded > 0 && r["wagons_crossed"]["BB-AA"]["empty"].is_u64() && r["tonnes"]["AA-BB"].as_f64().unwrap() > 0.0
    );
    let months = r["months"].as_array().unwrap();
    assert_eq!(
        months.iter().map(|m| m["month"].as_str().unwrap()).collect::<Vec<_>>(),
        ["2024-01", "2024-02", "2024-03"]
    );
    let (mut wagons, mut tonnes) = (0, 0.0);
    for m in months {
        for key in ["exports_usd", "imports_usd", "delivered_usd", "backlog_tonnes"] {
            assert!(m[key].is_f64(), "{key}");
            let b = &m["bands"][key];
            let at: Vec<f64> = ["p05", "p25", "p50", "p75", "p95"].iter().map(|p| b[*p].as_f64().unwrap()).collect();
            assert!(at.windows(2).all(|w| w[0] <= w[1]), "{key} {at:?}");
        }
        for route in m["by_route"].as_object().unwrap().values() {
            wagons += route["wagons"].as_u64().unwrap();
            tonnes += route["tonnes"].as_f64().unwrap();
        }
    }
    assert_eq!(wagons, loaded);
    let all = r["tonnes"]["AA-BB"].as_f64().unwrap() + r["tonnes"]["BB-AA"].as_f64().unwrap();
    assert!((tonnes - all).abs() < 1e-6);
    let file: Value = serde_json::from_slice(&fs::read(dir.path().join("o/run.json")).unwrap()).unwrap();
    assert_eq!(file["months"], r["months"]);
}

#[test]
fn results_are_never_written_over_unasked() {
    let dir = mine();
    let run = |extra: &[&str]| {
        let mut args = vec!["run", "mine", "-o", "o", "--replications", "1"];
        args.extend(extra);
        yalu(dir.path(), &args)
    };
    assert_eq!(run(&[]).status.code(), Some(0));
    let again = run(&[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("--force"), "{}", err(&again));
    assert_eq!(run(&["--force"]).status.code(), Some(0));
    fs::create_dir(dir.path().join("thesis")).unwrap();
    fs::write(dir.path().join("thesis/chapter"), "years").unwrap();
    assert_eq!(yalu(dir.path(), &["run", "mine", "-o", "thesis", "--force"]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(dir.path().join("thesis/chapter")).unwrap(), "years");
}

#[test]
fn one_and_two_threads_give_the_same_bytes() {
    let dir = mine();
    for n in ["1", "2"] {
        let o = yalu(dir.path(), &["run", "mine", "-o", n, "--replications", "5", "--threads", n]);
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    }
    let read = |n: &str, f: &str| fs::read(dir.path().join(n).join(f)).unwrap();
    for f in ["report.html", "summary.txt"] {
        assert_eq!(read("1", f), read("2", f), "{f}");
    }
    for f in fs::read_dir(dir.path().join("1/tables")).unwrap() {
        let name = format!("tables/{}", f.unwrap().file_name().to_string_lossy());
        assert_eq!(read("1", &name), read("2", &name), "{name}");
    }
}

#[test]
fn a_period_has_the_stocks_it_then_had() {
    let dir = mine();
    let whole = json(&yalu(dir.path(), &["run", "mine", "-o", "a", "--replications", "1", "--json"]));
    let part =
        json(&yalu(dir.path(), &["run", "mine", "-o", "b", "--replications", "1", "--from", "2024-02-01", "--json"]));
    let months = part["months"].as_array().unwrap();
    assert_eq!(months.len(), 2);
    assert_eq!(months.as_slice(), &whole["months"].as_array().unwrap()[1..]);
    // What comes after the last day is not known on it, so that only the days before are the same.
    let cut =
        json(&yalu(dir.path(), &["run", "mine", "-o", "c", "--replications", "1", "--to", "2024-02-29", "--json"]));
    assert_eq!((cut["months"].as_array().unwrap().len(), &cut["months"][0]), (2, &whole["months"][0]));
    for wrong in [["--from", "2023-12-31"], ["--to", "2025-01-01"], ["--from", "2024-2-1"], ["--to", "2024-02-30"]] {
        let o = yalu(dir.path(), &["run", "mine", wrong[0], wrong[1]]);
        assert_eq!(o.status.code(), Some(2), "{wrong:?}");
        assert!(err(&o).contains("2024-01-01 to 2024-03-30"), "{}", err(&o));
    }
}

#[test]
fn values_can_be_set_and_are_checked_like_those_in_files() {
    let dir = mine();
    let run = |set: &str| yalu(dir.path(), &["run", "mine", "--replications", "1", "--json", "--set", set]);
    let few = json(&run("service.bridge.max_wagons=5"));
    assert!(few["wagons_crossed"]["AA-BB"]["loaded"].as_u64().unwrap() <= few["trains_run"].as_u64().unwrap() * 15);
    let o = run("service.bridge.max_wagon=20");
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("max_wagons") && err(&o).contains("--set"), "{}", err(&o));
    assert_eq!(run("nonsense").status.code(), Some(2));
}

#[test]
fn more_trains_than_the_line_takes_are_no_deadlock() {
    let dir = mine();
    let set = "traffic.local.trains_per_day=60";
    let o = yalu(dir.path(), &["run", "mine", "--replications", "1", "--json", "--set", set]);
    let r = json(&o);
    assert_eq!((o.status.code(), r["deadlocks"].as_u64()), (Some(0), Some(0)));
    assert!(r["trains_waiting_to_enter"].as_u64().unwrap() > 100);
}

#[test]
fn goods_that_arrive_at_midnight_belong_to_the_new_day() {
    let dir = mine();
    // Sent at noon, 60 hours under way.
    let o = yalu(dir.path(), &["run", "mine", "--replications", "1", "--set", "route.road.transit_h=60"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
}

#[test]
fn a_broken_corridor_is_told_with_place_and_help() {
    let dir = mine();
    let file = dir.path().join("mine/services.toml");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("max_wagons", "max_wagon")).unwrap();
    let o = yalu(dir.path(), &["check", "mine"]);
    assert_eq!(o.status.code(), Some(1));
    assert!(out(&o).contains("Y0201") && out(&o).contains("services.toml:") && out(&o).contains("help"), "{}", out(&o));
    let r = json(&yalu(dir.path(), &["check", "mine", "--json"]));
    let d = &r["diagnostics"][0];
    for key in ["code", "severity", "file", "line", "column", "message", "help"] {
        assert!(!d[key].is_null(), "{key}");
    }
    let o = yalu(dir.path(), &["run", "mine"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("services.toml:"), "{}", err(&o));
    for wrong in [["check", "nowhere"], ["run", "nowhere"], ["show", "nowhere"], ["walk", "mine"]] {
        assert_eq!(yalu(dir.path(), &wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_warning_is_a_finding_only_when_asked() {
    let dir = mine();
    fs::write(dir.path().join("mine/notes.toml"), "x = 1\n").unwrap();
    assert_eq!(yalu(dir.path(), &["check", "mine"]).status.code(), Some(0));
    assert_eq!(yalu(dir.path(), &["check", "mine", "--deny-warnings"]).status.code(), Some(1));
}

#[test]
fn schemas_trees_and_completions_are_printed() {
    let dir = mine();
    let names = out(&yalu(dir.path(), &["schema"]));
    assert!(names.lines().count() >= 12);
    for name in names.lines() {
        let schema = json(&yalu(dir.path(), &["schema", name]));
        assert!(schema["$schema"].as_str().unwrap().contains("2020-12"), "{name}");
    }
    assert_eq!(yalu(dir.path(), &["schema", "none.toml"]).status.code(), Some(2));
    assert_eq!(yalu(dir.path(), &["schema", "-o", "s"]).status.code(), Some(0));
    assert_eq!(fs::read_dir(dir.path().join("s")).unwrap().count(), names.lines().count());
    assert!(out(&yalu(dir.path(), &["show", "mine", "-v"])).contains("Railway bridge"));
    assert_eq!(json(&yalu(dir.path(), &["show", "mine", "--json"]))["points"].as_array().unwrap().len(), 6);
    assert!(out(&yalu(dir.path(), &["completions", "bash"])).contains("yalu"));
    assert!(out(&yalu(dir.path(), &["run", "--help"])).contains("Examples:"));
}

#[test]
fn every_oracle_passes_and_is_told_whole() {
    let dir = tempfile::tempdir().unwrap();
    let o = yalu(dir.path(), &["validate", "-v"]);
    assert_eq!(o.status.code(), Some(0), "{}", out(&o));
    assert!(!out(&o).contains("FAIL") && !out(&o).contains('\u{1b}'));
    let o = yalu(dir.path(), &["validate", "--json"]);
    assert_eq!(o.status.code(), Some(0));
    let r = json(&o);
    let all = r["oracles"].as_array().unwrap();
    let (passed, failed) = (r["passed"].as_u64().unwrap(), r["failed"].as_u64().unwrap());
    assert!(all.len() > 100);
    assert_eq!((passed, failed), (all.len() as u64, 0));
    let table = out(&yalu(dir.path(), &["validate", "-v"]));
    assert!(table.ends_with(&format!("{passed} of {passed} pass\n")), "{table}");
    for o in all {
        for key in ["id", "layer", "what", "unit", "source", "constant"] {
            assert!(o[key].is_string(), "{key} of {o}");
        }
        let n = |key: &str| o[key].as_f64().unwrap();
        let (off, within) = ((n("observed") - n("expected")).abs(), n("tolerance"));
        let within = if o["relative"].as_bool().unwrap() { within * n("expected").abs() } else { within };
        assert_eq!(o["pass"].as_bool(), Some(off <= within), "{o}");
    }
}

#[test]
fn some_oracles_can_be_asked_for_and_unknown_ones_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let ids = |args: &[&str]| -> Vec<String> {
        let r = json(&yalu(dir.path(), args));
        r["oracles"].as_array().unwrap().iter().map(|o| o["id"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(ids(&["validate", "--json", "--only", "trainruns.level.time"]), ["trainruns.level.time"]);
    let both = ids(&["validate", "--json", "--only", "tonnage", "--only", "r1.out"]);
    assert!(both.len() == 12 && both.iter().all(|id| id.starts_with("tonnage.") || id.starts_with("r1.out.")));
    let o = yalu(dir.path(), &["validate", "--only", "trainrun"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("no oracle trainrun") && err(&o).contains("trainruns"), "{}", err(&o));
}

#[test]
fn a_report_of_a_line_alone_tells_of_trains_and_not_of_trade() {
    let dir = mine();
    let r1 = shipped("job-r1").display().to_string();
    let o = yalu(dir.path(), &["run", &r1, "-o", "line", "--to", "2020-01-03"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let page = fs::read_to_string(dir.path().join("line/report.html")).unwrap();
    for id in ["f-day", "f-late-1", "t-runs", "t-delays"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    // Trains from A wait in the middle for those from G, which pass.
    assert!(page.contains("Never late by more than 0.5 min at any point: g-a, out."));
    for word in ["What crossed", "What waited", "Shippers", "freight trains over the border"] {
        assert!(!page.contains(word), "{word}");
    }
    assert_eq!(yalu(dir.path(), &["run", "mine", "-o", "goods", "--replications", "1"]).status.code(), Some(0));
    let page = fs::read_to_string(dir.path().join("goods/report.html")).unwrap();
    assert!(page.contains("id=\"s-punctuality\"") && page.contains("id=\"f-late-1\"") && page.contains("What crossed"));
}

#[test]
fn capacity_is_told_in_tables_files_and_json() {
    let dir = tempfile::tempdir().unwrap();
    let r1 = shipped("job-r1").display().to_string();
    let o = yalu(dir.path(), &["line", "capacity", &r1, "-o", "c", "-v"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let text = out(&o);
    for words in
        ["Loop 5 – G ← binds", "72.8 pairs, 146 trains a day both ways", "as service g-a", "Platoons", "Again: yalu"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let r = json(&yalu(dir.path(), &["line", "capacity", &r1, "--service", "g-a", "--json"]));
    let line = &r["lines"][0];
    assert_eq!((r["lines"].as_array().unwrap().len(), line["from"].as_str()), (1, Some("G")));
    assert_eq!(line["comes_back"]["service"].as_str(), Some("a-g"));
    for key in
        ["bound", "planned", "left", "sections", "platoons", "windows", "one_more_loop", "saturation", "delay_volume"]
    {
        assert!(!line[key].is_null(), "{key}");
    }
    // The line is the same from its other end.
    assert_eq!(line["binding"].as_str(), Some("G – Loop 5"));
    assert!((line["bound"]["pairs_per_day"].as_f64().unwrap() - 72.78).abs() < 0.05);
    for s in line["sections"].as_array().unwrap() {
        let cycles = s["working"]["cycles_s"].as_object().unwrap();
        let least = cycles.values().map(|v| v.as_f64().unwrap()).fold(f64::INFINITY, f64::min);
        assert_eq!(s["working"]["cycle_s"].as_f64(), Some(least));
        assert_eq!(s["alone"]["agreement"].as_str(), Some("agrees"));
    }
    let file: Value = serde_json::from_slice(&fs::read(dir.path().join("c/capacity.json")).unwrap()).unwrap();
    assert_eq!(file["lines"][0]["service"].as_str(), Some("a-g"));
    let table = fs::read_to_string(dir.path().join("c/capacity.csv")).unwrap();
    assert_eq!(table.lines().count(), 7);
    let columns: Vec<usize> = table.lines().map(|l| l.split(',').count()).collect();
    assert!(columns.iter().all(|n| *n == columns[0]), "{table}");
    for f in ["capacity.svg", "delay-volume.svg"] {
        let svg = fs::read_to_string(dir.path().join("c").join(f)).unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("<style>") && svg.contains("Job R1"), "{f}");
    }
    // A folder is replaced only where that is asked for.
    assert_eq!(yalu(dir.path(), &["line", "capacity", &r1, "-o", "c"]).status.code(), Some(2));
    assert_eq!(yalu(dir.path(), &["line", "capacity", &r1, "-o", "c", "--force"]).status.code(), Some(0));
}

#[test]
fn capacity_says_what_it_cannot_do() {
    let dir = mine();
    let told = |args: &[&str]| {
        let o = yalu(dir.path(), args);
        assert_eq!(o.status.code(), Some(2), "{args:?}");
        err(&o)
    };
    assert!(told(&["line", "capacity", "mine", "--service", "brigde"]).contains("did you mean `bridge`?"));
    assert!(told(&["line", "capacity", "mine", "--service", "zzzzzz"]).contains("one of bridge"));
    assert!(told(&["line", "capacity", "mine", "--tolerated-min", "0"]).contains("minutes above zero"));
    assert!(told(&["line", "capacity", "nowhere"]).contains("cannot be read"));
    let o = yalu(dir.path(), &["line", "capacity", "mine", "-v"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert!(out(&o).contains("the service turns"), "{}", out(&o));
}

#[test]
fn a_command_of_an_earlier_name_is_told_its_name_of_today() {
    let dir = tempfile::tempdir().unwrap();
    let renamed = [
        ("train", "line train"),
        ("diagram", "line diagram"),
        ("capacity", "line capacity"),
        ("forecast", "status DIR --ahead"),
        ("compare", "whatif compare"),
        ("contingency", "whatif sheet"),
        ("ledger", "reports"),
        ("score", "fit score"),
        ("calibrate", "fit calibrate"),
    ];
    for (old, now) in renamed {
        let o = yalu(dir.path(), &[old, "mine", "--json"]);
        assert_eq!((o.status.code(), out(&o).as_str()), (Some(2), ""), "{old}");
        assert!(err(&o).contains(&format!("help: it is `yalu {now}` now")), "{}", err(&o));
        let words: Vec<&str> = now.split(' ').filter(|w| *w != "DIR").chain(["--help"]).collect();
        assert_eq!(yalu(dir.path(), &words).status.code(), Some(0), "{now}");
    }
}

#[test]
fn check_counts_first_groups_missing_keys_and_explains_codes() {
    let dir = mine();
    let file = dir.path().join("mine/services.toml");
    let text = fs::read_to_string(&file).unwrap();
    let kept: Vec<&str> = text.lines().filter(|l| !l.starts_with("title") && !l.starts_with("max_wagons")).collect();
    fs::write(&file, kept.join("\n")).unwrap();
    let told = out(&yalu(dir.path(), &["check", "mine"]));
    let n = json(&yalu(dir.path(), &["check", "mine", "--json"]))["diagnostics"].as_array().unwrap().len();
    assert!(n > 2 && told.matches("Y0202").count() < n, "{told}");
    assert!(told.contains(" are missing in `service`") && told.lines().next().unwrap().contains("errors, "), "{told}");
    assert!(told.lines().all(|l| l.chars().count() <= 100), "{told}");
    let o = yalu(dir.path(), &["check", "--explain", "y0202"]);
    assert!(o.status.success() && out(&o).starts_with("error[Y0202]: ") && out(&o).contains("help: "), "{}", out(&o));
    let o = yalu(dir.path(), &["check", "--explain", "Y0222"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("there is no code Y0222"), "{}", err(&o));
}

#[test]
fn names_of_files_and_options_steer_no_terminal() {
    let dir = mine();
    let name = "no\u{1b}]0;title\u{7}where";
    for args in [
        vec!["check", name],
        vec!["run", "mine", "--set", name],
        vec!["line", "train", "mine", "--service", name],
        vec![name],
    ] {
        let o = yalu(dir.path(), &args);
        assert_eq!(o.status.code(), Some(2), "{args:?}");
        let told = out(&o) + &err(&o);
        assert!(!told.contains(['\u{1b}', '\u{7}']) && told.contains("where"), "{told:?}");
    }
}

#[test]
fn a_full_standard_output_changes_no_exit_code() {
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let dir = mine();
    for (args, code) in
        [(vec!["check", "mine"], 0), (vec!["show", "mine"], 0), (vec!["--help"], 0), (vec!["check", "x"], 2)]
    {
        let stdout = fs::OpenOptions::new().write(true).open(full).unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_yalu"));
        let o = command.args(&args).current_dir(dir.path()).stdout(stdout).output().unwrap();
        assert_eq!(o.status.code(), Some(code), "{args:?}");
        assert!(err(&o).contains(if code == 0 { "standard output cannot be written" } else { "error" }), "{}", err(&o));
    }
}
