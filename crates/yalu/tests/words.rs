//! What people read holds no words that make them stop: README, the book, the help of every command.
mod program;

use program::{out, shipped, yalu};
use std::fs;
use std::path::Path;

/// Words that a reader stumbles on, with what to write in their place.
const FORBIDDEN: [(&str, &str); 15] = [
    (" tells ", "shows, lists, says"),
    (" told ", "shown, reported"),
    (" bears ", "who pays, what carries"),
    (" heard ", "used, counted"),
    ("sensible are", "must be between"),
    ("the pairs ", "the runs"),
    (" of which ", "two sentences"),
    ("what binds", "what limits it"),
    ("kept aside", "kept out of the fit"),
    ("given up", "cancelled"),
    ("less first", "minus"),
    ("in 1 days", "in 1 day"),
    ("pair by pair", "run by run"),
    ("let one believe", "support"),
    (" thought to ", "who says so"),
];

/// Each forbidden word of a text, with its line; code and tables of keys are not prose.
fn stumbles(name: &str, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("\u{b7}");
        let padded = format!(" {} ", prose.to_lowercase().replace(['.', ',', ';', ':', '*', '(', ')'], " "));
        for (word, instead) in FORBIDDEN {
            if padded.contains(word) {
                out.push(format!("{name}:{}: `{}`; better: {instead}\n  {line}", i + 1, word.trim()));
            }
        }
    }
    out
}

/// The texts in the source of a folder, pages and summaries of runs apart: errors, helps, notes.
fn literals(dir: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() && !["report", "write"].contains(&name.as_str()) {
            literals(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let lines = fs::read_to_string(&path).unwrap();
            let text = |l: &str| {
                if l.trim_start().starts_with("//") {
                    return String::new();
                }
                let each = l.split('"').skip(1).step_by(2).filter(|s| s.contains(' '));
                each.collect::<Vec<_>>().join(" \u{b7} ")
            };
            found.push((path.display().to_string(), lines.lines().map(text).collect::<Vec<_>>().join("\n")));
        }
    }
}

/// The help of the program and of each command, however deep.
fn helps(dir: &Path, path: &[&str], found: &mut Vec<(String, String)>) {
    let text = out(&yalu(dir, &[path, &["--help"]].concat()));
    assert!(text.contains("Usage:"), "yalu {}", path.join(" "));
    let commands = text.split("Commands:\n").nth(1).map(|t| t.split("\n\n").next().unwrap_or_default().to_owned());
    found.push((format!("yalu {} --help", path.join(" ")), text));
    for line in commands.iter().flat_map(|t| t.lines()) {
        let Some(name) = line.strip_prefix("  ").filter(|l| !l.starts_with(' ')).and_then(|l| l.split(' ').next())
        else {
            continue;
        };
        if name != "help" {
            helps(dir, &[path, &[name]].concat(), found);
        }
    }
}

#[test]
fn what_people_read_holds_no_word_that_makes_them_stop() {
    let root = shipped("x").ancestors().nth(2).unwrap().to_owned();
    let mut texts = vec![("README.md".to_owned(), fs::read_to_string(root.join("README.md")).unwrap())];
    for file in fs::read_dir(root.join("docs")).unwrap().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        // docs/json.md is made from the types.
        if file.path().extension().is_some_and(|e| e == "md") && name != "json.md" {
            texts.push((format!("docs/{name}"), fs::read_to_string(file.path()).unwrap()));
        }
    }
    helps(&root, &[], &mut texts);
    literals(&root.join("crates/yalu/src"), &mut texts);
    assert!(texts.len() > 100, "{} texts", texts.len());
    let all: Vec<String> = texts.iter().flat_map(|(name, text)| stumbles(name, text)).collect();
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn the_list_finds_what_it_forbids() {
    for (word, _) in FORBIDDEN {
        assert_eq!(stumbles("x", &format!("One {} two.", word.trim())).len(), 1, "{word}");
    }
    assert!(stumbles("x", "`what binds` is a key, foretold no word").is_empty());
}
