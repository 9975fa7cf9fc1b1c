//! Records kept, kind by kind, in the order things ended.

use crate::{ActivityRecord, ItemRecord, Record, TrackRecord, UseRecord, VisitRecord};

/// All records of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Records {
    /// Activities.
    pub activities: Vec<ActivityRecord>,
    /// Items of activities.
    pub items: Vec<ItemRecord>,
    /// Uses of resources.
    pub uses: Vec<UseRecord>,
    /// Tracks held.
    pub tracks: Vec<TrackRecord>,
    /// Visits.
    pub visits: Vec<VisitRecord>,
}

impl Records {
    /// Puts a record with its kind.
    pub fn push(&mut self, record: Record) {
        match record {
            Record::Activity(r) => self.activities.push(r),
            Record::Item(r) => self.items.push(r),
            Record::Use(r) => self.uses.push(r),
            Record::Track(r) => self.tracks.push(r),
            Record::Visit(r) => self.visits.push(r),
        }
    }
}
