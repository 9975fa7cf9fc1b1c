//! What is known to have been.

use crate::{Day, Watched};
use yalu_model::{CrossingId, Mode, State};
use yalu_units::IndexVec;

/// A dated state, as judged afterwards.
#[derive(Clone, PartialEq, Debug)]
pub struct TruthSpell {
    /// Crossing.
    pub crossing: CrossingId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// State; an unknown one is not scored.
    pub state: State,
    /// Days by which the first day may be off.
    pub start_uncertainty_days: i32,
}

/// All of them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Truth {
    spells: Vec<TruthSpell>,
}

impl Truth {
    /// Takes spells; where two overlap the later one holds.
    pub fn new(mut spells: Vec<TruthSpell>) -> Self {
        spells.sort_by_key(|s| (s.crossing, s.from));
        Self { spells }
    }

    /// The crossing that a row of a truth file means: `passenger rail` at a rail crossing is its passenger trains, where these have a
    /// crossing of their own.
    pub fn crossing(crossings: &IndexVec<CrossingId, Watched>, id: &str, mode: &str) -> Option<CrossingId> {
        let (named, watched) = crossings.enumerated().find(|(_, c)| c.id == id)?;
        if mode.contains("passenger") && watched.mode == Mode::Rail {
            return crossings
                .enumerated()
                .find(|(_, c)| c.place == watched.place && c.mode == Mode::Passenger)
                .map(|c| c.0);
        }
        Some(named)
    }

    /// Spells in order.
    pub fn spells(&self) -> &[TruthSpell] {
        &self.spells
    }

    /// The state of a day, if it is judged.
    pub fn state(&self, crossing: CrossingId, day: Day) -> Option<State> {
        let end = self.spells.partition_point(|s| (s.crossing, s.from) <= (crossing, day));
        let spell = self.spells[..end].last().filter(|s| s.crossing == crossing && s.to >= day)?;
        Some(spell.state)
    }

    /// Whether it ran on a day, if that is known.
    pub fn ran(&self, crossing: CrossingId, day: Day) -> Option<bool> {
        match self.state(crossing, day)? {
            State::Open | State::Limited => Some(true),
            State::Suspended | State::NotOpened => Some(false),
            State::Unknown => None,
        }
    }

    /// Whether a day lies within the uncertainty of a spell's first day.
    pub fn uncertain(&self, crossing: CrossingId, day: Day) -> bool {
        self.spells.iter().any(|s| s.crossing == crossing && day.since(s.from).abs() < s.start_uncertainty_days)
    }

    /// Days on which a crossing began or ceased to run, which of the two, and the uncertainty of the day.
    pub fn changes(&self, crossing: CrossingId) -> Vec<(Day, bool, i32)> {
        let own = self.spells.iter().filter(|s| s.crossing == crossing);
        let sides: Vec<(&TruthSpell, Option<bool>)> = own.map(|s| (s, self.ran(crossing, s.from))).collect();
        sides
            .windows(2)
            .filter_map(|w| match (w[0].1, w[1].1) {
                (Some(before), Some(after)) if before != after => {
                    Some((w[1].0.from, after, w[1].0.start_uncertainty_days))
                }
                _ => None,
            })
            .collect()
    }
}
