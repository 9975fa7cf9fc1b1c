//! Every reader of foreign bytes, as a function of bytes alone. None may panic, hang or take memory beyond its input.
//!
//! The fuzzers of this folder and the mutation test of the command line (`crates/yalu/tests/mutations.rs`) run the same
//! list over the same corpus.

use yalu_files::listed_by;
use yalu_ledger::record::{Context, Format, Log, read, read_stix};
use yalu_scenario::{Declared, Folder, load, read_monthly, render, template};
use yalu_view::calibrate::Posterior;
use yalu_watch::read::{Mapping, Preset, Table, head, read as read_counts, table_text};

/// A reader and its name.
pub type Reader = (&'static str, fn(&[u8]));

/// All readers.
pub const READERS: [Reader; 10] = [
    ("folder", folder),
    ("reports_csv", reports_csv),
    ("reports_jsonl", reports_jsonl),
    ("stix", stix),
    ("log", log),
    ("months", months),
    ("calibration", calibration),
    ("receipt", receipt),
    ("counts", counts),
    ("mapping", mapping),
];

/// A file of a scenario (TOML, CSV) in the place of one of the template: the first byte says of which, the rest is its
/// content. What is found is rendered too.
pub fn folder(data: &[u8]) {
    let Some((which, content)) = data.split_first() else { return };
    let mut files: Vec<(String, Vec<u8>)> =
        template("fuzzed").into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    let place = usize::from(*which) % files.len();
    files[place].1 = content.to_vec();
    let loaded = load(&Folder { files: files.into_iter().collect(), ..Folder::default() }, &[]);
    let _ = render(&loaded.diagnostics, false);
}

/// Reports as CSV.
pub fn reports_csv(data: &[u8]) {
    let _ = read("reports.csv", data, Format::Csv, &Context::default());
}

/// Reports as JSON Lines.
pub fn reports_jsonl(data: &[u8]) {
    let _ = read("reports.jsonl", data, Format::JsonLines, &Context::default());
}

/// A STIX bundle.
pub fn stix(data: &[u8]) {
    let _ = read_stix(&String::from_utf8_lossy(data), "Asia/Seoul");
}

/// The log beside a record.
pub fn log(data: &[u8]) {
    let (_, broken) = Log::parse(&String::from_utf8_lossy(data));
    if let Some(b) = broken {
        let _ = b.diagnostics("reports.csv.log", data);
    }
}

/// Reported months.
pub fn months(data: &[u8]) {
    let declared = Declared { value: None, unit: None, direction: None, taken_out: None };
    let _ = read_monthly("months.csv", data, &["AA".to_owned(), "BB".to_owned()], &declared);
}

/// Accepted runs of a calibration.
pub fn calibration(data: &[u8]) {
    let _ = Posterior::read(data, None);
}

/// The receipt of a folder of results.
pub fn receipt(data: &[u8]) {
    let _ = listed_by(data);
}

/// A table of counts, packed or not, by each mapping that is known.
pub fn counts(data: &[u8]) {
    let Ok(text) = table_text(data) else { return };
    let (header, _) = head(&text, 5);
    for preset in [Preset::of_header(&header), Some(Preset::Bts), Some(Preset::Transborder)].into_iter().flatten() {
        let _ = read_counts(&Table { file: "counts.csv", text: &text, mapping: &preset.mapping() });
    }
}

/// A mapping file of a table of counts, and the table read by it.
pub fn mapping(data: &[u8]) {
    let Ok(mapping) = Mapping::read("map.toml", &String::from_utf8_lossy(data)) else { return };
    let Ok(text) = table_text(b"Grenze;Monat;Trains\nNord;2015-01;12\nNord;2015-02;13\n") else { return };
    let _ = read_counts(&Table { file: "counts.csv", text: &text, mapping: &mapping });
}
