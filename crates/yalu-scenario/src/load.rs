//! From bytes to a corridor or problems.

use crate::decode::{Decoder, Names};
use crate::describe::{FILES, FileSpec, Format};
use crate::diagnostic::{Sink, meant};
use crate::row::Row;
use crate::tree::Table;
use crate::{Diagnostic, Folder, MAX_FILE_BYTES, Places, Severity, build, check, overrides, parse};
use std::collections::BTreeMap;
use std::sync::Arc;
use yalu_model::Corridor;

/// What came of a folder.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The corridor, if there was no error.
    pub corridor: Option<Corridor>,
    /// All problems, by file, line and column.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the values stand.
    pub places: Places,
}

/// The decoded rows of all files.
#[derive(Default)]
pub(crate) struct Files {
    roots: BTreeMap<&'static str, Row>,
    lists: BTreeMap<&'static str, Vec<Row>>,
}

impl Files {
    /// The rows of a CSV file; none where it is not there.
    pub fn csv(&self, name: &str) -> &[Row] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
    /// The root table of a TOML file.
    pub fn toml(&self, name: &str) -> Option<&Row> {
        self.roots.get(name)
    }
    /// The tables of a list in a TOML file.
    pub fn list(&self, name: &str, key: &str) -> &[Row] {
        self.toml(name).map_or(&[], |r| r.rows(key))
    }
}

/// Reads a folder's files into a corridor. Overrides (`service.bridge.max_wagons`, `20`) replace values before they
/// are decoded; their problems are told under the file name `--set`.
pub fn load(folder: &Folder, overrides: &[(String, String)]) -> Loaded {
    let mut sink = Sink::default();
    unknown_files(&mut sink, folder);
    trade_whole(&mut sink, folder);
    let mut trees: Vec<(&'static FileSpec, Table)> = Vec::new();
    for &spec in FILES {
        if let Some(tree) = tree_of(&mut sink, folder, spec) {
            trees.push((spec, tree));
        }
    }
    let set_file = overrides::apply(&mut sink, &mut trees, overrides);
    let mut names = Names::default();
    for (spec, tree) in &trees {
        names.collect(spec, tree);
    }
    let mut decoder = Decoder {
        sink: &mut sink,
        names: &names,
        countries: None,
        inputs: Vec::new(),
        set_file,
        unstated: BTreeMap::new(),
        places: BTreeMap::new(),
    };
    let mut files = Files::default();
    for (spec, tree) in &trees {
        match spec.format {
            Format::Toml => {
                let row = decoder.root(spec, tree);
                files.roots.insert(spec.name, row);
            }
            Format::Csv => {
                let rows = decoder.rows(spec, tree);
                files.lists.insert(spec.name, rows);
            }
        }
    }
    let inputs = std::mem::take(&mut decoder.inputs);
    let unstated = std::mem::take(&mut decoder.unstated);
    let at = std::mem::take(&mut decoder.places);
    for (n, at) in unstated.into_values() {
        let (verb, plural) = if n == 1 { ("has", "") } else { ("have", "s") };
        let help = "add `source = \"...\"` or `assumed = \"why\"` beside them".to_owned();
        let message = format!("{n} number{plural} of this file {verb} neither source nor assumed; the first is here");
        sink.warn("Y0901", at, message, Some(help));
    }
    let whole = !sink.failed();
    let corridor = build::corridor(&mut sink, &files, inputs);
    if whole && let Some(c) = &corridor {
        check::all(&mut sink, &files, c);
    }
    let corridor = if sink.failed() { None } else { corridor };
    let places = Places { sources: Arc::new(sink.sources), at: Arc::new(at) };
    let mut diagnostics = sink.found;
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.file.clone(), d.line, d.column, d.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
    Loaded { corridor, diagnostics, places }
}

fn unknown_files(sink: &mut Sink, folder: &Folder) {
    for name in folder.files.keys() {
        if !FILES.iter().any(|f| f.name == name) {
            let help = meant(name, FILES.iter().map(|f| f.name)).or_else(|| {
                let known: Vec<&str> = FILES.iter().map(|f| f.name).collect();
                Some(format!("files of a scenario are: {}", known.join(", ")))
            });
            sink.file("Y0102", Severity::Warning, name, "no part of a scenario has this name", help);
        }
    }
}

/// Goods need routes and routes goods; a corridor may do without both.
fn trade_whole(sink: &mut Sink, folder: &Folder) {
    for (name, other) in [("routes.toml", "trade.toml"), ("trade.toml", "routes.toml")] {
        if !folder.files.contains_key(name) && folder.files.contains_key(other) {
            let help = "write both, or take both away: a corridor without them is a line with its trains".to_owned();
            sink.file("Y0101", Severity::Error, name, format!("the file is missing beside {other}"), Some(help));
        }
    }
}

fn tree_of(sink: &mut Sink, folder: &Folder, spec: &'static FileSpec) -> Option<Table> {
    let name = spec.name;
    let Some(bytes) = folder.files.get(name) else {
        if spec.required {
            sink.file("Y0101", Severity::Error, name, "the file is missing", Some(spec.doc.to_owned()));
        }
        return None;
    };
    if bytes.len() > MAX_FILE_BYTES {
        let message = format!("the file is larger than {} MiB", MAX_FILE_BYTES / 1024 / 1024);
        sink.file("Y0109", Severity::Error, name, message, Some("no file of a scenario needs as much".into()));
        return None;
    }
    let text = decode_text(sink, name, bytes)?;
    if text.trim().is_empty() {
        let help = format!("it holds: {}", spec.doc);
        sink.file("Y0105", Severity::Error, name, "the file is empty", Some(help));
        return None;
    }
    let file = sink.source(name, text);
    match spec.format {
        Format::Toml => parse::toml_tree(sink, file),
        Format::Csv => parse::csv_tree(sink, file, spec),
    }
}

fn decode_text(sink: &mut Sink, name: &str, bytes: &[u8]) -> Option<String> {
    let help = Some("save it as UTF-8".to_owned());
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        sink.file("Y0104", Severity::Error, name, "the file is UTF-16, not UTF-8", help);
        return None;
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(s) => Some(s.to_owned()),
        Err(e) => {
            let n = e.valid_up_to();
            let file = sink.source(name, String::from_utf8_lossy(bytes).into_owned());
            let at = crate::diagnostic::At { file, start: n, end: n + '\u{fffd}'.len_utf8() };
            sink.error("Y0103", at, format!("byte {n} is not UTF-8"), help);
            None
        }
    }
}
