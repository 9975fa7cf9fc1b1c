//! The safe look-ahead: no move after which some train could not leave the line.

use super::grant::Grant;
use super::{Movement, State};
use crate::gates::Gates;
use yalu_plan::{Line, StandId};
use yalu_units::Idx;

impl Movement<'_> {
    /// Whether all trains can still leave the line, one after another, once this one stands at its target.
    ///
    /// While no stand is full every train can: it runs through tracks that are free. A full stand is resolved if
    /// one of its trains can reach its end, or a stand that keeps a track free beside it, through free tracks
    /// alone (Banker's test with parking places, methods of meet and pass).
    pub(super) fn safe_after(&mut self, gates: &Gates, train: u32, at: usize, grant: &Grant) -> bool {
        let line = self.line(train);
        let last = grant.target + 1 == line.stands.len();
        if self.full == 0 && (last || self.free[line.stands[grant.target].index()] > 1) {
            return true;
        }
        self.scratch.copy_from_slice(&self.free);
        let t = &self.trains[train as usize];
        if t.state != State::Yard && self.stands[line.stands[at].index()][usize::from(t.times[at].track)].long {
            self.scratch[line.stands[at].index()] += 1;
        }
        if !last {
            let stand = line.stands[grant.target].index();
            let track = usize::from(grant.tracks[grant.target - at - 1]);
            if self.stands[stand][track].long {
                self.scratch[stand] -= 1;
            }
        }
        let moved = (grant.target, grant.tracks[grant.target - at - 1]);
        loop {
            let Some(full) = self.scratch.iter().position(|&n| n == 0) else {
                return true;
            };
            let mut resolved = false;
            for stand in full..self.scratch.len() {
                if self.scratch[stand] == 0 && self.resolve(gates, stand, train, moved) {
                    resolved = true;
                    break;
                }
            }
            if !resolved {
                return false;
            }
        }
    }

    /// Lets one train leave a full stand in thought.
    fn resolve(&mut self, gates: &Gates, stand: usize, moved: u32, (moved_to, moved_track): (usize, u8)) -> bool {
        for id in 0..self.trains.len() {
            let t = &self.trains[id];
            let at = if id as u32 == moved { moved_to } else { t.target };
            if !matches!(t.state, State::Stands | State::Moves) && id as u32 != moved {
                continue;
            }
            let line = &self.plan.lines[t.line as usize];
            let last = line.stands.len() - 1;
            if at == last || line.stands[at].index() != stand {
                continue;
            }
            // Only a train on a track that counts frees one by leaving.
            let track = if id as u32 == moved { moved_track } else { t.times.last().map_or(0, |e| e.track) };
            if !self.stands[stand][usize::from(track)].long {
                continue;
            }
            if self.way_out(gates, line, t.length_m, at).is_some_and(|park| {
                if park != last {
                    self.scratch[line.stands[park].index()] -= 1;
                }
                true
            }) {
                self.scratch[stand] += 1;
                return true;
            }
        }
        false
    }

    fn way_out(&self, gates: &Gates, line: &Line, length_m: u32, at: usize) -> Option<usize> {
        for next in at + 1..line.stands.len() {
            if line.border_leg == Some(next - 1) && !gates.runs(line) {
                return None;
            }
            let s: StandId = line.stands[next];
            let free = self.scratch[s.index()];
            if free == 0 {
                return None;
            }
            if next + 1 == line.stands.len() {
                return Some(next);
            }
            if free >= 2 && self.stands[s.index()].iter().any(|k| k.long && k.length_m >= length_m) {
                return Some(next);
            }
        }
        None
    }
}
