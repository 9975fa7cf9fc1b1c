//! The record and what it lets one believe, from the command line.
mod program;

use program::{err, json, mine, out, shipped, yalu};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

const RAIL: &str = "DAN-SIN-RAIL";

/// A copy of the flagship that may be written to.
fn flagship() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&shipped("dandong-sinuiju"), &dir.path().join("ds"));
    dir
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for e in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(e.file_name());
        if e.path().is_dir() {
            copy(&e.path(), &target);
        } else {
            fs::copy(e.path(), target).unwrap();
        }
    }
}

fn ds() -> String {
    shipped("dandong-sinuiju").display().to_string()
}

fn here(args: &[&str]) -> Output {
    yalu(Path::new("."), args)
}

fn code(o: &Output) -> i32 {
    o.status.code().unwrap_or(-1)
}

fn reports(dir: &Path) -> PathBuf {
    dir.join("ds/reports.csv")
}

/// A code, and what is done to a record so that it is told.
type Spoiled<'a> = (&'a str, &'a dyn Fn(&Path));

#[test]
fn the_flagship_is_sealed_and_nothing_was_edited() {
    let o = here(&["reports", "verify", &ds(), "--json"]);
    assert_eq!(code(&o), 0, "{}", err(&o));
    let v = json(&o);
    assert_eq!((v["has_log"].as_bool(), v["sealed"].as_u64()), (Some(true), Some(111)));
    for list in ["edited", "removed", "moved", "not_sealed", "diagnostics"] {
        assert_eq!(v[list], serde_json::json!([]), "{list}");
    }
}

#[test]
fn an_edit_is_named_by_every_command_and_has_a_way_out() {
    let dir = flagship();
    let text = fs::read_to_string(reports(dir.path())).unwrap();
    fs::write(reports(dir.path()), text.replace("R085,2022-09-26", "R085,2022-09-25")).unwrap();
    let all: [&[&str]; 4] = [
        &["reports", "list", "ds"],
        &["status", "ds"],
        &["reports", "belief", "ds"],
        &["reports", "export", "ds", "--format", "csv"],
    ];
    for args in all {
        let o = yalu(dir.path(), args);
        assert_eq!(code(&o), 2, "{args:?}");
        assert!(err(&o).contains("hash mismatch: report `R085` was edited"), "{}", err(&o));
    }
    let o = yalu(dir.path(), &["reports", "verify", "ds"]);
    assert_eq!(code(&o), 1);
    assert!(out(&o).contains("Y1210") && out(&o).contains("corrects"), "{}", out(&o));
    let o = yalu(dir.path(), &["check", "ds"]);
    assert_eq!(code(&o), 1);
    assert!(out(&o).contains("hash mismatch: report `R085`"), "{}", out(&o));
    let o = yalu(dir.path(), &["reports", "list", "ds", "--skip-bad", "--json"]);
    assert_eq!(json(&o)["reports"].as_array().unwrap().len(), 110);
    assert!(err(&o).contains("1 report of ds left out: R085"), "{}", err(&o));

    assert_eq!(code(&yalu(dir.path(), &["reports", "seal", "ds"])), 1);
    assert_eq!(code(&yalu(dir.path(), &["reports", "seal", "ds", "--accept-edit", "R085"])), 2, "a reason is due");
    let o = yalu(dir.path(), &["reports", "seal", "ds", "--accept-edit", "R085", "--because", "misread day"]);
    assert_eq!(code(&o), 0, "{}", err(&o));
    let v = json(&yalu(dir.path(), &["reports", "verify", "ds", "--json"]));
    assert_eq!(v["accepted"], serde_json::json!([{ "id": "R085", "because": "misread day" }]));
    assert_eq!(code(&yalu(dir.path(), &["reports", "list", "ds"])), 0);
}

#[test]
fn a_touched_log_takes_nothing_more() {
    let dir = flagship();
    let log = dir.path().join("ds/reports.csv.log");
    let text = fs::read_to_string(&log).unwrap();
    let less: Vec<&str> = text.lines().enumerate().filter(|(i, _)| *i != 9).map(|(_, l)| l).collect();
    fs::write(&log, less.join("\n")).unwrap();
    let o = yalu(dir.path(), &["reports", "verify", "ds"]);
    assert_eq!(code(&o), 1);
    assert!(out(&o).contains("Y1213") && out(&o).contains("line 10 of the log"), "{}", out(&o));
    assert_eq!(code(&yalu(dir.path(), &["reports", "seal", "ds"])), 1);
    let o = yalu(dir.path(), &["reports", "seal", "ds", "--anew", "--because", "lost in a merge"]);
    assert_eq!(code(&o), 0, "{}", err(&o));
    assert_eq!(json(&yalu(dir.path(), &["reports", "verify", "ds", "--json"]))["sealed"], 111);
}

