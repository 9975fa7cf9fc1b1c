//! `yalu whatif compare` and `yalu whatif sheet` as a stranger runs them.
mod program;

use program::{err, json, mine, out, yalu};
use serde_json::Value;
use std::fs;

const SHUT: &str = "shut ten days: --close RAIL:2024-01-08..2024-01-17";

fn median(v: &Value, figure: &str) -> f64 {
    v[figure]["p50"].as_f64().unwrap_or_else(|| panic!("{figure} in {v}"))
}

#[test]
fn variants_stand_beside_each_other_and_the_books_are_balanced() {
    let dir = mine();
    let args =
        ["whatif", "compare", "mine", "--variant", SHUT, "--replications", "6", "--after", "60", "-o", "o", "--json"];
    let o = yalu(dir.path(), &args);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let r = json(&o);
    let v = &r["variants"][0];
    assert_eq!((v["base"].as_str(), v["variant"].as_str()), (Some("as declared"), Some("shut ten days")));
    let change = &v["change"];
    assert_eq!(change["crossings"], serde_json::json!(["RAIL"]));
    assert_eq!((change["from"].as_str(), change["to"].as_str()), (Some("2024-01-08"), Some("2024-01-17")));
    assert_eq!(v["out_of_balance"]["kg"], 0);
    assert_eq!(v["out_of_balance"]["us_cents"], 0);
    assert_eq!(v["out_of_balance"]["wagons"], 0);
    assert!(v["out_of_balance"]["entries"].as_u64().unwrap() > 1000);
    // What is ordered is the same in both: more lost or pending is less delivered, in each run and so in the sums by good.
    let sum = |f: &str| v["goods"].as_array().unwrap().iter().map(|g| g[f]["p50"].as_f64().unwrap()).sum::<f64>();
    // The road is dearer and quicker than a train that waits and holds: what goes by it costs more and comes earlier.
    let total = &v["total"];
    assert!(
        sum("ordered_t") > 0.0 && median(total, "diverted_t") > 0.0 && median(total, "carriage_usd") > 0.0,
        "{total}"
    );
    let recovery = &v["recovery"];
    assert!(median(recovery, "peak_t") > 0.0 && median(recovery, "flow_t_per_day") > 0.0);
    let plain = &recovery["fluid"]["plain"];
    let rule = median(recovery, "flow_t_per_day") * 10.0;
    assert!((median(plain, "peak_t") - rule).abs() < 0.2 * rule, "λD is about {rule}: {plain}");
    assert_eq!(recovery["fluid_beside_simulated"].as_array().unwrap().len(), 3);
    assert_eq!(v["days"].as_array().unwrap().len(), 77, "seven days before the closure, ten of it, sixty after");
    for f in ["report.html", "compare.json", "figures.csv", "flows.svg", "flows.csv", "backlog.svg", "service.csv"] {
        assert!(dir.path().join("o").join(f).is_file(), "{f}");
    }
    let page = fs::read_to_string(dir.path().join("o/report.html")).unwrap();
    assert!(page.contains("The fluid rule beside the simulation") && page.contains("Who loses and who waits"));
    // An earlier folder is replaced only when asked for.
    assert_eq!(yalu(dir.path(), &args).status.code(), Some(2));
}

#[test]
fn the_same_bytes_on_one_thread_and_on_two() {
    let dir = mine();
    let run = |n: &str| {
        let args = [
            "whatif",
            "compare",
            "mine",
            "--variant",
            SHUT,
            "--replications",
            "5",
            "--after",
            "40",
            "--threads",
            n,
            "--json",
        ];
        let mut r = json(&yalu(dir.path(), &args));
        r["wall_s"] = Value::Null;
        r.to_string()
    };
    assert_eq!(run("1"), run("2"));
}

#[test]
fn nothing_changes_where_nothing_is_changed() {
    let dir = mine();
    // A value put in place of itself.
    let v = "the same: --set corridor.replications=3";
    let r = json(&yalu(dir.path(), &["whatif", "compare", "mine", "--variant", v, "--replications", "3", "--json"]));
    let total = &r["variants"][0]["total"];
    for figure in ["delivered_t", "lost_t", "lost_usd", "late_t", "delay_tonne_days", "diverted_t", "pending_t"] {
        assert_eq!((total[figure]["p05"].as_f64(), total[figure]["p95"].as_f64()), (Some(0.0), Some(0.0)), "{figure}");
    }
    assert!(r["variants"][0]["change"].is_null() && r["variants"][0]["recovery"].is_null());
}

#[test]
fn the_terminal_text_keeps_to_its_columns() {
    let dir = mine();
    let args = ["whatif", "compare", "mine", "--variant", SHUT, "--replications", "4", "--after", "40", "-v"];
    let o = yalu(dir.path(), &args);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let text = out(&o);
    for words in
        ["Lost (cancelled, refused)", "The fluid rule beside the simulation", "Mass balance: books out by 0 kg"]
    {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    assert!(text.lines().all(|l| l.chars().count() <= 100), "{text}");
}

/// The text as a person reads it, without how long it took.
fn read(o: &std::process::Output) -> String {
    let text = out(o);
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|l| !l.contains("wall time")).collect();
    lines.join("\n")
}

