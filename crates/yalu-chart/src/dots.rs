//! Counts that disagree: all counts of a row on one line, a bar between, 'at least' as an open arrow.

use std::fmt::Write as _;

use crate::Chart;
use crate::parts::{Caption, foot, head, missing, sane, titled};
use crate::scale::{Scale, round_ticks};
use crate::svg::{Canvas, Words, px};
use crate::text::{Data, datum, fitted, fixed, number, width_of};

/// How a count is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountKind {
    /// Seen: filled dot.
    Seen,
    /// Said by someone: ring.
    Said,
    /// Said as a lower bound: open arrow to the right.
    AtLeast,
    /// Said as an upper bound: open arrow to the left.
    AtMost,
}

/// One count.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// Value.
    pub value: f64,
    /// How it is known.
    pub kind: CountKind,
    /// Who counted.
    pub text: String,
}

/// One event and its counts.
#[derive(Clone, Debug, PartialEq)]
pub struct CountRow {
    /// Date or event.
    pub name: String,
    /// Time or remark; may be empty.
    pub more: String,
    /// Whether the row is that of the story.
    pub main: bool,
    /// Counts.
    pub counts: Vec<Count>,
}

/// Dated events with counts on one line each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DotTimeline {
    /// Words around the chart.
    pub caption: Caption,
    /// What is counted, such as `cars`.
    pub unit: String,
    /// Events in order.
    pub rows: Vec<CountRow>,
}

const NAME: &str = "Counts that disagree";

impl CountRow {
    fn known(&self) -> impl Iterator<Item = &Count> + '_ {
        self.counts.iter().filter(|c| c.value.is_finite())
    }

    fn range(&self) -> Option<(f64, f64)> {
        let low = self.known().map(|c| c.value).reduce(f64::min)?;
        let high = self.known().map(|c| c.value).reduce(f64::max)?;
        Some((low, high))
    }
}

impl Chart for DotTimeline {
    fn svg_at(&self, width: f64) -> String {
        if self.rows.is_empty() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{:?}", self.caption, self.rows));
        let top = head(&mut canvas, &self.caption);
        let wide_name = self
            .rows
            .iter()
            .map(|r| width_of(&r.name, 12.0, true).max(width_of(&r.more, 11.0, false)))
            .fold(40.0, f64::max)
            .min(canvas.width * 0.36);
        let left = wide_name + 16.0;
        let right = canvas.width - if canvas.narrow() { 66.0 } else { 270.0 };
        let most = self.rows.iter().filter_map(CountRow::range).map(|r| r.1).fold(1.0, f64::max);
        let (ticks, decimals) = round_ticks(most, if canvas.narrow() { 4 } else { 6 });
        let x = Scale::new(0.0, ticks.last().copied().unwrap_or(1.0), left, right);
        let row_h = 32.0;
        let bottom = top + row_h * self.rows.len() as f64;
        for &t in &ticks {
            let style =
                if t == 0.0 { "stroke:var(--ink3);stroke-width:1" } else { "stroke:var(--rule2);stroke-width:1" };
            canvas.line((x.at(t), top), (x.at(t), bottom), style);
            let last = ticks.last() == Some(&t);
            canvas.text((x.at(t), bottom + 17.0), Words::new(&fixed(t, decimals)).second().middle());
            if last {
                canvas.text(
                    (x.at(t) + width_of(&fixed(t, decimals), 12.0, false) / 2.0 + 4.0, bottom + 17.0),
                    Words::new(&self.unit).second(),
                );
            }
        }
        for (i, row) in self.rows.iter().enumerate() {
            let y = top + row_h * (i as f64 + 0.5);
            draw_row(&mut canvas, &x, row, y, wide_name, right);
        }
        let end = foot(&mut canvas, &self.caption, bottom + 26.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data = Data::new(&["event", "remark", "count", "unit", "kind", "who"]);
        for row in &self.rows {
            for c in &row.counts {
                data.row([
                    row.name.clone(),
                    row.more.clone(),
                    datum(c.value),
                    self.unit.clone(),
                    word(c.kind).into(),
                    c.text.clone(),
                ]);
            }
        }
        data
    }

    fn summary(&self) -> String {
        if self.rows.is_empty() {
            return "No counts are held.".into();
        }
        let mut out = String::new();
        for row in &self.rows {
            if !out.is_empty() {
                out.push_str("; ");
            }
            match row.range() {
                None => {
                    let _ = write!(out, "{}: no count held", row.name);
                }
                Some((a, b)) if a == b => {
                    let _ = write!(out, "{}: {} {}", row.name, number(a), self.unit);
                }
                Some((a, b)) => {
                    let _ = write!(
                        out,
                        "{}: {} to {} {} in {} counts",
                        row.name,
                        number(a),
                        number(b),
                        self.unit,
                        row.known().count()
                    );
                }
            }
        }
        out.push('.');
        out
    }
}

fn word(kind: CountKind) -> &'static str {
    match kind {
        CountKind::Seen => "seen",
        CountKind::Said => "said",
        CountKind::AtLeast => "at least",
        CountKind::AtMost => "at most",
    }
}

fn draw_row(canvas: &mut Canvas, x: &Scale, row: &CountRow, y: f64, room: f64, right: f64) {
    let up = if row.more.is_empty() { 4.0 } else { -1.5 };
    let name = fitted(&row.name, 12.0, row.main, room);
    let words = Words::new(&name).end();
    canvas.text((room, y + up), if row.main { words.bold() } else { words.second() });
    canvas.text((room, y + 11.5), Words::new(&fitted(&row.more, 11.0, false, room)).small().second().end());
    let Some((low, high)) = row.range() else {
        canvas.text((x.p0 + 8.0, y + 4.0), Words::new("no count held").small().third());
        return;
    };
    canvas.rect(x.at(low), y - 2.0, x.at(high) - x.at(low), 4.0, "fill:var(--ink3);fill-opacity:.45");
    let ring = "fill:var(--paper);stroke:var(--ink);stroke-width:1.8";
    for c in row.known() {
        let p = x.at(c.value);
        canvas.open(&format!("{} {}, {}", word(c.kind), number(c.value), c.text));
        match c.kind {
            CountKind::Seen => canvas.circle((p, y), 4.2, "fill:var(--ink)"),
            CountKind::Said => canvas.circle((p, y), 4.0, ring),
            CountKind::AtLeast => {
                canvas.path(&format!("M{} {}l8 5l-8 5Z", px(p - 2.0), px(y - 5.0)), ring);
            }
            CountKind::AtMost => {
                canvas.path(&format!("M{} {}l-8 5l8 5Z", px(p + 2.0), px(y - 5.0)), ring);
            }
        }
        canvas.close();
    }
    let words = if low == high { number(high) } else { format!("{} – {}", number(low), number(high)) };
    let who: Vec<&str> = row.known().map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect();
    let at = x.at(high) + 12.0;
    canvas.text((at, y + 4.0), Words::new(&words).bold().halo());
    let at = at + width_of(&words, 12.0, true) + 10.0;
    if !canvas.narrow() && right > 0.0 {
        let said = who.join(", ");
        let cut = fitted(&said, 11.0, false, canvas.width - at);
        canvas.text((at, y + 4.0), Words::new(&cut).small().second().halo());
    }
}
