//! The rooms' directions, and what core rooms may not do.
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may import.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("yalu-units", &[]),
    ("yalu-number", &["units", "calendar", "score"]),
    ("yalu-model", &["units", "calendar"]),
    ("yalu-calendar", &["units"]),
    ("yalu-scenario", &["units", "model", "calendar"]),
    ("yalu-physics", &["units"]),
    ("yalu-capacity", &[]),
    ("yalu-score", &[]),
    ("yalu-trace", &["units"]),
    ("yalu-regime", &["units", "model", "calendar", "trace"]),
    ("yalu-trade", &["units", "model", "calendar", "regime", "score"]),
    ("yalu-border", &["units"]),
    ("yalu-plan", &["units", "model", "calendar", "physics", "border"]),
    ("yalu-sim", &["units", "model", "regime", "trade", "plan", "border", "trace"]),
    ("yalu-check", &["units", "model", "trace"]),
    (
        "yalu-study",
        &[
            "units", "number", "model", "calendar", "scenario", "physics", "capacity", "score", "regime", "trade",
            "plan", "trace", "sim", "ledger",
        ],
    ),
    ("yalu-validate", &["units", "model", "physics", "capacity", "score", "border", "trade", "sim", "ledger"]),
    ("yalu-ledger", &["units", "model", "calendar", "scenario"]),
    ("yalu-watch", &["units", "calendar", "scenario", "score"]),
    ("yalu-files", &[]),
    ("yalu-store", &["units", "number", "trace", "files"]),
    (
        "yalu-view",
        &[
            "units", "number", "model", "calendar", "scenario", "physics", "capacity", "score", "regime", "trade",
            "border", "plan", "trace", "sim", "check", "study", "validate", "ledger", "watch",
        ],
    ),
    ("yalu-chart", &["number", "calendar"]),
    ("yalu-report", &["number", "chart", "view"]),
];

/// Libraries that one room alone may know.
const OWN: &[(&str, &str)] = &[
    ("jiff", "yalu-calendar"),
    ("arrow-array", "yalu-store"),
    ("parquet", "yalu-store"),
    ("clap", "yalu"),
    ("indicatif", "yalu"),
];

/// What core rooms may not touch: files, environment, clocks, the terminal.
const NOT_IN_CORE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "SystemTime",
    "time::Instant",
    "println!",
    "eprintln!",
    "HashMap",
    "HashSet",
];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Names under `[dependencies]` of a room.
fn dependencies(room: &str) -> Vec<String> {
    let text = fs::read_to_string(crates().join(room).join("Cargo.toml")).expect("its manifest");
    let own = text.split("\n[").find(|part| part.starts_with("dependencies]")).unwrap_or("");
    own.lines()
        .skip(1)
        .filter_map(|l| l.split(['.', ' ', '=']).next())
        .filter(|l| !l.is_empty())
        .map(str::to_string)
        .collect()
}

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn imports_go_down_only() {
    for (room, may) in MAY_IMPORT {
        for d in dependencies(room) {
            if let Some(other) = d.strip_prefix("yalu-") {
                assert!(may.contains(&other), "{room} imports yalu-{other}; ARCHITECTURE.md allows it {may:?}");
            }
            if let Some((library, owner)) = OWN.iter().find(|(library, _)| *library == d) {
                assert_eq!(room, owner, "{room} imports {library}, which only {owner} may know");
            }
        }
    }
    let rooms = fs::read_dir(crates()).expect("the rooms").flatten().filter(|e| e.path().join("Cargo.toml").is_file());
    for room in rooms.map(|e| e.file_name().to_string_lossy().into_owned()).filter(|r| r != "yalu") {
        assert!(MAY_IMPORT.iter().any(|(r, _)| *r == room), "{room} is not in the table of ARCHITECTURE.md");
    }
}

#[test]
fn core_rooms_touch_no_file_clock_or_terminal() {
    for (room, _) in MAY_IMPORT.iter().filter(|(r, _)| !["yalu-scenario", "yalu-files"].contains(r)) {
        let mut files = Vec::new();
        sources(&crates().join(room).join("src"), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).expect("a source");
            let code = text.lines().filter(|l| !l.trim_start().starts_with("//"));
            for (i, line) in code.enumerate() {
                for word in NOT_IN_CORE {
                    assert!(!line.contains(word), "{} line {}: core rooms may not use {word}", file.display(), i + 1);
                }
            }
        }
    }
}

#[test]
fn files_stay_small_and_unsafe_stays_out() {
    let mut files = Vec::new();
    sources(&crates(), &mut files);
    assert!(files.len() > 80);
    for file in files {
        let lines = fs::read_to_string(&file).expect("a source").lines().count();
        assert!(lines <= 900, "{} has {lines} lines", file.display());
    }
    let root = fs::read_to_string(crates().join("../Cargo.toml")).expect("the workspace");
    assert!(root.contains("unsafe_code = \"forbid\""));
    for (room, _) in MAY_IMPORT {
        let manifest = fs::read_to_string(crates().join(room).join("Cargo.toml")).expect("its manifest");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{room} does not take the workspace's lints");
    }
}
