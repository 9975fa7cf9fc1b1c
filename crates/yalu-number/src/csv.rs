//! Tables as comma-separated values.

use crate::table::{Table, Values};
use csv::{QuoteStyle, WriterBuilder};

impl Table {
    /// The table as CSV: keys in the first line, numbers with a point and no commas, nothing where there is nothing.
    pub fn csv(&self) -> String {
        let data = self.data();
        let mut out = WriterBuilder::new().quote_style(QuoteStyle::Necessary).from_writer(Vec::new());
        let line = |i: usize| {
            data.iter().map(move |column| match &column.values {
                Values::Text(v) => v[i].as_deref().map_or_else(String::new, no_formula),
                Values::Counts(v) => v[i].map_or_else(String::new, |n| n.to_string()),
                Values::Numbers(v, None) => v[i].map_or_else(String::new, |x| x.to_string()),
                Values::Numbers(v, Some(n)) => v[i].map_or_else(String::new, |x| format!("{x:.*}", usize::from(*n))),
            })
        };
        // Writing to memory cannot fail, and all lines are as long as the first.
        let _ = out.write_record(data.iter().map(|column| &column.key));
        for i in 0..self.rows.len() {
            let _ = out.write_record(line(i));
        }
        out.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// What makes a cell a formula, where it stands first.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell of words that no spreadsheet takes for a formula: an apostrophe stands before what would be one, as OWASP's
/// page on CSV injection has it. Numbers are no formulas.
pub fn no_formula(text: &str) -> String {
    let number = text.parse::<f64>().is_ok_and(f64::is_finite);
    if text.starts_with(FORMULA) && !number { format!("'{text}") } else { text.to_owned() }
}

/// A field of words of a CSV row, quoted where it must be; no spreadsheet takes it for a formula.
pub fn csv_field(text: &str) -> String {
    let text = no_formula(text);
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The words of a cell that [`no_formula`] wrote.
pub fn words_of(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|words| words.starts_with(FORMULA)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::{no_formula, words_of};

    #[test]
    fn formulas_are_words_and_numbers_stay_numbers() {
        for (words, cell) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1 train", "'+1 train"),
            ("@SUM(1)", "'@SUM(1)"),
            ("-1.5", "-1.5"),
            ("two trains", "two trains"),
            ("'quoted'", "'quoted'"),
        ] {
            assert_eq!(no_formula(words), cell);
            assert_eq!(words_of(cell), words);
        }
    }
}
