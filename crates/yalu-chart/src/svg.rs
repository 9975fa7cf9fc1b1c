//! The SVG writer: shapes and words on a canvas whose height is known last.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::text::escape;

/// A point on the canvas, in pixels.
pub(crate) type Xy = (f64, f64);

/// Hatches and dot grounds a chart may fill with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ground {
    /// Rust hatch: shut.
    Shut,
    /// Grey hatch: not yet answered.
    Waiting,
    /// Thin ink hatch: assumed or not on record.
    Assumed,
    /// Upright ink lines: a temporary speed restriction.
    Slow,
}

impl Ground {
    fn name(self) -> &'static str {
        match self {
            Self::Shut => "s",
            Self::Waiting => "w",
            Self::Assumed => "a",
            Self::Slow => "l",
        }
    }

    fn pattern(self, id: &str) -> String {
        let n = self.name();
        match self {
            Self::Shut => format!(
                "<pattern id=\"{id}-{n}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"2.2\" height=\"6\" style=\"fill:var(--susp)\" opacity=\".16\"/></pattern>"
            ),
            Self::Waiting => format!(
                "<pattern id=\"{id}-{n}\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\"><rect width=\"3\" height=\"7\" style=\"fill:var(--ink3)\" opacity=\".2\"/></pattern>"
            ),
            Self::Assumed => format!(
                "<pattern id=\"{id}-{n}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 5L5 0\" style=\"stroke:var(--ink3)\" stroke-width=\".8\" opacity=\".55\"/></pattern>"
            ),
            Self::Slow => format!(
                "<pattern id=\"{id}-{n}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-30)\"><rect width=\"1\" height=\"5\" style=\"fill:var(--ink2)\" opacity=\".5\"/></pattern>"
            ),
        }
    }
}

/// Where a text is held by its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    Start,
    Middle,
    End,
}

/// A line of words and how it is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'a> {
    text: &'a str,
    size: f64,
    fill: &'a str,
    bold: bool,
    serif: bool,
    hold: Hold,
    halo: Option<&'a str>,
    turn: f64,
}

impl<'a> Words<'a> {
    /// Chart text: 12 px, main ink, held at its start.
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            size: 12.0,
            fill: "var(--ink)",
            bold: false,
            serif: false,
            hold: Hold::Start,
            halo: None,
            turn: 0.0,
        }
    }

    pub(crate) fn size(mut self, size: f64) -> Self {
        self.size = size.max(11.0);
        self
    }

    pub(crate) fn small(self) -> Self {
        self.size(11.0)
    }

    pub(crate) fn fill(mut self, fill: &'a str) -> Self {
        self.fill = fill;
        self
    }

    pub(crate) fn second(self) -> Self {
        self.fill("var(--ink2)")
    }

    pub(crate) fn third(self) -> Self {
        self.fill("var(--ink3)")
    }

    pub(crate) fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub(crate) fn serif(mut self) -> Self {
        self.serif = true;
        self
    }

    pub(crate) fn middle(mut self) -> Self {
        self.hold = Hold::Middle;
        self
    }

    pub(crate) fn end(mut self) -> Self {
        self.hold = Hold::End;
        self
    }

    pub(crate) fn held(mut self, hold: Hold) -> Self {
        self.hold = hold;
        self
    }

    pub(crate) fn halo(mut self) -> Self {
        self.halo = Some("var(--paper)");
        self
    }

    pub(crate) fn halo_of(mut self, ground: &'a str) -> Self {
        self.halo = Some(ground);
        self
    }

    pub(crate) fn turned(mut self, degrees: f64) -> Self {
        self.turn = degrees;
        self
    }
}

/// A drawing in the making.
#[derive(Debug)]
pub(crate) struct Canvas {
    pub(crate) width: f64,
    body: String,
    grounds: BTreeSet<Ground>,
    id: String,
}

impl Canvas {
    /// A canvas of a width; the seed makes its inner names its own within a page of many charts.
    pub(crate) fn new(width: f64, seed: &str) -> Self {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in seed.bytes().chain((width as i64).to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self { width, body: String::new(), grounds: BTreeSet::new(), id: format!("y{:010x}", hash & 0xff_ffff_ffff) }
    }

    /// Whether the canvas is that of a telephone or a side column.
    pub(crate) fn narrow(&self) -> bool {
        self.width < 620.0
    }

    /// Whether the canvas is that of a side column, beside words: low, without a key.
    pub(crate) fn beside(&self) -> bool {
        self.width <= crate::BESIDE
    }

    pub(crate) fn ground(&mut self, ground: Ground) -> String {
        self.grounds.insert(ground);
        format!("url(#{}-{})", self.id, ground.name())
    }

    pub(crate) fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, style: &str) {
        if w > 0.0 && h > 0.0 {
            let _ = write!(
                self.body,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" style=\"{style}\"/>",
                px(x),
                px(y),
                px(w),
                px(h)
            );
        }
    }

    /// Fills a box with a ground.
    pub(crate) fn fill(&mut self, x: f64, y: f64, w: f64, h: f64, ground: Ground) {
        let url = self.ground(ground);
        self.rect(x, y, w, h, &format!("fill:{url}"));
    }

