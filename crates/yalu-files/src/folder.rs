//! A folder of results that appears whole.

use crate::error::{FileError, io};
use crate::lock::Lock;
use crate::op;
use crate::part::{Part, parent};
use crate::receipt::{RECEIPT, Receipt, Written, files, hex, owned};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

/// How long a finished folder waits for another that is being put in the same place.
const PATIENCE: Duration = Duration::from_mins(2);

/// Results being written, in a hidden folder beside their place.
///
/// [`OutFolder::finish`] puts them in place in one step, with a receipt of all files. Dropped before, it leaves
/// nothing.
#[derive(Debug)]
pub struct OutFolder {
    target: PathBuf,
    part: Part,
    replace: bool,
    /// Held from the start where nothing may be replaced: of two runs for one new folder the second fails at once.
    lock: Option<Lock>,
    written: Mutex<BTreeMap<String, Written>>,
}

impl OutFolder {
    /// Begins to write results for a folder. Where one stands it must be empty, or `replace` is given and it holds
    /// nothing but what its receipt lists, unchanged. `owner` says what is being done, for others who wait.
    ///
    /// # Errors
    /// All of [`FileError`] but `Lost`.
    #[track_caller]
    pub fn begin(target: &Path, replace: bool, owner: &str) -> Result<OutFolder, FileError> {
        crate::fault::site();
        if target.file_name().is_none() {
            return Err(FileError::Name { path: target.to_owned() });
        }
        let above = parent(target);
        op::create_folders(above).map_err(io("make", above))?;
        let patience = if replace { PATIENCE } else { Duration::ZERO };
        let lock = Lock::take(target, owner, patience, |_| ())?;
        free(target, replace)?;
        let lock = (!replace).then_some(lock);
        let part = Part::of(target).map_err(io("write", target))?;
        op::create_folder(&part.path).map_err(io("make", &part.path))?;
        Ok(OutFolder { target: target.to_owned(), part, replace, lock, written: Mutex::default() })
    }

    /// Writes a file; its name may hold folders, with `/` between the parts.
    ///
    /// # Errors
    /// [`FileError::Name`], [`FileError::Io`].
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), FileError> {
        let mut file = self.create(name)?;
        file.write_all(bytes).map_err(io("write", &file.path))?;
        file.finish()
    }

    /// Begins a file that is written piece by piece. It belongs to the results once [`OutFile::finish`] was called.
    ///
    /// # Errors
    /// [`FileError::Name`], [`FileError::Io`].
    pub fn create(&self, name: &str) -> Result<OutFile<'_>, FileError> {
        let path = self.part.path.join(name);
        let plain = Path::new(name).components().all(|c| matches!(c, Component::Normal(_)));
        if !plain || name.is_empty() || name == RECEIPT {
            return Err(FileError::Name { path });
        }
        let above = parent(&path);
        op::create_folders(above).map_err(io("make", above))?;
        let file = op::create(&path).map_err(io("write", &path))?;
        Ok(OutFile { folder: self, name: name.to_owned(), path, file, hash: Sha256::new(), bytes: 0 })
    }

    /// Puts the results in place with their receipt; gives back where they are.
    ///
    /// # Errors
    /// All of [`FileError`]; what stood there is then as it was.
    pub fn finish(self) -> Result<PathBuf, FileError> {
        let receipt = Receipt::new(self.written());
        self.write_receipt(&receipt)?;
        self.place(&receipt)
    }

    /// The same without a receipt, for folders that are their user's from then on and never replaced.
    ///
    /// # Errors
    /// All of [`FileError`].
    pub fn finish_for_user(self) -> Result<PathBuf, FileError> {
        let receipt = Receipt::new(self.written());
        self.place(&receipt)
    }

    fn written(&self) -> BTreeMap<String, Written> {
        self.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    fn write_receipt(&self, receipt: &Receipt) -> Result<(), FileError> {
        let path = self.part.path.join(RECEIPT);
        let written = op::create(&path).and_then(|mut file| {
            op::write(&mut file, &path, receipt.text().as_bytes())?;
            op::sync(&file, &path)
        });
        written.map_err(io("write", &path))
    }

    fn place(mut self, receipt: &Receipt) -> Result<PathBuf, FileError> {
        let part = self.part.path.clone();
        complete(receipt, &part)?;
        let mut folders = vec![part.clone()];
        folders.extend(receipt.files.keys().map(|name| parent(&part.join(name)).to_owned()));
        folders.dedup();
        for folder in &folders {
            op::sync_folder(folder).map_err(io("write", folder))?;
        }
        let lock = self.lock.take().map_or_else(|| Lock::take(&self.target, "yalu", PATIENCE, |_| ()), Ok)?;
        // Others may have put something there meanwhile.
        let there = free(&self.target, self.replace)?;
        let moved = if there { self.exchange() } else { op::rename(&part, &self.target) };
        moved.map_err(io("write", &self.target))?;
        let target = || self.target.clone();
        op::sync_folder(parent(&self.target)).map_err(|source| FileError::Unconfirmed { path: target(), source })?;
        complete(receipt, &self.target)?;
        drop(lock);
        Ok(self.target.clone())
    }

    /// Lets the results take the place of the folder that stands there; that one is then the part, and goes with it.
    fn exchange(&self) -> std::io::Result<()> {
        match op::exchange(&self.part.path, &self.target) {
            Err(e) if e.kind() == ErrorKind::Unsupported => {
                // Two steps: a kill between them leaves the old folder whole under its hidden name.
                let old = self.part.path.with_extension("old");
                op::rename(&self.target, &old)?;
                op::rename(&self.part.path, &self.target).inspect_err(|_| {
                    let _ = fs::rename(&old, &self.target);
                })?;
                op::rename(&old, &self.part.path)
            }
            done => done,
        }
    }
}

fn complete(receipt: &Receipt, folder: &Path) -> Result<(), FileError> {
    let missing = receipt.missing(folder);
    if missing.is_empty() { Ok(()) } else { Err(FileError::Lost { path: folder.to_owned(), files: missing }) }
}

/// Whether a folder stands at a place where results may go.
fn free(target: &Path, replace: bool) -> Result<bool, FileError> {
    let exists = || FileError::Exists { path: target.to_owned() };
    let meta = match fs::symlink_metadata(target) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(false),
        other => other.map_err(io("read", target))?,
    };
    if !meta.is_dir() {
        return Err(exists());
    }
    let empty = fs::read_dir(target).map_err(io("read", target))?.next().is_none();
    if !empty {
        if !replace {
            return Err(exists());
        }
        owned(target)?;
        if files(target)?.is_empty() {
            // Folders without any file in them are somebody's plan.
            return Err(exists());
        }
    }
    Ok(true)
}

/// A file of results being written.
#[derive(Debug)]
pub struct OutFile<'a> {
    folder: &'a OutFolder,
    name: String,
    path: PathBuf,
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl OutFile<'_> {
    /// Ends the file: its bytes are on the disk, and the receipt will list it.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn finish(self) -> Result<(), FileError> {
        op::sync(&self.file, &self.path).map_err(io("write", &self.path))?;
        let written = Written { bytes: self.bytes, sha256: hex(self.hash) };
        let mut all = self.folder.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        all.insert(self.name, written);
        Ok(())
    }
}

impl Write for OutFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        op::write(&mut self.file, &self.path, bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
