//! Locks on what is read, changed and written again.

use crate::error::{FileError, io};
use crate::op;
use crate::part::parent;
use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Time between two tries for a lock that is held.
const AGAIN: Duration = Duration::from_millis(20);

/// A file or folder held against other processes until this is dropped.
///
/// The lock is a hidden file beside it, `.NAME.lock`, that says who holds it. A process that dies lets it go.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Holds a file or folder; it need not be there yet. `owner` says what the holder does, for others to read
    /// (`yalu reports add`). Where another holds it, `waiting` is called once with their words, and the lock is tried for
    /// as long as `patience`.
    ///
    /// # Errors
    /// [`FileError::Busy`] with the holder's words, [`FileError::Io`].
    #[track_caller]
    pub fn take(of: &Path, owner: &str, patience: Duration, waiting: impl FnOnce(&str)) -> Result<Lock, FileError> {
        crate::fault::site();
        // Two links to one file are one thing to hold.
        let of = fs::canonicalize(of).unwrap_or_else(|_| of.to_owned());
        let name = of.file_name().ok_or_else(|| FileError::Name { path: of.clone() })?.to_string_lossy().into_owned();
        let path = parent(&of).join(format!(".{name}.lock"));
        let begun = Instant::now();
        let mut waiting = Some(waiting);
        loop {
            let mut file = op::open_lock(&path).map_err(io("lock", &path))?;
            match file.try_lock() {
                Ok(()) if stands(&file, &path) => {
                    let mut lock = Lock { file, path };
                    let words = format!("{owner} (process {})", std::process::id());
                    let told =
                        lock.file.set_len(0).and_then(|()| op::write(&mut lock.file, &lock.path, words.as_bytes()));
                    return match told {
                        Ok(()) => Ok(lock),
                        Err(e) => Err(io("lock", &lock.path)(e)),
                    };
                }
                // Its holder took the file away meanwhile.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let owner = read(&mut file);
                    if begun.elapsed() >= patience {
                        return Err(FileError::Busy { path: of, owner });
                    }
                    if let Some(waiting) = waiting.take() {
                        waiting(&owner);
                    }
                    std::thread::sleep(AGAIN);
                }
                Err(TryLockError::Error(e)) => return Err(io("lock", &path)(e)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Taken away while still held, so that whoever waits sees that the file is another's and opens anew.
        let _ = op::remove(&self.path);
        let _ = self.file.unlock();
    }
}

fn read(file: &mut File) -> String {
    let mut text = String::new();
    let _ = file.rewind().and_then(|()| file.read_to_string(&mut text));
    if text.is_empty() { "another process".into() } else { text }
}

/// Whether the file that was locked is the one that stands at its path.
#[cfg(unix)]
pub(crate) fn stands(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
}

/// A file that is open cannot be taken away.
#[cfg(not(unix))]
pub(crate) fn stands(_: &File, _: &Path) -> bool {
    true
}
