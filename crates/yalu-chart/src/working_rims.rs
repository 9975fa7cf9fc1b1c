//! Time on the working diagram: the grid, the rims with hours and dates, and the rail of tracks.

use std::fmt::Write as _;

use crate::calendar::day_text;
use crate::scale::Scale;
use crate::svg::{Canvas, Words, px};
use crate::text::width_of;
use crate::unfold::Unfolded;
use crate::working::{Clock, WorkingDiagram};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// Moments at a step of local time within a period.
fn steps(from: i64, to: i64, step: i64, ahead: i64) -> impl Iterator<Item = i64> {
    let first = (from + ahead + step - 1).div_euclid(step);
    let last = (to + ahead).div_euclid(step);
    (first..=last).map(move |i| i * step - ahead)
}

/// The first step at which two moments stand apart by some pixels.
fn fine(x: &Scale, apart: f64, steps: &[i64]) -> Option<i64> {
    steps.iter().copied().find(|s| *s as f64 * MINUTE as f64 * x.unit() >= apart).map(|s| s * MINUTE)
}

impl WorkingDiagram {
    pub(crate) fn ahead(clock: &Clock) -> i64 {
        i64::from(clock.ahead_min.clamp(-2880, 2880)) * MINUTE
    }

    /// Hairlines at ten minutes where they fit, hours, and a stronger line at midnight.
    pub(crate) fn draw_grid(&self, canvas: &mut Canvas, x: &Scale, rim: f64, bottom: f64) {
        let ahead = Self::ahead(&self.clock);
        let (from, to) = (self.base.from, self.base.to);
        let hour = fine(x, 6.0, &[60, 180, 360, 720, 1440, 10_080]).unwrap_or(30 * DAY);
        let draw = |canvas: &mut Canvas, step: i64, skip: i64, style: &str| {
            let mut d = String::new();
            for ms in steps(from, to, step, ahead).filter(|ms| (ms + ahead) % skip != 0) {
                let _ = write!(d, "M{} {}V{}", px(x.at(ms as f64)), px(rim), px(bottom));
            }
            canvas.path(&d, &format!("fill:none;{style}"));
        };
        if let Some(hair) = fine(x, 6.0, &[10, 30]).filter(|h| *h < hour) {
            draw(canvas, hair, hour, "stroke:var(--rule2);stroke-width:.7");
        }
        draw(canvas, hour, DAY.max(hour), "stroke:var(--rule);stroke-width:.9");
        draw(canvas, DAY.max(hour), i64::MAX, "stroke:var(--ink3);stroke-width:1");
    }

    /// Both rims; returns the height at which the diagram ends.
    pub(crate) fn draw_clocks(&self, canvas: &mut Canvas, x: &Scale, rim: f64, bottom: f64) -> f64 {
        let below = self.second.as_ref().unwrap_or(&self.clock);
        self.draw_clock(canvas, x, &self.clock, rim, -1.0);
        self.draw_clock(canvas, x, below, bottom, 1.0);
        canvas.line((x.p0, bottom), (x.p1, bottom), "stroke:var(--ink);stroke-width:1.4");
        bottom + if self.dated() { 58.0 } else { 44.0 }
    }

    /// Whether days are named: the period passes a midnight of either clock.
    pub(crate) fn dated(&self) -> bool {
        let passes = |clock: &Clock| {
            let ahead = Self::ahead(clock);
            (self.base.from + ahead).div_euclid(DAY) != (self.base.to + ahead - 1).div_euclid(DAY)
        };
        passes(&self.clock) || self.second.as_ref().is_some_and(passes)
    }

    fn draw_clock(&self, canvas: &mut Canvas, x: &Scale, clock: &Clock, y: f64, dir: f64) {
        let ahead = Self::ahead(clock);
        let (from, to) = (self.base.from, self.base.to);
        let mut d = String::new();
        if let Some(ticks) = fine(x, 4.0, &[10, 30, 60, 360, 1440]) {
            for ms in steps(from, to, ticks, ahead) {
                let _ = write!(d, "M{} {}v{}", px(x.at(ms as f64)), px(y), px(4.0 * dir));
            }
        }
        let size = if canvas.narrow() { 11.0 } else { 13.0 };
        let (hours_y, dates_y, name_y) =
            if dir < 0.0 { (y - 14.0, y - 32.0, y - 32.0) } else { (y + 23.0, y + 40.0, y + 40.0) };
        if let Some(step) = fine(x, 26.0, &[10, 30, 60, 120, 180, 240, 360, 720]) {
            for ms in steps(from, to, step, ahead) {
                let p = x.at(ms as f64);
                let minutes = (ms + ahead).rem_euclid(DAY) / MINUTE;
                let whole = minutes % 60 == 0;
                let words = if whole {
                    format!("{:02}", minutes / 60)
                } else {
                    format!("{:02}:{:02}", minutes / 60, minutes % 60)
                };
                if !whole && (step > 30 * MINUTE || step as f64 * x.unit() < 44.0) {
                    continue;
                }
                let _ = write!(d, "M{} {}v{}", px(p), px(y), px(8.0 * dir));
                let set = Words::new(&words).size(if whole { size } else { 11.0 }).middle();
                canvas.text((p, hours_y), if whole { set.bold() } else { set.second() });
            }
        }
        canvas.path(&d, "fill:none;stroke:var(--ink3);stroke-width:.8");
        let mut free = x.p0;
        let name = if self.dated() { dates_y + 17.0 * dir } else { name_y };
        canvas.text((x.p0, name), Words::new(&clock.name).small().second());
        if !self.dated() {
            return;
        }
        let first = ((from + ahead).div_euclid(DAY)) as i32;
        let last = ((to + ahead - 1).div_euclid(DAY)) as i32;
        for day in first..=last {
            let begin = x.held((i64::from(day) * DAY - ahead) as f64);
            let end = x.held((i64::from(day + 1) * DAY - ahead) as f64);
            let full = day_text(day, true);
            let short = day_text(day, false);
            let room = end - begin - 8.0;
            let words = if width_of(&full, 12.0, true) <= room { full } else { short };
            let w = width_of(&words, 12.0, true);
            if begin >= free && (w <= room || begin + w <= x.p1 && begin > x.p0) {
                canvas.text((begin + if begin > x.p0 { 3.0 } else { 0.0 }, dates_y), Words::new(&words).bold());
                free = begin + w + 10.0;
            }
            if begin > x.p0 {
                canvas.line((begin, y), (begin, y + 44.0 * dir), "stroke:var(--ink3);stroke-width:1");
            }
        }
    }

    /// Loops in the rail of tracks, with their count from three tracks on.
    pub(crate) fn draw_loops(&self, canvas: &mut Canvas, x: &Scale, down: &Unfolded) {
        let at = x.p0 - 20.0;
        let mut d = String::new();
        let mut above = f64::MIN;
        for level in down.levels.iter().filter(|l| !l.open()) {
            let tracks = self.station_tracks.get(level.station).copied().unwrap_or(1);
            if tracks < 2 {
                continue;
            }
            let y = level.top;
            let _ = write!(d, "M{} {}q5 1.5 5 4.5t-5 4.5", px(at), px(y - 4.5));
            if tracks > 2 {
                let _ = write!(d, "M{} {}q-5 1.5 -5 4.5t5 4.5", px(at), px(y - 4.5));
                if y - above >= 11.0 {
                    canvas.text((x.p0 - 2.0, y + 4.0), Words::new(&tracks.to_string()).small().second().end());
                    above = y;
                }
            }
        }
        canvas.path(&d, "fill:var(--paper);stroke:var(--ink2);stroke-width:1.2");
    }
}