const SEEN: [&str; 14] = [
    "--crossing",
    RAIL,
    "--claim",
    "observed",
    "--reported",
    "2023-03-02",
    "--qty",
    "15",
    "--unit",
    "cars",
    "--source",
    "Paper",
    "--detail",
    "A train seen from the Dandong side at noon",
];

#[test]
fn a_report_is_added_at_the_end_and_sealed() {
    let dir = flagship();
    let before = fs::read_to_string(reports(dir.path())).unwrap();
    let add = |more: &[&str]| yalu(dir.path(), &[&["reports", "add", "ds"], &SEEN[..], more].concat());
    let o = add(&["--dry-run", "--json"]);
    assert_eq!(code(&o), 0, "{}", err(&o));
    assert_eq!(fs::read_to_string(reports(dir.path())).unwrap(), before);
    let o = add(&["--json"]);
    let v = json(&o);
    assert_eq!((v["written"].as_bool(), v["report"]["id"].as_str()), (Some(true), Some("R159")));
    let after = fs::read_to_string(reports(dir.path())).unwrap();
    assert!(after.starts_with(&before) && after.lines().count() == before.lines().count() + 1);
    let v = json(&yalu(dir.path(), &["reports", "verify", "ds", "--json"]));
    assert_eq!((v["sealed"].as_u64(), v["not_sealed"].as_array().map(Vec::len)), (Some(112), Some(0)));

    let o = add(&[]);
    assert_eq!(code(&o), 1, "the same again is refused");
    assert!(err(&o).contains("Y1215") && err(&o).contains("near the same as `R159`"), "{}", err(&o));
    assert_eq!(code(&add(&["--anyway"])), 0);
}

