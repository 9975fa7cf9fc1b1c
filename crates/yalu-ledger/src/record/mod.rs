//! The record: reports in files that people review and diff, one a line, append-only and hashed.
//!
//! Text in, text out; the command line reads and writes the files. A report has two times: that of the event, with its
//! precision, and that of becoming known. Nothing is overwritten: a correction is a report of its own that names the one
//! it corrects. The log beside the file (see [`seal`](Log)) names each report once with a hash of its content and a chained hash,
//! so that an edit of the past is seen and named.
mod claim_review;
mod find;
mod ids;
mod seal;
mod similar;
mod stix;
mod stix_read;
mod write;

pub use claim_review::claim_reviews;
pub use find::{Query, find};
pub use seal::{Broken, Log, SealChange, content_hash, content_hashes};
pub use similar::{Likeness, Similar, similar};
pub use stix::{Place, stix_bundle};
pub use stix_read::{StixError, StixReport, read_stix};
pub use write::{append, to_csv, to_jsonl};
pub use yalu_model::Report;
pub use yalu_scenario::reports::{
    Context, Draft, Entry, FIELDS, Fault, Field, Format, NAMES, Record, again, day_of, day_text, differing, faults_of,
    field_text, read, report_of, told_differing,
};
