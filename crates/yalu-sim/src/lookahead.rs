//! Exact look-ahead: whether all trains of a window can still run to their ends, one move after another.
//!
//! A window is a set of places with tracks (stations; blocks too, where trains are told by the block they are in) and
//! trains with the places still before them. A train moves from where it can stand to the next place where it fits;
//! through places too short for it, it passes in the same move if a track there is free. All sequences of moves are
//! searched, each state once. Nothing safe is refused; where the search would grow beyond its bound, it says so.

use std::collections::{BTreeMap, BTreeSet};

/// Places of a window: lengths of the tracks of each, metres, rising.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// Tracks by place.
    pub places: Vec<Vec<u32>>,
    /// Places from this one on are queues: trains leave them in the order of their tracks, and none enters.
    pub queues_from: Option<u16>,
    /// Queues on the way from a place to the next: while a train is in one, none comes that way from the first.
    pub between: BTreeMap<(u16, u16), Vec<u16>>,
}

/// A train of a window.
#[derive(Clone, Debug)]
pub struct Runner {
    /// Length, metres.
    pub length_m: u32,
    /// Places of its way, in order.
    pub route: Vec<u16>,
    /// Whether it leaves the line by the yard of its last place: there it needs a track only to pass.
    pub into_yard: bool,
    /// So many places of its way lie before a border that is shut: it may not go on from the last of them.
    pub shut_after: Option<u16>,
}

/// Where a train of a window is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct At {
    /// Places of its way it has reached: 0 waits outside, one more than its way has left the line.
    pub reached: u16,
    /// Track it is on.
    pub track: u8,
}

/// What the look-ahead found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// All trains can run to their ends.
    Safe,
    /// They cannot: sooner or later none could move.
    Unsafe,
    /// The search ended before it knew.
    Unknown,
}

impl At {
    /// Outside the line, before its way.
    pub const OUTSIDE: At = At { reached: 0, track: 0 };
}

/// Trains searched at most.
const MOST_RUNNERS: usize = 12;

/// A search over one window and its trains.
pub struct Search<'a> {
    window: &'a Window,
    runners: &'a [Runner],
    /// The first of the trains alike, by train.
    alike: Vec<usize>,
    /// Whether shut borders are taken as open.
    open: bool,
    /// Whether a train is in a queue.
    queued: bool,
    /// States looked into so far, and at most.
    looked: usize,
    most: usize,
    seen: BTreeSet<Vec<At>>,
    /// Moves made to where the search is.
    path: Vec<u16>,
}

/// Whether all trains can run to their ends from a state. Looks into so many states at most.
pub fn look(window: &Window, runners: &[Runner], state: &[At], most: usize) -> Answer {
    way_on(window, runners, state, &[], most).0
}

/// Whether all trains can run to their ends from a state, and in which order of moves: a train is named once for each. An
/// order that did so before is tried first: however many trains there are and however long the search for it took, what
/// was found safe once is found so again after its first move.
pub fn way_on(window: &Window, runners: &[Runner], state: &[At], before: &[u16], most: usize) -> (Answer, Vec<u16>) {
    let mut search = Search::new(window, runners, false, most);
    if let Some(order) = search.again(state.to_vec(), before) {
        return (Answer::Safe, order);
    }
    let answer = search.answer(state.to_vec());
    (answer, search.path)
}

/// All moves of one train each from a state.
pub fn moves(window: &Window, runners: &[Runner], state: &[At]) -> Vec<Vec<At>> {
    let search = Search::new(window, runners, true, 0);
    let taken = search.taken(state);
    let each = (0..runners.len()).filter_map(|i| {
        let to = search.next(&taken, state, i)?;
        let mut after = state.to_vec();
        after[i] = to;
        Some(after)
    });
    each.collect()
}

/// Bits of tracks taken, by place.
type Taken = Vec<u64>;

impl<'a> Search<'a> {
    fn new(window: &'a Window, runners: &'a [Runner], open: bool, most: usize) -> Self {
        let like = |a: &Runner, b: &Runner| {
            a.length_m == b.length_m && a.shut_after == b.shut_after && a.into_yard == b.into_yard && a.route == b.route
        };
        let first = |i: usize| (0..i).find(|&j| like(&runners[i], &runners[j])).unwrap_or(i);
        let alike = (0..runners.len()).map(first).collect();
        let in_queue = |r: &Runner| window.queues_from.is_some_and(|q| r.route.first().is_some_and(|p| q <= *p));
        let queued = runners.iter().any(in_queue);
        Search { window, runners, alike, open, queued, looked: 0, most, seen: BTreeSet::new(), path: Vec::new() }
    }

    /// The moves made if trains move in an order, without those that cannot, and the rest then runs out: none if that
    /// leaves some train on the line.
    fn again(&self, mut state: Vec<At>, order: &[u16]) -> Option<Vec<u16>> {
        let (mut path, mut later) = (Vec::new(), Vec::new());
        self.follow(&mut state, order, &mut path, &mut later);
        if !self.done(&state) {
            return None;
        }
        if (0..state.len()).any(|i| !self.out(&state, i)) {
            // Trains at a shut border must be able to go on once it opens.
            let open = Search::new(self.window, self.runners, true, 0);
            open.follow(&mut state, &later, &mut path, &mut Vec::new());
            if (0..state.len()).any(|i| !self.out(&state, i)) {
                return None;
            }
        }
        Some(path)
    }

