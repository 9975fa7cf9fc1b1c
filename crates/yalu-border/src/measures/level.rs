//! How much of something was taken over time, as steps; and for how long up to each instant it was too little.

use yalu_units::{Instant, Span};

/// Steps of a number over time.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    /// From each instant on, this many; sorted.
    steps: Vec<(Instant, i64)>,
}

impl Level {
    /// Of intervals, each with an amount.
    pub fn of(intervals: impl Iterator<Item = (Instant, Instant, i64)>) -> Self {
        let mut changes: Vec<(Instant, i64)> = intervals.flat_map(|(a, b, n)| [(a, n), (b, -n)]).collect();
        changes.sort_unstable();
        let mut steps: Vec<(Instant, i64)> = Vec::new();
        let mut level = 0;
        for (at, change) in changes {
            level += change;
            match steps.last_mut() {
                Some(last) if last.0 == at => last.1 = level,
                _ => steps.push((at, level)),
            }
        }
        Self { steps }
    }

    /// The most in a period.
    pub fn most(&self, from: Instant, to: Instant) -> i64 {
        self.pieces(from, to).map(|p| p.2).max().unwrap_or(0)
    }

    /// Time in a period in which it was at least so many.
    pub fn time_at_least(&self, n: i64, from: Instant, to: Instant) -> Span {
        self.pieces(from, to).filter(|p| p.2 >= n).map(|p| p.1 - p.0).sum()
    }

    /// The area under it in a period, in units times ms.
    pub fn area(&self, from: Instant, to: Instant) -> i64 {
        self.pieces(from, to).map(|p| (p.1 - p.0).0 * p.2).sum()
    }

    fn pieces(&self, from: Instant, to: Instant) -> impl Iterator<Item = (Instant, Instant, i64)> + '_ {
        let first = self.steps.partition_point(|s| s.0 <= from).saturating_sub(1);
        let steps = self.steps[first.min(self.steps.len())..].iter().enumerate();
        steps.take_while(move |(_, s)| s.0 < to).filter_map(move |(i, s)| {
            let end = self.steps.get(first + i + 1).map_or(to, |next| next.0.min(to));
            let begin = s.0.max(from);
            (begin < end).then_some((begin, end, s.1))
        })
    }
}
