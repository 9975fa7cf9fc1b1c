//! Names of STIX objects that are the same each time: UUIDs of version 5.

use uuid::Uuid;

/// The namespace of all names here: that of the text `yalu ledger record` under the namespace of OIDs (RFC 9562).
fn namespace() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, b"yalu ledger record")
}

/// The id of an object of a kind, by its name.
pub(super) fn stix_id(kind: &str, name: &str) -> String {
    format!("{kind}--{}", Uuid::new_v5(&namespace(), format!("{kind} {name}").as_bytes()))
}

/// The id of the extension that carries the fields for which STIX has no place.
pub(super) fn extension_id() -> String {
    stix_id("extension-definition", "report of a crossing")
}
