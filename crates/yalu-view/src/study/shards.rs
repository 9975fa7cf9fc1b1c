//! How far the shards of a planned study are.

use schemars::JsonSchema;
use serde::Serialize;
use yalu_number::{Column, Summary, Table};

/// The shards of a planned study.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShardStates {
    /// Version of this shape.
    pub schema_version: u32,
    /// What determines the results: the hash of the study, its scenario and the version of Yalu.
    pub plan: String,
    /// Replications of each case.
    pub replications: u32,
    /// Cases, the corridor as declared among them.
    pub cases: usize,
    /// Each shard.
    pub shards: Vec<ShardState>,
}

/// One shard.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShardState {
    /// Its number, from 1.
    pub shard: u32,
    /// First replication.
    pub from: u32,
    /// Last replication.
    pub to: u32,
    /// Replications done.
    pub done: u32,
    /// Whether its receipt is there: all is done and checked.
    pub whole: bool,
}

impl ShardStates {
    /// What the terminal shows.
    pub fn summary(&self) -> Summary {
        let whole = self.shards.iter().filter(|s| s.whole).count();
        let row = |s: &ShardState| {
            let state = match (s.whole, s.done) {
                (true, _) => "done",
                (false, 0) => "not begun",
                (false, _) => "begun",
            };
            vec![s.shard.into(), format!("{} to {}", s.from, s.to).into(), s.done.into(), state.into()]
        };
        let columns = vec![
            Column::count("shard", "shard"),
            Column::text("replications", "replications"),
            Column::count("done", "done"),
            Column::text("state", "state"),
        ];
        Summary {
            heading: format!("{whole} of {} shards are done", self.shards.len()),
            facts: vec![
                ("Cases".to_owned(), self.cases.to_string()),
                ("Replications".to_owned(), self.replications.to_string()),
            ],
            tables: vec![Table {
                id: "shards".to_owned(),
                title: "Shards".to_owned(),
                columns,
                rows: self.shards.iter().map(row).collect(),
                note: String::new(),
            }],
            notes: Vec::new(),
        }
    }
}
