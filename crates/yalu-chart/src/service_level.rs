//! The share of the normal flow by day, and the triangle that is lost (Bruneau and others 2003).

use crate::Chart;
use crate::calendar::{day_iso, day_text};
use crate::parts::{Caption, Colour, fan, foot, head, missing, sane, titled};
use crate::scale::{Scale, day_axis};
use crate::state::{Span, shade};
use crate::svg::{Canvas, Words, around};
use crate::text::{Data, datum, number, width_of, wrap};
use yalu_number::Band;

/// A level that the flow came back to.
#[derive(Clone, Debug, PartialEq)]
pub struct BackMark {
    /// Day by the median, counted from 1970-01-01.
    pub day: i32,
    /// Level, 0.9 for 90 %.
    pub level: f64,
    /// Words, such as `90 % after 41 days (33 – 55)`.
    pub text: String,
}

/// Share of the normal flow by day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceLevel {
    /// Words around the chart.
    pub caption: Caption,
    /// Days, counted from 1970-01-01, in order.
    pub days: Vec<i32>,
    /// Shares, 1 for the normal flow.
    pub bands: Vec<Option<Band>>,
    /// Shaded closures.
    pub spans: Vec<Span>,
    /// Words within the lost area, such as `23 days of normal flow lost (18 – 31)`.
    pub lost: String,
    /// When it came back.
    pub back: Vec<BackMark>,
}

const NAME: &str = "Share of the normal flow by day";

impl ServiceLevel {
    fn known(&self) -> impl Iterator<Item = (i32, Band)> + '_ {
        self.days.iter().zip(&self.bands).filter_map(|(d, b)| b.filter(Band::known).map(|b| (*d, b)))
    }
}

impl Chart for ServiceLevel {
    fn svg_at(&self, width: f64) -> String {
        let (Some((first, _)), Some((last, _))) = (self.known().next(), self.known().last()) else {
            return missing(width, &self.caption, NAME, &self.summary());
        };
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{first}{last}", self.caption));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption) + 22.0;
        let bottom = top + if small { 190.0 } else { 300.0 };
        let most = self.known().map(|(_, b)| b.p95).fold(1.1, f64::max).min(2.0);
        let x =
            Scale::new(f64::from(first), f64::from(last) + 1.0, 50.0, canvas.width - if small { 6.0 } else { 14.0 });
        let y = Scale::new(0.0, most * 1.04, bottom, top + 8.0);
        shade(&mut canvas, &x, &self.spans, top, bottom);
        for tick in 0..=8 {
            let v = f64::from(tick) * 0.25;
            if v <= y.v1 {
                let style = if tick == 4 {
                    "stroke:var(--ink2);stroke-width:1.2"
                } else {
                    "stroke:var(--rule2);stroke-width:1"
                };
                canvas.line((x.p0, y.at(v)), (x.p1, y.at(v)), style);
                canvas.text(
                    (x.p0 - 8.0, y.at(v) + 4.0),
                    Words::new(&format!("{:.0}\u{2009}%", v * 100.0)).second().end(),
                );
            }
        }
        let at = |d: i32| x.at(f64::from(d) + 0.5);
        let lost: Vec<(f64, Band)> = self.known().map(|(d, b)| (at(d), b)).collect();
        let mut ring: Vec<(f64, f64)> = lost.iter().map(|(p, b)| (*p, y.held(b.p50.min(1.0)))).collect();
        ring.extend(lost.iter().rev().map(|(p, _)| (*p, y.at(1.0))));
        canvas.path(&around(&ring), "fill:var(--ink3);fill-opacity:.2");
        let points: Vec<_> = self.days.iter().zip(&self.bands).map(|(d, b)| (at(*d), *b)).collect();
        fan(&mut canvas, &points, &y, Colour::Rail);
        let least = self.known().min_by(|a, b| a.1.p50.total_cmp(&b.1.p50));
        // On a phone it would meet the marks of the way back; the title has it.
        if let (Some((d, b)), false) = (least, self.lost.is_empty() || small) {
            let w = width_of(&self.lost, 12.0, true);
            let p = at(d).clamp(x.p0 + w / 2.0 + 4.0, (x.p1 - w / 2.0 - 4.0).max(x.p0 + w / 2.0 + 4.0));
            canvas.text((p, y.held(b.p05) + 18.0), Words::new(&self.lost).bold().middle().halo());
        }
        for (i, mark) in self.back.iter().enumerate() {
            let p = at(mark.day);
            if p < x.p0 || p > x.p1 {
                continue;
            }
            canvas.circle((p, y.held(mark.level)), 4.0, "fill:var(--paper);stroke:var(--ink);stroke-width:1.6");
            // On a phone the mark is named in short, and told below the picture.
            let text = if small { format!("{:.0}\u{2009}%", mark.level * 100.0) } else { mark.text.clone() };
            let w = width_of(&text, 12.0, false);
            let line = y.at(0.0) - 14.0 - 17.0 * (self.back.len() - 1 - i) as f64;
            let left = (p + 8.0 + w > x.p1).then_some(p - 8.0);
            canvas.line((p, y.held(mark.level) + 4.0), (p, line + 4.0), "stroke:var(--ink3);stroke-width:.9");
            let words = Words::new(&text).halo();
            canvas.text((left.unwrap_or(p + 6.0), line), if left.is_some() { words.end() } else { words });
        }
        let used = day_axis(&mut canvas, &x, bottom);
        let mut end = bottom + used;
        let key = "line: median; inner band: 25–75 %; outer: 5–95 %; grey: below the normal flow";
        let width = canvas.width;
        let below = std::iter::once(key).chain(self.back.iter().filter(|_| small).map(|m| m.text.as_str()));
        for line in below.flat_map(|words| wrap(words, 12.0, false, width)) {
            end += 17.0;
            canvas.text((if small { 0.0 } else { x.p0 }, end), Words::new(&line).second());
        }
        let end = foot(&mut canvas, &self.caption, end + 4.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["day", "p05", "p25", "p50", "p75", "p95"]);
        for (d, b) in self.days.iter().zip(&self.bands) {
            let values = b.map_or([f64::NAN; 5], |b| [b.p05, b.p25, b.p50, b.p75, b.p95]);
            data.row(std::iter::once(day_iso(*d)).chain(values.map(datum)));
        }
        data
    }

