//! What a run leaves behind: run.json, summary.txt, tables, report.html.
mod line;
mod summary;
mod tables;

use crate::results::Results;
use crate::terminal::Problem;
use crate::{json, report};
use yalu_store::{OutDir, StoreError};

pub use summary::summary;

/// Writes everything; tells what was written.
pub fn all(r: &Results, out: &OutDir) -> Result<String, Problem> {
    let cannot = |e: StoreError| {
        let help = e.help();
        Problem::new("results cannot be written").because(e).help(help)
    };
    let tables = tables::write(r, out).map_err(cannot)?;
    out.write("summary.txt", summary(r, false, 100).as_bytes()).map_err(cannot)?;
    out.write("report.html", report::page(r).as_bytes()).map_err(cannot)?;
    out.write("run.json", format!("{:#}\n", json::run(r)).as_bytes()).map_err(cannot)?;
    let rows: u64 = tables.iter().map(|t| t.rows).sum();
    Ok(format!("Tables: {} files, {} rows in tables/", tables.len(), yalu_report::number::thousands(rows as f64, 0)))
}
