//! The stock curve: goods waiting by day, as fans with their names, suspensions and marks.

use std::fmt::Write as _;

use crate::Chart;
use crate::calendar::{day_iso, day_text};
use crate::parts::{Caption, Colour, fan, foot, head, legend, missing, sane_small, titled};
use crate::place::{Place, Places};
use crate::scale::{Scale, day_axis, round_ticks, value_axis};
use crate::state::{Span, shade, take_spans};
use crate::svg::{Canvas, Hold, Words};
use crate::text::{Data, band, datum, width_of};
use yalu_number::Band;

/// A fan: one variant's bands by day.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// Name, set at the curve's height.
    pub name: String,
    /// Colour: grey for the base, blue for the variant.
    pub colour: Colour,
    /// Bands, one a day; `None` where there is no result.
    pub bands: Vec<Option<Band>>,
}

/// Words at a day of the curve.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveMark {
    /// Day, counted from 1970-01-01.
    pub day: i32,
    /// First line, bold: such as `26 Sep: reopened`.
    pub text: String,
    /// Second line: such as `clear after 41 days (33 – 55)`; may be empty.
    pub more: String,
}

/// Tonnes waiting or held, by day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StockCurve {
    /// Words around the chart.
    pub caption: Caption,
    /// Unit, such as `t`.
    pub unit: String,
    /// Days, counted from 1970-01-01, in order; they may skip.
    pub days: Vec<i32>,
    /// Fans, base first.
    pub fans: Vec<Fan>,
    /// Shaded suspensions.
    pub spans: Vec<Span>,
    /// Marked days.
    pub marks: Vec<CurveMark>,
}

const NAME: &str = "Goods waiting by day";

impl StockCurve {
    fn known(&self) -> impl Iterator<Item = (i32, &Fan, Band)> + '_ {
        self.fans.iter().flat_map(|f| {
            self.days
                .iter()
                .zip(&f.bands)
                .filter_map(|(d, b)| b.map(|b| (*d, b)))
                .filter(|(_, b)| b.known())
                .map(move |(d, b)| (d, f, b))
        })
    }

    fn peak(&self, name: &str) -> Option<(i32, Band)> {
        self.known()
            .filter(|(_, f, _)| f.name == name)
            .map(|(d, _, b)| (d, b))
            .max_by(|a, b| a.1.p50.total_cmp(&b.1.p50))
    }

    fn draw_marks(&self, canvas: &mut Canvas, x: &Scale, top: f64, bottom: f64, places: &mut Places) {
        for mark in &self.marks {
            let at = x.at(f64::from(mark.day));
            if at < x.p0 - 0.5 || at > x.p1 + 0.5 {
                continue;
            }
            canvas.line((at, top), (at, bottom), "stroke:var(--ink);stroke-width:1.4;stroke-dasharray:2 3");
            let w = width_of(&mark.text, 12.0, true).max(width_of(&mark.more, 12.0, false));
            let h = if mark.more.is_empty() { 15.0 } else { 30.0 };
            let y = top + 6.0;
            let right = Place { x: at + 8.0, y, hold: Hold::Start, far: false };
            let left = Place { x: at - 8.0, y, hold: Hold::End, far: false };
            let over = at + 8.0 + w > x.p1;
            let costs = (places.cost(at + 8.0, y, at + 8.0 + w, y + h), places.cost(at - 8.0 - w, y, at - 8.0, y + h));
            let place = if over || costs.1 + 40.0 < costs.0 { left } else { right };
            let x0 = if place.hold == Hold::End { at - 8.0 - w } else { at + 8.0 };
            places.take(x0, y, x0 + w, y + h);
            places.take_line((at, top), (at, bottom), 1.0);
            canvas.text((place.x, place.y + 11.0), Words::new(&mark.text).bold().held(place.hold).halo());
            canvas.text((place.x, place.y + 26.0), Words::new(&mark.more).second().held(place.hold).halo());
        }
    }
}

