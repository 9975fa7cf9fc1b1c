//! Problems with their place, and the sources they lie in.

use serde::Serialize;

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
    /// The line.
    pub line_text: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it, where something can be said.
    pub help: Option<String>,
}

/// A span of bytes in one of the sources.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct At {
    /// Index of the source.
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last; equal to `start` where the whole file is meant.
    pub end: usize,
}

/// A text problems can point into.
#[derive(Debug)]
pub(crate) struct Source {
    pub name: String,
    pub text: String,
    /// First byte of each line.
    lines: Vec<usize>,
}

/// A span as people count; all 0 where the whole file is meant.
#[derive(Default)]
pub(crate) struct Place<'a> {
    pub line: usize,
    pub column: usize,
    pub length: usize,
    pub line_text: &'a str,
}

impl Source {
    /// Line, column and length of a span.
    pub fn place(&self, at: At) -> Place<'_> {
        if at.start == 0 && at.end == 0 {
            return Place::default();
        }
        let text = &self.text;
        let start = floor(text, at.start);
        let line = self.lines.partition_point(|&l| l <= start).max(1);
        let begin = self.lines[line - 1];
        let stop = text[begin..].find('\n').map_or(text.len(), |i| begin + i);
        let line_text = text[begin..stop].trim_end_matches('\r');
        let end = floor(text, at.end).clamp(start, (begin + line_text.len()).max(start));
        let column = text[begin..start].chars().count() + 1;
        Place { line, column, length: text[start..end].chars().count().max(1), line_text }
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
        let p = self.place(at);
        let (line, column, length, line_text) = (p.line, p.column, p.length, p.line_text.to_owned());
        Diagnostic { code, severity, file: self.name.clone(), line, column, length, line_text, message, help }
    }
}

/// The sources read and the problems found so far.
#[derive(Default)]
pub(crate) struct Sink {
    pub sources: Vec<Source>,
    pub found: Vec<Diagnostic>,
}

impl Sink {
    /// Adds a source and returns its index.
    pub fn source(&mut self, name: &str, text: String) -> usize {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        self.sources.push(Source { name: name.to_owned(), text, lines });
        self.sources.len() - 1
    }
    /// Records an error.
    pub fn error(&mut self, code: &'static str, at: At, message: impl Into<String>, help: Option<String>) {
        self.add(code, Severity::Error, at, message.into(), help);
    }
    /// Records a warning.
    pub fn warn(&mut self, code: &'static str, at: At, message: impl Into<String>, help: Option<String>) {
        self.add(code, Severity::Warning, at, message.into(), help);
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
        self.found.push(Diagnostic {
            code,
            severity,
            file: file.to_owned(),
            line: 0,
            column: 0,
            length: 0,
            line_text: String::new(),
            message: message.into(),
            help,
        });
    }
    /// Whether an error was found.
    pub fn failed(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    fn add(&mut self, code: &'static str, severity: Severity, at: At, message: String, help: Option<String>) {
        match self.sources.get(at.file) {
            Some(source) => self.found.push(source.diagnostic(at, code, severity, message, help)),
            None => self.file(code, severity, "", message, help),
        }
    }
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
