//! Cumulative time, and cost, against distance, in the manner of ESCAP: moves are slopes, stops are steps.

use std::fmt::Write as _;

use crate::Chart;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::{Scale, round_ticks, value_axis};
use crate::svg::{Canvas, Words, through};
use crate::text::{Data, datum, fixed, number, width_of};

/// Where a consignment is on its way, and what it has taken and cost so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeCostPoint {
    /// Distance from the begin, km.
    pub km: f64,
    /// Hours so far, mean.
    pub hours: f64,
    /// Cost so far, in the chart's unit; `None` where the scenario gives none.
    pub cost: Option<f64>,
    /// What has just been done: a stop, such as `Dandong: customs`, or a run.
    pub what: String,
    /// Whether it stood: the line goes up without going on.
    pub stop: bool,
}

/// A place on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeCostPlace {
    /// Distance from the begin, km.
    pub km: f64,
    /// Name.
    pub name: String,
}

/// Cumulative time and cost against distance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeCost {
    /// Words around the chart.
    pub caption: Caption,
    /// Colour of the line.
    pub colour: Colour,
    /// Unit of cost, such as `USD/t`.
    pub cost_unit: String,
    /// Places along the way.
    pub places: Vec<TimeCostPlace>,
    /// The way, from its begin.
    pub points: Vec<TimeCostPoint>,
}

const NAME: &str = "Cumulative time and cost against distance";

impl TimeCost {
    fn panel(
        &self,
        canvas: &mut Canvas,
        x: &Scale,
        (top, bottom): (f64, f64),
        title: &str,
        value: impl Fn(&TimeCostPoint) -> Option<f64>,
    ) {
        let known: Vec<(&TimeCostPoint, f64)> =
            self.points.iter().filter_map(|p| value(p).filter(|v| v.is_finite()).map(|v| (p, v))).collect();
        let most = known.iter().map(|k| k.1).fold(0.0, f64::max);
        let (ticks, decimals) = round_ticks(most * 1.04, 5);
        let y = Scale::new(0.0, ticks.last().copied().unwrap_or(1.0), bottom, top);
        value_axis(canvas, &ticks, decimals, &y, x.p0, x.p1);
        canvas.text((0.0, top - 12.0), Words::new(title).bold());
        for p in &self.places {
            let at = x.at(p.km);
            canvas.line((at, top), (at, bottom), "stroke:var(--rule);stroke-width:1;stroke-dasharray:2 3");
        }
        canvas.line((x.p0, bottom), (x.p1, bottom), "stroke:var(--ink3);stroke-width:1");
        let c = self.colour.css();
        let line: Vec<_> = known.iter().map(|(p, v)| (x.at(p.km), y.at(*v))).collect();
        canvas.path(&through(&line), &format!("fill:none;stroke:{c};stroke-width:1.6;stroke-linejoin:round"));
        let mut below = f64::INFINITY;
        for pair in known.windows(2) {
            let [(_, a), (p, b)] = pair else { continue };
            if !p.stop || b <= a {
                continue;
            }
            let (px, from, to) = (x.at(p.km), y.at(*a), y.at(*b));
            canvas.open(&format!("{}: {}", p.what, number(b - a)));
            canvas.line((px, from), (px, to), &format!("stroke:{c};stroke-width:4"));
            canvas.close();
            // A step is named where it is tall enough to be pointed at, and the name before it is clear.
            let middle = f64::midpoint(from, to);
            if from - to > 7.0 && (below - middle).abs() > 13.0 {
                let words = format!("{}, {}", p.what, number(b - a));
                let w = width_of(&words, 11.0, false);
                let set = Words::new(&words).small().halo();
                if px + 8.0 + w < x.p1 {
                    canvas.text((px + 8.0, middle + 4.0), set);
                } else {
                    canvas.text((px - 8.0, middle + 4.0), set.end());
                }
                below = middle;
            }
        }
        if let (Some((_, v)), Some(at)) = (known.last(), line.last()) {
            canvas.circle(*at, 3.0, &format!("fill:{c}"));
            canvas.text((at.0 - 8.0, at.1 - 7.0), Words::new(&number(*v)).bold().end().halo());
        }
    }
}

impl Chart for TimeCost {
    fn svg_at(&self, width: f64) -> String {
        let longest = self.points.iter().map(|p| p.km).filter(|v| v.is_finite()).fold(0.0, f64::max);
        if self.points.len() < 2 {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.points));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption) + 30.0;
        let x = Scale::new(0.0, longest.max(1.0), 52.0, canvas.width - 16.0);
        let tall = if small { 220.0 } else { 300.0 };
        self.panel(&mut canvas, &x, (top, top + tall), "hours", |p| Some(p.hours));
        let mut bottom = top + tall;
        if self.points.iter().any(|p| p.cost.is_some()) {
            let next = bottom + 44.0;
            let unit = format!("cost, {}", self.cost_unit);
            self.panel(&mut canvas, &x, (next, next + tall * 0.7), &unit, |p| p.cost);
            bottom = next + tall * 0.7;
        }
        let (mut until, mut row) = ([f64::NEG_INFINITY; 2], 0);
        for p in &self.places {
            let at = x.at(p.km);
            let words = format!("{} {}", p.name, fixed(p.km, 0));
            let w = width_of(&words, 11.0, false);
            let start = (at - w / 2.0).clamp(0.0, (canvas.width - w).max(0.0));
            row = usize::from(start < until[0]);
            if start < until[row] {
                continue;
            }
            until[row] = start + w + 8.0;
            canvas.line((at, bottom), (at, bottom + 4.0), "stroke:var(--ink3);stroke-width:1");
            canvas.text((start, bottom + 17.0 + 14.0 * row as f64), Words::new(&words).small().second());
        }
        let _ = row;
        canvas.text((0.0, bottom + 17.0), Words::new("km").small().second());
        let end = foot(&mut canvas, &self.caption, bottom + 36.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["km", "hours", "cost", "cost_unit", "what", "stop"]);
        for p in &self.points {
            data.row([
                datum(p.km),
                datum(p.hours),
                p.cost.map_or_else(String::new, datum),
                p.cost.map_or_else(String::new, |_| self.cost_unit.clone()),
                p.what.clone(),
                p.stop.to_string(),
            ]);
        }
        data
    }

    fn summary(&self) -> String {
        let Some(last) = self.points.last().filter(|_| self.points.len() > 1) else {
            return "Not yet answered: nothing went the whole way.".into();
        };
        let stood: f64 = self.points.windows(2).filter(|w| w[1].stop).map(|w| w[1].hours - w[0].hours).sum();
        let mut out = format!(
            "{} km in {}\u{2009}h, of which {}\u{2009}h standing",
            number(last.km),
            number(last.hours),
            number(stood)
        );
        if let Some(cost) = last.cost {
            let _ = write!(out, "; {} {}", number(cost), self.cost_unit);
        }
        out.push('.');
        out
    }
}
