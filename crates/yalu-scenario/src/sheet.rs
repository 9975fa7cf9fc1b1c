//! The one front end of CSV files: bytes into rows of cells with their places, or what the bytes are instead.

use crate::diagnostic::{At, Severity, Sink};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What takes the place of bytes that are not UTF-8.
const REPLACED: char = '\u{fffd}';

/// A CSV text as a header and rows.
#[derive(Debug)]
pub struct Sheet {
    /// The names of the columns.
    pub header: SheetRow,
    /// The rows that hold something, in order.
    pub rows: Vec<SheetRow>,
}

/// A row of cells.
#[derive(Debug)]
pub struct SheetRow {
    /// Where it stands.
    pub at: At,
    /// Its cells, without blanks around them.
    pub cells: Vec<Cell>,
    /// Whether it is UTF-8 and has as many cells as the header; what is wrong has been told.
    pub sound: bool,
}

/// A cell and where it stands, quotes and all.
#[derive(Debug)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Its place.
    pub at: At,
}

/// Bytes as a source of the sink. None where they are no text in UTF-8, which is told once by what they are.
pub fn text(sink: &mut Sink, name: &str, bytes: &[u8]) -> Option<usize> {
    let (file, lossy) = lossy_text(sink, name, bytes)?;
    let first = sink.sources[file].text.find(REPLACED).filter(|_| lossy);
    if let Some(start) = first {
        not_utf8(sink, At::new(file, start, start + REPLACED.len_utf8()), bytes);
        return None;
    }
    Some(file)
}

impl Sheet {
    /// Reads a CSV file. None where it is none, which is told once by what it is; `holds` says what it should hold.
    pub fn read(sink: &mut Sink, name: &str, bytes: &[u8], holds: &str) -> Option<Sheet> {
        let (file, lossy) = lossy_text(sink, name, bytes)?;
        // The text is lent out while problems are told.
        let text = std::mem::take(&mut sink.sources[file].text);
        let rows = rows(&text, file);
        sink.sources[file].text = text;
        let mut rows = rows.into_iter();
        let Some(header) = rows.next() else {
            let help = format!("it holds: {holds}");
            sink.file("Y0105", Severity::Error, name, "the file is empty", Some(help));
            return None;
        };
        let mut rows: Vec<SheetRow> = rows.collect();
        if lossy {
            let bad = |r: &SheetRow| r.cells.iter().any(|c| c.text.contains(REPLACED));
            let found: Vec<At> = std::iter::once(&header)
                .chain(&rows)
                .filter_map(|r| {
                    let cell = r.cells.iter().find(|c| c.text.contains(REPLACED))?;
                    let whole = &sink.sources[file].text[cell.at.start..cell.at.end];
                    let start = cell.at.start + whole.find(REPLACED).unwrap_or(0);
                    Some(At::new(file, start, start + REPLACED.len_utf8()))
                })
                .collect();
            if let Some(first) = found.first() {
                not_utf8(sink, *first, bytes);
            }
            // One line may be a slip; more are a file in another encoding.
            if found.len() > 1 || bad(&header) {
                return None;
            }
            for r in &mut rows {
                r.sound = !bad(r);
            }
        }
        if parted_otherwise(sink, &header) {
            return None;
        }
        for row in rows.iter_mut().filter(|r| r.sound && r.cells.len() != header.cells.len()) {
            row.sound = false;
            crooked(sink, row, header.cells.len());
        }
        Some(Sheet { header, rows })
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.cells.iter().position(|c| c.text == name)
    }

    /// The columns whose name stood there before.
    pub fn twice(&self) -> impl Iterator<Item = &Cell> {
        let mut seen = BTreeSet::new();
        self.header.cells.iter().filter(move |c| !c.text.is_empty() && !seen.insert(c.text.as_str()))
    }
}

/// Bytes as a source, with the mark U+FFFD in place of those that are not UTF-8, and whether there are such. None where
/// they are surely no UTF-8 text, which is told.
pub fn lossy_text(sink: &mut Sink, name: &str, bytes: &[u8]) -> Option<(usize, bool)> {
    let utf16 = || Some("save it as UTF-8; a spreadsheet calls it `CSV UTF-8`".to_owned());
    let zeros = bytes.iter().take(4_096).filter(|b| **b == 0).count();
    let odd = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        Some(("the file is UTF-16, not UTF-8", utf16()))
    } else if bytes.starts_with(b"PK\x03\x04") {
        Some(("the file is a workbook, not text", Some("save its sheet as `CSV UTF-8`".to_owned())))
    } else if zeros * 3 > bytes.len().min(4_096) {
        Some(("the file is UTF-16 without its mark, not UTF-8", utf16()))
    } else if zeros > 0 {
        Some(("the file holds bytes of value 0: it is no text", None))
    } else {
        None
    };
    if let Some((message, help)) = odd {
        sink.file("Y0104", Severity::Error, name, message, help);
        return None;
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let lossy = matches!(text, Cow::Owned(_));
    Some((sink.source(name, text.into_owned()), lossy))
}

