//! The rows of one file, checked.

use super::number::{NumberError, number};
use super::{Mapping, Measure, TableText};
use crate::period::{PeriodError, Step, Written, resolve};
use std::collections::{BTreeMap, BTreeSet};
use yalu_scenario::{Diagnostic, Severity, nearest};

/// Problems of one code that are listed one by one; the others are counted.
const LISTED: usize = 20;

/// A crossing as a file names it.
#[derive(Clone, PartialEq, Debug)]
pub struct CountedCrossing {
    /// By which it is known in all files: its code without leading zeros, or its name.
    pub key: String,
    /// Its latest name.
    pub name: String,
    /// Where it lies, if the file says so.
    pub place: Option<Place>,
}

/// Where a crossing lies.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Place {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A count of a file.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CountCell {
    /// Index in [`Release::crossings`].
    pub crossing: u32,
    /// What is counted.
    pub measure: Measure,
    /// Number of the period.
    pub period: i32,
    /// The count; not a number where the row says that it is not known.
    pub value: f64,
    line: u32,
}

/// The value of a chapter in a period, summed over rows.
#[derive(Clone, PartialEq, Debug)]
pub struct ValueRow {
    /// Index in [`Release::crossings`].
    pub crossing: u32,
    /// Number of the period.
    pub period: i32,
    /// Direction as the file writes it.
    pub direction: String,
    /// Chapter of the Harmonized System.
    pub chapter: String,
    /// US dollars.
    pub usd: f64,
}

/// A measure's name that the mapping does not list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherMeasure {
    /// Its name in the file.
    pub name: String,
    /// Its rows.
    pub rows: usize,
}

/// What one file says.
#[derive(Clone, PartialEq, Debug)]
pub struct Release {
    /// Its name.
    pub file: String,
    /// Rows read.
    pub rows: usize,
    /// How long its periods are.
    pub step: Step,
    /// Crossings, in order of their keys.
    pub crossings: Vec<CountedCrossing>,
    /// Counts, in order of crossing, measure and period.
    pub cells: Vec<CountCell>,
    /// Values by chapter, in order of crossing, direction, chapter and period.
    pub values: Vec<ValueRow>,
    /// Measures that the mapping does not list.
    pub other_measures: Vec<OtherMeasure>,
    /// Names of the file for each measure, with the first and the last period they stand at.
    pub names: Vec<(Measure, String, i32, i32)>,
}

impl Release {
    /// The last period that has a row.
    pub fn last(&self) -> Option<i32> {
        self.cells.iter().map(|c| c.period).chain(self.values.iter().map(|v| v.period)).max()
    }
}

/// A file's name, text and what the columns are.
pub struct Table<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// Its text.
    pub text: &'a TableText,
    /// Which column is what.
    pub mapping: &'a Mapping,
}

/// Header and so many first rows of a table.
pub fn head(text: &TableText, rows: usize) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = reader(text);
    let mut all = reader.records().map_while(Result::ok).map(|r| r.iter().map(|c| c.trim().to_owned()).collect());
    (all.next().unwrap_or_default(), all.take(rows).collect())
}

fn reader(text: &TableText) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(text.separator)
        .from_reader(text.text.as_bytes())
}

/// Texts and their numbers, in order of appearance.
#[derive(Default)]
struct Names {
    numbers: BTreeMap<Vec<u8>, u32>,
    last: Option<(Vec<u8>, u32)>,
}

impl Names {
    fn number(&mut self, name: &[u8]) -> u32 {
        if let Some((last, n)) = &self.last
            && last == name
        {
            return *n;
        }
        let next = self.numbers.len() as u32;
        let n = match self.numbers.get(name) {
            Some(n) => *n,
            None => *self.numbers.entry(name.to_vec()).or_insert(next),
        };
        self.last = Some((name.to_vec(), n));
        n
    }
    fn texts(&self) -> Vec<String> {
        let mut out = vec![String::new(); self.numbers.len()];
        for (name, n) in &self.numbers {
            String::from_utf8_lossy(name).trim().clone_into(&mut out[*n as usize]);
        }
        out
    }
}

