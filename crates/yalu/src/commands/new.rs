//! `yalu new`.

use crate::args::New;
use crate::ended::Ended;
use crate::terminal::{Problem, print};
use serde_json::json;
use yalu_files::OutFolder;
use yalu_scenario::{border_template, template};
use yalu_view::SCHEMA_VERSION;

/// Writes a small corridor into a folder that does not exist yet, or is empty.
pub fn new(a: &New) -> Result<Ended, Problem> {
    let dir = &a.dir;
    let out = OutFolder::begin(dir, false, "yalu new")?;
    let name = dir.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let files = a.border.map_or_else(|| template(&name), |kind| border_template(kind, &name));
    for (path, text) in &files {
        out.write(path, text.as_bytes())?;
    }
    out.finish_for_user()?;
    if a.json {
        let names: Vec<_> = files.iter().map(|f| &f.0).collect();
        print(&format!("{:#}\n", json!({ "schema_version": SCHEMA_VERSION, "dir": dir, "files": names })));
    } else {
        print(&format!(
            "{} holds a small corridor of {} files. Next:\n  yalu check {0}\n  yalu run {0}\n",
            dir.display(),
            files.len()
        ));
    }
    Ok(Ended::Fine)
}
