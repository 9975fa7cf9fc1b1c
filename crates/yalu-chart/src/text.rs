//! Words and numbers: escaping, formats of the house, measured widths and wrapping.

use std::borrow::Cow;
use yalu_number::no_formula;

/// Text with the five signs of markup made harmless and control signs dropped.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// A value in the house format: comma for thousands, true minus, about three figures.
pub fn number(value: f64) -> String {
    let size = value.abs();
    let decimals = if !value.is_finite() {
        return "not known".into();
    } else if size >= 1000.0 || size == 0.0 {
        0
    } else if size >= 1.0 {
        1
    } else if size >= 0.1 {
        2
    } else if size >= 0.000_5 {
        3
    } else {
        6
    };
    let text = fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

/// A value with a set count of decimals, comma for thousands and true minus.
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "not known".into();
    }
    let plain = format!("{:.*}", decimals.min(9), value.abs().min(1e15));
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(w, r)| (w, Some(r)));
    let mut out = String::new();
    if value < 0.0 && plain.chars().any(|c| c.is_ascii_digit() && c != '0') {
        out.push('\u{2212}');
    }
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A value with its unit after a thin space.
pub fn with_unit(value: f64, unit: &str) -> String {
    if unit.is_empty() || !value.is_finite() { number(value) } else { format!("{}\u{2009}{unit}", number(value)) }
}

/// A band in the house form, `41 days (33 – 55)`.
pub fn band(median: f64, low: f64, high: f64, unit: &str) -> String {
    if !low.is_finite() || !high.is_finite() {
        return with_unit(median, unit);
    }
    format!("{} ({} – {})", with_unit(rounded(median), unit), number(rounded(low)), number(rounded(high)))
}

/// A value to three figures, as a simulated one is told.
pub(crate) fn rounded(value: f64) -> f64 {
    let size = value.abs();
    if !value.is_finite() || !(1e-9..1e15).contains(&size) {
        return value;
    }
    let power = 10_f64.powi(2 - size.log10().floor() as i32);
    (value * power).round() / power
}

/// The measured width of a line in pixels, from mean widths of the face.
pub(crate) fn width_of(text: &str, size: f64, bold: bool) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|c| match c {
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0.0,
            'i' | 'l' | 'j' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | 'I' => 0.28,
            ' ' | '\u{a0}' | 'f' | 't' | 'r' | '(' | ')' | '/' | '-' | '·' => 0.36,
            '\u{2009}' => 0.18,
            'm' | 'w' | 'M' | 'W' | '%' | '—' | '█' => 0.88,
            '0'..='9' => 0.62,
            'A'..='Z' | '+' | '−' | '±' | '–' => 0.67,
            '\u{1100}'..='\u{11ff}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7af}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}' => 1.0,
            _ => 0.57,
        })
        .sum();
    ems * size * if bold { 1.05 } else { 1.0 }
}

/// Lines no wider than a length, broken at spaces.
pub(crate) fn wrap(text: &str, size: f64, bold: bool, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
        if !line.is_empty() && width_of(&longer, size, bold) > width {
            lines.push(std::mem::replace(&mut line, word.to_string()));
        } else {
            line = longer;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text cut with an ellipsis to a width; nothing where not even a few letters fit.
pub(crate) fn fitted(text: &str, size: f64, bold: bool, width: f64) -> Cow<'_, str> {
    if width_of(text, size, bold) <= width {
        return Cow::Borrowed(text);
    }
    let mut cut = String::new();
    for c in text.chars() {
        let mut longer = cut.clone();
        longer.push(c);
        longer.push('…');
        if width_of(&longer, size, bold) > width {
            break;
        }
        cut.push(c);
    }
    let cut = cut.trim_end();
    if cut.chars().count() < 3 { Cow::Borrowed("") } else { Cow::Owned(format!("{cut}…")) }
}

/// The data behind a picture: the names of the columns, and rows of as many cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Data {
    /// Names of the columns.
    pub head: Vec<String>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
}

impl Data {
    pub(crate) fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|h| (*h).to_string()).collect(), rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The data as comma-separated values.
    pub fn csv(&self) -> String {
        let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let written = std::iter::once(&self.head)
            .chain(&self.rows)
            .try_for_each(|row| out.write_record(row.iter().map(|cell| no_formula(cell))));
        let bytes = written.ok().and_then(|()| out.into_inner().ok()).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// A value as data: plain decimals of four significant figures, ten times finer than a drawing; empty where not known.
pub(crate) fn datum(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let decimals = if value == 0.0 { 0 } else { (3.0 - value.abs().log10().floor()).clamp(0.0, 12.0) as usize };
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    // A negative zero is written as zero.
    if text == "-0" { "0".into() } else { text.into() }
}
