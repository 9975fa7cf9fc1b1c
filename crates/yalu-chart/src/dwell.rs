//! Dwell: one bar an activity in the order they happen, in hours.

use std::fmt::Write as _;
use yalu_number::NOT_ANSWERED;

use crate::Chart;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::{Scale, round_ticks};
use crate::svg::{Canvas, Ground, Words, px};
use crate::text::{Data, datum, fitted, fixed, number, width_of};

/// A spread of hours: the median and its tenths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// 10 %.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// 90 %.
    pub p90: f64,
}

/// A range from sources, drawn as an ink line.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced {
    /// Low end, hours.
    pub low: f64,
    /// High end, hours.
    pub high: f64,
    /// Who said it, and for when.
    pub text: String,
}

/// An activity and how long it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct DwellRow {
    /// Activity.
    pub name: String,
    /// Where or on what condition; may be empty.
    pub place: String,
    /// Colour of the bar.
    pub colour: Colour,
    /// Simulated hours; `None` draws the hatched box of what is not yet answered.
    pub hours: Option<Spread>,
    /// Sourced range.
    pub sourced: Option<Sourced>,
}

/// Time spent by activity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DwellBars {
    /// Words around the chart.
    pub caption: Caption,
    /// Activities in the order they happen.
    pub rows: Vec<DwellRow>,
    /// Hours at which the axis ends; longer bars leave by an arrow and say their number. `None`: all fits.
    pub axis_end: Option<f64>,
}

const NAME: &str = "Time spent by activity";

fn hours(h: f64) -> String {
    if h >= 96.0 { format!("{}\u{2009}d", number(h / 24.0)) } else { format!("{}\u{2009}h", number(h)) }
}

impl Chart for DwellBars {
    fn svg_at(&self, width: f64) -> String {
        if self.rows.is_empty() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.rows));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption) + 4.0;
        let ends =
            self.rows.iter().flat_map(|r| [r.hours.map_or(0.0, |h| h.p90), r.sourced.as_ref().map_or(0.0, |s| s.high)]);
        let longest = ends.filter(|v| v.is_finite()).fold(1.0, f64::max);
        let end = self.axis_end.filter(|e| e.is_finite() && *e > 0.0).unwrap_or(longest);
        let (ticks, decimals) = round_ticks(end, if small { 4 } else { 8 });
        let (left, right) = if small { (8.0, canvas.width - 92.0) } else { (230.0, canvas.width - 190.0) };
        let row_h = if small { 48.0 } else { 40.0 };
        let v1 = ticks.last().copied().unwrap_or(1.0);
        let x = Scale::new(0.0, v1, left, right);
        let bottom = top + row_h * self.rows.len() as f64;
        for &tick in &ticks {
            let p = x.at(tick);
            let style =
                if tick == 0.0 { "stroke:var(--ink3);stroke-width:1" } else { "stroke:var(--rule2);stroke-width:1" };
            canvas.line((p, top), (p, bottom), style);
            let unit = if tick == v1 { "\u{2009}h" } else { "" };
            canvas.text((p, bottom + 17.0), Words::new(&format!("{}{unit}", fixed(tick, decimals))).second().middle());
        }
        for (i, row) in self.rows.iter().enumerate() {
            draw_row(&mut canvas, &x, row, top + row_h * i as f64, right, small);
        }
        let mut end = bottom + 26.0;
        let mut key = "bar: 10–90 % of runs; tick: median".to_string();
        if self.rows.iter().any(|r| r.sourced.is_some()) {
            key.push_str("; ink line: range from sources");
        }
        for line in crate::text::wrap(&key, 12.0, false, canvas.width) {
            end += 15.0;
            canvas.text((if small { 0.0 } else { left }, end), Words::new(&line).second());
        }
        let end = foot(&mut canvas, &self.caption, end + 4.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data =
            Data::new(&["activity", "place", "p10_h", "p50_h", "p90_h", "sourced_low_h", "sourced_high_h", "source"]);
        for r in &self.rows {
            let h = r.hours.map_or([f64::NAN; 3], |h| [h.p10, h.p50, h.p90]);
            let s = r.sourced.as_ref();
            data.row([
                r.name.clone(),
                r.place.clone(),
                datum(h[0]),
                datum(h[1]),
                datum(h[2]),
                s.map_or_else(String::new, |s| datum(s.low)),
                s.map_or_else(String::new, |s| datum(s.high)),
                s.map_or_else(String::new, |s| s.text.clone()),
            ]);
        }
        data
    }

    fn summary(&self) -> String {
        if self.rows.is_empty() {
            return "Not yet answered: no activities are given.".into();
        }
        let mut out = format!("{} activities", self.rows.len());
        let longest = self
            .rows
            .iter()
            .filter_map(|r| r.hours.filter(|h| h.p50.is_finite()).map(|h| (r, h)))
            .max_by(|a, b| a.1.p50.total_cmp(&b.1.p50));
        if let Some((row, h)) = longest {
            let _ = write!(
                out,
                "; longest median: {}, {} (10–90 %: {} – {})",
                row.name,
                hours(h.p50),
                hours(h.p10),
                hours(h.p90)
            );
        } else {
            out.push_str("; none yet answered by a run");
        }
        out.push('.');
        out
    }
}

