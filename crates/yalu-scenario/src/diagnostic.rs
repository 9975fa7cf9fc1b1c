//! Problems with their place, and the sources they lie in.

use serde::Serialize;
use std::collections::BTreeMap;

/// How bad a problem is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No corridor comes of it.
    Error,
    /// Worth a look; the corridor is there.
    Warning,
}

/// A problem of a scenario and where it lies.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Diagnostic {
    /// Stable code (`Y0201`), explained in `docs/diagnostics.md`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// File in the folder, or `--set`.
    pub file: String,
    /// Line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 where the file as a whole is meant.
    pub column: usize,
    /// Characters it spans on its line.
    pub length: usize,
    /// The piece of the line around it, without control characters.
    pub piece: String,
    /// Column in that piece.
    pub piece_column: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it, where something can be said.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem of a file as a whole.
    pub fn whole(
        file: &str,
        code: &'static str,
        severity: Severity,
        message: impl Into<String>,
        help: Option<String>,
    ) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            file: file.to_owned(),
            line: 0,
            column: 0,
            length: 0,
            piece: String::new(),
            piece_column: 0,
            message: message.into(),
            help,
        }
    }
}

/// A span of bytes in one of the sources.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At {
    /// Index of the source.
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last; equal to `start` where the whole file is meant.
    pub end: usize,
}

impl At {
    /// From a byte to another of a source.
    pub fn new(file: usize, start: usize, end: usize) -> At {
        At { file, start, end }
    }
}

/// A text problems can point into.
#[derive(Debug)]
pub struct Source {
    /// Its name, as problems tell it.
    pub name: String,
    /// The text.
    pub text: String,
    /// First byte of each line.
    lines: Vec<usize>,
}

/// A span as people count; all 0 where the whole file is meant.
#[derive(Default)]
pub(crate) struct Place {
    pub line: usize,
    pub column: usize,
    pub length: usize,
}

impl Source {
    /// The line a byte is on, from 1.
    pub fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|&l| l <= byte).max(1)
    }
    /// The bytes of a line, without its end.
    fn span(&self, line: usize) -> (usize, usize) {
        let begin = self.lines[line - 1];
        let stop = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        (begin, begin + self.text[begin..stop].trim_end_matches('\r').len())
    }
    /// Every line with its place.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..=self.lines.len()).map(|line| {
            let (begin, end) = self.span(line);
            (begin, &self.text[begin..end])
        })
    }
    /// Line, column and length of a span.
    pub(crate) fn place(&self, at: At) -> Place {
        if at.start == 0 && at.end == 0 {
            return Place::default();
        }
        let start = floor(&self.text, at.start);
        let line = self.line(start);
        let (begin, stop) = self.span(line);
        let end = floor(&self.text, at.end).clamp(start, stop.max(start));
        let chars = |a: usize, z: usize| self.text[a..z].chars().count();
        Place { line, column: chars(begin, start) + 1, length: chars(start, end).max(1) }
    }
    /// A problem at a span.
    pub fn diagnostic(
        &self,
        at: At,
        code: &'static str,
        severity: Severity,
        message: String,
        help: Option<String>,
    ) -> Diagnostic {
        let Place { line, column, length } = self.place(at);
        let mut d = Diagnostic { line, column, length, ..Diagnostic::whole(&self.name, code, severity, message, help) };
        if line > 0 {
            let (begin, stop) = self.span(line);
            (d.piece, d.piece_column) = window(&self.text[begin..stop], column);
        }
        d
    }
}

/// Widest piece of a line that is kept.
const WIDTH: usize = 120;

/// The part of a long line around a column, without control characters, and the column in it.
fn window(line: &str, column: usize) -> (String, usize) {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let total = line.chars().count();
    if total <= WIDTH {
        return (line.chars().map(clean).collect(), column.max(1));
    }
    let from = column.saturating_sub(WIDTH / 3).min(total - WIDTH);
    let mut piece: String = line.chars().skip(from).take(WIDTH).map(clean).collect();
    let mut column = column.max(1) - from;
    if from > 0 {
        piece.insert_str(0, "... ");
        column += 4;
    }
    if from + WIDTH < total {
        piece.push_str(" ...");
    }
    (piece, column.max(1))
}

