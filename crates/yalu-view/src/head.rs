//! What every document begins with, and how it is written.

use schemars::JsonSchema;
use serde::Serialize;
use yalu_model::Corridor;

/// Version of all documents. A change that breaks a reader raises it; new keys do not.
pub const SCHEMA_VERSION: u32 = 2;

/// What a document says of itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Head {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// Command that makes the same results.
    pub command: String,
    /// Seconds it took.
    pub wall_s: f64,
}

impl Head {
    /// The head of a result of a corridor.
    pub fn of(c: &Corridor, command: String, wall_s: f64) -> Head {
        let (scenario, title) = (c.about.id.clone(), c.about.title.clone());
        Head { schema_version: SCHEMA_VERSION, scenario, title, command, wall_s }
    }
}

/// A document as JSON text.
pub fn json(document: &impl Serialize) -> String {
    // Views have text keys and plain values: writing them cannot fail.
    serde_json::to_string_pretty(document).map_or_else(|e| e.to_string(), |text| text + "\n")
}
