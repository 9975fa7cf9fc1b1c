//! Where in a text of reports something stands.

use yalu_scenario::{Diagnostic, Severity};

/// A text of reports with its lines.
pub(super) struct Text<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// First byte of each line.
    lines: Vec<usize>,
}

impl<'a> Text<'a> {
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Text<'a> {
        let ends = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i + 1);
        Text { name, bytes, lines: std::iter::once(0).chain(ends).collect() }
    }
    /// The line a byte is on, from 1.
    pub fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|l| *l <= byte).max(1)
    }
    /// The bytes of each line that holds something, with the first byte's place.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &'a [u8])> {
        let bytes = self.bytes;
        let ends = self.lines.iter().skip(1).copied().chain([bytes.len()]);
        self.lines.iter().copied().zip(ends).map(move |(a, z)| (a, bytes[a..z].trim_ascii_end()))
    }
    /// A problem at a span of bytes; of the whole file where there is none.
    pub fn diagnostic(
        &self,
        span: Option<(usize, usize)>,
        code: &'static str,
        severity: Severity,
        message: String,
        help: Option<String>,
    ) -> Diagnostic {
        let mut d = Diagnostic {
            code,
            severity,
            file: self.name.to_owned(),
            line: 0,
            column: 0,
            length: 0,
            line_text: String::new(),
            message,
            help,
        };
        if let Some((start, end)) = span {
            let chars = |a: usize, z: usize| String::from_utf8_lossy(&self.bytes[a..z.max(a)]).chars().count();
            let start = start.min(self.bytes.len());
            d.line = self.line(start);
            let begin = self.lines[d.line - 1];
            let stop = self.lines.get(d.line).map_or(self.bytes.len(), |n| n - 1).max(start);
            let text = String::from_utf8_lossy(&self.bytes[begin..stop]);
            text.trim_end_matches('\r').clone_into(&mut d.line_text);
            d.column = chars(begin, start) + 1;
            d.length = chars(start, end.clamp(start, stop)).max(1);
        }
        d
    }
}

/// The place of a cell of the CSV row that begins at a byte, quotes and all; of the row where it has no such cell.
pub(super) fn cell(bytes: &[u8], begin: usize, index: Option<usize>) -> (usize, usize) {
    let mut i = begin;
    while matches!(bytes.get(i), Some(b'\n' | b'\r')) {
        i += 1;
    }
    let row = i;
    let mut column = 0;
    loop {
        let start = i;
        if bytes.get(i) == Some(&b'"') {
            i += 1;
            while let Some(b) = bytes.get(i) {
                if *b == b'"' {
                    if bytes.get(i + 1) != Some(&b'"') {
                        break;
                    }
                    i += 1;
                }
                i += 1;
            }
            i = (i + 1).min(bytes.len());
        }
        while !matches!(bytes.get(i), None | Some(b',' | b'\n' | b'\r')) {
            i += 1;
        }
        if index == Some(column) {
            return (start, i);
        }
        if bytes.get(i) != Some(&b',') {
            return (row, i);
        }
        i += 1;
        column += 1;
    }
}