/// Problems of a code that are told in full; the others are counted.
const MOST_OF_A_CODE: usize = 200;

/// The sources read and the problems found so far.
#[derive(Default)]
pub struct Sink {
    pub(crate) sources: Vec<Source>,
    found: Vec<Diagnostic>,
    /// By code: how many were found, and where the first lies that is not told.
    counts: BTreeMap<&'static str, (usize, Option<Diagnostic>)>,
    failed: bool,
}

impl Sink {
    /// Adds a source and returns its index.
    pub fn source(&mut self, name: &str, text: String) -> usize {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        self.sources.push(Source { name: name.to_owned(), text, lines });
        self.sources.len() - 1
    }
    /// A source by its index.
    pub fn text_of(&self, file: usize) -> &Source {
        &self.sources[file]
    }
    /// Records an error.
    pub fn error(&mut self, code: &'static str, at: At, message: impl Into<String>, help: Option<String>) {
        self.tell(code, Severity::Error, at, message.into(), help);
    }
    /// Records a warning.
    pub fn warn(&mut self, code: &'static str, at: At, message: impl Into<String>, help: Option<String>) {
        self.tell(code, Severity::Warning, at, message.into(), help);
    }
    /// Records a problem of a file as a whole.
    pub fn file(
        &mut self,
        code: &'static str,
        severity: Severity,
        file: &str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.failed |= severity == Severity::Error;
        self.found.push(Diagnostic::whole(file, code, severity, message, help));
    }
    /// Whether an error was found.
    pub fn failed(&self) -> bool {
        self.failed
    }
    /// All problems, by file, line and column, and how many more there are of a code.
    pub fn finish(self) -> (Vec<Source>, Vec<Diagnostic>) {
        let mut found = self.found;
        for (code, (n, first)) in self.counts {
            if let Some(first) = first {
                let more = n - MOST_OF_A_CODE;
                let s = if more == 1 { "" } else { "s" };
                let message = format!("{more} more problem{s} of the kind {code} from here on are not shown");
                found.push(Diagnostic { message, help: None, ..first });
            }
        }
        in_order(&mut found);
        (self.sources, found)
    }

    /// Records a problem.
    pub fn tell(&mut self, code: &'static str, severity: Severity, at: At, message: String, help: Option<String>) {
        self.failed |= severity == Severity::Error;
        let (n, first_untold) = self.counts.entry(code).or_default();
        *n += 1;
        if *n > MOST_OF_A_CODE && first_untold.is_some() {
            return;
        }
        let told = match self.sources.get(at.file) {
            Some(source) => source.diagnostic(at, code, severity, message, help),
            None => Diagnostic::whole("", code, severity, message, help),
        };
        if *n > MOST_OF_A_CODE {
            *first_untold = Some(told);
        } else {
            self.found.push(told);
        }
    }
}

/// Puts problems in order of file, line and column, each once.
pub fn in_order(found: &mut Vec<Diagnostic>) {
    found.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.line, d.column, d.code);
        a.file.cmp(&b.file).then_with(|| key(a).cmp(&key(b))).then_with(|| a.message.cmp(&b.message))
    });
    found.dedup();
}

/// The nearest place not after `i` where a character begins.
fn floor(text: &str, i: usize) -> usize {
    text.floor_char_boundary(i.min(text.len()))
}

/// The candidate that was probably meant, if one is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(64).flat_map(char::to_lowercase).collect();
    let limit = (word.len() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|c| (distance(&word, &c.chars().take(64).flat_map(char::to_lowercase).collect::<Vec<_>>()), c))
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, _)| *d)
        .map(|(_, c)| c)
}

/// "did you mean", if something near is known.
pub(crate) fn meant<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(did_you_mean)
}

pub(crate) fn did_you_mean(word: &str) -> String {
    format!("did you mean `{word}`?")
}

/// Edit distance with transpositions of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let mut d = (last[j] + usize::from(a[i] != b[j])).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                d = d.min(before[j - 1] + 1);
            }
            row.push(d);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("max_wagon", ["max_wagons", "wagon"]), Some("max_wagons"));
        assert_eq!(nearest("brigde", ["bridge", "ferry"]), Some("bridge"));
        assert_eq!(nearest("zzz", ["bridge"]), None);
        assert_eq!(nearest("", ["bridge"]), None);
    }
}
