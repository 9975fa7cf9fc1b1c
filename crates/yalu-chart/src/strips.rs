//! State strips of many crossings by day, with the marks of reports and what was believed then.

use std::fmt::Write as _;

use crate::Chart;
use crate::calendar::{day_iso, day_text};
use crate::marks::{STEP, mark, stacked};
use crate::parts::{Caption, Colour, foot, head, missing, sane, titled};
use crate::scale::{Scale, day_axis};
use crate::state::{DayMark, Segment, State, day_mark, state_key, stretch, strip};
use crate::svg::{Canvas, Words, px};
use crate::text::{Data, datum, fitted, width_of};

/// What a report says of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It runs: triangle up, above the strip.
    Runs,
    /// It does not: triangle down, below.
    Shut,
    /// It is planned: ring, above.
    Planned,
    /// It is unconfirmed or silent: cross, above.
    Unconfirmed,
}

impl Says {
    fn word(self) -> &'static str {
        match self {
            Self::Runs => "says runs",
            Self::Shut => "says shut",
            Self::Planned => "planned",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

/// A report's mark, on the day it became known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportMark {
    /// Day it became known, counted from 1970-01-01.
    pub day: i32,
    /// Day it speaks of, where it came late: draws a whisker.
    pub about: Option<i32>,
    /// What it says.
    pub says: Says,
    /// Seen or official: filled; hearsay or press: hollow.
    pub firm: bool,
    /// Words for the pointer: who, and what.
    pub note: String,
}

/// Belief on a day: chance that the service ran; holds to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shade {
    /// First day it holds.
    pub day: i32,
    /// Chance 0 to 1.
    pub running: f64,
}

/// A crossing's row.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossingRow {
    /// Name.
    pub name: String,
    /// Mode or remark; may be empty.
    pub more: String,
    /// Colour of the route.
    pub colour: Colour,
    /// Whether the row is that of the story: taller.
    pub main: bool,
    /// States as known now.
    pub segments: Vec<Segment>,
    /// Reports.
    pub reports: Vec<ReportMark>,
    /// Belief from all that is known now; empty draws no lane.
    pub now: Vec<Shade>,
    /// Belief as known then; empty draws no lane.
    pub then: Vec<Shade>,
}

/// State strips of crossings with report marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateStrips {
    /// Words around the chart.
    pub caption: Caption,
    /// First day, counted from 1970-01-01.
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// Crossings, the story's first.
    pub rows: Vec<CrossingRow>,
    /// A day to mark through all rows.
    pub mark: Option<DayMark>,
}

const NAME: &str = "Crossings by day";
impl StateStrips {
    fn within(&self, d: i32) -> bool {
        (self.from..=self.to).contains(&d)
    }

    fn draw_row(&self, canvas: &mut Canvas, x: &Scale, row: &CrossingRow, top: f64) -> f64 {
        let small = canvas.narrow();
        let mut shown: Vec<&ReportMark> = row.reports.iter().filter(|r| self.within(r.day)).collect();
        shown.sort_by_key(|r| r.day);
        let (below, above): (Vec<_>, Vec<_>) = shown.into_iter().partition(|r| r.says == Says::Shut);
        let (up_at, up) = stacked(x, &above);
        let (down_at, down) = stacked(x, &below);
        let brackets = row.segments.iter().any(|s| s.uncertain > 0 && s.from > self.from);
        let h = if row.main { 18.0 } else { 10.0 };
        let head = if small {
            18.0
        } else if up == 0 {
            9.0
        } else {
            4.0
        };
        let lift = if brackets { 8.0 } else { 3.0 };
        let y = top + head + up as f64 * STEP + lift + 4.0;
        let words_y = if small { top + 12.0 } else { y + h / 2.0 };
        if small {
            canvas.rect(0.0, top + 3.0, 3.0, 11.0, &format!("fill:{}", row.colour.css()));
            canvas.text((9.0, words_y), Words::new(&row.name).bold().halo());
            let at = 9.0 + width_of(&row.name, 12.0, true) + 8.0;
            canvas.text(
                (at, words_y),
                Words::new(&fitted(&row.more, 11.0, false, x.p1 - at - 70.0)).small().second().halo(),
            );
        } else {
            canvas.rect(0.0, y - 1.0, 3.5, h + 2.0, &format!("fill:{}", row.colour.css()));
            let size = if row.main { 14.0 } else { 12.0 };
            let up = if row.more.is_empty() { 4.0 } else { -1.0 };
            canvas
                .text((10.0, words_y + up), Words::new(&fitted(&row.name, size, true, x.p0 - 20.0)).size(size).bold());
            canvas.text(
                (10.0, words_y + 13.0),
                Words::new(&fitted(&row.more, 11.0, false, x.p0 - 20.0)).small().second(),
            );
        }
        strip(canvas, x, &row.segments, y, h, row.main);
        for (r, (p, level)) in above.iter().zip(&up_at) {
            let q = y - lift - 4.0 - *level as f64 * STEP;
            Self::draw_mark(canvas, x, r, *p, q);
        }
        for (r, (p, level)) in below.iter().zip(&down_at) {
            let q = y + h + 6.0 + *level as f64 * STEP;
            Self::draw_mark(canvas, x, r, *p, q);
        }
        let mut end = y + h + 4.0 + down as f64 * STEP;
        let both = !row.now.is_empty() && !row.then.is_empty();
        for (label, belief) in [("now", &row.now), ("then", &row.then)] {
            if !belief.is_empty() {
                // Two lanes stand as far apart as their names are high.
                end += if both && label == "then" { 7.0 } else { 2.0 };
                self.draw_lane(canvas, x, label, belief, end);
                end += 6.0;
            }
        }
        let count = format!("{}", row.reports.iter().filter(|r| self.within(r.day)).count());
        if small {
            let count = format!("{count} {}", if count == "1" { "report" } else { "reports" });
            canvas.text((x.p1, words_y), Words::new(&count).small().second().end());
        } else {
            canvas.text((canvas.width - 4.0, words_y + 4.0), Words::new(&count).second().end());
        }
        let least = if small { 36.0 } else { 44.0 };
        (end + if small { 8.0 } else { 11.0 }).max(top + least)
    }

