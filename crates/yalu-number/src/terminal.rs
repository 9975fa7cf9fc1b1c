//! Summaries and tables as text in the columns of a terminal; bold and dim only where colour is wanted.

use crate::safe::clean;
use crate::summary::Summary;
use crate::table::{Align, Table, flat};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width};
use textwrap::{Options, WordSeparator, WrapAlgorithm, core::display_width};

/// Narrowest line a summary is set in.
const LEAST_WIDTH: usize = 32;
/// Narrowest column of words before a table may run over the line.
const LEAST_COLUMN: usize = 10;
/// Spaces between columns.
const GAP: usize = 2;
/// Drawn between the head of a table and its rows while it is set, then taken out.
const RULE: char = '\u{1}';

impl Summary {
    /// The summary as aligned text of at most `width` columns.
    pub fn text(&self, colour: bool, width: usize) -> String {
        let pen = Pen { colour, width: width.max(LEAST_WIDTH) };
        let mut parts = vec![pen.lines(&self.heading, Pen::bold), pen.facts(&self.facts)];
        parts.extend(self.tables.iter().map(|t| pen.table(t)));
        parts.push(self.notes.iter().flat_map(|n| pen.lines(n, Pen::plain)).collect());
        parts.retain(|p| !p.is_empty());
        let parts: Vec<String> = parts.iter().map(|lines| lines.join("\n") + "\n").collect();
        parts.join("\n")
    }
}

impl Table {
    /// The table alone as aligned text.
    pub fn text(&self, colour: bool, width: usize) -> String {
        Summary { tables: vec![self.clone()], ..Summary::default() }.text(colour, width)
    }
}

struct Pen {
    colour: bool,
    width: usize,
}

impl Pen {
    fn bold(&self, text: &str) -> String {
        self.ink(text, '1')
    }

    fn dim(&self, text: &str) -> String {
        self.ink(text, '2')
    }

    fn plain(&self, text: &str) -> String {
        self.ink(text, '0')
    }

    fn ink(&self, text: &str, code: char) -> String {
        let bare = text.trim_end();
        if self.colour && code != '0' && !bare.is_empty() {
            format!("\u{1b}[{code}m{bare}\u{1b}[0m{}", &text[bare.len()..])
        } else {
            text.to_owned()
        }
    }

    fn lines(&self, text: &str, ink: impl Fn(&Pen, &str) -> String) -> Vec<String> {
        wrap(text, self.width).iter().map(|line| ink(self, line).trim_end().to_owned()).collect()
    }

    fn facts(&self, facts: &[(String, String)]) -> Vec<String> {
        let longest = facts.iter().map(|(name, _)| display_width(&clean(name))).max().unwrap_or(0);
        let names = longest.min(self.width / 2);
        let mut lines = Vec::new();
        for (name, value) in facts {
            let (left, right) = (wrap(name, names), wrap(value, self.width - names - GAP));
            for i in 0..left.len().max(right.len()) {
                let name = left.get(i).map_or("", String::as_str);
                let space = " ".repeat(names + GAP - display_width(name));
                let value = right.get(i).map_or("", String::as_str);
                lines.push(format!("{}{space}{value}", self.dim(name)).trim_end().to_owned());
            }
        }
        lines
    }

    fn table(&self, table: &Table) -> Vec<String> {
        let mut lines = self.lines(&table.title, Pen::bold);
        let mut head = true;
        for line in self.set(table).lines() {
            if line.starts_with(RULE) {
                head = false;
            } else {
                lines.push(if head { self.dim(line.trim_end()) } else { line.trim_end().to_owned() });
            }
        }
        lines.extend(self.lines(&table.note, Pen::dim));
        lines
    }

    /// Head and rows: figures stay whole, words are narrowed where the line is too short.
    fn set(&self, table: &Table) -> String {
        let mut out = comfy_table::Table::new();
        out.load_style(TableStyle::new().header_separator(LineStyle::none().fill(RULE)));
        out.set_content_arrangement(ContentArrangement::Dynamic).set_width((self.width + GAP) as u16);
        let written = |row: &[crate::Cell]| -> Vec<String> {
            row.iter().zip(&table.columns).map(|(cell, c)| clean(&flat(&c.write(cell)))).collect()
        };
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| written(row)).collect();
        let heads: Vec<String> = table.columns.iter().map(|c| clean(&c.head())).collect();
        out.set_header(&heads).add_rows(&rows);
        for (i, column) in table.columns.iter().enumerate() {
            let Some(set) = out.column_mut(i) else { continue };
            set.set_padding((0, GAP as u16));
            let words = rows.iter().filter_map(|r| r.get(i)).chain([&heads[i]]).flat_map(|c| c.split(' '));
            let longest = words.map(display_width).max().unwrap_or(0);
            match column.align {
                Align::Right => {
                    set.set_constraint(ColumnConstraint::ContentWidth).set_cell_alignment(CellAlignment::Right);
                }
                Align::Left => {
                    let least = longest.min(LEAST_COLUMN) + GAP;
                    set.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least as u16)));
                }
            }
        }
        if heads.is_empty() { String::new() } else { out.to_string() }
    }
}

/// Text in lines of at most `width` cells, broken at spaces, within a word only when it is longer than the line.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let options =
        Options::new(width.max(2)).word_separator(WordSeparator::AsciiSpace).wrap_algorithm(WrapAlgorithm::FirstFit);
    let text = clean(text);
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if text.is_empty() { Vec::new() } else { textwrap::wrap(&text, options).into_iter().map(Into::into).collect() }
}
