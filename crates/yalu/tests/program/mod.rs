//! The program as a stranger runs it, shared by the tests of its commands.
#![allow(dead_code)]
pub mod cases;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the program in a folder.
pub fn yalu(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yalu")).args(args).current_dir(dir).output().expect("it runs")
}

/// What it printed.
pub fn out(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned()
}

/// What it complained of.
pub fn err(o: &Output) -> String {
    String::from_utf8_lossy(&o.stderr).into_owned()
}

/// The object it printed.
pub fn json(o: &Output) -> Value {
    serde_json::from_str(&out(o)).unwrap_or_else(|e| panic!("{e}: {} {}", out(o), err(o)))
}

/// A folder with the corridor of `yalu new` in `mine`.
pub fn mine() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(yalu(dir.path(), &["new", "mine"]).status.code(), Some(0));
    dir
}

/// A scenario of this repository.
pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name)
}