/// Problems of a file, each at its place, no more than can be read.
struct Found<'a> {
    table: &'a Table<'a>,
    list: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, usize>,
}

/// Where in the file: the record's first byte, its line and the cell.
#[derive(Clone, Copy)]
struct At {
    byte: usize,
    line: usize,
    cell: usize,
}

impl Found<'_> {
    fn add(&mut self, code: &'static str, severity: Severity, at: Option<At>, message: String, help: &str) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count > LISTED {
            return;
        }
        let text = &self.table.text.text;
        let mut d = Diagnostic::whole(self.table.file, code, severity, message, Some(help.to_owned()));
        if let Some(at) = at {
            let line = text.get(at.byte..).unwrap_or("").trim_start_matches(['\n', '\r']).lines().next().unwrap_or("");
            let (start, end) = cell_span(line, at.cell, char::from(self.table.text.separator));
            let (column, length) = (line[..start].chars().count() + 1, line[start..end].chars().count().max(1));
            d = super::at_line(d, at.line, (column, length), line);
        }
        self.list.push(d);
    }
    fn error(&mut self, code: &'static str, at: Option<At>, message: String, help: &str) {
        self.add(code, Severity::Error, at, message, help);
    }
    fn finish(mut self) -> Vec<Diagnostic> {
        for (code, n) in std::mem::take(&mut self.counts) {
            if n > LISTED {
                let severity = self.list.iter().find(|d| d.code == code).map_or(Severity::Error, |d| d.severity);
                self.counts.insert(code, 0);
                self.add(
                    code,
                    severity,
                    None,
                    format!("{} more problems of this kind", n - LISTED),
                    "mend the first and look again",
                );
            }
        }
        self.list
    }
}

/// Bytes of the n-th cell of a line.
fn cell_span(line: &str, n: usize, separator: char) -> (usize, usize) {
    let (mut start, mut cell, mut quoted) = (0, 0, false);
    for (i, c) in line.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if c == separator && !quoted {
            if cell == n {
                return (start, i);
            }
            cell += 1;
            start = i + c.len_utf8();
        }
    }
    if cell == n { (start, line.len()) } else { (0, line.len()) }
}

/// Columns by their number.
struct Plan {
    crossing: usize,
    code: Option<usize>,
    period: Vec<usize>,
    measure: Option<(usize, usize)>,
    wide: Vec<(Measure, usize)>,
    place: Option<(usize, usize)>,
    chapter: Option<usize>,
    direction: Option<usize>,
    only: Vec<(usize, String)>,
}

impl Plan {
    fn new(m: &Mapping, header: &[String]) -> Option<Plan> {
        let at = |c: &String| header.iter().position(|h| h == c);
        let opt = |c: &Option<String>| c.as_ref().and_then(at);
        Some(Plan {
            crossing: at(&m.crossing)?,
            code: opt(&m.code),
            period: m.period.names().iter().map(at).collect::<Option<_>>()?,
            measure: opt(&m.measure).zip(opt(&m.value)),
            wide: m.measures.iter().filter_map(|(c, k)| Some((*k, at(c)?))).filter(|_| m.measure.is_none()).collect(),
            place: opt(&m.latitude).zip(opt(&m.longitude)),
            chapter: opt(&m.chapter),
            direction: opt(&m.direction),
            only: m.only.iter().filter_map(|(c, v)| Some((at(c)?, v.clone()))).collect(),
        })
    }
}

/// A row before its period is understood.
struct Raw {
    at: u32,
    line: u32,
    place: u32,
    period: u32,
    measure: Measure,
    value: f64,
    direction: u32,
    chapter: u32,
}

