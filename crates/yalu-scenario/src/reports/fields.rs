//! Texts of fields into a report, or into all that is wrong with them.

use super::columns::{FIELDS, day_text, loose_day};
use super::read::Entry;
use crate::diagnostic::{Severity, Sink, nearest};
use crate::value::{COMMA_HELP, ID_HELP, NumberError, is_id, number, shown};
use yalu_calendar::CivilDay;
use yalu_model::{ALL_MODES, Claim, Mode, Precision, Report, Words};

/// Largest count of things that move in one report: no border sees more trains, cars or trucks than this.
const MOST_VEHICLES: f64 = 100_000.0;
/// Least count of anything that none of the record can mean.
const TOO_MANY: f64 = 1e9;
/// Beginnings of units of things that move.
const VEHICLES: [&str; 11] =
    ["train", "car", "freight car", "wagon", "truck", "bus", "ship", "vessel", "container", "flight", "locomotive"];

/// The texts of a report's fields before they are read.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Draft {
    values: [String; FIELDS.len()],
}

impl Draft {
    /// Sets a field; false where no field has the name.
    pub fn set(&mut self, field: &str, value: &str) -> bool {
        match FIELDS.iter().position(|f| f.name == field) {
            Some(i) => {
                value.trim().clone_into(&mut self.values[i]);
                true
            }
            None => false,
        }
    }
    /// The text of a field; empty where there is none.
    pub fn get(&self, field: &str) -> &str {
        FIELDS.iter().position(|f| f.name == field).map_or("", |i| &self.values[i])
    }
}

/// Something wrong with a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The field; `None` for the report as a whole.
    pub field: Option<&'static str>,
    /// Stable code (docs/diagnostics.md).
    pub code: &'static str,
    /// Whether the report can be used.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Fault {
    /// Tells it at its field.
    pub(super) fn tell(self, sink: &mut Sink, entry: &Entry) {
        sink.tell(self.code, self.severity, entry.at(self.field), self.message, self.help);
    }
    pub(super) fn error(
        field: &'static str,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) -> Fault {
        Fault { field: Some(field), code, severity: Severity::Error, message: message.into(), help: help.into() }
    }
    pub(super) fn warning(
        field: &'static str,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) -> Fault {
        Fault { severity: Severity::Warning, ..Fault::error(field, code, message, help) }
    }
}

/// The report of a draft, or all its faults.
pub fn report_of(draft: &Draft) -> Result<Report, Vec<Fault>> {
    let mut r = Reader { draft, faults: Vec::new() };
    let id = r.id();
    let reported = r.day("reported");
    let judged_on = r.day("judged_on").map(|d| d.1);
    let (start, end) = (r.day("event_start"), r.day("event_end"));
    let claim = r.claim();
    let (reported_prec, prec) = (r.precision("reported_prec"), r.precision("prec"));
    let (qty, qty_noise) = (r.number("qty"), r.number("qty_noise"));
    let derived = r.flag("derived");
    let admiralty = r.admiralty();
    r.mode();
    r.counts(qty, qty_noise);
    for field in ["crossing", "source"] {
        r.required(field);
    }
    if reported.is_none() {
        r.required("reported");
    }
    let text = |field| draft.get(field).to_owned();
    // A month given as `2022-01` is its first to its last day; what became known in it was known at its end.
    let event_start = start.map(|d| d.0);
    let event_end = end.map(|d| d.1).or(start.filter(|d| d.0 != d.1).map(|d| d.1));
    if let (Some(a), Some(z)) = (event_start, event_end)
        && z < a
    {
        let message = format!("the event ends on {}, before it begins on {}", day_text(z), day_text(a));
        r.faults.push(Fault::error("event_end", "Y1207", message, "correct one of the two days".to_owned()));
    }
    let loose = |day: Option<(CivilDay, CivilDay, Precision)>| day.map_or(Precision::Day, |d| d.2);
    match (reported, claim) {
        (Some(reported), Some(claim)) if r.faults.is_empty() => Ok(Report {
            id,
            reported: reported.1,
            reported_prec: reported_prec.unwrap_or(reported.2),
            event_start,
            event_end,
            prec: prec.unwrap_or(loose(start).max(loose(end))),
            crossing: text("crossing"),
            mode: text("mode"),
            claim,
            qty,
            qty_noise,
            unit: text("unit"),
            detail: text("detail"),
            source: text("source"),
            source_type: text("source_type"),
            origin: text("origin"),
            derived: derived.unwrap_or(false),
            url: text("url"),
            note: text("note"),
            corrects: text("corrects"),
            admiralty,
            judged_by: text("judged_by"),
            judged_on,
            judged_why: text("judged_why"),
        }),
        _ => Err(r.faults),
    }
}

