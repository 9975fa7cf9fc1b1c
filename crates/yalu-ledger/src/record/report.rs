//! A report as it stands in the record, and its fields.

use crate::{Day, Statement};
use yalu_model::{Claim, Precision};

/// How well a day is known, by the words of files.
pub const PRECISIONS: [(&str, Precision); 4] =
    [("day", Precision::Day), ("approx", Precision::Approx), ("month", Precision::Month), ("year", Precision::Year)];

/// The word of a precision.
pub fn precision_word(p: Precision) -> &'static str {
    match p {
        Precision::Day => "day",
        Precision::Approx => "approx",
        Precision::Month => "month",
        Precision::Year => "year",
    }
}

/// Days by which a day of a precision may be off. One dated to the day may be off by one, for zones differ.
pub(super) fn slack_days(p: Precision) -> i32 {
    match p {
        Precision::Day => 1,
        Precision::Approx => 14,
        Precision::Month => 31,
        Precision::Year => 366,
    }
}

/// A report: what someone published of a crossing, with the day it speaks of and the day it became known.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Short name (`id`).
    pub id: String,
    /// Day it became known (`reported`).
    pub reported: Day,
    /// How well that day is known (`reported_prec`).
    pub reported_prec: Precision,
    /// First day it speaks of (`event_start`).
    pub event_start: Option<Day>,
    /// Last day it speaks of (`event_end`).
    pub event_end: Option<Day>,
    /// How well these days are known (`prec`).
    pub prec: Precision,
    /// Crossing as written (`crossing`); `ALL-LAND` reaches all land crossings.
    pub crossing: String,
    /// Mode as written (`mode`).
    pub mode: String,
    /// What it says (`claim`).
    pub claim: Claim,
    /// Count (`qty`), if any.
    pub qty: Option<f64>,
    /// Standard deviation of the count (`qty_noise`), if stated, in its unit.
    pub qty_noise: Option<f64>,
    /// Unit of the count (`unit`).
    pub unit: String,
    /// In our words (`detail`).
    pub detail: String,
    /// Publisher (`source`).
    pub source: String,
    /// Kind of source (`source_type`).
    pub source_type: String,
    /// Reports that go back to one source share it (`origin`).
    pub origin: String,
    /// A plain copy (`derived`).
    pub derived: bool,
    /// Link (`url`).
    pub url: String,
    /// Remark of whoever keeps the record (`note`).
    pub note: String,
    /// Id of the report that this one corrects (`corrects`).
    pub corrects: String,
    /// Admiralty letters as given (`admiralty`), `B2`: shown, never a probability.
    pub admiralty: String,
}

impl Report {
    /// First and last day it speaks of; the day it became known where it names none.
    pub fn event(&self) -> (Day, Day) {
        let start = self.event_start.or(self.event_end).unwrap_or(self.reported);
        (start, self.event_end.unwrap_or(start))
    }
    /// Whether it speaks of a day after it became known, as far as both are known.
    pub fn speaks_of_later(&self) -> bool {
        self.event().0.since(self.reported) > slack_days(self.prec).max(slack_days(self.reported_prec))
    }
    /// What it says, as the ledger hears it. What is said to run on a day to come is a plan.
    pub fn statement(&self) -> Statement {
        let runs = matches!(self.claim, Claim::Running | Claim::Resumed | Claim::Observed | Claim::Opened);
        let claim = if runs && self.speaks_of_later() { Claim::Planned } else { self.claim };
        let event = self.event_start.or(self.event_end).map(|_| self.event());
        Statement {
            id: self.id.clone(),
            reported: self.reported,
            event,
            precision: self.prec,
            crossing: self.crossing.clone(),
            mode: self.mode.clone(),
            claim,
            quantity: self.qty,
            unit: self.unit.clone(),
            source_type: self.source_type.clone(),
            origin: self.origin.clone(),
            derived: self.derived,
        }
    }
}

/// A column of the record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in files.
    pub name: &'static str,
    /// What it holds.
    pub doc: &'static str,
}

const fn f(name: &'static str, doc: &'static str) -> Field {
    Field { name, doc }
}

/// The columns of the record, in the order they are written.
pub const FIELDS: [Field; 21] = [
    f("id", "short name"),
    f("reported", "day it became known"),
    f("reported_prec", "precision of that day: day, approx, month, year"),
    f("event_start", "first day it speaks of"),
    f("event_end", "last day it speaks of"),
    f("prec", "precision of these days"),
    f("crossing", "crossing, or ALL-LAND"),
    f("mode", "mode as written: rail, road, rail+road, passenger, sea, air, all"),
    f("claim", "what it says"),
    f("qty", "count, if any"),
    f("unit", "unit of the count"),
    f("detail", "what it says, in our words"),
    f("source", "publisher"),
    f("source_type", "kind of source"),
    f("origin", "reports that go back to one source share it"),
    f("derived", "yes for a plain copy"),
    f("url", "link"),
    f("qty_noise", "standard deviation of the count, in its unit"),
    f("note", "remark of whoever keeps the record"),
    f("corrects", "id of the report that this one corrects"),
    f("admiralty", "Admiralty letters, as in B2"),
];

