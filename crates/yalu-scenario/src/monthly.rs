//! Reported values by month from any CSV file: unit and direction are declared, by the caller or by the column's name,
//! and never guessed.
//!
//! A name declares both where it ends in a unit (`_usd`, `_kusd`, `_musd`, `_t`, `_kt`) and says the direction:
//! `exports`, `imports` or `total`, with or without the country they are told by (`cn_exports_musd`), or two countries
//! (`cn_kp_musd`).

use crate::diagnostic::{Diagnostic, Sink, nearest};
use crate::sheet::{Cell, Sheet, SheetRow};
use crate::value;
use std::collections::BTreeMap;
use yalu_model::Direction;

/// What a column counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// US dollars.
    Usd,
    /// Thousand US dollars.
    KUsd,
    /// Million US dollars.
    MUsd,
    /// Tonnes.
    Tonne,
    /// Thousand tonnes.
    KTonne,
}

impl Unit {
    /// All units, with their names.
    pub const ALL: [(Unit, &'static str); 5] =
        [(Unit::Usd, "USD"), (Unit::KUsd, "kUSD"), (Unit::MUsd, "MUSD"), (Unit::Tonne, "t"), (Unit::KTonne, "kt")];
    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(u, _)| *u == self).map_or("", |(_, n)| n)
    }
    /// US dollars of one, or tonnes of one.
    pub fn size(self) -> f64 {
        match self {
            Unit::Usd | Unit::Tonne => 1.0,
            Unit::KUsd | Unit::KTonne => 1e3,
            Unit::MUsd => 1e6,
        }
    }
    /// Whether it counts value, not mass.
    pub fn is_value(self) -> bool {
        matches!(self, Unit::Usd | Unit::KUsd | Unit::MUsd)
    }
    fn of(name: &str) -> Option<Unit> {
        Self::ALL.iter().find(|(_, n)| n.eq_ignore_ascii_case(name)).map(|(u, _)| *u)
    }
}

/// What the caller declares of a file.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// Column of the values; without it every column whose name declares unit and direction.
    pub value: Option<String>,
    /// Unit of that column.
    pub unit: Option<String>,
    /// Direction of that column: `CN-KP`, `KP-CN` or `both`.
    pub direction: Option<String>,
    /// Column, in the same unit, of what no vehicle carries and the values hold.
    pub taken_out: Option<String>,
}

/// A value of a month.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MonthValue {
    /// Year and month.
    pub month: (i16, i8),
    /// As written.
    pub value: f64,
    /// What of it no vehicle carries, if the file says so.
    pub taken_out: Option<f64>,
}

/// A column of values.
#[derive(Clone, PartialEq, Debug)]
pub struct MonthSeries {
    /// Its name.
    pub column: String,
    /// Its unit.
    pub unit: Unit,
    /// Its direction; none where both are in it.
    pub direction: Option<Direction>,
    /// Values in order of months; months without one are left out.
    pub months: Vec<MonthValue>,
}

/// Columns of a file as read, with the problems found; no columns where one of them is an error.
pub fn read_monthly(
    file: &str,
    bytes: &[u8],
    countries: &[String; 2],
    declared: &Declared,
) -> (Vec<MonthSeries>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let series = Reader { sink: &mut sink, countries, declared }.read(file, bytes);
    let failed = sink.failed();
    (series.filter(|_| !failed).unwrap_or_default(), sink.finish().1)
}

struct Reader<'a> {
    sink: &'a mut Sink,
    countries: &'a [String; 2],
    declared: &'a Declared,
}

