//! Hidden phases of a border and a crossing under it, and how they change from day to day.
//!
//! A chain forgets how long a state has lasted. Phases remember as much as is needed: a change is fresh for some days, in which more is written of
//! it; closures are of three lengths, so that one that has lasted long is likely a long one. The border is open, restricted or shut; its
//! crossings follow it or go their own way.

use crate::Settings;
use yalu_model::State;

/// Phases of a crossing, of a border, and of both together.
pub(crate) const OWN: usize = 11;
pub(crate) const BORDERS: usize = 3;
pub(crate) const JOINT: usize = OWN * BORDERS;
/// A number for each pair of phases: `OWN` of each border phase after another.
pub(crate) type Joint = [f64; JOINT];
/// A number for each phase of a border.
pub(crate) type ByBorder = [f64; BORDERS];

pub(crate) const NOT_OPENED: usize = 0;
/// The first of three lengths of closures, each fresh and then settled.
pub(crate) const SHUT: usize = 1;
pub(crate) const LIMITED_FRESH: usize = 7;
pub(crate) const LIMITED: usize = 8;
pub(crate) const OPEN_FRESH: usize = 9;
pub(crate) const OPEN: usize = 10;

pub(crate) const BORDER_OPEN: usize = 0;
pub(crate) const BORDER_LIMITED: usize = 1;
pub(crate) const BORDER_SHUT: usize = 2;

/// The state of a crossing's phase.
pub(crate) fn state(own: usize) -> State {
    match own {
        NOT_OPENED => State::NotOpened,
        SHUT..LIMITED_FRESH => State::Suspended,
        LIMITED_FRESH | LIMITED => State::Limited,
        _ => State::Open,
    }
}

/// Whether a crossing runs in a phase.
pub(crate) fn runs(own: usize) -> bool {
    own >= LIMITED_FRESH
}

/// Whether a change of a crossing is new in a phase.
pub(crate) fn fresh(own: usize) -> bool {
    matches!(own, 1 | 3 | 5 | LIMITED_FRESH | OPEN_FRESH)
}

/// A value for each phase of a crossing by its state: not opened, suspended, limited, open.
pub(crate) fn by_state([not_opened, shut, limited, open]: [f64; 4]) -> [f64; OWN] {
    std::array::from_fn(|own| match state(own) {
        State::NotOpened => not_opened,
        State::Limited => limited,
        State::Open => open,
        State::Suspended | State::Unknown => shut,
    })
}

/// What turns on a day, each as many times likelier as something dated says: 1 where nothing is said.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Turns {
    /// The crossing begins to run, ceases to run.
    pub own: [f64; 2],
    /// The border opens, is restricted, is shut.
    pub border: ByBorder,
}

impl Turns {
    /// Nothing is said.
    pub const NONE: Self = Self { own: [1.0; 2], border: [1.0; BORDERS] };

    fn of(&self, kind: Kind) -> f64 {
        let own = kind.own.map_or(1.0, |o| self.own[o as usize]);
        kind.border.map_or(own, |b| own * self.border[b as usize])
    }
}

/// What changes in a step: the crossing begins (0) or ceases (1) to run, the border comes to a phase.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Kind {
    own: Option<u8>,
    border: Option<u8>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Step {
    from: u8,
    to: u8,
    kind: Kind,
    chance: f64,
}

/// The chain of a border and one crossing: chances of the first day and of each step.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Chain {
    pub start: Joint,
    /// Steps of a chance above none.
    steps: Vec<Step>,
    /// All chances from a phase, row by row, and to a phase: what days need on which no turn is dated.
    from: Vec<Joint>,
    to: Vec<Joint>,
}

/// Hazards that a forecast draws: how often closures end, limited services, open services and the border change, as a multiple of the usual.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Pace {
    pub closures: f64,
    pub limited: f64,
    pub open: f64,
    pub border: f64,
}

impl Pace {
    pub const USUAL: Self = Self { closures: 1.0, limited: 1.0, open: 1.0, border: 1.0 };
}

/// How a crossing goes with its border.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Follows {
    /// Chance that it shuts as the border shuts, and a day later on while the border is shut.
    pub shuts: [f64; 2],
    /// Chance that it reopens as the border opens, and a day later on while the border is open, unless its closure is of the longest.
    pub opens: [f64; 2],
    /// Chance that it is limited as the border is restricted.
    pub limits: f64,
    /// How much seldomer a closure ends while the border is shut.
    pub held: f64,
}

