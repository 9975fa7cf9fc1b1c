//! The rooms' directions, and what core rooms may not do.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Libraries that one room alone may know.
const OWN: &[(&str, &str)] = &[
    ("jiff", "yalu-calendar"),
    ("arrow-array", "yalu-store"),
    ("parquet", "yalu-store"),
    ("clap", "yalu"),
    ("indicatif", "yalu"),
];

/// Rooms that write: what they exist for is not for core rooms.
const NOT_CORE: &[&str] = &["yalu-files", "yalu-store", "yalu"];

/// What core rooms may not touch: files, environment, clocks, the terminal, and maps whose order is chance.
const NOT_IN_CORE: &[&str] = &[
    "std::fs",
    "std::io",
    "std::env",
    "std::net",
    "std::process",
    "std::thread::sleep",
    "SystemTime",
    "time::Instant",
    "print!",
    "println!",
    "dbg!",
    "HashMap",
    "HashSet",
];

/// What only `yalu-files` calls: it writes whole or not at all, and its fault points know of it.
const WRITES: &[&str] = &[
    "fs::write",
    "File::create",
    "File::options",
    "OpenOptions",
    "fs::rename",
    "fs::remove",
    "fs::create_dir",
    "fs::copy",
    "set_len(",
];

/// What only `yalu-files` and [`DISK`] call: files are read once their kind and size are known.
const READS: &[&str] = &["fs::read(", "fs::read_to_string", "File::open"];

/// Traits of `std::io` over bytes in memory, which touch nothing.
const IN_MEMORY: &[&str] = &["std::io::Read;", "std::io::Error"];

/// The one file of a core room that reads a disk.
const DISK: &str = "yalu-scenario/src/disk.rs";

/// Each room with the rooms it may import: ARCHITECTURE.md's own table, its last column read as it stands there.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let text = fs::read_to_string(crates().join("../ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let mut rows: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in text.lines().filter(|l| l.starts_with("| `yalu")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [room, _, may] = cells[..] else { continue };
        let above = || rows.iter().map(|(r, _)| r.trim_start_matches("yalu-").to_owned());
        let may: BTreeSet<String> = if let Some(but) = may.strip_prefix("all") {
            let left_out = but.strip_prefix(" above but ").unwrap_or_default();
            let left_out: Vec<&str> = left_out.split(", ").collect();
            above().filter(|r| !left_out.contains(&r.as_str())).collect()
        } else {
            let plain = may.split('(').map(|part| part.rsplit(')').next().unwrap_or(part)).collect::<String>();
            plain.split(',').map(|r| r.trim().to_owned()).filter(|r| !r.is_empty() && r != "-").collect()
        };
        rows.push((room.trim_matches('`').to_owned(), may));
    }
    rows
}

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
fn imports_are_those_of_the_table_and_go_down_only() {
    let table = table();
    assert!(table.len() > 20, "ARCHITECTURE.md has no table of rooms that can be read");
    let mut wrong = Vec::new();
    for (room, may) in &table {
        let dependencies = dependencies(room);
        let rooms: BTreeSet<String> =
            dependencies.iter().filter_map(|d| d.strip_prefix("yalu-")).map(str::to_owned).collect();
        if room != "yalu" && room != "yalu-view" {
            let gone: Vec<&String> = may.difference(&rooms).collect();
            if !gone.is_empty() {
                wrong.push(format!("{room} does not import {gone:?}, which ARCHITECTURE.md allows it"));
            }
        }
        let more: Vec<&String> = rooms.difference(may).collect();
        if !more.is_empty() {
            wrong.push(format!("{room} imports {more:?}, which ARCHITECTURE.md does not allow it"));
        }
        for d in dependencies {
            if let Some((library, owner)) = OWN.iter().find(|(library, _)| *library == d) {
                assert_eq!(room, owner, "{room} imports {library}, which only {owner} may know");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let listed: BTreeSet<&str> = table.iter().map(|(room, _)| room.as_str()).collect();
    let rooms = fs::read_dir(crates()).expect("the rooms").flatten().filter(|e| e.path().join("Cargo.toml").is_file());
    for room in rooms.map(|e| e.file_name().to_string_lossy().into_owned()) {
        assert!(listed.contains(room.as_str()), "{room} is not in the table of ARCHITECTURE.md");
    }
}

/// The code of a file, line by line: comments and what stands behind `#[cfg(test)]` left out.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let before_tests = text.lines().take_while(|l| l.trim() != "#[cfg(test)]");
    before_tests.enumerate().filter(|(_, l)| !l.trim_start().starts_with("//"))
}

#[test]
fn one_room_writes_and_one_file_reads() {
    for (room, _) in table().iter().filter(|(r, _)| r != "yalu-files") {
        let mut files = Vec::new();
        sources(&crates().join(room).join("src"), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).expect("a source");
            for (i, line) in code(&text) {
                let reads = READS.iter().filter(|_| !file.ends_with(DISK));
                for word in WRITES.iter().chain(reads) {
                    assert!(!line.contains(word), "{} line {}: {word} is not called here", file.display(), i + 1);
                }
            }
        }
    }
}

#[test]
fn core_rooms_touch_no_file_clock_or_terminal() {
    for (room, _) in table().iter().filter(|(r, _)| !NOT_CORE.contains(&r.as_str())) {
        let mut files = Vec::new();
        sources(&crates().join(room).join("src"), &mut files);
        for file in files.iter().filter(|f| !f.ends_with(DISK)) {
            let text = fs::read_to_string(file).expect("a source");
            for (i, line) in code(&text) {
                let line = IN_MEMORY.iter().fold(line.to_owned(), |l, allowed| l.replace(allowed, ""));
                for word in NOT_IN_CORE {
                    assert!(!line.contains(word), "{} line {}: core rooms may not use {word}", file.display(), i + 1);
                }
            }
        }
    }
}

/// Modules of the first level that a file names by `crate::`, or by `super::` where that is the crate.
fn named_by(text: &str, modules: &BTreeSet<String>, top: bool) -> BTreeSet<String> {
    let text = code(text).map(|(_, l)| l).collect::<Vec<_>>().join("\n");
    let mut out = BTreeSet::new();
    for root in ["crate::", "super::"].into_iter().filter(|r| top || *r == "crate::") {
        for part in text.split(root).skip(1) {
            for word in first_words(part) {
                if modules.contains(&word) {
                    out.insert(word);
                }
            }
        }
    }
    out
}

/// The first word of a path, or of each path of a list in braces.
fn first_words(path: &str) -> Vec<String> {
    let word = |s: &str| s.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(list) = path.strip_prefix('{') else { return vec![word(path)] };
    let (mut depth, mut out, mut at) = (1, Vec::new(), 0);
    for (i, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if (c == ',' && depth == 1) || depth == 0 {
            out.push(word(&list[at..i]));
            at = i + 1;
        }
        if depth == 0 {
            break;
        }
    }
    out
}

/// A way round from a module back to itself, if there is one.
fn round(start: &str, edges: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.to_owned()]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in edges.get(way.last()?).into_iter().flatten() {
            let mut longer = way.clone();
            longer.push(next.clone());
            if next == start {
                return Some(longer);
            }
            if seen.insert(next.clone()) {
                ways.push(longer);
            }
        }
    }
    None
}