struct Reader<'a> {
    draft: &'a Draft,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn required(&mut self, field: &'static str) {
        if self.draft.get(field).is_empty() {
            let doc = FIELDS.iter().find(|f| f.name == field).map(|f| f.doc.to_owned());
            self.faults.push(Fault::error(field, "Y0202", format!("`{field}` is missing"), doc));
        }
    }
    fn id(&mut self) -> String {
        let s = self.draft.get("id");
        if s.is_empty() {
            self.required("id");
        } else if !is_id(s) {
            let message = format!("`{}` is no id", shown(s));
            self.faults.push(Fault::error("id", "Y0314", message, ID_HELP.to_owned()));
        }
        s.to_owned()
    }
    fn day(&mut self, field: &'static str) -> Option<(CivilDay, CivilDay, Precision)> {
        let s = self.draft.get(field);
        if s.is_empty() {
            return None;
        }
        let day = loose_day(s);
        if day.is_none() {
            let help = "days are YYYY-MM-DD, months YYYY-MM, years YYYY, and must exist".to_owned();
            self.faults.push(Fault::error(field, "Y0306", format!("`{s}` is no day"), help));
        }
        day
    }
    fn word<T: Words>(&mut self, field: &'static str) -> Option<T> {
        let s = self.draft.get(field);
        if s.is_empty() {
            return None;
        }
        let found = T::of_word(s);
        if found.is_none() {
            let help = nearest(s, T::NAMES.iter().copied())
                .map_or_else(|| format!("one of: {}", T::NAMES.join(", ")), |near| format!("did you mean `{near}`?"));
            self.faults.push(Fault::error(field, "Y0305", format!("`{s}` is no {field}"), help));
        }
        found
    }
    /// Modes parted by `+`, or all of them.
    fn mode(&mut self) {
        let known = || Mode::NAMES.iter().copied().filter(|w| *w != Mode::Place.word()).chain([ALL_MODES]);
        for part in self.draft.get("mode").split('+').map(str::trim).filter(|part| !part.is_empty()) {
            if !known().any(|w| w == part) {
                let help = nearest(part, known()).map_or_else(
                    || format!("one of: {}; two of them as in rail+road", known().collect::<Vec<_>>().join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                self.faults.push(Fault::error("mode", "Y0305", format!("`{}` is no mode", shown(part)), help));
            }
        }
    }
    fn claim(&mut self) -> Option<Claim> {
        self.required("claim");
        self.word("claim")
    }
    fn precision(&mut self, field: &'static str) -> Option<Precision> {
        self.word(field)
    }
    fn flag(&mut self, field: &'static str) -> Option<bool> {
        let s = self.draft.get(field).to_ascii_lowercase();
        match s.as_str() {
            "" => None,
            "yes" | "true" | "1" => Some(true),
            "no" | "false" | "0" => Some(false),
            _ => {
                self.faults.push(Fault::error(field, "Y0305", format!("`{s}` is no {field}"), "yes or no".to_owned()));
                None
            }
        }
    }
    fn number(&mut self, field: &'static str) -> Option<f64> {
        let s = self.draft.get(field);
        if s.is_empty() {
            return None;
        }
        let v = match number(s) {
            Ok(v) => v,
            Err(NumberError::Comma) => {
                let help = COMMA_HELP.to_owned();
                self.faults.push(Fault::error(field, "Y1304", format!("`{s}` has a comma"), help));
                return None;
            }
            Err(_) => {
                let help = "the number alone; what it counts stands in `unit`".to_owned();
                self.faults.push(Fault::error(field, "Y0302", format!("`{s}` is no number"), help));
                return None;
            }
        };
        if v >= 0.0 {
            return Some(v);
        }
        let message = format!("`{s}` is an impossible count");
        self.faults.push(Fault::error(
            field,
            "Y1204",
            message,
            "counts are zero or more; leave it empty if none is held".to_owned(),
        ));
        None
    }
    fn counts(&mut self, qty: Option<f64>, noise: Option<f64>) {
        let unit = self.draft.get("unit").to_lowercase();
        let most = if VEHICLES.iter().any(|v| unit.starts_with(v)) { MOST_VEHICLES } else { TOO_MANY };
        for (field, value) in [("qty", qty), ("qty_noise", noise)] {
            if let Some(v) = value.filter(|v| *v >= most) {
                let message = format!("{v} {unit} is an impossible count").replace("  ", " ");
                self.faults.push(Fault::error(field, "Y1204", message, "check the number and its unit".to_owned()));
            }
        }
    }
    fn admiralty(&mut self) -> String {
        let s = self.draft.get("admiralty").to_ascii_uppercase();
        let fine = matches!(s.as_bytes(), [] | [b'A'..=b'F', b'1'..=b'6']);
        if !fine {
            let help = "reliability A to F, then credibility 1 to 6, as in B2".to_owned();
            self.faults.push(Fault::error("admiralty", "Y1208", format!("`{s}` are no Admiralty letters"), help));
        }
        s
    }
}
