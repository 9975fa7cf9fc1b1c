//! States of service: strips, the shading of what is shut, and marked days.

use std::fmt::Write as _;

use crate::calendar::day_text;
use crate::parts::Colour;
use crate::place::Places;
use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words, px};
use crate::text::width_of;

/// State of service at a crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Built or planned, never in service.
    NotOpened,
    /// No service.
    Suspended,
    /// Some service.
    Limited,
    /// Full service.
    Open,
    /// Not known.
    Unknown,
}

impl State {
    /// Order in a key: from most service to least, then what is not known.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Limited => 1,
            Self::Suspended => 2,
            Self::NotOpened => 3,
            Self::Unknown => 4,
        }
    }

    /// The state's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotOpened => "not opened",
            Self::Suspended => "suspended",
            Self::Limited => "limited",
            Self::Open => "open",
            Self::Unknown => "unknown",
        }
    }
}

/// A stretch of days in one state, both ends within.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First day, counted from 1970-01-01.
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// State.
    pub state: State,
    /// Days by which the start may be off, each way; 0 draws no bracket.
    pub uncertain: u16,
    /// Words on the strip where they fit; empty for none.
    pub label: String,
}

/// A named strip of states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// Name of route or crossing.
    pub name: String,
    /// Colour of the name.
    pub colour: Colour,
    /// States in time.
    pub segments: Vec<Segment>,
}

/// A shaded span of days, both ends within.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day, counted from 1970-01-01.
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// Words above the shading.
    pub label: String,
}

/// A day with words, drawn as a dotted line through the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayMark {
    /// Day, counted from 1970-01-01.
    pub day: i32,
    /// Words at the line's head.
    pub text: String,
}

/// Left and right pixel of a stretch of days held to the scale; nothing where outside.
pub(crate) fn stretch(x: &Scale, from: i32, to: i32) -> Option<(f64, f64)> {
    let (a, b) = (f64::from(from), f64::from(to) + 1.0);
    if b <= x.v0 || a >= x.v1 || b <= a {
        return None;
    }
    Some((x.held(a), x.held(b)))
}

/// One box in the form of a state.
pub(crate) fn state_box(canvas: &mut Canvas, state: State, x: f64, y: f64, w: f64, h: f64) {
    match state {
        State::Open => canvas.rect(x, y, w, h, "fill:var(--open)"),
        State::Limited => canvas.rect(x, y + h / 2.0, w, h / 2.0, "fill:var(--limited)"),
        State::Suspended => {
            canvas.rect(x, y, w, h, "fill:var(--susp-wash)");
            canvas.fill(x, y, w, h, Ground::Shut);
            canvas.rect(x, y + h - 2.5, w, 2.5, "fill:var(--susp)");
        }
        State::NotOpened => {
            canvas.rect(x + 0.5, y + 0.5, w - 1.0, h - 1.0, "fill:none;stroke:var(--notopen);stroke-dasharray:3 3");
        }
        State::Unknown => {
            let mut d = String::new();
            let rows = if h < 9.0 { 2 } else { 3 };
            for i in 0..rows {
                let at = y + h * (f64::from(i) + 0.5) / f64::from(rows);
                let _ = write!(d, "M{} {}H{}", px(x + 1.5), px(at), px(x + w - 1.0));
            }
            canvas.path(&d, "fill:none;stroke:var(--ink3);stroke-width:1.7;stroke-dasharray:.1 5;stroke-linecap:round");
        }
    }
}

/// Draws the states of a strip; labels where they fit, brackets over uncertain starts.
pub(crate) fn strip(canvas: &mut Canvas, x: &Scale, segments: &[Segment], y: f64, h: f64, labels: bool) {
    for segment in segments {
        let Some((a, b)) = stretch(x, segment.from, segment.to) else {
            continue;
        };
        canvas.open(&format!(
            "{}, {} – {}",
            segment.state.word(),
            day_text(segment.from, true),
            day_text(segment.to, true)
        ));
        state_box(canvas, segment.state, a, y, b - a, h);
        canvas.close();
        if labels && h >= 14.0 {
            strip_label(canvas, segment, a, b, y, h);
        }
    }
    for segment in segments.iter().filter(|s| s.uncertain > 0) {
        let around = i32::from(segment.uncertain);
        if f64::from(segment.from) < x.v0 || f64::from(segment.from) > x.v1 {
            continue;
        }
        if let Some((a, b)) = stretch(x, segment.from.saturating_sub(around), segment.from.saturating_add(around)) {
            canvas.path(
                &format!("M{} {}v-3.5H{}v3.5", px(a), px(y - 1.5), px(b)),
                "fill:none;stroke:var(--ink3);stroke-width:1",
            );
        }
    }
}