/// How many of the columns every CSV file has; those after them appear where one report fills them.
pub const PLAIN_FIELDS: usize = 17;

/// What a report can say, by the words of files.
pub const CLAIMS: [(&str, Claim); 8] = [
    ("running", Claim::Running),
    ("suspended", Claim::Suspended),
    ("resumed", Claim::Resumed),
    ("observed", Claim::Observed),
    ("planned", Claim::Planned),
    ("denied", Claim::Denied),
    ("unconfirmed", Claim::Unconfirmed),
    ("opened", Claim::Opened),
];

/// The word of a claim.
pub fn claim_word(claim: Claim) -> &'static str {
    match claim {
        Claim::Running => "running",
        Claim::Suspended => "suspended",
        Claim::Resumed => "resumed",
        Claim::Observed => "observed",
        Claim::Planned => "planned",
        Claim::Denied => "denied",
        Claim::Unconfirmed => "unconfirmed",
        Claim::Opened => "opened",
    }
}

/// The text of a field; empty where there is none.
pub fn field_text(r: &Report, field: &str) -> String {
    let day = |d: Option<Day>| d.map(day_text).unwrap_or_default();
    match field {
        "id" => r.id.clone(),
        "reported" => day_text(r.reported),
        "reported_prec" => precision_word(r.reported_prec).into(),
        "event_start" => day(r.event_start),
        "event_end" => day(r.event_end),
        "prec" => precision_word(r.prec).into(),
        "crossing" => r.crossing.clone(),
        "mode" => r.mode.clone(),
        "claim" => claim_word(r.claim).into(),
        "qty" => r.qty.map(|v| v.to_string()).unwrap_or_default(),
        "qty_noise" => r.qty_noise.map(|v| v.to_string()).unwrap_or_default(),
        "unit" => r.unit.clone(),
        "detail" => r.detail.clone(),
        "source" => r.source.clone(),
        "source_type" => r.source_type.clone(),
        "origin" => r.origin.clone(),
        "derived" => if r.derived { "yes" } else { "no" }.into(),
        "url" => r.url.clone(),
        "note" => r.note.clone(),
        "corrects" => r.corrects.clone(),
        "admiralty" => r.admiralty.clone(),
        _ => String::new(),
    }
}

/// `YYYY-MM-DD` of a day.
pub fn day_text(d: Day) -> String {
    yalu_calendar::iso_date(yalu_calendar::date_of(d.0))
}

/// The day of `YYYY-MM-DD`, 1900 to 2199, if it exists.
pub fn day_of(s: &str) -> Option<Day> {
    let digits = |s: &str, n: usize| (s.len() == n && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok());
    let mut parts = s.trim().split('-');
    let year: i16 = digits(parts.next()?, 4)??;
    let (month, day) = (digits(parts.next()?, 2)??, digits(parts.next()?, 2)??);
    if parts.next().is_some() || !(1900..2200).contains(&year) {
        return None;
    }
    yalu_calendar::epoch_day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).map(Day)
}

/// First and last day of `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, and the precision that this says.
pub fn loose_day(s: &str) -> Option<(Day, Day, Precision)> {
    let s = s.trim();
    match s.len() {
        4 => Some((day_of(&format!("{s}-01-01"))?, day_of(&format!("{s}-12-31"))?, Precision::Year)),
        7 => {
            let first = day_of(&format!("{s}-01"))?;
            let last = (28..=31).rev().find_map(|d| day_of(&format!("{s}-{d}")))?;
            Some((first, last, Precision::Month))
        }
        _ => day_of(s).map(|d| (d, d, Precision::Day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_back_as_written() {
        for s in ["1900-01-01", "1970-01-01", "2020-02-29", "2199-12-31"] {
            assert_eq!(day_text(day_of(s).unwrap()), s);
        }
        for s in ["2021-02-29", "2022-1-16", "1899-12-31", "", "2022-09-26-1", "二〇二二"] {
            assert_eq!(day_of(s), None, "{s}");
        }
        let (a, z, p) = loose_day("2024-02").unwrap();
        assert_eq!((day_text(a), day_text(z), p), ("2024-02-01".into(), "2024-02-29".into(), Precision::Month));
    }
}
