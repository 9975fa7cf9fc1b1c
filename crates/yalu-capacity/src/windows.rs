//! Directional windows: a bridge or section is run in one direction for some hours, then cleared and turned.
//!
//! The railway bridge at Laredo is the known example: one track, 389 m, 23 to 30 trains a day both ways in 2020 (KCS,
//! in Texas Rail Advocates, 3 August 2020). A window is the time a direction owns the section, clearing included: the
//! last train may enter so late that it is out, and the section turned, when the window ends. Windows of exactly k
//! trains are platoons: the period is then `t1 + t2 + 2τ + 2(k − 1)h` as in [`crate::platoon_cycle_s`].

use crate::error::{above_zero, not_negative, within_day};
use crate::{CapacityError, DAY_S};

/// One direction through the section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowRun {
    /// From the entry of a train to its tail being out, s.
    pub traverse_s: f64,
    /// Between two entries of the same direction, s.
    pub headway_s: f64,
}

/// A section worked in windows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowedSection {
    /// Trains out.
    pub out: WindowRun,
    /// Trains back.
    pub back: WindowRun,
    /// From the last train being out to the first opposing one entering, s: locking, tokens, handing over of dispatch.
    pub turn_s: f64,
    /// Closed to trains of either direction, s a day.
    pub closed_s_per_day: f64,
}

/// What windows of given length carry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowPlan {
    /// Window of trains out, s.
    pub window_out_s: f64,
    /// Window of trains back, s.
    pub window_back_s: f64,
    /// Trains in a window out.
    pub trains_out: u32,
    /// Trains in a window back.
    pub trains_back: u32,
    /// Trains out a day.
    pub out_per_day: f64,
    /// Trains back a day.
    pub back_per_day: f64,
    /// Share of the time lost to clearing and turning.
    pub clearing_share: f64,
    /// Mean wait of a train out that comes at any time, for its next window alone, s: `c²/2P`, c the time between the
    /// last entry and the next window, P the period.
    pub wait_out_s: f64,
    /// Mean wait of a train back, s.
    pub wait_back_s: f64,
}

impl WindowPlan {
    /// Trains a day, both directions together.
    pub fn trains_per_day(&self) -> f64 {
        self.out_per_day + self.back_per_day
    }
    /// Pairs a day: what both directions carry.
    pub fn pairs_per_day(&self) -> f64 {
        self.out_per_day.min(self.back_per_day)
    }
}

/// A window length computed to fit so many trains is a hair short of it.
const HAIR: f64 = 1e-9;
/// Most window lengths tried by a search.
const MOST_TRIED: f64 = 100_000.0;

impl WindowedSection {
    fn check(&self) -> Result<(), CapacityError> {
        for run in [&self.out, &self.back] {
            above_zero("the time to traverse the section", run.traverse_s)?;
            above_zero("the headway", run.headway_s)?;
        }
        not_negative("the time to turn the section", self.turn_s)?;
        within_day("the time closed", self.closed_s_per_day)
    }

    /// What one window out and one back carry, taken in turns all day.
    pub fn plan(&self, window_out_s: f64, window_back_s: f64) -> Result<WindowPlan, CapacityError> {
        self.check()?;
        above_zero("the window out", window_out_s)?;
        above_zero("the window back", window_back_s)?;
        Ok(self.planned(window_out_s, window_back_s))
    }

    fn planned(&self, window_out_s: f64, window_back_s: f64) -> WindowPlan {
        let period = window_out_s + window_back_s;
        let per_day = (DAY_S - self.closed_s_per_day) / period;
        let fits = |run: &WindowRun, window: f64| {
            let entries = window - run.traverse_s - self.turn_s;
            if entries < -HAIR { 0 } else { (entries / run.headway_s + HAIR).floor() as u32 + 1 }
        };
        let loss = |run: &WindowRun, window: f64| (run.traverse_s + self.turn_s).min(window);
        let wait = |loss: f64, window: f64| (period - window + loss).powi(2) / (2.0 * period);
        let (loss_out, loss_back) = (loss(&self.out, window_out_s), loss(&self.back, window_back_s));
        let (trains_out, trains_back) = (fits(&self.out, window_out_s), fits(&self.back, window_back_s));
        WindowPlan {
            window_out_s,
            window_back_s,
            trains_out,
            trains_back,
            out_per_day: f64::from(trains_out) * per_day,
            back_per_day: f64::from(trains_back) * per_day,
            clearing_share: (loss_out + loss_back) / period,
            wait_out_s: wait(loss_out, window_out_s),
            wait_back_s: wait(loss_back, window_back_s),
        }
    }

    /// Plans of equal windows of given lengths.
    pub fn table(&self, windows_s: &[f64]) -> Result<Vec<WindowPlan>, CapacityError> {
        windows_s.iter().map(|w| self.plan(*w, *w)).collect()
    }

    /// The equal windows, up to a longest, that carry most pairs a day; the shortest of equals.
    ///
    /// Longer windows lose less to clearing, so without a longest there is no best: it is what the yards at both ends
    /// can hold while the other direction runs.
    pub fn best_window(&self, longest_s: f64) -> Result<WindowPlan, CapacityError> {
        let plans = self.fitting(longest_s)?;
        let mut best = self.planned(longest_s, longest_s);
        for plan in plans.into_iter().rev() {
            if plan.pairs_per_day() >= best.pairs_per_day() {
                best = plan;
            }
        }
        Ok(best)
    }

    /// The shortest equal windows, up to a longest, that carry so many trains a day each way: the least waiting. None
    /// if no window up to the longest does.
    pub fn shortest_window(
        &self,
        out_per_day: f64,
        back_per_day: f64,
        longest_s: f64,
    ) -> Result<Option<WindowPlan>, CapacityError> {
        not_negative("the trains out", out_per_day)?;
        not_negative("the trains back", back_per_day)?;
        let enough = |p: &WindowPlan| p.out_per_day >= out_per_day - HAIR && p.back_per_day >= back_per_day - HAIR;
        Ok(self.fitting(longest_s)?.into_iter().find(enough))
    }

    /// Equal windows at which one more train of a direction fits, shortest first: between them only time is lost.
    fn fitting(&self, longest_s: f64) -> Result<Vec<WindowPlan>, CapacityError> {
        self.check()?;
        above_zero("the longest window", longest_s)?;
        let mut windows = Vec::new();
        for run in [&self.out, &self.back] {
            let first = run.traverse_s + self.turn_s;
            let most = (longest_s - first) / run.headway_s;
            if most > MOST_TRIED {
                let count = most as usize;
                return Err(CapacityError::TooLarge {
                    what: "trains in the longest window",
                    count,
                    most: MOST_TRIED as usize,
                });
            }
            if most >= -HAIR {
                let trains = (most + HAIR).floor() as u32;
                windows.extend((0..=trains).map(|k| first + f64::from(k) * run.headway_s));
            }
        }
        windows.sort_by(f64::total_cmp);
        windows.dedup();
        Ok(windows.into_iter().map(|w| self.planned(w, w)).collect())
    }
}
