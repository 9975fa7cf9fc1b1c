//! The safe look-ahead: no move after which some train could not leave the line.
//!
//! Banker's test with parking places answers most questions at once; what it cannot settle the exact search does.

use super::Movement;
use super::grant::Grant;
use super::train::State;
use crate::gates::Gates;
use crate::lookahead::{Answer, At, Runner, look};
use yalu_plan::{Line, StandId};
use yalu_units::Idx;

/// States the exact search looks into at most for one move: a window of four loops and eight trains has fewer.
const MOST_STATES: usize = 4_000;

impl Movement<'_> {
    /// Whether all trains can still leave the line, one after another, once this one stands at its target.
    ///
    /// While no stand is full every train can: it runs through tracks that are free. A full stand is resolved if
    /// one of its trains can reach its end, or a stand that keeps a track free beside it, through free tracks
    /// alone. Where that fails, all ways to move on are searched.
    pub(super) fn safe_after(&mut self, gates: &Gates, train: u32, at: usize, grant: &Grant) -> bool {
        let line = self.line(train);
        let last = grant.target + 1 == line.stands.len();
        if !self.lookahead {
            return true;
        }
        let roomy = self.full == 0 && (last || self.free[line.stands[grant.target].index()] > 1);
        if roomy || self.banker(gates, train, at, grant) {
            #[cfg(test)]
            assert_ne!(
                self.exact(gates, train, grant),
                Answer::Unsafe,
                "the quick tests allow what the exact one refuses"
            );
            return true;
        }
        match self.exact(gates, train, grant) {
            Answer::Safe => true,
            Answer::Unsafe => false,
            Answer::Unknown => {
                self.refused_beyond_window += 1;
                false
            }
        }
    }

    fn banker(&mut self, gates: &Gates, train: u32, at: usize, grant: &Grant) -> bool {
        let line = self.line(train);
        let last = grant.target + 1 == line.stands.len();
        self.scratch.copy_from_slice(&self.free);
        let t = &self.trains[train as usize];
        if t.state != State::Yard && self.stands[line.stands[at].index()].tracks[usize::from(t.times[at].track)].long {
            self.scratch[line.stands[at].index()] += 1;
        }
        if !last {
            let stand = line.stands[grant.target].index();
            let track = usize::from(grant.tracks[grant.target - at - 1]);
            if self.stands[stand].tracks[track].long {
                self.scratch[stand] -= 1;
            }
        }
        let moved = (grant.target, grant.tracks[grant.target - at - 1]);
        // Up the line and down again: trains that wait behind each other leave one after the other in a single look.
        let mut stands: Vec<usize> = (0..self.scratch.len()).filter(|s| self.scratch[*s] == 0).collect();
        let mut unchanged = 0;
        while !stands.is_empty() && unchanged < 2 {
            let before = stands.len();
            stands.retain(|stand| !self.resolve(gates, *stand, train, moved));
            unchanged = if stands.len() < before { 0 } else { unchanged + 1 };
            stands.reverse();
        }
        stands.is_empty()
    }

    /// Lets one train leave a full stand in thought.
    fn resolve(&mut self, gates: &Gates, stand: usize, moved: u32, (moved_to, moved_track): (usize, u8)) -> bool {
        // Trains bound for it hold its tracks; by number, as all trains are looked at.
        let mut bound: Vec<u32> = self.stands[stand].tracks.iter().filter_map(|k| k.train).chain([moved]).collect();
        bound.sort_unstable();
        bound.dedup();
        for id in bound {
            let t = &self.trains[id as usize];
            let at = if id == moved { moved_to } else { t.target };
            let line = &self.plan.lines[t.line as usize];
            let last = line.stands.len() - 1;
            if at == last || line.stands[at].index() != stand {
                continue;
            }
            // Only a train on a track that counts frees one by leaving.
            let track = if id == moved { moved_track } else { t.times.last().map_or(0, |e| e.track) };
            if !self.stands[stand].tracks[usize::from(track)].long {
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

    /// Trains on the line, by number, with one that may be about to enter it.
    fn on_line(&self, moved: u32) -> Vec<u32> {
        let mut out = self.running.clone();
        if let Err(place) = out.binary_search(&moved) {
            out.insert(place, moved);
        }
        out
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
            if free >= 2 && self.stands[s.index()].tracks.iter().any(|k| k.long && k.length_m >= length_m) {
                return Some(next);
            }
        }
        None
    }

    /// The exact answer for the whole line, as far as its search goes.
    fn exact(&self, gates: &Gates, moved: u32, grant: &Grant) -> Answer {
        let (mut runners, mut state) = (Vec::new(), Vec::new());
        for id in self.on_line(moved) {
            let (t, is_moved) = (&self.trains[id as usize], id == moved);
            let line = &self.plan.lines[t.line as usize];
            let (at, track) = if is_moved {
                (grant.target, grant.tracks[grant.target - t.target - 1])
            } else {
                (t.target, t.times.last().map_or(0, |e| e.track))
            };
            if at + 1 == line.stands.len() {
                continue;
            }
            // The whole way, so that trains alike stay alike as they move on: else a search could grow beyond its
            // bound after a move that a smaller search had found safe, and all would be refused.
            let route: Vec<u16> = line.stands.iter().map(|s| s.index() as u16).collect();
            let shut = line.border_leg.filter(|_| !gates.runs(line));
            let shut_after = shut.map(|b| (b + 1) as u16);
            runners.push(Runner { length_m: t.length_m, route, into_yard: true, shut_after });
            let rank = self.ranks[line.stands[at].index()][usize::from(track)];
            state.push(At { reached: (at + 1) as u16, track: rank });
        }
        look(&self.window, &runners, &state, MOST_STATES)
    }
}

#[cfg(test)]
mod tests {
    use crate::random::{case, tried};

    #[test]
    fn what_the_quick_tests_allow_the_exact_one_allows() {
        // The assertion is in `safe_after`.
        for n in 0..600 {
            if let Err(why) = tried(&case(n)) {
                panic!("line {n}: {why}");
            }
        }
    }
}
