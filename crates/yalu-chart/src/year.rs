//! One year at a glance: a crossing's states by day, events above, a value a month below.

use std::fmt::Write as _;
use yalu_calendar::short_month_name;

use crate::Chart;
use crate::calendar::{Month, day, day_iso, day_text};
use crate::flows::{Basis, Observed};
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::{Scale, round_ticks};
use crate::state::{Segment, State, stretch, strip};
use crate::svg::{Canvas, Words};
use crate::text::{Data, fitted, fixed, number, width_of, with_unit};

/// An event of the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearEvent {
    /// Day, counted from 1970-01-01.
    pub day: i32,
    /// Words.
    pub text: String,
    /// Whether it is the day of the story: bold, with a line through the chart.
    pub main: bool,
}

/// One year of a crossing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct YearGlance {
    /// Words around the chart.
    pub caption: Caption,
    /// Year.
    pub year: i16,
    /// Name of the strip, such as `Rail freight`.
    pub name: String,
    /// Whose view it is, such as `known now`.
    pub known: String,
    /// Colour of the name.
    pub colour: Colour,
    /// States by day.
    pub segments: Vec<Segment>,
    /// Events, named above the strip.
    pub events: Vec<YearEvent>,
    /// Observed values, one a month; empty for none.
    pub values: Vec<Option<Observed>>,
    /// Name of the values, such as `Exports`.
    pub value_name: String,
    /// Unit of the values.
    pub unit: String,
}

const NAME: &str = "One year at a glance";

impl YearGlance {
    fn months(&self) -> impl Iterator<Item = (usize, Month)> + use<> {
        let year = self.year;
        (0..12_usize).map(move |i| (i, Month { year, month: i as i8 + 1 }))
    }

    /// Rows of event labels so that none covers another; the level of each event.
    fn levels(&self, x: &Scale) -> Vec<(usize, f64, bool)> {
        let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut out = vec![(0, 0.0, false); self.events.len()];
        let mut order: Vec<usize> = (0..self.events.len()).collect();
        order.sort_by_key(|i| self.events.get(*i).map(|e| (!e.main, e.day)));
        for i in order {
            let Some(event) = self.events.get(i) else {
                continue;
            };
            let at = x.held(f64::from(event.day));
            let w = width_of(&event.text, 12.0, event.main) + 12.0;
            let left = at + w > x.p1 || (event.main && at - w > x.p0);
            let (a, b) = if left { (at - w, at) } else { (at, at + w) };
            let level =
                (0..8).find(|l| taken.get(*l).is_none_or(|row| row.iter().all(|(c, d)| b < *c || a > *d))).unwrap_or(7);
            while taken.len() <= level {
                taken.push(Vec::new());
            }
            if let Some(row) = taken.get_mut(level) {
                row.push((a, b));
            }
            if let Some(slot) = out.get_mut(i) {
                *slot = (level, at, left);
            }
        }
        out
    }

