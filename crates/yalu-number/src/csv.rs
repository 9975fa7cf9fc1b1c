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

/// Words that a spreadsheet would take for a formula begin with an apostrophe.
fn no_formula(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
