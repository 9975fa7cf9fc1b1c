//! Other traffic that no service can meet: it may be left out where its own trains are not asked for.

use crate::{Line, LineKind, Plan, StretchId};
use std::collections::{BTreeMap, BTreeSet};

/// Tracks that must be left to the others at a station where both call.
const LEFT: usize = 2;

impl Plan {
    /// Rows of other traffic that stand apart from every service, by row. Trains hinder each other on a stretch that both run
    /// on, and in a station where tracks run short. A row stands apart where it shares no stretch with a service, nor with a
    /// row that does; and where both call at a station, its tracks outnumber all trains of such rows that the stretches there
    /// can bring and take at once (two a track), by two. An undertaking that has no service has no such row.
    pub fn apart(&self, rows: usize) -> Vec<bool> {
        let row_of = |l: &Line| match l.kind {
            LineKind::Traffic(row) => Some(row as usize),
            LineKind::Service(_) => None,
        };
        let mut met: BTreeSet<StretchId> = self.lines.iter().filter(|l| row_of(l).is_none()).flat_map(on).collect();
        let mut apart = vec![!met.is_empty(); rows];
        // A row that meets a service hinders what it meets in turn.
        loop {
            let before = met.len();
            for l in &self.lines {
                let Some(row) = row_of(l).filter(|r| apart[*r]) else { continue };
                if on(l).any(|s| met.contains(&s)) || self.crowds(l, &met, &apart) {
                    apart[row] = false;
                    met.extend(self.lines.iter().filter(|o| row_of(o) == Some(row)).flat_map(on));
                }
            }
            if met.len() == before {
                return apart;
            }
        }
    }

    /// Whether trains of rows that stand apart so far could leave too few tracks at a station of a line where others call.
    fn crowds(&self, l: &Line, met: &BTreeSet<StretchId>, apart: &[bool]) -> bool {
        let mut brought: BTreeMap<StretchId, usize> = BTreeMap::new();
        for other in &self.lines {
            if matches!(other.kind, LineKind::Traffic(row) if apart[row as usize]) {
                brought.extend(on(other).map(|s| (s, if self.stretches[s].single { 1 } else { 2 })));
            }
        }
        let at = |s: StretchId, stand| self.stretches[s].a == stand || self.stretches[s].b == stand;
        l.stands.iter().any(|&stand| {
            let shared = met.iter().any(|&s| at(s, stand));
            let trains: usize = brought.iter().filter(|(s, _)| at(**s, stand)).map(|(_, tracks)| 2 * tracks).sum();
            shared && self.stands[stand].tracks_m.len() < trains + LEFT
        })
    }
}

fn on(l: &Line) -> impl Iterator<Item = StretchId> {
    l.stretches.iter().map(|(s, _)| *s)
}
