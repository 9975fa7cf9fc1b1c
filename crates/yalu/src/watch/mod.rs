//! Tables of counts from disk.

use crate::terminal::{Problem, colour_err, say, say_part};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use yalu_scenario::{Diagnostic, Severity, read_file, render};
use yalu_view::watch::NamedCause;
use yalu_watch::read::{Mapping, Preset, Release, Table, TableText, head, read, table_text};
use yalu_watch::{Period, Step};

/// Files that a folder stands for, in order of their names.
fn expanded(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Problem> {
    let mut out = Vec::new();
    for path in paths {
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).map_err(|e| cannot(path, e))?;
        let mut inside: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.is_file()).collect();
        inside.retain(|p| {
            p.extension().is_some_and(|e| ["csv", "gz", "tsv", "txt"].iter().any(|x| e.eq_ignore_ascii_case(x)))
        });
        inside.sort();
        out.extend(inside);
    }
    if out.is_empty() {
        Err(Problem::new("the folder holds no table").help("tables end in .csv or .csv.gz"))
    } else {
        Ok(out)
    }
}

fn cannot(path: &Path, e: impl Error + Send + Sync + 'static) -> Problem {
    Problem::new(format!("{} cannot be read", path.display())).because(e)
}

/// The text of a table.
pub fn text_of(path: &Path) -> Result<TableText, Problem> {
    let bytes = read_file(path).map_err(|e| cannot(path, e))?;
    table_text(&bytes).map_err(|e| {
        Problem::new(format!("{} is no table", path.display()))
            .because(e)
            .help("save the table as CSV, with or without gzip")
    })
}

fn told(found: &[Diagnostic]) {
    if !found.is_empty() {
        say_part(render(found, colour_err()));
    }
}

/// Reads tables by a mapping, a preset, or what their headers say; the earlier release first.
pub fn releases(paths: &[PathBuf], preset: Option<Preset>, map: Option<&Path>) -> Result<Vec<Release>, Problem> {
    let mapping = map
        .map(|path| {
            let bytes = read_file(path).map_err(|e| cannot(path, e))?;
            Mapping::read(&path.display().to_string(), &String::from_utf8_lossy(&bytes)).map_err(|d| {
                told(&[*d]);
                Problem::new(format!("{} is no mapping file", path.display()))
            })
        })
        .transpose()?;
    let mut out = Vec::new();
    let mut failed = 0;
    for path in expanded(paths)? {
        let text = text_of(&path)?;
        let (header, _) = head(&text, 0);
        let own = mapping.clone().filter(|m| m.missing(&header).is_empty() || Preset::of_header(&header).is_none());
        let Some(mapping) = own.or_else(|| preset.or_else(|| Preset::of_header(&header)).map(Preset::mapping)) else {
            let file = path.display();
            return Err(Problem::new(format!("the columns of {file} are not known"))
                .help(format!("yalu watch --map-help {file} > map.toml drafts a mapping file; then --map map.toml")));
        };
        if !text.recognised.is_empty() {
            say(format_args!("{}: {}", path.display(), text.recognised.join(", ")));
        }
        let file = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let (release, found) = read(&Table { file: &file, text: &text, mapping: &mapping });
        told(&found);
        failed += found.iter().filter(|d| d.severity == Severity::Error).count();
        out.extend(release);
    }
    if failed > 0 {
        return Err(
            Problem::new("the tables cannot be used as they are").help("docs/diagnostics.md explains each code")
        );
    }
    out.sort_by(|a, b| a.last().cmp(&b.last()).then_with(|| a.file.cmp(&b.file)));
    Ok(out)
}

/// Causes that a file names.
pub fn causes(path: Option<&Path>, step: Step) -> Result<Vec<NamedCause>, Problem> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let text = text_of(path)?;
    let (header, rows) = head(&text, usize::MAX);
    if header != ["crossing", "from", "to", "cause"] {
        return Err(Problem::new(format!("{} is no file of causes", path.display()))
            .help("its columns are crossing, from, to, cause"));
    }
    let one = |(n, r): (usize, &Vec<String>)| {
        let period = |i: usize| r.get(i).and_then(|t| Period::parse(t, step));
        match (period(1), period(2), r.first(), r.get(3)) {
            (Some(from), Some(to), Some(name), Some(cause)) => Ok(NamedCause {
                crossing: Some(name.clone()).filter(|n| !n.is_empty()),
                from,
                to,
                cause: cause.clone(),
            }),
            _ => {
                Err(Problem::new(format!("{} line {}: not a crossing, two periods and a cause", path.display(), n + 2)))
            }
        }
    };
    rows.iter().enumerate().map(one).collect()
}
