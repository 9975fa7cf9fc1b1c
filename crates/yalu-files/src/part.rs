//! Parts: what is being written, under a hidden name of its own beside its place.
//!
//! A part is held by a lock as long as its process lives. One that nobody holds was left by a process that was killed;
//! the next that writes to the same place sweeps it away.

use crate::lock::stands;
use crate::op;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::Result;
use std::path::{Path, PathBuf};

const PART: &str = ".part";
const HOLD: &str = ".part.lock";

/// The hidden name of a part, or what such names begin with.
fn hidden(target: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".");
    name
}

/// The folder of a path.
pub(crate) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p,
        _ => Path::new("."),
    }
}

/// A name for a part of a target, with the lock that holds it.
#[derive(Debug)]
pub(crate) struct Part {
    /// Where to write. Nothing is there yet.
    pub path: PathBuf,
    hold: PathBuf,
    _held: File,
}

impl Part {
    /// Takes a free name beside a target, after those that nobody holds were swept away.
    pub fn of(target: &Path) -> Result<Part> {
        sweep(target);
        let prefix = hidden(target);
        loop {
            let held = tempfile::Builder::new().prefix(&prefix).suffix(HOLD).make_in(parent(target), op::create)?;
            let (file, hold) = held.keep().map_err(|e| e.error)?;
            // One that sweeps may have met it before it was locked: then it is gone, or going.
            match file.try_lock() {
                Ok(()) if stands(&file, &hold) => return Ok(Part { path: unlocked_name(&hold), hold, _held: file }),
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(e)) => return Err(e),
            }
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Best effort: what stays is swept by the next that writes here.
        let _ = match fs::symlink_metadata(&self.path) {
            Ok(m) if m.is_dir() => op::remove_folder(&self.path),
            Ok(_) => op::remove(&self.path),
            Err(_) => Ok(()),
        };
        let _ = op::remove(&self.hold);
    }
}

/// The name of the part that a lock holds.
fn unlocked_name(hold: &Path) -> PathBuf {
    let name = hold.file_name().unwrap_or_default().to_string_lossy().into_owned();
    hold.with_file_name(format!("{}{PART}", name.trim_end_matches(HOLD)))
}

/// Removes parts of a target whose process has gone.
fn sweep(target: &Path) {
    let Ok(entries) = fs::read_dir(parent(target)) else { return };
    let prefix = hidden(target).to_string_lossy().into_owned();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(&prefix) || !name.ends_with(HOLD) {
            continue;
        }
        let hold = entry.path();
        let Ok(file) = File::options().read(true).write(true).open(&hold) else { continue };
        if file.try_lock().is_ok() {
            drop(Part { path: unlocked_name(&hold), hold, _held: file });
        }
    }
}
