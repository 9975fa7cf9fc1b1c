//! The chance of each state on a day.

use crate::Day;
use crate::phases::{Joint, of_own, runs, state};
use yalu_model::State;

/// Odds below which no state is named: less than three to two.
const NAMED: f64 = 0.6;

/// What is believed of a crossing on a day.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Belief {
    /// The day.
    pub day: Day,
    /// Chance that it has never opened.
    pub not_opened: f64,
    /// Chance that nothing runs.
    pub suspended: f64,
    /// Chance that it runs with a restriction.
    pub limited: f64,
    /// Chance that it runs.
    pub open: f64,
    /// Whether anything was ever heard of it; if not, these are the chances before anything is heard.
    pub heard: bool,
}

impl Belief {
    pub(crate) fn of(day: Day, belief: &Joint, heard: bool) -> Self {
        let mut out = Self { day, not_opened: 0.0, suspended: 0.0, limited: 0.0, open: 0.0, heard };
        for (phase, p) in of_own(belief).into_iter().enumerate() {
            match state(phase) {
                State::NotOpened => out.not_opened += p,
                State::Limited => out.limited += p,
                State::Open => out.open += p,
                State::Suspended | State::Unknown => out.suspended += p,
            }
        }
        out
    }

    /// Chance that it runs, limited or open.
    pub fn running(&self) -> f64 {
        self.limited + self.open
    }

    /// Chance of the state `unknown`: none. A crossing is always in one of the four states; not to know which is a state of
    /// the reader, told by [`Belief::state`], and takes no chance from them.
    pub fn unknown(&self) -> f64 {
        0.0
    }

    /// The state to name: unknown where nothing was heard or where running and not running are nearly even (less than three
    /// to two), else the likelier state of the likelier side.
    pub fn state(&self) -> State {
        let running = self.running();
        if !self.heard || running.max(1.0 - running) < NAMED {
            State::Unknown
        } else if running >= 0.5 {
            if self.open >= self.limited { State::Open } else { State::Limited }
        } else if self.suspended >= self.not_opened {
            State::Suspended
        } else {
            State::NotOpened
        }
    }
}

/// Chance that it runs.
pub(crate) fn running(belief: &Joint) -> f64 {
    of_own(belief).into_iter().enumerate().filter(|(phase, _)| runs(*phase)).map(|(_, p)| p).sum()
}