    fn draw_values(&self, canvas: &mut Canvas, x: &Scale, top: f64, bottom: f64) {
        let most = self.values.iter().flatten().map(|o| o.value).filter(|v| v.is_finite()).fold(0.0, f64::max);
        let small = canvas.narrow();
        let (ticks, decimals) = round_ticks(most, 3);
        let y = Scale::new(0.0, if most > 0.0 { most * 1.12 } else { 1.0 }, bottom, top);
        for &t in ticks.iter().filter(|t| **t <= most * 1.12) {
            let q = y.at(t);
            if t > 0.0 {
                canvas.line((x.p0, q), (x.p1, q), "stroke:var(--rule2);stroke-width:1");
            }
            let biggest = ticks.iter().rfind(|t| **t <= most * 1.12) == Some(&t) && t > 0.0;
            let words = if biggest { with_unit_fixed(t, decimals, &self.unit) } else { fixed(t, decimals) };
            if small {
                if biggest {
                    canvas.text((x.p0, q - 4.0), Words::new(&words).small().second().halo());
                }
            } else {
                canvas.text((x.p0 - 8.0, q + 4.0), Words::new(&words).second().end());
            }
        }
        for (i, month) in self.months() {
            let p = x.at(month.middle());
            let Some(o) = self.values.get(i).copied().flatten().filter(|o| o.value.is_finite()) else {
                if x.unit() * 30.0 < 84.0 {
                    canvas.rect(p - 2.5, bottom - 7.0, 5.0, 5.0, "fill:var(--ink3);fill-opacity:.55");
                } else {
                    canvas.text((p, bottom - 6.0), Words::new("no value held").small().third().middle().halo());
                }
                continue;
            };
            let q = y.held(o.value);
            canvas.open(&format!("{}: {}", month.text(), with_unit(o.value, &self.unit)));
            canvas.line((p, q), (p, bottom), "stroke:var(--ink3);stroke-width:1.4");
            let words = number(o.value);
            let mut label = Words::new(&words).middle().halo();
            match o.basis {
                Basis::Reported => canvas.circle((p, q), 4.2, "fill:var(--ink)"),
                Basis::Derived => canvas.circle((p, q), 4.0, "fill:var(--paper);stroke:var(--ink);stroke-width:1.8"),
                Basis::AtMost => canvas.circle(
                    (p, q),
                    4.0,
                    "fill:var(--paper);stroke:var(--ink2);stroke-width:1.4;stroke-dasharray:2 2",
                ),
            }
            canvas.close();
            let told = self.tells(i);
            if told {
                label = label.bold();
            }
            if !small || told {
                canvas.text((p, q - 9.0), label);
            }
        }
    }

    /// Whether a month's value is one to be told first: the largest change, the month of the story, the ends.
    fn tells(&self, index: usize) -> bool {
        let value = |i: usize| self.values.get(i).copied().flatten().map(|o| o.value).filter(|v| v.is_finite());
        let story = self.events.iter().filter(|e| e.main).any(|e| {
            let m = self.months().nth(index).map(|(_, m)| m);
            m.is_some_and(|m| (m.first_day()..=m.last_day()).contains(&e.day))
        });
        let drop =
            (1..12).filter_map(|i| Some((i, value(i)? - value(i - 1)?))).max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        story || drop.is_some_and(|(i, _)| index == i || index + 1 == i)
    }
}

fn with_unit_fixed(v: f64, decimals: usize, unit: &str) -> String {
    if unit.is_empty() { fixed(v, decimals) } else { format!("{}\u{2009}{unit}", fixed(v, decimals)) }
}

