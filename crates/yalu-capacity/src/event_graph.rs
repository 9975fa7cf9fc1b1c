//! The shortest period at which a ring of events can repeat: the maximum cycle ratio of their graph.

use crate::CapacityError;

/// An event waits for another: `x_to(c + laps) ≥ x_from(c) + at_least_ms`, c the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// The event waited for.
    pub from: usize,
    /// The event that waits.
    pub to: usize,
    /// Least time between them, ms; below zero for a most.
    pub at_least_ms: i64,
    /// How many cycles later the waiting event is.
    pub laps: i64,
}

/// The shortest period, exact, and what sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Length of the critical ring, ms.
    pub ring_ms: i64,
    /// Cycles the critical ring spans; the period is their ratio.
    pub ring_laps: i64,
    /// Arcs of the critical ring, by position in the input, in order; empty where no ring holds the period up.
    pub ring: Vec<usize>,
    /// A time for each event within the first cycle, in units of `1 ms / ring_laps`: the earliest from a common zero.
    pub times: Vec<i128>,
}

impl Period {
    /// The period, s.
    pub fn seconds(&self) -> f64 {
        self.ring_ms as f64 / self.ring_laps as f64 / 1000.0
    }
}

const MOST_EVENTS: usize = 5_000;
const MOST_ARCS: usize = 50_000;
/// About a year in ms; with it and the limits above no sum leaves 128 bits.
const MOST_MS: i64 = 1 << 35;
const MOST_LAPS: i64 = 1 << 20;

/// Maximum cycle ratio by Newton's method on the period (Lawler 1967; Dinkelbach 1967): while some ring is longer than
/// the period allows, take that ring's ratio. Each period is the ratio of a ring, so that integers stay exact.
pub fn shortest_period(events: usize, arcs: &[Arc]) -> Result<Period, CapacityError> {
    check(events, arcs)?;
    let mut period = Period { ring_ms: 0, ring_laps: 1, ring: Vec::new(), times: Vec::new() };
    loop {
        match longer_ring(events, arcs, &period) {
            Ok(times) => return Ok(Period { times, ..period }),
            Err(ring) => {
                let ring_ms = ring.iter().map(|&a| arcs[a].at_least_ms).sum();
                let ring_laps = ring.iter().map(|&a| arcs[a].laps).sum();
                // A ring that comes back in its own cycle, or before, waits for itself at any period.
                if ring_laps <= 0 {
                    return Err(CapacityError::Locked { events: ring.iter().map(|&a| arcs[a].from).collect() });
                }
                period = Period { ring_ms, ring_laps, ring, times: Vec::new() };
            }
        }
    }
}

/// Times that satisfy all arcs at the period, or a ring of arcs that no times can satisfy (Bellman and Ford).
fn longer_ring(events: usize, arcs: &[Arc], period: &Period) -> Result<Vec<i128>, Vec<usize>> {
    let (ms, laps) = (i128::from(period.ring_ms), i128::from(period.ring_laps));
    let mut times = vec![0_i128; events];
    let mut reached_by: Vec<Option<usize>> = vec![None; events];
    for _ in 0..=events {
        let mut moved = None;
        for (at, arc) in arcs.iter().enumerate() {
            let time = times[arc.from] + i128::from(arc.at_least_ms) * laps - i128::from(arc.laps) * ms;
            if time > times[arc.to] {
                times[arc.to] = time;
                reached_by[arc.to] = Some(at);
                moved = Some(arc.to);
            }
        }
        let Some(last) = moved else { return Ok(times) };
        if let Some(ring) = ring_behind(arcs, &reached_by, last) {
            return Err(ring);
        }
    }
    // Events moved in every round, so a ring lies behind the last one; the search above has found it.
    Err(Vec::new())
}

/// The ring met when going back from an event, if there is one.
fn ring_behind(arcs: &[Arc], reached_by: &[Option<usize>], from: usize) -> Option<Vec<usize>> {
    let mut at = from;
    for _ in 0..reached_by.len() {
        at = arcs[reached_by[at]?].from;
    }
    let mut ring = Vec::new();
    let begin = at;
    loop {
        let arc = reached_by[at]?;
        ring.push(arc);
        at = arcs[arc].from;
        if at == begin {
            ring.reverse();
            return Some(ring);
        }
    }
}

fn check(events: usize, arcs: &[Arc]) -> Result<(), CapacityError> {
    for (what, count, most) in [("events", events, MOST_EVENTS), ("arcs", arcs.len(), MOST_ARCS)] {
        if count > most {
            return Err(CapacityError::TooLarge { what, count, most });
        }
    }
    for arc in arcs {
        if arc.from >= events || arc.to >= events {
            return Err(CapacityError::shape(format!("an arc from {} to {} of {events} events", arc.from, arc.to)));
        }
        if arc.at_least_ms.unsigned_abs() > MOST_MS as u64 || arc.laps.unsigned_abs() > MOST_LAPS as u64 {
            return Err(CapacityError::shape(format!(
                "an arc of {} ms over {} cycles is out of range",
                arc.at_least_ms, arc.laps
            )));
        }
    }
    Ok(())
}
