//! Capacity consumed: one bar a section of line, trains a day at its end.

use std::fmt::Write as _;
use yalu_number::NOT_ANSWERED;

use crate::Chart;
use crate::parts::{Caption, foot, head, missing, sane, titled};
use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words, px};
use crate::text::{Data, datum, fitted, fixed, number, rounded, width_of};

/// How a section of line spends its day: shares of the day, 0 to 1, and its trains.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionUse {
    /// Section, such as `Tongrim – Ch’ŏnggang`.
    pub name: String,
    /// Share in which trains run.
    pub running: f64,
    /// Share of route setting, clearing and intervals between trains.
    pub setting: f64,
    /// Share lost to starting, stopping and standing.
    pub stops: f64,
    /// Share closed: possessions and closed hours. What is left of the day is the buffer.
    pub closed: f64,
    /// Trains a day down the line.
    pub trains_down: f64,
    /// Trains a day up the line.
    pub trains_up: f64,
    /// Closed-form capacity, trains a day both ways; `None` where not known.
    pub capacity: Option<f64>,
    /// Trains a day both ways at which the simulated line is saturated; `None` where not run.
    pub simulated: Option<f64>,
    /// Whether this section binds the line.
    pub binding: bool,
}

/// Consumed capacity by section of line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityBars {
    /// Words around the chart.
    pub caption: Caption,
    /// Sections in order along the line.
    pub sections: Vec<SectionUse>,
    /// Share by which simulated saturation may differ from the closed form before it is flagged, such as 0.1.
    pub tolerance: f64,
}

const NAME: &str = "Capacity consumed by section of line";
/// The parts of a bar: name and style.
const PARTS: [(&str, &str); 4] = [
    ("running", "fill:var(--rail)"),
    ("route setting and intervals", "fill:var(--rail);fill-opacity:.55"),
    ("starts, stops, standing", "fill:var(--rail);fill-opacity:.25"),
    ("buffer", "fill:none;stroke:var(--rule);stroke-width:1"),
];

impl SectionUse {
    /// Trains a day, both ways.
    pub fn trains(&self) -> f64 {
        self.trains_down + self.trains_up
    }

    /// Running, setting and stops, closed; each held to what is left of the day.
    fn parts(&self) -> [f64; 4] {
        let mut left = 1.0;
        [self.closed, self.running, self.setting, self.stops].map(|v| {
            let v = if v.is_finite() { v.clamp(0.0, left) } else { 0.0 };
            left -= v;
            v
        })
    }

    /// What is left of the day.
    pub fn buffer(&self) -> f64 {
        (1.0 - self.parts().iter().sum::<f64>()).max(0.0)
    }

    /// Simulated saturation over the closed form.
    pub fn agreement(&self) -> Option<f64> {
        let (s, c) = (self.simulated?, self.capacity?);
        (s.is_finite() && c.is_finite() && c > 0.0 && s >= 0.0).then_some(s / c)
    }

    fn known(&self) -> bool {
        [self.running, self.setting, self.stops, self.closed].iter().all(|v| v.is_finite())
    }
}

impl CapacityBars {
    /// Whether simulated saturation and closed form of a section disagree.
    fn disagrees(&self, s: &SectionUse) -> bool {
        let tolerance = if self.tolerance.is_finite() { self.tolerance.max(0.0) } else { 0.0 };
        s.agreement().is_some_and(|a| (a - 1.0).abs() > tolerance)
    }

