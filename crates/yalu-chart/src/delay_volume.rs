//! Delay over volume: how late trains become as more of them run.

use std::fmt::Write as _;

use crate::Chart;
use crate::parts::{Caption, Colour, fan, foot, head, missing, sane, titled};
use crate::place::Places;
use crate::scale::{Scale, round_ticks, value_axis};
use crate::svg::{Canvas, Words};
use crate::text::{Data, band, datum, fixed, number, width_of};
use yalu_number::Band;

/// Delay at a volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VolumePoint {
    /// Trains a day, both ways.
    pub trains: f64,
    /// Delay a train, minutes, over runs; `None` draws a gap.
    pub delay: Option<Band>,
}

/// A named curve of delay over volume.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VolumeCurve {
    /// Name at its end.
    pub name: String,
    /// Colour.
    pub colour: Colour,
    /// Points in order of volume.
    pub points: Vec<VolumePoint>,
}

/// A volume with words, drawn upright.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VolumeMark {
    /// Trains a day, both ways.
    pub trains: f64,
    /// Words at its head, such as `closed form, 44`.
    pub text: String,
    /// Whether it is a bound (solid) rather than what is operated (dotted).
    pub bound: bool,
}

/// Delay a train over trains a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DelayVolume {
    /// Words around the chart.
    pub caption: Caption,
    /// Curves.
    pub curves: Vec<VolumeCurve>,
    /// Closed-form capacity and what is operated today.
    pub marks: Vec<VolumeMark>,
    /// Tolerated delay a train, minutes; a level line where given.
    pub tolerated_min: Option<f64>,
}

const NAME: &str = "Delay a train over trains a day";

impl DelayVolume {
    fn known(&self) -> impl Iterator<Item = (f64, Band)> {
        let points = self.curves.iter().flat_map(|c| &c.points);
        points.filter_map(|p| p.delay.map(|d| (p.trains, d))).filter(|(t, d)| t.is_finite() && d.known())
    }
}

