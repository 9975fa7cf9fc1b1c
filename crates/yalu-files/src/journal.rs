//! A file that grows piece by piece.

use crate::error::{FileError, io};
use crate::op;
use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// A file to whose end pieces are added, each on the disk before the next. Its owner holds a [`Lock`](crate::Lock) on it.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
}

impl Journal {
    /// Opens a file, or begins an empty one, in a folder that is made where it is not there; gives back what it holds.
    ///
    /// # Errors
    /// [`FileError::Exists`] where something stands that is no file, [`FileError::Io`].
    #[track_caller]
    pub fn open(path: &Path) -> Result<(Journal, Vec<u8>), FileError> {
        crate::fault::site();
        match fs::metadata(path) {
            Ok(m) if !m.is_file() => return Err(FileError::Exists { path: path.to_owned() }),
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(io("read", path)(e)),
            _ => {}
        }
        let mut file = op::open(path).map_err(io("write", path))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(io("read", path))?;
        Ok((Journal { file, path: path.to_owned() }, bytes))
    }

    /// Cuts off what stands behind the first bytes: a piece that was not written whole.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn keep(&mut self, bytes: u64) -> Result<(), FileError> {
        let cut = op::cut(&self.file, &self.path, bytes).and_then(|()| self.file.seek(SeekFrom::End(0)));
        cut.map(drop).map_err(io("write", &self.path))
    }

    /// Adds a piece, and waits until it is on the disk.
    ///
    /// # Errors
    /// [`FileError::Io`]; part of the piece may then stand at the end of the file.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        let written = op::write(&mut self.file, &self.path, bytes).and_then(|()| op::sync(&self.file, &self.path));
        written.map_err(io("write", &self.path))
    }
}
