//! What a run leaves behind: run.json, summary.txt, tables, report.html.
mod line;
mod summary;
mod tables;

use crate::results::Results;
use crate::terminal::Problem;
use crate::{json, report};
use yalu_files::OutFolder;

pub use summary::summary;

/// Writes everything; tells what was written.
pub fn all(r: &Results, out: &OutFolder) -> Result<String, Problem> {
    let tables = tables::write(r, out)?;
    out.write("summary.txt", summary(r, false, 100).as_bytes())?;
    out.write("report.html", report::page(r).as_bytes())?;
    out.write("run.json", format!("{:#}\n", json::run(r)).as_bytes())?;
    let rows: u64 = tables.iter().map(|t| t.rows).sum();
    Ok(format!("Tables: {} files, {} rows in tables/", tables.len(), yalu_report::number::thousands(rows as f64, 0)))
}
