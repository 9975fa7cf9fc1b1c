//! Every call to the system that changes files fails, and the process dies at every one, for each place in the source
//! that writes. After each, what stood there is whole or what was asked for is, and the next command works.
mod program;

use program::cases::{Case, RECORDING, WRITING, prepared};
use program::{err, out, yalu};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
    let shown = tree(path).into_iter().filter(|f| !is_hidden(&f.0));
    shown.map(|(name, bytes)| if timed(&name) { (name, Vec::new()) } else { (name, bytes) }).collect()
}

fn is_hidden(name: &Path) -> bool {
    name.components().any(|c| c.as_os_str().to_string_lossy().starts_with('.'))
}

fn hidden(dir: &Path) -> Vec<PathBuf> {
    tree(dir).into_iter().map(|f| f.0).filter(|f| is_hidden(f)).collect()
}

fn with_fault(dir: &Path, fault: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yalu"));
    command.args(args).current_dir(dir).env("YALU_FAULT", fault).output().expect("it runs")
}

/// Whether a command did its work, whatever it found.
fn done(o: &Output) -> bool {
    o.status.code().is_some_and(|code| code < 2)
}

/// Whether what stands there is old or new, whole, and nothing old has gone.
fn whole(case: &Case, now: &Content, before: &Content, after: &Content) -> bool {
    let kept = |f: &(PathBuf, Vec<u8>)| before.contains(f) || after.contains(f);
    let there = |f: &(PathBuf, Vec<u8>)| now.iter().any(|g| g.0 == f.0);
    now == before || now == after || case.parts && now.iter().all(kept) && before.iter().all(there)
}

type Content = Vec<(PathBuf, Vec<u8>)>;

/// Lets each call fail and each kill happen; how many were tried.
fn every_fault(base: &Path, case: &Case) -> u32 {
    let calm = tempfile::tempdir().unwrap();
    copy(base, calm.path());
    let before = content(&calm.path().join(case.output));
    let ran = yalu(calm.path(), case.args);
    assert!(done(&ran), "{:?}: {}", case.args, err(&ran));
    let after = content(&calm.path().join(case.output));
    assert_ne!(before, after, "{:?} writes", case.args);
    assert_eq!(hidden(calm.path()), Vec::<PathBuf>::new(), "{:?} leaves nothing hidden", case.args);
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
            assert!(whole(case, &now, &before, &after), "neither the old nor the new is whole: {told}");
            assert!(!done(&ran) || now == after, "it says done and is not: {told}");
            assert!(!err(&ran).contains("panicked"), "{told}");
            // A full disk is called that, and no fault of Yalu.
            assert!(kind == "die" || done(&ran) || err(&ran).contains("disk"), "{told}");
            let args = if now == after { case.again } else { case.args };
            let next = yalu(dir.path(), args);
            assert!(done(&next), "{:?} after {told}: {}", args, err(&next));
            assert_eq!(content(&dir.path().join(case.output)), after, "after {told}");
            assert!(case.keeps || hidden(dir.path()).is_empty(), "left after {told}");
        }
    }
    tried
}

#[test]
fn results_are_whole_or_not_there() {
    let base = prepared();
    let tried: u32 = std::thread::scope(|scope| {
        let base = &base;
        let each = |case: &Case| {
            let n = every_fault(base.path(), case);
            assert!(n > 5, "{:?}: {n} faults", case.args);
            println!("{n} faults: yalu {}", case.args.join(" "));
            n
        };
        let runs: Vec<_> = WRITING.iter().map(|case| scope.spawn(move || each(case))).collect();
        runs.into_iter().map(|r| r.join().unwrap()).sum()
    });
    println!("{tried} faults in all");
}

/// The calls that write, as source names them. `Out::begin` of the command line passes on who called it.
const CALLS: [&str; 6] =
    ["write_file(", "make_folders(", "OutFolder::begin(", ".begin(\"yalu", "Lock::take(", "Journal::open("];

fn sources(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { sources(&path, into) } else { into.push(path) }
    }
}

/// Places in the source that write, by file and line. That nothing else writes is a rule of `architecture.rs`.
fn places() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for room in fs::read_dir(root.join("crates")).unwrap() {
        let room = room.unwrap().path();
        if !room.ends_with("yalu-files") && room.join("src").is_dir() {
            sources(&room.join("src"), &mut files);
        }
    }
    let mut out = BTreeSet::new();
    for file in files.iter().filter(|f| !f.ends_with("crates/yalu/src/args.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let name = file.strip_prefix(&root).unwrap().display();
        for (i, line) in text.lines().enumerate().take_while(|(_, l)| l.trim() != "#[cfg(test)]") {
            if CALLS.iter().any(|call| line.contains(call)) && !line.trim_start().starts_with("//") {
                out.insert(format!("{name}:{}", i + 1));
            }
        }
    }
    out
}

/// Who adds a place that writes adds a case, or this fails.
#[test]
fn every_place_that_writes_has_a_case() {
    let base = prepared();
    let mut met = BTreeSet::new();
    for args in WRITING.iter().map(|case| case.args).chain(RECORDING.iter().copied()) {
        let dir = tempfile::tempdir().unwrap();
        copy(base.path(), dir.path());
        let ran = with_fault(dir.path(), "sites", args);
        assert!(done(&ran), "{args:?}: {}", err(&ran));
        met.extend(err(&ran).lines().filter_map(|l| l.strip_prefix("site ")).map(str::to_owned));
    }
    let all = places();
    assert!(all.len() > 20, "{all:?}");
    let without: Vec<_> = all.difference(&met).collect();
    assert!(without.is_empty(), "no case of program/cases.rs writes here: {without:?}");
    println!("{} places that write, each in a case", all.len());
}