    fn draw_mark(canvas: &mut Canvas, x: &Scale, r: &ReportMark, p: f64, q: f64) {
        canvas.open(&format!(
            "{}, {}{}: {}",
            day_text(r.day, true),
            r.says.word(),
            if r.firm { "" } else { ", hearsay or press" },
            r.note
        ));
        if let Some(about) = r.about.filter(|a| *a != r.day) {
            let back = x.held(f64::from(about) + 0.5);
            canvas.path(
                &format!("M{} {}H{}m0 -3v6", px(p), px(q), px(back)),
                "fill:none;stroke:var(--ink3);stroke-width:1",
            );
        }
        mark(canvas, r.says, r.firm, p, q);
        canvas.close();
    }

    fn draw_lane(&self, canvas: &mut Canvas, x: &Scale, label: &str, belief: &[Shade], y: f64) {
        if !canvas.narrow() {
            canvas.text((x.p0 - 6.0, y + 5.5), Words::new(label).small().third().end());
        }
        // Stretches of one shade are one path, so that years of daily chances stay light.
        let mut paths = vec![(String::new(), 0.0); usize::from(SHADES)];
        let known = belief.iter().enumerate().filter(|(_, b)| b.running.is_finite());
        let mut known = known.map(|(i, b)| (step_of(b.running), b.day, belief.get(i + 1))).peekable();
        while let Some((step, from, mut next)) = known.next() {
            while let Some((_, _, then)) = known.next_if(|n| n.0 == step && next.is_some_and(|d| d.day == n.1)) {
                next = then;
            }
            let to = next.map_or(self.to, |n| n.day.saturating_sub(1));
            if let (Some((a, z)), Some((d, end))) = (stretch(x, from, to), paths.get_mut(usize::from(step))) {
                // Steps from where the pen is, in tenths, so that their roundings do not add up.
                let (a, z) = ((a * 10.0).round() / 10.0, (z * 10.0).round() / 10.0);
                let _ = if d.is_empty() {
                    write!(d, "M{} {}h{}", px(a), px(y + 2.0), px(z - a))
                } else {
                    write!(d, "m{} 0h{}", px(a - *end), px(z - a))
                };
                *end = z;
            }
        }
        for (step, (d, _)) in (0..SHADES).zip(&paths) {
            canvas.path(d, &format!("stroke-width:4;{}", shade(step).replace("fill", "stroke")));
        }
    }

    fn key(&self, canvas: &mut Canvas, mut y: f64) -> f64 {
        let mut states: Vec<State> = self.rows.iter().flat_map(|r| r.segments.iter().map(|s| s.state)).collect();
        states.sort_unstable_by_key(|s| s.rank());
        states.dedup();
        y += 14.0;
        let mut at = 0.0;
        for state in states {
            let step = 34.0 + width_of(state.word(), 12.0, false) + 18.0;
            if at > 0.0 && at + step > canvas.width {
                at = 0.0;
                y += 19.0;
            }
            at = state_key(canvas, &[state], at, y);
        }
        let has = |says: Says, firm: Option<bool>| {
            self.rows.iter().flat_map(|r| &r.reports).any(|r| r.says == says && firm.is_none_or(|f| f == r.firm))
        };
        let items = [
            (has(Says::Runs, Some(true)), Says::Runs, true, "seen or official"),
            (has(Says::Runs, Some(false)), Says::Runs, false, "by hearsay or press"),
            (has(Says::Shut, None), Says::Shut, true, "says shut"),
            (has(Says::Planned, None), Says::Planned, true, "planned"),
            (has(Says::Unconfirmed, None), Says::Unconfirmed, true, "unconfirmed"),
        ];
        for (shown, says, firm, words) in items {
            if !shown {
                continue;
            }
            let step = 14.0 + width_of(words, 12.0, false) + 16.0;
            if at > 0.0 && at + step > canvas.width {
                at = 0.0;
                y += 19.0;
            }
            mark(canvas, says, firm, at + 5.0, y - 4.0);
            canvas.text((at + 14.0, y), Words::new(words).second());
            at += step;
        }
        if self.rows.iter().any(|r| !r.now.is_empty() || !r.then.is_empty()) {
            y = Self::shade_key(canvas, at, y);
        }
        y + 12.0
    }

