//! What a change does, a row each: a band that may lie on either side of nothing.

use crate::Chart;
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::{Scale, round_ticks};
use crate::svg::{Canvas, Words};
use crate::text::{Data, band as band_text, datum, fitted, fixed, wrap};
use yalu_number::Band;

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectBar {
    /// Name.
    pub name: String,
    /// A word more; may be empty.
    pub more: String,
    /// Colour.
    pub colour: Colour,
    /// The band.
    pub band: Band,
}

/// Effects by row in one unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EffectBars {
    /// Words around the chart.
    pub caption: Caption,
    /// Unit, such as `MUSD`.
    pub unit: String,
    /// Rows, the largest first where that makes sense.
    pub rows: Vec<EffectBar>,
}

const NAME: &str = "Effects";

impl EffectBars {
    fn sound(&self) -> impl Iterator<Item = &EffectBar> {
        self.rows.iter().filter(|r| r.band.known())
    }

    fn told(&self, b: &Band) -> String {
        band_text(b.p50, b.p05, b.p95, &self.unit)
    }
}

impl Chart for EffectBars {
    fn svg_at(&self, width: f64) -> String {
        if self.sound().next().is_none() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.rows));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let (left, right) = if small { (8.0, canvas.width - 16.0) } else { (220.0, canvas.width - 220.0) };
        let low = self.sound().map(|r| r.band.p05).fold(0.0, f64::min);
        let high = self.sound().map(|r| r.band.p95).fold(0.0, f64::max);
        let (ticks, decimals) = round_ticks(high.max(-low).max(1e-9), if small { 3 } else { 5 });
        let step = ticks.get(1).copied().unwrap_or(1.0);
        let (from, to) = ((low / step).floor() * step, (high / step).ceil() * step);
        let x = Scale::new(from, to, left, right);
        let row_h = if small { 48.0 } else { 34.0 };
        let bottom = top + row_h * self.sound().count() as f64;
        let mut v = from;
        while v <= to + step * 0.01 {
            let zero = v.abs() < step * 0.01;
            let style = if zero { "stroke:var(--ink3);stroke-width:1" } else { "stroke:var(--rule2);stroke-width:1" };
            canvas.line((x.at(v), top), (x.at(v), bottom), style);
            canvas.text((x.at(v), bottom + 17.0), Words::new(&fixed(v, decimals)).second().middle());
            v += step;
        }
        for (i, r) in self.sound().enumerate() {
            let (y0, c) = (top + row_h * i as f64, r.colour.css());
            let words = self.told(&r.band);
            let y = if small { y0 + 32.0 } else { y0 + row_h / 2.0 };
            if small {
                canvas.text(
                    (0.0, y0 + 16.0),
                    Words::new(&fitted(&r.name, 12.0, true, canvas.width * 0.5)).bold().fill(c),
                );
                canvas.text((canvas.width, y0 + 16.0), Words::new(&words).end());
            } else {
                let up = if r.more.is_empty() { 4.0 } else { -2.0 };
                canvas
                    .text((left - 14.0, y + up), Words::new(&fitted(&r.name, 12.0, true, 200.0)).bold().fill(c).end());
                canvas.text(
                    (left - 14.0, y + 11.0),
                    Words::new(&fitted(&r.more, 11.0, false, 200.0)).small().second().end(),
                );
                canvas.text((right + 18.0, y + 4.0), Words::new(&words));
            }
            canvas.open(&format!("{}: {words}", r.name));
            let bar = |canvas: &mut Canvas, a: f64, b: f64, opacity: &str| {
                let (a, b) = (x.at(a), x.at(b));
                canvas.rect(a, y - 6.0, (b - a).max(1.0), 12.0, &format!("fill:{c};fill-opacity:{opacity}"));
            };
            bar(&mut canvas, r.band.p05, r.band.p95, ".18");
            bar(&mut canvas, r.band.p25, r.band.p75, ".32");
            canvas.rect(x.at(r.band.p50) - 1.25, y - 8.0, 2.5, 16.0, &format!("fill:{c}"));
            canvas.close();
        }
        let mut end = bottom + 24.0;
        let key = format!("{}; tick: median; inner band: 25–75 %; outer: 5–95 %", self.unit);
        for line in wrap(&key, 12.0, false, canvas.width) {
            end += 16.0;
            canvas.text((if small { 0.0 } else { left }, end), Words::new(&line).second());
        }
        let end = foot(&mut canvas, &self.caption, end + 4.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["name", "more", "unit", "p05", "p25", "p50", "p75", "p95"]);
        for r in self.sound() {
            let b = &r.band;
            let words = [r.name.clone(), r.more.clone(), self.unit.clone()];
            data.row(words.into_iter().chain([b.p05, b.p25, b.p50, b.p75, b.p95].map(datum)));
        }
        data
    }

    fn summary(&self) -> String {
        let told: Vec<String> = self.sound().map(|r| format!("{}: {}", r.name, self.told(&r.band))).collect();
        if told.is_empty() { "Not yet answered: no effect is given.".into() } else { format!("{}.", told.join("; ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_on_both_sides_of_nothing_stand_in_one_scale() {
        let row = |name: &str, m: f64| EffectBar {
            name: name.into(),
            more: String::new(),
            colour: Colour::Rail,
            band: Band { p05: m - 2.0, p25: m - 1.0, p50: m, p75: m + 1.0, p95: m + 2.0 },
        };
        let rows = vec![row("Less", -7.0), row("More", 12.0), row("Unknown", f64::NAN)];
        let x = EffectBars { unit: "MUSD".into(), rows, ..EffectBars::default() };
        assert_eq!(x.summary(), "Less: −7\u{2009}MUSD (−9 – −5); More: 12\u{2009}MUSD (10 – 14).");
        assert_eq!(x.csv().lines().count(), 3);
        assert!(!x.svg().contains("NaN") && x.svg_narrow().contains("−10"));
        assert!(EffectBars::default().svg().contains("no effect is given"));
    }
}