/// Options of a new report; the number makes it another's.
fn report(n: usize) -> Vec<String> {
    let day = format!("2024-01-{:02}", n + 1);
    let source = format!("Agency {n}");
    let options = ["--crossing", "RAIL", "--claim", "observed", "--reported", &day, "--event-start", &day, "--source"];
    options.iter().map(ToString::to_string).chain([source, "--anyway".into()]).collect()
}

fn add(n: usize) -> Vec<String> {
    ["reports", "add", "mine"].iter().map(ToString::to_string).chain(report(n)).collect()
}

fn ran(dir: &Path, fault: Option<&str>, args: &[String]) -> Output {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    fault.map_or_else(|| yalu(dir, &args), |f| with_fault(dir, f, &args))
}

fn rows(dir: &Path) -> usize {
    fs::read_to_string(dir.join("mine/reports.csv")).unwrap().lines().count() - 1
}

/// A corridor whose record is sealed.
fn sealed() -> tempfile::TempDir {
    let dir = prepared();
    let sealed = yalu(dir.path(), &["reports", "seal", "mine"]);
    assert!(sealed.status.success(), "{}", err(&sealed));
    dir
}

#[test]
fn a_record_keeps_what_it_said_it_wrote() {
    let base = sealed();
    let before = rows(base.path());
    let imported: Vec<String> =
        ["reports", "import", "mine", "other.csv", "--anyway"].iter().map(ToString::to_string).collect();
    let mut tried = 0;
    for (args, brings) in [(add(3), 1), (imported, before)] {
        for kind in ["fail", "die"] {
            for n in 1.. {
                let dir = tempfile::tempdir().unwrap();
                copy(base.path(), dir.path());
                let fault = format!("{kind}:{n}");
                let done = ran(dir.path(), Some(&fault), &args);
                if !err(&done).contains(&format!("fault {n}: ")) {
                    assert!(done.status.success(), "{args:?}: {}", err(&done));
                    break;
                }
                tried += 1;
                let told = format!("{args:?} with {fault}: {}", err(&done));
                let now = rows(dir.path());
                assert!(now == before || now == before + brings, "{now} rows: {told}");
                assert!(!done.status.success() || now == before + brings, "it says written and is not: {told}");
                assert!(kind == "die" || done.status.success() || now == before || told.contains(" written"), "{told}");
                let verified = yalu(dir.path(), &["reports", "verify", "mine"]);
                assert!(verified.status.success(), "{told}: {}{}", out(&verified), err(&verified));
                let next = ran(dir.path(), None, &add(5));
                assert!(next.status.success(), "after {told}: {}", err(&next));
                assert_eq!(rows(dir.path()), now + 1, "after {told}");
                let verified = out(&yalu(dir.path(), &["reports", "verify", "mine"]));
                assert!(verified.contains("not yet sealed 0"), "after {told}: {verified}");
                assert_eq!(hidden(dir.path()), Vec::<PathBuf>::new(), "left after {told}");
            }
        }
    }
    println!("{tried} faults in all");
}

#[test]
fn twenty_who_add_at_once_lose_nothing() {
    let dir = sealed();
    let (at, before) = (dir.path(), rows(dir.path()));
    std::thread::scope(|scope| {
        let adders: Vec<_> = (0..20).map(|n| (n, scope.spawn(move || ran(at, None, &add(n))))).collect();
        for (n, adder) in adders {
            let o = adder.join().unwrap();
            assert!(o.status.success(), "{n}: {}", err(&o));
        }
    });
    assert_eq!(rows(dir.path()), before + 20);
}

/// Twenty at once of each command that writes: whoever is told that it is done is, and what stands there in the end is what
/// one alone writes.
#[test]
fn twenty_at_once_leave_what_one_leaves() {
    let base = prepared();
    for case in WRITING {
        let (calm, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        copy(base.path(), calm.path());
        assert!(done(&yalu(calm.path(), case.args)));
        copy(base.path(), dir.path());
        let args = if case.again.contains(&"--force") { case.again } else { case.args };
        let mut wrote = 0;
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..20).map(|_| scope.spawn(|| yalu(dir.path(), args))).collect();
            for ran in all.into_iter().map(|r| r.join().unwrap()) {
                let refused = err(&ran).contains("is in use by") || err(&ran).contains("exists already");
                // Who may replace waits for the others.
                assert!(done(&ran) || refused && !args.contains(&"--force"), "{args:?}: {}", err(&ran));
                wrote += usize::from(done(&ran));
            }
        });
        let (one, many) = (content(&calm.path().join(case.output)), content(&dir.path().join(case.output)));
        assert!(one == many, "{args:?}: {wrote} of 20 wrote, and not what one does");
        assert_eq!(hidden(dir.path()), Vec::<PathBuf>::new(), "{args:?}");
        println!("{wrote} of 20 wrote: yalu {}", args.join(" "));
    }
}
