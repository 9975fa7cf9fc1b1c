//! The one reader of reports: CSV or JSON Lines into reports, with all that is wrong and where.
mod check;
mod columns;
mod fields;
mod read;

pub use check::{Context, faults_of};
pub use columns::{FIELDS, Field, PLAIN_FIELDS, day_of, day_text, differing, field_text, told_differing};
pub use fields::{Draft, Fault, report_of};
pub(crate) use read::read_into;
pub use read::{Entry, Format, Record, again, read};

/// Names that the record of a folder may have.
pub const NAMES: [(&str, Format); 2] = [("reports.csv", Format::Csv), ("reports.jsonl", Format::JsonLines)];
