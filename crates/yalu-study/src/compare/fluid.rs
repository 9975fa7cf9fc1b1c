//! Where the closed form and the simulation part, and which reason alone moves the closed form how far.

use super::{FLUID, FluidAnswer, Recovery};
use yalu_number::Estimate;

/// Least share of the plain answer that a reason must move to be named.
const NAMED: f64 = 0.05;
/// Days are counted whole in the simulation: an answer that ends within the same day is the same.
const WHOLE_DAY: f64 = 1.0;
/// Figures are written to three digits: within this share of each other they can read alike, and then do not differ.
const READS_ALIKE: f64 = 0.01;

/// A figure that the closed form and the simulation both answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FluidFigure {
    /// Most tonnes that wait.
    PeakT,
    /// Days after the reopening until nothing waits any more.
    ClearDays,
    /// Tonne-days of waiting.
    DelayTonneDays,
}

/// A figure of the simulation beside the plain rule.
#[derive(Clone, PartialEq, Debug)]
pub struct FluidBeside {
    /// Which figure.
    pub figure: FluidFigure,
    /// Whether the median of the plain rule lies in the simulated 5 to 95 %.
    pub agrees: bool,
    /// Why it does not, the largest first; empty where it does.
    pub reasons: Vec<FluidReason>,
}

/// A reason to leave the plain rule, and how far it alone moves its answer.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FluidReason {
    /// One of [`FLUID`].
    pub name: &'static str,
    /// How far, as a share of the plain answer; none where it decides whether there is an end.
    pub moves: Option<f64>,
}

impl FluidFigure {
    /// All, in the order they are shown.
    pub const ALL: [FluidFigure; 3] = [FluidFigure::PeakT, FluidFigure::ClearDays, FluidFigure::DelayTonneDays];

    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            FluidFigure::PeakT => "peak_t",
            FluidFigure::ClearDays => "clear_days",
            FluidFigure::DelayTonneDays => "delay_tonne_days",
        }
    }

    fn of(self, f: &FluidAnswer) -> Estimate {
        match self {
            FluidFigure::PeakT => f.peak_t,
            FluidFigure::ClearDays => f.clear_days,
            FluidFigure::DelayTonneDays => f.delay_tonne_days,
        }
    }

    fn simulated(self, r: &Recovery) -> Estimate {
        match self {
            FluidFigure::PeakT => r.peak_t,
            FluidFigure::ClearDays => r.clear_days,
            FluidFigure::DelayTonneDays => r.delay_tonne_days,
        }
    }

    fn agree(self, simulated: Estimate, plain: Estimate) -> bool {
        let step = if self == FluidFigure::ClearDays { WHOLE_DAY } else { 0.0 };
        match (simulated.band(), plain.band()) {
            (Some(s), Some(p)) => {
                let (low, high) = (s.p05 - step, s.p95);
                low - READS_ALIKE * low.abs() <= p.p50 && p.p50 <= high + READS_ALIKE * high.abs()
            }
            (None, None) => true,
            _ => false,
        }
    }
}

impl Recovery {
    /// The simulated figures beside those of the plain rule.
    pub fn beside_fluid(&self) -> Vec<FluidBeside> {
        let of = |name: &str| FLUID.iter().position(|k| *k == name).and_then(|i| self.fluid.get(i));
        let Some(plain) = of("plain") else { return Vec::new() };
        let beside = |figure: FluidFigure| {
            let plain = figure.of(plain);
            let agrees = figure.agree(figure.simulated(self), plain);
            let alone = FLUID.into_iter().filter(|k| !agrees && !matches!(*k, "plain" | "all"));
            let mut reasons: Vec<FluidReason> = alone
                .filter_map(|name| {
                    let moves = match (figure.of(of(name)?).band(), plain.band()) {
                        (Some(a), Some(p)) if p.p50.abs() > 1e-9 => Some(a.p50 / p.p50 - 1.0),
                        (None, None) | (Some(_), Some(_)) => return None,
                        _ => None,
                    };
                    moves.is_none_or(|m| m.abs() >= NAMED).then_some(FluidReason { name, moves })
                })
                .collect();
            let size = |r: &FluidReason| r.moves.map_or(f64::INFINITY, f64::abs);
            reasons.sort_by(|a, b| size(b).total_cmp(&size(a)));
            FluidBeside { figure, agrees, reasons }
        };
        FluidFigure::ALL.into_iter().map(beside).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_within_the_same_whole_day_agrees() {
        let at = |x: f64| Estimate::of_all([x]);
        // Shown as 14 days both: the simulation counts the day begun, the rule the part of it.
        assert!(FluidFigure::ClearDays.agree(at(14.0), at(13.6)));
        assert!(!FluidFigure::ClearDays.agree(at(14.0), at(14.4)));
        assert!(!FluidFigure::PeakT.agree(at(14.0), at(13.6)));
        // Shown as 1,850 t both.
        assert!(FluidFigure::PeakT.agree(at(1_853.0), at(1_846.0)));
        let never = Estimate::of([None]);
        assert!(FluidFigure::ClearDays.agree(never, never) && !FluidFigure::ClearDays.agree(at(14.0), never));
    }
}
