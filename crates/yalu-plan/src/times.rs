//! Running times of a train over its path, reversals included.

use yalu_physics::{BlockTimes, PathTimes, StandTimes, TrainRun};

/// Least running times of one train between the stands of its path, from a start at any of them.
///
/// A path falls into parts where the train reverses; each part has its own run.
#[derive(Debug)]
pub struct LineTimes {
    /// First stand of each part, and its times.
    parts: Vec<(usize, PathTimes)>,
}

impl LineTimes {
    pub(crate) fn new(parts: Vec<(usize, PathTimes)>) -> Self {
        Self { parts }
    }

    fn part(&self, stand: usize) -> (usize, &PathTimes) {
        if let [(first, times)] = self.parts.as_slice() {
            return (*first, times);
        }
        let i = self.parts.partition_point(|(first, _)| *first <= stand).max(1) - 1;
        let (first, times) = &self.parts[i];
        (*first, times)
    }

    /// Times at a stand, from a start at an earlier one of the same part, or at the start itself.
    #[inline]
    pub fn at(&self, from: usize, stand: usize) -> StandTimes {
        let (first, times) = self.part(from);
        times.at(from - first, stand - first)
    }

    /// Times at a stand and all behind it in its part, from a start there: the first is the start itself.
    pub fn from_stand(&self, from: usize) -> &[StandTimes] {
        let (first, times) = self.part(from);
        times.from_stand(from - first)
    }

    /// Times at the ends of blocks on the leg behind a stand, from a start at this or an earlier one.
    pub fn blocks(&self, from: usize, leg: usize) -> &[BlockTimes] {
        let (first, times) = self.part(from);
        times.blocks(from - first, leg - first)
    }

    /// The runs of its parts without a stop between, in order, with their first stands.
    pub fn runs(&self) -> impl Iterator<Item = (usize, &TrainRun)> {
        self.parts.iter().map(|(first, t)| (*first, t.run()))
    }
}

/// When a train's tail has left the leg before a stand at the latest, ms: where it stops there, or passes one too short
/// for it with its tail still outside when its head is through.
#[inline]
pub fn leaves_ms(t: &StandTimes) -> i64 {
    t.section_clear_stopping_ms.max(t.section_clear_ms)
}