#[test]
fn two_variants_as_they_are_read() {
    let dir = mine();
    let args =
        ["whatif", "compare", "mine", "--variant", SHUT, "--replications", "3", "--after", "40", "--seed", "7", "-v"];
    insta::assert_snapshot!("compare", read(&yalu(dir.path(), &args)));
}

#[test]
fn the_sheet_as_it_is_read() {
    let dir = mine();
    let close = "RAIL:2024-01-06..2024-01-13";
    let args = ["whatif", "sheet", "mine", "--close", close, "--replications", "3", "--seed", "7", "-v"];
    insta::assert_snapshot!("contingency", read(&yalu(dir.path(), &args)));
}

#[test]
fn what_cannot_be_compared_is_told() {
    let dir = mine();
    let told = |args: &[&str]| {
        let o = yalu(dir.path(), args);
        assert_eq!(o.status.code(), Some(2), "{args:?}");
        err(&o)
    };
    assert!(told(&["whatif", "compare", "mine"]).contains("nothing to compare with"));
    assert!(told(&["whatif", "compare", "mine", "--variant", "x: --shut RAIL"]).contains("cannot be read"));
    assert!(told(&["whatif", "compare", "mine", "--variant", "x: "]).contains("changes nothing"));
    let text = told(&["whatif", "compare", "mine", "--variant", "x: --close RAYL:2024-01-08..2024-01-17"]);
    assert!(text.contains("Y0401") && text.contains("did you mean `RAIL`"), "{text}");
    assert!(told(&["whatif", "sheet", "mine", "--close", "RAYL"]).contains("did you mean `RAIL`"));
    assert!(told(&["run", "mine", "--close", "RAIL:2024-01-19..2024-01-10"]).contains("Y0701"));
}

#[test]
fn the_sheet_of_a_crossing_tells_ways_places_and_the_linear_rule() {
    let dir = mine();
    let args = [
        "whatif",
        "sheet",
        "mine",
        "--close",
        "RAIL:2024-01-06..2024-01-13",
        "--replications",
        "4",
        "-o",
        "sheet",
        "--json",
    ];
    let o = yalu(dir.path(), &args);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let r = json(&o);
    let days: Vec<u64> = r["lengths"].as_array().unwrap().iter().map(|l| l["days"].as_u64().unwrap()).collect();
    assert_eq!(days, [2, 4, 8, 16]);
    let share = |k: &str| r["shares"][k]["p50"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&share("diverts")) && (0.0..=1.0).contains(&share("waits")), "{}", r["shares"]);
    // What a way takes is no more than it has free over the eight days, both directions together.
    let ways = r["ways"].as_array().unwrap();
    for w in ways {
        assert!(median(w, "takes_t") <= 2.0 * 8.0 * median(w, "left_t_per_day") + 1e-6, "{w}");
    }
    assert!(
        r["lengths"][0]["beyond_linear_musd"].is_null() && r["lengths"][3]["beyond_linear_musd"]["p95"].is_number()
    );
    assert!(ways[0]["normal"] == true && ways.len() >= 2, "{ways:?}");
    assert_eq!(ways[0]["limits"]["axle_load"], "not known");
    assert!(!r["places"].as_array().unwrap().is_empty());
    let page = fs::read_to_string(dir.path().join("sheet/contingency.html")).unwrap();
    assert!(page.contains("Ways round, and what limits them") && !page.contains("<script"));
    let text = out(&yalu(dir.path(), &[&args[..args.len() - 3], &["-v"]].concat()));
    assert!(text.contains("By length, and a rule linear in days"), "{text}");
}

#[test]
fn a_declared_closure_has_its_sheet() {
    // The small corridor is declared shut on 1 – 14 February 2024, before the day of its story.
    let dir = mine();
    let sheet = |args: &[&str]| {
        let o = yalu(dir.path(), &[&["whatif", "sheet", "mine", "--replications", "2", "--json"], args].concat());
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
        json(&o)
    };
    let (by_story, by_days) = (sheet(&[]), sheet(&["--close", "RAIL:2024-02-01..2024-02-14"]));
    let days = |r: &Value| (r["from"].clone(), r["to"].clone());
    assert_eq!(days(&by_story), ("2024-02-01".into(), "2024-02-14".into()));
    assert_eq!((days(&by_story), &by_story["lengths"]), (days(&by_days), &by_days["lengths"]));
    // Left open it would have carried something, and a longer closure loses no less.
    let lost: Vec<f64> = by_story["lengths"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| median(l, "lost_musd") + median(l, "delay_musd"))
        .collect();
    assert!(lost.len() == 4 && lost[0] > 0.0 && lost.is_sorted(), "{lost:?}");
}
