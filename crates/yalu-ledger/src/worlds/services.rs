//! What happens in a world: closures of the border and of single crossings, reopenings in steps, one-off movements.

use super::dice::Dice;
use super::{DAYS, Rates};
use yalu_model::{Mode, State};
use yalu_units::StreamKey;

/// Days before the first day from which the world is drawn, so that closures may have begun long before.
const BEFORE: i32 = 2000;

/// The crossings of a world: mode, and whether it is watched.
pub(super) const CROSSINGS: [(Mode, bool); 6] = [
    (Mode::Rail, true),
    (Mode::Road, true),
    (Mode::Sea, true),
    (Mode::Rail, false),
    (Mode::Road, false),
    (Mode::Road, false),
];

/// What happened at a crossing, day by day.
pub(super) struct Service {
    pub states: Vec<State>,
    /// Days of a closure on which something crossed all the same.
    pub episodes: Vec<bool>,
    /// Vehicles a day when it is open, and the share of them when it is limited.
    pub vehicles: f64,
    pub limited_share: f64,
    /// Whether a limit is a quarantine.
    pub quarantine: bool,
}

/// A closure or restriction of the whole border.
pub(super) struct Shut {
    pub from: i32,
    pub to: i32,
    pub state: State,
}

/// Closures and restrictions of the border. Most are short, some last years.
pub(super) fn border(key: StreamKey, rates: Rates) -> Vec<Shut> {
    let mut dice = Dice::of(key, "border", 0);
    let mut out = Vec::new();
    let mut day = -BEFORE + dice.lognormal(250.0, 1.0);
    while day < DAYS {
        let state = if dice.chance(0.7) { State::Suspended } else { State::Limited };
        let to = day + dice.pareto(6.0, 0.5).min(1500);
        out.push(Shut { from: day, to, state });
        day = to + 20 + (f64::from(dice.lognormal(380.0, 1.0)) / rates.changes) as i32;
    }
    out
}

/// What happens at a crossing: it follows the border or not, late or at once, and has closures of its own.
pub(super) fn service(key: StreamKey, crossing: usize, border: &[Shut], rates: Rates) -> Service {
    let mut dice = Dice::of(key, "service", crossing);
    let land = !matches!(CROSSINGS[crossing].0, Mode::Sea | Mode::Air);
    let follows = dice.between(0.5, 1.0) * if land { 1.0 } else { 0.4 };
    let mut out = Service {
        states: vec![State::Open; DAYS as usize],
        episodes: vec![false; DAYS as usize],
        vehicles: 3.0 + f64::from(dice.lognormal(14.0, 0.8)),
        limited_share: dice.between(0.05, 0.5),
        quarantine: dice.chance(0.5),
    };
    for shut in border {
        if dice.chance(follows) {
            let late = if dice.chance(0.5) { 0 } else { dice.exponential(6.0) };
            let after = if dice.chance(0.4) { dice.exponential(2.0) } else { dice.lognormal(30.0, 1.4) };
            out.put(shut.from + late, shut.to + after, shut.state);
            if shut.state == State::Suspended && dice.chance(0.5) {
                out.put(shut.to + after, shut.to + after + dice.lognormal(80.0, 0.9), State::Limited);
            }
        }
    }
    for (state, gap, length, spread) in [(State::Suspended, 420.0, 14.0, 1.5), (State::Limited, 900.0, 60.0, 1.0)] {
        let mut day = -BEFORE;
        while day < DAYS {
            day += 1 + (f64::from(dice.lognormal(gap, 0.9)) / rates.changes) as i32;
            let to = day + 1 + dice.lognormal(length, spread).min(1500);
            out.put(day, to, state);
            if state == State::Suspended && dice.chance(0.3) {
                out.put(to, to + dice.lognormal(50.0, 0.9), State::Limited);
            }
            day = to;
        }
    }
    if dice.chance(0.04) {
        let opens = if dice.chance(0.5) { DAYS } else { dice.between(0.0, f64::from(DAYS)) as i32 };
        out.put(-BEFORE, opens, State::NotOpened);
    }
    // Trials, aid, diplomats: seldom, and then often two or three close together.
    let mut day = 0;
    while day < DAYS {
        day += 1 + dice.exponential(70.0 / rates.changes);
        for _ in 0..dice.pareto(1.0, 2.0).min(4) {
            if let Some(e) = usize::try_from(day).ok().and_then(|i| out.episodes.get_mut(i)) {
                *e = true;
            }
            day += 1 + dice.exponential(4.0);
        }
    }
    for (episode, state) in out.episodes.iter_mut().zip(&out.states) {
        *episode &= *state == State::Suspended;
    }
    out
}

impl Service {
    /// What shuts most counts.
    fn put(&mut self, from: i32, to: i32, state: State) {
        let rank = |s: State| match s {
            State::NotOpened => 3,
            State::Suspended => 2,
            State::Limited => 1,
            State::Open | State::Unknown => 0,
        };
        let from = from.clamp(0, DAYS);
        for s in &mut self.states[from as usize..to.clamp(from, DAYS) as usize] {
            if rank(state) > rank(*s) {
                *s = state;
            }
        }
    }

    /// Whether it runs on a day.
    pub fn runs(&self, day: i32) -> bool {
        let i = day.clamp(0, DAYS - 1) as usize;
        matches!(self.states[i], State::Open | State::Limited)
    }

    /// Days on which its state changed.
    pub fn changes(&self) -> Vec<i32> {
        (1..DAYS).filter(|d| self.states[*d as usize] != self.states[*d as usize - 1]).collect()
    }
}