fn strip_label(canvas: &mut Canvas, segment: &Segment, a: f64, b: f64, y: f64, h: f64) {
    let middle = f64::midpoint(a, b);
    let room = b - a - 6.0;
    let fits = |s: &str, bold| !s.is_empty() && width_of(s, 11.0, bold) <= room;
    let label = if fits(&segment.label, true) {
        segment.label.as_str()
    } else if !segment.label.is_empty() && fits(segment.state.word(), true) {
        segment.state.word()
    } else {
        return;
    };
    match segment.state {
        State::Open => canvas.text(
            (middle, y + h / 2.0 + if h < 18.0 { 3.4 } else { 4.0 }),
            Words::new(label).small().bold().fill("var(--paper)").middle(),
        ),
        State::Suspended => canvas.text(
            (middle, y + h / 2.0 + if h < 18.0 { 2.4 } else { 3.2 }),
            Words::new(label).small().bold().fill("var(--susp)").middle().halo(),
        ),
        State::Limited => canvas.text((middle, y + h / 2.0 - 2.5), Words::new(label).small().middle()),
        State::NotOpened | State::Unknown => {
            canvas.text((middle, y + h / 2.0 + 4.0), Words::new(label).small().second().middle().halo());
        }
    }
}

/// Shades suspensions through a plot with the rust rule above; labels over the rule.
pub(crate) fn shade(canvas: &mut Canvas, x: &Scale, spans: &[Span], top: f64, bottom: f64) {
    for span in spans {
        let Some((a, b)) = stretch(x, span.from, span.to) else {
            continue;
        };
        let days = i64::from(span.to) - i64::from(span.from) + 1;
        canvas.open(&format!("suspended, {} – {}, {days} days", day_text(span.from, true), day_text(span.to, true)));
        canvas.rect(a, top, b - a, bottom - top, "fill:var(--susp-wash)");
        canvas.fill(a, top, b - a, bottom - top, Ground::Shut);
        canvas.rect(a, top, b - a, 2.5, "fill:var(--susp)");
        canvas.close();
        let short = format!("{days} days");
        let label = if width_of(&span.label, 12.0, true) <= b - a + 8.0 {
            span.label.as_str()
        } else if width_of(&short, 11.0, true) <= b - a + 8.0 && !span.label.is_empty() {
            short.as_str()
        } else {
            ""
        };
        canvas.text((f64::midpoint(a, b), top - 6.0), Words::new(label).bold().fill("var(--susp)").middle());
    }
}

/// The key of the states that occur.
pub(crate) fn state_key(canvas: &mut Canvas, states: &[State], x: f64, y: f64) -> f64 {
    let mut at = x;
    for &state in states {
        state_box(canvas, state, at, y - 11.0, 28.0, 13.0);
        canvas.text((at + 34.0, y), Words::new(state.word()).second());
        at += 34.0 + width_of(state.word(), 12.0, false) + 18.0;
    }
    at
}

/// Takes the place of the labels over shaded spans.
pub(crate) fn take_spans(places: &mut Places, x: &Scale, spans: &[Span], top: f64) {
    for span in spans {
        if let Some((a, b)) = stretch(x, span.from, span.to) {
            places.take(a, top - 4.0, b, top + 4.0);
        }
    }
}

/// Draws a marked day as a dotted line with its words at the head.
pub(crate) fn day_mark(canvas: &mut Canvas, x: &Scale, mark: &DayMark, line_top: f64, words_y: f64, bottom: f64) {
    let at = x.at(f64::from(mark.day));
    if at < x.p0 - 0.5 || at > x.p1 + 0.5 {
        return;
    }
    canvas.line((at, line_top.max(0.0)), (at, bottom), "stroke:var(--ink);stroke-width:1.4;stroke-dasharray:2 3");
    let w = width_of(&mark.text, 12.0, true);
    let words = Words::new(&mark.text).bold().halo();
    if at + 6.0 + w <= x.p1 + 10.0 {
        canvas.text((at + 6.0, words_y), words);
    } else {
        canvas.text((at - 6.0, words_y), words.end());
    }
}
