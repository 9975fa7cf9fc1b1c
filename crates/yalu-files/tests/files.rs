//! What stands on the disk after each way to write, alone and beside others.
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;
use yalu_files::{FileError, Journal, Lock, OutFolder, RECEIPT, listed_by, write_file};

fn names(dir: &Path) -> Vec<String> {
    let mut out: Vec<String> =
        fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    out.sort();
    out
}

fn folder(target: &Path, replace: bool, files: &[(&str, &str)]) -> Result<(), FileError> {
    let out = OutFolder::begin(target, replace, "test")?;
    for (name, text) in files {
        out.write(name, text.as_bytes())?;
    }
    out.finish().map(drop)
}

#[test]
fn a_file_is_replaced_and_nothing_stays_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("deep/one.txt");
    write_file(&file, b"first").unwrap();
    write_file(&file, b"second").unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"second");
    assert_eq!(names(&dir.path().join("deep")), ["one.txt"]);
    assert!(matches!(write_file(dir.path(), b"x"), Err(FileError::Exists { .. })));
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_a_mode_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let dir = tempfile::tempdir().unwrap();
    let (real, link) = (dir.path().join("real"), dir.path().join("link"));
    fs::write(&real, "old").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real", &link).unwrap();
    write_file(&link, b"new").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&real).unwrap(), b"new");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    symlink("circle", dir.path().join("circle")).unwrap();
    assert!(matches!(write_file(&dir.path().join("circle"), b"x"), Err(FileError::Name { .. })));
}

#[test]
fn a_folder_is_replaced_only_where_it_is_ours() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    folder(&target, false, &[("run.json", "1"), ("tables/a", "2")]).unwrap();
    assert_eq!(names(&target), [RECEIPT, "run.json", "tables"]);
    assert!(matches!(folder(&target, false, &[("run.json", "3")]), Err(FileError::Exists { .. })));
    folder(&target, true, &[("run.json", "4")]).unwrap();
    assert_eq!(names(&target), [RECEIPT, "run.json"], "what the run before wrote is gone");

    fs::write(target.join("notes.txt"), "mine").unwrap();
    fs::create_dir(target.join(".git")).unwrap();
    fs::write(target.join(".git/HEAD"), "mine").unwrap();
    match folder(&target, true, &[("run.json", "5")]) {
        Err(FileError::Foreign { files, .. }) => assert_eq!(files, [".git/HEAD", "notes.txt"]),
        other => panic!("{other:?}"),
    }
    fs::remove_file(target.join("notes.txt")).unwrap();
    fs::remove_dir_all(target.join(".git")).unwrap();
    fs::write(target.join("run.json"), "changed by hand").unwrap();
    assert!(matches!(folder(&target, true, &[("run.json", "5")]), Err(FileError::Changed { .. })));
    assert_eq!(fs::read(target.join("run.json")).unwrap(), b"changed by hand");

    let mark = dir.path().join("project");
    fs::create_dir(&mark).unwrap();
    fs::write(mark.join("run.json"), "somebody's").unwrap();
    fs::write(mark.join("work"), "somebody's").unwrap();
    assert!(matches!(folder(&mark, true, &[("run.json", "5")]), Err(FileError::Foreign { .. })));
    assert_eq!(names(&mark), ["run.json", "work"]);
    assert_eq!(names(dir.path()), ["out", "project"], "no part and no lock stays");
}

#[test]
fn names_that_leave_the_folder_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let out = OutFolder::begin(&dir.path().join("out"), false, "test").unwrap();
    for name in ["../x", "/x", "", "a/../x", RECEIPT] {
        assert!(matches!(out.write(name, b"x"), Err(FileError::Name { .. })), "{name}");
    }
    drop(out);
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn a_part_that_loses_a_file_is_not_taken_for_whole() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    let out = OutFolder::begin(&target, false, "test").unwrap();
    out.write("a", b"1").unwrap();
    let mut b = out.create("b").unwrap();
    b.write_all(b"2").unwrap();
    b.finish().unwrap();
    let part = names(dir.path()).into_iter().find(|n| Path::new(n).extension().is_some_and(|e| e == "part")).unwrap();
    fs::remove_file(dir.path().join(part).join("a")).unwrap();
    match out.finish() {
        Err(FileError::Lost { files, .. }) => assert_eq!(files, ["a"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn a_second_run_for_a_new_folder_fails_at_once_and_parts_of_the_living_stay() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    let first = OutFolder::begin(&target, false, "yalu run").unwrap();
    match OutFolder::begin(&target, false, "yalu run") {
        Err(FileError::Busy { owner, .. }) => assert!(owner.starts_with("yalu run (process "), "{owner}"),
        other => panic!("{other:?}"),
    }
    first.write("a", b"1").unwrap();
    let second = OutFolder::begin(&dir.path().join("out.b"), false, "yalu run").unwrap();
    drop(second);
    first.finish().unwrap();
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn a_lock_waits_says_for_whom_and_is_let_go() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("record");
    let held = Lock::take(&file, "yalu reports add", Duration::ZERO, |_| ()).unwrap();
    let mut heard = String::new();
    let busy = Lock::take(&file, "other", Duration::from_millis(50), |who| heard = who.to_owned());
    assert!(matches!(busy, Err(FileError::Busy { .. })));
    assert!(heard.starts_with("yalu reports add (process "), "{heard}");
    let waiter = std::thread::spawn(move || Lock::take(&file, "other", Duration::from_secs(10), |_| ()).map(drop));
    std::thread::sleep(Duration::from_millis(60));
    drop(held);
    waiter.join().unwrap().unwrap();
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn many_writers_of_one_counter_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("count");
    write_file(&file, b"0").unwrap();
    let threads: Vec<_> = (0..20)
        .map(|_| {
            let file = file.clone();
            std::thread::spawn(move || {
                let _held = Lock::take(&file, "adder", Duration::from_mins(1), |_| ()).unwrap();
                let n: u32 = fs::read_to_string(&file).unwrap().parse().unwrap();
                write_file(&file, (n + 1).to_string().as_bytes()).unwrap();
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "20");
    assert_eq!(names(dir.path()), ["count"]);
}

#[test]
fn a_journal_goes_on_behind_its_last_whole_piece() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("runs");
    let (mut journal, bytes) = Journal::open(&path).unwrap();
    assert!(bytes.is_empty());
    journal.append(b"one\ntw").unwrap();
    let (mut journal, bytes) = Journal::open(&path).unwrap();
    assert_eq!(bytes, b"one\ntw");
    journal.keep(4).unwrap();
    journal.append(b"three\n").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"one\nthree\n");
    assert!(matches!(Journal::open(dir.path()), Err(FileError::Exists { .. })));
}

#[test]
fn what_is_no_receipt_lists_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    folder(&out, false, &[("a.txt", "a"), ("b/c.txt", "c")]).unwrap();
    let receipt = fs::read(out.join(RECEIPT)).unwrap();
    assert_eq!(listed_by(&receipt), Some(vec!["a.txt".to_owned(), "b/c.txt".to_owned()]));
    assert_eq!(listed_by(&receipt[1..]), None);
    // A folder in the place of the receipt is somebody else's, as all that stands beside it.
    fs::remove_file(out.join(RECEIPT)).unwrap();
    fs::create_dir(out.join(RECEIPT)).unwrap();
    assert!(matches!(folder(&out, true, &[]), Err(FileError::Foreign { files, .. }) if files.len() == 2));
}