/// Tells a place that is not UTF-8, and the encoding in which the file reads.
pub fn not_utf8(sink: &mut Sink, at: At, bytes: &[u8]) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny).name();
    let help = format!("save the file as UTF-8, and look at the letters of this line; it may be {guess} now");
    let line = sink.sources[at.file].place(at).line;
    sink.error("Y0103", at, format!("line {line} is not UTF-8"), Some(help));
}

fn rows(text: &str, file: usize) -> Vec<SheetRow> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut out = Vec::new();
    // Reading text from memory, no row fails.
    while let Ok(true) = reader.read_record(&mut record) {
        if record.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        let begin = record.position().map_or(0, |p| p.byte() as usize);
        let spans = cell_spans(text, begin);
        let cells = record
            .iter()
            .zip(&spans)
            .map(|(c, &(start, end))| {
                let text = c.trim_start_matches('\u{feff}').trim().to_owned();
                Cell { text, at: At::new(file, start, end) }
            })
            .collect();
        let (first, last) = (spans.first().map_or(begin, |s| s.0), spans.last().map_or(begin, |s| s.1));
        out.push(SheetRow { at: At::new(file, first, last), cells, sound: true });
    }
    out
}

/// Whether something else than commas parts the cells; the header tells.
fn parted_otherwise(sink: &mut Sink, header: &SheetRow) -> bool {
    let commas = header.cells.len() - 1;
    let others = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let count = |c: char| header.cells.iter().map(|cell| cell.text.matches(c).count()).sum::<usize>();
    let Some((_, what)) = others.into_iter().find(|(c, _)| count(*c) > commas) else {
        return false;
    };
    let help = "part cells by commas, and write decimals with a point: a spreadsheet does so when it saves `CSV UTF-8` \
                under an English locale";
    sink.error("Y0108", header.at, format!("cells are parted by {what}, not by commas"), Some(help.to_owned()));
    true
}

/// Tells a row with more or fewer cells than the header.
fn crooked(sink: &mut Sink, row: &SheetRow, columns: usize) {
    let n = row.cells.len();
    let digits = |c: &Cell| !c.text.is_empty() && c.text.bytes().all(|b| b.is_ascii_digit());
    let whole = |c: &Cell| digits(c) || c.text.strip_prefix('-').is_some_and(|s| s.bytes().all(|b| b.is_ascii_digit()));
    let decimal = row.cells.windows(2).find(|w| n > columns && whole(&w[0]) && digits(&w[1]));
    if let Some([a, b]) = decimal {
        let at = At { end: b.at.end, ..a.at };
        let message =
            format!("the row has {n} cells, the header {columns} columns: `{},{}` may be one number", a.text, b.text);
        let help = "a number has a point for its decimals, as in 170.5";
        sink.error("Y0107", at, message, Some(help.to_owned()));
        return;
    }
    let (at, help) = match row.cells.get(columns) {
        Some(cell) => (cell.at, "a text with a comma in it stands in double quotes"),
        None => (row.at, "write an empty cell (two commas) where there is no value"),
    };
    sink.error("Y0107", at, format!("the row has {n} cells, the header {columns} columns"), Some(help.to_owned()));
}

/// The places of the cells of the record that begins at a byte, within their quotes.
fn cell_spans(text: &str, begin: usize) -> Vec<(usize, usize)> {
    let b = text.as_bytes();
    let mut i = begin;
    while matches!(b.get(i), Some(b'\n' | b'\r')) {
        i += 1;
    }
    let mut spans = Vec::new();
    loop {
        let start = i;
        if b.get(i) == Some(&b'"') {
            i += 1;
            while i < b.len() {
                if b[i] == b'"' {
                    if b.get(i + 1) == Some(&b'"') {
                        i += 1;
                    } else {
                        break;
                    }
                }
                i += 1;
            }
            i = (i + 1).min(b.len());
        }
        while i < b.len() && !matches!(b[i], b',' | b'\n' | b'\r') {
            i += 1;
        }
        spans.push((start, i));
        if b.get(i) != Some(&b',') {
            return spans;
        }
        i += 1;
    }
}
