//! Pictures looked through before they enter the page.

/// A picture that may enter the page.
#[derive(Debug, PartialEq)]
pub struct Picture {
    /// The `svg` element.
    pub markup: String,
    /// Width in its own units; nothing when it names none.
    pub width: Option<f64>,
}

const ELEMENTS: [&str; 24] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "title",
    "desc",
    "defs",
    "pattern",
    "clipPath",
    "mask",
    "marker",
    "linearGradient",
    "stop",
    "style",
    "symbol",
    "use",
];

/// The picture, or why it is left out: only drawing, only known elements, nothing fetched, nothing run.
pub fn look_through(raw: &str) -> Result<Picture, String> {
    let body = raw.trim();
    let body =
        body.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(body, |(_, rest)| rest.trim_start());
    let mut open: Vec<String> = Vec::new();
    let mut width = None;
    let mut rest = body;
    let mut first = true;
    let mut markup = String::with_capacity(body.len());
    while let Some(at) = rest.find('<') {
        let words = &rest[..at];
        let in_style = open.last().is_some_and(|name| name == "style");
        if (first || open.is_empty()) && !words.trim().is_empty() {
            return Err("text outside the picture".into());
        }
        if in_style && reaches_out(words) {
            return Err("a style that fetches".into());
        }
        markup.push_str(words);
        rest = &rest[at + 1..];
        if let Some(close) = rest.strip_prefix('/') {
            let (name, after) = close.split_once('>').ok_or("a tag without end")?;
            if open.pop().as_deref() != Some(name.trim()) {
                return Err(format!("unbalanced element {}", name.trim()));
            }
            markup.push_str("</");
            markup.push_str(name.trim());
            markup.push('>');
            rest = after;
            continue;
        }
        let tag = Tag::read(rest)?;
        if !ELEMENTS.contains(&tag.name) {
            return Err(format!("element {}", tag.name));
        }
        if first {
            if tag.name != "svg" {
                return Err("no svg element".into());
            }
            width = tag.width();
        } else if open.is_empty() {
            return Err("more than one element".into());
        }
        first = false;
        tag.write(&mut markup)?;
        if !tag.closed {
            open.push(tag.name.to_owned());
        }
        rest = tag.after;
    }
    if first {
        return Err("no svg element".into());
    }
    if !open.is_empty() || !rest.trim().is_empty() {
        return Err("unbalanced elements".into());
    }
    Ok(Picture { markup, width })
}

struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    closed: bool,
    after: &'a str,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Result<Self, String> {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric()).ok_or("a tag without end")?;
        let name = &text[..end];
        let mut rest = &text[end..];
        let mut attributes = Vec::new();
        loop {
            let trimmed = rest.trim_start();
            if let Some(after) = trimmed.strip_prefix("/>") {
                return Ok(Self { name, attributes, closed: true, after });
            }
            if let Some(after) = trimmed.strip_prefix('>') {
                return Ok(Self { name, attributes, closed: false, after });
            }
            if trimmed.len() == rest.len() {
                return Err("a tag that cannot be read".into());
            }
            let (key, value) = trimmed.split_once('=').ok_or("an attribute without value")?;
            if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c)) {
                return Err("an attribute that cannot be read".into());
            }
            let quote =
                value.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or("an attribute without quotes")?;
            let (value, after) = value[1..].split_once(quote).ok_or("an attribute without end")?;
            attributes.push((key, value));
            rest = after;
        }
    }

    fn width(&self) -> Option<f64> {
        let value = |key: &str| self.attributes.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
        let drawn = value("width").and_then(|width| width.trim().trim_end_matches("px").parse::<f64>().ok());
        let boxed = || value("viewBox").and_then(|b| b.split([' ', ',']).nth(2)).and_then(|width| width.parse().ok());
        drawn.or_else(boxed).filter(|width| width.is_finite() && *width > 0.0)
    }

    fn write(&self, out: &mut String) -> Result<(), String> {
        out.push('<');
        out.push_str(self.name);
        for (key, value) in &self.attributes {
            let lower = key.to_ascii_lowercase();
            if lower.starts_with("xmlns") {
                continue; // The page gives the name space itself.
            }
            if lower.starts_with("on") {
                return Err(format!("attribute {key}"));
            }
            let link = lower == "href" || lower.ends_with(":href") || lower == "src";
            if link && !value.starts_with('#') {
                return Err("a link out of the picture".into());
            }
            let words = lower.starts_with("aria-") || lower.starts_with("data-");
            if value.contains('<') || !words && reaches_out(value) {
                return Err(format!("attribute {key}"));
            }
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
        out.push_str(if self.closed { "/>" } else { ">" });
        Ok(())
    }
}

/// Whether a style or attribute names something to be fetched, or hides what it names.
fn reaches_out(value: &str) -> bool {
    let bare: String = value.chars().filter(|c| !c.is_whitespace() && *c != '"' && *c != '\'').collect();
    let bare = bare.to_ascii_lowercase();
    bare.contains('\\')
        || bare.contains("&#")
        || bare.contains("@import")
        || bare.contains("javascript:")
        || bare.contains("image-set(")
        || bare.split("url(").skip(1).any(|target| !target.starts_with('#') && !target.starts_with("&quot;#"))
}

#[cfg(test)]
mod tests {
    use super::look_through;

    #[test]
    fn a_plain_picture_enters() {
        let raw = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox='0 0 372 196'><title>a &amp; b</title><rect style=\"fill:url(#hs)\"/></svg>";
        let picture = look_through(raw).expect("a picture");
        assert_eq!(picture.width, Some(372.0));
        assert_eq!(
            picture.markup,
            "<svg viewBox=\"0 0 372 196\"><title>a &amp; b</title><rect style=\"fill:url(#hs)\"/></svg>"
        );
    }

    #[test]
    fn anything_else_stays_out() {
        for bad in [
            "",
            "text",
            "<p></p>",
            "<svg><script>alert(1)</script></svg>",
            "<svg onload=\"x\"></svg>",
            "<svg/><svg/>",
            "<svg><foreignObject></foreignObject></svg>",
            "<svg><g></svg>",
            "<svg>",
            "<svg><!-- --></svg>",
            "<svg/>x",
            "<svg><use href=\"https://example.org/a.svg#b\"/></svg>",
            "<svg><rect fill=\"url(http://a)\"/></svg>",
            "<svg><style>@import 'a';</style></svg>",
            "<svg><style>a{b:ur\\6c(x)}</style></svg>",
            "<svg a=b></svg>",
            "<svg><a href=\"javascript:x\"></a></svg>",
            "<svg/onload=x></svg>",
            "<svg x=\"1\"onload=\"x\"></svg>",
            "<svg><title><b></title></svg>",
            "<svg a=\"<\"></svg>",
            "<svg",
            "<svg a",
            "<svg a=",
            "<svg a=\"",
        ] {
            assert!(look_through(bad).is_err(), "{bad}");
        }
    }
}
