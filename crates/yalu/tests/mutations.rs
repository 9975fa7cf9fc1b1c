//! Every reader over mutated inputs: none panics. A few seconds; `YALU_MUTATIONS_S` gives each reader so many
//! instead. `YALU_CORPUS` names a folder into which the inputs are written too, for the fuzzers.
#[path = "../../../fuzz/readers.rs"]
mod readers;

use readers::{READERS, Reader};
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Mutants of each reader where no time is asked for.
const MUTANTS: u64 = 400;
/// Largest input, so that a mutant takes milliseconds.
const MOST_BYTES: usize = 20_000;

/// A small generator (SplitMix64): the same mutants in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap()
    }
    fn span(&mut self, n: usize) -> std::ops::Range<usize> {
        let (a, b) = (self.below(n + 1), self.below(n + 1));
        a.min(b)..a.max(b)
    }
}

/// What readers have stumbled over elsewhere.
const WORDS: [&[u8]; 20] = [
    b"",
    b"\0",
    b"\"",
    b",,,,",
    b"\n\n",
    b"\r",
    b"[[",
    b"]]",
    b"{\"",
    b"=HYPERLINK(\"x\")",
    b"-0",
    b"1e999",
    b"nan",
    b"9223372036854775808",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"9999-12-31",
    b"0000-00-00",
    b"..",
];

/// Inputs of readers whose files the repository does not hold.
const WRITTEN: [(&str, &str); 5] = [
    (
        "receipt",
        "{\"receipt_format\": 1, \"files\": {\"tables/a.parquet\": {\"bytes\": 12, \"sha256\": \"00ff\"}, \"b\": {\"bytes\": 0, \
         \"sha256\": \"\"}}}",
    ),
    (
        "counts",
        "Port Name,State,Port Code,Border,Date,Measure,Value\nCalais,Maine,0115,US-Canada Border,Jan 2020,Trains,12\n",
    ),
    ("counts", "Grenze;Monat;Trains\nNord;2015-01;12\nNord;2015-02;1.300\nNord;2015-03;\n"),
    (
        "mapping",
        "crossing = \"Grenze\"\nperiod = [\"Jahr\", \"Monat\"]\ndecimal = \",\"\n[only]\nArt = \"x\"\n[measures]\nTrains = \"trains\"\n",
    ),
    ("mapping", "crossing = \"Grenze\"\nperiod = \"Monat\"\ndates = \"day first\"\n[measures]\nTrains = \"trains\"\n"),
];

fn mutant(dice: &mut Dice, inputs: &[Vec<u8>]) -> Vec<u8> {
    let mut out = inputs[dice.below(inputs.len())].clone();
    for _ in 0..=dice.below(4) {
        let n = out.len();
        match dice.below(6) {
            0 if n > 0 => {
                let i = dice.below(n);
                out[i] = u8::try_from(dice.below(256)).unwrap();
            }
            1 => drop(out.drain(dice.span(n))),
            2 => {
                let piece = out[dice.span(n)].to_vec();
                let at = dice.below(n + 1);
                out.splice(at..at, piece);
            }
            3 => {
                let other = &inputs[dice.below(inputs.len())];
                let piece = other[dice.span(other.len())].to_vec();
                let place = dice.span(n);
                out.splice(place, piece);
            }
            4 => out.truncate(dice.below(n + 1)),
            _ => {
                let at = dice.below(n + 1);
                out.splice(at..at, WORDS[dice.below(WORDS.len())].iter().copied());
            }
        }
    }
    out.truncate(MOST_BYTES);
    out
}

fn files(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, into) } else { into.push(path) }
    }
}

/// The inputs that a reader's mutants are made of: files of the repository that it reads, and broken cases.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = Vec::new();
    files(&root.join("scenarios"), &mut all);
    files(&root.join("crates/yalu-scenario/tests/broken"), &mut all);
    all.sort();
    let fits = |p: &&PathBuf| {
        let stem = p.file_stem().unwrap_or_default().to_string_lossy();
        match (name, p.extension().and_then(|e| e.to_str()).unwrap_or_default()) {
            ("folder", "case" | "toml" | "csv") | ("log", "log") => true,
            ("reports_csv", "csv") => stem == "reports",
            ("reports_csv", "case") => stem.starts_with("reports"),
            ("reports_jsonl", "case") => stem.starts_with("reports_lines"),
            ("months", "csv") => stem == "observed",
            ("calibration", "json") => stem == "calibration",
            _ => false,
        }
    };
    let read = |p: &PathBuf| fs::read(p).unwrap().into_iter().take(MOST_BYTES).collect();
    let mut out: Vec<Vec<u8>> = all.iter().filter(fits).map(read).collect();
    if name == "stix" {
        let exported = std::process::Command::new(env!("CARGO_BIN_EXE_yalu"))
            .args(["reports", "export", "--format", "stix"])
            .arg(root.join("scenarios/malaszewicze-brest"))
            .output()
            .unwrap();
        assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
        out.push(exported.stdout);
    }
    out.extend(WRITTEN.iter().filter(|(of, _)| *of == name).map(|(_, text)| text.as_bytes().to_vec()));
    assert!(!out.is_empty(), "{name} has inputs");
    out
}

/// Writes the corpus of a reader for its fuzzer, where a folder for that is named.
fn hand_on(name: &str, inputs: &[Vec<u8>]) {
    let Some(dir) = std::env::var_os("YALU_CORPUS") else { return };
    let dir = Path::new(&dir).join(name);
    fs::create_dir_all(&dir).unwrap();
    for (i, input) in inputs.iter().enumerate() {
        fs::write(dir.join(format!("{i:04}")), input).unwrap();
    }
}

fn tried(seed: u64, (name, reader): Reader, lasts: Option<Duration>) -> u64 {
    let (inputs, begin) = (corpus(name), Instant::now());
    hand_on(name, &inputs);
    let mut dice = Dice(seed);
    for n in 0.. {
        if lasts.map_or(n >= MUTANTS, |d| begin.elapsed() >= d) {
            return n;
        }
        let bytes = if n < inputs.len() as u64 { inputs[n as usize].clone() } else { mutant(&mut dice, &inputs) };
        let slow = Instant::now();
        if catch_unwind(|| reader(&bytes)).is_err() {
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{n}"));
            fs::write(&kept, &bytes).unwrap();
            panic!("{name} panics on {}", kept.display());
        }
        assert!(slow.elapsed() < Duration::from_secs(20), "{name} takes {:?} on mutant {n}", slow.elapsed());
    }
    unreachable!("a loop without end")
}

#[test]
fn no_reader_panics_on_a_mutant() {
    let lasts = std::env::var("YALU_MUTATIONS_S").ok().map(|s| Duration::from_secs(s.parse().expect("seconds")));
    std::thread::scope(|scope| {
        let all: Vec<_> = READERS
            .into_iter()
            .zip(1..)
            .map(|(reader, seed)| scope.spawn(move || println!("{}: {} mutants", reader.0, tried(seed, reader, lasts))))
            .collect();
        for run in all {
            run.join().expect("no reader panics");
        }
    });
}
