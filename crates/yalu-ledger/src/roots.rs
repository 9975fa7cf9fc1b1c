//! Who goes back to whom: citations resolved to their roots.
//!
//! A report names its origin by any word: the id of another report, or a name that several share. Ids and origins are folded for case and
//! space and joined wherever they meet, so that a copy of a copy, a circle and a name spelt twice come to one root.

use crate::Statement;
use std::collections::BTreeMap;

/// The roots of some reports.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Roots {
    /// The root of each report, by its place; reports of one root go back to one source.
    of: Vec<usize>,
}

/// What is wrong with citations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Citation {
    /// These reports name each other in a circle: none of them is the origin.
    Circle(Vec<usize>),
    /// A copy that names no origin: hearsay of nobody.
    Nobody(usize),
    /// A copy whose origin is the name of no report, and of no other report's origin.
    Dangling(usize),
}

/// A name without what people write differently.
pub(crate) fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

impl Roots {
    /// Resolves the citations of reports.
    pub fn new(statements: &[Statement]) -> Self {
        let mut joined = Joined::default();
        for s in statements {
            let id = joined.name(&s.id);
            if !folded(&s.origin).is_empty() {
                let origin = joined.name(&s.origin);
                joined.join(id, origin);
            }
        }
        Self {
            of: statements
                .iter()
                .map(|s| {
                    let id = joined.name(&s.id);
                    joined.top(id)
                })
                .collect(),
        }
    }

    /// The root of a report: equal for reports that go back to one source.
    pub fn of(&self, statement: usize) -> usize {
        self.of[statement]
    }
}

/// Whether a report is hearsay of nobody: a copy that names no origin but itself.
pub fn of_nobody(s: &Statement) -> bool {
    s.derived && (folded(&s.origin).is_empty() || folded(&s.origin) == folded(&s.id))
}

/// What is wrong with the citations of reports, in their order.
pub fn citations(statements: &[Statement]) -> Vec<Citation> {
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for (i, s) in statements.iter().enumerate() {
        by_id.entry(folded(&s.id)).or_insert(i);
        *named.entry(folded(&s.origin)).or_default() += 1;
    }
    let cites = |i: usize| by_id.get(&folded(&statements[i].origin)).copied().filter(|o| *o != i);
    let mut found = Vec::new();
    let mut seen = vec![false; statements.len()];
    for (i, s) in statements.iter().enumerate() {
        if of_nobody(s) {
            found.push(Citation::Nobody(i));
        } else if s.derived && cites(i).is_none() && named.get(&folded(&s.origin)) == Some(&1) {
            found.push(Citation::Dangling(i));
        }
        // Each report cites one other at most, so that a walk ends or comes round.
        let mut walk = Vec::new();
        let mut at = Some(i);
        while let Some(j) = at.filter(|j| !seen[*j]) {
            seen[j] = true;
            walk.push(j);
            at = cites(j);
        }
        if let Some(begin) = at.and_then(|j| walk.iter().position(|w| *w == j)) {
            found.push(Citation::Circle(walk[begin..].to_vec()));
        }
    }
    found
}

/// Names joined in sets.
#[derive(Default)]
struct Joined {
    names: BTreeMap<String, usize>,
    above: Vec<usize>,
}

impl Joined {
    fn name(&mut self, name: &str) -> usize {
        let next = self.above.len();
        let at = *self.names.entry(folded(name)).or_insert(next);
        if at == next {
            self.above.push(next);
        }
        at
    }

    fn top(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.top(a), self.top(b));
        let (low, high) = (a.min(b), a.max(b));
        self.above[high] = low;
    }
}
