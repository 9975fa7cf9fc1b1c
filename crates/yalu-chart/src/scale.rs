//! Scales and axes: from values and days to pixels, and the ticks between.

use crate::calendar::{day, day_text};
use crate::svg::{Canvas, Words};
use yalu_calendar::{date_of, short_month_name};

/// A straight scale from a range of values to a range of pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    pub(crate) v0: f64,
    pub(crate) v1: f64,
    pub(crate) p0: f64,
    pub(crate) p1: f64,
}

impl Scale {
    pub(crate) fn new(v0: f64, v1: f64, p0: f64, p1: f64) -> Self {
        let (v0, v1) = if v0.is_finite() && v1.is_finite() && v1 > v0 {
            (v0, v1)
        } else if v0.is_finite() {
            (v0, v0 + 1.0)
        } else {
            (0.0, 1.0)
        };
        Self { v0, v1, p0, p1 }
    }

    pub(crate) fn at(&self, v: f64) -> f64 {
        self.p0 + (v - self.v0) / (self.v1 - self.v0) * (self.p1 - self.p0)
    }

    /// The pixel of a value held within the range.
    pub(crate) fn held(&self, v: f64) -> f64 {
        self.at(v.clamp(self.v0, self.v1))
    }

    /// Pixels to one unit of value.
    pub(crate) fn unit(&self) -> f64 {
        (self.p1 - self.p0) / (self.v1 - self.v0)
    }
}

/// Round ticks from zero to at least a value: the values and their decimals.
pub(crate) fn round_ticks(top: f64, about: usize) -> (Vec<f64>, usize) {
    let top = if top.is_finite() && top > 0.0 { top.clamp(1e-9, 1e15) } else { 1.0 };
    let rough = top / about.max(1) as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|m| m * power).find(|s| *s >= rough * 0.999).unwrap_or(10.0 * power);
    let decimals = (0..9)
        .find(|d| {
            let s = step * 10_f64.powi(*d);
            (s - s.round()).abs() < 1e-6 * s
        })
        .unwrap_or(9) as usize;
    let count = ((top / step) - 1e-9).ceil().clamp(1.0, 40.0) as usize;
    ((0..=count).map(|i| i as f64 * step).collect(), decimals)
}

/// Draws the lines and numbers of a value axis whose numbers stand left of the plot.
pub(crate) fn value_axis(canvas: &mut Canvas, ticks: &[f64], decimals: usize, y: &Scale, left: f64, right: f64) {
    for &tick in ticks {
        let at = y.at(tick);
        if tick != 0.0 {
            canvas.line((left, at), (right, at), "stroke:var(--rule2);stroke-width:1");
        }
        canvas.text((left - 8.0, at + 4.0), Words::new(&crate::text::fixed(tick, decimals)).second().end());
    }
}

/// Draws a calendar under a plot: months where they fit, else years; returns the height used.
pub(crate) fn day_axis(canvas: &mut Canvas, x: &Scale, top: f64) -> f64 {
    let (first, last) = (x.v0 as i32, x.v1 as i32);
    let days = f64::from(last.saturating_sub(first)).max(1.0);
    let per_month = (x.p1 - x.p0) / days * 30.4;
    canvas.line((x.p0, top), (x.p1, top), "stroke:var(--ink3);stroke-width:1");
    if days < 75.0 {
        let step = [1, 2, 7, 14, 28].into_iter().find(|s| f64::from(*s) * x.unit() >= 64.0).unwrap_or(28);
        let mut at = first;
        while at <= last {
            let p = x.at(f64::from(at));
            tick(canvas, p, top, 4.0);
            canvas.text((p, top + 17.0), Words::new(&day_text(at, false)).small().second().middle());
            at = at.saturating_add(step);
        }
        return 24.0;
    }
    let (y0, m0, _) = date_of(first);
    let (y1, m1, _) = date_of(last.saturating_sub(1));
    let every_year = (f64::from(i32::from(y1) - i32::from(y0) + 1) * 44.0 / (x.p1 - x.p0)).ceil().max(1.0) as i32;
    for year in i32::from(y0)..=i32::from(y1) {
        let jan = day(year as i16, 1, 1);
        let from = f64::from(jan.max(first));
        let to = f64::from(day((year + 1) as i16, 1, 1).min(last));
        if jan >= first && (year - i32::from(y0)) % every_year == 0 {
            tick(canvas, x.at(f64::from(jan)), top, 8.0);
        }
        if (year - i32::from(y0)) % every_year == 0 && x.at(to) - x.at(from) > 28.0 {
            let below = if per_month < 6.0 {
                20.0
            } else if canvas.beside() {
                29.0
            } else {
                34.0
            };
            let wide = format!("{year}");
            canvas.text((f64::midpoint(x.at(from), x.at(to)), top + below), Words::new(&wide).bold().middle());
        }
        if per_month < 6.0 {
            continue;
        }
        let every = if per_month >= 34.0 {
            1
        } else if per_month >= 11.0 {
            3
        } else {
            6
        };
        for month in (1..=12_i8).step_by(every) {
            if (year == i32::from(y0) && month < m0) || (year == i32::from(y1) && month > m1) {
                continue;
            }
            let start = day(year as i16, month, 1);
            if every == 1 && month > 1 && start >= first {
                tick(canvas, x.at(f64::from(start)), top, 4.0);
            }
            let p = x.at(f64::from(start) + 15.0);
            let name = short_month_name(month);
            let name = if every == 1 { name } else { name.get(..1).unwrap_or("") };
            let edge = if every == 1 { 11.0 } else { 4.0 };
            if p > x.p0 + edge && p < x.p1 - edge {
                canvas.text((p, top + 17.0), Words::new(name).small().second().middle());
            }
        }
    }
    match (per_month >= 6.0, canvas.beside()) {
        (true, false) => 40.0,
        (true, true) => 32.0,
        (false, _) => 26.0,
    }
}

fn tick(canvas: &mut Canvas, at: f64, top: f64, length: f64) {
    canvas.line((at, top), (at, top + length), "stroke:var(--ink3);stroke-width:1");
}