impl Reader<'_> {
    fn read(&mut self, file: &str, bytes: &[u8]) -> Option<Vec<MonthSeries>> {
        let sheet = Sheet::read(self.sink, file, bytes, "months with their values")?;
        let header = &sheet.header;
        if let Some(c) = sheet.twice().next() {
            self.sink.error("Y0203", c.at, format!("the column `{}` is there twice", c.text), None);
            return None;
        }
        let names: Vec<&str> = header.cells.iter().map(|c| c.text.as_str()).collect();
        let Some(month) = sheet.column("month") else {
            let help = "name it `month`, with months as 2022-09".to_owned();
            self.sink.error("Y1301", header.cells[0].at, "there is no column of months", Some(help));
            return None;
        };
        let columns = self.columns(header, &names)?;
        let taken_out = match &self.declared.taken_out {
            Some(name) => Some(self.column(header, &names, name)?),
            None => None,
        };
        let mut out: Vec<MonthSeries> = columns
            .iter()
            .map(|&(i, unit, direction)| MonthSeries {
                column: names[i].to_owned(),
                unit,
                direction,
                months: Vec::new(),
            })
            .collect();
        let mut seen: BTreeMap<(i16, i8), usize> = BTreeMap::new();
        for row in sheet.rows.iter().filter(|r| r.sound) {
            let cell = &row.cells[month];
            let Some(m) = value::month(&cell.text) else {
                let message = format!("`{}` is no month", cell.text);
                self.sink.error("Y0306", cell.at, message, Some("months are YYYY-MM".into()));
                continue;
            };
            let line = self.sink.text_of(cell.at.file).line(cell.at.start);
            if let Some(first) = seen.get(&m) {
                let message = format!("the month {} is there twice", cell.text);
                let help = format!("it stands on line {first} already; keep one of the two");
                self.sink.error("Y1303", cell.at, message, Some(help));
                continue;
            }
            seen.insert(m, line);
            let without = taken_out.and_then(|i| self.number(&row.cells[i]));
            for (series, (i, ..)) in out.iter_mut().zip(&columns) {
                if let Some(value) = self.number(&row.cells[*i]) {
                    series.months.push(MonthValue { month: m, value, taken_out: without });
                }
            }
        }
        for s in &mut out {
            s.months.sort_by_key(|m| m.month);
        }
        if self.declared.value.is_none() {
            out.retain(|s| !s.months.is_empty());
        }
        if out.iter().all(|s| s.months.is_empty()) && !self.sink.failed() {
            self.sink.file("Y1306", crate::Severity::Error, file, "no month has a value", None);
        }
        Some(out)
    }

    /// The columns of values with their units and directions.
    fn columns(&mut self, header: &SheetRow, names: &[&str]) -> Option<Vec<(usize, Unit, Option<Direction>)>> {
        let Some(name) = &self.declared.value else {
            let named: Vec<_> = names
                .iter()
                .enumerate()
                .filter_map(|(i, n)| Some((i, unit_in(n)?, direction_in(n, self.countries)?)))
                .collect();
            if named.is_empty() {
                let message = "no column says by its name what it holds".to_string();
                let at = header.at;
                self.sink.error("Y1306", at, message, Some(self.how()));
                return None;
            }
            return Some(named);
        };
        let i = self.column(header, names, name)?;
        let unit = match &self.declared.unit {
            Some(u) => Unit::of(u).ok_or_else(|| {
                let message = format!("the unit `{u}` is not known");
                let all: Vec<&str> = Unit::ALL.iter().map(|(_, n)| *n).collect();
                (
                    message,
                    format!("take one of {}; other money is converted before, at a rate you name", all.join(", ")),
                )
            }),
            None => unit_in(name).ok_or_else(|| {
                (
                    format!("the unit of `{name}` is not declared"),
                    "name it: --unit MUSD, or end the name in _musd".into(),
                )
            }),
        };
        let direction = match &self.declared.direction {
            Some(d) => direction_of(d, self.countries).ok_or_else(|| {
                let [a, b] = self.countries;
                (format!("the direction `{d}` is not known"), format!("take one of {a}-{b}, {b}-{a}, both"))
            }),
            None => direction_in(name, self.countries).ok_or_else(|| {
                let [a, b] = self.countries;
                (format!("the direction of `{name}` is not declared"), format!("name it: --direction {a}-{b}"))
            }),
        };
        if let Err((message, help)) = &unit {
            self.sink.error("Y1302", header.cells[i].at, message.clone(), Some(help.clone()));
        }
        if let Err((message, help)) = &direction {
            self.sink.error("Y1305", header.cells[i].at, message.clone(), Some(help.clone()));
        }
        Some(vec![(i, unit.ok()?, direction.ok()?)])
    }

    fn how(&self) -> String {
        let [a, b] = self.countries;
        format!("declare it: --value COLUMN --unit MUSD --direction {a}-{b}, or name the column exports_musd")
    }

    fn column(&mut self, header: &SheetRow, names: &[&str], name: &str) -> Option<usize> {
        let found = names.iter().position(|n| *n == name);
        if found.is_none() {
            let help = match nearest(name, names.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("there are {}", names.join(", ")),
            };
            let at = header.at;
            self.sink.error("Y1301", at, format!("there is no column `{name}`"), Some(help));
        }
        found
    }

    fn number(&mut self, cell: &Cell) -> Option<f64> {
        let s = cell.text.as_str();
        if s.is_empty() {
            return None;
        }
        let (code, message, help) = match value::number(s) {
            Ok(v) if v >= 0.0 => return Some(v),
            Ok(_) => ("Y0304", format!("`{s}` is no value of trade"), "values are 0 or more"),
            Err(value::NumberError::Comma) => ("Y1304", format!("`{s}` has a comma"), value::COMMA_HELP),
            Err(_) => ("Y0302", format!("`{s}` is not a number"), "leave the cell empty where there is no value"),
        };
        self.sink.error(code, cell.at, message, Some(help.into()));
        None
    }
}

/// The unit that a column's name ends in.
fn unit_in(name: &str) -> Option<Unit> {
    Unit::of(name.rsplit_once('_')?.1)
}

/// The direction that a column's name tells: `exports`, `cn_imports`, `total`, `cn_kp`. Some of none is both.
#[expect(clippy::option_option, reason = "none: not told; some of none: both directions together")]
fn direction_in(name: &str, countries: &[String; 2]) -> Option<Option<Direction>> {
    let (stem, _) = name.rsplit_once('_')?;
    let parts: Vec<&str> = stem.split('_').collect();
    let country = |s: &str| countries.iter().position(|c| c.eq_ignore_ascii_case(s));
    let by = |first: bool| Some(if first { Direction::Forward } else { Direction::Back });
    match parts.as_slice() {
        ["total"] => Some(None),
        ["exports"] => Some(by(true)),
        ["imports"] => Some(by(false)),
        [c, "exports"] => Some(by(country(c)? == 0)),
        [c, "imports"] => Some(by(country(c)? == 1)),
        [a, b] => match (country(a)?, country(b)?) {
            (0, 1) => Some(by(true)),
            (1, 0) => Some(by(false)),
            _ => None,
        },
        _ => None,
    }
}

/// A direction as declared.
#[expect(clippy::option_option, reason = "none: not known; some of none: both directions together")]
fn direction_of(word: &str, countries: &[String; 2]) -> Option<Option<Direction>> {
    let [a, b] = countries;
    if word == "both" {
        Some(None)
    } else if word.eq_ignore_ascii_case(&format!("{a}-{b}")) {
        Some(Some(Direction::Forward))
    } else if word.eq_ignore_ascii_case(&format!("{b}-{a}")) {
        Some(Some(Direction::Back))
    } else {
        None
    }
}
