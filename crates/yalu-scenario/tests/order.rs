//! A corridor is the same however the rows of its files are laid out: every file is shuffled, many times.

use std::path::Path;
use yalu_scenario::{Folder, Severity, load, read_folder, render, template};

/// A small generator (SplitMix64): which order it gives does not matter, only that each seed gives another.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }
    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// The rows of a CSV file in another order. No row of the folders tried has a line break within a cell.
fn csv(dice: &mut Dice, text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(rows) = lines.get_mut(1..) {
        dice.shuffle(rows);
    }
    lines.join("\n") + "\n"
}

/// The name of a header `[[a.b]]` or `[a.b]`.
fn header(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.split(']').next()?.trim_start_matches('[');
    (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')).then_some(name)
}

/// A text parted at headers of a depth; what stands before the first comes first.
fn parts(text: &str, depth: usize) -> (String, Vec<String>) {
    let (mut head, mut blocks): (String, Vec<String>) = (String::new(), Vec::new());
    for line in text.lines() {
        if header(line).is_some_and(|name| name.matches('.').count() == depth) {
            blocks.push(String::new());
        }
        let into = blocks.last_mut().unwrap_or(&mut head);
        into.push_str(line);
        into.push('\n');
    }
    (head, blocks)
}

/// Whether the order of blocks of a name is their meaning.
fn ordered(block: &str) -> bool {
    let name = block.lines().find_map(header).unwrap_or_default();
    ["seen", "question", "claim", "station.activity", "service.stop"].contains(&name)
}

/// The tables of a TOML file in another order, and those within them; what is ordered stays in its order.
fn toml(dice: &mut Dice, text: &str, depth: usize) -> String {
    let (head, blocks) = parts(text, depth);
    let mut kept: Vec<String> = blocks.iter().filter(|b| ordered(b)).cloned().collect();
    let mut free: Vec<String> = blocks.into_iter().filter(|b| !ordered(b)).collect();
    if depth == 0 {
        for block in &mut free {
            *block = toml(dice, block, 1);
        }
    }
    dice.shuffle(&mut free);
    if dice.below(2) == 0 {
        free.append(&mut kept);
    } else {
        kept.append(&mut free);
        free = kept;
    }
    head + &free.concat()
}

fn shuffled(folder: &Folder, seed: u64) -> Folder {
    let mut dice = Dice(seed);
    let mut out = folder.clone();
    for (name, bytes) in &mut out.files {
        let text = String::from_utf8(std::mem::take(bytes)).unwrap();
        let is_csv = Path::new(name).extension().is_some_and(|x| x == "csv");
        *bytes = if is_csv { csv(&mut dice, &text) } else { toml(&mut dice, &text, 0) }.into_bytes();
    }
    out
}

fn told(folder: &Folder) -> (String, Vec<String>) {
    let loaded = load(folder, &[]);
    let errors = loaded.diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert!(!errors, "{}", render(&loaded.diagnostics, false));
    let mut found: Vec<String> = loaded.diagnostics.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    found.sort();
    (format!("{:#?}", loaded.corridor.unwrap()), found)
}

fn same_in_any_order(name: &str, folder: &Folder, seeds: u64) {
    let (corridor, found) = told(folder);
    for seed in 0..seeds {
        let (other, also) = told(&shuffled(folder, seed));
        let differs = corridor.lines().zip(other.lines()).find(|(a, b)| a != b);
        assert!(differs.is_none() && corridor == other, "{name}, seed {seed}: {differs:?}");
        assert_eq!(found, also, "{name}, seed {seed}");
    }
}

#[test]
fn rows_in_any_order_make_the_same_corridor() {
    let mine = template("mine").into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    same_in_any_order("template", &Folder { files: mine, ..Folder::default() }, 60);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    for (name, seeds) in [("dandong-sinuiju", 12), ("malaszewicze-brest", 24), ("job-r1", 24)] {
        same_in_any_order(name, &read_folder(&root.join(name)).unwrap(), seeds);
    }
}