impl Chain {
    /// The chain of a crossing by the settings.
    pub fn new(s: &Settings, follows: Follows, pace: Pace) -> Self {
        let mut steps = Vec::new();
        let borders = border_steps(s, pace.border);
        for from in 0..JOINT {
            let (b, own) = (from / OWN, from % OWN);
            for (next, p) in borders[b].into_iter().enumerate().filter(|x| x.1 > 0.0) {
                let of_own = own_step(s, follows, pace, (b, next), own);
                for (to, q) in of_own.into_iter().enumerate().filter(|x| x.1 > 0.0) {
                    let turn = (runs(own) != runs(to)).then_some(u8::from(runs(own)));
                    let kind = Kind { own: turn, border: (b != next).then_some(next as u8) };
                    steps.push(Step { from: from as u8, to: (next * OWN + to) as u8, kind, chance: p * q });
                }
            }
        }
        let (mut by_from, mut by_to) = (vec![[0.0; JOINT]; JOINT], vec![[0.0; JOINT]; JOINT]);
        for step in &steps {
            let (from, to) = (usize::from(step.from), usize::from(step.to));
            by_from[from][to] += step.chance;
            by_to[to][from] += step.chance;
        }
        let mut chain = Self { start: [0.0; JOINT], steps, from: by_from, to: by_to };
        chain.start = chain.settled(s);
        chain
    }

    /// The chances in the long run, with the share that has never opened as it is set: so nothing drifts before the first evidence.
    fn settled(&self, s: &Settings) -> Joint {
        let mut square = self.from.clone();
        // Squared again and again: 2^14 days.
        for _ in 0..14 {
            let mut next = vec![[0.0; JOINT]; JOINT];
            for (row, out) in square.iter().zip(&mut next) {
                for (p, through) in row.iter().zip(&square).filter(|x| *x.0 > 0.0) {
                    out.iter_mut().zip(through).for_each(|(o, q)| *o += p * q);
                }
            }
            square = next;
        }
        let row = &square[OPEN];
        let opened: f64 = row.iter().sum();
        let mut start: Joint = std::array::from_fn(|i| row[i] / opened * (1.0 - s.not_opened));
        for b in 0..BORDERS {
            let share: f64 = row[b * OWN..(b + 1) * OWN].iter().sum();
            start[b * OWN + NOT_OPENED] = s.not_opened * share / opened;
        }
        start
    }

    /// The belief a day later, before anything is heard; more where a turn is said to have been, so that it need not add up to 1.
    pub fn ahead(&self, belief: &Joint, turns: &Turns) -> Joint {
        if *turns == Turns::NONE {
            return mixed(belief, &self.from);
        }
        let mut next = [0.0; JOINT];
        for s in &self.steps {
            next[usize::from(s.to)] += belief[usize::from(s.from)] * s.chance * turns.of(s.kind);
        }
        next
    }

    /// For each pair of phases of today, the mean of a function of tomorrow's.
    pub fn behind(&self, of_tomorrow: &Joint, turns: &Turns) -> Joint {
        if *turns == Turns::NONE {
            return mixed(of_tomorrow, &self.to);
        }
        let mut today = [0.0; JOINT];
        for s in &self.steps {
            today[usize::from(s.from)] += of_tomorrow[usize::from(s.to)] * s.chance * turns.of(s.kind);
        }
        today
    }

    /// The weight of a step from each phase of today to one of tomorrow.
    pub fn into(&self, to: usize, turns: &Turns) -> Joint {
        let mut from = [0.0; JOINT];
        for s in self.steps.iter().filter(|s| usize::from(s.to) == to) {
            from[usize::from(s.from)] += s.chance * turns.of(s.kind);
        }
        from
    }
}

/// The sum of rows by weight.
fn mixed(weights: &Joint, rows: &[Joint]) -> Joint {
    let mut out = [0.0; JOINT];
    for (weight, row) in weights.iter().zip(rows) {
        for (o, r) in out.iter_mut().zip(row) {
            *o += weight * r;
        }
    }
    out
}

fn border_steps(s: &Settings, pace: f64) -> [ByBorder; BORDERS] {
    let day = |days: f64| (pace / days).min(0.5);
    let mut out = [[0.0; BORDERS]; BORDERS];
    out[BORDER_OPEN] = [0.0, day(s.border_days[0]) * (1.0 - s.border_shuts), day(s.border_days[0]) * s.border_shuts];
    out[BORDER_LIMITED] = [0.5 * day(s.border_days[1]), 0.0, 0.5 * day(s.border_days[1])];
    out[BORDER_SHUT] = [0.5 * day(s.border_days[2]), 0.5 * day(s.border_days[2]), 0.0];
    for (b, row) in out.iter_mut().enumerate() {
        row[b] = 1.0 - row.iter().sum::<f64>();
    }
    out
}

