//! Crossing patterns of one train each way, and the search for the best.

use crate::CapacityError;
use crate::compress::{Compression, Passage, Pattern, SingleTrackLine, Stand, TrainPath, Way, compress, compressed};

/// What happens at an inner station once a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crossing {
    /// The train back passes, the train out stands for it.
    OutStands,
    /// The train out passes, the train back stands for it.
    BackStands,
    /// They cross, and both stand.
    BothStand,
    /// No crossing: both pass on their own.
    None,
}

/// The order in the search: what tends to be best comes first.
const ALL: [Crossing; 4] = [Crossing::OutStands, Crossing::BackStands, Crossing::BothStand, Crossing::None];
/// Most inner stations of a search.
const MOST_INNER: usize = 8;

/// The pattern of one train each way in turn, by what happens at each inner station.
pub fn alternating(crossings: &[Crossing]) -> Pattern {
    let stands = |standing: [Crossing; 2]| {
        crossings.iter().map(|c| if standing.contains(c) { Stand::AtLeast(0) } else { Stand::Passes }).collect()
    };
    let out = TrainPath { way: Way::Out, stands: stands([Crossing::OutStands, Crossing::BothStand]) };
    let back = TrainPath { way: Way::Back, stands: stands([Crossing::BackStands, Crossing::BothStand]) };
    // Each crossing on the way out meets the opposing train of one cycle later.
    let mut lap = 0;
    let mut order = vec![vec![Passage { train: 0, lap: 0 }, Passage { train: 1, lap }]];
    for crossing in crossings {
        lap += i64::from(*crossing != Crossing::None);
        order.push(vec![Passage { train: 0, lap: 0 }, Passage { train: 1, lap }]);
    }
    Pattern { trains: vec![out, back], order }
}

/// The alternating pattern of the shortest cycle, with its compression; the first of equals in the order of
/// [`Crossing`]. Up to eight inner stations.
///
/// Depth first along the line. A group of sections between two crossings is held as one, its cycle known from the
/// crossings at its ends, which bounds every pattern that has the group.
pub fn best_pattern(line: &SingleTrackLine) -> Result<(Vec<Crossing>, Compression), CapacityError> {
    line.check()?;
    let inner = line.sections.len() - 1;
    if inner > MOST_INNER {
        return Err(CapacityError::TooLarge { what: "inner stations", count: inner, most: MOST_INNER });
    }
    // No crossing on the way can always be worked: one train each way in turn over the whole line.
    let alone = vec![Crossing::None; inner];
    let first = compress(line, &alternating(&alone))?;
    let mut search = Search { line, best: (alone, first) };
    search.from(&mut Vec::new());
    Ok(search.best)
}

struct Search<'a> {
    line: &'a SingleTrackLine,
    best: (Vec<Crossing>, Compression),
}

impl Search<'_> {
    fn from(&mut self, chosen: &mut Vec<Crossing>) {
        let station = chosen.len() + 1;
        if station == self.line.stations.len() - 1 {
            if self.last_group_ms(chosen, None) < self.best_ms()
                && let Ok(found) = compressed(self.line, &alternating(chosen))
                && found.cycle_s < self.best.1.cycle_s
            {
                self.best = (chosen.clone(), found);
            }
            return;
        }
        for crossing in ALL {
            if crossing != Crossing::None
                && (!self.line.stations[station].can_cross
                    || self.last_group_ms(chosen, Some(crossing)) >= self.best_ms())
            {
                continue;
            }
            chosen.push(crossing);
            self.from(chosen);
            chosen.pop();
        }
    }

    fn best_ms(&self) -> f64 {
        self.best.1.cycle_s * 1000.0
    }

    /// Cycle of the group of sections that ends at the station after those chosen, by the crossing there; None for the
    /// end of the line.
    fn last_group_ms(&self, chosen: &[Crossing], right: Option<Crossing>) -> f64 {
        let begin = chosen.iter().rposition(|c| *c != Crossing::None);
        let left = begin.map(|at| chosen[at]);
        let (from, to) = (begin.map_or(0, |at| at + 1), chosen.len() + 1);
        let (a, b) = (&self.line.stations[from], &self.line.stations[to]);
        let mut ms: i64 = self.line.sections[from..to].iter().map(|s| s.out.pass_pass + s.back.pass_pass).sum();
        let (near, far) = (&self.line.sections[from], &self.line.sections[to - 1]);
        let passes_out = |c| c == Some(Crossing::BackStands);
        let passes_back = |c| c == Some(Crossing::OutStands);
        ms += if passes_out(left) { a.non_simultaneous_ms } else { a.meeting_ms + near.out.start_add };
        ms += if passes_back(left) { 0 } else { near.back.stop_add };
        ms += if passes_back(right) { b.non_simultaneous_ms } else { b.meeting_ms + far.back.start_add };
        ms += if passes_out(right) { 0 } else { far.out.stop_add };
        ms as f64
    }
}