#[test]
fn a_bad_report_is_told_whole_and_not_written() {
    let dir = flagship();
    let before = fs::read_to_string(reports(dir.path())).unwrap();
    let add = |args: &[&str]| {
        let o = yalu(dir.path(), &[&["reports", "add", "ds"], args].concat());
        assert_eq!(code(&o), 1, "{args:?}: {}", out(&o));
        err(&o)
    };
    let told = add(&["--crossing", "DAN-SIN-RIAL", "--claim", "observd", "--reported", "2022-13-01", "--qty", "-3"]);
    for part in ["--reported", "--claim", "`observed`", "--qty", "impossible count", "--source"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let told = add(&["--crossing", "DAN-SIN-RIAL", "--claim", "observed", "--reported", "2022-10-01", "--source", "P"]);
    assert!(told.contains("Y1201") && told.contains("`DAN-SIN-RAIL`"), "{told}");
    let told = add(&["--crossing", RAIL, "--claim", "observed", "--reported", "2150-10-01", "--source", "P"]);
    assert!(told.contains("Y1202"), "{told}");
    let told =
        add(&["--id", "R085", "--crossing", RAIL, "--claim", "denied", "--reported", "2021-10-01", "--source", "P"]);
    assert!(told.contains("Y1206"), "{told}");
    assert_eq!(fs::read_to_string(reports(dir.path())).unwrap(), before);
}

#[test]
fn a_record_goes_through_stix_and_back_whole() {
    let dir = flagship();
    let p = dir.path();
    assert_eq!(code(&yalu(p, &["reports", "export", "ds", "--format", "csv", "-o", "a.csv"])), 0);
    for (format, file) in [("stix", "b.json"), ("jsonl", "b.jsonl"), ("csv", "b.csv")] {
        assert_eq!(code(&yalu(p, &["reports", "export", "ds", "--format", format, "-o", file])), 0);
        let other = p.join("other");
        copy(&p.join("ds"), &other);
        for name in ["reports.csv", "reports.csv.log", "story.toml"] {
            fs::remove_file(other.join(name)).unwrap();
        }
        let o = yalu(p, &["reports", "import", "other", file, "--anyway"]);
        assert_eq!(code(&o), 0, "{format}: {}", err(&o));
        assert_eq!(code(&yalu(p, &["reports", "export", "other", "--format", "csv", "-o", "c.csv"])), 0);
        assert_eq!(
            fs::read_to_string(p.join("a.csv")).unwrap(),
            fs::read_to_string(p.join("c.csv")).unwrap(),
            "{format}"
        );
        fs::remove_dir_all(other).unwrap();
    }
    let o = yalu(p, &["reports", "import", "ds", "b.json", "--json"]);
    assert_eq!(json(&o)["held_already"].as_array().unwrap().len(), 111);
    let reviews = json(&yalu(p, &["reports", "export", "ds", "--format", "claimreview"]));
    let graph = reviews["@graph"].as_array().unwrap();
    let rated =
        |id: &str| graph.iter().find(|r| r["identifier"] == id).unwrap()["reviewRating"]["alternateName"].clone();
    assert_eq!(graph.len(), 111);
    assert_eq!((rated("R085"), rated("R021")), ("holds".into(), "does not hold".into()));
}

#[test]
fn a_bad_row_costs_itself_and_not_the_file() {
    let dir = flagship();
    let file = "id,reported,crossing,claim,source,detail\n\
        R085,2022-09-26,DAN-SIN-RAIL,denied,Paper,other content\n\
        N1,2022-11-26,DAN-SIN-RAIL,running,Paper,sound and new\n\
        N2,2022-11-26,DAN-SIN-RAIL,runing,Paper,a slip\n";
    fs::write(dir.path().join("more.csv"), file).unwrap();
    let o = yalu(dir.path(), &["reports", "import", "ds", "more.csv"]);
    assert_eq!(code(&o), 1);
    assert!(err(&o).contains("Y1206") && err(&o).contains("did you mean `running`"), "{}", err(&o));
    assert!(
        err(&o).contains("more.csv:2:30") && err(&o).contains("`claim` is `denied` here, `observed` there"),
        "{}",
        err(&o)
    );
    assert!(out(&o).contains("1 reports written to") && out(&o).contains("2 left out"), "{}", out(&o));
    let o = yalu(dir.path(), &["reports", "import", "ds", "more.csv", "--json"]);
    let (found, held) = (json(&o), serde_json::json!(["N1"]));
    assert_eq!((code(&o), &found["held_already"], &found["errors"]), (1, &held, &serde_json::json!(2)));
}

#[test]
fn list_and_show_print_what_is_asked_for() {
    let list = |more: &[&str]| out(&here(&[&["reports", "list", "-v", &ds()], more].concat()));
    let told = list(&["--crossing", RAIL, "--from", "2022-09-26", "--to", "2022-09-26", "--as-of", "2022-09-26"]);
    insta::assert_snapshot!("list", told);
    assert!(list(&["--claim", "opened"]).contains("R001"));
    insta::assert_snapshot!("show", out(&here(&["reports", "show", &ds(), "R085"])));
    let o = here(&["reports", "show", &ds(), "R85"]);
    assert_eq!(code(&o), 2);
    let o = here(&["reports", "list", &ds(), "--crossing", "DAN-SIN-RIAL"]);
    assert!(err(&o).contains("did you mean `DAN-SIN-RAIL`"), "{}", err(&o));
}

#[test]
fn belief_is_written_in_the_columns_agreed() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let o = yalu(dir.path(), &[&["reports", "belief", &ds()], args].concat());
        assert_eq!(code(&o), 0, "{args:?}: {}", err(&o));
        o
    };
    run(&["-o", "all.csv"]);
    let text = fs::read_to_string(dir.path().join("all.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("date,crossing,p_not_opened,p_suspended,p_limited,p_open,p_unknown,p_running"));
    let mut rows = 0;
    for line in lines {
        let p: Vec<f64> = line.split(',').skip(2).map(|x| x.parse().unwrap()).collect();
        assert!((p[..5].iter().sum::<f64>() - 1.0).abs() < 1e-5, "{line}");
        assert!((p[2] + p[3] - p[5]).abs() < 1e-5 && p.iter().all(|x| (0.0..=1.0).contains(x)), "{line}");
        rows += 1;
    }
    // 2018 to 2025 for 15 crossings; places are none.
    assert_eq!(rows, 2922 * 15);
    assert!(!text.contains("DANDONG-CITY") && !text.contains("UIJU-YARD"));

    // The same reports from a file of their own give the same bytes, in whatever order they stand.
    let record = fs::read_to_string(shipped("dandong-sinuiju").join("reports.csv")).unwrap();
    fs::write(dir.path().join("same.csv"), &record).unwrap();
    let narrow = ["--crossing", RAIL, "--from", "2022-09-01", "--to", "2022-10-31"];
    let own = out(&run(&narrow));
    assert_eq!(own.lines().count(), 62);
    assert_eq!(out(&run(&[&narrow[..], &["--reports", "same.csv"]].concat())), own);
    assert_ne!(out(&run(&[&narrow[..], &["--known", "now"]].concat())), own);
    assert_ne!(out(&run(&[&narrow[..], &["--customs"]].concat())), own);
}

#[test]
fn what_a_report_corrects_is_heard_until_then() {
    let dir = flagship();
    let p = dir.path();
    let belief = || {
        let o = yalu(p, &["reports", "belief", "ds", "--crossing", RAIL, "--from", "2022-09-24", "--to", "2022-10-10"]);
        assert_eq!(code(&o), 0, "{}", err(&o));
        out(&o).lines().skip(1).map(str::to_owned).collect::<Vec<String>>()
    };
    let before = belief();
    let o = yalu(
        p,
        &[
            "reports",
            "add",
            "ds",
            "--crossing",
            RAIL,
            "--claim",
            "suspended",
            "--reported",
            "2022-10-01",
            "--event-start",
            "2022-09-26",
            "--source",
            "Yonhap (own sighting)",
            "--source-type",
            "agency_observation",
            "--corrects",
            "R085",
            "--detail",
            "It was another train",
        ],
    );
    assert_eq!(code(&o), 0, "{}", err(&o));
    let after = belief();
    // Seven days until the first of October are as they were known then.
    assert_eq!(before[..7], after[..7]);
    assert_ne!(before[7..], after[7..]);
    assert!(out(&yalu(p, &["reports", "show", "ds", "R085"])).contains("Corrected by"));
}

#[test]
fn status_tells_a_board_and_one_crossing_report_by_report() {
    let o = here(&["status", &ds(), "--as-of", "2022-09-26", "--json"]);
    let v = json(&o);
    let crossings = v["crossings"].as_array().unwrap();
    assert_eq!((v["as_of"].as_str(), crossings.len()), (Some("2022-09-26"), 15));
    let rail = crossings.iter().find(|c| c["crossing"] == RAIL).unwrap();
    assert!(rail["p_running"].as_f64().unwrap() > 0.9);
    assert!(rail["for"].as_array().unwrap().iter().any(|w| w["report"] == "R085"), "{rail}");
    assert_eq!(rail["last_sighting"]["date"], "2022-09-26");
    assert_eq!(rail["what_if"].as_array().unwrap().len(), 4);
    let told = out(&here(&["status", &ds(), "--as-of", "2022-09-26", "-v"]));
    assert!(told.lines().all(|l| l.chars().count() <= 100), "{told}");
    for part in ["Tumangang", "Reports that weigh most", "How one more report"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let why = out(&here(&["status", &ds(), "--as-of", "2022-09-26", "--crossing", RAIL, "--why", "-v"]));
    assert!(why.contains("R085") && why.contains("Yonhap (own sighting)"), "{why}");
    // A day is explained as known then, or later.
    let then = json(&here(&["reports", "why", &ds(), "--crossing", RAIL, "--day", "2022-01-15", "--json"]));
    let later = json(&here(&[
        "reports",
        "why",
        &ds(),
        "--crossing",
        RAIL,
        "--day",
        "2022-01-15",
        "--as-of",
        "2022-02-01",
        "--json",
    ]));
    assert_ne!(then["p_running"], later["p_running"]);
    let o = here(&["reports", "why", &ds(), "--crossing", RAIL, "--day", "2022-01-15", "--as-of", "2022-01-01"]);
    assert_eq!(code(&o), 2);
    for bad in [["--as-of", "2017-01-01"], ["--as-of", "soon"], ["--crossing", "UIJU-YARD"]] {
        assert_eq!(code(&here(&["status", &ds(), bad[0], bad[1]])), 2, "{bad:?}");
    }
}

#[test]
fn a_forecast_widens_with_the_days() {
    let dir = tempfile::tempdir().unwrap();
    let o = yalu(dir.path(), &["status", &ds(), "--ahead", "--horizon", "180d", "-o", "f.csv", "--json"]);
    assert_eq!(code(&o), 0, "{}", err(&o));
    let v = json(&o);
    assert_eq!((v["as_of"].as_str(), v["crossings"][0]["crossing"].as_str()), (Some("2022-09-26"), Some(RAIL)));
    let days = v["crossings"][0]["days"].as_array().unwrap();
    assert_eq!(days.len(), 180);
    let width = |i: usize| {
        let b = &days[i]["p_running_band"];
        b["p95"].as_f64().unwrap() - b["p05"].as_f64().unwrap()
    };
    assert!(width(0) < width(29) && width(29) < width(179));
    let changed: Vec<f64> = days.iter().map(|d| d["p_changed"].as_f64().unwrap()).collect();
    assert!(changed.is_sorted(), "what has happened by a day has by the next");
    assert_eq!(fs::read_to_string(dir.path().join("f.csv")).unwrap().lines().count(), 181);
    for bad in ["0d", "many", "9999d"] {
        assert_eq!(code(&here(&["status", &ds(), "--ahead", "--horizon", bad])), 2, "{bad}");
    }
}

#[test]
fn scores_are_told_against_judged_states() {
    let dir = tempfile::tempdir().unwrap();
    let truth = "crossing,mode,start,end,status,start_uncertainty_days\n\
        DAN-SIN-RAIL,freight rail,2022-01-16,2022-04-28,limited,0\n\
        DAN-SIN-RAIL,freight rail,2022-04-29,2022-09-25,suspended,0\n\
        DAN-SIN-RAIL,freight rail,2022-09-26,,open,5\n\
        NOWHERE,rail,2022-01-01,,open,0\n";
    fs::write(dir.path().join("truth.csv"), truth).unwrap();
    let args = ["reports", "score", &ds(), "--truth", "truth.csv", "--from", "2022-01-16", "--to", "2022-12-31", "-v"];
    let o = yalu(dir.path(), &args);
    assert_eq!(code(&o), 0, "{}", err(&o));
    assert!(err(&o).contains("line 5: no crossing `NOWHERE`"), "{}", err(&o));
    assert!(out(&o).contains("Mean scores") && out(&o).contains("Reliability"), "{}", out(&o));
    let v = json(&yalu(dir.path(), &[&args[..], &["--json"]].concat()));
    let rail = &v["crossings"][0];
    assert_eq!(rail["known_then"]["all"]["days"], 350);
    assert_eq!(rail["known_then"]["without_uncertain"]["days"], 341);
    assert_eq!((rail["rules"].as_array().map(Vec::len), rail["changes"].as_array().map(Vec::len)), (Some(6), Some(2)));
    fs::write(dir.path().join("truth.csv"), truth.replace("limited", "limitd")).unwrap();
    let o = yalu(dir.path(), &args);
    assert_eq!(code(&o), 1, "a row costs itself: the others are scored");
    assert!(out(&o).contains("Mean scores") && err(&o).contains("line 2: `limitd` is no state"), "{}", err(&o));
}

#[test]
fn strips_are_drawn() {
    let dir = tempfile::tempdir().unwrap();
    let o = yalu(dir.path(), &["status", &ds(), "--as-of", "2022-09-26", "--svg", "s.svg", "--json"]);
    assert_eq!(code(&o), 0, "{}", err(&o));
    let svg = fs::read_to_string(dir.path().join("s.svg")).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("chance that it runs: 0"));
    assert!(svg.len() < 600_000, "{} bytes", svg.len());
}

#[test]
fn a_folder_without_reports_begins_a_record() {
    let dir = mine();
    let p = dir.path();
    let crossing = json(&yalu(p, &["show", "mine", "--json"]))["crossings"][0]["id"].as_str().unwrap().to_owned();
    let _ = fs::remove_file(p.join("mine/reports.csv"));
    let _ = fs::remove_file(p.join("mine/story.toml"));
    let o = yalu(p, &["reports", "list", "mine"]);
    assert!(code(&o) == 0 && out(&o).contains("no such report"), "{} {}", out(&o), err(&o));
    let add =
        ["reports", "add", "mine", "--crossing", &crossing, "--claim", "running", "--source", "Paper", "--reported"];
    let o = yalu(p, &[&add[..], &["2024-01-05"]].concat());
    assert_eq!(code(&o), 0, "{}", err(&o));
    let o = yalu(p, &["reports", "verify", "mine", "--json"]);
    assert_eq!((json(&o)["sealed"].as_u64(), code(&o)), (Some(1), 0));
    assert_eq!(code(&yalu(p, &["check", "mine"])), 0);
}

/// What is told of a record whose log was dealt with in a way.
fn dealt_with(how: impl Fn(&Path)) -> [Output; 3] {
    let dir = mine();
    assert!(yalu(dir.path(), &["reports", "seal", "mine"]).status.success());
    how(&dir.path().join("mine"));
    let checked = yalu(dir.path(), &["check", "mine"]);
    let status = yalu(dir.path(), &["status", "mine", "--as-of", "2024-02-20"]);
    let few = ["run", "mine", "-o", "out", "--replications", "1", "--to", "2024-02-20", "--as-of", "2024-02-16"];
    let drawn = yalu(dir.path(), &[&few[..], &["--regime", "ledger"]].concat());
    [checked, status, drawn]
}

#[test]
fn whoever_hears_the_record_is_told_that_it_is_not_what_was_sealed() {
    let edit = |dir: &Path| {
        let text = fs::read_to_string(dir.join("reports.csv")).unwrap();
        fs::write(dir.join("reports.csv"), text.replace("RAIL,rail,resumed", "RAIL,rail,denied")).unwrap();
    };
    let log = |dir: &Path| dir.join("reports.csv.log");
    let emptied = |dir: &Path| fs::write(log(dir), "").unwrap();
    let beheaded = |dir: &Path| fs::write(log(dir), "# yalu ledger log 1\n").unwrap();
    let unreadable = |dir: &Path| {
        fs::remove_file(log(dir)).unwrap();
        fs::create_dir(log(dir)).unwrap();
    };
    let ways: [Spoiled; 4] = [("Y1210", &edit), ("Y1213", &emptied), ("Y1213", &beheaded), ("Y1213", &unreadable)];
    for (code, how) in ways {
        for (o, ends) in dealt_with(how).iter().zip([1, 2, 2]) {
            assert_eq!(o.status.code(), Some(ends), "{}{}", out(o), err(o));
            assert!(format!("{}{}", out(o), err(o)).contains(code), "{code}: {}{}", out(o), err(o));
        }
    }

    let dir = mine();
    assert!(yalu(dir.path(), &["reports", "seal", "mine"]).status.success());
    edit(&dir.path().join("mine"));
    let few = ["run", "mine", "--replications", "1", "--to", "2024-02-20", "--as-of", "2024-02-16", "--json"];
    let drawn = yalu(dir.path(), &[&few[..], &["-o", "a", "--regime", "ledger", "--skip-bad"]].concat());
    assert!(drawn.status.success() && err(&drawn).contains("P3 was edited and is not heard"), "{}", err(&drawn));
    assert_eq!(json(&drawn)["record"]["edited"], serde_json::json!(["P3"]));
    for file in ["a/report.html", "a/summary.txt"] {
        let text = fs::read_to_string(dir.path().join(file)).unwrap();
        assert!(text.contains("The record of reports is not what was sealed: P3 was edited"), "{file}");
    }
    let status = yalu(dir.path(), &["status", "mine", "--as-of", "2024-02-20", "--skip-bad", "--json"]);
    assert_eq!(json(&status)["record"]["state"], "changed");
}

#[test]
fn a_calibration_of_another_corridor_is_a_finding_beside_all_others() {
    let dir = mine();
    fs::copy(
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/dandong-sinuiju/calibration.json"),
        dir.path().join("mine/calibration.json"),
    )
    .unwrap();
    let o = yalu(dir.path(), &["check", "mine"]);
    assert_eq!(o.status.code(), Some(1));
    assert!(out(&o).contains("error[Y0113]: no calibration: it is of the corridor `dandong-sinuiju`"), "{}", out(&o));
    fs::write(dir.path().join("mine/calibration.json"), "{").unwrap();
    fs::write(dir.path().join("mine/trade.toml"), "").unwrap();
    let o = yalu(dir.path(), &["check", "mine"]);
    assert!(out(&o).contains("Y0113") && out(&o).contains("Y0105"), "{}", out(&o));
    let o = yalu(dir.path(), &["run", "mine"]);
    assert_eq!(o.status.code(), Some(2));
}
