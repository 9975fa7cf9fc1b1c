//! The terminal summary.

use crate::anchor::unsafe_to_show;
use crate::width::{char_width, display_width};
use yalu_number::Align;

/// What a run says in the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// What was run.
    pub heading: String,
    /// Named values.
    pub facts: Vec<(String, String)>,
    /// Tables, in order.
    pub tables: Vec<TextTable>,
    /// Remarks, one paragraph each.
    pub notes: Vec<String>,
}

/// A table for the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextTable {
    /// The finding or the name of the table.
    pub title: String,
    /// Heads of the columns with the side they stand on.
    pub columns: Vec<(String, Align)>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// Source and what is left out.
    pub note: String,
}

/// Narrowest line the summary is set in.
const LEAST_WIDTH: usize = 32;
/// Narrowest column of words before a table may run over the line.
const LEAST_COLUMN: usize = 10;
/// Spaces between columns.
const GAP: usize = 2;

/// The summary as aligned text; bold and dim only where colour is wanted.
pub fn summary(summary: &Summary, colour: bool, width: usize) -> String {
    let pen = Pen { colour, width: width.max(LEAST_WIDTH) };
    let mut lines: Vec<String> = Vec::new();
    for line in wrap(&summary.heading, pen.width) {
        lines.push(pen.bold(&line));
    }
    if !summary.facts.is_empty() {
        part(&mut lines);
        pen.facts(&mut lines, &summary.facts);
    }
    for table in &summary.tables {
        part(&mut lines);
        pen.table(&mut lines, table);
    }
    if !summary.notes.is_empty() {
        part(&mut lines);
        for note in &summary.notes {
            lines.extend(wrap(note, pen.width));
        }
    }
    let mut out = String::new();
    for line in lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn part(lines: &mut Vec<String>) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
}

struct Pen {
    colour: bool,
    width: usize,
}

impl Pen {
    fn bold(&self, text: &str) -> String {
        self.ink(text, "1")
    }

    fn dim(&self, text: &str) -> String {
        self.ink(text, "2")
    }

    fn ink(&self, text: &str, code: &str) -> String {
        if self.colour && !text.trim().is_empty() {
            let bare = text.trim_end();
            format!("\u{1b}[{code}m{bare}\u{1b}[0m{}", &text[bare.len()..])
        } else {
            text.to_owned()
        }
    }

    fn facts(&self, lines: &mut Vec<String>, facts: &[(String, String)]) {
        let longest = facts.iter().map(|(name, _)| display_width(&clean(name))).max().unwrap_or(0);
        let names = longest.min(self.width / 2);
        for (name, value) in facts {
            let left = wrap(name, names.max(1));
            let right = wrap(value, self.width - names - GAP);
            for i in 0..left.len().max(right.len()) {
                let name = pad(left.get(i).map_or("", String::as_str), names, Align::Left);
                let value = right.get(i).map_or("", String::as_str);
                lines.push(format!("{}{}{value}", self.dim(&name), " ".repeat(GAP)));
            }
        }
    }

    fn table(&self, lines: &mut Vec<String>, table: &TextTable) {
        for line in wrap(&table.title, self.width) {
            lines.push(self.bold(&line));
        }
        let widths = self.widths(table);
        if !widths.is_empty() {
            let heads: Vec<&str> = table.columns.iter().map(|(name, _)| name.as_str()).collect();
            for line in set(&heads, &widths, &table.columns) {
                lines.push(self.dim(&line));
            }
            for row in &table.rows {
                let cells: Vec<&str> = row.iter().map(String::as_str).collect();
                lines.extend(set(&cells, &widths, &table.columns));
            }
        }
        for line in wrap(&table.note, self.width) {
            lines.push(self.dim(&line));
        }
    }

    /// Width of each column: that of its widest cell, words narrowed where the line is too short.
    fn widths(&self, table: &TextTable) -> Vec<usize> {
        let mut widths: Vec<usize> = table.columns.iter().map(|(name, _)| display_width(&clean(name))).collect();
        for row in &table.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(display_width(&clean(cell)));
            }
        }
        let gaps = GAP * widths.len().saturating_sub(1);
        // Words are broken only where whole ones do not fit.
        let longest = |i: usize| {
            let cells = table.rows.iter().filter_map(|row| row.get(i)).chain([&table.columns[i].0]);
            cells.flat_map(|c| c.split_whitespace()).map(|w| display_width(&clean(w))).max().unwrap_or(0)
        };
        let whole: Vec<usize> = (0..widths.len()).map(|i| longest(i).max(LEAST_COLUMN)).collect();
        for least in [whole, vec![LEAST_COLUMN; widths.len()]] {
            while widths.iter().sum::<usize>() + gaps > self.width {
                let words = |i: &usize| table.columns[*i].1 == Align::Left && widths[*i] > least[*i];
                let Some(widest) = (0..widths.len()).filter(words).max_by_key(|i| (widths[*i], *i)) else {
                    break;
                };
                widths[widest] -= 1;
            }
        }
        widths
    }
}