impl Chart for StockCurve {
    fn svg_at(&self, width: f64) -> String {
        let top_value = self.known().map(|(_, _, b)| b.p95).fold(0.0, f64::max);
        let (Some(&first), Some(&last)) = (self.days.iter().min(), self.days.iter().max()) else {
            return missing(width, &self.caption, NAME, &self.summary());
        };
        if self.known().next().is_none() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas =
            Canvas::new(sane_small(width), &format!("{NAME}{:?}{}{first}{last}", self.caption, self.fans.len()));
        let small = canvas.narrow();
        let beside = canvas.beside();
        let top = head(&mut canvas, &self.caption) + if beside { 10.0 } else { 22.0 };
        let bottom = top
            + match (beside, small) {
                (true, _) => 58.0,
                (_, true) => 140.0,
                _ => 260.0,
            };
        // A chance ends at 100 %, and its highest is nothing to name.
        let chance = self.unit == "%";
        let (ticks, decimals) = round_ticks(
            if chance { 100.0 } else { top_value * 1.08 },
            if beside {
                2
            } else if small {
                4
            } else {
                5
            },
        );
        let widest = ticks
            .iter()
            .map(|t| width_of(&crate::text::fixed(*t, decimals), 12.0, false))
            .fold(width_of(&self.unit, 11.0, false).max(20.0), f64::max);
        let (left, right) = (widest + 12.0, canvas.width - if small { 6.0 } else { 14.0 });
        let x = Scale::new(f64::from(first), f64::from(last) + 1.0, left, right);
        let y = Scale::new(0.0, ticks.last().copied().unwrap_or(1.0), bottom, top + 8.0);
        shade(&mut canvas, &x, &self.spans, top, bottom);
        value_axis(&mut canvas, &ticks, decimals, &y, left, right);
        // Beside words the title names the unit.
        if !beside {
            canvas.text((left - 8.0, top - 6.0), Words::new(&self.unit).small().second().end());
        }
        let mut places = Places::new(left, top, right, bottom);
        take_spans(&mut places, &x, &self.spans, top);
        for (d, _, b) in self.known() {
            let p = x.at(f64::from(d) + 0.5);
            places.take(p - 2.0, y.held(b.p95), p + 2.0, y.held(b.p05) + 1.0);
        }
        for f in &self.fans {
            let points: Vec<_> = self.days.iter().zip(&f.bands).map(|(d, b)| (x.at(f64::from(*d) + 0.5), *b)).collect();
            fan(&mut canvas, &points, &y, f.colour);
        }
        self.draw_marks(&mut canvas, &x, top, bottom, &mut places);
        // On a phone two names and their peaks would lie over each other: they stand under the plot.
        let below = small && self.fans.len() > 1;
        for f in self.fans.iter().filter(|f| !chance && !below && !f.name.is_empty()) {
            let Some((day, b)) = self.peak(&f.name) else {
                continue;
            };
            let words = format!("peak {}", band(b.p50, b.p05, b.p95, &self.unit));
            let w = width_of(&f.name, 12.0, true).max(width_of(&words, 12.0, false));
            let at = (x.at(f64::from(day) + 0.5), y.held(b.p50));
            let place = places.around(at, w, 30.0);
            if place.far {
                let to_y = if place.y > at.1 { place.y } else { (place.y + 30.0).min(at.1) };
                canvas.line(at, (place.x, to_y), &format!("stroke:{};stroke-width:.9", f.colour.css()));
            }
            canvas.circle(at, 2.6, &format!("fill:{}", f.colour.css()));
            canvas.text(
                (place.x, place.y + 11.0),
                Words::new(&f.name).bold().fill(f.colour.css()).held(place.hold).halo(),
            );
            canvas.text((place.x, place.y + 26.0), Words::new(&words).second().held(place.hold).halo());
        }
        let used = day_axis(&mut canvas, &x, bottom);
        let mut end = bottom + used;
        if below {
            end = legend(&mut canvas, self.fans.iter().map(|f| (f.name.as_str(), f.colour)), end);
        }
        let banded = self.known().any(|(_, _, b)| b.p05 < b.p95);
        if banded && !beside {
            let words = "line: median; inner band: 25–75 %; outer: 5–95 %";
            canvas.text((left, end + 18.0), Words::new(words).second());
            end += 24.0;
        }
        let end = foot(&mut canvas, &self.caption, end);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["day", "variant", "p05", "p25", "p50", "p75", "p95"]);
        for f in &self.fans {
            for (i, day) in self.days.iter().enumerate() {
                let b = f.bands.get(i).copied().flatten();
                let values = b.map_or([f64::NAN; 5], |b| [b.p05, b.p25, b.p50, b.p75, b.p95]);
                let mut row = vec![day_iso(*day), f.name.clone()];
                row.extend(values.map(datum));
                data.row(row);
            }
        }
        data
    }

    fn summary(&self) -> String {
        if self.known().next().is_none() {
            return "Not yet answered: no model result of goods waiting is given.".into();
        }
        let mut out = String::new();
        for f in &self.fans {
            if let Some((day, b)) = self.peak(&f.name) {
                let _ = write!(
                    out,
                    "{}{}: median at most {} on {}",
                    if out.is_empty() { "" } else { "; " },
                    f.name,
                    band(b.p50, b.p05, b.p95, &self.unit),
                    day_text(day, true)
                );
            }
        }
        for mark in &self.marks {
            let _ = write!(out, "; {} {}", mark.text, mark.more);
        }
        out.push('.');
        out
    }
}