    /// Lets trains move in an order, and then every train run out that can. Notes what moved, and what could not.
    fn follow(&self, state: &mut [At], order: &[u16], path: &mut Vec<u16>, not: &mut Vec<u16>) {
        let mut taken = self.taken(state);
        for &i in order {
            let train = usize::from(i);
            let Some(to) = self.next(&taken, state, train) else {
                not.push(i);
                continue;
            };
            self.free(&mut taken, train, state[train]);
            state[train] = to;
            self.take(&mut taken, train, to);
            path.push(i);
        }
        self.clear(state, path);
    }

    fn answer(&mut self, mut state: Vec<At>) -> Answer {
        let mut path = std::mem::take(&mut self.path);
        self.clear(&mut state, &mut path);
        let left = (0..state.len()).filter(|&i| !self.out(&state, i)).count();
        if left == 0 {
            self.path = path;
            return Answer::Safe;
        }
        if left > MOST_RUNNERS {
            return Answer::Unknown;
        }
        let mut later = Search::new(self.window, self.runners, true, self.most);
        // Depth first: a way out is found soon where there is one.
        let mut open = vec![(state, path.len(), None)];
        while let Some((mut state, moves, mover)) = open.pop() {
            path.truncate(moves);
            path.extend(mover);
            self.clear(&mut state, &mut path);
            if self.done(&state) {
                if self.open || self.runners.iter().all(|r| r.shut_after.is_none()) {
                    self.path = path;
                    return Answer::Safe;
                }
                // Trains at a shut border must be able to go on once it opens.
                later.path.clone_from(&path);
                match later.answer(state.clone()) {
                    Answer::Unsafe => {}
                    other => {
                        self.path = later.path;
                        return other;
                    }
                }
            }
            if !self.seen.insert(self.canonical(&state)) {
                continue;
            }
            self.looked += 1;
            if self.looked > self.most {
                return Answer::Unknown;
            }
            let taken = self.taken(&state);
            for i in (0..self.runners.len()).rev() {
                if let Some(to) = self.next(&taken, &state, i) {
                    let mut after = state.clone();
                    after[i] = to;
                    open.push((after, path.len(), Some(i as u16)));
                }
            }
        }
        Answer::Unsafe
    }

    /// Lets every train go that can run to its end at once: with fewer trains the others have no less room.
    fn clear(&self, state: &mut [At], path: &mut Vec<u16>) {
        let mut taken = self.taken(state);
        let mut again = true;
        while again {
            again = false;
            for i in 0..state.len() {
                if self.out(state, i) {
                    continue;
                }
                let mut at = state[i];
                let (held, moves) = (at, path.len());
                while let Some(to) = self.step(&taken, i, at) {
                    at = to;
                    path.push(i as u16);
                    if self.left(i, at) {
                        break;
                    }
                }
                if self.left(i, at) {
                    self.free(&mut taken, i, held);
                    state[i] = at;
                    again = true;
                } else {
                    path.truncate(moves);
                }
            }
        }
    }

    /// Trains alike are told apart by nothing: their places are sorted.
    fn canonical(&self, state: &[At]) -> Vec<At> {
        let mut out = state.to_vec();
        for i in 0..out.len() {
            for j in i + 1..out.len() {
                if out[j] < out[i] && self.alike[i] == self.alike[j] {
                    out.swap(i, j);
                }
            }
        }
        out
    }

    fn left(&self, i: usize, at: At) -> bool {
        usize::from(at.reached) > self.runners[i].route.len()
    }
    fn out(&self, state: &[At], i: usize) -> bool {
        self.left(i, state[i])
    }
    /// Whether every train that no shut border holds has left.
    fn done(&self, state: &[At]) -> bool {
        let held = |i: usize| self.runners[i].shut_after.is_some_and(|s| state[i].reached <= s);
        (0..state.len()).all(|i| self.out(state, i) || !self.open && held(i))
    }

    fn taken(&self, state: &[At]) -> Taken {
        let mut out = vec![0; self.window.places.len()];
        for (i, at) in state.iter().enumerate() {
            self.take(&mut out, i, *at);
        }
        out
    }
    fn free(&self, taken: &mut Taken, i: usize, at: At) {
        if at.reached > 0 && !self.left(i, at) {
            taken[usize::from(self.runners[i].route[usize::from(at.reached) - 1])] &= !(1_u64 << at.track);
        }
    }
    fn take(&self, taken: &mut Taken, i: usize, at: At) {
        if at.reached > 0 && !self.left(i, at) {
            taken[usize::from(self.runners[i].route[usize::from(at.reached) - 1])] |= 1_u64 << at.track;
        }
    }
    /// A train's next move; none if it has left the line or cannot move.
    fn next(&self, taken: &Taken, state: &[At], i: usize) -> Option<At> {
        if self.out(state, i) { None } else { self.step(taken, i, state[i]) }
    }