/// Lines of one row: cells wrapped to their columns.
fn set(cells: &[&str], widths: &[usize], columns: &[(String, Align)]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> =
        widths.iter().enumerate().map(|(i, width)| wrap(cells.get(i).unwrap_or(&""), *width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (0..height)
        .map(|line| {
            let cells: Vec<String> = wrapped
                .iter()
                .zip(widths)
                .zip(columns)
                .map(|((cell, width), (_, align))| pad(cell.get(line).map_or("", String::as_str), *width, *align))
                .collect();
            cells.join(&" ".repeat(GAP))
        })
        .collect()
}

fn pad(text: &str, width: usize, align: Align) -> String {
    let space = " ".repeat(width.saturating_sub(display_width(text)));
    match align {
        Align::Left => format!("{text}{space}"),
        Align::Right => format!("{space}{text}"),
    }
}

/// Text without signs that steer the terminal.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() && unsafe_to_show(c) { ' ' } else { c })
        .filter(|c| !unsafe_to_show(*c))
        .collect()
}

/// Text in lines of at most `width` cells, broken at spaces, within a word only when it is longer than the line.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let text = clean(text);
    let width = width.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && display_width(&line) + 1 + display_width(word) > width {
            lines.push(std::mem::take(&mut line));
        } else if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if display_width(&line) + char_width(c) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Summary, TextTable, summary};
    use crate::width::display_width;
    use yalu_number::Align;

    fn sample() -> Summary {
        Summary {
            heading: "Dandong–Sinuiju, 2018 – 2025: 200 runs".into(),
            facts: vec![
                ("Known".into(), "now".into()),
                ("Assumed inputs".into(), "41\u{202f}% of those read".into()),
                ("丹东".into(), "Dandong".into()),
            ],
            tables: vec![TextTable {
                title: "Exports by route, MUSD".into(),
                columns: vec![
                    ("Route".into(), Align::Left),
                    ("Median".into(), Align::Right),
                    ("5 – 95 %".into(), Align::Right),
                ],
                rows: vec![
                    vec!["Rail 신의주".into(), "1,204".into(), "1,100 – 1,310".into()],
                    vec!["Sea to Nampo".into(), "98".into(), "70 – 130".into()],
                ],
                note: "Model, not record.".into(),
            }],
            notes: vec!["Backlog: not yet answered, needs 200 runs of the closure and 200 without it.".into()],
        }
    }

    #[test]
    fn golden() {
        let want = "\
Dandong–Sinuiju, 2018 – 2025: 200 runs

Known           now
Assumed inputs  41\u{202f}% of those read
丹东            Dandong

Exports by route, MUSD
Route         Median       5 – 95 %
Rail 신의주    1,204  1,100 – 1,310
Sea to Nampo      98       70 – 130
Model, not record.

Backlog: not yet answered, needs 200 runs of
the closure and 200 without it.
";
        assert_eq!(summary(&sample(), false, 46), want);
    }

    #[test]
    fn colour_adds_nothing_but_ink() {
        let bare: String =
            summary(&sample(), true, 46).replace("\u{1b}[1m", "").replace("\u{1b}[2m", "").replace("\u{1b}[0m", "");
        assert_eq!(bare, summary(&sample(), false, 46));
        assert!(summary(&sample(), true, 46).starts_with("\u{1b}[1mDandong"));
    }

    #[test]
    fn narrow_terminals_wrap_words_and_keep_numbers() {
        let mut narrow = sample();
        narrow.tables[0].rows.push(vec![
            "A route with quite a long name 丹东丹东丹东丹东".into(),
            "1".into(),
            "0 – 2".into(),
        ]);
        for width in [0, 32, 40, 60] {
            for line in summary(&narrow, false, width).lines() {
                assert!(display_width(line) <= width.max(32) + 3, "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_terminal_is_not_steered() {
        let bad = Summary { heading: "a\u{1b}[31mb\u{7}\nc".into(), ..Summary::default() };
        assert_eq!(summary(&bad, true, 80), "\u{1b}[1ma[31mb c\u{1b}[0m\n");
        assert_eq!(summary(&Summary::default(), false, 80), "");
    }
}
