//! The days of one crossing: what was heard of each, and the belief that follows.

use crate::Day;
use crate::chain::{Chain, hear};
use crate::phases::{FRESH, PHASES, Phases};

/// Chances a day of a new report, while a change is fresh and otherwise.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Attention {
    pub fresh: f64,
    pub settled: f64,
}

/// Likelihoods and filtered beliefs from a first day on.
#[derive(Clone, Debug)]
pub(crate) struct Track<'a> {
    chain: &'a Chain<PHASES>,
    from: Day,
    pub likelihoods: Vec<Phases>,
    pub filtered: Vec<Phases>,
}

impl<'a> Track<'a> {
    pub fn new(chain: &'a Chain<PHASES>, from: Day) -> Self {
        Self { chain, from, likelihoods: Vec::new(), filtered: Vec::new() }
    }

    /// Takes up what is said of some days: the likelihood is spread over them evenly, so that a month is no more evidence
    /// than a day. Days before the first are left out with their part.
    pub fn say(&mut self, (first, last): (Day, Day), likelihood: &Phases) {
        let share = 1.0 / (f64::from(last.since(first).max(0)) + 1.0);
        let Ok(end) = usize::try_from(last.since(self.from)) else { return };
        let begin = usize::try_from(first.since(self.from)).unwrap_or(0);
        self.reach(end + 1);
        let each = if share == 1.0 { *likelihood } else { likelihood.map(|l| libm::pow(l, share)) };
        for day in &mut self.likelihoods[begin..=end] {
            for (d, e) in day.iter_mut().zip(&each) {
                *d *= e;
            }
        }
        self.filtered.truncate(begin);
    }

    /// Whether anything new was published on a day: it is likelier while a change is fresh.
    pub fn news(&mut self, day: Day, any: bool, attention: Attention) {
        let of = |chance: f64| if any { chance } else { 1.0 - chance };
        let (fresh, settled) = (of(attention.fresh), of(attention.settled));
        // Scaled to the likelier, so that long silences do not underflow.
        let most = fresh.max(settled);
        let mut likelihood = [settled / most; PHASES];
        for phase in FRESH {
            likelihood[phase] = fresh / most;
        }
        self.say((day, day), &likelihood);
    }

    /// The belief of a day from what was heard of it and of the days before.
    pub fn advance(&mut self, to: Day) -> Phases {
        let Ok(last) = usize::try_from(to.since(self.from)) else { return self.chain.start };
        self.reach(last + 1);
        while self.filtered.len() <= last {
            let mut belief = self.filtered.last().map_or(self.chain.start, |b| self.chain.ahead(b));
            hear(&mut belief, &self.likelihoods[self.filtered.len()]);
            self.filtered.push(belief);
        }
        self.filtered[last]
    }

    /// The beliefs of all days from all that was heard.
    pub fn smoothed(&self) -> Vec<Phases> {
        self.chain.smooth(&self.filtered, &self.likelihoods)
    }

    fn reach(&mut self, days: usize) {
        if self.likelihoods.len() < days {
            self.likelihoods.resize(days, [1.0; PHASES]);
        }
    }
}
