//! A finished run as points, for pictures and tables.

use crate::train_run::{Leg, Mark, TrainRun};

/// A train's run at one place of its head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunPoint {
    /// Metres along the path.
    pub at_m: f64,
    /// Seconds since the start.
    pub time_s: f64,
    /// Speed, m/s.
    pub speed_mps: f64,
    /// The most restrictive limit of line and train until the tail has left it, before any braking curve, m/s.
    pub allowed_mps: f64,
    /// The same with the braking curves to lower limits and to the stand, m/s.
    pub braking_mps: f64,
    /// Gradient averaged over the train, per mille, curves counted, rising positive.
    pub gradient_permille: f64,
    /// Force at the wheel, N; below zero what the brakes give.
    pub force_n: f64,
    /// What holds the speed from here on.
    pub mark: Mark,
}

/// A run has no more points between its legs than this.
const MOST: f64 = 1e6;

impl TrainRun {
    /// The run at every change of what holds its speed, and at least every so many metres; none where the run is empty.
    ///
    /// A step that is no number above zero gives the changes alone; none is finer than a millionth of the run.
    pub fn points(&self, step_m: f64) -> Vec<RunPoint> {
        let (Some(first), Some(last)) = (self.legs().first(), self.legs().last()) else {
            return Vec::new();
        };
        let step = if step_m > 0.0 { step_m.max((last.s1 - first.s0) / MOST) } else { f64::INFINITY };
        let mut out = Vec::new();
        for l in self.legs() {
            out.push(self.point(l, l.s0));
            let parts = ((l.s1 - l.s0) / step).ceil();
            for k in 1..parts as usize {
                out.push(self.point(l, l.s0 + (l.s1 - l.s0) * (k as f64 / parts)));
            }
        }
        out.push(self.point(last, last.s1));
        out
    }

    fn point(&self, l: &Leg, s: f64) -> RunPoint {
        let cell = &self.course().cells[l.cell];
        let (time_s, speed_mps) = self.within(l, s);
        RunPoint {
            at_m: s,
            time_s,
            speed_mps,
            allowed_mps: cell.limit_mps,
            braking_mps: cell.allowed_at(s).sqrt(),
            gradient_permille: 1000.0 * cell.grade_at(s),
            force_n: self.force_n(l, s, speed_mps),
            mark: self.mark(l),
        }
    }
}
