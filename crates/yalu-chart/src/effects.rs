//! What changes make of a figure, side by side: the differences of paired runs with their bands.

use std::fmt::Write as _;

use crate::Chart;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::Scale;
use crate::svg::Canvas;
use crate::svg::Words;
use crate::text::{Data, band, datum, fitted, number};
use yalu_number::Band;

/// What a change makes of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The change.
    pub name: String,
    /// The figure with it.
    pub with: Band,
    /// With minus without, pair by pair.
    pub difference: Band,
}

/// A figure under several changes.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectRow {
    /// Figure, such as `dwell of a train`.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Without any change.
    pub base: Band,
    /// Changes in order.
    pub effects: Vec<Effect>,
}

/// Changes side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EffectChart {
    /// Words around the chart.
    pub caption: Caption,
    /// Figures, each on its own axis.
    pub rows: Vec<EffectRow>,
}

const NAME: &str = "What changes make of the border, paired runs";

fn signed(v: f64) -> String {
    if v > 0.0 { format!("+{}", number(v)) } else { number(v) }
}

impl Chart for EffectChart {
    fn svg_at(&self, width: f64) -> String {
        if self.rows.iter().all(|r| r.effects.is_empty()) {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.rows));
        let small = canvas.narrow();
        let mut y = head(&mut canvas, &self.caption);
        let (left, right) = if small { (8.0, canvas.width - 8.0) } else { (canvas.width * 0.36, canvas.width - 190.0) };
        for row in &self.rows {
            let ends = row.effects.iter().flat_map(|e| [e.difference.p05, e.difference.p95]);
            let reach = ends.filter(|v| v.is_finite()).map(f64::abs).fold(0.0, f64::max).max(1e-9);
            let x = Scale::new(-reach * 1.05, reach * 1.05, left, right);
            let title = format!("{}, now {}", row.name, band(row.base.p50, row.base.p05, row.base.p95, &row.unit));
            canvas.text((0.0, y + 16.0), Words::new(&fitted(&title, 13.0, true, canvas.width)).size(13.0).bold());
            y += 26.0;
            let step = if small { 36.0 } else { 24.0 };
            let bottom = y + step * row.effects.len() as f64;
            canvas.line((x.at(0.0), y), (x.at(0.0), bottom), "stroke:var(--ink3);stroke-width:1");
            for e in &row.effects {
                let middle = y + if small { 26.0 } else { 12.0 };
                let d = e.difference;
                let name = fitted(&e.name, 12.0, false, if small { canvas.width } else { left - 16.0 });
                canvas.text((0.0, if small { y + 13.0 } else { middle + 4.0 }), Words::new(&name).halo());
                let words = format!("{}{} ({} to {})", signed(d.p50), unit(&row.unit), signed(d.p05), signed(d.p95));
                canvas.open(&format!("{}: {words}", e.name));
                let c = Colour::Rail.css();
                canvas.rect(
                    x.at(d.p05),
                    middle - 4.0,
                    (x.at(d.p95) - x.at(d.p05)).max(1.0),
                    8.0,
                    &format!("fill:{c};fill-opacity:.2"),
                );
                canvas.rect(
                    x.at(d.p25),
                    middle - 4.0,
                    (x.at(d.p75) - x.at(d.p25)).max(1.0),
                    8.0,
                    &format!("fill:{c};fill-opacity:.35"),
                );
                canvas.rect(x.at(d.p50) - 1.25, middle - 7.0, 2.5, 14.0, &format!("fill:{c}"));
                canvas.close();
                if small {
                    canvas.text((canvas.width, y + 13.0), Words::new(&words).small().bold().end().halo());
                } else {
                    canvas.text((right + 12.0, middle + 4.0), Words::new(&words).bold());
                }
                y += step;
            }
            canvas.text((x.at(0.0), bottom + 14.0), Words::new("no change").small().second().middle());
            y += 34.0;
        }
        let end = foot(&mut canvas, &self.caption, y - 8.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&[
            "figure",
            "unit",
            "change",
            "now_p50",
            "with_p05",
            "with_p50",
            "with_p95",
            "difference_p05",
            "difference_p25",
            "difference_p50",
            "difference_p75",
            "difference_p95",
        ]);
        for r in &self.rows {
            for e in &r.effects {
                let d = e.difference;
                let mut row = vec![r.name.clone(), r.unit.clone(), e.name.clone()];
                let values = [r.base.p50, e.with.p05, e.with.p50, e.with.p95, d.p05, d.p25, d.p50, d.p75, d.p95];
                row.extend(values.map(datum));
                data.row(row);
            }
        }
        data
    }

    fn summary(&self) -> String {
        let Some(row) = self.rows.iter().find(|r| !r.effects.is_empty()) else {
            return "Not yet answered: no change is given.".into();
        };
        let mut out = format!("{}: ", row.name);
        for (i, e) in row.effects.iter().enumerate() {
            let between = if i > 0 { "; " } else { "" };
            let _ = write!(out, "{between}{} {}{}", e.name, signed(e.difference.p50), unit(&row.unit));
        }
        out.push('.');
        out
    }
}

fn unit(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!("\u{2009}{unit}") }
}
