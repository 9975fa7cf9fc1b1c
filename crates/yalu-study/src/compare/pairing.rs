//! Pairs of runs that another study makes: what [`compare`](super::compare) tells of its own.

use super::follow::Days;
use super::{Comparison, Kept, Names, Variant, Window, names, one, sum};
use yalu_plan::Draw;
use yalu_trace::Trace;

/// Two variants and the days they are looked at over.
pub(crate) struct Pairing<'a> {
    both: [Variant<'a>; 2],
    window: &'a Window,
    days: Days,
    names: Names,
}

/// One replication of both, followed.
pub(crate) struct Paired(Kept);

impl<'a> Pairing<'a> {
    /// The second beside the first; none where no day lies in the window.
    pub fn new(both: [Variant<'a>; 2], window: &'a Window) -> Option<Self> {
        let [first, second] = &both;
        let (days, names) = (window.days(first.plan)?, names(first.corridor, second.corridor));
        Some(Self { both, window, days, names })
    }

    /// Follows the orders of one replication in both traces.
    pub fn pair(&self, draw: Draw, traces: [&Trace; 2]) -> Paired {
        let [first, second] = &self.both;
        Paired(one(first, second, self.window, self.days, &self.names, draw, traces))
    }

    /// All figures; the first replication is the central one.
    pub fn all(self, pairs: Vec<Paired>) -> Option<Comparison> {
        let kept: Vec<Kept> = pairs.into_iter().map(|p| p.0).collect();
        let [first, second] = &self.both;
        let Names { goods, routes, .. } = self.names;
        let days = (self.days, self.window.change);
        (!kept.is_empty()).then(|| sum::all([first.name, second.name], goods, routes, days, kept))
    }
}