    fn summary(&self) -> String {
        let Some((d, b)) = self.known().min_by(|a, b| a.1.p50.total_cmp(&b.1.p50)) else {
            return "Not yet answered: no flow is given.".into();
        };
        let mut out = format!("Least {}\u{2009}% of the normal flow on {}", number(100.0 * b.p50), day_text(d, true));
        for words in std::iter::once(&self.lost).chain(self.back.iter().map(|m| &m.text)).filter(|w| !w.is_empty()) {
            out.push_str("; ");
            out.push_str(words);
        }
        out.push('.');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_triangle_is_told_with_its_least_day_and_its_way_back() {
        let at = |p50: f64| Some(Band { p05: p50 - 0.1, p25: p50, p50, p75: p50, p95: p50 + 0.1 });
        let x = ServiceLevel {
            days: vec![19_000, 19_001, 19_002, 19_003],
            bands: vec![at(1.0), at(0.25), at(0.9), None],
            lost: "0.9 days lost".into(),
            back: vec![BackMark { day: 19_002, level: 0.9, text: "90 % after 1 day".into() }],
            ..ServiceLevel::default()
        };
        assert_eq!(x.summary(), "Least 25\u{2009}% of the normal flow on 9 Jan 2022; 0.9 days lost; 90 % after 1 day.");
        assert_eq!(x.csv().lines().count(), 5);
        assert!(x.svg().contains("90 % after 1 day") && !x.svg_narrow().contains("NaN"));
        // On a phone the words stand below the picture, from its left edge.
        assert!(x.svg_narrow().contains(">90\u{2009}%<") && x.svg_narrow().contains("90 % after 1 day"));
        assert!(ServiceLevel::default().svg().contains("no flow is given"));
    }
}
