//! Studies: the same bytes however they are cut, resumed after a death, and holes that are told.
mod program;

use program::{err, json, mine, out, yalu};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const STUDY: &str = "scenario = \"mine\"
replications = 21
[[vary]]
set = \"choice.reaction_days\"
values = [3, 9]
[[case]]
name = \"shut\"
close = [\"RAIL:2024-01-10..2024-01-20\"]
";

fn written() -> tempfile::TempDir {
    let dir = mine();
    fs::write(dir.path().join("study.toml"), STUDY).unwrap();
    dir
}

fn read(dir: &Path, name: &str) -> String {
    fs::read_to_string(dir.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn planned(dir: &Path, folder: &str, shards: &str) {
    let o = yalu(dir, &["study", "plan", "study.toml", "-o", folder, "--shards", shards]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
}

fn shard(dir: &Path, folder: &str, k: u32) {
    let o = yalu(dir, &["study", "run", folder, "--shard", &k.to_string()]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
}

#[test]
fn a_study_has_the_same_bytes_on_any_number_of_threads_and_shards() {
    let dir = written();
    let d = dir.path();
    for (threads, to) in [("1", "one"), ("2", "two"), ("16", "many")] {
        let o = yalu(d, &["study", "study.toml", "-o", to, "--threads", threads]);
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    }
    for (shards, to) in [(1, "a"), (4, "b"), (21, "c")] {
        planned(d, to, &shards.to_string());
        for k in (1..=shards).rev() {
            shard(d, to, k);
        }
        let o = yalu(d, &["study", "merge", to, "-o", &format!("{to}-merged")]);
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    }
    let rows = read(d, "one/runs.csv");
    assert_eq!(rows.lines().count(), 1 + 21 * 4);
    for name in ["runs.csv", "figures.csv", "study.json"] {
        for to in ["two", "many", "a-merged", "b-merged", "c-merged"] {
            assert_eq!(read(d, &format!("one/{name}")), read(d, &format!("{to}/{name}")), "{name} of {to}");
        }
    }
}

#[test]
fn pairs_have_the_same_draws_and_a_closure_costs() {
    let dir = written();
    let x = json(&yalu(dir.path(), &["study", "study.toml", "--json"]));
    let cases = x["cases"].as_array().unwrap();
    let names: Vec<&str> = cases.iter().map(|c| c["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["as declared", "choice.reaction_days=3", "choice.reaction_days=9", "shut"]);
    assert!(cases[0]["figures"][0]["difference"].is_null());
    let wagons = cases[3]["figures"].as_array().unwrap().iter().find(|f| f["id"] == "wagons").unwrap();
    assert!(wagons["difference"]["p50"].as_f64().unwrap() < 0.0, "{wagons}");
    assert_eq!(wagons["difference"]["runs"], 21);
    assert_eq!(x["coverage"]["whole"], 84);
}

#[test]
fn a_shard_that_is_killed_begins_where_it_ended() {
    let dir = written();
    let d = dir.path();
    planned(d, "plan", "1");
    planned(d, "calm", "1");
    shard(d, "calm", 1);
    for ms in [30, 120, 400] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_yalu"))
            .args(["study", "run", "plan", "--shard", "1", "--threads", "1"])
            .current_dir(d)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(ms));
        child.kill().unwrap();
        child.wait().unwrap();
        let o = yalu(d, &["study", "merge", "plan", "-o", "no"]);
        if o.status.code() == Some(0) {
            fs::remove_dir_all(d.join("no")).unwrap();
        }
    }
    shard(d, "plan", 1);
    for to in ["plan", "calm"] {
        assert_eq!(yalu(d, &["study", "merge", to, "-o", &format!("{to}-out")]).status.code(), Some(0));
    }
    assert_eq!(read(d, "plan-out/runs.csv"), read(d, "calm-out/runs.csv"));
}

#[test]
fn a_merge_hides_no_hole_and_takes_no_changed_row() {
    let dir = written();
    let d = dir.path();
    planned(d, "plan", "3");
    shard(d, "plan", 1);
    shard(d, "plan", 3);
    let o = yalu(d, &["study", "merge", "plan", "-o", "m"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("1 of 3 shards are not done: 2"), "{}", err(&o));
    assert!(!d.join("m").exists());
    let o = yalu(d, &["study", "status", "plan", "--json"]);
    assert_eq!(o.status.code(), Some(1));
    let whole: Vec<bool> = json(&o)["shards"].as_array().unwrap().iter().map(|s| s["whole"] == true).collect();
    assert_eq!(whole, [true, false, true]);
    let o = yalu(d, &["study", "merge", "plan", "-o", "m", "--partial", "--json"]);
    assert_eq!(o.status.code(), Some(1), "{}", err(&o));
    assert_eq!(json(&o)["coverage"]["missing"][0], "8-14");
    // A row changed by hand.
    let piece = d.join("plan/shards/0000001/r00000001-00000007.csv");
    let text = fs::read_to_string(&piece).unwrap();
    let row = text.lines().nth(1).unwrap();
    fs::write(&piece, text.replacen(row, &row.replacen(",,", ",,9", 1), 1)).unwrap();
    let o = yalu(d, &["study", "merge", "plan", "-o", "n", "--partial"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("is not what its receipt says"), "{}", err(&o));
    // The scenario changed after the plan was made.
    let file = d.join("plan/scenario/scenario.toml");
    fs::write(&file, read(d, "plan/scenario/scenario.toml") + "# later\n").unwrap();
    let o = yalu(d, &["study", "run", "plan", "--shard", "2"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("was changed after the plan was made"), "{}", err(&o));
}

#[test]
fn a_study_stops_once_a_figure_is_known() {
    let dir = written();
    let text = STUDY.replace("replications = 21", "replications = 400");
    fs::write(dir.path().join("study.toml"), text).unwrap();
    let x = json(&yalu(dir.path(), &["study", "study.toml", "--until", "exports_usd=20%", "--json"]));
    let n = x["coverage"]["replications"].as_u64().unwrap();
    assert!(n < 400 && n.is_multiple_of(20), "{n}");
    let o = yalu(dir.path(), &["study", "study.toml", "--until", "export_usd=2%"]);
    assert!(err(&o).contains("no figure is called export_usd"), "{}", err(&o));
}

#[test]
fn moved_inputs_have_effects_and_shares() {
    let dir = written();
    let d = dir.path();
    for (method, count, key) in [("morris", "walks = 4", "size"), ("sobol", "samples = 8", "total")] {
        let text = format!(
            "scenario = \"mine\"\nreplications = 1\n[sensitivity]\nmethod = \"{method}\"\n{count}\n\
             [[sensitivity.input]]\nset = \"choice.reaction_days\"\nlow = 1\nhigh = 30\n\
             [[sensitivity.input]]\nset = \"route.road.vehicles_per_day\"\nlow = 1\nhigh = 40\n"
        );
        fs::write(d.join("moved.toml"), text).unwrap();
        let o = yalu(d, &["study", "moved.toml", "--json"]);
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
        let moved = &json(&o)["moved"];
        assert_eq!(moved["method"], method);
        assert_eq!(moved["runs"], if method == "morris" { 12 } else { 32 });
        let inputs = moved["figures"][0]["inputs"].as_array().unwrap();
        assert!(inputs.len() == 2 && !inputs[0][key].is_null(), "{moved}");
        assert!(out(&yalu(d, &["study", "moved.toml"])).contains("What moves it"));
    }
}

#[test]
fn what_is_wrong_with_a_study_is_told_with_its_place() {
    let dir = mine();
    let d = dir.path();
    let cases = [
        ("scenario = \"mine\"\nreplication = 3\n", "unknown field `replication`"),
        ("scenario = \"yours\"\n", "there is no folder"),
        ("scenario = \"mine\"\n[[case]]\nname = \"x\"\nset = [\"rout.road.x=1\"]\n", "case `x`"),
        ("scenario = \"mine\"\n[[case]]\nname = \"x\"\nclose = [\"REIL:2024-01-10..2024-01-12\"]\n", "case `x`"),
        ("scenario = \"mine\"\n[[vary]]\nset = \"a\"\nvalues = []\n", "is no list of numbers or words"),
    ];
    for (text, told) in cases {
        fs::write(d.join("study.toml"), text).unwrap();
        let o = yalu(d, &["study", "study.toml"]);
        assert_eq!(o.status.code(), Some(2), "{text}");
        assert!(err(&o).contains(told), "{text}: {}", err(&o));
    }
    assert_eq!(yalu(d, &["study", "none.toml"]).status.code(), Some(2));
    assert_eq!(yalu(d, &["study"]).status.code(), Some(2));
}
