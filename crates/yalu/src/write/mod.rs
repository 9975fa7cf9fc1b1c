//! What a run leaves behind: run.json, summary.txt, tables, report.html.
mod line;
mod summary;
mod tables;

use crate::terminal::Problem;
use yalu_files::OutFolder;
use yalu_view::run::{Results, Run};

pub use summary::summary;

/// Writes everything; tells what was written.
pub fn all(r: &Results, view: &Run, out: &OutFolder) -> Result<String, Problem> {
    let tables = tables::write(r, out)?;
    let told = format!("{}\n{}", view.told().text(false, 100), summary(r, false, 100));
    out.write("summary.txt", told.as_bytes())?;
    out.write("report.html", yalu_report::run::page(r, view).as_bytes())?;
    out.write("run.json", yalu_view::json(view).as_bytes())?;
    let rows: u64 = tables.iter().map(|t| t.rows).sum();
    Ok(format!("{} tables of {} rows in tables/", tables.len(), yalu_number::whole(rows as f64)))
}
