//! What `yalu line diagram` gives: trains by time and distance.

use schemars::JsonSchema;
use serde::Serialize;

/// Trains by time and distance over a period, central run. Moments are UTC, kilometres count from the first station.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Diagram {
    /// Version of all documents.
    pub schema_version: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// Begin of the period.
    pub from: String,
    /// End of the period.
    pub to: String,
    /// Points along the line, in order.
    pub stations: Vec<Station>,
    /// Trains that run on it.
    pub trains: Vec<Train>,
    /// Where trains meet.
    pub meets: Vec<Meet>,
    /// Waits on the line.
    pub waits: Vec<Wait>,
    /// Waits outside the line drawn.
    pub outside: Vec<WaitOutside>,
    /// How many occupations of blocks are drawn.
    pub occupations: usize,
    /// Files written.
    pub files: Vec<String>,
}

/// A point along the line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Station {
    /// Id of the point.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub km: f64,
}

/// A train.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Train {
    /// What it is called in the picture.
    pub label: String,
    /// Id of its service or row of other traffic.
    pub service: String,
    /// `out` as the service is written, or `back`.
    pub direction: &'static str,
    /// When it should have started.
    pub scheduled: String,
    /// When it leaves the first point of the line that it is at.
    pub first: Option<String>,
    /// When it comes to the last.
    pub last: Option<String>,
}

/// Two trains that meet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Meet {
    /// When.
    pub at: String,
    /// Where.
    pub km: f64,
}

/// A train that waits.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Wait {
    /// Label of the train.
    pub train: Option<String>,
    /// Where.
    pub km: f64,
    /// From when.
    pub from: String,
    /// Until when.
    pub to: String,
    /// For whom or what.
    #[serde(rename = "for")]
    pub cause: String,
}

/// A train that waits outside the line drawn.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WaitOutside {
    /// Label of the train.
    pub train: Option<String>,
    /// The end of the line beyond which it waits.
    pub km: f64,
    /// From when.
    pub from: String,
    /// Until when.
    pub to: String,
}
