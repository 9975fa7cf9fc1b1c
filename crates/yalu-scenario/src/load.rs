//! From bytes to a corridor or problems.

use crate::decode::{Decoder, Names, Trees};
use crate::describe::{
    BorderFile, ConsignmentRow, CrossingRow, DisturbancesFile, FILES, FileSpec, Format, GoodRow, LocomotiveRow,
    ObservedRow, PointRow, ProfileRow, REPORTS, RegimeRow, RollingStockFile, RouteRow, RoutesFile, RuleRow,
    ScenarioFile, SectionRow, ServiceRow, ServicesFile, StationRow, StoryFile, TradeFile, TrafficRow, WagonRow, What,
};
use crate::diagnostic::{Sink, meant};
use crate::reports::{self, Context, Record};
use crate::row::Rows;
use crate::sheet::{self, Sheet};
use crate::tree::Table;
use crate::{Diagnostic, Folder, Places, Refused, Severity, assemble, check, order, overrides, parse};
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
pub(crate) struct Files {
    pub scenario: Option<ScenarioFile>,
    pub points: Rows<PointRow>,
    pub sections: Rows<SectionRow>,
    pub profiles: Rows<ProfileRow>,
    pub traffic: Rows<TrafficRow>,
    pub stock: Option<RollingStockFile>,
    pub services: Option<ServicesFile>,
    pub disturbances: Option<DisturbancesFile>,
    pub routes: Option<RoutesFile>,
    pub border: Option<BorderFile>,
    pub trade: Option<TradeFile>,
    pub rules: Rows<RuleRow>,
    pub consignments: Rows<ConsignmentRow>,
    pub crossings: Rows<CrossingRow>,
    pub regimes: Rows<RegimeRow>,
    pub record: Record,
    pub observed: Rows<ObservedRow>,
    pub story: Option<StoryFile>,
}

impl Files {
    /// Decodes trees, those with the countries first.
    fn decode(d: &mut Decoder<'_>, trees: &Trees, record: Record) -> Files {
        Files {
            scenario: d.root(trees),
            points: d.rows(trees),
            sections: d.rows(trees),
            profiles: d.rows(trees),
            traffic: d.rows(trees),
            stock: d.root(trees),
            services: d.root(trees),
            disturbances: d.root(trees),
            routes: d.root(trees),
            border: d.root(trees),
            trade: d.root(trees),
            rules: d.rows(trees),
            consignments: d.rows(trees),
            crossings: d.rows(trees),
            regimes: d.rows(trees),
            record,
            observed: d.rows(trees),
            story: d.root(trees),
        }
    }
    pub fn locomotives(&self) -> impl Iterator<Item = &LocomotiveRow> {
        self.stock.iter().flat_map(|f| &f.locomotive)
    }
    pub fn wagons(&self) -> impl Iterator<Item = &WagonRow> {
        self.stock.iter().flat_map(|f| &f.wagon)
    }
    pub fn services(&self) -> impl Iterator<Item = &ServiceRow> {
        self.services.iter().flat_map(|f| &f.service)
    }
    pub fn routes(&self) -> impl Iterator<Item = &RouteRow> {
        self.routes.iter().flat_map(|f| &f.route)
    }
    pub fn stations(&self) -> impl Iterator<Item = &StationRow> {
        self.border.iter().flat_map(|f| &f.station)
    }
    pub fn goods(&self) -> impl Iterator<Item = &GoodRow> {
        self.trade.iter().flat_map(|f| &f.good)
    }
}

