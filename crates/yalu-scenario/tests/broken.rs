//! Broken scenarios: each case of `tests/broken` is a patch on the template; what is told of it stands beside it.
//!
//! A case is lines of `op: rest`, each with blocks begun by `<<<` and ended by `>>>` where it needs them:
//! `replace: FILE` (two blocks, find and put), `append: FILE`, `whole: FILE` (one block), `remove: FILE`,
//! `bytes: FILE HEX`, `refused: FILE large|pipe`, `set: KEY=VALUE`, `close: CLOSURE`, `reopen: REOPENING`. `YALU_UPDATE=1` writes the expected files anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use yalu_scenario::{Folder, Refused, close, load, render, template};

struct Case {
    folder: Folder,
    set: Vec<(String, String)>,
    close: Vec<String>,
    reopen: Vec<String>,
}

fn block(lines: &mut std::str::Lines<'_>) -> String {
    assert_eq!(lines.next(), Some("<<<"), "a block begins with <<<");
    let text: Vec<&str> = lines.by_ref().take_while(|l| *l != ">>>").collect();
    text.join("\n")
}

fn case(text: &str) -> Case {
    let mut files: BTreeMap<String, Vec<u8>> =
        template("broken").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    let (mut set, mut close, mut reopen) = (Vec::new(), Vec::new(), Vec::new());
    let mut refused = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (op, rest) = line.split_once(": ").expect("op: rest");
        match op {
            "replace" => {
                let (find, put) = (block(&mut lines), block(&mut lines));
                let old = String::from_utf8(files[rest].clone()).unwrap();
                assert_eq!(old.matches(&find).count(), 1, "`{find}` is in {rest} once");
                files.insert(rest.into(), old.replace(&find, &put).into_bytes());
            }
            "append" => {
                let more = block(&mut lines);
                files.get_mut(rest).unwrap().extend_from_slice(format!("{more}\n").as_bytes());
            }
            "whole" => {
                let whole = block(&mut lines);
                files.insert(rest.into(), whole.into_bytes());
            }
            "remove" => assert!(files.remove(rest).is_some(), "{rest} is there"),
            "bytes" => {
                let (file, hex) = rest.split_once(' ').unwrap();
                let bytes =
                    hex.as_bytes().chunks(2).map(|h| u8::from_str_radix(std::str::from_utf8(h).unwrap(), 16).unwrap());
                files.insert(file.into(), bytes.collect());
            }
            "refused" => {
                let (file, why) = rest.split_once(' ').unwrap();
                files.remove(file);
                let why = if why == "large" { Refused::TooLarge } else { Refused::NotAFile };
                refused.insert(file.to_owned(), why);
            }
            "set" => {
                let (k, v) = rest.split_once('=').unwrap();
                set.push((k.into(), v.into()));
            }
            "close" => close.push(rest.to_owned()),
            "reopen" => reopen.push(rest.to_owned()),
            other => panic!("unknown op {other}"),
        }
    }
    Case { folder: Folder { files, refused }, set, close, reopen }
}

#[test]
fn every_broken_case_is_told_as_expected() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let update = std::env::var_os("YALU_UPDATE").is_some();
    let mut paths: Vec<_> = fs::read_dir(&dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "case"));
    paths.sort();
    assert!(paths.len() >= 44, "{} cases", paths.len());
    let mut wrong = Vec::new();
    for path in &paths {
        let case = case(&fs::read_to_string(path).unwrap());
        let mut loaded = load(&case.folder, &case.set);
        if let Some(c) = &mut loaded.corridor {
            let problems = close(c, &case.close, &case.reopen);
            if !problems.is_empty() {
                loaded.corridor = None;
            }
            loaded.diagnostics.extend(problems);
        }
        let told = render(&loaded.diagnostics, false);
        let errors = loaded.diagnostics.iter().any(|d| d.severity == yalu_scenario::Severity::Error);
        assert_eq!(loaded.corridor.is_none(), errors, "{}: a corridor exactly if there is no error", path.display());
        let expected = path.with_extension("expected");
        if update {
            fs::write(&expected, &told).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != told {
            wrong.push(format!("{}:\n{told}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_documented_and_every_case_tells_its_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let doc = fs::read_to_string(root.join("../../docs/diagnostics.md")).unwrap();
    let documented: std::collections::BTreeSet<&str> =
        doc.lines().filter_map(|l| l.strip_prefix("| ")).map(|l| &l[..5]).filter(|c| c.starts_with('Y')).collect();
    let mut used = std::collections::BTreeSet::new();
    let mut told = std::collections::BTreeSet::new();
    let mut dirs = vec![root.join("src"), root.join("tests/broken"), root.join("tests/snapshots")];
    // The record of the ledger is checked against today too.
    dirs.push(root.join("../yalu-ledger/tests/snapshots"));
    dirs.push(root.join("tests/study"));
    // Other rooms have codes of their own: the command line for what running times show (the train that stalls), the
    // ledger for its record, the monitor for tables of counts.
    let mut elsewhere = std::collections::BTreeSet::new();
    let others = ["../yalu/src", "../yalu-ledger/src", "../yalu-watch/src"].map(|room| root.join(room));
    dirs.extend(others.clone());
    while let Some(dir) = dirs.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                dirs.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let expected = path.extension().is_some_and(|e| e == "expected" || e == "snap");
            let (mark, into) = match (expected, others.iter().any(|o| path.starts_with(o))) {
                (true, _) => ("[Y", &mut told),
                (false, true) => ("\"Y", &mut elsewhere),
                (false, false) => ("\"Y", &mut used),
            };
            for (i, _) in text.match_indices(mark) {
                let code = &text[i + 1..i + 6];
                if code[1..].bytes().all(|b| b.is_ascii_digit()) {
                    into.insert(code.to_owned());
                }
            }
        }
    }
    for code in &used {
        assert!(documented.contains(code.as_str()), "{code} is not in docs/diagnostics.md");
        assert!(told.contains(code), "no case tells {code}");
    }
    for code in &elsewhere {
        assert!(documented.contains(code.as_str()), "{code} is not in docs/diagnostics.md");
    }
    for code in documented {
        assert!(used.contains(code) || elsewhere.contains(code), "{code} is documented but never told");
    }
}
