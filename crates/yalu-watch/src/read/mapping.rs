//! Which column of a table is what: presets, a mapping file of a few lines, and its draft from a header.

use super::Measure;
use crate::period::{DateOrder, Written};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use yalu_scenario::{Diagnostic, Severity};

/// Which column is what, as a mapping file writes it.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The crossing's name, or its code where it has no name.
    pub crossing: String,
    /// Its code, by which it is known where names change.
    pub code: Option<String>,
    /// The period, in one column or in parts.
    pub period: Columns,
    /// The measure's name; without it each measure has a column of its own.
    pub measure: Option<String>,
    /// The count; with `measure`.
    pub value: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
    /// Degrees east.
    pub longitude: Option<String>,
    /// Chapter of the Harmonized System, of values.
    pub chapter: Option<String>,
    /// Direction of trade, of values.
    pub direction: Option<String>,
    /// `day first` or `month first`, where dates can be read both ways.
    pub dates: Option<Dates>,
    /// The mark before decimals.
    #[serde(default = "point")]
    pub decimal: char,
    /// Only rows where these columns have these values.
    #[serde(default)]
    pub only: BTreeMap<String, String>,
    /// Names in the table, and what they are.
    pub measures: BTreeMap<String, Measure>,
}

fn point() -> char {
    '.'
}

/// One column, or several whose cells are read together.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(untagged)]
pub enum Columns {
    /// One.
    One(String),
    /// Year, month, day.
    Parts(Vec<String>),
}

impl Columns {
    /// Their names.
    pub fn names(&self) -> &[String] {
        match self {
            Columns::One(c) => std::slice::from_ref(c),
            Columns::Parts(all) => all,
        }
    }
}

/// The order of day and month.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
pub enum Dates {
    /// `31/12/2024`.
    #[serde(rename = "day first")]
    DayFirst,
    /// `12/31/2024`.
    #[serde(rename = "month first")]
    MonthFirst,
}

impl From<Dates> for DateOrder {
    fn from(d: Dates) -> Self {
        match d {
            Dates::DayFirst => DateOrder::DayFirst,
            Dates::MonthFirst => DateOrder::MonthFirst,
        }
    }
}

/// A published table whose columns are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Preset {
    /// Border Crossing Entry Data of the Bureau of Transportation Statistics.
    Bts,
    /// `TransBorder` Freight Data, table by port and commodity.
    Transborder,
}

const BTS: &str = r#"
crossing = "Port Name"
code = "Port Code"
period = "Date"
measure = "Measure"
value = "Value"
latitude = "Latitude"
longitude = "Longitude"

[measures]
"Trains" = "trains"
"Rail Containers Loaded" = "loaded"
"Rail Containers Full" = "loaded"
"Rail Containers Empty" = "empty"
"Trucks" = "trucks"
"Truck Containers Loaded" = "trucks loaded"
"Truck Containers Full" = "trucks loaded"
"Truck Containers Empty" = "trucks empty"
"#;

const TRANSBORDER: &str = r#"
crossing = "DEPE"
period = ["YEAR", "MONTH"]
chapter = "COMMODITY2"
direction = "TRDTYPE"
only = { DISAGMOT = "6" }

[measures]
VALUE = "USD"
"#;

impl Preset {
    /// All of them.
    pub const ALL: [Preset; 2] = [Preset::Bts, Preset::Transborder];
    /// Its mapping.
    pub fn mapping(self) -> Mapping {
        let text = match self {
            Preset::Bts => BTS,
            Preset::Transborder => TRANSBORDER,
        };
        toml::from_str(text).expect("the presets are mappings")
    }
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Preset::Bts => "bts",
            Preset::Transborder => "transborder",
        }
    }
    /// The one whose columns a header has.
    pub fn of_header(header: &[String]) -> Option<Preset> {
        Self::ALL.into_iter().find(|p| p.mapping().missing(header).is_empty())
    }
}

impl Mapping {
    /// Reads a mapping file.
    pub fn read(file: &str, text: &str) -> Result<Mapping, Box<Diagnostic>> {
        let found = |line: usize, column: usize, message: String, help: &str| {
            let d = Diagnostic::whole(file, "Y1501", Severity::Error, message, Some(help.to_owned()));
            let written = text.lines().nth(line.saturating_sub(1)).unwrap_or("");
            Box::new(super::at_line(d, line, (column, 1), written))
        };
        let m: Mapping = toml::from_str(text).map_err(|e| {
            let at = text.floor_char_boundary(e.span().map_or(0, |s| s.start));
            let line = text[..at].matches('\n').count() + 1;
            let column = text[..at].chars().rev().take_while(|c| *c != '\n').count() + 1;
            found(
                line,
                column,
                e.message().to_owned(),
                "`yalu watch --map-help FILE` drafts a mapping file from the table",
            )
        })?;
        if m.measure.is_some() != m.value.is_some() {
            return Err(found(
                1,
                1,
                "`measure` and `value` go together".into(),
                "leave both out where each measure has a column of its own",
            ));
        }
        if m.measures.is_empty() {
            return Err(found(
                1,
                1,
                "`[measures]` names no measure".into(),
                "write `\"name in the table\" = \"trains\"` under it",
            ));
        }
        Ok(m)
    }