    fn draw_row(&self, canvas: &mut Canvas, x: &Scale, s: &SectionUse, y: f64, h: f64) {
        let small = canvas.narrow();
        if s.binding {
            canvas.rect(
                0.0,
                y - 4.0 - if small { 16.0 } else { 0.0 },
                3.0,
                h + 8.0 + if small { 16.0 } else { 0.0 },
                "fill:var(--ink)",
            );
        }
        let (at, base) = if small { (8.0, y - 5.0) } else { (8.0, y + h / 2.0 + 4.0) };
        let room = if small { canvas.width - 150.0 } else { x.p0 - 22.0 };
        let mut name = s.name.clone();
        if s.binding {
            name.push_str(", binds");
        }
        let words = fitted(&name, 12.0, s.binding, room);
        let set = Words::new(&words).halo();
        canvas.text((at, base), if s.binding { set.bold() } else { set });
        if !s.known() {
            canvas.fill(x.p0, y, 96.0, h, Ground::Waiting);
            canvas.rect(x.p0, y, 96.0, h, "fill:none;stroke:var(--ink3);stroke-dasharray:3 2");
            canvas.text((x.p0 + 104.0, y + h / 2.0 + 4.0), Words::new(NOT_ANSWERED).second().halo());
            return;
        }
        let [closed, running, setting, stops] = s.parts();
        let used = running + setting + stops;
        canvas.open(&format!(
            "{}: running {}, setting {}, stops {}, closed {}, buffer {}",
            s.name,
            percent(running),
            percent(setting),
            percent(stops),
            percent(closed),
            percent(s.buffer())
        ));
        let mut from = 0.0;
        for ((_, style), share) in PARTS.iter().zip([running, setting, stops]) {
            canvas.rect(x.at(from), y, x.at(from + share) - x.at(from), h, style);
            from += share;
        }
        canvas.rect(x.at(from) + 0.5, y + 0.5, x.at(1.0 - closed) - x.at(from) - 1.0, h - 1.0, PARTS[3].1);
        if closed > 0.0 {
            let (a, b) = (x.at(1.0 - closed), x.at(1.0));
            canvas.rect(a, y, b - a, h, "fill:var(--susp-wash)");
            canvas.fill(a, y, b - a, h, Ground::Shut);
            canvas.rect(a, y, b - a, 2.5, "fill:var(--susp)");
        }
        canvas.close();
        let words = percent(used);
        if x.at(1.0 - closed) - x.at(used) > width_of(&words, 11.0, true) + 12.0 {
            canvas.text((x.at(used) + 5.0, y + h / 2.0 + 4.0), Words::new(&words).small().bold().halo());
        }
        if let Some(a) = s.agreement() {
            let p = x.held(a * (1.0 - closed));
            canvas.open(&format!(
                "simulated saturation {} trains a day, both ways",
                fixed(s.simulated.unwrap_or(0.0), 0)
            ));
            canvas.rect(
                p - 1.25,
                y - 3.0,
                2.5,
                h + 6.0,
                "fill:var(--ink);stroke:var(--paper);stroke-width:1;paint-order:stroke",
            );
            if self.disagrees(s) {
                canvas.path(&format!("M{} {}l8 3.5l-8 3.5Z", px(p), px(y - 8.0)), "fill:var(--ink)");
                if !small {
                    let off =
                        format!("simulated {}{}", if a < 1.0 { "\u{2212}" } else { "+" }, percent((a - 1.0).abs()));
                    let w = width_of(&off, 11.0, false);
                    let left = if p + 12.0 + w <= x.p1 { p + 12.0 } else { p - 8.0 - w };
                    canvas.text((left, y - 1.0), Words::new(&off).small().halo());
                }
            }
            canvas.close();
        }
        let both = number(s.trains());
        let words =
            s.capacity.filter(|c| c.is_finite()).map_or(both.clone(), |c| format!("{both} of {}", number(rounded(c))));
        let ways = format!("{} down + {} up", number(s.trains_down), number(s.trains_up));
        if small {
            canvas.text((canvas.width, base), Words::new(&words).bold().end().halo());
        } else {
            canvas.text((x.p1 + 16.0, y + h / 2.0 + 4.0), Words::new(&words).bold());
            canvas.text((x.p1 + 100.0, y + h / 2.0 + 4.0), Words::new(&ways).small().second());
        }
    }
}