/// Reads a table; no release where something in it is an error.
pub fn read(table: &Table) -> (Option<Release>, Vec<Diagnostic>) {
    let mut found = Found { table, list: Vec::new(), counts: BTreeMap::new() };
    let release = rows(table, &mut found);
    let list = found.finish();
    let failed = list.iter().any(|d| d.severity == Severity::Error);
    (release.filter(|_| !failed), list)
}

fn rows(table: &Table, found: &mut Found) -> Option<Release> {
    let m = table.mapping;
    let mut reader = reader(table.text);
    let mut record = csv::ByteRecord::new();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if !reader.read_byte_record(&mut record).unwrap_or(false) {
        found.error("Y1503", None, "the file has no header".into(), "the first line names the columns");
        return None;
    }
    let header: Vec<String> = record.iter().map(text).collect();
    let first = Some(At { byte: 0, line: 1, cell: usize::MAX });
    for (i, h) in header.iter().enumerate() {
        if !h.is_empty() && header[..i].contains(h) {
            found.error(
                "Y1502",
                first.map(|a| At { cell: i, ..a }),
                format!("the column `{h}` is there twice"),
                "drop one",
            );
        }
    }
    for missing in m.missing(&header) {
        let near = nearest(&missing, header.iter().map(String::as_str)).map(|n| format!("did you mean `{n}`? "));
        let help = format!("{}`yalu watch --map-help FILE` drafts a mapping file", near.unwrap_or_default());
        found.error("Y1502", first, format!("there is no column `{missing}`"), &help);
    }
    if !found.list.is_empty() {
        return None;
    }
    let plan = Plan::new(m, &header)?;
    let (mut places, mut periods, mut kinds) = (Names::default(), Names::default(), Names::default());
    let (mut chapters, mut directions) = (Names::default(), Names::default());
    let mut kind_of: Vec<Option<Measure>> = Vec::new();
    let mut kind_rows: Vec<usize> = Vec::new();
    let mut raw: Vec<Raw> = Vec::new();
    let mut spans: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut count = 0;
    let (mut key, mut when) = (Vec::new(), Vec::new());
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => {
                found.error("Y1503", None, format!("not CSV: {e}"), "save the table again as CSV");
                return None;
            }
        }
        if record.iter().all(|c| c.trim_ascii().is_empty()) {
            continue;
        }
        let (byte, line) = record.position().map_or((0, 0), |p| (p.byte() as usize, p.line() as usize));
        let at = |cell: usize| Some(At { byte, line, cell });
        count += 1;
        if record.len() != header.len() {
            let message = format!("{} cells, where the header has {}", record.len(), header.len());
            found.error("Y1508", at(usize::MAX), message, "quote texts that hold the separator");
            continue;
        }
        if plan.only.iter().any(|(c, v)| record[*c].trim_ascii() != v.as_bytes()) {
            continue;
        }
        let mut kind = 0;
        if let Some((c, _)) = plan.measure {
            kind = kinds.number(&record[c]) as usize;
            if kind == kind_of.len() {
                kind_of.push(m.measures.get(&text(&record[c])).copied());
                kind_rows.push(0);
            }
            kind_rows[kind] += 1;
            if kind_of[kind].is_none() {
                continue;
            }
        }
        key.clear();
        for c in [plan.code, Some(plan.crossing), plan.place.map(|p| p.0), plan.place.map(|p| p.1)] {
            key.extend(c.map_or(&b""[..], |c| &record[c]).trim_ascii());
            key.push(0);
        }
        if record[plan.crossing].trim_ascii().is_empty() {
            found.error("Y1505", at(plan.crossing), "a row without a crossing".into(), "name it, or take the row out");
            continue;
        }
        when.clear();
        for (i, c) in plan.period.iter().enumerate() {
            if i > 0 {
                when.push(b'-');
            }
            when.extend(record[*c].trim_ascii());
        }
        let (place, known) = (places.number(&key), periods.numbers.len());
        let period = periods.number(&when);
        if periods.numbers.len() > known && Written::parse(&text(&when)).is_none() {
            let message = format!("`{}` is no day, week or month", text(&when));
            found.error("Y1504", at(plan.period[0]), message, "2024-01, Jan 2024, 2024M01, 2024-W05, 2024-01-31");
        }
        let number_in = |c: Option<usize>, names: &mut Names| c.map_or(0, |c| names.number(record[c].trim_ascii()));
        let (chapter, direction) = (number_in(plan.chapter, &mut chapters), number_in(plan.direction, &mut directions));
        let long = plan.measure.and_then(|(_, v)| Some((kind_of[kind]?, v)));
        for (measure, c) in long.into_iter().chain(plan.wide.iter().copied()) {
            let cell = std::str::from_utf8(&record[c]).unwrap_or("?");
            let value = match number(cell, m.decimal) {
                Ok(super::number::Reading::Count(v)) => v,
                Ok(super::number::Reading::NotKnown) => f64::NAN,
                Err(e) => {
                    let (message, help) = match e {
                        NumberError::NotANumber => {
                            (format!("`{cell}` is no number"), "the count alone, or an empty cell")
                        }
                        NumberError::Negative => (format!("`{cell}` is below zero"), "a count cannot be"),
                        NumberError::Grouping => (
                            format!("`{cell}` can be read in two ways"),
                            "say `decimal = \",\"` in a mapping file, or write thousands in threes",
                        ),
                    };
                    found.error("Y1506", at(c), message, help);
                    continue;
                }
            };
            if plan.measure.is_some() {
                spans.insert((kind as u32, period));
            }
            raw.push(Raw { at: byte as u32, line: line as u32, place, period, measure, value, direction, chapter });
        }
    }
    let kinds = kinds.texts();
    let other: Vec<OtherMeasure> = (0..kinds.len())
        .filter(|k| kind_of[*k].is_none())
        .map(|k| OtherMeasure { name: kinds[k].clone(), rows: kind_rows[k] })
        .collect();
    if raw.is_empty() {
        let help =
            "the mapping's `[measures]` must name what the table counts; `yalu watch --map-help FILE` drafts one";
        found.error("Y1509", None, "no row counts anything that the mapping names".into(), help);
    }
    if found.list.iter().any(|d| d.severity == Severity::Error) {
        return None;
    }
    let written: Vec<Written> = periods.texts().iter().filter_map(|t| Written::parse(t)).collect();
    let (step, numbers) = match resolve(&written, m.dates.map(Into::into)) {
        Ok(all) => all,
        Err(e) => {
            let help = match e {
                PeriodError::EitherOrder | PeriodError::BothOrders => {
                    "say `dates = \"day first\"` or `\"month first\"` in a mapping file"
                }
                _ => "one length of period in a table",
            };
            found.error("Y1505", None, e.to_string(), help);
            return None;
        }
    };
    let (crossings, of_place) = crossings(&places.texts(), &raw, &numbers);
    let mut cells: Vec<(CountCell, u32)> = Vec::new();
    let mut sums: BTreeMap<(u32, u32, u32, i32), f64> = BTreeMap::new();
    for r in &raw {
        let (crossing, period) = (of_place[r.place as usize], numbers[r.period as usize]);
        if r.measure == Measure::Usd {
            let usd = if r.value.is_nan() { 0.0 } else { r.value };
            *sums.entry((crossing, r.direction, r.chapter, period)).or_default() += usd;
        } else {
            cells.push((CountCell { crossing, measure: r.measure, period, value: r.value, line: r.line }, r.at));
        }
    }
    cells.sort_by_key(|(c, _)| (c.crossing, c.measure, c.period, c.line));
    for pair in cells.windows(2) {
        let (a, b) = (&pair[0].0, &pair[1].0);
        if (a.crossing, a.measure, a.period) == (b.crossing, b.measure, b.period) {
            let at = Some(At { byte: pair[1].1 as usize, line: b.line as usize, cell: usize::MAX });
            let name = &crossings[b.crossing as usize].name;
            if a.value == b.value || a.value.is_nan() && b.value.is_nan() {
                found.add(
                    "Y1510",
                    Severity::Warning,
                    at,
                    format!("{name}: the row of line {} again", a.line),
                    "it counts once",
                );
            } else {
                let message = format!("{name}: {} here, {} on line {}", b.value, a.value, a.line);
                found.error(
                    "Y1507",
                    at,
                    message,
                    "keep the row that holds; a later release goes into a file of its own",
                );
            }
        }
    }
    let mut cells: Vec<CountCell> = cells.into_iter().map(|(c, _)| c).collect();
    cells.dedup_by_key(|c| (c.crossing, c.measure, c.period));
    let (chapters, directions) = (chapters.texts(), directions.texts());
    let word = |all: &[String], n: u32| all.get(n as usize).cloned().unwrap_or_default();
    let mut values: Vec<ValueRow> = sums
        .into_iter()
        .map(|((crossing, d, c, period), usd)| {
            let (direction, chapter) = (word(&directions, d), word(&chapters, c));
            ValueRow { crossing, period, direction, chapter, usd }
        })
        .collect();
    values.sort_by(|a, b| {
        (a.crossing, &a.direction, &a.chapter, a.period).cmp(&(b.crossing, &b.direction, &b.chapter, b.period))
    });
    let mut names: BTreeMap<(Measure, &String), (i32, i32)> = BTreeMap::new();
    for (kind, period) in &spans {
        let n = numbers[*period as usize];
        if let Some(k) = kind_of[*kind as usize] {
            let span = names.entry((k, &kinds[*kind as usize])).or_insert((n, n));
            *span = (span.0.min(n), span.1.max(n));
        }
    }
    let names = names.into_iter().map(|((k, name), (a, b))| (k, name.clone(), a, b)).collect();
    let file = table.file.to_owned();
    Some(Release { file, rows: count, step, crossings, cells, values, other_measures: other, names })
}