    /// Columns it asks for that a header does not have.
    pub fn missing(&self, header: &[String]) -> Vec<String> {
        let asked = std::iter::once(&self.crossing)
            .chain(self.period.names())
            .chain([&self.code, &self.measure, &self.value, &self.latitude, &self.longitude].into_iter().flatten())
            .chain([&self.chapter, &self.direction].into_iter().flatten())
            .chain(self.only.keys())
            .chain(self.measures.keys().filter(|_| self.measure.is_none()));
        asked.filter(|c| !header.contains(c)).cloned().collect()
    }
}

/// What a column of unknown name seems to hold, from its name and a few of its cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    Period,
    Number,
    Word,
}

/// A mapping file drafted from a header and the first rows; what is guessed is marked, for people to settle.
pub fn draft(header: &[String], rows: &[Vec<String>]) -> String {
    if let Some(p) = Preset::of_header(header) {
        return format!("# These are the columns of the preset `{}`: no mapping file is needed.\n", p.word());
    }
    let looks: Vec<Looks> = (0..header.len())
        .map(|i| {
            let cells = || rows.iter().filter_map(|r| r.get(i)).map(|c| c.trim()).filter(|c| !c.is_empty());
            let all = |f: &dyn Fn(&str) -> bool| cells().next().is_some() && cells().all(f);
            let named =
                ["date", "month", "period", "week", "day", "time"].iter().any(|w| lower(&header[i]).contains(w));
            if all(&|c| Written::parse(c).is_some()) && (named || !all(&|c| c.parse::<f64>().is_ok())) {
                Looks::Period
            } else if all(&|c| super::number::number(c, '.').is_ok()) {
                Looks::Number
            } else {
                Looks::Word
            }
        })
        .collect();
    let pick = |kind: Looks, words: &[&str]| {
        let of_kind = || (0..header.len()).filter(|i| looks[*i] == kind);
        of_kind().find(|i| words.iter().any(|w| lower(&header[*i]).contains(w))).or_else(|| of_kind().next())
    };
    let named = |words: &[&str]| (0..header.len()).find(|i| words.iter().any(|w| lower(&header[*i]).contains(w)));
    let crossing = pick(Looks::Word, &["crossing", "port", "border", "station", "point", "name"]);
    let distinct = |i: usize| {
        let mut all: Vec<&str> = rows.iter().filter_map(|r| r.get(i)).map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let measure = (0..header.len())
        .filter(|i| looks[*i] == Looks::Word && Some(*i) != crossing)
        .find(|i| distinct(*i).iter().any(|v| guess(v).is_some()) || lower(&header[*i]).contains("measure"));
    let mut out = String::from("# Which column is what. Lines with `?` are guesses: settle them.\n");
    let mut line = |key: &str, column: Option<usize>, due: bool| match column {
        Some(i) => {
            let _ = writeln!(out, "{key} = {}", quoted(&header[i]));
        }
        None if due => {
            let _ = writeln!(out, "{key} = \"?\"  # ? name the column");
        }
        None => {}
    };
    line("crossing", crossing, true);
    line("code", named(&["code"]), false);
    line("period", pick(Looks::Period, &["date", "month", "period"]), true);
    line("latitude", named(&["latitude"]).or_else(|| header.iter().position(|h| lower(h) == "lat")), false);
    line("longitude", named(&["longitude"]).or_else(|| header.iter().position(|h| lower(h) == "lon")), false);
    if let Some(m) = measure {
        line("measure", Some(m), true);
        line("value", pick(Looks::Number, &["value", "count", "number", "total"]), true);
    }
    out.push_str("\n# What each is: ");
    out.push_str(&Measure::ALL.map(Measure::word).join(", "));
    out.push_str("\n[measures]\n");
    let names: Vec<&str> = match measure {
        Some(m) => distinct(m),
        None => (0..header.len()).filter(|i| looks[*i] == Looks::Number).map(|i| header[i].as_str()).collect(),
    };
    for name in names {
        let _ = match guess(name) {
            Some(m) => writeln!(out, "{} = \"{}\"  # ?", quoted(name), m.word()),
            None => writeln!(out, "# {} = \"?\"  # left out", quoted(name)),
        };
    }
    out
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// What a measure's name seems to mean.
fn guess(name: &str) -> Option<Measure> {
    let n = lower(name);
    let has = |words: &[&str]| words.iter().any(|w| n.contains(w));
    let (full, empty) = (has(&["loaded", "full", "laden"]), has(&["empty", "empties"]));
    Some(if has(&["passenger", "person", "bus", "pedestrian", "lat", "lon"]) {
        return None;
    } else if has(&["truck", "lorr", "road"]) {
        match (full, empty) {
            (true, _) => Measure::TrucksLoaded,
            (_, true) => Measure::TrucksEmpty,
            _ => Measure::Trucks,
        }
    } else if full {
        Measure::Loaded
    } else if empty {
        Measure::Empty
    } else if has(&["train"]) {
        Measure::Trains
    } else if has(&["wagon", "railcar", "rail car", "container", "teu", "boxes"]) {
        Measure::Wagons
    } else if has(&["usd", "value"]) {
        Measure::Usd
    } else {
        return None;
    })
}
