//! Compression of a single-track line, the crossing pattern given: how fast the pattern can repeat.
//!
//! The trains of a cycle are pushed together without changing who goes before whom in each section (UIC 406). On a
//! single track the order in the sections decides who crosses where, and with it the result: a pattern must be given,
//! or searched ([`crate::best_pattern`]). Exact, in whole milliseconds.

use crate::event_graph::{Arc, shortest_period};
use crate::{CapacityError, DAY_S};

/// Direction of a train.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the first station to the last.
    Out,
    /// From the last station to the first.
    Back,
}

/// What a station of a single-track line needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrossingStation {
    /// Whether two trains of this line can stand or pass side by side.
    pub can_cross: bool,
    /// From a train being in to the opposing one starting, ms.
    pub meeting_ms: i64,
    /// From a train being in to the opposing one passing into its section, ms.
    pub non_simultaneous_ms: i64,
}

/// Running times of one direction over a section, ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunMs {
    /// Pass to pass.
    pub pass_pass: i64,
    /// Added for a start at the near station.
    pub start_add: i64,
    /// Added for a stop at the far station.
    pub stop_add: i64,
}

/// A section of a single-track line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SingleTrackSection {
    /// Trains out.
    pub out: RunMs,
    /// Trains back.
    pub back: RunMs,
    /// Between trains out, at either end, ms.
    pub headway_out_ms: i64,
    /// Between trains back, at either end, ms.
    pub headway_back_ms: i64,
}

/// A single-track line: one station more than sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleTrackLine {
    /// Stations in order of trains out.
    pub stations: Vec<CrossingStation>,
    /// Sections in order of trains out.
    pub sections: Vec<SingleTrackSection>,
}

/// What a train does at an inner station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Passes: it enters the next section as it leaves the last.
    Passes,
    /// Stands so many ms, or longer.
    AtLeast(i64),
}

/// A train of the cycle; it runs the whole line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainPath {
    /// Its direction.
    pub way: Way,
    /// What it does at each inner station, in order of the line (not of its run).
    pub stands: Vec<Stand>,
}

/// A train in the order of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which train of the cycle.
    pub train: usize,
    /// Of which cycle: 0 for the one that counts, 1 for the train of the next.
    pub lap: i64,
}

/// A crossing pattern: the trains of a cycle, and the order in which each section takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The trains of a cycle.
    pub trains: Vec<TrainPath>,
    /// For each section every train once, in the order of entry. Two opposing trains cross at the station between two
    /// sections that take them in different order, laps counted.
    pub order: Vec<Vec<Passage>>,
}

/// A pattern pushed together.
#[derive(Clone, Debug, PartialEq)]
pub struct Compression {
    /// Length of a cycle, s: the critical ring's time over its cycles.
    pub cycle_s: f64,
    /// Time of the critical ring, ms.
    pub ring_ms: i64,
    /// Cycles that the critical ring spans.
    pub ring_cycles: i64,
    /// Who waits for whom in the critical ring: (train, section), in order. No gain without a gain here.
    pub ring: Vec<(usize, usize)>,
    /// Trains of a cycle, both directions.
    pub trains_per_cycle: usize,
    /// By train and section: entry into the section, s, in a timetable of this cycle.
    pub entries_s: Vec<Vec<f64>>,
}

impl Compression {
    /// Trains a day both ways, if nothing else uses the line.
    pub fn trains_per_day(&self) -> f64 {
        if self.cycle_s > 0.0 { self.trains_per_cycle as f64 * DAY_S / self.cycle_s } else { 0.0 }
    }
}

/// Pushes a pattern together.
pub fn compress(line: &SingleTrackLine, pattern: &Pattern) -> Result<Compression, CapacityError> {
    line.check()?;
    pattern.check(line)?;
    compressed(line, pattern)
}

pub(crate) fn compressed(line: &SingleTrackLine, pattern: &Pattern) -> Result<Compression, CapacityError> {
    let sections = line.sections.len();
    let mut arcs = Vec::new();
    for (train, path) in pattern.trains.iter().enumerate() {
        for (inner, stand) in path.stands.iter().enumerate() {
            let (from, to) = match path.way {
                Way::Out => (inner, inner + 1),
                Way::Back => (inner + 1, inner),
            };
            let (from, to, run) = (train * sections + from, train * sections + to, line.run_ms(path, from));
            let stood = if let Stand::AtLeast(ms) = stand { *ms } else { 0 };
            arcs.push(Arc { from, to, at_least_ms: run + stood, laps: 0 });
            if *stand == Stand::Passes {
                arcs.push(Arc { from: to, to: from, at_least_ms: -run, laps: 0 });
            }
        }
    }
    for (section, order) in pattern.order.iter().enumerate() {
        for (at, first) in order.iter().enumerate() {
            let (next, wraps) = order.get(at + 1).map_or((order[0], 1), |next| (*next, 0));
            arcs.push(Arc {
                from: first.train * sections + section,
                to: next.train * sections + section,
                at_least_ms: line.apart_ms(&pattern.trains[first.train], &pattern.trains[next.train], section),
                laps: next.lap - first.lap + wraps,
            });
        }
    }
    let period = shortest_period(pattern.trains.len() * sections, &arcs)?;
    let unit_s = 1e-3 / period.ring_laps as f64;
    let entries: Vec<f64> = period.times.iter().map(|t| *t as f64 * unit_s).collect();
    Ok(Compression {
        cycle_s: period.seconds(),
        ring_ms: period.ring_ms,
        ring_cycles: period.ring_laps,
        ring: period.ring.iter().map(|&a| (arcs[a].from / sections, arcs[a].from % sections)).collect(),
        trains_per_cycle: pattern.trains.len(),
        entries_s: entries.chunks(sections).map(<[f64]>::to_vec).collect(),
    })
}

