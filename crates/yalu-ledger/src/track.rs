//! The days of one crossing: what was heard of each, and the belief that follows.

use crate::Day;
use crate::evidence::Said;
use crate::phases::{ByBorder, Chain, JOINT, Joint, OWN, Turns, by_state, fresh, scale};

/// A turn is never taken for more times likelier, however many date it.
const MOST_TIMES: f64 = 1e4;

/// What was heard of a day.
#[derive(Clone, Copy, Debug)]
struct Heard {
    own: [f64; OWN],
    border: ByBorder,
    turns: Turns,
}

impl Heard {
    const NOTHING: Self = Self { own: [1.0; OWN], border: [1.0; 3], turns: Turns::NONE };

    fn of(&self, joint: usize) -> f64 {
        self.own[joint % OWN] * self.border[joint / OWN]
    }
}

/// What was heard and the filtered beliefs, from a first day on.
#[derive(Clone, Debug)]
pub(crate) struct Track<'a> {
    chain: &'a Chain,
    from: Day,
    heard: Vec<Heard>,
    pub filtered: Vec<Joint>,
}

impl<'a> Track<'a> {
    pub fn new(chain: &'a Chain, from: Day) -> Self {
        Self { chain, from, heard: Vec::new(), filtered: Vec::new() }
    }

    /// Takes up what is said: likelihoods are spread over the days they speak of, so that a month is no more evidence than a day.
    pub fn say(&mut self, s: &Said) {
        self.spread(s.days, &by_state(s.own), &s.border);
        for (dated, kind) in s.turn.iter().map(|t| (t, None)).chain(s.border_turn.iter().map(|(to, t)| (t, Some(*to))))
        {
            let stands = s.sign.side() as usize;
            for (n, times) in dated.times.iter().enumerate() {
                // The first day has no day before it.
                let Some(day) = self.place(dated.first + n as i32).filter(|d| *d > 0) else { continue };
                let turns = &mut self.heard[day].turns;
                let turn = kind.map_or(&mut turns.own[stands], |to| &mut turns.border[to]);
                *turn = (*turn * times).min(MOST_TIMES);
            }
        }
    }

    /// Takes up likelihoods of some days by the crossing's phase and the border's.
    pub fn spread(&mut self, (first, last): (Day, Day), own: &[f64; OWN], border: &ByBorder) {
        let share = 1.0 / (f64::from(last.since(first).max(0)) + 1.0);
        let each = |l: f64| if share == 1.0 { l } else { libm::pow(l, share) };
        let (own, border) = (own.map(each), border.map(each));
        let Some(end) = self.place(last) else { return };
        let begin = usize::try_from(first.since(self.from)).unwrap_or(0);
        for heard in &mut self.heard[begin..=end] {
            heard.own.iter_mut().zip(own).for_each(|(h, l)| *h *= l);
            heard.border.iter_mut().zip(border).for_each(|(h, l)| *h *= l);
        }
        self.filtered.truncate(begin);
    }

    /// Whether anything new was published on a day: while a change is fresh it is so many times likelier than the rate a day.
    pub fn news(&mut self, day: Day, any: bool, rate: f64, times: f64) {
        let Some(i) = self.place(day) else { return };
        let likelier = if any { times } else { libm::exp(-rate * (times - 1.0)) };
        for (own, l) in self.heard[i].own.iter_mut().enumerate() {
            if fresh(own) {
                *l *= likelier;
            }
        }
    }

    /// The place of a day, whose filtered belief is no longer valid.
    fn place(&mut self, day: Day) -> Option<usize> {
        let i = usize::try_from(day.since(self.from)).ok()?;
        if self.heard.len() <= i {
            self.heard.resize(i + 1, Heard::NOTHING);
        }
        self.filtered.truncate(i);
        Some(i)
    }

    /// The belief of a day from what was heard of it and of the days before.
    pub fn advance(&mut self, to: Day) -> Joint {
        let Ok(last) = usize::try_from(to.since(self.from)) else { return self.chain.start };
        if self.heard.len() <= last {
            self.heard.resize(last + 1, Heard::NOTHING);
        }
        while self.filtered.len() <= last {
            let i = self.filtered.len();
            let heard = &self.heard[i];
            let before = self.filtered.last();
            let mut belief = before.map_or(self.chain.start, |b| self.chain.ahead(b, &heard.turns));
            let expected = belief;
            for (joint, p) in belief.iter_mut().enumerate() {
                *p *= heard.of(joint);
            }
            if scale(&mut belief) <= 0.0 {
                belief = expected;
                scale(&mut belief);
            }
            self.filtered.push(belief);
        }
        self.filtered[last]
    }

    /// For each day from the last back to the first, the likelihood by phase of all that was heard later.
    pub fn later(&self, first: usize) -> Vec<Joint> {
        let days = self.filtered.len();
        let mut out = vec![[1.0; JOINT]; days.saturating_sub(first)];
        for day in (first + 1..days).rev() {
            out[day - 1 - first] = scaled(&self.behind(day, &out[day - first]));
        }
        out
    }

    /// The mean, by phase of the day before, of a function of a day's phase together with what was heard of it.
    pub fn behind(&self, day: usize, of_day: &Joint) -> Joint {
        let heard = &self.heard[day];
        let joint: Joint = std::array::from_fn(|j| of_day[j] * heard.of(j));
        self.chain.behind(&joint, &heard.turns)
    }

    /// The chances of the phases of the day before, of those filtered, given the phase of a day.
    pub fn came_from(&self, day: usize, to: usize) -> Joint {
        let into = self.chain.into(to, &self.heard[day].turns);
        std::array::from_fn(|j| self.filtered[day - 1][j] * into[j])
    }

    /// The beliefs of all days from all that was heard.
    pub fn smoothed(&self) -> Vec<Joint> {
        let later = self.later(0);
        self.filtered.iter().zip(&later).map(|(f, l)| both(f, l)).collect()
    }
}

/// A filtered belief with the likelihood of what was heard later.
pub(crate) fn both(filtered: &Joint, later: &Joint) -> Joint {
    let mut belief: Joint = std::array::from_fn(|j| filtered[j] * later[j]);
    if scale(&mut belief) <= 0.0 {
        return *filtered;
    }
    belief
}

fn scaled(x: &Joint) -> Joint {
    let most = x.iter().copied().fold(0.0, f64::max);
    if most > 0.0 && most.is_finite() { x.map(|v| v / most) } else { [1.0; JOINT] }
}
