//! How a crossing stands by its counts: the board of all crossings, a line each.

use crate::Chart;
use crate::parts::{Caption, foot, head, missing, sane, titled};
use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words, around, px};
use crate::text::{Data, datum, fitted, number, width_of};

/// How a crossing stands, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// All measures under a quarter of the expected.
    Shut,
    /// Below the normal range.
    Reduced,
    /// In or above it.
    Normal,
    /// No row yet.
    Late,
    /// Not known.
    Unknown,
}

impl Standing {
    /// The state's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Shut => "shut",
            Self::Reduced => "reduced",
            Self::Normal => "normal",
            Self::Late => "late",
            Self::Unknown => "unknown",
        }
    }
}

/// A count beside what was expected of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bullet {
    /// The count; not a number where there is no row.
    pub observed: f64,
    /// What was expected.
    pub expected: f64,
    /// 5 %.
    pub low: f64,
    /// 95 %.
    pub high: f64,
    /// Whether it is doubted.
    pub doubted: bool,
}

/// One crossing.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardRow {
    /// Name.
    pub name: String,
    /// How it stands.
    pub standing: Standing,
    /// Since when.
    pub since: String,
    /// What is said of it: why it is not known, or what is new.
    pub note: String,
    /// A count for each measure of the board; none where it is not judged.
    pub bullets: Vec<Option<Bullet>>,
    /// The last periods of its first measure; none where nothing was expected.
    pub strip: Vec<Bullet>,
}

/// All crossings, a line each: state, counts of the last period, and the periods before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CrossingBoard {
    /// Words around the chart.
    pub caption: Caption,
    /// Measures.
    pub measures: Vec<String>,
    /// Head of the strip, such as `Trains, 2 years`.
    pub strip: String,
    /// Crossings in their order.
    pub rows: Vec<BoardRow>,
}

const NAME: &str = "Every crossing";
/// Height of a line of the wide picture, and of the narrow one.
const LINE: f64 = 24.0;
const NARROW_LINE: f64 = 58.0;

/// The box of a state: full height, half height, rust hatch, faint, dots.
fn state_mark(canvas: &mut Canvas, s: Standing, x: f64, y: f64) {
    match s {
        Standing::Normal => canvas.rect(x, y - 9.0, 10.0, 10.0, "fill:var(--open)"),
        Standing::Reduced => canvas.rect(x, y - 4.0, 10.0, 5.0, "fill:var(--limited)"),
        Standing::Late => canvas.rect(x, y - 9.0, 10.0, 10.0, "fill:var(--open);fill-opacity:.4"),
        Standing::Shut => {
            canvas.fill(x, y - 9.0, 10.0, 10.0, Ground::Shut);
            canvas.rect(x, y - 1.0, 10.0, 2.0, "fill:var(--susp)");
        }
        Standing::Unknown => canvas.path(
            &format!("M{} {}h10m-10 4h10", px(x), px(y - 6.0)),
            "fill:none;stroke:var(--ink3);stroke-width:1.6;stroke-dasharray:1.6 2.4",
        ),
    }
}

/// One count on a scale from nothing to twice the expected; a triangle at the rim is beyond it.
fn bullet(canvas: &mut Canvas, b: &Bullet, x0: f64, x1: f64, y: f64) {
    let x = Scale::new(0.0, 2.0 * b.expected.max(1e-9), x0, x1);
    canvas.line((x0, y), (x1, y), "stroke:var(--rule2);stroke-width:1");
    let (low, high) = (x.held(b.low), x.held(b.high));
    canvas.rect(low, y - 6.0, high - low, 12.0, "fill:var(--rail);fill-opacity:.2");
    let middle = x.at(b.expected);
    canvas.line((middle, y - 6.0), (middle, y + 6.0), "stroke:var(--rail);stroke-width:1.4");
    if !b.observed.is_finite() {
        return;
    }
    if b.observed > 2.0 * b.expected {
        canvas.path(&format!("M{} {}l-7 -4v8z", px(x1), px(y)), "fill:var(--ink)");
        return;
    }
    let style = if b.doubted { "fill:var(--paper);stroke:var(--ink);stroke-width:1.4" } else { "fill:var(--ink)" };
    canvas.circle((x.at(b.observed), y), 3.2, style);
}