    /// The key of the shades of belief, from sure that it stands to sure that it runs.
    fn shade_key(canvas: &mut Canvas, mut at: f64, mut y: f64) -> f64 {
        const EACH: f64 = 7.0;
        let wide = EACH * f64::from(SHADES);
        let [low, high] = ["chance that it runs: 0", "1"];
        let step = width_of(low, 12.0, false) + wide + 30.0;
        if at > 0.0 && at + step > canvas.width {
            at = 0.0;
            y += 19.0;
        }
        canvas.text((at, y), Words::new(low).second());
        let begin = at + width_of(low, 12.0, false) + 6.0;
        for i in 0..SHADES {
            canvas.rect(begin + EACH * f64::from(i), y - 7.0, EACH, 5.0, &shade(i));
        }
        canvas.text((begin + wide + 6.0, y), Words::new(high).second());
        y
    }
}

/// Shades that a chance is drawn in.
const SHADES: u8 = 9;

/// The shade of a chance from 0 to 1, counted from that of 0.
fn step_of(running: f64) -> u8 {
    (running.clamp(0.0, 1.0) * f64::from(SHADES - 1)).round() as u8
}

/// A shade of the chance that it runs: rust below even, ink above, the fainter the nearer to even.
fn shade(step: u8) -> String {
    let p = f64::from(step) / f64::from(SHADES - 1);
    let colour = if p >= 0.5 { "var(--open)" } else { "var(--susp)" };
    format!("fill:{colour};fill-opacity:{:.2}", 0.12 + (p - 0.5).abs() * 1.76)
}

impl Chart for StateStrips {
    fn svg_at(&self, width: f64) -> String {
        if self.rows.is_empty() || self.to < self.from {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{}{}", self.caption, self.from, self.to));
        let small = canvas.narrow();
        let mut y = head(&mut canvas, &self.caption);
        y = self.key(&mut canvas, y) + if self.mark.is_some() { 20.0 } else { 4.0 };
        let (left, right) = if small { (0.0, canvas.width) } else { (196.0, canvas.width - 44.0) };
        let x = Scale::new(f64::from(self.from), f64::from(self.to) + 1.0, left, right);
        if !small {
            canvas.text((canvas.width - 4.0, y - 4.0), Words::new("reports").small().third().end());
        }
        let first = y;
        for (i, row) in self.rows.iter().enumerate() {
            if i > 0 {
                canvas.line((0.0, y), (canvas.width, y), "stroke:var(--rule2);stroke-width:1");
            }
            y = self.draw_row(&mut canvas, &x, row, y);
        }
        if let Some(mark) = &self.mark {
            day_mark(&mut canvas, &x, mark, first - 12.0, first - 5.0, y);
        }
        let used = day_axis(&mut canvas, &x, y);
        let end = foot(&mut canvas, &self.caption, y + used);
        canvas.finish(end + 4.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["crossing", "kind", "from", "to", "value", "firm", "note"]);
        for row in &self.rows {
            for s in &row.segments {
                data.row([
                    row.name.clone(),
                    "state".into(),
                    day_iso(s.from),
                    day_iso(s.to),
                    s.state.word().into(),
                    String::new(),
                    s.label.clone(),
                ]);
            }
            for r in &row.reports {
                data.row([
                    row.name.clone(),
                    "report".into(),
                    day_iso(r.about.unwrap_or(r.day)),
                    day_iso(r.day),
                    r.says.word().into(),
                    r.firm.to_string(),
                    r.note.clone(),
                ]);
            }
            for (kind, belief) in [("belief known now", &row.now), ("belief", &row.then)] {
                for b in belief {
                    data.row([
                        row.name.clone(),
                        kind.into(),
                        day_iso(b.day),
                        String::new(),
                        datum((b.running * 1000.0).round() / 1000.0),
                        String::new(),
                        String::new(),
                    ]);
                }
            }
        }
        data
    }

    fn summary(&self) -> String {
        if self.rows.is_empty() || self.to < self.from {
            return "No states of service are held for these days.".into();
        }
        let mut out =
            format!("{} crossings, {} – {}", self.rows.len(), day_text(self.from, true), day_text(self.to, true));
        for row in &self.rows {
            if let Some(s) = row.segments.iter().rfind(|s| s.from <= self.to && s.to >= self.from) {
                let _ = write!(out, "; {} {} at the end", row.name, s.state.word());
            }
        }
        out.push('.');
        out
    }
}
