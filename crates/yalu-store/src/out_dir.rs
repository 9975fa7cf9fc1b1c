//! A folder of results that appears whole: written beside its place, then moved there in one step.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why results cannot be stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something is there already.
    #[error("{path} exists already")]
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// A folder that no command wrote.
    #[error("{path} was not written by Yalu: it holds no JSON of a run or study")]
    Foreign {
        /// Where.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{path}: {source}")]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A table could not be encoded.
    #[error("table {table}: {reason}")]
    Encode {
        /// Which.
        table: String,
        /// Why.
        reason: String,
    },
}

impl StoreError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            StoreError::Exists { .. } => "choose another folder, or replace that one with --force".into(),
            StoreError::Foreign { .. } => "choose another folder; --force replaces only what Yalu wrote".into(),
            StoreError::Io { .. } => "look at the rights and the space left there".into(),
            StoreError::Encode { .. } => "this is a fault of Yalu: please report it with the scenario".into(),
        }
    }
}

/// The files by which a folder of results is known.
const MARKS: [&str; 4] = ["run.json", "capacity.json", "compare.json", "contingency.json"];

/// Results being written.
#[derive(Debug)]
pub struct OutDir {
    target: PathBuf,
    temporary: PathBuf,
    replace: bool,
    done: bool,
}

fn io(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
    move |source| StoreError::Io { path: path.to_path_buf(), source }
}

impl OutDir {
    /// Begins to write results for a folder. One that exists is refused unless it is empty, or `force` is given and a
    /// run wrote it.
    pub fn begin(target: &Path, force: bool) -> Result<OutDir, StoreError> {
        let there = fs::symlink_metadata(target).is_ok();
        let mut replace = false;
        if there {
            let exists = || StoreError::Exists { path: target.to_path_buf() };
            if !target.is_dir() {
                return Err(exists());
            }
            let empty = fs::read_dir(target).map_err(io(target))?.next().is_none();
            if !empty && !force {
                return Err(exists());
            }
            if !empty && !MARKS.iter().any(|mark| target.join(mark).is_file()) {
                return Err(StoreError::Foreign { path: target.to_path_buf() });
            }
            replace = true;
        }
        let name = target.file_name().map_or_else(|| "out".into(), |n| n.to_string_lossy().into_owned());
        let parent = match target.parent() {
            Some(p) if !p.as_os_str().is_empty() => p.to_path_buf(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(io(&parent))?;
        sweep(&parent, &name);
        let temporary = parent.join(format!(".{name}.writing-{}", std::process::id()));
        fs::create_dir(&temporary).map_err(io(&temporary))?;
        Ok(OutDir { target: target.to_path_buf(), temporary, replace, done: false })
    }

    /// Writes a file; its name may hold folders.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.path(name)?;
        let mut file = File::create(&path).map_err(io(&path))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io(&path))
    }

    /// Where a file of the results is being written; its folders are made.
    pub fn path(&self, name: &str) -> Result<PathBuf, StoreError> {
        let path = self.temporary.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(io(parent))?;
        }
        Ok(path)
    }

    /// Moves the results to their place; what was there goes last.
    pub fn finish(mut self) -> Result<PathBuf, StoreError> {
        sync(&self.temporary);
        let old = self.temporary.with_extension("replaced");
        if self.replace {
            fs::rename(&self.target, &old).map_err(io(&self.target))?;
        }
        if let Err(source) = fs::rename(&self.temporary, &self.target) {
            if self.replace {
                let _ = fs::rename(&old, &self.target);
            }
            return Err(StoreError::Io { path: self.target.clone(), source });
        }
        self.done = true;
        if self.replace {
            fs::remove_dir_all(&old).map_err(io(&old))?;
        }
        if let Some(parent) = self.target.parent() {
            sync(parent);
        }
        Ok(self.target.clone())
    }
}

impl Drop for OutDir {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.temporary);
        }
    }
}

/// Asks the system to keep a folder's entries; not all systems can.
fn sync(dir: &Path) {
    if let Ok(d) = File::open(dir) {
        let _ = d.sync_all();
    }
}

/// Removes what a killed run of the same folder left beside it, where its process is gone.
fn sweep(parent: &Path, name: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    let prefix = format!(".{name}.writing-");
    for e in entries.flatten() {
        let file = e.file_name().to_string_lossy().into_owned();
        let Some(pid) = file.strip_prefix(&prefix).and_then(|p| p.split('.').next()?.parse::<u32>().ok()) else {
            continue;
        };
        let alive = pid == std::process::id() || Path::new("/proc").join(pid.to_string()).exists();
        if Path::new("/proc").exists() && !alive {
            let _ = fs::remove_dir_all(e.path());
        }
    }
}
