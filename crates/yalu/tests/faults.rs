//! Every call to the system that changes files fails, and the process dies at every one, for each command that
//! writes. After each, what stood there is whole or what was asked for is, and the next command works.
mod program;

use program::{err, out, shipped, yalu};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A command that writes.
struct Case {
    /// What it is called with; `{}` stands for nothing else than itself.
    args: &'static [&'static str],
    /// The same once its output stands there.
    again: &'static [&'static str],
    /// Where its output stands.
    output: &'static str,
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() { copy(&entry.path(), &to) } else { drop(fs::copy(entry.path(), to)) }
    }
}

/// All files below a folder with their content, hidden ones too.
fn tree(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut out = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                out.push((path.strip_prefix(dir).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    out.sort();
    out
}

/// Output as compared: what a clock wrote is left out.
fn content(path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    if path.is_file() {
        return vec![(PathBuf::new(), fs::read(path).unwrap())];
    }
    let timed = |name: &Path| name.extension().is_some_and(|e| e == "json");
    tree(path).into_iter().map(|(name, bytes)| if timed(&name) { (name, Vec::new()) } else { (name, bytes) }).collect()
}

fn hidden(dir: &Path) -> Vec<PathBuf> {
    let of = |name: &Path| name.components().any(|c| c.as_os_str().to_string_lossy().starts_with('.'));
    tree(dir).into_iter().map(|f| f.0).filter(|f| of(f)).collect()
}

fn with_fault(dir: &Path, fault: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yalu"));
    command.args(args).current_dir(dir).env("YALU_FAULT", fault).output().expect("it runs")
}

/// A small corridor with a record, in `mine`, and reports to import.
fn prepared() -> tempfile::TempDir {
    let dir = program::mine();
    let record = fs::read_to_string(shipped("dandong-sinuiju").join("reports.csv")).unwrap();
    let (head, _) = record.split_once('\n').unwrap();
    let fields: Vec<&str> = head.trim().split(',').collect();
    let row = |id: &str, day: &str| {
        let cell = |f: &&str| match *f {
            "id" => id.to_owned(),
            "crossing" => "BRIDGE".to_owned(),
            "claim" => "observed".to_owned(),
            "reported" | "event_start" => day.to_owned(),
            "source" => format!("agency {id}"),
            "source_type" => "news_agency".to_owned(),
            _ => String::new(),
        };
        fields.iter().map(cell).collect::<Vec<_>>().join(",")
    };
    fs::write(
        dir.path().join("more.csv"),
        format!("{head}\n{}\n{}\n", row("X1", "2024-01-05"), row("X2", "2024-02-05")),
    )
    .unwrap();
    dir
}

/// Lets each call fail and each kill happen; how many were tried.
fn every_fault(base: &Path, case: &Case, sound: &dyn Fn(&Path, &Output)) -> u32 {
    let whole = tempfile::tempdir().unwrap();
    copy(base, whole.path());
    let before = content(&whole.path().join(case.output));
    let ran = yalu(whole.path(), case.args);
    assert!(ran.status.success(), "{:?}: {}", case.args, err(&ran));
    let after = content(&whole.path().join(case.output));
    assert_eq!(hidden(whole.path()), Vec::<PathBuf>::new(), "{:?} leaves nothing hidden", case.args);
    let mut tried = 0;
    for kind in ["fail", "die"] {
        for n in 1.. {
            let dir = tempfile::tempdir().unwrap();
            copy(base, dir.path());
            let fault = format!("{kind}:{n}");
            let ran = with_fault(dir.path(), &fault, case.args);
            if !err(&ran).contains(&format!("fault {n}: ")) {
                break;
            }
            tried += 1;
            let now = content(&dir.path().join(case.output));
            let told = format!("{:?} with {fault}: {}", case.args, err(&ran));
            assert!(now == before || now == after, "neither the old nor the new is whole: {told}");
            assert!(!ran.status.success() || now == after, "it says done and is not: {told}");
            assert!(!err(&ran).contains("panicked"), "{told}");
            sound(dir.path(), &ran);
            let args = if now == after { case.again } else { case.args };
            let next = yalu(dir.path(), args);
            assert!(next.status.success(), "{:?} after {told}: {}", args, err(&next));
            assert_eq!(content(&dir.path().join(case.output)), after, "after {told}");
            assert_eq!(hidden(dir.path()), Vec::<PathBuf>::new(), "left after {told}");
        }
    }
    tried
}

#[test]
fn whole_or_not_at_all() {
    let base = prepared();
    let days = ["--from", "2024-01-01", "--to", "2024-01-02"];
    let _ = days;
    let cases = [
        Case { args: &["new", "other"], again: &["check", "other"], output: "other" },
        Case { args: &["schema", "-o", "s"], again: &["schema", "-o", "s"], output: "s/trade.toml.schema.json" },
        Case {
            args: &["run", "mine", "-o", "out", "--replications", "1", "--to", "2024-01-10"],
            again: &["run", "mine", "-o", "out", "--replications", "1", "--to", "2024-01-10", "--force"],
            output: "out",
        },
        Case { args: &["diagram", "mine", "-o", "d.svg"], again: &["diagram", "mine", "-o", "d.svg"], output: "d.svg" },
    ];
    let mut tried = 0;
    for case in &cases {
        let n = every_fault(base.path(), case, &|_, _| ());
        assert!(n > 5, "{:?}: {n} faults", case.args);
        tried += n;
    }
    println!("{tried} faults tried");
}
