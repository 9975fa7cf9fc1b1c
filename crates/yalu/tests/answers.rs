//! The five answers and the sentences of a run, on four corridors: a number is the same wherever it stands, and a sentence
//! stands only where its condition holds.
mod program;

use program::{json, mine, shipped, yalu};
use serde_json::Value;
use std::path::Path;

/// Facts of one corridor, which no code may assert.
const NEVER: [&str; 7] = [
    "Electricity",
    "hours go at the stations, in quarantine",
    "known three days ahead",
    "could carry many more trains",
    "No count of waiting goods",
    "the two border stations",
    "come back empty with the locomotive",
];

/// Words without markup, all white space one space.
fn words(text: &str) -> String {
    let mut inside = false;
    let bare = text.chars().map(|c| {
        let shown = !inside && c != '<';
        inside = c == '<' || inside && c != '>';
        if shown { c } else { '\u{0}' }
    });
    let bare: String = bare.filter(|c| *c != '\u{0}').collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sum(of: &Value, key: &str) -> f64 {
    of.as_object().unwrap().values().map(|x| x[key].as_f64().unwrap()).sum()
}

/// Runs a corridor, and holds its documents to its run.json.
fn told_alike(dir: &Path, args: &[&str]) -> Value {
    let args = [&["run"], args, &["-o", "o", "--replications", "2", "--json"]].concat();
    let r = json(&yalu(dir, &args));
    let read = |name: &str| words(&std::fs::read_to_string(dir.join("o").join(name)).unwrap());
    let (summary, report) = (read("summary.txt"), read("report.html"));
    let answers = r["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 5);
    for a in answers {
        let figures = a["figures"].as_array().unwrap();
        assert_eq!(a["sure"] == "not_answered" && figures.is_empty(), figures.is_empty(), "{a}");
        assert!(!a["why"].as_str().unwrap().is_empty(), "{a}");
        let said = words(&format!("{} {}", a["answer"].as_str().unwrap(), a["text"].as_str().unwrap()));
        let answer = words(a["answer"].as_str().unwrap());
        assert!(summary.contains(&answer), "{answer} in {summary}");
        assert!(report.contains(&answer), "{answer}");
        for f in figures {
            let text = words(f["text"].as_str().unwrap());
            assert!(said.contains(&text), "{}: {text} in {said}", f["id"]);
            assert!(report.contains(&text), "{}: {text}", f["id"]);
        }
    }
    for sentence in NEVER {
        assert!(!report.contains(sentence) && !summary.contains(sentence), "{sentence}");
    }
    let back = r["wagons_crossed"].as_object().unwrap().values().next_back().unwrap();
    let empties = back["loaded"] == 0 && back["empty"].as_u64() > Some(0);
    let goods = r["months"][0]["by_route"].as_object().is_some_and(|x| !x.is_empty());
    assert_eq!(report.contains("Their wagons come back empty."), goods && empties);
    let beside = |m: &Value| m["exports_usd"].as_f64().unwrap() - sum(&m["by_route"], "exports_usd") > 1.0;
    if r["months"].as_array().unwrap().iter().any(beside) {
        assert!(report.contains("go by none of these routes."));
    }
    r
}

#[test]
fn the_flagship_is_told_alike_everywhere() {
    let dir = tempfile::tempdir().unwrap();
    let path = shipped("dandong-sinuiju");
    let r = told_alike(dir.path(), &[path.to_str().unwrap(), "--from", "2022-01-01", "--to", "2023-04-30"]);
    let not = |a: &&Value| a["sure"] == "not_answered" && a["figures"].as_array().unwrap().is_empty();
    assert_eq!(r["answers"].as_array().unwrap().iter().filter(not).count(), 0);
}

#[test]
fn a_second_corridor_is_told_alike_everywhere() {
    let dir = tempfile::tempdir().unwrap();
    let path = shipped("malaszewicze-brest");
    told_alike(dir.path(), &[path.to_str().unwrap()]);
}

#[test]
fn a_line_alone_says_what_it_cannot_answer() {
    let dir = tempfile::tempdir().unwrap();
    let path = shipped("job-r1");
    let r = told_alike(dir.path(), &[path.to_str().unwrap(), "--to", "2020-01-03"]);
    assert_eq!(r["answers"][0]["why"], "this is a line alone, without a border or reports of it");
}

#[test]
fn a_new_corridor_is_told_alike_everywhere() {
    told_alike(mine().path(), &["mine"]);
}
