//! The safe look-ahead: no move after which some train could not leave the line.
//!
//! Banker's test with parking places answers most questions at once; what it cannot settle the exact search does.

use super::Movement;
use super::train::{State, Train};
use crate::gates::Gates;
use crate::lookahead::{Answer, At, Runner, way_on};
use yalu_plan::{Line, StandId};
use yalu_units::Idx;

/// States the exact search looks into at most for one move: a window of four loops and eight trains has fewer.
const MOST_STATES: usize = 4_000;

/// Where a train is bound, for the look-ahead.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// A track at a stand of its way.
    Track { at: usize, track: u8 },
    /// Behind others before a stand of its way, without a track there.
    Lane { target: usize },
}

impl Train<'_> {
    fn place(&self) -> Place {
        if self.trackless {
            Place::Lane { target: self.target }
        } else {
            Place::Track { at: self.target, track: self.times.last().map_or(0, |e| e.track) }
        }
    }
}

impl Movement<'_> {
    /// Whether all trains can still leave the line, one after another, once this one is where it asks to go.
    ///
    /// While no stand is full every train can: it runs through tracks that are free. A full stand is resolved if one of
    /// its trains can reach its end, or a stand that keeps a track free beside it, through free tracks alone. Where that
    /// fails, or where trains follow each other without a track, the order of moves found last is tried, and then all ways
    /// to move on are searched. So the next move of what was found safe is found safe again.
    pub(super) fn safe_after(&mut self, gates: &Gates, train: u32, to: Place) -> bool {
        if !self.lookahead {
            return true;
        }
        let stands = &self.line(train).stands;
        let tracks = match to {
            Place::Track { at, .. } if self.trackless == 0 => Some(at),
            _ => None,
        };
        let room = |at: usize| at + 1 == stands.len() || self.free[stands[at].index()] > 1;
        let roomy = self.full == 0 && tracks.is_some_and(room);
        if roomy || tracks.is_some() && self.banker(gates, train, to) {
            #[cfg(test)]
            assert_ne!(
                self.exact(gates, train, to).0,
                Answer::Unsafe,
                "the quick tests allow what the exact one refuses"
            );
            self.moves(train, to);
            return true;
        }
        match self.exact(gates, train, to) {
            (Answer::Safe, order) => {
                self.order = order;
                true
            }
            (Answer::Unsafe, _) => false,
            (Answer::Unknown, _) => {
                self.refused_beyond_window += 1;
                false
            }
        }
    }

    /// The order of moves without the one that a train now makes.
    fn moves(&mut self, train: u32, to: Place) {
        let moved = self.order.iter().position(|id| *id == train);
        if let (Place::Track { .. }, Some(at)) = (to, moved) {
            self.order.remove(at);
        }
    }

    fn banker(&mut self, gates: &Gates, train: u32, to: Place) -> bool {
        let line = self.line(train);
        self.scratch.copy_from_slice(&self.free);
        let t = &self.trains[train as usize];
        if t.state != State::Yard && !t.trackless {
            let (stand, track) = (line.stands[t.target].index(), usize::from(t.times[t.target].track));
            self.scratch[stand] += u16::from(self.stands[stand].tracks[track].long);
        }
        if let Place::Track { at, track } = to
            && at + 1 < line.stands.len()
        {
            let stand = line.stands[at].index();
            self.scratch[stand] -= u16::from(self.stands[stand].tracks[usize::from(track)].long);
        }
        // Up the line and down again: trains that wait behind each other leave one after the other in a single look.
        let mut stands: Vec<usize> = (0..self.scratch.len()).filter(|s| self.scratch[*s] == 0).collect();
        let mut unchanged = 0;
        while !stands.is_empty() && unchanged < 2 {
            let before = stands.len();
            stands.retain(|stand| !self.resolve(gates, *stand, train, to));
            unchanged = if stands.len() < before { 0 } else { unchanged + 1 };
            stands.reverse();
        }
        stands.is_empty()
    }

    /// Lets a train run in thought to its end or to a stand where others still pass it.
    fn parks(&mut self, gates: &Gates, id: u32, at: usize) -> bool {
        let t = &self.trains[id as usize];
        let line = &self.plan.lines[t.line as usize];
        let Some(park) = self.way_out(gates, line, t.length_m, at) else { return false };
        if park + 1 != line.stands.len() {
            self.scratch[line.stands[park].index()] -= 1;
        }
        true
    }

    /// Lets one train leave a full stand in thought.
    fn resolve(&mut self, gates: &Gates, stand: usize, moved: u32, to: Place) -> bool {
        // Trains bound for it hold its tracks; by number, as all trains are looked at.
        let mut bound: Vec<u32> = self.stands[stand].tracks.iter().filter_map(|k| k.train).chain([moved]).collect();
        bound.sort_unstable();
        bound.dedup();
        for id in bound {
            let t = &self.trains[id as usize];
            let Place::Track { at, track } = (if id == moved { to } else { t.place() }) else { continue };
            let line = &self.plan.lines[t.line as usize];
            if at + 1 == line.stands.len() || line.stands[at].index() != stand {
                continue;
            }
            // Only a train on a track that counts frees one by leaving.
            if self.stands[stand].tracks[usize::from(track)].long && self.parks(gates, id, at) {
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

    /// The exact answer for the whole line, as far as its search goes, and the order in which trains then move.
    fn exact(&self, gates: &Gates, moved: u32, to: Place) -> (Answer, Vec<u32>) {
        let (mut ids, mut runners, mut state) = (Vec::new(), Vec::new(), Vec::new());
        for id in self.on_line(moved) {
            let t = &self.trains[id as usize];
            let line = &self.plan.lines[t.line as usize];
            // The whole way, so that trains alike stay alike as they move on: else a search could grow beyond its
            // bound after a move that a smaller search had found safe, and all would be refused.
            let mut route: Vec<u16> = line.stands.iter().map(|s| s.index() as u16).collect();
            let mut shut = line.border_leg.filter(|_| !gates.runs(line)).map(|b| b + 1);
            let at = match if id == moved { to } else { t.place() } {
                Place::Track { at, .. } if at + 1 == line.stands.len() => continue,
                Place::Track { at, track } => {
                    let rank = self.ranks[line.stands[at].index()][usize::from(track)];
                    At { reached: (at + 1) as u16, track: rank }
                }
                Place::Lane { target } => {
                    let key = self.lane_key(id, target - 1);
                    route.drain(..target);
                    route.insert(0, (self.stands.len() + key) as u16);
                    shut = shut.filter(|s| *s > target).map(|s| s + 1 - target);
                    let queue = &self.lanes[key / 2][key % 2].trackless;
                    let place = queue.iter().position(|x| *x == id).unwrap_or(queue.len());
                    At { reached: 1, track: place as u8 }
                }
            };
            let shut_after = shut.map(|s| s as u16);
            runners.push(Runner { length_m: t.length_m, route, into_yard: true, shut_after });
            state.push(at);
            ids.push(id);
        }
        let mut moves = matches!(to, Place::Track { .. });
        let not_moved = |id: &&u32| **id != moved || !std::mem::take(&mut moves);
        let before = self.order.iter().filter(not_moved).filter_map(|id| ids.binary_search(id).ok());
        let before: Vec<u16> = before.map(|i| i as u16).collect();
        let (answer, order) = way_on(&self.window, &runners, &state, &before, MOST_STATES);
        (answer, order.into_iter().map(|i| ids[usize::from(i)]).collect())
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
