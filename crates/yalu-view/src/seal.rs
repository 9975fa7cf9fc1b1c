//! Whether the reports that a result rests on are what was sealed: said beside the result.

use schemars::JsonSchema;
use serde::Serialize;
use yalu_ledger::record::{Log, SealChange};

/// Whether a record of reports is what was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Seal {
    /// `as_sealed`, `changed` since, `log_broken` where the log itself is not what was written, or `not_sealed`.
    pub state: &'static str,
    /// Reports sealed.
    pub sealed: usize,
    /// Reports not sealed yet; they are heard.
    pub not_yet_sealed: usize,
    /// Reports edited after they were sealed; they are not heard.
    pub edited: Vec<String>,
    /// Reports that were sealed and are gone.
    pub removed: Vec<String>,
    /// The chained hash of the last line of the log: one figure for all that is sealed; null where nothing is.
    pub head: Option<String>,
}

impl Seal {
    /// Of a record beside its log, if it has one, and whether the log is as it was written.
    pub fn of(log: Option<&Log>, whole: bool, changes: &[SealChange]) -> Seal {
        let of =
            |pick: fn(&SealChange) -> Option<&String>| changes.iter().filter_map(pick).cloned().collect::<Vec<_>>();
        let edited = of(|c| if let SealChange::Edited { id, .. } = c { Some(id) } else { None });
        let removed = of(|c| if let SealChange::Removed { id } = c { Some(id) } else { None });
        let state = match log {
            None => "not_sealed",
            Some(_) if !whole => "log_broken",
            Some(_) if edited.is_empty() && removed.is_empty() => "as_sealed",
            Some(_) => "changed",
        };
        Seal {
            state,
            sealed: log.map_or(0, Log::sealed),
            not_yet_sealed: changes.iter().filter(|c| matches!(c, SealChange::New { .. })).count(),
            edited,
            removed,
            head: log.map(Log::head).filter(|h| !h.is_empty()).map(str::to_owned),
        }
    }

    /// What is wrong, and what that does to a result; none where the record is as sealed, or never was sealed.
    pub fn told(&self) -> Option<String> {
        let named = |ids: &[String], one: &str, many: &str| match ids {
            [] => None,
            [id] => Some(format!("{id} {one}")),
            [first, rest @ ..] => Some(format!("{first} and {} more {many}", rest.len())),
        };
        let told: Vec<String> = match self.state {
            "log_broken" => {
                vec!["its log is not what was written, so edits cannot be told from what was sealed".into()]
            }
            _ => [
                named(&self.edited, "was edited and is not heard", "were edited and are not heard"),
                named(&self.removed, "is gone", "are gone"),
            ]
            .into_iter()
            .flatten()
            .collect(),
        };
        (!told.is_empty()).then(|| format!("The record of reports is not what was sealed: {}.", told.join("; ")))
    }
}