/// Crossings by their keys, and the crossing of each spelling of code, name and place.
fn crossings(places: &[String], raw: &[Raw], numbers: &[i32]) -> (Vec<CountedCrossing>, Vec<u32>) {
    let mut latest = vec![i32::MIN; places.len()];
    for r in raw {
        let l = &mut latest[r.place as usize];
        *l = (*l).max(numbers[r.period as usize]);
    }
    let mut by_key: BTreeMap<String, (i32, CountedCrossing)> = BTreeMap::new();
    let mut keys = Vec::new();
    for (p, latest) in places.iter().zip(latest) {
        let parts: Vec<&str> = p.split('\0').collect();
        let part = |i: usize| parts.get(i).copied().unwrap_or("");
        let code = if part(0).is_empty() { part(1) } else { part(0) };
        let bare = code.trim_start_matches('0');
        let key = if bare.is_empty() { code } else { bare }.to_owned();
        let place =
            part(2).parse().ok().zip(part(3).parse().ok()).map(|(latitude, longitude)| Place { latitude, longitude });
        let place = place.filter(|p: &Place| p.latitude.abs() <= 90.0 && p.longitude.abs() <= 180.0);
        let crossing = CountedCrossing { key: key.clone(), name: part(1).to_owned(), place };
        let entry = by_key.entry(key.clone()).or_insert_with(|| (latest, crossing.clone()));
        if (latest, &crossing.name) > (entry.0, &entry.1.name) {
            *entry = (latest, crossing);
        }
        keys.push(key);
    }
    let order: BTreeMap<&String, u32> = by_key.keys().zip(0..).collect();
    let of_place = keys.iter().map(|k| order[k]).collect();
    (by_key.values().map(|(_, c)| c.clone()).collect(), of_place)
}
