//! What every chart shares: caption, colours, bands, and what stands where nothing is known.

use crate::scale::Scale;
use crate::svg::{Canvas, Ground, Words, around};
use crate::text::{fitted, width_of, wrap};
use crate::thin::thinned;
use yalu_number::Band;

/// The words around a chart: title says the finding, subtitle the measure, foot the sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// The finding; always the accessible name of the picture.
    pub title: String,
    /// The measure and its unit.
    pub subtitle: String,
    /// Sources, date of record and what is left out.
    pub foot: String,
    /// Whether the words are drawn in the picture; false where the page sets them around it.
    pub shown: bool,
}

/// A colour of the page, by its token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// Main ink.
    #[default]
    Ink,
    /// Explaining ink; the base of a pair.
    Ink2,
    /// Faint ink.
    Ink3,
    /// Rail; also a changed value.
    Rail,
    /// Road.
    Road,
    /// Sea.
    Sea,
    /// A further crossing.
    Plum,
    /// A further crossing.
    Olive,
    /// A further crossing.
    Brown,
    /// All other crossings.
    Grey,
    /// Air.
    Air,
}

impl Colour {
    /// The token that a scenario names for a route.
    pub fn of_route(name: &str) -> Self {
        match name {
            "rail" => Self::Rail,
            "road" => Self::Road,
            "sea" => Self::Sea,
            "plum" => Self::Plum,
            "olive" => Self::Olive,
            "brown" => Self::Brown,
            "air" => Self::Air,
            _ => Self::Grey,
        }
    }

    /// The colour as a style value.
    pub fn css(self) -> &'static str {
        match self {
            Self::Ink => "var(--ink)",
            Self::Ink2 => "var(--ink2)",
            Self::Ink3 => "var(--ink3)",
            Self::Rail => "var(--rail)",
            Self::Road => "var(--road)",
            Self::Sea => "var(--sea)",
            Self::Plum => "var(--plum)",
            Self::Olive => "var(--olive)",
            Self::Brown => "var(--brown)",
            Self::Grey => "var(--grey)",
            Self::Air => "var(--air)",
        }
    }
}

/// Mode of a route, told by its dash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Rail: solid.
    #[default]
    Rail,
    /// Road: dashed.
    Road,
    /// Sea: dotted.
    Sea,
}

impl Mode {
    pub(crate) fn dash(self) -> &'static str {
        match self {
            Self::Rail => "",
            Self::Road => ";stroke-dasharray:7 4",
            Self::Sea => ";stroke-dasharray:.1 6;stroke-linecap:round",
        }
    }
}

/// Draws title and subtitle; returns where the chart may begin.
pub(crate) fn head(canvas: &mut Canvas, caption: &Caption) -> f64 {
    if !caption.shown {
        return 6.0;
    }
    let (big, small, lead) = if canvas.narrow() { (20.0, 13.0, 18.0) } else { (28.0, 15.0, 22.0) };
    let mut y = 0.0;
    for line in wrap(&caption.title, big, true, canvas.width * 0.98) {
        y += big * 1.2;
        canvas.text((0.0, y), Words::new(&line).size(big).bold().serif());
    }
    y += 4.0;
    for line in wrap(&caption.subtitle, small, false, canvas.width.min(880.0)) {
        y += lead;
        canvas.text((0.0, y), Words::new(&line).size(small).second());
    }
    y + 22.0
}

/// Draws the foot from a height down; returns the height of the whole.
pub(crate) fn foot(canvas: &mut Canvas, caption: &Caption, y: f64) -> f64 {
    if !caption.shown || caption.foot.is_empty() {
        return y;
    }
    let mut y = y + 8.0;
    for line in wrap(&caption.foot, 12.0, false, canvas.width.min(1160.0)) {
        y += 17.0;
        canvas.text((0.0, y), Words::new(&line).second());
    }
    y + 8.0
}

/// Names with their colours in rows under a plot; returns the height at which they end.
pub(crate) fn legend<'a>(canvas: &mut Canvas, names: impl Iterator<Item = (&'a str, Colour)>, y: f64) -> f64 {
    let (mut x, mut y) = (0.0, y + 16.0);
    for (name, colour) in names {
        let step = 16.0 + width_of(name, 12.0, false) + 14.0;
        if x > 0.0 && x + step > canvas.width {
            (x, y) = (0.0, y + 18.0);
        }
        canvas.rect(x, y - 9.0, 10.0, 10.0, &format!("fill:{}", colour.css()));
        let name = fitted(name, 12.0, false, canvas.width - x - 16.0);
        canvas.text((x + 16.0, y), Words::new(&name).second());
        x += step;
    }
    y + 4.0
}

