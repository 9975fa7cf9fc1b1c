//! A picture with heading, measure, foot, downloads and table.

use crate::anchor::{Anchors, slug};
use maud::{Markup, PreEscaped, html};
use yalu_chart::{Captioned, NARROW};

/// Widest picture that fits the page whole.
const PAGE_WIDTH: f64 = 1216.0;

/// Widest picture that a phone shows whole.
const PHONE_WIDTH: f64 = 420.0;

/// A picture with its finding, its measure, its source and the data behind it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figure {
    id: String,
    title: String,
    subtitle: String,
    foot: String,
    width: f64,
    svg: String,
    narrow_svg: Option<String>,
    csv: String,
    summary: String,
}

impl Figure {
    /// A chart drawn for a width and for a phone, its words set around it by the page. The id is unique within the
    /// report; it becomes the anchor and the name of downloads.
    pub fn of<C: Captioned>(id: &str, chart: &C, width: f64) -> Self {
        // The page sets the words; the drawing is not to say them again.
        let mut drawn = chart.clone();
        drawn.caption().shown = false;
        let caption = drawn.caption().clone();
        Self {
            id: id.into(),
            title: caption.title,
            subtitle: caption.subtitle,
            foot: caption.foot,
            width,
            svg: unnamed(&drawn.svg_at(width)),
            narrow_svg: (width > PHONE_WIDTH).then(|| unnamed(&drawn.svg_narrow())),
            csv: chart.csv(),
            summary: chart.summary(),
        }
    }

    /// The same with another chart's picture on a phone.
    #[must_use]
    pub fn with_narrow<C: Captioned>(mut self, chart: &C) -> Self {
        self.narrow_svg = Some(unnamed(&chart.svg_at(NARROW)));
        self
    }

    /// The same without a picture of its own on a phone, where the wide one scrolls.
    #[must_use]
    pub fn scrolling(self) -> Self {
        Self { narrow_svg: None, ..self }
    }

    /// Short name, unique within the report.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its heading.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What a picture is called where its heading is not beside it.
    fn name(&self) -> &str {
        [&self.title, &self.subtitle, &self.summary].into_iter().find(|name| !name.is_empty()).unwrap_or(&self.id)
    }
}

/// Where a picture stands, which decides its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Under the headline of the day.
    Year,
    /// Beside an answer.
    Question,
    /// In a section.
    Section,
    /// Under the line by which a reader chooses it, which is its heading.
    Choice,
}

/// A picture as markup.
pub fn figure(figure: &Figure, place: Place, anchors: &mut Anchors) -> Markup {
    let anchor = anchors.give("f", &figure.id);
    let titled = !figure.title.is_empty();
    html! {
        figure.fig.year[place == Place::Year].small[place == Place::Question] id=(anchor) {
            @if titled && place == Place::Year { h2 { (figure.title) } } @else if titled && place != Place::Choice { h3 { (figure.title) } }
            @if !figure.subtitle.is_empty() { p.sub { (figure.subtitle) } }
            (pictures(figure))
            figcaption {
                @if !figure.foot.is_empty() { p.foot { (figure.foot) } }
                // The chapter has the data; beside an answer it would be all one sees.
                @if place != Place::Question { (downloads(figure)) }
            }
        }
    }
}

fn pictures(figure: &Figure) -> Markup {
    let label = [figure.title.trim_end_matches('.'), figure.summary.as_str()];
    let label: Vec<&str> = label.into_iter().filter(|part| !part.is_empty()).collect();
    let label = label.join(". ");
    let width = figure.width;
    let wide = figure.narrow_svg.is_some();
    // Pictures wider than a phone scroll in their own frame, which the keyboard must reach.
    let scrolls = width > PHONE_WIDTH;
    let reach = scrolls.then(|| format!("Picture, may scroll sideways: {}", figure.name()));
    html! {
        div.scroll.big[width > PAGE_WIDTH].wide[wide] tabindex=[scrolls.then_some("0")] role=[scrolls.then_some("group")] aria-label=[reach] {
            div.pic role="img" aria-label=(label) style={ "max-width:" (format!("{width:.0}")) "px;min-width:" (format!("{:.0}", width * 0.9)) "px" } {
                (PreEscaped(&figure.svg))
            }
        }
        @if scrolls { p.hint.wide[wide] { "Wider than this screen: scroll the picture sideways." } }
        @if let Some(narrow) = &figure.narrow_svg {
            div.pic.narrow role="img" aria-label=(label) style={ "max-width:" (format!("{:.0}", NARROW * 1.5)) "px" } {
                (PreEscaped(narrow))
            }
        }
    }
}

/// A drawing without its own name and summary, which the page gives to its frame.
fn unnamed(svg: &str) -> String {
    let cut = |text: &str, from: &str, to: &str| -> Option<String> {
        let (before, rest) = text.split_once(from)?;
        Some([before, rest.split_once(to)?.1].concat())
    };
    let bare = cut(svg, "<title id=", "</title>").and_then(|s| cut(&s, "<desc id=", "</desc>"));
    let bare = bare.and_then(|s| cut(&s, " role=\"img\" aria-labelledby=\"", "\""));
    bare.map_or_else(|| svg.to_owned(), |s| s.replacen("<svg", "<svg aria-hidden=\"true\"", 1))
}

/// Text as an address of data holds it: line ends, the sign of an escape and that of a fragment escaped, all else as it is, for
/// data escaped letter by letter weigh three times as much.
fn address(text: &str) -> String {
    text.replace('%', "%25").replace('#', "%23").replace('\r', "").replace('\n', "%0A")
}

/// The data once, as a file; a table of it is made from the file when a reader opens it.
fn downloads(figure: &Figure) -> Markup {
    let name = slug(&figure.id);
    let titled = figure.name();
    html! {
        div.dl {
            a download={ (name) ".csv" } href={ "data:text/csv;charset=utf-8," (address(&figure.csv)) } { "Data CSV" span.vh { ": " (titled) } }
            @for (kind, upper) in [("svg", "SVG"), ("png", "PNG")] {
                button.js type="button" data-save=(kind) data-name=(name) { "Picture " (upper) span.vh { ": " (titled) } }
            }
            details.js { summary { "Table" span.vh { ": " (titled) } } }
        }
    }
}
