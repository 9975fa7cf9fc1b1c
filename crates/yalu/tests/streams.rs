//! Whatever stands behind standard output and standard error: a full device or a reader that has gone changes no exit code.
mod program;

use program::cases::{READING, RECORDING, WRITING, prepared};
use program::{out, yalu};
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::path::Path;
use std::process::{Command, Stdio};

/// Commands below a command, as its help lists them: those with none below are called, the others too where they can be.
fn commands(dir: &Path, above: &[String], into: &mut BTreeSet<Vec<String>>) {
    let mut args: Vec<&str> = above.iter().map(String::as_str).collect();
    args.push("--help");
    let help = out(&yalu(dir, &args));
    let listed = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    let names = listed.lines().take_while(|l| !l.is_empty()).filter(|l| l.starts_with("  ") && !l.starts_with("   "));
    for name in names.filter_map(|l| l.split_whitespace().next()).filter(|n| *n != "help") {
        let mut below = above.to_vec();
        below.push(name.to_owned());
        let before = into.len();
        commands(dir, &below, into);
        if into.len() == before {
            into.insert(below);
        }
    }
}

/// Arguments of every command.
fn all() -> impl Iterator<Item = &'static [&'static str]> {
    WRITING.iter().map(|c| c.args).chain(RECORDING.iter().copied()).chain(READING.iter().copied())
}

#[test]
fn every_command_has_a_case() {
    let dir = tempfile::tempdir().unwrap();
    let mut named = BTreeSet::new();
    commands(dir.path(), &[], &mut named);
    assert!(named.len() > 25, "{named:?}");
    let without: Vec<_> = named.iter().filter(|name| !all().any(|args| args.starts_with(&words(name)))).collect();
    assert!(without.is_empty(), "no case of program/cases.rs calls {without:?}");
}

fn words(name: &[String]) -> Vec<&str> {
    name.iter().map(String::as_str).collect()
}

/// What stands behind a stream.
#[derive(Clone, Copy, Debug)]
enum Behind {
    Nowhere,
    Full,
    Gone,
}

fn stream(behind: Behind) -> Stdio {
    match behind {
        Behind::Nowhere => Stdio::null(),
        Behind::Full => OpenOptions::new().write(true).open("/dev/full").unwrap().into(),
        Behind::Gone => std::io::pipe().unwrap().1.into(),
    }
}

fn code(base: &Path, args: &[&str], (stdout, stderr): (Behind, Behind)) -> Option<i32> {
    let dir = tempfile::tempdir().unwrap();
    let copied = Command::new("cp").arg("-r").arg(base.join(".")).arg(dir.path()).status().unwrap();
    assert!(copied.success());
    let mut command = Command::new(env!("CARGO_BIN_EXE_yalu"));
    command.args(args).current_dir(dir.path()).stdout(stream(stdout)).stderr(stream(stderr));
    command.status().expect("it runs").code()
}

#[test]
fn a_full_or_closed_stream_changes_no_exit_code() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let base = prepared();
    fs::create_dir(base.path().join("broken")).unwrap();
    fs::write(base.path().join("broken/scenario.toml"), "[[").unwrap();
    let wrong: [&[&str]; 6] = [
        &["check", "broken"],
        &["run", "broken"],
        &["run", "nowhere"],
        &["no-such-command"],
        &["--help"],
        &["check", "--upgrade"],
    ];
    let tried: usize = std::thread::scope(|scope| {
        let each = |args: &'static [&'static str]| {
            let calm = code(base.path(), args, (Behind::Nowhere, Behind::Nowhere));
            assert!(calm.is_some_and(|c| c <= 2), "{args:?}: {calm:?}");
            let ways = [
                (Behind::Full, Behind::Full),
                (Behind::Gone, Behind::Gone),
                (Behind::Full, Behind::Nowhere),
                (Behind::Nowhere, Behind::Full),
            ];
            for way in ways {
                assert_eq!(code(base.path(), args, way), calm, "{args:?} with {way:?}");
            }
            ways.len()
        };
        let all: Vec<_> = all().chain(wrong).map(|args| scope.spawn(move || each(args))).collect();
        all.into_iter().map(|run| run.join().unwrap()).sum()
    });
    println!("{tried} streams tried");
}

/// What is no file is refused at once, whoever is asked to read it: a device without end, a pipe that nobody writes to.
#[test]
fn what_is_no_file_is_refused() {
    if !Path::new("/dev/zero").exists() {
        return;
    }
    let dir = prepared();
    let readers: [&[&str]; 12] = [
        &["fit", "score", "mine", "--observed", "X"],
        &["fit", "score", "mine", "--observed", "customs.csv", "--posterior", "X"],
        &["fit", "calibrate", "mine", "--observed", "X"],
        &[
            "fit",
            "calibrate",
            "mine",
            "--observed",
            "customs.csv",
            "--set",
            "corridor.to=2024-06-30",
            "--checkpoint",
            "X",
        ],
        &["watch", "X"],
        &["watch", "--map-help", "X"],
        &["watch", "t.csv", "--map", "X"],
        &["watch", "t.csv", "--map", "map.toml", "--known", "X"],
        &["watch", "score", "t.csv", "--map", "map.toml", "--rivals", "X"],
        &["study", "X"],
        &["reports", "import", "mine", "X"],
        &["reports", "belief", "mine", "--reports", "X"],
    ];
    let pipe = dir.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for args in readers {
        for what in ["/dev/zero", "pipe"] {
            let args: Vec<&str> = args.iter().map(|a| if *a == "X" { what } else { a }).collect();
            let mut command = Command::new("timeout");
            command.arg("20").arg(env!("CARGO_BIN_EXE_yalu")).args(&args).current_dir(dir.path());
            assert_eq!(command.output().unwrap().status.code(), Some(2), "{args:?}");
        }
    }
}