/// A picture that says what is missing and what would fill it.
pub(crate) fn missing(width: f64, caption: &Caption, name: &str, what: &str) -> String {
    let width = sane(width);
    let mut canvas = Canvas::new(width, name);
    let top = head(&mut canvas, caption);
    let lines = wrap(what, 12.0, false, width - 40.0);
    let h = 44.0 + lines.len() as f64 * 17.0;
    canvas.fill(0.5, top, width - 1.0, h, Ground::Waiting);
    canvas.rect(0.5, top, width - 1.0, h, "fill:none;stroke:var(--ink3);stroke-dasharray:4 3");
    for (i, line) in lines.iter().enumerate() {
        canvas.text((width / 2.0, top + 35.0 + i as f64 * 17.0), Words::new(line).middle().halo());
    }
    let end = foot(&mut canvas, caption, top + h);
    canvas.finish(end + 2.0, titled(caption, name), what)
}

/// The accessible name: the title, or the chart's own name.
pub(crate) fn titled<'a>(caption: &'a Caption, name: &'a str) -> &'a str {
    if caption.title.trim().is_empty() { name } else { &caption.title }
}

/// A width a chart can be drawn at.
pub(crate) fn sane(width: f64) -> f64 {
    sane_to(width, 4000.0)
}

/// A width that a chart of few marks can be drawn at, two of them beside words.
pub(crate) fn sane_small(width: f64) -> f64 {
    if width.is_finite() { width.clamp(120.0, 4000.0) } else { 1216.0 }
}

/// A width a chart can be drawn at that may be as wide as given.
pub(crate) fn sane_to(width: f64, most: f64) -> f64 {
    if width.is_finite() { width.clamp(300.0, most.max(300.0)) } else { 1216.0 }
}

/// How far a drawn band may lie from its data, pixels.
const THIN_PX: f64 = 1.0;

/// A fan of bands over x: 5–95 light, 25–75 dark, median line; gaps where nothing is known.
pub(crate) fn fan(canvas: &mut Canvas, points: &[(f64, Option<Band>)], y: &Scale, colour: Colour) {
    let known = |p: &(f64, Option<Band>)| p.1.is_some_and(|b| b.known()) && p.0.is_finite();
    for run in points.chunk_by(|a, b| known(a) == known(b)) {
        let run: Vec<(f64, Band)> = run.iter().filter(|p| known(p)).filter_map(|p| p.1.map(|b| (p.0, b))).collect();
        if run.is_empty() {
            continue;
        }
        let c = colour.css();
        if let [(x, b)] = run.as_slice() {
            canvas.line(
                (*x, y.held(b.p05)),
                (*x, y.held(b.p95)),
                &format!("stroke:{c};stroke-width:4;stroke-opacity:.3"),
            );
            canvas.line((x - 4.0, y.held(b.p50)), (x + 4.0, y.held(b.p50)), &format!("stroke:{c};stroke-width:2"));
            continue;
        }
        let ring = |low: fn(&Band) -> f64, high: fn(&Band) -> f64| {
            let over: Vec<_> = run.iter().map(|(x, b)| (*x, y.held(high(b)))).collect();
            let under: Vec<_> = run.iter().rev().map(|(x, b)| (*x, y.held(low(b)))).collect();
            around(&[thinned(&over, THIN_PX), thinned(&under, THIN_PX)].concat())
        };
        let outer = ring(|b| b.p05, |b| b.p95);
        let inner = ring(|b| b.p25, |b| b.p75);
        canvas.path(&outer, &format!("fill:{c};fill-opacity:.15"));
        canvas.path(&inner, &format!("fill:{c};fill-opacity:.24"));
        let median: Vec<_> = run.iter().map(|(x, b)| (*x, y.held(b.p50))).collect();
        canvas.path(
            &crate::svg::through(&thinned(&median, THIN_PX)),
            &format!("fill:none;stroke:{c};stroke-width:2;stroke-linejoin:round"),
        );
    }
}
