//! The cycle of a single-track section: one train each way, and the four ways of clearing the section.
//!
//! `T = t′ + t″ + τ_A + τ_B + Σ start/stop` (Chinese rules for the capacity of sections, 平行运行图). A section lies
//! between stations A and B; trains out run from A to B, trains back from B to A.

use crate::CapacityError;
use crate::error::{above_zero, at_least_one, not_negative};

/// Running times of one direction over one section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunTimes {
    /// From passing the near station to passing the far one, s.
    pub pass_pass_s: f64,
    /// Added when the train starts from a stand at the near station, s.
    pub start_add_s: f64,
    /// Added when the train stops at the far station, s.
    pub stop_add_s: f64,
}

impl RunTimes {
    /// A run without additions for starting and stopping.
    pub const fn passing(pass_pass_s: f64) -> Self {
        Self { pass_pass_s, start_add_s: 0.0, stop_add_s: 0.0 }
    }

    pub(crate) fn check(&self) -> Result<(), CapacityError> {
        above_zero("the running time", self.pass_pass_s)?;
        not_negative("the addition for starting", self.start_add_s)?;
        not_negative("the addition for stopping", self.stop_add_s)
    }
}

/// What a station needs between two opposing trains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StationIntervals {
    /// From the arrival of a train to the opposing one passing into the section it came from (不同时到达), s.
    pub non_simultaneous_s: f64,
    /// From the arrival or passing of a train to the start of the opposing one (会车), s.
    pub meeting_s: f64,
}

impl StationIntervals {
    pub(crate) fn check(&self) -> Result<(), CapacityError> {
        not_negative("the interval of non-simultaneous arrival", self.non_simultaneous_s)?;
        not_negative("the meeting interval", self.meeting_s)
    }
}

/// Which trains pass the stations at the ends of a section without a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Both trains pass as they enter the section, and stop as they leave it.
    EnteringPass,
    /// Both trains start as they enter the section, and pass as they leave it.
    LeavingPass,
    /// The train out passes at both ends, the train back starts and stops.
    OutPasses,
    /// The train back passes at both ends, the train out starts and stops.
    BackPasses,
}

/// The cycle of one scheme, in parts, s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SchemeCycle {
    /// The scheme.
    pub scheme: Scheme,
    /// Running of both trains, pass to pass.
    pub running_s: f64,
    /// Additions for starting and stopping.
    pub start_stop_s: f64,
    /// Station intervals at both ends.
    pub intervals_s: f64,
    /// Their sum: a pair of trains each so many seconds.
    pub cycle_s: f64,
}

/// The four ways of clearing a section, in the order of [`Scheme`].
pub fn schemes(
    out: &RunTimes,
    back: &RunTimes,
    a: &StationIntervals,
    b: &StationIntervals,
) -> Result<[SchemeCycle; 4], CapacityError> {
    out.check()?;
    back.check()?;
    a.check()?;
    b.check()?;
    Ok(four(out, back, a, b))
}

/// The scheme of the smallest cycle; the first of equals.
pub fn smallest(schemes: &[SchemeCycle; 4]) -> SchemeCycle {
    schemes.iter().fold(schemes[0], |best, next| if next.cycle_s < best.cycle_s { *next } else { best })
}

/// A train that passes into the section waits for the other to have come to a stand (non-simultaneous); one that
/// starts waits for the other to be in (meeting).
pub(crate) fn four(out: &RunTimes, back: &RunTimes, a: &StationIntervals, b: &StationIntervals) -> [SchemeCycle; 4] {
    let cycle = |scheme, start_stop_s: f64, intervals_s: f64| {
        let running_s = out.pass_pass_s + back.pass_pass_s;
        SchemeCycle { scheme, running_s, start_stop_s, intervals_s, cycle_s: running_s + start_stop_s + intervals_s }
    };
    [
        cycle(Scheme::EnteringPass, out.stop_add_s + back.stop_add_s, a.non_simultaneous_s + b.non_simultaneous_s),
        cycle(Scheme::LeavingPass, out.start_add_s + back.start_add_s, a.meeting_s + b.meeting_s),
        cycle(Scheme::OutPasses, back.start_add_s + back.stop_add_s, a.non_simultaneous_s + b.meeting_s),
        cycle(Scheme::BackPasses, out.start_add_s + out.stop_add_s, a.meeting_s + b.non_simultaneous_s),
    ]
}

/// Cycle of platoons, s: `T + (k − 1)(h_out + h_back)` for k trains each way, `T` the cycle of a pair.
///
/// With `T = t1 + t2 + 2τ` and one headway this is the closed form `t1 + t2 + 2τ + 2(k − 1)h` for 2k trains.
pub fn platoon_cycle_s(
    pair_cycle_s: f64,
    trains_each_way: usize,
    headway_out_s: f64,
    headway_back_s: f64,
) -> Result<f64, CapacityError> {
    above_zero("the cycle", pair_cycle_s)?;
    at_least_one("the number of trains in a platoon", trains_each_way)?;
    not_negative("the headway out", headway_out_s)?;
    not_negative("the headway back", headway_back_s)?;
    Ok(pair_cycle_s + (trains_each_way - 1) as f64 * (headway_out_s + headway_back_s))
}
