//! The record as a STIX 2.1 bundle.
//!
//! Each report is a `report`; one that says it runs or was seen is a `sighting` of its crossing too. Crossings are
//! `location`s, publishers `identity`s. The fields for which STIX has no place stand in a property extension on the
//! report, so that nothing is lost. `confidence` follows STIX's table for Admiralty credibility where letters are given
//! (1 to 5: 90, 70, 50, 30, 10; 6 says nothing) and is left out elsewhere: it is a scale, never a probability.

use super::ids::{extension_id, stix_id};
use crate::Day;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use yalu_model::Claim;
use yalu_model::Report;
use yalu_model::Words as _;
use yalu_scenario::reports::{FIELDS, day_text, field_text};

/// Most that `count` of a sighting can hold (STIX 2.1, 5.2).
const MOST_COUNT: f64 = 999_999_999.0;

/// A crossing as STIX names places.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// Its id in the record.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Latitude and longitude, degrees, if known.
    pub position: Option<(f64, f64)>,
}

fn moment(d: Day) -> String {
    format!("{}T00:00:00.000Z", day_text(d))
}

/// `confidence` of Admiralty letters.
fn confidence(letters: &str) -> Option<u8> {
    match letters.as_bytes() {
        [_, b'1'] => Some(90),
        [_, b'2'] => Some(70),
        [_, b'3'] => Some(50),
        [_, b'4'] => Some(30),
        [_, b'5'] => Some(10),
        _ => None,
    }
}

/// Whether a report is one of something seen or running: not of a count of none.
fn seen(r: &Report) -> bool {
    matches!(r.claim, Claim::Observed | Claim::Running | Claim::Resumed | Claim::Opened) && r.qty != Some(0.0)
}

/// Whether a text is a link, as STIX asks of `url`. What is none stays in the extension.
fn is_link(text: &str) -> bool {
    let host = ["https://", "http://", "ftp://"].into_iter().find_map(|scheme| text.strip_prefix(scheme));
    host.is_some_and(|h| !h.is_empty() && !h.starts_with('/'))
        && !text.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c))
}

/// How many times the service was seen: trains where trains were counted, else once.
fn count(r: &Report) -> u64 {
    let trains = r.unit.starts_with("train") && !r.unit.contains('/');
    r.qty.filter(|q| trains && q.fract() == 0.0 && (1.0..=MOST_COUNT).contains(q)).map_or(1, |q| q as u64)
}