    /// Where a train comes to stand next; none if it cannot move.
    fn step(&self, taken: &Taken, i: usize, from: At) -> Option<At> {
        let r = &self.runners[i];
        let mut reached = from.reached;
        let here = reached.checked_sub(1).and_then(|k| r.route.get(usize::from(k))).copied();
        let queue = here.filter(|p| self.window.queues_from.is_some_and(|q| q <= *p));
        if queue.is_some_and(|p| taken[usize::from(p)] & ((1_u64 << from.track) - 1) != 0) {
            return None;
        }
        loop {
            if !self.open && r.shut_after == Some(reached) {
                return None;
            }
            reached += 1;
            let at = usize::from(reached);
            if at > r.route.len() {
                return Some(At { reached, track: 0 });
            }
            if self.queued && at > 1 {
                let between = self.window.between.get(&(r.route[at - 2], r.route[at - 1]));
                if between.is_some_and(|all| all.iter().any(|q| taken[usize::from(*q)] != 0)) {
                    return None;
                }
            }
            let place = usize::from(r.route[at - 1]);
            let tracks = &self.window.places[place];
            let free = |k: usize| taken[place] >> k & 1 == 0;
            if at == r.route.len() && r.into_yard {
                return (0..tracks.len()).any(free).then_some(At { reached: reached + 1, track: 0 });
            }
            // Tracks rise in length: the shortest that fits leaves the longer ones to longer trains.
            let fits = tracks.partition_point(|&m| m < r.length_m);
            if fits < tracks.len() {
                let track = (fits..tracks.len()).find(|&k| free(k))?;
                return Some(At { reached, track: track as u8 });
            }
            if !(0..tracks.len()).any(free) {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: u32 = 1000;

    /// Places of one or two tracks each, and so many trains from each end, all waiting outside.
    fn line(tracks: &[usize], east: usize, west: usize) -> (Window, Vec<Runner>, Vec<At>) {
        let window = Window { places: tracks.iter().map(|&n| vec![LONG; n]).collect(), ..Window::default() };
        let there: Vec<u16> = (0..tracks.len() as u16).collect();
        let back: Vec<u16> = there.iter().rev().copied().collect();
        let runner =
            |route: &Vec<u16>| Runner { length_m: 500, route: route.clone(), into_yard: false, shut_after: None };
        let runners: Vec<Runner> =
            std::iter::repeat_n(runner(&there), east).chain(std::iter::repeat_n(runner(&back), west)).collect();
        let state = vec![At::OUTSIDE; runners.len()];
        (window, runners, state)
    }

    #[test]
    fn an_ordinary_meet_is_safe_and_four_trains_in_a_loop_of_two_are_not() {
        let (window, runners, mut state) = line(&[1, 2, 1], 1, 1);
        state[0].reached = 1;
        state[1].reached = 1;
        assert_eq!(look(&window, &runners, &state, 1000), Answer::Safe);
        let (window, runners, mut state) = line(&[1, 2, 1], 2, 2);
        (state[0], state[1]) = (At { reached: 2, track: 0 }, At { reached: 1, track: 0 });
        (state[2], state[3]) = (At { reached: 2, track: 1 }, At { reached: 1, track: 0 });
        assert_eq!(look(&window, &runners, &state, 1000), Answer::Unsafe);
    }

    #[test]
    fn a_train_longer_than_a_loop_passes_it_and_never_meets_there() {
        let window = Window { places: vec![vec![LONG], vec![300, 300], vec![LONG]], ..Window::default() };
        let long = |route: Vec<u16>| Runner { length_m: 800, route, into_yard: false, shut_after: None };
        let runners = [long(vec![0, 1, 2]), long(vec![2, 1, 0])];
        let both_in = [At { reached: 1, track: 0 }; 2];
        assert_eq!(look(&window, &runners, &both_in, 1000), Answer::Unsafe);
        let one_in = [At { reached: 1, track: 0 }, At::OUTSIDE];
        assert_eq!(look(&window, &runners, &one_in, 1000), Answer::Safe);
    }

    #[test]
    fn trains_at_a_shut_border_must_leave_room_to_others_and_for_its_opening() {
        // Two tracks before the border, two beyond; a train each way fills one of each.
        let window = Window { places: vec![vec![LONG, LONG], vec![LONG, LONG]], ..Window::default() };
        let shut = |route: Vec<u16>| Runner { length_m: 500, route, into_yard: false, shut_after: Some(1) };
        let runners = [shut(vec![0, 1]), shut(vec![1, 0]), shut(vec![0, 1]), shut(vec![1, 0])];
        let at = |track| At { reached: 1, track };
        assert_eq!(look(&window, &runners, &[at(0), at(0), At::OUTSIDE, At::OUTSIDE], 1000), Answer::Safe);
        // Both sides full: once it opens, none can cross.
        assert_eq!(look(&window, &runners, &[at(0), at(0), at(1), at(1)], 1000), Answer::Unsafe);
    }
}
