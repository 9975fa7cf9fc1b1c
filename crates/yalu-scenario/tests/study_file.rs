//! All that is wrong with a study's file, as people read it.
use std::fs;
use std::path::Path;
use yalu_scenario::{read_study, render};

#[test]
fn what_is_wrong_with_a_study_is_told_at_once() {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/study");
    let text = fs::read_to_string(at.join("wrong.toml")).unwrap();
    let told = render(&read_study("wrong.toml", &text).unwrap_err(), false);
    let expected = fs::read_to_string(at.join("wrong.expected")).unwrap_or_default();
    assert_eq!(told, expected, "told:\n{told}");
}