/// Reads a folder's files into a corridor. Overrides (`service.bridge.max_wagons`, `20`) replace values before they
/// are decoded; their problems are told under the file name `--set`.
pub fn load(folder: &Folder, overrides: &[(String, String)]) -> Loaded {
    let mut sink = Sink::default();
    unknown_files(&mut sink, folder);
    trade_whole(&mut sink, folder);
    let (mut trees, mut missing_columns) = (Vec::new(), BTreeMap::new());
    for &spec in FILES.iter().filter(|spec| spec.name != REPORTS.name) {
        if let Some(mut tree) = tree_of(&mut sink, folder, spec, &mut missing_columns) {
            order::by_name(spec.format, spec.root, &mut tree);
            trees.push((spec, tree));
        }
    }
    let set_file = overrides::apply(&mut sink, &mut trees, overrides);
    let mut names = Names::default();
    for &spec in FILES {
        let tree = trees.iter().find(|(s, _)| s.name == spec.name).map(|(_, tree)| tree);
        let there = folder.files.contains_key(spec.name) || folder.refused.contains_key(spec.name);
        // An optional file that is not there declares nothing.
        if there || spec.required {
            names.collect(spec, tree);
        }
    }
    let record = record(&mut sink, folder, &names);
    let mut decoder = Decoder {
        sink: &mut sink,
        names: &names,
        countries: None,
        inputs: Vec::new(),
        uncertain: Vec::new(),
        set_file,
        unstated: BTreeMap::new(),
        places: BTreeMap::new(),
        missing_columns,
        missing_here: Vec::new(),
    };
    let files = Files::decode(&mut decoder, &trees, record);
    let (mut inputs, mut uncertain) = (std::mem::take(&mut decoder.inputs), std::mem::take(&mut decoder.uncertain));
    inputs.sort_by(|a, b| a.0.cmp(&b.0));
    uncertain.sort_by(|a, b| a.path.cmp(&b.path));
    let inputs = (inputs, uncertain);
    let unstated = std::mem::take(&mut decoder.unstated);
    let at = std::mem::take(&mut decoder.places);
    for (n, at) in unstated.into_values() {
        let (verb, plural) = if n == 1 { ("has", "") } else { ("have", "s") };
        let help = "add `source = \"...\"` or `assumed = \"why\"` beside them".to_owned();
        let message = format!("{n} number{plural} of this file {verb} neither source nor assumed; the first is here");
        sink.warn("Y0901", at, message, Some(help));
    }
    let whole = !sink.failed();
    let corridor = assemble::corridor(&mut sink, &files, inputs);
    if whole && let Some(c) = &corridor {
        check::all(&mut sink, &files, c);
    }
    let corridor = if sink.failed() { None } else { corridor };
    let (sources, diagnostics) = sink.finish();
    Loaded { corridor, diagnostics, places: Places { sources: Arc::new(sources), at: Arc::new(at) } }
}

fn unknown_files(sink: &mut Sink, folder: &Folder) {
    for name in folder.files.keys() {
        if !FILES.iter().any(|f| f.name == name) && !reports::NAMES.iter().any(|(n, _)| n == name) {
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

/// The reports of a folder; their crossings are looked at where all crossings are known.
fn record(sink: &mut Sink, folder: &Folder, names: &Names) -> Record {
    let there = |name: &str| folder.files.contains_key(name) || folder.refused.contains_key(name);
    let [csv, lines] = reports::NAMES;
    if there(csv.0) && there(lines.0) {
        let help = "keep one: `yalu reports import DIR FILE` takes the reports of the other into it".to_owned();
        let message = format!("{} stands beside {}", lines.0, csv.0);
        sink.file("Y0112", Severity::Error, lines.0, message, Some(help));
    }
    let (name, format) = if there(csv.0) { csv } else { lines };
    let known = names.of(What::Crossing).filter(|k| !k.incomplete);
    let context = Context { crossings: known.map_or_else(Vec::new, |k| k.names.clone()), today: None };
    match bytes_of(sink, folder, name) {
        Some(bytes) => reports::read_into(sink, name, bytes, format, &context),
        None => Record::empty(format),
    }
}

/// The bytes of a file; none where it is not there or is refused, which is told.
fn bytes_of<'a>(sink: &mut Sink, folder: &'a Folder, name: &str) -> Option<&'a [u8]> {
    if let Some(why) = folder.refused.get(name) {
        let (code, help) = match why {
            Refused::TooLarge => ("Y0109", "no file of a scenario needs as much"),
            Refused::NotAFile => ("Y0111", "put a file in its place"),
        };
        sink.file(code, Severity::Error, name, format!("the file {why}"), Some(help.to_owned()));
    }
    folder.files.get(name).map(Vec::as_slice)
}

fn tree_of(
    sink: &mut Sink,
    folder: &Folder,
    spec: &'static FileSpec,
    missing_columns: &mut BTreeMap<&'static str, Vec<&'static str>>,
) -> Option<Table> {
    let name = spec.name;
    let Some(bytes) = bytes_of(sink, folder, name) else {
        if spec.required && !folder.refused.contains_key(name) {
            sink.file("Y0101", Severity::Error, name, "the file is missing", Some(spec.doc.to_owned()));
        }
        return None;
    };
    match spec.format {
        Format::Toml => {
            let file = sheet::text(sink, name, bytes)?;
            if sink.text_of(file).text.trim().is_empty() {
                let help = format!("it holds: {}", spec.doc);
                sink.file("Y0105", Severity::Error, name, "the file is empty", Some(help));
                return None;
            }
            parse::toml_tree(sink, file)
        }
        Format::Csv => {
            let sheet = Sheet::read(sink, name, bytes, spec.doc)?;
            let (tree, missing) = parse::csv_tree(sink, &sheet, spec);
            missing_columns.insert(name, missing);
            Some(tree)
        }
    }
}
