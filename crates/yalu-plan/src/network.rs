//! Stands and stretches: the line as places to stand and single- or double-track ways between them.

use std::collections::{BTreeMap, VecDeque};
use yalu_model::{Corridor, PointId, SectionId};
use yalu_units::{Idx, IndexVec, ids};

ids! {
    StandId "A point where trains can stand."
    StretchId "The line between two neighbouring stands."
}

/// A point where trains can stand.
#[derive(Clone, Debug)]
pub struct Stand {
    /// The operational point.
    pub point: PointId,
    /// Lengths of its tracks, metres, in file order.
    pub tracks_m: Vec<u32>,
    /// Whether trains from both sides may enter at the same time.
    pub simultaneous_entry: bool,
}

/// The line between two neighbouring stands.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Stand at the end nearer the first country.
    pub a: StandId,
    /// Stand at the other end.
    pub b: StandId,
    /// Whether trains of both directions share one track on any part of it.
    pub single: bool,
    /// Sections of line from `a` to `b`, with whether each runs in its own direction.
    pub sections: Vec<(SectionId, bool)>,
    /// Points passed between, from `a` to `b`.
    pub between: Vec<PointId>,
    /// Blocks of each of its tracks: trains one way may follow each other block by block.
    pub blocks: usize,
}

/// Which stand a point is.
pub(crate) type StandOf = BTreeMap<PointId, StandId>;

/// A way along sections, with whether each is run in its own direction.
pub(crate) type Leg = Vec<(SectionId, bool)>;

/// Sections that join at each point.
pub(crate) fn joined(c: &Corridor) -> BTreeMap<PointId, Vec<SectionId>> {
    let mut joined: BTreeMap<PointId, Vec<SectionId>> = BTreeMap::new();
    for (id, s) in c.line.sections.enumerated() {
        joined.entry(s.from).or_default().push(id);
        joined.entry(s.to).or_default().push(id);
    }
    joined
}

/// The way with the fewest metres between two points, as sections with whether each is run in its own direction.
pub fn way(c: &Corridor, from: PointId, to: PointId) -> Option<Vec<(SectionId, bool)>> {
    shortest(c, &joined(c), from, to)
}

/// The same, with the sections that join at each point at hand.
pub(crate) fn shortest(
    c: &Corridor,
    joined: &BTreeMap<PointId, Vec<SectionId>>,
    from: PointId,
    to: PointId,
) -> Option<Leg> {
    let mut best: BTreeMap<PointId, (f64, Option<(SectionId, PointId)>)> = BTreeMap::from([(from, (0.0, None))]);
    let mut open = VecDeque::from([from]);
    while let Some(p) = open.pop_front() {
        let here = best[&p].0;
        for &id in joined.get(&p).into_iter().flatten() {
            let s = &c.line.sections[id];
            let Some(next) = s.other(p) else { continue };
            let there = here + s.length_m.central();
            if best.get(&next).is_none_or(|(m, _)| there < *m) {
                best.insert(next, (there, Some((id, p))));
                open.push_back(next);
            }
        }
    }
    let mut path = Vec::new();
    let mut at = to;
    while let (_, Some((section, before))) = best.get(&at)? {
        path.push((*section, c.line.sections[*section].from == *before));
        at = *before;
    }
    path.reverse();
    Some(path)
}

/// Splits the network at the points where trains can stand.
pub(crate) fn stands(c: &Corridor) -> (IndexVec<StandId, Stand>, IndexVec<StretchId, Stretch>, StandOf) {
    let joined = joined(c);
    let mut stands = IndexVec::new();
    let mut of = StandOf::new();
    for (id, p) in c.line.points.enumerated() {
        if !p.track_lengths_m.is_empty() && joined.contains_key(&id) {
            let tracks_m = p.track_lengths_m.iter().map(|q| q.central().floor() as u32).collect();
            of.insert(id, stands.push(Stand { point: id, tracks_m, simultaneous_entry: p.simultaneous_entry }));
        }
    }
    let mut stretches = IndexVec::new();
    for (start, stand) in &of {
        for &first in joined.get(start).into_iter().flatten() {
            let mut at = *start;
            let (mut section, mut sections, mut between) = (first, Vec::new(), Vec::new());
            // Follow the line until the next stand; a halt joins exactly two sections.
            loop {
                let s = &c.line.sections[section];
                let Some(next) = s.other(at) else { break };
                sections.push((section, s.from == at));
                at = next;
                if let Some(&end) = of.get(&at) {
                    if stand.index() < end.index() {
                        let single = sections.iter().any(|(s, _)| c.line.sections[*s].tracks < 2);
                        let more = sections.iter().map(|(s, _)| c.line.sections[*s].blocks.max(1) as usize - 1);
                        let blocks = 1 + more.sum::<usize>();
                        stretches.push(Stretch { a: *stand, b: end, single, sections, between, blocks });
                    }
                    break;
                }
                between.push(at);
                match joined.get(&at).map(Vec::as_slice) {
                    Some([x, y]) => section = if *x == section { *y } else { *x },
                    _ => break,
                }
                if sections.len() > c.line.sections.len() {
                    break;
                }
            }
        }
    }
    (stands, stretches, of)
}