impl Chart for YearGlance {
    fn svg_at(&self, width: f64) -> String {
        if self.segments.is_empty() && self.values.iter().all(Option::is_none) {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{}{}", self.caption, self.year, self.name));
        let small = canvas.narrow();
        let top = head(&mut canvas, &self.caption);
        let (left, right) = if small { (0.0, canvas.width) } else { (132.0, canvas.width) };
        let (d0, d1) = (day(self.year, 1, 1), day(self.year.saturating_add(1), 1, 1));
        let x = Scale::new(f64::from(d0), f64::from(d1), left, right);
        let levels = self.levels(&x);
        let rows = levels.iter().map(|l| l.0 + 1).max().unwrap_or(0) as f64;
        let strip_y = top + rows * 17.0 + 8.0;
        let h = if small { 20.0 } else { 24.0 };
        let has_values = self.values.iter().any(Option::is_some);
        let plot = if !has_values {
            0.0
        } else if small {
            130.0
        } else {
            196.0
        };
        let bottom = strip_y + h + if has_values { plot } else { 8.0 };
        for s in self.segments.iter().filter(|s| s.state == State::Suspended && has_values) {
            if let Some((a, b)) = stretch(&x, s.from, s.to) {
                canvas.rect(a, strip_y + h + 6.0, b - a, bottom - strip_y - h - 6.0, "fill:var(--susp-wash)");
            }
        }
        if small {
            canvas.text((left, top + 2.0), Words::new(""));
        } else {
            canvas.text((0.0, strip_y + 11.0), Words::new(&self.name).bold().fill(self.colour.css()));
            canvas.text((0.0, strip_y + 25.0), Words::new(&self.known).second());
        }
        strip(&mut canvas, &x, &self.segments, strip_y, h, true);
        if has_values {
            if !small {
                canvas.text((0.0, strip_y + h + 72.0), Words::new(&self.value_name).bold());
                canvas.text((0.0, strip_y + h + 87.0), Words::new("by month").second());
            }
            self.draw_values(&mut canvas, &x, strip_y + h + 26.0, bottom);
        }
        for (event, (level, at, to_left)) in self.events.iter().zip(&levels) {
            if event.day < d0 || event.day >= d1 {
                continue;
            }
            let y = strip_y - 8.0 - *level as f64 * 17.0;
            let (to, style) = if event.main {
                (bottom, "stroke:var(--ink);stroke-width:1.8")
            } else {
                (strip_y, "stroke:var(--ink3);stroke-width:1")
            };
            canvas.line((*at, y - 10.0), (*at, to), style);
            let words = Words::new(&event.text).halo();
            let words = if event.main { words.bold() } else { words };
            if *to_left {
                canvas.text((at - 6.0, y), words.end());
            } else {
                canvas.text((at + 6.0, y), words);
            }
        }
        canvas.line((left, bottom), (right, bottom), "stroke:var(--ink3);stroke-width:1");
        for (_, month) in self.months() {
            let a = x.at(f64::from(month.first_day()));
            canvas.line((a, bottom), (a, bottom + 5.0), "stroke:var(--ink3);stroke-width:1");
            let name = short_month_name(month.month);
            let name = if small { name.get(..1).unwrap_or("") } else { name };
            canvas.text((x.at(month.middle()), bottom + 18.0), Words::new(name).second().middle());
        }
        let mut end = bottom + 24.0;
        if small {
            let words = format!("{}: {}; {}, {}", self.name, self.known, self.value_name, self.unit);
            end += 16.0;
            canvas.text((0.0, end), Words::new(&fitted(&words, 12.0, false, canvas.width)).second());
        }
        let end = foot(&mut canvas, &self.caption, end);
        canvas.finish(end + 4.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["kind", "from", "to", "state_or_text", "value", "unit"]);
        for s in &self.segments {
            data.row([
                "state".into(),
                day_iso(s.from),
                day_iso(s.to),
                s.state.word().into(),
                String::new(),
                String::new(),
            ]);
        }
        for e in &self.events {
            data.row(["event".into(), day_iso(e.day), day_iso(e.day), e.text.clone(), String::new(), String::new()]);
        }
        for (i, m) in self.months() {
            if let Some(o) = self.values.get(i).copied().flatten() {
                data.row([
                    "value".into(),
                    day_iso(m.first_day()),
                    day_iso(m.last_day()),
                    self.value_name.clone(),
                    crate::text::datum(o.value),
                    self.unit.clone(),
                ]);
            }
        }
        data
    }

    fn summary(&self) -> String {
        if self.segments.is_empty() {
            return format!("No states of service are held for {}.", self.year);
        }
        let mut out = format!("{}, {}", self.name, self.year);
        let (d0, d1) = (day(self.year, 1, 1), day(self.year.saturating_add(1), 1, 1) - 1);
        for s in self.segments.iter().filter(|s| s.to >= d0 && s.from <= d1) {
            let (a, b) = (s.from.max(d0), s.to.min(d1));
            let _ = write!(
                out,
                "; {} {} – {}, {} days",
                s.state.word(),
                day_text(a, false),
                day_text(b, false),
                i64::from(b) - i64::from(a) + 1
            );
        }
        out.push('.');
        out
    }
}