fn draw_row(canvas: &mut Canvas, x: &Scale, row: &DwellRow, top: f64, right: f64, small: bool) {
    let (middle, room) = if small { (top + 32.0, right - 8.0) } else { (top + 20.0, 214.0) };
    if small {
        let name = if row.place.is_empty() { row.name.clone() } else { format!("{} · {}", row.name, row.place) };
        canvas.text((0.0, top + 17.0), Words::new(&fitted(&name, 12.0, false, canvas.width)).halo());
    } else {
        let shift = if row.place.is_empty() { 4.0 } else { -2.0 };
        canvas.text((x.p0 - 14.0, middle + shift), Words::new(&fitted(&row.name, 13.0, false, room)).size(13.0).end());
        canvas.text(
            (x.p0 - 14.0, middle + 13.0),
            Words::new(&fitted(&row.place, 11.0, false, room)).small().second().end(),
        );
    }
    let c = row.colour.css();
    let words = if let Some(h) = row.hours.filter(|h| h.p10.is_finite() && h.p50.is_finite() && h.p90.is_finite()) {
        let (a, b) = (x.held(h.p10.min(h.p90)), x.held(h.p10.max(h.p90)));
        canvas.open(&format!("{}: {} ({} – {})", row.name, hours(h.p50), hours(h.p10), hours(h.p90)));
        canvas.rect(a, middle - 7.0, (b - a).max(1.5), 14.0, &format!("fill:{c};fill-opacity:.3"));
        let m = x.held(h.p50);
        if h.p50 <= x.v1 {
            canvas.rect(m - 1.25, middle - 9.0, 2.5, 18.0, &format!("fill:{c}"));
        }
        canvas.close();
        if h.p90 > x.v1 {
            if h.p10 > x.v1 {
                canvas.line(
                    (x.p0, middle),
                    (right - 4.0, middle),
                    &format!("stroke:{c};stroke-width:2;stroke-dasharray:2 5"),
                );
            }
            leave(canvas, right + 2.0, middle, c);
        }
        if h.p50 >= 96.0 {
            format!("{} ({} – {})", hours(h.p50), number(h.p10 / 24.0), number(h.p90 / 24.0))
        } else {
            format!("{} ({} – {})", hours(h.p50), number(h.p10), number(h.p90))
        }
    } else {
        canvas.fill(x.p0, middle - 7.0, 72.0, 14.0, Ground::Waiting);
        canvas.rect(x.p0, middle - 7.0, 72.0, 14.0, "fill:none;stroke:var(--ink3);stroke-dasharray:3 2");
        canvas.open(NOT_ANSWERED);
        canvas.rect(x.p0 + 78.0, middle - 5.0, 22.0, 11.0, "fill:var(--ink2)");
        canvas.close();
        canvas.text((x.p0 + 104.0, middle + 4.5), Words::new("h").second());
        String::new()
    };
    let x0 = right + if small { 10.0 } else { 16.0 };
    let fits = width_of(&words, 12.0, true) < canvas.width - x0;
    let short = words.split(" (").next().unwrap_or("");
    canvas.text((x0, middle + 4.0), Words::new(if fits { &words } else { short }).bold());
    if let Some(s) = row.sourced.as_ref().filter(|s| s.low.is_finite() && s.high.is_finite()) {
        let (a, b) = (x.held(s.low), x.held(s.high));
        let over = s.high > x.v1;
        canvas.open(&format!("{} – {}: {}", hours(s.low), hours(s.high), s.text));
        canvas.path(
            &format!("M{} {}v6m0 -3H{}{}", px(a), px(middle - 3.0), px(b), if over { "" } else { "m0 -3v6" }),
            "fill:none;stroke:var(--ink);stroke-width:1.8",
        );
        canvas.close();
        if over && !row.hours.is_some_and(|h| h.p90 > x.v1) {
            leave(canvas, right + 2.0, middle, "var(--ink)");
        }
        if !small {
            let said =
                if over { format!("{} – {}, {}", hours(s.low), hours(s.high), s.text) } else { s.text.clone() };
            let w = width_of(&said, 11.0, false);
            let free = row.hours.map_or(x.p0 + 118.0, |h| x.held(h.p90) + 10.0);
            let at = if free.max(b + 10.0) + w < right { free.max(b + 10.0) } else { (b - w).max(x.p0 + 4.0) };
            let drop = if free.max(b + 10.0) + w < right { 4.0 } else { 19.0 };
            canvas.text((at, middle + drop), Words::new(&said).small().second().halo());
        }
    }
}

fn leave(canvas: &mut Canvas, x: f64, y: f64, colour: &str) {
    canvas.path(
        &format!("M{} {}l5 4l-5 4", px(x - 5.0), px(y - 4.0)),
        &format!("fill:none;stroke:{colour};stroke-width:1.8"),
    );
}