/// Rooms whose modules still import each other in a ring, with how many of them do; the numbers may only fall.
const RINGS: &[(&str, usize)] = &[
    ("yalu-scenario", 5),
    ("yalu-capacity", 2),
    ("yalu-plan", 2),
    ("yalu-sim", 4),
    ("yalu-check", 2),
    ("yalu-ledger", 2),
    ("yalu-watch", 2),
    ("yalu-files", 2),
    ("yalu-chart", 9),
];

#[test]
fn modules_of_a_room_import_each_other_one_way() {
    let mut wrong = Vec::new();
    for (room, _) in table() {
        let src = crates().join(&room).join("src");
        let mut files = Vec::new();
        sources(&src, &mut files);
        let module = |file: &Path| {
            let first = file.strip_prefix(&src).ok()?.components().next()?.as_os_str().to_string_lossy().into_owned();
            Some(first.trim_end_matches(".rs").to_owned())
        };
        let modules: BTreeSet<String> =
            files.iter().filter_map(|f| module(f)).filter(|m| m != "lib" && m != "main").collect();
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for file in &files {
            let Some(own) = module(file).filter(|m| modules.contains(m)) else { continue };
            let inside = file.strip_prefix(&src).expect("a file of the room");
            let top =
                inside.components().count() == 1 || inside.ends_with("mod.rs") && inside.components().count() == 2;
            let mut named = named_by(&fs::read_to_string(file).expect("a source"), &modules, top);
            named.remove(&own);
            edges.entry(own).or_default().extend(named);
        }
        let in_rings: Vec<Vec<String>> = modules.iter().filter_map(|m| round(m, &edges)).collect();
        let known = RINGS.iter().find(|(r, _)| *r == room).map_or(0, |(_, n)| *n);
        if in_rings.len() > known {
            let ways = in_rings.iter().map(|r| r.join(" -> ")).collect::<Vec<_>>().join("; ");
            wrong.push(format!("{room}: {} modules stand in rings, {known} are known: {ways}", in_rings.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
    for (room, _) in table() {
        let manifest = fs::read_to_string(crates().join(&room).join("Cargo.toml")).expect("its manifest");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{room} does not take the workspace's lints");
    }
}