/// Counts as dots over the range of their day.
fn strip(canvas: &mut Canvas, points: &[Bullet], x0: f64, x1: f64, top: f64, bottom: f64) {
    let most = points.iter().flat_map(|p| [p.observed, p.high]).filter(|v| v.is_finite()).fold(1e-9, f64::max);
    let y = Scale::new(0.0, most, bottom, top);
    let x = Scale::new(0.0, (points.len().max(2) - 1) as f64, x0 + 3.0, x1 - 3.0);
    for run in
        points.iter().enumerate().collect::<Vec<_>>().chunk_by(|a, b| a.1.high.is_finite() == b.1.high.is_finite())
    {
        if run[0].1.high.is_finite() {
            let edge = |of: fn(&Bullet) -> f64| run.iter().map(move |(i, p)| (x.at(*i as f64), y.at(of(p))));
            let ring: Vec<_> = edge(|p| p.high).chain(edge(|p| p.low).rev()).collect();
            canvas.path(&around(&ring), "fill:var(--rail);fill-opacity:.2");
        }
    }
    canvas.line((x0, bottom), (x1, bottom), "stroke:var(--rule);stroke-width:1");
    for (i, p) in points.iter().enumerate().filter(|(_, p)| p.observed.is_finite()) {
        let outside = p.observed < p.low || p.observed > p.high;
        let style = match (p.doubted, outside) {
            (true, _) => "fill:var(--paper);stroke:var(--ink);stroke-width:1",
            _ => "fill:var(--ink)",
        };
        canvas.circle((x.at(i as f64), y.at(p.observed)), if outside { 2.1 } else { 1.5 }, style);
    }
}

/// ‘127 of 154’, the count bold outside its range; ends at `x`.
fn figures(canvas: &mut Canvas, b: &Bullet, x: f64, y: f64) {
    let of = format!("of {}", number(b.expected.round()));
    let seen = if b.observed.is_finite() { number(b.observed) } else { "no row".into() };
    let outside = b.observed < b.low || b.observed > b.high;
    canvas.text((x, y), Words::new(&of).second().end());
    let words = Words::new(&seen).end();
    canvas.text((x - width_of(&of, 12.0, false) - 4.0, y), if outside { words.bold() } else { words });
}

impl CrossingBoard {
    fn wide(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let width = canvas.width;
        let (state, since, first) = (186.0, 282.0, 366.0);
        let n = self.measures.len().max(1) as f64;
        let strip_w = 168.0;
        let column = ((width - first - strip_w - 24.0) / n).min(230.0);
        let y = top + 14.0;
        let heads = [(0.0, "Crossing"), (state, "State"), (since, "Since")];
        for (x, words) in heads {
            canvas.text((x, y), Words::new(words).second());
        }
        for (i, m) in self.measures.iter().enumerate() {
            canvas.text((first + column * (i as f64 + 1.0) - 12.0, y), Words::new(m).second().end());
        }
        let strip_x = first + column * n + 16.0;
        canvas.text((strip_x, y), Words::new(&self.strip).second());
        canvas.line((0.0, y + 8.0), (width, y + 8.0), "stroke:var(--ink);stroke-width:1");
        let mut base = y + 25.0;
        for row in &self.rows {
            canvas.open(&format!("{}: {} since {}", row.name, row.standing.word(), row.since));
            let low = matches!(row.standing, Standing::Shut | Standing::Reduced);
            if low {
                canvas.rect(0.0, base - 16.0, width, LINE, "fill:var(--sunk)");
                canvas.rect(0.0, base - 16.0, 3.0, LINE, "fill:var(--ink)");
            }
            canvas.text((8.0, base), Words::new(&fitted(&row.name, 12.0, true, state - 16.0)).bold());
            state_mark(canvas, row.standing, state, base);
            let word = Words::new(row.standing.word());
            canvas.text(
                (state + 16.0, base),
                if row.standing == Standing::Shut { word.fill("var(--susp)").bold() } else { word },
            );
            canvas.text((since, base), Words::new(&row.since).second());
            let known = row.standing != Standing::Unknown;
            for (i, b) in row.bullets.iter().enumerate().filter(|_| known) {
                let Some(b) = b else { continue };
                let right = first + column * (i as f64 + 1.0) - 12.0;
                let bar = (column * 0.42).min(96.0);
                figures(canvas, b, right - bar - 8.0, base);
                bullet(canvas, b, right - bar, right, base - 4.0);
            }
            if known && row.strip.iter().any(|p| p.observed.is_finite()) {
                strip(canvas, &row.strip, strip_x, width, base - 14.0, base + 4.0);
            } else if !row.note.is_empty() {
                canvas.text((first, base), Words::new(&fitted(&row.note, 12.0, false, width - first)).second());
            }
            canvas.close();
            canvas.line((0.0, base + 8.0), (width, base + 8.0), "stroke:var(--rule2);stroke-width:1");
            base += LINE;
        }
        base - LINE + 12.0
    }

