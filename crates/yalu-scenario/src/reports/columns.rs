//! The columns of the record, and the texts of their fields.

use crate::describe::REPORT_FIELDS;
use crate::value::shown;
use yalu_calendar::CivilDay;
use yalu_model::{Precision, Report, Words as _};

/// A column of the record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in files.
    pub name: &'static str,
    /// What it holds.
    pub doc: &'static str,
}

/// The columns of the record, in the order they are written.
pub const FIELDS: [Field; REPORT_FIELDS.len()] = {
    let mut out = [Field { name: "", doc: "" }; REPORT_FIELDS.len()];
    let mut i = 0;
    while i < out.len() {
        out[i] = Field { name: REPORT_FIELDS[i].name, doc: REPORT_FIELDS[i].doc };
        i += 1;
    }
    out
};

/// How many of the columns every CSV file has; those after them appear where one report fills them.
pub const PLAIN_FIELDS: usize = 17;

/// The text of a field; empty where there is none.
pub fn field_text(r: &Report, field: &str) -> String {
    let day = |d: Option<CivilDay>| d.map(day_text).unwrap_or_default();
    match field {
        "id" => r.id.clone(),
        "reported" => day_text(r.reported),
        "reported_prec" => r.reported_prec.word().into(),
        "event_start" => day(r.event_start),
        "event_end" => day(r.event_end),
        "prec" => r.prec.word().into(),
        "crossing" => r.crossing.clone(),
        "mode" => r.mode.clone(),
        "claim" => r.claim.word().into(),
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
        "judged_by" => r.judged_by.clone(),
        "judged_on" => day(r.judged_on),
        "judged_why" => r.judged_why.clone(),
        _ => String::new(),
    }
}

/// The fields in which two reports differ, with the text of each; those that only one of them has come last.
pub fn differing(a: &Report, b: &Report) -> Vec<(&'static str, String, String)> {
    let both = FIELDS.iter().map(|f| (f.name, field_text(a, f.name), field_text(b, f.name)));
    let mut out: Vec<_> = both.filter(|(_, a, b)| a != b).collect();
    out.sort_by_key(|(_, a, b)| a.is_empty() || b.is_empty());
    out
}

/// The same in words: "`detail` is `one text` here, `another` there".
pub fn told_differing(here: &Report, there: &Report) -> String {
    const MOST: usize = 3;
    let value = |s: &str| if s.is_empty() { "empty".to_owned() } else { format!("`{}`", shown(s)) };
    let all = differing(here, there);
    let told: Vec<String> = all
        .iter()
        .take(MOST)
        .map(|(field, a, b)| format!("`{field}` is {} here, {} there", value(a), value(b)))
        .collect();
    let more = all.len().saturating_sub(MOST);
    let rest = if more > 0 { format!("; {more} more fields differ") } else { String::new() };
    told.join("; ") + &rest
}

/// `YYYY-MM-DD` of a day.
pub fn day_text(d: CivilDay) -> String {
    yalu_calendar::iso_date(yalu_calendar::date_of(d.0))
}

/// The day of `YYYY-MM-DD`, 1900 to 2199, if it exists.
pub fn day_of(s: &str) -> Option<CivilDay> {
    let digits = |s: &str, n: usize| (s.len() == n && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok());
    let mut parts = s.trim().split('-');
    let year: i16 = digits(parts.next()?, 4)??;
    let (month, day) = (digits(parts.next()?, 2)??, digits(parts.next()?, 2)??);
    if parts.next().is_some() || !(1900..2200).contains(&year) {
        return None;
    }
    yalu_calendar::epoch_day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).map(CivilDay)
}

/// First and last day of `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, and the precision that this says.
pub fn loose_day(s: &str) -> Option<(CivilDay, CivilDay, Precision)> {
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
