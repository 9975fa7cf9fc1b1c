//! Reports out of a STIX 2.1 bundle: Yalu's own with every field, others' as far as they say.

use super::ids::extension_id;
use crate::Day;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use yalu_model::{Claim, Report, Words as _};
use yalu_scenario::reports::{Draft, FIELDS, Fault, day_text, report_of};

/// A bundle that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum StixError {
    /// It is no JSON.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It has no list of objects.
    #[error("no STIX bundle: the list `objects` is missing")]
    NoBundle,
}

/// A report of a bundle.
#[derive(Clone, PartialEq, Debug)]
pub struct StixReport {
    /// Id of its object in the bundle.
    pub object: String,
    /// The report, or all that is wrong with it.
    pub report: Result<Report, Vec<Fault>>,
}

/// The reports of a bundle, in its order, those of others by the days of a zone. A sighting that no report names is a report of its own. What was
/// revoked keeps its history: the report as it was, and one that takes it back on the day of the revocation.
pub fn read_stix(text: &str, zone: &str) -> Result<Vec<StixReport>, StixError> {
    let bundle: Value = serde_json::from_str(text)?;
    let objects = bundle["objects"].as_array().ok_or(StixError::NoBundle)?;
    let by_id: BTreeMap<&str, &Value> = objects.iter().filter_map(|o| Some((o["id"].as_str()?, o))).collect();
    let of_reports = objects.iter().filter(|o| o["type"] == "report");
    let named: BTreeSet<&str> =
        of_reports.flat_map(|o| o["object_refs"].as_array().into_iter().flatten()).filter_map(Value::as_str).collect();
    let mut out = Vec::new();
    for o in objects {
        let draft = match o["type"].as_str() {
            Some("report") => draft(o, &by_id, zone),
            Some("sighting") if o["id"].as_str().is_some_and(|id| !named.contains(id)) => sighting(o, &by_id, zone),
            _ => continue,
        };
        let object = o["id"].as_str().unwrap_or_default().to_owned();
        let taken_back = (o["revoked"] == true).then(|| retraction(&draft, &day(&o["modified"], zone)));
        out.push(StixReport { object: object.clone(), report: report_of(&draft) });
        out.extend(taken_back.map(|d| StixReport { object, report: report_of(&d) }));
    }
    Ok(out)
}

/// The day of an instant of a bundle, as the record writes days.
fn day(v: &Value, zone: &str) -> String {
    v.as_str().and_then(|s| Day::of_moment(zone, s)).map(day_text).unwrap_or_default()
}

fn text(v: &Value) -> String {
    v.as_str().unwrap_or_default().to_owned()
}

/// The last part of an id.
fn short(o: &Value) -> String {
    o["id"].as_str().unwrap_or_default().rsplit('-').next().unwrap_or_default().to_owned()
}

/// The name that others give an object.
fn external(v: &Value) -> Option<String> {
    let first = v["external_references"].as_array()?.first()?;
    Some(text(&first["external_id"])).filter(|s| !s.is_empty())
}

/// A crossing's name of a location.
fn place_of(location: &Value) -> String {
    external(location).unwrap_or_else(|| text(&location["name"]))
}

/// What takes back a report: of the same crossing and source, and it says nothing of its own.
fn retraction(of: &Draft, on: &str) -> Draft {
    let mut draft = Draft::default();
    for field in ["crossing", "mode", "source", "source_type", "url"] {
        draft.set(field, of.get(field));
    }
    draft.set("id", &format!("{}-revoked", of.get("id")));
    draft.set("reported", on.max(of.get("reported")));
    draft.set("claim", Claim::Retracted.word());
    draft.set("corrects", of.get("id"));
    draft.set("detail", "Revoked by who published it");
    draft
}

/// A sighting without a report: who saw what, and when.
fn sighting(o: &Value, by_id: &BTreeMap<&str, &Value>, zone: &str) -> Draft {
    let object = |v: &Value| v.as_str().and_then(|id| by_id.get(id)).copied();
    let seen_at = o["where_sighted_refs"].as_array().into_iter().flatten();
    let mut places = std::iter::once(&o["sighting_of_ref"]).chain(seen_at).filter_map(object);
    let place = places.find(|p| p["type"] == "location").unwrap_or(&Value::Null);
    let mut draft = Draft::default();
    draft.set("id", &external(o).unwrap_or_else(|| short(o)));
    draft.set("reported", &day(&o["created"], zone));
    draft.set("event_start", &day(&o["first_seen"], zone));
    draft.set("event_end", &day(&o["last_seen"], zone));
    draft.set("crossing", &place_of(place));
    draft.set("claim", Claim::Observed.word());
    draft.set("qty", &o["count"].as_u64().map(|n| n.to_string()).unwrap_or_default());
    draft.set("detail", &text(&o["description"]));
    draft.set("source", &object(&o["created_by_ref"]).map(|a| text(&a["name"])).unwrap_or_default());
    draft
}

fn draft(o: &Value, by_id: &BTreeMap<&str, &Value>, zone: &str) -> Draft {
    let mut draft = Draft::default();
    if let Some(extension) = o["extensions"].get(extension_id()).and_then(Value::as_object) {
        for field in FIELDS.iter().map(|f| f.name) {
            match extension.get(field) {
                Some(Value::String(s)) => draft.set(field, s),
                Some(v @ (Value::Number(_) | Value::Bool(_))) => draft.set(field, &v.to_string()),
                _ => false,
            };
        }
        return draft;
    }
    // Another's report: what it says in STIX's own words; what is missing is told as missing.
    let day = |v: &Value| day(v, zone);
    let reference = o["external_references"].as_array().and_then(|r| r.first()).unwrap_or(&Value::Null);
    let refs: Vec<&Value> =
        o["object_refs"].as_array().into_iter().flatten().filter_map(|r| by_id.get(r.as_str()?).copied()).collect();
    let sighting = refs.iter().find(|r| r["type"] == "sighting").copied().unwrap_or(&Value::Null);
    let place = refs.iter().find(|r| r["type"] == "location").copied().unwrap_or(&Value::Null);
    let author = o["created_by_ref"].as_str().and_then(|r| by_id.get(r)).map_or(&Value::Null, |o| &o["name"]);
    draft.set("id", &external(o).unwrap_or_else(|| short(o)));
    draft.set("reported", &day(&o["published"]));
    draft.set("event_start", &day(&sighting["first_seen"]));
    draft.set("event_end", &day(&sighting["last_seen"]));
    draft.set("crossing", &place_of(place));
    let label = o["labels"].as_array().and_then(|l| l.first()).map(text).unwrap_or_default();
    let claim = if label.is_empty() && sighting.is_object() { "observed".to_owned() } else { label };
    draft.set("claim", &claim);
    if let Some(n) = sighting["count"].as_u64() {
        draft.set("qty", &n.to_string());
    }
    let detail = text(&o["description"]);
    draft.set("detail", if detail.is_empty() { o["name"].as_str().unwrap_or_default() } else { &detail });
    let source = text(&reference["source_name"]);
    draft.set("source", if source.is_empty() { author.as_str().unwrap_or_default() } else { &source });
    draft.set("url", &text(&reference["url"]));
    draft
}
