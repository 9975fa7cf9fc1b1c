//! Every command once: those that write, with what they write, and those that only read.

use super::{err, out, yalu};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A command that writes.
pub struct Case {
    /// What it is called with.
    pub args: &'static [&'static str],
    /// The same once its output stands there.
    pub again: &'static [&'static str],
    /// Where its output stands.
    pub output: &'static str,
    /// Its output is files that are each whole, not one thing that is.
    pub parts: bool,
    /// Called again it leaves alone what is whole, and so what a failure left beside it.
    pub keeps: bool,
}

/// Arguments of a command with its folder in `out`, and the same to replace it.
macro_rules! into_out {
    ($($arg:literal),+) => {
        Case {
            args: &[$($arg),+, "-o", "out"],
            again: &[$($arg),+, "-o", "out", "--force"],
            output: "out",
            parts: false,
            keeps: false,
        }
    };
}

/// Arguments of a command whose files are replaced without asking.
macro_rules! into_files {
    ($output:literal, $parts:literal, $($arg:literal),+) => {
        Case { args: &[$($arg),+], again: &[$($arg),+], output: $output, parts: $parts, keeps: false }
    };
}

/// What writes, in a folder of [`prepared`]; `reports add` and `import` have a test of their own.
pub const WRITING: &[Case] = &[
    Case { args: &["new", "other"], again: &["check", "other"], output: "other", parts: false, keeps: true },
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
    into_out!["study", "study.toml"],
    into_out!["study", "merge", "done"],
    Case {
        args: &["study", "plan", "study.toml", "-o", "other", "--shards", "2"],
        again: &["study", "status", "other"],
        output: "other",
        parts: false,
        keeps: true,
    },
    Case { keeps: true, ..into_files!["plan/shards", true, "study", "run", "plan", "--shard", "1"] },
    into_files!["d", true, "line", "diagram", "mine", "-o", "d/d.svg", "--csv", "d/d.csv"],
    into_files!["b", true, "reports", "belief", "mine", "-o", "b/b.csv", "--svg", "b/b.svg"],
    into_files!["r.jsonl", false, "reports", "export", "mine", "--format", "jsonl", "-o", "r.jsonl"],
    into_files!["mine/reports.csv.log", false, "reports", "seal", "mine"],
    into_files!["s.svg", false, "status", "mine", "--svg", "s.svg"],
    into_files!["f.csv", false, "status", "mine", "--ahead", "-o", "f.csv"],
    Case { keeps: true, ..into_files!["old/scenario.toml", false, "check", "old", "--upgrade"] },
    into_files!["schemas", true, "schema", "-o", "schemas"],
    into_files![
        "w",
        true,
        "watch",
        "t.csv",
        "--map",
        "map.toml",
        "-o",
        "w",
        "--feed",
        "w/more.xml",
        "--closures",
        "w/closures.csv"
    ],
    into_files![
        "p.json",
        false,
        "fit",
        "calibrate",
        "mine",
        "--observed",
        "customs.csv",
        "--set",
        "corridor.to=2024-06-30",
        "--runs",
        "400",
        "--leave-out",
        "2024",
        "--checkpoint",
        "kept/runs",
        "--posterior",
        "p.json"
    ],
];

/// What changes a record.
pub const RECORDING: &[&[&str]] = &[
    &[
        "reports",
        "add",
        "mine",
        "--crossing",
        "RAIL",
        "--claim",
        "observed",
        "--reported",
        "2024-01-09",
        "--source",
        "A",
        "--anyway",
    ],
    &["reports", "import", "mine", "other.csv", "--anyway"],
];

/// What only reads.
pub const READING: &[&[&str]] = &[
    &["check", "mine"],
    &["check", "--explain", "Y0202"],
    &["show", "mine"],
    &["status", "mine"],
    &["study", "status", "done"],
    &["reports", "list", "mine"],
    &["reports", "show", "mine", "P1"],
    &["reports", "why", "mine", "--crossing", "RAIL"],
    &["reports", "verify", "mine"],
    &["reports", "score", "--worlds", "2", "--seed", "1"],
    &["fit", "score", "mine", "--observed", "customs.csv"],
    &["watch", "score", "t.csv", "--map", "map.toml", "--from", "2018-01", "--to", "2018-06"],
    &["watch", "plant", "t.csv", "--map", "map.toml", "--number", "20"],
    &["validate", "--only", "trainruns"],
    &["schema", "services.toml"],
    &["completions", "bash"],
];

fn ran(dir: &Path, args: &[&str]) -> String {
    let ran = yalu(dir, args);
    assert!(ran.status.success(), "{args:?}: {}", err(&ran));
    out(&ran)
}

/// A folder with all that these commands read: `mine` and `old`, which says no version, a study, planned and done, a
/// table of counts with its mapping, months of customs, reports of others.
pub fn prepared() -> TempDir {
    let dir = super::mine();
    let at = dir.path();
    ran(at, &["new", "old"]);
    let scenario = at.join("old/scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    let old: String = text.split_inclusive('\n').filter(|line| !line.starts_with("format")).collect();
    fs::write(&scenario, old).unwrap();
    let study =
        "scenario = \"mine\"\nreplications = 4\n[[case]]\nname = \"shut\"\nclose = [\"RAIL:2024-01-10..2024-01-20\"]\n";
    fs::write(at.join("study.toml"), study).unwrap();
    ran(at, &["study", "plan", "study.toml", "-o", "plan", "--shards", "2"]);
    ran(at, &["study", "plan", "study.toml", "-o", "done", "--shards", "1"]);
    ran(at, &["study", "run", "done", "--shard", "1"]);
    let months = (0..60).flat_map(|t| [("Nord", 60), ("Sued", 90)].map(|(c, n)| (t, c, n + (t * 7) % 5)));
    let rows = months.map(|(t, c, n)| format!("{c};{}-{:02};{n};{}\n", 2015 + t / 12, t % 12 + 1, n * 40));
    let table = format!("Grenze;Monat;Trains;Wagons loaded\n{}", rows.collect::<String>());
    fs::write(at.join("t.csv"), table).unwrap();
    fs::write(at.join("map.toml"), ran(at, &["watch", "--map-help", "t.csv"])).unwrap();
    let customs = "month,exports_musd\n2024-01,7.5\n2024-02,2.1\n2024-03,4\n2024-04,6\n2024-05,6.5\n2024-06,7\n";
    fs::write(at.join("customs.csv"), customs).unwrap();
    let export = ran(at, &["reports", "export", "mine", "--format", "csv"]);
    let other = (1..=9).fold(export, |text, n| text.replace(&format!("P{n}"), &format!("Q{n}")));
    fs::write(at.join("other.csv"), other.replace("Example", "Other").replace("2024-", "2023-")).unwrap();
    dir
}
