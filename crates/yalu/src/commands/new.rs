//! `yalu new`.

use super::{Ended, print};
use crate::args::New;
use crate::json::SCHEMA_VERSION;
use crate::terminal::Problem;
use serde_json::json;
use std::fs;
use yalu_scenario::{border_template, template};

/// Writes a small corridor into a folder that does not exist yet, or is empty.
pub fn new(a: &New) -> Result<Ended, Problem> {
    let dir = &a.dir;
    let cannot = |e| Problem::new(format!("{} cannot be written", dir.display())).because(e);
    let taken = if dir.is_dir() { fs::read_dir(dir).map_err(cannot)?.next().is_some() } else { dir.exists() };
    if taken {
        return Err(
            Problem::new(format!("{} exists already", dir.display())).help("choose another name; nothing was written")
        );
    }
    let name = dir.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let files = a.border.map_or_else(|| template(&name), |kind| border_template(kind, &name));
    for (path, text) in &files {
        let to = dir.join(path);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(cannot)?;
        }
        fs::write(&to, text).map_err(cannot)?;
    }
    if a.json {
        let names: Vec<_> = files.iter().map(|f| &f.0).collect();
        print(&format!("{:#}\n", json!({ "schema_version": SCHEMA_VERSION, "dir": dir, "files": names })))?;
    } else {
        print(&format!(
            "{} holds a small corridor of {} files. Next:\n  yalu check {0}\n  yalu run {0}\n",
            dir.display(),
            files.len()
        ))?;
    }
    Ok(Ended::Fine)
}