/// The reports as a bundle. `corridor` names the record, so that equal ids of two records differ.
pub fn stix_bundle<'a>(
    corridor: &str,
    title: &str,
    places: &[Place],
    reports: impl IntoIterator<Item = &'a Report>,
) -> Value {
    let mut reports: Vec<&Report> = reports.into_iter().collect();
    reports.sort_by(|a, b| (a.reported, &a.id).cmp(&(b.reported, &b.id)));
    let named = |kind: &str, name: &str| stix_id(kind, &format!("{corridor} {name}"));
    let first = reports.first().map_or(Day(0), |r| r.reported);
    let keeper = stix_id("identity", &format!("keeper of {corridor}"));
    let object = |kind: &str, id: String, day: Day| {
        let mut o = Map::new();
        o.insert("type".into(), kind.into());
        o.insert("spec_version".into(), "2.1".into());
        o.insert("id".into(), id.into());
        o.insert("created".into(), moment(day).into());
        o.insert("modified".into(), moment(day).into());
        o.insert("created_by_ref".into(), keeper.clone().into());
        o
    };
    let with = |mut o: Map<String, Value>, more: Value| {
        if let Value::Object(more) = more {
            o.extend(more.into_iter().filter(|(_, v)| !v.is_null()));
        }
        Value::Object(o)
    };
    let mut objects = vec![with(
        object("identity", keeper.clone(), first),
        json!({ "name": format!("Record of {title}"), "identity_class": "system", "created_by_ref": null }),
    )];
    objects.push(with(
        object("extension-definition", extension_id(), first),
        json!({
            "name": "Report of a crossing",
            "description": "Fields of a report of a border crossing that STIX has no place for: claim, precision of days, count with unit and noise, origin, copies, corrections.",
            "schema": "docs/ledger-record.md",
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        }),
    ));
    // First known by: the day of the first report of a source or a place.
    let mut sources: BTreeMap<&str, Day> = BTreeMap::new();
    let mut crossings: BTreeMap<&str, Day> = BTreeMap::new();
    for r in &reports {
        sources.entry(&r.source).or_insert(r.reported);
        crossings.entry(&r.crossing).or_insert(r.reported);
    }
    for (name, day) in sources {
        let more = json!({ "name": name, "identity_class": "organization" });
        objects.push(with(object("identity", stix_id("identity", name), day), more));
    }
    for (id, day) in crossings {
        let place = places.iter().find(|p| p.id == id);
        let more = json!({
            "name": place.map_or(id, |p| p.title.as_str()),
            "latitude": place.and_then(|p| p.position).map(|p| p.0),
            "longitude": place.and_then(|p| p.position).map(|p| p.1),
            "region": place.and_then(|p| p.position).is_none().then_some("world"),
            "external_references": [{ "source_name": "crossing", "external_id": id }],
        });
        objects.push(with(object("location", named("location", id), day), more));
    }
    let ids: BTreeSet<&str> = reports.iter().map(|r| r.id.as_str()).collect();
    for r in &reports {
        let place = named("location", &r.crossing);
        let source = stix_id("identity", &r.source);
        let report = named("report", &r.id);
        let mut refs = vec![place.clone(), source.clone()];
        let (start, end) = r.event();
        if seen(r) {
            let id = named("sighting", &r.id);
            refs.push(id.clone());
            let more = json!({
                "description": r.detail,
                "first_seen": moment(start),
                "last_seen": moment(end),
                "count": count(r),
                "confidence": confidence(&r.admiralty),
                "sighting_of_ref": place,
                "where_sighted_refs": [source],
            });
            objects.push(with(object("sighting", id, r.reported), more));
        }
        let link = if is_link(&r.url) { r.url.as_str().into() } else { Value::Null };
        let mut reference = json!({ "source_name": r.source, "external_id": r.id });
        if let (Some(o), false) = (reference.as_object_mut(), link.is_null()) {
            o.insert("url".into(), link);
        }
        let more = json!({
            "name": format!("{}: {} {}", r.id, r.crossing, r.claim.word()),
            "description": r.detail,
            "report_types": ["observed-data"],
            "published": moment(r.reported),
            "confidence": confidence(&r.admiralty),
            "labels": [r.claim.word()],
            "object_refs": refs,
            "external_references": [reference],
            "extensions": { extension_id(): extension(r) },
        });
        objects.push(with(object("report", report.clone(), r.reported), more));
        if ids.contains(r.corrects.as_str()) {
            let more = json!({
                "relationship_type": "corrects",
                "source_ref": report,
                "target_ref": named("report", &r.corrects),
            });
            objects.push(with(object("relationship", named("relationship", &r.id), r.reported), more));
        }
    }
    let all: Vec<&str> = reports.iter().map(|r| r.id.as_str()).collect();
    json!({ "type": "bundle", "id": named("bundle", &all.join(" ")), "objects": objects })
}

/// All fields of a report, as its extension.
fn extension(r: &Report) -> Value {
    let mut out = Map::new();
    out.insert("extension_type".into(), "property-extension".into());
    for field in FIELDS.iter().map(|f| f.name) {
        let value = match field {
            "derived" => r.derived.into(),
            "qty" => r.qty.into(),
            "qty_noise" => r.qty_noise.into(),
            _ => Value::from(field_text(r, field)),
        };
        if !value.is_null() && value != "" {
            out.insert(field.into(), value);
        }
    }
    Value::Object(out)
}
