//! Every call to the system that changes files fails, and the process dies at every one, for each command that
//! writes. After each, what stood there is whole or what was asked for is, and the next command works.
mod program;

use program::{err, out, yalu};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A command that writes.
struct Case {
    /// What it is called with.
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

/// Lets each call fail and each kill happen; how many were tried.
fn every_fault(base: &Path, case: &Case) -> u32 {
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
            let args = if now == after { case.again } else { case.args };
            let next = yalu(dir.path(), args);
            assert!(next.status.success(), "{:?} after {told}: {}", args, err(&next));
            assert_eq!(content(&dir.path().join(case.output)), after, "after {told}");
            // A command that writes nothing sweeps nothing.
            assert!(args[0] == "check" || hidden(dir.path()).is_empty(), "left after {told}");
        }
    }
    tried
}

/// Arguments of a run of a few days with its output in `out`, and the same to replace it.
macro_rules! into_out {
    ($($arg:literal),+) => {
        Case { args: &[$($arg),+, "-o", "out"], again: &[$($arg),+, "-o", "out", "--force"], output: "out" }
    };
}

/// Arguments whose output is one file, replaced without asking.
macro_rules! into_file {
    ($file:literal, $($arg:literal),+) => {
        Case { args: &[$($arg),+, $file], again: &[$($arg),+, $file], output: $file }
    };
}

#[test]
fn results_are_whole_or_not_there() {
    let base = program::mine();
    // A folder of the first version, which said none.
    let scenario = base.path().join("mine/scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    let old: String = text.split_inclusive('\n').filter(|line| !line.starts_with("format")).collect();
    fs::write(&scenario, old).unwrap();
    let cases = [
        Case { args: &["new", "other"], again: &["check", "other"], output: "other" },
        into_out!["run", "mine", "--replications", "1", "--to", "2024-01-03"],
        into_out!["line", "train", "mine", "--service", "bridge"],
        into_out!["line", "capacity", "mine"],
        into_out!["border", "mine", "--replications", "1", "--to", "2024-01-10"],
        into_out![
            "whatif",
            "compare",
            "mine",
            "--replications",
            "1",
            "--variant",
            "shut: --close RAIL:2024-01-10..2024-01-11"
        ],
        into_out!["whatif", "sheet", "mine", "--replications", "1", "--close", "RAIL"],
        into_file!["d.svg", "line", "diagram", "mine", "-o"],
        into_file!["b.csv", "reports", "belief", "mine", "-o"],
        into_file!["r.jsonl", "reports", "export", "mine", "--format", "jsonl", "-o"],
        into_file!["s.svg", "status", "mine", "--svg"],
        Case {
            args: &["check", "mine", "--upgrade"],
            again: &["check", "mine", "--upgrade"],
            output: "mine/scenario.toml",
        },
        Case {
            args: &["reports", "seal", "mine"],
            again: &["reports", "seal", "mine"],
            output: "mine/reports.csv.log",
        },
        into_file!["f.csv", "status", "mine", "--ahead", "-o"],
    ];
    let tried: u32 = std::thread::scope(|scope| {
        let base = &base;
        let each = |case: &Case| {
            let n = every_fault(base.path(), case);
            assert!(n > 5, "{:?}: {n} faults", case.args);
            println!("{n} faults: yalu {}", case.args.join(" "));
            n
        };
        let runs: Vec<_> = cases.iter().map(|case| scope.spawn(move || each(case))).collect();
        runs.into_iter().map(|r| r.join().unwrap()).sum()
    });
    println!("{tried} faults in all");
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
    let dir = program::mine();
    let sealed = yalu(dir.path(), &["reports", "seal", "mine"]);
    assert!(sealed.status.success(), "{}", err(&sealed));
    dir
}

#[test]
fn a_record_keeps_what_it_said_it_wrote() {
    let base = sealed();
    let before = rows(base.path());
    let export = yalu(base.path(), &["reports", "export", "mine", "--format", "csv"]);
    let ids = (1..=before).map(|n| (format!("P{n}"), format!("Q{n}")));
    let other = ids.fold(out(&export), |text, (old, new)| text.replace(&old, &new));
    fs::write(base.path().join("other.csv"), other.replace("Example", "Other").replace("2024-", "2023-")).unwrap();
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

#[test]
fn twenty_runs_into_one_folder_leave_one_that_is_whole() {
    let dir = program::mine();
    let args = ["run", "mine", "-o", "out", "--replications", "1", "--to", "2024-01-03", "--force"];
    let run = || Command::new(env!("CARGO_BIN_EXE_yalu")).args(args).current_dir(dir.path()).output().expect("it runs");
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..20).map(|_| scope.spawn(run)).collect();
        for r in runs {
            let o = r.join().unwrap();
            assert!(o.status.success(), "{}", err(&o));
        }
    });
    assert_eq!(tree(&dir.path().join("out")).len(), 16);
    assert_eq!(hidden(dir.path()), Vec::<PathBuf>::new());
}