    fn narrow(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let width = canvas.width;
        let mut y = top + 4.0;
        for row in &self.rows {
            canvas.line((0.0, y), (width, y), "stroke:var(--rule2);stroke-width:1");
            let base = y + 17.0;
            canvas.text((0.0, base), Words::new(&fitted(&row.name, 12.0, true, width - 170.0)).bold());
            let words = format!("{} since {}", row.standing.word(), row.since);
            state_mark(canvas, row.standing, width - 18.0 - width_of(&words, 12.0, false), base);
            canvas.text((width, base), Words::new(&words).second().end());
            let shown = row.bullets.iter().flatten().next().filter(|_| row.standing != Standing::Unknown);
            if let Some(b) = shown {
                let half = width * 0.5;
                figures(canvas, b, half - 8.0 - half * 0.42, base + 24.0);
                bullet(canvas, b, half - half * 0.42, half, base + 20.0);
                strip(canvas, &row.strip, half + 14.0, width, base + 8.0, base + 32.0);
                y += NARROW_LINE;
            } else {
                canvas.text((0.0, base + 18.0), Words::new(&fitted(&row.note, 12.0, false, width)).second());
                y += NARROW_LINE - 14.0;
            }
        }
        y + 4.0
    }
}

impl Chart for CrossingBoard {
    fn svg_at(&self, width: f64) -> String {
        if self.rows.is_empty() {
            return missing(width, &self.caption, NAME, &self.summary());
        }
        let mut canvas = Canvas::new(sane(width), &format!("{NAME}{:?}{}", self.caption, self.summary()));
        let top = head(&mut canvas, &self.caption);
        let end = if canvas.narrow() { self.narrow(&mut canvas, top) } else { self.wide(&mut canvas, top) };
        let end = foot(&mut canvas, &self.caption, end + 6.0);
        canvas.finish(end + 2.0, titled(&self.caption, NAME), &self.summary())
    }

    fn data(&self) -> Data {
        let mut data =
            Data::new(&["crossing", "state", "since", "measure", "count", "expected", "low", "high", "doubted"]);
        for row in &self.rows {
            let mut one = |measure: &str, b: Option<&Bullet>| {
                let n = |of: fn(&Bullet) -> f64| b.map_or_else(String::new, |b| datum(of(b)));
                let doubted = if b.is_some_and(|b| b.doubted) { "yes" } else { "" };
                data.row([
                    row.name.clone(),
                    row.standing.word().into(),
                    row.since.clone(),
                    measure.into(),
                    n(|b| b.observed),
                    n(|b| b.expected),
                    n(|b| b.low),
                    n(|b| b.high),
                    doubted.into(),
                ]);
            };
            if row.bullets.iter().all(Option::is_none) {
                one("", None);
            }
            for (m, b) in self.measures.iter().zip(&row.bullets) {
                if let Some(b) = b {
                    one(m, Some(b));
                }
            }
        }
        data
    }

    fn summary(&self) -> String {
        let of = |s: Standing| self.rows.iter().filter(|r| r.standing == s).count();
        let all = [Standing::Shut, Standing::Reduced, Standing::Normal, Standing::Late, Standing::Unknown];
        let words: Vec<String> =
            all.iter().filter(|s| of(**s) > 0).map(|s| format!("{} {}", of(*s), s.word())).collect();
        format!("{} crossings: {}.", self.rows.len(), words.join(", "))
    }
}