    pub(crate) fn line(&mut self, from: Xy, to: Xy, style: &str) {
        let _ = write!(
            self.body,
            "<path d=\"M{} {}L{} {}\" style=\"{}\"/>",
            px(from.0),
            px(from.1),
            px(to.0),
            px(to.1),
            short(style)
        );
    }

    pub(crate) fn path(&mut self, d: &str, style: &str) {
        if !d.is_empty() {
            let _ = write!(self.body, "<path d=\"{d}\" style=\"{}\"/>", short(style));
        }
    }

    pub(crate) fn circle(&mut self, at: Xy, r: f64, style: &str) {
        let _ =
            write!(self.body, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" style=\"{style}\"/>", px(at.0), px(at.1), px(r));
    }

    pub(crate) fn text(&mut self, at: Xy, words: Words<'_>) {
        if words.text.is_empty() {
            return;
        }
        let _ = write!(self.body, "<text x=\"{}\" y=\"{}\" style=\"fill:{}", px(at.0), px(at.1), words.fill);
        // The drawing as a whole is set in 12 px.
        if words.size != 12.0 {
            let _ = write!(self.body, ";font-size:{}px", px(words.size));
        }
        if words.bold {
            self.body.push_str(";font-weight:600");
        }
        if words.serif {
            self.body.push_str(";font-family:var(--serif)");
        }
        if let Some(ground) = words.halo {
            let _ = write!(self.body, ";paint-order:stroke;stroke:{ground};stroke-width:4px;stroke-linejoin:round");
        }
        self.body.push('"');
        match words.hold {
            Hold::Start => {}
            Hold::Middle => self.body.push_str(" text-anchor=\"middle\""),
            Hold::End => self.body.push_str(" text-anchor=\"end\""),
        }
        if words.turn != 0.0 {
            let _ = write!(self.body, " transform=\"rotate({} {} {})\"", px(words.turn), px(at.0), px(at.1));
        }
        let _ = write!(self.body, ">{}</text>", escape(words.text));
    }

    /// Opens a group that shows its words when pointed at; a telephone has no pointer.
    pub(crate) fn open(&mut self, tip: &str) {
        self.body.push_str("<g>");
        if !self.narrow() {
            let _ = write!(self.body, "<title>{}</title>", escape(tip));
        }
    }

    /// Opens a group cut to a box.
    pub(crate) fn open_clip(&mut self, name: &str, x: f64, y: f64, w: f64, h: f64) {
        let id = format!("{}-c{name}", self.id);
        let _ = write!(
            self.body,
            "<clipPath id=\"{id}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath><g clip-path=\"url(#{id})\">",
            px(x),
            px(y),
            px(w.max(0.0)),
            px(h.max(0.0))
        );
    }

    pub(crate) fn close(&mut self) {
        self.body.push_str("</g>");
    }

    /// The finished drawing with its accessible name and its one-sentence summary.
    pub(crate) fn finish(self, height: f64, title: &str, summary: &str) -> String {
        self.finish_at_least(0.0, height, title, summary)
    }

    /// The finished drawing that does not shrink under a width; the page lets it scroll.
    pub(crate) fn finish_at_least(self, least: f64, height: f64, title: &str, summary: &str) -> String {
        let id = &self.id;
        let least = if least > 0.0 { format!("min-width:{}px;", px(least)) } else { String::new() };
        let mut out = String::with_capacity(self.body.len() + 1024);
        let _ = write!(
            out,
            "<svg width=\"100%\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" style=\"{least}max-width:{}px;font-size:12px;font-family:var(--sans);font-feature-settings:'tnum'\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
            px(self.width),
            px(height),
            px(self.width),
            escape(title),
            escape(summary)
        );
        if !self.grounds.is_empty() {
            out.push_str("<defs>");
            for ground in &self.grounds {
                out.push_str(&ground.pattern(id));
            }
            out.push_str("</defs>");
        }
        out.push_str(&self.body);
        out.push_str("</svg>");
        out
    }
}

/// A style without the width that strokes have anyway.
fn short(style: &str) -> &str {
    style.strip_suffix(";stroke-width:1").unwrap_or(style)
}

/// A length to one decimal, always finite.
pub(crate) fn px(v: f64) -> String {
    if !v.is_finite() {
        return "0".into();
    }
    let r = (v.clamp(-1e6, 1e6) * 10.0).round() / 10.0;
    if r == 0.0 {
        return "0".into();
    }
    format!("{r}")
}

/// The path through points; a point that is not finite lifts the pen.
pub(crate) fn through(points: &[Xy]) -> String {
    let mut d = String::new();
    let mut down = false;
    for &(x, y) in points {
        if x.is_finite() && y.is_finite() {
            let _ = write!(d, "{}{} {}", if down { 'L' } else { 'M' }, px(x), px(y));
            down = true;
        } else {
            down = false;
        }
    }
    d
}

/// The closed outline through points.
pub(crate) fn around(points: &[Xy]) -> String {
    let mut d = through(points);
    if !d.is_empty() {
        d.push('Z');
    }
    d
}