impl Chart for CapacityBars {
    fn svg_at(&self, width: f64) -> String {
        if self.sections.is_empty() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.sections));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let top = self.key(&mut canvas, top);
        let left = if small { 8.0 } else { (canvas.width * 0.22).clamp(150.0, 270.0) };
        let right = canvas.width - if small { 8.0 } else { 210.0 };
        let x = Scale::new(0.0, 1.0, left, right);
        let (h, step) = if small { (14.0, 40.0) } else { (16.0, 30.0) };
        let top = top + 30.0;
        let bottom = top + step * self.sections.len() as f64;
        let head_words = "trains a day, both ways: operated of closed-form capacity";
        if small {
            canvas.text(
                (canvas.width, top - 12.0),
                Words::new("trains a day, both ways, of capacity").small().second().end(),
            );
        } else {
            for (i, line) in crate::text::wrap(head_words, 11.0, false, 194.0).iter().enumerate() {
                canvas.text((right + 16.0, top - 18.0 + i as f64 * 14.0), Words::new(line).small().second());
            }
            canvas.text((left, top - 4.0), Words::new("share of the day").small().second());
        }
        for i in 0..=4 {
            let v = f64::from(i) * 0.25;
            let line = if i == 0 { "stroke:var(--ink3);stroke-width:1" } else { "stroke:var(--rule2);stroke-width:1" };
            canvas.line((x.at(v), top), (x.at(v), bottom), line);
            let words = if i == 4 { "100\u{2009}%".to_string() } else { (i * 25).to_string() };
            let set = Words::new(&words).second();
            canvas.text((x.at(v), bottom + 17.0), if small && i == 4 { set.end() } else { set.middle() });
        }
        for (i, s) in self.sections.iter().enumerate() {
            let row = top + step * i as f64 + if small { 22.0 } else { 9.0 };
            self.draw_row(&mut canvas, &x, s, row, h);
        }
        let end = foot(&mut canvas, &self.caption, bottom + 24.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&[
            "section",
            "running",
            "setting",
            "stops",
            "closed",
            "buffer",
            "trains_down",
            "trains_up",
            "capacity_both_ways",
            "simulated_both_ways",
            "binding",
            "disagrees",
        ]);
        for s in &self.sections {
            let mut row = vec![s.name.clone()];
            row.extend([s.running, s.setting, s.stops, s.closed, s.buffer(), s.trains_down, s.trains_up].map(datum));
            row.extend([s.capacity, s.simulated].map(|v| v.map_or_else(String::new, datum)));
            row.extend([s.binding.to_string(), self.disagrees(s).to_string()]);
            data.row(row);
        }
        data
    }

    fn summary(&self) -> String {
        if self.sections.is_empty() {
            return "Not yet answered: no sections of line are given.".into();
        }
        let mut out = format!("{} sections of line", self.sections.len());
        for s in self.sections.iter().filter(|s| s.binding) {
            let _ = write!(out, "; {} binds at {} trains a day, both ways", s.name, number(s.trains()));
            if let Some(c) = s.capacity.filter(|c| c.is_finite()) {
                let _ = write!(out, ", of {}", number(rounded(c)));
            }
        }
        let off = self.sections.iter().filter(|s| self.disagrees(s)).count();
        if off > 0 {
            let _ = write!(out, "; simulated saturation disagrees with the closed form on {off}");
        }
        out.push('.');
        out
    }
}

impl CapacityBars {
    fn key(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let (mut at, mut y) = (0.0, top + 10.0);
        let mut items: Vec<(&str, Option<&str>)> = PARTS.iter().map(|p| (p.0, Some(p.1))).collect();
        if self.sections.iter().any(|s| s.closed > 0.0) {
            items.push(("closed", None));
        }
        if self.sections.iter().any(|s| s.agreement().is_some()) {
            items.push(("simulated saturation, flag where it disagrees", None));
        }
        for (words, style) in items {
            let w = 30.0 + width_of(words, 12.0, false);
            if at > 0.0 && at + w > canvas.width {
                (at, y) = (0.0, y + 19.0);
            }
            match style {
                Some(style) => canvas.rect(at + 0.5, y - 10.5, 23.0, 12.0, style),
                None if words == "closed" => {
                    canvas.rect(at, y - 11.0, 24.0, 13.0, "fill:var(--susp-wash)");
                    canvas.fill(at, y - 11.0, 24.0, 13.0, Ground::Shut);
                    canvas.rect(at, y - 11.0, 24.0, 2.5, "fill:var(--susp)");
                }
                None => {
                    canvas.rect(at + 8.0, y - 12.0, 2.5, 15.0, "fill:var(--ink)");
                    canvas.path(&format!("M{} {}l8 3.5l-8 3.5Z", px(at + 9.0), px(y - 13.0)), "fill:var(--ink)");
                }
            }
            canvas.text((at + 30.0, y), Words::new(words).second());
            at += w + 18.0;
        }
        y
    }
}

fn percent(share: f64) -> String {
    format!("{}\u{2009}%", fixed(share * 100.0, 0))
}