/// A day of a crossing in a phase while its border goes from one phase to another.
fn own_step(s: &Settings, follows: Follows, pace: Pace, (border, next): (usize, usize), own: usize) -> [f64; OWN] {
    let mut row = [0.0; OWN];
    let ageing = 1.0 / s.fresh_days;
    let shut_by = |row: &mut [f64; OWN], chance: f64, shares: [f64; 3]| {
        for (i, share) in shares.into_iter().enumerate() {
            row[SHUT + 2 * i] += chance * share;
        }
    };
    let reopens = |row: &mut [f64; OWN], chance: f64| {
        row[LIMITED_FRESH] += chance * s.reopens_limited;
        row[OPEN_FRESH] += chance * (1.0 - s.reopens_limited);
    };
    let enters = |to: usize| next == to && border != to;
    let held = if next == BORDER_SHUT { follows.held } else { 1.0 };
    match state(own) {
        State::NotOpened => reopens(&mut row, 1.0 / s.not_opened_days),
        State::Suspended | State::Unknown => {
            let length = (own - SHUT) / 2;
            let own_end = (pace.closures * held / s.shut_days[length]).min(0.5);
            let with_border = if enters(BORDER_OPEN) {
                follows.opens[0]
            } else if enters(BORDER_LIMITED) && border == BORDER_SHUT {
                follows.opens[0] * follows.limits
            } else if next == BORDER_OPEN && length < 2 {
                follows.opens[1]
            } else {
                0.0
            };
            reopens(&mut row, with_border + (1.0 - with_border) * own_end);
            if fresh(own) {
                row[own + 1] += ageing * (1.0 - row.iter().sum::<f64>());
            }
        }
        State::Limited | State::Open => {
            let limited = state(own) == State::Limited;
            let with_border = if enters(BORDER_SHUT) {
                follows.shuts[0]
            } else if next == BORDER_SHUT {
                follows.shuts[1]
            } else {
                0.0
            };
            shut_by(&mut row, with_border, s.border_shut_shares);
            let rest = 1.0 - with_border;
            let (ends, others) =
                if limited { (pace.limited / s.limited_days, 0) } else { (pace.open / s.open_days, 1) };
            if others == 0 {
                shut_by(&mut row, rest * ends * s.limited_ends_shut, s.shut_shares);
                row[OPEN] += rest * ends * (1.0 - s.limited_ends_shut);
            } else {
                shut_by(&mut row, rest * ends, s.shut_shares);
                let limits = if enters(BORDER_LIMITED) && border == BORDER_OPEN { follows.limits } else { 0.0 };
                row[LIMITED_FRESH] += rest * (limits + (1.0 - limits) * s.open_limits * ends);
            }
            if fresh(own) {
                row[own + 1] += ageing * (1.0 - row.iter().sum::<f64>());
            }
        }
    }
    let leaves: f64 = row.iter().sum();
    if leaves > 1.0 {
        row = row.map(|x| x / leaves);
    } else {
        row[own] += 1.0 - leaves;
    }
    row
}

/// The belief of the border alone.
pub(crate) fn of_border(belief: &Joint) -> ByBorder {
    std::array::from_fn(|b| belief[b * OWN..(b + 1) * OWN].iter().sum())
}

/// The belief of the crossing alone.
pub(crate) fn of_own(belief: &Joint) -> [f64; OWN] {
    std::array::from_fn(|own| (0..BORDERS).map(|b| belief[b * OWN + own]).sum())
}

/// Scales a belief to a sum of 1; as it was where it has none.
pub(crate) fn scale(belief: &mut Joint) -> f64 {
    let total: f64 = belief.iter().sum();
    if total > 0.0 && total.is_finite() {
        *belief = belief.map(|b| b / total);
    }
    total
}

/// A service that does not run begins, with a chance.
pub(crate) fn begin(belief: &mut Joint, chance: f64, s: &Settings) {
    for b in 0..BORDERS {
        let own = &mut belief[b * OWN..(b + 1) * OWN];
        let begun: f64 = own[..LIMITED_FRESH].iter().sum::<f64>() * chance;
        own[..LIMITED_FRESH].iter_mut().for_each(|p| *p *= 1.0 - chance);
        own[LIMITED_FRESH] += begun * s.reopens_limited;
        own[OPEN_FRESH] += begun * (1.0 - s.reopens_limited);
    }
}
