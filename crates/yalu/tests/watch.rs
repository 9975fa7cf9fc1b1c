//! Counts of crossings, as a stranger asks for them.
mod program;

use program::{err, json, out, yalu};
use std::fmt::Write as _;
use std::fs;

/// Ten years of three crossings in a table of its own kind; one shuts in the last month for nine tenths, and one has a
/// zero beside a count.
fn table(last: f64) -> String {
    let mut text = String::from("Grenze;Monat;Trains;Wagons loaded;Lat;Lon\n");
    for t in 0..120 {
        for (c, size) in [("Nord", 60.0), ("Mitte", 90.0), ("Sued", 120.0)] {
            let season = 1.0 + 0.1 * f64::sin(f64::from(t) * std::f64::consts::TAU / 12.0);
            let noise = 1.0 + 0.02 * f64::from((t * 7 + size as i32) % 5 - 2);
            let share = if t == 119 && c == "Nord" { last } else { 1.0 };
            let trains = (size * season * noise * share).round();
            let trains = if t == 80 && c == "Sued" { 0.0 } else { trains };
            let wagons = (size * 40.0 * season * noise * share).round();
            let _ = writeln!(text, "{c};{}-{:02};{trains};{wagons};{};{}", 2010 + t / 12, t % 12 + 1, 45, size / 10.0);
        }
    }
    text
}

#[test]
fn an_unknown_table_is_mapped_and_watched() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("t.csv"), table(0.1)).unwrap();
    let o = yalu(dir.path(), &["watch", "t.csv"]);
    assert!(o.status.code() == Some(2) && err(&o).contains("--map-help t.csv"), "{}", err(&o));
    let draft = out(&yalu(dir.path(), &["watch", "--map-help", "t.csv"]));
    fs::write(dir.path().join("map.toml"), &draft).unwrap();
    let o = yalu(dir.path(), &["watch", "t.csv", "--map", "map.toml"]);
    assert_eq!(o.status.code(), Some(1), "{draft}\n{}", err(&o));
    let text = out(&o);
    for words in ["One of 3 crossings is below the normal range in December 2019: Nord.", "Nord is shut: "] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    let page = fs::read_to_string(dir.path().join("out/watch/index.html")).unwrap();
    assert!(page.contains("Nord was shut in Dec 2019") && !page.contains("https://cdn"));
    let feed = fs::read_to_string(dir.path().join("out/watch/feed.xml")).unwrap();
    assert!(feed.contains("<title>Nord is shut</title>"), "{feed}");
    let w = json(&yalu(dir.path(), &["watch", "t.csv", "--map", "map.toml", "--json"]));
    let doubts = w["doubts"].as_array().unwrap();
    assert!(doubts.iter().any(|d| d["name"] == "Sued" && d["period"] == "2016-09"), "{doubts:?}");
    assert!(!w["events"].as_array().unwrap().iter().any(|e| e["name"] == "Sued" && e["kind"] == "closure"));
    // The month before, nothing was new.
    let o = yalu(dir.path(), &["watch", "t.csv", "--map", "map.toml", "--as-of", "2019-11"]);
    assert!(o.status.code() == Some(0) && out(&o).contains("No crossing is below"), "{}", out(&o));
    let o = yalu(dir.path(), &["watch", "t.csv", "--map", "map.toml", "--as-of", "2024-11"]);
    assert!(o.status.code() == Some(2) && err(&o).contains("it holds January 2010 to December 2019"), "{}", err(&o));
}

#[test]
fn releases_are_replayed_and_revisions_listed() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("releases")).unwrap();
    let whole = table(1.0);
    let before: String = whole.lines().take(1 + 3 * 119).fold(String::new(), |s, l| s + l + "\n");
    let corrected = before.replace("Mitte;2019-11;", "Mitte;2019-11;9");
    fs::write(dir.path().join("releases/2019-11.csv"), corrected).unwrap();
    fs::write(dir.path().join("releases/2019-12.csv"), &whole).unwrap();
    let draft = out(&yalu(dir.path(), &["watch", "--map-help", "releases/2019-12.csv"]));
    fs::write(dir.path().join("map.toml"), draft).unwrap();
    let o = yalu(dir.path(), &["watch", "releases", "--map", "map.toml", "--replay"]);
    assert!(
        out(&o).contains("November 2019 (2019-11.csv)")
            && out(&o).contains("December 2019 (2019-12.csv), 1 counts corrected"),
        "{}{}",
        out(&o),
        err(&o)
    );
}

#[test]
fn scores_and_planted_closures_print_their_inputs() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("t.csv"), table(1.0)).unwrap();
    let draft = out(&yalu(dir.path(), &["watch", "--map-help", "t.csv"]));
    fs::write(dir.path().join("map.toml"), draft).unwrap();
    let o = yalu(dir.path(), &["watch", "score", "t.csv", "--map", "map.toml", "--from", "2017-12", "--to", "2018-11"]);
    assert!(out(&o).contains("Origins: 6 from December 2017 to October 2018"), "{}{}", out(&o), err(&o));
    let span = ["--number", "16", "--set-on", "2014-01..2016-12", "--plant-in", "2017-01..2018-12"];
    let o = yalu(dir.path(), &[&["watch", "plant", "t.csv", "--map", "map.toml"][..], &span].concat());
    assert!(out(&o).contains("closures planted") && out(&o).contains("Faults planted"), "{}{}", out(&o), err(&o));
}

/// Every code cell of docs/watch.ipynb, in order, with Python's own library alone.
#[test]
fn the_notebook_runs_from_counts_to_the_page_of_an_event() {
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3 to run docs/watch.ipynb");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("t.csv"), table(0.1)).unwrap();
    let draft = out(&yalu(dir.path(), &["watch", "--map-help", "t.csv"]));
    fs::write(dir.path().join("map.toml"), draft).unwrap();
    let book = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/watch.ipynb");
    let book: serde_json::Value = serde_json::from_str(&fs::read_to_string(book).unwrap()).unwrap();
    let cells = book["cells"].as_array().unwrap().iter().filter(|c| c["cell_type"] == "code");
    let code: String = cells.flat_map(|c| c["source"].as_array().unwrap()).map(|line| line.as_str().unwrap()).collect();
    let ran = std::process::Command::new("python3")
        .args(["-c", &code])
        .current_dir(dir.path())
        .envs([("YALU", env!("CARGO_BIN_EXE_yalu")), ("COUNTS", "t.csv"), ("MAP", "map.toml")])
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", err(&ran));
    let text = out(&ran);
    assert!(text.contains("Nord was shut in Dec 2019") && text.contains("#event-2019-12-Nord True"), "{text}");
}
