//! All states of a small line, one move after another, and from which of them every train can leave.

use crate::Unobserved;
use std::collections::BTreeMap;
use yalu_sim::lookahead::{Answer, At, Runner, Window, look, moves};

/// Length of trains, metres.
pub(crate) const TRAIN_M: u32 = 1000;
/// Length of loop tracks: a train fits exactly.
pub(crate) const LOOP_M: u32 = 1000;
/// Length of blocks.
pub(crate) const BLOCK_M: u32 = 2000;
/// States that one look ahead may look into.
const MOST: usize = 1_000_000;

/// A line, and trains from both ends that all wait outside.
pub(crate) struct Line {
    /// Its places.
    pub window: Window,
    /// Trains out first.
    pub runners: Vec<Runner>,
    /// How many of them run out.
    out: usize,
}

/// All states that trains of a line can come to.
pub(crate) struct States {
    all: Vec<Vec<At>>,
    /// For each the states that one move leads to.
    next: Vec<Vec<usize>>,
    /// Whether all trains have left.
    left: Vec<bool>,
}

impl Line {
    /// Places of so many tracks each, and so many trains from each end.
    pub fn new(tracks: &[usize], each_way: usize) -> Self {
        let length = |n: usize| if n == 1 { BLOCK_M } else { LOOP_M };
        let places = tracks.iter().map(|&n| vec![length(n); n]).collect();
        let window = Window { places, ..Window::default() };
        let out: Vec<u16> = (0..tracks.len() as u16).collect();
        let back: Vec<u16> = out.iter().rev().copied().collect();
        let runner =
            |route: &Vec<u16>| Runner { length_m: TRAIN_M, route: route.clone(), into_yard: false, shut_after: None };
        let (ahead, behind) =
            (std::iter::repeat_n(runner(&out), each_way), std::iter::repeat_n(runner(&back), each_way));
        Self { window, runners: ahead.chain(behind).collect(), out: each_way }
    }

    /// Trains of a direction are alike, and so are tracks of a place.
    fn anonymous(&self, state: &[At]) -> Vec<(bool, u16)> {
        let mut out: Vec<(bool, u16)> = state.iter().enumerate().map(|(i, at)| (i < self.out, at.reached)).collect();
        out.sort_unstable();
        out
    }

    /// All states, from the one in which all trains wait outside.
    pub fn states(&self) -> States {
        let begin = vec![At::OUTSIDE; self.runners.len()];
        let mut known = BTreeMap::from([(self.anonymous(&begin), 0)]);
        let mut found = States { all: vec![begin], next: Vec::new(), left: Vec::new() };
        while let Some(state) = found.all.get(found.next.len()).cloned() {
            let mut next = Vec::new();
            for after in moves(&self.window, &self.runners, &state) {
                let at = *known.entry(self.anonymous(&after)).or_insert_with(|| {
                    found.all.push(after);
                    found.all.len() - 1
                });
                next.push(at);
            }
            found.next.push(next);
            let left = state.iter().zip(&self.runners).all(|(at, r)| usize::from(at.reached) > r.route.len());
            found.left.push(left);
        }
        found
    }
}

impl States {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// How many there are in which no train can move, though some are left.
    pub fn dead(&self) -> usize {
        self.next.iter().zip(&self.left).filter(|(next, left)| next.is_empty() && !**left).count()
    }

    /// From which of them all trains can leave: backward from the end, move by move.
    pub fn can_leave(&self) -> Vec<bool> {
        let mut before = vec![Vec::new(); self.all.len()];
        for (from, next) in self.next.iter().enumerate() {
            for &to in next {
                before[to].push(from);
            }
        }
        let mut can = self.left.clone();
        let mut open: Vec<usize> = (0..can.len()).filter(|&i| can[i]).collect();
        while let Some(i) = open.pop() {
            for &from in &before[i] {
                if !can[from] {
                    can[from] = true;
                    open.push(from);
                }
            }
        }
        can
    }

    /// Which of them the look-ahead holds for safe, on a window and with trains that may be others than their own.
    pub fn held_safe(&self, window: &Window, runners: &[Runner]) -> Result<Vec<bool>, Unobserved> {
        let each = self.all.iter().map(|state| match look(window, runners, state, MOST) {
            Answer::Safe => Ok(true),
            Answer::Unsafe => Ok(false),
            Answer::Unknown => Err(Unobserved::GaveUp { states: MOST }),
        });
        each.collect()
    }
}