impl Chart for DelayVolume {
    fn svg_at(&self, width: f64) -> String {
        if self.known().next().is_none() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.curves));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption) + 30.0;
        let (left, right) = if small { (44.0, canvas.width - 12.0) } else { (60.0, canvas.width - 150.0) };
        let bottom = top + if small { 220.0 } else { 340.0 };
        let volumes = self.known().map(|k| k.0).chain(self.marks.iter().map(|m| m.trains)).filter(|v| v.is_finite());
        let (xs, x_decimals) = round_ticks(volumes.fold(1.0, f64::max), if small { 5 } else { 10 });
        let delays = self.known().map(|k| k.1.p95).chain(self.tolerated_min).filter(|v| v.is_finite());
        let (ys, y_decimals) = round_ticks(delays.fold(1.0, f64::max), 6);
        let x = Scale::new(0.0, xs.last().copied().unwrap_or(1.0), left, right);
        let y = Scale::new(0.0, ys.last().copied().unwrap_or(1.0), bottom, top);
        value_axis(&mut canvas, &ys, y_decimals, &y, left, right);
        canvas.line((left, bottom), (right, bottom), "stroke:var(--ink3);stroke-width:1");
        for tick in &xs {
            canvas.line((x.at(*tick), bottom), (x.at(*tick), bottom + 4.0), "stroke:var(--ink3);stroke-width:1");
            canvas.text((x.at(*tick), bottom + 18.0), Words::new(&fixed(*tick, x_decimals)).second().middle());
        }
        canvas.text((0.0, top - 14.0), Words::new("delay a train, min").small().second());
        canvas.text((right, bottom + 36.0), Words::new("trains a day, both ways").small().second().end());
        let mut places = Places::new(left, top, canvas.width, bottom);
        for mark in self.marks.iter().filter(|m| m.trains.is_finite()) {
            let p = x.held(mark.trains);
            let style = if mark.bound {
                "stroke:var(--ink);stroke-width:1.6"
            } else {
                "stroke:var(--ink2);stroke-width:1.4;stroke-dasharray:2 3"
            };
            canvas.line((p, top - 4.0), (p, bottom), style);
            places.take(p - 3.0, top, p + 3.0, bottom);
        }
        for c in &self.curves {
            let mut points: Vec<(f64, Option<Band>)> =
                c.points.iter().filter(|p| p.trains.is_finite()).map(|p| (x.held(p.trains), p.delay)).collect();
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            canvas.open(&c.name);
            fan(&mut canvas, &points, &y, c.colour);
            canvas.close();
            let dots: Vec<_> =
                points.iter().filter_map(|p| p.1.filter(Band::known).map(|b| (p.0, y.held(b.p50)))).collect();
            for dot in &dots {
                canvas.circle(*dot, 2.4, &format!("fill:{}", c.colour.css()));
                places.take(dot.0 - 8.0, dot.1 - 8.0, dot.0 + 8.0, dot.1 + 8.0);
            }
            for pair in dots.windows(2) {
                if let [a, b] = pair {
                    places.take_line(*a, *b, 4.0);
                }
            }
        }
        if let Some(t) = self.tolerated_min.filter(|t| t.is_finite()) {
            let at = y.held(t);
            canvas.line((left, at), (right, at), "stroke:var(--ink2);stroke-width:1;stroke-dasharray:6 3");
            let words = format!("tolerated, {}\u{2009}min", number(t));
            canvas.text((left + 6.0, at - 5.0), Words::new(&words).small().second().halo());
            places.take(left, at - 16.0, left + width_of(&words, 11.0, false) + 8.0, at);
        }
        for c in &self.curves {
            let last = c.points.iter().filter(|p| p.trains.is_finite() && p.delay.is_some_and(|d| d.known()));
            if let Some((trains, d)) =
                last.filter_map(|p| p.delay.map(|d| (p.trains, d))).max_by(|a, b| a.0.total_cmp(&b.0))
            {
                let place = places.around((x.held(trains), y.held(d.p50)), width_of(&c.name, 12.0, true), 14.0);
                let words = Words::new(&c.name).bold().fill(c.colour.css()).held(place.hold).halo();
                canvas.text((place.x, place.y + 11.0), words);
            }
        }
        let mut free: Vec<(f64, f64)> = Vec::new();
        for mark in self.marks.iter().filter(|m| m.trains.is_finite()) {
            let p = x.held(mark.trains);
            let w = width_of(&mark.text, 12.0, true);
            let from = if p - 4.0 - w / 2.0 < left { left } else { (p - w / 2.0).min(canvas.width - w) };
            let row = if free.iter().any(|f| f.0 < from + w + 8.0 && from < f.1 + 8.0) { 16.0 } else { 0.0 };
            free.push((from, from + w));
            canvas.text((from, top - 8.0 - row), Words::new(&mark.text).bold().halo());
        }
        let end = foot(&mut canvas, &self.caption, bottom + 42.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data =
            Data::new(&["kind", "name", "trains_both_ways", "p05_min", "p25_min", "p50_min", "p75_min", "p95_min"]);
        for c in &self.curves {
            for p in &c.points {
                let b = p.delay.map_or([f64::NAN; 5], |b| [b.p05, b.p25, b.p50, b.p75, b.p95]);
                let row = ["delay".to_string(), c.name.clone(), datum(p.trains)];
                data.row(row.into_iter().chain(b.map(datum)));
            }
        }
        for m in &self.marks {
            let kind = if m.bound { "bound" } else { "operated" };
            let row = [kind.to_string(), m.text.clone(), datum(m.trains)];
            data.row(row.into_iter().chain(std::iter::repeat_n(String::new(), 5)));
        }
        data
    }

    fn summary(&self) -> String {
        let mut out = String::new();
        for c in &self.curves {
            let known = c.points.iter().filter_map(|p| p.delay.filter(Band::known).map(|d| (p.trains, d)));
            let Some((trains, d)) = known.filter(|k| k.0.is_finite()).max_by(|a, b| a.0.total_cmp(&b.0)) else {
                continue;
            };
            if !out.is_empty() {
                out.push_str("; ");
            }
            let _ = write!(
                out,
                "{}: {} a train at {} trains a day, both ways",
                c.name,
                band(d.p50, d.p05, d.p95, "min"),
                number(trains)
            );
        }
        if out.is_empty() {
            return "Not yet answered: no delay at any volume is given.".into();
        }
        for m in self.marks.iter().filter(|m| m.bound && m.trains.is_finite()) {
            let _ = write!(out, "; {}", m.text);
        }
        out.push('.');
        out
    }
}