#[test]
fn a_full_standard_error_changes_no_exit_code() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let dir = program::mine();
    fs::write(dir.path().join("mine/trade.toml"), "[[").unwrap();
    for (args, code) in [(vec!["check", "mine"], 1), (vec!["run", "mine"], 2), (vec!["run", "nowhere"], 2)] {
        let stderr = fs::OpenOptions::new().write(true).open(full).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_yalu"));
        let ended = command.args(&args).current_dir(dir.path()).stderr(stderr).output().expect("it runs");
        assert_eq!(ended.status.code(), Some(code), "{args:?}");
    }
}

/// The page of the monitor is three files, each whole: the old one or the new one.
#[test]
fn each_file_of_the_monitor_is_whole() {
    let base = tempfile::tempdir().unwrap();
    let months = (0..60).flat_map(|t| [("Nord", 60), ("Sued", 90)].map(|(c, n)| (t, c, n + (t * 7) % 5)));
    let rows = months.map(|(t, c, n)| format!("{c};{}-{:02};{n};{}\n", 2015 + t / 12, t % 12 + 1, n * 40));
    let table = format!("Grenze;Monat;Trains;Wagons loaded\n{}", rows.collect::<String>());
    fs::write(base.path().join("t.csv"), table).unwrap();
    fs::write(base.path().join("map.toml"), out(&yalu(base.path(), &["watch", "--map-help", "t.csv"]))).unwrap();
    let args = ["watch", "t.csv", "--map", "map.toml", "-o", "out"];
    let fine = |o: &Output| o.status.code().is_some_and(|code| code < 2);
    let ran = yalu(base.path(), &args);
    assert!(fine(&ran), "{}", err(&ran));
    let after = tree(&base.path().join("out"));
    assert_eq!(after.len(), 3);
    fs::remove_dir_all(base.path().join("out")).unwrap();
    let mut tried = 0;
    for kind in ["fail", "die"] {
        for n in 1.. {
            let dir = tempfile::tempdir().unwrap();
            copy(base.path(), dir.path());
            let ran = with_fault(dir.path(), &format!("{kind}:{n}"), &args);
            if !err(&ran).contains(&format!("fault {n}: ")) {
                break;
            }
            tried += 1;
            let whole = |f: &(PathBuf, Vec<u8>)| f.0.to_string_lossy().starts_with('.') || after.contains(f);
            assert!(tree(&dir.path().join("out")).iter().all(whole), "{kind}:{n}: {}", err(&ran));
            assert!(fine(&yalu(dir.path(), &args)), "after {kind}:{n}");
            assert_eq!(tree(&dir.path().join("out")), after, "after {kind}:{n}");
        }
    }
    assert!(tried > 15, "{tried} faults");
    println!("{tried} faults: yalu watch");
}