impl TrainPath {
    /// Whether the train passes a station, the ends of the line not among them.
    fn passes(&self, station: usize) -> bool {
        station > 0 && self.stands.get(station - 1) == Some(&Stand::Passes)
    }
}

impl SingleTrackLine {
    fn run_ms(&self, path: &TrainPath, section: usize) -> i64 {
        let (run, near, far) = match path.way {
            Way::Out => (&self.sections[section].out, section, section + 1),
            Way::Back => (&self.sections[section].back, section + 1, section),
        };
        let start = if path.passes(near) { 0 } else { run.start_add };
        let stop = if path.passes(far) { 0 } else { run.stop_add };
        run.pass_pass + start + stop
    }

    /// From the entry of a train to the entry of the next one.
    fn apart_ms(&self, first: &TrainPath, next: &TrainPath, section: usize) -> i64 {
        let run = self.run_ms(first, section);
        let headway = match (first.way, next.way) {
            (Way::Out, Way::Out) => self.sections[section].headway_out_ms,
            (Way::Back, Way::Back) => self.sections[section].headway_back_ms,
            (_, entering) => {
                let station = if entering == Way::Out { section } else { section + 1 };
                let needs = &self.stations[station];
                return run + if next.passes(station) { needs.non_simultaneous_ms } else { needs.meeting_ms };
            }
        };
        headway.max(run + headway - self.run_ms(next, section))
    }

    pub(crate) fn check(&self) -> Result<(), CapacityError> {
        if self.sections.is_empty() || self.stations.len() != self.sections.len() + 1 {
            return Err(CapacityError::shape("a line has at least one section, and one station more than sections"));
        }
        let intervals = self.stations.iter().flat_map(|s| [s.meeting_ms, s.non_simultaneous_ms]);
        let adds = self.sections.iter().flat_map(|s| {
            [s.out, s.back]
                .into_iter()
                .flat_map(|r| [r.start_add, r.stop_add])
                .chain([s.headway_out_ms, s.headway_back_ms])
        });
        if let Some(below) = intervals.chain(adds).find(|ms| !(0..=MOST_MS).contains(ms)) {
            return Err(CapacityError::Input { what: "a time", rule: "within 0 and 115 days", value: below as f64 });
        }
        let runs = self.sections.iter().flat_map(|s| [s.out.pass_pass, s.back.pass_pass]);
        match runs.into_iter().find(|ms| !(1..=MOST_MS).contains(ms)) {
            Some(run) => Err(CapacityError::Input { what: "a running time", rule: "above zero", value: run as f64 }),
            None => Ok(()),
        }
    }
}

const MOST_MS: i64 = 10_000_000_000;
const MOST_LAPS: u64 = 100_000;

impl Pattern {
    fn check(&self, line: &SingleTrackLine) -> Result<(), CapacityError> {
        let sections = line.sections.len();
        if self.trains.is_empty() || self.order.len() != sections {
            return Err(CapacityError::shape("a pattern has at least one train, and an order for each section"));
        }
        for (train, path) in self.trains.iter().enumerate() {
            if path.stands.len() + 1 != sections {
                return Err(CapacityError::shape(format!("train {train} needs a word for each inner station")));
            }
            for stand in &path.stands {
                if let Stand::AtLeast(ms) = stand
                    && !(0..=MOST_MS).contains(ms)
                {
                    return Err(CapacityError::Input { what: "a stand", rule: "not below zero", value: *ms as f64 });
                }
            }
        }
        for (section, order) in self.order.iter().enumerate() {
            let mut seen: Vec<usize> = order.iter().map(|p| p.train).collect();
            seen.sort_unstable();
            if !seen.into_iter().eq(0..self.trains.len()) {
                return Err(CapacityError::shape(format!("section {section} does not take every train once")));
            }
            if let Some(far) = order.iter().find(|p| p.lap.abs_diff(0) > MOST_LAPS) {
                return Err(CapacityError::Input { what: "a lap", rule: "of a cycle near by", value: far.lap as f64 });
            }
        }
        self.check_crossings(line)
    }

    /// Where two opposing trains change their order from one section to the next, they need a station to cross.
    fn check_crossings(&self, line: &SingleTrackLine) -> Result<(), CapacityError> {
        let place = |section: usize| {
            let mut place = vec![(0_i64, 0_usize); self.trains.len()];
            for (at, passage) in self.order[section].iter().enumerate() {
                place[passage.train] = (passage.lap, at);
            }
            place
        };
        // Instances of train b ahead of a, up to a constant: between two sections it differs by those met.
        let before = |p: &[(i64, usize)], a: usize, b: usize| p[b].0 - p[a].0 + i64::from(p[b].1 < p[a].1);
        for inner in 1..line.sections.len() {
            let (here, there) = (place(inner - 1), place(inner));
            for a in 0..self.trains.len() {
                for b in 0..a {
                    let changed = before(&here, a, b) != before(&there, a, b);
                    if changed && self.trains[a].way == self.trains[b].way {
                        let what = format!("trains {b} and {a} overtake each other at station {inner}: not modelled");
                        return Err(CapacityError::shape(what));
                    }
                    if changed && !line.stations[inner].can_cross {
                        return Err(CapacityError::shape(format!(
                            "trains {b} and {a} cannot cross at station {inner}"
                        )));
                    }
                }
            }
        }
        Ok(())
    }
}
