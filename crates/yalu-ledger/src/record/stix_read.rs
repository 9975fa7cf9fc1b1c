//! Reports out of a STIX 2.1 bundle: Yalu's own with every field, others' as far as they say.

use super::ids::extension_id;
use serde_json::Value;
use std::collections::BTreeMap;
use yalu_model::Report;
use yalu_scenario::reports::{Draft, FIELDS, Fault, report_of};

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

/// The reports of a bundle, in its order.
pub fn read_stix(text: &str) -> Result<Vec<StixReport>, StixError> {
    let bundle: Value = serde_json::from_str(text)?;
    let objects = bundle["objects"].as_array().ok_or(StixError::NoBundle)?;
    let by_id: BTreeMap<&str, &Value> = objects.iter().filter_map(|o| Some((o["id"].as_str()?, o))).collect();
    let read = |o: &Value| StixReport {
        object: o["id"].as_str().unwrap_or_default().to_owned(),
        report: report_of(&draft(o, &by_id)),
    };
    Ok(objects.iter().filter(|o| o["type"] == "report").map(read).collect())
}

fn draft(o: &Value, by_id: &BTreeMap<&str, &Value>) -> Draft {
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
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let day = |v: &Value| v.as_str().and_then(|s| s.get(..10)).unwrap_or_default().to_owned();
    let reference = o["external_references"].as_array().and_then(|r| r.first()).unwrap_or(&Value::Null);
    let refs: Vec<&Value> =
        o["object_refs"].as_array().into_iter().flatten().filter_map(|r| by_id.get(r.as_str()?).copied()).collect();
    let sighting = refs.iter().find(|r| r["type"] == "sighting").copied().unwrap_or(&Value::Null);
    let place = refs.iter().find(|r| r["type"] == "location").copied().unwrap_or(&Value::Null);
    let author = o["created_by_ref"].as_str().and_then(|r| by_id.get(r)).map_or(&Value::Null, |o| &o["name"]);
    let short = |id: &str| id.rsplit('-').next().unwrap_or_default().to_owned();
    let external =
        |v: &Value| v["external_references"].as_array().and_then(|r| r.first()).map(|r| text(&r["external_id"]));
    draft.set(
        "id",
        &external(o).filter(|s| !s.is_empty()).unwrap_or_else(|| short(o["id"].as_str().unwrap_or_default())),
    );
    draft.set("reported", &day(&o["published"]));
    draft.set("event_start", &day(&sighting["first_seen"]));
    draft.set("event_end", &day(&sighting["last_seen"]));
    draft.set("crossing", &external(place).filter(|s| !s.is_empty()).unwrap_or_else(|| text(&place["name"])));
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
